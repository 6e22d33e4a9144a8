//! Levers in columns, the strongest first, and the tornado.

use super::{Ink, WIDTH};
use crate::levers::{Lever, LeverOf, Levers, Method, NoDerivative, Side};
use crate::locale::{self, DASH, Lang};
use crate::model::law::nearest;
use crate::model::{Program, Unit};
use crate::report::terminal::columns::{Align, Table, wrap};
use anstyle::Style;

/// Most levers that people are shown.
const MOST: usize = 20;
/// Most cells of the bar of a tornado.
const BAR: f64 = 16.0;

/// The page. `label`: what the figure is called.
#[must_use]
pub fn write_levers_terminal(program: &Program, levers: &Levers, label: &str, lang: Lang, colour: bool) -> String {
    let page = Page { ink: Ink { model: &program.base, lang }, levers, colour };
    let value = page.ink.value(levers.value, levers.unit);
    let colon = lang.pick(":", "\u{a0}:");
    let mut out = page.paint(Style::new().bold(), wrap(&format!("{label}{colon} {value}"), WIDTH, "").trim_end()) + "\n";
    page.ranking(&mut out);
    page.tornado(&mut out);
    out
}

struct Page<'a> {
    ink: Ink<'a>,
    levers: &'a Levers,
    colour: bool,
}

impl Page<'_> {
    fn paint(&self, style: Style, text: &str) -> String {
        if self.colour { format!("{}{text}{}", style.render(), style.render_reset()) } else { text.to_owned() }
    }

    fn say<'t>(&self, en: &'t str, fr: &'t str) -> &'t str {
        self.ink.lang.pick(en, fr)
    }

    fn section(&self, out: &mut String, title: &str, table: &Table) {
        *out += &format!("\n{}\n", self.paint(Style::new().bold().underline(), title));
        *out += &table.write(WIDTH, |style, text| self.paint(style, text));
    }

    fn ranking(&self, out: &mut String) {
        let per_thousand = self.per_thousand();
        let mut table = Table::new(&[
            (self.say("Lever", "Levier"), Align::Left),
            (self.say("now", "valeur"), Align::Right),
            (self.say("one step changes it by", "un pas le change de"), Align::Right),
            (self.say("elasticity", "élasticité"), Align::Right),
            (per_thousand.as_str(), Align::Right),
            (self.say("range", "intervalle"), Align::Left),
            (self.say("rests on", "repose sur"), Align::Left),
        ]);
        let works = |lever: &&Lever| lever.gain != Some(0.0);
        let (with, without): (Vec<&Lever>, Vec<&Lever>) = self.levers.levers.iter().partition(works);
        for lever in with.iter().take(MOST) {
            table.row(self.row(lever));
        }
        if !with.is_empty() {
            self.section(out, self.say("What to work on", "Sur quoi travailler"), &table);
        }
        let more = with.len().saturating_sub(MOST);
        let mut note = |text: &str| *out += &wrap(text, WIDTH, "  ");
        if with.is_empty() {
            note(self.say("No figure of the journey changes it.", "Aucune donnée du parcours ne le change."));
            return;
        }
        if more > 0 {
            note(&match self.ink.lang {
                Lang::En => format!("And {more} more: `--format json` tells all."),
                Lang::Fr => format!("Et {more} de plus\u{a0}: `--format json` les donne tous."),
            });
        }
        note(self.say(
            "One step: one point more of a share, 1% more of anything else; to first order, one figure at a time. A point for a branch \
             comes from the other branches of its touchpoint, in proportion.",
            "Un pas\u{a0}: un point de plus pour une part, 1\u{202f}% de plus pour le reste\u{202f}; au premier ordre, une donnée à la fois. \
             Le point d’une branche est pris aux autres branches de son point de contact, en proportion.",
        ));
        note(if self.levers.by_money {
            self.say("Ranked by what money brings.", "Classés par ce que rapporte l’argent.")
        } else {
            self.say("Ranked by what one step changes, up or down.", "Classés par ce que change un pas, en plus ou en moins.")
        });
        if with.iter().any(|l| matches!(&l.derivative, Ok(d) if d.method == Method::Differences)) {
            note(self.say(
                "By differences of exact solutions: this figure has no derivative of its own.",
                "Par différences de solutions exactes\u{a0}: ce chiffre n’a pas de dérivée propre.",
            ));
        }
        if !without.is_empty() {
            let names: Vec<String> = without.iter().map(|l| self.name(l)).collect();
            let names = names.join(", ");
            note(&match self.ink.lang {
                Lang::En => format!("Without any effect: {names}."),
                Lang::Fr => format!("Sans aucun effet\u{a0}: {names}."),
            });
        }
    }

    fn per_thousand(&self) -> String {
        let money = locale::total(1000.0, self.ink.model.currency.as_deref(), self.ink.lang);
        match self.ink.lang {
            Lang::En => format!("for {money}"),
            Lang::Fr => format!("pour {money}"),
        }
    }

    fn name(&self, lever: &Lever) -> String {
        match &lever.of {
            LeverOf::Param(id) => self.ink.model.params[id.index()].name.label.clone(),
            LeverOf::Branch(branch) => self.ink.flow(branch.flow),
        }
    }

    fn row(&self, lever: &Lever) -> Vec<(String, Style)> {
        let (now, unit, range, evidence) = match &lever.of {
            LeverOf::Param(id) => {
                let param = &self.ink.model.params[id.index()];
                (&param.value, param.unit, param.range.as_ref(), &param.evidence)
            }
            LeverOf::Branch(branch) => (&branch.share, Unit::Share, branch.range.as_ref(), &branch.evidence),
        };
        let gain = match (lever.gain, &lever.derivative) {
            (Some(gain), Ok(derivative)) => {
                let mark = match derivative.side {
                    Side::Both => "",
                    Side::Above => self.say(" (upwards)", " (vers le haut)"),
                    Side::Below => self.say(" (downwards)", " (vers le bas)"),
                };
                format!("{}{mark}", self.ink.change(gain, self.levers.unit))
            }
            (_, Err(NoDerivative::Fixed)) => self.say("cannot move a little", "ne peut bouger un peu").to_owned(),
            (_, Err(NoDerivative::Jumps)) => self.say("jumps", "saute").to_owned(),
            _ => DASH.to_owned(),
        };
        let elasticity = lever.elasticity.map_or_else(|| DASH.to_owned(), |e| locale::signed(e, 3, self.ink.lang));
        let money = match lever.money {
            Some(money) => money
                .gain_per_thousand
                .map_or_else(|| self.say("free", "gratuit").to_owned(), |gain| self.ink.change(gain, self.levers.unit)),
            None => String::new(),
        };
        vec![
            (self.name(lever), Style::new()),
            (self.ink.exact(now, unit), Style::new()),
            (gain, Style::new().bold()),
            (elasticity, Style::new()),
            (money, Style::new().bold()),
            (self.ink.range(range, unit), Style::new().dimmed()),
            (self.ink.evidence(evidence), Style::new().dimmed()),
        ]
    }

    fn tornado(&self, out: &mut String) {
        let widest = self.levers.tornado.iter().filter_map(crate::levers::Swing::width).fold(0.0, f64::max);
        let swings: Vec<_> = self.levers.tornado.iter().filter(|s| s.width() != Some(0.0)).collect();
        if swings.is_empty() {
            return;
        }
        let mut table = Table::new(&[
            (self.say("Figure", "Donnée"), Align::Left),
            (self.say("from", "de"), Align::Right),
            ("", Align::Right),
            (self.say("to", "à"), Align::Right),
            ("", Align::Right),
            ("", Align::Left),
        ]);
        let impossible = self.say("impossible", "impossible");
        for swing in swings {
            let param = &self.ink.model.params[swing.param.index()];
            let value = |v: Option<f64>| v.map_or_else(|| impossible.to_owned(), |v| self.ink.value(v, self.levers.unit));
            let cells = swing.width().map_or(0.0, |w| (BAR * w / widest).ceil());
            table.row(vec![
                (param.name.label.clone(), Style::new()),
                (self.ink.value(nearest(&swing.ends.0), param.unit), Style::new().dimmed()),
                (value(swing.values.0), Style::new().bold()),
                (self.ink.value(nearest(&swing.ends.1), param.unit), Style::new().dimmed()),
                (value(swing.values.1), Style::new().bold()),
                ("█".repeat(cells as usize), Style::new()),
            ]);
        }
        self.section(out, self.say("Over their ranges", "Sur leurs intervalles"), &table);
        if self.levers.tornado.iter().any(|s| !s.declared) {
            *out += &wrap(
                self.say(
                    "Figures without a range are moved as far as was asked.",
                    "Les données sans intervalle sont déplacées d’autant qu’il a été demandé.",
                ),
                WIDTH,
                "  ",
            );
        }
    }
}

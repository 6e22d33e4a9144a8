//! Levers in columns, the strongest first, and the tornado.

use super::{Ink, WIDTH};
use crate::levers::{Lever, Levers};
use crate::locale::Lang;
use crate::model::Program;
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
        let per_thousand = self.ink.per_thousand();
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
        for text in self.ink.notes(self.levers) {
            note(text);
        }
        if !without.is_empty() {
            let names: Vec<String> = without.iter().map(|l| self.ink.lever(l)).collect();
            let names = names.join(", ");
            note(&match self.ink.lang {
                Lang::En => format!("Without any effect: {names}."),
                Lang::Fr => format!("Sans aucun effet\u{a0}: {names}."),
            });
        }
    }

    fn row(&self, lever: &Lever) -> Vec<(String, Style)> {
        let row = self.ink.lever_row(lever, self.levers.unit);
        vec![
            (row.label, Style::new()),
            (row.now, Style::new()),
            (row.gain, Style::new().bold()),
            (row.elasticity, Style::new()),
            (row.money, Style::new().bold()),
            (row.range, Style::new().dimmed()),
            (row.rests_on, Style::new().dimmed()),
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
        for swing in swings {
            let row = self.ink.swing_row(swing, self.levers.unit);
            let cells = swing.width().map_or(0.0, |w| (BAR * w / widest).ceil());
            table.row(vec![
                (row.label, Style::new()),
                (row.low, Style::new().dimmed()),
                (row.at_low, Style::new().bold()),
                (row.high, Style::new().dimmed()),
                (row.at_high, Style::new().bold()),
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

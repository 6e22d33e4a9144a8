//! What `jalon run` prints: the same figures in columns, at most 100 wide, in colour only if asked.

pub(super) mod columns;

use super::view::{Bench, CampaignView, HotPoints, Promise, Shown, StandardRow, Step, View};
use crate::locale::Lang;
use crate::measure::Figures;
use crate::model::Program;
use crate::report::Keys;
use anstyle::{AnsiColor, Style};
use columns::{Align, Table, wrap};

/// Columns of the page.
const WIDTH: usize = 100;

/// The page, with line ends, in colour if `colour`.
#[must_use]
pub fn write_terminal(program: &Program, figures: &Figures, lang: Lang, colour: bool) -> String {
    let view = View::new(program, figures, Keys::default(), lang);
    let page = Page { view: &view, colour };
    let mut out = page.paint(Style::new().bold(), wrap(&view.title, WIDTH, "").trim_end_matches('\n')) + "\n";
    out += &wrap(&view.subtitle, WIDTH, "");
    page.kpis(&mut out);
    page.hot(&mut out, &view.hot);
    page.campaign(&mut out);
    page.funnel(&mut out, &view.funnel);
    page.reached(&mut out);
    page.attribution(&mut out);
    page.standard(&mut out);
    page.promises(&mut out, view.l.expectations, &view.expectations);
    page.promises(&mut out, view.l.claims, &view.claims);
    page.agreement(&mut out);
    out
}

struct Page<'a> {
    view: &'a View,
    colour: bool,
}

impl Page<'_> {
    fn paint(&self, style: Style, text: &str) -> String {
        if self.colour { format!("{}{text}{}", style.render(), style.render_reset()) } else { text.to_owned() }
    }

    fn section(&self, out: &mut String, title: &str, table: &Table) {
        if !table.is_empty() {
            *out += "\n";
            *out += &self.paint(Style::new().bold().underline(), title);
            *out += "\n";
            *out += &table.write(WIDTH, |style, text| self.paint(style, text));
        }
    }

    fn kpis(&self, out: &mut String) {
        let mut table = Table::new(&[("", Align::Left), ("", Align::Right), ("", Align::Left), ("", Align::Left)]);
        for card in self.view.headline.iter().chain(&self.view.others) {
            table.row(self.figure_row(&card.label, &card.figure));
            for part in card.by.iter().chain(&card.personas).chain(&card.scenarios) {
                table.row(self.figure_row(&format!("  {}", part.label), &part.figure));
            }
        }
        self.section(out, self.view.l.headline, &table);
    }

    fn figure_row(&self, label: &str, figure: &Shown) -> Vec<(String, Style)> {
        let value = match &figure.fraction {
            Some(fraction) => format!("{} = {fraction}", figure.value),
            None => figure.value.clone(),
        };
        vec![
            (label.to_owned(), Style::new()),
            (value, Style::new().bold()),
            (self.how(figure).to_owned(), Style::new().dimmed()),
            (figure.under.as_ref().or(figure.declined.as_ref()).cloned().unwrap_or_default(), Style::new().dimmed()),
        ]
    }

    fn how(&self, figure: &Shown) -> &'static str {
        let l = &self.view.l;
        if figure.exact {
            l.exact
        } else if figure.simulated {
            l.simulated
        } else {
            ""
        }
    }

    fn hot(&self, out: &mut String, hot: &HotPoints) {
        let l = &self.view.l;
        let mut table = Table::new(&[
            ("", Align::Right),
            (l.touchpoint, Align::Left),
            (l.reach, Align::Right),
            (l.pull, Align::Right),
            (l.leak, Align::Right),
            (l.leverage, Align::Right),
            (l.felt, Align::Right),
        ]);
        let amber = Style::new().fg_color(Some(AnsiColor::Yellow.into())).bold();
        for row in &hot.rows {
            let style = if row.marked { amber } else { Style::new() };
            table.row(vec![
                (row.rank.clone(), style),
                (row.label.clone(), Style::new()),
                (row.reach.value.clone(), Style::new()),
                (row.pull.value.clone(), Style::new()),
                (row.leak.value.clone(), Style::new().fg_color(Some(AnsiColor::Red.into()))),
                (row.leverage.value.clone(), Style::new().bold()),
                (row.felt.value.clone(), Style::new()),
            ]);
        }
        self.section(out, l.hot, &table);
        if !hot.rows.is_empty() && !hot.leverage_unit.is_empty() {
            *out += &wrap(&format!("{}{} {}.", l.leverage, l.colon, hot.leverage_unit), WIDTH, "  ");
        }
    }

    fn campaign(&self, out: &mut String) {
        let l = &self.view.l;
        let Some(CampaignView { declined, lead, rows, unknown, notes }) = &self.view.campaign else { return };
        *out += "\n";
        *out += &self.paint(Style::new().bold().underline(), l.campaign);
        *out += "\n";
        for said in declined.iter().chain(lead) {
            *out += &wrap(said, WIDTH, "  ");
        }
        let chance = [(l.total, Align::Left), (l.stated, Align::Right), (l.by_chance, Align::Right)];
        let known = [(l.with_unknown, Align::Right), (l.mean, Align::Right)];
        let columns: Vec<(&str, Align)> = if *unknown { chance.into_iter().chain(known).collect() } else { chance.into() };
        let mut table = Table::new(&columns);
        for row in rows {
            let mut cells = vec![
                (row.label.clone(), Style::new()),
                (row.stated.clone(), Style::new().bold()),
                (row.chance.clone(), Style::new()),
            ];
            if *unknown {
                cells.extend([(row.known.clone(), Style::new()), (row.mean.clone(), Style::new().dimmed())]);
            }
            table.row(cells);
        }
        if !table.is_empty() {
            *out += &table.write(WIDTH, |style, text| self.paint(style, text));
        }
        for note in notes {
            *out += &self.paint(Style::new().dimmed(), wrap(note, WIDTH, "  ").trim_end_matches('\n'));
            *out += "\n";
        }
    }

    fn funnel(&self, out: &mut String, steps: &[Step]) {
        let l = &self.view.l;
        let mut table = Table::new(&[
            (l.stage, Align::Left),
            (l.enter, Align::Right),
            (l.fail, Align::Right),
            (l.step_rate, Align::Right),
            (l.overall_rate, Align::Right),
            ("", Align::Left),
        ]);
        for step in steps {
            table.row(vec![
                (step.label.clone(), Style::new()),
                (step.count.clone(), Style::new()),
                (step.lost.clone(), Style::new().fg_color(Some(AnsiColor::Red.into()))),
                (step.step.value.clone(), Style::new()),
                (step.entered.value.clone(), Style::new().bold()),
                (step.entered.under.clone().unwrap_or_default(), Style::new().dimmed()),
            ]);
        }
        self.section(out, l.funnel, &table);
    }

    /// Goals and ends: who gets there, when, and at what cost.
    fn reached(&self, out: &mut String) {
        let l = &self.view.l;
        let mut table = Table::new(&[
            (l.goal_or_end, Align::Left),
            (l.customers, Align::Right),
            (l.rate, Align::Right),
            (l.time, Align::Right),
            ("", Align::Left),
            (l.spent, Align::Right),
            ("", Align::Left),
        ]);
        let spread = |sd: &Option<String>| sd.as_ref().map_or_else(String::new, |sd| format!("± {sd}"));
        for row in self.view.goals.iter().chain(&self.view.ends) {
            table.row(vec![
                (row.label.clone(), Style::new()),
                (row.count.clone(), Style::new()),
                (row.share.value.clone(), Style::new().bold()),
                (row.time.value.clone(), Style::new()),
                (spread(&row.time_sd), Style::new().dimmed()),
                (row.cost.value.clone(), Style::new()),
                (spread(&row.cost_sd), Style::new().dimmed()),
            ]);
        }
        self.section(out, l.reached, &table);
    }

    /// Channels alone; touchpoints and stages stand in the other documents.
    fn attribution(&self, out: &mut String) {
        let l = &self.view.l;
        let Some(Bench { declined, tables, notes, .. }) = &self.view.attribution else { return };
        if let Some(first) = tables.first() {
            let models = first.columns.iter().map(|column| (column.short, Align::Right));
            let columns: Vec<(&str, Align)> = std::iter::once((first.part, Align::Left)).chain(models).collect();
            let mut table = Table::new(&columns);
            for (line, style) in first.rows.iter().map(|line| (line, Style::new())).chain([(&first.total, Style::new().bold())]) {
                let cells = line.cells.iter().map(|cell| (cell.value.clone(), style));
                table.row(std::iter::once((line.label.clone(), style)).chain(cells).collect());
            }
            self.section(out, l.attribution, &table);
            for note in first.harm.iter().chain(notes) {
                *out += &wrap(note, WIDTH, "  ");
            }
        }
        if let Some(why) = declined {
            *out += "\n";
            *out += &self.paint(Style::new().bold().underline(), l.attribution);
            *out += "\n";
            *out += &wrap(why, WIDTH, "  ");
        }
    }

    fn standard(&self, out: &mut String) {
        let mut table = Table::new(&[("", Align::Left), ("", Align::Right), ("", Align::Left), ("", Align::Left)]);
        let rows: Vec<&StandardRow> = self.view.money.iter().chain(&self.view.experience).collect();
        for row in rows {
            let mut cells = self.figure_row(&row.label, &row.figure);
            if let (Some(sd), Some((under, _))) = (&row.sd, cells.last_mut()) {
                *under = if under.is_empty() { format!("± {sd}") } else { format!("± {sd} · {under}") };
            }
            table.row(cells);
        }
        self.section(out, self.view.l.standard, &table);
    }

    fn promises(&self, out: &mut String, title: &str, promises: &[Promise]) {
        let mut table = Table::new(&[("", Align::Left), ("", Align::Left), ("", Align::Right), ("", Align::Left)]);
        for promise in promises {
            let style = verdict_style(promise.class);
            table.row(vec![
                (format!("{} {}", promise.sign, promise.verdict), style),
                (promise.text.clone(), Style::new()),
                (promise.figure.value.clone(), Style::new().bold()),
                (promise.figure.under.clone().unwrap_or_default(), Style::new().dimmed()),
            ]);
        }
        self.section(out, title, &table);
    }

    fn agreement(&self, out: &mut String) {
        let method = &self.view.method;
        *out += "\n";
        *out += &self.paint(Style::new().bold().underline(), self.view.l.method);
        *out += "\n";
        *out += &wrap(&method.solved, WIDTH, "  ");
        *out += &wrap(&method.simulated, WIDTH, "  ");
        for said in &method.chosen {
            *out += &wrap(said, WIDTH, "  ");
        }
        for said in &method.rare {
            *out += &self.paint(verdict_style("undecided"), wrap(said, WIDTH, "  ").trim_end_matches('\n'));
            *out += "\n";
        }
        if let Some(agreement) = &method.agreement {
            let text = wrap(agreement, WIDTH, "  ");
            *out += &self.paint(verdict_style(if method.agrees { "pass" } else { "fail" }), text.trim_end_matches('\n'));
            *out += "\n";
            for name in &method.differing {
                *out += &wrap(name, WIDTH, "    ");
            }
        }
    }
}

fn verdict_style(class: &str) -> Style {
    let colour = match class {
        "pass" => AnsiColor::Green,
        "fail" => AnsiColor::Red,
        _ => AnsiColor::Yellow,
    };
    Style::new().fg_color(Some(colour.into()))
}

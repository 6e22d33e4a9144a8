//! For people, in columns.

use super::{File, Outcome, Row, Suite};
use crate::report::terminal::columns::{Align, Table, wrap};
use anstyle::{AnsiColor, Style};

/// Columns of the page.
const WIDTH: usize = 100;

/// The page, in colour if `colour`.
#[must_use]
pub fn write_terminal(suite: &Suite<'_>, colour: bool) -> String {
    let paint = |style: Style, text: &str| {
        if colour { format!("{}{text}{}", style.render(), style.render_reset()) } else { text.to_owned() }
    };
    let mut out = String::new();
    for file in &suite.files {
        out += &paint(Style::new().bold(), file.name);
        out += "\n";
        page(file, &paint, &mut out);
        out += "\n";
    }
    if let Some(text) = suite.rests_on() {
        out += &wrap(&text, WIDTH, "");
    }
    let counts = suite.counts();
    let style = style(if counts.broken + counts.refused > 0 {
        Outcome::Broken
    } else if counts.undecided > 0 {
        Outcome::Undecided
    } else {
        Outcome::Kept
    });
    out += &paint(style.bold(), &suite.total());
    out + "\n"
}

fn page(file: &File<'_>, paint: &impl Fn(Style, &str) -> String, out: &mut String) {
    for line in file.refusals() {
        *out += &wrap(&line, WIDTH, "  ");
    }
    let rows = file.rows();
    let mut table =
        Table::new(&[("", Align::Left), ("", Align::Left), ("", Align::Right), ("", Align::Right), ("", Align::Left)]);
    for row in &rows {
        table.row(vec![
            (format!("{} {}", row.outcome.sign(), row.outcome.word().get(file.lang)), style(row.outcome)),
            (row.text.clone(), Style::new()),
            (row.value.clone(), Style::new().bold()),
            (row.margin.clone(), style(row.outcome)),
            (row.how.clone(), Style::new().dimmed()),
        ]);
    }
    *out += &table.write(WIDTH, paint);
    for row in rows.iter().filter(|row| !row.reasons.is_empty()) {
        *out += "\n";
        *out += &wrap(&format!("{} {}:{} {}", row.outcome.sign(), file.name, row.line, row.text), WIDTH, "  ");
        reasons(row, out);
    }
}

fn reasons(row: &Row, out: &mut String) {
    for reason in &row.reasons {
        let text = wrap(reason, WIDTH - 2, "      ");
        // The first line after its sign, the others below it.
        *out += &text.replacen("      ", "    · ", 1);
    }
}

fn style(outcome: Outcome) -> Style {
    let colour = match outcome {
        Outcome::Kept => AnsiColor::Green,
        Outcome::Broken => AnsiColor::Red,
        Outcome::Undecided | Outcome::Known => AnsiColor::Yellow,
    };
    Style::new().fg_color(Some(colour.into()))
}

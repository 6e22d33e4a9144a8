//! For people, in columns.

use super::{Condition, Pair};
use crate::locale::Lang;
use crate::report::terminal::columns::{Align, Table, wrap};
use crate::words;
use anstyle::{AnsiColor, Style};

/// Columns of the page.
const WIDTH: usize = 100;

/// The page, in colour if `colour`.
#[must_use]
pub fn write_terminal(pair: &Pair<'_>, conditions: &[Condition], colour: bool) -> String {
    let page = Page { pair, colour };
    let (old, new) = (pair.old.name, pair.new.name);
    let mut out = page.paint(Style::new().bold(), &pair.new.program.base.name.label) + "\n";
    out += &wrap(&format!("{old} → {new}"), WIDTH, "");
    if !pair.difference.is_changed() {
        out += &wrap(pair.lang.pick("Nothing has changed.", "Rien n’a changé."), WIDTH, "");
    }
    page.edits(&mut out);
    page.kpis(&mut out);
    page.points(&mut out);
    if let Some(text) = pair.rests_on() {
        out += "\n";
        out += &wrap(text.get(pair.lang), WIDTH, "");
    }
    for condition in conditions {
        out += &wrap(&said(condition, pair.lang), WIDTH, "");
    }
    out
}

/// What a condition comes to.
pub(super) fn said(condition: &Condition, lang: Lang) -> String {
    let text = &condition.text;
    let words = match condition.holds {
        Some(true) => words!("✗ --fail-if '{text}': it holds", "✗ --fail-if '{text}' : c’est le cas"),
        Some(false) => words!("✓ --fail-if '{text}': it does not hold", "✓ --fail-if '{text}' : ce n’est pas le cas"),
        None => words!("? --fail-if '{text}': undecided", "? --fail-if '{text}' : indécis"),
    };
    words.get(lang).to_owned()
}

struct Page<'a> {
    pair: &'a Pair<'a>,
    colour: bool,
}

impl Page<'_> {
    fn paint(&self, style: Style, text: &str) -> String {
        if self.colour { format!("{}{text}{}", style.render(), style.render_reset()) } else { text.to_owned() }
    }

    fn head(&self, out: &mut String, en: &str, fr: &str) {
        *out += "\n";
        *out += &self.paint(Style::new().bold().underline(), self.pair.lang.pick(en, fr));
        *out += "\n";
    }

    fn edits(&self, out: &mut String) {
        let groups = self.pair.groups();
        if groups.iter().any(|g| g.number.is_some()) {
            self.head(out, "What has changed", "Ce qui a changé");
        }
        for group in &groups {
            if group.number.is_none() {
                self.head(out, "Without effect on the figures", "Sans effet sur les chiffres");
            }
            for (i, said) in group.said.iter().enumerate() {
                let indent = "      ";
                let text = wrap(said, WIDTH, indent);
                let sign = match group.number.filter(|_| i == 0) {
                    Some(number) => format!("  {number:>2}. "),
                    None => "    · ".to_owned(),
                };
                *out += &text.replacen(indent, &sign, 1);
            }
        }
    }

    fn kpis(&self, out: &mut String) {
        let rows = self.pair.kpi_rows();
        if rows.is_empty() {
            return;
        }
        let l = self.pair.lang;
        let mut table = Table::new(&[
            ("", Align::Left),
            (l.pick("before", "avant"), Align::Right),
            (l.pick("after", "après"), Align::Right),
            (l.pick("change", "écart"), Align::Right),
            ("", Align::Right),
            ("", Align::Left),
        ]);
        let dim = Style::new().dimmed();
        for row in &rows {
            let style = if row.is_changed { Style::new().bold() } else { dim };
            table.row(vec![
                (row.label.clone(), Style::new()),
                (row.old.clone(), Style::new()),
                (row.new.clone(), style),
                (row.change.clone(), style),
                (row.relative.clone(), dim),
                (row.note.clone(), Style::new().fg_color(Some(AnsiColor::Yellow.into()))),
            ]);
            for (number, part) in &row.parts {
                let cells = vec![
                    (format!("  {} {number}", l.pick("edit", "modification")), dim),
                    (String::new(), dim),
                    (String::new(), dim),
                    (part.clone(), dim),
                    (String::new(), dim),
                    (String::new(), dim),
                ];
                table.row(cells);
            }
        }
        self.head(out, "Figures", "Chiffres");
        *out += &table.write(WIDTH, |style, text| self.paint(style, text));
    }

    fn points(&self, out: &mut String) {
        let rows = self.pair.point_rows();
        if rows.is_empty() {
            return;
        }
        let names = super::point_heads(self.pair.lang);
        self.head(out, "Hot points", "Points chauds");
        for row in rows {
            let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
            *out += &wrap(&format!("{}{note}", row.label), WIDTH, "  ");
            let lines: Vec<String> = if row.note.is_empty() {
                row.changes.iter().map(|(i, change)| format!("{} {} ({change})", names[*i], row.cells[*i])).collect()
            } else {
                names.iter().zip(&row.cells).map(|(name, cell)| format!("{name} {cell}")).collect()
            };
            *out += &wrap(&lines.join(" · "), WIDTH, "      ");
        }
    }
}

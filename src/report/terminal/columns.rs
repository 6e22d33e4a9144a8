//! Columns aligned by the width that characters take on a terminal.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Space between two columns.
const GAP: usize = 2;
/// A column of words is not cut below this.
const NARROWEST: usize = 12;

/// Where a column's text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Align {
    Left,
    Right,
}

/// Rows of painted cells under their headings.
pub(in crate::report) struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<(String, Style)>>,
}

impl Table {
    pub(in crate::report) fn new(columns: &[(&str, Align)]) -> Self {
        Self { columns: columns.iter().map(|(name, align)| ((*name).to_owned(), *align)).collect(), rows: Vec::new() }
    }

    /// Adds a row, one cell a column.
    pub(in crate::report) fn row(&mut self, cells: Vec<(String, Style)>) {
        self.rows.push(cells.into_iter().map(|(text, style)| (printable(&text), style)).collect());
    }

    pub(in crate::report) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The lines, indented by two, none wider than `width`: columns of words are cut first, the widest first.
    pub(in crate::report) fn write(&self, width: usize, paint: impl Fn(Style, &str) -> String) -> String {
        let widths = self.widths(width.saturating_sub(2));
        let mut out = String::new();
        if self.columns.iter().any(|(name, _)| !name.is_empty()) {
            let names: Vec<(String, Style)> =
                self.columns.iter().map(|(name, _)| (name.clone(), Style::new().dimmed())).collect();
            self.line(&names, &widths, &paint, &mut out);
        }
        for row in &self.rows {
            self.line(row, &widths, &paint, &mut out);
        }
        out
    }

    fn widths(&self, width: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = (0..self.columns.len())
            .map(|at| {
                let cells = self.rows.iter().filter_map(|row| row.get(at)).map(|(text, _)| text.width()).max().unwrap_or(0);
                // A column without any text takes no place.
                if cells == 0 { 0 } else { cells.max(self.columns[at].0.width()) }
            })
            .collect();
        let total = |widths: &[usize]| widths.iter().filter(|w| **w > 0).map(|w| w + GAP).sum::<usize>().saturating_sub(GAP);
        while total(&widths) > width {
            let widest = |align: Option<Align>| {
                (0..widths.len())
                    .filter(|at| widths[*at] > NARROWEST && align.is_none_or(|a| self.columns[*at].1 == a))
                    .max_by_key(|at| widths[*at])
            };
            let Some(at) = widest(Some(Align::Left)).or_else(|| widest(None)) else { break };
            widths[at] -= 1;
        }
        widths
    }

    fn line(&self, cells: &[(String, Style)], widths: &[usize], paint: &impl Fn(Style, &str) -> String, out: &mut String) {
        let mut line = String::new();
        let mut spaces = 2;
        for (((text, style), (_, align)), width) in cells.iter().zip(&self.columns).zip(widths).filter(|(_, w)| **w > 0) {
            let text = cut(text, *width);
            let missing = width - text.width().min(*width);
            let (before, after) = if *align == Align::Right { (missing, 0) } else { (0, missing) };
            if text.is_empty() {
                spaces += before + after + GAP;
                continue;
            }
            line.extend(std::iter::repeat_n(' ', spaces + before));
            line.push_str(&if *style == Style::new() { text } else { paint(*style, &text) });
            spaces = after + GAP;
        }
        out.push_str(&line);
        out.push('\n');
    }
}

/// A text cut to a width, with an ellipsis where something is missing.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.trim_end().to_owned() + "…"
}

/// Without the characters that would move the cursor or colour what follows.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() && c.is_ascii() { ' ' } else { c }).filter(|c| !c.is_control()).collect()
}

/// A paragraph in lines no wider than `width`, each after the indent, broken at plain spaces only.
pub(in crate::report) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let text = printable(text);
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        if !line.is_empty() && indent.width() + line.width() + 1 + word.width() > width {
            out += &format!("{indent}{line}\n");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&cut(word, width - indent.width()));
    }
    if !line.is_empty() {
        out += &format!("{indent}{line}\n");
    }
    out
}

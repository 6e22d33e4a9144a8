//! Facts and comments → the formatted text.

use super::WIDTH;
use super::align::{Cell, align};
use super::columns::Table;
use super::layout::{Body, Fact, Item, ItemKind};
use super::line::{Line, width};
use crate::syntax::words::first_word;

/// The indent of a block.
const INDENT: usize = 2;
/// The further indent of a line that goes on.
const FURTHER: usize = 4;
/// Comments that would stand farther than this from a line beside them keep to their own line.
const FARTHEST: usize = 40;

struct Row<'t> {
    text: String,
    comment: Option<&'t str>,
}

struct Printer<'t> {
    text: &'t str,
    /// Rows, and blank lines as none.
    rows: Vec<Option<Row<'t>>>,
}

/// A fact as it will stand.
struct Laid<'f, 't> {
    fact: &'f Fact<'t>,
    cells: Vec<Cell>,
    table: Option<Table>,
    /// The fact of a block that stays on one line.
    inline: Option<String>,
}

/// Prints the items of a text.
pub(super) fn print<'t>(text: &'t str, items: &[Item<'t>]) -> String {
    let mut printer = Printer { text, rows: Vec::new() };
    printer.items(items, 0);
    let comments = comment_columns(&printer.rows);
    let mut printed = String::with_capacity(text.len());
    for (row, column) in printer.rows.iter().zip(comments) {
        if let Some(Row { text, comment }) = row {
            printed.push_str(text);
            if let Some(comment) = comment {
                let last = text.rsplit('\n').next().unwrap_or_default();
                let gap = column.saturating_sub(width(last)).max(2);
                printed.extend(std::iter::repeat_n(' ', gap));
                printed.push_str(comment);
            }
        }
        printed.push('\n');
    }
    printed
}

/// Where the comment behind each row starts at least: those of adjacent rows below each other.
fn comment_columns(rows: &[Option<Row<'_>>]) -> Vec<usize> {
    let commented = |row: &Option<Row<'_>>| {
        row.as_ref().filter(|row| row.comment.is_some() && !row.text.contains('\n')).map(|row| width(&row.text))
    };
    let mut columns = vec![0; rows.len()];
    let mut start = 0;
    while start < rows.len() {
        let widths: Vec<usize> = rows[start..].iter().map_while(commented).collect();
        let (least, most) = (widths.iter().min().copied().unwrap_or(0), widths.iter().max().copied().unwrap_or(0));
        if most - least <= FARTHEST {
            columns[start..start + widths.len()].fill(most + 2);
        }
        start += widths.len().max(1);
    }
    columns
}

impl<'t> Printer<'t> {
    fn items(&mut self, items: &[Item<'t>], indent: usize) {
        let mut rest = items;
        let mut is_first = true;
        while let Some(item) = rest.first() {
            if item.is_apart && !is_first {
                self.rows.push(None);
            }
            is_first = false;
            match &item.kind {
                ItemKind::Comment(comment) => {
                    self.row(indent, comment, None);
                    rest = &rest[1..];
                }
                ItemKind::Fact(_) => {
                    let run = self.run(rest, indent);
                    rest = &rest[run.len()..];
                    self.facts(run, indent);
                }
            }
        }
    }

    fn row(&mut self, indent: usize, text: &str, comment: Option<&'t str>) {
        self.rows.push(Some(Row { text: format!("{:indent$}{text}", ""), comment }));
    }

    /// The facts from here on that make one table.
    fn run<'f>(&self, items: &'f [Item<'t>], indent: usize) -> Vec<Laid<'f, 't>> {
        let mut run: Vec<Laid<'f, 't>> = Vec::new();
        for item in items {
            let ItemKind::Fact(fact) = &item.kind else { break };
            if item.is_apart && !run.is_empty() {
                break;
            }
            let laid = self.lay(fact, indent);
            let table = match run.last() {
                None => laid.table,
                Some(before) => {
                    let shared = before.table.zip(laid.table).and_then(|(before, own)| before.and(own));
                    if shared.is_none() || self.parts_tables(before) {
                        break;
                    }
                    shared
                }
            };
            run.push(Laid { table, ..laid });
        }
        run
    }

    /// Whether what follows a fact is too far from it to make one table: it has a block. Those of channels are short.
    fn parts_tables(&self, laid: &Laid<'_, 't>) -> bool {
        let is_channel = first_word(&self.text[laid.fact.range.clone()]) == "channel";
        laid.fact.body.is_some() && laid.inline.is_none() && !is_channel
    }

    fn lay<'f>(&self, fact: &'f Fact<'t>, indent: usize) -> Laid<'f, 't> {
        let line = self.line(fact);
        let joined = line.joined();
        let brace = if fact.body.is_some() { " {".len() } else { 0 };
        let room = WIDTH.saturating_sub(indent);
        let is_broken = line.is_broken() && (line.has_comments() || width(&joined) + brace > room);
        let inline = fact.body.as_ref().filter(|_| !is_broken).and_then(|body| self.inline(body));
        let inline = inline.filter(|fact| width(&joined) + " {  }".len() + width(fact) <= room);
        let cells = line.cells(is_broken.then_some(indent + FURTHER));
        Laid { fact, cells, table: line.columns.map(|columns| columns.table), inline }
    }

    fn line(&self, fact: &Fact<'t>) -> Line<'t> {
        Line::of(fact.block, &self.text[fact.range.clone()])
    }

    /// The fact of a block that the author wrote on one line.
    fn inline(&self, body: &Body<'t>) -> Option<String> {
        match body.items.as_slice() {
            [Item { kind: ItemKind::Fact(fact), .. }] if body.is_on_one_row && fact.body.is_none() => {
                let line = self.line(fact);
                (!line.is_broken()).then(|| line.joined())
            }
            _ => None,
        }
    }

    fn facts(&mut self, run: Vec<Laid<'_, 't>>, indent: usize) {
        let (facts, cells): (Vec<_>, Vec<_>) = run.into_iter().map(|laid| ((laid.fact, laid.inline), laid.cells)).unzip();
        for ((fact, inline), text) in facts.into_iter().zip(align(cells)) {
            match (&fact.body, inline) {
                (None, _) => self.row(indent, &text, fact.comment),
                (Some(body), Some(inline)) => self.row(indent, &format!("{text} {{ {inline} }}"), body.at_close),
                (Some(body), None) => {
                    self.row(indent, &format!("{text} {{"), body.at_open);
                    self.items(&body.items, indent + INDENT);
                    self.row(indent, "}", body.at_close);
                }
            }
        }
    }
}

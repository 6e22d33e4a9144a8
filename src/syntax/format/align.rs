//! Cells → rows whose columns stand below each other.

use super::columns::Key;
use super::line::width;

/// A cell: what it is, and its text. Cells of one kind, behind cells of the same kinds, make a column.
pub(super) type Cell = (Option<Key>, String);

/// A cell wider than this makes a table harder to read, not easier: its column is left ragged.
const WIDEST: usize = 40;

struct Row {
    cells: Vec<Cell>,
    text: String,
}

impl Row {
    fn key(&self, column: usize) -> Option<Key> {
        self.cells.get(column).and_then(|cell| cell.0)
    }

    /// The text of a cell, if one that is not empty follows it.
    fn followed(&self, column: usize) -> Option<&str> {
        let is_followed = self.cells.get(column + 1..)?.iter().any(|cell| !cell.1.is_empty());
        is_followed.then(|| self.cells[column].1.as_str())
    }
}

/// The text of each row. A cell at the end of its row does not count for the width of its column.
pub(super) fn align(rows: Vec<Vec<Cell>>) -> Vec<String> {
    let mut rows: Vec<Row> = rows.into_iter().map(|cells| Row { cells, text: String::new() }).collect();
    align_from(0, &mut rows);
    rows.into_iter().map(|row| row.text).collect()
}

/// Adds the cells from this column on to rows that are alike up to it.
fn align_from(column: usize, rows: &mut [Row]) {
    if rows.iter().all(|row| row.cells.len() <= column) {
        return;
    }
    let mut rest = rows;
    while !rest.is_empty() {
        let key = rest.iter().find_map(|row| row.key(column));
        let is_other = |row: &Row| row.cells.len() > column && row.key(column) != key;
        let end = rest.iter().position(is_other).unwrap_or(rest.len());
        let (alike, others) = std::mem::take(&mut rest).split_at_mut(end.max(1));
        align_column(column, alike);
        rest = others;
    }
}

/// Adds a column, and those behind it, to rows that have the same kind of cell there or end before.
fn align_column(column: usize, rows: &mut [Row]) {
    let widest = rows.iter().filter_map(|row| row.followed(column)).map(width).max().unwrap_or(0);
    if widest > WIDEST {
        for row in rows {
            let cells = row.cells.get(column..).unwrap_or_default();
            let texts: Vec<&str> = cells.iter().map(|cell| cell.1.as_str()).filter(|text| !text.is_empty()).collect();
            row.text.push_str(&texts.join(" "));
        }
        return;
    }
    for row in rows.iter_mut() {
        let padding = row.followed(column).map(|text| widest - width(text) + usize::from(widest > 0));
        if let Some((_, text)) = row.cells.get(column) {
            row.text.push_str(text);
        }
        row.text.extend(std::iter::repeat_n(' ', padding.unwrap_or(0)));
    }
    align_from(column + 1, rows);
}

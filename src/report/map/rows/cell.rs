//! What stands under one stage in one row: blocks in columns.

use super::super::canvas::{Canvas, Layer, Text};
use super::super::marks;
use super::super::style::Ink;
use super::super::text::Face;
use super::super::words::Phrases;
use super::{LEADING, WORDS};
use crate::model::Known;

/// Between columns.
const BETWEEN: f64 = 16.0;
/// The longest text of one block, in lines; no row is limited to fewer.
const LONGEST: usize = 5;
/// No cell has more columns.
const COLUMNS: usize = 6;

/// Words in one face.
#[derive(Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    face: Face,
    ink: Ink,
    italic: bool,
    mark: Option<Known>,
}

impl Piece {
    /// Between pieces.
    pub(super) const GAP: f64 = 7.0;

    pub(super) fn new(text: String, face: Face, ink: Ink) -> Self {
        Self { text, face, ink, italic: false, mark: None }
    }

    pub(super) fn slanted(self) -> Self {
        Self { italic: true, ..self }
    }

    /// With a mark before it.
    pub(super) fn marked(self, known: Known) -> Self {
        Self { mark: Some(known), ..self }
    }

    pub(super) fn width(&self) -> f64 {
        self.face.width(&self.text) + if self.mark.is_some() { marks::KNOWN } else { 0.0 }
    }
}

/// An item, in rows of pieces.
pub(super) struct Block {
    pub(super) rows: Vec<Vec<Piece>>,
    /// All of it.
    pub(super) whole: String,
    /// Whether the rows do not show all of it.
    pub(super) cut: bool,
}

impl Block {
    pub(super) fn text(text: &str, ink: Ink, italic: bool, width: f64) -> Self {
        let (lines, cut) = WORDS.wrap(text, width, LONGEST);
        let piece = |line| vec![Piece { italic, ..Piece::new(line, WORDS, ink) }];
        Self { rows: lines.into_iter().map(piece).collect(), whole: text.to_owned(), cut }
    }
}

/// Blocks for a column of some width.
type Blocks<'a> = &'a dyn Fn(f64) -> Vec<Block>;

/// Blocks in columns.
pub(super) struct Cell {
    columns: Vec<Vec<Vec<Piece>>>,
    /// How wide each is, the space after it included.
    step: f64,
    whole: Option<String>,
}

impl Cell {
    /// The fewest lines that show all of it, at most `most`.
    pub(super) fn least(blocks: Blocks<'_>, width: f64, narrow: f64, most: usize) -> usize {
        let fits = |high: usize| (1..=columns_in(width, narrow)).any(|k| fill(&blocks(column(width, k)), k, high).is_some());
        if blocks(width).is_empty() { 0 } else { (1..most).find(|&high| fits(high)).unwrap_or(most) }
    }

    /// In as few columns as show all of it in that many lines; in as many as there is room for, and cut, where none do.
    pub(super) fn new(blocks: Blocks<'_>, width: f64, narrow: f64, high: usize, words: &Phrases) -> Self {
        let room = columns_in(width, narrow);
        for k in 1..=room {
            let made = blocks(column(width, k));
            if let Some(columns) = fill(&made, k, high) {
                return Self::filled(made, &columns, column(width, k) + BETWEEN);
            }
        }
        Self::cut(blocks(column(width, room)), room, high, column(width, room) + BETWEEN, words)
    }

    fn filled(blocks: Vec<Block>, columns: &[usize], step: f64) -> Self {
        let cut = blocks.iter().any(|block| block.cut);
        let whole = cut.then(|| whole(&blocks));
        let mut out: Vec<Vec<Vec<Piece>>> = vec![Vec::new(); columns.iter().max().map_or(0, |most| most + 1)];
        for (block, &at) in blocks.into_iter().zip(columns) {
            out[at].extend(block.rows);
        }
        Self { step: tight(&out, step), columns: out, whole }
    }

    /// Fills column after column; the last line says how many blocks are left out.
    fn cut(blocks: Vec<Block>, room: usize, high: usize, step: f64, words: &Phrases) -> Self {
        let whole = whole(&blocks);
        let mut columns: Vec<Vec<Vec<Piece>>> = vec![Vec::new()];
        let count = blocks.len();
        for (at, block) in blocks.into_iter().enumerate() {
            let taken = columns.last().map_or(0, Vec::len);
            let last = columns.len() == room;
            // Of the last column a line is kept to say that there is more.
            let limit = if last && at + 1 < count { high.saturating_sub(1) } else { high };
            if taken + block.rows.len() > limit && taken > 0 && !last {
                columns.push(Vec::new());
            }
            let last = columns.len() == room;
            let limit = if last && at + 1 < count { high.saturating_sub(1) } else { high };
            let Some(column) = columns.last_mut() else { break };
            if column.len() + block.rows.len() <= limit {
                column.extend(block.rows);
                continue;
            }
            // A first block that is too high alone is shown as far as it goes.
            if column.is_empty() && at == 0 {
                column.extend(block.rows.into_iter().take(limit.max(1)));
                continue;
            }
            column.push(vec![Piece::new(words.more(count - at), WORDS, Ink::Third)]);
            break;
        }
        Self { step: tight(&columns, step), columns, whole: Some(whole) }
    }

    /// The lines of its highest column.
    pub(super) fn lines(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Draws it with the first base line at `y`.
    pub(super) fn draw(&self, canvas: &mut Canvas, x: f64, y: f64) {
        for (at, column) in self.columns.iter().enumerate() {
            for (line, pieces) in column.iter().enumerate() {
                let mut x = x + self.step * at as f64;
                let base = y + LEADING * line as f64;
                for piece in pieces {
                    if let Some(known) = piece.mark {
                        marks::known(canvas, x, base - 4.0, known);
                        x += marks::KNOWN;
                    }
                    let text = Text::new(&piece.text, piece.face, piece.ink).slanted(piece.italic).titled(self.whole.as_deref());
                    x = canvas.text(Layer::Words, x, base, &text) + Piece::GAP;
                }
            }
        }
    }
}

/// No wider from column to column than what stands in them needs.
fn tight(columns: &[Vec<Vec<Piece>>], step: f64) -> f64 {
    let wide = |row: &Vec<Piece>| row.iter().map(|p| p.width() + Piece::GAP).sum::<f64>();
    let widest = columns.iter().flatten().map(wide).fold(0.0, f64::max);
    step.min(widest + BETWEEN)
}

fn whole(blocks: &[Block]) -> String {
    blocks.iter().map(|block| block.whole.as_str()).collect::<Vec<_>>().join(" · ")
}

fn columns_in(width: f64, narrow: f64) -> usize {
    (((width + BETWEEN) / (narrow + BETWEEN)) as usize).clamp(1, COLUMNS)
}

fn column(width: f64, columns: usize) -> f64 {
    (width - BETWEEN * (columns - 1) as f64) / columns as f64
}

/// By block, the column that it stands in, if all fit in so many columns of so many lines.
fn fill(blocks: &[Block], columns: usize, high: usize) -> Option<Vec<usize>> {
    let (mut at, mut taken) = (0, 0);
    let mut out = Vec::new();
    for block in blocks {
        if taken + block.rows.len() > high && taken > 0 {
            (at, taken) = (at + 1, 0);
        }
        if at >= columns || block.rows.len() > high {
            return None;
        }
        taken += block.rows.len();
        out.push(at);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(lines: &[usize]) -> Vec<Block> {
        let row = || vec![Piece::new("x".into(), WORDS, Ink::First)];
        let one = |&n: &usize| Block { rows: (0..n).map(|_| row()).collect(), whole: "x".into(), cut: false };
        lines.iter().map(one).collect()
    }

    #[test]
    fn blocks_stand_whole_in_columns() {
        assert_eq!(fill(&blocks(&[1, 2, 2, 1]), 2, 3), Some(vec![0, 0, 1, 1]));
        assert_eq!(fill(&blocks(&[1, 2, 2, 1]), 2, 2), None);
        assert_eq!(fill(&blocks(&[4]), 3, 3), None);
    }

    #[test]
    fn a_wide_cell_is_low() {
        // 400 wide with columns of 100: three of them (3 × 100 + 2 × 16). Six single lines take two.
        assert_eq!(Cell::least(&|_| blocks(&[1; 6]), 400.0, 100.0, 6), 2);
        assert_eq!(Cell::least(&|_| blocks(&[1; 6]), 110.0, 100.0, 4), 4);
        assert_eq!(Cell::least(&|_| Vec::new(), 400.0, 100.0, 4), 0);
    }

    #[test]
    fn what_finds_no_place_is_counted() {
        let words = Phrases::new(crate::locale::Lang::Fr);
        let cell = Cell::new(&|_| blocks(&[1; 6]), 110.0, 100.0, 4, &words);
        let lines: Vec<&str> = cell.columns[0].iter().map(|row| row[0].text.as_str()).collect();
        assert_eq!(lines, ["x", "x", "x", "… (+3)"]);
        assert!(cell.whole.is_some());
    }
}

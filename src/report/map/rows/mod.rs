//! The rows under the stages: what customers do, think and feel, what hurts, helps and stops them, what is noted, whose it is, how well
//! it is known, the figures.
//!
//! Comes in: the texts of the stages. Goes out: rows of cells, one per stage. What must hold: a row is as high as its tallest cell must
//! be, each cell uses the width of its stage for as many columns as that takes, and what still finds no place is counted and told to
//! the pointer.

mod cell;

use super::canvas::{Canvas, Layer, Text};
use super::grid::Grid;
use super::marks;
use super::sheet::{GUTTER, MARGIN, SMALLEST, Sheet};
use super::style::Ink;
use super::text::Face;
use super::view::{KpiView, MapView, StageView};
use super::words::Phrases;
use cell::{Block, Cell, Piece};

const HEAD: Face = Face::bold(12.5);
const WORDS: Face = Face::plain(12.5);
const VALUE: Face = Face::bold(12.5);
const INTERVAL: Face = Face::plain(SMALLEST);
const LEADING: f64 = 16.0;

/// What one row says of a stage, in blocks for a column of some width.
type Says<'a> = Box<dyn Fn(&StageView, f64) -> Vec<Block> + 'a>;

/// A row before it is laid out.
struct Row<'a> {
    head: &'a str,
    /// No column of it is narrower.
    least: f64,
    says: Says<'a>,
}

/// Draws all rows from `y` on; gives where they end.
pub(super) fn draw(canvas: &mut Canvas, view: &MapView, grid: &Grid, sheet: &Sheet, words: &Phrases, y: f64) -> f64 {
    let mut y = y;
    for row in rows(view, words) {
        let said = |stage: &StageView| !(row.says)(stage, 400.0).is_empty();
        if view.stages.iter().any(said) {
            y = row.draw(canvas, view, grid, sheet.row_lines, words, y);
        }
    }
    y
}

fn rows<'a>(view: &'a MapView, words: &'a Phrases) -> Vec<Row<'a>> {
    let row = |head, least, says: Says<'a>| Row { head, least, says };
    let plain = |of: fn(&StageView) -> &[String], ink: Ink| -> Says<'a> {
        Box::new(move |s, width| of(s).iter().map(|text| Block::text(text.trim(), ink, false, width)).collect())
    };
    let quoted = |text: &str, width| Block::text(&words.quoted(text), Ink::Second, true, width);
    let hurts = view.stages.iter().any(|s| !s.pains.is_empty());
    let bare = view.stages.iter().flat_map(|s| &s.notes).any(|note| !note.quoted);
    vec![
        row(words.does(), 160.0, plain(|s| &s.does, Ink::First)),
        row(words.thinks(), 160.0, Box::new(move |s, width| s.thinks.iter().map(|t| quoted(t, width)).collect())),
        row(words.feels(), 130.0, Box::new(move |s, width| s.feels.iter().map(|f| Block::felt(f, words, width)).collect())),
        row(
            words.pains(),
            160.0,
            Box::new(move |s, width| match s.pains.as_slice() {
                [] if hurts => vec![Block::text(words.no_pains(), Ink::Third, false, width)],
                pains => pains.iter().map(|pain| Block::text(pain.trim(), Ink::Loss, false, width)).collect(),
            }),
        ),
        row(words.enablers(), 160.0, plain(|s| &s.enablers, Ink::First)),
        row(words.barriers(), 160.0, plain(|s| &s.barriers, Ink::Loss)),
        row(
            if bare { words.notes() } else { words.verbatims() },
            160.0,
            Box::new(move |s, width| {
                let note = |n: &super::view::NoteView| match n.quoted {
                    true => quoted(&n.text, width),
                    false => Block::text(n.text.trim(), Ink::Second, false, width),
                };
                s.notes.iter().map(note).collect()
            }),
        ),
        row(words.owner(), 110.0, plain(|s| &s.owners, Ink::First)),
        row(words.evidence(), 104.0, Box::new(|s, width| s.known.iter().map(|k| Block::known(k, width)).collect())),
        row(words.kpis(), 215.0, Box::new(|s, width| s.kpis.iter().map(|kpi| Block::kpi(kpi, width)).collect())),
    ]
}

impl Block {
    fn felt(felt: &super::view::FeltView, words: &Phrases, width: f64) -> Self {
        let value = words.feeling(felt.value);
        let said = words.quoted(felt.words.as_deref().unwrap_or_default());
        let before = VALUE.width(&value) + Piece::GAP;
        let (lines, cut) = WORDS.wrap_after(&said, before, width, 3);
        let mut rows: Vec<Vec<Piece>> =
            lines.into_iter().map(|line| vec![Piece::new(line, WORDS, Ink::Second).slanted()]).collect();
        if let Some(first) = rows.first_mut() {
            first.insert(0, Piece::new(value.clone(), VALUE, Ink::First));
        }
        Self { rows, whole: format!("{value} {said}"), cut }
    }

    fn known(known: &super::view::KnownView, width: f64) -> Self {
        let words = WORDS.fit(&known.words, width - marks::KNOWN);
        let cut = words != known.words;
        Self { rows: vec![vec![Piece::new(words, WORDS, Ink::Second).marked(known.known)]], whole: known.words.clone(), cut }
    }

    /// What, how much, and between which bounds: on one line, on two, or with the label on lines of its own.
    fn kpi(kpi: &KpiView, width: f64) -> Self {
        let value = || Piece::new(VALUE.fit(&kpi.value, width), VALUE, Ink::First);
        let bounds = || Piece::new(INTERVAL.fit(&kpi.interval, width), INTERVAL, Ink::Third);
        let (labels, mut cut) = WORDS.wrap(&kpi.label, width, 3);
        let mut rows: Vec<Vec<Piece>> = labels.into_iter().map(|line| vec![Piece::new(line, WORDS, Ink::Second)]).collect();
        let mut add = |piece: Piece| {
            let fits = |row: &Vec<Piece>| row.iter().map(|p| p.width() + Piece::GAP).sum::<f64>() + piece.width() <= width;
            match rows.last_mut().filter(|row| fits(row)) {
                Some(row) => row.push(piece),
                None => rows.push(vec![piece]),
            }
        };
        add(value());
        if !kpi.interval.is_empty() {
            add(bounds());
        }
        cut |= value().text != kpi.value || bounds().text != kpi.interval;
        Self { rows, whole: format!("{} {} {}", kpi.label, kpi.value, kpi.interval).trim().to_owned(), cut }
    }
}

impl Row<'_> {
    fn draw(&self, canvas: &mut Canvas, view: &MapView, grid: &Grid, most: usize, words: &Phrases, y: f64) -> f64 {
        canvas.line(Layer::Ground, (MARGIN, y), (grid.right, y), Ink::Rule, 1.0);
        let (head, _) = HEAD.wrap(self.head, GUTTER, 2);
        for (at, line) in head.iter().enumerate() {
            canvas.text(Layer::Words, MARGIN, y + 20.0 + LEADING * at as f64, &Text::new(line, HEAD, Ink::First));
        }
        let stages = || view.stages.iter().zip(&grid.stages).map(|(stage, &(from, to))| (stage, from + 6.0, to - from - 18.0));
        // As high as the tallest cell must be.
        let least = |(stage, _, width): (&StageView, f64, f64)| Cell::least(&|w| (self.says)(stage, w), width, self.least, most);
        let high = stages().map(least).max().unwrap_or(0).max(head.len());
        let mut lines = head.len();
        for (stage, from, width) in stages() {
            let cell = Cell::new(&|w| (self.says)(stage, w), width, self.least, high, words);
            cell.draw(canvas, from, y + 20.0);
            lines = lines.max(cell.lines());
        }
        y + 14.0 + LEADING * lines as f64
    }
}

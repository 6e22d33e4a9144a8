//! The rows under the stages: what customers do and think, what hurts, the figures.

use super::canvas::{Canvas, Layer, Text};
use super::grid::Grid;
use super::sheet::{GUTTER, MARGIN, SMALLEST, Sheet};
use super::style::Ink;
use super::text::Face;
use super::view::{KpiView, MapView, StageView};
use super::words::Phrases;

const HEAD: Face = Face::bold(12.5);
const WORDS: Face = Face::plain(12.5);
const VALUE: Face = Face::bold(12.5);
const INTERVAL: Face = Face::plain(SMALLEST);
const LEADING: f64 = 16.0;

/// Draws all rows from `y` on; gives where they end.
pub(super) fn draw(canvas: &mut Canvas, view: &MapView, grid: &Grid, sheet: &Sheet, words: &Phrases, y: f64) -> f64 {
    let quote = |text: &str| words.quoted(text);
    let plain = |text: &str| text.trim().to_owned();
    let any = |of: fn(&StageView) -> bool| view.stages.iter().any(of);
    let mut y = y;
    let mut row = |canvas: &mut Canvas, head: &str, cells: Vec<Cell>| {
        y = Row { head, cells }.draw(canvas, grid, y);
    };
    let cells = |of: &dyn Fn(&StageView, f64) -> Cell| -> Vec<Cell> {
        view.stages.iter().zip(&grid.stages).map(|(stage, (from, to))| of(stage, to - from - 18.0)).collect()
    };
    if any(|s| !s.does.is_empty()) {
        let does = cells(&|s, width| Cell::items(&s.does, plain, (Ink::First, false), width, sheet.row_lines, words));
        row(canvas, words.does(), does);
    }
    if any(|s| !s.thinks.is_empty()) {
        let thinks = cells(&|s, width| Cell::items(&s.thinks, quote, (Ink::Second, true), width, sheet.row_lines, words));
        row(canvas, words.thinks(), thinks);
    }
    if any(|s| !s.pains.is_empty()) {
        let none = [words.no_pains().to_owned()];
        let pains = cells(&|s, width| match s.pains.as_slice() {
            [] => Cell::items(&none, plain, (Ink::Third, false), width, 2, words),
            pains => Cell::items(pains, plain, (Ink::Loss, false), width, sheet.row_lines, words),
        });
        row(canvas, words.pains(), pains);
    }
    if any(|s| !s.kpis.is_empty()) {
        let kpis = cells(&|s, width| Cell::kpis(&s.kpis, width));
        row(canvas, words.kpis(), kpis);
    }
    y
}

struct Row<'a> {
    head: &'a str,
    cells: Vec<Cell>,
}

/// What stands under one stage: lines of pieces.
#[derive(Default)]
struct Cell {
    lines: Vec<Vec<Piece>>,
    whole: Option<String>,
}

struct Piece {
    text: String,
    face: Face,
    ink: Ink,
    italic: bool,
}

impl Cell {
    /// Items, each on lines of its own, at most `most` lines in all.
    fn items(
        items: &[String],
        write: impl Fn(&str) -> String,
        look: (Ink, bool),
        width: f64,
        most: usize,
        words: &Phrases,
    ) -> Self {
        let mut cell = Self::default();
        let piece = |text: String| vec![Piece { text, face: WORDS, ink: look.0, italic: look.1 }];
        for (at, item) in items.iter().enumerate() {
            let last = at + 1 == items.len();
            let room = most.saturating_sub(cell.lines.len() + usize::from(!last));
            let (lines, cut) = WORDS.wrap(&write(item), width, room.max(1));
            if cut {
                cell.whole = Some(items.iter().map(|i| write(i)).collect::<Vec<_>>().join(" "));
            }
            cell.lines.extend(lines.into_iter().map(piece));
            if !last && cell.lines.len() + 1 >= most {
                cell.whole = Some(items.iter().map(|i| write(i)).collect::<Vec<_>>().join(" "));
                cell.lines.push(piece(words.more(items.len() - at - 1)));
                break;
            }
        }
        cell
    }

    /// Figures: what, how much, and the interval where it still fits.
    fn kpis(kpis: &[KpiView], width: f64) -> Self {
        let mut cell = Self::default();
        let piece = |text: &str, face, ink| Piece { text: text.to_owned(), face, ink, italic: false };
        for kpi in kpis {
            let value = VALUE.width(&kpi.value) + 7.0;
            if WORDS.width(&kpi.label) + value <= width {
                let mut line = vec![piece(&kpi.label, WORDS, Ink::Second), piece(&kpi.value, VALUE, Ink::First)];
                if !kpi.interval.is_empty() && WORDS.width(&kpi.label) + value + 7.0 + INTERVAL.width(&kpi.interval) <= width {
                    line.push(piece(&kpi.interval, INTERVAL, Ink::Third));
                }
                cell.lines.push(line);
                continue;
            }
            let (lines, cut) = WORDS.wrap(&kpi.label, width, 2);
            if cut {
                cell.whole = Some(kpi.label.clone());
            }
            cell.lines.extend(lines.iter().map(|line| vec![piece(line, WORDS, Ink::Second)]));
            cell.lines.push(vec![piece(&VALUE.fit(&kpi.value, width), VALUE, Ink::First)]);
        }
        cell
    }
}

impl Row<'_> {
    fn draw(&self, canvas: &mut Canvas, grid: &Grid, y: f64) -> f64 {
        canvas.line(Layer::Ground, (MARGIN, y), (grid.right, y), Ink::Rule, 1.0);
        let (head, _) = HEAD.wrap(self.head, GUTTER, 2);
        for (at, line) in head.iter().enumerate() {
            canvas.text(Layer::Words, MARGIN, y + 20.0 + LEADING * at as f64, &Text::new(line, HEAD, Ink::First));
        }
        let mut rows = head.len();
        for (cell, &(from, _)) in self.cells.iter().zip(&grid.stages) {
            rows = rows.max(cell.lines.len());
            for (at, line) in cell.lines.iter().enumerate() {
                let mut x = from + 6.0;
                let base = y + 20.0 + LEADING * at as f64;
                for Piece { text, face, ink, italic } in line {
                    let drawn = Text::new(text, *face, *ink).slanted(*italic).titled(cell.whole.as_deref());
                    x = canvas.text(Layer::Words, x, base, &drawn) + 7.0;
                }
            }
        }
        y + 14.0 + LEADING * rows as f64
    }
}

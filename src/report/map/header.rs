//! The head of the picture: what it shows, the few figures that matter, and the headings of the stages.

use super::boxes::Rect;
use super::canvas::{Anchor, Canvas, Layer, Text};
use super::grid::Grid;
use super::sheet::{MARGIN, SMALLEST, Sheet};
use super::style::Ink;
use super::text::Face;
use super::view::{Headline, MapView, StageView};

const VALUE: Face = Face::bold(32.0);
const SUBTITLE: Face = Face::plain(14.0);
const METHOD: Face = Face::plain(12.5);
const WORDS: Face = Face::plain(13.5);
const NOTE: Face = Face::plain(12.0);
const MOMENT: Face = Face { size: 14.0, bold: true, tracking: 0.8 };
const NAME: Face = Face::bold(14.0);
const PLAIN: Face = Face::plain(13.5);
const COUNT: Face = Face::bold(12.0);
/// Widest words of a headline.
const WIDEST: f64 = 210.0;
/// From the left of one headline to the left of the next, over its width.
const BETWEEN: f64 = 38.0;

/// Draws title and headlines; gives where they end.
pub(super) fn title(canvas: &mut Canvas, view: &MapView, grid: &Grid) -> f64 {
    let mut x = grid.right;
    let mut deepest = 0.0_f64;
    let shown: Vec<&Headline> = view.headlines.iter().take(3).collect();
    // As many as leave the title half of the width, the most important first.
    let mut kept = shown.len();
    let width = |headline: &Headline| {
        let (label, note) = (wrap(&headline.label, WORDS), wrap(&headline.note, NOTE));
        let words = label.iter().map(|l| WORDS.width(l)).chain(note.iter().map(|l| NOTE.width(l))).fold(0.0, f64::max);
        words.max(VALUE.width(&headline.value)) + BETWEEN
    };
    while kept > 0 && shown[..kept].iter().map(|h| width(h)).sum::<f64>() > (grid.right - MARGIN) * 0.58 {
        kept -= 1;
    }
    for headline in shown[..kept].iter().rev() {
        x -= width(headline) - 18.0;
        let mut y = 62.0;
        let ink = if headline.goal { Ink::Goal } else { Ink::First };
        canvas.text(Layer::Words, x, y, &Text::new(&headline.value, VALUE, ink));
        y += 21.0;
        for (face, ink, text, lead) in [(WORDS, Ink::First, &headline.label, 17.0), (NOTE, Ink::Third, &headline.note, 16.0)] {
            for line in wrap(text, face) {
                canvas.text(Layer::Words, x, y, &Text::new(&line, face, ink));
                y += lead;
            }
        }
        deepest = deepest.max(y - 10.0);
        x -= 18.0;
        canvas.line(Layer::Ground, (x, 32.0), (x, y - 10.0), Ink::Rule, 1.0);
    }
    deepest.max(words(canvas, view, x - 24.0 - MARGIN))
}

fn wrap(text: &str, face: Face) -> Vec<String> {
    face.wrap(text, WIDEST, 2).0
}

/// Title, subtitle and method, in that width.
fn words(canvas: &mut Canvas, view: &MapView, width: f64) -> f64 {
    let face = [29.0, 27.0, 25.0, 23.0].map(Face::bold).into_iter().find(|face| face.width(&view.title) <= width);
    let face = face.unwrap_or(Face::bold(23.0));
    let (lines, cut) = face.wrap(&view.title, width, 2);
    let mut y = 54.0;
    for line in &lines {
        let title = cut.then_some(view.title.as_str());
        canvas.text(Layer::Words, MARGIN, y, &Text::new(line, face, Ink::First).titled(title));
        y += 28.0;
    }
    for (face, ink, text, lead) in [(SUBTITLE, Ink::Second, &view.subtitle, 18.0), (METHOD, Ink::Third, &view.method, 16.0)] {
        for line in face.wrap(text, width, 3).0 {
            canvas.text(Layer::Words, MARGIN, y - 2.0, &Text::new(&line, face, ink));
            y += lead;
        }
        y += 3.0;
    }
    y - 14.0
}

/// Draws the headings of the stages from `y` on; gives where they end.
pub(super) fn stages(canvas: &mut Canvas, view: &MapView, grid: &Grid, sheet: &Sheet, y: f64) -> f64 {
    let heads: Vec<Head> =
        view.stages.iter().zip(&grid.stages).map(|(stage, &(from, to))| Head::new(stage, to - from - 16.0)).collect();
    let rows = heads.iter().map(|head| head.names.len()).max().unwrap_or(0);
    let counted = heads.iter().map(|head| head.counts.len()).max().unwrap_or(0);
    let named = y + rows as f64 * 18.0;
    for ((stage, head), &(from, to)) in view.stages.iter().zip(&heads).zip(&grid.stages) {
        let (left, right) = (from + 6.0, to - 10.0);
        canvas.open(Layer::Words, &[("stage", &stage.name)], "");
        canvas.line(Layer::Words, (from + 4.0, y), (to - 6.0, y), Ink::First, 2.2);
        for (at, row) in head.names.iter().enumerate() {
            pieces(canvas, left, y + 22.0 + 18.0 * at as f64, row, 8.0);
        }
        if !(stage.entered.is_empty() && stage.continued.is_empty()) {
            canvas.rect(Layer::Words, &Rect { x0: left, y0: named + 14.0, x1: right, y1: named + 19.0 }, 2.0, Ink::Trough);
            let share = stage.share.clamp(0.0, 1.0) * (right - left);
            if share > 0.0 {
                let bar = Rect { x0: left, y0: named + 14.0, x1: left + share.max(1.5), y1: named + 19.0 };
                canvas.rect(Layer::Words, &bar, if share > 4.0 { 2.0 } else { 0.0 }, Ink::Bubble);
            }
        }
        for (at, row) in head.counts.iter().enumerate() {
            pieces(canvas, left, named + 36.0 + 16.0 * at as f64, row, 7.0);
        }
        canvas.close(Layer::Words);
    }
    let air = if sheet.small { 10.0 } else { 14.0 };
    if counted == 0 { named + 12.0 + air } else { named + 24.0 + 16.0 * counted as f64 + air }
}

type Piece = (String, Face, Ink);

/// The heading of a stage in rows.
struct Head {
    names: Vec<Vec<Piece>>,
    counts: Vec<Vec<Piece>>,
}

impl Head {
    fn new(stage: &StageView, width: f64) -> Self {
        let moment = stage.moment.as_ref().map(|moment| (moment.to_uppercase(), MOMENT, Ink::First));
        let (face, ink) = if moment.is_some() { (PLAIN, Ink::Second) } else { (NAME, Ink::First) };
        let entered = (stage.entered.clone(), COUNT, Ink::First);
        let continued = if stage.continued.is_empty() { String::new() } else { format!("→ {}", stage.continued) };
        let continued = (continued, NOTE, Ink::Second);
        Self {
            names: rows(moment, &stage.label, face, ink, width, 8.0),
            counts: rows(Some(entered), &continued.0, continued.1, continued.2, width, 7.0),
        }
    }
}

/// A first piece and words after it: on one line if they fit, else the words below.
fn rows(first: Option<Piece>, words: &str, face: Face, ink: Ink, width: f64, gap: f64) -> Vec<Vec<Piece>> {
    let first = first.filter(|piece| !piece.0.is_empty());
    let taken = first.as_ref().map_or(0.0, |piece| piece.1.width(&piece.0) + gap);
    let mut rows: Vec<Vec<Piece>> =
        first.map(|(text, face, ink)| vec![(face.fit(&text, width), face, ink)]).into_iter().collect();
    if taken > 0.0 && !words.is_empty() && taken + face.width(words) <= width {
        rows[0].push((words.to_owned(), face, ink));
        return rows;
    }
    rows.extend(face.wrap(words, width, 3).0.into_iter().map(|line| vec![(line, face, ink)]));
    rows
}

fn pieces(canvas: &mut Canvas, mut x: f64, y: f64, row: &[Piece], gap: f64) {
    for (text, face, ink) in row {
        x = canvas.text(Layer::Words, x, y, &Text::new(text, *face, *ink)) + gap;
    }
}

/// Draws the flag of the magnifier and what it does, in a strip from `y` on; gives where that ends.
pub(super) fn magnifier(canvas: &mut Canvas, flag: &str, note: &str, x: f64, y: f64, right: f64) -> f64 {
    let face = Face::bold(12.0);
    let width = face.width(flag) + 22.0;
    canvas.rect(Layer::Words, &Rect::sized(x, y, width, 20.0), 3.0, Ink::Second);
    canvas.text(Layer::Words, x + 11.0, y + 14.4, &Text::new(flag, face, Ink::Ground));
    let small = Face::plain(SMALLEST);
    let (after, before) = (right - x - width - 12.0, x - MARGIN - 12.0);
    // After the flag, or before it where there is more room.
    let (at, anchor, room) = if small.width(note) <= after || after >= before {
        (x + width + 10.0, Anchor::Start, after)
    } else {
        (x - 10.0, Anchor::End, before)
    };
    let line = small.fit(note, room);
    let title = (line != note).then_some(note);
    canvas.text(Layer::Words, at, y + 14.0, &Text::new(&line, small, Ink::Second).anchored(anchor).titled(title));
    y + 27.0
}

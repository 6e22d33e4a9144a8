//! Left of a panel of feelings: whose curves it shows.

use super::super::canvas::{Canvas, Layer, Text, num};
use super::super::sheet::MARGIN;
use super::super::style::Ink;
use super::super::text::{ELLIPSIS, Face};
use super::super::view::{CurveView, MapView};
use super::super::words::Phrases;
use super::{AXIS, Look, dot};

const NAME: Face = Face::bold(12.5);
const BEHIND: Face = Face::plain(12.0);
/// The names beside the panel have this much room.
const NAMES: f64 = 118.0;
/// What a sample of the line takes before the name.
const SAMPLE: f64 = 29.0;
const LEADING: f64 = 15.0;
/// What the head over the first panel takes.
const HEAD: f64 = 40.0;

/// The name of a curve and what is said of it, in lines.
struct Names {
    names: Vec<String>,
    lines: Vec<String>,
}

impl Names {
    fn new(curve: &CurveView, look: Look) -> Self {
        if look == Look::Behind {
            return Self { names: BEHIND.wrap(&curve.label, NAMES - SAMPLE, 2).0, lines: Vec::new() };
        }
        Self { names: NAME.wrap(&curve.label, NAMES - SAMPLE, 3).0, lines: AXIS.wrap(&curve.note, NAMES, 2).0 }
    }

    fn height(&self) -> f64 {
        7.0 + LEADING * (self.names.len() + self.lines.len()) as f64
    }
}

/// What the names of some curves take, from the top of the panel.
pub(super) fn height(view: &MapView, curves: &[(usize, Look)], first: bool) -> f64 {
    let names: f64 = curves.iter().map(|&(curve, look)| Names::new(&view.curves[curve], look).height()).sum();
    names + if first { HEAD } else { 2.0 }
}

/// Draws them from `y` on.
pub(super) fn draw(canvas: &mut Canvas, view: &MapView, curves: &[(usize, Look)], words: &Phrases, first: bool, y: f64) {
    let mut y = y + 14.0;
    if first {
        canvas.text(Layer::Words, MARGIN, y, &Text::new(words.felt(), Face::bold(13.5), Ink::First));
        canvas.text(Layer::Words, MARGIN, y + 17.0, &Text::new(words.felt_scale(), AXIS, Ink::Second));
        y += HEAD;
    }
    for &(curve, look) in curves {
        let shown = &view.curves[curve];
        let (width, dashes) = look.line();
        canvas.path(Layer::Words, &format!("M{} {}h22", num(MARGIN), num(y - 4.0)), (look.ink(), width), dashes);
        dot(canvas, Layer::Words, look, MARGIN + 11.0, y - 4.0);
        let names = Names::new(shown, look);
        let (face, ink) = if look == Look::Behind { (BEHIND, Ink::Second) } else { (NAME, look.ink()) };
        for (at, line) in names.names.iter().enumerate() {
            let title = line.ends_with(ELLIPSIS).then_some(shown.label.as_str());
            let text = Text::new(line, face, ink).titled(title);
            canvas.text(Layer::Words, MARGIN + SAMPLE, y + LEADING * at as f64, &text);
        }
        for (at, line) in names.lines.iter().enumerate() {
            let title = line.ends_with(ELLIPSIS).then_some(shown.note.as_str());
            let text = Text::new(line, AXIS, Ink::Second).titled(title);
            canvas.text(Layer::Words, MARGIN, y + 1.0 + LEADING * (names.names.len() + at) as f64, &text);
        }
        y += names.height();
    }
}

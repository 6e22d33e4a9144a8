//! The words in a panel of feelings.

use super::super::boxes::{Rect, Taken};
use super::super::canvas::{Canvas, Layer, Text};
use super::super::curve::{self, Cubic};
use super::super::style::Ink;
use super::super::text::Face;
use super::super::view::MapView;
use super::super::words::Phrases;
use super::Spot;

const LABEL: Face = Face::plain(12.0);
const EXTREME: Face = Face::bold(12.0);
/// More of a curve than this under words makes them hard to read.
const CLEAR: f64 = 2.0;

/// Marks the ground under a curve.
pub(super) fn mark(taken: &mut Taken, cubics: &[Cubic], line: &[(f64, f64)]) {
    for cubic in cubics {
        for step in 0..=24 {
            let (x, y) = curve::at(cubic, f64::from(step) / 24.0);
            taken.soften(x, y, 1.5);
        }
    }
    for &(x, y) in line {
        taken.soften(x, y, 5.0);
    }
}

/// The highest (or, with −1, the lowest) point of a curve, the first of equals.
fn extreme(spots: &[Spot], sign: f64) -> Option<&Spot> {
    spots.iter().max_by(|a, b| (a.value * sign).total_cmp(&(b.value * sign)).then(b.x.total_cmp(&a.x)))
}

/// The words in the panel.
pub(super) struct Talk<'a> {
    pub(super) canvas: &'a mut Canvas,
    pub(super) view: &'a MapView,
    pub(super) words: &'a Phrases,
    pub(super) taken: Taken,
    pub(super) panel: Rect,
    pub(super) height: &'a dyn Fn(f64) -> f64,
}

impl Talk<'_> {
    /// What is felt at every point.
    pub(super) fn every(&mut self, curve: usize, spots: &[Spot]) {
        for spot in spots {
            let said = self.view.points[spot.point].felt.get(curve).and_then(|f| f.as_ref()?.words.clone());
            let value = self.words.feeling(spot.value);
            let text = said.map_or_else(|| value.clone(), |said| format!("{value} {said}"));
            if !self.say(spot, &text, LABEL, Ink::First, spot.value >= 0.0, CLEAR) {
                self.say(spot, &value, LABEL, Ink::First, spot.value >= 0.0, f64::INFINITY);
            }
        }
    }

    /// The peak and the trough of each curve: the highest peak nearest to its point, others above it.
    pub(super) fn extremes(&mut self, curves: &[(usize, &[Spot], Ink)]) {
        for (word, sign) in [(self.words.peak(), 1.0), (self.words.trough(), -1.0)] {
            let mut found: Vec<(&Spot, Ink)> =
                curves.iter().filter_map(|&(_, spots, ink)| Some((extreme(spots, sign)?, ink))).collect();
            found.sort_by(|a, b| (b.0.value * sign).total_cmp(&(a.0.value * sign)));
            let mut told: Vec<(usize, String)> = Vec::new();
            for (spot, ink) in found {
                let value = self.words.feeling(spot.value);
                // Where two curves meet in their extreme, it is told once.
                if told.contains(&(spot.point, value.clone())) {
                    continue;
                }
                told.push((spot.point, value.clone()));
                let text = format!("{word} {value} · {}", self.view.points[spot.point].label);
                // What would lie on a curve is said shorter; a short word lies where it can.
                let said = self.say(spot, &text, EXTREME, ink, sign > 0.0, CLEAR);
                if !said && !self.say(spot, &format!("{word} {value}"), EXTREME, ink, sign > 0.0, CLEAR) {
                    self.say(spot, &value, EXTREME, ink, sign > 0.0, f64::INFINITY);
                }
            }
        }
    }

    /// Draws words near a point, above or below it first, within the panel, where no more than `most` of curves lies under them; tells
    /// whether there was a place.
    fn say(&mut self, spot: &Spot, text: &str, face: Face, ink: Ink, up: bool, most: f64) -> bool {
        let y = (self.height)(spot.value);
        let width = face.width(text);
        let mut best: Option<(f64, f64, f64)> = None;
        for (order, (above, slide)) in [
            (true, 0.0),
            (true, 0.3),
            (true, -0.3),
            (false, 0.0),
            (false, 0.3),
            (false, -0.3),
            (true, 0.55),
            (true, -0.55),
            (false, 0.55),
            (false, -0.55),
        ]
        .into_iter()
        .enumerate()
        {
            for lift in [0.0, 6.0, 12.0, 17.0, 24.0] {
                let above = above == up;
                let base = if above { y - 10.0 - lift } else { y + 18.0 + lift };
                let middle = (spot.x + slide * width).clamp(self.panel.x0 + width / 2.0 + 4.0, self.panel.x1 - width / 2.0 - 4.0);
                let rect = Text::new(text, face, ink).middle().rect(middle, base);
                let under = self.taken.cost(&rect);
                let cost = under * 5.0 + order as f64 * 1.5 + lift * 0.4;
                let inside = rect.y0 >= self.panel.y0 && rect.y1 <= self.panel.y1;
                if inside && under <= most && self.taken.is_free(&rect.grown(2.0)) && best.is_none_or(|(least, ..)| cost < least)
                {
                    best = Some((cost, middle, base));
                }
            }
        }
        let Some((_, x, base)) = best else { return false };
        let text = Text::new(text, face, ink).middle();
        self.taken.take(text.rect(x, base), None);
        self.canvas.text(Layer::Words, x, base, &text);
        true
    }
}

//! Arcs to the column before, and circles of those who come back at once.

use super::super::bands::soften;
use super::super::bubbles::Bubble;
use super::super::canvas::Layer;
use super::super::curve::{self, Cubic};
use super::super::flows::Kinds;
use super::super::marks;
use super::super::sheet::SMALLEST;
use super::super::style::Ink;
use super::super::text::Face;
use super::Stage;

impl Stage<'_> {
    /// Draws the arcs to the column before, and the circles of those who come back at once. The counts beside them find their
    /// place later: where each may lie, best first.
    pub(in crate::report::map) fn arcs(&mut self, kinds: &Kinds) -> Vec<(String, Vec<(f64, f64)>)> {
        let mut counts = Vec::new();
        for &index in kinds.near.iter().chain(&kinds.own) {
            let flow = &self.view.flows[index];
            let Some(from) = flow.from else { continue };
            let (a, b) = (&self.bubbles[from], &self.bubbles[flow.to]);
            let (cubic, turn) = if from == flow.to { circle(a) } else { arc(a, b) };
            let width = self.scale.width(flow.passages, b.factor.min(a.factor)).clamp(1.6, 6.0);
            let title = format!("{} → {} : {}", self.view.points[from].label, self.view.points[flow.to].label, flow.count);
            self.canvas.told(Layer::Returns, &curve::path(&[cubic]), (Ink::Return, width), "", &self.hooks(flow), &title);
            let end = cubic[3];
            let (dx, dy) = (libm::cos(turn.to_radians()) * 5.0, libm::sin(turn.to_radians()) * 5.0);
            marks::arrow(self.canvas, Layer::Returns, end.0 + dx, end.1 + dy, turn, Ink::Return);
            soften(self.taken, &[cubic], width + 2.0);
            let mut places = Vec::new();
            let wide = Face::bold(SMALLEST).width(&flow.count) / 2.0 + width / 2.0 + 4.0;
            for t in [0.5, 0.4, 0.6, 0.3, 0.7] {
                let (x, y) = curve::at(&cubic, t);
                places.extend([(x - wide, y + 4.0), (x + wide, y + 4.0), (x, y - 5.0), (x, y + 14.0)]);
            }
            counts.push((flow.count.clone(), places));
        }
        counts
    }
}

/// From one bubble back to another, and the direction of its end in degrees.
fn arc(a: &Bubble, b: &Bubble) -> (Cubic, f64) {
    let fall = b.y - a.y;
    if fall.abs() < a.radius + b.radius {
        // Beside each other: a sag below, between the drops, which stay free.
        let (start, end) = (rim(a, 145.0, 0.0), rim(b, 35.0, 6.0));
        let sag = 10.0 + (start.0 - end.0).abs() * 0.22;
        let low = start.1.max(end.1) + sag;
        return ([start, (start.0 - 8.0, low), (end.0 + 10.0, low), end], 215.0);
    }
    // Above or below: leave to the left, come down (or up) to the shoulder of the target.
    let down = fall > 0.0;
    let end = rim(b, if down { -58.0 } else { 58.0 }, 6.0);
    let turn = if down { 115.0 } else { -115.0 };
    if a.column == b.column {
        let start = rim(a, if down { 25.0 } else { -25.0 }, 0.0);
        let out = start.0.max(end.0) + 34.0;
        return ([start, (out, start.1), (out, end.1 - fall * 0.2), end], turn);
    }
    let start = rim(a, 180.0, 0.0);
    let reach = (start.0 - end.0).abs();
    ([start, (start.0 - reach * 0.5, start.1), (end.0 + 10.0, end.1 - fall * 0.45), end], turn)
}

/// From a bubble to itself.
fn circle(bubble: &Bubble) -> (Cubic, f64) {
    let (start, end) = (rim(bubble, 5.0, 0.0), rim(bubble, 55.0, 6.0));
    ([start, (start.0 + 26.0, start.1), (end.0 + 24.0, end.1 + 18.0), end], 235.0)
}

/// A point on the rim of a bubble, at an angle clockwise from the right, that far outside.
fn rim(bubble: &Bubble, degrees: f64, outside: f64) -> (f64, f64) {
    let (radius, angle) = (bubble.outer + outside, degrees.to_radians());
    (bubble.x + radius * libm::cos(angle), bubble.y + radius * libm::sin(angle))
}

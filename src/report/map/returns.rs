//! Customers who come back: arcs to the column before, tracks above and below the lanes for those who come from further.

use super::boxes::{Rect, Taken};
use super::bubbles::Bubble;
use super::canvas::{Canvas, Layer, Text, point};
use super::curve::{self, Cubic};
use super::flows::Kinds;
use super::grid::Grid;
use super::marks;
use super::scale::Scale;
use super::sheet::{LANES, SMALLEST};
use super::style::Ink;
use super::text::Face;
use super::view::{FlowView, MapView};
use super::words::Phrases;

/// From track to track.
const STEP: f64 = 18.0;
/// Tracks above, and below.
const MOST: usize = 4;
/// Of the corners of tracks.
const CORNER: f64 = 9.0;
const LABEL: Face = Face::bold(12.0);

/// The ways back over more than a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracks {
    /// Above the lanes, nearest first.
    above: Vec<Track>,
    /// Below the lanes, nearest first.
    below: Vec<Track>,
    /// Passages that found no track.
    pub(super) left_out: usize,
}

#[derive(Clone, Debug)]
struct Track {
    to: usize,
    flows: Vec<usize>,
    passages: f64,
}

impl Tracks {
    /// One track per target, above for targets in the upper half of the lanes; of each side the four with most passages, the
    /// nearest to the lanes leading furthest right.
    pub(super) fn new(view: &MapView, kinds: &Kinds, lanes: &[usize], bubbles: &[Bubble]) -> Self {
        let mut tracks: Vec<Track> = Vec::new();
        for &flow in &kinds.far {
            let to = view.flows[flow].to;
            let passages = view.flows[flow].passages;
            match tracks.iter_mut().find(|track| track.to == to) {
                Some(track) => {
                    track.flows.push(flow);
                    track.passages += passages;
                }
                None => tracks.push(Track { to, flows: vec![flow], passages }),
            }
        }
        let upper = |track: &Track| {
            let place = lanes.iter().position(|&lane| lane == view.points[track.to].lane).unwrap_or(0);
            2 * place < lanes.len()
        };
        let (above, below): (Vec<Track>, Vec<Track>) = tracks.into_iter().partition(upper);
        let mut left_out = 0;
        let mut side = |mut tracks: Vec<Track>| {
            tracks.sort_by(|a, b| b.passages.total_cmp(&a.passages).then(a.to.cmp(&b.to)));
            left_out += tracks.iter().skip(MOST).map(|track| track.flows.len()).sum::<usize>();
            tracks.truncate(MOST);
            tracks.sort_by_key(|track| (usize::MAX - bubbles[track.to].column, track.to));
            tracks
        };
        let (above, below) = (side(above), side(below));
        Self { above, below, left_out }
    }

    /// How high the corridor above the lanes is.
    pub(super) fn height_above(&self) -> f64 {
        height(&self.above)
    }

    /// How high the corridor below the lanes is.
    pub(super) fn height_below(&self) -> f64 {
        height(&self.below)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.above.is_empty() && self.below.is_empty()
    }

    /// Draws the tracks of lanes that lie from `top` to `bottom`, and marks where they run through the lanes.
    pub(super) fn draw(&self, stage: &mut Stage<'_>, top: f64, bottom: f64) {
        for (tracks, edge, sign) in [(&self.above, top, -1.0), (&self.below, bottom, 1.0)] {
            for (at, track) in tracks.iter().enumerate() {
                let y = edge + sign * (12.0 + STEP * at as f64);
                stage.track(track, at, y, sign);
            }
            if !tracks.is_empty() {
                let y = edge + sign * (12.0 + STEP * (tracks.len() - 1) as f64 / 2.0) + 4.0;
                let text = Text::new(stage.words.returns(), LABEL, Ink::Return).end();
                stage.canvas.text(Layer::Words, LANES - 12.0, y, &text);
            }
        }
    }
}

fn height(tracks: &[Track]) -> f64 {
    if tracks.is_empty() { 0.0 } else { 12.0 + STEP * tracks.len() as f64 }
}

/// What returns are drawn on.
pub(super) struct Stage<'a> {
    pub(super) canvas: &'a mut Canvas,
    pub(super) view: &'a MapView,
    pub(super) bubbles: &'a [Bubble],
    pub(super) grid: &'a Grid,
    pub(super) scale: &'a Scale,
    pub(super) words: &'a Phrases,
    pub(super) taken: &'a mut Taken,
}

impl<'a> Stage<'a> {
    /// By what scripts find a return.
    fn hooks(&self, flow: &FlowView) -> [(&'static str, &'a str); 2] {
        let name = |point: usize| self.view.points[point].name.as_str();
        [("from", flow.from.map_or("", name)), ("to", name(flow.to))]
    }

    fn track(&mut self, track: &Track, at: usize, y: f64, sign: f64) {
        let target = &self.bubbles[track.to];
        // The gutter between two columns is shared by the tracks; no leg runs nearer to its bubble than an arrow is long.
        let shift = 4.6 * at as f64 - 7.0;
        let left = (target.x - self.grid.room[target.column] / 2.0 + shift).min(target.x - target.outer - 15.0);
        let port = |bubble: &Bubble| bubble.y + sign * (bubble.radius * 0.45).min(7.0);
        let tip = target.x - target.outer - 2.0;
        let mut from: Vec<&str> = Vec::new();
        let mut furthest = left;
        for &flow in &track.flows {
            let flow = &self.view.flows[flow];
            let Some(source) = flow.from else { continue };
            from.push(&self.view.points[source].label);
            let source = &self.bubbles[source];
            let right = (source.x + self.grid.room[source.column] / 2.0 + shift).max(source.x + source.outer + 6.0);
            furthest = furthest.max(right);
            let start = (source.x + source.radius * 0.8, port(source));
            let corners = [start, (right, start.1), (right, y), (left, y), (left, port(target)), (tip - 5.0, port(target))];
            let width = self.scale.width(flow.passages, 1.0).clamp(1.6, 4.0);
            let title = format!("{} → {} : {}", from[from.len() - 1], self.view.points[track.to].label, flow.count);
            self.canvas.told(Layer::Returns, &rounded(&corners), (Ink::Return, width), "", &self.hooks(flow), &title);
            for pair in corners.windows(2) {
                self.take_line(pair[0], pair[1]);
            }
        }
        marks::arrow(self.canvas, Layer::Returns, tip, port(target), 0.0, Ink::Return);
        let count = self.words.count(track.passages);
        let whole = self.words.track(&from, &self.view.points[track.to].label, &count);
        let room = (self.grid.right - left - 60.0).max(160.0);
        let label = LABEL.fit(&whole, room);
        let width = LABEL.width(&label);
        let x = (left + 24.0).min(self.grid.right - width - 12.0);
        let pill = Rect { x0: x - 6.0, y0: y - 8.0, x1: x + width + 6.0, y1: y + 8.0 };
        if x + width + 6.0 <= furthest.max(left + width + 30.0) {
            self.canvas.rect(Layer::Returns, &pill, 8.0, Ink::Ground);
        }
        let title = (label != whole).then_some(whole.as_str());
        self.canvas.text(Layer::Words, x, y + 4.0, &Text::new(&label, LABEL, Ink::Return).titled(title));
    }

    /// Marks a straight line: words shall not lie on it, if they can help it.
    fn take_line(&mut self, a: (f64, f64), b: (f64, f64)) {
        let steps = (libm::hypot(b.0 - a.0, b.1 - a.1) / 4.0).clamp(1.0, 600.0) as u32;
        for step in 0..=steps {
            let t = f64::from(step) / f64::from(steps);
            self.taken.soften(a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t, 4.0);
        }
    }

    /// Draws the arcs to the column before, and the circles of those who come back at once. The counts beside them find their
    /// place later: where each may lie, best first.
    pub(super) fn arcs(&mut self, kinds: &Kinds) -> Vec<(String, Vec<(f64, f64)>)> {
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
            super::bands::soften(self.taken, &[cubic], width + 2.0);
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

/// Straight lines with round corners.
fn rounded(corners: &[(f64, f64)]) -> String {
    let mut d = format!("M{}", point(corners[0]));
    for triple in corners.windows(3) {
        let [before, corner, after] = [triple[0], triple[1], triple[2]];
        let reach = |to: (f64, f64)| {
            let length = libm::hypot(to.0 - corner.0, to.1 - corner.1);
            let part = if length > 0.0 { CORNER.min(length / 2.0) / length } else { 0.0 };
            (corner.0 + (to.0 - corner.0) * part, corner.1 + (to.1 - corner.1) * part)
        };
        d.push_str(&format!("L{}Q{} {}", point(reach(before)), point(corner), point(reach(after))));
    }
    if let Some(last) = corners.last() {
        d.push_str(&format!("L{}", point(*last)));
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_round() {
        assert_eq!(rounded(&[(0.0, 0.0), (20.0, 0.0), (20.0, 40.0)]), "M0 0L11 0Q20 0 20 9L20 40");
        assert_eq!(rounded(&[(0.0, 0.0), (8.0, 0.0), (8.0, 40.0)]), "M0 0L4 0Q8 0 8 9L8 40");
    }
}

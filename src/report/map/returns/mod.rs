//! Customers who come back: arcs to the column before, tracks above and below the lanes for those who come from further.
//!
//! Comes in: the passages that lead back. Goes out: lines with an arrow, and where words beside arcs may lie. What must hold: tracks
//! never run sideways through the lanes; each takes the corridor from which its legs cross fewer bands, and its legs stand in the gutters
//! between columns where they lie on the fewest words and bands; a pill lies on its own track only.

mod arcs;
mod side;

use super::boxes::{Rect, Taken};
use super::bubbles::Bubble;
use super::canvas::{Canvas, Layer, Text, point};
use super::flows::Kinds;
use super::grid::Grid;
use super::marks;
use super::scale::Scale;
use super::sheet::LANES;
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
/// Two legs in one gutter are no nearer to each other.
const BETWEEN: f64 = 5.0;
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

/// A vertical piece of a track: where, from where to where, and to which touchpoint it leads.
#[derive(Clone, Copy, Debug)]
struct Leg {
    x: f64,
    from: f64,
    to: f64,
    target: usize,
}

impl Leg {
    fn meets(&self, top: f64, bottom: f64) -> bool {
        self.from.min(self.to) < bottom && self.from.max(self.to) > top
    }
}

impl Tracks {
    /// One track per target, on the side where its legs cross fewer bands; of each side the four with most passages, the nearest to
    /// the lanes leading furthest right. What finds no place on its side goes to the other.
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
        tracks.sort_by(|a, b| b.passages.total_cmp(&a.passages).then(a.to.cmp(&b.to)));
        let sides = side::Sides::new(view, kinds, lanes, bubbles);
        let (mut above, mut below, mut left_out) = (Vec::new(), Vec::new(), 0);
        for track in tracks {
            let upper =
                if sides.is_above(view, &track) { below.len() >= MOST || above.len() < MOST } else { below.len() >= MOST };
            let side = if upper { &mut above } else { &mut below };
            if side.len() < MOST {
                side.push(track);
            } else {
                left_out += track.flows.len();
            }
        }
        for side in [&mut above, &mut below] {
            side.sort_by_key(|track| (usize::MAX - bubbles[track.to].column, track.to));
        }
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
            let height = |at: usize| edge + sign * (12.0 + STEP * at as f64);
            let mut legs: Vec<Leg> = Vec::new();
            let ends: Vec<(f64, f64)> =
                tracks.iter().enumerate().map(|(at, track)| stage.track(track, height(at), sign, &mut legs)).collect();
            for (at, track) in tracks.iter().enumerate() {
                stage.pill(track, ends[at], height(at), &legs);
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

    /// Draws a track at a height; gives its left and its right end.
    fn track(&mut self, track: &Track, y: f64, sign: f64, legs: &mut Vec<Leg>) -> (f64, f64) {
        let target = &self.bubbles[track.to];
        let port = |bubble: &Bubble| bubble.y + sign * (bubble.radius * 0.45).min(7.0);
        // No leg runs nearer to its bubble than an arrow is long.
        let gutter = target.x - self.grid.room[target.column] / 2.0;
        let left = self.leg(gutter, (LANES - 11.0, target.x - target.outer - 15.0), (port(target), y), track.to, legs);
        let tip = target.x - target.outer - 2.0;
        let mut furthest = left;
        for &flow in &track.flows {
            let flow = &self.view.flows[flow];
            let Some(from) = flow.from else { continue };
            let source = &self.bubbles[from];
            let gutter = source.x + self.grid.room[source.column] / 2.0;
            let bounds = (source.x + source.outer + 6.0, self.grid.right + 2.0);
            let right = self.leg(gutter, bounds, (port(source), y), track.to, legs);
            furthest = furthest.max(right);
            let start = (source.x + source.radius * 0.8, port(source));
            let corners = [start, (right, start.1), (right, y), (left, y), (left, port(target)), (tip - 5.0, port(target))];
            let width = self.scale.width(flow.passages, 1.0).clamp(1.6, 4.0);
            let title = format!("{} → {} : {}", self.view.points[from].label, self.view.points[track.to].label, flow.count);
            self.canvas.told(Layer::Returns, &rounded(&corners), (Ink::Return, width), "", &self.hooks(flow), &title);
            for pair in corners.windows(2) {
                self.take_line(pair[0], pair[1]);
            }
        }
        marks::arrow(self.canvas, Layer::Returns, tip, port(target), 0.0, Ink::Return);
        (left, furthest)
    }

    /// Where in a gutter a leg stands: on the fewest words and bands, apart from legs that lead elsewhere.
    fn leg(&self, gutter: f64, (least, most): (f64, f64), (from, to): (f64, f64), target: usize, legs: &mut Vec<Leg>) -> f64 {
        const TRIED: i32 = 11;
        let (top, bottom) = (from.min(to), from.max(to));
        let cost = |x: f64, off: f64| {
            let rect = Rect { x0: x - 2.0, y0: top, x1: x + 2.0, y1: bottom };
            let near = legs.iter().filter(|leg| libm::fabs(leg.x - x) < BETWEEN - 0.1 && leg.meets(top, bottom));
            // Legs to one target run together.
            let (own, others): (Vec<&Leg>, Vec<&Leg>) = near.partition(|leg| leg.target == target);
            let joined = if own.iter().any(|leg| leg.x == x) { -6.0 } else { 25.0 * own.len() as f64 };
            30.0 * self.taken.hits(&rect) as f64 + self.taken.cost(&rect) + 60.0 * others.len() as f64 + joined + 0.5 * off
        };
        let places = (-TRIED..=TRIED).map(|at| (gutter - 2.0 + BETWEEN * f64::from(at)).clamp(least.min(most), most));
        let known = legs.iter().filter(|leg| leg.target == target && libm::fabs(leg.x - gutter) < 30.0).map(|leg| leg.x);
        let tried = places.chain(known.filter(|x| *x >= least && *x <= most));
        let costs = tried.map(|x| (cost(x, libm::fabs(x - gutter)), x));
        let best = costs.reduce(|best, next| if next.0 < best.0 { next } else { best }).map_or(gutter, |best| best.1);
        legs.push(Leg { x: best, from, to, target });
        best
    }

    /// Names a track on a pill of the ground's colour, near its target, where no leg of another crosses it.
    fn pill(&mut self, track: &Track, (left, right): (f64, f64), y: f64, legs: &[Leg]) {
        const BY: f64 = 8.0;
        let label = |point: usize| self.view.points[point].label.as_str();
        let from: Vec<&str> = track.flows.iter().filter_map(|&flow| self.view.flows[flow].from).map(label).collect();
        let count = self.words.count(track.passages);
        let whole = self.words.track(&from, label(track.to), &count);
        let room = (self.grid.right - left - 60.0).max(160.0);
        // Where there is no room for both ends, the arrow's line tells where it comes from.
        let short = self.words.track(&[], label(track.to), &count);
        let label = if LABEL.width(&whole) <= room { whole.clone() } else { LABEL.fit(&short, room) };
        let width = LABEL.width(&label);
        let first = (left + 24.0).min(self.grid.right - width - 12.0);
        let crossed = |x: f64| {
            let within = |leg: &&Leg| leg.x > x - 9.0 && leg.x < x + width + 9.0 && leg.meets(y - 8.0, y + 8.0);
            legs.iter().filter(within).count()
        };
        let last = (right - width - 18.0).max(first);
        let places = (0..=((last - first) / BY) as usize).map(|at| first + BY * at as f64);
        let x = places.map(|x| (crossed(x), x)).reduce(|a, b| if b.0 < a.0 { b } else { a }).map_or(first, |best| best.1);
        let pill = Rect { x0: x - 6.0, y0: y - 8.0, x1: x + width + 6.0, y1: y + 8.0 };
        if pill.x1 <= right.max(left + width + 30.0) {
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

//! The bubbles: how large each is, what is written at it, and how much room that takes above and below.

use super::boxes::Rect;
use super::canvas::{Canvas, Layer, Text};
use super::grid::{DISC, Grid, wrap_label};
use super::ranks::Columns;
use super::scale::Scale;
use super::sheet::{SMALLEST, Sheet};
use super::style::Ink;
use super::text::{ASCENT, DESCENT, Face};
use super::view::{MapView, PointView};

/// Between a bubble and its label.
const APART: f64 = 4.0;
/// How much of the width of a bubble, at the height of its digits, the count inside may take.
const FITS: f64 = 1.7;
/// Radius of the disc with the rank of a hot point.
pub(super) const HOT_DISC: f64 = 9.0;

/// One bubble.
#[derive(Clone, Debug)]
pub(super) struct Bubble {
    pub(super) column: usize,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) radius: f64,
    /// Its rings included.
    pub(super) outer: f64,
    /// How many times larger than the rest of the map it is drawn.
    pub(super) factor: f64,
    /// The size of the count inside, if it fits there.
    pub(super) inside: Option<Face>,
    pub(super) label: Label,
    pub(super) drop: Option<Drop>,
    /// Room above and below its centre, with label and drop.
    pub(super) up: f64,
    pub(super) down: f64,
}

/// What is written at a bubble.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    /// The name.
    pub(super) lines: Vec<String>,
    /// Whether it was cut.
    pub(super) cut: bool,
    /// The count, where it does not fit inside.
    pub(super) count: Option<String>,
    /// The rank of a hot point.
    pub(super) hot: Option<usize>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A failing exit.
#[derive(Clone, Debug)]
pub(super) struct Drop {
    pub(super) width: f64,
    /// Below the bubble.
    pub(super) length: f64,
    /// `−910`, unless too few to be told.
    pub(super) number: Option<String>,
}

/// The count under a drop.
pub(super) const DROP_FACE: Face = Face::bold(SMALLEST);

/// Where a bubble stands from left to right, and how much room its label has there, alone and over empty places beside it.
struct Place {
    column: usize,
    x: f64,
    room: f64,
    free: f64,
}

impl Bubble {
    fn new(point: &PointView, place: &Place, scale: &Scale, sheet: &Sheet, lang: crate::locale::Lang) -> Self {
        let &Place { column, x, room, .. } = place;
        let factor = scale.factor(column);
        let least = if point.together > 0 { 6.0 } else { 0.0 };
        let radius = scale.radius(point.customers, factor).max(least);
        let inside = [(28.0, 15.0), (20.0, 13.0), (12.0, SMALLEST)]
            .into_iter()
            .map(|(least, size)| (least, Face::bold(if sheet.small && radius > 44.0 && least > 20.0 { 22.0 } else { size })))
            .find(|(least, face)| {
                point.together == 0
                    && radius >= *least + if factor > 1.0 { 2.0 } else { 0.0 }
                    && face.width(&point.count) <= FITS * libm::sqrt(radius * radius - face.size * face.size * 0.16)
            })
            .map(|(_, face)| face);
        let outer = radius + if point.goal { 6.0 } else { 0.0 } + if point.hot.is_some() && !sheet.small { 5.0 } else { 0.0 };
        let label = Label::new(point, (room, place.free), inside.is_none(), sheet);
        let drop = Drop::new(point, factor, radius, scale, sheet, lang);
        let up = outer + APART + label.height;
        let below = drop.as_ref().map_or(outer + 6.0, |d| {
            radius + d.length + if d.number.is_some() { DROP_FACE.size * (ASCENT + DESCENT) } else { 2.0 }
        });
        let goal = if sheet.small && point.goal { outer + APART + 14.0 } else { 0.0 };
        Self { column, x, y: 0.0, radius, outer, factor, inside, label, drop, up, down: below.max(goal) }
    }

    /// The place of its label above it.
    pub(super) fn above(&self) -> Rect {
        Rect::sized(self.x - self.label.width / 2.0, self.y - self.up, self.label.width, self.label.height)
    }

    /// The place of its drop, below the bubble.
    pub(super) fn drop_rect(&self) -> Option<Rect> {
        let drop = self.drop.as_ref()?;
        Some(Rect::sized(self.x - drop.width / 2.0, self.y + self.radius, drop.width, drop.length))
    }

    /// The place of the count under its drop.
    pub(super) fn number_rect(&self) -> Option<Rect> {
        let number = self.drop.as_ref()?.number.as_ref()?;
        Some(Text::new(number, DROP_FACE, Ink::Loss).middle().rect(self.x, self.number_base()))
    }

    /// The base line of the count under its drop.
    pub(super) fn number_base(&self) -> f64 {
        self.y + self.radius + self.drop.as_ref().map_or(0.0, |d| d.length) + DROP_FACE.size * ASCENT
    }
}

impl Label {
    fn new(point: &PointView, (room, free): (f64, f64), count: bool, sheet: &Sheet) -> Self {
        let disc = if point.hot.is_some() { DISC } else { 0.0 };
        let (lines, cut) = wrap_label(sheet, &point.label, disc, room, free);
        let count_face = sheet.count_face();
        let before = |line: usize| if line == 0 { disc } else { 0.0 };
        let name = lines.iter().enumerate().map(|(at, line)| sheet.label.width(line) + before(at)).fold(0.0, f64::max);
        let count = (count && point.together == 0).then(|| point.count.clone());
        let width = name.max(count.as_ref().map_or(0.0, |c| count_face.width(c)));
        let rows = lines.len() + usize::from(count.is_some());
        let height = (rows.saturating_sub(1)) as f64 * sheet.leading + sheet.label.size * (ASCENT + DESCENT);
        Self { lines, cut, count, hot: point.hot, width, height: height.max(if disc > 0.0 { 2.0 * HOT_DISC } else { 0.0 }) }
    }

    /// Its rows: words, face, colour.
    pub(super) fn rows(&self, sheet: &Sheet) -> Vec<(&str, Face, Ink)> {
        let names = self.lines.iter().map(|line| (line.as_str(), sheet.label, Ink::First));
        names.chain(self.count.iter().map(|count| (count.as_str(), sheet.count_face(), Ink::Second))).collect()
    }
}

impl Drop {
    fn new(point: &PointView, factor: f64, radius: f64, scale: &Scale, sheet: &Sheet, lang: crate::locale::Lang) -> Option<Self> {
        if point.failing <= 0.0 {
            return None;
        }
        let told = point.failing * factor >= 0.002 * scale.most();
        let width = scale.width(point.failing, factor).clamp(1.6, 2.0 * radius);
        let length = match (told, sheet.small) {
            (false, _) => 9.0,
            (true, true) => 32.0,
            (true, false) => 20.0,
        };
        Some(Self { width, length, number: told.then(|| number(point.failing, lang)) })
    }
}

/// `−910`; of what is less than can be written, `< 0,001`.
fn number(failing: f64, lang: crate::locale::Lang) -> String {
    let count = crate::locale::count(failing, lang);
    if count.starts_with('<') { count } else { format!("\u{2212}{count}") }
}

impl Sheet {
    /// The face of a count outside its bubble.
    pub(super) fn count_face(&self) -> Face {
        Face::plain(self.label.size)
    }
}

/// All bubbles, in the order of the touchpoints, in their columns but not yet at their heights.
pub(super) fn make(view: &MapView, columns: &Columns, grid: &Grid, scale: &Scale, sheet: &Sheet) -> Vec<Bubble> {
    let place = |point: usize| {
        let column = columns.of[point];
        let (x, room) = (grid.columns[column], grid.room[column]);
        // Columns may differ in width: what lies beside may be narrower.
        let least = grid.room.iter().copied().fold(room, f64::min);
        Place { column, x, room, free: room + (grid.reach[point] - 1.0) * least }
    };
    let points = view.points.iter().enumerate();
    points.map(|(at, point)| Bubble::new(point, &place(at), scale, sheet, view.lang)).collect()
}

/// Draws the disc, its rings and the count inside.
pub(super) fn draw(canvas: &mut Canvas, view: &MapView, bubbles: &[Bubble], scale: &Scale, sheet: &Sheet) {
    for (point, bubble) in view.points.iter().zip(bubbles) {
        let Bubble { x, y, radius, .. } = *bubble;
        canvas.open(Layer::Bubbles, &[("point", &point.name)], &point.title);
        let mut ring = radius;
        if point.goal {
            ring += 5.0;
            canvas.ring(Layer::Bubbles, x, y, ring, (Ink::Goal, 2.2));
        }
        if point.hot.is_some() && !sheet.small {
            canvas.ring(Layer::Bubbles, x, y, ring + 4.0, (Ink::Hot, 2.6));
        }
        let mut ink = Ink::OnBubble;
        if bubble.factor > 1.0 {
            let core = scale.core(point.customers);
            canvas.edged(Layer::Bubbles, x, y, radius, Ink::Pale, (Ink::Bubble, 1.4));
            canvas.disc(Layer::Bubbles, x, y + radius - core - 2.0, core, Ink::Bubble);
            ink = Ink::First;
        } else {
            let ink = if point.together > 0 { Ink::Third } else { Ink::Bubble };
            canvas.edged(Layer::Bubbles, x, y, radius, ink, (Ink::Lane, 1.0));
        }
        if let Some(face) = bubble.inside {
            let lift = if bubble.factor > 1.0 { 1.5 } else { 0.0 };
            canvas.text(Layer::Bubbles, x, y + face.size * 0.355 - lift, &Text::new(&point.count, face, ink).middle());
        }
        canvas.close(Layer::Bubbles);
    }
}

/// Draws the disc with the rank of a hot point.
pub(super) fn hot_disc(canvas: &mut Canvas, layer: Layer, x: f64, y: f64, rank: usize) {
    canvas.edged(layer, x, y, HOT_DISC, Ink::Hot, (Ink::Ground, 1.5));
    canvas.text(layer, x, y + 4.0, &Text::new(&rank.to_string(), Face::bold(SMALLEST), Ink::OnHot).middle());
}

//! Words in the lanes: each finds a place where nothing else is.
//!
//! The name of a touchpoint always has a place: above its bubble, kept free by the heights of the lanes. It moves aside only
//! where that place lies on bands and another is free. Words that only help (rates, what the ring is) are left out where there
//! is no room for them.

use super::bands::Bands;
use super::boxes::{Rect, Taken};
use super::bubbles::{Bubble, DROP_FACE, HOT_DISC, hot_disc};
use super::canvas::{Anchor, Canvas, Layer, Text};
use super::curve;
use super::grid::DISC;
use super::marks;
use super::sheet::{SMALLEST, Sheet};
use super::style::Ink;
use super::text::{ASCENT, Face};
use super::view::MapView;
use super::words::Phrases;

/// What a place beside the bubble costs more than the one above it.
const ASIDE: f64 = 20.0;
/// Bands thinner than this are too light for a rate beside them.
const THIN: f64 = 2.5;
const WORDS: Face = Face::bold(12.5);
const RATE: Face = Face::bold(12.0);
const NOTE: Face = Face::plain(SMALLEST);

/// Takes the ground of all bubbles, their drops and the counts under them, and of the labels above them.
pub(super) fn reserve(bubbles: &[Bubble]) -> Taken {
    let mut taken = Taken::default();
    for (point, bubble) in bubbles.iter().enumerate() {
        taken.take(Rect::around(bubble.x, bubble.y, bubble.outer + 1.0), Some(point));
        taken.take(bubble.above(), Some(point));
        for rect in [bubble.drop_rect(), bubble.number_rect()].into_iter().flatten() {
            taken.take(rect, Some(point));
        }
    }
    taken
}

/// What words are placed on.
pub(super) struct Stage<'a> {
    pub(super) canvas: &'a mut Canvas,
    pub(super) view: &'a MapView,
    pub(super) bubbles: &'a [Bubble],
    pub(super) sheet: &'a Sheet,
    pub(super) words: &'a Phrases,
    /// Where words may lie.
    pub(super) area: Rect,
}

impl Stage<'_> {
    /// Places and draws the names, those of most customers first; gives back what is taken then.
    pub(super) fn names(&mut self, mut taken: Taken) -> Taken {
        let mut order: Vec<usize> = (0..self.bubbles.len()).collect();
        order.sort_by(|&a, &b| self.view.points[b].customers.total_cmp(&self.view.points[a].customers).then(a.cmp(&b)));
        for point in order {
            let bubble = &self.bubbles[point];
            let reserved = bubble.above();
            let mut best = (taken.cost(&reserved), reserved, Anchor::Middle);
            if best.0 > ASIDE {
                for (rect, anchor, more) in places_beside(bubble) {
                    let free = rect.within(&self.area)
                        && !rect.meets_disc(bubble.x, bubble.y, bubble.outer + 2.0)
                        && taken.is_free_but(&rect.grown(1.0), |other, owner| {
                            owner == Some(point) && (*other == reserved || is_disc(other, bubble))
                        });
                    let cost = taken.cost(&rect) * 1.15 + ASIDE + more;
                    if free && cost < best.0 {
                        best = (cost, rect, anchor);
                    }
                }
            }
            if best.1 != reserved {
                taken.leave(&reserved, point);
                taken.take(best.1, Some(point));
            }
            self.name(point, &best.1, best.2);
        }
        taken
    }

    fn name(&mut self, point: usize, rect: &Rect, anchor: Anchor) {
        let bubble = &self.bubbles[point];
        let shown = &self.view.points[point];
        let title = bubble.label.cut.then_some(shown.label.as_str());
        let disc = if bubble.label.hot.is_some() { DISC } else { 0.0 };
        let rows = bubble.label.rows(self.sheet);
        let height = (rows.len().saturating_sub(1)) as f64 * self.sheet.leading + self.sheet.label.size * 1.117;
        let mut y = rect.y1 - height + self.sheet.label.size * ASCENT;
        self.canvas.open(Layer::Words, &[("label", shown.name.as_str())], "");
        for (at, (words, face, ink)) in rows.into_iter().enumerate() {
            let first = if at == 0 { disc } else { 0.0 };
            let x = match anchor {
                Anchor::Start => rect.x0 + first,
                Anchor::Middle => f64::midpoint(rect.x0, rect.x1) + first / 2.0,
                Anchor::End => rect.x1,
            };
            let text = Text::new(words, face, ink).anchored(anchor).halo(Ink::Lane).titled(title);
            if let (0, Some(rank)) = (at, bubble.label.hot) {
                hot_disc(self.canvas, Layer::Words, text.rect(x, y).x0 - DISC + HOT_DISC, y - 4.0, rank);
            }
            self.canvas.text(Layer::Words, x, y, &text);
            y += self.sheet.leading;
        }
        self.canvas.close(Layer::Words);
    }

    /// Draws the failing exits with their counts: on small maps in words beside them where there is room.
    pub(super) fn drops(&mut self, taken: &mut Taken) {
        for (point, bubble) in self.bubbles.iter().enumerate() {
            let (Some(rect), Some(drop)) = (bubble.drop_rect(), &bubble.drop) else { continue };
            let hooks = [("drop", self.view.points[point].name.as_str())];
            self.canvas.open(Layer::Drops, &hooks, "");
            // From inside the disc, which covers its beginning.
            marks::drop(self.canvas, &Rect { y0: bubble.y + bubble.radius * 0.6, ..rect });
            self.canvas.close(Layer::Drops);
            let Some(number) = &drop.number else { continue };
            let shown = &self.view.points[point];
            let below = Text::new(number, DROP_FACE, Ink::Loss).middle().halo(Ink::Lane);
            let base = bubble.number_base();
            let reserved = below.rect(bubble.x, base);
            let beside = self.sheet.small.then(|| self.beside_drop(point, &rect, &reserved, taken)).flatten();
            let Some((x, y, anchor)) = beside else {
                let whole = format!("{} · {}", shown.failing_words, shown.failing_share);
                let words = Text { words: &whole, face: WORDS, ..below.clone() };
                let rect = words.rect(bubble.x, base);
                let free = self.sheet.small
                    && rect.within(&self.area)
                    && taken.cost(&rect) < 15.0
                    && taken.is_free_but(&rect.grown(1.0), |other, owner| {
                        owner == Some(point) && (*other == reserved || Some(*other) == bubble.drop_rect())
                    });
                if free {
                    taken.take(rect, Some(point));
                }
                self.canvas.text(Layer::Words, bubble.x, base, if free { &words } else { &below });
                continue;
            };
            taken.leave(&reserved, point);
            let lines = [(shown.failing_words.as_str(), WORDS, Ink::Loss), (shown.failing_share.as_str(), NOTE, Ink::Second)];
            for (at, (words, face, ink)) in lines.into_iter().enumerate() {
                let text = Text::new(words, face, ink).anchored(anchor).halo(Ink::Lane);
                let y = y + 15.0 * at as f64;
                if !words.is_empty() {
                    taken.take(text.rect(x, y), Some(point));
                }
                self.canvas.text(Layer::Words, x, y, &text);
            }
        }
    }

    /// Where two lines fit beside a drop.
    fn beside_drop(&self, point: usize, drop: &Rect, reserved: &Rect, taken: &Taken) -> Option<(f64, f64, Anchor)> {
        let bubble = &self.bubbles[point];
        let shown = &self.view.points[point];
        if shown.failing_words.is_empty() {
            return None;
        }
        let width = WORDS.width(&shown.failing_words).max(NOTE.width(&shown.failing_share));
        let mut best: Option<(f64, (f64, f64, Anchor))> = None;
        for lower in [0.0, -6.0, 6.0, -14.0] {
            let top = drop.y1 - 30.0 + lower;
            for (x, anchor, more) in [(drop.x1 + 9.0, Anchor::Start, 0.0), (drop.x0 - 9.0, Anchor::End, 3.0)] {
                let left = if anchor == Anchor::Start { x } else { x - width };
                let rect = Rect::sized(left, top, width, 30.0);
                let free = rect.within(&self.area)
                    && !rect.meets_disc(bubble.x, bubble.y, bubble.outer + 2.0)
                    && taken
                        .is_free_but(&rect, |other, owner| owner == Some(point) && (other == reserved || is_disc(other, bubble)));
                let cost = taken.cost(&rect) + more + lower.abs() * 0.3;
                if free && cost < 30.0 && best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, (x, top + WORDS.size * ASCENT, anchor)));
                }
            }
        }
        best.map(|(_, place)| place)
    }

    /// Draws what the green ring is, on small maps.
    pub(super) fn goals(&mut self, taken: &mut Taken) {
        for (point, bubble) in self.bubbles.iter().enumerate() {
            if !(self.sheet.small && self.view.points[point].goal) {
                continue;
            }
            let drop = bubble.drop.as_ref().map_or(0.0, |d| d.width / 2.0);
            let below = bubble.y + bubble.outer + 14.0;
            let places = [
                (bubble.x, below, Anchor::Middle),
                (bubble.x - drop - 8.0, below, Anchor::End),
                (bubble.x + drop + 8.0, below, Anchor::Start),
                (bubble.x + bubble.outer + 6.0, bubble.y + 4.0, Anchor::Start),
                (bubble.x - bubble.outer - 6.0, bubble.y + 4.0, Anchor::End),
            ];
            let text = Text::new(self.words.goal(), Face::bold(SMALLEST), Ink::Goal).halo(Ink::Lane);
            self.try_places(&text, &places, taken, 30.0, false);
        }
    }

    /// Draws rates along bands, and the counts of arcs.
    pub(super) fn beside_bands(&mut self, bands: &Bands, arcs: &[(String, Vec<(f64, f64)>)], taken: &mut Taken) {
        for (count, places) in arcs {
            let text = Text::new(count, Face::bold(SMALLEST), Ink::Return).halo(Ink::Lane);
            let places: Vec<(f64, f64, Anchor)> = places.iter().map(|&(x, y)| (x, y, Anchor::Middle)).collect();
            self.try_places(&text, &places, taken, 60.0, false);
        }
        if !self.sheet.small {
            return;
        }
        for band in &bands.bands {
            let Some(rate) = band.rate.as_ref().filter(|_| band.width >= THIN) else { continue };
            let text = Text::new(rate, RATE, Ink::Second).halo(Ink::Lane);
            let mark = band.known.map_or(0.0, |_| marks::KNOWN);
            let wide = (RATE.width(rate) + mark) / 2.0;
            let mut places = Vec::new();
            for t in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] {
                let spot = t * band.cubics.len() as f64;
                let index = (spot as usize).min(band.cubics.len().saturating_sub(1));
                let Some(cubic) = band.cubics.get(index) else { continue };
                let local = spot - index as f64;
                let ((ax, ay), (x, y), (bx, by)) =
                    (curve::at(cubic, local - 0.04), curve::at(cubic, local), curve::at(cubic, local + 0.04));
                let length = libm::hypot(bx - ax, by - ay).max(1e-6);
                // Across the band: away from it by its half width, and by as much of the text as lies that way.
                let (nx, ny) = ((by - ay) / length, -(bx - ax) / length);
                for side in [1.0, -1.0] {
                    let off = band.width / 2.0 + 5.0 + (nx * wide).abs() + (ny * 6.5).abs();
                    places.push((x + side * nx * off, y + side * ny * off + 4.2, Anchor::Middle));
                }
            }
            let placed = self.try_places_after(mark, &text, &places, taken, 10.0, true);
            if let (Some(known), Some(rect)) = (band.known, placed) {
                marks::known(self.canvas, rect.x0, f64::midpoint(rect.y0, rect.y1) + 0.3, known);
            }
        }
    }

    /// Draws a text at the best of some places, if one is free.
    fn try_places(&mut self, text: &Text<'_>, places: &[(f64, f64, Anchor)], taken: &mut Taken, limit: f64, spaced: bool) {
        self.try_places_after(0.0, text, places, taken, limit, spaced);
    }

    /// The same with something before the text; gives what both take together.
    fn try_places_after(
        &mut self,
        before: f64,
        text: &Text<'_>,
        places: &[(f64, f64, Anchor)],
        taken: &mut Taken,
        limit: f64,
        spaced: bool,
    ) -> Option<Rect> {
        let both = |x: f64, y: f64, anchor: Anchor| {
            let rect = text.clone().anchored(anchor).rect(x + before / 2.0, y);
            Rect { x0: rect.x0 - before, ..rect }
        };
        let mut best: Option<(f64, usize)> = None;
        for (at, &(x, y, anchor)) in places.iter().enumerate() {
            let rect = both(x, y, anchor);
            let grown = if spaced { rect.grown(3.0) } else { rect.grown(1.0) };
            let cost = taken.cost(&rect) + at as f64 * 0.5;
            if rect.within(&self.area) && taken.is_free(&grown) && cost < limit && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
        let (x, y, anchor) = places[best?.1];
        let rect = both(x, y, anchor);
        taken.take(rect, None);
        self.canvas.text(Layer::Words, x + before / 2.0, y, &text.clone().anchored(anchor));
        Some(rect)
    }
}

/// Below left, below right, left and right of a bubble, and what each costs more than the first.
fn places_beside(bubble: &Bubble) -> [(Rect, Anchor, f64); 4] {
    let (width, height) = (bubble.label.width, bubble.label.height);
    let number = bubble.number_rect().map_or(0.0, |rect| (rect.x1 - rect.x0) / 2.0 + 7.0);
    let (aside, below) = ((bubble.outer * 0.72 + 5.0).max(number), bubble.y + bubble.outer * 0.6);
    let middle = bubble.y - height / 2.0;
    [
        (Rect::sized(bubble.x - aside - width, below, width, height), Anchor::End, 0.0),
        (Rect::sized(bubble.x + aside, below, width, height), Anchor::Start, 1.0),
        (Rect::sized(bubble.x - bubble.outer - 6.0 - width, middle, width, height), Anchor::End, 4.0),
        (Rect::sized(bubble.x + bubble.outer + 6.0, middle, width, height), Anchor::Start, 4.0),
    ]
}

fn is_disc(rect: &Rect, bubble: &Bubble) -> bool {
    *rect == Rect::around(bubble.x, bubble.y, bubble.outer + 1.0)
}

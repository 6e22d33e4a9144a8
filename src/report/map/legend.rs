//! How to read the picture: one group per kind of mark, as many on a line as fit. Only marks that occur are told of.

use super::boxes::Rect;
use super::bubbles::hot_disc;
use super::canvas::{Canvas, Layer, Text, num};
use super::marks;
use super::scale::{Scale, round_below};
use super::sheet::{GUTTER, LANES, MARGIN};
use super::style::Ink;
use super::text::Face;
use super::view::MapView;
use super::words::Phrases;
use crate::model::{Known, Media, Presence};

const HEAD: Face = Face::bold(12.5);
const WORDS: Face = Face::plain(12.0);
const NOTE: Face = Face::plain(12.0);
/// Between a mark and its words, between items, between groups.
const GAPS: (f64, f64, f64) = (7.0, 12.0, 24.0);
/// From the line of heads to the middle of the marks.
const DOWN: f64 = 28.0;

/// What occurs on the map.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Occurs {
    pub(super) returns: bool,
    pub(super) failures: bool,
    pub(super) typical: bool,
    /// Whether rates stand beside bands.
    pub(super) rates: bool,
}

/// Draws a mark from a left edge, about a height.
type Mark<'a> = Box<dyn Fn(&mut Canvas, f64, f64) + 'a>;

struct Item<'a> {
    wide: f64,
    draw: Mark<'a>,
    label: String,
    ink: Ink,
}

struct Group<'a> {
    head: &'static str,
    items: Vec<Item<'a>>,
}

/// Draws the legend and the sentence about what is left out, from `y` on; gives where they end.
pub(super) fn draw(
    canvas: &mut Canvas,
    view: &MapView,
    scale: &Scale,
    words: &Phrases,
    occurs: Occurs,
    note: &str,
    y: f64,
    right: f64,
) -> f64 {
    canvas.line(Layer::Ground, (MARGIN, y), (right, y), Ink::First, 1.3);
    let mut y = y + 22.0;
    let (head, _) = HEAD.wrap(words.legend(), GUTTER, 2);
    for (at, line) in head.iter().enumerate() {
        canvas.text(Layer::Words, MARGIN, y + 16.0 * at as f64, &Text::new(line, HEAD, Ink::First));
    }
    let mut x = LANES + 6.0;
    for group in groups(view, scale, words, occurs) {
        let width = group.width();
        if x + width > right && x > LANES + 6.0 {
            x = LANES + 6.0;
            y += 64.0;
        }
        group.draw(canvas, x, y);
        x += width + GAPS.2;
    }
    y += DOWN + 28.0;
    for line in NOTE.wrap(note, right - MARGIN, 3).0 {
        canvas.text(Layer::Words, MARGIN, y + 8.0, &Text::new(&line, NOTE, Ink::Third));
        y += 17.0;
    }
    y + 8.0
}

impl Group<'_> {
    fn width(&self) -> f64 {
        let items: f64 = self.items.iter().map(Item::width).sum();
        HEAD.width(self.head).max(items + GAPS.1 * (self.items.len().saturating_sub(1)) as f64)
    }

    fn draw(&self, canvas: &mut Canvas, mut x: f64, y: f64) {
        canvas.text(Layer::Words, x, y, &Text::new(self.head, HEAD, Ink::Second));
        for item in &self.items {
            (item.draw)(canvas, x, y + DOWN);
            let from = x + item.wide + GAPS.0;
            canvas.text(Layer::Words, from, y + DOWN + 4.0, &Text::new(&item.label, WORDS, item.ink));
            x += item.width() + GAPS.1;
        }
    }
}

impl<'a> Item<'a> {
    fn new(wide: f64, label: impl Into<String>, draw: impl Fn(&mut Canvas, f64, f64) + 'a) -> Self {
        Self { wide, draw: Box::new(draw), label: label.into(), ink: Ink::Second }
    }

    fn width(&self) -> f64 {
        self.wide + GAPS.0 + WORDS.width(&self.label)
    }
}

fn groups<'a>(view: &'a MapView, scale: &'a Scale, words: &'a Phrases, occurs: Occurs) -> Vec<Group<'a>> {
    let mut groups = vec![areas(scale, words), widths(scale, words, occurs)];
    if occurs.failures {
        let drop = |canvas: &mut Canvas, x: f64, y: f64| marks::drop(canvas, &Rect::sized(x, y - 13.0, 12.0, 28.0));
        let item = Item { ink: Ink::Loss, ..Item::new(12.0, words.leave(), drop) };
        groups.push(Group { head: words.failure(), items: vec![item] });
    }
    if occurs.returns {
        let line = |canvas: &mut Canvas, x: f64, y: f64| {
            canvas.path(Layer::Words, &format!("M{} {}h24", num(x), num(y)), (Ink::Return, 2.4), "");
            marks::arrow(canvas, Layer::Words, x + 30.0, y, 0.0, Ink::Return);
        };
        groups.push(Group { head: words.back(), items: vec![Item::new(30.0, words.brought_back(), line)] });
    }
    let used = |lane: usize| view.points.iter().any(|p| p.lane == lane);
    let lanes = || view.lanes.iter().enumerate().filter(|(lane, _)| used(*lane)).map(|(_, lane)| lane);
    let media: Vec<Media> = Media::ALL.iter().copied().filter(|&m| lanes().any(|l| l.media == Some(m))).collect();
    if !media.is_empty() {
        let item = |&m: &Media| Item::new(13.0, words.media(m), move |canvas, x, y| marks::media(canvas, x, y, m));
        groups.push(Group { head: words.media_title(), items: media.iter().map(item).collect() });
    }
    let places: Vec<Presence> = Presence::ALL.iter().copied().filter(|&p| lanes().any(|l| l.presence == Some(p))).collect();
    if !places.is_empty() {
        let item = |&p: &Presence| Item::new(13.0, words.presence(p), move |canvas, x, y| marks::presence(canvas, x, y, p));
        groups.push(Group { head: words.presence_title(), items: places.iter().map(item).collect() });
    }
    let told = |k: Known| {
        view.stages.iter().flat_map(|s| &s.known).any(|known| known.known == k)
            || occurs.rates && view.flows.iter().any(|f| f.known == Some(k))
    };
    let known: Vec<Known> = [Known::Measured, Known::Estimated, Known::Assumed].into_iter().filter(|k| told(*k)).collect();
    if !known.is_empty() {
        let item = |&k: &Known| Item::new(9.0, words.known(k), move |canvas, x, y| marks::known(canvas, x, y, k));
        groups.push(Group { head: words.evidence(), items: known.iter().map(item).collect() });
    }
    let mut landmarks = Vec::new();
    if view.points.iter().any(|p| p.hot.is_some()) {
        landmarks.push(Item::new(18.0, words.hot_point(), |canvas, x, y| hot_disc(canvas, Layer::Words, x + 9.0, y, 1)));
    }
    if view.points.iter().any(|p| p.together > 0) {
        landmarks.push(Item::new(14.0, words.minor(), |canvas, x, y| canvas.disc(Layer::Words, x + 7.0, y, 6.5, Ink::Third)));
    }
    if view.points.iter().any(|p| p.goal) {
        let label = view.goal.clone().unwrap_or_else(|| words.goal().to_owned());
        let ring = |canvas: &mut Canvas, x: f64, y: f64| canvas.ring(Layer::Words, x + 7.0, y, 6.5, (Ink::Goal, 2.2));
        landmarks.push(Item::new(14.0, WORDS.fit(&label, 240.0), ring));
    }
    if !landmarks.is_empty() {
        groups.push(Group { head: words.landmarks(), items: landmarks });
    }
    groups
}

/// Three round counts whose bubbles fit into the legend, and one under the magnifier.
fn areas<'a>(scale: &'a Scale, words: &Phrases) -> Group<'a> {
    let mut counts: Vec<f64> = Vec::new();
    let mut count = round_below(scale.most() * 0.4);
    while counts.len() < 3 && count > 0.0 && scale.radius(count, 1.0) > 4.0 {
        if scale.radius(count, 1.0) <= 20.0 {
            counts.push(count);
            count = round_below(count / 4.0);
        } else {
            count = round_below(count * 0.7);
        }
    }
    counts.reverse();
    let bubble = |count: f64| {
        let radius = scale.radius(count, 1.0);
        Item::new(2.0 * radius, words.count(count), move |canvas, x, y| {
            canvas.disc(Layer::Words, x + radius, y, radius, Ink::Bubble);
        })
    };
    let mut items: Vec<Item<'_>> = counts.into_iter().map(bubble).collect();
    if scale.cut.is_some() {
        items.push(Item::new(26.0, words.magnified(), |canvas, x, y| {
            canvas.edged(Layer::Words, x + 13.0, y, 12.4, Ink::Pale, (Ink::Bubble, 1.3));
            canvas.disc(Layer::Words, x + 13.0, y + 7.4, 2.8, Ink::Bubble);
        }));
    }
    Group { head: words.area(), items }
}

fn widths<'a>(scale: &'a Scale, words: &Phrases, occurs: Occurs) -> Group<'a> {
    let mut count = round_below(scale.most() * 0.3);
    while count > 0.0 && scale.width(count, 1.0) > 10.0 {
        count = round_below(count * 0.7);
    }
    let line = |ink: Ink, width: f64| {
        move |canvas: &mut Canvas, x: f64, y: f64| {
            canvas.path(Layer::Words, &format!("M{} {}h32", num(x), num(y)), (ink, width), "");
        }
    };
    let mut items = vec![Item::new(32.0, words.count(count), line(Ink::Band, scale.width(count, 1.0)))];
    if occurs.typical {
        items.push(Item::new(32.0, words.typical(), line(Ink::Strong, 7.0)));
    }
    Group { head: words.width(), items }
}

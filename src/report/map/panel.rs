//! The panel of hot points: what working on each brings. It stands in the largest quiet part of the lanes, or under the rows.

use super::boxes::{Rect, Taken};
use super::bubbles::hot_disc;
use super::canvas::{Canvas, Layer, Text};
use super::sheet::{GUTTER, LANES, MARGIN, SMALLEST};
use super::style::Ink;
use super::text::Face;
use super::view::{HotView, MapView};
use super::words::Phrases;

const TITLE: Face = Face::bold(12.5);
const NAME: Face = Face::plain(12.5);
const VALUE: Face = Face::bold(12.5);
const NOTE: Face = Face::plain(SMALLEST);
/// From entry to entry.
const ROW: f64 = 24.0;
/// Longest name.
const NAMES: f64 = 230.0;
/// Longest bar.
const BAR: f64 = 150.0;

/// A panel measured.
pub(super) struct Panel<'a> {
    hot: &'a HotView,
    names: f64,
    bar: f64,
    notes: bool,
    caption: Vec<String>,
    width: f64,
    height: f64,
}

impl<'a> Panel<'a> {
    /// Measures it: with notes and long bars, or tight.
    fn new(hot: &'a HotView, words: &Phrases, notes: bool) -> Self {
        let names = hot.entries.iter().map(|e| NAME.width(&e.label)).fold(0.0, f64::max).min(NAMES);
        let bar = if notes { BAR } else { 80.0 };
        let value = hot.entries.iter().map(|e| VALUE.width(&e.value)).fold(0.0, f64::max);
        let note = hot.entries.iter().map(|e| NOTE.width(&e.note)).fold(0.0, f64::max);
        let row = 26.0 + names + 12.0 + bar + 8.0 + value + if notes && note > 0.0 { 9.0 + note } else { 0.0 };
        let title = TITLE.width(words.hot_points()) + 12.0;
        let width = row.max(title + NOTE.width(&hot.caption).min(300.0));
        let (mut caption, _) = NOTE.wrap(&hot.caption, width - title, 1);
        if NOTE.width(&hot.caption) > width - title {
            let (lines, _) = NOTE.wrap(&hot.caption, width, 3);
            caption = std::iter::once(String::new()).chain(lines).collect();
        }
        let height = 18.0 + (caption.len().saturating_sub(1)) as f64 * 15.0 + hot.entries.len() as f64 * ROW;
        Self { hot, names, bar, notes, caption, width, height }
    }

    fn draw(&self, canvas: &mut Canvas, words: &Phrases, x: f64, y: f64, heading: bool) {
        let mut base = y + 13.0;
        if heading {
            canvas.text(Layer::Words, x, base, &Text::new(words.hot_points(), TITLE, Ink::First));
        }
        for (at, line) in self.caption.iter().enumerate() {
            if at > 0 {
                base += 15.0;
            }
            let x = if at == 0 { x + TITLE.width(words.hot_points()) + 12.0 } else { x };
            canvas.text(Layer::Words, x, base, &Text::new(line, NOTE, Ink::Third));
        }
        self.entries(canvas, x, base + 5.0);
    }

    fn entries(&self, canvas: &mut Canvas, x: f64, top: f64) {
        let most = self.hot.entries.iter().map(|e| e.weight).fold(0.0, f64::max);
        for (at, entry) in self.hot.entries.iter().enumerate() {
            let base = top + at as f64 * ROW + 16.0;
            hot_disc(canvas, Layer::Words, x + 9.0, base - 4.0, entry.rank);
            let name = NAME.fit(&entry.label, NAMES);
            let title = (name != entry.label).then_some(entry.label.as_str());
            canvas.text(Layer::Words, x + 26.0, base, &Text::new(&name, NAME, Ink::First).titled(title));
            let from = x + 26.0 + self.names + 12.0;
            let length = if most > 0.0 { (self.bar * entry.weight / most).max(1.5) } else { 1.5 };
            let bar = super::canvas::sides(&Rect::sized(from, base - 11.0, length, 13.0));
            canvas.shape(
                Layer::Words,
                "rect",
                &format!("{bar} rx=\"2\""),
                &format!("class=\"{}\" fill-opacity=\".82\"", Ink::Goal.fill()),
            );
            let end = canvas.text(Layer::Words, from + length + 8.0, base, &Text::new(&entry.value, VALUE, Ink::First));
            if self.notes {
                canvas.text(Layer::Words, end + 9.0, base, &Text::new(&entry.note, NOTE, Ink::Third));
            }
        }
    }
}

/// Draws the panel in the lanes, if there is a place; tells whether there was.
pub(super) fn in_lanes(canvas: &mut Canvas, view: &MapView, words: &Phrases, area: &Rect, taken: &Taken) -> bool {
    const STEP: f64 = 8.0;
    const AIR: f64 = 8.0;
    let Some(hot) = view.hot.as_ref().filter(|hot| !hot.entries.is_empty()) else { return true };
    for notes in [true, false] {
        let panel = Panel::new(hot, words, notes);
        let mut y = area.y0 + AIR;
        while y + panel.height + AIR <= area.y1 {
            // From the right: a journey has less to show at its end.
            let mut x = area.x1 - panel.width - 2.0 * AIR;
            while x >= area.x0 + AIR {
                let rect = Rect::sized(x, y, panel.width, panel.height).grown(AIR);
                if taken.is_free(&rect) && taken.cost(&rect) == 0.0 {
                    panel.draw(canvas, words, x, y, true);
                    return true;
                }
                x -= STEP;
            }
            y += STEP;
        }
    }
    false
}

/// Draws the panel as a row across the picture from `y` on; gives where it ends.
pub(super) fn below(canvas: &mut Canvas, view: &MapView, words: &Phrases, y: f64, right: f64) -> f64 {
    let Some(hot) = view.hot.as_ref().filter(|hot| !hot.entries.is_empty()) else { return y };
    let panel = Panel::new(hot, words, true);
    canvas.line(Layer::Ground, (MARGIN, y), (right, y), Ink::Rule, 1.0);
    canvas.text(Layer::Words, MARGIN, y + 20.0, &Text::new(words.hot_points(), TITLE, Ink::First));
    let (lines, _) = NOTE.wrap(&hot.caption, GUTTER, 6);
    for (at, line) in lines.iter().enumerate() {
        canvas.text(Layer::Words, MARGIN, y + 38.0 + 15.0 * at as f64, &Text::new(line, NOTE, Ink::Third));
    }
    panel.entries(canvas, LANES + 6.0, y + 4.0);
    let rows = hot.entries.len() as f64 * ROW + 10.0;
    y + rows.max(38.0 + 15.0 * lines.len() as f64)
}

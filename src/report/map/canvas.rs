//! The picture as it is drawn: layers of elements, and the boxes of all text.
//!
//! Comes in: text, lines, shapes. Goes out: SVG, and for the tests where each text came to lie. What must hold: everything that
//! users wrote passes through [`escape`]; coordinates have at most two decimals; the same calls give the same bytes.

pub(super) use crate::report::escape::markup as escape;

use super::boxes::Rect;
use super::style::Ink;
use super::text::{ASCENT, DESCENT, Face};
use std::fmt::Write as _;

/// From back to front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// Ground, lanes, rules.
    Ground,
    /// Bands.
    Bands,
    /// Bands of typical paths.
    Strong,
    /// Failing exits.
    Drops,
    /// Returns.
    Returns,
    /// Bubbles.
    Bubbles,
    /// Words.
    Words,
}

const LAYERS: usize = 7;

/// Where the point of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Anchor {
    /// At its beginning.
    Start,
    /// In the middle.
    Middle,
    /// At its end.
    End,
}

/// A line of text.
#[derive(Clone, Debug)]
pub(super) struct Text<'a> {
    pub(super) words: &'a str,
    pub(super) face: Face,
    pub(super) ink: Ink,
    pub(super) anchor: Anchor,
    pub(super) italic: bool,
    /// Drawn around the letters, in the colour of what lies behind.
    pub(super) halo: Option<Ink>,
    /// What a pointer is told.
    pub(super) title: Option<&'a str>,
}

impl<'a> Text<'a> {
    /// A line in a face and a colour, from its left.
    pub(super) fn new(words: &'a str, face: Face, ink: Ink) -> Self {
        Self { words, face, ink, anchor: Anchor::Start, italic: false, halo: None, title: None }
    }

    pub(super) fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(super) fn middle(self) -> Self {
        self.anchored(Anchor::Middle)
    }

    pub(super) fn end(self) -> Self {
        self.anchored(Anchor::End)
    }

    pub(super) fn slanted(self, italic: bool) -> Self {
        Self { italic, ..self }
    }

    pub(super) fn halo(self, ink: Ink) -> Self {
        Self { halo: Some(ink), ..self }
    }

    /// Tells the whole where the line was cut.
    pub(super) fn titled(self, title: Option<&'a str>) -> Self {
        Self { title, ..self }
    }

    /// The box that it takes with its base line at a point.
    pub(super) fn rect(&self, x: f64, y: f64) -> Rect {
        let width = self.face.width(self.words);
        let left = match self.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Rect { x0: left, y0: y - ASCENT * self.face.size, x1: left + width, y1: y + DESCENT * self.face.size }
    }
}

/// Where a text came to lie.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedText {
    /// What it says.
    pub words: String,
    /// Its size.
    pub size: f64,
    /// From the left of its first letter, as high as accents and as deep as descenders.
    pub rect: Rect,
}

/// Where a bubble came to lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedBubble {
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Radius, its ring included.
    pub radius: f64,
}

/// A picture in work.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    layers: [String; LAYERS],
    pub(super) texts: Vec<PlacedText>,
}

impl Canvas {
    /// Draws a line of text with its base line at a point; gives its right end.
    pub(super) fn text(&mut self, layer: Layer, x: f64, y: f64, text: &Text<'_>) -> f64 {
        let rect = text.rect(x, y);
        if text.words.is_empty() {
            return rect.x1;
        }
        let mut class = text.ink.fill();
        for (holds, name) in [
            (text.face.bold, "jm-b"),
            (text.italic, "jm-i"),
            (text.anchor == Anchor::Middle, "jm-m"),
            (text.anchor == Anchor::End, "jm-e"),
        ] {
            if holds {
                class.push(' ');
                class.push_str(name);
            }
        }
        if let Some(halo) = text.halo {
            class.push_str(" jm-h ");
            class.push_str(&halo.stroke());
        }
        let tracking =
            if text.face.tracking > 0.0 { format!(" letter-spacing=\"{}\"", num(text.face.tracking)) } else { String::new() };
        let title = text.title.map_or_else(String::new, |title| format!("<title>{}</title>", escape(title)));
        self.raw(
            layer,
            &format!(
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\" class=\"{class}\"{tracking}>{title}{}</text>",
                num(x),
                num(y),
                num(text.face.size),
                escape(text.words)
            ),
        );
        self.texts.push(PlacedText { words: text.words.to_owned(), size: text.face.size, rect });
        rect.x1
    }

    /// Draws a straight line.
    pub(super) fn line(&mut self, layer: Layer, from: (f64, f64), to: (f64, f64), ink: Ink, width: f64) {
        self.shape(
            layer,
            "line",
            &format!("x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", num(from.0), num(from.1), num(to.0), num(to.1)),
            &format!("class=\"{}\" stroke-width=\"{}\"", ink.stroke(), num(width)),
        );
    }

    /// Draws a filled rectangle with round corners.
    pub(super) fn rect(&mut self, layer: Layer, rect: &Rect, radius: f64, ink: Ink) {
        let round = if radius > 0.0 { format!(" rx=\"{}\"", num(radius)) } else { String::new() };
        self.shape(layer, "rect", &format!("{}{round}", sides(rect)), &format!("class=\"{}\"", ink.fill()));
    }

    /// Draws a filled disc.
    pub(super) fn disc(&mut self, layer: Layer, x: f64, y: f64, radius: f64, ink: Ink) {
        self.shape(layer, "circle", &round(x, y, radius), &format!("class=\"{}\"", ink.fill()));
    }

    /// Draws a filled disc with an edge.
    pub(super) fn edged(&mut self, layer: Layer, x: f64, y: f64, radius: f64, ink: Ink, edge: (Ink, f64)) {
        let style = format!("class=\"{} {}\" stroke-width=\"{}\"", ink.fill(), edge.0.stroke(), num(edge.1));
        self.shape(layer, "circle", &round(x, y, radius), &style);
    }

    /// Draws a circle.
    pub(super) fn ring(&mut self, layer: Layer, x: f64, y: f64, radius: f64, edge: (Ink, f64)) {
        let style = format!("class=\"jm-n {}\" stroke-width=\"{}\"", edge.0.stroke(), num(edge.1));
        self.shape(layer, "circle", &round(x, y, radius), &style);
    }

    /// Draws a filled path.
    pub(super) fn fill(&mut self, layer: Layer, path: &str, ink: Ink) {
        self.shape(layer, "path", &format!("d=\"{path}\""), &format!("class=\"{}\"", ink.fill()));
    }

    /// Draws the line of a path; `more` holds further attributes.
    pub(super) fn path(&mut self, layer: Layer, path: &str, edge: (Ink, f64), more: &str) {
        let style = format!("class=\"jm-n {}\" stroke-width=\"{}\"{more}", edge.0.stroke(), num(edge.1));
        self.shape(layer, "path", &format!("d=\"{path}\""), &style);
    }

    /// Draws one element from its place and its look.
    pub(super) fn shape(&mut self, layer: Layer, element: &str, place: &str, look: &str) {
        self.raw(layer, &format!("<{element} {place} {look}/>"));
    }

    /// Opens a group that a pointer is told of, and scripts find by its hooks.
    pub(super) fn open(&mut self, layer: Layer, hooks: &[(&str, &str)], title: &str) {
        let title = if title.is_empty() { String::new() } else { format!("<title>{}</title>", escape(title)) };
        self.raw(layer, &format!("<g{}>{title}", attributes(hooks)));
    }

    /// Draws the line of a path that a pointer is told of, and scripts find by its hooks; `more` holds further attributes.
    pub(super) fn told(&mut self, layer: Layer, path: &str, edge: (Ink, f64), more: &str, hooks: &[(&str, &str)], title: &str) {
        let (class, width, hooks) = (edge.0.stroke(), num(edge.1), attributes(hooks));
        let title = escape(title);
        self.raw(
            layer,
            &format!(
                "<path d=\"{path}\" class=\"jm-n {class}\" stroke-width=\"{width}\"{more}{hooks}><title>{title}</title></path>"
            ),
        );
    }

    /// Closes the group opened last.
    pub(super) fn close(&mut self, layer: Layer) {
        self.raw(layer, "</g>");
    }

    /// Adds markup.
    pub(super) fn raw(&mut self, layer: Layer, markup: &str) {
        let layer = &mut self.layers[layer as usize];
        layer.push_str(markup);
        layer.push('\n');
    }

    /// All elements, back to front.
    pub(super) fn finish(&self) -> String {
        self.layers.concat()
    }
}

/// Hooks as attributes: `data-point="page"`. Those without a value are left out.
pub(super) fn attributes(hooks: &[(&str, &str)]) -> String {
    hooks
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!(" data-{name}=\"{}\"", escape(value)))
        .collect()
}

/// The sides of a rectangle as attributes.
pub(super) fn sides(rect: &Rect) -> String {
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        num(rect.x0),
        num(rect.y0),
        num((rect.x1 - rect.x0).max(0.0)),
        num((rect.y1 - rect.y0).max(0.0))
    )
}

fn round(x: f64, y: f64, radius: f64) -> String {
    format!("cx=\"{}\" cy=\"{}\" r=\"{}\"", num(x), num(y), num(radius))
}

/// A coordinate with at most two decimals.
pub(in crate::report) fn num(value: f64) -> String {
    let rounded = libm::round(value * 100.0) / 100.0;
    // A negative zero would be written with its sign.
    let mut text = format!("{:.2}", if rounded == 0.0 { 0.0 } else { rounded });
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    text
}

/// A point of a path: `x y`.
pub(super) fn point((x, y): (f64, f64)) -> String {
    let mut text = num(x);
    let _ = write!(text, " {}", num(y));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_two_decimals() {
        let written: Vec<String> = [1.0, 1.5, -0.001, 1234.5678, -2.004, 100.0, 0.104].map(num).to_vec();
        assert_eq!(written, ["1", "1.5", "0", "1234.57", "-2", "100", "0.1"]);
    }
}

//! Small pictures for the page, beside the map: `<svg>` elements whose colours are those of the page's style sheet.
//!
//! Comes in: numbers to place things by, and every word that is written, already in its final form. What must hold: no two
//! texts overlap, none leaves its picture; a table of the page says the same in words.

mod dots;
mod quadrant;

pub(super) use dots::{Dot, dots};
pub(super) use quadrant::{Point, Quadrants, quadrant};

use super::escape::markup as escape;
use super::map::{Anchor, Face, num};
use std::fmt::Write as _;

/// A picture on its way.
struct Picture {
    svg: String,
}

/// A rectangle that something takes: left, top, right, bottom.
#[derive(Clone, Copy, Debug)]
struct Taken(f64, f64, f64, f64);

impl Taken {
    fn meets(self, other: Self) -> bool {
        self.0 < other.2 && other.0 < self.2 && self.1 < other.3 && other.1 < self.3
    }

    fn within(self, other: Self) -> bool {
        self.0 >= other.0 && self.1 >= other.1 && self.2 <= other.2 && self.3 <= other.3
    }

    /// What a line of text takes whose base line starts at a point.
    fn text(words: &str, face: Face, (x, y): (f64, f64), anchor: Anchor) -> Self {
        let width = face.width(words);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Self(left, y - face.size * 0.9, left + width, y + face.size * 0.24)
    }
}

impl Picture {
    /// `title` is what it shows.
    fn new(class: &str, (width, height): (f64, f64), title: &str) -> Self {
        let (width, height, title) = (num(width), num(height), escape(title));
        let svg = format!(
            "<svg class=\"{class}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\">\
             <title>{title}</title>\n"
        );
        Self { svg }
    }

    fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(num);
        // Writing into a string cannot fail, here and below.
        let _ = writeln!(self.svg, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
    }

    fn rect(&mut self, class: &str, Taken(left, top, right, bottom): Taken) {
        let [x, y, width, height] = [left, top, right - left, bottom - top].map(num);
        let _ = writeln!(self.svg, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
    }

    /// A disc with a title; `name` ties it to a touchpoint.
    fn disc(&mut self, class: &str, (x, y): (f64, f64), radius: f64, title: &str, name: Option<&str>) {
        let [x, y, r] = [x, y, radius].map(num);
        let (title, point) = (escape(title), name.map_or_else(String::new, |name| format!(" data-point=\"{}\"", escape(name))));
        let _ = writeln!(
            self.svg,
            "<circle class=\"{class}\"{point} cx=\"{x}\" cy=\"{y}\" r=\"{r}\"><title>{title}</title></circle>"
        );
    }

    fn text(&mut self, class: &str, at: (f64, f64), anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y, words) = (num(at.0), num(at.1), escape(words));
        let _ = writeln!(self.svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor}>{words}</text>");
    }

    fn done(mut self) -> String {
        self.svg.push_str("</svg>");
        self.svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_touches_does_not_meet() {
        let one = Taken(0.0, 0.0, 10.0, 10.0);
        assert!(!one.meets(Taken(10.0, 0.0, 20.0, 10.0)) && one.meets(Taken(9.0, 9.0, 20.0, 20.0)));
        assert!(one.within(one) && !Taken(-1.0, 0.0, 5.0, 5.0).within(one));
    }

    #[test]
    fn a_picture_escapes_what_it_is_given() {
        let mut picture = Picture::new("x", (10.0, 10.0), "a<b");
        picture.text("t", (1.0, 2.0), Anchor::End, "c&d");
        picture.disc("d", (1.0, 2.0), 3.0, "\"", Some("n\""));
        let svg = picture.done();
        assert!(svg.contains("a&lt;b") && svg.contains("c&amp;d") && svg.contains("data-point=\"n&quot;\""));
    }
}

//! The tornado of a figure: one bar per param, from what the figure is at one end of its range to what it is at the other.
//!
//! Comes in: the swings of one figure, as rows of strings and as numbers. Goes out: an `<svg>` element for the page, whose colours
//! are those of the page's style sheet. What must hold: no two texts overlap; the page's table beside it says the same in words.

use super::escape::markup as escape;
use super::levers::SwingRow;
use super::map::{Anchor, Face, num};
use std::fmt::Write as _;

/// A bar.
pub(super) struct Bar<'a> {
    /// What it says.
    pub(super) row: &'a SwingRow,
    /// The figure at both ends of the range.
    pub(super) values: (Option<f64>, Option<f64>),
}

/// Of the picture.
const WIDTH: f64 = 580.0;
/// Where labels end.
const LABELS: f64 = 176.0;
/// From one bar to the next.
const STEP: f64 = 34.0;
/// Of a bar.
const HEIGHT: f64 = 18.0;
/// Above the first bar.
const HEAD: f64 = 34.0;
/// Below the last one.
const FOOT: f64 = 26.0;
/// Between a bar and what is written beside it.
const GAP: f64 = 6.0;

/// The picture; `None` where no bar has a length. `here` is the figure as the journey is written, `write` puts one into words,
/// `title` says what the picture shows.
pub(super) fn draw(bars: &[Bar<'_>], here: f64, write: &dyn Fn(f64) -> String, title: &str) -> Option<String> {
    let values = || bars.iter().flat_map(|bar| [bar.values.0, bar.values.1]).flatten();
    let (low, high) = (values().fold(here, f64::min), values().fold(here, f64::max));
    if low >= high {
        return None;
    }
    let (small, label) = (Face::plain(12.0), Face::bold(12.5));
    let ends = bars.iter().flat_map(|bar| [&bar.row.low, &bar.row.high]).map(|text| small.width(text)).fold(0.0, f64::max);
    let (left, right) = (LABELS + ends + 3.0 * GAP, WIDTH - ends - 2.0 * GAP);
    let x = |value: f64| left + (value - low) / (high - low) * (right - left);
    let height = HEAD + STEP * bars.len() as f64 + FOOT;
    let mut svg = format!(
        "<svg class=\"tn\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\"><title>{}</title>\n",
        num(WIDTH),
        num(height),
        escape(title)
    );
    let bottom = height - FOOT + 2.0;
    line(&mut svg, "ax", (x(low), bottom), (x(high), bottom));
    text(&mut svg, "tk", (x(low), bottom + 16.0), around(x(low), &write(low), small), &write(low));
    text(&mut svg, "tk", (x(high), bottom + 16.0), around(x(high), &write(high), small), &write(high));
    for (at, bar) in bars.iter().enumerate() {
        let top = HEAD + STEP * at as f64;
        let base = top + HEIGHT / 2.0 + 4.5;
        let row = bar.row;
        let _ = writeln!(
            svg,
            "<g><title>{}</title>",
            escape(&format!("{} · {} → {} · {} → {}", row.label, row.low, row.at_low, row.high, row.at_high))
        );
        text(&mut svg, "lb", (LABELS, base), Anchor::End, &label.fit(&row.label, LABELS - GAP));
        for (class, value) in [("lo", bar.values.0), ("hi", bar.values.1)] {
            if let Some(value) = value {
                let (from, to) = (x(value).min(x(here)), x(value).max(x(here)));
                let _ = writeln!(
                    svg,
                    "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                    num(from),
                    num(top),
                    num(to - from),
                    num(HEIGHT)
                );
            }
        }
        for (value, words, anchor) in beside(bar, here) {
            let x = if anchor == Anchor::End { x(value) - GAP } else { x(value) + GAP };
            text(&mut svg, "en", (x, base), anchor, words);
        }
        svg.push_str("</g>\n");
    }
    line(&mut svg, "bs", (x(here), HEAD - 8.0), (x(here), bottom));
    let words = write(here);
    text(&mut svg, "lb", (x(here), HEAD - 14.0), around(x(here), &words, label), &words);
    svg.push_str("</svg>");
    Some(svg)
}

/// What stands beside a bar: the end of the range that gives the smaller figure on its left, the other on its right.
fn beside<'a>(bar: &Bar<'a>, here: f64) -> Vec<(f64, &'a str, Anchor)> {
    let (low, high) = (bar.row.low.as_str(), bar.row.high.as_str());
    let left = |value: f64, words| (value.min(here), words, Anchor::End);
    let right = |value: f64, words| (value.max(here), words, Anchor::Start);
    match bar.values {
        (Some(a), Some(b)) if a <= b => vec![left(a, low), right(b, high)],
        (Some(a), Some(b)) => vec![left(b, high), right(a, low)],
        (Some(a), None) if a <= here => vec![left(a, low)],
        (Some(a), None) => vec![right(a, low)],
        (None, Some(b)) if b < here => vec![left(b, high)],
        (None, Some(b)) => vec![right(b, high)],
        (None, None) => Vec::new(),
    }
}

/// Centred, unless that leaves the picture.
fn around(x: f64, words: &str, face: Face) -> Anchor {
    if x + face.width(words) / 2.0 > WIDTH { Anchor::End } else { Anchor::Middle }
}

fn line(svg: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(num);
    let _ = writeln!(svg, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
}

fn text(svg: &mut String, class: &str, at: (f64, f64), anchor: Anchor, words: &str) {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let _ = writeln!(svg, "<text class=\"{class}\" x=\"{}\" y=\"{}\"{anchor}>{}</text>", num(at.0), num(at.1), escape(words));
}

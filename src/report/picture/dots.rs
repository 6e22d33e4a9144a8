//! How long it takes to the goal: ten dots, each a tenth of those who get there, at its middle.
//!
//! A dot plot of quantiles (M. Kay, T. Kola, J. R. Hullman, S. A. Munson, “When (ish) is My Bus? User-centered Visualizations of
//! Uncertainty in Everyday, Mobile Predictive Systems”, CHI 2016): readers count dots better than they judge areas.

use super::super::map::{Anchor, Face};
use super::{Picture, Taken};

/// A percentile of a time.
pub(in crate::report) struct Dot {
    pub(in crate::report) percentile: u8,
    /// In seconds.
    pub(in crate::report) time: f64,
    pub(in crate::report) words: String,
}

const WIDTH: f64 = 640.0;
const SIDE: f64 = 24.0;
const RADIUS: f64 = 11.0;
const FOOT: f64 = 30.0;
const TOP: f64 = 30.0;
const FACE: Face = Face::plain(12.0);
const BOLD: Face = Face::bold(12.0);
/// Past that ratio of the last time to the first, the scale is one of ratios.
const RATIO: f64 = 30.0;

/// The picture and whether its scale is one of ratios; `None` without percentiles. `middle` says what the line at the median is.
pub(in crate::report) fn dots(all: &[Dot], title: &str, middle: &str) -> Option<(String, bool)> {
    let times: Vec<f64> = all.iter().map(|d| d.time).filter(|t| t.is_finite() && *t >= 0.0).collect();
    let (first, last) = (times.iter().copied().fold(f64::INFINITY, f64::min), times.iter().copied().fold(0.0, f64::max));
    if times.is_empty() || times.len() < all.len() {
        return None;
    }
    let ratios = first > 0.0 && last / first > RATIO;
    let on = |time: f64| if ratios { libm::log(time) } else { time };
    let (low, high) = if ratios { (on(first), on(last)) } else { (0.0, last) };
    let x = |time: f64| {
        let part = if high > low { (on(time) - low) / (high - low) } else { 0.5 };
        SIDE + RADIUS + part * (WIDTH - 2.0 * (SIDE + RADIUS))
    };
    // Each dot as far down as it can without meeting one before it.
    let mut placed: Vec<(f64, usize)> = Vec::new();
    for dot in all.iter().filter(|d| d.percentile % 10 == 5) {
        let at = x(dot.time);
        let meets = |level: usize| placed.iter().any(|(other, l)| *l == level && (other - at).abs() < 2.0 * RADIUS + 1.0);
        placed.push((at, (0..).find(|level| !meets(*level)).unwrap_or_default()));
    }
    let rows = placed.iter().map(|(_, level)| level + 1).max().unwrap_or(1);
    let base = TOP + rows as f64 * (2.0 * RADIUS + 2.0) + 4.0;
    let mut picture = Picture::new("dt", (WIDTH, base + FOOT), title);
    picture.line("ax", (SIDE, base), (WIDTH - SIDE, base));
    for ((at, level), dot) in placed.iter().zip(all.iter().filter(|d| d.percentile % 10 == 5)) {
        let y = base - 4.0 - RADIUS - *level as f64 * (2.0 * RADIUS + 2.0);
        picture.disc("d", (*at, y), RADIUS, &dot.words, None);
    }
    if let Some(half) = all.iter().find(|d| d.percentile == 50) {
        let at = x(half.time);
        picture.line("md", (at, TOP - 8.0), (at, base));
        let words = format!("{middle} {}", half.words);
        let room = BOLD.width(&words) / 2.0;
        picture.text("lb", (at.clamp(room, WIDTH - room), TOP - 14.0), Anchor::Middle, &words);
    }
    let mut taken: Vec<Taken> = Vec::new();
    let outer = |p: u8| all.iter().find(|d| d.percentile == p);
    for dot in [outer(5), outer(95), outer(50), outer(25), outer(75)].into_iter().flatten() {
        let room = FACE.width(&dot.words) / 2.0;
        let at = (x(dot.time).clamp(room, WIDTH - room), base + 17.0);
        let Taken(left, top, right, bottom) = Taken::text(&dot.words, FACE, at, Anchor::Middle);
        let room = Taken(left - 6.0, top, right + 6.0, bottom);
        if taken.iter().all(|t| !t.meets(room)) {
            picture.line("ax", (x(dot.time), base), (x(dot.time), base + 4.0));
            picture.text("tk", at, Anchor::Middle, &dot.words);
            taken.push(room);
        }
    }
    Some((picture.done(), ratios))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(percentile: u8, time: f64) -> Dot {
        Dot { percentile, time, words: format!("{time} s") }
    }

    #[test]
    fn ten_dots_for_ten_tenths() {
        let all: Vec<Dot> = (1..20).map(|i| dot(5 * i, f64::from(i) * 60.0)).collect();
        let (svg, ratios) = dots(&all, "t", "half before").unwrap();
        assert_eq!(svg.matches("<circle").count(), 10);
        assert!(!ratios && svg.contains("half before 600 s"));
    }

    #[test]
    fn times_that_differ_much_are_shown_by_their_ratios() {
        assert!(dots(&[dot(5, 60.0), dot(50, 3_600.0), dot(95, 86_400.0)], "t", "m").unwrap().1);
        // Nobody waits: no ratio, and no division by nothing.
        let (svg, ratios) = dots(&[dot(5, 0.0), dot(50, 0.0), dot(95, 0.0)], "t", "m").unwrap();
        assert!(!ratios && !svg.contains("NaN"));
        assert!(dots(&[], "t", "m").is_none());
    }
}

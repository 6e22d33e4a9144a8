//! Smooth lines through points that never overshoot.
//!
//! The tangents are those of Fritsch and Carlson (SIAM J. Numer. Anal. 17, 1980) in the form of Fritsch and Butland (SIAM J.
//! Sci. Stat. Comput. 5, 1984): the weighted harmonic mean of the slopes on both sides, flat where they differ in sign.

use super::canvas::point;
use std::fmt::Write as _;

/// A cubic: start, two handles, end.
pub(super) type Cubic = [(f64, f64); 4];

/// How the ends of a line are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Level, with long handles: for bands, which leave and meet bubbles level.
    Flat,
    /// In the direction of the line: for curves.
    Free,
}

/// The cubics through points of increasing x.
pub(super) fn through(points: &[(f64, f64)], ends: Ends) -> Vec<Cubic> {
    let slopes: Vec<f64> = points.windows(2).map(|p| (p[1].1 - p[0].1) / (p[1].0 - p[0].0).max(1e-9)).collect();
    let tangent = |at: usize| -> f64 {
        if at == 0 || at + 1 == points.len() {
            return match ends {
                Ends::Flat => 0.0,
                Ends::Free => slopes.get(at.min(slopes.len().saturating_sub(1))).copied().unwrap_or(0.0),
            };
        }
        let (before, after) = (slopes[at - 1], slopes[at]);
        if before * after <= 0.0 {
            return 0.0;
        }
        let (left, right) = (points[at].0 - points[at - 1].0, points[at + 1].0 - points[at].0);
        let (heavy, light) = (2.0 * right + left, right + 2.0 * left);
        (heavy + light) / (heavy / before + light / after)
    };
    (0..slopes.len())
        .map(|at| {
            let ((x0, y0), (x1, y1)) = (points[at], points[at + 1]);
            let run = x1 - x0;
            let handle = |end: bool| match (ends, end) {
                (Ends::Free, _) => run / 3.0,
                (Ends::Flat, true) => run * 0.5,
                (Ends::Flat, false) => run * 0.36,
            };
            let (first, last) = (handle(at == 0), handle(at + 2 == points.len()));
            [(x0, y0), (x0 + first, y0 + tangent(at) * first), (x1 - last, y1 - tangent(at + 1) * last), (x1, y1)]
        })
        .collect()
}

/// A point of a cubic, `t` from 0 to 1.
pub(super) fn at(cubic: &Cubic, t: f64) -> (f64, f64) {
    let u = 1.0 - t;
    let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
    let sum = |part: fn(&(f64, f64)) -> f64| cubic.iter().zip(weights).map(|(p, w)| part(p) * w).sum();
    (sum(|p| p.0), sum(|p| p.1))
}

/// `d` of a path along cubics.
pub(super) fn path(cubics: &[Cubic]) -> String {
    let mut d = String::new();
    for (index, cubic) in cubics.iter().enumerate() {
        if index == 0 {
            let _ = write!(d, "M{}", point(cubic[0]));
        }
        let _ = write!(d, "C{} {} {}", point(cubic[1]), point(cubic[2]), point(cubic[3]));
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_meets_its_points_and_never_overshoots() {
        let points = [(0.0, 0.0), (1.0, 3.0), (4.0, 3.5), (5.0, -1.0), (9.0, -1.0), (10.0, 4.0)];
        for ends in [Ends::Flat, Ends::Free] {
            for (at_segment, cubic) in through(&points, ends).iter().enumerate() {
                let ((x0, y0), (x1, y1)) = (points[at_segment], points[at_segment + 1]);
                assert_eq!((cubic[0], cubic[3]), ((x0, y0), (x1, y1)));
                for step in 0..=20 {
                    let (x, y) = at(cubic, f64::from(step) / 20.0);
                    assert!(
                        x >= x0 - 1e-9 && x <= x1 + 1e-9 && y >= y0.min(y1) - 1e-9 && y <= y0.max(y1) + 1e-9,
                        "{cubic:?} {x} {y}"
                    );
                }
            }
        }
    }

    #[test]
    fn tangents_are_harmonic_means() {
        // Slopes 1 and 3 with equal runs: 2 / (1/1 + 1/3) = 1.5; handles of a third.
        let cubics = through(&[(0.0, 0.0), (3.0, 3.0), (6.0, 12.0)], Ends::Free);
        assert!((cubics[0][2].1 - 1.5).abs() < 1e-12 && (cubics[1][1].1 - 4.5).abs() < 1e-12);
        assert!(through(&[(1.0, 1.0)], Ends::Free).is_empty());
    }
}

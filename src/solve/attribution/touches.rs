//! Credits of touches: first, last, linear, position-based.
//!
//! With `s` who comes in at each visit, `g` the chance that a visit converts before any other, `P` the moves between visits, a
//! path of `N` touches counts `s P^{N−1} g`. The first and the last touch are read off `s` and `g` at the two ends. For the others
//! those who go on are let go on with chance `z` only: with `y = s + s zP + s (zP)² + …` and `x = g + zP g + …`, `y x` at a visit adds
//! up all ways to split a path there, so that over the visits of `t` it is `E[touches at t × z^{N−1}; converts]`. Since
//! `∫₀¹ z^{N−1} dz = 1/N`, its integral is `E[touches at t / N; converts]`, the linear credit. Without the first and the last touch
//! (`y` from `s P`, `x` from `P g`) it is `E[touches between at t × z^{N−3}]`, with the integral `E[touches between at t / (N − 2)]`: the
//! part of those between. Both are power series with no negative term, which `quadrature` encloses.

use super::Credits;
use super::quadrature::{Enclosed, Rules};
use super::road::Road;

/// How near to each other the bounds of a credit are brought, relative to it.
const WITHIN: f64 = 1e-12;

/// What follows from the paths.
pub(super) struct Touches {
    /// Conversions per customer who arrives.
    pub(super) conversions: f64,
    /// By visit: how often it is met before the goal, per customer who arrives.
    pub(super) visits: Vec<f64>,
    /// By touchpoint; time decay is not among them.
    pub(super) credits: Credits<Vec<f64>>,
}

/// The credits by touchpoint, and the largest relative distance between their bounds.
pub(super) fn touches(road: &Road, touchpoints: usize, position: (f64, f64)) -> (Touches, f64) {
    let gain = &road.gain[..road.visits()];
    // Behind the first touch, and before the last.
    let second = road.after(&road.start);
    let next = road.before(gain);
    let whole = road.system(0.0);
    let came = whole.forward(&second);
    let comes = whole.backward(&next);
    let by_touchpoint = |of: &dyn Fn(usize) -> f64| {
        let mut sums = vec![0.0; touchpoints];
        for (visit, touchpoint) in road.touchpoint.iter().enumerate() {
            sums[*touchpoint] += of(visit);
        }
        sums
    };
    let first = by_touchpoint(&|v| road.start[v] * (gain[v] + comes[v]));
    let last = by_touchpoint(&|v| (road.start[v] + came[v]) * gain[v]);

    let series = |quits: f64| {
        let system = road.system(quits);
        let (y, x) = (system.forward(&second), system.backward(&next));
        let keeps = 1.0 - quits;
        let mut values = by_touchpoint(&|v| (road.start[v] + keeps * y[v]) * (gain[v] + keeps * x[v]));
        values.extend(by_touchpoint(&|v| y[v] * x[v]));
        values
    };
    let found: Enclosed = Rules::new().integral(2 * touchpoints, WITHIN, series);
    let mut linear = found.middle();
    let between = linear.split_off(touchpoints);

    let (to_first, to_last) = position;
    let ends = to_first + to_last;
    // A lone touch has all; two share as the ends do, or by halves if these have nothing.
    let (of_two, of_two_last) = if ends > 0.0 { (to_first / ends, to_last / ends) } else { (0.5, 0.5) };
    let arrived = road.after(&came);
    let beyond = road.before(&comes);
    let at = |v: usize| {
        let lone = road.start[v] * gain[v];
        let two = of_two * (road.start[v] * next[v]) + of_two_last * (second[v] * gain[v]);
        // `came` is at least the second touch, so that a move behind it is at least the third
        let more = to_first * (road.start[v] * beyond[v]) + to_last * (arrived[v] * gain[v]);
        lone + two + more
    };
    let position =
        by_touchpoint(&at).iter().zip(&between).map(|(ends_of, part)| ends_of + (1.0 - ends).max(0.0) * part).collect();
    let conversions = road.untouched() + first.iter().sum::<f64>();
    let visits = road.start.iter().zip(&came).map(|(start, came)| start + came).collect();
    let credits = Credits { first, last, linear, position, decay: None };
    (Touches { conversions, visits, credits }, found.width())
}

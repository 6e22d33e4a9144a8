//! Expectations and claims: is it kept, does it hold?

use super::answers::Answered;
use super::claims::half;
use super::figure::figure;
use super::figures::{ClaimFigure, ExpectationFigure, Figure, Interval, Verdict};
use crate::model::law::nearest;
use crate::model::{Expectation, Program};
use crate::plan::{Asked, Formula, PromiseRequests, Request, compares};
use crate::syntax::tree::Comparison;
use num_traits::{Signed, Zero};

/// Two floats closer than this, relative to the larger, are the same exact value computed twice.
const SAME: f64 = 1e-12;

/// What became of each promise.
pub(super) fn expectations(program: &Program, answered: &[Answered<'_>], asked: &Asked, arrivals: f64) -> Vec<ExpectationFigure> {
    let judge = |(index, e): (usize, &Expectation)| {
        let (measure, bounds) = asked.expectations[index].clone();
        let requests = PromiseRequests { measure, bounds, margins: asked.margins[index].clone() };
        judged(e, index, &requests, answered, arrivals)
    };
    program.expectations.iter().enumerate().map(judge).collect()
}

/// What became of one promise, `index` being its place in the list of the program.
#[must_use]
pub fn judged(
    promise: &Expectation,
    index: usize,
    requests: &PromiseRequests,
    answered: &[Answered<'_>],
    arrivals: f64,
) -> ExpectationFigure {
    let own = figure(answered, &requests.measure, arrivals);
    let comparisons = promise.bound.comparisons();
    let margins: Vec<Figure> = requests.margins.iter().map(|margin| figure(answered, margin, arrivals)).collect();
    let verdicts = comparisons.iter().zip(&margins).zip(&requests.bounds);
    let verdicts =
        verdicts.map(|((comparison, margin), bound)| verdict(margin, own.exact, *comparison, own_interval(&own, bound)));
    ExpectationFigure {
        text: promise.text.clone(),
        // A broken bound breaks the promise, whatever the other says.
        verdict: verdicts.max().unwrap_or(Verdict::Undecided),
        bounds: requests.bounds.iter().map(|b| figure(answered, b, arrivals)).collect(),
        margins,
        figure: own,
        index,
    }
}

/// The interval of measure − bound where the bound is a number: that of the measure, moved. It is better than the normal one.
fn own_interval(own: &Figure, bound: &Request) -> Option<Interval> {
    let Formula::Constant(limit) = &bound.formula else { return None };
    let interval = own.estimate?.interval;
    let limit = nearest(limit);
    Some(Interval { low: interval.low - limit, high: interval.high - limit })
}

/// The verdict on `margin` compared with nothing.
pub(super) fn verdict(margin: &Figure, measure: Option<f64>, comparison: Comparison, interval: Option<Interval>) -> Verdict {
    let kept = |yes: bool| if yes { Verdict::Pass } else { Verdict::Fail };
    if let Some(fraction) = &margin.fraction {
        let sign = if fraction.is_zero() { 0.0 } else { nearest(&fraction.signum()) };
        return kept(compares(sign, comparison, 0.0));
    }
    if let Some(exact) = margin.exact {
        let equal = exact.abs() <= SAME * measure.unwrap_or(0.0).abs();
        return kept(compares(if equal { 0.0 } else { exact }, comparison, 0.0));
    }
    let Some(estimate) = margin.estimate else { return Verdict::Undecided };
    let Interval { low, high } = interval.unwrap_or(estimate.interval);
    let at = |value: f64| compares(value, comparison, 0.0);
    match comparison {
        // An equality is only ever seen where chance has no part.
        Comparison::Equal | Comparison::NotEqual if low == high => kept(at(low)),
        Comparison::Equal | Comparison::NotEqual if low > 0.0 || high < 0.0 => kept(comparison == Comparison::NotEqual),
        Comparison::Equal | Comparison::NotEqual => Verdict::Undecided,
        _ if at(low) && at(high) => Verdict::Pass,
        _ if !at(low) && !at(high) => Verdict::Fail,
        _ => Verdict::Undecided,
    }
}

/// Whether each figure printed elsewhere is ours, rounded to nearest at its printed digits, either way at a tie.
pub(super) fn claims(program: &Program, answered: &[Answered<'_>], asked: &Asked, arrivals: f64) -> Vec<ClaimFigure> {
    let judge = |(index, c): (usize, &crate::model::Claim)| {
        let own = figure(answered, &asked.claims[index], arrivals);
        let half = half(&c.step);
        let holds = match (&own.fraction, own.exact, own.estimate) {
            (Some(ours), ..) => Some((ours - &c.value).abs() <= half),
            (None, Some(ours), _) => Some(near(ours, nearest(&c.value), nearest(&half))),
            (None, None, Some(estimate)) => {
                let at = |v: f64| near(v, nearest(&c.value), nearest(&half));
                let Interval { low, high } = estimate.interval;
                let apart = high < nearest(&(&c.value - &half)) || low > nearest(&(&c.value + &half));
                if at(low) && at(high) {
                    Some(true)
                } else if apart {
                    Some(false)
                } else {
                    None
                }
            }
            (None, None, None) => None,
        };
        ClaimFigure { text: c.text.clone(), printed: c.printed.clone(), holds, figure: own, index }
    };
    program.claims.iter().enumerate().map(judge).collect()
}

/// Whether two values are within `half` of one another, a tie included.
fn near(ours: f64, theirs: f64, half: f64) -> bool {
    (ours - theirs).abs() <= half + SAME * ours.abs().max(theirs.abs())
}

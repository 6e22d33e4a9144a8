//! Are the promises of a journey kept, by how much, and if not, why?
//!
//! Comes in: a compiled journey, and which of its promises are wanted. Goes out: [`Tested`], one per promise: verdict, margin,
//! how it was decided, and for a broken one the paths and figures that carry the shortfall ([`Why`]). What must hold: the
//! exact value decides wherever there is one; else a sequential test whose probability of error is stated; what neither
//! decides is undecided, which is not kept.
//!
//! `sequential` draws customers until the promises are decided, `why` looks for reasons, `baseline` compares with figures recorded
//! before.

mod baseline;
mod sequential;
mod why;

pub use baseline::{Kept, Regression, regression};
pub use sequential::{Looks, MOST};
pub use why::{Needed, NeededOf, Way, Why};

use crate::compile::{Compiled, Journey};
use crate::measure::{Answered, ExpectationFigure, Verdict, judged};
use crate::model::law::nearest;
use crate::model::{Expectation, ScenarioId};
use crate::plan::{Declined, Plan, PromiseRequests, ask_promises};
use crate::solve::{Solution, solve_asked};
use crate::syntax::tree::Comparison;

/// How promises are tested.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The probability, per promise, of calling a kept one broken at most, and of calling a broken one kept at most.
    pub error: f64,
    /// Customers drawn at most.
    pub customers: u64,
    /// Where luck starts.
    pub seed: u64,
    /// The scenario under which promises are read that name none.
    pub scenario: Option<ScenarioId>,
}

/// A promise and what became of it.
#[derive(Clone, Debug)]
pub struct Tested {
    /// Its verdict, its figure and what that is held against.
    pub promise: ExpectationFigure,
    /// By how much it is kept, in the unit of its figure; below nothing if it is broken.
    pub margin: Option<Margin>,
    /// How it was decided.
    pub how: How,
    /// Why it is broken, if it is.
    pub why: Option<Why>,
}

/// How a promise was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By the exact value.
    Exact,
    /// By customers drawn: so many.
    Simulated(u64),
}

/// By how much a promise is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margin {
    /// Below nothing if it is broken.
    pub value: f64,
    /// The 95 % interval of a simulated one; else the value.
    pub low: f64,
    /// See `low`.
    pub high: f64,
}

/// What is asked of a journey, and what the exact engine answers.
pub(crate) struct Case<'a> {
    pub(crate) journey: &'a Journey,
    pub(crate) promises: Vec<(usize, Expectation)>,
    pub(crate) requests: Vec<PromiseRequests>,
    pub(crate) plans: Vec<Plan>,
    pub(crate) solutions: Vec<Result<Solution, Declined>>,
    pub(crate) arrivals: f64,
}

/// Tests the promises of a journey, by their places in the list of the program. `progress` is called with numbers of customers drawn.
#[must_use]
pub fn test(
    compiled: &Compiled,
    journey: &Journey,
    wanted: &[usize],
    options: &Options,
    progress: &(dyn Fn(u64) + Sync),
) -> Vec<Tested> {
    let case = Case::new(journey, wanted, options.scenario);
    let exact: Vec<Answered<'_>> = case.answered(|_| None);
    let mut tested: Vec<Tested> = (0..wanted.len()).map(|i| case.told(i, &exact, None, How::Exact)).collect();
    let open: Vec<usize> = (0..wanted.len()).filter(|i| tested[*i].promise.verdict == Verdict::Undecided).collect();
    for (i, found) in sequential::decide(&case, &open, options, progress) {
        tested[i] = found;
    }
    for (i, one) in tested.iter_mut().enumerate().filter(|(_, t)| t.promise.verdict == Verdict::Fail) {
        one.why = Some(why::why(compiled, &case, i, one, options));
    }
    tested
}

impl<'a> Case<'a> {
    fn new(journey: &'a Journey, wanted: &[usize], scenario: Option<ScenarioId>) -> Self {
        let of = |i: &usize| {
            let promise = &journey.program.expectations[*i];
            (*i, scenario.map_or_else(|| promise.clone(), |s| promise.under(s)))
        };
        let promises: Vec<(usize, Expectation)> = wanted.iter().map(of).collect();
        let asked: Vec<Expectation> = promises.iter().map(|(_, promise)| promise.clone()).collect();
        let (plans, requests) = ask_promises(&journey.program, &journey.chains, &asked);
        let used = |c: usize| requests.iter().any(|r| r.reads(c));
        let solve = |(c, plan): (usize, &Plan)| {
            if used(c) { solve_asked(&journey.chains[c], plan) } else { Err(Declined::OtherEngine) }
        };
        let solutions = plans.iter().enumerate().map(solve).collect();
        let arrivals = journey.program.base.arrivals.iter().map(|a| nearest(&a.number)).sum();
        Self { journey, promises, requests, plans, solutions, arrivals }
    }

    /// All chains with their answers; `estimates` gives those of the simulation, by chain.
    pub(crate) fn answered(&self, estimates: impl Fn(usize) -> Option<crate::simulate::Estimates>) -> Vec<Answered<'_>> {
        let chains = self.journey.chains.iter().zip(&self.plans).enumerate();
        let answered = chains.map(|(c, (chain, plan))| {
            let solution = self.solutions[c].clone();
            Answered { chain, plan, solution, estimates: estimates(c), batches: Vec::new() }
        });
        answered.collect()
    }

    /// What became of a promise; the verdict is that of the sequential test, if there was one.
    pub(crate) fn told(&self, i: usize, answered: &[Answered<'_>], verdict: Option<Verdict>, how: How) -> Tested {
        let (index, promise) = &self.promises[i];
        let mut found = judged(promise, *index, &self.requests[i], answered, self.arrivals);
        // What was only drawn is for the sequential test to decide.
        let is_exact = found.margins.iter().all(|m| m.exact.is_some()) || found.margins.iter().all(|m| m.estimate.is_none());
        found.verdict = verdict.unwrap_or(if is_exact { found.verdict } else { Verdict::Undecided });
        let margin = margin(promise, &found);
        Tested { promise: found, margin, how, why: None }
    }
}

/// By how much a promise is kept: the least of its bounds.
fn margin(promise: &Expectation, found: &ExpectationFigure) -> Option<Margin> {
    let sides = promise.bound.comparisons().into_iter().zip(&found.margins).map(|(comparison, margin)| {
        let (value, low, high) = match (margin.exact, margin.estimate) {
            (Some(exact), _) => (exact, exact, exact),
            (None, Some(e)) => (e.value, e.interval.low, e.interval.high),
            (None, None) => return None,
        };
        Some(match comparison {
            Comparison::AtLeast | Comparison::Greater => Margin { value, low, high },
            Comparison::AtMost | Comparison::Less => Margin { value: -value, low: -high, high: -low },
            Comparison::Equal => {
                let farthest = low.abs().max(high.abs());
                let nearest = if low <= 0.0 && high >= 0.0 { 0.0 } else { low.abs().min(high.abs()) };
                Margin { value: -value.abs(), low: -farthest, high: -nearest }
            }
            Comparison::NotEqual => {
                let nearest = if low <= 0.0 && high >= 0.0 { 0.0 } else { low.abs().min(high.abs()) };
                Margin { value: value.abs(), low: nearest, high: low.abs().max(high.abs()) }
            }
        })
    });
    let sides: Option<Vec<Margin>> = sides.collect();
    sides?.into_iter().min_by(|a, b| a.value.total_cmp(&b.value))
}

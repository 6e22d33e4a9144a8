//! One look of a sequential test: what customers drawn so far say of a promise.
//!
//! A promise is said to be kept if it is broken only by luck of a probability of at most `level`, and the reverse. A share or a
//! quantile held against a number is judged by the exact binomial law; what else is simulated, by the normal law of its
//! estimate, from [`NORMAL_FROM`] customers on. With `looks` looks at `error / looks` each, a promise that is kept is called
//! broken with a probability of at most `error`, whenever one stops (Boole's inequality; the looks of one test depend on one another,
//! so that it is less).

use super::answers::Answered;
use super::estimate::{counted, estimate, is_share};
use super::figure::figure;
use super::figures::Verdict;
use super::promises::verdict;
use super::statistics::binomial_tails;
use crate::model::Expectation;
use crate::model::law::{nearest, normal_quantile};
use crate::plan::{Formula, Leaf, PromiseRequests, Request, Take, compares};
use crate::syntax::tree::Comparison;

/// How many customers the normal law is asked for: the mean of a number that one in three hundred has is then within a tenth of
/// a standard error of normal.
pub const NORMAL_FROM: u64 = 65_536;
/// How many of those customers a mean must be of.
const LEAST_BASE: u64 = 1_000;

/// What the customers drawn so far say of a promise, each way with a probability of error of at most `level`. `last`: no more
/// will be drawn, so that what has never varied is taken for constant.
#[must_use]
pub fn look(promise: &Expectation, requests: &PromiseRequests, answered: &[Answered<'_>], level: f64, last: bool) -> Verdict {
    let comparisons = promise.bound.comparisons();
    let each = comparisons.len() as f64;
    let sides = comparisons.iter().zip(&requests.margins).zip(&requests.bounds).map(|((comparison, margin), bound)| {
        let side = Side { answered, own: &requests.measure, margin, bound, last };
        side.say(*comparison, level / each)
    });
    sides.max().unwrap_or(Verdict::Undecided)
}

/// One bound of a promise.
struct Side<'a> {
    answered: &'a [Answered<'a>],
    own: &'a Request,
    margin: &'a Request,
    bound: &'a Request,
    last: bool,
}

impl Side<'_> {
    fn say(&self, comparison: Comparison, level: f64) -> Verdict {
        let both = || [Comparison::AtLeast, Comparison::AtMost].map(|c| self.one_way(c, level / 2.0));
        match comparison {
            Comparison::Equal => both().into_iter().max().unwrap_or(Verdict::Undecided),
            Comparison::NotEqual => match both().into_iter().max() {
                Some(Verdict::Fail) => Verdict::Pass,
                Some(Verdict::Pass) => Verdict::Fail,
                _ => Verdict::Undecided,
            },
            one => self.one_way(one, level),
        }
    }

    fn one_way(&self, comparison: Comparison, level: f64) -> Verdict {
        let margin = figure(self.answered, self.margin, 0.0);
        if margin.exact.is_some() {
            return verdict(&margin, figure(self.answered, self.own, 0.0).exact, comparison, None);
        }
        let limit = if let Formula::Constant(limit) = &self.bound.formula { Some(nearest(limit)) } else { None };
        match (limit, self.own.formula.only_leaf()) {
            (Some(limit), Some(leaf)) if self.counts(leaf) => self.share(leaf, comparison, limit, level),
            (Some(limit), Some(Leaf { take: Take::Percentile(p), .. })) => self.quantile(*p, comparison, limit, level),
            _ => self.normal(comparison, level),
        }
    }

    fn counts(&self, leaf: &Leaf) -> bool {
        leaf.take == Take::Mean && is_share(&self.answered[leaf.chain].plan.questions[leaf.question.0])
    }

    /// A share of those drawn, by the binomial law.
    fn share(&self, leaf: &Leaf, comparison: Comparison, limit: f64, level: f64) -> Verdict {
        // What holds of every share, or of none, needs no draw.
        match (compares(0.0, comparison, limit), compares(1.0, comparison, limit)) {
            (true, true) => return Verdict::Pass,
            (false, false) => return Verdict::Fail,
            _ => {}
        }
        let Some((of, sum)) = counted(&self.answered[leaf.chain], leaf).filter(|(of, _)| *of > 0) else {
            return Verdict::Undecided;
        };
        let (down, up) = binomial_tails(sum.round().max(0.0) as u64, of, limit);
        let is_floor = matches!(comparison, Comparison::AtLeast | Comparison::Greater);
        say(is_floor, up <= level, down <= level)
    }

    /// A percentile: how many of those drawn lie below the limit, by the binomial law.
    fn quantile(&self, p: u8, comparison: Comparison, limit: f64, level: f64) -> Verdict {
        let Some(leaf) = self.own.formula.only_leaf() else { return Verdict::Undecided };
        let Some(sketch) = self.answered[leaf.chain].sketch(leaf) else { return Verdict::Undecided };
        // The percentile is at most the limit if p percent are; it is at least the limit if fewer are below it.
        let is_floor = matches!(comparison, Comparison::AtLeast | Comparison::Greater);
        let below = match comparison {
            Comparison::AtMost | Comparison::Greater => Comparison::AtMost,
            _ => Comparison::Less,
        };
        let (mut least, mut most) = (0, 0);
        for bucket in sketch.buckets() {
            least += if compares(bucket.high, below, limit) { bucket.count } else { 0 };
            most += if compares(bucket.low, below, limit) { bucket.count } else { 0 };
        }
        let share = f64::from(p) / 100.0;
        let (few, _) = binomial_tails(most, sketch.count(), share);
        let (_, many) = binomial_tails(least, sketch.count(), share);
        say(!is_floor, many <= level, few <= level)
    }

    /// Anything else, by the normal law.
    fn normal(&self, comparison: Comparison, level: f64) -> Verdict {
        let Some(estimate) = estimate(self.answered, self.margin) else { return Verdict::Undecided };
        let enough = |leaf: &&Leaf| {
            let answered = &self.answered[leaf.chain];
            let drawn = answered.estimates.as_ref().map_or(0, |e| e.customers_per_persona.iter().sum::<u64>());
            drawn >= NORMAL_FROM && counted(answered, leaf).is_some_and(|(base, _)| base >= LEAST_BASE)
        };
        let varies = estimate.standard_error > 0.0;
        if estimate.standard_error.is_nan() || varies && !self.margin.formula.leaves().iter().all(enough) || !varies && !self.last
        {
            return Verdict::Undecided;
        }
        let half = if varies { -normal_quantile(level) * estimate.standard_error } else { 0.0 };
        let at = |value: f64| compares(value, comparison, 0.0);
        match (at(estimate.value - half), at(estimate.value + half)) {
            (true, true) => Verdict::Pass,
            (false, false) => Verdict::Fail,
            _ => Verdict::Undecided,
        }
    }
}

/// `more`, `less`: whether the figure is surely on that side of its limit, which keeps a floor or breaks it.
fn say(is_floor: bool, more: bool, less: bool) -> Verdict {
    match (more, less) {
        (true, false) if is_floor => Verdict::Pass,
        (false, true) if is_floor => Verdict::Fail,
        (true, false) => Verdict::Fail,
        (false, true) => Verdict::Pass,
        _ => Verdict::Undecided,
    }
}

//! Simulated figures with their precision.
//!
//! A mean over those to whom something happens is a ratio of two means over all customers, B·Y over B. A figure is a smooth
//! function of such ratios; its standard error follows from their joint moments by the delta method, with derivatives carried
//! along by [`Dual`].

use super::answers::Answered;
use super::dual::Dual;
use super::figures::{Estimate, Interval, IntervalFormula};
use super::sd::standard_error_of_sd;
use super::statistics::{Z95, normal, wilson};
use crate::model::law::nearest;
use crate::plan::{Leaf, Question, Request, Take, Variable, Wants};
use crate::simulate::Moments;

/// Relative to a value, a spread below this is what adding up many floats leaves.
const ROUNDING: f64 = 1e-9;

/// The simulated value of a request; `None` if some chain that it reads was not simulated, or a leaf has nobody in it.
pub(super) fn estimate(answered: &[Answered<'_>], request: &Request) -> Option<Estimate> {
    if let Some(leaf) = request.formula.only_leaf() {
        return of_leaf(&answered[leaf.chain], request, leaf);
    }
    let leaves = request.formula.leaves();
    if leaves.is_empty() {
        return None;
    }
    let values: Option<Vec<f64>> = leaves.iter().map(|l| value(&answered[l.chain], l)).collect();
    let values = values?;
    // Leaves are evaluated in the order in which `leaves` lists them.
    let next = std::cell::Cell::new(0);
    let dual = request.formula.evaluate(&|c| Dual::constant(nearest(c)), &|_| {
        let i = next.replace(next.get() + 1);
        Some(Dual::leaf(values[i], i))
    })?;
    let mut variance = 0.0;
    for (i, a) in leaves.iter().enumerate() {
        for (j, b) in leaves.iter().enumerate() {
            let (by_a, by_b) = (dual.gradient.get(i).unwrap_or(&0.0), dual.gradient.get(j).unwrap_or(&0.0));
            if by_a * by_b != 0.0 {
                variance += by_a * by_b * covariance(answered, request, a, b, i == j)?;
            }
        }
    }
    if !dual.value.is_finite() {
        return None;
    }
    let alone = around(dual.value, variance.max(0.0).sqrt());
    Some(paired(answered, request, dual.value).unwrap_or(alone))
}

/// Batches of customers that two chains are compared over.
pub const BATCHES: u64 = 20;
/// Two-sided 95 % quantile of Student's law with 19 degrees of freedom.
const T19: f64 = 2.093_024;

/// The interval of a figure that reads several chains, from batches in which they share their luck: the figure of each batch is one
/// observation, so that what the chains have in common drops out of their difference (batch means; A. M. Law, *Simulation Modeling and
/// Analysis*, 5th edition, 2015, chapters 9 to 11). `None` if there are no batches, or the figure is of one chain.
fn paired(answered: &[Answered<'_>], request: &Request, value: f64) -> Option<Estimate> {
    let mut chains: Vec<usize> = request.formula.leaves().iter().map(|l| l.chain).collect();
    chains.sort_unstable();
    chains.dedup();
    let count = answered[*chains.first()?].batches.len();
    if chains.len() < 2 || count != BATCHES as usize || chains.iter().any(|c| answered[*c].batches.len() != count) {
        return None;
    }
    let values: Option<Vec<f64>> = (0..count).map(|batch| in_batch(answered, request, batch)).collect();
    let values = values?;
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    let customers = |e: &crate::simulate::Estimates| e.customers_per_persona.iter().sum::<u64>() as f64;
    let drawn = chains.iter().filter_map(|c| answered[*c].estimates.as_ref()).map(customers).fold(f64::INFINITY, f64::min);
    let batched: f64 = answered[chains[0]].batches.iter().map(customers).sum();
    // Precision goes with the root of the number of customers.
    let standard_error = spread(value, (variance / n * batched / drawn).sqrt());
    let half = T19 * standard_error;
    let interval = Interval { low: value - half, high: value + half };
    Some(Estimate { value, standard_error, interval, formula: IntervalFormula::Paired, count: None })
}

/// The figure of one batch.
fn in_batch(answered: &[Answered<'_>], request: &Request, batch: usize) -> Option<f64> {
    let of = |leaf: &Leaf| {
        let all = &answered[leaf.chain];
        let solution = Err(crate::plan::Declined::OtherEngine);
        let estimates = Some(all.batches[batch].clone());
        value(&Answered { chain: all.chain, plan: all.plan, solution, estimates, batches: Vec::new() }, leaf)
    };
    request.formula.evaluate(&nearest, &of).filter(|v| v.is_finite())
}

/// A spread around a value; one that only rounding makes is none.
pub(super) fn spread(value: f64, spread: f64) -> f64 {
    if spread <= ROUNDING * value.abs() { 0.0 } else { spread }
}

/// An estimate whose precision is not kept.
pub(super) fn bare(value: f64) -> Estimate {
    let interval = Interval { low: f64::NAN, high: f64::NAN };
    Estimate { value, standard_error: f64::NAN, interval, formula: IntervalFormula::Normal, count: None }
}

/// A value with its normal interval.
pub(super) fn around(value: f64, standard_error: f64) -> Estimate {
    let standard_error = spread(value, standard_error);
    Estimate { value, standard_error, interval: normal(value, standard_error), formula: IntervalFormula::Normal, count: None }
}

/// A figure that is one leaf has the interval that suits it.
fn of_leaf(answered: &Answered<'_>, request: &Request, leaf: &Leaf) -> Option<Estimate> {
    let value = value(answered, leaf)?;
    match leaf.take {
        Take::Mean if is_share(&answered.plan.questions[leaf.question.0]) => {
            let parts = moments(answered, leaf)?;
            Some(share(parts.iter().map(Moments::count).sum(), parts.iter().map(|m| m.base).sum()))
        }
        Take::Mean => {
            let answers = std::slice::from_ref(answered);
            let alone = Leaf { chain: 0, ..leaf.clone() };
            let groups = request.groups.iter().map(|(_, group)| (0, *group)).collect();
            let request = Request { groups, ..request.clone() };
            Some(around(value, covariance(answers, &request, &alone, &alone, true)?.max(0.0).sqrt()))
        }
        Take::Sd if answered.plan.questions[leaf.question.0].wants == Wants::Spread => Some(bare(value)),
        Take::Sd => Some(around(value, standard_error_of_sd(&answered.sketch(leaf)?, value))),
        Take::Percentile(p) => {
            let (low, high) = answered.sketch(leaf)?.quantile_bounds(f64::from(p) / 100.0, Z95)?;
            let standard_error = (high - low) / (2.0 * Z95);
            let interval = Interval { low, high };
            Some(Estimate { value, standard_error, interval, formula: IntervalFormula::OrderStatistics, count: None })
        }
    }
}

/// A share with its Wilson interval.
pub(super) fn share(count: u64, of: u64) -> Estimate {
    let (k, n) = (count as f64, of as f64);
    let value = k / n;
    Estimate {
        value,
        standard_error: (value * (1.0 - value) / n).max(0.0).sqrt(),
        interval: wilson(k, n),
        formula: IntervalFormula::Wilson,
        count: Some((count, of)),
    }
}

/// Whether the number asked for is 0 or 1 for every customer.
pub(super) fn is_share(question: &Question) -> bool {
    matches!(question.variable, Variable::Hit { .. } | Variable::Fails(_) | Variable::Satisfied(_) | Variable::Feels(_))
        || matches!(question.wants, Wants::Share(..))
}

/// The simulated value of a leaf.
fn value(answered: &Answered<'_>, leaf: &Leaf) -> Option<f64> {
    match leaf.take {
        Take::Mean => counted(answered, leaf).filter(|(base, _)| *base > 0).map(|(base, sum)| sum / base as f64),
        Take::Sd => {
            let (base, mean) = (counted(answered, leaf)?.0 as f64, value(answered, &Leaf { take: Take::Mean, ..leaf.clone() })?);
            let parts = moments(answered, leaf)?;
            let squares = |m: &Moments| m.base as f64 * (m.variance + (m.mean - mean) * (m.mean - mean));
            Some((parts.iter().map(squares).sum::<f64>() / base).sqrt())
        }
        Take::Percentile(p) => answered.sketch(leaf)?.quantile(f64::from(p) / 100.0),
    }
}

/// The moments of a leaf's question, by persona.
fn moments(answered: &Answered<'_>, leaf: &Leaf) -> Option<Vec<Moments>> {
    let answers = &answered.estimates.as_ref()?.answers[leaf.question.0];
    Some(answered.who(leaf.who.as_deref()).iter().map(|p| answers[*p]).collect())
}

/// Over how many customers a leaf is taken, and the sum of its number over them.
pub(super) fn counted(answered: &Answered<'_>, leaf: &Leaf) -> Option<(u64, f64)> {
    let parts = moments(answered, leaf)?;
    Some((parts.iter().map(|m| m.base).sum(), parts.iter().map(|m| m.mean * m.base as f64).sum()))
}

/// Covariance of the estimates of two leaves. Quantiles, spreads and shares of customers are taken as independent of other
/// leaves, and so are two chains, where there are no batches in which they share their luck ([`paired`]).
fn covariance(answered: &[Answered<'_>], request: &Request, a: &Leaf, b: &Leaf, same: bool) -> Option<f64> {
    if a.take != Take::Mean || b.take != Take::Mean {
        let one = || of_leaf(&answered[a.chain], request, a).map(|e| e.standard_error * e.standard_error);
        return if same { one() } else { Some(0.0) };
    }
    if a.chain != b.chain {
        return Some(0.0);
    }
    let answered = &answered[a.chain];
    let estimates = answered.estimates.as_ref()?;
    let (_, group) = request.groups.iter().find(|(chain, _)| *chain == a.chain)?;
    let place = |leaf: &Leaf| answered.plan.groups[*group].iter().position(|q| *q == leaf.question);
    let (i, j) = (place(a)?, place(b)?);
    let ((base_a, sum_a), (base_b, sum_b)) = (counted(answered, a)?, counted(answered, b)?);
    let (mean_a, mean_b) = (sum_a / base_a as f64, sum_b / base_b as f64);
    // Σ (B_a Y_a − m_a B_a)(B_b Y_b − m_b B_b) over the customers of the personas in both leaves: only they tie them together.
    let who_b = answered.who(b.who.as_deref());
    let mut joint = 0.0;
    for p in answered.who(a.who.as_deref()).into_iter().filter(|p| who_b.contains(p)) {
        let of = &estimates.groups[*group][p];
        let covariance = of.covariance(2 * i + 1, 2 * j + 1)
            - mean_b * of.covariance(2 * i + 1, 2 * j)
            - mean_a * of.covariance(2 * i, 2 * j + 1)
            + mean_a * mean_b * of.covariance(2 * i, 2 * j);
        let (rest_a, rest_b) = (of.means[2 * i + 1] - mean_a * of.means[2 * i], of.means[2 * j + 1] - mean_b * of.means[2 * j]);
        joint += of.customers as f64 * (covariance + rest_a * rest_b);
    }
    Some(joint / (base_a as f64 * base_b as f64))
}

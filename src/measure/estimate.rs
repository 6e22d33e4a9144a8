//! Simulated figures with their precision.
//!
//! A mean over those to whom something happens is a ratio of two means over all customers, B·Y over B. A figure is a smooth
//! function of such ratios; its standard error follows from their joint moments by the delta method, with derivatives carried
//! along by [`Dual`].

use super::answers::Answered;
use super::dual::Dual;
use super::figures::{Estimate, Interval, IntervalFormula};
use super::statistics::{Z95, normal, wilson};
use crate::plan::formula::float;
use crate::plan::{Leaf, Request, Take, Variable};

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
    let dual = request.formula.evaluate(&|c| Dual::constant(float(c)), &|_| {
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
    let standard_error = variance.max(0.0).sqrt();
    dual.value.is_finite().then(|| Estimate {
        value: dual.value,
        standard_error,
        interval: normal(dual.value, standard_error),
        formula: IntervalFormula::Normal,
        count: None,
    })
}

/// A figure that is one leaf has the interval that suits it.
fn of_leaf(answered: &Answered<'_>, request: &Request, leaf: &Leaf) -> Option<Estimate> {
    let value = value(answered, leaf)?;
    match leaf.take {
        Take::Mean if is_share(&answered.plan.questions[leaf.question.0].variable) => {
            let (base, count) = counts(answered, leaf)?;
            Some(share(count.round() as u64, base.round() as u64))
        }
        Take::Mean => {
            let answers = std::slice::from_ref(answered);
            let alone = Leaf { chain: 0, ..leaf.clone() };
            let groups = request.groups.iter().map(|(_, group)| (0, *group)).collect();
            let request = Request { groups, ..request.clone() };
            let standard_error = covariance(answers, &request, &alone, &alone, true)?.max(0.0).sqrt();
            let interval = normal(value, standard_error);
            Some(Estimate { value, standard_error, interval, formula: IntervalFormula::Normal, count: None })
        }
        Take::Sd => {
            let standard_error = sd_error(answered, leaf)?;
            let interval = normal(value, standard_error);
            Some(Estimate { value, standard_error, interval, formula: IntervalFormula::Normal, count: None })
        }
        Take::Percentile(p) => {
            let sketch = answered.estimates.as_ref()?.sketch(leaf.question, &answered.who(leaf.who.as_deref()))?;
            let (low, high) = sketch.quantile_bounds(f64::from(p) / 100.0, Z95)?;
            let standard_error = (high - low) / (2.0 * Z95);
            let interval = Interval { low, high };
            Some(Estimate { value, standard_error, interval, formula: IntervalFormula::OrderStatistics, count: None })
        }
        Take::Share(comparison, limit) => {
            let sketch = answered.estimates.as_ref()?.sketch(leaf.question, &answered.who(leaf.who.as_deref()))?;
            let (count, of) = sketch.count_where(comparison, limit);
            Some(share(count, of))
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

/// Whether a variable is 0 or 1 for every customer.
fn is_share(variable: &Variable) -> bool {
    matches!(variable, Variable::Hit { .. } | Variable::Fails(_) | Variable::Satisfied | Variable::Feels)
}

/// The simulated value of a leaf.
fn value(answered: &Answered<'_>, leaf: &Leaf) -> Option<f64> {
    match leaf.take {
        Take::Mean => {
            let (base, sum) = counts(answered, leaf)?;
            (base > 0.0).then(|| sum / base)
        }
        Take::Sd => {
            let sketch = answered.estimates.as_ref()?.sketch(leaf.question, &answered.who(leaf.who.as_deref()))?;
            Some(sketch.central_moments()?.0.sqrt())
        }
        Take::Percentile(p) => {
            let sketch = answered.estimates.as_ref()?.sketch(leaf.question, &answered.who(leaf.who.as_deref()))?;
            sketch.quantile(f64::from(p) / 100.0)
        }
        Take::Share(comparison, limit) => {
            let sketch = answered.estimates.as_ref()?.sketch(leaf.question, &answered.who(leaf.who.as_deref()))?;
            let (count, of) = sketch.count_where(comparison, limit);
            (of > 0).then(|| count as f64 / of as f64)
        }
    }
}

/// Over how many customers a leaf is taken, and the sum of its number over them.
pub(super) fn counts(answered: &Answered<'_>, leaf: &Leaf) -> Option<(f64, f64)> {
    let estimates = answered.estimates.as_ref()?;
    let (group, at) = answered.plan.groups.iter().enumerate().find_map(|(g, questions)| {
        let at = questions.iter().position(|q| *q == leaf.question)?;
        Some((g, at))
    })?;
    let who = answered.who(leaf.who.as_deref());
    let sum = |i: usize| who.iter().map(|p| estimates.groups[group][*p].sums[i]).sum::<f64>();
    Some((sum(2 * at), sum(2 * at + 1)))
}

/// Covariance of the estimates of two leaves. Quantiles, spreads and shares of customers are taken as independent of other
/// leaves, and so are two chains: their customers share their luck, which only makes differences more precise than said.
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
    let (base_a, sum_a) = counts(answered, a)?;
    let (base_b, sum_b) = counts(answered, b)?;
    let (mean_a, mean_b) = (sum_a / base_a, sum_b / base_b);
    // Only customers of a persona in both leaves tie them together.
    let (who_a, who_b) = (answered.who(a.who.as_deref()), answered.who(b.who.as_deref()));
    let both = || who_a.iter().filter(|p| who_b.contains(p)).map(|p| &estimates.groups[*group][*p]);
    let product = |x: usize, y: usize| both().map(|joint| joint.product(x, y)).sum::<f64>();
    // Σ (B_a Y_a − m_a B_a)(B_b Y_b − m_b B_b), over the sizes of both bases.
    let joint = product(2 * i + 1, 2 * j + 1) - mean_b * product(2 * i + 1, 2 * j) - mean_a * product(2 * i, 2 * j + 1)
        + mean_a * mean_b * product(2 * i, 2 * j);
    Some(joint / (base_a * base_b))
}

/// Standard error of a standard deviation: √((m₄ − s⁴)/n) / 2s (Kendall and Stuart, vol. 1, 10.9).
fn sd_error(answered: &Answered<'_>, leaf: &Leaf) -> Option<f64> {
    let sketch = answered.estimates.as_ref()?.sketch(leaf.question, &answered.who(leaf.who.as_deref()))?;
    let (second, fourth) = sketch.central_moments()?;
    let n = sketch.count() as f64;
    if second <= 0.0 {
        return Some(0.0);
    }
    Some(((fourth - second * second).max(0.0) / n).sqrt() / (2.0 * second.sqrt()))
}

//! A request becomes a figure: both answers, and what else is known of it.

use super::answers::Answered;
use super::estimate::{estimate, is_share};
use super::figures::{Figure, Interval};
use super::statistics::wilson;
use crate::model::law::nearest;
use crate::plan::{Declined, Request, Take};

/// Both engines' answers to a request. `arrivals`: customers that the journey declares, for what chance may do to one campaign.
pub(super) fn figure(answered: &[Answered<'_>], request: &Request, arrivals: f64) -> Figure {
    let exact = exact(answered, request);
    let fraction = request.formula.evaluate(&Clone::clone, &|leaf| answered[leaf.chain].fraction(leaf));
    let fraction = fraction.filter(|_| exact.is_ok() && !request.formula.leaves().is_empty());
    let base = base(answered, request);
    // Where a fraction is known, the float nearest to it is exact to the last bit.
    let value = fraction.as_ref().map(nearest).or(exact.ok());
    Figure {
        unit: request.unit,
        exact: value,
        fraction,
        estimate: estimate(answered, request),
        chance: value.zip(base).and_then(|(value, base)| chance(request, answered, value, base * arrivals)),
        evidence: None,
        declined: exact.err().flatten(),
        base,
    }
}

/// The exact value, or why there is none (`Err(None)`: nobody is there to take it over).
pub(super) fn exact(answered: &[Answered<'_>], request: &Request) -> Result<f64, Option<Declined>> {
    for leaf in request.formula.leaves() {
        answered[leaf.chain].exact(leaf).map_err(Some)?;
    }
    let value = request.formula.evaluate(&nearest, &|leaf| answered[leaf.chain].exact(leaf).ok());
    value.filter(|v| v.is_finite()).ok_or(None)
}

/// Of all who arrive, how many a figure is taken over, where it is one mean.
fn base(answered: &[Answered<'_>], request: &Request) -> Option<f64> {
    let leaf = request.formula.only_leaf()?;
    answered[leaf.chain].base(leaf)
}

/// What a campaign of `n` customers may see of a share, by chance alone; nothing else than what is certain.
pub(super) fn chance_of(share: f64, n: f64) -> Option<Interval> {
    (share > 0.0 && share < 1.0 && n > 0.0).then(|| wilson(share * n, n))
}

/// What a campaign that brings `n` customers to the base may see of a share, by chance alone.
fn chance(request: &Request, answered: &[Answered<'_>], share: f64, n: f64) -> Option<Interval> {
    let leaf = request.formula.only_leaf()?;
    let is_rate = leaf.take == Take::Mean && is_share(&answered[leaf.chain].plan.questions[leaf.question.0]);
    is_rate.then(|| chance_of(share, n))?
}

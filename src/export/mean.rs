//! What is to be expected of a quantity, as a fraction wherever it is one.

use crate::chain::{Leave, Probability, Rewards, Visit};
use crate::model::Law;
use crate::model::law::nearest;
use num_rational::BigRational;
use num_traits::Zero;

/// A mean.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mean {
    /// Exact, where it is a fraction.
    pub(super) exact: Option<BigRational>,
    /// Nearest float.
    pub(super) value: f64,
}

impl Mean {
    pub(super) fn zero() -> Self {
        Self::exact(BigRational::zero())
    }

    pub(super) fn exact(value: BigRational) -> Self {
        Self { value: nearest(&value), exact: Some(value) }
    }

    pub(super) fn of(law: &Law) -> Self {
        law.exact_mean().map_or_else(|| Self { exact: None, value: law.mean() }, Self::exact)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.exact.as_ref().map_or(self.value == 0.0, Zero::is_zero)
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        match (&self.exact, &other.exact) {
            (Some(a), Some(b)) => Self::exact(a + b),
            _ => Self { exact: None, value: self.value + other.value },
        }
    }

    pub(super) fn times(&self, factor: &BigRational) -> Self {
        match &self.exact {
            Some(exact) => Self::exact(exact * factor),
            None => Self { exact: None, value: self.value * nearest(factor) },
        }
    }
}

/// What is expected of a visit or of leaving: what other programs call rewards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Means {
    /// Money spent.
    pub(super) cost: Mean,
    /// Money earned.
    pub(super) revenue: Mean,
    /// The share of the money earned that is margin, before costs.
    pub(super) gross_margin: Mean,
    /// Seconds.
    pub(super) time: Mean,
}

impl Means {
    pub(super) fn of_visit(visit: &Visit) -> Self {
        Self::new(&visit.rewards, &visit.takes)
    }

    pub(super) fn of_leave(leave: &Leave) -> Self {
        Self::new(&leave.rewards, &leave.after)
    }

    fn new(rewards: &Rewards, time: &Law) -> Self {
        let cost = rewards.costs.iter().fold(Mean::zero(), |sum, law| sum.plus(&Mean::of(law)));
        let earns = rewards.earns.as_ref().map(|(law, margin)| (Mean::of(law), margin));
        let (revenue, gross_margin) =
            earns.map_or_else(|| (Mean::zero(), Mean::zero()), |(mean, margin)| (mean.clone(), mean.times(margin)));
        Self { cost, revenue, gross_margin, time: Mean::of(time) }
    }

    /// What is expected of a stay: of the visit, if there is one, and of the way out by each branch in its share.
    pub(super) fn of_stay<'a>(visit: Option<&Self>, ways: impl Iterator<Item = (&'a Probability, &'a Self)>) -> Self {
        let none = || Self { cost: Mean::zero(), revenue: Mean::zero(), gross_margin: Mean::zero(), time: Mean::zero() };
        ways.fold(visit.cloned().unwrap_or_else(none), |sum, (probability, means)| {
            let add = |sum: Mean, mean: &Mean| {
                if mean.is_zero() { sum } else { sum.plus(&mean.times(&probability.exact)) }
            };
            Self {
                cost: add(sum.cost, &means.cost),
                revenue: add(sum.revenue, &means.revenue),
                gross_margin: add(sum.gross_margin, &means.gross_margin),
                time: add(sum.time, &means.time),
            }
        })
    }
}

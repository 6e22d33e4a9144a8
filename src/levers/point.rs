//! A journey at one value of its params: its figure, and how that changes with its chains.

use crate::chain::Chain;
use crate::compile::Journey;
use crate::measure::{Dual, Exactly, who};
use crate::model::Measure;
use crate::model::law::nearest;
use crate::plan::{Declined, Leaf, Plan, Request, Take, ask_for};
use crate::solve::{Answer, Gradient, Reading, Slope, answers, gradients};
use num_rational::BigRational;
use std::borrow::Borrow;
use std::cell::Cell;

/// Why a figure has no exact value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsolved {
    /// The exact engine declines it.
    Declined(Declined),
    /// There is nobody to take it over, or it divides by zero.
    Nobody,
}

/// An exact figure.
#[derive(Clone, Debug)]
pub struct ExactValue {
    /// The nearest float.
    pub value: f64,
    /// The figure as a fraction, for small journeys.
    pub fraction: Option<BigRational>,
}

/// The exact value of one measure: only the chains that it reads are solved, and only for it.
///
/// # Errors
/// Why it has none.
pub fn exact_value(journey: &Journey, measure: &Measure) -> Result<ExactValue, Unsolved> {
    let point = Point::new(journey, measure);
    Ok(ExactValue { value: point.value()?, fraction: point.fraction() })
}

/// A journey, what is asked of it, and its answers.
pub(super) struct Point<J> {
    pub(super) journey: J,
    pub(super) plans: Vec<Plan>,
    pub(super) request: Request,
    /// By chain, of those that the request reads.
    answers: Vec<Option<Result<Vec<Answer>, Declined>>>,
}

impl<J: Borrow<Journey>> Point<J> {
    /// Asks for a measure, and answers.
    pub(super) fn new(journey: J, measure: &Measure) -> Self {
        let mut point = Self::unanswered(journey, measure);
        let used = point.chains_read();
        let each = point.journey.borrow().chains.iter().zip(&point.plans).zip(used);
        point.answers = each.map(|((chain, plan), used)| used.then(|| answers(chain, plan))).collect();
        point
    }

    /// Asks for several measures, and answers all of them with one solution.
    pub(super) fn values(journey: J, measures: &[&Measure]) -> Vec<Result<f64, Unsolved>> {
        let (plans, requests) = {
            let Journey { program, chains } = journey.borrow();
            ask_for(program, chains, measures)
        };
        let read = |chain: usize| requests.iter().any(|r| r.formula.leaves().iter().any(|leaf| leaf.chain == chain));
        let chains = journey.borrow().chains.iter().zip(&plans).enumerate();
        let answers: Vec<_> = chains.map(|(c, (chain, plan))| read(c).then(|| answers(chain, plan))).collect();
        let Some(request) = requests.first().cloned() else { return Vec::new() };
        let mut point = Self { journey, plans, request, answers };
        let value = |request| {
            point.request = request;
            point.value()
        };
        requests.into_iter().map(value).collect()
    }

    /// Asks for a measure, for whom the chains are enough.
    pub(super) fn unanswered(journey: J, measure: &Measure) -> Self {
        let Journey { program, chains } = journey.borrow();
        let (plans, mut requests) = ask_for(program, chains, &[measure]);
        let request = requests.swap_remove(0);
        Self { journey, plans, request, answers: Vec::new() }
    }

    fn chains_read(&self) -> Vec<bool> {
        let leaves = self.request.formula.leaves();
        (0..self.plans.len()).map(|c| leaves.iter().any(|leaf| leaf.chain == c)).collect()
    }

    pub(super) fn chain(&self, at: usize) -> &Chain {
        &self.journey.borrow().chains[at]
    }

    /// What a shift reads of a chain.
    pub(super) fn reading(&self, at: usize) -> Reading<'_> {
        Reading { chain: self.chain(at), discount: self.plans[at].discount }
    }

    fn exactly(&self, leaf: &Leaf) -> Result<Exactly<'_>, Unsolved> {
        let answers = self.answers.get(leaf.chain).and_then(Option::as_ref);
        let answers = answers.ok_or(Unsolved::Declined(Declined::OtherEngine))?;
        let answers = answers.as_ref().map_err(|d| Unsolved::Declined(*d))?;
        Ok(Exactly { chain: self.chain(leaf.chain), answers })
    }

    fn leaf(&self, leaf: &Leaf) -> Result<f64, Unsolved> {
        let value = self.exactly(leaf)?.value(leaf).map_err(Unsolved::Declined)?;
        if value.is_finite() { Ok(value) } else { Err(Unsolved::Nobody) }
    }

    /// The exact value of the figure.
    pub(super) fn value(&self) -> Result<f64, Unsolved> {
        if let Some(fraction) = self.fraction() {
            return Ok(nearest(&fraction));
        }
        self.with_leaves_of(self)
    }

    /// The figure by this point's formula, with the leaves of another point.
    pub(super) fn with_leaves_of<K: Borrow<Journey>>(&self, other: &Point<K>) -> Result<f64, Unsolved> {
        for leaf in self.request.formula.leaves() {
            other.leaf(leaf)?;
        }
        let value = self.request.formula.evaluate(&nearest, &|leaf| other.leaf(leaf).ok());
        value.filter(|v| v.is_finite()).ok_or(Unsolved::Nobody)
    }

    /// The same as a fraction, for small journeys.
    pub(super) fn fraction(&self) -> Option<BigRational> {
        self.request.formula.evaluate(&Clone::clone, &|leaf| self.exactly(leaf).ok()?.fraction(leaf))
    }

    /// By chain that it reads: how the figure changes with it.
    pub(super) fn slopes(&self) -> Result<Vec<Option<Slope>>, Unsolved> {
        let used = self.chains_read();
        let each = self.journey.borrow().chains.iter().zip(&self.plans).zip(&used);
        let gradients: Vec<_> = each.map(|((chain, plan), used)| used.then(|| gradients(chain, plan))).collect();
        let of = |leaf: &Leaf| -> Result<&Gradient, Unsolved> {
            if leaf.take != Take::Mean {
                return Err(Unsolved::Declined(Declined::Spread));
            }
            let known = gradients[leaf.chain].as_ref().ok_or(Unsolved::Nobody)?;
            let known = known.as_ref().map_err(|d| Unsolved::Declined(*d))?;
            known[leaf.question.0].as_ref().map_err(|d| Unsolved::Declined(*d))
        };
        let leaves = self.request.formula.leaves();
        let values: Vec<f64> = leaves.iter().map(|leaf| self.leaf(leaf)).collect::<Result<_, _>>()?;
        // Leaves are evaluated in the order in which `leaves` lists them.
        let next = Cell::new(0);
        let dual = self.request.formula.evaluate(&|c| Dual::constant(nearest(c)), &|_| {
            let i = next.replace(next.get() + 1);
            Some(Dual::leaf(values[i], i))
        });
        let dual = dual.filter(|dual| dual.value.is_finite()).ok_or(Unsolved::Nobody)?;
        let mut slopes: Vec<Option<Slope>> =
            used.iter().enumerate().map(|(c, used)| used.then(|| Slope::flat(self.chain(c)))).collect();
        for (leaf, by) in leaves.iter().zip(&dual.gradient) {
            if let Some(slope) = &mut slopes[leaf.chain] {
                let chain = self.chain(leaf.chain);
                of(leaf)?.add_to(chain, &who(chain, leaf), *by, slope);
            }
        }
        Ok(slopes)
    }
}

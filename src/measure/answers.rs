//! What both engines answered about all chains, and what a leaf of a formula is worth in it.

use crate::chain::Chain;
use crate::model::PersonaId;
use crate::plan::{Declined, Leaf, Plan, Take};
use crate::simulate::Estimates;
use crate::simulate::Sketch;
use crate::solve::{Answer, Exact, Rational, Solution};
use num_rational::BigRational;
use num_traits::Zero;

/// One chain, what was asked of it, and what was answered.
#[derive(Debug)]
pub struct Answered<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// What was asked.
    pub plan: &'a Plan,
    /// The exact engine's answers, or why it gives none.
    pub solution: Result<Solution, Declined>,
    /// The simulation's, if it ran.
    pub estimates: Option<Estimates>,
    /// Smaller simulations, each with a luck of its own that all chains share; empty where no two chains are compared.
    pub batches: Vec<Estimates>,
}

/// What the exact engine answered about one chain.
#[derive(Clone, Copy, Debug)]
pub struct Exactly<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// One per question of its plan.
    pub answers: &'a [Answer],
}

impl Exactly<'_> {
    /// The value of a leaf.
    ///
    /// # Errors
    /// Why there is none.
    pub fn value(&self, leaf: &Leaf) -> Result<f64, Declined> {
        let answers = self.answers[leaf.question.0].exact.as_ref().map_err(|d| *d)?;
        let who = who(self.chain, leaf);
        let parts: Vec<(f64, &Exact)> = who.iter().map(|p| (self.chain.personas[*p].value, &answers[*p])).collect();
        let weight: f64 = parts.iter().map(|(w, e)| w * e.base).sum();
        // Parts without customers have no mean: they must not spoil those that have.
        let met = || parts.iter().filter(|(w, e)| w * e.base > 0.0);
        let mean = met().map(|(w, e)| w * e.base * e.mean).sum::<f64>() / weight;
        if leaf.take == Take::Mean {
            return Ok(mean);
        }
        let spread = |(w, e): &(f64, &Exact)| e.sd.map(|sd| w * e.base * (sd * sd + (e.mean - mean) * (e.mean - mean)));
        let variance: Option<f64> = met().map(spread).sum();
        match (leaf.take, variance) {
            (Take::Sd, Some(variance)) => Ok((variance / weight).sqrt()),
            (Take::Sd, None) => Err(Declined::Spread),
            // A number that does not vary has all its quantiles in one place.
            (Take::Percentile(_), Some(0.0)) => Ok(mean),
            _ => Err(Declined::Distribution),
        }
    }

    /// The value of a mean as a fraction, for small journeys.
    #[must_use]
    pub fn fraction(&self, leaf: &Leaf) -> Option<BigRational> {
        if leaf.take != Take::Mean {
            return None;
        }
        mixed(self.chain, leaf, self.answers[leaf.question.0].rational.as_ref()?)
    }
}

/// The mean over the personas of a leaf; `None` if nobody of them counts.
pub(super) fn mixed(chain: &Chain, leaf: &Leaf, answers: &[Rational]) -> Option<BigRational> {
    let (mut sum, mut weight) = (BigRational::zero(), BigRational::zero());
    for p in who(chain, leaf) {
        let Rational { base, mean } = &answers[p];
        let share = &chain.personas[p].exact * base;
        sum += &share * mean;
        weight += share;
    }
    (!weight.is_zero()).then(|| sum / weight)
}

/// The places of the personas that a leaf is taken over.
#[must_use]
pub fn who(chain: &Chain, leaf: &Leaf) -> Vec<usize> {
    match &leaf.who {
        None => (0..chain.personas.len()).collect(),
        Some(personas) => personas.iter().map(|p| p.index()).collect(),
    }
}

impl Answered<'_> {
    /// The personas that a leaf is taken over.
    pub(super) fn who(&self, who: Option<&[PersonaId]>) -> Vec<usize> {
        match who {
            None => (0..self.chain.personas.len()).collect(),
            Some(personas) => personas.iter().map(|p| p.index()).collect(),
        }
    }

    /// The exact engine's answers.
    fn exactly(&self) -> Result<Exactly<'_>, Declined> {
        let solution = self.solution.as_ref().map_err(|d| *d)?;
        Ok(Exactly { chain: self.chain, answers: &solution.answers })
    }

    /// The exact value of a leaf.
    pub(super) fn exact(&self, leaf: &Leaf) -> Result<f64, Declined> {
        self.exactly()?.value(leaf)
    }

    /// The exact value of a mean as a fraction, for small journeys.
    pub(super) fn fraction(&self, leaf: &Leaf) -> Option<BigRational> {
        self.exactly().ok()?.fraction(leaf)
    }

    /// Of all who arrive, how many the leaf is taken over.
    pub(super) fn base(&self, leaf: &Leaf) -> Option<f64> {
        let who = self.who(leaf.who.as_deref());
        if let Ok(solution) = &self.solution
            && let Ok(answers) = &solution.answers[leaf.question.0].exact
        {
            return Some(who.iter().map(|p| self.chain.personas[*p].value * answers[*p].base).sum());
        }
        let drawn: u64 = self.estimates.as_ref()?.customers_per_persona.iter().sum();
        let (base, _) = super::estimate::counted(self, leaf)?;
        Some(base as f64 / drawn as f64)
    }

    /// The values drawn of a question whose distribution was asked for, over the personas of a leaf.
    pub(super) fn sketch(&self, leaf: &Leaf) -> Option<Sketch> {
        let by_persona = &self.estimates.as_ref()?.sketches[leaf.question.0];
        let mut sketch = Sketch::default();
        for p in self.who(leaf.who.as_deref()) {
            sketch.merge(by_persona.get(p)?);
        }
        (sketch.count() > 0).then_some(sketch)
    }
}

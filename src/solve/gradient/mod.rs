//! How a mean changes with every probability and every amount of its chain, by the adjoint: one more solve for all of them.
//!
//! A sum over paths is `Σ e·w + Σ y_s p_sb w_sb`, where `y` are the expected visits (the adjoint), `e` the entries and `w` what a
//! step is worth: what it brings and all that is to come from where it leads. Its derivative by `p_sb` is `y_s w_sb`, by an
//! amount that the step counts `y_s p_sb`. Where only those count to whom something happens, a step brings them its amount
//! times the chance `h` that it still happens, and changes that chance for all that was summed up before: the derivative is
//! `y_s w_sb + c_s h_sb`, where `c` is what customers have summed up on coming to a state, `c = a + c P`. What happens in two
//! parts, one event after another, is the sum of both parts. Derivatives by laws of time under a discount go by their transforms.

mod sides;

use crate::chain::Chain;
use crate::plan::{Declined, Question, Wants};
use crate::solve::answers::Method;
use crate::solve::hits::events;
use crate::solve::moments::Span;
use crate::solve::shift::{Shift, Table};
use crate::solve::tally::Tally;
use crate::solve::walk::Walk;

/// How one mean changes with its chain.
#[derive(Clone, Debug)]
pub struct Gradient {
    /// What is summed up.
    sum: Side,
    /// Over whom.
    base: Side,
}

/// A sum over paths and its derivatives, all per customer of the persona whose paths they are.
#[derive(Clone, Debug)]
struct Side {
    /// By persona.
    total: Vec<f64>,
    /// By entry: what coming in by it is worth.
    entries: Vec<f64>,
    /// By place in [`Chain::branches`].
    branches: Vec<f64>,
    /// By the amounts that it counts.
    tables: Vec<(Table, Weights)>,
}

/// How often the amounts of one table count.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    /// By state: that of its visit.
    pub(super) visits: Vec<f64>,
    /// By place in [`Chain::branches`]: that of its leave.
    pub(super) branches: Vec<f64>,
    /// By entry: that of its leave.
    pub(super) entries: Vec<f64>,
}

impl Weights {
    fn new(chain: &Chain) -> Self {
        Self {
            visits: vec![0.0; chain.states.len()],
            branches: vec![0.0; chain.branches.len()],
            entries: vec![0.0; chain.entries.len()],
        }
    }
}

/// The derivative of a figure by everything in one chain.
#[derive(Clone, Debug)]
pub struct Slope {
    /// By entry, of its probability among all customers.
    pub entries: Vec<f64>,
    /// By place in [`Chain::branches`].
    pub branches: Vec<f64>,
    tables: Vec<(Table, Weights)>,
}

impl Slope {
    /// A figure that does not depend on the chain.
    #[must_use]
    pub fn flat(chain: &Chain) -> Self {
        Self { entries: vec![0.0; chain.entries.len()], branches: vec![0.0; chain.branches.len()], tables: Vec::new() }
    }

    /// Derivative along a shift of the chain.
    #[must_use]
    pub fn along(&self, shift: &Shift<'_>) -> f64 {
        let mut sum = dot(&self.entries, &shift.entries) + dot(&self.branches, &shift.branches);
        for (table, weights) in &self.tables {
            sum += shift.of(*table, |moved| {
                dot(&weights.visits, &moved.visits)
                    + dot(&weights.branches, &moved.branches)
                    + dot(&weights.entries, &moved.entries)
            });
        }
        sum
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).filter(|(_, b)| **b != 0.0).map(|(a, b)| a * b).sum()
}

impl Gradient {
    /// The mean over some personas, all without.
    #[must_use]
    pub fn mean(&self, chain: &Chain, who: &[usize]) -> f64 {
        self.sum.over(chain, who) / self.base.over(chain, who)
    }

    /// Adds `factor` times the derivative of that mean to a slope.
    pub fn add_to(&self, chain: &Chain, who: &[usize], factor: f64, slope: &mut Slope) {
        let base = self.base.over(chain, who);
        let mean = self.sum.over(chain, who) / base;
        if factor == 0.0 || !mean.is_finite() {
            return;
        }
        self.sum.add_to(chain, who, factor / base, slope);
        self.base.add_to(chain, who, -factor * mean / base, slope);
    }
}

impl Side {
    fn over(&self, chain: &Chain, who: &[usize]) -> f64 {
        who.iter().map(|p| chain.personas[*p].value * self.total[*p]).sum()
    }

    fn add_to(&self, chain: &Chain, who: &[usize], factor: f64, slope: &mut Slope) {
        let share: Vec<f64> =
            (0..chain.personas.len()).map(|p| if who.contains(&p) { factor * chain.personas[p].value } else { 0.0 }).collect();
        let of_state = |s: usize| share[chain.states[s].persona.index()];
        let branches = |from: &[f64], into: &mut [f64]| {
            for s in 0..chain.states.len() {
                for k in chain.first_branch[s] as usize..chain.first_branch[s + 1] as usize {
                    into[k] += of_state(s) * from[k];
                }
            }
        };
        for ((into, worth), entry) in slope.entries.iter_mut().zip(&self.entries).zip(&chain.entries) {
            // Entries are shares of all customers already.
            *into += if who.contains(&entry.persona.index()) { factor * worth } else { 0.0 };
        }
        branches(&self.branches, &mut slope.branches);
        for (table, weights) in &self.tables {
            let at = slope.tables.iter().position(|(known, _)| known == table).unwrap_or_else(|| {
                slope.tables.push((*table, Weights::new(chain)));
                slope.tables.len() - 1
            });
            let into = &mut slope.tables[at].1;
            for (s, (into, weight)) in into.visits.iter_mut().zip(&weights.visits).enumerate() {
                *into += of_state(s) * weight;
            }
            branches(&weights.branches, &mut into.branches);
            for ((into, weight), entry) in into.entries.iter_mut().zip(&weights.entries).zip(&chain.entries) {
                *into += share[entry.persona.index()] * weight;
            }
        }
    }
}

impl Walk<'_, f64> {
    /// The gradient of the mean that a question asks for.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn gradient(&self, question: &Question) -> Result<Gradient, Declined> {
        if matches!(question.wants, Wants::Share(..)) {
            return Err(Declined::Distribution);
        }
        let of = |tally: &Tally<'_, f64>, span| self.side_of_sum(tally, span).ok_or(Declined::OtherEngine);
        let (sum, base) = match Method::of(self, question)? {
            Method::Hit { from, to, before, among } => {
                let sum = match from {
                    Some(from) => self.side_after(from, to, before),
                    None => self.side_of_stops(&self.stopped(&events(to, before))),
                };
                (sum, among.map_or_else(|| self.everybody(), |event| self.those(event)))
            }
            Method::Feels => (self.side_of_stops(&self.feeling()), self.everybody()),
            Method::Sum(span) => {
                let tally = Tally::of(self, &question.variable).ok_or(Declined::OtherEngine)?;
                let base = match span {
                    Span::Whole | Span::Until(_) => self.everybody(),
                    Span::To(event) | Span::Through(event) => self.those(event),
                };
                (of(&tally, span)?, base)
            }
            Method::SumOfThose(event) => (of(&Tally::time(self), Span::To(event))?, self.everybody()),
            Method::Discounted(at) => (self.side_discounted(at).ok_or(Declined::OtherEngine)?, self.everybody()),
            Method::Leverage(..) => return Err(Declined::OtherEngine),
        };
        Ok(Gradient { sum, base })
    }
}

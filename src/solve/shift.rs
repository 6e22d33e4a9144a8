//! How fast the numbers of a chain change between two readings of one journey.

use super::amounts::{Amount, Amounts};
use super::discount::transform;
use crate::chain::{Chain, Probability};
use crate::model::law::nearest;
use num_rational::BigRational;
use num_traits::Zero;
use std::cell::RefCell;

/// What steps count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// An amount.
    Amount(Amount),
    /// What a sum after the visit, or after the way, is worth before.
    Discount,
}

/// Differences between two chains of the same shape, over how far they are apart.
#[derive(Debug)]
pub struct Shift<'a> {
    low: Reading<'a>,
    high: Reading<'a>,
    step: BigRational,
    /// By entry, of its probability among all customers.
    pub(super) entries: Vec<f64>,
    /// By place in [`Chain::branches`].
    pub(super) branches: Vec<f64>,
    tables: RefCell<Vec<(Table, Moved)>>,
}

/// A chain, and the discount rate that its money is counted at.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// Continuous, per second.
    pub discount: f64,
}

/// How fast the numbers of a table change.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    /// By state: of its visit.
    pub(super) visits: Vec<f64>,
    /// By branch: of its leave.
    pub(super) branches: Vec<f64>,
    /// By entry: of its leave.
    pub(super) entries: Vec<f64>,
}

/// Whether two chains have the same states, branches and entries, whatever their numbers.
#[must_use]
pub fn same_shape(a: &Chain, b: &Chain) -> bool {
    let flow = |chain: &Chain, leave: u32| chain.flows[chain.leave(leave).flow as usize];
    a.first_branch == b.first_branch
        && a.states.len() == b.states.len()
        && a.entries.len() == b.entries.len()
        && a.states.iter().zip(&b.states).all(|(x, y)| (x.persona, x.touchpoint, x.memory) == (y.persona, y.touchpoint, y.memory))
        && a.branches.iter().zip(&b.branches).all(|(x, y)| x.to == y.to && flow(a, x.leave) == flow(b, y.leave))
        && a.entries
            .iter()
            .zip(&b.entries)
            .all(|(x, y)| (x.arrival, x.persona, x.to) == (y.arrival, y.persona, y.to) && flow(a, x.leave) == flow(b, y.leave))
}

impl<'a> Shift<'a> {
    /// From `low` to `high`, which are `step` apart; `None` if they have not the same shape.
    #[must_use]
    pub fn between(low: Reading<'a>, high: Reading<'a>, step: BigRational) -> Option<Self> {
        if !same_shape(low.chain, high.chain) {
            return None;
        }
        let slope = |a: &Probability, b: &Probability| {
            if a.exact == b.exact { 0.0 } else { nearest(&((&b.exact - &a.exact) / &step)) }
        };
        let of = |at: u32, chain: &'a Chain| &chain.probabilities[at as usize];
        let entries = low.chain.entries.iter().zip(&high.chain.entries);
        let entries = entries.map(|(a, b)| slope(of(a.probability, low.chain), of(b.probability, high.chain))).collect();
        let branches = low.chain.branches.iter().zip(&high.chain.branches);
        let branches = branches.map(|(a, b)| slope(of(a.probability, low.chain), of(b.probability, high.chain))).collect();
        Some(Self { low, high, step, entries, branches, tables: RefCell::default() })
    }

    /// Reads a table, found once.
    pub(super) fn of<T>(&self, table: Table, read: impl Fn(&Moved) -> T) -> T {
        if let Some((_, moved)) = self.tables.borrow().iter().find(|(known, _)| *known == table) {
            return read(moved);
        }
        let moved = self.moved(table);
        let value = read(&moved);
        self.tables.borrow_mut().push((table, moved));
        value
    }

    fn moved(&self, table: Table) -> Moved {
        let (low, high) = (Columns::new(self.low, table), Columns::new(self.high, table));
        let visit = |(a, b): (&crate::chain::State, &crate::chain::State)| {
            self.slope(&low.visits[a.visit as usize], &high.visits[b.visit as usize])
        };
        let leave = |(a, b): (u32, u32)| self.slope(&low.leaves[a as usize], &high.leaves[b as usize]);
        let (a, b) = (self.low.chain, self.high.chain);
        Moved {
            visits: a.states.iter().zip(&b.states).map(visit).collect(),
            branches: a.branches.iter().zip(&b.branches).map(|(a, b)| leave((a.leave, b.leave))).collect(),
            entries: a.entries.iter().zip(&b.entries).map(|(a, b)| leave((a.leave, b.leave))).collect(),
        }
    }

    fn slope(&self, low: &Number, high: &Number) -> f64 {
        match (low, high) {
            (Number { exact: Some(a), .. }, Number { exact: Some(b), .. }) if a == b => 0.0,
            (Number { exact: Some(a), .. }, Number { exact: Some(b), .. }) => nearest(&((b - a) / &self.step)),
            (a, b) => (b.float - a.float) / nearest(&self.step),
        }
    }
}

/// A number of a table: a float, and a fraction where it is one.
struct Number {
    float: f64,
    exact: Option<BigRational>,
}

/// The numbers of a table, by kind of visit and of leave.
struct Columns {
    visits: Vec<Number>,
    leaves: Vec<Number>,
}

impl Columns {
    fn new(reading: Reading<'_>, table: Table) -> Self {
        let Reading { chain, discount } = reading;
        match table {
            Table::Amount(amount) => {
                let (floats, exact) = (Amounts::<f64>::new(chain, amount).mean, Amounts::<BigRational>::new(chain, amount).mean);
                let join = |floats: Vec<Option<f64>>, exact: Vec<Option<BigRational>>| {
                    let pairs = floats.into_iter().zip(exact);
                    pairs.map(|(float, exact)| Number { float: float.unwrap_or(0.0), exact }).collect()
                };
                Self { visits: join(floats.visits, exact.visits), leaves: join(floats.leaves, exact.leaves) }
            }
            Table::Discount => {
                // 1 is taken off: what a short time takes away would drown in it.
                let kept = |law: &crate::model::Law| Number {
                    float: -transform(law, discount).1,
                    exact: law.is_zero().then(BigRational::zero),
                };
                Self {
                    visits: chain.visits.iter().map(|v| kept(&v.takes)).collect(),
                    leaves: chain.leaves.iter().map(|l| kept(&l.after)).collect(),
                }
            }
        }
    }
}

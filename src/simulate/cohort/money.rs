//! Money of whole cohorts.
//!
//! What is certain is counted. Where each visit draws an amount of its own, up to 256 are drawn one by one and added up; the sum of
//! more is drawn from the normal law with its mean and variance, kept above what it can be at least: the skewness of such a sum is
//! a sixteenth of that of one amount, or less.

use super::{Cohorts, Scratch, Setting, Totals};
use crate::chain::{Chain, Rewards};
use crate::model::Law;
use crate::model::law::{nearest, ppnd16};
use crate::simulate::draw::{Curves, Quantity};
use crate::simulate::stream::{Nested, Purpose, Stream, unit};

/// Up to so many amounts are drawn one by one.
const SUMMED: u64 = 256;

/// Where customers are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Visits of a state.
    State(u32),
    /// Those who leave by a branch.
    Branch(u32),
    /// Those who come in by an entry.
    Entry(u32),
}

/// Money at one place.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    pub(super) at: Counted,
    pub(super) cost: Amount,
    pub(super) earns: Amount,
    /// Which share of what is earned is margin.
    pub(super) margin: f64,
}

/// An amount per customer, as the chain has it.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    drawn: Quantity,
    pub(super) mean: f64,
    pub(super) sd: f64,
    low: f64,
}

/// How it stands: mean and standard deviation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    pub(super) mean: f64,
    pub(super) sd: f64,
}

/// Everything in a chain that costs or earns.
pub(super) fn priced(chain: &Chain) -> Vec<Priced> {
    let visits = (0..chain.states.len() as u32).map(|s| (Counted::State(s), &chain.visit(s).rewards));
    let leaves = (0..).zip(&chain.branches).map(|(b, branch)| (Counted::Branch(b), &chain.leave(branch.leave).rewards));
    let entries = (0..).zip(&chain.entries).map(|(e, entry)| (Counted::Entry(e), &chain.leave(entry.leave).rewards));
    let some = |rewards: &Rewards| !rewards.costs.is_empty() || rewards.earns.is_some();
    let all = visits.chain(leaves).chain(entries).filter(|(_, rewards)| some(rewards));
    all.map(|(at, rewards)| Priced {
        at,
        cost: Amount::new(&rewards.costs),
        earns: Amount::new(rewards.earns.iter().map(|(law, _)| law)),
        margin: rewards.earns.as_ref().map_or(0.0, |(_, margin)| nearest(margin)),
    })
    .collect()
}

impl Amount {
    fn new<'a>(laws: impl IntoIterator<Item = &'a Law> + Clone) -> Self {
        let all = laws.clone().into_iter().fold(Law::zero(), |sum, law| sum.plus(law));
        Self {
            drawn: Quantity::new(laws, &mut Curves::default()),
            mean: all.mean(),
            sd: all.variance().max(0.0).sqrt(),
            low: all.low(),
        }
    }

    /// The sum over `n` customers, as the amount stands.
    fn total(&self, n: u64, stands: Stands, word: impl FnOnce() -> u64) -> f64 {
        let sure = n as f64 * stands.mean;
        if stands.sd <= 0.0 || self.sd <= 0.0 || n == 0 {
            return sure;
        }
        // What moves the law moves each of its values alike: exact where only place and scale change.
        let scale = stands.sd / self.sd;
        let word = word();
        if n <= SUMMED {
            let mut words = Nested::new(word);
            let off: f64 = (0..n).map(|_| self.drawn.draw(|| words.next()) - self.mean).sum();
            return sure + off * scale;
        }
        let least = n as f64 * (stands.mean + (self.low - self.mean) * scale);
        (sure + stands.sd * (n as f64).sqrt() * ppnd16(unit(word))).max(least)
    }
}

impl Cohorts {
    /// Adds up what was spent and earned.
    pub(super) fn money(&self, setting: &Setting, stream: Stream, scratch: &Scratch, totals: &mut Totals) {
        for (i, priced) in self.priced.iter().enumerate() {
            let n = scratch.counted(priced.at);
            if n == 0 {
                continue;
            }
            let (cost, earns, margin) = setting.price(i);
            let step = i as u64 + 1;
            let cost = priced.cost.total(n, cost, || stream.word(step, Purpose::VisitCost));
            let revenue = priced.earns.total(n, earns, || stream.word(step, Purpose::VisitEarn));
            totals.cost += cost;
            totals.revenue += revenue;
            totals.margin += revenue * margin - cost;
        }
    }
}

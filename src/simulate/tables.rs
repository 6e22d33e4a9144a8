//! The chain laid out for walking: thresholds for the choice of a branch, laws ready to draw from.

use super::draw::{Quantity, choose};
use crate::chain::{Chain, Leave, Rewards, Visit};
use crate::model::Survey;
use crate::model::law::nearest;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

/// Everything that a walk reads.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    /// Rising, one fewer than there are entries: a word below the `i`-th and not below its predecessor enters by the `i`-th.
    pub(super) entry_below: Box<[u64]>,
    /// By entry.
    pub(super) entries: Box<[EntryRow]>,
    /// By state: its branches are `first_branch[s]..first_branch[s + 1]`.
    pub(super) first_branch: Box<[u32]>,
    /// By branch: the thresholds of its state; that of the last one is not read.
    pub(super) below: Box<[u64]>,
    /// By branch.
    pub(super) branches: Box<[BranchRow]>,
    /// By state.
    pub(super) states: Box<[StateRow]>,
    /// By visit of the chain.
    pub(super) visits: Box<[VisitKind]>,
    /// By leave of the chain.
    pub(super) leaves: Box<[LeaveKind]>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct EntryRow {
    pub(super) to: u32,
    pub(super) leave: u32,
    pub(super) persona: u32,
    pub(super) arrival: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct BranchRow {
    pub(super) to: u32,
    pub(super) leave: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct StateRow {
    pub(super) touchpoint: u32,
    pub(super) visit: u32,
}

/// What happens on meeting a touchpoint.
#[derive(Clone, Debug)]
pub(super) struct VisitKind {
    pub(super) reaches: Box<[u32]>,
    pub(super) rewards: RewardsKind,
    pub(super) effort: Option<Quantity>,
    pub(super) surveys: Box<[(Survey, Quantity)]>,
    pub(super) takes: Quantity,
}

/// What happens on leaving one.
#[derive(Clone, Debug)]
pub(super) struct LeaveKind {
    pub(super) flow: u32,
    pub(super) reaches: Box<[u32]>,
    pub(super) rewards: RewardsKind,
    pub(super) after: Quantity,
}

/// Money and feelings, drawn or certain.
#[derive(Clone, Debug)]
pub(super) struct RewardsKind {
    /// All of it, where chance has no part.
    pub(super) certain: Option<Reward>,
    pub(super) cost: Quantity,
    pub(super) earns: Option<(Quantity, f64)>,
    pub(super) feel: Option<Quantity>,
}

/// What one instant brought.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Reward {
    pub(super) cost: f64,
    pub(super) revenue: f64,
    pub(super) margin: f64,
    pub(super) felt: Option<f64>,
}

impl Tables {
    pub(super) fn new(chain: &Chain) -> Self {
        let exact = |id: u32| &chain.probabilities[id as usize].exact;
        let mut below = Vec::with_capacity(chain.branches.len());
        for state in 0..chain.states.len() {
            let start = below.len();
            let branches = &chain.branches[chain.first_branch[state] as usize..chain.first_branch[state + 1] as usize];
            below.extend(thresholds(branches.iter().map(|b| exact(b.probability))));
            below.resize(start + branches.len(), u64::MAX);
        }
        Self {
            entry_below: thresholds(chain.entries.iter().map(|e| exact(e.probability))).collect(),
            entries: chain
                .entries
                .iter()
                .map(|e| EntryRow { to: e.to, leave: e.leave, persona: e.persona.0, arrival: e.arrival.0 })
                .collect(),
            first_branch: chain.first_branch.as_slice().into(),
            below: below.into(),
            branches: chain.branches.iter().map(|b| BranchRow { to: b.to, leave: b.leave }).collect(),
            states: chain.states.iter().map(|s| StateRow { touchpoint: s.touchpoint.0, visit: s.visit }).collect(),
            visits: chain.visits.iter().map(VisitKind::new).collect(),
            leaves: chain.leaves.iter().map(LeaveKind::new).collect(),
        }
    }

    /// The branch that a word takes out of a state.
    #[inline]
    pub(super) fn branch(&self, state: u32, word: impl FnOnce() -> u64) -> BranchRow {
        let (start, end) = (self.first_branch[state as usize] as usize, self.first_branch[state as usize + 1] as usize);
        if end - start == 1 {
            return self.branches[start];
        }
        self.branches[start + choose(&self.below[start..end - 1], word())]
    }
}

/// The sums of all probabilities but the last, in units of 2^−64, from exact fractions.
fn thresholds<'a>(probabilities: impl ExactSizeIterator<Item = &'a BigRational>) -> impl Iterator<Item = u64> {
    let all_but_last = probabilities.len().saturating_sub(1);
    let mut sum = BigRational::zero();
    probabilities.take(all_but_last).map(move |p| {
        sum += p;
        let scaled: num_bigint::BigInt = (sum.numer() << 64_u32) / sum.denom();
        scaled.to_u64().unwrap_or(u64::MAX)
    })
}

impl VisitKind {
    fn new(visit: &Visit) -> Self {
        Self {
            reaches: visit.reaches.iter().map(|g| g.0).collect(),
            rewards: RewardsKind::new(&visit.rewards),
            effort: visit.effort.as_ref().map(|law| Quantity::new([law])),
            surveys: visit.surveys.iter().map(|(survey, law)| (*survey, Quantity::new([law]))).collect(),
            takes: Quantity::new([&visit.takes]),
        }
    }
}

impl LeaveKind {
    fn new(leave: &Leave) -> Self {
        Self {
            flow: leave.flow,
            reaches: leave.reaches.iter().map(|g| g.0).collect(),
            rewards: RewardsKind::new(&leave.rewards),
            after: Quantity::new([&leave.after]),
        }
    }
}

impl RewardsKind {
    fn new(rewards: &Rewards) -> Self {
        let mut kind = Self {
            certain: None,
            cost: Quantity::new(&rewards.costs),
            earns: rewards.earns.as_ref().map(|(law, margin)| (Quantity::new([law]), nearest(margin))),
            feel: rewards.feel.as_ref().map(|law| Quantity::new([law])),
        };
        kind.certain = kind.if_certain();
        kind
    }

    fn if_certain(&self) -> Option<Reward> {
        let cost = self.cost.certain()?;
        let (revenue, share) = match &self.earns {
            Some((earned, share)) => (earned.certain()?, *share),
            None => (0.0, 0.0),
        };
        let felt = match &self.feel {
            Some(feel) => Some(feel.certain()?),
            None => None,
        };
        Some(Reward { cost, revenue, margin: revenue * share - cost, felt })
    }
}

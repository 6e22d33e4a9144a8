//! The rows of a chain in the order in which PRISM is told of them.

use super::super::mean::Means;
use crate::chain::{Branch, Chain, State};
use crate::model::GoalId;
use num_rational::BigRational;
use std::collections::HashMap;
use std::fmt;

/// The rows: outside, states, ways, ends.
#[derive(Debug)]
pub(super) struct Rows {
    /// The states in their new order; the first is row 1.
    pub(super) order: Vec<u32>,
    /// By state: its row.
    state: Vec<u32>,
    /// By leave: the place of its set of goals in `reached`; 0 where it reaches none.
    leave: Vec<u32>,
    /// Sets of goals that leaves reach; the first is empty.
    reached: Vec<Vec<GoalId>>,
    /// Branches that reach goals, each set of goals and target once.
    pub(super) ways: Vec<Way>,
    way: HashMap<Way, u32>,
    ends: usize,
}

/// On a branch that reaches goals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Way {
    /// Which goals: a place in `Rows::reached`.
    goals: u32,
    /// A state or an end, as the chain counts them.
    pub(super) to: u32,
}

/// Rows next to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Range {
    pub(super) fn one(row: u32) -> Self {
        Self { first: row, last: row }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last } = self;
        if first == last { write!(f, "s={first}") } else { write!(f, "(s>={first} & s<={last})") }
    }
}

impl Rows {
    pub(super) fn new(chain: &Chain) -> Self {
        let mut order: Vec<u32> = (0..chain.states.len() as u32).collect();
        let key = |&s: &u32| {
            let state = &chain.states[s as usize];
            (state.persona, state.touchpoint, state.visit)
        };
        let shape = |s: u32| chain.branches_of(s).iter().map(|b| (b.probability, b.leave));
        order.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| shape(*a).cmp(shape(*b))).then(a.cmp(b)));
        let mut state = vec![0; order.len()];
        for (row, s) in (1..).zip(&order) {
            state[*s as usize] = row;
        }
        let mut reached: Vec<Vec<GoalId>> = vec![Vec::new()];
        let mut known: HashMap<&[GoalId], u32> = HashMap::from([(&[][..], 0)]);
        let mut leave = Vec::with_capacity(chain.leaves.len());
        for l in &chain.leaves {
            leave.push(*known.entry(&l.reaches).or_insert_with(|| {
                reached.push(l.reaches.clone());
                reached.len() as u32 - 1
            }));
        }
        let taken = chain.branches.iter().map(|b| (b.leave, b.to)).chain(chain.entries.iter().map(|e| (e.leave, e.to)));
        let ways = taken.map(|(l, to)| Way { goals: leave[l as usize], to }).filter(|way| way.goals > 0);
        let mut ways: Vec<Way> = ways.collect();
        ways.sort_unstable();
        ways.dedup();
        let first_way = order.len() as u32 + 1;
        let way = (first_way..).zip(&ways).map(|(row, way)| (*way, row)).collect();
        Self { order, state, leave, reached, ways, way, ends: chain.ends }
    }

    pub(super) fn first_way(&self) -> u32 {
        self.order.len() as u32 + 1
    }

    pub(super) fn first_end(&self) -> u32 {
        self.first_way() + self.ways.len() as u32
    }

    /// The ends, if there are any.
    pub(super) fn ends(&self) -> Option<Range> {
        (self.ends > 0).then(|| Range { first: self.first_end(), last: self.count() - 1 })
    }

    pub(super) fn count(&self) -> u32 {
        self.first_end() + self.ends as u32
    }

    /// The row of a state or an end, as the chain counts them.
    pub(super) fn place(&self, to: u32) -> u32 {
        match (to as usize).checked_sub(self.state.len()) {
            None => self.state[to as usize],
            Some(end) => self.first_end() + end as u32,
        }
    }

    /// The row that a branch leads to at once.
    fn target(&self, leave: u32, to: u32) -> u32 {
        match self.leave[leave as usize] {
            0 => self.place(to),
            goals => self.way[&Way { goals, to }],
        }
    }

    /// Where a state leads, each row once.
    pub(super) fn state_steps(&self, chain: &Chain, state: u32) -> Vec<(u32, BigRational)> {
        let steps = chain.branches_of(state).iter().map(|b| (self.target(b.leave, b.to), b.probability));
        merged(chain, steps)
    }

    /// How customers come in, each row once.
    pub(super) fn entry_steps(&self, chain: &Chain) -> Vec<(u32, BigRational)> {
        merged(chain, chain.entries.iter().map(|e| (self.target(e.leave, e.to), e.probability)))
    }

    /// The states of which something holds.
    pub(super) fn states_where(&self, chain: &Chain, holds: impl Fn(&State) -> bool) -> Vec<Range> {
        let mut ranges = Vec::new();
        for (row, &s) in (1..).zip(&self.order) {
            if holds(&chain.states[s as usize]) {
                push(&mut ranges, row);
            }
        }
        ranges
    }

    /// Where a goal is reached: states on whose visit it is, and ways.
    pub(super) fn reaching(&self, chain: &Chain, goal: GoalId) -> Vec<Range> {
        let mut ranges = self.states_where(chain, |s| chain.visits[s.visit as usize].reaches.contains(&goal));
        for (row, way) in (self.first_way()..).zip(&self.ways) {
            if self.reached[way.goals as usize].contains(&goal) {
                push(&mut ranges, row);
            }
        }
        ranges
    }

    /// What is expected of each row, rows alike taken together; ways and ends bring nothing.
    pub(super) fn stays(&self, chain: &Chain, visits: &[Means], leaves: &[Means]) -> Vec<(Range, Means)> {
        let of = |probability: u32, leave: u32| (&chain.probabilities[probability as usize], &leaves[leave as usize]);
        let outside = Means::of_stay(None, chain.entries.iter().map(|e| of(e.probability, e.leave)));
        let mut stays = vec![(Range::one(0), outside)];
        let alike = |a: u32, b: u32| {
            let shape = |s: u32| chain.branches_of(s).iter().map(|b: &Branch| (b.probability, b.leave));
            chain.states[a as usize].visit == chain.states[b as usize].visit && shape(a).eq(shape(b))
        };
        let mut before = None;
        for (row, &s) in (1..).zip(&self.order) {
            match stays.last_mut() {
                Some((range, _)) if before.is_some_and(|before| alike(before, s)) => range.last = row,
                _ => {
                    let visit = &visits[chain.states[s as usize].visit as usize];
                    let ways = chain.branches_of(s).iter().map(|b| of(b.probability, b.leave));
                    stays.push((Range::one(row), Means::of_stay(Some(visit), ways)));
                }
            }
            before = Some(s);
        }
        stays
    }
}

fn push(ranges: &mut Vec<Range>, row: u32) {
    match ranges.last_mut() {
        Some(range) if range.last + 1 == row => range.last = row,
        _ => ranges.push(Range::one(row)),
    }
}

/// Steps by row, those to the same row added up.
fn merged(chain: &Chain, steps: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, BigRational)> {
    let mut steps: Vec<(u32, u32)> = steps.collect();
    steps.sort_unstable();
    let mut merged: Vec<(u32, BigRational)> = Vec::with_capacity(steps.len());
    for (to, probability) in steps {
        let exact = &chain.probabilities[probability as usize].exact;
        match merged.last_mut() {
            Some((same, sum)) if *same == to => *sum += exact,
            _ => merged.push((to, exact.clone())),
        }
    }
    merged
}

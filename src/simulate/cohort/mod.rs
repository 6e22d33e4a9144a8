//! `Chain` → totals of one campaign: whole cohorts moved, nobody walked alone.
//!
//! Comes in: a chain, how many customers arrive, and how the numbers of the chain stand (a [`Setting`]). Goes out: [`Totals`] of one
//! campaign, drawn. What must hold: the law is that of as many customers walked one by one. Customers decide alone, so those who
//! stand in one state share out over its branches as one multinomial draw (a binomial per branch, of those who are left), and
//! whether they stand there together or come one after the other changes nothing. States are taken class by class, in the order
//! in which customers come to them; within a loop, sweep after sweep until nobody is left. So the cost hangs on the number
//! of states and on the logarithm of the number of customers.
//!
//! Random words are addressed, by (seed, part, replication, sweep and state), as `docs/decisions/0003-random-streams.md` has it:
//! threads change nothing.

mod binomial;
mod money;
mod setting;

#[cfg(test)]
mod tests;

pub use setting::{Luck, Part, Setting, Unsure};

use super::stream::{Nested, Purpose, Stream, unit};
use crate::chain::Chain;
use crate::chain::classes::Search;
use binomial::binomial;
use money::{Counted, Priced};
use std::ops::Range;

/// Up to so many customers choose their branch one by one: that costs less than a binomial per branch.
const ONE_BY_ONE: u64 = 4;
/// Sweeps through one loop after which those who are still in it are given up.
const MOST_SWEEPS: u64 = 1 << 22;

/// A chain laid out for cohorts.
#[derive(Clone, Debug)]
pub struct Cohorts {
    states: usize,
    ends: usize,
    goals: usize,
    /// By entry: where it leads.
    entries: Vec<u32>,
    first_branch: Vec<u32>,
    /// By branch: where it leads.
    to: Vec<u32>,
    /// The states, class by class, each class before those that it leads to.
    order: Vec<u32>,
    /// Where a class stands in `order`, and whether customers can come back within it.
    classes: Vec<(Range<usize>, bool)>,
    /// Where goals are reached.
    reached: Vec<(Counted, u32)>,
    /// Where money is spent or earned.
    priced: Vec<Priced>,
}

/// What one campaign brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// How many customers came.
    pub customers: u64,
    /// By goal: how many times it was reached.
    pub goals: Vec<u64>,
    /// By end: how many customers ended there.
    pub ends: Vec<u64>,
    /// Spent.
    pub cost: f64,
    /// Earned.
    pub revenue: f64,
    /// Earnings × their margin − cost.
    pub margin: f64,
    /// How many customers were given up in a loop.
    pub unfinished: u64,
    /// How many cohorts were moved: what the campaign took to compute.
    pub moves: u64,
}

/// What a campaign needs while it runs; to be used again for the next.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// By row: who stands there, to be moved.
    at: Vec<u64>,
    visits: Vec<u64>,
    passages: Vec<u64>,
    entered: Vec<u64>,
}

impl Cohorts {
    /// Lays out a chain of a journey with so many goals.
    #[must_use]
    pub fn new(chain: &Chain, goals: usize) -> Self {
        let states = chain.states.len();
        let mut classes = Vec::new();
        let mut order = Vec::with_capacity(states);
        let to: Vec<u32> = chain.branches.iter().map(|b| b.to).collect();
        let nodes: Vec<u32> = (0..states as u32).collect();
        Search::new(states).classes(
            &nodes,
            &chain.first_branch,
            &to,
            |row| (row as usize) < states,
            |class| {
                let returns = class.len() > 1 || chain.branches_of(class[0]).iter().any(|b| b.to == class[0]);
                // Classes are found after those that they lead to, and are wanted before: turned round at the end.
                let start = order.len();
                order.extend(class.iter().rev());
                classes.push((start..order.len(), returns));
            },
        );
        order.reverse();
        classes.reverse();
        for (range, _) in &mut classes {
            *range = states - range.end..states - range.start;
        }
        let goal = |at: Counted, goals: &[crate::model::GoalId]| goals.iter().map(move |g| (at, g.0)).collect::<Vec<_>>();
        let on_visits = (0..states as u32).flat_map(|s| goal(Counted::State(s), &chain.visit(s).reaches));
        let leaves =
            (0..).zip(&chain.branches).flat_map(|(b, branch)| goal(Counted::Branch(b), &chain.leave(branch.leave).reaches));
        let entries = (0..).zip(&chain.entries).flat_map(|(e, entry)| goal(Counted::Entry(e), &chain.leave(entry.leave).reaches));
        let reached = on_visits.chain(leaves).chain(entries).collect();
        Self {
            states,
            ends: chain.ends,
            goals,
            entries: chain.entries.iter().map(|e| e.to).collect(),
            first_branch: chain.first_branch.clone(),
            to,
            order,
            classes,
            reached,
            priced: money::priced(chain),
        }
    }

    /// One campaign: its totals are a function of the setting and of the luck alone.
    #[must_use]
    pub fn campaign(&self, setting: &Setting, luck: Luck, scratch: &mut Scratch) -> Totals {
        let stream = luck.stream();
        scratch.clear(self);
        let customers = setting.customers();
        let mut totals = Totals { customers, goals: vec![0; self.goals], ..Totals::default() };
        if self.entries.is_empty() {
            return Totals { customers: 0, ends: vec![0; self.ends], ..totals };
        }
        let mut words = Nested::new(stream.word(0, Purpose::Branch));
        split(customers, setting.entries(), &mut words, |entry, n| {
            scratch.entered[entry] += n;
            scratch.at[self.entries[entry] as usize] += n;
        });
        for (class, returns) in &self.classes {
            self.empty(&self.order[class.clone()], *returns, setting, stream, scratch, &mut totals);
        }
        totals.ends = scratch.at[self.states..].to_vec();
        for (at, goal) in &self.reached {
            totals.goals[*goal as usize] += scratch.counted(*at);
        }
        self.money(setting, stream, scratch, &mut totals);
        totals
    }

    /// Moves the customers in the states of a class until nobody is left there.
    fn empty(&self, class: &[u32], returns: bool, setting: &Setting, stream: Stream, scratch: &mut Scratch, totals: &mut Totals) {
        for sweep in 0..MOST_SWEEPS {
            let mut moved = false;
            for &state in class {
                let s = state as usize;
                let n = std::mem::take(&mut scratch.at[s]);
                if n == 0 {
                    continue;
                }
                moved = true;
                totals.moves += 1;
                scratch.visits[s] += n;
                let (start, end) = (self.first_branch[s] as usize, self.first_branch[s + 1] as usize);
                if end - start == 1 {
                    scratch.passages[start] += n;
                    scratch.at[self.to[start] as usize] += n;
                    continue;
                }
                let step = 1 + s as u64 + sweep * self.states as u64;
                let mut words = Nested::new(stream.word(step, Purpose::Branch));
                let (passages, at) = (&mut scratch.passages, &mut scratch.at);
                split(n, setting.row(start, end), &mut words, |branch, n| {
                    passages[start + branch] += n;
                    at[self.to[start + branch] as usize] += n;
                });
            }
            if !returns || !moved {
                return;
            }
        }
        for &state in class {
            totals.unfinished += std::mem::take(&mut scratch.at[state as usize]);
        }
    }
}

/// The branches of a row, for splitting.
#[derive(Clone, Copy, Debug)]
struct Row<'a> {
    /// By branch: the probability of it or one before it, all of them adding up to the last.
    below: &'a [f64],
    /// By branch: its probability among those who took none before it.
    share: &'a [f64],
}

/// Shares `n` customers out over the branches of a row: a multinomial draw. `give` is told of each branch that some take.
fn split(n: u64, row: Row<'_>, words: &mut Nested, mut give: impl FnMut(usize, u64)) {
    let last = row.share.len() - 1;
    if n <= ONE_BY_ONE {
        for _ in 0..n {
            let u = unit(words.next()) * row.below[last];
            give(row.below[..last].iter().position(|below| u < *below).unwrap_or(last), 1);
        }
        return;
    }
    let mut left = n;
    for (branch, share) in row.share.iter().enumerate() {
        let taken = binomial(left, *share, words);
        if taken > 0 {
            give(branch, taken);
            left -= taken;
            if left == 0 {
                return;
            }
        }
    }
}

impl Scratch {
    fn clear(&mut self, cohorts: &Cohorts) {
        let zero = |counts: &mut Vec<u64>, length: usize| {
            counts.clear();
            counts.resize(length, 0);
        };
        zero(&mut self.at, cohorts.states + cohorts.ends);
        zero(&mut self.visits, cohorts.states);
        zero(&mut self.passages, cohorts.to.len());
        zero(&mut self.entered, cohorts.entries.len());
    }

    /// How many passed there.
    fn counted(&self, at: Counted) -> u64 {
        match at {
            Counted::State(s) => self.visits[s as usize],
            Counted::Branch(b) => self.passages[b as usize],
            Counted::Entry(e) => self.entered[e as usize],
        }
    }
}

//! The most probable paths, by best-first search over the chain.
//!
//! A path is a sequence of touchpoints. States that differ only in persona or memory are kept together: a node carries the
//! probability of every state that its sequence may stand in, so that nodes come off the heap in order of what the whole
//! sequence is worth, and the first paths completed are the most probable ones.

use super::figures::{TypicalPath, TypicalPaths};
use crate::chain::{Chain, Row};
use crate::limits::PATHS_LOOKED_AT;
use crate::model::{EndId, GoalId, TouchpointId};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// How many paths are shown to the goal, and to failure.
const SHOWN: usize = 5;

/// The most probable paths to the first time `goal` is reached, and to a failing end.
pub(super) fn typical(chain: &Chain, goal: Option<GoalId>, failing: &[bool]) -> TypicalPaths {
    TypicalPaths {
        to_goal: goal.map_or_else(Vec::new, |goal| search(chain, &Aim::Goal(goal))),
        to_failure: search(chain, &Aim::Failure(failing)),
    }
}

enum Aim<'a> {
    Goal(GoalId),
    Failure(&'a [bool]),
}

impl Aim<'_> {
    fn goal_in(&self, reaches: &[GoalId]) -> bool {
        matches!(self, Self::Goal(goal) if reaches.contains(goal))
    }

    fn end(&self, end: EndId) -> bool {
        matches!(self, Self::Failure(failing) if failing[end.index()])
    }
}

/// Probability, and probability × mean time so far.
#[derive(Clone, Copy, Default)]
struct Mass {
    probability: f64,
    time: f64,
}

impl Mass {
    fn along(self, probability: f64, time: f64) -> Self {
        Self { probability: self.probability * probability, time: (self.time + self.probability * time) * probability }
    }

    fn add(&mut self, other: Self) {
        self.probability += other.probability;
        self.time += other.time;
    }
}

/// A sequence, open at its last touchpoint (by state), or complete.
struct Node {
    /// Its last touchpoint: a place in [`Sequences`].
    last: Option<u32>,
    states: Vec<(u32, Mass)>,
    complete: Option<(Option<EndId>, Mass)>,
    probability: f64,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Node {}
impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        let ends = |n: &Self| n.complete.as_ref().map(|(end, _)| *end);
        (self.probability.total_cmp(&other.probability))
            .then_with(|| other.last.cmp(&self.last))
            .then_with(|| ends(other).cmp(&ends(self)))
    }
}

fn search(chain: &Chain, aim: &Aim<'_>) -> Vec<TypicalPath> {
    let mut heap = BinaryHeap::new();
    let mut entries = Spread::default();
    for entry in &chain.entries {
        let leave = chain.leave(entry.leave);
        let mass = Mass { probability: 1.0, time: 0.0 }.along(chain.probability(entry.probability), leave.after.mean());
        // A goal reached on coming in completes a path that has met no touchpoint.
        entries.add(chain, aim, entry.to, leave, mass);
    }
    let mut sequences = Sequences::default();
    entries.push_onto(&mut heap, &mut sequences, None);
    let mut found = Vec::new();
    let mut looked_at = 0;
    while let Some(node) = heap.pop() {
        if let Some((end, mass)) = node.complete {
            let touchpoints = sequences.path(node.last);
            found.push(TypicalPath { touchpoints, end, probability: mass.probability, mean_time: mass.time / mass.probability });
            if found.len() == SHOWN {
                break;
            }
            continue;
        }
        // Past the cap nothing more is opened: what is complete comes off the heap in its order.
        looked_at += 1;
        if looked_at > PATHS_LOOKED_AT {
            continue;
        }
        let mut onward = Spread::default();
        for (state, mass) in &node.states {
            let visit = chain.visit(*state);
            if aim.goal_in(&visit.reaches) {
                onward.complete(None, *mass);
                continue;
            }
            for branch in chain.branches_of(*state) {
                let leave = chain.leave(branch.leave);
                let spent = visit.takes.mean();
                if aim.goal_in(&leave.reaches) {
                    onward.complete(None, mass.along(chain.probability(branch.probability), spent));
                } else {
                    let mass = mass.along(chain.probability(branch.probability), spent + leave.after.mean());
                    onward.add(chain, aim, branch.to, leave, mass);
                }
            }
        }
        onward.push_onto(&mut heap, &mut sequences, node.last);
    }
    found
}

/// All sequences looked at, each as its last touchpoint and the sequence before it: long loops share their beginnings.
#[derive(Default)]
struct Sequences {
    links: Vec<(Option<u32>, TouchpointId)>,
}

impl Sequences {
    fn add(&mut self, before: Option<u32>, touchpoint: TouchpointId) -> u32 {
        self.links.push((before, touchpoint));
        self.links.len() as u32 - 1
    }

    fn path(&self, last: Option<u32>) -> Vec<TouchpointId> {
        let mut path: Vec<TouchpointId> =
            std::iter::successors(last, |link| self.links[*link as usize].0).map(|link| self.links[link as usize].1).collect();
        path.reverse();
        path
    }
}

/// Where the customers of one sequence go next.
#[derive(Default)]
struct Spread {
    next: BTreeMap<TouchpointId, BTreeMap<u32, Mass>>,
    complete: BTreeMap<Option<EndId>, Mass>,
}

impl Spread {
    fn complete(&mut self, end: Option<EndId>, mass: Mass) {
        self.complete.entry(end).or_default().add(mass);
    }

    fn add(&mut self, chain: &Chain, aim: &Aim<'_>, to: u32, leave: &crate::chain::Leave, mass: Mass) {
        match chain.row(to) {
            _ if aim.goal_in(&leave.reaches) => self.complete(None, mass),
            Row::End(end) if aim.end(end) => self.complete(Some(end), mass),
            Row::End(_) => {}
            Row::State(state) => {
                let touchpoint = chain.states[state as usize].touchpoint;
                self.next.entry(touchpoint).or_default().entry(state).or_default().add(mass);
            }
        }
    }

    fn push_onto(self, heap: &mut BinaryHeap<Node>, sequences: &mut Sequences, last: Option<u32>) {
        for (end, mass) in self.complete {
            let complete = Some((end, mass));
            heap.push(Node { last, states: Vec::new(), complete, probability: mass.probability });
        }
        for (touchpoint, states) in self.next {
            let states: Vec<(u32, Mass)> = states.into_iter().collect();
            let probability = states.iter().map(|(_, m)| m.probability).sum();
            heap.push(Node { last: Some(sequences.add(last, touchpoint)), states, complete: None, probability });
        }
    }
}

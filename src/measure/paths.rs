//! The most probable paths, by best-first search over the chain.
//!
//! A path is a sequence of touchpoints. States that differ only in persona or memory are kept together: a node carries the
//! probability of every state that its sequence may stand in, so that nodes come off the heap in order of what the whole
//! sequence is worth, and the first paths completed are the most probable ones.

use super::figures::{TypicalPath, TypicalPaths};
use crate::chain::{Chain, Row};
use crate::limits::PATHS_LOOKED_AT;
use crate::model::{EndId, Event, GoalId, Model, Place, TouchpointId};
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

/// The most probable paths to the first time something happens, and to any end without it: of all who arrive, or of those who
/// ever meet `from`, from the first time that they do. Probabilities are shares of all who arrive.
#[must_use]
pub fn paths_between(model: &Model, chain: &Chain, from: Option<Place>, to: Event) -> TypicalPaths {
    let between = Between { model, from, to };
    TypicalPaths { to_goal: search(chain, &Aim::To(between)), to_failure: search(chain, &Aim::Away(between)) }
}

/// The share of all who arrive whose journey is exactly this one, from arrival to its end (or, without an end, who go on or have
/// gone on from its last touchpoint).
#[must_use]
pub fn path_probability(chain: &Chain, touchpoints: &[TouchpointId], end: Option<EndId>) -> f64 {
    let mut rows: BTreeMap<u32, f64> = BTreeMap::new();
    for entry in &chain.entries {
        *rows.entry(entry.to).or_default() += chain.probability(entry.probability);
    }
    for (at, touchpoint) in touchpoints.iter().enumerate() {
        let here =
            |row: u32| matches!(chain.row(row), Row::State(state) if chain.states[state as usize].touchpoint == *touchpoint);
        rows.retain(|row, _| here(*row));
        if at + 1 == touchpoints.len() && end.is_none() {
            break;
        }
        let mut onward: BTreeMap<u32, f64> = BTreeMap::new();
        for (state, mass) in rows {
            for branch in chain.branches_of(state) {
                *onward.entry(branch.to).or_default() += mass * chain.probability(branch.probability);
            }
        }
        rows = onward;
    }
    if let Some(end) = end {
        rows.retain(|row, _| chain.row(*row) == Row::End(end));
    }
    rows.values().sum()
}

/// What paths lead to.
enum Aim<'a> {
    Goal(GoalId),
    Failure(&'a [bool]),
    To(Between<'a>),
    /// Any end, what is aimed at never having happened.
    Away(Between<'a>),
}

#[derive(Clone, Copy)]
struct Between<'a> {
    model: &'a Model,
    from: Option<Place>,
    to: Event,
}

/// What an event means for a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Open,
    Complete,
    /// No path of this aim goes on from here.
    Dropped,
}

impl Aim<'_> {
    /// What its paths count from, if not from arrival.
    fn from(&self) -> Option<(&Model, Place)> {
        match self {
            Self::Goal(_) | Self::Failure(_) => None,
            Self::To(b) | Self::Away(b) => Some(b.model).zip(b.from),
        }
    }

    /// `first`: whether this is the meeting that paths count from.
    fn on_meeting(&self, first: bool, touchpoint: TouchpointId, reaches: &[GoalId]) -> Fate {
        let happens = |b: &Between<'_>| match b.to {
            // Nothing follows itself.
            Event::Meet(place) => !(first && b.from == Some(place)) && b.model.meets(place, touchpoint),
            Event::Reach(goal) => reaches.contains(&goal),
            Event::Stop(_) => false,
        };
        match self {
            Self::Goal(goal) if reaches.contains(goal) => Fate::Complete,
            Self::To(b) if happens(b) => Fate::Complete,
            Self::Away(b) if happens(b) => Fate::Dropped,
            _ => Fate::Open,
        }
    }

    fn on_leaving(&self, reaches: &[GoalId]) -> Fate {
        let happens = |b: &Between<'_>| matches!(b.to, Event::Reach(goal) if reaches.contains(&goal));
        match self {
            Self::Goal(goal) if reaches.contains(goal) => Fate::Complete,
            Self::To(b) if happens(b) => Fate::Complete,
            Self::Away(b) if happens(b) => Fate::Dropped,
            _ => Fate::Open,
        }
    }

    fn end(&self, end: EndId) -> bool {
        match self {
            Self::Goal(_) => false,
            Self::Failure(failing) => failing[end.index()],
            Self::To(b) => b.to == Event::Stop(end),
            Self::Away(b) => b.to != Event::Stop(end),
        }
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
    /// Whether its only touchpoint is the meeting that paths count from.
    first: bool,
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
    let mut sequences = Sequences::default();
    let mut begun = Spread::default();
    let from = aim.from();
    match from {
        Some((model, place)) => {
            for (state, probability) in first_meetings(model, chain, place) {
                begun.meet(chain, state, Mass { probability, time: 0.0 });
            }
        }
        None => {
            for entry in &chain.entries {
                let leave = chain.leave(entry.leave);
                let mass = Mass { probability: 1.0, time: 0.0 }.along(chain.probability(entry.probability), leave.after.mean());
                // A goal reached on coming in completes a path that has met no touchpoint.
                begun.add(chain, aim, entry.to, leave, mass);
            }
        }
    }
    begun.push_onto(&mut heap, &mut sequences, None, from.is_some());
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
        let Some(touchpoint) = node.last.map(|last| sequences.links[last as usize].1) else { continue };
        let mut onward = Spread::default();
        for (state, mass) in &node.states {
            let visit = chain.visit(*state);
            match aim.on_meeting(node.first, touchpoint, &visit.reaches) {
                Fate::Open => {}
                Fate::Complete => {
                    onward.complete(None, *mass);
                    continue;
                }
                Fate::Dropped => continue,
            }
            for branch in chain.branches_of(*state) {
                let leave = chain.leave(branch.leave);
                let spent = visit.takes.mean();
                let probability = chain.probability(branch.probability);
                if aim.on_leaving(&leave.reaches) == Fate::Complete {
                    onward.complete(None, mass.along(probability, spent));
                } else {
                    let mass = mass.along(probability, spent + leave.after.mean());
                    onward.add(chain, aim, branch.to, leave, mass);
                }
            }
        }
        onward.push_onto(&mut heap, &mut sequences, node.last, false);
    }
    found
}

/// Rounds after which those still under way are left out; what they make is below what is printed.
const ROUNDS: usize = 100_000;

/// In which states customers meet a place for the first time, and what share of all who arrive do.
fn first_meetings(model: &Model, chain: &Chain, place: Place) -> BTreeMap<u32, f64> {
    let mut found: BTreeMap<u32, f64> = BTreeMap::new();
    let mut rows = vec![0.0; chain.states.len()];
    let mut settle = |rows: &mut [f64], to: u32, mass: f64| {
        if let Row::State(state) = chain.row(to) {
            if model.meets(place, chain.states[state as usize].touchpoint) {
                *found.entry(state).or_default() += mass;
            } else {
                rows[state as usize] += mass;
            }
        }
    };
    for entry in &chain.entries {
        settle(&mut rows, entry.to, chain.probability(entry.probability));
    }
    for _ in 0..ROUNDS {
        if rows.iter().sum::<f64>() < 1e-12 {
            break;
        }
        let before = std::mem::replace(&mut rows, vec![0.0; chain.states.len()]);
        for (state, mass) in (0..).zip(before).filter(|(_, mass)| *mass > 0.0) {
            for branch in chain.branches_of(state) {
                settle(&mut rows, branch.to, mass * chain.probability(branch.probability));
            }
        }
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
        match (aim.on_leaving(&leave.reaches), chain.row(to)) {
            (Fate::Complete, _) => self.complete(None, mass),
            (Fate::Dropped, _) => {}
            (Fate::Open, Row::End(end)) if aim.end(end) => self.complete(Some(end), mass),
            (Fate::Open, Row::End(_)) => {}
            (Fate::Open, Row::State(state)) => self.meet(chain, state, mass),
        }
    }

    fn meet(&mut self, chain: &Chain, state: u32, mass: Mass) {
        let touchpoint = chain.states[state as usize].touchpoint;
        self.next.entry(touchpoint).or_default().entry(state).or_default().add(mass);
    }

    fn push_onto(self, heap: &mut BinaryHeap<Node>, sequences: &mut Sequences, last: Option<u32>, first: bool) {
        for (end, mass) in self.complete {
            let complete = Some((end, mass));
            heap.push(Node { last, states: Vec::new(), first, complete, probability: mass.probability });
        }
        for (touchpoint, states) in self.next {
            let states: Vec<(u32, Mass)> = states.into_iter().collect();
            let probability = states.iter().map(|(_, m)| m.probability).sum();
            heap.push(Node { last: Some(sequences.add(last, touchpoint)), states, first, complete: None, probability });
        }
    }
}

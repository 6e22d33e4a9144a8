//! The chain up to the first time the goal is reached, with a visit that reaches it as a last visit.

use crate::plan::EventIx;
use crate::solve::stopper::{Fate, Stopper};
use crate::solve::system::{Moves, System};
use crate::solve::walk::Walk;
use std::collections::BTreeMap;

/// Visits that may still lead to the goal, numbered from 0, then the ways in: one for each arrival and persona. Visits from
/// which the goal cannot be reached any more lead nowhere.
pub(super) struct Road {
    /// By visit: its state of the chain.
    pub(super) states: Vec<u32>,
    /// By visit: its touchpoint.
    pub(super) touchpoint: Vec<usize>,
    /// By visit, then way in: whose it is.
    pub(super) persona: Vec<usize>,
    /// By way in: share of all who arrive.
    pub(super) share: Vec<f64>,
    /// By visit: share of all who arrive whose first visit it is.
    pub(super) start: Vec<f64>,
    /// By visit, then way in: chance to reach the goal before any other visit.
    pub(super) gain: Vec<f64>,
    /// By visit, then way in: chance to leave without the goal.
    pub(super) lost: Vec<f64>,
    /// Where the moves of a place start; one entry more than there are places.
    first: Vec<u32>,
    moves: Vec<(u32, f64)>,
}

/// A place before those that lead nowhere are known.
#[derive(Default)]
struct Place {
    gain: f64,
    lost: f64,
    moves: Vec<(u32, f64)>,
}

impl Road {
    pub(super) fn new(walk: &Walk<'_, f64>, goal: EventIx) -> Self {
        let stopper = Stopper::new(walk.chain, &[walk.marks(goal)]);
        let ways = ways_in(walk, &stopper);
        let visits = visits(walk, &stopper, &ways);
        let alive = alive(&visits);
        let mut road = Self {
            states: Vec::new(),
            touchpoint: Vec::new(),
            persona: Vec::new(),
            share: ways.iter().map(|(_, share, _)| *share).collect(),
            start: Vec::new(),
            gain: Vec::new(),
            lost: Vec::new(),
            first: vec![0],
            moves: Vec::new(),
        };
        let mut place: BTreeMap<u32, u32> = BTreeMap::new();
        let mut see = |state: u32, states: &mut Vec<u32>| {
            *place.entry(state).or_insert_with(|| {
                states.push(state);
                states.len() as u32 - 1
            })
        };
        for (_, _, way) in &ways {
            for (state, _) in &way.moves {
                see(*state, &mut road.states);
            }
        }
        let mut at = 0;
        while let Some(&state) = road.states.get(at) {
            let visit = &visits[&state];
            if alive.contains(&state) {
                for (to, weight) in &visit.moves {
                    road.moves.push((see(*to, &mut road.states), *weight));
                }
                road.gain.push(visit.gain);
                road.lost.push(visit.lost);
            } else {
                road.gain.push(0.0);
                road.lost.push(1.0);
            }
            road.first.push(road.moves.len() as u32);
            road.touchpoint.push(walk.chain.states[state as usize].touchpoint.index());
            road.persona.push(walk.persona(state));
            at += 1;
        }
        road.start = vec![0.0; at];
        for (persona, share, way) in &ways {
            for (state, weight) in &way.moves {
                let to = see(*state, &mut road.states);
                road.moves.push((to, *weight));
                road.start[to as usize] += share * weight;
            }
            road.gain.push(way.gain);
            road.lost.push(way.lost);
            road.first.push(road.moves.len() as u32);
            road.persona.push(*persona);
        }
        road
    }

    /// How many visits there are; ways in come after them.
    pub(super) fn visits(&self) -> usize {
        self.states.len()
    }

    /// How many visits and ways in there are.
    pub(super) fn places(&self) -> usize {
        self.gain.len()
    }

    /// Whether a place is a way in.
    pub(super) fn is_way_in(&self, place: u32) -> bool {
        place as usize >= self.states.len()
    }

    /// Where a place leads.
    pub(super) fn moves(&self, place: u32) -> &[(u32, f64)] {
        &self.moves[self.first[place as usize] as usize..self.first[place as usize + 1] as usize]
    }

    /// Share of all who arrive who reach the goal on coming in.
    pub(super) fn untouched(&self) -> f64 {
        self.share.iter().zip(&self.gain[self.visits()..]).map(|(share, gain)| share * gain).sum()
    }

    /// The visits of those who give up before each move with chance `quits`.
    pub(super) fn system(&self, quits: f64) -> System<f64> {
        let keeps = 1.0 - quits;
        let mut moves = Moves::new(self.visits(), self.moves.len());
        for visit in 0..self.visits() {
            for (to, weight) in self.moves(visit as u32) {
                moves.push(*to, keeps * weight);
            }
            moves.close(quits + keeps * (self.gain[visit] + self.lost[visit]));
        }
        let all: Vec<u32> = (0..self.visits() as u32).collect();
        System::new(moves, &all)
    }

    /// One move backward: what is to be had after it, `x` by visit.
    pub(super) fn before(&self, x: &[f64]) -> Vec<f64> {
        let sum = |visit| self.moves(visit).iter().map(|(to, weight)| weight * x[*to as usize]).sum();
        (0..self.visits() as u32).map(sum).collect()
    }

    /// One move forward: where those who stand as `y` come next.
    pub(super) fn after(&self, y: &[f64]) -> Vec<f64> {
        let mut next = vec![0.0; self.visits()];
        for (visit, times) in (0..).zip(y) {
            for (to, weight) in self.moves(visit) {
                next[*to as usize] += times * weight;
            }
        }
        next
    }
}

/// Persona, share of all who arrive, and where they come first.
fn ways_in(walk: &Walk<'_, f64>, stopper: &Stopper) -> Vec<(usize, f64, Place)> {
    let mut ways: BTreeMap<_, (f64, Place)> = BTreeMap::new();
    for (entry, (persona, step)) in walk.chain.entries.iter().zip(walk.entries()) {
        let weight = walk.chain.probability(entry.probability);
        if weight > 0.0 {
            let (share, way) = ways.entry((entry.arrival.index(), persona.index())).or_default();
            *share += weight;
            way.step(stopper.fate(&step), step.to, weight);
        }
    }
    let part = |((_, persona), (share, mut way)): ((usize, usize), (f64, Place))| {
        way.gain /= share;
        way.lost /= share;
        way.moves.iter_mut().for_each(|(_, weight)| *weight /= share);
        (persona, share, way)
    };
    ways.into_iter().map(part).collect()
}

/// All visits up to the goal, by state.
fn visits(walk: &Walk<'_, f64>, stopper: &Stopper, ways: &[(usize, f64, Place)]) -> BTreeMap<u32, Place> {
    let mut visits: BTreeMap<u32, Place> = BTreeMap::new();
    let mut open: Vec<u32> = ways.iter().flat_map(|(.., way)| &way.moves).map(|(state, _)| *state).collect();
    while let Some(state) = open.pop() {
        if visits.contains_key(&state) {
            continue;
        }
        let mut visit = Place::default();
        if stopper.visit[state as usize] == 0 {
            for step in walk.steps(state) {
                visit.step(stopper.fate(&step), step.to, *step.weight);
            }
        } else {
            visit.gain = 1.0;
        }
        open.extend(visit.moves.iter().map(|(to, _)| *to));
        visits.insert(state, visit);
    }
    visits
}

/// The states of visits from which the goal may be reached.
fn alive(visits: &BTreeMap<u32, Place>) -> std::collections::BTreeSet<u32> {
    let mut before: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (state, visit) in visits {
        for (to, _) in &visit.moves {
            before.entry(*to).or_default().push(*state);
        }
    }
    let mut open: Vec<u32> = visits.iter().filter(|(_, v)| v.gain > 0.0).map(|(s, _)| *s).collect();
    let mut alive = std::collections::BTreeSet::new();
    while let Some(state) = open.pop() {
        if alive.insert(state) {
            open.extend(before.get(&state).into_iter().flatten());
        }
    }
    alive
}

impl Place {
    fn step(&mut self, fate: Fate, to: u32, weight: f64) {
        match fate {
            Fate::On(_) | Fate::Visit(_) => self.moves.push((to, weight)),
            fate if fate.wanted() => self.gain += weight,
            _ => self.lost += weight,
        }
    }
}

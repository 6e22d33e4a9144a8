//! Who meets each touchpoint, and who reaches the main goal before.

use super::halving::by_halves;
use super::stopper::{Fate, Stopper};
use super::system::System;
use super::walk::{Stopped, Walk};
use crate::plan::EventIx;

/// By persona and touchpoint.
pub(super) struct Meetings {
    /// Share who meet it.
    pub(super) reach: Vec<Vec<f64>>,
    /// Share who reach the goal before they meet it, if ever.
    pub(super) goal_before: Vec<Vec<f64>>,
}

/// With more touchpoints than this in one class, eliminating it once for each is dearer than by halves. With fewer, and many
/// states of each, halves fill up: a touchpoint's states lead to one another by every way round through the other half.
const MANY: usize = 100;

/// The first meetings with each touchpoint of the plan.
pub(super) fn meetings(walk: &Walk<'_, f64>, goal: Option<EventIx>) -> Meetings {
    let touchpoint = |s: u32| walk.chain.states[s as usize].touchpoint.index();
    let whole = walk.whole();
    let is_many = whole.system.enclosure().is_none() && whole.system.most_kinds(touchpoint) > MANY;
    if is_many { by_halves(walk, goal) } else { one_by_one(walk, goal) }
}

impl Meetings {
    /// Nobody meets anything.
    pub(super) fn none(walk: &Walk<'_, f64>, goal: Option<EventIx>) -> Self {
        let touchpoints = walk.plan.touchpoints.len();
        let shares = goal.map_or_else(|| vec![0.0; walk.chain.personas.len()], |goal| walk.hit(goal, None));
        Self {
            reach: vec![vec![0.0; touchpoints]; shares.len()],
            goal_before: shares.iter().map(|share| vec![*share; touchpoints]).collect(),
        }
    }
}

/// One pass per touchpoint through the chain that stops there; what lies before it is passed once for all.
pub(super) fn one_by_one(walk: &Walk<'_, f64>, goal: Option<EventIx>) -> Meetings {
    let mut found = Meetings::none(walk, goal);
    let whole = walk.whole();
    let passes = Passes::new(walk, &whole.system);
    passes.each(walk.start(&whole.stopper), true, |touchpoint, visits| {
        for &s in &passes.states[touchpoint] {
            found.reach[walk.persona(s)][touchpoint] += visits[s as usize];
        }
    });
    if let Some(goal) = goal {
        let stopped = walk.stopped(&[goal]);
        let scores = Scores::new(walk, &stopped);
        let passes = Passes::new(walk, &stopped.system);
        passes.each(walk.start(&stopped.stopper), false, |touchpoint, visits| {
            for (before, scored) in found.goal_before.iter_mut().zip(scores.before(walk, touchpoint, visits)) {
                before[touchpoint] = scored;
            }
        });
    }
    found
}

/// Passes through a system, one for each touchpoint.
struct Passes<'w, 'a> {
    walk: &'w Walk<'a, f64>,
    system: &'w System<f64>,
    /// By touchpoint: its states.
    states: Vec<Vec<u32>>,
}

impl<'w, 'a> Passes<'w, 'a> {
    fn new(walk: &'w Walk<'a, f64>, system: &'w System<f64>) -> Self {
        let mut states = vec![Vec::new(); walk.plan.touchpoints.len()];
        for &s in &walk.states {
            states[walk.chain.states[s as usize].touchpoint.index()].push(s);
        }
        Self { walk, system, states }
    }

    /// Calls `passed` with each touchpoint that has states, and with expected visits until it is met; of its own states, with
    /// the shares that come to them first. Those who need no more than that may stop at its last state.
    fn each(&self, start: Vec<f64>, own_only: bool, mut passed: impl FnMut(usize, &[f64])) {
        // Classes are passed from the last to the first.
        let span = |states: &[u32]| {
            let classes = || states.iter().map(|&s| self.system.class_of(s));
            Some((classes().max()?, classes().min()?))
        };
        let mut order: Vec<(u32, u32, usize)> =
            self.states.iter().enumerate().filter_map(|(t, states)| span(states).map(|(first, last)| (first, last, t))).collect();
        order.sort_unstable_by(|a, b| b.cmp(a));
        let mut common = start;
        let mut next = self.system.count();
        for (first, last, touchpoint) in order {
            while next > first + 1 {
                next -= 1;
                self.system.pass(next, &mut common);
            }
            let mut visits = common.clone();
            let own = |s: u32| self.walk.chain.states[s as usize].touchpoint.index() == touchpoint;
            for class in (if own_only { last } else { 0 }..=first).rev() {
                self.system.pass_without(class, &mut visits, own);
            }
            passed(touchpoint, &visits);
        }
    }
}

/// Where the goal is reached.
struct Scores {
    /// By persona: on coming in.
    entry: Vec<f64>,
    /// By persona and touchpoint met on coming in: by the visit there.
    entry_visit: Vec<(usize, usize, f64)>,
    /// By state: by its branches.
    leave: Vec<f64>,
    /// From a state, by the visit to a touchpoint.
    visit: Vec<(u32, usize, f64)>,
}

impl Scores {
    fn new(walk: &Walk<'_, f64>, stopped: &Stopped<f64>) -> Self {
        let stopper: &Stopper = &stopped.stopper;
        let met = |row: u32| walk.chain.states[row as usize].touchpoint.index();
        let mut scores = Self {
            entry: vec![0.0; walk.chain.personas.len()],
            entry_visit: Vec::new(),
            leave: vec![0.0; walk.chain.states.len()],
            visit: Vec::new(),
        };
        for (persona, step) in walk.entries() {
            match stopper.fate(&step) {
                Fate::Visit(_) => scores.entry_visit.push((persona.index(), met(step.to), *step.weight)),
                fate if fate.wanted() => scores.entry[persona.index()] += step.weight,
                _ => {}
            }
        }
        for &s in &walk.states {
            for step in walk.steps(s) {
                match stopper.fate(&step) {
                    Fate::Visit(_) => scores.visit.push((s, met(step.to), *step.weight)),
                    fate if fate.wanted() => scores.leave[s as usize] += step.weight,
                    _ => {}
                }
            }
        }
        scores
    }

    /// By persona: share who reach the goal before the touchpoint. A visit that reaches it is met before.
    fn before(&self, walk: &Walk<'_, f64>, touchpoint: usize, visits: &[f64]) -> Vec<f64> {
        let own = |s: u32| walk.chain.states[s as usize].touchpoint.index() == touchpoint;
        let mut sums = self.entry.clone();
        for (persona, met, weight) in &self.entry_visit {
            sums[*persona] += if *met == touchpoint { 0.0 } else { *weight };
        }
        for &s in walk.states.iter().filter(|&&s| self.leave[s as usize] > 0.0 && !own(s)) {
            sums[walk.persona(s)] += visits[s as usize] * self.leave[s as usize];
        }
        for &(s, met, weight) in &self.visit {
            if met != touchpoint && !own(s) {
                sums[walk.persona(s)] += visits[s as usize] * weight;
            }
        }
        sums
    }
}

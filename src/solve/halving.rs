//! Who meets each touchpoint, and who reaches the main goal before, for all touchpoints at once.
//!
//! The chance to meet one touchpoint is read off the chain once all the others are eliminated. Half of the touchpoints are
//! eliminated, and the other half is done in the same way; then the other way round: in a large class, where the first halves are
//! most of the work, all of them cost about as much as a few eliminations. Nothing is ever subtracted.

use super::meetings::Meetings;
use super::rows::Rows;
use super::stopper::{Fate, Stopper};
use super::walk::Walk;
use crate::plan::EventIx;

/// The first meetings with each touchpoint of the plan.
pub(super) fn by_halves(walk: &Walk<'_, f64>, goal: Option<EventIx>) -> Meetings {
    let mut found = Meetings::none(walk, goal);
    split(Part::new(walk, None), walk, &mut |part, touchpoint| {
        for (&s, start) in part.states.iter().zip(&part.start) {
            found.reach[walk.persona(s)][touchpoint] += start;
        }
    });
    if goal.is_some() {
        split(Part::new(walk, goal), walk, &mut |part, touchpoint| {
            for (before, scored) in found.goal_before.iter_mut().zip(&part.scored) {
                before[touchpoint] = *scored;
            }
        });
    }
    found
}

/// The chain with some touchpoints eliminated.
#[derive(Clone)]
struct Part {
    rows: Rows<f64>,
    /// The states left; rows speak of them by their place here.
    states: Vec<u32>,
    /// By state left: share of its persona that comes to it first among the states left.
    start: Vec<f64>,
    /// By state left: weight that reaches the goal before any state left.
    gain: Vec<f64>,
    /// By persona: share who reach the goal before any state left.
    scored: Vec<f64>,
}

impl Part {
    /// All touchpoints; with a goal, up to its first time.
    fn new(walk: &Walk<'_, f64>, goal: Option<EventIx>) -> Self {
        let marks = goal.map(|g| walk.marks(g));
        let stopper = Stopper::new(walk.chain, marks.as_slice());
        let states = walk.states.clone();
        let mut place = vec![0; walk.chain.states.len()];
        for (at, &s) in (0..).zip(&states) {
            place[s as usize] = at;
        }
        let mut part = Self {
            rows: Rows::new(0, Vec::new(), std::iter::empty()),
            start: vec![0.0; states.len()],
            gain: vec![0.0; states.len()],
            scored: vec![0.0; walk.chain.personas.len()],
            states,
        };
        for (persona, step) in walk.entries() {
            match stopper.fate(&step) {
                Fate::On(s) => part.start[place[s as usize] as usize] += step.weight,
                Fate::Visit(_) => part.start[place[step.to as usize] as usize] += step.weight,
                fate if fate.wanted() => part.scored[persona.index()] += step.weight,
                _ => {}
            }
        }
        let mut out = vec![0.0; part.states.len()];
        let mut entries = Vec::new();
        for (at, &s) in (0..).zip(&part.states) {
            // Where the visit itself reaches the goal, it is met before: a state that leads to the goal alone.
            if stopper.visit[s as usize] != 0 {
                (out[at], part.gain[at]) = (1.0, 1.0);
                continue;
            }
            for step in walk.steps(s) {
                match stopper.fate(&step) {
                    Fate::On(to) => entries.push((at as u32, place[to as usize], *step.weight)),
                    Fate::Visit(_) => entries.push((at as u32, place[step.to as usize], *step.weight)),
                    fate => {
                        out[at] += step.weight;
                        part.gain[at] += if fate.wanted() { *step.weight } else { 0.0 };
                    }
                }
            }
        }
        part.rows = Rows::new(part.states.len(), out, entries.into_iter());
        part
    }

    /// Eliminates the states for which `kept` does not hold.
    fn keep(mut self, walk: &Walk<'_, f64>, kept: impl Fn(u32) -> bool) -> Self {
        let (stay, go): (Vec<u32>, Vec<u32>) = (0..self.states.len() as u32).partition(|&at| kept(self.states[at as usize]));
        let Self { rows, states, start, gain, scored } = &mut self;
        rows.eliminate_some(&go, |pivot| {
            let k = pivot.state as usize;
            for (j, share) in &pivot.row {
                start[*j as usize] += start[k] * share;
            }
            scored[walk.persona(states[k])] += start[k] * (gain[k] / pivot.total);
            for (i, weight) in &pivot.column {
                gain[*i as usize] += weight * gain[k];
            }
        });
        let pick = |list: &[f64]| stay.iter().map(|&at| list[at as usize]).collect();
        Self {
            start: pick(&self.start),
            gain: pick(&self.gain),
            states: stay.iter().map(|&at| self.states[at as usize]).collect(),
            rows: self.rows.compact(&stay),
            scored: self.scored,
        }
    }
}

/// Calls `alone` with each touchpoint left, all others eliminated.
fn split(part: Part, walk: &Walk<'_, f64>, alone: &mut impl FnMut(&Part, usize)) {
    let touchpoint = |s: u32| walk.chain.states[s as usize].touchpoint.index();
    let mut left: Vec<usize> = part.states.iter().map(|&s| touchpoint(s)).collect();
    left.sort_unstable();
    left.dedup();
    match left[..] {
        [] => {}
        [last] => alone(&part, last),
        _ => {
            let middle = left[left.len() / 2];
            split(part.clone().keep(walk, |s| touchpoint(s) < middle), walk, alone);
            split(part.keep(walk, |s| touchpoint(s) >= middle), walk, alone);
        }
    }
}

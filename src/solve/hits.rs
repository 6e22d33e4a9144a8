//! Chances that an event happens first, or happens later than another.

use super::scalar::Scalar;
use super::stopper::{Fate, Step, Stopper, WANTED};
use super::walk::{Stopped, Walk};
use crate::model::TouchpointId;
use crate::plan::EventIx;
use std::rc::Rc;

impl<S: Scalar> Walk<'_, S> {
    /// Per persona: the share to whom `to` happens without an earlier `before`.
    pub(super) fn hit(&self, to: EventIx, before: Option<EventIx>) -> Vec<S> {
        self.stops(&self.stopped(&events(to, before)))
    }

    /// Per persona: the share who ever feel anything.
    pub(super) fn feels(&self) -> Vec<S> {
        self.stops(&self.feeling())
    }

    /// Per persona: the share stopped by the first event of a stopper.
    fn stops(&self, stopped: &Stopped<S>) -> Vec<S> {
        let hits = |step: &Step<'_, S>| Some(unit(stopped.stopper.fate(step).wanted()));
        self.expect(self.visits(stopped), hits).unwrap_or_default()
    }

    /// Per persona: the share to whom `from` happens, and later than its first time `to`, without `before` at an
    /// instant between the two.
    pub(super) fn hit_after(&self, from: EventIx, to: EventIx, before: Option<EventIx>) -> Vec<S> {
        let start = self.stopped(&[from]);
        let goal = self.stopped(&events(to, before));
        let after = After::new(self, &goal, from, to);
        let hits = |step: &Step<'_, S>| Some(after.value(step, start.stopper.fate(step)));
        self.expect(self.visits(&start), hits).unwrap_or_default()
    }

    /// By persona and touchpoint: change of the rate of `goal` for one point of probability that goes from the failing branches
    /// together to the best other branch, before the goal is first reached.
    pub(super) fn leverage(&self, goal: EventIx) -> Vec<Vec<S>> {
        let stopped = self.stopped(&[goal]);
        let chances = self.chances(&stopped);
        let visits = self.visits(&stopped);
        let touchpoints = self.plan.touchpoints.len();
        let mut leverage = vec![vec![S::zero(); touchpoints]; self.chain.personas.len()];
        let hundredth = S::one().over(&S::rational(&num_rational::BigRational::from_integer(100.into())));
        for &s in &self.states {
            let (mut failing, mut lost, mut best) = (S::zero(), S::zero(), None::<S>);
            for step in self.steps(s) {
                let rate = match stopped.stopper.fate(&step) {
                    Fate::On(to) => chances[to as usize].clone(),
                    fate => unit(fate.wanted()),
                };
                if self.fails(step.to) {
                    failing.add(step.weight);
                    lost.add_product(step.weight, &rate);
                } else if best.as_ref().is_none_or(|best| *best < rate) {
                    best = Some(rate);
                }
            }
            if let (Some(best), false) = (best, failing.is_zero()) {
                let gain = best.less(&lost.over(&failing)).times(&hundredth);
                let TouchpointId(touchpoint) = self.chain.states[s as usize].touchpoint;
                leverage[self.persona(s)][touchpoint as usize].add_product(&visits[s as usize], &gain);
            }
        }
        leverage
    }

    /// Whether a row is a failing end.
    pub(super) fn fails(&self, row: u32) -> bool {
        (row as usize).checked_sub(self.chain.states.len()).is_some_and(|end| self.plan.failing[end])
    }
}

/// 1 or 0.
pub(super) fn unit<S: Scalar>(happens: bool) -> S {
    if happens { S::one() } else { S::zero() }
}

pub(super) fn events(to: EventIx, before: Option<EventIx>) -> Vec<EventIx> {
    std::iter::once(to).chain(before).collect()
}

/// What is to be hoped once the first event has happened.
pub(super) struct After<'s, S> {
    goal: &'s Stopped<S>,
    chances: Rc<Vec<S>>,
    /// Whether the wanted event counts at the same instant: it does unless it is the same event.
    tie: bool,
}

/// Where a step on which the first event happened leaves the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    /// It is settled whether it happens.
    Settled(bool),
    /// It is to be seen from a state on.
    From(u32),
}

impl<'s, S: Scalar> After<'s, S> {
    pub(super) fn new(walk: &Walk<'_, S>, goal: &'s Stopped<S>, from: EventIx, to: EventIx) -> Self {
        After { goal, chances: walk.chances(goal), tie: !walk.same(from, to) }
    }

    /// The chance that the wanted event follows a step on which the first event happened; 0 where it did not.
    pub(super) fn value(&self, step: &Step<'_, S>, first: Fate) -> S {
        match self.later(step, first) {
            Later::From(state) => self.chances[state as usize].clone(),
            Later::Settled(happens) => unit(happens),
        }
    }

    /// Where a step leaves the wanted event.
    pub(super) fn later(&self, step: &Step<'_, S>, first: Fate) -> Later {
        let Stopper { leave, row, visit, .. } = &self.goal.stopper;
        let tie = |events: u8| self.tie && events & WANTED != 0;
        let stopper = &self.goal.stopper;
        let on = |fate: Fate| match fate {
            Fate::On(state) => Later::From(state),
            fate => Later::Settled(fate.wanted()),
        };
        match first {
            Fate::Leave(_) if tie(leave[step.leave as usize]) => Later::Settled(true),
            Fate::Leave(_) => on(stopper.arrive(step.to)),
            Fate::Meet(_) if tie(row[step.to as usize]) => Later::Settled(true),
            Fate::Meet(_) => on(stopper.visit(step.to)),
            Fate::Visit(_) if tie(visit[step.to as usize]) => Later::Settled(true),
            Fate::Visit(_) => Later::From(step.to),
            Fate::End | Fate::On(_) => Later::Settled(false),
        }
    }
}

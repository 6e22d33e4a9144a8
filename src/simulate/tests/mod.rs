//! Journeys built by hand, and what must come out of them.

mod chance;
mod guides;
mod lanes;
mod laws;
mod sameness;
mod semantics;
mod sketches;
mod streams;

use super::*;
use crate::chain::{Branch, Entry, Flow, From, Leave, Probability, Rewards, State, Visit};
use crate::diagnostics::Span;
use crate::locale::Lang;
use crate::model::law::{Distribution, Family};
use crate::model::{
    ArrivalId, Channel, ChannelId, End, Event, Goal, GoalId, Law, Moment, Named, Persona, PersonaId, Place, Stage, StageId,
    Target, Touchpoint, TouchpointId,
};
use crate::plan::{EventIx, Marks, Question, QuestionIx, Variable, Wants};
use num_rational::BigRational;

/// Where a branch of a built journey leads.
#[derive(Clone, Copy)]
pub(super) enum To {
    /// A state.
    State(usize),
    /// An end.
    End(usize),
}

/// A journey under construction: its states in order, each with its branches.
pub(super) struct Build {
    personas: Vec<BigRational>,
    stages: Vec<Option<Moment>>,
    touchpoints: Vec<Option<usize>>,
    goals: usize,
    ends: usize,
    states: Vec<(usize, Visit)>,
    branches: Vec<Vec<(To, BigRational, Leave)>>,
    entries: Vec<(usize, To, BigRational, Leave)>,
}

/// A journey, its chain, and a plan to ask.
pub(super) struct Built {
    pub(super) model: Model,
    pub(super) chain: Chain,
    pub(super) plan: Plan,
}

pub(super) fn fraction(up: i64, down: i64) -> BigRational {
    BigRational::new(up.into(), down.into())
}

pub(super) fn always(value: i64) -> Law {
    Law::constant(fraction(value, 1))
}

pub(super) fn chance(family: Family) -> Law {
    Law::of(Distribution::new(family))
}

pub(super) fn nothing() -> Rewards {
    Rewards { costs: Vec::new(), earns: None, feel: None }
}

/// Leaving with no effect, after a while.
pub(super) fn way(after: Law) -> Leave {
    Leave { flow: 0, reaches: Vec::new(), rewards: nothing(), after }
}

/// Meeting a touchpoint with no effect, for a while.
pub(super) fn stay(touchpoint: usize, takes: Law) -> Visit {
    Visit {
        touchpoint: TouchpointId::new(touchpoint),
        reaches: Vec::new(),
        rewards: nothing(),
        effort: None,
        surveys: Vec::new(),
        takes,
    }
}

impl Build {
    pub(super) fn new(touchpoints: usize, goals: usize, ends: usize) -> Self {
        Self {
            personas: vec![fraction(1, 1)],
            stages: Vec::new(),
            touchpoints: vec![None; touchpoints],
            goals,
            ends,
            states: Vec::new(),
            branches: Vec::new(),
            entries: Vec::new(),
        }
    }

    pub(super) fn personas(mut self, shares: &[BigRational]) -> Self {
        self.personas = shares.to_vec();
        self
    }

    pub(super) fn stage(&mut self, moment: Option<Moment>, touchpoints: &[usize]) {
        for &t in touchpoints {
            self.touchpoints[t] = Some(self.stages.len());
        }
        self.stages.push(moment);
    }

    pub(super) fn state(&mut self, persona: usize, visit: Visit) -> usize {
        self.states.push((persona, visit));
        self.branches.push(Vec::new());
        self.states.len() - 1
    }

    pub(super) fn branch(&mut self, from: usize, to: To, probability: BigRational, leave: Leave) {
        self.branches[from].push((to, probability, leave));
    }

    pub(super) fn enter(&mut self, persona: usize, to: To, probability: BigRational, leave: Leave) {
        self.entries.push((persona, to, probability, leave));
    }

    pub(super) fn build(self) -> Built {
        let named =
            |kind: &str, i: usize| Named { name: format!("{kind}{i}"), label: format!("{kind} {i}"), origin: Span::default() };
        let model = Model {
            personas: (0..self.personas.len()).map(|i| Persona::new(named("persona", i))).collect(),
            channels: vec![Channel { name: named("channel", 0), presence: None, media: None, cost: None }],
            stages: (0..self.stages.len())
                .map(|i| Stage {
                    name: named("stage", i),
                    moment: self.stages[i],
                    pains: vec![],
                    notes: vec![],
                    touchpoints: vec![],
                })
                .collect(),
            touchpoints: (0..self.touchpoints.len())
                .map(|i| Touchpoint {
                    stage: self.touchpoints[i].map(StageId::new),
                    ..Touchpoint::new(named("touchpoint", i), ChannelId(0))
                })
                .collect(),
            goals: (0..self.goals).map(|i| Goal { name: named("goal", i) }).collect(),
            ends: (0..self.ends).map(|i| End { name: named("end", i), outcome: None }).collect(),
            ..Model::new(named("journey", 0), Lang::En)
        };
        let chain = self.chain();
        let plan = Plan {
            events: Vec::new(),
            questions: Vec::new(),
            groups: Vec::new(),
            goal: (self.goals > 0).then_some(GoalId(0)),
            horizon: None,
            discount: 0.0,
            failing: (0..self.ends).map(|end| end > 0).collect(),
            touchpoints: Vec::new(),
            stages: Vec::new(),
            moments: Vec::new(),
            goals: Vec::new(),
            ends: Vec::new(),
        };
        Built { model, chain, plan }
    }

    /// End 0 succeeds, the others fail; every leave and every flow by itself.
    fn chain(&self) -> Chain {
        let mut chain = Chain {
            states: Vec::new(),
            first_branch: vec![0],
            branches: Vec::new(),
            entries: Vec::new(),
            visits: Vec::new(),
            leaves: Vec::new(),
            probabilities: Vec::new(),
            flows: Vec::new(),
            personas: Vec::new(),
            ends: self.ends,
            carried: crate::chain::Carried::default(),
        };
        let probability = |chain: &mut Chain, exact: &BigRational| {
            chain.probabilities.push(Probability { value: crate::model::law::nearest(exact), exact: exact.clone() });
            chain.probabilities.len() as u32 - 1
        };
        let row = |to: To| match to {
            To::State(s) => s as u32,
            To::End(e) => (self.states.len() + e) as u32,
        };
        let target = |to: To| match to {
            To::State(s) => Target::Touchpoint(self.states[s].1.touchpoint),
            To::End(e) => Target::End(crate::model::EndId::new(e)),
        };
        let leave = |chain: &mut Chain, from: From, to: To, leave: &Leave| {
            let flow = Flow { from, to: target(to) };
            let place = chain.flows.iter().position(|f| *f == flow).unwrap_or_else(|| {
                chain.flows.push(flow);
                chain.flows.len() - 1
            });
            chain.leaves.push(Leave { flow: place as u32, ..leave.clone() });
            chain.leaves.len() as u32 - 1
        };
        for (s, (persona, visit)) in self.states.iter().enumerate() {
            chain.visits.push(visit.clone());
            chain.states.push(State {
                persona: PersonaId::new(*persona),
                touchpoint: visit.touchpoint,
                memory: 0,
                visit: s as u32,
            });
            for (to, exact, effects) in &self.branches[s] {
                let probability = probability(&mut chain, exact);
                let leave = leave(&mut chain, From::Touchpoint(visit.touchpoint), *to, effects);
                chain.branches.push(Branch { to: row(*to), probability, leave });
            }
            chain.first_branch.push(chain.branches.len() as u32);
        }
        for (persona, to, exact, effects) in &self.entries {
            let probability = probability(&mut chain, exact);
            let leave = leave(&mut chain, From::Arrival(ArrivalId(0)), *to, effects);
            chain.entries.push(Entry {
                arrival: ArrivalId(0),
                persona: PersonaId::new(*persona),
                to: row(*to),
                probability,
                leave,
            });
        }
        for share in &self.personas {
            let share = Probability { value: crate::model::law::nearest(share), exact: share.clone() };
            chain.personas.push(share);
        }
        chain
    }
}

impl Built {
    pub(super) fn event(&mut self, event: Event) -> EventIx {
        let marks = Marks::new(&self.model, &self.chain, event);
        self.plan.events.push(marks);
        EventIx(self.plan.events.len() - 1)
    }

    pub(super) fn meet(&mut self, touchpoint: usize) -> EventIx {
        self.event(Event::Meet(Place::Touchpoint(TouchpointId::new(touchpoint))))
    }

    pub(super) fn ask(&mut self, variable: Variable) -> QuestionIx {
        self.ask_of(Question { variable, among: None, within: None, wants: Wants::Spread })
    }

    pub(super) fn ask_of(&mut self, question: Question) -> QuestionIx {
        self.plan.questions.push(question);
        QuestionIx(self.plan.questions.len() - 1)
    }

    pub(super) fn run(&self, seed: u64, customers: u64) -> Estimates {
        simulate(&self.model, &self.chain, &self.plan, &Run { seed, customers }, &|_| ())
    }
}

/// (estimate − expected) / standard error.
pub(super) fn z(estimate: &Moments, expected: f64) -> f64 {
    (estimate.mean - expected) / (estimate.variance / estimate.base as f64).sqrt()
}

/// Chance alone goes beyond 4.5 standard errors once in 150,000.
#[track_caller]
pub(super) fn agrees(estimate: &Moments, expected: f64) {
    let z = z(estimate, expected);
    assert!(z.abs() < 4.5, "estimated {}, expected {expected}, z = {z}", estimate.mean);
}

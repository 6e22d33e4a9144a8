//! A builder of small chains, and tests by theme.

mod accuracy;
mod attribution;
mod board;
mod instants;
mod money;
mod oracle;
mod sponsored;
mod spreads;

use super::{Answer, Solution, solve};
use crate::chain::{Branch, Chain, Entry, Flow, From, Leave, Probability, Rewards, State, Visit};
use crate::model::law::{Distribution, Family, nearest};
use crate::model::{ArrivalId, EndId, Event, GoalId, Law, PersonaId, Place, StageId, Target, TouchpointId};
use crate::plan::{EventIx, Marks, Plan, Question, Variable, Wants};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// A fraction.
pub(super) fn r(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// A certain quantity.
pub(super) fn certain(value: i64) -> Law {
    Law::constant(r(value, 1))
}

/// A memoryless quantity.
pub(super) fn exponential(mean: f64) -> Law {
    Law::of(Distribution::new(Family::Exponential { mean }))
}

/// Where a branch leads.
#[derive(Clone, Copy)]
pub(super) enum To {
    State(usize),
    End(usize),
}
use To::{End as Stop, State as Go};

/// A chain in the making: goals are 0.., every state has its own visit, every branch its own leave.
pub(super) struct Net {
    pub(super) states: Vec<(usize, usize)>,
    pub(super) visits: Vec<Visit>,
    pub(super) leaves: Vec<Leave>,
    branches: Vec<Vec<(To, BigRational, u32)>>,
    entries: Vec<(usize, usize, To, BigRational, u32)>,
    failing: Vec<bool>,
    goals: usize,
}

fn nothing() -> Rewards {
    Rewards { costs: Vec::new(), earns: None, feel: None }
}

impl Net {
    /// Ends by whether they fail.
    pub(super) fn new(goals: usize, failing: &[bool]) -> Self {
        Self {
            states: Vec::new(),
            visits: Vec::new(),
            leaves: Vec::new(),
            branches: Vec::new(),
            entries: Vec::new(),
            failing: failing.to_vec(),
            goals,
        }
    }

    /// A state of persona 0 at a touchpoint of its own.
    pub(super) fn state(&mut self) -> usize {
        self.state_at(0, self.states.len())
    }

    /// A state of a persona at a touchpoint.
    pub(super) fn state_at(&mut self, persona: usize, touchpoint: usize) -> usize {
        self.states.push((persona, touchpoint));
        self.branches.push(Vec::new());
        self.visits.push(Visit {
            touchpoint: TouchpointId::new(touchpoint),
            reaches: Vec::new(),
            rewards: nothing(),
            effort: None,
            surveys: Vec::new(),
            takes: Law::zero(),
        });
        self.states.len() - 1
    }

    fn leave(&mut self) -> u32 {
        let flow = self.leaves.len() as u32;
        self.leaves.push(Leave { flow, reaches: Vec::new(), rewards: nothing(), after: Law::zero() });
        flow
    }

    /// A branch; returns its leave.
    pub(super) fn branch(&mut self, from: usize, to: To, probability: BigRational) -> usize {
        let leave = self.leave();
        if !probability.is_zero() {
            self.branches[from].push((to, probability, leave));
        }
        leave as usize
    }

    /// An entry of a persona by arrival 0; returns its leave.
    pub(super) fn enter(&mut self, persona: usize, to: To, probability: BigRational) -> usize {
        self.enter_by(0, persona, to, probability)
    }

    /// An entry by an arrival.
    pub(super) fn enter_by(&mut self, arrival: usize, persona: usize, to: To, probability: BigRational) -> usize {
        let leave = self.leave();
        self.entries.push((arrival, persona, to, probability, leave));
        leave as usize
    }

    pub(super) fn chain(&self) -> Chain {
        let mut probabilities = Vec::new();
        let mut share = |exact: &BigRational| {
            probabilities.push(Probability { exact: exact.clone(), value: nearest(exact) });
            probabilities.len() as u32 - 1
        };
        let row = |to: To| match to {
            Go(s) => s as u32,
            Stop(e) => (self.states.len() + e) as u32,
        };
        let mut first_branch = vec![0];
        let mut branches = Vec::new();
        for list in &self.branches {
            assert!(list.iter().map(|b| &b.1).sum::<BigRational>().is_one());
            for (to, p, leave) in list {
                branches.push(Branch { to: row(*to), probability: share(p), leave: *leave });
            }
            first_branch.push(branches.len() as u32);
        }
        let personas = self.states.iter().map(|s| s.0).chain(self.entries.iter().map(|e| e.1)).max().unwrap_or(0) + 1;
        let entries: Vec<Entry> = self
            .entries
            .iter()
            .map(|(arrival, persona, to, p, leave)| Entry {
                arrival: ArrivalId::new(*arrival),
                persona: PersonaId::new(*persona),
                to: row(*to),
                probability: share(p),
                leave: *leave,
            })
            .collect();
        let whose = |p: usize| self.entries.iter().filter(|e| e.1 == p).map(|e| &e.3).sum::<BigRational>();
        Chain {
            states: (0..self.states.len())
                .map(|s| State {
                    persona: PersonaId::new(self.states[s].0),
                    touchpoint: TouchpointId::new(self.states[s].1),
                    memory: 0,
                    visit: s as u32,
                })
                .collect(),
            first_branch,
            branches,
            entries,
            visits: self.visits.clone(),
            leaves: self.leaves.clone(),
            personas: (0..personas).map(|p| Probability { value: nearest(&whose(p)), exact: whose(p) }).collect(),
            probabilities,
            flows: self
                .leaves
                .iter()
                .map(|_| Flow { from: From::Arrival(ArrivalId::new(0)), to: Target::End(EndId::new(0)) })
                .collect(),
            ends: self.failing.len(),
            carried: crate::chain::Carried::default(),
        }
    }

    /// An empty plan: main goal 0 if there is one; events are those of [`touch`], [`goal`] and [`end`] in turn.
    pub(super) fn plan(&self) -> Plan {
        let chain = self.chain();
        let touchpoints = self.touchpoints();
        let mut events: Vec<Marks> = Vec::new();
        let mut push = |event: Event, marks: &mut dyn FnMut(&mut Marks)| {
            let mut new = Marks {
                event,
                meet: vec![false; touchpoints],
                visit: vec![false; chain.visits.len()],
                leave: vec![false; chain.leaves.len()],
                end: vec![false; chain.ends],
            };
            marks(&mut new);
            events.push(new);
            EventIx(events.len() - 1)
        };
        let met = |t| Event::Meet(Place::Touchpoint(TouchpointId::new(t)));
        let touchpoints = (0..touchpoints).map(|t| push(met(t), &mut |m| m.meet[t] = true)).collect();
        let goals = (0..self.goals)
            .map(|g| {
                let goal = GoalId::new(g);
                push(Event::Reach(goal), &mut |m| {
                    m.visit = chain.visits.iter().map(|v| v.reaches.contains(&goal)).collect();
                    m.leave = chain.leaves.iter().map(|l| l.reaches.contains(&goal)).collect();
                })
            })
            .collect();
        let ends = (0..chain.ends).map(|e| push(Event::Stop(EndId::new(e)), &mut |m| m.end[e] = true)).collect();
        Plan {
            events,
            questions: Vec::new(),
            groups: Vec::new(),
            goal: (self.goals > 0).then(|| GoalId::new(0)),
            horizon: None,
            discount: 0.0,
            failing: self.failing.clone(),
            stages: Vec::new(),
            moments: Vec::new(),
            goals,
            ends,
            touchpoints,
        }
    }

    fn touchpoints(&self) -> usize {
        self.states.iter().map(|s| s.1 + 1).max().unwrap_or(0)
    }

    /// Meeting a touchpoint.
    pub(super) fn touch(&self, touchpoint: usize) -> EventIx {
        EventIx(touchpoint)
    }

    /// Reaching a goal.
    pub(super) fn goal(&self, goal: usize) -> EventIx {
        EventIx(self.touchpoints() + goal)
    }

    /// Stopping at an end.
    pub(super) fn end(&self, end: usize) -> EventIx {
        EventIx(self.touchpoints() + self.goals + end)
    }

    /// The answers to some questions, spreads wanted.
    pub(super) fn ask(&self, questions: &[(Variable, Option<EventIx>)]) -> Solution {
        self.ask_of(self.plan(), questions)
    }

    /// The same of a plan.
    pub(super) fn ask_of(&self, mut plan: Plan, questions: &[(Variable, Option<EventIx>)]) -> Solution {
        plan.questions = questions
            .iter()
            .map(|(variable, among)| Question { variable: variable.clone(), among: *among, within: None, wants: Wants::Spread })
            .collect();
        solve(&self.chain(), &plan).unwrap()
    }
}

/// Adds meeting any of some touchpoints to a plan, as a stage.
pub(super) fn stage(plan: &mut Plan, touchpoints: &[usize]) -> EventIx {
    let mut marks = plan.events[0].clone();
    marks.event = Event::Meet(Place::Stage(StageId::new(plan.stages.len())));
    marks.meet.iter_mut().enumerate().for_each(|(t, meet)| *meet = touchpoints.contains(&t));
    plan.events.push(marks);
    plan.stages.push(EventIx(plan.events.len() - 1));
    EventIx(plan.events.len() - 1)
}

/// That it happens at all.
pub(super) fn hit(to: EventIx) -> Variable {
    Variable::Hit { from: None, to, before: None, within: None }
}

/// That it happens later.
pub(super) fn later(from: EventIx, to: EventIx) -> Variable {
    Variable::Hit { from: Some(from), to, before: None, within: None }
}

/// Mean of the first persona.
pub(super) fn mean(answer: &Answer) -> f64 {
    answer.exact.as_ref().unwrap()[0].mean
}

/// Standard deviation of the first persona.
pub(super) fn sd(answer: &Answer) -> f64 {
    answer.exact.as_ref().unwrap()[0].sd.unwrap()
}

/// Mean of the first persona as a fraction.
pub(super) fn fraction(answer: &Answer) -> BigRational {
    answer.rational.as_ref().unwrap()[0].mean.clone()
}

/// Equal to 1e-12 relative.
#[track_caller]
pub(super) fn close(found: f64, wanted: f64) {
    let off = (found - wanted).abs();
    assert!(off <= 1e-12 * wanted.abs(), "{found} is not {wanted}: off by {off:e}");
}

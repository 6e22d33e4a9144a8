//! A journey and the exact values of its measures, each solved once.

use super::value::Value;
use crate::compile::Journey;
use crate::levers::Unsolved;
use crate::measure::Exactly;
use crate::model::law::nearest;
use crate::model::{
    Event, GoalId, KpiId, Measure, MeasureKind, Model, Modifiers, Place, Program, ScenarioId, TouchpointId, Unit,
};
use crate::plan::{Declined, Leaf, ask_for};
use crate::solve::{Answer, answers};
use num_rational::BigRational;
use std::cell::RefCell;

/// A journey, the text that it is written in, and what is known of it.
pub struct Book<'a> {
    /// The journey.
    pub journey: &'a Journey,
    known: RefCell<Vec<(Measure, Result<Value, Unsolved>)>>,
}

impl<'a> Book<'a> {
    /// A book in which nothing is known yet.
    #[must_use]
    pub fn new(journey: &'a Journey) -> Self {
        Self { journey, known: RefCell::default() }
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &'a Program {
        &self.journey.program
    }

    /// The journey as written, or under a scenario.
    #[must_use]
    pub fn model(&self, scenario: Option<ScenarioId>) -> &'a Model {
        self.journey.program.model(scenario)
    }

    /// Solves some measures together.
    pub fn prepare(&self, measures: &[Measure]) {
        let new: Vec<&Measure> = {
            let known = self.known.borrow();
            measures.iter().filter(|m| known.iter().all(|(k, _)| k != *m)).collect()
        };
        let values = solve(self.journey, &new);
        self.known.borrow_mut().extend(new.into_iter().cloned().zip(values));
    }

    /// The exact value of a measure.
    ///
    /// # Errors
    /// Why there is none.
    pub fn get(&self, measure: &Measure) -> Result<Value, Unsolved> {
        let find = || self.known.borrow().iter().find(|(known, _)| known == measure).map(|(_, value)| value.clone());
        find().unwrap_or_else(|| {
            self.prepare(std::slice::from_ref(measure));
            find().unwrap_or(Err(Unsolved::Nobody))
        })
    }

    /// The exact value of a measure as a fraction, for small journeys.
    pub(super) fn fraction(&self, measure: &Measure) -> Option<BigRational> {
        self.get(measure).ok()?.fraction
    }
}

/// A measure without a place in the text.
fn plain(kind: MeasureKind, unit: Unit) -> Measure {
    Measure { kind, unit, origin: crate::diagnostics::Span::default() }
}

/// Meetings with a touchpoint per customer.
pub(super) fn visits(touchpoint: TouchpointId) -> Measure {
    let of = Place::Touchpoint(touchpoint);
    plain(MeasureKind::Touches { of, before: None, only: Modifiers::default() }, Unit::Number)
}

/// Those who ever meet a touchpoint, of all who arrive.
#[must_use]
pub fn met(touchpoint: TouchpointId) -> Measure {
    rate(Event::Meet(Place::Touchpoint(touchpoint)))
}

/// Those who ever do something, of all who arrive.
pub(super) fn rate(to: Event) -> Measure {
    plain(MeasureKind::Rate { from: None, to, before: None, within: None, only: Modifiers::default() }, Unit::Share)
}

/// Those whose journey fails on leaving a touchpoint, of all who arrive.
pub(super) fn leak(touchpoint: TouchpointId) -> Measure {
    plain(MeasureKind::Leak(Place::Touchpoint(touchpoint), Modifiers::default()), Unit::Share)
}

/// What is felt at a touchpoint.
pub(super) fn felt(touchpoint: TouchpointId) -> Measure {
    let at = Modifiers { at: Some(Place::Touchpoint(touchpoint)), ..Modifiers::default() };
    plain(MeasureKind::Felt(at), Unit::Number)
}

/// Times a goal is reached per customer.
pub(super) fn count(goal: GoalId) -> Measure {
    plain(MeasureKind::Count(goal, Modifiers::default()), Unit::Number)
}

/// A kpi.
#[must_use]
pub fn kpi(program: &Program, id: KpiId) -> Measure {
    crate::levers::kpi_measure(program, id)
}

fn solve(journey: &Journey, measures: &[&Measure]) -> Vec<Result<Value, Unsolved>> {
    if measures.is_empty() {
        return Vec::new();
    }
    let Journey { program, chains } = journey;
    let (plans, requests) = ask_for(program, chains, measures);
    let used = |c: usize| requests.iter().any(|r| r.formula.leaves().iter().any(|leaf| leaf.chain == c));
    let found: Vec<Option<Result<Vec<Answer>, Declined>>> =
        chains.iter().zip(&plans).enumerate().map(|(c, (chain, plan))| used(c).then(|| answers(chain, plan))).collect();
    let exactly = |leaf: &Leaf| -> Result<Exactly<'_>, Unsolved> {
        let answers = found[leaf.chain].as_ref().ok_or(Unsolved::Declined(Declined::OtherEngine))?;
        let answers = answers.as_ref().map_err(|why| Unsolved::Declined(*why))?;
        Ok(Exactly { chain: &chains[leaf.chain], answers })
    };
    let one = |request: &crate::plan::Request| {
        let fraction = request.formula.evaluate(&Clone::clone, &|leaf| exactly(leaf).ok()?.fraction(leaf));
        if let Some(fraction) = fraction {
            return Ok(Value::of(fraction));
        }
        for leaf in request.formula.leaves() {
            exactly(leaf)?.value(leaf).map_err(Unsolved::Declined)?;
        }
        let number = request.formula.evaluate(&nearest, &|leaf| exactly(leaf).ok()?.value(leaf).ok());
        let number = number.filter(|n| n.is_finite()).ok_or(Unsolved::Nobody)?;
        Ok(Value { fraction: None, number })
    };
    requests.iter().map(one).collect()
}

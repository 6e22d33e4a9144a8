//! Figures as fractions: what `--rational` asks for.
//!
//! Comes in: a program and its chains. Goes out: [`Fractions`]: the kpis, what every journey has, goals, ends and touchpoints,
//! each as a fraction, or why it is none. What must hold: a fraction is the figure itself, never a float that was turned into one.

use super::answers::mixed;
use crate::chain::Chain;
use crate::limits::RATIONAL;
use crate::model::{
    EndId, Event, GoalId, KpiId, Measure, MeasureKind, Modifiers, PersonaId, Place, Program, ScenarioId, TouchpointId, Unit,
};
use crate::plan::{Asked, Declined, Leaf, Plan, Request, Standard, Take, ask_for, main_goal};
use crate::solve::{NoFraction, Rational, fractions as solved};
use num_rational::BigRational;

/// Figures as fractions.
#[derive(Clone, Debug)]
pub struct Fractions {
    /// Measures first, then goals, ends and touchpoints, each in the order of the text.
    pub rows: Vec<FractionRow>,
}

/// A figure.
#[derive(Clone, Debug)]
pub struct FractionRow {
    /// Which.
    pub of: FractionOf,
    /// Of a persona alone.
    pub persona: Option<PersonaId>,
    /// Under a scenario.
    pub scenario: Option<ScenarioId>,
    /// What it counts; time is in seconds.
    pub unit: Unit,
    /// The fraction, or why there is none.
    pub value: Result<BigRational, NoFraction>,
}

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FractionOf {
    /// A kpi.
    Kpi(KpiId),
    /// What every journey has.
    Standard(Standard),
    /// Share of all who arrived to whom it happens.
    Rate(Event),
    /// Mean time to its first time, among those.
    Time(Event),
    /// Meetings per customer who arrived.
    Visits(TouchpointId),
    /// Removal effect.
    Pull(TouchpointId),
}

/// A journey too large for fractions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyStates(pub usize);

/// The figures of a journey as fractions.
///
/// # Errors
/// If one of its chains has more than [`RATIONAL`] states.
pub fn fractions(program: &Program, chains: &[Chain], asked: &Asked) -> Result<Fractions, TooManyStates> {
    let states = chains.iter().map(|chain| chain.states.len()).max().unwrap_or(0);
    if states > RATIONAL {
        return Err(TooManyStates(states));
    }
    let answered = Answered::new(chains, &asked.plans);
    let row = |of, persona, scenario, request: &Request| FractionRow {
        of,
        persona,
        scenario,
        unit: request.unit,
        value: answered.value(request),
    };
    let mut rows = Vec::new();
    for (at, requests) in asked.kpis.iter().enumerate() {
        let of = FractionOf::Kpi(KpiId::new(at));
        rows.push(row(of, None, None, &requests.all));
        rows.extend(requests.personas.iter().enumerate().map(|(p, r)| row(of, Some(PersonaId::new(p)), None, r)));
        rows.extend(requests.scenarios.iter().enumerate().map(|(s, r)| row(of, None, Some(ScenarioId::new(s)), r)));
    }
    rows.extend(asked.standard.iter().map(|(what, r)| row(FractionOf::Standard(*what), None, None, r)));
    let (places, measures): (Vec<FractionOf>, Vec<Measure>) = places(program).into_iter().unzip();
    let (plans, requests) = ask_for(program, chains, &measures.iter().collect::<Vec<_>>());
    let answered = Answered::new(&chains[..1], &plans);
    rows.extend(places.into_iter().zip(&requests).map(|(of, request)| FractionRow {
        of,
        persona: None,
        scenario: None,
        unit: request.unit,
        value: answered.value(request),
    }));
    Ok(Fractions { rows })
}

/// Rates and times of goals and ends; reach, visits and removal effect of touchpoints.
fn places(program: &Program) -> Vec<(FractionOf, Measure)> {
    let none = Modifiers::default;
    let measure = |kind, unit| Measure { kind, unit, origin: crate::diagnostics::Span::default() };
    let rate = |to: Event| {
        let kind = MeasureKind::Rate { from: None, to, before: None, within: None, only: none() };
        (FractionOf::Rate(to), measure(kind, Unit::Share))
    };
    let time = |to: Event| (FractionOf::Time(to), measure(MeasureKind::TimeTo(to, none()), Unit::Time));
    let model = &program.base;
    let goals = (0..model.goals.len()).map(|g| Event::Reach(GoalId::new(g)));
    let ends = (0..model.ends.len()).map(|e| Event::Stop(EndId::new(e)));
    let mut all: Vec<_> = goals.chain(ends).flat_map(|event| [rate(event), time(event)]).collect();
    for t in (0..model.touchpoints.len()).map(TouchpointId::new) {
        let place = Place::Touchpoint(t);
        all.push(rate(Event::Meet(place)));
        let visits = MeasureKind::Touches { of: place, before: None, only: none() };
        all.push((FractionOf::Visits(t), measure(visits, Unit::Number)));
        if main_goal(program).is_some() {
            all.push((FractionOf::Pull(t), measure(MeasureKind::Pull(place, none()), Unit::Share)));
        }
    }
    all
}

/// The fractions of all chains.
struct Answered<'a> {
    chains: &'a [Chain],
    answers: Vec<Result<Vec<ByPersona>, Declined>>,
}

/// The answers to one question.
type ByPersona = Result<Vec<Rational>, NoFraction>;

impl<'a> Answered<'a> {
    fn new(chains: &'a [Chain], plans: &[Plan]) -> Self {
        Self { chains, answers: chains.iter().zip(plans).map(|(chain, plan)| solved(chain, plan)).collect() }
    }

    fn value(&self, request: &Request) -> Result<BigRational, NoFraction> {
        for leaf in request.formula.leaves() {
            self.leaf(leaf)?;
        }
        let leaf = |leaf: &Leaf| mixed(&self.chains[leaf.chain], leaf, self.leaf(leaf).ok()?);
        request.formula.evaluate(&Clone::clone, &leaf).ok_or(NoFraction::Nobody)
    }

    fn leaf(&self, leaf: &Leaf) -> Result<&[Rational], NoFraction> {
        match leaf.take {
            Take::Mean => {}
            Take::Sd => return Err(NoFraction::Root),
            Take::Percentile(_) => return Err(Declined::Distribution.into()),
        }
        let answers = self.answers[leaf.chain].as_ref().map_err(|why| NoFraction::Declined(*why))?;
        answers[leaf.question.0].as_ref().map(Vec::as_slice).map_err(|why| *why)
    }
}

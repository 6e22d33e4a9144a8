//! Everything that documents need of the engines: the kpis, what every journey has, promises and claims.

use super::ask::{Asker, Translator, for_persona, money};
use super::formula::{Formula, Leaf, Request, Take};
use super::{Plan, Variable, Wants};
use crate::chain::Chain;
use crate::diagnostics::Span;
use crate::model::{
    ArrivalId, ChannelId, Contact, Dimension, Event, Expectation, FacetId, GoalId, Kpi, Measure, MeasureKind, Model, Modifiers,
    Moment, MoneyKind, PersonaId, Place, Program, ScenarioId, StageId, TouchpointId, Unit,
};
use crate::syntax::tree::Operator;
use num_traits::Zero;
use serde::Serialize;

/// The plans of all chains, and the formulas over their answers.
#[derive(Debug)]
pub struct Asked {
    /// What is asked of each chain: 0 is the journey as written, `i + 1` scenario `i`.
    pub plans: Vec<Plan>,
    /// One per kpi.
    pub kpis: Vec<KpiRequests>,
    /// One per expectation: the measure, and its bounds.
    pub expectations: Vec<(Request, Vec<Request>)>,
    /// One per expectation and bound: measure − bound, whose sign decides.
    pub margins: Vec<Vec<Request>>,
    /// One per claim.
    pub claims: Vec<Request>,
    /// What every journey has.
    pub standard: Vec<(Standard, Request)>,
    /// Of cost, revenue and margin among them: the standard deviation between customers.
    pub spreads: Vec<(Standard, Request)>,
    /// By persona.
    pub personas: Vec<PersonaRequests>,
    /// By stage: median time spent among those who enter.
    pub stage_times: Vec<Request>,
    /// By moment that the journey has: median time spent among those who enter.
    pub moment_times: Vec<(Moment, Request)>,
    /// By percentile: the time from arrival to the main goal, among those who reach it.
    pub goal_times: Vec<(u8, Request)>,
}

/// What every persona has.
#[derive(Debug)]
pub struct PersonaRequests {
    /// Cost, revenue, margin.
    pub money: [Request; 3],
    /// The standard deviation of each between customers.
    pub money_sd: [Request; 3],
    /// Mean feeling.
    pub felt: Request,
}

/// The requests of one kpi.
#[derive(Debug)]
pub struct KpiRequests {
    /// Over all customers.
    pub all: Request,
    /// By persona; empty if there is one, or if the kpi says itself whom it is of.
    pub personas: Vec<Request>,
    /// By scenario; empty if the kpi says itself under which.
    pub scenarios: Vec<Request>,
    /// Each of these less `all`.
    pub differences: Vec<Request>,
    /// By part, if it is broken down.
    pub by: Vec<(String, Request)>,
}

/// The figures that every journey has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standard {
    /// Cost per customer who arrived.
    Cost,
    /// Revenue per customer who arrived.
    Revenue,
    /// Margin per customer who arrived.
    Margin,
    /// Cost per time the main goal is reached (acquisition cost).
    CostPerGoal,
    /// Revenue / cost (return on spend).
    ReturnOnSpend,
    /// Discounted margin per customer; where a discount is declared.
    Clv,
    /// Net promoter score.
    Nps,
    /// Customer satisfaction.
    Csat,
    /// Customer effort.
    Ces,
    /// Mean feeling.
    Felt,
    /// Contacts pushed to a customer.
    PushContacts,
    /// Share of the passages between two touchpoints that change channel; `with` counts as there.
    ChannelSwitches,
}

impl Standard {
    /// As the JSON documents name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Revenue => "revenue",
            Self::Margin => "margin",
            Self::CostPerGoal => "cost_per_goal",
            Self::ReturnOnSpend => "return_on_spend",
            Self::Clv => "clv",
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces => "ces",
            Self::Felt => "felt",
            Self::PushContacts => "push_contacts",
            Self::ChannelSwitches => "channel_switches",
        }
    }
}

/// The goal that pull, leak value and leverage speak of: that of the first key kpi that is a goal's rate, else the last declared.
#[must_use]
pub fn main_goal(program: &Program) -> Option<GoalId> {
    fn of(program: &Program, measure: &Measure) -> Option<GoalId> {
        let plain = Modifiers::default();
        match &measure.kind {
            MeasureKind::Rate { from: None, to: Event::Reach(goal), before: None, within: None, only } if *only == plain => {
                Some(*goal)
            }
            MeasureKind::Kpi(id, only) if *only == plain => of(program, &program.kpis[id.index()].measure),
            _ => None,
        }
    }
    let last = || program.base.goals.len().checked_sub(1).map(GoalId::new);
    program.kpis.iter().filter(|k| k.key).find_map(|k| of(program, &k.measure)).or_else(last)
}

/// Asks for everything; `chains` are those of the base and of each scenario.
#[must_use]
pub fn ask(program: &Program, chains: &[Chain]) -> Asked {
    let goal = main_goal(program);
    let models = std::iter::once(&program.base).chain(program.scenarios.iter().map(|(_, m)| m));
    let askers = models.zip(chains).map(|(model, chain)| Asker::new(model, chain, goal)).collect();
    let mut t = Translator { askers, kpis: &program.kpis };
    let nothing = Modifiers::default();

    let kpis = program.kpis.iter().map(|kpi| kpi_requests(&mut t, program, kpi)).collect();
    let promised = program.expectations.iter().map(|e| promise(&mut t, e));
    let (expectations, margins) = promised.map(|p| ((p.measure, p.bounds), p.margins)).unzip();
    let claims = program.claims.iter().map(|c| t.request(&c.measure, &nothing)).collect();
    let standard = standard(&mut t, &program.base, goal);
    let spreads = spreads(&mut t, &program.base);
    let personas = (0..program.base.personas.len()).map(|p| persona_requests(&mut t, &program.base, PersonaId::new(p))).collect();
    let stage_times = (0..program.base.stages.len()).map(|i| median_time(&mut t, Place::Stage(StageId::new(i)))).collect();
    let has = |m: Moment| program.base.stages.iter().any(|s| s.moment == Some(m));
    let moments = Moment::ALL.iter().copied().filter(|m| has(*m));
    let moment_times = moments.map(|m| (m, median_time(&mut t, Place::Moment(m)))).collect();
    let goal_times = goal.map_or_else(Vec::new, |goal| goal_times(&mut t, goal));
    let plans = t.askers.into_iter().map(|a| a.plan).collect();
    Asked { plans, kpis, expectations, margins, claims, standard, spreads, personas, stage_times, moment_times, goal_times }
}

/// Asks for some measures and nothing else: the plans of all chains, and the formula of each measure.
#[must_use]
pub fn ask_for(program: &Program, chains: &[Chain], measures: &[&Measure]) -> (Vec<Plan>, Vec<Request>) {
    let goal = main_goal(program);
    let models = std::iter::once(&program.base).chain(program.scenarios.iter().map(|(_, m)| m));
    let askers = models.zip(chains).map(|(model, chain)| Asker::new(model, chain, goal)).collect();
    let mut t = Translator { askers, kpis: &program.kpis };
    let requests = measures.iter().map(|m| t.request(m, &Modifiers::default())).collect();
    (t.askers.into_iter().map(|a| a.plan).collect(), requests)
}

/// The requests of one promise.
#[derive(Clone, Debug)]
pub struct PromiseRequests {
    /// What is promised.
    pub measure: Request,
    /// What it is held against: one bound, or two.
    pub bounds: Vec<Request>,
    /// By bound: measure − bound, whose sign decides.
    pub margins: Vec<Request>,
}

impl PromiseRequests {
    /// Whether any of it is of the chain at that place.
    #[must_use]
    pub fn reads(&self, chain: usize) -> bool {
        let all = std::iter::once(&self.measure).chain(&self.bounds);
        all.flat_map(|r| &r.groups).any(|(read, _)| *read == chain)
    }
}

/// Asks for some promises and nothing else: the plans of all chains, and the requests of each promise.
#[must_use]
pub fn ask_promises(program: &Program, chains: &[Chain], promises: &[Expectation]) -> (Vec<Plan>, Vec<PromiseRequests>) {
    let goal = main_goal(program);
    let models = std::iter::once(&program.base).chain(program.scenarios.iter().map(|(_, m)| m));
    let askers = models.zip(chains).map(|(model, chain)| Asker::new(model, chain, goal)).collect();
    let mut t = Translator { askers, kpis: &program.kpis };
    let requests = promises.iter().map(|e| promise(&mut t, e)).collect();
    (t.askers.into_iter().map(|a| a.plan).collect(), requests)
}

fn promise(t: &mut Translator<'_>, e: &Expectation) -> PromiseRequests {
    let nothing = Modifiers::default();
    let measure = t.request(&e.measure, &nothing);
    let bounds: Vec<Request> = e.bound.measures().into_iter().map(|b| t.request(b, &nothing)).collect();
    let difference = |b: &Request| measure.formula.clone().join(Operator::Subtract, b.formula.clone());
    let margins = bounds.iter().map(|b| t.seal(difference(b), measure.unit)).collect();
    PromiseRequests { measure, bounds, margins }
}

fn kpi_requests(t: &mut Translator<'_>, program: &Program, kpi: &Kpi) -> KpiRequests {
    let model = &program.base;
    let all = t.request(&kpi.measure, &Modifiers::default());
    let says = said(program, &kpi.measure);
    let personas = if says.who.is_some() || model.personas.len() < 2 {
        Vec::new()
    } else {
        (0..model.personas.len()).map(|p| t.request(&kpi.measure, &for_persona(model, PersonaId::new(p)))).collect()
    };
    let scenarios = if says.scenario.is_some() {
        Vec::new()
    } else {
        let under = |s| Modifiers { scenario: Some(ScenarioId::new(s)), ..Modifiers::default() };
        (0..program.scenarios.len()).map(|s| t.request(&kpi.measure, &under(s))).collect()
    };
    let by = kpi.by.map_or_else(Vec::new, |dimension| parts(model, dimension));
    let by = by.into_iter().map(|(label, narrow)| (label, t.request(&kpi.measure, &narrow))).collect();
    let less = |scenario: &Request| (scenario.formula.clone().join(Operator::Subtract, all.formula.clone()), all.unit);
    let differences: Vec<_> = scenarios.iter().map(less).collect();
    let differences = differences.into_iter().map(|(formula, unit)| t.seal(formula, unit)).collect();
    KpiRequests { all, personas, scenarios, differences, by }
}

/// Whether a measure says itself, anywhere, whom it is of or under which scenario.
fn said(program: &Program, measure: &Measure) -> Modifiers {
    let mut own = measure.kind.modifiers().cloned().unwrap_or_default();
    let inner = match &measure.kind {
        MeasureKind::Kpi(id, _) => vec![&program.kpis[id.index()].measure],
        other => other.parts(),
    };
    for says in inner.into_iter().map(|m| said(program, m)) {
        own.who = own.who.or(says.who);
        own.scenario = own.scenario.or(says.scenario);
    }
    own
}

/// The parts of a dimension: label, and what narrows a measure to it.
fn parts(model: &Model, dimension: Dimension) -> Vec<(String, Modifiers)> {
    let at = |label: &str, place: Place| (label.to_owned(), Modifiers { at: Some(place), ..Modifiers::default() });
    match dimension {
        Dimension::Persona => (0..model.personas.len())
            .map(|p| (model.personas[p].name.label.clone(), for_persona(model, PersonaId::new(p))))
            .collect(),
        Dimension::Touchpoint => {
            let each = model.touchpoints.iter().enumerate();
            each.map(|(i, t)| at(&t.name.label, Place::Touchpoint(TouchpointId::new(i)))).collect()
        }
        Dimension::Stage => {
            model.stages.iter().enumerate().map(|(i, s)| at(&s.name.label, Place::Stage(StageId::new(i)))).collect()
        }
        Dimension::Channel => {
            model.channels.iter().enumerate().map(|(i, c)| at(&c.name.label, Place::Channel(ChannelId::new(i)))).collect()
        }
        Dimension::Moment => Moment::ALL
            .iter()
            .filter(|m| model.stages.iter().any(|s| s.moment == Some(**m)))
            .map(|m| at(m.label().get(model.locale), Place::Moment(*m)))
            .collect(),
        Dimension::Arrival => {
            model.arrivals.iter().enumerate().map(|(i, a)| at(&a.name.label, Place::Arrival(ArrivalId::new(i)))).collect()
        }
        Dimension::Facet(facet) => words_of(model, facet, at),
    }
}

fn words_of(model: &Model, facet: FacetId, at: impl Fn(&str, Place) -> (String, Modifiers)) -> Vec<(String, Modifiers)> {
    let words = model.facets[facet.index()].words.iter().enumerate();
    words.map(|(i, word)| at(word, Place::Facet(facet, i))).collect()
}

fn measure(kind: MeasureKind, unit: Unit) -> Measure {
    Measure { kind, unit, origin: Span::default() }
}

fn standard(t: &mut Translator<'_>, model: &Model, goal: Option<GoalId>) -> Vec<(Standard, Request)> {
    let none = Modifiers::default;
    let mut asked = Vec::new();
    let mut add = |what, kind, unit| asked.push((what, measure(kind, unit)));
    if has_money(model) {
        add(Standard::Cost, money(MoneyKind::Cost), Unit::Money);
        add(Standard::Revenue, money(MoneyKind::Revenue), Unit::Money);
        add(Standard::Margin, money(MoneyKind::Margin), Unit::Money);
        if let Some(goal) = goal {
            let per = Modifiers { per: Some(Event::Reach(goal)), ..none() };
            add(Standard::CostPerGoal, MeasureKind::Money(MoneyKind::Cost, per), Unit::Money);
        }
        let side = |kind| Box::new(measure(money(kind), Unit::Money));
        let spend = MeasureKind::Binary(Operator::Divide, side(MoneyKind::Revenue), side(MoneyKind::Cost));
        add(Standard::ReturnOnSpend, spend, Unit::Number);
        if model.discount.is_some() {
            add(Standard::Clv, money(MoneyKind::Clv), Unit::Money);
        }
    }
    add(Standard::Nps, MeasureKind::Nps(none()), Unit::Nps);
    add(Standard::Csat, MeasureKind::Csat(none()), Unit::Share);
    add(Standard::Ces, MeasureKind::Ces(none()), Unit::Number);
    add(Standard::Felt, MeasureKind::Felt(none()), Unit::Number);
    if model.touchpoints.iter().any(|t| t.contact == Some(Contact::Push)) {
        let pushed = MeasureKind::Touches { of: Place::Contact(Contact::Push), before: None, only: none() };
        add(Standard::PushContacts, pushed, Unit::Number);
    }
    asked.into_iter().map(|(what, m)| (what, t.request(&m, &none()))).collect()
}

fn has_money(model: &Model) -> bool {
    let branch = |b: &crate::model::Branch| b.effects.cost.is_some() || b.effects.earns.is_some();
    model.channels.iter().any(|c| c.cost.is_some())
        || model.arrivals.iter().any(|a| !a.cost_each.is_zero() || a.branches.iter().any(branch))
        || model.touchpoints.iter().any(|t| !t.costs.is_empty() || !t.earns.is_empty() || t.branches.iter().any(branch))
}

/// The standard deviations of money between customers.
fn spreads(t: &mut Translator<'_>, model: &Model) -> Vec<(Standard, Request)> {
    if !has_money(model) {
        return Vec::new();
    }
    let named = [Standard::Cost, Standard::Revenue, Standard::Margin].into_iter().zip(MONEY);
    named.map(|(what, kind)| (what, t.spread(&measure(money(kind), Unit::Money), &Modifiers::default()))).collect()
}

const MONEY: [MoneyKind; 3] = [MoneyKind::Cost, MoneyKind::Revenue, MoneyKind::Margin];

fn persona_requests(t: &mut Translator<'_>, model: &Model, persona: PersonaId) -> PersonaRequests {
    let narrow = for_persona(model, persona);
    PersonaRequests {
        money: MONEY.map(|kind| t.request(&measure(money(kind), Unit::Money), &narrow)),
        money_sd: MONEY.map(|kind| t.spread(&measure(money(kind), Unit::Money), &narrow)),
        felt: t.request(&measure(MeasureKind::Felt(Modifiers::default()), Unit::Number), &narrow),
    }
}

/// Every fifth percentile of the seconds from arrival to a goal, among those who reach it.
fn goal_times(t: &mut Translator<'_>, goal: GoalId) -> Vec<(u8, Request)> {
    let asker = &mut t.askers[0];
    let event = asker.event(Event::Reach(goal));
    let question = asker.question(Variable::TimeTo(event), Some(event), None);
    asker.plan.questions[question.0].wants = Wants::Distribution;
    let at = |percentile| Formula::Leaf(Leaf { chain: 0, question, take: Take::Percentile(percentile), who: None });
    (1..20).map(|twentieth| 5 * twentieth).map(|percentile| (percentile, t.seal(at(percentile), Unit::Time))).collect()
}

/// Median of the seconds spent at a place, among those who meet it.
fn median_time(t: &mut Translator<'_>, place: Place) -> Request {
    let asker = &mut t.askers[0];
    let event = asker.event(Event::Meet(place));
    let question = asker.question(Variable::TimeIn(event), Some(event), None);
    asker.plan.questions[question.0].wants = Wants::Distribution;
    let mut formula = Formula::mean(0, question);
    if let Formula::Leaf(leaf) = &mut formula {
        leaf.take = Take::Percentile(50);
    }
    t.seal(formula, Unit::Time)
}

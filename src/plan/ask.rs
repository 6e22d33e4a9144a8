//! From measures to questions: which random variables, over whom, and how their answers combine.

use super::formula::{Formula, Leaf, Request, Take};
use super::{At, EventIx, Marks, Plan, Question, QuestionIx, Variable, Wants};
use crate::chain::Chain;
use crate::locale::seconds::YEAR;
use crate::model::law::nearest;
use crate::model::{
    Event, GoalId, Kpi, Measure, MeasureKind, Model, Modifiers, MoneyKind, Outcome, PersonaId, Place, Survey, Target, Unit, Who,
};
use crate::syntax::tree::{Operator, Statistic};
use std::collections::HashMap;

/// Collects the questions of one chain, each once.
#[derive(Debug)]
pub(super) struct Asker<'a> {
    model: &'a Model,
    chain: &'a Chain,
    pub(super) plan: Plan,
    events: HashMap<Event, EventIx>,
    group_ids: HashMap<Vec<QuestionIx>, usize>,
}

impl<'a> Asker<'a> {
    pub(super) fn new(model: &'a Model, chain: &'a Chain, goal: Option<GoalId>) -> Self {
        let failing = model.ends.iter().map(|e| e.outcome == Some(Outcome::Failure)).collect();
        let yearly = model.discount.as_ref().map_or(0.0, nearest);
        let plan = Plan {
            events: Vec::new(),
            questions: Vec::new(),
            groups: Vec::new(),
            goal,
            touchpoints: Vec::new(),
            stages: Vec::new(),
            moments: Vec::new(),
            goals: Vec::new(),
            ends: Vec::new(),
            horizon: model.horizon,
            discount: libm::log1p(yearly) / f64::from(YEAR),
            failing,
        };
        let mut asker = Self { model, chain, plan, events: HashMap::new(), group_ids: HashMap::new() };
        asker.board_events();
        asker
    }

    /// The events that the board speaks of.
    fn board_events(&mut self) {
        use crate::model::{EndId, Moment, StageId, TouchpointId};
        let model = self.model;
        self.plan.touchpoints =
            (0..model.touchpoints.len()).map(|i| self.event(Event::Meet(Place::Touchpoint(TouchpointId::new(i))))).collect();
        self.plan.stages = (0..model.stages.len()).map(|i| self.event(Event::Meet(Place::Stage(StageId::new(i))))).collect();
        self.plan.moments = Moment::ALL
            .iter()
            .map(|m| model.stages.iter().any(|s| s.moment == Some(*m)).then(|| self.event(Event::Meet(Place::Moment(*m)))))
            .collect();
        self.plan.goals = (0..model.goals.len()).map(|i| self.event(Event::Reach(GoalId::new(i)))).collect();
        self.plan.ends = (0..model.ends.len()).map(|i| self.event(Event::Stop(EndId::new(i)))).collect();
    }

    pub(super) fn event(&mut self, event: Event) -> EventIx {
        if let Some(ix) = self.events.get(&event) {
            return *ix;
        }
        let ix = EventIx(self.plan.events.len());
        self.plan.events.push(Marks::new(self.model, self.chain, event));
        self.events.insert(event, ix);
        ix
    }

    /// The place of a question, which is added if it is new; what is wanted of it only grows.
    pub(super) fn question(&mut self, variable: Variable, among: Option<EventIx>, within: Option<f64>) -> QuestionIx {
        let same = |q: &Question| q.variable == variable && q.among == among && q.within == within;
        let known = self.plan.questions.iter().position(|q| same(q) && !matches!(q.wants, Wants::Share(..)));
        QuestionIx(known.unwrap_or_else(|| {
            self.plan.questions.push(Question { variable, among, within, wants: Wants::Mean });
            self.plan.questions.len() - 1
        }))
    }

    fn group(&mut self, questions: Vec<QuestionIx>) -> usize {
        if let Some(group) = self.group_ids.get(&questions) {
            return *group;
        }
        self.plan.groups.push(questions.clone());
        self.group_ids.insert(questions, self.plan.groups.len() - 1);
        self.plan.groups.len() - 1
    }

    fn at(&mut self, place: Option<Place>) -> At {
        match place {
            None => At::Anywhere,
            Some(Place::Arrival(id)) => At::Arrival(id),
            Some(place) => At::Place(self.event(Event::Meet(place))),
        }
    }

    fn mean(&mut self, chain: usize, variable: Variable, within: Option<f64>) -> Formula {
        Formula::mean(chain, self.question(variable, None, within))
    }

    /// Mean of one variable over the mean of another.
    fn ratio(&mut self, chain: usize, above: Variable, below: Variable, within: Option<f64>) -> Formula {
        let above = self.mean(chain, above, within);
        above.join(Operator::Divide, self.mean(chain, below, within))
    }
}

/// Translates measures, over the plans of all chains.
#[derive(Debug)]
pub(super) struct Translator<'a> {
    pub(super) askers: Vec<Asker<'a>>,
    pub(super) kpis: &'a [Kpi],
}

impl Translator<'_> {
    /// The formula of a measure with the group that its precision needs.
    pub(super) fn request(&mut self, measure: &Measure, narrow: &Modifiers) -> Request {
        let formula = self.formula(measure, narrow);
        self.seal(formula, measure.unit)
    }

    /// The standard deviation of the number per customer that a measure is, without its precision: no distribution is kept for it.
    pub(super) fn spread(&mut self, measure: &Measure, narrow: &Modifiers) -> Request {
        let formula = self.taken(measure, narrow, Take::Sd, Wants::Spread);
        self.seal(formula, measure.unit)
    }

    /// Gives a formula the groups that its precision needs, one per chain that it reads.
    pub(super) fn seal(&mut self, formula: Formula, unit: Unit) -> Request {
        let mut by_chain: Vec<(usize, Vec<QuestionIx>)> = Vec::new();
        for leaf in formula.leaves() {
            match by_chain.iter_mut().find(|(chain, _)| *chain == leaf.chain) {
                Some((_, questions)) if !questions.contains(&leaf.question) => questions.push(leaf.question),
                Some(_) => {}
                None => by_chain.push((leaf.chain, vec![leaf.question])),
            }
        }
        let groups = by_chain.into_iter().map(|(chain, questions)| (chain, self.askers[chain].group(questions))).collect();
        Request { formula, unit, groups }
    }

    /// The formula of a measure, narrowed from outside by `narrow`; what the measure says itself wins.
    pub(super) fn formula(&mut self, measure: &Measure, narrow: &Modifiers) -> Formula {
        match &measure.kind {
            MeasureKind::Constant(value) => Formula::Constant(value.clone()),
            MeasureKind::Kpi(id, own) => {
                let kpis = self.kpis;
                self.formula(&kpis[id.index()].measure, &merge(own, narrow))
            }
            MeasureKind::Binary(operator, a, b) => {
                let a = self.formula(a, narrow);
                a.join(*operator, self.formula(b, narrow))
            }
            MeasureKind::Negative(inner) => Formula::Negative(Box::new(self.formula(inner, narrow))),
            MeasureKind::Statistic(statistic, inner) => {
                let (take, wants) = match statistic {
                    Statistic::Mean => (Take::Mean, Wants::Mean),
                    Statistic::Sd => (Take::Sd, Wants::Distribution),
                    Statistic::Percentile(p) => (Take::Percentile(*p), Wants::Distribution),
                };
                self.taken(inner, narrow, take, wants)
            }
            MeasureKind::Share(inner, comparison, limit) => {
                let wants = Wants::Share(*comparison, nearest(limit));
                self.taken(inner, narrow, Take::Mean, wants)
            }
            leaf => self.leaf(leaf, narrow),
        }
    }

    /// Another statistic of the number per customer that a measure is.
    fn taken(&mut self, inner: &Measure, narrow: &Modifiers, take: Take, wants: Wants) -> Formula {
        let mut formula = self.formula(inner, narrow);
        if let Formula::Leaf(leaf) = &mut formula {
            leaf.take = take;
            let questions = &mut self.askers[leaf.chain].plan.questions;
            match wants {
                Wants::Mean => {}
                Wants::Share(..) => {
                    questions.push(Question { wants, ..questions[leaf.question.0].clone() });
                    leaf.question = QuestionIx(questions.len() - 1);
                }
                // Who wants the distribution has the spread with it.
                Wants::Spread if questions[leaf.question.0].wants == Wants::Distribution => {}
                Wants::Spread | Wants::Distribution => questions[leaf.question.0].wants = wants,
            }
        }
        formula
    }

    fn leaf(&mut self, kind: &MeasureKind, narrow: &Modifiers) -> Formula {
        let only = kind.modifiers().map_or_else(|| narrow.clone(), |own| merge(own, narrow));
        let chain = only.scenario.map_or(0, |s| s.index() + 1);
        let formula = self.leaf_of(chain, kind, &only);
        narrow_to(formula, only.who.as_ref())
    }

    fn leaf_of(&mut self, chain: usize, kind: &MeasureKind, only: &Modifiers) -> Formula {
        let ask = &mut self.askers[chain];
        let limit = only.within;
        match kind {
            MeasureKind::Rate { from, to, before, within, .. } => {
                let from = from.map(|e| ask.event(e));
                let (to, before) = (ask.event(*to), before.map(|e| ask.event(e)));
                let question = ask.question(Variable::Hit { from, to, before, within: *within }, from, limit);
                Formula::mean(chain, question)
            }
            MeasureKind::Next { from, to, .. } => {
                let (from, to) = (ask.event(Event::Meet(*from)), ask.event(*to));
                ask.ratio(chain, Variable::Follows { from, to }, Variable::Touches { of: from, until: None }, limit)
            }
            MeasureKind::Touches { of, before, .. } => {
                let (of, until) = (ask.event(Event::Meet(*of)), before.map(|e| ask.event(e)));
                let question = ask.question(Variable::Touches { of, until }, until, limit);
                Formula::mean(chain, question)
            }
            MeasureKind::Count(goal, _) => ask.mean(chain, Variable::Times(*goal), limit),
            MeasureKind::TimeTo(event, _) => {
                let event = ask.event(*event);
                let question = ask.question(Variable::TimeTo(event), Some(event), limit);
                Formula::mean(chain, question)
            }
            MeasureKind::Money(money, _) => {
                let at = ask.at(only.at);
                let amount = ask.mean(chain, Variable::Money(*money, at), limit);
                match only.per {
                    None => amount,
                    Some(event) => {
                        let times = times(ask, event);
                        amount.join(Operator::Divide, ask.mean(chain, times, limit))
                    }
                }
            }
            MeasureKind::Nps(_) => {
                let score = if ask.surveyed(Survey::Nps) {
                    ask.survey(chain, Survey::Nps, only)
                } else {
                    let at = ask.at(only.at);
                    ask.ratio(chain, Variable::PeakEnd(at), Variable::Feels(at), limit)
                };
                Formula::whole(100).join(Operator::Multiply, score)
            }
            MeasureKind::Csat(_) if ask.surveyed(Survey::Csat) => ask.survey(chain, Survey::Csat, only),
            MeasureKind::Csat(_) => {
                let at = ask.at(only.at);
                ask.ratio(chain, Variable::Satisfied(at), Variable::Feels(at), limit)
            }
            MeasureKind::Ces(_) if ask.surveyed(Survey::Ces) => ask.survey(chain, Survey::Ces, only),
            MeasureKind::Ces(_) => {
                let at = ask.at(only.at);
                ask.ratio(chain, Variable::EffortSum(at), Variable::EffortCount(at), limit)
            }
            MeasureKind::Felt(_) => {
                let at = ask.at(only.at);
                ask.ratio(chain, Variable::FeltSum(at), Variable::FeltCount(at), limit)
            }
            MeasureKind::Pull(place, _) => ask.pull(chain, *place, limit),
            MeasureKind::Leak(place, _) => {
                let event = ask.event(Event::Meet(*place));
                ask.mean(chain, Variable::Fails(event), limit)
            }
            MeasureKind::Leverage(touchpoint, _) => ask.mean(chain, Variable::Leverage(*touchpoint), limit),
            MeasureKind::Constant(_)
            | MeasureKind::Kpi(..)
            | MeasureKind::Statistic(..)
            | MeasureKind::Share(..)
            | MeasureKind::Binary(..)
            | MeasureKind::Negative(_) => Formula::whole(0),
        }
    }
}

impl Asker<'_> {
    fn surveyed(&self, survey: Survey) -> bool {
        self.chain.visits.iter().any(|v| v.surveys.iter().any(|(s, _)| *s == survey))
    }

    fn survey(&mut self, chain: usize, survey: Survey, only: &Modifiers) -> Formula {
        let at = self.at(only.at);
        self.ratio(chain, Variable::ScoreSum(survey, at), Variable::ScoreCount(survey, at), only.within)
    }

    /// Share of the main goal's conversions that vanish with a place: 1 − P(goal before it) / P(goal).
    fn pull(&mut self, chain: usize, place: Place, limit: Option<f64>) -> Formula {
        let Some(goal) = self.plan.goal else { return Formula::whole(0) };
        let (to, place) = (self.event(Event::Reach(goal)), self.event(Event::Meet(place)));
        let without = Variable::Hit { from: None, to, before: Some(place), within: None };
        let with = Variable::Hit { from: None, to, before: None, within: None };
        Formula::whole(1).join(Operator::Subtract, self.ratio(chain, without, with, limit))
    }
}

/// How many times an event happens to a customer, as `per` divides.
fn times(ask: &mut Asker<'_>, event: Event) -> Variable {
    match event {
        Event::Reach(goal) => Variable::Times(goal),
        Event::Meet(_) => Variable::Touches { of: ask.event(event), until: None },
        Event::Stop(_) => Variable::Hit { from: None, to: ask.event(event), before: None, within: None },
    }
}

/// Restricts every leaf to some personas.
fn narrow_to(formula: Formula, who: Option<&Who>) -> Formula {
    match formula {
        Formula::Leaf(leaf) => Formula::Leaf(Leaf { who: who.map(|w| w.personas.clone()), ..leaf }),
        Formula::Binary(operator, a, b) => narrow_to(*a, who).join(operator, narrow_to(*b, who)),
        Formula::Negative(inner) => Formula::Negative(Box::new(narrow_to(*inner, who))),
        constant @ Formula::Constant(_) => constant,
    }
}

/// What a measure says itself, completed from outside.
fn merge(own: &Modifiers, outer: &Modifiers) -> Modifiers {
    Modifiers {
        who: own.who.clone().or_else(|| outer.who.clone()),
        scenario: own.scenario.or(outer.scenario),
        at: own.at.or(outer.at),
        per: own.per.or(outer.per),
        within: match (own.within, outer.within) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        },
    }
}

/// Narrowed to one persona.
pub(super) fn for_persona(model: &Model, persona: PersonaId) -> Modifiers {
    let label = model.personas[persona.index()].name.label.clone();
    Modifiers { who: Some(Who { personas: vec![persona], label }), ..Modifiers::default() }
}

/// A money measure without modifiers.
pub(super) fn money(kind: MoneyKind) -> MeasureKind {
    MeasureKind::Money(kind, Modifiers::default())
}

/// Whether a target of a flow fails.
#[must_use]
pub fn fails(model: &Model, target: Target) -> bool {
    matches!(target, Target::End(end) if model.ends[end.index()].outcome == Some(Outcome::Failure))
}

//! The named measures.

use super::answers::Answered;
use super::figure::figure;
use super::figures::{Base, KpiFigure};
use crate::model::{Event, KpiId, Measure, MeasureKind, Model, Modifiers, Place, Program, Unit};
use crate::plan::Asked;

/// One figure per kpi, in the order of the text.
pub(super) fn kpis(program: &Program, answered: &[Answered<'_>], asked: &Asked, arrivals: f64) -> Vec<KpiFigure> {
    let one = |(i, requests): (usize, &crate::plan::KpiRequests)| KpiFigure {
        kpi: KpiId::new(i),
        figure: figure(answered, &requests.all, arrivals),
        base: base(program, &program.kpis[i].measure),
        by: requests.by.iter().map(|(label, r)| (label.clone(), figure(answered, r, arrivals))).collect(),
        personas: requests.personas.iter().map(|r| figure(answered, r, arrivals)).collect(),
        scenarios: requests.scenarios.iter().map(|r| figure(answered, r, arrivals)).collect(),
        differences: requests.differences.iter().map(|r| figure(answered, r, arrivals)).collect(),
    };
    asked.kpis.iter().enumerate().map(one).collect()
}

/// What a measure is taken over, for the reader.
fn base(program: &Program, measure: &Measure) -> Base {
    let model = &program.base;
    match &measure.kind {
        MeasureKind::Rate { from: Some(event), .. } => Base::Those(event_label(model, *event)),
        MeasureKind::Rate { from: None, .. } | MeasureKind::Leak(..) => Base::Arrived,
        MeasureKind::Next { from, .. } => Base::Visits(event_label(model, Event::Meet(*from))),
        MeasureKind::Touches { before: Some(event), .. } | MeasureKind::TimeTo(event, _) => {
            Base::Those(event_label(model, *event))
        }
        MeasureKind::Touches { before: None, .. } | MeasureKind::Count(..) => Base::PerCustomer,
        MeasureKind::Money(_, Modifiers { per: Some(event), .. }) => Base::Per(event_label(model, *event)),
        MeasureKind::Money(..) => Base::PerCustomer,
        MeasureKind::Pull(..) => model_goal(program).map_or(Base::Composed, Base::Those),
        MeasureKind::Kpi(id, _) => base(program, &program.kpis[id.index()].measure),
        MeasureKind::Statistic(_, inner) | MeasureKind::Share(inner, ..) => match base(program, inner) {
            Base::PerCustomer if measure.unit == Unit::Share => Base::Arrived,
            other => other,
        },
        _ => Base::Composed,
    }
}

/// The label of the main goal.
fn model_goal(program: &Program) -> Option<String> {
    let goal = crate::plan::main_goal(program)?;
    Some(program.base.goals[goal.index()].name.label.clone())
}

/// What an event is called.
#[must_use]
pub fn event_label(model: &Model, event: Event) -> String {
    match event {
        Event::Reach(goal) => model.goals[goal.index()].name.label.clone(),
        Event::Stop(end) => model.ends[end.index()].name.label.clone(),
        Event::Meet(place) => match place {
            Place::Touchpoint(t) => model.touchpoints[t.index()].name.label.clone(),
            Place::Stage(s) => model.stages[s.index()].name.label.clone(),
            Place::Channel(c) => model.channels[c.index()].name.label.clone(),
            Place::Moment(m) => m.label().get(model.locale).to_owned(),
            Place::Facet(f, word) => model.facets[f.index()].words[word].clone(),
            Place::Contact(crate::model::Contact::Push) => "push".to_owned(),
            Place::Contact(crate::model::Contact::Pull) => "pull".to_owned(),
            Place::Arrival(a) => model.arrivals[a.index()].name.label.clone(),
        },
    }
}

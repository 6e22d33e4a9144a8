//! What a journey declares: for every id, the piece of tree that it stands for.
//!
//! A scenario is a copy of this table in which some pieces have given way to others, so that its ids are those of the base
//! by construction.

use super::load::Files;
use super::unavailable::{Later, later};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::{Named, StageId};
use crate::syntax::tree::{
    self, Arrive, Cell, CellKind, Channel, Costs, Exam, Expect, Expr, ItemKind, Measure, Name, Outcome, Persona, Scenario, Stage,
    Text, Title, Touchpoint, Value,
};
use num_rational::BigRational;

/// For every id, in the order of the text, what declares it.
#[derive(Clone, Debug, Default)]
pub(super) struct Declared<'a> {
    pub(super) personas: Vec<&'a Persona>,
    pub(super) segments: Vec<(&'a Title, &'a [Name])>,
    pub(super) channels: Vec<&'a Channel>,
    pub(super) stages: Vec<&'a Stage>,
    pub(super) touchpoints: Vec<(&'a Touchpoint, Option<StageId>)>,
    pub(super) goals: Vec<&'a Title>,
    pub(super) ends: Vec<(&'a Title, Option<Outcome>)>,
    pub(super) arrivals: Vec<&'a Arrive>,
    pub(super) cells: Vec<&'a Cell>,
    pub(super) params: Vec<Param<'a>>,
    pub(super) laws: Vec<(&'a Title, &'a Expr)>,
    pub(super) sources: Vec<(&'a Title, Option<&'a Text>)>,
    pub(super) facets: Vec<(&'a Title, &'a [Name])>,
    pub(super) kpis: Vec<Kpi<'a>>,
    pub(super) expectations: Vec<(&'a Expect, Span)>,
    pub(super) claims: Vec<Claim<'a>>,
    pub(super) scenarios: Vec<&'a Scenario>,
    pub(super) consents: Vec<&'a Title>,
    pub(super) exams: Vec<&'a Exam>,
    /// Names of forms that are not available yet: known, so that nobody is told that they are unknown.
    pub(super) later: Vec<(&'a Title, Later)>,
    pub(super) horizon: Option<&'a Expr>,
    pub(super) discount: Option<(&'a Expr, &'a Name)>,
}

/// `param name "…" = value`, and what has come in the place of that value.
#[derive(Clone, Debug)]
pub(super) struct Param<'a> {
    pub(super) title: &'a Title,
    /// As declared.
    pub(super) declared: &'a Value,
    /// What an improvement costs.
    pub(super) costs: Option<&'a Costs>,
    /// `set` by a scenario.
    pub(super) set: Option<&'a Value>,
    /// Given from outside, in the unit of the param.
    pub(super) given: Option<BigRational>,
    /// Of a variant of an exam: another survey. Of `4 of clicked` it stands for the 4, else for the value.
    pub(super) drawn: Option<BigRational>,
}

/// `kpi name "…" key = measure by dimension`
#[derive(Clone, Debug)]
pub(super) struct Kpi<'a> {
    pub(super) title: &'a Title,
    pub(super) key: bool,
    pub(super) measure: &'a Measure,
    pub(super) by: Option<&'a Name>,
}

/// `claim measure = value source name`
#[derive(Clone, Debug)]
pub(super) struct Claim<'a> {
    pub(super) measure: &'a Measure,
    pub(super) value: &'a Expr,
    pub(super) source: Option<&'a Name>,
    pub(super) span: Span,
}

/// Reads the table off the items. Says which forms are not available yet; what is said of the journey as a whole is left to
/// `headers`.
pub(super) fn collect<'a>(files: &'a Files, found: &mut Vec<Diagnostic>) -> Declared<'a> {
    let mut all = Declared::default();
    for item in files.items() {
        match &item.kind {
            ItemKind::Source { title, url } => all.sources.push((title, url.as_ref())),
            ItemKind::Param { title, value, costs } => {
                all.params.push(Param { title, declared: value, costs: costs.as_ref(), set: None, given: None, drawn: None });
            }
            ItemKind::Law { title, law } => all.laws.push((title, law)),
            ItemKind::Segment { title, of } => all.segments.push((title, of)),
            ItemKind::Goal(title) => all.goals.push(title),
            ItemKind::End { title, outcome } => all.ends.push((title, outcome.map(|(o, _)| o))),
            ItemKind::Facet { title, words } => all.facets.push((title, words)),
            ItemKind::Memory(cells) => all.memory(cells, found),
            ItemKind::Persona(persona) => all.personas.push(persona),
            ItemKind::Channel(channel) => all.channels.push(channel),
            ItemKind::Arrive(arrive) => all.arrivals.push(arrive),
            ItemKind::Stage(stage) => {
                let id = StageId::new(all.stages.len());
                all.stages.push(stage);
                all.touchpoints.extend(stage.touchpoints.iter().map(|(t, _)| (t, Some(id))));
            }
            ItemKind::Touchpoint(touchpoint) => all.touchpoints.push((touchpoint, None)),
            ItemKind::Kpi { title, key, measure, by } => {
                all.kpis.push(Kpi { title, key: *key, measure, by: by.as_ref() });
            }
            ItemKind::Claim { measure, value, source } => {
                all.claims.push(Claim { measure, value, source: source.as_ref(), span: item.span });
            }
            ItemKind::Expect(expect) => all.expectations.push((expect, item.span)),
            ItemKind::Scenario(scenario) => all.scenarios.push(scenario),
            ItemKind::Horizon(horizon) => all.horizon = all.horizon.or(Some(horizon)),
            ItemKind::Discount(rate, unit) => all.discount = all.discount.or(Some((rate, unit))),
            ItemKind::Consent(title) => {
                all.consents.push(title);
                found.push(later(Later::Consent, title.name.span));
            }
            ItemKind::Exam(exam) => all.exams.push(exam),
            ItemKind::Resource { title, .. } => all.put_off(title, Later::Resource, found),
            ItemKind::Path { title, .. } => all.put_off(title, Later::Path, found),
            ItemKind::Automation(automation) => all.put_off(&automation.title, Later::Automation, found),
            ItemKind::Journey(_)
            | ItemKind::Library(_)
            | ItemKind::Locale(_)
            | ItemKind::Currency(_)
            | ItemKind::Include(_)
            | ItemKind::Note(_)
            | ItemKind::Bad => {}
        }
    }
    all
}

impl<'a> Declared<'a> {
    fn memory(&mut self, cells: &'a [Cell], found: &mut Vec<Diagnostic>) {
        for cell in cells {
            match cell.kind {
                CellKind::Flag | CellKind::Counter(..) => self.cells.push(cell),
                CellKind::State(_) => self.put_off(&cell.title, Later::State, found),
                CellKind::Clock => self.put_off(&cell.title, Later::Clock, found),
            }
        }
    }

    fn put_off(&mut self, title: &'a Title, what: Later, found: &mut Vec<Diagnostic>) {
        self.later.push((title, what));
        found.push(later(what, title.name.span));
    }
}

/// A note as it is kept.
pub(super) fn noted(note: &tree::Note) -> crate::model::Note {
    crate::model::Note { title: note.title.text.clone(), text: note.text.as_ref().map(|text| text.text.clone()) }
}

/// The name, label and place of a title.
pub(super) fn named(title: &Title) -> Named {
    Named { name: title.name.text.clone(), label: label(title), origin: title.name.span }
}

/// What people read.
pub(super) fn label(title: &tree::Title) -> String {
    title.label.as_ref().map_or_else(|| title.name.text.clone(), |label| label.text.clone())
}

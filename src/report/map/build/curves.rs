//! The curves of feelings: whose they are, and what is felt at each touchpoint.

use super::super::view::{CurveView, FeltView, Whose};
use super::Source;
use crate::locale::{Lang, percent};
use crate::model::{PersonaId, ScenarioId, Touchpoint, TouchpointId};

/// Curves of single personas, those of most customers first.
const PERSONAS: usize = 5;
/// A scenario under which feelings change by less than this everywhere has no curve.
const VISIBLE: f64 = 0.05;

/// A curve of feelings.
pub(super) struct Curve {
    pub(super) of: Of,
    pub(super) view: CurveView,
}

/// Whose feelings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Persona(PersonaId),
    Everybody,
    Scenario(ScenarioId),
}

impl Source<'_> {
    /// Everybody's curve where there are several personas, those of the personas, and that of the scenario under which feelings
    /// change most.
    pub(super) fn curves(&self) -> Vec<Curve> {
        let personas = self.model.personas.len();
        let mut curves = Vec::new();
        if personas != 1 {
            let label = self.lang.pick("All customers", "Tous les clients").to_owned();
            let note = if personas > 1 { self.lang.pick("mean over the personas", "moyenne des personas") } else { "" };
            let view = CurveView { whose: Whose::Everybody, label, note: note.to_owned(), ..CurveView::default() };
            curves.push(Curve { of: Of::Everybody, view });
        }
        let share = |at: usize| self.figures.personas.iter().find(|p| p.persona.index() == at).map_or(0.0, |p| p.share);
        let mut largest: Vec<usize> = (0..personas).collect();
        largest.sort_by(|&a, &b| share(b).total_cmp(&share(a)).then(a.cmp(&b)));
        largest.truncate(PERSONAS);
        largest.sort_unstable();
        curves.extend(largest.into_iter().map(|at| {
            let note = format!("{} {}", percent(share(at), self.lang), self.lang.pick("of arrivals", "des arrivants"));
            let name = self.model.personas[at].name.name.clone();
            let note = if personas > 1 { note } else { String::new() };
            let view = CurveView { whose: Whose::Persona, name, label: self.persona_label(at), note };
            Curve { of: Of::Persona(PersonaId::new(at)), view }
        }));
        curves.extend(self.scenario());
        curves
    }

    fn persona_label(&self, at: usize) -> String {
        let persona = &self.model.personas[at];
        match (persona.age, self.lang) {
            (None, _) => persona.name.label.clone(),
            (Some(age), Lang::En) => format!("{}, {age}", persona.name.label),
            (Some(age), Lang::Fr) => format!("{}, {age}\u{a0}ans", persona.name.label),
        }
    }

    /// The scenario under which feelings change most, if they change to be seen.
    fn scenario(&self) -> Option<Curve> {
        let changes = |felt: &[Option<f64>]| {
            let change = |(at, felt): (usize, &Option<f64>)| match (self.felt_by_all(TouchpointId::new(at)), felt) {
                (Some(before), Some(after)) => (before - after).abs(),
                (None, Some(_)) | (Some(_), None) => 1.0,
                (None, None) => 0.0,
            };
            felt.iter().enumerate().map(change).fold(0.0, f64::max)
        };
        let scenarios = self.figures.scenarios.iter().map(|s| (changes(&s.felt_at), s));
        // Of equals, the first of the text.
        let (change, most) = scenarios.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        if change < VISIBLE {
            return None;
        }
        let name = &self.program.scenarios.get(most.scenario.index())?.0.name;
        let (label, note) = (name.label.clone(), self.lang.pick("scenario, all customers", "scénario, tous les clients"));
        let view = CurveView { whose: Whose::Scenario, name: name.name.clone(), label, note: note.to_owned() };
        Some(Curve { of: Of::Scenario(most.scenario), view })
    }

    fn felt_by_all(&self, touchpoint: TouchpointId) -> Option<f64> {
        self.hot(touchpoint)?.felt.value().filter(|value| value.is_finite())
    }

    /// What is felt at a touchpoint.
    pub(super) fn felt(&self, touchpoint: &Touchpoint, id: TouchpointId, of: Of) -> Option<FeltView> {
        let value = match of {
            Of::Persona(persona) => {
                let figures = self.figures.personas.iter().find(|p| p.persona == persona)?;
                (*figures.felt_at.get(id.index())?)?
            }
            Of::Everybody => self.felt_by_all(id)?,
            Of::Scenario(scenario) => {
                let figures = self.figures.scenarios.iter().find(|s| s.scenario == scenario)?;
                (*figures.felt_at.get(id.index())?)?
            }
        };
        let said = touchpoint.feels.iter().find_map(|feels| {
            let feeling = match of {
                Of::Persona(persona) => feels.value.of(persona),
                Of::Everybody | Of::Scenario(_) => &feels.value.default,
            };
            feeling.words.clone()
        });
        value.is_finite().then_some(FeltView { value, words: said })
    }
}

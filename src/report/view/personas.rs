//! The same journey, persona by persona.

use super::{Pen, Shown, hot};
use crate::locale::{self, DASH};
use crate::measure::{Figure, PersonaFigures, Standard};
use serde::Serialize;

/// Who, and how each lives the journey.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Personas {
    pub rows: Vec<PersonaRow>,
    /// Labels of the stages.
    pub stages: Vec<String>,
    /// Hot points by persona; empty with one persona.
    pub hot: Vec<HotByPersona>,
    /// Whether money is used at all.
    pub money: bool,
}

/// A persona.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct PersonaRow {
    pub label: String,
    /// Age, work, motives, what it wants.
    pub about: String,
    pub share: String,
    pub goal: Shown,
    pub cost: Shown,
    pub revenue: Shown,
    pub margin: Shown,
    /// The standard deviations of cost, revenue and margin between its customers.
    pub cost_sd: Option<String>,
    pub revenue_sd: Option<String>,
    pub margin_sd: Option<String>,
    pub felt: String,
    /// Share who enter each stage.
    pub stages: Vec<String>,
}

/// A touchpoint, by persona.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct HotByPersona {
    pub name: String,
    pub label: String,
    /// By persona: reach, pull, leak, leverage, felt.
    pub figures: Vec<[String; 5]>,
}

impl Personas {
    pub(super) fn new(pen: &Pen<'_>) -> Self {
        let several = pen.model.personas.len() > 1;
        let mut points: Vec<_> = pen.figures.hot_points.iter().filter(|p| several && !p.personas.is_empty()).collect();
        points.sort_by_key(|point| point.rank);
        Self {
            rows: pen.figures.personas.iter().map(|figures| row(pen, figures)).collect(),
            stages: pen.model.stages.iter().map(|stage| stage.name.label.clone()).collect(),
            hot: points
                .iter()
                .map(|point| HotByPersona {
                    name: pen.model.touchpoints[point.touchpoint.index()].name.name.clone(),
                    label: pen.model.touchpoints[point.touchpoint.index()].name.label.clone(),
                    figures: point.personas.iter().enumerate().map(|(at, figures)| five(pen, at, figures)).collect(),
                })
                .collect(),
            money: pen.figures.standard.iter().any(|s| s.what == Standard::Cost),
        }
    }
}

fn row(pen: &Pen<'_>, figures: &PersonaFigures) -> PersonaRow {
    let persona = &pen.model.personas[figures.persona.index()];
    let age = persona.age.map(|age| format!("{age}\u{a0}{}", pen.lang.pick("years old", "ans")));
    let motives: Vec<String> = persona.motives.iter().map(|m| pen.say(&m.label())).collect();
    let about: Vec<String> = [age, persona.job.clone(), (!motives.is_empty()).then(|| motives.join(", "))]
        .into_iter()
        .flatten()
        .chain(persona.wants.iter().map(|want| pen.quote(want)))
        .collect();
    let [cost, revenue, margin] = &figures.money;
    let sd = |figure: &Figure| figure.value().filter(|sd| sd.is_finite()).map(|_| pen.value(figure));
    let [cost_sd, revenue_sd, margin_sd] = figures.money_sd.each_ref().map(sd);
    PersonaRow {
        label: persona.name.label.clone(),
        about: about.join(" · "),
        share: pen.percent(figures.share),
        goal: Shown::new(pen, &figures.goal),
        cost: Shown::new(pen, cost),
        revenue: Shown::new(pen, revenue),
        margin: Shown::new(pen, margin),
        cost_sd,
        revenue_sd,
        margin_sd,
        felt: figures.felt.value().map_or_else(|| DASH.to_owned(), |v| locale::signed(v, 1, pen.lang)),
        stages: figures.stages.iter().map(|share| pen.percent(*share)).collect(),
    }
}

/// Leverage is in customers of that persona.
pub(super) fn five(pen: &Pen<'_>, persona: usize, [reach, pull, leak, leverage, felt]: &[Option<f64>; 5]) -> [String; 5] {
    let part = pen.figures.personas.get(persona).map_or(1.0, |p| p.share);
    let dash = || DASH.to_owned();
    let share = |value: &Option<f64>| value.map_or_else(dash, |v| pen.percent(v));
    [
        share(reach),
        share(pull),
        share(leak),
        leverage.map_or_else(dash, |v| hot::gain(pen, v * part)),
        felt.map_or_else(dash, |v| locale::signed(v, 1, pen.lang)),
    ]
}

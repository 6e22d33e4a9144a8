//! Goals, ends, personas, and what every journey has.

use super::figure::JsonFigure;
use crate::measure::{Figure, PersonaFigures, ReachedFigure, ReachedWhat, ScenarioFigures, Standard, StandardFigure};
use crate::model::{Model, Named, Outcome, Persona, Program, Touchpoint};
use crate::plan::Reached;
use serde::Serialize;

/// A goal or an end.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonReached<'a> {
    name: &'a str,
    label: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["success", "failure", null])))]
    outcome: Option<&'static str>,
    share: JsonFigure,
    time_mean: JsonFigure,
    time_sd: JsonFigure,
    cost_mean: JsonFigure,
    cost_sd: JsonFigure,
    revenue_mean: JsonFigure,
    revenue_sd: JsonFigure,
    margin_mean: JsonFigure,
    margin_sd: JsonFigure,
    personas: Vec<JsonReachedBy<'a>>,
}

/// A goal or an end, as one persona gets there.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonReachedBy<'a> {
    name: &'a str,
    share: f64,
    times: f64,
    time_mean: Option<f64>,
    time_sd: Option<f64>,
    cost_mean: Option<f64>,
    cost_sd: Option<f64>,
    revenue_mean: Option<f64>,
    revenue_sd: Option<f64>,
    margin_mean: Option<f64>,
    margin_sd: Option<f64>,
}

impl<'a> JsonReachedBy<'a> {
    fn new(persona: &'a Persona, row: &Reached) -> Self {
        let among = |value: f64| (row.share > 0.0).then_some(value).filter(|v| v.is_finite());
        Self {
            name: &persona.name.name,
            share: row.share,
            times: row.times,
            time_mean: among(row.time.0),
            time_sd: among(row.time.1),
            cost_mean: among(row.cost.0),
            cost_sd: among(row.cost.1),
            revenue_mean: among(row.revenue.0),
            revenue_sd: among(row.revenue.1),
            margin_mean: among(row.margin.0),
            margin_sd: among(row.margin.1),
        }
    }
}

impl<'a> JsonReached<'a> {
    pub(super) fn new(model: &'a Model, row: &ReachedFigure) -> Self {
        let (named, outcome) = match row.what {
            ReachedWhat::Goal(id) => (&model.goals[id.index()].name, None),
            ReachedWhat::End(id) => (&model.ends[id.index()].name, model.ends[id.index()].outcome),
        };
        Self {
            name: &named.name,
            label: &named.label,
            outcome: outcome.map(|outcome| match outcome {
                Outcome::Success => "success",
                Outcome::Failure => "failure",
            }),
            share: JsonFigure::new(&row.share),
            time_mean: JsonFigure::new(&row.time_mean),
            time_sd: JsonFigure::new(&row.time_sd),
            cost_mean: JsonFigure::new(&row.cost_mean),
            cost_sd: JsonFigure::new(&row.cost_sd),
            revenue_mean: JsonFigure::new(&row.revenue_mean),
            revenue_sd: JsonFigure::new(&row.revenue_sd),
            margin_mean: JsonFigure::new(&row.margin_mean),
            margin_sd: JsonFigure::new(&row.margin_sd),
            personas: model.personas.iter().zip(&row.personas).map(|(p, r)| JsonReachedBy::new(p, r)).collect(),
        }
    }
}

/// A percentile of the time to the main goal.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonPercentile {
    percentile: u8,
    #[serde(flatten)]
    figure: JsonFigure,
}

impl JsonPercentile {
    pub(super) fn new(percentile: u8, figure: &Figure) -> Self {
        Self { percentile, figure: JsonFigure::new(figure) }
    }
}

/// A figure that every journey has.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonStandard {
    name: Standard,
    #[serde(flatten)]
    figure: JsonFigure,
    sd: Option<JsonFigure>,
}

impl JsonStandard {
    pub(super) fn new(standard: &StandardFigure) -> Self {
        Self { name: standard.what, figure: JsonFigure::new(&standard.figure), sd: standard.sd.as_ref().map(JsonFigure::new) }
    }
}

/// A persona.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonPersona<'a> {
    name: &'a str,
    label: &'a str,
    share: f64,
    goal: JsonFigure,
    cost: JsonFigure,
    revenue: JsonFigure,
    margin: JsonFigure,
    cost_sd: JsonFigure,
    revenue_sd: JsonFigure,
    margin_sd: JsonFigure,
    felt: JsonFigure,
    stages: Vec<JsonAt<'a>>,
    felt_at: Vec<JsonAt<'a>>,
}

/// A number at a stage or touchpoint.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonAt<'a> {
    name: &'a str,
    value: Option<f64>,
}

impl<'a> JsonPersona<'a> {
    pub(super) fn new(model: &'a Model, figures: &PersonaFigures) -> Self {
        let persona = &model.personas[figures.persona.index()];
        let [cost, revenue, margin] = &figures.money;
        let [cost_sd, revenue_sd, margin_sd] = &figures.money_sd;
        let at = |named: &'a Named, value| JsonAt { name: &named.name, value };
        Self {
            name: &persona.name.name,
            label: &persona.name.label,
            share: figures.share,
            goal: JsonFigure::new(&figures.goal),
            cost: JsonFigure::new(cost),
            revenue: JsonFigure::new(revenue),
            margin: JsonFigure::new(margin),
            cost_sd: JsonFigure::new(cost_sd),
            revenue_sd: JsonFigure::new(revenue_sd),
            margin_sd: JsonFigure::new(margin_sd),
            felt: JsonFigure::new(&figures.felt),
            stages: model.stages.iter().zip(&figures.stages).map(|(s, share)| at(&s.name, Some(*share))).collect(),
            felt_at: model.touchpoints.iter().zip(&figures.felt_at).map(|(t, felt)| at(&t.name, *felt)).collect(),
        }
    }
}

/// What is felt under a scenario.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonScenario<'a> {
    name: &'a str,
    label: &'a str,
    felt_at: Vec<JsonAt<'a>>,
}

impl<'a> JsonScenario<'a> {
    pub(super) fn new(program: &'a Program, figures: &ScenarioFigures) -> Self {
        let scenario = &program.scenarios[figures.scenario.index()].0;
        let at = |(touchpoint, felt): (&'a Touchpoint, &Option<f64>)| JsonAt { name: &touchpoint.name.name, value: *felt };
        Self {
            name: &scenario.name.name,
            label: &scenario.name.label,
            felt_at: program.base.touchpoints.iter().zip(&figures.felt_at).map(at).collect(),
        }
    }
}

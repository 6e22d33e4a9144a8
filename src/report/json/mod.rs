//! Every figure for other programs: schema `jalon/1`, told field by field in `docs/json.md`.
//!
//! Rates are plain fractions, times are seconds, nothing is rounded; what does not apply is null, and so is what is not a
//! number. A field may be added within a version of the schema; none changes its meaning or goes.

mod attribution;
mod campaign;
pub(super) mod figure;
pub(super) mod journey;
pub(super) mod known;
mod people;
mod promises;
mod stories;

use crate::diagnostics::JsonDiagnostic;
use crate::measure::{Agreement, Figures, Fractions, SolvedNote};
use crate::model::Program;
use crate::plan::Declined;
use crate::report::Keys;
use crate::report::fractions::{JsonFraction, json_rows};
use crate::report::levers::{JsonKeyLevers, key_levers};
use attribution::JsonAttribution;
use campaign::JsonCampaign;
pub(super) use campaign::total_name;
use journey::{JsonFlow, JsonHotPoint, JsonKpi, JsonMoment, JsonStage};
use known::{JsonBranch, JsonParam};
use people::{JsonPercentile, JsonPersona, JsonReached, JsonScenario, JsonStandard};
use promises::{JsonClaim, JsonExpectation, JsonPaths};
use serde::Serialize;
use stories::JsonStory;

/// The JSON Schema of the document.
pub const REPORT_SCHEMA: &str = include_str!("../../../docs/schema/report-1.schema.json");
/// The JSON Schema of findings alone.
pub const FINDINGS_SCHEMA: &str = include_str!("../../../docs/schema/findings-1.schema.json");

/// The version of the schema.
pub const JSON_SCHEMA: &str = "jalon/1";

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document<'a> {
    #[cfg_attr(test, schemars(extend("const" = JSON_SCHEMA)))]
    schema: &'static str,
    version: &'static str,
    journey: &'a str,
    label: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["fr", "en"])))]
    locale: &'static str,
    currency: Option<&'a str>,
    horizon: Option<f64>,
    arrivals: f64,
    main_goal: Option<&'a str>,
    #[cfg_attr(test, schemars(extend("enum" = ["both", "exact", "simulated", null])))]
    method: Option<&'static str>,
    solved: Option<&'a SolvedNote>,
    declined: Option<Declined>,
    seed: Option<u64>,
    customers: Option<u64>,
    unfinished: Option<u64>,
    kpis: Vec<JsonKpi<'a>>,
    hot_points: Vec<JsonHotPoint<'a>>,
    funnel: Vec<JsonStage<'a>>,
    moments: Vec<JsonMoment<'a>>,
    flows: Vec<JsonFlow<'a>>,
    goals: Vec<JsonReached<'a>>,
    ends: Vec<JsonReached<'a>>,
    time_to_goal: Vec<JsonPercentile>,
    standard: Vec<JsonStandard>,
    personas: Vec<JsonPersona<'a>>,
    scenarios: Vec<JsonScenario<'a>>,
    expectations: Vec<JsonExpectation<'a>>,
    claims: Vec<JsonClaim<'a>>,
    attribution: Option<JsonAttribution<'a>>,
    levers: Vec<JsonKeyLevers<'a>>,
    stories: Vec<JsonStory<'a>>,
    fractions: Vec<JsonFraction<'a>>,
    campaign: Option<JsonCampaign<'a>>,
    paths: JsonPaths<'a>,
    params: Vec<JsonParam<'a>>,
    branches: Vec<JsonBranch<'a>>,
    agreement: &'a Agreement,
    diagnostics: &'a [JsonDiagnostic],
}

/// The document, indented, with a line end. `keys`: what is known of the key figures;
/// `fractions`: where they were asked for.
///
/// # Errors
/// Never in practice: everything in it can be written as JSON.
pub fn write_json(
    program: &Program,
    figures: &Figures,
    keys: Keys<'_>,
    fractions: Option<&Fractions>,
    diagnostics: &[JsonDiagnostic],
) -> Result<String, serde_json::Error> {
    let model = &program.base;
    let simulated = figures.method.simulated.as_ref();
    let document = Document {
        schema: JSON_SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        journey: &model.name.name,
        label: &model.name.label,
        locale: model.locale.code(),
        currency: model.currency.as_deref(),
        horizon: model.horizon,
        arrivals: figures.arrivals,
        main_goal: figures.main_goal.map(|id| model.goals[id.index()].name.name.as_str()),
        method: match (&figures.method.solved, simulated) {
            (Ok(_), Some(_)) => Some("both"),
            (Ok(_), None) => Some("exact"),
            (Err(_), Some(_)) => Some("simulated"),
            (Err(_), None) => None,
        },
        solved: figures.method.solved.as_ref().ok(),
        declined: figures.method.solved.as_ref().err().copied(),
        seed: simulated.map(|note| note.seed),
        customers: simulated.map(|note| note.customers),
        unfinished: simulated.map(|note| note.unfinished),
        kpis: figures.kpis.iter().map(|kpi| JsonKpi::new(program, kpi)).collect(),
        hot_points: figures.hot_points.iter().map(|point| JsonHotPoint::new(model, point)).collect(),
        funnel: figures.stages.iter().map(|stage| JsonStage::new(model, stage)).collect(),
        moments: figures.moments.iter().map(JsonMoment::new).collect(),
        flows: figures.flows.iter().map(|flow| JsonFlow::new(model, flow)).collect(),
        goals: figures.goals.iter().map(|row| JsonReached::new(model, row)).collect(),
        ends: figures.ends.iter().map(|row| JsonReached::new(model, row)).collect(),
        time_to_goal: figures.time_to_goal.iter().map(|(percentile, figure)| JsonPercentile::new(*percentile, figure)).collect(),
        standard: figures.standard.iter().map(JsonStandard::new).collect(),
        personas: figures.personas.iter().map(|persona| JsonPersona::new(model, persona)).collect(),
        scenarios: figures.scenarios.iter().map(|scenario| JsonScenario::new(program, scenario)).collect(),
        expectations: figures.expectations.iter().map(JsonExpectation::new).collect(),
        claims: figures.claims.iter().map(|claim| JsonClaim::new(program, claim)).collect(),
        attribution: figures.attribution.as_ref().map(|a| JsonAttribution::new(model, a)),
        levers: key_levers(program, keys.levers),
        stories: keys.stories.iter().map(|story| JsonStory::new(program, story)).collect(),
        fractions: fractions.map_or_else(Vec::new, |fractions| json_rows(program, fractions)),
        campaign: figures.campaign.as_ref().map(|c| JsonCampaign::new(model, c)),
        paths: JsonPaths::new(model, &figures.paths),
        params: model.params.iter().map(|param| JsonParam::new(model, param)).collect(),
        branches: JsonBranch::all(model),
        agreement: &figures.agreement,
        diagnostics,
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

/// The shape of the document.
#[cfg(test)]
pub(super) fn document_schema(settings: schemars::generate::SchemaSettings) -> serde_json::Value {
    settings.into_generator().into_root_schema_for::<Document<'static>>().to_value()
}

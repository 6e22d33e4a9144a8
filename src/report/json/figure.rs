//! A figure by both engines, as other programs read it.

use crate::measure::{Base, Figure, Interval, IntervalFormula};
use crate::model::Unit;
use crate::plan::Declined;
use serde::Serialize;

/// A figure: what `docs/json.md` calls so.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct JsonFigure {
    value: Option<f64>,
    unit: Unit,
    #[cfg_attr(test, schemars(extend("enum" = ["exact", "simulated", null])))]
    method: Option<&'static str>,
    low: Option<f64>,
    high: Option<f64>,
    exact: Option<f64>,
    fraction: Option<String>,
    estimate: Option<f64>,
    standard_error: Option<f64>,
    formula: Option<IntervalFormula>,
    count: Option<JsonCount>,
    z: Option<f64>,
    chance: Option<Interval>,
    evidence: Option<Interval>,
    declined: Option<Declined>,
    over: Option<f64>,
}

/// How many it happened to, of how many.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonCount {
    happened: u64,
    of: u64,
}

/// What a figure is taken over.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonBase {
    #[cfg_attr(test, schemars(extend("enum" = ["arrived", "those", "visits", "per_customer", "per", "composed"])))]
    kind: &'static str,
    label: Option<String>,
}

impl JsonFigure {
    pub(in crate::report) fn new(figure: &Figure) -> Self {
        let estimate = figure.estimate.as_ref();
        Self {
            value: figure.value(),
            unit: figure.unit,
            method: match (figure.exact, estimate) {
                (Some(_), _) => Some("exact"),
                (None, Some(_)) => Some("simulated"),
                (None, None) => None,
            },
            low: estimate.map(|e| e.interval.low),
            high: estimate.map(|e| e.interval.high),
            exact: figure.exact,
            fraction: figure.fraction.as_ref().map(ToString::to_string),
            estimate: estimate.map(|e| e.value),
            standard_error: estimate.map(|e| e.standard_error),
            formula: estimate.map(|e| e.formula),
            count: estimate.and_then(|e| e.count).map(|(happened, of)| JsonCount { happened, of }),
            z: figure.z(),
            chance: figure.chance,
            evidence: figure.evidence,
            declined: figure.declined,
            over: figure.base,
        }
    }
}

impl JsonBase {
    pub(super) fn new(base: &Base) -> Self {
        let (kind, label) = match base {
            Base::Arrived => ("arrived", None),
            Base::Those(label) => ("those", Some(label.clone())),
            Base::Visits(label) => ("visits", Some(label.clone())),
            Base::PerCustomer => ("per_customer", None),
            Base::Per(label) => ("per", Some(label.clone())),
            Base::Composed => ("composed", None),
        };
        Self { kind, label }
    }
}

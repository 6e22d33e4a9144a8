//! Expectations, claims, typical paths.

use super::figure::JsonFigure;
use crate::measure::{ClaimFigure, ExpectationFigure, TypicalPath, TypicalPaths, Verdict};
use crate::model::{Model, Program};
use num_traits::ToPrimitive;
use serde::Serialize;

/// A promise.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonExpectation<'a> {
    text: &'a str,
    verdict: Verdict,
    figure: JsonFigure,
    bounds: Vec<JsonFigure>,
}

impl<'a> JsonExpectation<'a> {
    pub(super) fn new(expectation: &'a ExpectationFigure) -> Self {
        Self {
            text: &expectation.text,
            verdict: expectation.verdict,
            figure: JsonFigure::new(&expectation.figure),
            bounds: expectation.bounds.iter().map(JsonFigure::new).collect(),
        }
    }
}

/// A figure printed elsewhere.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonClaim<'a> {
    text: &'a str,
    printed: &'a str,
    printed_value: Option<f64>,
    source: Option<&'a str>,
    holds: Option<bool>,
    figure: JsonFigure,
}

impl<'a> JsonClaim<'a> {
    pub(super) fn new(program: &'a Program, claim: &'a ClaimFigure) -> Self {
        let declared = program.claims.get(claim.index);
        let source = declared.and_then(|declared| declared.source);
        Self {
            text: &claim.text,
            printed: &claim.printed,
            printed_value: declared.and_then(|declared| declared.value.to_f64()),
            source: source.map(|id| program.base.sources[id.index()].name.name.as_str()),
            holds: claim.holds,
            figure: JsonFigure::new(&claim.figure),
        }
    }
}

/// Typical paths.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonPaths<'a> {
    to_goal: Vec<JsonPath<'a>>,
    to_failure: Vec<JsonPath<'a>>,
}

/// A path.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonPath<'a> {
    touchpoints: Vec<&'a str>,
    end: Option<&'a str>,
    probability: f64,
    mean_time: f64,
}

impl<'a> JsonPaths<'a> {
    pub(super) fn new(model: &'a Model, paths: &TypicalPaths) -> Self {
        let path = |path: &TypicalPath| JsonPath::new(model, path);
        Self { to_goal: paths.to_goal.iter().map(path).collect(), to_failure: paths.to_failure.iter().map(path).collect() }
    }
}

impl<'a> JsonPath<'a> {
    pub(super) fn new(model: &'a Model, path: &TypicalPath) -> Self {
        Self {
            touchpoints: path.touchpoints.iter().map(|id| model.touchpoints[id.index()].name.name.as_str()).collect(),
            end: path.end.map(|id| model.ends[id.index()].name.name.as_str()),
            probability: path.probability,
            mean_time: path.mean_time,
        }
    }
}

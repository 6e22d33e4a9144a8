//! What the figures rest on: params and branches.

use super::journey::JsonPlace;
use crate::chain::From;
use crate::diagnostics::Span;
use crate::model::{ArrivalId, Branch, Evidence, Model, Param, Share, TouchpointId, Unit};
use num_rational::BigRational;
use num_traits::ToPrimitive;
use serde::Serialize;

/// What a figure rests on.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct JsonKnown<'a> {
    assumed: bool,
    source: Option<&'a str>,
    count: Option<JsonSurvey>,
    range: Option<JsonRange>,
}

impl<'a> JsonKnown<'a> {
    pub(in crate::report) fn new(model: &'a Model, evidence: &Evidence, range: Option<&(BigRational, BigRational)>) -> Self {
        Self {
            assumed: evidence.assumed,
            source: evidence.source.map(|id| model.sources[id.index()].name.name.as_str()),
            count: evidence.count.as_ref().map(|(some, all)| JsonSurvey { happened: some.to_f64(), of: all.to_f64() }),
            range: range.map(|(low, high)| JsonRange { low: low.to_f64(), high: high.to_f64() }),
        }
    }
}

/// A figure of the author.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonParam<'a> {
    name: &'a str,
    label: &'a str,
    value: Option<f64>,
    unit: Unit,
    fraction: String,
    #[serde(flatten)]
    known: JsonKnown<'a>,
}

/// What was counted: how many it happened to, of how many.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonSurvey {
    happened: Option<f64>,
    of: Option<f64>,
}

/// What is thought possible.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonRange {
    low: Option<f64>,
    high: Option<f64>,
}

impl<'a> JsonParam<'a> {
    pub(super) fn new(model: &'a Model, param: &'a Param) -> Self {
        Self {
            name: &param.name.name,
            label: &param.name.label,
            value: param.value.to_f64(),
            unit: param.unit,
            fraction: param.value.to_string(),
            known: JsonKnown::new(model, &param.evidence, param.range.as_ref()),
        }
    }
}

/// A branch whose share is a figure.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct JsonBranch<'a> {
    from: JsonPlace<'a>,
    to: JsonPlace<'a>,
    value: Option<f64>,
    fraction: String,
    params: Vec<&'a str>,
    #[serde(flatten)]
    known: JsonKnown<'a>,
    personas: Vec<JsonShare<'a>>,
}

/// The share of a persona that has its own.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonShare<'a> {
    name: &'a str,
    value: Option<f64>,
}

/// What a branch tells, for a sheet: the survey and the range as two numbers each.
pub(in crate::report) struct ToldBranch<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub value: Option<f64>,
    pub fraction: &'a str,
    pub assumed: bool,
    pub source: Option<&'a str>,
    pub count: [Option<f64>; 2],
    pub range: [Option<f64>; 2],
}

impl<'a> JsonBranch<'a> {
    pub(in crate::report) fn told(&self) -> ToldBranch<'_> {
        let known = &self.known;
        ToldBranch {
            from: self.from.name(),
            to: self.to.name(),
            value: self.value,
            fraction: &self.fraction,
            assumed: known.assumed,
            source: known.source,
            count: known.count.as_ref().map_or([None; 2], |count| [count.happened, count.of]),
            range: known.range.as_ref().map_or([None; 2], |range| [range.low, range.high]),
        }
    }

    /// All branches whose share is a figure, in the order of the text: those of arrivals, then those of touchpoints.
    pub(in crate::report) fn all(model: &'a Model) -> Vec<Self> {
        let arrivals = model.arrivals.iter().enumerate().map(|(i, a)| (From::Arrival(ArrivalId::new(i)), &a.branches));
        let touchpoints =
            model.touchpoints.iter().enumerate().map(|(i, t)| (From::Touchpoint(TouchpointId::new(i)), &t.branches));
        arrivals.chain(touchpoints).flat_map(|(from, all)| all.iter().filter_map(move |b| Self::new(model, from, b))).collect()
    }

    fn new(model: &'a Model, from: From, branch: &'a Branch) -> Option<Self> {
        let Share::Figure(share) = &branch.share else { return None };
        // The value for everybody comes first.
        let inside = |span: Span| {
            let whole = branch.share_origin;
            span.file == whole.file && whole.start <= span.start && span.end <= whole.end
        };
        let written = model.figures.iter().find(|figure| inside(figure.origin));
        let known = match written {
            Some(figure) => JsonKnown::new(model, &figure.evidence, figure.range.as_ref()),
            None => JsonKnown::new(model, &Evidence::default(), None),
        };
        let params = written.map_or(&[][..], |figure| &figure.from);
        Some(Self {
            from: JsonPlace::from(model, from),
            to: JsonPlace::to(model, branch.to),
            value: share.default.to_f64(),
            fraction: share.default.to_string(),
            params: params.iter().map(|id| model.params[id.index()].name.name.as_str()).collect(),
            known,
            personas: share
                .own
                .iter()
                .map(|(id, value)| JsonShare { name: &model.personas[id.index()].name.name, value: value.to_f64() })
                .collect(),
        })
    }
}

//! Levers and break-even for other programs: `docs/json.md`.

use super::called;
use super::find::Answer;
use crate::diagnostics::JsonDiagnostic;
use crate::levers::find::{End, Root, Search};
use crate::levers::{KeyLevers, Lever, LeverOf, Levers, Method, NoDerivative, NoLevers, Side, Swing, Unsolved};
use crate::model::{Model, Program, Unit};
use crate::plan::Declined;
use crate::report::JSON_SCHEMA;
use crate::report::json::journey::JsonPlace;
use crate::report::json::known::JsonKnown;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use serde::Serialize;
use serde_json::json;

/// What `jalon levers` writes.
#[derive(Serialize)]
struct LeversDocument<'a> {
    schema: &'static str,
    version: &'static str,
    journey: &'a str,
    #[serde(flatten)]
    told: JsonLevers<'a>,
    diagnostics: &'a [JsonDiagnostic],
}

/// A figure, its levers and its tornado.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonLevers<'a> {
    kpi: JsonLeversOf<'a>,
    #[cfg_attr(test, schemars(extend("enum" = ["money", "gain", null])))]
    ranked_by: Option<&'static str>,
    levers: Vec<JsonLever<'a>>,
    tornado: Vec<JsonSwing<'a>>,
}

/// What a key figure hangs on, or why that is not told.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct JsonKeyLevers<'a> {
    #[serde(flatten)]
    told: JsonLevers<'a>,
    declined: Option<JsonUntold>,
}

/// Why it is not told.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum JsonUntold {
    Declined(Declined),
    Other(JsonUntoldOther),
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum JsonUntoldOther {
    Nobody,
    TooLargeBeside,
}

/// The figure.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonLeversOf<'a> {
    name: Option<&'a str>,
    label: &'a str,
    value: Option<f64>,
    unit: Unit,
}

/// A param or a branch that it hangs on.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonLever<'a> {
    #[cfg_attr(test, schemars(extend("enum" = ["param", "branch"])))]
    kind: &'static str,
    name: Option<&'a str>,
    label: Option<&'a str>,
    from: Option<JsonPlace<'a>>,
    to: Option<JsonPlace<'a>>,
    value: Option<f64>,
    unit: Unit,
    derivative: Option<f64>,
    method: Option<Method>,
    side: Option<Side>,
    no_derivative: Option<NoDerivative>,
    elasticity: Option<f64>,
    #[cfg_attr(test, schemars(extend("enum" = ["point", "percent"])))]
    step: &'static str,
    gain: Option<f64>,
    cost_per_point: Option<f64>,
    gain_per_thousand: Option<f64>,
    #[serde(flatten)]
    known: JsonKnown<'a>,
}

/// A param over its range.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonSwing<'a> {
    name: &'a str,
    label: &'a str,
    unit: Unit,
    low: Option<f64>,
    high: Option<f64>,
    at_low: Option<f64>,
    at_high: Option<f64>,
    width: Option<f64>,
    declared: bool,
}

/// Levers, indented, with a line end. `kpi`: name and label of the figure; a figure without a kpi has no name.
///
/// # Errors
/// Never in practice: everything in it can be written as JSON.
pub fn write_levers_json(
    program: &Program,
    levers: &Levers,
    kpi: (Option<&str>, &str),
    diagnostics: &[JsonDiagnostic],
) -> Result<String, serde_json::Error> {
    document(&LeversDocument {
        schema: JSON_SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        journey: &program.base.name.name,
        told: told(&program.base, levers, kpi),
        diagnostics,
    })
}

/// One entry per key figure: what it hangs on, or why that is not told.
pub(in crate::report) fn key_levers<'a>(program: &'a Program, keys: &'a [KeyLevers]) -> Vec<JsonKeyLevers<'a>> {
    let one = |key: &'a KeyLevers| {
        let (name, label) = called(program, key.kpi);
        let unit = key.kpi.map_or(Unit::Share, |id| program.kpis[id.index()].measure.unit);
        match &key.levers {
            Ok(levers) => JsonKeyLevers { told: told(&program.base, levers, (name, label)), declined: None },
            Err(why) => JsonKeyLevers {
                told: JsonLevers {
                    kpi: JsonLeversOf { name, label, value: None, unit },
                    ranked_by: None,
                    levers: Vec::new(),
                    tornado: Vec::new(),
                },
                declined: Some(match why {
                    NoLevers::Unsolved(Unsolved::Declined(why)) => JsonUntold::Declined(*why),
                    NoLevers::Unsolved(Unsolved::Nobody) => JsonUntold::Other(JsonUntoldOther::Nobody),
                    NoLevers::TooLarge => JsonUntold::Other(JsonUntoldOther::TooLargeBeside),
                }),
            },
        }
    };
    keys.iter().map(one).collect()
}

fn told<'a>(model: &'a Model, levers: &'a Levers, (name, label): (Option<&'a str>, &'a str)) -> JsonLevers<'a> {
    let swing = |swing: &'a Swing| {
        let param = &model.params[swing.param.index()];
        JsonSwing {
            name: &param.name.name,
            label: &param.name.label,
            unit: param.unit,
            low: swing.ends.0.to_f64(),
            high: swing.ends.1.to_f64(),
            at_low: swing.values.0,
            at_high: swing.values.1,
            width: swing.width(),
            declared: swing.declared,
        }
    };
    JsonLevers {
        kpi: JsonLeversOf { name, label, value: Some(levers.value), unit: levers.unit },
        ranked_by: Some(if levers.by_money { "money" } else { "gain" }),
        levers: levers.levers.iter().map(|l| lever(model, l)).collect(),
        tornado: levers.tornado.iter().map(swing).collect(),
    }
}

fn document(value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn lever<'a>(model: &'a Model, lever: &'a Lever) -> JsonLever<'a> {
    let derivative = lever.derivative.as_ref().ok();
    let (known, points, of) = match &lever.of {
        LeverOf::Param(id) => {
            let param = &model.params[id.index()];
            let known = JsonKnown::new(model, &param.evidence, param.range.as_ref());
            (known, matches!(param.unit, Unit::Share | Unit::Points), Ok(param))
        }
        LeverOf::Branch(branch) => (JsonKnown::new(model, &branch.evidence, branch.range.as_ref()), true, Err(branch)),
    };
    JsonLever {
        kind: if of.is_ok() { "param" } else { "branch" },
        name: of.ok().map(|param| param.name.name.as_str()),
        label: of.ok().map(|param| param.name.label.as_str()),
        from: of.err().map(|branch| JsonPlace::from(model, branch.flow.from)),
        to: of.err().map(|branch| JsonPlace::to(model, branch.flow.to)),
        value: match of {
            Ok(param) => param.value.to_f64(),
            Err(branch) => branch.share.to_f64(),
        },
        unit: of.map_or(Unit::Share, |param| param.unit),
        derivative: derivative.map(|d| d.value),
        method: derivative.map(|d| d.method),
        side: derivative.map(|d| d.side),
        no_derivative: lever.derivative.as_ref().err().copied(),
        elasticity: lever.elasticity,
        step: if points { "point" } else { "percent" },
        gain: lever.gain,
        cost_per_point: lever.money.map(|m| m.per_point),
        gain_per_thousand: lever.money.and_then(|m| m.gain_per_thousand),
        known,
    }
}

/// Break-even, indented, with a line end.
///
/// # Errors
/// Never in practice.
pub fn write_find_json(
    program: &Program,
    answer: &Answer<'_>,
    diagnostics: &[JsonDiagnostic],
) -> Result<String, serde_json::Error> {
    let Answer { asked, found } = answer;
    let (method, above, below, values) = match found.search {
        Some(Search::Exact { above, below, values }) => (Some("exact"), Some(above), Some(below), Some(values)),
        Some(Search::Grid { values }) => (Some("grid"), None, None, Some(values)),
        None => (None, None, None, None),
    };
    let end = |end: &End| json!({ "at": float(&end.at), "included": end.included, "left": end.sides.0, "right": end.sides.1 });
    let root = |root: &Root| {
        json!({
            "value": root.value(),
            "low": float(&root.low),
            "high": float(&root.high),
            "fraction": (root.low == root.high).then(|| root.low.to_string()),
            "crosses": root.crosses,
        })
    };
    document(&json!({
        "schema": JSON_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "journey": program.base.name.name,
        "find": asked.param.name.name,
        "label": asked.param.name.label,
        "unit": asked.param.unit,
        "for": asked.equation,
        "between": { "low": float(asked.between.0), "high": float(asked.between.1) },
        "everywhere": found.everywhere,
        "roots": found.roots.iter().map(root).collect::<Vec<_>>(),
        "feasible": found.feasible.iter().map(|f| json!({ "low": end(&f.low), "high": end(&f.high) })).collect::<Vec<_>>(),
        "search": { "method": method, "degree_above": above, "degree_below": below, "values": values },
        "diagnostics": diagnostics,
    }))
}

fn float(value: &BigRational) -> Option<f64> {
    value.to_f64()
}

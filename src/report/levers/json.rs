//! Levers and break-even for other programs: `docs/json.md`.

use super::find::Answer;
use crate::diagnostics::JsonDiagnostic;
use crate::levers::find::{End, Root, Search};
use crate::levers::{Lever, LeverOf, Levers};
use crate::model::{Model, Program, Unit};
use crate::report::JSON_SCHEMA;
use crate::report::json::journey::JsonPlace;
use crate::report::json::known::JsonKnown;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use serde_json::{Value, json};

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
    let model = &program.base;
    let each: Result<Vec<Value>, _> = levers.levers.iter().map(|l| lever(model, l)).collect();
    let tornado: Vec<Value> = levers
        .tornado
        .iter()
        .map(|swing| {
            json!({
                "name": model.params[swing.param.index()].name.name,
                "label": model.params[swing.param.index()].name.label,
                "unit": model.params[swing.param.index()].unit,
                "low": swing.ends.0.to_f64(),
                "high": swing.ends.1.to_f64(),
                "at_low": swing.values.0,
                "at_high": swing.values.1,
                "width": swing.width(),
                "declared": swing.declared,
            })
        })
        .collect();
    document(&json!({
        "schema": JSON_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "journey": model.name.name,
        "kpi": { "name": kpi.0, "label": kpi.1, "value": levers.value, "unit": levers.unit },
        "ranked_by": if levers.by_money { "money" } else { "gain" },
        "levers": each?,
        "tornado": tornado,
        "diagnostics": diagnostics,
    }))
}

fn document(value: &Value) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn lever(model: &Model, lever: &Lever) -> Result<Value, serde_json::Error> {
    let (head, known, points) = match &lever.of {
        LeverOf::Param(id) => {
            let param = &model.params[id.index()];
            let head = json!({
                "kind": "param", "name": param.name.name, "label": param.name.label, "from": null, "to": null,
                "value": param.value.to_f64(), "unit": param.unit,
            });
            (head, JsonKnown::new(model, &param.evidence, param.range.as_ref()), matches!(param.unit, Unit::Share | Unit::Points))
        }
        LeverOf::Branch(branch) => {
            let head = json!({
                "kind": "branch", "name": null, "label": null,
                "from": serde_json::to_value(JsonPlace::from(model, branch.flow.from))?,
                "to": serde_json::to_value(JsonPlace::to(model, branch.flow.to))?,
                "value": branch.share.to_f64(), "unit": Unit::Share,
            });
            (head, JsonKnown::new(model, &branch.evidence, branch.range.as_ref()), true)
        }
    };
    let derivative = lever.derivative.as_ref().ok();
    let figures = json!({
        "derivative": derivative.map(|d| d.value),
        "method": derivative.map(|d| d.method),
        "side": derivative.map(|d| d.side),
        "no_derivative": lever.derivative.as_ref().err(),
        "elasticity": lever.elasticity,
        "step": if points { "point" } else { "percent" },
        "gain": lever.gain,
        "cost_per_point": lever.money.map(|m| m.per_point),
        "gain_per_thousand": lever.money.and_then(|m| m.gain_per_thousand),
    });
    Ok(joined([head, figures, serde_json::to_value(known)?]))
}

/// The keys of several objects in one.
fn joined(parts: [Value; 3]) -> Value {
    let all = parts.into_iter().filter_map(|part| if let Value::Object(map) = part { Some(map) } else { None });
    Value::Object(all.flatten().collect())
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

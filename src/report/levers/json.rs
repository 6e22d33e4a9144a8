//! Levers and break-even for other programs: `docs/json.md`.

use super::called;
use super::find::Answer;
use crate::diagnostics::JsonDiagnostic;
use crate::levers::find::{End, Root, Search};
use crate::levers::{KeyLevers, Lever, LeverOf, Levers, NoLevers, Unsolved};
use crate::model::{Model, Program, Unit};
use crate::report::JSON_SCHEMA;
use crate::report::json::journey::JsonPlace;
use crate::report::json::known::JsonKnown;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use serde_json::{Map, Value, json};

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
    let mut parts = told(&program.base, levers, kpi)?;
    parts.insert("schema".to_owned(), json!(JSON_SCHEMA));
    parts.insert("version".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    parts.insert("journey".to_owned(), json!(program.base.name.name));
    parts.insert("diagnostics".to_owned(), json!(diagnostics));
    document(&Value::Object(parts))
}

/// One entry per key figure: what it hangs on, or why that is not told.
///
/// # Errors
/// Never in practice.
pub(in crate::report) fn key_levers(program: &Program, keys: &[KeyLevers]) -> Result<Vec<Value>, serde_json::Error> {
    let one = |key: &KeyLevers| {
        let (name, label) = called(program, key.kpi);
        let unit = key.kpi.map_or(Unit::Share, |id| program.kpis[id.index()].measure.unit);
        let (mut parts, why) = match &key.levers {
            Ok(levers) => (told(&program.base, levers, (name, label))?, Value::Null),
            Err(why) => (
                Map::from_iter([
                    ("kpi".to_owned(), json!({ "name": name, "label": label, "value": null, "unit": unit })),
                    ("ranked_by".to_owned(), Value::Null),
                    ("levers".to_owned(), json!([])),
                    ("tornado".to_owned(), json!([])),
                ]),
                match why {
                    NoLevers::Unsolved(Unsolved::Declined(why)) => serde_json::to_value(why)?,
                    NoLevers::Unsolved(Unsolved::Nobody) => json!("nobody"),
                    NoLevers::TooLarge => json!("too_large_beside"),
                },
            ),
        };
        parts.insert("declined".to_owned(), why);
        Ok(Value::Object(parts))
    };
    keys.iter().map(one).collect()
}

/// A figure, its levers and its tornado.
fn told(model: &Model, levers: &Levers, kpi: (Option<&str>, &str)) -> Result<Map<String, Value>, serde_json::Error> {
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
    Ok(Map::from_iter([
        ("kpi".to_owned(), json!({ "name": kpi.0, "label": kpi.1, "value": levers.value, "unit": levers.unit })),
        ("ranked_by".to_owned(), json!(if levers.by_money { "money" } else { "gain" })),
        ("levers".to_owned(), Value::Array(each?)),
        ("tornado".to_owned(), Value::Array(tornado)),
    ]))
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

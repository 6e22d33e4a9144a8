//! For programs: `docs/json.md`.

use super::{File, Outcome, Suite};
use crate::diagnostics::json_view;
use crate::gate::{How, NeededOf, Tested, Way, Why};
use crate::model::Program;
use crate::report::JSON_SCHEMA;
use crate::report::json::figure::JsonFigure;
use crate::report::json::journey::JsonPlace;
use serde_json::{Value, json};

/// The document, indented, with a line end.
///
/// # Errors
/// Never in practice: everything in it can be written as JSON.
pub fn write_json(suite: &Suite<'_>) -> Result<String, serde_json::Error> {
    let counts = suite.counts();
    let files: Result<Vec<Value>, _> = suite.files.iter().map(of_file).collect();
    let value = json!({
        "schema": JSON_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "ok": counts.broken + counts.undecided + counts.refused == 0,
        "counts": counts,
        "scenario": suite.scenario,
        "error": suite.error,
        "looks": suite.looks.customers,
        "level": suite.looks.level,
        "seed": suite.seed,
        "files": files?,
    });
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}

fn of_file(file: &File<'_>) -> Result<Value, serde_json::Error> {
    let (journey, expectations, diagnostics) = match &file.result {
        Ok(results) => {
            let each = results.tested.iter().zip(results.outcomes()).enumerate();
            let each: Result<Vec<Value>, _> = each
                .map(|(i, (tested, outcome))| {
                    let regression = results.regressions.get(i).copied().flatten();
                    let mut value = promise(file, results.program, tested, outcome)?;
                    value["regression"] = serde_json::to_value(regression)?;
                    Ok(value)
                })
                .collect();
            (Some(results.program.base.name.name.as_str()), each?, Vec::new())
        }
        Err(found) => (None, Vec::new(), found.iter().map(|d| json_view(d, file.sources, file.lang)).collect()),
    };
    Ok(json!({ "file": file.name, "journey": journey, "expectations": expectations, "diagnostics": diagnostics }))
}

fn promise(file: &File<'_>, program: &Program, tested: &Tested, outcome: Outcome) -> Result<Value, serde_json::Error> {
    let origin = program.expectations[tested.promise.index].origin;
    let source = file.sources.get(origin.file);
    let (method, customers) = match tested.how {
        How::Exact => ("exact", None),
        How::Simulated(customers) => ("simulated", Some(customers)),
    };
    Ok(json!({
        "text": tested.promise.text,
        "file": source.name,
        "line": source.position(origin.start).line,
        "outcome": outcome,
        "verdict": tested.promise.verdict,
        "margin": tested.margin.map(|m| json!({ "value": m.value, "low": m.low, "high": m.high })),
        "method": method,
        "customers": customers,
        "figure": JsonFigure::new(&tested.promise.figure),
        "bounds": tested.promise.bounds.iter().map(JsonFigure::new).collect::<Vec<_>>(),
        "why": tested.why.as_ref().map(|w| why(program, w)).transpose()?,
    }))
}

fn why(program: &Program, why: &Why) -> Result<Value, serde_json::Error> {
    let model = &program.base;
    let param = |id: &crate::model::ParamId| &model.params[id.index()].name.name;
    let needed: Result<Vec<Value>, serde_json::Error> = why
        .needed
        .iter()
        .map(|n| {
            let (name, from, to) = match &n.of {
                NeededOf::Param(id) => (Some(param(id)), None, None),
                NeededOf::Branch(flow) => (None, Some(JsonPlace::from(model, flow.from)), Some(JsonPlace::to(model, flow.to))),
            };
            Ok(json!({
                "name": name,
                "from": serde_json::to_value(from)?,
                "to": serde_json::to_value(to)?,
                "value": n.is,
                "should_be": n.should_be,
                "unit": n.unit,
                "exact": n.exact,
            }))
        })
        .collect();
    let paths: Vec<Value> = why
        .paths
        .iter()
        .map(|path| {
            json!({
                "touchpoints": path.touchpoints.iter().map(|id| &model.touchpoints[id.index()].name.name).collect::<Vec<_>>(),
                "end": path.end.map(|end| &model.ends[end.index()].name.name),
                "probability": path.probability,
                "mean_time": path.mean_time,
            })
        })
        .collect();
    Ok(json!({
        "way": match why.way { Way::Failure => "failure", Way::Goal => "goal" },
        "paths": paths,
        "needed": needed?,
        "powerless": why.powerless.iter().map(param).collect::<Vec<_>>(),
    }))
}

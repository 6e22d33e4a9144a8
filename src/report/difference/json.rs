//! For programs: `docs/json.md`.

use super::{Change, Condition, Pair};
use crate::difference::How;
use crate::report::JSON_SCHEMA;
use serde_json::{Value, json};

/// The pairs, indented, with a line end.
///
/// # Errors
/// Never in practice: everything in it can be written as JSON.
pub fn write_json(pairs: &[(Pair<'_>, &[Condition])], others: &[Value]) -> Result<String, serde_json::Error> {
    let mut journeys: Vec<Value> = pairs.iter().map(|(pair, conditions)| of_pair(pair, conditions)).collect();
    journeys.extend(others.iter().cloned());
    let value = json!({
        "schema": JSON_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "changed": !others.is_empty() || pairs.iter().any(|(pair, _)| pair.difference.is_changed()),
        "journeys": journeys,
    });
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}

fn of_pair(pair: &Pair<'_>, conditions: &[Condition]) -> Value {
    let difference = pair.difference;
    let renamed: Vec<Value> = difference
        .renamed
        .iter()
        .map(|(r, said)| json!({ "kind": r.kind, "from": r.from, "to": r.to, "said": said.get(pair.lang) }))
        .collect();
    let group = |edit: usize| difference.parts.as_ref().and_then(|p| p.groups.iter().position(|g| g.contains(&edit)));
    let edits: Vec<Value> = difference
        .edits
        .iter()
        .enumerate()
        .map(|(i, edit)| {
            let said: Vec<&str> = edit.said.iter().map(|w| w.get(pair.lang)).collect();
            json!({ "said": said, "group": group(i) })
        })
        .collect();
    let parts = difference.parts.as_ref();
    let (method, count) = match parts.map(|p| p.how) {
        Some(How::Exact(sets)) => (Some("exact"), Some(sets)),
        Some(How::Sampled(orders)) => (Some("sampled"), Some(orders)),
        None => (None, None),
    };
    let points: Vec<Value> = pair
        .points()
        .iter()
        .map(|point| {
            let [reach, pull, leak, leverage, felt] = point.changes().map(|c| figure(pair, &c));
            json!({
                "name": point.name,
                "label": point.label,
                "on": on(point.old.is_some(), point.new.is_some()),
                "reach": reach,
                "pull": pull,
                "leak": leak,
                "leverage": leverage,
                "felt": felt,
            })
        })
        .collect();
    let kpis: Vec<Value> = pair
        .kpis()
        .iter()
        .map(|change| {
            let mut value = figure(pair, change);
            if let crate::difference::FigureOf::Kpi(name) = &change.of {
                value["name"] = name.as_str().into();
            }
            value["label"] = change.label.as_str().into();
            value["on"] = on(change.old.is_some(), change.new.is_some()).into();
            value
        })
        .collect();
    json!({
        "journey": pair.new.program.base.name.name,
        "label": pair.new.program.base.name.label,
        "old": pair.old.name,
        "new": pair.new.name,
        "changed": difference.is_changed(),
        "renamed": renamed,
        "edits": edits,
        "groups": parts.map(|p| &p.groups),
        "parts": { "method": method, "count": count },
        "kpis": kpis,
        "hot_points": points,
        "fail_if": conditions.iter().map(|c| json!({ "condition": c.text, "holds": c.holds })).collect::<Vec<_>>(),
    })
}

fn on(old: bool, new: bool) -> &'static str {
    match (old, new) {
        (true, true) => "both",
        (true, false) => "old",
        _ => "new",
    }
}

fn figure(pair: &Pair<'_>, change: &Change<'_>) -> Value {
    let at = pair.difference.figure(&change.of);
    let parts = pair.difference.parts_of(&change.of).filter(|_| change.is_exact());
    let rest = parts.as_ref().zip(change.change()).map(|(parts, change)| change - parts.iter().sum::<f64>());
    let errors: Option<Vec<f64>> = parts.as_ref().and_then(|_| {
        let errors = pair.difference.parts.as_ref()?.errors.as_ref()?;
        let at = at?;
        Some(errors.iter().map(|group| group[at]).collect())
    });
    json!({
        "unit": change.unit,
        "old": change.old_value(),
        "new": change.new_value(),
        "change": change.change(),
        "relative": change.relative(),
        "method": if change.is_exact() { "exact" } else { "simulated" },
        "half_width": change.half_width(),
        "parts": parts,
        "errors": errors,
        "rest": rest,
    })
}

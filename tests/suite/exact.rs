//! `tests/exact/`: small journeys with the value of every kpi derived by hand. Both engines must meet it.

mod expected;
mod value;

use super::support::{files, json, root, run};
use expected::{Expected, Part, Sign};
use serde_json::Value;

/// Relative error allowed to the solver; absolute where the value is 0.
const EXACT: f64 = 1e-12;
const EXACT_AT_ZERO: f64 = 1e-15;
/// Standard errors allowed to the simulation.
const ERRORS: f64 = 5.0;
/// Relative error allowed to a simulated spread, of a number that thousands of the 40,000 customers have.
const ROUGHLY: f64 = 0.05;
/// Half-widths of the 95 % intervals in standard errors.
const HALF_WIDTH: f64 = 1.96;

#[test]
fn both_engines_give_the_values_derived_by_hand() {
    let files = files("tests/exact", "journey");
    assert!(!files.is_empty(), "tests/exact holds no journey");
    let folder = tempfile::tempdir().unwrap();
    let mut problems = Vec::new();
    for file in files {
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        let text = std::fs::read_to_string(&file).unwrap();
        let expected = expected::read(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let arguments = ["run", file.to_str().unwrap(), "--format", "json", "-o", folder.path().to_str().unwrap()];
        let document = json(&run(&[&arguments[..], &["--customers", "40000", "--seed", "7"]].concat()));
        let kpis = document["kpis"].as_array().cloned().unwrap_or_default();
        if kpis.is_empty() || kpis.len() != expected.len() {
            problems.push(format!("{name}: {} values for {} kpis; {}", expected.len(), kpis.len(), document["diagnostics"]));
            continue;
        }
        for (line, path, value) in expected::places(&text).unwrap_or_else(|e| panic!("{name}: {e}")) {
            let problem = at(&document, &path).map_or(Some("there is no such place".to_owned()), |found| differs(found, value));
            problems.extend(problem.map(|problem| format!("{name}:{line}: {path}: {problem}")));
        }
        for one in &expected {
            problems.extend(check(one, &kpis).into_iter().map(|problem| format!("{name}:{}: {problem}", one.line)));
        }
    }
    assert!(problems.is_empty(), "{} figures are not as derived:\n{}", problems.len(), problems.join("\n"));
}

/// What is wrong with a kpi and its parts.
fn check(expected: &Expected, kpis: &[Value]) -> Vec<String> {
    let Some(kpi) = kpis.iter().find(|k| k["name"] == expected.kpi.as_str()) else {
        return vec![format!("`{}` is not in the document", expected.kpi)];
    };
    let of = |part: &Part| match part {
        Part::Whole => Some(kpi),
        Part::By(label) => labelled(&kpi["by"], label),
        Part::For(label) => labelled(&kpi["personas"], label),
        Part::In(label) => labelled(&kpi["scenarios"], label),
    };
    let mut problems = Vec::new();
    for (part, sign, value) in &expected.values {
        let problem = match of(part) {
            Some(figure) => disagreement(figure, *sign, *value, expected.only_solved || matches!(part, Part::In(_))),
            None => Some("there is no such part".to_owned()),
        };
        problems.extend(problem.map(|p| format!("`{}` {part:?}: {p}", expected.kpi)));
    }
    problems
}

/// What stands at a path of keys, and of names in lists.
fn at<'a>(document: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(document, |at, key| match at.as_array() {
        Some(list) => list.iter().find(|item| item["name"] == key),
        None => at.get(key),
    })
}

/// How a figure, or a number that the solver gave, differs from the value derived.
fn differs(found: &Value, value: f64) -> Option<String> {
    if let Some(number) = found.as_f64() {
        let far = (number - value).abs() > (EXACT * value.abs()).max(EXACT_AT_ZERO);
        return far.then(|| format!("derived {value}, solved {number}"));
    }
    let told = !found["standard_error"].is_null() || !found["z"].is_null();
    match found["estimate"].as_f64() {
        // A spread whose own precision is not kept.
        Some(estimate) if !told => {
            let near = (estimate - value).abs() <= ROUGHLY * value.abs() + 1e-9;
            let solved = Value::from_iter([("exact", found["exact"].clone())]);
            disagreement(&solved, Sign::Solved, value, true).or((!near).then(|| format!("derived {value}, simulated {estimate}")))
        }
        _ => disagreement(found, Sign::Solved, value, false),
    }
}

fn labelled<'a>(parts: &'a Value, label: &str) -> Option<&'a Value> {
    parts.as_array()?.iter().find(|p| p["label"] == label)
}

/// How a figure differs from the value derived, if it does. `only_solved`: a simulation may be missing.
fn disagreement(figure: &Value, sign: Sign, value: f64, only_solved: bool) -> Option<String> {
    let (exact, estimate) = (figure["exact"].as_f64(), figure["estimate"].as_f64());
    match exact {
        Some(exact) if (exact - value).abs() > (EXACT * value.abs()).max(EXACT_AT_ZERO) => {
            return Some(format!("derived {value}, solved {exact}"));
        }
        None if sign == Sign::Solved => return Some(format!("derived {value}, not solved ({})", figure["declined"])),
        _ => {}
    }
    let Some(estimate) = estimate else {
        return (sign == Sign::Simulated || !only_solved).then(|| format!("derived {value}, not simulated"));
    };
    if let Some(z) = figure["z"].as_f64() {
        return (z.abs() > ERRORS).then(|| format!("derived {value}, simulated {estimate}, z = {z}"));
    }
    let error = ERRORS * figure["standard_error"].as_f64().unwrap_or(0.0);
    let widened = |bound: &Value| bound.as_f64().map_or(0.0, |b| (b - estimate).abs() * ERRORS / HALF_WIDTH);
    let rounding = 1e-9 * value.abs().max(1e-6);
    let (below, above) = (error.max(widened(&figure["low"])) + rounding, error.max(widened(&figure["high"])) + rounding);
    let inside = estimate - below <= value && value <= estimate + above;
    (!inside).then(|| format!("derived {value}, simulated {estimate}, of which at most {below} too high or {above} too low"))
}

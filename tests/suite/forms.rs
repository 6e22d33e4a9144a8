//! The other forms of a report: JSON by its schema, sheets, pixels, tables for print.

use super::support::{files, json, root, run, stderr, stdout};
use serde_json::Value;
use std::fs;
use tempfile::tempdir;

fn schema(name: &str) -> jsonschema::Validator {
    let text = fs::read_to_string(root().join(format!("docs/schema/{name}-1.schema.json"))).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn assert_fits(schema: &jsonschema::Validator, document: &Value, name: &str) {
    let errors: Vec<String> = schema.iter_errors(document).take(5).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn every_report_fits_its_schema() {
    let (report, findings) = (schema("report"), schema("findings"));
    for journey in files("specs", "journey") {
        let journey = journey.to_str().unwrap();
        assert_fits(&report, &json(&run(&["solve", journey, "--format", "json"])), journey);
        assert_fits(&report, &json(&run(&["simulate", journey, "--customers", "500", "--format", "json"])), journey);
        let out = tempdir().unwrap();
        let folder = out.path().to_str().unwrap();
        let few = ["--customers", "500", "--replications", "50", "--format", "json", "-o", folder];
        let printed = json(&run(&[&["run", journey], &few[..]].concat()));
        let kept: Value = serde_json::from_slice(&fs::read(out.path().join("report.json")).unwrap()).unwrap();
        assert!(printed == kept, "{journey}");
        assert_fits(&report, &kept, journey);
        assert_fits(&findings, &json(&run(&["check", journey, "--format", "json"])), journey);
    }
    let small = "specs/campaign/sponsored_post.journey";
    assert_fits(&report, &json(&run(&["solve", small, "--rational", "--format", "json"])), "fractions");
    for fixture in files("tests/diagnostics", "journey") {
        let fixture = fixture.to_str().unwrap();
        assert_fits(&findings, &json(&run(&["check", fixture, "--format", "json"])), fixture);
    }
}

/// Every place of a document where an object stands.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.push(at.to_owned());
            map.iter().for_each(|(key, value)| objects(value, &format!("{at}/{key}"), found));
        }
        // One of a list stands for all of it.
        Value::Array(items) => {
            if let Some(first) = items.first() {
                objects(first, &format!("{at}/0"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_key_that_is_misspelt_or_missing_does_not_fit() {
    let report = schema("report");
    let document = json(&run(&["solve", "specs/retail/roger_tv.journey", "--format", "json"]));
    let mut places = Vec::new();
    objects(&document, "", &mut places);
    assert!(places.len() > 40, "only {places:?}");
    for place in &places {
        let object = document.pointer(place).unwrap().as_object().unwrap();
        let Some(key) = object.keys().next().cloned() else { continue };
        let change = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
            let mut changed = document.clone();
            change(changed.pointer_mut(place).unwrap().as_object_mut().unwrap());
            report.is_valid(&changed)
        };
        let misspelt = change(&|object| {
            let value = object.remove(&key).unwrap();
            object.insert(format!("{key}s"), value);
        });
        assert!(!misspelt, "{place}: `{key}s`");
        assert!(!change(&|object| drop(object.remove(&key))), "{place}: without `{key}`");
        assert!(!change(&|object| drop(object.insert("more".to_owned(), Value::Null))), "{place}: a key more");
    }
    for (place, wrong) in
        [("/kpis/0/unit", "shares"), ("/method", "guessed"), ("/schema", "jalon/2"), ("/flows/0/from/kind", "x")]
    {
        let mut changed = document.clone();
        *changed.pointer_mut(place).unwrap() = wrong.into();
        assert!(!report.is_valid(&changed), "{place}");
    }
}

#[test]
fn the_command_prints_the_schemas() {
    for name in ["report", "findings"] {
        let kept = fs::read_to_string(root().join(format!("docs/schema/{name}-1.schema.json"))).unwrap();
        assert_eq!(stdout(&run(&["schema", name])), kept);
    }
    assert_eq!(stdout(&run(&["schema"])), stdout(&run(&["schema", "report"])));
}

/// The cells of a sheet as RFC 4180 has them.
fn cells(sheet: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = sheet.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted, "a sheet ends with a line end");
    rows
}

#[test]
fn every_sheet_is_a_table_that_is_listed() {
    let listed = fs::read_to_string(root().join("docs/csv.md")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for journey in files("specs", "journey") {
        let out = tempdir().unwrap();
        let (path, folder) = (journey.to_str().unwrap(), out.path().to_str().unwrap());
        run(&["run", path, "--customers", "500", "--replications", "50", "-o", folder]);
        for entry in fs::read_dir(out.path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if !name.ends_with(".csv") {
                continue;
            }
            assert!(listed.contains(&format!("`{name}`")), "docs/csv.md does not list {name}");
            let rows = cells(&fs::read_to_string(&path).unwrap());
            assert!(rows.len() > 1, "{name} has no rows");
            let header = &rows[0];
            assert!(
                header
                    .iter()
                    .all(|h| !h.is_empty() && h.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
            );
            for row in &rows {
                assert_eq!(row.len(), header.len(), "{name} of {}: {row:?}", journey.display());
                for cell in row {
                    let formula =
                        cell.starts_with(['=', '+', '@', '\t']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
                    assert!(!formula && cell != "NaN" && cell != "inf", "{name}: {cell}");
                }
            }
            seen.insert(name);
        }
    }
    for row in listed.lines().filter(|line| line.starts_with("| `")) {
        for name in row.split('|').nth(1).unwrap().split('`').filter(|name| name.ends_with(".csv")) {
            assert!(seen.contains(name), "{name} is listed and never written");
        }
    }
}

/// Five steps, as the case of the field tells them: channel, content, trigger.
#[test]
fn what_brings_roger_back_is_told_in_four_columns() {
    let out = tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let output =
        run(&["run", "specs/retail/roger_tv.journey", "--customers", "500", "--replications", "0", "--png", "-o", folder]);
    assert!(output.status.success() || output.status.code() == Some(3), "{}", stderr(&output));
    let sheet = cells(&fs::read_to_string(out.path().join("win_back.csv")).unwrap());
    let column = |name: &str| sheet[0].iter().position(|h| h == name).unwrap();
    let told: Vec<[&str; 4]> =
        sheet[1..].iter().map(|row| ["stage", "channel", "label", "trigger"].map(|name| row[column(name)].as_str())).collect();
    let expected = [
        ["Le matin, dans le métro", "Site", "Fiche produit", ""],
        ["Au bureau", "LinkedIn", "Reciblage LinkedIn", "la page quittée déclenche la publicité"],
        ["À midi, au centre commercial", "SMS géolocalisé", "SMS géolocalisé", "il entre dans le centre commercial"],
        ["Deux jours plus tard", "Courrier", "Courrier avec bon", "sans réponse au bout de deux jours"],
        ["L'achat", "Site", "Commande", "le bon finit bientôt"],
    ];
    assert_eq!(told, expected);
    let page = fs::read_to_string(out.path().join("win_back.html")).unwrap();
    for [stage, channel, content, trigger] in expected {
        for words in [stage, channel, content, trigger] {
            assert!(page.contains(&words.replace('\'', "&#39;")), "{words}");
        }
    }
    assert_eq!(page.matches("<th scope=\"col\">").count(), 4);
    assert!(fs::read(out.path().join("map.png")).unwrap().starts_with(b"\x89PNG"));
}

//! Fixtures of findings: `tests/diagnostics/<code>-<slug>/<case>.journey` with its page beside it.
//!
//! Each is asserted twice: a comment `//~ J0203` on a line asks for a finding of that code whose label falls on the line (and
//! nothing may be found that is not asked for, notes apart), and the whole page is a snapshot. `JALON_BLESS=1` writes the
//! pages; read them before committing.

use super::support::{files, jalon, root};
use std::collections::BTreeSet;
use std::fs;

#[test]
fn every_fixture_gives_its_findings_and_its_page() {
    let fixtures = files("tests/diagnostics", "journey");
    assert!(fixtures.len() >= 20, "only {} fixtures", fixtures.len());
    let mut wrong = Vec::new();
    for fixture in fixtures {
        let name = fixture.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&fixture).unwrap();
        let run = |arguments: &[&str]| jalon().args(["check", &name]).args(arguments).current_dir(root()).output().unwrap();

        let value: serde_json::Value = serde_json::from_slice(&run(&["--format", "json", "--lang", "en"]).stdout).unwrap();
        let found: BTreeSet<(String, u64)> = value["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|d| d["severity"] != "note")
            .map(|d| (d["code"].as_str().unwrap().to_owned(), d["labels"][0]["line"].as_u64().unwrap()))
            .collect();
        let asked: BTreeSet<(String, u64)> = text
            .lines()
            .enumerate()
            .filter_map(|(i, line)| Some((line.split_once("//~ ")?.1, i)))
            .flat_map(|(codes, i)| codes.split_whitespace().map(move |c| (c.to_owned(), i as u64 + 1)))
            .collect();
        if found != asked {
            wrong.push(format!("{name}: asked for {asked:?}, found {found:?}"));
        }

        let mut page = String::new();
        for lang in ["en", "fr"] {
            page += &String::from_utf8(run(&["--lang", lang]).stderr).unwrap();
            page += "\n";
        }
        let beside = fixture.with_extension("stderr");
        if std::env::var_os("JALON_BLESS").is_some() {
            fs::write(&beside, &page).unwrap();
        }
        let kept = fs::read_to_string(&beside).unwrap_or_default();
        if kept != page {
            wrong.push(format!("{name}: the page differs\n--- kept\n{kept}\n--- now\n{page}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! Findings for machines: SARIF that the standard's own schema accepts, annotations, and one verdict whatever the format.

use super::support::{compiled, files, jalon, piped, root, stderr, stdout};
use jalon::diagnostics::sarif_view;
use jalon::locale::Lang;
use serde_json::Value;
use std::fs::OpenOptions;
use std::process::Stdio;

const FORMATS: [&str; 5] = ["human", "plain", "json", "sarif", "github"];

fn schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(root().join("tests/schemas/sarif-schema-2.1.0.json")).unwrap();
    // One pattern has a bracket too many, which only scripts' regular expressions overlook.
    let (written, meant) = ("{2}-[a-zA-Z]{2}]?$", "{2}-[a-zA-Z]{2}$");
    assert!(text.contains(written));
    let schema: Value = serde_json::from_str(&text.replace(written, meant)).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn sarif_is_accepted_by_the_schema_for_every_fixture() {
    let schema = schema();
    let (mut results, mut fixes, mut related) = (0, 0, 0);
    for fixture in files("tests/diagnostics", "journey").iter().chain(&files("specs", "journey")) {
        let (_, compiled) = compiled(fixture);
        for lang in [Lang::En, Lang::Fr] {
            let document = sarif_view(&compiled.diagnostics, &compiled.sources, lang);
            let wrong: Vec<String> = schema.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(wrong.is_empty(), "{}: {wrong:#?}", fixture.display());
            let run = &document["runs"][0];
            let mut fingerprints = Vec::new();
            for result in run["results"].as_array().unwrap() {
                let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
                assert_eq!(rule["id"], result["ruleId"]);
                fingerprints.push(result["partialFingerprints"]["jalonLine/v1"].as_str().unwrap().to_owned());
                results += 1;
                fixes += result["fixes"].as_array().unwrap().len();
                related += result["relatedLocations"].as_array().unwrap().len();
            }
            let count = fingerprints.len();
            fingerprints.sort();
            fingerprints.dedup();
            assert_eq!(fingerprints.len(), count, "{}", fixture.display());
        }
    }
    assert!(results > 100 && fixes > 20 && related > 10, "{results} results, {fixes} fixes, {related} related places");
}

#[test]
fn the_schema_refuses_what_is_not_sarif() {
    let wrong = serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "rules": [] } }, "results": [] }] });
    assert!(!schema().is_valid(&wrong));
}

#[test]
fn sarif_of_the_command_stands_alone_and_validates() {
    let schema = schema();
    for (text, arguments) in [
        (SOUND, vec!["check", "-", "--format", "sarif"]),
        (BROKEN, vec!["check", "-", "--format", "sarif", "--lang", "fr"]),
        (CLAIM, vec!["solve", "-", "--format", "sarif"]),
        (CLAIM, vec!["simulate", "-", "--format", "sarif", "--customers", "1000"]),
    ] {
        let output = piped(&arguments, text.as_bytes());
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(schema.is_valid(&document), "{arguments:?}");
        let codes: Vec<&str> =
            document["runs"][0]["results"].as_array().unwrap().iter().map(|r| r["ruleId"].as_str().unwrap()).collect();
        assert_eq!(codes.contains(&"J0501"), text == CLAIM, "{arguments:?}: {codes:?}");
        assert_eq!(stderr(&output).contains("Headline figures"), text == CLAIM, "{arguments:?}: {}", stderr(&output));
    }
}

const SOUND: &str = "journey small\nchannel web digital owned\ngoal order\nend out\narrive 100 at shop\n\
    touchpoint shop on web {\n  -> out 50% reach order\n  -> out otherwise\n}\n";
const BROKEN: &str = "journey small\nchannel web digital owned\ngoal order\nend out\narrive 100 at shop\n\
    touchpoint shop on web {\n  -> out 50%, 60% reach order\n  -> nowhere 12,5%\n}\nbroken {\n";
const CLAIM: &str = "journey small\nchannel web digital owned\ngoal order\nend out\narrive 100 at shop\n\
    touchpoint shop on web {\n  -> out 50% reach order\n  -> out otherwise\n}\nkpi k = rate(order)\nclaim k = 40%\n";
const WARNED: &str = "journey small\nchannel web digital owned\ngoal order\nend out\narrive 100 at shop\n\
    touchpoint shop on web {\n  -> out 50% reach order\n  -> out otherwise\n}\ntouchpoint chat on web {\n  -> out\n}\n";

/// Journey, arguments behind the command, and the exit code of `check`, `solve` and `simulate`.
const VERDICTS: [(&str, &[&str], [i32; 3]); 9] = [
    (SOUND, &[], [0, 0, 0]),
    (BROKEN, &[], [1, 1, 1]),
    (WARNED, &[], [0, 0, 0]),
    (WARNED, &["--deny", "warnings"], [1, 1, 1]),
    (WARNED, &["--deny", "warnings", "--allow", "J0301"], [0, 0, 0]),
    (WARNED, &["--allow", "J0203"], [2, 2, 2]),
    (WARNED, &["--allow", "J9999"], [2, 2, 2]),
    (CLAIM, &["--notes"], [0, 0, 0]),
    // Whether the claim holds is only known to those who compute.
    (CLAIM, &["--deny", "warnings", "--notes"], [0, 1, 1]),
];

#[test]
fn the_verdict_is_the_same_in_every_format() {
    for (text, more, codes) in VERDICTS {
        for (command, expected) in ["check", "solve", "simulate"].into_iter().zip(codes) {
            for format in FORMATS {
                let mut arguments = vec![command, "-", "--format", format];
                arguments.extend(more);
                let output = piped(&arguments, text.as_bytes());
                assert_eq!(output.status.code(), Some(expected), "{arguments:?}\n{}{}", stdout(&output), stderr(&output));
            }
        }
    }
}

/// The exit code with standard output as given, everything else thrown away.
fn code_with_output(arguments: &[&str], text: &str, out: Stdio) -> Option<i32> {
    use std::io::Write;
    let mut command = jalon();
    command.args(arguments).stdin(Stdio::piped()).stdout(out).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    // Where nobody read the output, nobody does now.
    drop(child.stdout.take());
    child.wait().unwrap().code()
}

#[test]
fn a_reader_that_has_gone_changes_no_verdict() {
    for (text, expected) in [(SOUND, 0), (BROKEN, 1)] {
        for command in ["check", "solve"] {
            for format in FORMATS {
                let (reader, writer) = std::io::pipe().unwrap();
                drop(reader);
                let code = code_with_output(&[command, "-", "--format", format], text, Stdio::from(writer));
                assert_eq!(code, Some(expected), "{command} {format}");
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_said_and_is_two() {
    let full = || Stdio::from(OpenOptions::new().write(true).open("/dev/full").unwrap());
    for format in FORMATS {
        // Figures, or findings: something goes to standard output in every format.
        assert_eq!(code_with_output(&["solve", "-", "--format", format], CLAIM, full()), Some(2), "{format}");
    }
    for format in ["json", "sarif", "github"] {
        assert_eq!(code_with_output(&["check", "-", "--format", format], BROKEN, full()), Some(2), "{format}");
    }
    assert_eq!(code_with_output(&["check", "-", "--fix"], "journey a // no line end", full()), Some(2));
}

/// An allow for a claim is for those to judge who compute it; luck judges nothing.
#[test]
fn a_claim_is_allowed_in_the_text() {
    let allow = |printed: &str| {
        CLAIM.replace("claim k = 40%", &format!("claim k = {printed} // jalon: allow(J0501) because the paper says so"))
    };
    for (printed, command, expected) in
        [("40%", "check", ""), ("40%", "solve", ""), ("40%", "simulate", ""), ("50%", "solve", "J0020"), ("50%", "simulate", "")]
    {
        let output = piped(&[command, "-", "--format", "json"], allow(printed).as_bytes());
        let value = super::support::json(&output);
        let found = value["diagnostics"].as_array().unwrap().iter().filter(|d| d["severity"] != "note");
        let codes: String = found.map(|d| d["code"].as_str().unwrap()).collect();
        assert_eq!(codes, expected, "{printed} {command}");
    }
}

#[test]
fn annotations_name_the_place_and_stand_alone() {
    let output = piped(&["check", "-", "--format", "github", "--lang", "en"], BROKEN.as_bytes());
    let said = stdout(&output);
    assert!(said.lines().count() >= 3 && said.lines().all(|l| l.starts_with("::error file=<stdin>,line=")), "{said}");
    assert!(said.contains(",title=J0008 decimal comma::"), "{said}");
    assert_eq!(stderr(&output), "");
}

#[test]
fn at_most_ten_annotations_of_a_level() {
    let lines: String = (0..14).map(|i| format!("kpi k{i} = 1,5\n")).collect();
    let output = piped(&["check", "-", "--format", "github", "--lang", "fr"], format!("{SOUND}{lines}").as_bytes());
    let said = stdout(&output);
    assert_eq!(said.lines().filter(|l| l.starts_with("::error ")).count(), 10, "{said}");
    assert!(said.lines().any(|l| l.contains("title=5 de plus::")), "{said}");
}

#[test]
fn notes_are_counted_unless_asked_for() {
    let fixture = "specs/retail/julie_dress.journey";
    let text = std::fs::read_to_string(root().join(fixture)).unwrap();
    let count = super::support::json(&piped(&["check", "-", "--format", "json"], text.as_bytes()))["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|d| d["severity"] == "note")
        .count();
    let said = stderr(&piped(&["check", "-", "--lang", "en"], text.as_bytes()));
    assert_eq!(said.contains("`--notes` shows them"), count > 0, "{said}");
    let said = stderr(&piped(&["check", "-", "--lang", "en", "--notes"], text.as_bytes()));
    assert!(!said.contains("`--notes`"), "{said}");
}

//! `jalon export`: what other programs are given.

use super::support::{files, json, piped, run, stderr, stdout};
use serde_json::Value;

/// Two personas, a loop with memory, a goal on a branch and one on a touchpoint, figures that are no decimals.
const SMALL: &str = "journey small \"Un \\ petit\"
currency EUR
persona julie
persona roger
channel web digital owned {
  cost 0.05 EUR
}
goal order
goal fidélité
end served success
end lost failure
memory {
  flag seen
}
arrive 100 {
  of julie 60%
  of roger otherwise
  budget 20 EUR
  -> page
}
stage zmot {
  touchpoint page on web {
    set seen
    takes 1..3 min
    -> page 1 of 3 when not reached(order) reach order
    -> served 1 of 7, 0% for roger reach fidélité
    -> lost otherwise after 1 h
  }
}
scenario never {
  without page -> lost
}
kpi ordered key = rate(order)
";

fn export(arguments: &[&str]) -> String {
    let output = piped(&[&["export", "-", "--lang", "en"], arguments].concat(), SMALL.as_bytes());
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

/// Four states: each persona before and after its order. A state's reward is its visit's and its branches' in their shares:
/// 0.05 EUR; julie 120 s + 11/21 (before; 1 − 1/3 − 1/7) or 6/7 (after) of an hour, roger 2/3 or all of it. Outside: 0.20 EUR each.
#[test]
fn a_chain_for_prism() {
    let text = export(&["--to", "prism"]);
    let lines: Vec<&str> = text.lines().map(|l| l.split(" // ").next().unwrap_or_default()).collect();
    for expected in [
        "  s : [0..9] init 0;",
        "  [] s=0 -> 3/5:(s'=1) + 2/5:(s'=4);",
        "label \"persona_julie\" = (s>=1 & s<=2);",
        "label \"touchpoint_page\" = (s>=1 & s<=4);",
        "label \"stage_zmot\" = (s>=1 & s<=4);",
        "label \"channel_web\" = (s>=1 & s<=4);",
        "label \"goal_order\" = (s>=5 & s<=6);",
        "label \"goal_fidelite\" = s=7;",
        "label \"end_served\" = s=8;",
        "label \"failure\" = s=9;",
        "label \"finished\" = (s>=8 & s<=9);",
        "  (s>=1 & s<=4) : 1;",
        "  s=0 : 1/5;",
        "  (s>=1 & s<=4) : 1/20;",
    ] {
        assert!(lines.contains(&expected), "no {expected}\n{text}");
    }
    let time = text.split("rewards \"time\"").nth(1).and_then(|t| t.split("endrewards").next()).unwrap();
    let mut times: Vec<&str> = time.lines().filter_map(|l| l.split(" : ").nth(1)).collect();
    times.sort_unstable();
    // 120 + 3600 × 11/21 = 14040/7; 120 + 3600 × 2/3 = 2520; 120 + 3600 × 6/7 = 22440/7; 120 + 3600 = 3720
    assert_eq!(times, ["14040/7;", "22440/7;", "2520;", "3720;"], "{text}");
    assert!(text.contains("1/3:(s'=5)") && text.contains("11/21:(s'=9)"), "{text}");
}

/// The rows of a document, resolved: every probability of a state sums to one, every row exists.
#[test]
fn a_chain_for_any_program() {
    for spec in files("specs", "journey") {
        let value = json(&run(&["export", spec.to_str().unwrap(), "--to", "json"]));
        assert_eq!(value["schema"], "jalon-chain/1");
        let list = |key: &str| value[key].as_array().unwrap_or_else(|| panic!("{key}")).clone();
        let (states, ends) = (list("states"), list("ends"));
        let rows = (states.len() + ends.len()) as u64;
        let sums = |branches: &[Value]| -> f64 { branches.iter().map(|b| b["probability"].as_f64().unwrap()).sum() };
        assert!((sums(&list("entries")) - 1.0).abs() < 1e-12);
        for (row, state) in states.iter().enumerate() {
            let branches = state["branches"].as_array().unwrap();
            assert_eq!(state["row"], row as u64);
            assert!((sums(branches) - 1.0).abs() < 1e-12, "{state}");
            for branch in branches {
                assert!(branch["to"].as_u64().unwrap() < rows, "{branch}");
                assert!((branch["leave"].as_u64().unwrap() as usize) < list("leaves").len(), "{branch}");
            }
        }
        let solved = json(&run(&["solve", spec.to_str().unwrap(), "--format", "json"]));
        assert_eq!(solved["solved"]["states"], states.len() as u64, "{}", spec.display());
        assert_eq!(value["main_goal"], solved["main_goal"]);
    }
}

/// Every key is told in `docs/json.md`.
#[test]
fn every_key_has_a_line_in_the_documentation() {
    fn keys(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(list) => list.iter().for_each(|v| keys(v, found)),
            Value::Object(object) => {
                for (key, inner) in object {
                    found.push(key.clone());
                    keys(inner, found);
                }
            }
            _ => {}
        }
    }
    let page = std::fs::read_to_string(super::support::root().join("docs/json.md")).unwrap();
    let page = page.split("# Chains for other programs").nth(1).expect("the chapter");
    let mut found = Vec::new();
    keys(&json(&piped(&["export", "-", "--to", "json"], SMALL.as_bytes())), &mut found);
    for key in found {
        assert!(page.contains(&format!("`{key}`")), "`{key}` is not told");
    }
}

/// A state of the small journey, with what it carries.
#[test]
fn states_say_what_they_carry() {
    let value: Value = serde_json::from_str(&export(&["--to", "json"])).unwrap();
    let carried: Vec<&Value> = value["states"].as_array().unwrap().iter().map(|s| &s["carries"]).collect();
    // `seen` is read by nobody, and so not kept.
    assert_eq!(carried.iter().filter(|c| c[0] == "reached(order)").count(), 2, "{carried:?}");
    assert_eq!(carried.len(), 4);
}

/// 60 of 100 are julie. Of her passages from the page: 1 + 1/3 visits, the second without the loop.
#[test]
fn a_drawing_has_the_exact_passages() {
    let text = export(&["--to", "dot"]);
    for expected in ["digraph \"small\" {", "label=\"Un \\\\ petit\"", "subgraph cluster_s0 {", "    t0 [label=\"page\"];"] {
        assert!(text.contains(expected), "no {expected}\n{text}");
    }
    let passages = |arrow: &str| -> f64 {
        let line = text.lines().find(|l| l.contains(arrow)).unwrap_or_else(|| panic!("{arrow}\n{text}"));
        line.split("passages=\"").nth(1).and_then(|p| p.split('"').next()).unwrap().parse().unwrap()
    };
    for (arrow, expected) in [("a0 -> t0", 1.0), ("t0 -> t0", 1.0 / 3.0), ("t0 -> e0", 0.6 * 4.0 / 3.0 / 7.0)] {
        assert!((passages(arrow) - expected).abs() < 1e-12, "{arrow}: {}", passages(arrow));
    }
    let states = export(&["--to", "dot", "--states"]);
    assert!(states.contains("[label=\"page · reached(order)\"]"), "{states}");
    assert!(states.contains("probability=\"1/7\""), "{states}");
}

#[test]
fn a_scenario_by_its_name() {
    let text = export(&["--to", "prism", "--scenario", "never"]);
    assert!(text.contains("[] s=0 -> 1:(s'=2);") && text.contains("label \"touchpoint_page\" = false;"), "{text}");
    let refused = piped(&["export", "-", "--to", "dot", "--scenario", "nevr", "--lang", "fr"], SMALL.as_bytes());
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("vouliez-vous dire `never` ?"), "{}", stderr(&refused));
}

#[test]
fn a_file_or_the_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/small.json");
    let to = ["--to", "json", "-o", path.to_str().unwrap()];
    let findings = json(&piped(&[&["export", "-", "--format", "json"], &to[..]].concat(), SMALL.as_bytes()));
    assert_eq!(findings["ok"], true);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), export(&["--to", "json"]));
    let both = piped(&["export", "-", "--to", "json", "--format", "json"], SMALL.as_bytes());
    assert_eq!(both.status.code(), Some(2), "{}", stderr(&both));
    let states = piped(&["export", "-", "--to", "json", "--states"], SMALL.as_bytes());
    assert_eq!(states.status.code(), Some(2));
}

#[test]
fn a_journey_with_errors_is_not_exported() {
    let output = piped(&["export", "-", "--to", "prism"], SMALL.replace("1 of 7", "107%").as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).is_empty() && stderr(&output).contains("J0205"), "{}", stderr(&output));
}

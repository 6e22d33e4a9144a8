//! What was once wrong and no other test would see.

use super::support::{jalon, json};
use std::io::Write;
use std::process::{Output, Stdio};

fn piped(arguments: &[&str], text: &str) -> Output {
    let mut command = jalon();
    let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Under a horizon that cuts, the solver gives no number where it knows none, and no paths that go on past it.
#[test]
fn a_horizon_leaves_nothing_unbounded() {
    let text = "journey h\nhorizon 2 days\nchannel web\ngoal order\nend ok success\narrive 10 at page\n\
                touchpoint page on web {\n  -> page 50% after 1 day\n  -> ok otherwise reach order after 3 days\n}\nkpi a = rate(order)\n";
    let value = json(&piped(&["solve", "-", "--format", "json"], text));
    assert_eq!(value["declined"], "horizon");
    assert!(value["flows"].as_array().unwrap().is_empty(), "{}", value["flows"]);
    assert!(value["paths"]["to_goal"].as_array().unwrap().is_empty());
    assert!(value["kpis"][0]["value"].is_null());
}

/// A long loop costs the search for paths neither quadratic time nor the paths that leave it at once.
#[test]
fn typical_paths_of_a_long_loop() {
    let text = "journey l\nchannel web\ngoal order\nend ok success\nend ko failure\narrive 10 at page\n\
                touchpoint page on web {\n  -> page 99.99% after 1 day\n  -> ok 0.005% reach order\n  -> ko otherwise\n}\n";
    let value = json(&piped(&["solve", "-", "--format", "json"], text));
    let first = &value["paths"]["to_goal"][0];
    assert_eq!(first["touchpoints"].as_array().unwrap().len(), 1, "{first}");
    assert!((first["probability"].as_f64().unwrap() - 0.00005).abs() < 1e-15);
}

/// A key kpi that stays 0 has no relative width: the draw ends all the same.
#[test]
fn precision_of_nothing_comes_to_an_end() {
    let text = "journey n\nchannel web\ngoal order\ngoal never\nend ok success\narrive 10 at page\n\
                touchpoint page on web {\n  -> ok reach order\n}\nkpi z key = rate(never)\n";
    let value = json(&piped(&["simulate", "-", "--precision", "1%", "--format", "json"], text));
    assert_eq!(value["kpis"][0]["estimate"], 0.0);
}

/// The main goal is that of the first key kpi, through its other name too.
#[test]
fn an_alias_names_the_main_goal() {
    let text = "journey m\nchannel web\ngoal order\ngoal lead\nend ok success\narrive 10 at page\n\
                touchpoint page on web {\n  reach lead\n  -> ok reach order\n}\nkpi sold = rate(order)\nkpi main key = sold\n";
    let value = json(&piped(&["solve", "-", "--format", "json"], text));
    assert_eq!(value["main_goal"], "order");
}

/// What is certain has no interval of chance.
#[test]
fn nothing_may_happen_to_what_is_certain() {
    let text = "journey c\nchannel web\ngoal order\nend ok success\narrive 10 at page\n\
                touchpoint page on web {\n  -> ok reach order\n}\nkpi sold = rate(order)\n";
    let value = json(&piped(&["solve", "-", "--format", "json"], text));
    assert!(value["kpis"][0]["chance"].is_null(), "{}", value["kpis"][0]);
}

/// A claim is answered in the unit in which it is printed.
#[test]
fn claims_keep_their_unit() {
    let text = "journey u\nchannel web\ngoal order\nend ok success\narrive 10 at page\n\
                touchpoint page on web {\n  takes 1 year\n  -> ok reach order\n}\nclaim time to order = 11 months\n";
    let output = piped(&["solve", "-", "--lang", "en"], text);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("printed as 11 months, computed as 12 months") && said.contains("help: print 12 months\n"), "{said}");
}

/// Standard error that cannot be written changes no verdict.
#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let spec = super::support::root().join("specs/campaign/sponsored_post.journey");
    let status = jalon().args(["check", spec.to_str().unwrap()]).stderr(full).stdout(Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(0));
}

/// A kpi that cannot be read beside others that can: what names one of them must not be taken for another, and for itself.
#[test]
fn a_kpi_that_is_refused_keeps_its_place() {
    let text = "persona bob \"Bob\"\ngoal order \"Order\"\nkpi ratio = won / rate(b)\nkpi of_bob = won for bob\n\
                kpi then_bob = of_bob in/2* 1/2\nkpi won = rate(order)\nkpi then_bob = of_bob in \n";
    let output = super::support::piped(&["check", "-", "--format", "json"], text.as_bytes());
    assert_eq!(output.status.code(), Some(1));
}

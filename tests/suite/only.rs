//! `jalon solve --only MEASURE`: a figure asked for by name or by measure, against values worked out by hand.

use super::support::{json, run, stderr, stdout};

const POST: &str = "specs/campaign/sponsored_post.journey";

/// 3/800 of those who see the post are delivered as agreed; 90 of 1,000 engage.
#[test]
fn figures_are_asked_for_one_by_one() {
    let output = run(&["solve", POST, "--only", "final_rate", "--only", "engagement * 2"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), "final_rate      0,375\u{202f}%  = 3/800\nengagement * 2  18\u{202f}%  = 9/50\n");
    let document = json(&run(&["solve", POST, "--only", "rate(delivered)", "--format", "json"]));
    let figure = &document["figures"][0];
    assert_eq!((figure["measure"].as_str(), figure["value"].as_f64()), (Some("rate(delivered)"), Some(0.00375)));
    assert_eq!((figure["unit"].as_str(), figure["fraction"].as_str()), (Some("share"), Some("3/800")));
}

#[test]
fn what_is_typed_wrong_is_the_commands_fault() {
    let output = run(&["solve", POST, "--only", "final_rat", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("final_rate") && stderr(&output).contains("--only"), "{}", stderr(&output));
    let output = run(&["solve", POST, "--only", "p90(time to delivered)", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("has no exact value"), "{}", stderr(&output));
}

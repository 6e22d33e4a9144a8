//! `jalon why` and `jalon trace`: stories of numbers and of customers, against what is worked out by hand.

use super::support::{json, run, stderr, stdout};

const POST: &str = "specs/campaign/sponsored_post.journey";
const JULIE: &str = "specs/retail/julie_dress.journey";

/// 90 of 1,000 × 4 of 90 × 75 % = 0.3 %, and 90 of 1,000 × 3 of 90 × 1 of 3 × 75 % = 0.075 %.
#[test]
fn a_number_is_followed_down_to_the_lines_it_stands_on() {
    let output = run(&["why", POST, "final_rate"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let page = stdout(&output).replace(['\u{a0}', '\u{202f}'], " ");
    for part in
        ["0,375 % = 3/800", "90/1 000 × 4/90 ×", "0,3 % + 0,075 % = 0,375 %", "sponsored_post.journey:10 ", "param clicked"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let document = json(&run(&["why", POST, "final_rate", "--format", "json"]));
    assert_eq!(document["fraction"].as_str(), Some("3/800"));
    let probabilities: Vec<f64> =
        document["ways"]["to"].as_array().unwrap().iter().map(|way| way["probability"].as_f64().unwrap()).collect();
    assert_eq!(probabilities.len(), 2);
    assert!((probabilities[0] - 0.003).abs() < 1e-15 && (probabilities[1] - 0.000_75).abs() < 1e-15);
    assert_eq!(document["lines"].as_array().unwrap().len(), 5);
}

#[test]
fn any_measure_may_be_asked_for_and_a_wrong_one_is_the_commands_fault() {
    let output = run(&["why", POST, "rate(product -> delivered)"]);
    let page = stdout(&output).replace(['\u{a0}', '\u{202f}'], " ");
    // 3/800 of all, of the 9 % who see the page.
    assert!(page.contains("4,17 % = 1/24"), "{page}{}", stderr(&output));
    let output = run(&["why", POST, "final_rat", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("final_rate"), "{}", stderr(&output));
}

#[test]
fn a_customer_is_followed_with_dates_and_the_same_one_every_time() {
    let options = ["trace", JULIE, "--like", "julie", "--start", "2026-09-03T18:30"];
    let output = run(&options);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let page = stdout(&output).replace(['\u{a0}', '\u{202f}'], " ");
    assert!(page.contains("jeu. 3 sept. 2026, 18 h 30  Bandeau Nouveautés"), "{page}");
    assert!(page.contains("★ Premier achat"), "{page}");
    assert_eq!(stdout(&run(&options)), stdout(&output));
    let document = json(&run(&["trace", JULIE, "--customer", "12", "--format", "json"]));
    assert_eq!(document["customer"].as_u64(), Some(12));
    let visits = document["visits"].as_array().unwrap();
    let product: f64 = visits.iter().map(|visit| visit["onward"]["probability"].as_f64().unwrap()).product();
    // Of all who walk the same touchpoints; those of this journey have one way between any two.
    assert!((document["probability"].as_f64().unwrap() / product - 1.0).abs() < 1e-9);
}

#[test]
fn what_is_typed_wrong_is_told() {
    for (options, said) in [
        (["trace", JULIE, "--like", "juli"], "`julie`"),
        (["trace", JULIE, "--start", "tomorrow"], "2026-09-05"),
        (["trace", JULIE, "--customer", "0"], "--customer"),
    ] {
        let output = run(&options);
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(stderr(&output).contains(said), "{options:?}: {}", stderr(&output));
    }
}

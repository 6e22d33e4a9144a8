//! What is felt under a scenario, by both engines.

use super::support::{json, piped};

/// At `post` everybody feels +1; those who go on to the page feel +3 on leaving. With a share p who go on, the mean over all feelings is
/// (1 + 3p) / (1 + p): 5/3 for a half, 7/5 for a quarter. At `page` all feel −2; under the second scenario nobody comes there.
const JOURNEY: &str = r#"
journey moods "Moods"

param curious = 50% assumed

persona visitor "Visitor"
channel web "Web" digital owned
end     out "Out"

arrive 1000 at post

touchpoint post "Post" on web {
  feel +1
  -> page curious feel +3
  -> out  otherwise
}
touchpoint page "Page" on web {
  feel -2
  -> out
}

scenario fewer  "Fewer go on" { set curious = 25% }
scenario nobody "No page"     { without page -> out }
"#;

fn felt(arguments: &[&str]) -> Vec<Vec<Option<f64>>> {
    let value = json(&piped(arguments, JOURNEY.as_bytes()));
    let scenarios = value["scenarios"].as_array().unwrap();
    let names: Vec<&str> = scenarios.iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["fewer", "nobody"]);
    let at = |scenario: &serde_json::Value| {
        let felt = scenario["felt_at"].as_array().unwrap();
        assert_eq!((felt[0]["name"].as_str(), felt[1]["name"].as_str()), (Some("post"), Some("page")));
        felt.iter().map(|at| at["value"].as_f64()).collect()
    };
    scenarios.iter().map(at).collect()
}

#[test]
fn a_scenario_has_its_own_curve() {
    let exact = felt(&["solve", "-", "--format", "json"]);
    assert!((exact[0][0].unwrap() - 7.0 / 5.0).abs() < 1e-12 && (exact[0][1].unwrap() + 2.0).abs() < 1e-12, "{exact:?}");
    assert_eq!(exact[1][1], None);
    let drawn = felt(&["simulate", "-", "--customers", "20000", "--format", "json"]);
    // The standard deviation of one customer's part is below 1: five standard errors are 0.035.
    assert!((drawn[0][0].unwrap() - 7.0 / 5.0).abs() < 0.035, "{drawn:?}");
    assert_eq!((drawn[0][1], drawn[1][1]), (Some(-2.0), None));
}

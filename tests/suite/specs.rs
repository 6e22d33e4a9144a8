//! The journeys of `specs/`: clean, promises kept, the figures of the cases they tell.

use super::support::{files, json, run, stderr, stdout};

/// The warnings that a journey is meant to show: the printed figure that ours contradicts.
const MEANT: [(&str, &[&str]); 1] = [("campaign/sponsored_post.journey", &["J0501"])];

#[test]
fn all_check_clean() {
    let specs = files("specs", "journey");
    assert!(specs.len() >= 4);
    for spec in specs {
        let output = run(&["check", spec.to_str().unwrap(), "--format", "json"]);
        let findings = json(&output);
        let bad: Vec<_> = findings["diagnostics"].as_array().unwrap().iter().filter(|d| d["severity"] != "note").collect();
        assert!(output.status.success() && bad.is_empty(), "{}: {bad:#?}", spec.display());
    }
}

#[test]
fn all_keep_their_promises_and_the_engines_agree() {
    let folder = tempfile::tempdir().unwrap();
    for spec in files("specs", "journey") {
        let name = spec.file_stem().unwrap().to_str().unwrap();
        let output = run(&["run", spec.to_str().unwrap(), "--format", "json", "-o", folder.path().to_str().unwrap()]);
        let value = json(&output);
        assert_eq!(output.status.code(), Some(0), "{name}: {:#}", value["expectations"]);
        assert!(!value["expectations"].as_array().unwrap().is_empty(), "{name} promises nothing");
        assert!(value["agreement"]["compared"].as_u64().unwrap() > 10, "{name}: {}", value["agreement"]);
        assert_eq!(value["agreement"]["differing"], 0, "{name}: {}", value["agreement"]);
        let meant = MEANT.iter().find(|(path, _)| spec.ends_with(path)).map_or(&[][..], |(_, codes)| codes);
        let warned: Vec<_> = value["diagnostics"].as_array().unwrap().iter().filter(|d| d["severity"] != "note").collect();
        let codes: Vec<_> = warned.iter().map(|d| d["code"].as_str().unwrap()).collect();
        assert_eq!(codes, meant, "{name}");
    }
}

/// 90 of 1,000 click (9 %), 4 + 1 order (0.5 %), 75 % of the deliveries conform: 3.75 of 1,000 (3/800).
#[test]
fn sponsored_post() {
    let value = json(&run(&["solve", "specs/campaign/sponsored_post.journey", "--format", "json"]));
    let kpi = |name: &str| {
        let kpis = value["kpis"].as_array().unwrap();
        kpis.iter().find(|k| k["name"] == name).unwrap_or_else(|| panic!("no kpi {name}")).clone()
    };
    for (name, exact, fraction) in
        [("engagement", 0.09, "9/100"), ("hot_conversion", 0.005, "1/200"), ("final_rate", 0.00375, "3/800")]
    {
        let kpi = kpi(name);
        assert!((kpi["exact"].as_f64().unwrap() - exact).abs() < 1e-12, "{kpi}");
        assert_eq!(kpi["fraction"], fraction);
    }
    let hot = |name: &str| {
        let points = value["hot_points"].as_array().unwrap();
        points.iter().find(|h| h["name"] == name).unwrap_or_else(|| panic!("no hot point {name}")).clone()
    };
    // One point moved at the product page is worth 0.09 × 0.75 × 0.01; at the post 0.00375 / 0.09 × 0.01; at the delivery 0.005 × 0.01.
    for (name, leverage) in [("product", 0.000_675), ("post", 0.01 / 24.0), ("delivery", 0.00005)] {
        assert!((hot(name)["leverage"].as_f64().unwrap() - leverage).abs() < 1e-12, "{}", hot(name));
    }
}

#[test]
fn the_claim_is_warned_about_with_the_exact_fraction() {
    let output = run(&["simulate", "specs/campaign/sponsored_post.journey", "--lang", "en", "--customers", "1000000"]);
    assert!(stderr(&output).contains("J0501"), "{}", stderr(&output));
    let output = run(&["solve", "specs/campaign/sponsored_post.journey", "--lang", "en"]);
    let said = stderr(&output);
    assert!(said.contains("J0501") && said.contains("3/800") && said.contains("0.375 %"), "{said}");
}

#[test]
fn the_terminal_speaks_the_language_of_the_journey() {
    let output = run(&["solve", "specs/campaign/sponsored_post.journey"]);
    assert!(stdout(&output).contains("0,375\u{202f}%"), "{}", stdout(&output));
}

//! Two engines, one meaning: every kpi and every reach within a few standard errors of the exact value.

use super::support::{files, json, run};

/// Figures with fewer expected events are judged by the exact binomial law (`agreement` in the JSON does so).
const FEW: f64 = 30.0;

fn agree(customers: u64, seeds: &[u64], within: f64) {
    let folder = tempfile::tempdir().unwrap();
    let mut compared = 0;
    for spec in files("specs", "journey") {
        for seed in seeds {
            let (customers_text, seed_text) = (customers.to_string(), seed.to_string());
            let arguments =
                ["run", spec.to_str().unwrap(), "--replications", "0", "--format", "json", "-o", folder.path().to_str().unwrap()];
            let value = json(&run(&[&arguments[..], &["--customers", &customers_text, "--seed", &seed_text]].concat()));
            let what = format!("{} seed {seed}", spec.display());
            assert_eq!(value["agreement"]["differing"], 0, "{what}: {}", value["agreement"]);
            for kpi in value["kpis"].as_array().unwrap() {
                let share = kpi["unit"] == "share";
                let (Some(exact), Some(z)) = (kpi["exact"].as_f64(), kpi["z"].as_f64()) else { continue };
                if share && exact.min(1.0 - exact) * (customers as f64) < FEW {
                    continue;
                }
                assert!(z.abs() <= within, "{what}: {} z = {z}", kpi["name"]);
                compared += 1;
            }
            for hot in value["hot_points"].as_array().unwrap() {
                let reach = &hot["details"]["reach"];
                let exact = reach["exact"].as_f64().unwrap();
                if exact.min(1.0 - exact) * (customers as f64) >= FEW {
                    let z = reach["z"].as_f64().unwrap();
                    assert!(z.abs() <= within, "{what}: reach({}) z = {z}", hot["name"]);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 100, "only {compared} figures compared");
}

/// Some 200 figures are compared: at five standard errors chance alone fails one run in 8,000.
#[test]
fn on_fifty_thousand_customers() {
    agree(50_000, &[1, 2], 5.0);
}

/// The slow lane: a million customers, three seeds, four standard errors.
#[test]
#[ignore = "slow lane: scripts/test --slow"]
fn on_a_million_customers() {
    agree(1_000_000, &[1, 2, 3], 4.0);
}

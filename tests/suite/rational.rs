//! `jalon solve --rational`: figures as fractions, against fractions worked out by hand.

use super::support::{json, run, stderr, stdout};
use serde_json::Value;

/// What the document says of a figure.
fn row<'a>(document: &'a Value, kind: &str, name: &str, part: &str) -> &'a Value {
    let of = |row: &&Value| {
        let own = [&row["persona"], &row["scenario"]].into_iter().find_map(Value::as_str).unwrap_or_default();
        row["kind"] == kind && row["name"] == name && own == part
    };
    document["fractions"].as_array().unwrap().iter().find(of).unwrap_or_else(|| panic!("{kind} {name} {part}"))
}

/// 90 of 1,000 click; (4/90 + 3/90 × 1/3) of these order: 1/200; three of four deliveries conform: 3/800.
#[test]
fn the_sponsored_post() {
    let output = run(&["solve", "--rational", "specs/campaign/sponsored_post.journey"]);
    let page = stdout(&output);
    let said = page.split_once("En fractions").unwrap().1;
    for line in ["Taux d'engagement 9/100 = 9 %", "Conversion à chaud 1/200 = 0,5 %", "Transformation finale 3/800 = 0,375 %"] {
        let found = said.lines().any(|l| l.split_whitespace().collect::<Vec<_>>().join(" ") == line);
        assert!(found, "{line} in {said}");
    }
    // Verdicts decide as without it.
    assert_eq!(output.status.code(), run(&["solve", "specs/campaign/sponsored_post.journey"]).status.code());
    let document = json(&run(&["solve", "--rational", "--format", "json", "specs/campaign/sponsored_post.journey"]));
    for (kind, name, fraction) in [
        ("kpi", "engagement", "9/100"),
        ("kpi", "hot_conversion", "1/200"),
        ("kpi", "final_rate", "3/800"),
        ("rate", "delivered", "3/800"),
    ] {
        assert_eq!(row(&document, kind, name, "")["fraction"], fraction);
    }
    assert_eq!(document["kpis"][0]["fraction"], "9/100");
}

/// Ann (60 %) orders 1/5 of the times, Bob (40 %) 3/10; both come back half of the times. So half leave at each visit: 2 visits, and
/// (1/5) / (1/2) = 2/5 of Ann's order, 3/5 of Bob's: 3/5 × 2/5 + 2/5 × 3/5 = 12/25. A visit costs 1/4 EUR and takes a minute, whoever
/// leaves it by which branch: 1/2 EUR in all; 120 s to the order, for the number of visits says nothing of what ends them.
const LOOP: &str = "journey l \"L\"\ncurrency EUR\ndiscount 10% per year\npersona ann \"Ann\"\npersona bob \"Bob\"\n\
    channel web \"Web\" digital owned\ngoal bought \"Bought\"\nend done \"Done\" success\nend lost \"Lost\" failure\n\
    arrive 100 {\n  of ann 60%\n  of bob 40%\n  -> page\n}\n\
    touchpoint page \"Page\" on web {\n  takes 1 min\n  cost 0.25 EUR\n  -> page 50%\n  -> thanks 20%, 30% for bob reach bought\n  \
    -> lost otherwise\n}\n\
    touchpoint thanks \"Thanks\" on web {\n  takes lognormal(median 40 s, p90 3 min)\n  earns 10 EUR margin 50%\n  -> done\n}\n\
    kpi orders \"Orders\" = rate(bought)\nkpi spent \"Spent\" = cost\nkpi visits \"Visits\" = touches(page)\n\
    kpi spread \"Spread\" = sd(cost)\nkpi late \"Late\" = p90(time to bought)\nkpi value \"Value\" = clv\n\
    kpi wait \"Wait\" = time to done\n\
    scenario sure \"Sure\" {\n  touchpoint page \"Page\" on web {\n    takes 1 min\n    cost 0.25 EUR\n    -> thanks reach bought\n  }\n}\n";

#[test]
fn a_loop_of_two_personas() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.journey");
    std::fs::write(&path, LOOP).unwrap();
    let path = path.to_str().unwrap();
    let document = json(&run(&["solve", "--rational", "--format", "json", path]));
    for (kind, name, part, fraction) in [
        ("kpi", "orders", "", "12/25"),
        ("kpi", "orders", "ann", "2/5"),
        ("kpi", "orders", "bob", "3/5"),
        ("kpi", "orders", "sure", "1"),
        ("kpi", "spent", "", "1/2"),
        ("kpi", "spent", "sure", "1/4"),
        ("kpi", "visits", "bob", "2"),
        ("standard", "cost", "", "1/2"),
        // 12/25 × 10, 12/25 × 5 − 1/2, (1/2) / (12/25), (24/5) / (1/2)
        ("standard", "revenue", "", "24/5"),
        ("standard", "margin", "", "19/10"),
        ("standard", "cost_per_goal", "", "25/24"),
        ("standard", "return_on_spend", "", "48/5"),
        ("rate", "bought", "", "12/25"),
        ("rate", "lost", "", "13/25"),
        ("rate", "thanks", "", "12/25"),
        ("visits", "page", "", "2"),
        ("pull", "page", "", "1"),
        ("time", "bought", "", "120"),
        ("time", "lost", "", "120"),
    ] {
        assert_eq!(row(&document, kind, name, part)["fraction"], fraction, "{kind} {name} {part}");
    }
    for (kind, name, why) in [
        ("kpi", "spread", "root"),
        ("kpi", "late", "distribution"),
        ("kpi", "value", "discount"),
        ("kpi", "wait", "law"),
        ("time", "done", "law"),
    ] {
        let row = row(&document, kind, name, "");
        assert_eq!((&row["no_fraction"], row["fraction"].is_null()), (&why.into(), true), "{kind} {name}");
    }
    let said = stdout(&run(&["solve", "--rational", path]));
    assert!(said.contains("Orders") && said.contains("12/25") && said.contains("= 48%"), "{said}");
    assert!(said.contains("No fraction: Spread: a standard deviation is a square root."), "{said}");
}

#[test]
fn a_large_journey_is_told_why_not() {
    for (lang, words) in [("en", ["908 states", "up to 100"]), ("fr", ["908 états", "jusqu'à 100"])] {
        let output = run(&["solve", "--rational", "--lang", lang, "specs/retail/omnichannel.journey"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stdout(&output).is_empty());
        assert!(words.iter().all(|word| stderr(&output).contains(word)), "{}", stderr(&output));
    }
}

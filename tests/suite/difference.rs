//! `jalon diff`: what has changed, what that does, and which part of it each edit plays.

use super::random::{Shape, make};
use super::support::{Nothing, jalon, json, root, stderr, stdout};
use jalon::compile::{Compiled, Journey, compile};
use jalon::difference::{Difference, FigureOf, How, PointFigure, Version, compare};
use jalon::levers::kpi_measure;
use jalon::measure::Exactly;
use jalon::model::KpiId;
use jalon::model::law::nearest;
use jalon::plan::ask_for;
use jalon::solve::answers;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Journeys that are quickly solved over and over again.
const SMALL: Shape = Shape { touchpoints: (3, 6), personas: 2, memories: 2, ..Shape::USUAL };
const POST: &str = "specs/campaign/sponsored_post.journey";

fn read(text: &str) -> Compiled {
    let compiled = compile("test.journey", text.to_owned(), &Nothing);
    assert!(compiled.journey.is_some(), "{:#?}\n{text}", compiled.diagnostics);
    compiled
}

fn compared(old: &Compiled, new: &Compiled) -> Difference {
    fn journey(compiled: &Compiled) -> &Journey {
        compiled.journey.as_ref().unwrap()
    }
    compare(Version { compiled: old, journey: journey(old) }, Version { compiled: new, journey: journey(new) })
}

/// The exact kpis of a journey, by name, as the public functions of the solver give them.
fn kpis(compiled: &Compiled) -> BTreeMap<String, f64> {
    let journey = compiled.journey.as_ref().unwrap();
    let of = |(i, kpi): (usize, &jalon::model::Kpi)| {
        let measure = kpi_measure(&journey.program, KpiId::new(i));
        let (plans, requests) = ask_for(&journey.program, &journey.chains, &[&measure]);
        let solved: Vec<_> = journey.chains.iter().zip(&plans).map(|(chain, plan)| answers(chain, plan)).collect();
        let value = requests[0].formula.evaluate(&nearest, &|leaf| {
            let answers = solved[leaf.chain].as_ref().ok()?;
            Exactly { chain: &journey.chains[leaf.chain], answers }.value(leaf).ok()
        });
        (kpi.name.name.clone(), value.unwrap_or(f64::NAN))
    };
    journey.program.kpis.iter().enumerate().map(of).collect()
}

fn said(difference: &Difference) -> Vec<String> {
    difference.edits.iter().flat_map(|e| e.said.iter().map(|w| w.en.clone())).collect()
}

fn post() -> String {
    fs::read_to_string(root().join(POST)).unwrap()
}

/// Four edits of the sponsored post: clicks, deliveries, a cost, and an ad that costs more.
const EDITS: [(&str, &str); 4] = [
    ("= 90 of 1000 ", "= 120 of 1000 "),
    ("conforming \"Livraisons conformes\"  = 75% ", "conforming \"Livraisons conformes\"  = 80% "),
    ("= 0.05 EUR ", "= 0.08 EUR "),
    (
        "    reach order\n    earns basket margin 40%\n    does  \"Met",
        "    reach order\n    cost 2 EUR\n    earns basket margin 30%\n    does  \"Met",
    ),
];

fn with(edits: &[usize]) -> String {
    edits.iter().fold(post(), |text, e| {
        let (old, new) = EDITS[*e];
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    })
}

/// All orders of `n`.
fn orders(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(n - 1);
    (0..n)
        .flat_map(|at| {
            shorter.iter().map(move |o| {
                let mut o = o.clone();
                o.insert(at, n - 1);
                o
            })
        })
        .collect()
}

/// The last of the four is two edits: an added cost and another margin. Brute force over all 120 orders, each version a text of its own.
#[test]
fn parts_are_those_of_brute_force() {
    let texts = |made: &[usize]| {
        let mut text = with(&made.iter().copied().filter(|e| *e < 3).collect::<Vec<_>>());
        if made.contains(&3) {
            text = text.replacen(
                "    reach order\n    earns basket margin 40%\n    does  \"Met",
                "    reach order\n    cost 2 EUR\n    earns basket margin 40%\n    does  \"Met",
                1,
            );
        }
        if made.contains(&4) {
            text =
                text.replacen("    earns basket margin 40%\n    does  \"Met", "    earns basket margin 30%\n    does  \"Met", 1);
        }
        text
    };
    let mut known: BTreeMap<Vec<usize>, BTreeMap<String, f64>> = BTreeMap::new();
    let mut worth = |made: &[usize]| {
        let mut key = made.to_vec();
        key.sort_unstable();
        known.entry(key.clone()).or_insert_with(|| kpis(&read(&texts(&key)))).clone()
    };
    let mut expected: Vec<BTreeMap<String, f64>> = vec![BTreeMap::new(); 5];
    let all = orders(5);
    for order in &all {
        let mut made = Vec::new();
        for edit in order {
            let before = worth(&made);
            made.push(*edit);
            for (name, after) in worth(&made) {
                *expected[*edit].entry(name.clone()).or_default() += (after - before[&name]) / all.len() as f64;
            }
        }
    }
    let (old, new) = (read(&post()), read(&with(&[0, 1, 2, 3])));
    assert_eq!(kpis(&new), worth(&[0, 1, 2, 3, 4]));
    let difference = compared(&old, &new);
    let parts = difference.parts.as_ref().unwrap();
    assert_eq!(parts.how, How::Exact(32));
    // In the order of the text: clicks, deliveries, the ad, the cost, the margin; of touchpoints, facts in their order.
    let first: Vec<&str> = parts.groups.iter().map(|g| difference.edits[g[0]].said[0].en.as_str()).collect();
    let place = |needle: &str| first.iter().position(|s| s.contains(needle)).unwrap_or_else(|| panic!("{first:?}"));
    let places = [place("120 of 1000"), place("80%"), place("0.08 EUR"), place("cost 2 EUR"), place("margin 30%")];
    let (before, after) = (kpis(&old), kpis(&new));
    let mut compared = 0;
    for (name, change) in after.iter().map(|(name, value)| (name, value - before[name])) {
        let found = difference.parts_of(&FigureOf::Kpi(name.clone())).unwrap();
        assert!((found.iter().sum::<f64>() - change).abs() < 1e-9, "{name}");
        for (edit, place) in places.iter().enumerate() {
            assert!((found[*place] - expected[edit][name]).abs() < 1e-9, "{name}: edit {edit}");
            compared += 1;
        }
    }
    assert_eq!(compared, 35);
    // Those of hot points add up too.
    let reach = difference.parts_of(&FigureOf::Point("product".into(), PointFigure::Reach)).unwrap();
    assert!((reach.iter().sum::<f64>() - 0.03).abs() < 1e-12);
}

#[test]
fn what_is_renamed_is_not_gone() {
    let old = read(&post());
    let text = post().replace("goal order ", "goal bought ").replace("reach order", "reach bought");
    let text = text.replace("rate(order)", "rate(bought)").replace("per order", "per bought").replace("-> order)", "-> bought)");
    let text = text.replace("time to order", "time to bought").replace("to_cart", "straight").replace("cart_back", "later");
    let text = text.replace("source campaign", "source statement").replace("source   campaign", "source   statement");
    let text = text.replace("kpi hot_conversion", "kpi conversion").replace("\"Fiche produit\"", "\"Page produit\"");
    let difference = compared(&old, &read(&text));
    let renamed: Vec<(&str, &str, &str)> =
        difference.renamed.iter().map(|(r, _)| (r.kind.as_str(), r.from.as_str(), r.to.as_str())).collect();
    for expected in [
        ("goal", "order", "bought"),
        ("param", "to_cart", "straight"),
        ("touchpoint", "cart_back", "later"),
        ("source", "campaign", "statement"),
        ("kpi", "hot_conversion", "conversion"),
    ] {
        assert!(renamed.contains(&expected), "{renamed:?}");
    }
    assert_eq!(renamed.len(), 5);
    assert_eq!(said(&difference), ["“Page produit”: label, Fiche produit → Page produit"]);
    assert!(difference.parts.is_none());
}

#[test]
fn edits_speak_the_language_of_the_author() {
    let old = read(&post());
    let text = post()
        .replace("-> served conforming reach delivered", "-> served conforming after 1 day reach delivered")
        .replace("of julie 60%", "of julie 50%")
        .replace("-> compare to_compare after 1..24 h, 2 h for roger", "-> compare to_compare after 3 h")
        .replace("feel  +3 \"c'est fait\"", "feel  +4 \"c'est fait\"")
        .replace("    -> product clicked\n", "    -> product clicked\n    -> compare 1%\n")
        .replace("expect final_rate >= 0.3%", "expect final_rate >= 0.35%")
        .replace("kpi spend_return ", "kpi feeling = felt\nkpi spend_return ");
    let difference = compared(&old, &read(&text));
    let found = said(&difference);
    for expected in [
        "arrival: share of “Julie”, 60% → 50%",
        "“Fiche produit” → “Avis et comparateurs”: time on the way, 1..24 h, 2 h for roger → 3 h",
        "“Post sponsorisé” → “Avis et comparateurs”: new, 1%",
        "“Livraison” → “Client livré”: time on the way, nothing → 1 day",
        "“Panier direct”: `feel +3 \"c'est fait\", +1 \"pourvu qu'elle convienne\" for roger` → `feel +4 \"c'est fait\", +1 \"pourvu qu'elle convienne\" for roger`",
        "added: kpi “feeling” (`feeling`)",
        "expect final_rate >= 0.3% → expect final_rate >= 0.35%",
    ] {
        assert!(found.iter().any(|s| s == expected), "{expected}\n{found:#?}");
    }
    assert_eq!(found.len(), 7, "{found:#?}");
}

/// A touchpoint with the branches to it is one edit, and so are two params that only together make 100 %.
#[test]
fn edits_that_need_one_another_go_together() {
    let text = |a: &str, b: &str, chat: &str, way: &str| {
        format!(
            "journey j\nparam a = {a}\nparam b = {b}\nchannel web\ngoal order\nend out failure\nend done success\narrive 100 at shop\n\
             touchpoint shop on web {{\n  -> pay a\n  -> out b\n}}\n{chat}\
             touchpoint pay on web {{\n  reach order\n  cost 1\n{way}}}\nkpi rate_of = rate(order)\nkpi stays = touches(pay)\n"
        )
        .replace("journey j\n", "journey j\ncurrency EUR\n")
        .replace("cost 1\n", "cost 1 EUR\n")
    };
    let chat = "touchpoint chat on web {\n  -> pay 50%\n  -> done otherwise\n}\n";
    let old = read(&text("40%", "60%", "", "  -> done\n"));
    let new = read(&text("50%", "50%", chat, "  -> chat 20%\n  -> done otherwise\n"));
    let difference = compared(&old, &new);
    let parts = difference.parts.as_ref().unwrap();
    let groups: Vec<Vec<&str>> = parts
        .groups
        .iter()
        .map(|g| g.iter().flat_map(|e| difference.edits[*e].said.iter().map(|w| w.en.as_str())).collect())
        .collect();
    assert_eq!(groups.len(), 2, "{groups:?}");
    assert_eq!(groups[0], ["“a”: 40% → 50%", "“b”: 60% → 50%"]);
    assert!(groups[1].iter().any(|s| s.starts_with("added: touchpoint “chat”")), "{groups:?}");
    assert!(groups[1].contains(&"“pay” → “chat”: new, 20%"), "{groups:?}");
    // By hand: 40 % and 50 % who pay; once there, 1 / (1 − 0.2 × 0.5) visits.
    let stays = difference.parts_of(&FigureOf::Kpi("stays".into())).unwrap();
    let (often, few, many) = (1.0 / 0.9 - 1.0, 0.4, 0.5);
    let expected = [(0.1 + 0.1 / 0.9) / 2.0, often * (few + many) / 2.0];
    for (part, expected) in stays.iter().zip(expected) {
        assert!((part - expected).abs() < 1e-12, "{stays:?}");
    }
}

/// Any two journeys: with no edit made there is the old one, with all of them the new one, and the parts add up.
#[test]
fn any_two_journeys_can_be_compared() {
    let mut compared_kpis = 0;
    for seed in 0..2 {
        let old_text = make(seed, SMALL).text();
        let other = (seed < 1).then(|| make(seed + 100, SMALL).text());
        for new_text in other.into_iter().chain([make(seed, SMALL).with_unreachable_parts().costs_times(3).text()]) {
            let (old, new) = (read(&old_text), read(&new_text));
            let difference = compared(&old, &new);
            let (before, after) = (kpis(&old), kpis(&new));
            let Some(parts) = &difference.parts else { continue };
            for (at, figure) in difference.figures.iter().enumerate() {
                let FigureOf::Kpi(name) = figure else { continue };
                let same = |a: f64, b: f64| a.is_nan() && b.is_nan() || (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
                let was = before[difference.old_name("kpi", name)];
                assert!(same(parts.before[at], was), "seed {seed} {name}: {} {was}\n{old_text}\n{new_text}", parts.before[at]);
                assert!(
                    same(parts.after[at], after[name]),
                    "seed {seed} {name}: {} {}\n{old_text}\n{new_text}",
                    parts.after[at],
                    after[name]
                );
                if let Some(found) = difference.parts_of(figure) {
                    assert!(same(found.iter().sum::<f64>(), after[name] - was), "seed {seed} {name}");
                    compared_kpis += 1;
                }
            }
        }
    }
    assert!(compared_kpis > 5, "{compared_kpis}");
}

#[test]
fn other_names_and_another_order_change_no_figure() {
    for seed in 0..12 {
        let spec = make(seed, SMALL);
        let (old, new) = (read(&spec.text()), read(&spec.shuffled(seed + 1).text()));
        let difference = compared(&old, &new);
        assert!(!difference.is_changed(), "seed {seed}: {:#?}", said(&difference));
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// In a repository
// ---------------------------------------------------------------------------------------------------------------------

/// A scratch repository.
pub(super) struct Scratch {
    pub(super) folder: tempfile::TempDir,
}

impl Scratch {
    /// An empty one; `None`, said, where there is no git.
    #[expect(clippy::print_stderr, reason = "a test that is left out says so")]
    pub(super) fn new() -> Option<Self> {
        if !Command::new("git").arg("--version").output().is_ok_and(|o| o.status.success()) {
            eprintln!("left out: git is not on this machine");
            return None;
        }
        let scratch = Self { folder: tempfile::tempdir().unwrap() };
        scratch.git(&["init", "-q", "-b", "main"]);
        scratch.git(&["config", "user.name", "Test"]);
        scratch.git(&["config", "user.email", "test@example.org"]);
        scratch.git(&["config", "commit.gpgsign", "false"]);
        Some(scratch)
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn git(&self, arguments: &[&str]) -> Output {
        let output = Command::new("git").current_dir(self.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", stderr(&output));
        output
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    pub(super) fn jalon(&self, arguments: &[&str]) -> Output {
        jalon().current_dir(self.path()).args(arguments).output().unwrap()
    }
}

/// Six versions of a journey that includes a library: figures, a rename, an included file that is moved, another name of the file itself.
fn versions() -> Vec<Vec<(&'static str, String)>> {
    let library = |rate: &str, name: &str| format!("library shared\nparam {name} = {rate}\nchannel web \"Web\"\n");
    let root = |include: &str, name: &str, goal: &str, more: &str| {
        format!(
            "journey offer \"Offer\"\ncurrency EUR\ninclude \"{include}\"\ngoal {goal} \"Order\"\nend done \"Done\" success\n\
             end out \"Out\" failure\narrive 100 at shop\n\
             touchpoint shop \"Shop\" on web {{\n  cost 0.1 EUR\n  -> pay {name}\n{more}  -> out otherwise\n}}\n\
             touchpoint pay \"Pay\" on web {{\n  reach {goal}\n  earns 10 EUR margin 40%\n  -> done\n}}\n\
             kpi conversion \"Conversion\" key = rate({goal})\nkpi per_head \"Margin\" = margin\n"
        )
    };
    vec![
        vec![
            ("camp/offer.journey", root("shared.journey", "buys", "order", "")),
            ("camp/shared.journey", library("10%", "buys")),
        ],
        vec![
            ("camp/offer.journey", root("shared.journey", "buys", "order", "")),
            ("camp/shared.journey", library("12%", "buys")),
        ],
        vec![
            ("camp/offer.journey", root("shared.journey", "buying", "bought", "")),
            ("camp/shared.journey", library("12%", "buying")),
        ],
        vec![
            ("camp/offer.journey", root("lib/base.journey", "buying", "bought", "")),
            ("camp/lib/base.journey", library("12%", "buying")),
        ],
        vec![
            ("camp/spring.journey", root("lib/base.journey", "buying", "bought", "  -> done 5%\n")),
            ("camp/lib/base.journey", library("12%", "buying")),
        ],
        vec![
            ("camp/spring.journey", root("lib/base.journey", "buying", "bought", "  -> done 5%\n").replace("0.1 EUR", "0.2 EUR")),
            ("camp/lib/base.journey", library("15%", "buying")),
        ],
    ]
}

/// What two comparisons must have in common: all but what the versions are called.
fn bare(mut value: Value) -> Value {
    let journey = &mut value["journeys"][0];
    journey["old"].take();
    journey["new"].take();
    value
}

#[test]
fn revisions_are_compared_as_their_files_are() {
    let Some(scratch) = Scratch::new() else { return };
    let files = tempfile::tempdir().unwrap();
    for (i, version) in versions().iter().enumerate() {
        for entry in fs::read_dir(scratch.path()).unwrap().flatten().filter(|e| e.file_name() == "camp") {
            fs::remove_dir_all(entry.path()).unwrap();
        }
        for (name, text) in version {
            scratch.write(name, text);
            let path = files.path().join(i.to_string()).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        scratch.commit(&format!("version {i}"));
        scratch.git(&["tag", &format!("v{i}")]);
    }
    let file = |i: usize| files.path().join(i.to_string()).join(versions()[i][0].0).display().to_string();
    let mut changed = 0;
    for old in 0..6 {
        for new in 0..6 {
            let by_file = json(&scratch.jalon(&["diff", &file(old), &file(new), "--format", "json"]));
            let path = versions()[new][0].0;
            let output = scratch.jalon(&["diff", &format!("v{old}..v{new}"), path, "--format", "json"]);
            assert_eq!(output.status.code(), Some(0), "{old} {new} {}", stderr(&output));
            let by_revision = json(&output);
            assert_eq!(by_revision["journeys"][0]["old"], format!("v{old}:{}", versions()[old][0].0));
            assert_eq!(by_file["changed"], old != new && (old.min(new), old.max(new)) != (2, 3), "{old} {new}");
            assert_eq!(bare(by_revision), bare(by_file.clone()), "{old} {new}");
            changed += usize::from(by_file["changed"] == true);
        }
    }
    assert_eq!(changed, 28);
    // Without a second revision: the working tree; from a folder inside; without a path: all that have changed.
    let now = json(&scratch.jalon(&["diff", "v1", "--format", "json"]));
    let same = json(&scratch.jalon(&["diff", "v1..v5", "--format", "json"]));
    assert_eq!(now["journeys"].as_array().unwrap().len(), 1);
    assert_eq!(bare(now), bare(same));
    let inside =
        jalon().current_dir(scratch.path().join("camp")).args(["diff", "v4", "spring.journey", "--format", "json"]).output();
    assert_eq!(json(&inside.unwrap())["journeys"][0]["new"], "spring.journey");
    scratch.write("camp/spring.journey", &versions()[5][0].1.replace("earns 10", "earns 12"));
    let edited = json(&scratch.jalon(&["diff", "--format", "json"]));
    assert_eq!(edited["journeys"][0]["old"], "HEAD:camp/spring.journey");
    assert_eq!(edited["journeys"][0]["edits"].as_array().unwrap().len(), 1);
}

#[test]
fn conditions_settle_the_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (old, new) = (
        path("old.journey", &post()),
        path("new.journey", &post().replace("= 75% ", "= 60% ").replace("= 0.05 EUR", "= 0.058 EUR")),
    );
    // 3/800 becomes 3/1000: 80 % of it; an order costs 11.60 EUR instead of 10.
    for (condition, expected) in [
        ("final_rate < 0.95 * old", 1),
        ("final_rate < 0.79 * old", 0),
        ("final_rate < old", 1),
        ("final_rate > old", 0),
        ("cost per order > old + 1 EUR", 1),
        ("cost per order > old + 2 EUR", 0),
        ("p90(time to order) > 10 days", 0),
        ("final_rate < old - 0.1 points", 0),
        ("final_rate < ", 2),
        ("nothing < old", 2),
        ("old < final_rate", 2),
    ] {
        let output = super::support::run(&["diff", &old, &new, "--fail-if", condition, "--lang", "en"]);
        assert_eq!(output.status.code(), Some(expected), "{condition}\n{}{}", stdout(&output), stderr(&output));
    }
}

#[test]
fn what_cannot_be_compared_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.journey");
    fs::write(&bad, "journey bad\narrive\n").unwrap();
    let output = super::support::run(&["diff", POST, bad.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot be compared"), "{}", stderr(&output));
    let outside = jalon().current_dir(folder.path()).env("GIT_CEILING_DIRECTORIES", "/").args(["diff", "HEAD"]).output().unwrap();
    assert_eq!(outside.status.code(), Some(2), "{}", stderr(&outside));
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("a.journey", &post());
    scratch.commit("one");
    for arguments in [["diff", "nowhere"], ["diff", "HEAD..nowhere"], ["diff", "--help=no"]] {
        assert_eq!(scratch.jalon(&arguments).status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(scratch.jalon(&["diff", "HEAD", "no/such"]).status.code(), Some(2));
    scratch.write("b.journey", &post().replace("journey  sponsored_post", "journey  other"));
    scratch.commit("two");
    let both = stdout(&scratch.jalon(&["diff", "HEAD~1..HEAD", "--lang", "en"]));
    assert_eq!(both, "new journey: `HEAD:b.journey`\n");
}

#[test]
fn every_format_tells_it() {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new.journey");
    fs::write(&new, post().replace("= 90 of 1000 ", "= 120 of 1000 ").replace("= 75% ", "= 100%").replace("range 60%..90% ", ""))
        .unwrap();
    let run = |format: &str| stdout(&super::support::run(&["diff", POST, new.to_str().unwrap(), "--format", format]));
    for format in ["human", "markdown"] {
        let page = run(format);
        assert!(page.contains("90 of 1000 → 120 of 1000 (9\u{202f}% → 12\u{202f}%)"), "{page}");
        assert!(page.contains("+0,125\u{a0}point") && page.contains("+33,3\u{202f}%"), "{page}");
    }
    let page = run("html");
    assert_eq!(page.matches("<svg ").count(), 2);
    // Two curves in the second map; each map with ids of its own.
    let (first, second) = page.split_once("jm-title-new").unwrap();
    assert!(second.contains("avant") && second.contains("après") && first.contains("id=\"jm-title-old\""));
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let same = json(&super::support::run(&["diff", POST, POST, "--format", "json"]));
    assert_eq!(same["changed"], false);
}

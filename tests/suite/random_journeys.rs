//! What must hold of any journey, tried on random ones.
//!
//! A failure names its seed; `JALON_SEED=17 cargo test --test suite properties` tries that one alone and prints its text.

use super::random::{Dice, Shape, Spec, make, rename};
use super::support::Nothing;
use jalon::compile::{Journey, compile};
use jalon::diagnostics::{FileId, Severity};
use jalon::measure::{Answered, Figure, Figures, ReachedWhat, figures};
use jalon::model::Unit;
use jalon::plan::{Asked, ask};
use jalon::simulate::{Run, simulate};
use jalon::solve::solve;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;

/// Journeys tried in the normal run, by exact figures alone.
const JOURNEYS: u64 = 40;
/// Of these, so many are said in seven other ways.
const RETOLD: u64 = 12;
/// Journeys that are simulated too, and customers drawn of each.
const SIMULATED: u64 = 12;
const CUSTOMERS: u64 = 20_000;
/// In the slow lane.
const MORE: u64 = 1_500;
const MORE_SIMULATED: u64 = 200;
/// Relative difference allowed where nothing should change: sums are added up in another order.
const SAME: f64 = 1e-12;
/// The chance that a run of the comparison with the simulation fails by luck alone.
const LUCK: f64 = 1e-6;

fn seeds(count: u64) -> Vec<u64> {
    match std::env::var("JALON_SEED").ok().and_then(|s| s.parse().ok()) {
        Some(seed) => vec![seed],
        None => (0..count).collect(),
    }
}

/// Runs a property on each seed, and tells all seeds that break it.
fn all(count: u64, shape: Shape, property: impl Fn(&Spec) -> Vec<String>) {
    let mut broken = Vec::new();
    let seeds = seeds(count);
    for &seed in &seeds {
        let spec = make(seed, shape);
        let problems = property(&spec);
        if !problems.is_empty() {
            let text = if seeds.len() == 1 { spec.text() } else { String::new() };
            broken.push(format!("seed {seed}: {}\n{text}", problems.join("\n  ")));
        }
    }
    assert!(broken.is_empty(), "{} of {} journeys:\n{}", broken.len(), seeds.len(), broken.join("\n"));
}

/// The journey of a text, which must have no errors.
fn journey(text: &str) -> Result<Journey, String> {
    let compiled = compile("random.journey", text.to_owned(), &Nothing);
    let errors = compiled.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|d| format!("{} {}", d.code.number(), d.message.en)).collect();
    compiled.journey.ok_or_else(|| format!("does not check: {}\n{text}", errors.join("; ")))
}

/// The figures of the journey as written.
fn computed(journey: &Journey, drawn: Option<Run>) -> Figures {
    let asked: Asked = ask(&journey.program, &journey.chains);
    let models = std::iter::once(&journey.program.base).chain(journey.program.scenarios.iter().map(|(_, m)| m));
    let answered = models.zip(&journey.chains).zip(&asked.plans).enumerate().map(|(i, ((model, chain), plan))| {
        let run = drawn.filter(|_| i == 0);
        let estimates = run.map(|run| simulate(model, chain, plan, &run, &|_| {}));
        Answered { chain, plan, solution: solve(chain, plan), estimates, batches: Vec::new() }
    });
    let answered: Vec<Answered<'_>> = answered.collect();
    figures(&journey.program, &asked, &answered, drawn.map(|run| run.seed))
}

/// All figures of a journey by what they are called.
fn named(journey: &Journey, figures: &Figures) -> BTreeMap<String, Figure> {
    let (program, model) = (&journey.program, &journey.program.base);
    let mut all = BTreeMap::new();
    for (kpi, declared) in figures.kpis.iter().zip(&program.kpis) {
        all.insert(declared.name.name.clone(), kpi.figure.clone());
        for (figure, (scenario, _)) in kpi.scenarios.iter().zip(&program.scenarios) {
            all.insert(format!("{} in {}", declared.name.name, scenario.name.name), figure.clone());
        }
    }
    for hot in &figures.hot_points {
        let name = &model.touchpoints[hot.touchpoint.index()].name.name;
        let numbers = [
            ("reach", &hot.reach),
            ("visits", &hot.visits),
            ("pull", &hot.pull),
            ("leak", &hot.leak),
            ("leverage", &hot.leverage),
            ("felt", &hot.felt),
        ];
        for (what, figure) in numbers {
            all.insert(format!("{what}({name})"), figure.clone());
        }
    }
    for reached in figures.goals.iter().chain(&figures.ends) {
        let name = match reached.what {
            ReachedWhat::Goal(goal) => &model.goals[goal.index()].name.name,
            ReachedWhat::End(end) => &model.ends[end.index()].name.name,
        };
        let numbers = [
            ("rate", &reached.share),
            ("time", &reached.time_mean),
            ("time sd", &reached.time_sd),
            ("cost", &reached.cost_mean),
            ("cost sd", &reached.cost_sd),
            ("revenue", &reached.revenue_mean),
            ("revenue sd", &reached.revenue_sd),
            ("margin", &reached.margin_mean),
            ("margin sd", &reached.margin_sd),
        ];
        for (what, figure) in numbers {
            all.insert(format!("{what} of {name}"), figure.clone());
        }
    }
    for standard in &figures.standard {
        all.insert(format!("standard {}", standard.what.name()), standard.figure.clone());
        all.extend(standard.sd.iter().map(|sd| (format!("standard {} sd", standard.what.name()), sd.clone())));
    }
    all
}

fn exact(text: &str) -> Result<BTreeMap<String, Figure>, String> {
    let journey = journey(text)?;
    let figures = computed(&journey, None);
    Ok(named(&journey, &figures))
}

/// Where two sets of figures differ. `to`: what the first's must be multiplied by, and what the second calls them.
fn differences(
    before: &BTreeMap<String, Figure>,
    after: &BTreeMap<String, Figure>,
    to: impl Fn(&str, &Figure) -> Option<(String, f64)>,
) -> Vec<String> {
    let amount = |name: &str| before.get(name).and_then(|f| f.exact).unwrap_or(0.0).abs();
    let money = amount("standard cost") + amount("standard revenue");
    let mut found = Vec::new();
    for (name, figure) in before {
        let Some((called, factor)) = to(name, figure) else { continue };
        let Some(now) = after.get(&called) else {
            found.push(format!("{name} is gone"));
            continue;
        };
        // Differences of larger numbers are as right as those are; all else, relative to itself.
        let scale = match figure.unit {
            Unit::Money => money,
            // kpi 22 is a pull, 24 a leverage.
            Unit::Share if !["pull", "kpi_22", "kpi_24"].iter().any(|n| name.starts_with(n)) => 0.0,
            Unit::Time => 0.0,
            _ => 1.0,
        };
        let same = match (figure.exact, now.exact) {
            (Some(a), Some(b)) => {
                (a * factor - b).abs() <= SAME * (a * factor).abs().max(b.abs()).max(scale * factor) || (a.is_nan() && b.is_nan())
            }
            (a, b) => a.is_none() && b.is_none(),
        };
        if !same {
            found.push(format!("{name}: {:?} has become {:?} (× {factor})", figure.exact, now.exact));
        }
    }
    found
}

/// Where a change of the text changes figures.
fn unchanged(before: &BTreeMap<String, Figure>, text: &str) -> Vec<String> {
    match exact(text) {
        Ok(after) => differences(before, &after, |name, _| Some((name.to_owned(), 1.0))),
        Err(problem) => vec![problem],
    }
}

fn sound(spec: &Spec) -> Vec<String> {
    let journey = match journey(&spec.text()) {
        Ok(journey) => journey,
        Err(problem) => return vec![problem],
    };
    let mut problems = Vec::new();
    for chain in &journey.chains {
        let sum =
            |ids: &mut dyn Iterator<Item = u32>| -> BigRational { ids.map(|id| &chain.probabilities[id as usize].exact).sum() };
        if !sum(&mut chain.entries.iter().map(|e| e.probability)).is_one() {
            problems.push("entries do not sum to one".to_owned());
        }
        for s in 0..chain.states.len() as u32 {
            let branches = chain.branches_of(s);
            if !sum(&mut branches.iter().map(|b| b.probability)).is_one() {
                problems.push(format!("row {s} does not sum to one"));
            }
            if branches.iter().any(|b| chain.probabilities[b.probability as usize].exact <= BigRational::zero()) {
                problems.push(format!("row {s} has a branch that nobody takes"));
            }
        }
    }
    let figures = computed(&journey, None);
    let ends: Option<f64> = figures.ends.iter().map(|e| e.share.exact).sum();
    if !ends.is_some_and(|sum| (sum - 1.0).abs() <= SAME) {
        problems.push(format!("ends sum to {ends:?}"));
    }
    problems
}

/// Exact figures do not depend on how the same thing is said.
fn indifferent(spec: &Spec) -> Vec<String> {
    let text = spec.text();
    let before = match exact(&text) {
        Ok(figures) => figures,
        Err(problem) => return vec![problem],
    };
    let mut problems = Vec::new();
    let mut tell = |what: &str, found: Vec<String>| problems.extend(found.into_iter().map(|f| format!("{what}: {f}")));
    tell("another order", unchanged(&before, &spec.shuffled(spec.seed + 1).text()));
    tell("unreachable parts", unchanged(&before, &spec.with_unreachable_parts().text()));
    tell("branches in halves", unchanged(&before, &spec.halved().text()));
    match jalon::syntax::format(FileId(0), &text) {
        Ok(formatted) => tell("formatted", unchanged(&before, &formatted)),
        Err(found) => tell("formatted", vec![format!("{} findings", found.len())]),
    }
    match exact(&spec.costs_times(2).text()) {
        Ok(after) => tell("costs doubled", differences(&before, &after, of_costs)),
        Err(problem) => tell("costs doubled", vec![problem]),
    }
    match exact(&spec.arrivals_times(7).text()) {
        Ok(after) => tell("seven times the customers", differences(&before, &after, |name, _| Some((name.to_owned(), 1.0)))),
        Err(problem) => tell("seven times the customers", vec![problem]),
    }
    let names = spec.names();
    match exact(&rename(&text, &names, spec.seed)) {
        Ok(after) => {
            let called = |name: &str| rename(name, &names, spec.seed).trim_end().to_owned();
            tell("renamed", differences(&before, &after, |name, _| Some((called(name), 1.0))));
        }
        Err(problem) => tell("renamed", vec![problem]),
    }
    problems
}

/// What becomes of a figure when costs double: costs double, what depends on both costs and earnings is another.
fn of_costs(name: &str, _: &Figure) -> Option<(String, f64)> {
    // In the order of `kpis` in `random::make`: cost, margin, clv, sd(cost), cost per goal, cost at a place.
    let kpi = name.split(' ').next().and_then(|n| n.trim_start_matches("sd_of_").strip_prefix("kpi_")?.parse().ok());
    let factor = match kpi {
        Some(1 | 7 | 17 | 18) => 2.0,
        Some(3 | 4) => return None,
        Some(_) => 1.0,
        None if name.starts_with("cost ") || name.starts_with("standard cost") => 2.0,
        None if name == "standard return_on_spend" => 0.5,
        None if ["margin ", "standard margin", "standard clv"].iter().any(|start| name.starts_with(start)) => return None,
        None => 1.0,
    };
    Some((name.to_owned(), factor))
}

#[test]
fn rows_and_ends_sum_to_one() {
    all(JOURNEYS, Shape::USUAL, sound);
}

#[test]
fn how_it_is_said_changes_no_exact_figure() {
    all(RETOLD, Shape::USUAL, indifferent);
}

#[test]
fn both_engines_agree() {
    agree(SIMULATED, CUSTOMERS);
}

#[test]
#[ignore = "slow lane: scripts/test --slow"]
fn all_of_it_on_many_more_journeys() {
    all(MORE, Shape::USUAL, sound);
    all(MORE, Shape { endless: true, ..Shape::USUAL }, indifferent);
    agree(MORE_SIMULATED, 4 * CUSTOMERS);
}

/// One comparison of the engines.
struct Compared {
    name: String,
    exact: f64,
    estimate: f64,
    /// The logarithm of the chance of so much or more, at most.
    log_chance: f64,
}

/// Compares both engines on so many journeys. Each comparison may fail by luck with `LUCK` over their number (Bonferroni).
fn agree(journeys: u64, customers: u64) {
    let mut compared: Vec<Compared> = Vec::new();
    for seed in seeds(journeys) {
        let spec = make(seed, Shape::USUAL);
        let journey = journey(&spec.text()).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        let figures = computed(&journey, Some(Run { seed: Dice::new(seed).number(1, 1 << 40), customers }));
        let all = named(&journey, &figures);
        for (name, figure) in &all {
            let exact = |name: String| all.get(&name).and_then(|f| f.exact);
            let sd = match name.split_once(" of ") {
                Some((what @ ("time" | "cost" | "revenue" | "margin"), event)) => {
                    exact(format!("{what} sd of {event}")).zip(exact(format!("rate of {event}")))
                }
                _ => exact(format!("sd_of_{name}")).map(|sd| (sd, 1.0)),
            };
            compared.extend(compare(format!("seed {seed}: {name}"), figure, sd, customers));
        }
    }
    let limit = libm::log(LUCK / compared.len() as f64);
    let far: Vec<String> = compared
        .iter()
        .filter(|c| c.log_chance < limit)
        .map(|c| format!("{}: exact {}, simulated {}, chance below e^{:.0}", c.name, c.exact, c.estimate, c.log_chance))
        .collect();
    assert!(compared.len() as u64 > 20 * seeds(journeys).len() as u64, "only {} figures compared", compared.len());
    assert!(far.is_empty(), "{} of {} figures differ:\n{}", far.len(), compared.len(), far.join("\n"));
}

/// Compares a share with the exact one, or a mean with the exact one whose standard deviation `sd` over `share` of the
/// customers is known. Others are left to `tests/exact`: the spread that a simulation estimates is itself wrong where little
/// was seen, and so is a bound made of it.
fn compare(name: String, figure: &Figure, sd: Option<(f64, f64)>, customers: u64) -> Option<Compared> {
    let (exact, estimate) = (figure.exact?, figure.estimate?);
    let log_chance = match (estimate.count, sd) {
        // Chernoff: at most 2 exp(−n D(share ‖ exact)).
        (Some((count, of)), _) => std::f64::consts::LN_2 - of as f64 * divergence(count as f64 / of as f64, exact),
        (None, Some((sd, share))) => {
            let standard_error = (sd / (share * customers as f64).sqrt()).max(estimate.standard_error);
            let gap = (estimate.value - exact).abs();
            // The tail of the normal law: at most exp(−z²/2).
            if gap <= 1e-9 * exact.abs() { 0.0 } else { -(gap / standard_error).powi(2) / 2.0 }
        }
        (None, None) => return None,
    };
    (!log_chance.is_nan()).then_some(Compared { name, exact, estimate: estimate.value, log_chance })
}

/// D(a ‖ b) of two shares.
fn divergence(a: f64, b: f64) -> f64 {
    let part = |a: f64, b: f64| if a <= 0.0 { 0.0 } else { a * libm::log(a / b) };
    // An exact 1 may be one unit in the last place short of it.
    let same = (a - b).abs() <= 1e-12;
    if same { 0.0 } else { (part(a, b.clamp(0.0, 1.0)) + part(1.0 - a, (1.0 - b).clamp(0.0, 1.0))).max(0.0) }
}

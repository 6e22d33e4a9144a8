//! Do intervals hold what they promise, and do cohorts follow the law of the walk? Over many seeds: the slow lane.

#![expect(clippy::print_stdout, reason = "the table that docs/performance.md holds")]

use super::support::root;
use jalon::compile::{Journey, compile};
use jalon::diagnostics::Span;
use jalon::measure::{Answered, Figures, IntervalFormula, figures};
use jalon::model::{Event, GoalId, Measure, MeasureKind, Modifiers, Unit};
use jalon::plan::{Asked, Declined, ask, ask_for};
use jalon::resolve::{LoadError, Loader};
use jalon::simulate::cohort::{Cohorts, Luck, Part, Scratch};
use jalon::simulate::{Run, simulate, simulate_until};
use jalon::solve::solve;
use rayon::prelude::*;
use std::collections::BTreeMap;

struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

fn read(name: &str, text: String) -> Journey {
    let compiled = compile(name, text, &Nothing);
    compiled.journey.unwrap_or_else(|| panic!("{name}: {:?}", compiled.diagnostics))
}

fn spec(path: &str) -> Journey {
    read(path, std::fs::read_to_string(root().join("specs").join(path)).unwrap())
}

/// Visits of exponential times with returns: the time to the end of a geometric number of exponentials is exponential again, of mean
/// 2 days / 0.25. One in 300 buys.
fn returns() -> Journey {
    let text = "journey returns \"Returns\"\nlocale en\nchannel web \"Web\" digital owned\ngoal order \"Order\"\ngoal out \"Out\"\n\
        end done \"Done\" success\nend lost \"Lost\" failure\narrive 1000 at page\n\
        touchpoint page \"Page\" on web {\n  takes exponential(mean 2 days)\n  -> page 75%\n  -> till 1 of 1200\n  -> done otherwise reach out\n}\n\
        touchpoint till \"Till\" on web {\n  reach order\n  -> done reach out\n}\n\
        kpi bought \"Bought\" = rate(order)\nkpi stays \"Stays\" = mean(time to out)\nkpi half \"Half\" = median(time to out)\n\
        kpi late \"Late\" = p90(time to out)\nkpi quick \"Quick\" = p10(time to out)\nkpi visits \"Visits\" = touches(page)\n";
    read("returns", text.to_owned())
}

/// By kpi, the interval of a simulation: of all chains but the first, none.
fn intervals(journey: &Journey, asked: &Asked, estimates: jalon::simulate::Estimates, seed: u64) -> Figures {
    let mut estimates = Some(estimates);
    let each = journey.chains.iter().zip(&asked.plans);
    let answered: Vec<Answered<'_>> = each
        .map(|(chain, plan)| Answered {
            chain,
            plan,
            solution: Err(Declined::OtherEngine),
            estimates: estimates.take(),
            batches: Vec::new(),
        })
        .collect();
    figures(&journey.program, asked, &answered, Some(seed))
}

fn exact(journey: &Journey, asked: &Asked) -> Figures {
    let each = journey.chains.iter().zip(&asked.plans);
    let answered: Vec<Answered<'_>> = each
        .map(|(chain, plan)| Answered { chain, plan, solution: solve(chain, plan), estimates: None, batches: Vec::new() })
        .collect();
    figures(&journey.program, asked, &answered, None)
}

/// What a run said of a kpi.
#[derive(Clone, Copy)]
struct Held {
    formula: IntervalFormula,
    /// Whether its interval holds the exact value.
    held: bool,
    /// Whether that interval is a point.
    certain: bool,
}

/// Prints the share of seeds whose 95 % interval holds the exact value, kpi by kpi; gives those out of 93.5..96.5 %.
fn covers(name: &str, journey: &Journey, customers: u64, precision: Option<f64>, known: &[(&str, f64)]) -> Vec<String> {
    const SEEDS: u64 = 2_000;
    let asked = ask(&journey.program, &journey.chains);
    let mut truth: BTreeMap<&str, f64> = known.iter().copied().collect();
    for (kpi, figure) in journey.program.kpis.iter().zip(&exact(journey, &asked).kpis) {
        if let Some(value) = figure.figure.exact {
            truth.insert(&kpi.name.name, value);
        }
    }
    let (model, chain, plan) = (&journey.program.base, &journey.chains[0], &asked.plans[0]);
    let one = |seed: u64| {
        let run = Run { seed, customers };
        let estimates = match precision {
            None => simulate(model, chain, plan, &run, &|_| ()),
            Some(precision) => {
                let enough = |e: &jalon::simulate::Estimates| {
                    let alone = [Answered {
                        chain,
                        plan,
                        solution: Err(Declined::OtherEngine),
                        estimates: Some(e.clone()),
                        batches: Vec::new(),
                    }];
                    let width = |r: &jalon::plan::KpiRequests| jalon::measure::relative_half_width(&alone, &r.all);
                    journey
                        .program
                        .kpis
                        .iter()
                        .zip(&asked.kpis)
                        .filter(|(k, _)| k.key)
                        .all(|(_, r)| width(r).is_some_and(|w| w <= precision))
                };
                simulate_until(model, chain, plan, &run, 16_384, enough, &|_| ())
            }
        };
        let found = intervals(journey, &asked, estimates, seed);
        let each = journey.program.kpis.iter().zip(&found.kpis).map(|(kpi, figure)| {
            let estimate = figure.figure.estimate?;
            let value = truth.get(kpi.name.name.as_str())?;
            let interval = estimate.interval;
            let held = interval.low <= *value && *value <= interval.high;
            Some(Held { formula: estimate.formula, held, certain: interval.low == interval.high })
        });
        each.collect::<Vec<_>>()
    };
    let all: Vec<Vec<Option<Held>>> = (0..SEEDS).into_par_iter().map(one).collect();
    let mut wrong = Vec::new();
    for (i, kpi) in journey.program.kpis.iter().enumerate().filter(|(_, k)| precision.is_none() || k.key) {
        let held: Vec<Held> = all.iter().filter_map(|run| run[i]).collect();
        let Some(Held { formula, .. }) = held.first() else { continue };
        let share = held.iter().filter(|run| run.held).count() as f64 / held.len() as f64;
        let value = truth[kpi.name.name.as_str()];
        println!("| {name} | {} | {formula:?} | {value:.6} | {:.1} % |", kpi.name.name, share * 100.0);
        // What is the same for all customers is known after the first, and its interval is a point.
        let certain = held.iter().all(|run| run.certain);
        if if certain { share < 1.0 } else { !(0.935..=0.965).contains(&share) } {
            wrong.push(format!("{name} {}: {share}", kpi.name.name));
        }
    }
    wrong
}

#[test]
#[ignore = "slow lane: scripts/test --slow"]
fn intervals_hold_what_they_promise() {
    let days = 86_400.0;
    let p = |q: f64| -8.0 * days * libm::log(1.0 - q);
    let quantiles = [("half", p(0.5)), ("late", p(0.9)), ("quick", p(0.1))];
    // Quantiles come from a sketch, whose classes widen their interval where it is as narrow as they are: with more customers it
    // holds more than it promises.
    let wrong = [
        covers("returns", &returns(), 5_000, None, &quantiles),
        covers("sponsored_post", &spec("campaign/sponsored_post.journey"), 50_000, None, &[]),
        covers("julie_dress", &spec("retail/julie_dress.journey"), 10_000, None, &[]),
        covers("roger_tv", &spec("retail/roger_tv.journey"), 10_000, None, &[]),
    ];
    assert!(wrong.iter().all(Vec::is_empty), "{wrong:#?}");
}

/// Stopping when the interval is narrow enough does not spoil it: rounds double, and the first has 16,384 customers.
#[test]
#[ignore = "slow lane: scripts/test --slow"]
fn stopping_at_a_precision_keeps_the_promise() {
    let wrong = [
        covers("sponsored_post to 20 %", &spec("campaign/sponsored_post.journey"), 1 << 20, Some(0.20), &[]),
        covers("roger_tv to 2 %", &spec("retail/roger_tv.journey"), 1 << 20, Some(0.02), &[]),
    ];
    assert!(wrong.iter().all(Vec::is_empty), "{wrong:#?}");
}

/// χ² of two samples of equal size over classes with at least ten in all, as a normal deviate (Wilson–Hilferty).
fn two_samples(a: &[f64], b: &[f64]) -> f64 {
    let mut all: Vec<f64> = a.iter().chain(b).copied().collect();
    all.sort_by(f64::total_cmp);
    let mut limits: Vec<f64> = (1..20).map(|i| all[i * all.len() / 20]).collect();
    limits.dedup();
    let count = |sample: &[f64]| {
        let mut classes = vec![0.0; limits.len() + 1];
        sample.iter().for_each(|x| classes[limits.partition_point(|l| l < x)] += 1.0);
        classes
    };
    let pairs: Vec<(f64, f64)> = count(a).into_iter().zip(count(b)).filter(|(x, y)| x + y >= 10.0).collect();
    let sum: f64 = pairs.iter().map(|(x, y)| (x - y) * (x - y) / (x + y)).sum();
    let freedom = pairs.len() as f64 - 1.0;
    let v = 2.0 / (9.0 * freedom);
    ((sum / freedom).cbrt() - (1.0 - v)) / v.sqrt()
}

/// Totals of 1,000 campaigns walked one by one, and of 1,000 by whole cohorts: one law, for each goal and each end, loops and memory
/// included.
#[test]
#[ignore = "slow lane: scripts/test --slow"]
fn cohorts_follow_the_law_of_the_walk() {
    const SEEDS: u64 = 1_000;
    for (path, customers) in [
        ("campaign/sponsored_post.journey", 1_000),
        ("retail/julie_dress.journey", 1_000),
        ("retail/roger_tv.journey", 1_000),
        ("retail/omnichannel.journey", 20_000),
    ] {
        let journey = spec(path);
        let (model, chain) = (&journey.program.base, &journey.chains[0]);
        let only = Modifiers::default;
        let goals = (0..model.goals.len()).map(|g| (MeasureKind::Count(GoalId::new(g), only()), Unit::Number));
        let ends = (0..model.ends.len()).map(|e| {
            let to = Event::Stop(jalon::model::EndId::new(e));
            (MeasureKind::Rate { from: None, to, before: None, within: None, only: only() }, Unit::Share)
        });
        let measures: Vec<Measure> =
            goals.chain(ends).map(|(kind, unit)| Measure { kind, unit, origin: Span::default() }).collect();
        let (plans, requests) = ask_for(&journey.program, &journey.chains, &measures.iter().collect::<Vec<_>>());
        let walked: Vec<Vec<f64>> = (0..SEEDS)
            .into_par_iter()
            .map(|seed| {
                let estimates = simulate(model, chain, &plans[0], &Run { seed, customers }, &|_| ());
                let total = |r: &jalon::plan::Request| {
                    let of = &estimates.answers[r.formula.only_leaf().unwrap().question.0];
                    of.iter().map(|m| (m.mean * m.base as f64).round()).sum()
                };
                requests.iter().map(total).collect()
            })
            .collect();
        let cohorts = Cohorts::new(chain, model.goals.len());
        let setting = cohorts.setting(chain, customers as f64);
        let moved: Vec<Vec<f64>> = (0..SEEDS)
            .into_par_iter()
            .map(|seed| {
                let totals =
                    cohorts.campaign(&setting, Luck { seed, part: Part::Stated, replication: 0 }, &mut Scratch::default());
                totals.goals.iter().chain(&totals.ends).map(|n| *n as f64).collect()
            })
            .collect();
        for (i, measure) in measures.iter().enumerate() {
            let of = |sample: &[Vec<f64>]| sample.iter().map(|t| t[i]).collect::<Vec<f64>>();
            let z = two_samples(&of(&walked), &of(&moved));
            println!("| {path} | {i} | {z:.2} |");
            assert!(z < 4.5, "{path}: {measure:?}: {z}");
        }
    }
}

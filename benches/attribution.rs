//! How long attribution takes on the omnichannel retailer of `specs/`, on all threads.
//!
//! `cargo bench --bench attribution [journey]`

#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

use jalon::compile::{Journey, compile};
use jalon::plan;
use jalon::resolve::{LoadError, Loader};
use jalon::solve::attribution::{Parts, Settings, attribute, removal_effects, shapley_values};
use jalon::solve::leverages;
use std::time::Instant;

const RUNS: usize = 21;

fn main() {
    let given = std::env::args().skip(1).find(|a| a.ends_with(".journey"));
    let file = given.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/specs/retail/omnichannel.journey").to_owned());
    let text = std::fs::read_to_string(&file).expect("a journey to read");
    let Journey { program, chains } = compile(&file, text, &Nothing).journey.expect("a journey without errors");
    let asked = plan::ask(&program, &chains);
    let (model, chain, mut plan) = (&program.base, &chains[0], asked.plans[0].clone());
    plan.questions.clear();
    let channels = Parts { of: model.touchpoints.iter().map(|t| t.channel.index()).collect(), count: model.channels.len() };
    let stages = model.stages.len();
    let stages = Parts {
        of: model.touchpoints.iter().map(|t| t.stage.map_or(stages, jalon::model::StageId::index)).collect(),
        count: stages + 1,
    };
    println!("{} states, {} touchpoints, {} channels", chain.states.len(), model.touchpoints.len(), model.channels.len());
    let removal = median("removal effects, both ways, all levels", || {
        removal_effects(chain, &plan, &channels, &stages).expect("it ends");
    });
    let shapley = median("Shapley values of the channels", || {
        shapley_values(chain, &plan, &channels).expect("it ends");
    });
    let leverage = median("leverages", || {
        leverages(chain, &plan).expect("it ends");
    });
    println!("{:<44} {:>8.2} ms", "the three together", removal + shapley + leverage);
    median("everything, credits of touches included", || {
        attribute(chain, &plan, &channels, &stages, &Settings::default()).expect("it ends");
    });
}

/// Median time in milliseconds.
fn median(label: &str, run: impl Fn()) -> f64 {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        run();
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    println!("{label:<44} {:>8.2} ms  (best {:.2})", times[RUNS / 2], times[0]);
    times[RUNS / 2]
}

struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

//! How long one campaign takes by whole cohorts, from a thousand customers to 10^12, and from where on that is less than walking
//! each; then the whole view of a campaign.
//!
//! `cargo bench --bench campaign [JOURNEY]` (specs/retail/omnichannel.journey by default), one thread.

#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

use jalon::campaign::{Draw, campaign};
use jalon::compile::compile;
use jalon::plan::ask;
use jalon::resolve::{LoadError, Loader};
use jalon::simulate::cohort::{Cohorts, Luck, Part, Scratch};
use jalon::simulate::{Run, simulate};
use std::time::Instant;

fn main() {
    // `cargo bench` passes flags of its own.
    let path = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    let path = path.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/specs/retail/omnichannel.journey").to_owned());
    let compiled = compile(&path, std::fs::read_to_string(&path).expect("a journey"), &Nothing);
    let journey = compiled.journey.as_ref().expect("a journey without errors");
    let (model, chain) = (&journey.program.base, &journey.chains[0]);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    println!("{path}: {} states, {} branches", chain.states.len(), chain.branches.len());

    let plan = &ask(&journey.program, &journey.chains).plans[0];
    let bare = jalon::plan::Plan { questions: Vec::new(), groups: Vec::new(), ..plan.clone() };
    let customers = 100_000;
    let walking =
        best(3, |_| one.install(|| simulate(model, chain, &bare, &Run { seed: 1, customers }, &|_| ()).steps)) / customers as f64;
    println!("walking one customer: {:.0} ns", walking * 1e9);

    let cohorts = Cohorts::new(chain, model.goals.len());
    let mut scratch = Scratch::default();
    for customers in [1e3, 1e4, 1e5, 1e6, 1e9, 1e12] {
        let setting = cohorts.setting(chain, customers);
        let mut moves = 0;
        let took = best(9, |run| {
            let totals = cohorts.campaign(&setting, Luck { seed: 1, part: Part::Stated, replication: run }, &mut scratch);
            assert_eq!(totals.unfinished, 0);
            moves = totals.moves;
            totals
        });
        let walked = walking * customers / took;
        println!(
            "{customers:>7.0e} customers by cohorts: {:>8.3} ms, {moves:>6} moves; walked: {walked:.1e} times that",
            took * 1e3
        );
    }
    for replications in [2, 1_000] {
        let view = best(1, |_| {
            one.install(|| campaign(&compiled, journey, Draw { seed: 1, replications: Some(replications) }).expect("cohorts"))
        });
        println!("the view with {replications} replications: {view:.3} s");
    }
}

/// The least seconds of so many runs: what others did to the machine can only add.
fn best<T>(runs: u64, mut run: impl FnMut(u64) -> T) -> f64 {
    let time = |i| {
        let start = Instant::now();
        std::hint::black_box(run(i));
        start.elapsed().as_secs_f64()
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

/// One file is enough.
struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

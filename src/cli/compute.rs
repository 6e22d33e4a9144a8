//! From a compiled journey to its figures: which engine does what, and why.

use super::args::{Draw, Touches};
use super::exit::Trouble;
use super::progress;
use crate::campaign::{self, campaign};
use crate::chain::Chain;
use crate::compile::{Compiled, Journey};
use crate::limits::MOST_CUSTOMERS;
use crate::measure::{Answered, BATCHES, Figures, Settings, attribution, figures, relative_half_width, wants_batches};
use crate::model::{Model, ScenarioId};
use crate::plan::{self, Asked, Declined, Plan, Take};
use crate::simulate::{Estimates, Run, simulate, simulate_until};
use crate::solve::{solve, solve_asked};
use std::collections::BTreeSet;

/// Customers drawn unless said otherwise: rates of one in a thousand come out within a tenth of their value.
pub(super) const CUSTOMERS: u64 = 100_000;
/// How many customers `--precision` draws before it first looks.
const FIRST_ROUND: u64 = 16_384;
/// How many customers `--precision` draws for figures that show no width: an event of one in a million would have been seen.
const LONG_ENOUGH: u64 = 1 << 22;

/// Fewer customers in a batch tell nothing of how two scenarios differ.
const FEWEST_IN_A_BATCH: u64 = 50;
/// What lies between the seeds of two batches.
const BETWEEN_BATCHES: u64 = 0xD1B5_4A32_D192_ED03;

/// Which engines are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted<'a> {
    /// The exact one alone.
    Exact,
    /// The simulation alone.
    Simulated(&'a Draw),
    /// Both: the journey as written is solved and simulated; a scenario is simulated where the solver declines.
    Both(&'a Draw),
}

/// What can happen to one campaign of a journey; `None` where no replication is wanted.
pub(super) fn one_campaign(
    compiled: &Compiled,
    journey: &Journey,
    draw: &Draw,
    replications: Option<u64>,
) -> Result<Option<Result<campaign::Campaign, Declined>>, Trouble> {
    if replications == Some(0) {
        return Ok(None);
    }
    let wanted = campaign::Draw { seed: draw.seed, replications };
    Ok(Some(threads(draw)?.install(|| campaign(compiled, journey, wanted))))
}

/// As many threads as are wanted.
fn threads(draw: &Draw) -> Result<rayon::ThreadPool, Trouble> {
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = draw.threads {
        pool = pool.num_threads(usize::from(threads));
    }
    pool.build().map_err(|e| Trouble::internal(&e))
}

/// The figures of a journey; conversions are credited if `touches` says how.
pub(super) fn compute(journey: &Journey, wanted: Wanted<'_>, touches: Option<Touches>) -> Result<Figures, Trouble> {
    let asked = plan::ask(&journey.program, &journey.chains);
    let mut answered = Vec::new();
    let models = std::iter::once(&journey.program.base).chain(journey.program.scenarios.iter().map(|(_, model)| model));
    for (i, ((model, chain), plan)) in models.zip(&journey.chains).zip(&asked.plans).enumerate() {
        let solution = match wanted {
            Wanted::Simulated(_) => Err(Declined::OtherEngine),
            Wanted::Exact | Wanted::Both(_) if i == 0 => solve(chain, plan),
            Wanted::Exact | Wanted::Both(_) => solve_asked(chain, plan),
        };
        let partly = || solution.as_ref().map_or(true, |s| s.answers.iter().any(|a| a.exact.is_err() || a.beyond.is_some()));
        let draw = match wanted {
            Wanted::Exact => None,
            Wanted::Simulated(draw) => Some(draw),
            Wanted::Both(draw) => (i == 0 || partly()).then_some(draw),
        };
        let one = Drawn { journey, asked: &asked, model, chain, plan };
        let estimates = draw.map(|draw| one.customers(i == 0, draw)).transpose()?;
        answered.push(Answered { chain, plan, solution, estimates, batches: Vec::new() });
    }
    let seed = match wanted {
        Wanted::Exact => None,
        Wanted::Simulated(draw) | Wanted::Both(draw) => Some(draw.seed),
    };
    if let Wanted::Simulated(draw) | Wanted::Both(draw) = wanted {
        pair(journey, &asked, &mut answered, draw)?;
    }
    let mut figures = figures(&journey.program, &asked, &answered, seed);
    if let Some(Touches { half_life, position }) = touches {
        let settings = Settings { half_life, position };
        figures.attribution = attribution(&journey.program.base, &journey.chains[0], &asked.plans[0], &settings);
    }
    Ok(figures)
}

/// Does some work on as many threads as are asked for.
pub(super) fn with_threads<T: Send>(draw: &Draw, work: impl FnOnce() -> T + Send) -> Result<T, Trouble> {
    Ok(threads(draw)?.install(work))
}

/// Draws batches of the chains that some figure compares and no exact value tells, with the same luck for all.
fn pair(journey: &Journey, asked: &Asked, answered: &mut [Answered<'_>], draw: &Draw) -> Result<(), Trouble> {
    let customers = draw.customers.unwrap_or(CUSTOMERS).min(CUSTOMERS) / BATCHES;
    if customers < FEWEST_IN_A_BATCH {
        return Ok(());
    }
    let kpis = asked.kpis.iter().flat_map(|k| std::iter::once(&k.all).chain(&k.differences));
    let compared: Vec<_> = kpis.chain(asked.margins.iter().flatten()).filter(|r| wants_batches(answered, r)).collect();
    let chains: BTreeSet<usize> = compared.iter().flat_map(|r| r.groups.iter().map(|(chain, _)| *chain)).collect();
    let leaves = compared.iter().flat_map(|r| r.formula.leaves());
    let distributions: BTreeSet<(usize, usize)> =
        leaves.filter(|leaf| leaf.take != Take::Mean).map(|leaf| (leaf.chain, leaf.question.0)).collect();
    let pool = threads(draw)?;
    for at in chains.into_iter().filter(|at| answered[*at].estimates.is_some()).collect::<Vec<_>>() {
        let scenario = at.checked_sub(1).map(ScenarioId::new);
        let Answered { chain, plan, .. } = &answered[at];
        let batch = |b: u64| {
            let run = Run { seed: draw.seed.wrapping_add((b + 1).wrapping_mul(BETWEEN_BATCHES)), customers };
            let mut estimates = simulate(journey.program.model(scenario), chain, plan, &run, &|_| ());
            // Distributions are most of what a batch holds, and few figures compare them.
            for (question, sketches) in estimates.sketches.iter_mut().enumerate() {
                if !distributions.contains(&(at, question)) {
                    *sketches = Vec::new();
                }
            }
            estimates
        };
        answered[at].batches = pool.install(|| (0..BATCHES).map(batch).collect());
    }
    Ok(())
}

/// One chain to draw from.
#[derive(Clone, Copy)]
struct Drawn<'a> {
    journey: &'a Journey,
    asked: &'a Asked,
    model: &'a Model,
    chain: &'a Chain,
    plan: &'a Plan,
}

impl Drawn<'_> {
    /// Draws as many customers as asked. Precision is asked of the journey as written (`base`); scenarios are drawn as far as
    /// the default.
    fn customers(&self, base: bool, draw: &Draw) -> Result<Estimates, Trouble> {
        let customers = draw.customers.unwrap_or(CUSTOMERS);
        let bar = progress::bar(customers);
        let progress = |done| bar.inc(done);
        let estimates = with_threads(draw, || match draw.precision.filter(|_| base) {
            Some(precision) => {
                let run = Run { seed: draw.seed, customers: MOST_CUSTOMERS };
                simulate_until(self.model, self.chain, self.plan, &run, FIRST_ROUND, |e| self.precise(e, precision), &progress)
            }
            None => simulate(self.model, self.chain, self.plan, &Run { seed: draw.seed, customers }, &progress),
        })?;
        bar.finish_and_clear();
        Ok(estimates)
    }

    /// Whether the key kpis (all, if none is key) are known within `precision` of their value.
    fn precise(&self, estimates: &Estimates, precision: f64) -> bool {
        let kpis = &self.journey.program.kpis;
        let any_key = kpis.iter().any(|k| k.key);
        let wanted = kpis.iter().zip(&self.asked.kpis).filter(|(k, _)| k.key || !any_key).map(|(_, r)| &r.all);
        let solution = Err(Declined::OtherEngine);
        let answered =
            [Answered { chain: self.chain, plan: self.plan, solution, estimates: Some(estimates.clone()), batches: Vec::new() }];
        let mut wanted = wanted.filter(|r| r.groups.iter().all(|(chain, _)| *chain == 0));
        // A figure of 0, or one that no simulation gives, has no relative width: it is waited for, but not for ever.
        let patient = estimates.customers_per_persona.iter().sum::<u64>() < LONG_ENOUGH;
        wanted.all(|request| relative_half_width(&answered, request).map_or(!patient, |w| w <= precision))
    }
}

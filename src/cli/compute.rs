//! From a compiled journey to its figures: which engine does what, and why.

use super::args::Draw;
use super::exit::Trouble;
use super::progress;
use crate::chain::Chain;
use crate::compile::Journey;
use crate::measure::{Answered, Figures, figures};
use crate::plan::{self, Asked, Plan};
use crate::simulate::{Estimates, Run, simulate, simulate_until};
use crate::solve::solve;

/// Customers drawn unless said otherwise: rates of one in a thousand come out within a tenth of their value.
pub(super) const CUSTOMERS: u64 = 100_000;
/// The most customers that `--precision` draws before it gives up.
const MOST_CUSTOMERS: u64 = 1 << 30;

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

/// The figures of a journey.
pub(super) fn compute(journey: &Journey, wanted: Wanted<'_>) -> Result<Figures, Trouble> {
    let asked = plan::ask(&journey.program, &journey.chains);
    let mut answered = Vec::new();
    for (i, (chain, plan)) in journey.chains.iter().zip(&asked.plans).enumerate() {
        let solution = match wanted {
            Wanted::Simulated(_) => Err(crate::plan::Declined::OtherEngine),
            Wanted::Exact | Wanted::Both(_) => solve(chain, plan),
        };
        let partly = || solution.as_ref().map_or(true, |s| s.answers.iter().any(Result::is_err));
        let draw = match wanted {
            Wanted::Exact => None,
            Wanted::Simulated(draw) => Some(draw),
            Wanted::Both(draw) => (i == 0 || partly()).then_some(draw),
        };
        let estimates = draw.map(|draw| draw_customers(journey, &asked, chain, plan, i, draw)).transpose()?;
        answered.push(Answered { chain, plan, solution, estimates });
    }
    let seed = match wanted {
        Wanted::Exact => None,
        Wanted::Simulated(draw) | Wanted::Both(draw) => Some(draw.seed),
    };
    Ok(figures(&journey.program, &asked, &answered, seed))
}

fn draw_customers(journey: &Journey, asked: &Asked, chain: &Chain, plan: &Plan, index: usize, draw: &Draw) -> Result<Estimates, Trouble> {
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = draw.threads {
        pool = pool.num_threads(usize::from(threads));
    }
    let pool = pool.build().map_err(|e| Trouble::Internal(e.to_string()))?;
    let customers = draw.customers.unwrap_or(CUSTOMERS);
    let run = Run { seed: draw.seed, customers };
    Ok(pool.install(|| match draw.precision {
        // Scenarios are drawn as far as the default: precision is asked of the journey as written.
        Some(precision) if index == 0 => {
            let enough = |estimates: &Estimates| precise(journey, asked, chain, plan, estimates, precision);
            simulate_until(chain, plan, &Run { customers: MOST_CUSTOMERS, ..run }, &enough)
        }
        _ => {
            let bar = progress::bar(customers);
            let estimates = simulate(chain, plan, &run, &|done| bar.set_position(done));
            bar.finish_and_clear();
            estimates
        }
    }))
}

/// Whether the key kpis (all, if none is key) are known within `precision` of their value.
fn precise(journey: &Journey, asked: &Asked, chain: &Chain, plan: &Plan, estimates: &Estimates, precision: f64) -> bool {
    let any_key = journey.program.kpis.iter().any(|k| k.key);
    let kpis = journey.program.kpis.iter().zip(&asked.kpis).filter(|(k, _)| k.key || !any_key);
    let answered = [Answered { chain, plan, solution: Err(crate::plan::Declined::OtherEngine), estimates: Some(estimates.clone()) }];
    let mut requests = kpis.map(|(_, r)| &r.all).filter(|r| r.groups.iter().all(|(chain, _)| *chain == 0));
    requests.all(|request| crate::measure::relative_half_width(&answered, request).is_some_and(|w| w <= precision))
}

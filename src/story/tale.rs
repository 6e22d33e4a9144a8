//! One simulated customer, and those like him.

use crate::compile::Journey;
use crate::measure::path_probability;
use crate::model::{GoalId, PersonaId, TouchpointId};
use crate::plan::main_goal;
use crate::simulate::{Trace, Tracer};

/// What happened to one customer.
#[derive(Clone, Debug)]
pub struct Tale {
    /// His path.
    pub trace: Trace,
    /// The share of all who arrive who walk exactly this path; `None` where it was cut.
    pub share: Option<f64>,
}

/// Customers looked at in search of one who is like most.
const LOOKED_AT: u64 = 20_000;
/// Customers among whom the middle one is taken.
const AMONG: usize = 501;

/// What happens to a customer (numbered from 0) in every simulation of that seed; `None` where nobody arrives.
#[must_use]
pub fn tale(journey: &Journey, seed: u64, customer: u64) -> Option<Tale> {
    let chain = journey.chains.first()?;
    let trace = Tracer::new(chain, journey.program.base.horizon, seed).follow(customer)?;
    let touchpoints: Vec<TouchpointId> = trace.visits.iter().map(|met| met.touchpoint).collect();
    let share = trace.end.map(|(end, _)| path_probability(chain, &touchpoints, Some(end)));
    Some(Tale { trace, share })
}

/// The number of the customer of a persona whose journey takes the median time: among the first of those who reach the main goal,
/// or, if none of those looked at does, among all of that persona. `None` if none of them is of that persona.
#[must_use]
pub fn median_like(journey: &Journey, seed: u64, persona: PersonaId) -> Option<(u64, Option<GoalId>)> {
    let goal = main_goal(&journey.program);
    let mut tracer = Tracer::new(journey.chains.first()?, journey.program.base.horizon, seed);
    let (mut winners, mut all) = (Vec::new(), Vec::new());
    for customer in 0..LOOKED_AT {
        let trace = tracer.follow(customer)?;
        if trace.persona != persona {
            continue;
        }
        let found = (trace.duration(), customer);
        if goal.is_some_and(|goal| trace.reached(goal)) {
            winners.push(found);
        }
        if all.len() < AMONG {
            all.push(found);
        }
        if winners.len() == AMONG {
            break;
        }
    }
    let (mut among, goal) = if winners.is_empty() { (all, None) } else { (winners, goal) };
    among.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    among.get(among.len().saturating_sub(1) / 2).map(|(_, customer)| (*customer, goal))
}

//! To which touchpoints, channels and stages conversions are credited, by models that disagree.
//!
//! Comes in: a chain, a plan with a main goal, which touchpoints make up a channel and a stage. Goes out: [`Attribution`]:
//! removal effects, Shapley values and credits of touches, in conversions per customer who arrives. What must hold: everything is
//! an expectation over all paths, never over a sample of them (Shapley values of more than [`MOST_PLAYERS`] channels excepted,
//! which say so); a conversion is the first time that the goal is reached; a touch is a visit up to that instant, the visit that
//! converts included; a conversion that nothing preceded (the goal is reached on coming in) is credited to nobody.
//!
//! The route: `road` is the chain up to the goal. `removal` and `shapley` (with `game`, `sampling`) take touchpoints out of it
//! (`net`); `touches` (with `quadrature`) and `decay` follow its paths. `docs/measures.md` derives what is computed here.

mod closing;
mod decay;
mod game;
mod net;
mod quadrature;
mod removal;
mod road;
mod sampling;
mod shapley;
mod touches;

use super::limits;
use super::walk::Walk;
use crate::chain::Chain;
use crate::plan::{Declined, EventIx, Plan};
use road::Road;
pub use shapley::{MOST_PLAYERS, Shapley};

/// What the author may set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// After how many seconds a touch weighs half, for time decay.
    pub half_life: f64,
    /// Share of a conversion for its first touch and for its last; the touches between them have the rest.
    pub position: (f64, f64),
}

impl Default for Settings {
    /// Seven days; 40 %, 20 %, 40 %.
    fn default() -> Self {
        Self { half_life: 7.0 * 86_400.0, position: (0.4, 0.4) }
    }
}

/// Which part each touchpoint belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// By touchpoint: its part.
    pub of: Vec<usize>,
    /// How many parts there are.
    pub count: usize,
}

/// All models. Unless said otherwise, figures are conversions per customer who arrives.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Share of all who arrive who reach the goal.
    pub conversions: f64,
    /// Of these, who had not met anything.
    pub untouched: f64,
    /// By touchpoint.
    pub touchpoints: Level,
    /// By channel.
    pub channels: Level,
    /// By stage.
    pub stages: Level,
    /// Shapley values of the channels.
    pub shapley: Shapley,
    /// The largest relative distance between the bounds that enclose a linear credit and a credit of the middle.
    pub width: f64,
}

/// The parts of one kind.
#[derive(Clone, Debug)]
pub struct Level {
    /// By part: conversions left if those who would meet it are lost.
    pub without: Vec<f64>,
    /// By part: conversions left if those who would meet it go the other ways, in their proportions.
    pub rerouted: Vec<f64>,
    /// By part: what its touches are credited with.
    pub touches: Credits<Vec<f64>>,
}

/// Credits by models that look at the touches of a path.
#[derive(Clone, Debug, Default)]
pub struct Credits<T> {
    /// All to the first touch.
    pub first: T,
    /// All to the last touch.
    pub last: T,
    /// The same to each.
    pub linear: T,
    /// A share to the first, a share to the last, the rest to those between.
    pub position: T,
    /// In proportion to what touches weigh that lose half their weight every half-life before the conversion; the nearest there is
    /// to it: see `decay`. `None` where all weights vanish.
    pub decay: Option<T>,
}

/// Credits the conversions to touchpoints, channels and stages; `None` without a goal.
///
/// # Errors
/// [`Declined::NeverEnds`] if some customer may never leave, [`Declined::Horizon`] if the plan has a horizon that may cut some
/// journey, [`Declined::TooLarge`] if a loop cannot be eliminated.
pub fn attribute(
    chain: &Chain,
    plan: &Plan,
    channels: &Parts,
    stages: &Parts,
    settings: &Settings,
) -> Result<Option<Attribution>, Declined> {
    let Some(goal) = plan.goal.map(|goal| plan.goals[goal.index()]) else { return Ok(None) };
    let walk = Walk::<f64>::new(chain, plan)?;
    if plan.horizon.is_some_and(|horizon| limits::longest(&walk).is_none_or(|longest| longest > horizon)) {
        return Err(Declined::Horizon);
    }
    let road = road(&walk, goal)?;
    let touchpoints = Parts { of: (0..plan.touchpoints.len()).collect(), count: plan.touchpoints.len() };
    let (touches, width) = touches::touches(&road, touchpoints.count, settings.position);
    let credits =
        Credits { decay: decay::decay(&walk, &road, goal, touchpoints.count, settings.half_life, &touches), ..touches.credits };
    let level = |parts: &Parts| {
        let (without, rerouted) = removal::removals(&road, parts);
        Level { without, rerouted, touches: credits.sums(parts) }
    };
    Ok(Some(Attribution {
        conversions: touches.conversions,
        untouched: road.untouched(),
        shapley: shapley::shapley(&road, channels),
        touchpoints: level(&touchpoints),
        channels: level(channels),
        stages: level(stages),
        width,
    }))
}

/// The road to a goal, of chains whose loops can be eliminated: attribution takes them apart in many ways.
fn road(walk: &Walk<'_, f64>, goal: EventIx) -> Result<Road, Declined> {
    match walk.whole().system.enclosure() {
        None => Ok(Road::new(walk, goal)),
        Some(_) => Err(Declined::TooLarge),
    }
}

/// Conversions left without each part, its traffic lost, and shared out.
pub type Removals = (Vec<f64>, Vec<f64>);

/// Conversions left without each touchpoint, channel and stage alone, as in [`Level::without`] and [`Level::rerouted`]; `None`
/// without a goal.
///
/// # Errors
/// [`Declined::NeverEnds`] if some customer may never leave.
pub fn removal_effects(chain: &Chain, plan: &Plan, channels: &Parts, stages: &Parts) -> Result<Option<[Removals; 3]>, Declined> {
    let Some(goal) = plan.goal.map(|goal| plan.goals[goal.index()]) else { return Ok(None) };
    let road = road(&Walk::<f64>::new(chain, plan)?, goal)?;
    let touchpoints = Parts { of: (0..plan.touchpoints.len()).collect(), count: plan.touchpoints.len() };
    Ok(Some([&touchpoints, channels, stages].map(|parts| removal::removals(&road, parts))))
}

/// The same for parts of one kind, by halves and one by one.
#[cfg(test)]
pub(super) fn removals_both_ways(chain: &Chain, plan: &Plan, parts: &Parts) -> Option<[Removals; 2]> {
    let road = road(&Walk::<f64>::new(chain, plan).ok()?, plan.goals[plan.goal?.index()]).ok()?;
    Some([removal::by_halves(&road, parts), removal::one_by_one(&road, parts)])
}

/// Shapley values of the channels alone; `None` without a goal.
///
/// # Errors
/// [`Declined::NeverEnds`] if some customer may never leave.
pub fn shapley_values(chain: &Chain, plan: &Plan, channels: &Parts) -> Result<Option<Shapley>, Declined> {
    let Some(goal) = plan.goal.map(|goal| plan.goals[goal.index()]) else { return Ok(None) };
    Ok(Some(shapley::shapley(&road(&Walk::<f64>::new(chain, plan)?, goal)?, channels)))
}

impl Credits<Vec<f64>> {
    /// The credits of parts: those of their touchpoints, added up.
    fn sums(&self, parts: &Parts) -> Self {
        let sum = |of: &Vec<f64>| {
            let mut sums = vec![0.0; parts.count];
            for (&part, credit) in parts.of.iter().zip(of) {
                sums[part] += credit;
            }
            sums
        };
        Self {
            first: sum(&self.first),
            last: sum(&self.last),
            linear: sum(&self.linear),
            position: sum(&self.position),
            decay: self.decay.as_ref().map(sum),
        }
    }
}

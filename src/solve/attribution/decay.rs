//! Time decay.
//!
//! A touch weighs `2^(−age / half-life)`, its age being the time from it to the conversion. The share of a touch in its own path has
//! no closed form; touches are credited in proportion to their mean weight instead: `E[Σ of the weights at t; converts]` over
//! the same for all touchpoints. A weight is the chance that a clock, ringing at the rate `ln 2 / half-life`, has not rung between
//! touch and conversion: the chance to convert in the chain whose branch probabilities are multiplied by the Laplace transforms of
//! `takes` and `after`. A visit that reaches the goal has age 0.

use super::road::Road;
use super::touches::Touches;
use crate::plan::EventIx;
use crate::solve::discount::transform;
use crate::solve::stopper::{Fate, Stopper};
use crate::solve::system::{Moves, System};
use crate::solve::walk::Walk;

/// By touchpoint: its share of the conversions that something preceded; `None` where all weights vanish.
pub(super) fn decay(
    walk: &Walk<'_, f64>,
    road: &Road,
    goal: EventIx,
    touchpoints: usize,
    half_life: f64,
    touches: &Touches,
) -> Option<Vec<f64>> {
    let weight = weights(walk, road, goal, std::f64::consts::LN_2 / half_life);
    let mut sums = vec![0.0; touchpoints];
    for (visit, touchpoint) in road.touchpoint.iter().enumerate() {
        sums[*touchpoint] += touches.visits[visit] * weight[visit];
    }
    let total: f64 = sums.iter().sum();
    let touched: f64 = touches.credits.first.iter().sum();
    if touched == 0.0 {
        return Some(vec![0.0; touchpoints]);
    }
    (total > 0.0).then(|| sums.iter().map(|sum| sum / total * touched).collect())
}

/// By visit: mean weight of a touch there, 0 where it does not convert.
fn weights(walk: &Walk<'_, f64>, road: &Road, goal: EventIx, rate: f64) -> Vec<f64> {
    let stopper = Stopper::new(walk.chain, &[walk.marks(goal)]);
    let stay: Vec<(f64, f64)> = walk.chain.visits.iter().map(|v| transform(&v.takes, rate)).collect();
    let way: Vec<(f64, f64)> = walk.chain.leaves.iter().map(|l| transform(&l.after, rate)).collect();
    let mut place = vec![u32::MAX; walk.chain.states.len()];
    for (visit, state) in (0..).zip(&road.states) {
        place[*state as usize] = visit;
    }
    let mut moves = Moves::new(road.visits(), walk.chain.branches.len());
    let mut gain = vec![0.0; road.visits()];
    for (visit, &state) in road.states.iter().enumerate() {
        if stopper.visit[state as usize] != 0 {
            gain[visit] = 1.0;
            moves.close(1.0);
            continue;
        }
        if road.moves(visit as u32).is_empty() && road.gain[visit] == 0.0 {
            moves.close(1.0);
            continue;
        }
        let (stays, stay_lost) = stay[walk.chain.states[state as usize].visit as usize];
        let mut out = 0.0;
        for step in walk.steps(state) {
            let (goes, way_lost) = way[step.leave as usize];
            match stopper.fate(&step) {
                Fate::On(_) | Fate::Visit(_) => {
                    moves.push(place[step.to as usize], step.weight * stays * goes);
                    out += step.weight * (stay_lost + stays * way_lost);
                }
                fate => {
                    out += step.weight;
                    gain[visit] += if fate.wanted() { step.weight * stays } else { 0.0 };
                }
            }
        }
        moves.close(out);
    }
    let all: Vec<u32> = (0..road.visits() as u32).collect();
    System::new(moves, &all).backward(&gain)
}

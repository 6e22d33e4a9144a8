//! Money discounted to the day of arrival.
//!
//! A visit counts as much as the chance that a clock, ringing at the discount rate, has not rung when it begins: visits of a
//! chain whose branch probabilities are multiplied by the Laplace transforms of `takes` and `after`. In discrete time this is
//! the lifetime value of P. E. Pfeifer and R. L. Carraway, *Modeling customer relationships as Markov chains*, J. Interact.
//! Marketing 14 (2000): `V = (I − P / (1 + d))⁻¹ R`.

use super::stopper::{Fate, Stopper};
use super::system::{Moves, System};
use super::walk::Walk;
use crate::model::Law;
use crate::model::law::nearest;
use crate::plan::At;

/// Discounted visits.
pub(super) struct Discounted {
    /// By state: expected discounted visits per customer of its persona, counted as they begin.
    pub(super) visits: Vec<f64>,
    /// By kind of visit: what a sum at its end is worth at its beginning.
    pub(super) stay: Vec<f64>,
    /// By kind of leave: the same.
    pub(super) way: Vec<f64>,
    /// The chain whose branch probabilities are so multiplied.
    pub(super) system: System<f64>,
    /// The relative residual of their system.
    pub(super) residual: f64,
    /// The width of their bounds, where there are any.
    pub(super) enclosure: Option<f64>,
}

impl Discounted {
    pub(super) fn new(walk: &Walk<'_, f64>) -> Self {
        let rate = walk.plan.discount;
        let stay: Vec<(f64, f64)> = walk.chain.visits.iter().map(|v| transform(&v.takes, rate)).collect();
        let way: Vec<(f64, f64)> = walk.chain.leaves.iter().map(|l| transform(&l.after, rate)).collect();
        let nothing = Stopper::new(walk.chain, &[]);
        let mut moves = Moves::new(walk.chain.states.len(), walk.chain.branches.len());
        for (s, state) in (0..).zip(&walk.chain.states) {
            let (stay, stay_lost) = stay[state.visit as usize];
            let mut out = 0.0;
            for step in walk.steps(s) {
                let (way, way_lost) = way[step.leave as usize];
                match nothing.fate(&step) {
                    Fate::On(to) => {
                        moves.push(to, step.weight * stay * way);
                        out += step.weight * (stay_lost + stay * way_lost);
                    }
                    _ => out += step.weight,
                }
            }
            moves.close(out);
        }
        let system = System::new(moves, &walk.states);
        let mut start = vec![0.0; walk.chain.states.len()];
        for (_, step) in walk.entries() {
            if let Fate::On(s) = nothing.fate(&step) {
                start[s as usize] += step.weight * way[step.leave as usize].0;
            }
        }
        let visits = system.forward(&start);
        let kept = |pairs: &[(f64, f64)]| pairs.iter().map(|(kept, _)| *kept).collect();
        let (residual, enclosure) = (system.residual(), system.enclosure());
        Self { visits, stay: kept(&stay), way: kept(&way), residual, enclosure, system }
    }

    /// Per persona: mean discounted margin.
    pub(super) fn margin(&self, walk: &Walk<'_, f64>, at: At) -> Option<Vec<f64>> {
        let amounts = walk.amounts(super::amounts::Amount::Margin);
        let place = match at {
            At::Place(place) => Some(walk.marks(place)),
            At::Anywhere | At::Arrival(_) => None,
        };
        let mut gains = vec![0.0; walk.chain.personas.len()];
        let mut losses = gains.clone();
        let mut add = |persona: usize, times: f64, value: f64| {
            if value < 0.0 { losses[persona] -= times * value } else { gains[persona] += times * value }
        };
        for (persona, step) in walk.entries() {
            if at == At::Anywhere || matches!(at, At::Arrival(a) if step.arrival == Some(a)) {
                add(persona.index(), *step.weight, amounts.mean.leaves[step.leave as usize]?);
            }
        }
        for &s in &walk.states {
            let state = &walk.chain.states[s as usize];
            let counts = match place {
                Some(marks) => marks.meet[state.touchpoint.index()],
                None => at == At::Anywhere,
            };
            if counts {
                let (visit, persona, times) = (state.visit as usize, walk.persona(s), self.visits[s as usize]);
                add(persona, times, amounts.mean.visits[visit]?);
                for step in walk.steps(s) {
                    let times = times * self.stay[visit] * step.weight;
                    add(persona, times, amounts.mean.leaves[step.leave as usize]?);
                }
            }
        }
        Some(gains.iter().zip(&losses).map(|(gain, loss)| gain - loss).collect())
    }
}

impl Walk<'_, f64> {
    /// Discounted visits, found once.
    pub(super) fn discounted(&self) -> &Discounted {
        self.discounted.get_or_init(|| Discounted::new(self))
    }
}

/// What a sum is worth if it comes after that time, and what it loses: `E[exp(−rate X)]` and `1 −` that, for a certain time
/// without subtraction.
pub(super) fn transform(law: &Law, rate: f64) -> (f64, f64) {
    let kept = law.transform(rate);
    let lost = if law.is_constant() { -libm::expm1(-rate * nearest(&law.constant)) } else { 1.0 - kept };
    (kept, lost.max(0.0))
}

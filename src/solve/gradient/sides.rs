//! The sums over paths that a mean is made of, with their derivatives: one way for each way in which the mean is found.

use super::{Side, Weights};
use crate::plan::{At, EventIx};
use crate::solve::amounts::Amount;
use crate::solve::hits::{After, Later, events, unit};
use crate::solve::moments::{Scope, Span};
use crate::solve::shift::Table;
use crate::solve::stopper::{Fate, Step};
use crate::solve::system::System;
use crate::solve::tally::{Parts, Tally};
use crate::solve::walk::{Stopped, Walk};

/// A side in the making.
struct Draft<'w, 'a> {
    walk: &'w Walk<'a, f64>,
    side: Side,
}

impl<'w, 'a> Draft<'w, 'a> {
    fn new(walk: &'w Walk<'a, f64>, amount: Option<Amount>) -> Self {
        let chain = walk.chain;
        let side = Side {
            total: vec![0.0; chain.personas.len()],
            entries: vec![0.0; chain.entries.len()],
            branches: vec![0.0; chain.branches.len()],
            tables: amount.map(|amount| (Table::Amount(amount), Weights::new(chain))).into_iter().collect(),
        };
        Self { walk, side }
    }

    /// What coming in is worth.
    fn enter(&mut self, mut worth: impl FnMut(&Step<'_, f64>) -> Option<f64>) -> Option<()> {
        for (i, (persona, step)) in self.walk.entries().enumerate() {
            let worth = worth(&step)?;
            self.side.entries[i] = worth;
            self.side.total[persona.index()] += step.weight * worth;
        }
        Some(())
    }

    /// Adds the derivatives by the branches.
    fn leave(&mut self, mut by: impl FnMut(u32, &Step<'_, f64>) -> Option<f64>) -> Option<()> {
        for &s in &self.walk.states {
            for (k, step) in self.walk.numbered(s) {
                self.side.branches[k] += by(s, &step)?;
            }
        }
        Some(())
    }

    /// Counts what the amounts of all steps come to.
    fn count(&mut self, times: impl Fn(Option<u32>, &Step<'_, f64>) -> f64, parts: impl Fn(&Step<'_, f64>) -> Parts) {
        let Some((_, weights)) = self.side.tables.first_mut() else { return };
        let add = |leave: &mut f64, visits: &mut [f64], step: &Step<'_, f64>, from| {
            let (times, parts) = (step.weight * times(from, step), parts(step));
            *leave += if parts.leave { times } else { 0.0 };
            if let Some(s) = parts.visit {
                visits[s as usize] += times;
            }
        };
        for (i, (_, step)) in self.walk.entries().enumerate() {
            add(&mut weights.entries[i], &mut weights.visits, &step, None);
        }
        for &s in &self.walk.states {
            for (k, step) in self.walk.numbered(s) {
                add(&mut weights.branches[k], &mut weights.visits, &step, Some(s));
            }
        }
    }
}

impl Walk<'_, f64> {
    pub(super) fn everybody(&self) -> Side {
        let mut draft = Draft::new(self, None);
        draft.enter(|_| Some(1.0));
        draft.side
    }

    pub(super) fn those(&self, event: EventIx) -> Side {
        self.side_of_stops(&self.stopped(&[event]))
    }

    /// The chance to be stopped by the wanted event.
    pub(super) fn side_of_stops(&self, stopped: &Stopped<f64>) -> Side {
        let (visits, chances) = (self.visits(stopped), self.chances(stopped));
        let mut draft = Draft::new(self, None);
        let worth = |step: &Step<'_, f64>| match stopped.stopper.fate(step) {
            Fate::On(to) => chances[to as usize],
            fate => unit(fate.wanted()),
        };
        draft.enter(|step| Some(worth(step)));
        draft.leave(|s, step| Some(visits[s as usize] * worth(step)));
        draft.side
    }

    /// The chance that one event happens and another later.
    pub(super) fn side_after(&self, from: EventIx, to: EventIx, before: Option<EventIx>) -> Side {
        let (start, goal) = (self.stopped(&[from]), self.stopped(&events(to, before)));
        let after = After::new(self, &goal, from, to);
        let visits = self.visits(&start);
        let mut gains = vec![0.0; self.chain.states.len()];
        let mut second = gains.clone();
        let mut hand_over = |times: f64, step: &Step<'_, f64>| {
            if let Later::From(state) = after.later(step, start.stopper.fate(step)) {
                second[state as usize] += times * step.weight;
            }
        };
        self.entries().for_each(|(_, step)| hand_over(1.0, &step));
        for &s in &self.states {
            for step in self.steps(s) {
                hand_over(visits[s as usize], &step);
                gains[s as usize] += step.weight * after.value(&step, start.stopper.fate(&step));
            }
        }
        let (to_go, again) = (start.system.backward(&gains), goal.system.forward(&second));
        let chances = self.chances(&goal);
        let mut draft = Draft::new(self, None);
        let first = |step: &Step<'_, f64>| match start.stopper.fate(step) {
            Fate::On(state) => to_go[state as usize],
            fate => after.value(step, fate),
        };
        let later = |step: &Step<'_, f64>| match goal.stopper.fate(step) {
            Fate::On(state) => chances[state as usize],
            fate => unit(fate.wanted()),
        };
        draft.enter(|step| Some(first(step)));
        draft.leave(|s, step| Some(visits[s as usize] * first(step) + again[s as usize] * later(step)));
        draft.side
    }

    /// A number that adds up; `None` where an amount that it needs is not known.
    pub(super) fn side_of_sum(&self, tally: &Tally<'_, f64>, span: Span) -> Option<Side> {
        let n = self.chain.states.len();
        let scope = Scope::new(self, span);
        let (stopper, system) = (&scope.stopped.stopper, &scope.stopped.system);
        let through = matches!(span, Span::Through(_));
        let visits = self.visits(&scope.stopped);
        // After the event, all counts to the end.
        let whole = self.whole();
        let (after, again) = if through {
            let mean = |step: &Step<'_, f64>| tally.mean(step);
            (self.to_go_of(&whole.system, mean)?, whole.system.forward(&self.stopped_at(&scope.stopped)))
        } else {
            (vec![0.0; n], vec![0.0; n])
        };
        let brings = |step: &Step<'_, f64>| if through { tally.mean(step) } else { tally.mean_until(step, stopper.fate(step)) };
        let chance = |step: &Step<'_, f64>| scope.chance(stopper.fate(step));
        let stops = |step: &Step<'_, f64>| {
            let fate = stopper.fate(step);
            let chance = scope.chance(fate);
            if chance == 0.0 {
                return Some(0.0);
            }
            let later = if fate.wanted() { after.get(step.to as usize).copied().unwrap_or(0.0) } else { 0.0 };
            Some(chance * (brings(step)? + later))
        };
        let to_go = self.to_go_of(system, stops)?;
        let worth = |step: &Step<'_, f64>| {
            let on = if let Fate::On(to) = stopper.fate(step) { to_go[to as usize] } else { 0.0 };
            Some(stops(step)? + on)
        };
        let so_far = match &scope.chances {
            None => vec![0.0; n],
            Some(chances) => {
                // What nobody counts any more need not be known.
                let counts = |step: &Step<'_, f64>| match stopper.fate(step) {
                    Fate::On(to) if chances[to as usize] > 0.0 => brings(step),
                    _ => Some(0.0),
                };
                self.summed_up(&scope.stopped, visits, counts)?
            }
        };
        let mut draft = Draft::new(self, tally.amount);
        draft.enter(worth)?;
        draft.leave(|s, step| {
            let at = s as usize;
            let later = if again[at] == 0.0 {
                0.0
            } else {
                again[at] * (tally.mean(step)? + after.get(step.to as usize).copied().unwrap_or(0.0))
            };
            Some(visits[at] * worth(step)? + so_far[at] * chance(step) + later)
        })?;
        let before = |from: Option<u32>, step: &Step<'_, f64>| from.map_or(1.0, |s| visits[s as usize]) * chance(step);
        if through {
            let times = |from: Option<u32>, step: &Step<'_, f64>| before(from, step) + from.map_or(0.0, |s| again[s as usize]);
            draft.count(times, |step| tally.parts_of(step));
        } else {
            draft.count(before, |step| tally.parts_until(step, stopper.fate(step)));
        }
        Some(draft.side)
    }

    /// By state: what is still to come, of what each step brings.
    fn to_go_of(&self, system: &System<f64>, brings: impl Fn(&Step<'_, f64>) -> Option<f64>) -> Option<Vec<f64>> {
        let mut sums = Signed::new(self.chain.states.len());
        for &s in &self.states {
            for step in self.steps(s) {
                sums.add(s, *step.weight, brings(&step)?);
            }
        }
        Some(sums.solved(|side| system.backward(side)))
    }

    /// By state: what those who come there have summed up on the way, times how often they do.
    fn summed_up(
        &self,
        stopped: &Stopped<f64>,
        visits: &[f64],
        brings: impl Fn(&Step<'_, f64>) -> Option<f64>,
    ) -> Option<Vec<f64>> {
        let mut sums = Signed::new(self.chain.states.len());
        let mut add = |times: f64, step: &Step<'_, f64>| {
            if let Fate::On(to) = stopped.stopper.fate(step) {
                sums.add(to, times * step.weight, brings(step)?);
            }
            Some(())
        };
        for (_, step) in self.entries() {
            add(1.0, &step)?;
        }
        for &s in &self.states {
            for step in self.steps(s) {
                add(visits[s as usize], &step)?;
            }
        }
        Some(sums.solved(|side| stopped.system.forward(side)))
    }

    /// Discounted margin.
    pub(super) fn side_discounted(&self, at: At) -> Option<Side> {
        let discounted = self.discounted();
        let amounts = self.amounts(Amount::Margin);
        let place = match at {
            At::Place(place) => Some(self.marks(place)),
            At::Anywhere | At::Arrival(_) => None,
        };
        let state_of = |s: u32| &self.chain.states[s as usize];
        let counts = |step: &Step<'_, f64>| match (at, step.from, place) {
            (At::Anywhere, ..) => true,
            (At::Arrival(arrival), ..) => step.arrival == Some(arrival),
            (At::Place(_), Some(s), Some(marks)) => marks.meet[state_of(s).touchpoint.index()],
            (At::Place(_), ..) => false,
        };
        let met = |s: u32| match place {
            Some(marks) => marks.meet[state_of(s).touchpoint.index()],
            None => at == At::Anywhere,
        };
        let stay = |s: u32| discounted.stay[state_of(s).visit as usize];
        let way = |step: &Step<'_, f64>| discounted.way[step.leave as usize];
        let paid = |step: &Step<'_, f64>| {
            if counts(step) { amounts.mean.leaves[step.leave as usize] } else { Some(0.0) }
        };
        let mut sums = Signed::new(self.chain.states.len());
        for &s in &self.states {
            if met(s) {
                sums.add(s, 1.0, amounts.mean.visits[state_of(s).visit as usize]?);
            }
            for step in self.steps(s) {
                sums.add(s, step.weight * stay(s), paid(&step)?);
            }
        }
        let to_go = sums.solved(|side| discounted.system.backward(side));
        let later = |step: &Step<'_, f64>| to_go.get(step.to as usize).copied().unwrap_or(0.0);
        let worth = |step: &Step<'_, f64>| Some(paid(step)? + way(step) * later(step));
        let visits = |s: u32| discounted.visits[s as usize];

        let mut draft = Draft::new(self, Some(Amount::Margin));
        draft.enter(worth)?;
        draft.leave(|s, step| Some(visits(s) * stay(s) * worth(step)?))?;
        let money = &mut draft.side.tables[0].1;
        let mut time = Weights::new(self.chain);
        for (i, (_, step)) in self.entries().enumerate() {
            money.entries[i] = if counts(&step) { *step.weight } else { 0.0 };
            time.entries[i] = step.weight * later(&step);
        }
        for &s in &self.states {
            money.visits[s as usize] = if met(s) { visits(s) } else { 0.0 };
            for (k, step) in self.numbered(s) {
                money.branches[k] = if counts(&step) { visits(s) * stay(s) * step.weight } else { 0.0 };
                time.branches[k] = visits(s) * stay(s) * step.weight * later(&step);
                time.visits[s as usize] += visits(s) * step.weight * worth(&step)?;
            }
        }
        draft.side.tables.push((Table::Discount, time));
        Some(draft.side)
    }
}

/// Numbers by state, gains apart from losses: systems are solved for what is not negative.
struct Signed {
    gains: Vec<f64>,
    losses: Vec<f64>,
}

impl Signed {
    fn new(states: usize) -> Self {
        Self { gains: vec![0.0; states], losses: vec![0.0; states] }
    }

    fn add(&mut self, state: u32, times: f64, value: f64) {
        let side = if value < 0.0 { &mut self.losses } else { &mut self.gains };
        side[state as usize] += times * value.abs();
    }

    fn solved(&self, solve: impl Fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
        let mut sums = solve(&self.gains);
        if self.losses.iter().any(|loss| *loss > 0.0) {
            sums.iter_mut().zip(solve(&self.losses)).for_each(|(sum, loss)| *sum -= loss);
        }
        sums
    }
}

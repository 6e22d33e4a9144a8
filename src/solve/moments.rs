//! Means and variances of numbers that add up along a path, over everybody or over those to whom something happens.
//!
//! Those to whom an event happens walk by J. L. Doob's h-transform: branch probabilities times the chance to get there from where
//! they lead, over the chance from where they leave. It needs no new elimination: `x = (1/h) (I − P)⁻¹ (h ∘ b)`. Variances are
//! built from non-negative terms only, by the law of total variance: `v = w + P v`, where `w_i` is the mean over the branches of
//! `Var r + (E r + m_target − m_i)²`; the difference of two moments would lose its digits where the spread is small.

use super::hits::unit;
use super::scalar::Scalar;
use super::stopper::{Fate, Step};
use super::tally::Tally;
use super::walk::{Stopped, Walk};
use crate::plan::EventIx;
use std::rc::Rc;

/// Over whom a number is taken, and until when it adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// Over everybody, to the end.
    Whole,
    /// Over everybody, until the event.
    Until(EventIx),
    /// Over those to whom the event happens, until then.
    To(EventIx),
    /// Over those to whom the event happens, to the end.
    Through(EventIx),
}

/// Share, mean and variance of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Moments {
    /// Share of the customers over whom it is taken.
    pub(super) share: f64,
    /// Mean over them.
    pub(super) mean: f64,
    /// Variance over them; `None` where a law has none that is known.
    pub(super) variance: Option<f64>,
}

/// The system of a span, and who counts in it.
pub(super) struct Scope<S> {
    pub(super) stopped: Rc<Stopped<S>>,
    /// By state: chance to be counted; `None` if all are.
    pub(super) chances: Option<Rc<Vec<S>>>,
}

impl<S: Scalar> Scope<S> {
    pub(super) fn new(walk: &Walk<'_, S>, span: Span) -> Self {
        match span {
            Span::Whole => Self { stopped: walk.whole(), chances: None },
            Span::Until(event) => Self { stopped: walk.stopped(&[event]), chances: None },
            Span::To(event) | Span::Through(event) => {
                let stopped = walk.stopped(&[event]);
                let chances = Some(walk.chances(&stopped));
                Self { stopped, chances }
            }
        }
    }

    /// The chance to be counted after a step.
    pub(super) fn chance(&self, fate: Fate) -> S {
        match (&self.chances, fate) {
            (None, _) => S::one(),
            (Some(chances), Fate::On(to)) => chances[to as usize].clone(),
            (Some(_), fate) => unit(fate.wanted()),
        }
    }
}

impl<S: Scalar> Walk<'_, S> {
    /// Per persona: the share over whom a number is taken, and its mean over them (0 where there are none); `None` where a
    /// number that it needs is not known.
    pub(super) fn mean(&self, tally: &Tally<'_, S>, span: Span) -> Option<Vec<(S, S)>> {
        let scope = Scope::new(self, span);
        let stopper = &scope.stopped.stopper;
        let visits = self.visits(&scope.stopped);
        let mut sums = self.expect(visits, |step| {
            if span == Span::Whole {
                return tally.mean(step);
            }
            let fate = stopper.fate(step);
            let chance = scope.chance(fate);
            if chance.is_zero() {
                return Some(chance);
            }
            let gain = if matches!(span, Span::Through(_)) { tally.mean(step) } else { tally.mean_until(step, fate) };
            Some(gain?.times(&chance))
        })?;
        let shares = match span {
            Span::Whole | Span::Until(_) => (0..sums.len()).map(|p| unit(self.comes(p))).collect(),
            Span::To(event) | Span::Through(event) => self.hit(event, None),
        };
        if let Span::Through(_) = span {
            let whole = self.whole();
            let again = whole.system.forward(&self.stopped_at(&scope.stopped));
            let later = self.expect_on(&again, |step| tally.mean(step))?;
            for (sum, later) in sums.iter_mut().zip(&later) {
                sum.add(later);
            }
        }
        let mean = |(share, sum): (S, S)| {
            let mean = if share.is_zero() { S::zero() } else { sum.over(&share) };
            (share, mean)
        };
        Some(shares.into_iter().zip(sums).map(mean).collect())
    }

    /// Where customers stand just after an event first stopped them, unless it was at an end.
    pub(super) fn stopped_at(&self, stopped: &Stopped<S>) -> Vec<S> {
        let visits = self.visits(stopped);
        let mut stand = vec![S::zero(); self.chain.states.len()];
        let mut add = |step: &Step<'_, S>, times: &S| {
            if stopped.stopper.fate(step).wanted()
                && let Some(to) = stand.get_mut(step.to as usize)
            {
                to.add_product(step.weight, times);
            }
        };
        for (_, step) in self.entries() {
            add(&step, &S::one());
        }
        for &s in &self.states {
            self.steps(s).for_each(|step| add(&step, &visits[s as usize]));
        }
        stand
    }
}

/// By state: mean and variance of what is still to come.
struct ToGo {
    mean: Vec<f64>,
    variance: Option<Vec<f64>>,
}

/// What one step brings those who are counted.
struct Gain {
    chance: f64,
    mean: f64,
    variance: Option<f64>,
}

impl Walk<'_, f64> {
    /// Per persona: share, mean and variance of a number; `None` where a mean is not known.
    pub(super) fn moments(&self, tally: &Tally<'_, f64>, span: Span) -> Option<Vec<Moments>> {
        let after = match span {
            Span::Through(_) => Some(self.to_go(tally, Span::Whole, None)?),
            _ => None,
        };
        let to_go = self.to_go(tally, span, after.as_ref())?;
        let scope = Scope::new(self, span);
        let mut personas = vec![Vec::new(); self.chain.personas.len()];
        for (persona, step) in self.entries() {
            let gain = self.gain(tally, span, &scope, after.as_ref(), &step)?;
            let share = step.weight * gain.chance;
            if share > 0.0 {
                let (mean, variance) = match scope.stopped.stopper.fate(&step) {
                    Fate::On(s) => (to_go.mean[s as usize], to_go.variance.as_ref().map(|v| v[s as usize])),
                    _ => (0.0, Some(0.0)),
                };
                let variance = gain.variance.zip(variance).map(|(a, b)| a + b);
                personas[persona.index()].push(Moments { share, mean: gain.mean + mean, variance });
            }
        }
        Some(personas.iter().map(|parts| mix(parts)).collect())
    }

    /// What a step brings, with all that comes after it if it stops there.
    fn gain(
        &self,
        tally: &Tally<'_, f64>,
        span: Span,
        scope: &Scope<f64>,
        after: Option<&ToGo>,
        step: &Step<'_, f64>,
    ) -> Option<Gain> {
        let fate = scope.stopped.stopper.fate(step);
        let chance = scope.chance(fate);
        if chance == 0.0 {
            return Some(Gain { chance, mean: 0.0, variance: Some(0.0) });
        }
        if !matches!(span, Span::Through(_)) {
            return Some(Gain { chance, mean: tally.mean_until(step, fate)?, variance: tally.variance_until(step, fate) });
        }
        let (mut mean, mut variance) = (tally.mean(step)?, tally.variance(step));
        if let (Some(after), true, true) = (after, fate.wanted(), (step.to as usize) < self.chain.states.len()) {
            mean += after.mean[step.to as usize];
            variance = variance.zip(after.variance.as_ref()).map(|(v, later)| v + later[step.to as usize]);
        }
        Some(Gain { chance, mean, variance })
    }

    /// By state: mean of what a number still adds up to, over everybody.
    pub(super) fn mean_to_go(&self, tally: &Tally<'_, f64>) -> Option<Vec<f64>> {
        self.means_to_go(tally, Span::Whole, &Scope::new(self, Span::Whole), None)
    }

    fn to_go(&self, tally: &Tally<'_, f64>, span: Span, after: Option<&ToGo>) -> Option<ToGo> {
        let scope = Scope::new(self, span);
        let mean = self.means_to_go(tally, span, &scope, after)?;
        let variance = self.spread(tally, span, &scope, after, &mean);
        Some(ToGo { mean, variance })
    }

    fn means_to_go(&self, tally: &Tally<'_, f64>, span: Span, scope: &Scope<f64>, after: Option<&ToGo>) -> Option<Vec<f64>> {
        let system = &scope.stopped.system;
        let n = self.chain.states.len();
        let hope = |s: u32| scope.chances.as_ref().map_or(1.0, |h| h[s as usize]);
        let (mut gains, mut losses) = (vec![0.0; n], vec![0.0; n]);
        for &s in &self.states {
            for step in self.steps(s) {
                let gain = self.gain(tally, span, scope, after, &step)?;
                let side = if gain.mean < 0.0 { &mut losses } else { &mut gains };
                side[s as usize] += step.weight * gain.chance * gain.mean.abs();
            }
        }
        let mut mean = system.backward(&gains);
        if losses.iter().any(|x| *x > 0.0) {
            for (m, loss) in mean.iter_mut().zip(system.backward(&losses)) {
                *m -= loss;
            }
        }
        for &s in &self.states {
            let hope = hope(s);
            mean[s as usize] = if hope > 0.0 { mean[s as usize] / hope } else { 0.0 };
        }
        Some(mean)
    }

    fn spread(
        &self,
        tally: &Tally<'_, f64>,
        span: Span,
        scope: &Scope<f64>,
        after: Option<&ToGo>,
        mean: &[f64],
    ) -> Option<Vec<f64>> {
        let mut b = vec![0.0; mean.len()];
        for &s in &self.states {
            for step in self.steps(s) {
                let gain = self.gain(tally, span, scope, after, &step)?;
                if gain.chance == 0.0 {
                    continue;
                }
                let target = match scope.stopped.stopper.fate(&step) {
                    Fate::On(to) => mean[to as usize],
                    _ => 0.0,
                };
                let off = gain.mean + target - mean[s as usize];
                b[s as usize] += step.weight * gain.chance * (gain.variance? + off * off);
            }
        }
        let mut variance = scope.stopped.system.backward(&b);
        if let Some(chances) = &scope.chances {
            for (v, hope) in variance.iter_mut().zip(chances.iter()) {
                *v = if *hope > 0.0 { *v / hope } else { 0.0 };
            }
        }
        Some(variance)
    }
}

/// The moments of a mixture, whose parts have shares that need not add up to one.
fn mix(parts: &[Moments]) -> Moments {
    let share: f64 = parts.iter().map(|p| p.share).sum();
    if share == 0.0 {
        return Moments { variance: Some(0.0), ..Moments::default() };
    }
    let mean = parts.iter().map(|p| p.share * p.mean).sum::<f64>() / share;
    let variance: Option<f64> = parts.iter().map(|p| Some(p.share * (p.variance? + (p.mean - mean) * (p.mean - mean)))).sum();
    Moments { share, mean, variance: variance.map(|v| v / share) }
}

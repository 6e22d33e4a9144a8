//! A class too large to be eliminated: its solution between two bounds that close in on it.
//!
//! With `L = (I + P) / 2`, the solution of `x = b + P x` is the sum of `L^k b / 2`. Let `z` be one of its terms. If the next one
//! lies between `g z` and `G z` in every state, all further terms lie between the powers, since nothing here is negative, and
//! what is still to be added between `z · g / (1 − g)` and `z · G / (1 − G)` (L. Collatz, *Einschließungssatz für die
//! charakteristischen Zahlen von Matrizen*, Math. Z. 48, 1942, used on the tail of the Neumann series). A term keeps its shape
//! once the chain has mixed, and the bounds meet; `L` instead of `P` leaves no period that would keep them apart. Rounding is
//! counted: every sum has terms of one sign, so that a step adds at most so many units of the last digit.
//!
//! Nothing here stops because a step was small: it stops because the bounds are narrow, or says how wide they are.

use super::scalar::Scalar;
use crate::limits::MOST_ITERATED;

/// A class with its moves.
#[derive(Debug)]
pub(super) struct Iteration<S> {
    /// Its states.
    pub(super) states: Vec<u32>,
    /// Where the moves of a state start; one entry more than there are states.
    first: Vec<u32>,
    /// Where they lead, by place in `states`.
    to: Vec<u32>,
    weight: Vec<S>,
    /// The most moves of one state, or into one state.
    degree: usize,
    /// How many products one solution may take.
    products: u64,
}

/// Bounds closer than this, relative to the value, are close enough.
const NARROW: f64 = 1e-13;

/// Between two looks at the bounds.
const STEPS: usize = 8;

impl<S: Scalar> Iteration<S> {
    /// The class of `states`, with the moves between them by their places in that list, in the order of the states.
    pub(super) fn new(states: &[u32], moves: impl Iterator<Item = (u32, u32, S)>) -> Self {
        let (mut first, mut to, mut weight) = (vec![0], Vec::new(), Vec::new());
        let mut into = vec![0_usize; states.len()];
        for (from, target, w) in moves {
            while first.len() <= from as usize {
                first.push(to.len() as u32);
            }
            into[target as usize] += 1;
            to.push(target);
            weight.push(w);
        }
        first.resize(states.len() + 1, to.len() as u32);
        let out = first.windows(2).map(|pair| (pair[1] - pair[0]) as usize);
        let degree = out.chain(into).max().unwrap_or(0);
        Self { states: states.to_vec(), first, to, weight, degree, products: MOST_ITERATED }
    }

    fn of(&self, state: usize) -> impl Iterator<Item = (usize, &S)> {
        let range = self.first[state] as usize..self.first[state + 1] as usize;
        self.to[range.clone()].iter().map(|to| *to as usize).zip(&self.weight[range])
    }

    /// Solves `x = b + P x` in place, `b` in the order of [`Self::states`]; gives half the width of the bounds, relative to the
    /// solution, at its widest.
    pub(super) fn backward(&self, b: &mut [S]) -> f64 {
        self.sum(b, |z, next| {
            for (s, next) in next.iter_mut().enumerate() {
                for (to, weight) in self.of(s) {
                    next.add_product(weight, &z[to]);
                }
            }
        })
    }

    /// Solves `y = a + y P` in place, as [`Self::backward`].
    pub(super) fn forward(&self, a: &mut [S]) -> f64 {
        self.sum(a, |z, next| {
            for (s, visits) in z.iter().enumerate() {
                for (to, weight) in self.of(s) {
                    next[to].add_product(weight, visits);
                }
            }
        })
    }

    /// The sum of all terms that start with half of `b`, each from the one before by `step` with halves kept in place.
    fn sum(&self, b: &mut [S], step: impl Fn(&[S], &mut [S])) -> f64 {
        if b.iter().all(Scalar::is_zero) {
            return 0.0;
        }
        let half = S::one().over(&two());
        let mut term: Vec<S> = b.iter().map(|value| value.times(&half)).collect();
        let mut sum = term.clone();
        let mut next = term.clone();
        let most = (self.products / (self.to.len() + self.states.len()) as u64).max(1) as usize;
        for k in 1..=most {
            step(&term, &mut next);
            next.iter_mut().for_each(|value| *value = value.times(&half));
            // A state keeps half of what it has: `next` starts as the term itself.
            if k % STEPS == 0 || k == most {
                let rounding = (k + 3) as f64 * (self.degree + 4) as f64 * f64::EPSILON;
                if let Some(tail) = Tail::between(&term, &next, rounding) {
                    let width = tail.width(&sum, &term) + rounding;
                    if width <= NARROW.max(2.0 * rounding) || k == most {
                        tail.add(&mut sum, &term);
                        b.clone_from_slice(&sum);
                        return width;
                    }
                }
            }
            for (sum, value) in sum.iter_mut().zip(&next) {
                sum.add(value);
            }
            term.clone_from_slice(&next);
        }
        b.clone_from_slice(&sum);
        f64::INFINITY
    }
}

fn two<S: Scalar>() -> S {
    let mut two = S::one();
    two.add(&S::one());
    two
}

/// What is still to be added, as multiples of a term.
struct Tail<S> {
    low: S,
    high: S,
}

impl<S: Scalar> Tail<S> {
    /// From a term and the next one; nothing as long as no bound is known.
    fn between(term: &[S], next: &[S], rounding: f64) -> Option<Self> {
        let (mut low, mut high): (Option<S>, Option<S>) = (None, None);
        for (z, next) in term.iter().zip(next) {
            if z.is_zero() {
                // Nothing yet, something next: no multiple bounds it.
                if !next.is_zero() {
                    return None;
                }
                continue;
            }
            let ratio = next.over(z);
            if low.as_ref().is_none_or(|low| ratio < *low) {
                low = Some(ratio.clone());
            }
            if high.as_ref().is_none_or(|high| ratio > *high) {
                high = Some(ratio);
            }
        }
        let wide = |ratio: S, by: f64| S::float(1.0 + by).map_or(ratio.clone(), |factor| ratio.times(&factor));
        let high = wide(high?, rounding.min(1e-3));
        let low = wide(low?, -rounding.min(1e-3));
        let rest = |ratio: &S| ratio.over(&S::one().less(ratio));
        (high < S::one()).then(|| Self { low: rest(&low), high: rest(&high) })
    }

    /// Half the width of what it leaves open, relative to the whole, at its widest.
    fn width(&self, sum: &[S], term: &[S]) -> f64 {
        let mut open = self.high.less(&self.low);
        open = open.over(&two());
        let relative = sum.iter().zip(term).filter(|(_, z)| !z.is_zero()).map(|(sum, z)| {
            let mut low = sum.clone();
            low.add_product(z, &self.low);
            let mut high = low.clone();
            high.add_product(z, &open);
            S::gap(&high, &low)
        });
        relative.fold(0.0, f64::max)
    }

    /// Adds the middle of it.
    fn add(&self, sum: &mut [S], term: &[S]) {
        let mut middle = self.low.clone();
        middle.add(&self.high);
        middle = middle.over(&two());
        for (sum, z) in sum.iter_mut().zip(term) {
            sum.add_product(z, &middle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Iteration;
    use crate::solve::elimination::Elimination;
    use crate::solve::rows::Rows;

    /// A class of `n` states, each leading to three others, with a way out of `out` from each.
    fn moves(n: u32, out: f64) -> Vec<(u32, u32, f64)> {
        (0..n)
            .flat_map(|s| {
                let ways = [((s * 7 + 1) % n, 0.5), ((s * s + 3) % n, 0.3), ((s + n - 1) % n, 0.2)];
                ways.map(|(to, p)| (s, to, p * (1.0 - out)))
            })
            .collect()
    }

    #[test]
    fn the_bounds_hold_what_elimination_finds() {
        for (n, out) in [(211, 0.1), (211, 1e-3), (997, 0.02)] {
            let moves = moves(n, out);
            let states: Vec<u32> = (0..n).collect();
            let eliminated =
                Elimination::new(&states, Rows::new(n as usize, vec![out; n as usize], moves.iter().copied())).unwrap();
            let iterated = Iteration::new(&states, moves.into_iter());
            for forward in [false, true] {
                let b = |s: u32| if s.is_multiple_of(5) { f64::from(s % 3) } else { 0.0 };
                let mut exact: Vec<f64> = eliminated.states.iter().map(|&s| b(s)).collect();
                let mut bounded: Vec<f64> = states.iter().map(|&s| b(s)).collect();
                let width = if forward {
                    eliminated.forward(&mut exact);
                    iterated.forward(&mut bounded)
                } else {
                    eliminated.backward(&mut exact);
                    iterated.backward(&mut bounded)
                };
                assert!(width <= 1e-10, "{n} {out}: {width}");
                for (s, exact) in eliminated.states.iter().zip(exact) {
                    let gap = (bounded[*s as usize] - exact).abs();
                    assert!(gap <= (width + 1e-14) * exact, "{n} {out} {s}: {gap} {width}");
                }
            }
        }
    }

    /// Two states that change places: a period of two, which halves kept in place do away with. From either, 0.5 leaves at each
    /// move: 2 visits in all, 4/3 of them where one starts.
    #[test]
    fn a_period_does_not_keep_the_bounds_apart() {
        let iterated = Iteration::new(&[0, 1], [(0, 1, 0.5), (1, 0, 0.5)].into_iter());
        let mut visits = [1.0, 0.0];
        let width = iterated.forward(&mut visits);
        assert!(width < 1e-13 && (visits[0] - 4.0 / 3.0).abs() < 1e-13 && (visits[1] - 2.0 / 3.0).abs() < 1e-13, "{visits:?}");
    }

    /// Where hardly anybody gets out, one float cannot tell the ratio of two terms from 1: the bounds stay wide, and say so.
    #[test]
    fn what_cannot_be_bounded_is_not_claimed() {
        let mut iterated = Iteration::new(&[0, 1], [(0, 1, 1.0 - 1e-15), (1, 0, 1.0)].into_iter());
        iterated.products = 10_000_000;
        let mut visits = [1.0, 0.0];
        assert!(iterated.forward(&mut visits) > 0.1);
    }
}

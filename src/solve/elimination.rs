//! A class, eliminated once and solved many times.

use super::rows::{Pivot, Rows};
use super::scalar::Scalar;

/// `I − P` of a class of states as `(I − L) D (I − U)`, with `L`, `U` and `D` free of negative numbers.
#[derive(Debug)]
pub(super) struct Elimination<S> {
    /// The states in the order in which they were taken out.
    pub(super) states: Vec<u32>,
    /// What left each as it was taken out.
    total: Vec<S>,
    /// Rows of `U`: places in that order and weights.
    upper: Jagged<S>,
    /// Columns of `L`.
    lower: Jagged<S>,
}

/// Lists of places and weights, end to end.
#[derive(Debug)]
struct Jagged<S> {
    first: Vec<u32>,
    entries: Vec<(u32, S)>,
}

impl<S> Jagged<S> {
    fn new(n: usize) -> Self {
        let mut first = Vec::with_capacity(n + 1);
        first.push(0);
        Self { first, entries: Vec::new() }
    }

    fn push(&mut self, list: Vec<(u32, S)>) {
        self.entries.extend(list);
        self.first.push(self.entries.len() as u32);
    }

    fn of(&self, at: usize) -> &[(u32, S)] {
        &self.entries[self.first[at] as usize..self.first[at + 1] as usize]
    }
}

impl<S: Scalar> Elimination<S> {
    /// Eliminates the class made of `states`; `rows` speaks of them by their place in that list.
    pub(super) fn new(states: &[u32], rows: Rows<S>) -> Self {
        let n = states.len();
        let mut order = Vec::with_capacity(n);
        let mut place = vec![0; n];
        let mut total = Vec::with_capacity(n);
        let (mut upper, mut lower) = (Jagged::new(n), Jagged::new(n));
        rows.eliminate_all(|pivot: Pivot<S>| {
            place[pivot.state as usize] = order.len() as u32;
            order.push(states[pivot.state as usize]);
            total.push(pivot.total);
            upper.push(pivot.row);
            lower.push(pivot.column);
        });
        for (state, _) in upper.entries.iter_mut().chain(&mut lower.entries) {
            *state = place[*state as usize];
        }
        Self { states: order, total, upper, lower }
    }

    /// Multiplications that it took.
    pub(super) fn work(&self) -> f64 {
        (0..self.states.len()).map(|k| self.upper.of(k).len() as f64 * self.lower.of(k).len() as f64).sum()
    }

    /// Solves `x = b + P x` in place, `b` in the order of [`Self::states`].
    pub(super) fn backward(&self, b: &mut [S]) {
        for k in 0..b.len() {
            let (done, rest) = b.split_at_mut(k + 1);
            if !done[k].is_zero() {
                for (i, weight) in self.lower.of(k) {
                    rest[*i as usize - k - 1].add_product(weight, &done[k]);
                }
            }
        }
        for k in (0..b.len()).rev() {
            let mut x = b[k].over(&self.total[k]);
            for (j, weight) in self.upper.of(k) {
                x.add_product(weight, &b[*j as usize]);
            }
            b[k] = x;
        }
    }

    /// Solves `y = a + y P` in place: expected visits of those who start as `a`.
    pub(super) fn forward(&self, a: &mut [S]) {
        for k in 0..a.len() {
            let (done, rest) = a.split_at_mut(k + 1);
            if !done[k].is_zero() {
                for (j, weight) in self.upper.of(k) {
                    rest[*j as usize - k - 1].add_product(weight, &done[k]);
                }
            }
        }
        for k in (0..a.len()).rev() {
            let mut y = a[k].over(&self.total[k]);
            for (i, weight) in self.lower.of(k) {
                y.add_product(weight, &a[*i as usize]);
            }
            a[k] = y;
        }
    }
}

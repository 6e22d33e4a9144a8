//! A class, eliminated once and solved many times.

use super::rows::{Pivot, Rows, eliminate_full};
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

    fn push(&mut self, list: impl IntoIterator<Item = (u32, S)>) {
        self.entries.extend(list);
        self.first.push(self.entries.len() as u32);
    }

    fn of(&self, at: usize) -> &[(u32, S)] {
        &self.entries[self.first[at] as usize..self.first[at + 1] as usize]
    }
}

impl<S: Scalar> Elimination<S> {
    /// Eliminates the class made of `states`; `rows` speaks of them by their place in that list. `None` if that takes more than
    /// [`MOST_ELIMINATED`](crate::limits::MOST_ELIMINATED).
    pub(super) fn new(states: &[u32], rows: Rows<S>) -> Option<Self> {
        let n = states.len();
        let mut order = Vec::with_capacity(n);
        let mut place = vec![0; n];
        let mut total = Vec::with_capacity(n);
        let (mut upper, mut lower) = (Jagged::new(n), Jagged::new(n));
        let done = rows.eliminate_all(|pivot: Pivot<S>| {
            place[pivot.state as usize] = order.len() as u32;
            order.push(states[pivot.state as usize]);
            total.push(pivot.total);
            upper.push(pivot.row);
            lower.push(pivot.column);
        });
        if !done {
            return None;
        }
        for (state, _) in upper.entries.iter_mut().chain(&mut lower.entries) {
            *state = place[*state as usize];
        }
        Some(Self { states: order, total, upper, lower })
    }

    /// Eliminates a small class in the order of its states, from a full matrix of weights.
    pub(super) fn full(states: &[u32], mut weights: Vec<S>, mut out: Vec<S>) -> Self {
        let n = states.len();
        let mut total = Vec::with_capacity(n);
        let (mut upper, mut lower) = (Jagged::new(n), Jagged::new(n));
        eliminate_full(&mut weights, &mut out, |k, sum, row, column| {
            total.push(sum);
            upper.push((k as u32 + 1..).zip(row).filter(|(_, w)| !w.is_zero()).map(|(j, w)| (j, w.clone())));
            lower.push(column.drain(..));
        });
        Self { states: states.to_vec(), total, upper, lower }
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

#[cfg(test)]
mod tests {
    use super::Elimination;
    use crate::solve::rows::Rows;

    #[test]
    fn both_orders_of_elimination_give_the_same_digits() {
        // 90 states in a ring with chords, getting out with 1e-9 from one of them only.
        let n = 90_usize;
        let entries: Vec<(u32, u32, f64)> = (0..n)
            .flat_map(|s| [(s, (s + 1) % n, 0.5), (s, (s * s + 3) % n, 0.3), (s, (s + n - 7) % n, 0.2)])
            .map(|(s, t, p)| (s as u32, t as u32, if s == 0 { p * (1.0 - 1e-9) } else { p }))
            .collect();
        let out: Vec<f64> = (0..n).map(|s| if s == 0 { 1e-9 } else { 0.0 }).collect();
        let mut full = vec![0.0; n * n];
        for (s, t, p) in &entries {
            full[*s as usize * n + *t as usize] += if s == t { 0.0 } else { *p };
        }
        let states: Vec<u32> = (0..n as u32).collect();
        let by_degree = Elimination::new(&states, Rows::new(n, out.clone(), entries.into_iter())).unwrap();
        let in_order = Elimination::full(&states, full, out);
        assert_ne!(by_degree.states, in_order.states);
        let solve = |elimination: &Elimination<f64>, forward: bool| {
            let mut local: Vec<f64> = elimination.states.iter().map(|&s| f64::from(s % 3)).collect();
            if forward {
                elimination.forward(&mut local);
            } else {
                elimination.backward(&mut local);
            }
            let mut x = vec![0.0; n];
            for (s, value) in elimination.states.iter().zip(local) {
                x[*s as usize] = value;
            }
            x
        };
        for forward in [false, true] {
            for (a, b) in solve(&by_degree, forward).into_iter().zip(solve(&in_order, forward)) {
                assert!((a - b).abs() <= 1e-13 * b, "{a} {b}");
            }
        }
        // All get out by state 0, so it is visited 1e9 times.
        let total: f64 = (0..n).map(|s| (s % 3) as f64).sum();
        assert!((solve(&in_order, true)[0] - total * 1e9).abs() <= 1e-12 * total * 1e9);
    }
}

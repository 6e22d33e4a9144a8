//! State elimination without subtraction.
//!
//! W. K. Grassmann, M. I. Taksar and D. P. Heyman, *Regenerative analysis and steady state distributions for Markov chains*,
//! Oper. Res. 33 (1985). A state is taken out of the chain by sending those who would have come to it where it would have sent
//! them. What it keeps (`1 − p_ii`) is found as the sum of what leaves it, so that nothing is ever subtracted and every result is
//! right in all but its last digits, relative to itself, however small the chances of getting out
//! (C. A. O'Cinneide, *Entrywise perturbation theory and error analysis for Markov chains*, Numer. Math. 65, 1993).

use super::scalar::Scalar;
use crate::limits::MOST_ELIMINATED;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A chain from which states are taken one by one. Probability on the diagonal is never kept: it is what remains.
#[derive(Clone, Debug)]
pub(super) struct Rows<S> {
    /// By state: where it leads among the states left, and with what weight.
    rows: Vec<Vec<(u32, S)>>,
    /// By state: which states lead to it, some already taken out perhaps.
    columns: Vec<Vec<u32>>,
    /// By state: how many states left lead to it.
    incoming: Vec<u32>,
    /// By state: weight that leaves the states altogether.
    out: Vec<S>,
    gone: Vec<bool>,
    left: usize,
    /// Entries in all rows left.
    entries: usize,
    /// Where the row at hand has a column, plus one; all 0 between uses.
    place: Vec<u32>,
}

/// How a state was taken out.
#[derive(Clone, Debug)]
pub(super) struct Pivot<S> {
    /// Which.
    pub(super) state: u32,
    /// All that left it: `1 − p_ii`.
    pub(super) total: S,
    /// Where it led, as shares of `total`.
    pub(super) row: Vec<(u32, S)>,
    /// Who led to it, as multiples of `1 / total`: the expected visits to it that a visit there brings at once.
    pub(super) column: Vec<(u32, S)>,
}

/// When the rows left are as full as this (entries over squared states), they are finished as a full matrix.
const FULL: f64 = 0.3;

impl<S: Scalar> Rows<S> {
    /// Rows with the weight that leaves them, given row by row; parallel entries are added up, the diagonal is dropped.
    pub(super) fn new(n: usize, out: Vec<S>, entries: impl Iterator<Item = (u32, u32, S)>) -> Self {
        // Lists grow as states are taken out: room for twice what they hold on average spares most moves.
        let room = 2 * entries.size_hint().0 / n.max(1) + 2;
        let mut rows = Self {
            rows: (0..n).map(|_| Vec::with_capacity(room)).collect(),
            columns: (0..n).map(|_| Vec::with_capacity(room)).collect(),
            incoming: vec![0; n],
            out,
            gone: vec![false; n],
            left: n,
            entries: 0,
            place: vec![0; n],
        };
        for (from, to, weight) in entries {
            if from == to || weight.is_zero() {
                continue;
            }
            let at = rows.place[to as usize] as usize;
            match rows.rows[from as usize].get_mut(at.wrapping_sub(1)) {
                Some((j, w)) if *j == to => w.add(&weight),
                _ => {
                    rows.insert(from, to, weight);
                    rows.place[to as usize] = rows.rows[from as usize].len() as u32;
                }
            }
        }
        rows.place.fill(0);
        rows
    }

    fn insert(&mut self, from: u32, to: u32, weight: S) {
        self.rows[from as usize].push((to, weight));
        self.columns[to as usize].push(from);
        self.incoming[to as usize] += 1;
        self.entries += 1;
    }

    /// Work that taking a state out makes: Markowitz' count.
    fn effort(&self, state: u32) -> u64 {
        self.rows[state as usize].len() as u64 * u64::from(self.incoming[state as usize])
    }

    /// Takes one state out.
    fn eliminate(&mut self, state: u32) -> Pivot<S> {
        let mut row = std::mem::take(&mut self.rows[state as usize]);
        let from = std::mem::take(&mut self.columns[state as usize]);
        self.gone[state as usize] = true;
        self.left -= 1;
        self.entries -= row.len();
        let mut total = self.out[state as usize].clone();
        for (_, weight) in &row {
            total.add(weight);
        }
        let out = self.out[state as usize].over(&total);
        for (to, weight) in &mut row {
            *weight = weight.over(&total);
            self.incoming[*to as usize] -= 1;
        }
        let mut column = Vec::with_capacity(self.incoming[state as usize] as usize);
        for i in from {
            if self.gone[i as usize] {
                continue;
            }
            let weight = self.bridge(i, state, &row);
            self.out[i as usize].add_product(&weight, &out);
            column.push((i, weight.over(&total)));
        }
        Pivot { state, total, row, column }
    }

    /// Sends what `i` sent to `state` on along `row`; returns that weight.
    fn bridge(&mut self, i: u32, state: u32, row: &[(u32, S)]) -> S {
        let mut target = std::mem::take(&mut self.rows[i as usize]);
        let mut weight = S::zero();
        for at in (0..target.len()).rev() {
            if target[at].0 == state {
                weight = target.swap_remove(at).1;
                self.entries -= 1;
                break;
            }
        }
        for (at, (j, _)) in (1..).zip(&target) {
            self.place[*j as usize] = at;
        }
        let known = target.len();
        for (j, share) in row {
            if *j == i {
                continue;
            }
            match self.place[*j as usize] {
                0 => {
                    target.push((*j, weight.times(share)));
                    self.columns[*j as usize].push(i);
                    self.incoming[*j as usize] += 1;
                    self.entries += 1;
                }
                at => target[at as usize - 1].1.add_product(&weight, share),
            }
        }
        for (j, _) in &target[..known] {
            self.place[*j as usize] = 0;
        }
        self.rows[i as usize] = target;
        weight
    }

    /// Takes the states of `members` out, those with the least work first.
    pub(super) fn eliminate_some(&mut self, members: &[u32], taken: impl FnMut(Pivot<S>)) {
        self.eliminate_within(members, u64::MAX, taken);
    }

    /// The same with at most so many products; false, with states left, if that is not enough.
    fn eliminate_within(&mut self, members: &[u32], products: u64, mut taken: impl FnMut(Pivot<S>)) -> bool {
        let mut wanted = vec![false; self.rows.len()];
        let mut heap: BinaryHeap<Reverse<(u64, u32)>> = members.iter().map(|&s| Reverse((self.effort(s), s))).collect();
        for &s in members {
            wanted[s as usize] = true;
        }
        let mut left = members.len();
        let mut spent = 0;
        while let Some(Reverse((effort, state))) = heap.pop() {
            if self.gone[state as usize] || effort != self.effort(state) {
                continue;
            }
            spent += effort;
            if spent > products {
                return false;
            }
            let pivot = self.eliminate(state);
            for &(s, _) in pivot.row.iter().chain(&pivot.column) {
                if wanted[s as usize] {
                    heap.push(Reverse((self.effort(s), s)));
                }
            }
            taken(pivot);
            left -= 1;
            if left == self.left && self.entries as f64 >= FULL * (left * left) as f64 {
                if spent.saturating_add(full_effort(left)) > products {
                    return false;
                }
                self.eliminate_rest(&mut taken);
                return true;
            }
        }
        true
    }

    /// Takes all states out; false, with states left, if that takes more than [`MOST_ELIMINATED`].
    pub(super) fn eliminate_all(mut self, mut taken: impl FnMut(Pivot<S>)) -> bool {
        if self.entries as f64 >= FULL * (self.left * self.left) as f64 {
            let fits = full_effort(self.left) <= MOST_ELIMINATED;
            if fits {
                self.eliminate_rest(&mut taken);
            }
            return fits;
        }
        let members: Vec<u32> = (0..self.rows.len() as u32).collect();
        self.eliminate_within(&members, MOST_ELIMINATED, taken)
    }

    /// Takes the states left out, as a full matrix.
    fn eliminate_rest(&mut self, taken: &mut impl FnMut(Pivot<S>)) {
        let states: Vec<u32> = (0..self.rows.len() as u32).filter(|&s| !self.gone[s as usize]).collect();
        let n = states.len();
        for (at, s) in (0..).zip(&states) {
            self.place[*s as usize] = at;
        }
        let mut full = vec![S::zero(); n * n];
        for (i, s) in states.iter().enumerate() {
            for (j, weight) in std::mem::take(&mut self.rows[*s as usize]) {
                full[i * n + self.place[j as usize] as usize] = weight;
            }
        }
        let mut out: Vec<S> = states.iter().map(|&s| self.out[s as usize].clone()).collect();
        eliminate_full(&mut full, &mut out, |k, total, row, column| {
            let name = |at: usize| states[at];
            let row = (k + 1..).zip(row).filter(|(_, w)| !w.is_zero()).map(|(j, w)| (name(j), w.clone())).collect();
            let column = column.drain(..).map(|(i, w)| (name(i as usize), w)).collect();
            taken(Pivot { state: name(k), total, row, column });
        });
        for s in &states {
            self.place[*s as usize] = 0;
            self.gone[*s as usize] = true;
        }
        self.left = 0;
        self.entries = 0;
    }

    /// Where a state leads among the states left, and with what weight.
    pub(super) fn row(&self, state: u32) -> &[(u32, S)] {
        &self.rows[state as usize]
    }

    /// The weight with which a state leaves the states altogether.
    pub(super) fn leaving(&self, state: u32) -> &S {
        &self.out[state as usize]
    }

    /// The states left, renumbered in their order.
    pub(super) fn compact(mut self, kept: &[u32]) -> Self {
        for (at, s) in (0..).zip(kept) {
            self.place[*s as usize] = at;
        }
        let mut out = Vec::with_capacity(kept.len());
        let mut entries = Vec::new();
        for (at, s) in (0..).zip(kept) {
            out.push(self.out[*s as usize].clone());
            entries.push((at, std::mem::take(&mut self.rows[*s as usize])));
        }
        let mut rows = Self::new(kept.len(), out, std::iter::empty());
        for (from, row) in entries {
            for (to, weight) in row {
                rows.insert(from, self.place[to as usize], weight);
            }
        }
        rows
    }
}

/// Work that a full matrix of `n` states makes: its products, of which ten take the time of one on lists.
fn full_effort(n: usize) -> u64 {
    (n as u64).pow(3) / 30
}

/// Takes all states out of a full matrix of weights (rows end to end, what stands on the diagonal is ignored), from the first to
/// the last. Tells of each: its place, all that left it, its row behind the diagonal as shares of that, and its column below.
pub(super) fn eliminate_full<S: Scalar>(
    full: &mut [S],
    out: &mut [S],
    mut taken: impl FnMut(usize, S, &[S], &mut Vec<(u32, S)>),
) {
    let n = out.len();
    let mut column = Vec::with_capacity(n);
    for k in 0..n {
        let (above, below) = full.split_at_mut((k + 1) * n);
        let row = &mut above[k * n + k + 1..];
        let mut total = out[k].clone();
        for weight in row.iter() {
            total.add(weight);
        }
        for weight in row.iter_mut() {
            *weight = weight.over(&total);
        }
        let gone = out[k].over(&total);
        for (i, target) in (k + 1..).zip(below.chunks_exact_mut(n)) {
            let weight = target[k].clone();
            if weight.is_zero() {
                continue;
            }
            for (w, share) in target[k + 1..].iter_mut().zip(row.iter()) {
                w.add_product(&weight, share);
            }
            target[i] = S::zero();
            out[i].add_product(&weight, &gone);
            column.push((i as u32, weight.over(&total)));
        }
        taken(k, total, row, &mut column);
        column.clear();
    }
}

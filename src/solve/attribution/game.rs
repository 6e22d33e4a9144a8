//! All coalitions of a game of channels.
//!
//! Player by player, a channel is either in, and its places are eliminated, or out, and those who come to it are lost: with all
//! players decided, what is left is the value of one coalition. The coalitions that agree on the first players share the work on
//! them.

use super::net::{Net, Traffic};
use super::road::Road;
use super::shapley::Shapley;

/// Up to so many places, a full matrix is quicker than lists.
const SMALL: usize = 96;
/// With fewer players still undecided, coalitions are not worth a thread of their own.
const ALONE: usize = 4;

/// The values of `players` players, `of` telling whose a place is.
pub(super) fn solve(road: &Road, net: Net, players: usize, of: &(impl Fn(u32) -> Option<usize> + Sync)) -> Shapley {
    let mut values = vec![0.0; 1 << players];
    decide(road, net, 0, &mut values, of);
    Shapley { values: shares(&values, players), coalitions: values.len() as u64, ..Shapley::default() }
}

/// Fills the values of all coalitions of the players from `next` on; those without the first of them come first.
fn decide(road: &Road, net: Net, next: usize, values: &mut [f64], of: &(impl Fn(u32) -> Option<usize> + Sync)) {
    if values.len() == 1 {
        values[0] = net.value(road);
        return;
    }
    if net.places.len() <= SMALL {
        return Small::new(road, &net, of).decide(next, values);
    }
    let (without, with) = values.split_at_mut(values.len() / 2);
    let closed = net.without(|place| of(place) == Some(next), Traffic::Lost);
    let out = || decide(road, closed, next + 1, without, of);
    let eliminated = || decide(road, net.keep(|place| of(place) != Some(next)), next + 1, with, of);
    rayon::join(out, eliminated);
}

/// A full matrix of places, in the order of players, and last the ways in.
struct Small {
    n: usize,
    /// From each place to each, rows end to end; what stands on the diagonal is ignored.
    weights: Vec<f64>,
    /// By place: what leaves.
    out: Vec<f64>,
    /// By place: what reaches the goal.
    gain: Vec<f64>,
    /// By place: its player, the number of players for a way in.
    player: Vec<usize>,
    /// By way in: share of all who arrive.
    share: Vec<f64>,
}

impl Small {
    fn new(road: &Road, net: &Net, of: &impl Fn(u32) -> Option<usize>) -> Self {
        let mut order: Vec<u32> = (0..net.places.len() as u32).collect();
        let player = |at: &u32| of(net.places[*at as usize]).unwrap_or(usize::MAX);
        order.sort_by_key(player);
        let (weights, out) = net.full(&order);
        let ways = order.iter().map(|at| net.places[*at as usize]).filter(|&place| road.is_way_in(place));
        Self {
            n: order.len(),
            weights,
            out,
            gain: order.iter().map(|at| net.gain[*at as usize]).collect(),
            player: order.iter().map(player).collect(),
            share: ways.map(|place| road.share[place as usize - road.visits()]).collect(),
        }
    }

    fn decide(mut self, next: usize, values: &mut [f64]) {
        if values.len() == 1 {
            values[0] = self.gain.iter().zip(&self.share).map(|(gain, share)| gain * share).sum();
            return;
        }
        let members = self.player.iter().take_while(|p| **p == next).count();
        let closed = self.close(members);
        self.eliminate(members);
        let (without, with) = values.split_at_mut(values.len() / 2);
        let wide = with.len() >= 1 << ALONE;
        let out = || closed.decide(next + 1, without);
        let eliminated = || self.decide(next + 1, with);
        if wide {
            rayon::join(out, eliminated);
        } else {
            out();
            eliminated();
        }
    }

    /// The matrix without its first places; those who come to them are lost.
    fn close(&self, members: usize) -> Self {
        let out = (members..self.n).map(|i| self.out[i] + self.weights[i * self.n..i * self.n + members].iter().sum::<f64>());
        Self { out: out.collect(), ..self.rest(members) }
    }

    /// Takes the first places out; nothing is subtracted (see `solve::rows`).
    fn eliminate(&mut self, members: usize) {
        let n = self.n;
        for k in 0..members {
            let (above, below) = self.weights.split_at_mut((k + 1) * n);
            let row = &mut above[k * n + k + 1..];
            let total = self.out[k] + row.iter().sum::<f64>();
            row.iter_mut().for_each(|weight| *weight /= total);
            let (out, gain) = (self.out[k] / total, self.gain[k] / total);
            for (i, target) in (k + 1..).zip(below.chunks_exact_mut(n)) {
                let weight = target[k];
                if weight == 0.0 {
                    continue;
                }
                for (to, share) in target[k + 1..].iter_mut().zip(row.iter()) {
                    *to += weight * share;
                }
                target[i] = 0.0;
                self.out[i] += weight * out;
                self.gain[i] += weight * gain;
            }
        }
        *self = self.rest(members);
    }

    fn rest(&self, from: usize) -> Self {
        let n = self.n;
        Self {
            n: n - from,
            weights: (from..n).flat_map(|i| &self.weights[i * n + from..(i + 1) * n]).copied().collect(),
            out: self.out[from..].to_vec(),
            gain: self.gain[from..].to_vec(),
            player: self.player[from..].to_vec(),
            share: self.share.clone(),
        }
    }
}

/// The Shapley values of a game: `Σ |S|! (n − |S| − 1)! / n! × (v(S ∪ i) − v(S))` over the coalitions `S` without `i`. The first
/// player is the highest bit of a coalition's place.
fn shares(values: &[f64], players: usize) -> Vec<f64> {
    // |S|! (n − |S| − 1)! / n! = 1 / (n × C(n − 1, |S|))
    let mut weight = vec![1.0 / players as f64; players];
    for s in 1..players {
        weight[s] = weight[s - 1] * s as f64 / (players - s) as f64;
    }
    let value = |player: usize| {
        let bit = 1 << (players - 1 - player);
        let without = (0..values.len()).filter(|coalition| coalition & bit == 0);
        without.map(|s| weight[s.count_ones() as usize] * (values[s | bit] - values[s])).sum()
    };
    (0..players).map(value).collect()
}

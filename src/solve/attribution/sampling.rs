//! A game of too many players for all its coalitions: orders are drawn.
//!
//! J. Castro, D. Gómez, J. Tejada, *Polynomial calculation of the Shapley value based on sampling*, Comput. Oper. Res. 36 (2009).
//! Channels come in one after the other, and each is credited with what it adds; one elimination gives all that one order
//! adds. An order and its reverse make one observation, which is steadier than two.

use super::net::Net;
use super::road::Road;
use super::shapley::Shapley;
use rayon::prelude::*;

/// Places whose elimination is paid for: large journeys draw fewer orders.
const PLACES: u64 = 400_000;
/// Between so many orders and so many.
const ORDERS: (u64, u64) = (64, 1024);
/// Where luck starts.
const SEED: u64 = 1;
/// Of the normal distribution: 95 % lie within so many standard deviations.
const Z95: f64 = 1.959_963_984_540_054;

/// The values of `players` players, `of` telling whose a place is.
pub(super) fn sample(
    road: &Road,
    net: &Net,
    players: usize,
    of: &(impl Fn(u32) -> Option<usize> + Sync),
    persona: usize,
) -> Shapley {
    let orders = (PLACES / net.places.len() as u64).clamp(ORDERS.0, ORDERS.1);
    let one = |draw| {
        let mut order = shuffled(players, Luck::new(persona as u64, draw));
        let there = added(road, net, &order, of);
        order.reverse();
        let back = added(road, net, &order, of);
        there.into_iter().zip(back).map(|(a, b)| (a + b) / 2.0).collect::<Vec<f64>>()
    };
    let found: Vec<Vec<f64>> = (0..orders).into_par_iter().map(one).collect();
    let count = orders as f64;
    let mean = |p: usize| found.iter().map(|added| added[p]).sum::<f64>() / count;
    let values: Vec<f64> = (0..players).map(mean).collect();
    let half_width = |p: usize| {
        let squares: f64 = found.iter().map(|added| (added[p] - values[p]) * (added[p] - values[p])).sum();
        Z95 * (squares / (count - 1.0) / count).sqrt()
    };
    Shapley { half_widths: Some((0..players).map(half_width).collect()), values, coalitions: 0, orders }
}

/// What each player adds if they come in that order.
fn added(road: &Road, net: &Net, order: &[usize], of: &impl Fn(u32) -> Option<usize>) -> Vec<f64> {
    // What the ways in gain while those still out are there: who comes to one of these has not reached the goal.
    let gained = |net: &Net| -> f64 {
        let ways = net.places.iter().zip(&net.gain).filter(|(place, _)| road.is_way_in(**place));
        ways.map(|(place, gain)| road.share[*place as usize - road.visits()] * gain).sum()
    };
    let mut added = vec![0.0; order.len()];
    let mut net = net.clone();
    let mut before = gained(&net);
    for &player in order {
        net = net.keep(|place| of(place) != Some(player));
        let now = gained(&net);
        added[player] = now - before;
        before = now;
    }
    added
}

fn shuffled(players: usize, mut luck: Luck) -> Vec<usize> {
    let mut order: Vec<usize> = (0..players).collect();
    for last in (1..players).rev() {
        order.swap(last, luck.below(last as u64 + 1) as usize);
    }
    order
}

/// SplitMix64: G. L. Steele, D. Lea, C. H. Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.
struct Luck(u64);

impl Luck {
    /// The luck of one draw: a function of its address, whoever draws it.
    fn new(persona: u64, draw: u64) -> Self {
        let mut key = Self(SEED);
        for word in [persona, draw] {
            key = Self(key.next() ^ word);
        }
        Self(key.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// A number below `n`; the bias of at most n / 2⁶⁴ is not seen.
    fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }
}

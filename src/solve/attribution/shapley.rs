//! Shapley values of the channels.
//!
//! L. S. Shapley, *A value for n-person games* (1953), over `v(S)`: the conversions of those who meet no channel outside `S`
//! before. A value is the mean of what a channel adds to those that came before it, over all orders in which channels may come.
//! Customers of different personas never meet, so that the game is the sum of one game per persona, and values add up.

use super::Parts;
use super::game;
use super::net::Net;
use super::road::Road;
use super::sampling;
use rayon::prelude::*;

/// Up to so many channels met by one persona, all coalitions are solved.
pub const MOST_PLAYERS: usize = 16;

/// Shapley values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shapley {
    /// By channel: its value, in conversions per customer who arrives; they add up to all conversions but those that nothing
    /// preceded.
    pub values: Vec<f64>,
    /// By channel: half the width of its 95 % interval; `None` if exact.
    pub half_widths: Option<Vec<f64>>,
    /// How many coalitions were solved.
    pub coalitions: u64,
    /// How many orders were drawn, each with its reverse; 0 if none was.
    pub orders: u64,
}

/// The Shapley values of parts.
pub(super) fn shapley(road: &Road, parts: &Parts) -> Shapley {
    let personas = road.persona.iter().max().map_or(0, |p| p + 1);
    let one = |persona| of_persona(road, parts, persona);
    let games: Vec<Shapley> = (0..personas).into_par_iter().map(one).collect();
    let mut sum = Shapley { values: vec![0.0; parts.count], ..Shapley::default() };
    let mut variances = vec![0.0; parts.count];
    for game in games {
        for (sum, value) in sum.values.iter_mut().zip(&game.values) {
            *sum += value;
        }
        for (sum, half) in variances.iter_mut().zip(game.half_widths.iter().flatten()) {
            *sum += half * half;
        }
        sum.coalitions += game.coalitions;
        sum.orders = sum.orders.max(game.orders);
    }
    sum.half_widths = (sum.orders > 0).then(|| variances.into_iter().map(f64::sqrt).collect());
    sum
}

/// Those of one persona's conversions.
fn of_persona(road: &Road, parts: &Parts, persona: usize) -> Shapley {
    // Visits that lead nowhere are lost, whoever comes to them.
    let live = |place: u32| road.gain[place as usize] > 0.0 || !road.moves(place).is_empty();
    let mine = |place: &u32| road.persona[*place as usize] == persona && (road.is_way_in(*place) || live(*place));
    let net = Net::new(road, (0..road.places() as u32).filter(mine).collect());
    let mut sizes = vec![0_usize; parts.count];
    for &place in net.places.iter().filter(|&&place| !road.is_way_in(place)) {
        sizes[parts.of[road.touchpoint[place as usize]]] += 1;
    }
    // The largest first: what is left for the many coalitions of the last ones is small.
    let mut players: Vec<usize> = (0..parts.count).filter(|&p| sizes[p] > 0).collect();
    players.sort_by_key(|&p| (std::cmp::Reverse(sizes[p]), p));
    let mut player = vec![usize::MAX; parts.count];
    for (at, part) in players.iter().enumerate() {
        player[*part] = at;
    }
    let of = |place: u32| (!road.is_way_in(place)).then(|| player[parts.of[road.touchpoint[place as usize]]]);
    let exact = players.len() <= MOST_PLAYERS;
    let mut found = if exact {
        game::solve(road, net, players.len(), &of)
    } else {
        sampling::sample(road, &net, players.len(), &of, persona)
    };
    let spread = |of: &[f64]| {
        let mut all = vec![0.0; parts.count];
        for (part, value) in players.iter().zip(of) {
            all[*part] = *value;
        }
        all
    };
    found.values = spread(&found.values);
    found.half_widths = found.half_widths.map(|half| spread(&half));
    found
}

//! Places of a road from which some are taken: eliminated, closed or bypassed.

use super::road::Road;
use crate::solve::reverse::leading_to;
use crate::solve::rows::Rows;

/// Some places of a road, with what the places eliminated make of the ways between them.
#[derive(Clone)]
pub(super) struct Net {
    rows: Rows<f64>,
    /// The places left; rows speak of them by their place in this list.
    pub(super) places: Vec<u32>,
    /// By place left: weight that reaches the goal before any place left.
    pub(super) gain: Vec<f64>,
}

/// What becomes of those who would come to a place that is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Traffic {
    /// They do not reach the goal.
    Lost,
    /// They go the other ways, in their proportions; lost where there is none.
    Shared,
}

impl Net {
    /// Some places of a road. Those who go to others are lost.
    pub(super) fn new(road: &Road, places: Vec<u32>) -> Self {
        let mut local = vec![u32::MAX; road.places()];
        for (at, place) in (0..).zip(&places) {
            local[*place as usize] = at;
        }
        let mut out = Vec::with_capacity(places.len());
        let mut entries = Vec::new();
        for (at, &place) in (0..).zip(&places) {
            let mut leaving = road.gain[place as usize] + road.lost[place as usize];
            for (to, weight) in road.moves(place) {
                match local[*to as usize] {
                    u32::MAX => leaving += weight,
                    to => entries.push((at, to, *weight)),
                }
            }
            out.push(leaving);
        }
        let gain = places.iter().map(|&place| road.gain[place as usize]).collect();
        Self { rows: Rows::new(places.len(), out, entries.into_iter()), places, gain }
    }

    /// Eliminates the places for which `kept` does not hold: ways through them become ways past them.
    pub(super) fn keep(mut self, kept: impl Fn(u32) -> bool) -> Self {
        let (stay, go): (Vec<u32>, Vec<u32>) = (0..self.places.len() as u32).partition(|&at| kept(self.places[at as usize]));
        let Self { rows, gain, places } = &mut self;
        rows.eliminate_some(&go, |pivot| {
            let gained = gain[pivot.state as usize];
            for (i, weight) in &pivot.column {
                gain[*i as usize] += weight * gained;
            }
        });
        let gain = stay.iter().map(|&at| gain[at as usize]).collect();
        let places = stay.iter().map(|&at| places[at as usize]).collect();
        Self { rows: self.rows.compact(&stay), places, gain }
    }

    /// Closes the places for which `closed` holds.
    pub(super) fn without(&self, closed: impl Fn(u32) -> bool, traffic: Traffic) -> Self {
        let mut local = vec![u32::MAX; self.places.len()];
        let mut places = Vec::new();
        for (at, &place) in self.places.iter().enumerate().filter(|(_, place)| !closed(**place)) {
            local[at] = places.len() as u32;
            places.push(place);
        }
        let (mut out, mut gain, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        for (at, &from) in (0..).zip(&local).filter(|(_, from)| **from != u32::MAX) {
            let mut leaving = *self.rows.leaving(at);
            for (to, weight) in self.rows.row(at) {
                match local[*to as usize] {
                    u32::MAX if traffic == Traffic::Lost => leaving += weight,
                    u32::MAX => {}
                    to => entries.push((from, to, *weight)),
                }
            }
            out.push(leaving);
            gain.push(self.gain[at as usize]);
        }
        if traffic == Traffic::Shared {
            lose_the_trapped(&mut out, &mut entries);
        }
        Self { rows: Rows::new(places.len(), out, entries.into_iter()), places, gain }
    }

    /// Conversions per customer who arrives, with only ways in left.
    pub(super) fn value(&self, road: &Road) -> f64 {
        let one = |(at, &place): (u32, &u32)| {
            let out = *self.rows.leaving(at);
            if out > 0.0 { road.share[place as usize - road.visits()] * self.gain[at as usize] / out } else { 0.0 }
        };
        (0..).zip(&self.places).map(one).sum()
    }

    /// The weight from each place left to each, rows end to end, and what leaves them, with the places in some order.
    pub(super) fn full(&self, order: &[u32]) -> (Vec<f64>, Vec<f64>) {
        let n = order.len();
        let mut place = vec![0; n];
        for (at, old) in order.iter().enumerate() {
            place[*old as usize] = at;
        }
        let mut full = vec![0.0; n * n];
        for (at, old) in order.iter().enumerate() {
            for (to, weight) in self.rows.row(*old) {
                full[at * n + place[*to as usize]] += weight;
            }
        }
        (full, order.iter().map(|old| *self.rows.leaving(*old)).collect())
    }
}

/// Those who can only go round for ever, all other ways being closed, are lost.
fn lose_the_trapped(out: &mut [f64], entries: &mut Vec<(u32, u32, f64)>) {
    let mut leaves: Vec<bool> = out.iter().map(|out| *out > 0.0).collect();
    leading_to(&mut leaves, entries.iter().map(|(from, to, _)| (*from, *to)));
    entries.retain(|(from, ..)| leaves[*from as usize]);
    for (out, _) in out.iter_mut().zip(&leaves).filter(|(_, leaves)| !**leaves) {
        *out = 1.0;
    }
}

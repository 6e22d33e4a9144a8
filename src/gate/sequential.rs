//! Customers drawn until every promise is decided, or there are as many as one may draw.
//!
//! At doubling numbers of customers each open promise is looked at ([`look`]). The allowed error is spent in equal parts on all
//! looks that the most customers allow, so that stopping at the first that decides does not add up to more.

use super::{Case, How, Options, Tested};
use crate::measure::{Answered, Verdict, look};
use crate::simulate::{Drawing, Room};
use serde::Serialize;
use std::collections::BTreeMap;

/// Customers of the first look.
const FIRST: u64 = 16_384;
/// Customers drawn at most, unless said otherwise.
pub const MOST: u64 = 4_194_304;

/// When a test looks, and what each look may spend.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Looks {
    /// How many customers there are at each look.
    pub customers: Vec<u64>,
    /// The probability of error that each look may spend.
    pub level: f64,
}

impl Looks {
    /// Looks at doubling numbers up to `most` customers, with an error of at most `error` in all.
    #[must_use]
    pub fn new(most: u64, error: f64) -> Self {
        let doubling = std::iter::successors(Some(FIRST), |n| n.checked_mul(2)).take_while(|n| *n < most);
        let customers: Vec<u64> = doubling.chain([most]).collect();
        let level = error / customers.len() as f64;
        Self { customers, level }
    }
}

/// Decides the promises at the places `open`, each told as it is decided.
pub(super) fn decide(
    case: &Case<'_>,
    open: &[usize],
    options: &Options,
    progress: &(dyn Fn(u64) + Sync),
) -> Vec<(usize, Tested)> {
    let mut open: Vec<usize> = open.to_vec();
    let mut decided = Vec::new();
    let program = &case.journey.program;
    let models: Vec<_> = std::iter::once(&program.base).chain(program.scenarios.iter().map(|(_, m)| m)).collect();
    let chains = case.journey.chains.iter().zip(&case.plans).zip(models);
    let rooms: Vec<Room<'_>> = chains.map(|((chain, plan), model)| Room::new(model, chain, plan)).collect();
    let mut drawings: BTreeMap<usize, Drawing<'_>> = BTreeMap::new();
    let looks = Looks::new(options.customers, options.error);
    for (at, customers) in looks.customers.iter().enumerate() {
        if open.is_empty() {
            break;
        }
        let mut estimates = BTreeMap::new();
        for (c, room) in rooms.iter().enumerate().filter(|(c, _)| open.iter().any(|i| case.requests[*i].reads(*c))) {
            // The same luck in every scenario: what differs is what the scenario does.
            let drawing = drawings.entry(c).or_insert_with(|| room.draw(options.seed));
            estimates.insert(c, drawing.up_to(*customers, progress));
        }
        let answered: Vec<Answered<'_>> = case.answered(|c| estimates.get(&c).cloned());
        let last = at + 1 == looks.customers.len();
        open.retain(|i| {
            let verdict = look(&case.promises[*i].1, &case.requests[*i], &answered, looks.level, last);
            let is_open = verdict == Verdict::Undecided && !last;
            if !is_open {
                decided.push((*i, case.told(*i, &answered, Some(verdict), How::Simulated(*customers))));
            }
            is_open
        });
    }
    decided
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_double_and_share_the_error() {
        let looks = Looks::new(100_000, 0.01);
        assert_eq!(looks.customers, [16_384, 32_768, 65_536, 100_000]);
        assert_eq!(looks.level, 0.0025);
        assert_eq!(Looks::new(1_000, 0.05), Looks { customers: vec![1_000], level: 0.05 });
        assert_eq!(Looks::new(MOST, 0.01).customers.len(), 9);
    }
}

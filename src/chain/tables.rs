//! Tables in which each thing stands once, and is spoken of by its place.

use super::{Flow, Leave, Probability, Visit};
use crate::model::law::nearest;
use num_bigint::BigInt;
use num_rational::BigRational;
use std::collections::HashMap;

/// The tables of a chain while it is built.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) probabilities: Vec<Probability>,
    pub(super) flows: Vec<Flow>,
    pub(super) visits: Vec<Visit>,
    pub(super) leaves: Vec<Leave>,
    /// By numerator and denominator: hashing a fraction as a whole takes Euclid's algorithm.
    probability_ids: HashMap<(BigInt, BigInt), u32>,
    flow_ids: HashMap<Flow, u32>,
    visit_ids: HashMap<u32, Vec<u32>>,
    leave_ids: HashMap<u32, Vec<u32>>,
}

impl Tables {
    pub(super) fn probability(&mut self, exact: &BigRational) -> u32 {
        let next = self.probabilities.len() as u32;
        let id = *self.probability_ids.entry((exact.numer().clone(), exact.denom().clone())).or_insert(next);
        if id == next {
            self.probabilities.push(probability(exact.clone()));
        }
        id
    }

    pub(super) fn flow(&mut self, flow: Flow) -> u32 {
        *self.flow_ids.entry(flow).or_insert_with(|| {
            self.flows.push(flow);
            self.flows.len() as u32 - 1
        })
    }

    pub(super) fn visit(&mut self, visit: Visit) -> u32 {
        let known = self.visit_ids.entry(visit.touchpoint.0).or_default();
        place_of(&mut self.visits, known, visit)
    }

    pub(super) fn leave(&mut self, leave: Leave) -> u32 {
        let known = self.leave_ids.entry(leave.flow).or_default();
        place_of(&mut self.leaves, known, leave)
    }
}

/// The place of `item` among those `known` to be of its family; it is added if none equals it.
fn place_of<T: PartialEq>(table: &mut Vec<T>, known: &mut Vec<u32>, item: T) -> u32 {
    if let Some(id) = known.iter().find(|id| table[**id as usize] == item) {
        return *id;
    }
    let id = table.len() as u32;
    table.push(item);
    known.push(id);
    id
}

/// An exact probability with its nearest float.
pub(super) fn probability(exact: BigRational) -> Probability {
    let value = nearest(&exact);
    Probability { exact, value }
}

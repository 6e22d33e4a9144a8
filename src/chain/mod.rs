//! `Model` → `Chain`: the only definition of what can happen next.
//!
//! Comes in: a resolved model. Goes out: every reachable (persona, touchpoint, memory) state as flat arrays: its visit (what
//! happens on meeting), its branches with their probabilities, and what happens on leaving by each. Both engines read it;
//! nothing else decides what can happen. What must hold: rows sum to exactly one; states are numbered in breadth-first order
//! from the entries, personas in their order; a persona's states reach only states of the same persona; ids from
//! `states.len()` on are the ends.

mod build;
pub(crate) mod classes;
mod measured;
mod memory;
mod part;
mod proofs;
mod seen;
mod successors;
mod tables;
mod trouble;

pub use build::build;
pub use measured::check_measures;
pub use memory::{Carried, Slot};
pub use part::check_part;

use crate::model::{ArrivalId, EndId, GoalId, Law, PersonaId, Survey, Target, TouchpointId};
use num_rational::BigRational;

/// Every reachable state of a journey, and what can happen next in each.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The transient states.
    pub states: Vec<State>,
    /// Where the branches of a state start in `branches`; one entry more than there are states.
    pub first_branch: Vec<u32>,
    /// The open branches of all states with a probability above zero, state by state, in the order of the text.
    pub branches: Vec<Branch>,
    /// How customers come in; probabilities sum to one over all entries.
    pub entries: Vec<Entry>,
    /// What happens on meeting a touchpoint, each kind once.
    pub visits: Vec<Visit>,
    /// What happens on leaving one (or on arriving in the journey), each kind once.
    pub leaves: Vec<Leave>,
    /// The probabilities that occur, each once.
    pub probabilities: Vec<Probability>,
    /// From where to where customers pass, each pair once.
    pub flows: Vec<Flow>,
    /// Share of each persona among those who arrive; sums to one.
    pub personas: Vec<Probability>,
    /// How many ends there are; end `e` is row `states.len() + e`.
    pub ends: usize,
    /// What is carried in each memory; nothing in this crate decides by it.
    pub carried: Carried,
}

/// A transient state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Who.
    pub persona: PersonaId,
    /// Where.
    pub touchpoint: TouchpointId,
    /// What he carries once the visit has updated it, a place in [`Carried::memories`]: states of one persona and touchpoint
    /// differ by it or by `visit`.
    pub memory: u32,
    /// What happens on meeting: an index into [`Chain::visits`].
    pub visit: u32,
}

/// A branch of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// A state, or an end from `states.len()` on.
    pub to: u32,
    /// An index into [`Chain::probabilities`].
    pub probability: u32,
    /// An index into [`Chain::leaves`].
    pub leave: u32,
}

/// A way into the journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The arrival.
    pub arrival: ArrivalId,
    /// Who.
    pub persona: PersonaId,
    /// A state, or an end from `states.len()` on.
    pub to: u32,
    /// An index into [`Chain::probabilities`]: of all customers, those who come in by this entry.
    pub probability: u32,
    /// An index into [`Chain::leaves`]: what happens on arriving, budget included.
    pub leave: u32,
}

/// A probability, exact and as a float.
#[derive(Clone, Debug, PartialEq)]
pub struct Probability {
    /// Exact.
    pub exact: BigRational,
    /// Nearest float.
    pub value: f64,
}

/// What happens on meeting a touchpoint, in the order of the fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Where.
    pub touchpoint: TouchpointId,
    /// Goals reached.
    pub reaches: Vec<GoalId>,
    /// Money and feelings.
    pub rewards: Rewards,
    /// Customer effort, 1..7.
    pub effort: Option<Law>,
    /// Answers to surveys.
    pub surveys: Vec<(Survey, Law)>,
    /// Time spent, in seconds.
    pub takes: Law,
}

/// What happens on leaving a touchpoint by a branch, or on arriving in the journey, in the order of the fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Leave {
    /// An index into [`Chain::flows`].
    pub flow: u32,
    /// Goals reached.
    pub reaches: Vec<GoalId>,
    /// Money and feelings.
    pub rewards: Rewards,
    /// Time on the way, in seconds.
    pub after: Law,
}

/// Money and feelings.
#[derive(Clone, Debug, PartialEq)]
pub struct Rewards {
    /// Money spent: independent laws that add up.
    pub costs: Vec<Law>,
    /// Money earned, and which share of it is margin.
    pub earns: Option<(Law, BigRational)>,
    /// From −5 to +5.
    pub feel: Option<Law>,
}

/// From where to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flow {
    /// From.
    pub from: From,
    /// To.
    pub to: Target,
}

/// Where a passage starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum From {
    /// Outside.
    Arrival(ArrivalId),
    /// A touchpoint.
    Touchpoint(TouchpointId),
}

/// What a row of the chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A transient state.
    State(u32),
    /// An end.
    End(EndId),
}

impl Chain {
    /// The branches that are open in a state.
    #[must_use]
    pub fn branches_of(&self, state: u32) -> &[Branch] {
        &self.branches[self.first_branch[state as usize] as usize..self.first_branch[state as usize + 1] as usize]
    }

    /// What a row is.
    #[must_use]
    pub fn row(&self, row: u32) -> Row {
        match (row as usize).checked_sub(self.states.len()) {
            None => Row::State(row),
            Some(end) => Row::End(EndId::new(end)),
        }
    }

    /// The probability of a branch or an entry.
    #[must_use]
    pub fn probability(&self, id: u32) -> f64 {
        self.probabilities[id as usize].value
    }

    /// What happens on meeting the touchpoint of a state.
    #[must_use]
    pub fn visit(&self, state: u32) -> &Visit {
        &self.visits[self.states[state as usize].visit as usize]
    }

    /// What happens on leaving by a branch.
    #[must_use]
    pub fn leave(&self, id: u32) -> &Leave {
        &self.leaves[id as usize]
    }
}

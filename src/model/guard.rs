//! What a customer carries, how it changes, and conditions on it.

use super::{CellId, GoalId, Named, PerPersona, TouchpointId};
use crate::syntax::tree::Comparison;

/// A cell of memory.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its name.
    pub name: Named,
    /// What it can hold.
    pub kind: CellKind,
}

/// What a cell can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Set or not; starts clear.
    Flag,
    /// A number between two bounds, where it stays; starts low.
    Counter {
        /// The lower bound, where it starts.
        low: i32,
        /// The upper bound: reads "that or more".
        high: i32,
    },
}

/// A change of memory.
#[derive(Clone, Debug, PartialEq)]
pub enum Update {
    /// Sets or clears a flag.
    Flag(CellId, bool),
    /// Adds to a counter.
    Add(CellId, PerPersona<i32>),
}

impl Update {
    /// The cell that it changes.
    #[must_use]
    pub fn cell(&self) -> CellId {
        match self {
            Self::Flag(cell, _) | Self::Add(cell, _) => *cell,
        }
    }
}

/// A condition on what the customer carries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Guard {
    /// The flag is set.
    Flag(CellId),
    /// The counter compares so.
    Counter(CellId, Comparison, i32),
    /// The touchpoint has been met.
    Visited(TouchpointId),
    /// The goal has been reached.
    Reached(GoalId),
    /// The opposite holds.
    Not(Box<Guard>),
    /// Both hold.
    And(Box<Guard>, Box<Guard>),
    /// One of them holds.
    Or(Box<Guard>, Box<Guard>),
}

//! What a customer carries, how it changes, and conditions on it.

use super::{Branch, CellId, Condition, GoalId, Guarded, Model, Named, PerPersona, Touchpoint, TouchpointId};
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

impl Model {
    /// The conditions on lines and branches: of the arrivals, then touchpoint by touchpoint.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        fn of_branches(branches: &[Branch]) -> impl Iterator<Item = &Condition> {
            branches.iter().filter_map(|b| b.guard.as_ref())
        }
        fn of<T>(lines: &[Guarded<T>]) -> impl Iterator<Item = &Condition> {
            lines.iter().filter_map(|l| l.guard.as_ref())
        }
        fn of_touchpoint(t: &Touchpoint) -> impl Iterator<Item = &Condition> {
            let Touchpoint { updates, reaches, costs, earns, feels, efforts, surveys, takes, branches, .. } = t;
            of(updates)
                .chain(of(reaches))
                .chain(of(costs))
                .chain(of(earns))
                .chain(of(feels))
                .chain(of(efforts))
                .chain(of(surveys))
                .chain(of(takes))
                .chain(of_branches(branches))
        }
        self.arrivals.iter().flat_map(|a| of_branches(&a.branches)).chain(self.touchpoints.iter().flat_map(of_touchpoint))
    }
}

//! `Chain` → texts that other programs read: so that anyone can check our figures with tools that are not ours.
//!
//! Comes in: a compiled journey, or one of its scenarios, as a [`Subject`]. Goes out: text, piece by piece, so that a chain of a
//! million states never stands in memory a second time. What must hold: every branch probability is written exactly, as the
//! fraction that it is; means are written as fractions wherever they are; what a format cannot say is said in its head.
//!
//! ```text
//! chain ─┬▶ prism  a Markov chain with labels and rewards, for PRISM and Storm
//!        ├▶ json   states, branches, visits and rewards as they are, `docs/json.md`
//!        └▶ dot    touchpoints and the passages between them (or every state), for Graphviz
//! ```
//!
//! It stands beside `report`, not in it: a report tells figures to people, an export tells the question to programs. Only a
//! drawing of touchpoints asks the exact engine for something, the passages along its arrows.

mod dot;
mod json;
mod mean;
mod names;
mod prism;
mod states;

pub use dot::{passages, write_dot};
pub use json::{CHAIN_SCHEMA, write_json};
pub use prism::write_prism;
pub use states::write_dot_states;

use crate::chain::Chain;
use crate::compile::Journey;
use crate::model::{GoalId, Model, ScenarioId};
use crate::plan::main_goal;

/// What is exported: a journey as written, or under one of its scenarios.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The journey.
    pub journey: &'a Journey,
    /// The scenario; the journey as written without.
    pub scenario: Option<ScenarioId>,
}

impl<'a> Subject<'a> {
    /// Names and figures.
    #[must_use]
    pub fn model(&self) -> &'a Model {
        self.journey.program.model(self.scenario)
    }

    /// What can happen next.
    #[must_use]
    pub fn chain(&self) -> &'a Chain {
        &self.journey.chains[self.chain_index()]
    }

    /// The goal that the journey is about, if it has any.
    #[must_use]
    pub fn main_goal(&self) -> Option<GoalId> {
        main_goal(&self.journey.program)
    }

    fn chain_index(&self) -> usize {
        self.scenario.map_or(0, |id| id.index() + 1)
    }

    fn scenario_name(&self) -> Option<&'a str> {
        self.scenario.map(|id| self.journey.program.scenarios[id.index()].0.name.name.as_str())
    }
}

/// A text of the author's on one line.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

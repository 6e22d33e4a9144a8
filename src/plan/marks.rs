//! Events as marks on a chain.

use crate::chain::{Chain, Row};
use crate::model::{Event, Model, TouchpointId};

/// A place in [`super::Plan::events`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventIx(pub usize);

/// Where an event falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The event.
    pub event: Event,
    /// By touchpoint: meeting it is the event (instant 0 of the visit).
    pub meet: Vec<bool>,
    /// By visit of the chain: the goal is reached on arriving (instant 1).
    pub visit: Vec<bool>,
    /// By leave of the chain: the goal is reached by the branch (instant 2).
    pub leave: Vec<bool>,
    /// By end: stopping there is the event (instant 0 of what follows).
    pub end: Vec<bool>,
}

impl Marks {
    /// The marks of an event on a chain.
    #[must_use]
    pub fn new(model: &Model, chain: &Chain, event: Event) -> Self {
        let goal = |reaches: &[crate::model::GoalId]| matches!(event, Event::Reach(g) if reaches.contains(&g));
        Self {
            event,
            meet: (0..model.touchpoints.len())
                .map(|t| matches!(event, Event::Meet(place) if model.meets(place, TouchpointId::new(t))))
                .collect(),
            visit: chain.visits.iter().map(|v| goal(&v.reaches)).collect(),
            leave: chain.leaves.iter().map(|l| goal(&l.reaches)).collect(),
            end: (0..chain.ends).map(|e| matches!(event, Event::Stop(end) if end.index() == e)).collect(),
        }
    }

    /// Whether the event falls on instant 0 of reaching a row.
    #[must_use]
    pub fn on_row(&self, chain: &Chain, row: u32) -> bool {
        match chain.row(row) {
            Row::State(s) => self.meet[chain.states[s as usize].touchpoint.index()],
            Row::End(e) => self.end[e.index()],
        }
    }
}

//! Where events fall on a chain, and which of them stops a step.

use crate::chain::Chain;
use crate::model::ArrivalId;
use crate::plan::Marks;

/// One way on: a branch, or an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'a, S> {
    /// The state left; `None` on coming in.
    pub(super) from: Option<u32>,
    /// How it came in, on coming in.
    pub(super) arrival: Option<ArrivalId>,
    /// What happens on leaving.
    pub(super) leave: u32,
    /// The row that it leads to.
    pub(super) to: u32,
    /// The probability; of an entry, among the customers of its persona.
    pub(super) weight: &'a S,
}

/// How far a step gets. Events are bits, in the order in which the stopper was given them; the instants are those of
/// [`crate::plan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stops as the branch is taken (instant 2).
    Leave(u8),
    /// It stops on meeting what it leads to, a state or an end (instant 0).
    Meet(u8),
    /// It stops at what the visit there reaches (instant 1).
    Visit(u8),
    /// It comes to an end that is no event.
    End,
    /// It goes on from a state.
    On(u32),
}

/// The first event of a stopper: the one that is wanted.
pub(super) const WANTED: u8 = 1;

impl Fate {
    /// Whether the wanted event stops it; alone or with others, for at one instant it comes before them.
    pub(super) fn wanted(self) -> bool {
        match self {
            Self::Leave(events) | Self::Meet(events) | Self::Visit(events) => events & WANTED != 0,
            Self::End | Self::On(_) => false,
        }
    }
}

/// Which events fall where, as bits.
#[derive(Clone, Debug)]
pub(super) struct Stopper {
    /// By leave.
    pub(super) leave: Vec<u8>,
    /// By row: instant 0.
    pub(super) row: Vec<u8>,
    /// By state: instant 1.
    pub(super) visit: Vec<u8>,
    states: usize,
}

impl Stopper {
    /// The first event, the wanted one, is bit 1, the second bit 2, and so on, to eight.
    pub(super) fn new(chain: &Chain, events: &[&Marks]) -> Self {
        let states = chain.states.len();
        let bits = |falls: &dyn Fn(&Marks) -> bool| {
            events.iter().enumerate().fold(0, |bits, (at, marks)| if falls(marks) { bits | 1 << at } else { bits })
        };
        let met = chain.states.iter().map(|s| bits(&|m| m.meet[s.touchpoint.index()]));
        let ends = (0..chain.ends).map(|e| bits(&|m| m.end[e]));
        Self {
            leave: (0..chain.leaves.len()).map(|l| bits(&|m| m.leave[l])).collect(),
            row: met.chain(ends).collect(),
            visit: chain.states.iter().map(|s| bits(&|m| m.visit[s.visit as usize])).collect(),
            states,
        }
    }

    /// Stops at the first feeling.
    pub(super) fn feeling(chain: &Chain) -> Self {
        let felt: Vec<u8> = chain.visits.iter().map(|v| v.rewards.feel.is_some().into()).collect();
        Self {
            leave: chain.leaves.iter().map(|l| l.rewards.feel.is_some().into()).collect(),
            row: vec![0; chain.states.len() + chain.ends],
            visit: chain.states.iter().map(|s| felt[s.visit as usize]).collect(),
            states: chain.states.len(),
        }
    }

    /// How far a step gets.
    pub(super) fn fate<S>(&self, step: &Step<'_, S>) -> Fate {
        match self.leave[step.leave as usize] {
            0 => self.arrive(step.to),
            events => Fate::Leave(events),
        }
    }

    /// How far it gets from the moment before it meets a row.
    pub(super) fn arrive(&self, row: u32) -> Fate {
        match self.row[row as usize] {
            0 => self.visit(row),
            events => Fate::Meet(events),
        }
    }

    /// How far it gets from the moment after it met a row.
    pub(super) fn visit(&self, row: u32) -> Fate {
        if row as usize >= self.states {
            return Fate::End;
        }
        match self.visit[row as usize] {
            0 => Fate::On(row),
            events => Fate::Visit(events),
        }
    }
}

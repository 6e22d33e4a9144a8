//! What is missing from a journey of which some lines could not be read.

use super::{ArrivalId, CellId, TouchpointId};
use std::collections::{BTreeSet, HashSet};

/// The places of a journey that are not all known. A model with holes is complete in its ids; what could not be read is left
/// out of it, or stands as nothing.
#[derive(Clone, Debug, Default)]
pub struct Holes {
    /// Touchpoints whose ways on are not all known.
    pub touchpoints: BTreeSet<TouchpointId>,
    /// Arrivals whose ways in are not all known.
    pub arrivals: BTreeSet<ArrivalId>,
    /// Counters whose bounds are not known.
    pub cells: BTreeSet<CellId>,
    /// Words that stand where something is wrong, or that were probably meant there: what is said to be missing about one of
    /// them may be the same mistake.
    pub words: HashSet<String>,
}

impl Holes {
    /// Whether no place is missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.touchpoints.is_empty() && self.arrivals.is_empty() && self.cells.is_empty()
    }
}

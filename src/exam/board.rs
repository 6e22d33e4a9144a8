//! All exact figures of a variant's journey, for its map.

use crate::compile::Journey;
use crate::measure::{Answered, Figures, figures};
use crate::plan::ask;
use crate::solve::solve;

/// The figures of a journey by the exact engine alone.
#[must_use]
pub fn board(journey: &Journey) -> Figures {
    let asked = ask(&journey.program, &journey.chains);
    let each = journey.chains.iter().zip(&asked.plans);
    let answered: Vec<Answered<'_>> = each
        .map(|(chain, plan)| Answered { chain, plan, solution: solve(chain, plan), estimates: None, batches: Vec::new() })
        .collect();
    figures(&journey.program, &asked, &answered, None)
}

//! What is read off the map.

use super::book::{Book, felt, leak, visits};
use crate::model::{Measure, Reading, TouchpointId};

/// How far the answer must stand out from the next: the map shows three digits.
const APART: f64 = 1.02;
/// The same, of feelings, which the map shows to the tenth.
const FELT_APART: f64 = 0.1;

/// What is looked at of one touchpoint.
pub(super) fn measure(reading: Reading, touchpoint: TouchpointId) -> Measure {
    match reading {
        Reading::Leak => leak(touchpoint),
        Reading::Visits => visits(touchpoint),
        Reading::Felt => felt(touchpoint),
    }
}

/// The one touchpoint that answers, if it stands out.
pub(super) fn answer(book: &Book<'_>, reading: Reading) -> Option<TouchpointId> {
    let touchpoints = (0..book.program().base.touchpoints.len()).map(TouchpointId::new);
    let mut found: Vec<(f64, TouchpointId)> = touchpoints
        .filter_map(|t| book.get(&measure(reading, t)).ok().map(|value| (value.number, t)))
        .filter(|(value, _)| value.is_finite())
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    if reading == Reading::Felt {
        found.reverse();
    }
    let apart = |first: f64, second: f64| match reading {
        Reading::Felt => second - first >= FELT_APART,
        Reading::Leak | Reading::Visits => first >= second * APART && first > 0.0,
    };
    match found.as_slice() {
        [(first, t), (second, _), ..] if apart(*first, *second) => Some(*t),
        [(_, t)] => Some(*t),
        _ => None,
    }
}

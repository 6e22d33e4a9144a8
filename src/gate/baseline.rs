//! Figures recorded before: a broken promise that was as broken then is no regression.

use super::{Margin, Tested};
use crate::measure::Verdict;
use serde::{Deserialize, Serialize};

/// What was recorded of a promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The file.
    pub file: String,
    /// The promise as written.
    pub expect: String,
    /// The scenario under which it was read, by name.
    pub scenario: Option<String>,
    /// The figure.
    pub value: Option<f64>,
    /// By how much it was kept, below nothing if it was broken.
    pub margin: Option<f64>,
    /// The 95 % interval of that margin, if it was simulated; else the same.
    pub margin_low: Option<f64>,
    /// See `margin_low`.
    pub margin_high: Option<f64>,
}

/// What a recorded figure says of a promise that is not kept today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Regression {
    /// It is worse than it was, beyond the intervals of both.
    Worse,
    /// It is no worse than it was: known.
    Known,
    /// It was not recorded.
    New,
}

/// Whether a promise got worse. `None` for one that is kept.
#[must_use]
pub fn regression(tested: &Tested, recorded: Option<&Kept>) -> Option<Regression> {
    if tested.promise.verdict == Verdict::Pass {
        return None;
    }
    let Some(recorded) = recorded else { return Some(Regression::New) };
    let (Some(now), Some(low)) = (tested.margin, recorded.margin_low.or(recorded.margin)) else {
        return Some(Regression::Known);
    };
    Some(if is_worse(now, low) { Regression::Worse } else { Regression::Known })
}

/// Exact figures are the same to their last digits.
fn is_worse(now: Margin, low: f64) -> bool {
    now.high < low - 1e-9 * low.abs().max(now.high.abs())
}

//! One figure: exact, simulated, both.

use super::journey::ratio;
use crate::measure::{Estimate, Figure, Interval, IntervalFormula};
use crate::model::Unit;
use crate::plan::Declined;

/// Customers drawn.
pub(super) const DRAWN: u64 = 200_000;

/// A figure that both engines gave.
pub(in crate::report) fn both(exact: f64, happened: u64, of: u64) -> Figure {
    Figure { exact: Some(exact), ..share(happened, of) }
}

/// A simulated share with Wilson's interval: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.96.
pub(in crate::report) fn share(happened: u64, of: u64) -> Figure {
    let (p, n, z) = (happened as f64 / of as f64, of as f64, 1.96);
    let (middle, half) = (p + z * z / (2.0 * n), z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt());
    let scale = 1.0 + z * z / n;
    Figure {
        unit: Unit::Share,
        estimate: Some(Estimate {
            value: p,
            standard_error: (p * (1.0 - p) / n).sqrt(),
            interval: Interval { low: (middle - half) / scale, high: (middle + half) / scale },
            formula: IntervalFormula::Wilson,
            count: Some((happened, of)),
        }),
        base: Some(1.0),
        ..Figure::default()
    }
}

/// A figure of the exact engine alone.
pub(in crate::report) fn exact(value: f64, unit: Unit) -> Figure {
    Figure { unit, exact: Some(value), ..Figure::default() }
}

/// A figure of the simulation alone, normal interval.
pub(in crate::report) fn simulated(value: f64, standard_error: f64, unit: Unit) -> Figure {
    let half = 1.96 * standard_error;
    Figure {
        unit,
        estimate: Some(Estimate {
            value,
            standard_error,
            interval: Interval { low: value - half, high: value + half },
            formula: IntervalFormula::Normal,
            count: None,
        }),
        declined: Some(Declined::Distribution),
        ..Figure::default()
    }
}

pub(super) fn none(unit: Unit) -> Figure {
    Figure { unit, ..Figure::default() }
}

/// Three of 800: 0.09 × (4/90 + 3/90 × 1/3) × 3/4 = 0.005 × 3/4.
pub(super) fn final_rate() -> Figure {
    Figure {
        fraction: Some(ratio(3, 800)),
        chance: Some(Interval { low: 0.001, high: 0.008 }),
        evidence: Some(Interval { low: 0.0009, high: 0.0102 }),
        ..both(0.00375, 741, DRAWN)
    }
}

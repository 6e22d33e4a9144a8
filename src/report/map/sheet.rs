//! Sizes that depend on how many touchpoints there are to show.

use super::text::Face;

/// Left of everything.
pub(super) const MARGIN: f64 = 28.0;
/// Left of the lanes.
pub(super) const LANES: f64 = 184.0;
/// How wide the names of lanes and rows may be.
pub(super) const GUTTER: f64 = 144.0;
/// No text is smaller.
pub(super) const SMALLEST: f64 = 11.5;

/// The sizes of one map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    /// Few touchpoints: words where larger maps have numbers.
    pub(super) small: bool,
    /// How wide the picture is, unless its columns need more.
    pub(super) width: f64,
    /// Radius of the largest bubble.
    pub(super) largest: f64,
    /// From column to column, least and most.
    pub(super) step: (f64, f64),
    /// Name of a touchpoint.
    pub(super) label: Face,
    /// From line to line of it.
    pub(super) leading: f64,
    /// Shares of the arrivals under which a band is left out.
    pub(super) faintest: f64,
    /// Lines in a cell of the rows.
    pub(super) row_lines: usize,
}

impl Sheet {
    /// For that many touchpoints.
    pub(super) fn new(points: usize) -> Self {
        let (small, dense) = (points <= 12, points > 40);
        let label = if small {
            12.5
        } else if dense {
            SMALLEST
        } else {
            12.0
        };
        Self {
            small,
            width: if points <= 4 {
                1100.0
            } else if small {
                1440.0
            } else {
                1800.0
            },
            largest: if small { 46.0 } else { 40.0 },
            step: if small {
                (120.0, 240.0)
            } else if dense {
                (88.0, 112.0)
            } else {
                (96.0, 124.0)
            },
            label: Face::bold(label),
            leading: if small { 15.0 } else { 14.0 },
            faintest: if dense { 0.003 } else { 0.0008 },
            row_lines: if dense { 5 } else { 6 },
        }
    }
}

//! How large customers are drawn: areas of bubbles, widths of bands, and the magnifier where counts fall too far.

use super::ranks::Columns;
use super::sheet::Sheet;
use super::view::MapView;

/// A median bubble smaller than this asks for the magnifier.
const TOO_SMALL: f64 = 4.0;
/// The magnifier begins where counts fall by more than this.
const FALL: f64 = 8.0;
/// What would need more than this is too rare to be shown as if it mattered.
const STRONGEST: f64 = 2000.0;
/// No bubble is smaller.
const DOT: f64 = 3.2;
/// No core of a magnified bubble is smaller.
const CORE: f64 = 2.2;
/// How many times the magnifier may enlarge.
const FACTORS: [f64; 5] = [2.0, 5.0, 10.0, 20.0, 60.0];
/// Share of the diameter of a bubble that all its customers, as a band, would fill.
const FILL: f64 = 0.87;

/// The scale of one map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    largest: f64,
    most: f64,
    per: f64,
    /// Where the magnifier begins, if there is one.
    pub(super) cut: Option<Cut>,
}

/// From here on, counts are drawn larger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cut {
    /// The first column under the magnifier.
    pub(super) column: usize,
    /// How many times larger.
    pub(super) factor: f64,
}

impl Scale {
    /// Fits the largest bubble.
    pub(super) fn new(view: &MapView, columns: &Columns, sheet: &Sheet) -> Self {
        let most = view.points.iter().map(|p| p.customers).fold(0.0, f64::max);
        let widest = view.flows.iter().map(|f| f.passages).fold(most, f64::max);
        let per = if widest > 0.0 { 2.0 * sheet.largest * FILL / widest } else { 0.0 };
        let scale = Self { largest: sheet.largest, most, per, cut: None };
        Self { cut: scale.find_cut(view, columns), ..scale }
    }

    /// Where counts fall too far, if the median count would be drawn too small.
    fn find_cut(&self, view: &MapView, columns: &Columns) -> Option<Cut> {
        let mut counts: Vec<f64> = view.points.iter().map(|p| p.customers).filter(|n| *n > 0.0).collect();
        counts.sort_by(f64::total_cmp);
        let median = *counts.get(counts.len() / 2)?;
        if self.true_radius(median) >= TOO_SMALL {
            return None;
        }
        let mut right = vec![0.0_f64; columns.len()];
        for (point, &column) in view.points.iter().zip(&columns.of) {
            right[column] = right[column].max(point.customers);
        }
        for column in (1..right.len()).rev() {
            right[column - 1] = right[column - 1].max(right[column]);
        }
        // The first fall after which even the largest bubble is small.
        let falls = |column: usize| {
            right[column] > 0.0
                && right[column - 1] > FALL * right[column]
                && self.true_radius(right[column]) < self.largest / 5.0
        };
        let column = (1..right.len()).find(|&column| falls(column))?;
        // The largest bubble under the magnifier is to be about half as wide as the largest of all.
        let factor = round_factor(self.most / (4.0 * right[column]))?;
        (factor <= STRONGEST).then_some(Cut { column, factor })
    }

    /// How many times larger counts are drawn in a column.
    pub(super) fn factor(&self, column: usize) -> f64 {
        self.cut.map_or(1.0, |cut| if column >= cut.column { cut.factor } else { 1.0 })
    }

    /// Radius of a bubble.
    pub(super) fn radius(&self, customers: f64, factor: f64) -> f64 {
        self.true_radius(customers * factor).clamp(DOT, self.largest)
    }

    /// Radius of the core that keeps the scale of the rest.
    pub(super) fn core(&self, customers: f64) -> f64 {
        self.true_radius(customers).max(CORE)
    }

    fn true_radius(&self, customers: f64) -> f64 {
        if self.most > 0.0 { self.largest * libm::sqrt(customers.max(0.0) / self.most) } else { 0.0 }
    }

    /// Width of a band, a drop or a return.
    pub(super) fn width(&self, passages: f64, factor: f64) -> f64 {
        (self.per * passages * factor).max(1.0)
    }

    /// Customers at the largest bubble.
    pub(super) fn most(&self) -> f64 {
        self.most
    }
}

/// The round factor nearest to one, by ratio; none under the smallest.
fn round_factor(wanted: f64) -> Option<f64> {
    if !wanted.is_finite() || wanted < 1.5 {
        return None;
    }
    let decades = [1.0, 100.0, 10_000.0, 1_000_000.0];
    let off = |factor: f64| libm::fabs(libm::log(factor / wanted));
    decades.iter().flat_map(|d| FACTORS.map(|f| f * d)).min_by(|a, b| off(*a).total_cmp(&off(*b)))
}

/// The round number (1, 2 or 5 and zeros) nearest below.
pub(super) fn round_below(value: f64) -> f64 {
    if value.is_nan() || value <= 0.0 || value.is_infinite() {
        return 0.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(value) + 1e-9));
    [5.0, 2.0, 1.0].into_iter().map(|digit| digit * power).find(|round| *round <= value * (1.0 + 1e-9)).unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::super::view::{LaneView, PointView, StageView};
    use super::super::{ranks, sheet};
    use super::*;

    fn scale(counts: &[f64]) -> Scale {
        let view = MapView {
            stages: vec![StageView::default(); counts.len()],
            lanes: vec![LaneView::default()],
            points: counts
                .iter()
                .enumerate()
                .map(|(stage, &customers)| PointView { stage, customers, ..PointView::default() })
                .collect(),
            ..MapView::default()
        };
        Scale::new(&view, &ranks::place(&view), &sheet::Sheet::new(counts.len()))
    }

    #[test]
    fn areas_are_proportional_to_customers() {
        let scale = scale(&[100.0, 64.0, 25.0]);
        assert!(scale.cut.is_none());
        let (a, b) = (scale.radius(100.0, 1.0), scale.radius(25.0, 1.0));
        assert!((a - 46.0).abs() < 1e-9 && (b - 23.0).abs() < 1e-9);
        assert!((scale.width(100.0, 1.0) - 0.87 * 92.0).abs() < 1e-9);
    }

    #[test]
    fn the_magnifier_begins_where_bubbles_would_be_lost() {
        // 1000 → 90 is a fall of 11, but 90 is large enough; 90 → 5 is one of 18. 5 × 50 would have half the largest radius, and 60
        // is the nearest round factor.
        assert_eq!(scale(&[1000.0, 90.0, 5.0, 5.0, 3.75]).cut, Some(Cut { column: 2, factor: 60.0 }));
        assert_eq!(scale(&[1000.0, 500.0, 200.0]).cut, None);
        assert_eq!(scale(&[0.0, 0.0]).cut, None);
        assert_eq!(scale(&[1e6, 1e-3, 1e-3]).cut, None);
    }

    #[test]
    fn round_numbers() {
        assert_eq!([1234.0, 5.0, 0.99, 9.9e6, 0.0].map(round_below), [1000.0, 5.0, 0.5, 5e6, 0.0]);
    }
}

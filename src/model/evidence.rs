//! What figures rest on: sources, counts, ranges; and how sure a count is.

use super::{ParamId, SourceId, Unit};
use crate::diagnostics::Span;
use num_rational::BigRational;

/// What a figure rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Where the figure is from.
    pub source: Option<SourceId>,
    /// Said to be assumed.
    pub assumed: bool,
    /// `4 of 90`: successes and base.
    pub count: Option<(BigRational, BigRational)>,
    /// Of a param: a distribution of ignorance, drawn once per replication.
    pub law: Option<super::Law>,
}

impl Evidence {
    /// Whether nothing is said of where the figure comes from. A count is evidence by itself.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.source.is_none() && !self.assumed && self.count.is_none()
    }
}

/// How well a figure is known, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// Said to be assumed, or nothing is said.
    Assumed,
    /// Between bounds, or by a distribution.
    Estimated,
    /// Counted, or from a source.
    Measured,
}

impl Evidence {
    /// How well a figure of that evidence is known; `range`: whether its bounds are told.
    #[must_use]
    pub fn known(&self, range: bool) -> Known {
        if self.assumed {
            Known::Assumed
        } else if self.source.is_some() || self.count.is_some() {
            Known::Measured
        } else if range || self.law.is_some() {
            Known::Estimated
        } else {
            Known::Assumed
        }
    }
}

/// What a figure stands for in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// How many take a branch, are of a persona, carry a flag.
    Probability,
    /// Which part of an earning is margin.
    Margin,
    /// Money that is spent.
    Cost,
    /// Money that is earned.
    Earning,
    /// Time.
    Time,
    /// A mark on a scale: a feeling, an effort, an answer.
    Mark,
    /// How far a counter goes.
    Step,
}

impl FigureKind {
    /// The unit of such a figure.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::Probability | Self::Margin => Unit::Share,
            Self::Cost | Self::Earning => Unit::Money,
            Self::Time => Unit::Time,
            Self::Mark | Self::Step => Unit::Number,
        }
    }
}

/// A figure that stands in a line of the journey; what a persona has of its own is a figure of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenFigure {
    /// What it stands for.
    pub kind: FigureKind,
    /// Its value; of a distribution, its mean.
    pub value: BigRational,
    /// The smallest and largest value thought possible.
    pub range: Option<(BigRational, BigRational)>,
    /// What is known about it.
    pub evidence: Evidence,
    /// The params that it is worked out from.
    pub from: Vec<ParamId>,
    /// Whether it is worked out from a param or a law: what is known stands there.
    pub by_name: bool,
    /// Where it stands.
    pub origin: Span,
}

/// Two-sided 95 % quantile of the normal law.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Wilson's score interval at 95 % for `count` successes of `of`; both may be expected numbers, not whole. The whole scale
/// where nobody was counted.
/// E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
#[must_use]
pub fn wilson(count: f64, of: f64) -> (f64, f64) {
    if of <= 0.0 {
        return (0.0, 1.0);
    }
    let (p, z2) = (count / of, Z95 * Z95);
    let centre = (p + z2 / (2.0 * of)) / (1.0 + z2 / of);
    let half = Z95 / (1.0 + z2 / of) * (p * (1.0 - p) / of + z2 / (4.0 * of * of)).max(0.0).sqrt();
    // At the ends of the scale the bound is the end itself: rounding must not move it.
    (if count <= 0.0 { 0.0 } else { (centre - half).max(0.0) }, if count >= of { 1.0 } else { (centre + half).min(1.0) })
}

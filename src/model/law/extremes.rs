//! How far laws go: what is too far to be computed, and whether a mean says anything.

use super::{Distribution, Family, Law, nearest};

/// Amounts and times beyond this are refused: squares of their sums, and what is divided by them, still fit a float.
pub const LARGEST: f64 = 1e75;

/// Variances beyond this are refused, so that a million of them still add up.
const LARGEST_VARIANCE: f64 = 1e200;

/// A normal deviate that no draw exceeds: the finest random number is 2⁻⁶⁴, whose quantile is −9.08.
const FARTHEST_NORMAL: f64 = 9.1;

/// An exponential deviate that no draw exceeds: 64 ln 2 is 44.4.
const FARTHEST_EXPONENTIAL: f64 = 45.0;

impl Law {
    /// Whether every draw, the mean and the variance are numbers that can be computed with.
    #[must_use]
    pub fn is_computable(&self) -> bool {
        let reach = self.terms.iter().fold(nearest(&self.constant).abs(), |sum, (scale, d)| {
            let scale = nearest(scale).abs();
            sum + if scale == 0.0 { 0.0 } else { scale * d.family.reach() }
        });
        // Written so that what is not a number is refused.
        reach <= LARGEST && self.mean().abs() <= LARGEST && self.variance() <= LARGEST_VARIANCE
    }
}

impl Distribution {
    /// Whether the mean lies beyond the 99th percentile: fewer than one draw in a hundred then makes it, and neither the mean nor
    /// a simulation of it says much. Only of families whose tail does that without being asked to, value by value.
    #[must_use]
    pub fn is_heavy(&self) -> bool {
        let family = &self.family;
        let tailed = matches!(family, Family::Lognormal { .. } | Family::Weibull { .. } | Family::Gamma { .. });
        tailed && family.cdf(self.mean()) > 0.99
    }
}

impl Family {
    /// What no draw exceeds in size.
    fn reach(&self) -> f64 {
        match *self {
            Self::Uniform { low, high } | Self::Triangular { low, high, .. } => low.abs().max(high.abs()),
            Self::Exponential { mean } => mean * FARTHEST_EXPONENTIAL,
            Self::Normal { mean, sd, .. } => mean.abs() + FARTHEST_NORMAL * sd,
            Self::Lognormal { mu, sigma } => libm::exp(mu + FARTHEST_NORMAL * sigma),
            // A gamma variable is at most its mean and ten deviations and fifty scales, whatever its shape.
            Self::Gamma { shape, scale } => scale * (shape + 10.0 * shape.sqrt() + FARTHEST_EXPONENTIAL),
            Self::Weibull { shape, scale } => scale * libm::pow(FARTHEST_EXPONENTIAL, 1.0 / shape),
            Self::Beta { .. } => 1.0,
            Self::Poisson { mean } => mean + 10.0 * mean.sqrt() + FARTHEST_EXPONENTIAL,
            Self::Empirical { ref values, .. } => values.iter().fold(0.0, |most, v| v.abs().max(most)),
        }
    }
}

//! Distribution functions and quantiles.

use super::special::{incomplete_beta, incomplete_gamma, normal_cdf, normal_quantile};
use super::{Distribution, Family};

impl Distribution {
    /// Probability of at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.family.cdf(x)
    }
}

impl Family {
    /// Probability of at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match *self {
            Self::Uniform { low, high } => {
                if x >= high {
                    1.0
                } else {
                    ((x - low) / (high - low)).max(0.0)
                }
            }
            Self::Triangular { low, mode, high } => {
                if x <= low {
                    0.0
                } else if x >= high {
                    1.0
                } else if x <= mode {
                    (x - low) / (high - low) * ((x - low) / (mode - low))
                } else {
                    1.0 - (high - x) / (high - low) * ((high - x) / (high - mode))
                }
            }
            Self::Exponential { mean } => -libm::expm1(-(x / mean).max(0.0)),
            Self::Normal { mean, sd, positive: false } => normal_cdf((x - mean) / sd),
            Self::Normal { mean, sd, positive: true } => {
                if x <= 0.0 {
                    0.0
                } else {
                    1.0 - normal_cdf((mean - x) / sd) / normal_cdf(mean / sd)
                }
            }
            Self::Lognormal { mu, sigma } => {
                if x <= 0.0 {
                    0.0
                } else {
                    normal_cdf((libm::log(x) - mu) / sigma)
                }
            }
            Self::Gamma { shape, scale } => incomplete_gamma(shape, x / scale).0,
            Self::Weibull { shape, scale } => -libm::expm1(-libm::pow((x / scale).max(0.0), shape)),
            Self::Beta { a, b } => incomplete_beta(a, b, x),
            Self::Poisson { mean } => {
                if x < 0.0 {
                    0.0
                } else {
                    incomplete_gamma(x.floor() + 1.0, mean).1
                }
            }
            Self::Empirical { ref values, ref probabilities } => {
                values.iter().zip(probabilities).filter(|(v, _)| **v <= x).map(|(_, p)| p).sum()
            }
        }
    }
}

/// The standard normal quantile of a percentile.
pub(super) fn normal_percentile(percent: u8) -> f64 {
    if percent == 50 { 0.0 } else { normal_quantile(f64::from(percent) / 100.0) }
}

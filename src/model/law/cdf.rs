//! Distribution functions and quantiles.

use super::numeric::root;
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

/// The logarithm of the `p`-quantile of a gamma distribution of scale 1.
pub(super) fn log_gamma_quantile(shape: f64, p: f64) -> Option<f64> {
    let excess = |log_x: f64| {
        let (below, above) = incomplete_gamma(shape, libm::exp(log_x));
        if p <= 0.5 { below - p } else { (1.0 - p) - above }
    };
    // Around the mean of ln X, some standard deviations of it wide; widened until it holds the root.
    let centre = libm::log(shape);
    let mut width = 1.0 / shape.sqrt();
    while excess(centre - width) > 0.0 || excess(centre + width) < 0.0 {
        width *= 2.0;
        if width > 1e6 {
            return None;
        }
    }
    root(excess, centre - width, centre + width)
}

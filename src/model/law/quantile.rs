//! The inverse of each distribution function, from either tail.

use super::Family;
use super::numeric::root;
use super::special::{incomplete_beta, incomplete_gamma, ppnd16};

/// From which side a probability is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tail {
    /// It is that of smaller values.
    Lower,
    /// It is that of larger values.
    Upper,
}

impl Family {
    /// The value that is not reached (`Lower`) or passed (`Upper`) with a probability above 0 and up to ½. Continuous families
    /// only: not a number for counts and lists of values.
    pub(crate) fn at_tail(&self, probability: f64, tail: Tail) -> f64 {
        let p = probability;
        let lower = tail == Tail::Lower;
        // −ln of the probability of larger values.
        let exponential = || if lower { -libm::log1p(-p) } else { -libm::log(p) };
        match *self {
            Self::Uniform { low, high } => {
                if lower {
                    low + (high - low) * p
                } else {
                    high - (high - low) * p
                }
            }
            Self::Triangular { low, mode, high } => {
                let (below, above) = if lower { (p, 1.0 - p) } else { (1.0 - p, p) };
                if below * (high - low) <= mode - low {
                    low + (below * (high - low) * (mode - low)).sqrt()
                } else {
                    high - (above * (high - low) * (high - mode)).sqrt()
                }
            }
            Self::Exponential { mean } => mean * exponential(),
            Self::Normal { mean, sd, positive: false } => {
                let z = sd * ppnd16(p);
                if lower { mean + z } else { mean - z }
            }
            Self::Normal { mean, sd, positive: true } => {
                let above = super::normal_cdf(mean / sd) * if lower { 1.0 - p } else { p };
                (mean - sd * ppnd16(above)).max(0.0)
            }
            Self::Lognormal { mu, sigma } => {
                let z = sigma * ppnd16(p);
                libm::exp(if lower { mu + z } else { mu - z })
            }
            Self::Weibull { shape, scale } => scale * libm::pow(exponential(), 1.0 / shape),
            Self::Gamma { shape, scale } => scale * libm::exp(log_gamma(shape, p, tail)),
            Self::Beta { a, b } if lower => libm::exp(log_beta(a, b, p)),
            // What is missing to 1 is a beta variable with its parameters exchanged.
            Self::Beta { a, b } => -libm::expm1(log_beta(b, a, p)),
            Self::Poisson { .. } | Self::Empirical { .. } => f64::NAN,
        }
    }
}

/// The logarithm of a quantile of a gamma distribution of scale 1.
pub(super) fn log_gamma(shape: f64, p: f64, tail: Tail) -> f64 {
    let excess = |log_x: f64| {
        let (below, above) = incomplete_gamma(shape, libm::exp(log_x));
        if tail == Tail::Lower { below - p } else { p - above }
    };
    // Around the mean of ln X, some standard deviations of it wide.
    widened(excess, libm::log(shape), 1.0 / shape.sqrt())
}

/// The logarithm of the `p`-quantile of a beta distribution.
fn log_beta(a: f64, b: f64, p: f64) -> f64 {
    widened(|log_x| incomplete_beta(a, b, libm::exp(log_x.min(0.0))) - p, libm::log(a / (a + b)), 1.0 / a.sqrt()).min(0.0)
}

/// The root of a rising function, sought around a place, wider and wider; not a number if it is nowhere.
fn widened(f: impl Fn(f64) -> f64, centre: f64, mut width: f64) -> f64 {
    let (mut low, mut high) = (centre - width, centre + width);
    while f(low) > 0.0 || f(high) < 0.0 {
        width *= 2.0;
        if width > 1e6 {
            return f64::NAN;
        }
        (low, high) = (centre - width, centre + width);
    }
    root(f, low, high).unwrap_or(f64::NAN)
}

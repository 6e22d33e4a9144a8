//! Means, variances and bounds.
//!
//! Formulas: N. L. Johnson, S. Kotz and N. Balakrishnan, *Continuous Univariate Distributions*, 2nd edition, 1994–1995.

use super::numeric::trapezoid;
use super::special::{normal_cdf, normal_density};
use super::{Distribution, Family, Law, nearest};

impl Law {
    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self.exact_mean() {
            Some(mean) => nearest(&mean),
            None => self.sum(Distribution::mean),
        }
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.terms.iter().map(|(scale, d)| nearest(scale) * nearest(scale) * d.variance()).sum()
    }

    /// The smallest value possible; `-∞` if there is none.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.bound(Distribution::low, Distribution::high)
    }

    /// The largest value possible; `∞` if there is none.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.bound(Distribution::high, Distribution::low)
    }

    fn sum(&self, of: impl Fn(&Distribution) -> f64) -> f64 {
        self.terms.iter().fold(nearest(&self.constant), |sum, (scale, d)| sum + nearest(scale) * of(d))
    }

    fn bound(&self, same: impl Fn(&Distribution) -> f64, other: impl Fn(&Distribution) -> f64) -> f64 {
        self.terms.iter().fold(nearest(&self.constant), |sum, (scale, d)| {
            let scale = nearest(scale);
            sum + scale * if scale < 0.0 { other(d) } else { same(d) }
        })
    }
}

impl Distribution {
    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.exact_mean.as_ref().map_or_else(|| self.family.mean(), nearest)
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.family.variance()
    }

    /// The smallest value possible; `-∞` if there is none.
    #[must_use]
    pub fn low(&self) -> f64 {
        match self.family {
            Family::Uniform { low, .. } | Family::Triangular { low, .. } => low,
            Family::Normal { positive: false, .. } => f64::NEG_INFINITY,
            Family::Empirical { ref values, .. } => values.iter().copied().fold(f64::INFINITY, f64::min),
            _ => 0.0,
        }
    }

    /// The largest value possible; `∞` if there is none.
    #[must_use]
    pub fn high(&self) -> f64 {
        match self.family {
            Family::Uniform { high, .. } | Family::Triangular { high, .. } => high,
            Family::Beta { .. } => 1.0,
            Family::Empirical { ref values, .. } => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            _ => f64::INFINITY,
        }
    }
}

impl Family {
    fn mean(&self) -> f64 {
        match *self {
            Self::Uniform { low, high } => 0.5 * low + 0.5 * high,
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Exponential { mean } | Self::Normal { mean, positive: false, .. } | Self::Poisson { mean } => mean,
            Self::Normal { mean, sd, positive: true } => truncated_normal(mean, sd).0,
            Self::Lognormal { mu, sigma } => libm::exp(mu + 0.5 * sigma * sigma),
            Self::Gamma { shape, scale } => shape * scale,
            Self::Weibull { shape, scale } => scale * libm::tgamma(1.0 + 1.0 / shape),
            Self::Beta { a, b } => a / (a + b),
            Self::Empirical { ref values, ref probabilities } => values.iter().zip(probabilities).map(|(v, p)| v * p).sum(),
        }
    }

    fn variance(&self) -> f64 {
        match *self {
            Self::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Self::Triangular { low, mode, high } => {
                let (left, right) = (mode - low, high - mode);
                (left * left + left * right + right * right) / 18.0
            }
            Self::Exponential { mean } => mean * mean,
            Self::Normal { sd, positive: false, .. } => sd * sd,
            Self::Normal { mean, sd, positive: true } => truncated_normal(mean, sd).1,
            Self::Lognormal { mu, sigma } => libm::exp(2.0 * mu + sigma * sigma) * libm::expm1(sigma * sigma),
            Self::Gamma { shape, scale } => shape * scale * scale,
            Self::Weibull { shape, scale } => {
                let mean = scale * libm::tgamma(1.0 + 1.0 / shape);
                mean * mean * weibull_squared_variation(shape)
            }
            Self::Beta { a, b } => a / (a + b) * (b / (a + b)) / (a + b + 1.0),
            Self::Poisson { mean } => mean,
            Self::Empirical { ref values, ref probabilities } => {
                let mean = self.mean();
                values.iter().zip(probabilities).map(|(v, p)| (v - mean) * (v - mean) * p).sum()
            }
        }
    }
}

/// Variance of a Weibull distribution over the square of its mean: `Γ(1 + 2/k) / Γ(1 + 1/k)² − 1`.
pub(super) fn weibull_squared_variation(shape: f64) -> f64 {
    let x = 1.0 / shape;
    if x > 0.05 {
        return libm::expm1(libm::lgamma(1.0 + 2.0 * x) - 2.0 * libm::lgamma(1.0 + x));
    }
    // From ln Γ(1 + x) = −γx + Σ ζ(n) (−x)ⁿ / n, n ≥ 2 (Abramowitz and Stegun 6.1.33): the linear parts cancel exactly.
    let (mut sum, mut power, mut two) = (0.0, -x, 2.0);
    for (n, zeta) in (2_u32..).zip(ZETA) {
        power *= -x;
        two *= 2.0;
        sum += zeta * power * (two - 2.0) / f64::from(n);
    }
    libm::expm1(sum)
}

/// Riemann's ζ(2) to ζ(16).
const ZETA: [f64; 15] = [
    1.644_934_066_848_226_4,
    1.202_056_903_159_594_3,
    1.082_323_233_711_138_2,
    1.036_927_755_143_37,
    1.017_343_061_984_449,
    1.008_349_277_381_922_8,
    1.004_077_356_197_944_3,
    1.002_008_392_826_082_2,
    1.000_994_575_127_818,
    1.000_494_188_604_119_4,
    1.000_246_086_553_308,
    1.000_122_713_347_578_5,
    1.000_061_248_135_058_7,
    1.000_030_588_236_307,
    1.000_015_282_259_408_6,
];

/// Mean and variance of a normal variable kept above 0.
fn truncated_normal(mean: f64, sd: f64) -> (f64, f64) {
    let cut = -mean / sd;
    if cut < 2.0 {
        let hazard = normal_density(cut) / normal_cdf(-cut);
        let variance = 1.0 + cut * hazard - hazard * hazard;
        return (sd * (hazard - cut), sd * sd * variance);
    }
    // Far in the tail the closed forms cancel: integrate the density exp(−cut·u − u²/2) over ln u instead.
    let moment = |n: f64| {
        trapezoid(
            |v| {
                let u = libm::exp(v);
                libm::exp(n * v - cut * u - 0.5 * u * u)
            },
            -45.0,
            5.0,
            2500,
        )
    };
    let mass = moment(1.0);
    let first = moment(2.0) / mass;
    let second = moment(3.0) / mass;
    (sd * first, sd * sd * (second - first * first))
}

//! Laws of chance: how long, how much, how many.
//!
//! Comes in: distributions by what people know of them (mean, sd, median, p90). Goes out: [`Law`], with its moments and its
//! Laplace transform; `simulate/` draws from it. What must hold: a law is a constant plus independent scaled distributions, so
//! that sums and multiples of laws are laws; moments are closed forms or integrals good to 1e-12 relative.

#![expect(missing_docs, reason = "the parameters of a family are its textbook names")]

mod cdf;
mod exact;
mod extremes;
mod moments;
mod numeric;
mod quantile;
mod solve_parameters;
mod special;
mod transform;

#[cfg(test)]
mod tests;

pub use extremes::LARGEST;
pub(crate) use quantile::Tail;
pub use solve_parameters::{BadFacts, Fact, FamilyName, from_facts};
pub(crate) use special::ppnd16;
pub use special::{normal_cdf, normal_quantile};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

/// A random quantity: a constant plus independent scaled distributions. Times are in seconds, money in currency units.
#[derive(Clone, Debug, PartialEq)]
pub struct Law {
    /// The part that is certain.
    pub constant: BigRational,
    /// Scale and distribution of each part that is not; independent of one another.
    pub terms: Vec<(BigRational, Distribution)>,
}

/// A distribution, in the unit of its figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// Its family and parameters.
    pub family: Family,
    /// Its mean where that is rational.
    pub exact_mean: Option<BigRational>,
}

/// The families.
#[derive(Clone, Debug, PartialEq)]
pub enum Family {
    /// Even chances between two values.
    Uniform { low: f64, high: f64 },
    /// A triangle over `low..high` with its top at `mode`.
    Triangular { low: f64, mode: f64, high: f64 },
    /// Memoryless, by its mean.
    Exponential { mean: f64 },
    /// Normal with the mean and standard deviation of the bell *before* truncation; `positive`: truncated at 0.
    Normal { mean: f64, sd: f64, positive: bool },
    /// The logarithm is normal with mean `mu` and standard deviation `sigma`.
    Lognormal { mu: f64, sigma: f64 },
    /// Gamma by shape and scale (mean = shape × scale).
    Gamma { shape: f64, scale: f64 },
    /// Weibull by shape and scale.
    Weibull { shape: f64, scale: f64 },
    /// Beta on 0..1 by its two parameters.
    Beta { a: f64, b: f64 },
    /// Counts, by their mean.
    Poisson { mean: f64 },
    /// Some values with their probabilities, which sum to 1.
    Empirical { values: Vec<f64>, probabilities: Vec<f64> },
}

impl Law {
    /// A certain quantity.
    #[must_use]
    pub fn constant(value: BigRational) -> Self {
        Self { constant: value, terms: Vec::new() }
    }

    /// Nothing.
    #[must_use]
    pub fn zero() -> Self {
        Self::constant(BigRational::zero())
    }

    /// A distribution by itself.
    #[must_use]
    pub fn of(distribution: Distribution) -> Self {
        Self { constant: BigRational::zero(), terms: vec![(BigRational::from_integer(1.into()), distribution)] }
    }

    /// Whether chance has no part in it.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.is_constant() && self.constant.is_zero()
    }

    /// The law of `factor` times the quantity.
    #[must_use]
    pub fn scaled(&self, factor: &BigRational) -> Self {
        if factor.is_zero() {
            return Self::zero();
        }
        Self {
            constant: &self.constant * factor,
            terms: self.terms.iter().map(|(scale, d)| (scale * factor, d.clone())).collect(),
        }
    }

    /// The law of the sum of two independent quantities.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self { constant: &self.constant + &other.constant, terms: self.terms.iter().chain(&other.terms).cloned().collect() }
    }
}

/// The nearest float of a fraction.
#[must_use]
pub fn nearest(value: &BigRational) -> f64 {
    /// Whole numbers up to here are floats, and a quotient of two floats is rounded once.
    const WHOLE: u64 = 1 << f64::MANTISSA_DIGITS;
    let float = |part: &BigInt| part.to_i64().filter(|part| part.unsigned_abs() <= WHOLE).map(|part| part as f64);
    match (float(value.numer()), float(value.denom())) {
        (Some(up), Some(down)) => up / down,
        _ => value.to_f64().unwrap_or(f64::NAN),
    }
}

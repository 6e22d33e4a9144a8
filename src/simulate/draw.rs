//! Values of laws: one random word each, by the inverse of the distribution function, so that more luck always means more.
//!
//! Gamma, beta and Poisson come from `rand_distr` on a sub-stream of the word; everything else is computed here on `libm` and
//! is the same to the bit on every machine.

use super::stream::{Nested, unit};
use crate::model::Law;
use crate::model::law::{Distribution, Family, nearest, normal_cdf, ppnd16};
use num_rational::BigRational;
use rand_distr::Distribution as _;

/// A law made ready to draw from: a constant plus scaled terms.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    constant: f64,
    terms: Box<[Term]>,
}

#[derive(Clone, Debug)]
struct Term {
    scale: f64,
    shape: Shape,
}

/// A distribution with what a draw needs worked out once.
#[derive(Clone, Debug)]
enum Shape {
    Constant(f64),
    Uniform {
        low: f64,
        width: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    Exponential {
        mean: f64,
    },
    Normal {
        mean: f64,
        sd: f64,
    },
    /// `above`: probability of the bell above 0.
    Truncated {
        mean: f64,
        sd: f64,
        above: f64,
    },
    Lognormal {
        mu: f64,
        sigma: f64,
    },
    Weibull {
        scale: f64,
        power: f64,
    },
    Gamma(rand_distr::Gamma<f64>),
    Beta(rand_distr::Beta<f64>),
    Poisson(rand_distr::Poisson<f64>),
    Empirical {
        below: Box<[u64]>,
        values: Box<[f64]>,
    },
}

impl Quantity {
    /// The sum of some independent laws.
    pub(super) fn new<'a>(laws: impl IntoIterator<Item = &'a Law>) -> Self {
        let mut constant = BigRational::from_integer(0.into());
        let mut terms = Vec::new();
        for law in laws {
            constant += &law.constant;
            terms.extend(law.terms.iter().map(|(scale, d)| Term { scale: nearest(scale), shape: Shape::new(d) }));
        }
        Self { constant: nearest(&constant), terms: terms.into() }
    }

    /// The value, if chance has no part in it.
    pub(super) fn certain(&self) -> Option<f64> {
        self.terms.is_empty().then_some(self.constant)
    }

    /// A value, from the word that `word` gives if one is needed.
    #[inline]
    pub(super) fn draw(&self, word: impl FnOnce() -> u64) -> f64 {
        if self.terms.is_empty() { self.constant } else { self.draw_terms(word()) }
    }

    fn draw_terms(&self, word: u64) -> f64 {
        let (first, others) = (&self.terms[0], &self.terms[1..]);
        let mut value = self.constant + first.scale * first.shape.draw(word);
        if !others.is_empty() {
            let mut words = Nested::new(!word);
            for term in others {
                value += term.scale * term.shape.draw(words.next());
            }
        }
        value
    }
}

impl Shape {
    fn new(distribution: &Distribution) -> Self {
        let or_mean = |shape: Option<Self>| shape.unwrap_or_else(|| Self::Constant(distribution.mean()));
        match distribution.family {
            Family::Uniform { low, high } => Self::Uniform { low, width: high - low },
            Family::Triangular { low, mode, high } => Self::Triangular { low, mode, high },
            Family::Exponential { mean } => Self::Exponential { mean },
            Family::Normal { mean, sd, positive } if !positive || sd == 0.0 => Self::Normal { mean, sd },
            Family::Normal { mean, sd, .. } => Self::Truncated { mean, sd, above: normal_cdf(mean / sd) },
            Family::Lognormal { mu, sigma } => Self::Lognormal { mu, sigma },
            Family::Weibull { shape, scale } => Self::Weibull { scale, power: 1.0 / shape },
            Family::Gamma { shape, scale } => or_mean(rand_distr::Gamma::new(shape, scale).ok().map(Self::Gamma)),
            Family::Beta { a, b } => or_mean(rand_distr::Beta::new(a, b).ok().map(Self::Beta)),
            Family::Poisson { mean } => or_mean(rand_distr::Poisson::new(mean).ok().map(Self::Poisson)),
            Family::Empirical { ref values, ref probabilities } => Self::empirical(values, probabilities),
        }
    }

    fn empirical(values: &[f64], probabilities: &[f64]) -> Self {
        if values.is_empty() {
            return Self::Constant(0.0);
        }
        let mut sum = 0.0;
        let below = probabilities.iter().map(|p| {
            sum += p;
            (sum * 18_446_744_073_709_551_616.0) as u64 // 2^64; the cast saturates
        });
        Self::Empirical { below: below.collect(), values: values.into() }
    }

    fn draw(&self, word: u64) -> f64 {
        match *self {
            Self::Constant(value) => value,
            Self::Uniform { low, width } => low + width * unit(word),
            Self::Triangular { low, mode, high } => {
                let (u, left, width) = (unit(word), mode - low, high - low);
                if u * width <= left {
                    low + (u * width * left).sqrt()
                } else {
                    high - (unit(!word) * width * (high - mode)).sqrt()
                }
            }
            Self::Exponential { mean } => -mean * libm::log(unit(!word)),
            Self::Normal { mean, sd } => mean + sd * ppnd16(unit(word)),
            Self::Truncated { mean, sd, above } => (mean - sd * ppnd16(above * unit(!word))).max(0.0),
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * ppnd16(unit(word))),
            Self::Weibull { scale, power } => scale * libm::pow(-libm::log(unit(!word)), power),
            Self::Gamma(ref gamma) => gamma.sample(&mut Nested::new(word)),
            Self::Beta(ref beta) => beta.sample(&mut Nested::new(word)),
            Self::Poisson(ref poisson) => poisson.sample(&mut Nested::new(word)),
            Self::Empirical { ref below, ref values } => values[choose(&below[..below.len() - 1], word)],
        }
    }
}

/// The place of a word among rising thresholds; past them all, their number.
#[inline]
pub(super) fn choose(below: &[u64], word: u64) -> usize {
    if below.len() <= 8 {
        below.iter().position(|&threshold| word < threshold).unwrap_or(below.len())
    } else {
        below.partition_point(|&threshold| threshold <= word)
    }
}

//! Values of laws: one random word each, by the inverse of the distribution function, so that more luck always means more.
//!
//! All but gammas, betas and counts of extreme parameters, which are `rand_distr`'s on a sub-stream of their word, is computed here on
//! `libm` and is the same to the bit on every machine.

use super::curve::{Curve, probability};
use super::stream::{Nested, unit};
use crate::model::Law;
use crate::model::law::{Distribution, Family, nearest};
use num_rational::BigRational;
use rand_distr::Distribution as _;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// A law made ready to draw from: a constant plus scaled terms.
#[derive(Clone, Debug, Default)]
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
    /// Even chances between 0 and 1.
    Unit,
    /// A continuous family, and the table of its inverse if it has one.
    Continuous(Family, Option<Arc<Lazy>>),
    /// Values with their thresholds.
    Steps { below: Box<[u64]>, values: Box<[f64]> },
    /// Shapes whose inverse takes too long to find.
    Gamma(rand_distr::Gamma<f64>),
    /// The same.
    Beta(rand_distr::Beta<f64>),
    /// Counts of a large mean.
    Counts(rand_distr::Poisson<f64>),
}

/// Tables of inverses, one for each shape.
#[derive(Debug, Default)]
pub(super) struct Curves {
    known: HashMap<(u8, u64, u64), Arc<Lazy>>,
}

/// The table of a family's inverse, made when it is first drawn from.
#[derive(Debug)]
pub(super) struct Lazy {
    family: Family,
    powers: u32,
    curve: OnceLock<Curve>,
}

impl Lazy {
    /// The table.
    #[inline]
    pub(super) fn curve(&self) -> &Curve {
        self.curve.get_or_init(|| Curve::new(self.powers, |p, tail| self.family.at_tail(p, tail)))
    }

    /// Whether the table takes little to make: the inverse is a formula.
    pub(super) fn is_quick(&self) -> bool {
        self.powers == POWERS.0
    }

    /// The value of a word.
    #[inline]
    pub(super) fn value(&self, word: u64) -> f64 {
        self.value_by(self.curve(), word)
    }

    /// The same, from the table, where that is at hand.
    #[inline]
    pub(super) fn value_by(&self, curve: &Curve, word: u64) -> f64 {
        let value = curve.value(word);
        if value.is_nan() { search(&self.family, word) } else { value }
    }
}

/// Tables of a run: each is some 20 or 24 kilobytes. Laws of more shapes than that are drawn by their inverses.
const MOST_CURVES: usize = 512;
/// Powers of two of either tail in a table, where the inverse is a formula and where it is a search.
const POWERS: (u32, u32) = (10, 12);
/// Above this mean, counts are drawn by rejection.
const LARGE_MEAN: f64 = 1e6;
/// Gammas and betas of parameters beyond these are drawn by rejection: their distribution functions are sums of too many terms.
const SEARCHED: std::ops::RangeInclusive<f64> = 0.01..=2_000.0;

impl Curves {
    /// The table of a family of unit scale.
    fn of(&mut self, family: &Family) -> Option<Arc<Lazy>> {
        let (kind, first, second, powers) = match *family {
            Family::Exponential { .. } => (0, 0.0, 0.0, POWERS.0),
            Family::Normal { positive: false, .. } => (1, 0.0, 0.0, POWERS.0),
            Family::Normal { mean, .. } => (2, mean, 0.0, POWERS.0),
            Family::Lognormal { sigma, .. } => (3, sigma, 0.0, POWERS.0),
            Family::Weibull { shape, .. } => (4, shape, 0.0, POWERS.0),
            Family::Gamma { shape, .. } => (5, shape, 0.0, POWERS.1),
            Family::Beta { a, b } => (6, a, b, POWERS.1),
            Family::Uniform { .. } | Family::Triangular { .. } | Family::Poisson { .. } | Family::Empirical { .. } => {
                return None;
            }
        };
        let key = (kind, first.to_bits(), second.to_bits());
        if self.known.len() >= MOST_CURVES && !self.known.contains_key(&key) {
            return None;
        }
        let lazy = || Lazy { family: family.clone(), powers, curve: OnceLock::new() };
        let curve = self.known.entry(key).or_insert_with(|| Arc::new(lazy()));
        Some(Arc::clone(curve))
    }
}

impl Quantity {
    /// The sum of some independent laws.
    pub(super) fn new<'a>(laws: impl IntoIterator<Item = &'a Law>, curves: &mut Curves) -> Self {
        let mut constant = BigRational::from_integer(0.into());
        let (mut terms, mut moved) = (Vec::new(), 0.0);
        for law in laws {
            constant += &law.constant;
            for (scale, distribution) in &law.terms {
                let (by, unit, shape) = Shape::new(distribution, curves);
                moved += nearest(scale) * by;
                terms.extend(shape.map(|shape| Term { scale: nearest(scale) * unit, shape }));
            }
        }
        Self { constant: nearest(&constant) + moved, terms: terms.into() }
    }

    /// The value, if chance has no part in it.
    pub(super) fn certain(&self) -> Option<f64> {
        self.terms.is_empty().then_some(self.constant)
    }

    /// A constant, a scale and a curve, if it is a constant plus a scaled value of that.
    pub(super) fn curve(&self) -> Option<(f64, f64, &Arc<Lazy>)> {
        match &*self.terms {
            [Term { scale, shape: Shape::Continuous(_, Some(curve)) }] => Some((self.constant, *scale, curve)),
            _ => None,
        }
    }

    /// A constant and a scale, if it is a constant plus a scaled even chance between 0 and 1.
    pub(super) fn even(&self) -> Option<(f64, f64)> {
        match &*self.terms {
            [Term { scale, shape: Shape::Unit }] => Some((self.constant, *scale)),
            _ => None,
        }
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
    /// What a distribution is made of: a number, plus a scale times a shape.
    fn new(distribution: &Distribution, curves: &mut Curves) -> (f64, f64, Option<Self>) {
        let fixed = |value: f64| (value, 0.0, None);
        let (by, scale, family) = match distribution.family {
            Family::Uniform { low, high } if low == high => return fixed(low),
            Family::Uniform { low, high } => return (low, high - low, Some(Self::Unit)),
            Family::Triangular { low, high, .. } if low == high => return fixed(low),
            Family::Exponential { mean: 0.0 } => return fixed(0.0),
            Family::Normal { mean, sd: 0.0, .. } => return fixed(mean),
            Family::Poisson { mean: 0.0 } => return fixed(0.0),
            Family::Poisson { mean } if mean > LARGE_MEAN => {
                return rand_distr::Poisson::new(mean)
                    .map_or_else(|_| fixed(mean), |counts| (0.0, 1.0, Some(Self::Counts(counts))));
            }
            Family::Gamma { shape, scale } if !SEARCHED.contains(&shape) => {
                let gamma = rand_distr::Gamma::new(shape, 1.0);
                return gamma.map_or_else(|_| fixed(shape * scale), |gamma| (0.0, scale, Some(Self::Gamma(gamma))));
            }
            Family::Beta { a, b } if !SEARCHED.contains(&a) || !SEARCHED.contains(&b) => {
                let beta = rand_distr::Beta::new(a, b);
                return beta.map_or_else(|_| fixed(a / (a + b)), |beta| (0.0, 1.0, Some(Self::Beta(beta))));
            }
            Family::Poisson { mean } => return (0.0, 1.0, Self::poisson(mean)),
            Family::Empirical { ref values, ref probabilities } => {
                return (0.0, 1.0, Self::steps(values.iter().copied(), probabilities));
            }
            Family::Exponential { mean } => (0.0, mean, Family::Exponential { mean: 1.0 }),
            Family::Normal { mean, sd, positive: false } => (mean, sd, Family::Normal { mean: 0.0, sd: 1.0, positive: false }),
            Family::Normal { mean, sd, .. } => (0.0, sd, Family::Normal { mean: mean / sd, sd: 1.0, positive: true }),
            Family::Lognormal { mu, sigma } => (0.0, libm::exp(mu), Family::Lognormal { mu: 0.0, sigma }),
            Family::Weibull { shape, scale } => (0.0, scale, Family::Weibull { shape, scale: 1.0 }),
            Family::Gamma { shape, scale } => (0.0, scale, Family::Gamma { shape, scale: 1.0 }),
            ref other @ (Family::Triangular { .. } | Family::Beta { .. }) => (0.0, 1.0, other.clone()),
        };
        let curve = curves.of(&family);
        (by, scale, Some(Self::Continuous(family, curve)))
    }

    /// Counts as far from the mean as a word can tell, by the ratios of neighbouring probabilities.
    fn poisson(mean: f64) -> Option<Self> {
        let (low, high) = range_of_counts(mean);
        let mode = mean.floor();
        let (mut below, mut above) = (vec![1.0], Vec::new());
        for count in (low as u32..mode as u32).rev() {
            below.push(below[below.len() - 1] * f64::from(count + 1) / mean);
        }
        for count in mode as u32..high as u32 {
            above.push(above.last().unwrap_or(&1.0) * mean / f64::from(count + 1));
        }
        below.reverse();
        below.extend(above);
        let all: f64 = below.iter().sum();
        below.iter_mut().for_each(|weight| *weight /= all);
        Self::steps((low as u32..=high as u32).map(f64::from), &below)
    }

    fn steps(values: impl Iterator<Item = f64>, probabilities: &[f64]) -> Option<Self> {
        let mut sum = 0.0;
        let below = probabilities.iter().map(|p| {
            sum += p;
            threshold(sum)
        });
        let (below, values): (Box<[u64]>, Box<[f64]>) = (below.collect(), values.collect());
        if values.is_empty() { None } else { Some(Self::Steps { below, values }) }
    }

    #[inline]
    fn draw(&self, word: u64) -> f64 {
        match self {
            Self::Unit => unit(word),
            Self::Continuous(_, Some(curve)) => curve.value(word),
            Self::Continuous(family, None) => search(family, word),
            Self::Steps { below, values } => values[choose(&below[..below.len() - 1], word)],
            Self::Gamma(gamma) => gamma.sample(&mut Nested::new(word)),
            Self::Beta(beta) => beta.sample(&mut Nested::new(word)),
            Self::Counts(counts) => counts.sample(&mut Nested::new(word)),
        }
    }
}

#[cold]
fn search(family: &Family, word: u64) -> f64 {
    let (probability, tail) = probability(word);
    family.at_tail(probability, tail)
}

/// The counts that words can tell from the smallest and the largest.
fn range_of_counts(mean: f64) -> (f64, f64) {
    let reach = 12.0 * mean.sqrt() + 40.0;
    ((mean - reach).floor().max(0.0), (mean + reach).ceil())
}

/// A probability in units of 2^−64; 1 is the largest word.
fn threshold(probability: f64) -> u64 {
    (probability * 18_446_744_073_709_551_616.0) as u64 // the cast saturates
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

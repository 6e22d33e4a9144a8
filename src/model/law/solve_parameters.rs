//! From what people know of a distribution to its parameters.
//!
//! A family has one, two or three parameters and wants as many facts. Facts that are linear in the parameters are solved
//! directly; families with a shape and a scale by their shape first, from the ratio of the two facts. Where two shapes answer (a
//! mean and a p90 just above it), the one that spreads less is meant.

use super::Family;
use super::cdf::normal_percentile;
use super::moments::weibull_squared_variation;
use super::numeric::{first_root, root};
use super::quantile::{self, Tail};
use super::special::incomplete_beta;

/// The families that the language names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FamilyName {
    /// `uniform(low, high)`
    Uniform,
    /// `triangular(low, mode, high)`
    Triangular,
    /// `exponential(mean)`
    Exponential,
    /// `normal(mean, sd)`
    Normal,
    /// By name only: `lognormal(median …, p90 …)`.
    Lognormal,
    /// `gamma(shape, scale)`
    Gamma,
    /// `weibull(shape, scale)`
    Weibull,
    /// `beta(a, b)`
    Beta,
    /// `poisson(mean)`
    Poisson,
}

/// What is known of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Its mean.
    Mean,
    /// Its standard deviation.
    Sd,
    /// The value that so many percent do not exceed, 1..=99; 50 is the median.
    Percentile(u8),
    /// The smallest value.
    Low,
    /// The most probable value.
    Mode,
    /// The largest value.
    High,
    /// A parameter given by its place alone, from 0.
    Parameter(u8),
}

/// Why facts do not make a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadFacts {
    /// Too few.
    Missing,
    /// Too many, or one twice.
    TooMany,
    /// This one says nothing about this family.
    NotOfThisFamily(Fact),
    /// No member of the family has these values.
    Impossible,
}

impl FamilyName {
    /// How many facts fix a member.
    #[must_use]
    pub fn parameters(self) -> usize {
        match self {
            Self::Exponential | Self::Poisson => 1,
            Self::Triangular => 3,
            _ => 2,
        }
    }

    /// A fact given by its place, by its name where it has one.
    #[must_use]
    pub fn named(self, fact: Fact) -> Fact {
        match (self, fact) {
            (Self::Uniform, Fact::Parameter(0)) | (Self::Triangular, Fact::Parameter(0)) => Fact::Low,
            (Self::Uniform, Fact::Parameter(1)) | (Self::Triangular, Fact::Parameter(2)) => Fact::High,
            (Self::Triangular, Fact::Parameter(1)) => Fact::Mode,
            (Self::Exponential | Self::Normal | Self::Poisson, Fact::Parameter(0)) => Fact::Mean,
            (Self::Normal, Fact::Parameter(1)) => Fact::Sd,
            _ => fact,
        }
    }

    fn knows(self, fact: Fact) -> bool {
        match fact {
            Fact::Mean => true,
            Fact::Sd => self != Self::Poisson,
            Fact::Percentile(p) => self != Self::Poisson && (1..=99).contains(&p),
            Fact::Low | Fact::High => matches!(self, Self::Uniform | Self::Triangular),
            Fact::Mode => self == Self::Triangular,
            Fact::Parameter(i) => matches!(self, Self::Gamma | Self::Weibull | Self::Beta) && i < 2,
        }
    }
}

/// The member of a family of which these facts are known. `positive`: it must not fall below 0 (a time, a price). A normal
/// distribution is then truncated there, and its facts, percentiles included, are those of the bell before truncation.
///
/// # Errors
/// [`BadFacts`] says what is wrong with the facts.
pub fn from_facts(family: FamilyName, facts: &[(Fact, f64)], positive: bool) -> Result<Family, BadFacts> {
    let facts: Vec<(Fact, f64)> = facts.iter().map(|&(fact, value)| (family.named(fact), value)).collect();
    if let Some(&(stranger, _)) = facts.iter().find(|(fact, _)| !family.knows(*fact)) {
        return Err(BadFacts::NotOfThisFamily(stranger));
    }
    let twice = (1..facts.len()).any(|i| facts[..i].iter().any(|(fact, _)| *fact == facts[i].0));
    if twice || facts.len() > family.parameters() {
        return Err(BadFacts::TooMany);
    }
    if facts.len() < family.parameters() {
        return Err(BadFacts::Missing);
    }
    if facts.iter().any(|(_, value)| !value.is_finite()) {
        return Err(BadFacts::Impossible);
    }
    let solved = match family {
        FamilyName::Uniform => uniform(&facts),
        FamilyName::Triangular => triangular(&facts),
        FamilyName::Exponential => exponential(facts[0]),
        FamilyName::Normal => normal(&facts, positive),
        FamilyName::Lognormal => lognormal(facts[0], facts[1]),
        FamilyName::Gamma | FamilyName::Weibull => shaped(family, facts[0], facts[1])?,
        FamilyName::Beta => beta(facts[0], facts[1])?,
        FamilyName::Poisson => (facts[0].1 >= 0.0).then_some(Family::Poisson { mean: facts[0].1 }),
    };
    let below_zero = |low: f64| positive && low < 0.0;
    match solved {
        Some(Family::Uniform { low, .. } | Family::Triangular { low, .. }) if below_zero(low) => Err(BadFacts::Impossible),
        Some(family) => Ok(family),
        None => Err(BadFacts::Impossible),
    }
}

/// Every fact is `low + weight × width`, but the sd is `0 × low + width / √12`.
fn uniform(facts: &[(Fact, f64)]) -> Option<Family> {
    let get = |wanted: Fact| facts.iter().find(|(fact, _)| *fact == wanted).map(|(_, value)| *value);
    if let (Some(low), Some(high)) = (get(Fact::Low), get(Fact::High)) {
        return (low <= high).then_some(Family::Uniform { low, high });
    }
    let row = |fact: Fact| match fact {
        Fact::Sd => (0.0, 1.0 / 12.0_f64.sqrt()),
        Fact::Low => (1.0, 0.0),
        Fact::High => (1.0, 1.0),
        Fact::Percentile(p) => (1.0, f64::from(p) / 100.0),
        _ => (1.0, 0.5),
    };
    let (low, width) = linear(facts, row)?;
    (width >= 0.0).then(|| Family::Uniform { low: get(Fact::Low).unwrap_or(low), high: get(Fact::High).unwrap_or(low + width) })
}

/// Every fact is `mean + z × sd`, but the sd is `0 × mean + sd`.
fn normal(facts: &[(Fact, f64)], positive: bool) -> Option<Family> {
    let row = |fact: Fact| match fact {
        Fact::Sd => (0.0, 1.0),
        Fact::Percentile(p) => (1.0, normal_percentile(p)),
        _ => (1.0, 0.0),
    };
    let (mean, sd) = linear(facts, row)?;
    // Further down than this the truncated bell has no mass left that a float can hold.
    let empty = positive && (mean < -37.0 * sd || (sd == 0.0 && mean < 0.0));
    (sd >= 0.0 && !empty).then_some(Family::Normal { mean, sd, positive })
}

/// Two equations `u x + v y = value`; `None` if they do not fix both unknowns.
fn linear(facts: &[(Fact, f64)], row: impl Fn(Fact) -> (f64, f64)) -> Option<(f64, f64)> {
    let [(first, a), (second, b)] = *facts else { return None };
    let ((u1, v1), (u2, v2)) = (row(first), row(second));
    let determinant = u1 * v2 - u2 * v1;
    (determinant != 0.0).then(|| ((a * v2 - b * v1) / determinant, (u1 * b - u2 * a) / determinant))
}

fn exponential((fact, value): (Fact, f64)) -> Option<Family> {
    let mean = match fact {
        Fact::Percentile(p) => value / -libm::log1p(-f64::from(p) / 100.0),
        _ => value,
    };
    (mean >= 0.0).then_some(Family::Exponential { mean })
}

/// Two corners, or all three, and one more fact: mean and percentiles grow with every corner, the sd with either side.
fn triangular(facts: &[(Fact, f64)]) -> Option<Family> {
    let get = |wanted: Fact| facts.iter().find(|(fact, _)| *fact == wanted).map(|(_, value)| *value);
    let (low, mode, high) = (get(Fact::Low), get(Fact::Mode), get(Fact::High));
    let valid = |low: f64, mode: f64, high: f64| (low <= mode && mode <= high).then_some(Family::Triangular { low, mode, high });
    if let (Some(low), Some(mode), Some(high)) = (low, mode, high) {
        return valid(low, mode, high);
    }
    let &(fact, value) = facts.iter().find(|(fact, _)| !matches!(fact, Fact::Low | Fact::Mode | Fact::High))?;
    let miss = |low: f64, mode: f64, high: f64| {
        let (left, right) = (mode - low, high - mode);
        match fact {
            Fact::Percentile(p) => {
                let p = f64::from(p) / 100.0;
                let quantile = if p * (left + right) <= left {
                    low + (p * left * (left + right)).sqrt()
                } else {
                    high - ((1.0 - p) * right * (left + right)).sqrt()
                };
                quantile - value
            }
            Fact::Sd => (left * left + left * right + right * right) / 18.0 - value * value,
            _ => (low + mode + high) / 3.0 - value,
        }
    };
    // A corner that is not known lies no further than where it alone would put the fact out of reach.
    let far = |known: f64| 1e3 * (1.0 + known.abs() + value.abs() + facts.iter().map(|(_, v)| v.abs()).sum::<f64>());
    match (low, mode, high) {
        (Some(low), None, Some(high)) => {
            if fact == Fact::Mean {
                return valid(low, 3.0 * value - low - high, high);
            }
            let mode = first_root(|mode| miss(low, mode, high), low, high, 64)?;
            valid(low, mode, high)
        }
        (Some(low), Some(mode), None) => {
            if fact == Fact::Mean {
                return valid(low, mode, 3.0 * value - low - mode);
            }
            let high = root(|high| miss(low, mode, high), mode, mode + far(mode))?;
            valid(low, mode, high)
        }
        (None, Some(mode), Some(high)) => {
            if fact == Fact::Mean {
                return valid(3.0 * value - mode - high, mode, high);
            }
            let low = root(|low| miss(low, mode, high), mode - far(mode), mode)?;
            valid(low, mode, high)
        }
        _ => None,
    }
}

/// Closed forms in `ln`: a percentile is `mu + z sigma`, the mean `mu + sigma² / 2`.
fn lognormal(first: (Fact, f64), second: (Fact, f64)) -> Option<Family> {
    if first.1 <= 0.0 || second.1 <= 0.0 {
        return None;
    }
    let (mu, sigma) = match ordered(first, second) {
        ((Fact::Mean, mean), (Fact::Sd, sd)) => {
            let square = libm::log1p(sd / mean * (sd / mean));
            (libm::log(mean) - 0.5 * square, square.sqrt())
        }
        ((Fact::Mean, mean), (Fact::Percentile(p), value)) => {
            let z = normal_percentile(p);
            // sigma² / 2 − z sigma = ln(mean / value)
            let square = z * z + 2.0 * libm::log(mean / value);
            let wide = z + square.max(0.0).sqrt();
            let narrow = 2.0 * libm::log(value / mean) / wide;
            let sigma = if narrow >= 0.0 { narrow } else { wide };
            if square < 0.0 || sigma.is_nan() || sigma < 0.0 {
                return None;
            }
            (libm::log(value) - z * sigma, sigma)
        }
        ((Fact::Sd, sd), (Fact::Percentile(p), value)) => {
            let z = normal_percentile(p);
            let miss = |log_sigma: f64| {
                let s = libm::exp(log_sigma);
                s * (0.5 * s - z) + 0.5 * libm::log(libm::expm1(s * s)) - libm::log(sd / value)
            };
            let sigma = libm::exp(first_root(miss, -18.0, 3.0, 100)?);
            (libm::log(value) - z * sigma, sigma)
        }
        ((Fact::Percentile(p), a), (Fact::Percentile(q), b)) => {
            let (z, w) = (normal_percentile(p), normal_percentile(q));
            let sigma = libm::log(b / a) / (w - z);
            (libm::log(a) - z * sigma, sigma)
        }
        _ => return None,
    };
    (sigma >= 0.0 && mu.is_finite()).then_some(Family::Lognormal { mu, sigma })
}

/// The two facts in the order mean, sd, percentiles, parameters.
fn ordered(first: (Fact, f64), second: (Fact, f64)) -> ((Fact, f64), (Fact, f64)) {
    let rank = |fact: Fact| match fact {
        Fact::Mean => 0,
        Fact::Sd => 1,
        Fact::Percentile(p) => 2 + u32::from(p),
        Fact::Parameter(i) => 200 + u32::from(i),
        _ => 300,
    };
    if rank(first.0) <= rank(second.0) { (first, second) } else { (second, first) }
}

/// Gamma and Weibull: the shape from the ratio of the facts, then the scale.
fn shaped(family: FamilyName, first: (Fact, f64), second: (Fact, f64)) -> Result<Option<Family>, BadFacts> {
    let make = |shape: f64, scale: f64| {
        let made = if family == FamilyName::Gamma { Family::Gamma { shape, scale } } else { Family::Weibull { shape, scale } };
        (shape > 0.0 && scale > 0.0 && shape.is_finite() && scale.is_finite()).then_some(made)
    };
    let (first, second) = ordered(first, second);
    match (first.0, second.0) {
        (Fact::Parameter(_), Fact::Parameter(_)) => return Ok(make(first.1, second.1)),
        (_, Fact::Parameter(_)) => return Err(BadFacts::NotOfThisFamily(second.0)),
        _ => {}
    }
    if first.1 <= 0.0 || second.1 <= 0.0 {
        return Ok(None);
    }
    let log_of =
        |fact: Fact, shape: f64| if family == FamilyName::Gamma { log_gamma(fact, shape) } else { log_weibull(fact, shape) };
    let shape = match (family, first, second) {
        (FamilyName::Gamma, (Fact::Mean, mean), (Fact::Sd, sd)) => Some((mean / sd) * (mean / sd)),
        (FamilyName::Weibull, (Fact::Percentile(p), a), (Fact::Percentile(q), b)) => {
            Some((log_weibull(Fact::Percentile(q), 1.0) - log_weibull(Fact::Percentile(p), 1.0)) / libm::log(b / a))
        }
        _ => {
            let target = libm::log(first.1 / second.1);
            let miss = |log_shape: f64| {
                let shape = libm::exp(log_shape);
                log_of(first.0, shape) - log_of(second.0, shape) - target
            };
            first_root(miss, 12.0, -6.0, 90).map(libm::exp)
        }
    };
    Ok(shape.and_then(|shape| make(shape, libm::exp(libm::log(first.1) - log_of(first.0, shape)))))
}

/// The logarithm of a fact of a gamma distribution of scale 1.
fn log_gamma(fact: Fact, shape: f64) -> f64 {
    match fact {
        Fact::Sd => 0.5 * libm::log(shape),
        Fact::Percentile(p) if p <= 50 => quantile::log_gamma(shape, f64::from(p) / 100.0, Tail::Lower),
        Fact::Percentile(p) => quantile::log_gamma(shape, f64::from(100 - p) / 100.0, Tail::Upper),
        _ => libm::log(shape),
    }
}

/// The logarithm of a fact of a Weibull distribution of scale 1.
fn log_weibull(fact: Fact, shape: f64) -> f64 {
    let log_mean = libm::lgamma(1.0 + 1.0 / shape);
    match fact {
        Fact::Sd => log_mean + 0.5 * libm::log(weibull_squared_variation(shape)),
        Fact::Percentile(p) => libm::log(-libm::log1p(-f64::from(p) / 100.0)) / shape,
        _ => log_mean,
    }
}

/// Beta by mean `m` and size `n = a + b`.
fn beta(first: (Fact, f64), second: (Fact, f64)) -> Result<Option<Family>, BadFacts> {
    let ((one, x), (other, y)) = ordered(first, second);
    let make = |m: f64, n: f64| {
        let (a, b) = (m * n, (1.0 - m) * n);
        (a > 0.0 && b > 0.0 && n.is_finite()).then_some(Family::Beta { a, b })
    };
    let share = |v: f64| v > 0.0 && v < 1.0;
    match (one, other) {
        (Fact::Parameter(_), Fact::Parameter(_)) => {
            return Ok((x > 0.0 && y > 0.0).then_some(Family::Beta { a: x, b: y }));
        }
        (_, Fact::Parameter(_)) => return Err(BadFacts::NotOfThisFamily(other)),
        _ => {}
    }
    if !share(x) || !share(y) {
        return Ok(None);
    }
    let below = |m: f64, n: f64, value: f64| incomplete_beta(m * n, (1.0 - m) * n, value);
    Ok(match (one, other) {
        (Fact::Mean, Fact::Sd) => make(x, x * (1.0 - x) / (y * y) - 1.0),
        (Fact::Mean, Fact::Percentile(p)) => {
            let p = f64::from(p) / 100.0;
            first_root(|log_n| below(x, libm::exp(log_n), y) - p, 14.0, -7.0, 200).and_then(|log_n| make(x, libm::exp(log_n)))
        }
        (Fact::Sd, Fact::Percentile(p)) => {
            let p = f64::from(p) / 100.0;
            // A mean m allows the sd only if m (1 − m) > sd².
            let edge = (0.25 - x * x).max(0.0).sqrt();
            let size = |m: f64| m * (1.0 - m) / (x * x) - 1.0;
            let miss = |m: f64| below(m, size(m), y) - p;
            let margin = 1e-9 * edge;
            first_root(miss, 0.5 - edge + margin, 0.5 + edge - margin, 200).and_then(|m| make(m, size(m)))
        }
        (Fact::Percentile(p), Fact::Percentile(q)) => {
            let (p, q) = (f64::from(p) / 100.0, f64::from(q) / 100.0);
            let mean = |n: f64| root(|m| below(m, n, x) - p, 1e-12, 1.0 - 1e-12).unwrap_or(f64::NAN);
            let miss = |log_n: f64| below(mean(libm::exp(log_n)), libm::exp(log_n), y) - q;
            if x >= y {
                None
            } else {
                first_root(miss, 14.0, -7.0, 40).and_then(|log_n| make(mean(libm::exp(log_n)), libm::exp(log_n)))
            }
        }
        _ => None,
    })
}

//! Laplace transforms, for discounting.

use super::numeric::trapezoid;
use super::special::{normal_cdf, scaled_erfc};
use super::{Distribution, Family, Law, nearest};
use std::f64::consts::FRAC_1_SQRT_2;

impl Law {
    /// `E[exp(−rate · X)]`.
    #[must_use]
    pub fn transform(&self, rate: f64) -> f64 {
        self.terms
            .iter()
            .fold(libm::exp(-rate * nearest(&self.constant)), |product, (scale, d)| product * d.transform(rate * nearest(scale)))
    }
}

impl Distribution {
    /// `E[exp(−rate · X)]`, for a rate of at least 0; below 0 infinite where it does not exist or (Weibull) is not computed.
    #[must_use]
    pub fn transform(&self, rate: f64) -> f64 {
        if rate == 0.0 {
            return 1.0;
        }
        match self.family {
            Family::Uniform { low, high } => {
                let y = rate * (high - low);
                if y == 0.0 { libm::exp(-rate * low) } else { libm::exp(-rate * low) * (-libm::expm1(-y) / y) }
            }
            Family::Triangular { low, mode, high } => triangular(rate, low, mode, high),
            Family::Exponential { mean } => gamma(rate, 1.0, mean),
            Family::Normal { mean, sd, positive } => normal(rate, mean, sd, positive),
            Family::Lognormal { mu, sigma } => lognormal(rate, mu, sigma),
            Family::Gamma { shape, scale } => gamma(rate, shape, scale),
            Family::Weibull { shape, scale } => weibull(rate * scale, shape),
            Family::Beta { a, b } => beta(rate, a, b),
            Family::Poisson { mean } => libm::exp(mean * libm::expm1(-rate)),
            Family::Empirical { ref values, ref probabilities } => {
                values.iter().zip(probabilities).map(|(v, p)| p * libm::exp(-rate * v)).sum()
            }
        }
    }
}

/// The triangle as a mixture of the two right triangles on the sides of its mode.
fn triangular(rate: f64, low: f64, mode: f64, high: f64) -> f64 {
    let (left, right) = (mode - low, high - mode);
    if left + right == 0.0 {
        return libm::exp(-rate * mode);
    }
    (left * right_triangle(-rate * left, rate * mode, rate * low)
        + right * right_triangle(rate * right, rate * mode, rate * high))
        / (left + right)
}

/// `exp(−top) · E[exp(−y T)]` for `T` of density `2 (1 − t)` on 0..1, where `foot = top + y`.
fn right_triangle(y: f64, top: f64, foot: f64) -> f64 {
    if y.abs() > 1.0 {
        return 2.0 * ((y - 1.0) * libm::exp(-top) + libm::exp(-foot)) / (y * y);
    }
    // 2 (y − 1 + e^{−y}) / y² = 2 Σ (−y)ᵏ / (k + 2)!
    let (mut sum, mut term) = (0.0, 1.0);
    for k in 0..25 {
        sum += term;
        term *= -y / f64::from(k + 3);
    }
    libm::exp(-top) * sum
}

fn gamma(rate: f64, shape: f64, scale: f64) -> f64 {
    if rate * scale <= -1.0 { f64::INFINITY } else { libm::exp(-shape * libm::log1p(rate * scale)) }
}

fn normal(rate: f64, mean: f64, sd: f64, positive: bool) -> f64 {
    let whole = -rate * mean + 0.5 * (rate * sd) * (rate * sd);
    if !positive || sd == 0.0 {
        return libm::exp(whole);
    }
    // exp(whole) Φ(mean/sd − rate·sd) / Φ(mean/sd), where the product would underflow by the scaled erfc
    let cut = (rate * sd - mean / sd) * FRAC_1_SQRT_2;
    let up = if cut < 2.0 {
        libm::exp(whole) * normal_cdf(mean / sd - rate * sd)
    } else {
        0.5 * libm::exp(-0.5 * (mean / sd) * (mean / sd)) * scaled_erfc(cut)
    };
    let down = -mean / sd * FRAC_1_SQRT_2;
    if down < 2.0 || cut < 2.0 { up / normal_cdf(mean / sd) } else { scaled_erfc(cut) / scaled_erfc(down) }
}

/// `∫ φ(z) exp(−rate · e^{mu + sigma z}) dz`.
fn lognormal(rate: f64, mu: f64, sigma: f64) -> f64 {
    if rate < 0.0 {
        return f64::INFINITY;
    }
    let integrand = |z: f64| libm::exp(-0.5 * z * z - rate * libm::exp(mu + sigma * z));
    // The integrand is analytic for |Im z| < π / 2 sigma.
    let steps = 2400.0 * sigma.clamp(1.0, 100.0);
    trapezoid(integrand, -38.0, 10.0, steps as u32) / (2.0 * std::f64::consts::PI).sqrt()
}

/// `X = E^{1/shape}` for `E` memoryless of mean 1; over `u = ln E`: `∫ exp(u − e^u − rate · e^{u/shape}) du`.
fn weibull(rate: f64, shape: f64) -> f64 {
    if rate < 0.0 {
        return f64::INFINITY;
    }
    let integrand = |u: f64| libm::exp(u - libm::exp(u) - rate * libm::exp(u / shape));
    let (low, high) = (-42.0 - shape * libm::log1p(rate), 5.0);
    let steps = (high - low) * 50.0 / shape.clamp(0.02, 1.0);
    trapezoid(integrand, low, high, steps as u32)
}

/// Kummer's `₁F₁(a; a + b; −rate)` by its series, turned (`e^{−rate} ₁F₁(b; a + b; rate)`) so that all terms are positive.
fn beta(rate: f64, a: f64, b: f64) -> f64 {
    let n = a + b;
    let (top, y) = if rate > 0.0 { (b, rate) } else { (a, -rate) };
    let (mut sum, mut term, mut scale) = (1.0_f64, 1.0_f64, 0.0_f64);
    for k in 0..1_000_000 {
        let k = f64::from(k);
        term *= (top + k) / (n + k) * (y / (k + 1.0));
        sum += term;
        if term < sum * 1e-17 && k > y {
            break;
        }
        if sum > 1e250 {
            sum *= 1e-250;
            term *= 1e-250;
            scale += 250.0 * std::f64::consts::LN_10;
        }
    }
    if rate > 0.0 { libm::exp(scale - rate) * sum } else { libm::exp(scale) * sum }
}

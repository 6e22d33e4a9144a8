//! How precise a simulated standard deviation is.

use super::statistics::Z95;
use crate::simulate::{Bucket, Sketch};

/// Standard error of the standard deviation `s` of the values in a sketch.
///
/// For `n` independent values of mean μ and variance σ², whose fourth central moment is κσ⁴, S² is the mean of (X − μ)² less
/// (X̄ − μ)². The first part has variance (κ − 1)σ⁴/n; the second is σ²Z²/n with Z nearly standard normal. Exactly,
///
/// ```text
/// Var(S²) = σ⁴ (κ − 1 + 2/(n − 1)) / n
/// ```
///
/// (A. M. Mood, F. A. Graybill and D. C. Boes, *Introduction to the Theory of Statistics*, 3rd edition, 1974, VI.2), and the
/// error of S is that of S² over 2σ. The usual first order, κ − 1, vanishes for a number that takes two values equally often,
/// though S still varies. There the exact term is enough if κ is known; here it is estimated, and a sample may lie
/// at κ = 1 by luck while its true mean is z = 1.96 standard errors away: S² then misses σ² by z²σ²/n. So z² stands in the
/// place of 2: the interval of 1.96 standard errors around S just reaches S z²/2n to either side. Whatever the odds
/// of the two values it then covers at least 91 % (the test sums the binomial law; without it, nothing). Elsewhere the term is
/// lost in the first.
pub(super) fn standard_error_of_sd(sketch: &Sketch, s: f64) -> f64 {
    let n = sketch.count() as f64;
    if s <= 0.0 || n < 2.0 {
        return 0.0;
    }
    let second_order = Z95 * Z95 / (n - 1.0);
    s * ((kurtosis(sketch, s) - 1.0 + second_order).max(0.0) / n).sqrt() / 2.0
}

/// The fourth central moment over the square of the second, at least 1.
///
/// Both are taken from the same buckets, so that the rounding of values to them cannot push it below 1. Where the buckets are
/// too wide to see the spread `s`, it is at most D²/s², D being the distance from the mean to the farthest value: no fourth
/// power exceeds D² times the square. For two values that bound is nearly reached.
fn kurtosis(sketch: &Sketch, s: f64) -> f64 {
    let n = sketch.count() as f64;
    let middle = |b: &Bucket| f64::midpoint(b.low, b.high);
    let mean = |of: &dyn Fn(&Bucket) -> f64| sketch.buckets().map(|b| b.count as f64 / n * of(b)).sum::<f64>();
    let centre = mean(&middle);
    // In units of s, so that no fourth power overflows.
    let square = |b: &Bucket| ((middle(b) - centre) / s) * ((middle(b) - centre) / s);
    let second = mean(&square);
    if second > 0.5 {
        return mean(&|b| square(b) * square(b)) / (second * second);
    }
    let farthest = sketch.buckets().map(|b| (centre - b.low).max(b.high - centre) / s).fold(1.0, f64::max);
    farthest * farthest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sketch and the standard deviation of `ones` times `high` and else `low`, of `n`.
    fn two_valued(low: f64, high: f64, ones: u32, n: u32) -> (Sketch, f64) {
        let mut sketch = Sketch::default();
        (0..n).for_each(|i| sketch.insert(if i < ones { high } else { low }));
        let (k, n) = (f64::from(ones), f64::from(n));
        (sketch, (high - low) * (k * (n - k) / (n * (n - 1.0))).sqrt())
    }

    /// Share of the samples of `n` whose interval holds the true standard deviation, by the binomial law itself.
    fn coverage(low: f64, high: f64, p: f64, n: u32) -> f64 {
        let truth = (high - low) * (p * (1.0 - p)).sqrt();
        let trials = f64::from(n);
        let mut covered = 0.0;
        for k in 0..=n {
            let ones = f64::from(k);
            let choose = libm::lgamma(trials + 1.0) - libm::lgamma(ones + 1.0) - libm::lgamma(trials - ones + 1.0);
            let probability = libm::exp(choose + ones * libm::log(p) + (trials - ones) * libm::log1p(-p));
            if probability < 1e-12 {
                continue;
            }
            let (sketch, s) = two_valued(low, high, k, n);
            if (s - truth).abs() <= Z95 * standard_error_of_sd(&sketch, s) {
                covered += probability;
            }
        }
        covered
    }

    /// The interval around the standard deviation of two values covers the true one, also where the first order vanishes.
    #[test]
    fn the_interval_of_two_values_covers() {
        for p in [0.5, 0.502, 0.51, 0.53, 0.55, 0.6, 0.7, 0.9] {
            for n in [400, 3000] {
                let covered = coverage(0.0, 1.0, p, n);
                assert!(covered > 0.91, "{covered} for {p} of {n}");
            }
        }
    }

    /// Equal numbers of two values: κ = 1, so s z/(2 √(n(n − 1))); at any scale, and in one bucket or in two.
    #[test]
    fn what_is_left_of_two_equal_values() {
        for (low, high) in [(0.0, 1.0), (-3.0, 8.0), (1000.0, 1001.0), (0.0, 1e90), (0.0, 1e-90)] {
            let (sketch, s) = two_valued(low, high, 500, 1000);
            let wanted = s * 1.959_963_984_540_054 / (2.0 * (1000.0 * 999.0_f64).sqrt());
            let found = standard_error_of_sd(&sketch, s);
            assert!((found / wanted - 1.0).abs() < 1e-9, "{found} for {wanted}");
        }
    }

    /// Uniform: κ = 9/5, so s √(0.8/n)/2; exponential: κ = 9, so s √(8/n)/2.
    #[test]
    fn laws_of_known_fourth_moment() {
        let n = 40_000;
        let check = |quantile: &dyn Fn(f64) -> f64, s: f64, excess: f64| {
            let mut sketch = Sketch::default();
            (0..n).for_each(|i| sketch.insert(quantile((f64::from(i) + 0.5) / f64::from(n))));
            let wanted = s * (excess / f64::from(n)).sqrt() / 2.0;
            let found = standard_error_of_sd(&sketch, s);
            assert!((found / wanted - 1.0).abs() < 0.02, "{found} for {wanted}");
        };
        check(&|u| u, 1.0 / 12.0_f64.sqrt(), 0.8);
        check(&|u| -libm::log1p(-u), 1.0, 8.0);
    }

    #[test]
    fn what_does_not_vary_has_no_error() {
        let (sketch, s) = two_valued(2.0, 2.0, 0, 50);
        assert_eq!(standard_error_of_sd(&sketch, s), 0.0);
        assert_eq!(standard_error_of_sd(&Sketch::default(), 0.0), 0.0);
    }
}

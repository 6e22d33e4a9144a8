//! Draws against distribution functions and moments (`model::law`, which has oracles of its own).

use super::super::draw::{Quantity, choose};
use super::super::stream::{Purpose, Stream};
use super::*;

const DRAWS: u64 = 40_000;

fn draws(law: &Law) -> Vec<f64> {
    let quantity = Quantity::new([law]);
    let mut values: Vec<f64> = (0..DRAWS).map(|i| quantity.draw(|| Stream::new(5, i).word(1, Purpose::Takes))).collect();
    values.sort_by(f64::total_cmp);
    values
}

fn families() -> Vec<Family> {
    vec![
        Family::Uniform { low: 1.0, high: 24.0 },
        Family::Triangular { low: 1.0, mode: 2.0, high: 6.0 },
        Family::Triangular { low: 1.0, mode: 1.0, high: 6.0 },
        Family::Exponential { mean: 8.0 },
        Family::Normal { mean: 3.0, sd: 2.0, positive: false },
        Family::Normal { mean: 3.0, sd: 2.0, positive: true },
        Family::Normal { mean: -6.0, sd: 2.0, positive: true },
        Family::Lognormal { mu: 3.0, sigma: 0.8 },
        Family::Gamma { shape: 0.4, scale: 3.0 },
        Family::Gamma { shape: 1.0, scale: 3.0 },
        Family::Gamma { shape: 6.5, scale: 3.0 },
        Family::Weibull { shape: 0.7, scale: 3.0 },
        Family::Weibull { shape: 2.5, scale: 3.0 },
        Family::Beta { a: 90.0, b: 910.0 },
        Family::Beta { a: 0.5, b: 0.7 },
    ]
}

/// Kolmogorov–Smirnov: √n D exceeds 2.2 by chance once in 8,000.
#[test]
fn continuous_laws() {
    for family in families() {
        let values = draws(&chance(family.clone()));
        let n = values.len() as f64;
        let distance = values.iter().enumerate().fold(0.0_f64, |d, (i, &v)| {
            let p = family.cdf(v);
            d.max((p - i as f64 / n).abs()).max(((i + 1) as f64 / n - p).abs())
        });
        assert!(distance * n.sqrt() < 2.2, "{family:?}: {}", distance * n.sqrt());
    }
}

/// Counts of each value against their probabilities: Poisson from its distribution function.
#[test]
fn discrete_laws() {
    let empirical = Family::Empirical { values: vec![3.0, 1.0, 2.0], probabilities: vec![0.5, 0.2, 0.3] };
    for family in [Family::Poisson { mean: 0.3 }, Family::Poisson { mean: 4.0 }, Family::Poisson { mean: 40.0 }, empirical] {
        let values = draws(&chance(family.clone()));
        for k in 0..80 {
            let (low, high) = (f64::from(k) - 0.5, f64::from(k) + 0.5);
            let p = family.cdf(high) - family.cdf(low);
            let found = values.iter().filter(|v| **v > low && **v < high).count() as f64;
            let (mean, sd) = (DRAWS as f64 * p, (DRAWS as f64 * p * (1.0 - p)).sqrt());
            assert!((found - mean).abs() < 4.5 * sd + 2.0, "{family:?} at {k}: {found}, expected {mean}");
        }
    }
}

#[test]
fn moments() {
    for family in families().into_iter().chain([Family::Poisson { mean: 4.0 }]) {
        let distribution = Distribution::new(family);
        let values = draws(&Law::of(distribution.clone()));
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let z = (mean - distribution.mean()) / (distribution.variance() / n).sqrt();
        assert!(z.abs() < 4.5, "{distribution:?}: z = {z}");
        let squares: Vec<f64> = values.iter().map(|v| (v - mean) * (v - mean)).collect();
        let variance = squares.iter().sum::<f64>() / n;
        let fourth = squares.iter().map(|s| s * s).sum::<f64>() / n;
        let z = (variance - distribution.variance()) / ((fourth - variance * variance) / n).sqrt();
        assert!(z.abs() < 5.0, "{distribution:?}: z of the variance = {z}");
    }
}

/// 2 + 3 E + 2 U − U': parts of one law are independent of one another.
#[test]
fn sums_of_laws() {
    let exponential = chance(Family::Exponential { mean: 1.0 });
    let uniform = chance(Family::Uniform { low: 0.0, high: 1.0 });
    let law = always(2)
        .plus(&exponential.scaled(&fraction(3, 1)))
        .plus(&uniform.scaled(&fraction(2, 1)))
        .plus(&uniform.scaled(&fraction(-1, 1)));
    let values = draws(&law);
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
    // 2 + 3 + 1 − 1/2; 9 + 4/12 + 1/12
    assert!((mean - 5.5).abs() < 4.5 * (9.5 / n).sqrt(), "{mean}");
    assert!((variance / (9.0 + 5.0 / 12.0) - 1.0).abs() < 0.06, "{variance}");
}

#[test]
fn more_luck_is_always_more() {
    for family in families() {
        if matches!(family, Family::Gamma { .. } | Family::Beta { .. }) {
            continue; // by rejection
        }
        let quantity = Quantity::new([&chance(family.clone())]);
        let values: Vec<f64> = (0..1000_u64).map(|i| quantity.draw(|| i << 54 | 1 << 53)).collect();
        assert!(values.is_sorted(), "{family:?}");
        assert!(quantity.draw(|| 0).is_finite() && quantity.draw(|| u64::MAX).is_finite());
    }
}

#[test]
fn degenerate_laws_are_their_value() {
    for (family, value) in [
        (Family::Uniform { low: 3.0, high: 3.0 }, 3.0),
        (Family::Triangular { low: 3.0, mode: 3.0, high: 3.0 }, 3.0),
        (Family::Exponential { mean: 0.0 }, 0.0),
        (Family::Normal { mean: 3.0, sd: 0.0, positive: true }, 3.0),
        (Family::Poisson { mean: 0.0 }, 0.0),
        (Family::Empirical { values: vec![3.0], probabilities: vec![1.0] }, 3.0),
    ] {
        assert_eq!(Quantity::new([&chance(family)]).draw(|| 0x1234_5678_9abc_def0), value);
    }
    assert_eq!(Quantity::new([&always(3), &always(4)]).certain(), Some(7.0));
}

#[test]
fn a_word_finds_its_place() {
    let few = [10, 20, 30];
    let many: Vec<u64> = (1..=50).map(|i| 10 * i).collect();
    for word in [0, 9, 10, 11, 29, 30, 31, u64::MAX] {
        assert_eq!(choose(&few, word), few.iter().filter(|t| **t <= word).count());
        assert_eq!(choose(&many, word), many.iter().filter(|t| **t <= word).count());
    }
    assert_eq!(choose(&[], 5), 0);
}

//! Draws against distribution functions and moments (`model::law`, which has oracles of its own).

use super::super::draw::{Curves, Quantity, choose};
use super::super::stream::{Purpose, Stream, unit};
use super::*;

const DRAWS: u64 = 40_000;

fn draws(law: &Law) -> Vec<f64> {
    let quantity = Quantity::new([law], &mut Curves::default());
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
    for family in [0.3, 4.0, 40.0].map(|mean| Family::Poisson { mean }).into_iter().chain([empirical]) {
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
        let quantity = Quantity::new([&chance(family.clone())], &mut Curves::default());
        let mut words: Vec<u64> = (0..1000_u64).map(|i| i << 54 | 1 << 53).collect();
        words.extend((0..3_000).map(|i| Stream::new(8, i).word(2, Purpose::After)));
        words.extend((12..64).flat_map(|bit| [1 << bit, !(1 << bit)]));
        words.sort_unstable();
        let values: Vec<f64> = words.iter().map(|word| quantity.draw(|| *word)).collect();
        // Where two cubics meet, rounding may take a step back.
        let falls = values.windows(2).find(|pair| pair[1] < pair[0] - 1e-14 * pair[0].abs() - 1e-300);
        assert_eq!(falls, None, "{family:?}");
        assert!(quantity.draw(|| 0).is_finite() && quantity.draw(|| u64::MAX).is_finite());
    }
}

/// The distribution function gives every value drawn the probability of its word: to one part in 10^7 of its tail.
#[test]
fn values_have_the_probability_of_their_word() {
    for family in families() {
        let quantity = Quantity::new([&chance(family.clone())], &mut Curves::default());
        for i in 0..4_000_u64 {
            // Half of them far out.
            let word = Stream::new(6, i).word(1, Purpose::Takes) >> if i % 2 == 0 { 0 } else { i % 40 };
            for word in [word, !word] {
                let value = quantity.draw(|| word);
                let (wanted, found) = (unit(word), family.cdf(value));
                // No float may lie nearer: next to 1 those of a beta are far apart.
                let coarse = family.cdf(value.next_up()) - family.cdf(value.next_down());
                let allowed = 1.2e-7 * wanted.min(1.0 - wanted) + coarse + 1e-12;
                assert!((found - wanted).abs() < allowed, "{family:?}: {found} for {wanted}");
            }
        }
    }
}

#[test]
fn large_counts_keep_their_mean() {
    let quantity = Quantity::new([&chance(Family::Poisson { mean: 4e6 })], &mut Curves::default());
    let values: Vec<f64> = (0..200).map(|i| quantity.draw(|| Stream::new(5, i).word(1, Purpose::Takes))).collect();
    let mean = values.iter().sum::<f64>() / 200.0;
    assert!(values.iter().all(|v| v.fract() == 0.0) && (mean - 4e6).abs() < 4.5 * 2000.0 / 200_f64.sqrt(), "{mean}");
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
        assert_eq!(Quantity::new([&chance(family)], &mut Curves::default()).draw(|| 0x1234_5678_9abc_def0), value);
    }
    assert_eq!(Quantity::new([&always(3), &always(4)], &mut Curves::default()).certain(), Some(7.0));
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

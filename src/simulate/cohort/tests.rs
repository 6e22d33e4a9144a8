//! Against laws known by heart: binomial, negative binomial, sums of exponentials; and against a walk of each customer.

use super::binomial::{binomial, log_ratio_for_tests};
use super::*;
use crate::model::law::{Family, normal_quantile};
use crate::model::{GoalId, Law};
use crate::simulate::stream::Stream;
use crate::simulate::tests::{Build, Built, To, always, chance, fraction, nothing, stay, way};

fn luck(seed: u64, replication: u64) -> Luck {
    Luck { seed, part: Part::Stated, replication }
}

fn words(seed: u64, replication: u64) -> Nested {
    Nested::new(Stream::new(seed, replication).word(0, Purpose::Branch))
}

/// How far a χ² lies out, in standard deviations of the normal law (E. B. Wilson and M. M. Hilferty, Proc. Natl. Acad. Sci. 17,
/// 1931). Cells with fewer than 8 expected are joined to their neighbours.
fn chi_square(observed: &[f64], expected: &[f64]) -> f64 {
    let (mut sum, mut cells, mut o, mut e) = (0.0, 0.0, 0.0, 0.0);
    let left: Vec<f64> = expected
        .iter()
        .rev()
        .scan(0.0, |s, x| {
            *s += x;
            Some(*s)
        })
        .collect();
    for (i, (a, b)) in observed.iter().zip(expected).enumerate() {
        o += a;
        e += b;
        let rest = if i + 1 < expected.len() { left[expected.len() - 2 - i] } else { 0.0 };
        if e >= 8.0 && (rest >= 8.0 || i + 1 == expected.len()) {
            sum += (o - e) * (o - e) / e;
            cells += 1.0;
            (o, e) = (0.0, 0.0);
        }
    }
    if e > 0.0 {
        sum += (o - e) * (o - e) / e;
        cells += 1.0;
    }
    let freedom: f64 = cells - 1.0;
    let v = 2.0 / (9.0 * freedom);
    ((sum / freedom).cbrt() - (1.0 - v)) / v.sqrt()
}

/// P(k) of a binomial for every k of `low..=high`, from logarithms of factorials.
fn law(n: u64, p: f64, low: u64, high: u64) -> Vec<f64> {
    let n = n as f64;
    let one = |k: u64| {
        let k = k as f64;
        let choose = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
        libm::exp(choose + k * libm::log(p) + (n - k) * libm::log1p(-p))
    };
    (low..=high).map(one).collect()
}

/// Small and large, rare and frequent: inversion below ten expected, rejection beyond.
#[test]
fn binomials_follow_their_law() {
    const DRAWS: u64 = 40_000;
    for (n, p) in [
        (1, 0.3),
        (7, 0.5),
        (20, 0.3),
        (1000, 0.003_75),
        (40, 0.25),
        (40, 0.75),
        (100, 0.5),
        (5000, 0.002),
        (3000, 0.9),
        (100_000, 0.01),
    ] {
        let (mean, sd) = (n as f64 * p, (n as f64 * p * (1.0 - p)).sqrt());
        let low = (mean - 9.0 * sd - 5.0).max(0.0) as u64;
        let high = ((mean + 9.0 * sd + 5.0) as u64).min(n);
        let mut observed = vec![0.0; (high - low + 1) as usize];
        for draw in 0..DRAWS {
            observed[(binomial(n, p, &mut words(n, draw)) - low) as usize] += 1.0;
        }
        let expected: Vec<f64> = law(n, p, low, high).iter().map(|p| p * DRAWS as f64).collect();
        let z = chi_square(&observed, &expected);
        assert!(z < 4.5, "n = {n}, p = {p}: {z}");
    }
}

/// With 10^12 customers and a chance of 10^-12, how many is Poisson's law of mean 1 to within 10^-12 (L. Le Cam, 1960).
#[test]
fn the_rarest_of_a_million_millions() {
    const DRAWS: u64 = 40_000;
    let n = 1_000_000_000_000;
    let mut observed = vec![0.0; 12];
    for draw in 0..DRAWS {
        observed[binomial(n, 1e-12, &mut words(2, draw)).min(11) as usize] += 1.0;
    }
    let mut here = libm::exp(-1.0) * DRAWS as f64;
    let mut expected = Vec::new();
    for k in 1..=12 {
        expected.push(here);
        here /= f64::from(k);
    }
    assert!(chi_square(&observed, &expected) < 4.5);
}

/// Of 10^12 at 3 in 10 and at 7 in 10 million: by the central limit theorem off the normal law by less than one in 2,000
/// (Berry–Esseen), which 20,000 draws do not see. Forty cells of equal chance.
#[test]
fn a_million_million_customers_are_normal() {
    const DRAWS: usize = 20_000;
    for (n, p) in [(1_000_000_000_000_u64, 0.3), (1_000_000_000_000, 7e-7), (9_007_199_254_740_992, 0.5)] {
        let (mean, sd) = (n as f64 * p, (n as f64 * p * (1.0 - p)).sqrt());
        let limits: Vec<f64> = (1..40).map(|i| normal_quantile(f64::from(i) / 40.0)).collect();
        let mut observed = vec![0.0; 40];
        for draw in 0..DRAWS {
            let z = (binomial(n, p, &mut words(7, draw as u64)) as f64 - mean) / sd;
            observed[limits.partition_point(|limit| *limit < z)] += 1.0;
        }
        let z = chi_square(&observed, &vec![DRAWS as f64 / 40.0; 40]);
        assert!(z < 4.5, "n = {n}, p = {p}: {z}");
    }
}

/// P(k) / P(m), against the product of (n − i) / (i + 1) × p / q from m to k.
#[test]
fn ratios_of_probabilities_do_not_cancel() {
    for (n, p, m, k) in
        [(40.0, 0.25, 10.0, 17.0), (1000.0, 0.3, 300.0, 251.0), (1e12, 0.3, 3e11, 3e11 + 400.0), (1e12, 1e-9, 1000.0, 900.0)]
    {
        let (low, high) = if k > m { (m, k) } else { (k, m) };
        let (mut sum, mut i) = (0.0, low);
        while i < high {
            // ln of a ratio near 1, from its exact distance to 1.
            let (a, b) = ((n - i) * p, (i + 1.0) * (1.0 - p));
            sum += libm::log1p((a - b) / b);
            i += 1.0;
        }
        let expected = if k > m { sum } else { -sum };
        let found = log_ratio_for_tests(n, p, m, k);
        assert!((found - expected).abs() < 1e-7 * (1.0 + expected.abs()), "{n} {p} {m} {k}: {found} {expected}");
    }
}

#[test]
fn what_is_certain_takes_no_luck() {
    for n in [0, 1, 5, 1_000_000] {
        assert_eq!(binomial(n, 0.0, &mut words(1, 1)), 0);
        assert_eq!(binomial(n, -1e-17, &mut words(1, 1)), 0);
        assert_eq!(binomial(n, 1.0, &mut words(1, 1)), n);
    }
}

/// Three states in a row, no loop: of `n`, those who come to the end are binomial of p = 9 % × 40 % × 75 % = 2.7 %.
fn row() -> Built {
    let mut build = Build::new(3, 1, 2);
    let states: Vec<usize> = (0..3).map(|t| build.state(0, stay(t, always(0)))).collect();
    let lost = To::End(1);
    build.branch(states[0], To::State(1), fraction(9, 100), way(always(0)));
    build.branch(states[0], lost, fraction(91, 100), way(always(0)));
    build.branch(states[1], To::State(2), fraction(40, 100), way(always(0)));
    build.branch(states[1], lost, fraction(60, 100), way(always(0)));
    let mut goal = way(always(0));
    goal.reaches.push(GoalId(0));
    build.branch(states[2], To::End(0), fraction(75, 100), goal);
    build.branch(states[2], lost, fraction(25, 100), way(always(0)));
    build.enter(0, To::State(0), fraction(1, 1), way(always(0)));
    build.build()
}

fn campaigns(built: &Built, customers: u64, replications: u64) -> Vec<Totals> {
    let cohorts = Cohorts::new(&built.chain, built.model.goals.len());
    let setting = cohorts.setting(&built.chain, customers as f64);
    let mut scratch = Scratch::default();
    (0..replications).map(|r| cohorts.campaign(&setting, luck(3, r), &mut scratch)).collect()
}

/// Mean and variance of a number over campaigns, held to the law's within 4.5 standard errors. The variance of a sample variance is
/// (κ₄ + 2σ⁴) / N; `excess` is κ₄ / σ⁴.
#[track_caller]
fn moments(values: &[f64], mean: f64, variance: f64, excess: f64) {
    let n = values.len() as f64;
    let found = values.iter().sum::<f64>() / n;
    let spread = values.iter().map(|v| (v - found) * (v - found)).sum::<f64>() / (n - 1.0);
    let z = (found - mean) / (variance / n).sqrt();
    assert!(z.abs() < 4.5, "mean {found}, expected {mean}, z = {z}");
    let z = (spread / variance - 1.0) / ((2.0 + excess) / n).sqrt();
    assert!(z.abs() < 4.5, "variance {spread}, expected {variance}, z = {z}");
}

#[test]
fn without_a_loop_the_total_is_binomial() {
    let built = row();
    for customers in [3, 1000, 1_000_000, 1_000_000_000_000] {
        let totals = campaigns(&built, customers, 4000);
        for t in &totals {
            assert_eq!(t.ends.iter().sum::<u64>(), customers);
            assert_eq!(t.goals[0], t.ends[0]);
        }
        let goals: Vec<f64> = totals.iter().map(|t| t.goals[0] as f64).collect();
        let (p, n) = (0.09 * 0.4 * 0.75, customers as f64);
        let variance = n * p * (1.0 - p);
        moments(&goals, n * p, variance, (1.0 - 6.0 * p * (1.0 - p)) / variance);
    }
}

#[test]
fn a_thousand_by_the_whole_law() {
    let totals = campaigns(&row(), 1000, 20_000);
    let mut observed = vec![0.0; 101];
    totals.iter().for_each(|t| observed[t.goals[0] as usize] += 1.0);
    let expected: Vec<f64> = law(1000, 0.027, 0, 100).iter().map(|p| p * 20_000.0).collect();
    assert!(chi_square(&observed, &expected) < 4.5);
}

/// A state that keeps customers with probability 0.6: visits are `n` plus a negative binomial of mean n × 0.6 / 0.4 and variance
/// n × 0.6 / 0.4². The same through a second state. The excess of a negative binomial is (1 + 4q + q²) / (n q), q = 0.6.
#[test]
fn a_loop_is_negative_binomial() {
    for through in [false, true] {
        let mut build = Build::new(2, 1, 1);
        let mut visit = stay(0, always(0));
        visit.reaches.push(GoalId(0));
        let first = build.state(0, visit);
        let other = build.state(0, stay(1, always(0)));
        build.branch(first, To::State(if through { other } else { first }), fraction(6, 10), way(always(0)));
        build.branch(first, To::End(0), fraction(4, 10), way(always(0)));
        build.branch(other, To::State(first), fraction(1, 1), way(always(0)));
        build.enter(0, To::State(first), fraction(1, 1), way(always(0)));
        let built = build.build();
        for customers in [2, 500, 1_000_000_000_000] {
            let n = customers as f64;
            let totals = campaigns(&built, customers, 4000);
            assert!(totals.iter().all(|t| t.ends[0] == customers && t.unfinished == 0));
            let visits: Vec<f64> = totals.iter().map(|t| t.goals[0] as f64).collect();
            moments(&visits, n / 0.4, n * 0.6 / 0.16, (1.0 + 4.0 * 0.6 + 0.36) / (n * 0.6));
        }
    }
}

/// Each order earns an amount of its own, exponential of mean 50, of which 40 % is margin, and each arrival costs 2. With N orders
/// of n customers: E = 50 n p, Var = n p (2500 + 2500) − n p² 2500.
#[test]
fn money_that_each_visit_draws() {
    let mut build = Build::new(1, 0, 2);
    let state = build.state(0, stay(0, always(0)));
    let mut order = way(always(0));
    order.rewards.earns = Some((chance(Family::Exponential { mean: 50.0 }), fraction(4, 10)));
    build.branch(state, To::End(0), fraction(1, 10), order);
    build.branch(state, To::End(1), fraction(9, 10), way(always(0)));
    let mut come = way(always(0));
    come.rewards = crate::chain::Rewards { costs: vec![Law::constant(fraction(2, 1))], ..nothing() };
    build.enter(0, To::State(state), fraction(1, 1), come);
    let built = build.build();
    for customers in [100, 1000, 100_000] {
        let totals = campaigns(&built, customers, 4000);
        let n = customers as f64;
        let revenue: Vec<f64> = totals.iter().map(|t| t.revenue).collect();
        // Fourth cumulant of a sum of n iid: that of one is bounded by its fourth moment, p × 24 × 50⁴.
        let variance = n * (0.1 * 5000.0 - 0.01 * 2500.0);
        moments(&revenue, n * 5.0, variance, n * 0.1 * 24.0 * 6_250_000.0 / (variance * variance));
        for t in &totals {
            assert_eq!(t.cost, 2.0 * n);
            assert!((t.margin - (0.4 * t.revenue - t.cost)).abs() < 1e-9 * t.revenue.abs().max(1.0));
        }
    }
}

/// What a campaign brings is a function of seed and replication, not of what was computed before it.
#[test]
fn a_campaign_alone_is_the_same() {
    let built = row();
    let cohorts = Cohorts::new(&built.chain, 1);
    let setting = cohorts.setting(&built.chain, 5000.0);
    let all = campaigns(&built, 5000, 50);
    let alone = cohorts.campaign(&setting, luck(3, 41), &mut Scratch::default());
    assert_eq!(all[41], alone);
    let other = cohorts.campaign(&setting, Luck { part: Part::First, ..luck(3, 41) }, &mut Scratch::default());
    assert_ne!(alone, other);
}

/// Numbers that are changed count; one below 0 stands for 0, and the row is brought back to one.
#[test]
fn a_setting_can_be_changed() {
    let built = row();
    let cohorts = Cohorts::new(&built.chain, 1);
    let mut setting = cohorts.setting(&built.chain, 1000.0);
    let first = setting.probabilities().start + 1;
    setting.change(
        &cohorts,
        [(first, 1.0), (first + 1, -1e-18), (first + 2, 0.5), (first + 3, 0.0), (first + 4, 3.0), (first + 5, 0.0), (0, 70.2)],
    );
    let totals = cohorts.campaign(&setting, luck(1, 1), &mut Scratch::default());
    assert_eq!((totals.customers, totals.goals[0], totals.ends[1]), (70, 70, 0));
}

/// A gamma of shape a over its sum with one of shape b is a beta: mean a / (a + b), variance ab / ((a + b)² (a + b + 1)).
#[test]
fn gammas_make_a_beta() {
    let (a, b) = (Unsure::gamma(1.5).unwrap(), Unsure::gamma(2.5).unwrap());
    let share = |r: u64| {
        let luck = Luck { seed: 1, part: Part::Unknown, replication: r };
        let (x, y) = (a.draw(luck, 0), b.draw(luck, 1));
        x / (x + y)
    };
    let values: Vec<f64> = (0..40_000).map(share).collect();
    moments(&values, 0.375, 1.5 * 2.5 / (16.0 * 5.0), 0.0);
    assert!(Unsure::gamma(0.0).is_none());
}

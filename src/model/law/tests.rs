//! Expected values are hand derivations, or come from mpmath 1.3 with 40 digits (`quad` of the definition, `gammainc`, `betainc`,
//! `erfinv`, `hyp1f1`), as each test says.

use super::special::{incomplete_beta, incomplete_gamma, ppnd16};
use super::*;

fn close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "found {found:e}, expected {expected:e}");
}

fn fraction(up: i64, down: i64) -> BigRational {
    BigRational::new(up.into(), down.into())
}

fn family(name: FamilyName, facts: &[(Fact, f64)]) -> Family {
    from_facts(name, facts, false).unwrap()
}

#[test]
fn normal_quantiles() {
    // sqrt(2) erfinv(2p − 1); the tails by a root search on log erfc
    let table = [
        (0.001, -3.090_232_306_167_813_5),
        (0.05, -1.644_853_626_951_472_7),
        (0.1, -1.281_551_565_544_600_5),
        (0.3, -0.524_400_512_708_040_8),
        (0.5, 0.0),
        (0.75, 0.674_489_750_196_081_7),
        (0.9, 1.281_551_565_544_600_5),
        (0.975, 1.959_963_984_540_054_2),
        (1e-20, -9.262_340_089_798_408),
        (1e-300, -37.047_096_299_361_2),
    ];
    for (p, z) in table {
        close(normal_quantile(p), z, 1e-15);
        close(ppnd16(p), z, 1e-15);
    }
}

#[test]
fn incomplete_gamma_and_beta() {
    // mpmath gammainc and betainc, regularised
    for (a, x, p) in [
        (0.5, 0.2, 0.472_910_743_134_461_9),
        (2.3, 5.0, 0.940_383_517_113_590_3),
        (100.0, 80.0, 0.017_108_313_035_133_114),
        (100.0, 130.0, 0.997_249_591_632_693_5),
        (10_000.0, 9_900.0, 0.158_651_192_193_564_66),
    ] {
        close(incomplete_gamma(a, x).0, p, 2e-14);
    }
    close(incomplete_gamma(100.0, 200.0).1, 1.843_893_649_711_574e-15, 1e-13);
    for (a, b, x, p) in [
        (0.5, 0.5, 0.3, 0.369_010_119_565_545_4),
        (2.0, 5.0, 0.4, 0.766_72),
        (90.0, 910.0, 0.1, 0.864_361_134_969_252_6),
        (90.0, 910.0, 0.07, 0.009_391_712_464_108_412),
    ] {
        close(incomplete_beta(a, b, x), p, 2e-14);
    }
}

#[test]
fn moments_by_their_formulas() {
    let moments = |f: Family| (Distribution::new(f.clone()).mean(), Distribution::new(f).variance());
    // lognormal: e^{mu + s²/2}, e^{2 mu + s²} (e^{s²} − 1)
    let (mean, variance) = moments(Family::Lognormal { mu: 0.0, sigma: 1.0 });
    close(mean, libm::exp(0.5), 1e-14);
    close(variance, libm::exp(1.0) * (libm::exp(1.0) - 1.0), 1e-14);
    // Weibull of shape 1/2: mean Γ(3) = 2, second moment Γ(5) = 24
    let (mean, variance) = moments(Family::Weibull { shape: 0.5, scale: 3.0 });
    close(mean, 6.0, 1e-14);
    close(variance, 9.0 * 20.0, 1e-13);
    // Γ(1 + 2/k) / Γ(1 + 1/k)² − 1 by mpmath
    for (k, square) in [
        (0.7, 2.138_685_631_851_167_5),
        (1.5, 0.460_998_486_206_318_36),
        (10.0, 0.014_474_548_779_262_857),
        (25.0, 0.002_490_227_510_423_578_6),
        (200.0, 4.082_601_910_718_328e-5),
        (5000.0, 6.577_813_798_588e-8),
    ] {
        let (mean, variance) = moments(Family::Weibull { shape: k, scale: 1.0 });
        close(variance / mean / mean, square, 2e-13);
    }
    // triangle on 1, 2, 6: mean 3, variance (1 + 4 + 16) / 18
    let (mean, variance) = moments(Family::Triangular { low: 1.0, mode: 2.0, high: 6.0 });
    close(mean, 3.0, 1e-15);
    close(variance, 21.0 / 18.0, 1e-15);
    // beta(2, 5): 2/7, 10 / (49 × 8)
    let (mean, variance) = moments(Family::Beta { a: 2.0, b: 5.0 });
    close(mean, 2.0 / 7.0, 1e-15);
    close(variance, 10.0 / 392.0, 1e-15);
    // truncated bells by mpmath quad of the density
    for (mu, sd, m, v) in [
        (10.0, 4.0, 10.070_551_301_947_667, 15.289_509_494_316_82),
        (1.0, 2.0, 2.018_320_867_674_067, 1.944_701_742_785_468_4),
        (-3.0, 2.0, 0.877_354_333_245_086_4, 0.598_186_374_200_810_8),
        (-20.0, 2.0, 0.196_186_467_925_023_93, 0.037_781_511_302_625_05),
    ] {
        let (mean, variance) = moments(Family::Normal { mean: mu, sd, positive: true });
        close(mean, m, 1e-12);
        close(variance, v, 1e-12);
    }
}

#[test]
fn transforms_by_quadrature() {
    let transform = |f: Family, rate: f64| Distribution::new(f).transform(rate);
    // mpmath quad of E[exp(−rate X)]
    close(transform(Family::Lognormal { mu: 0.0, sigma: 1.0 }, 0.1), 0.862_780_302_388_148_7, 1e-13);
    close(transform(Family::Lognormal { mu: 5.0, sigma: 0.5 }, 1e-4), 0.983_362_499_936_345, 1e-13);
    close(transform(Family::Lognormal { mu: 1.0, sigma: 2.0 }, 3.0), 0.126_341_796_993_546_91, 1e-13);
    close(transform(Family::Lognormal { mu: 0.0, sigma: 0.3 }, 200.0), 3.046_232_740_757_38e-22, 1e-12);
    close(transform(Family::Weibull { shape: 1.5, scale: 0.1 }, 1.0), 0.915_361_311_932_436_1, 1e-13);
    close(transform(Family::Weibull { shape: 0.5, scale: 2.0 }, 1.0), 0.438_182_228_226_846_17, 1e-13);
    close(transform(Family::Weibull { shape: 3.0, scale: 1.0 }, 50.0), 4.797_699_088_436_417e-5, 1e-12);
    close(transform(Family::Triangular { low: 1.0, mode: 2.0, high: 6.0 }, 0.01), 0.970_502_047_144_412_7, 1e-14);
    close(transform(Family::Triangular { low: 1.0, mode: 2.0, high: 6.0 }, 3.0), 0.002_075_050_309_090_041_4, 1e-13);
    for (mean, sd, t) in [
        (10.0, 4.0, 0.017_670_233_244_965_865),
        (1.0, 2.0, 0.352_203_413_414_737_3),
        (-3.0, 2.0, 0.607_675_756_727_989_6),
        (-20.0, 2.0, 0.879_133_317_645_017_2),
    ] {
        close(transform(Family::Normal { mean, sd, positive: true }, 0.7), t, 1e-12);
    }
    // hyp1f1(a, a + b, −rate)
    close(transform(Family::Beta { a: 2.0, b: 5.0 }, 0.3), 0.918_900_637_343_057_4, 1e-14);
    close(transform(Family::Beta { a: 90.0, b: 910.0 }, 5.0), 0.638_278_828_968_237_1, 1e-13);
    close(transform(Family::Beta { a: 2.0, b: 3.0 }, 1000.0), 1.195_207_2e-5, 1e-12);
    // a sum of independent parts multiplies: 1 + 2 X, X memoryless of mean 3, at rate 0.5: e^{−1/2} / 4
    let law = Law::constant(fraction(1, 1)).plus(&Law::of(exponential(3)).scaled(&fraction(2, 1)));
    close(law.transform(0.5), libm::exp(-0.5) / 4.0, 1e-15);
}

fn exponential(mean: i64) -> Distribution {
    Distribution::from_facts(FamilyName::Exponential, &[(Fact::Mean, fraction(mean, 1))], true).unwrap()
}

#[test]
fn sums_and_multiples() {
    let law = Law::constant(fraction(1, 2)).plus(&Law::of(exponential(3)).scaled(&fraction(2, 1)));
    assert_eq!(law.exact_mean(), Some(fraction(13, 2)));
    close(law.variance(), 36.0, 1e-15);
    assert_eq!((law.low(), law.high()), (0.5, f64::INFINITY));
    let turned = law.scaled(&fraction(-1, 1));
    assert_eq!((turned.low(), turned.high()), (f64::NEG_INFINITY, -0.5));
    assert!(law.scaled(&fraction(0, 1)).is_zero());
}

#[test]
fn means_stay_fractions_where_the_facts_give_them() {
    let mean = |name, facts: &[(Fact, BigRational)]| Distribution::from_facts(name, facts, true).unwrap().exact_mean;
    let (p0, p1) = (Fact::Parameter(0), Fact::Parameter(1));
    assert_eq!(mean(FamilyName::Uniform, &[(p0, fraction(1, 1)), (p1, fraction(24, 1))]), Some(fraction(25, 2)));
    assert_eq!(mean(FamilyName::Beta, &[(p0, fraction(90, 1)), (p1, fraction(910, 1))]), Some(fraction(9, 100)));
    assert_eq!(mean(FamilyName::Poisson, &[(p0, fraction(3, 10))]), Some(fraction(3, 10)));
    let both = [(Fact::Mean, fraction(7, 1)), (Fact::Sd, fraction(2, 1))];
    assert_eq!(mean(FamilyName::Lognormal, &both), Some(fraction(7, 1)));
    assert_eq!(mean(FamilyName::Normal, &both), None, "the truncated mean is not a fraction");
    let cases = [(fraction(1, 1), fraction(3, 10)), (fraction(2, 1), fraction(7, 10))];
    assert_eq!(Distribution::empirical(&cases).exact_mean, Some(fraction(17, 10)));
}

#[test]
fn closed_forms() {
    // ln p90 = ln median + z₉₀ sigma
    let Family::Lognormal { mu, sigma } =
        family(FamilyName::Lognormal, &[(Fact::Percentile(90), 180.0), (Fact::Percentile(50), 40.0)])
    else {
        panic!("another family")
    };
    close(mu, libm::log(40.0), 1e-15);
    close(sigma, libm::log(4.5) / 1.281_551_565_544_600_5, 1e-15);
    // median = mean ln 2
    assert!(matches!(family(FamilyName::Exponential, &[(Fact::Percentile(50), 2.0)]),
        Family::Exponential { mean } if (mean - 2.0 / std::f64::consts::LN_2).abs() < 1e-15));
    // ln(1/0.1) / ln 2 = (p90 / median)^shape
    let Family::Weibull { shape, scale } =
        family(FamilyName::Weibull, &[(Fact::Percentile(50), 1.0), (Fact::Percentile(90), 2.0)])
    else {
        panic!("another family")
    };
    close(shape, libm::log2(libm::log(10.0) / std::f64::consts::LN_2), 1e-14);
    close(libm::pow(1.0 / scale, shape), std::f64::consts::LN_2, 1e-14);
}

/// What the facts say must hold of what was solved.
#[test]
fn solved_parameters_give_the_facts_back() {
    use Fact::{High, Low, Mean, Mode, Percentile, Sd};
    use FamilyName::{Beta, Exponential, Gamma, Lognormal, Normal, Triangular, Uniform, Weibull};
    let cases: &[(FamilyName, &[(Fact, f64)])] = &[
        (Uniform, &[(Mean, 5.0), (Sd, 1.0)]),
        (Uniform, &[(Low, 1.0), (Percentile(90), 5.0)]),
        (Uniform, &[(Percentile(10), 1.0), (Percentile(90), 5.0)]),
        (Triangular, &[(Low, 1.0), (Mode, 2.0), (Mean, 4.0)]),
        (Triangular, &[(Low, 1.0), (Mode, 2.0), (Percentile(90), 5.0)]),
        (Triangular, &[(Low, 1.0), (High, 9.0), (Percentile(50), 4.0)]),
        (Triangular, &[(Mode, 2.0), (High, 9.0), (Sd, 2.0)]),
        (Exponential, &[(Percentile(90), 8.0)]),
        (Exponential, &[(Sd, 8.0)]),
        (Normal, &[(Mean, 10.0), (Percentile(90), 14.0)]),
        (Normal, &[(Percentile(10), 2.0), (Percentile(90), 14.0)]),
        (Normal, &[(Percentile(90), 2.0), (Sd, 1.0)]),
        (Lognormal, &[(Mean, 10.0), (Sd, 7.0)]),
        (Lognormal, &[(Mean, 10.0), (Percentile(50), 7.0)]),
        (Lognormal, &[(Mean, 10.0), (Percentile(90), 18.0)]),
        (Lognormal, &[(Mean, 10.0), (Percentile(10), 3.0)]),
        (Lognormal, &[(Sd, 10.0), (Percentile(50), 3.0)]),
        (Lognormal, &[(Sd, 2.0), (Percentile(90), 9.0)]),
        (Lognormal, &[(Percentile(25), 2.0), (Percentile(75), 9.0)]),
        (Gamma, &[(Mean, 10.0), (Sd, 7.0)]),
        (Gamma, &[(Mean, 10.0), (Percentile(50), 7.0)]),
        (Gamma, &[(Mean, 10.0), (Percentile(90), 18.0)]),
        (Gamma, &[(Sd, 4.0), (Percentile(90), 18.0)]),
        (Gamma, &[(Percentile(50), 3.0), (Percentile(90), 18.0)]),
        (Weibull, &[(Mean, 10.0), (Sd, 7.0)]),
        (Weibull, &[(Mean, 10.0), (Percentile(50), 9.0)]),
        (Weibull, &[(Mean, 10.0), (Percentile(90), 18.0)]),
        (Weibull, &[(Sd, 4.0), (Percentile(50), 18.0)]),
        (Weibull, &[(Percentile(10), 3.0), (Percentile(90), 18.0)]),
        (Beta, &[(Mean, 0.1), (Sd, 0.02)]),
        (Beta, &[(Mean, 0.1), (Percentile(90), 0.15)]),
        (Beta, &[(Percentile(50), 0.1), (Percentile(90), 0.15)]),
        (Beta, &[(Sd, 0.05), (Percentile(50), 0.3)]),
    ];
    for (name, facts) in cases {
        let distribution = Distribution::new(family(*name, facts));
        for &(fact, value) in *facts {
            let (found, expected) = match fact {
                Mean => (distribution.mean(), value),
                Sd => (distribution.variance(), value * value),
                Percentile(p) => (distribution.cdf(value), f64::from(p) / 100.0),
                Low => (distribution.low(), value),
                High => (distribution.high(), value),
                _ => continue,
            };
            assert!((found - expected).abs() <= 2e-12 * expected, "{name:?} {facts:?}: {fact:?} is {found}, not {expected}");
        }
    }
}

#[test]
fn of_two_answers_the_one_that_spreads_less() {
    // sigma² / 2 − z sigma + ln(p90 / mean) = 0 has two positive roots where the p90 is above the mean
    let Family::Lognormal { sigma, .. } = family(FamilyName::Lognormal, &[(Fact::Mean, 10.0), (Fact::Percentile(90), 18.0)])
    else {
        panic!("another family")
    };
    assert!(sigma < 1.281_551_565_544_600_5);
}

#[test]
fn bad_facts() {
    use Fact::{High, Low, Mean, Parameter, Percentile, Sd};
    let bad = |name, facts: &[(Fact, f64)]| from_facts(name, facts, true).unwrap_err();
    assert_eq!(bad(FamilyName::Lognormal, &[(Mean, 1.0)]), BadFacts::Missing);
    assert_eq!(bad(FamilyName::Exponential, &[]), BadFacts::Missing);
    assert_eq!(bad(FamilyName::Exponential, &[(Mean, 1.0), (Sd, 1.0)]), BadFacts::TooMany);
    assert_eq!(bad(FamilyName::Normal, &[(Parameter(0), 1.0), (Mean, 1.0)]), BadFacts::TooMany);
    assert_eq!(bad(FamilyName::Lognormal, &[(Low, 1.0), (Mean, 1.0)]), BadFacts::NotOfThisFamily(Low));
    assert_eq!(bad(FamilyName::Lognormal, &[(Parameter(0), 1.0)]), BadFacts::NotOfThisFamily(Parameter(0)));
    assert_eq!(bad(FamilyName::Poisson, &[(Percentile(50), 1.0)]), BadFacts::NotOfThisFamily(Percentile(50)));
    assert_eq!(bad(FamilyName::Gamma, &[(Mean, 1.0), (Parameter(0), 2.0)]), BadFacts::NotOfThisFamily(Parameter(0)));
    assert_eq!(bad(FamilyName::Uniform, &[(Low, 5.0), (High, 1.0)]), BadFacts::Impossible);
    assert_eq!(bad(FamilyName::Uniform, &[(Low, -5.0), (High, 1.0)]), BadFacts::Impossible);
    assert_eq!(bad(FamilyName::Lognormal, &[(Percentile(50), 5.0), (Percentile(90), 1.0)]), BadFacts::Impossible);
    // p90 / mean of a lognormal is at most exp(z² / 2) = 2.27
    assert_eq!(bad(FamilyName::Lognormal, &[(Mean, 1.0), (Percentile(90), 2.3)]), BadFacts::Impossible);
    assert_eq!(bad(FamilyName::Beta, &[(Mean, 0.5), (Sd, 0.5)]), BadFacts::Impossible);
    assert_eq!(bad(FamilyName::Exponential, &[(Mean, f64::NAN)]), BadFacts::Impossible);
}

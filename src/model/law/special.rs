//! Special functions: the normal distribution and its inverse, the incomplete gamma and beta functions.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Probability that a standard normal variable is at most `x`.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Density of the standard normal distribution.
pub(super) fn normal_density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * PI).sqrt()
}

/// The standard normal quantile of a probability in the open interval 0..1, to full double precision.
///
/// Algorithm AS 241, routine PPND16 (M. J. Wichura, *Applied Statistics* 37, 1988), and one step of Halley's method.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let x = ppnd16(p);
    if !x.is_finite() || x == 0.0 {
        return x;
    }
    let tail = if x < 0.0 { normal_cdf(x) - p } else { (1.0 - p) - normal_cdf(-x) };
    let u = tail / normal_density(x);
    if u.is_finite() { x - u / (1.0 + 0.5 * x * u) } else { x }
}

/// Wichura's rational approximations: about one part in 10^16.
#[must_use]
pub(crate) fn ppnd16(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE_UP, r) / polynomial(&CENTRE_DOWN, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-libm::log(tail)).sqrt();
    let x = if r <= 5.0 {
        polynomial(&MIDDLE_UP, r - 1.6) / polynomial(&MIDDLE_DOWN, r - 1.6)
    } else {
        polynomial(&FAR_UP, r - 5.0) / polynomial(&FAR_DOWN, r - 5.0)
    };
    if q < 0.0 { -x } else { x }
}

fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

const CENTRE_UP: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRE_DOWN: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const MIDDLE_UP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const MIDDLE_DOWN: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_UP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_DOWN: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

/// `exp(x²) erfc(x)` for `x` ≥ 2, by the continued fraction of Laplace (Abramowitz and Stegun 7.1.14).
pub(super) fn scaled_erfc(x: f64) -> f64 {
    let tail = (1..=200).rev().fold(x, |down, k| x + 0.5 * f64::from(k) / down);
    1.0 / (tail * PI.sqrt())
}

/// What Stirling's formula leaves of `ln Γ(n + 1)` (C. Loader, *Fast and accurate computation of binomial probabilities*, 2000).
fn stirling_error(n: f64) -> f64 {
    if n <= 15.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - 0.5 * libm::log(2.0 * PI);
    }
    // 1/12n − 1/360n³ + 1/1260n⁵ − 1/1680n⁷ + 1/1188n⁹
    let series = [1.0 / 1188.0, 1.0 / 1680.0, 1.0 / 1260.0, 1.0 / 360.0, 1.0 / 12.0];
    series.iter().fold(0.0, |sum, c| c - sum / (n * n)) / n
}

/// `x ln(x / mean) + mean − x` without cancellation (Loader's deviance).
fn deviance(x: f64, mean: f64) -> f64 {
    if (x - mean).abs() >= 0.1 * (x + mean) {
        return x * libm::log(x / mean) + mean - x;
    }
    let v = (x - mean) / (x + mean);
    let mut sum = (x - mean) * v;
    let mut power = 2.0 * x * v;
    for j in 1..1000 {
        power *= v * v;
        let next = sum + power / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// The regularised incomplete gamma functions `P(a, x)` and `Q(a, x) = 1 − P`, both without cancellation.
///
/// Series below the mean, Legendre's continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
pub(super) fn incomplete_gamma(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    let front = libm::exp(-stirling_error(a) - deviance(a, x)) / (2.0 * PI * a).sqrt();
    if x < a + 1.0 {
        let (mut sum, mut term) = (1.0, 1.0);
        for n in 1..1_000_000 {
            term *= x / (a + f64::from(n));
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        let p = (front * sum).min(1.0);
        (p, 1.0 - p)
    } else {
        let fraction = continued_fraction(x + 1.0 - a, |i| (-i * (i - a), x + 2.0 * i + 1.0 - a));
        let q = (front * a / fraction).min(1.0);
        (1.0 - q, q)
    }
}

/// The regularised incomplete beta function `I_x(a, b)` (continued fraction of Abramowitz and Stegun 26.5.8).
pub(super) fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let n = a + b;
    let front =
        libm::exp(stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * (1.0 - x)))
            * (a * b / (2.0 * PI * n)).sqrt();
    let tail = |a: f64, b: f64, x: f64| {
        let fraction = continued_fraction(1.0, |i| {
            let m = (0.5 * i).floor();
            let top = if i % 2.0 == 0.0 {
                m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
            } else {
                -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
            };
            (top, 1.0)
        });
        front / (a * fraction)
    };
    if x < (a + 1.0) / (n + 2.0) { tail(a, b, x).min(1.0) } else { (1.0 - tail(b, a, 1.0 - x)).max(0.0) }
}

/// `first + a₁/(b₁ + a₂/(b₂ + …))` with `(aᵢ, bᵢ) = term(i)`, by Lentz's method as modified by Thompson and Barnett.
fn continued_fraction(first: f64, term: impl Fn(f64) -> (f64, f64)) -> f64 {
    let small = 1e-300;
    let keep = |x: f64| if x.abs() < small { small } else { x };
    let mut value = keep(first);
    let (mut c, mut d) = (value, 0.0);
    for i in 1..1_000_000 {
        let (a, b) = term(f64::from(i));
        d = 1.0 / keep(b + a * d);
        c = keep(b + a / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

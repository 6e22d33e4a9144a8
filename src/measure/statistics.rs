//! Intervals and tests.

use super::figures::Interval;
pub(super) use crate::model::Z95;

/// Wilson's score interval at 95 %, of [`crate::model::wilson`].
pub(super) fn wilson(count: f64, of: f64) -> Interval {
    let (low, high) = crate::model::wilson(count, of);
    Interval { low, high }
}

/// The normal interval at 95 %.
pub(super) fn normal(value: f64, standard_error: f64) -> Interval {
    Interval { low: value - Z95 * standard_error, high: value + Z95 * standard_error }
}

/// Two-sided p-value of `count` successes of `of` when each has probability `p`: twice the smaller tail, at most 1.
pub(super) fn binomial_p_value(count: u64, of: u64, p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        let certain = if p <= 0.0 { 0 } else { of };
        return if count == certain { 1.0 } else { 0.0 };
    }
    let (down, up) = binomial_tails(count, of, p);
    (2.0 * up.min(down)).min(1.0)
}

/// The probability of at most `count` successes of `of`, and that of at least `count`, when each has probability `p`.
/// The smaller one is summed term by term from the count outwards, so that it is exact however small.
pub(super) fn binomial_tails(count: u64, of: u64, p: f64) -> (f64, f64) {
    if p <= 0.0 || p >= 1.0 {
        let certain = if p <= 0.0 { 0 } else { of };
        return (if count >= certain { 1.0 } else { 0.0 }, if count <= certain { 1.0 } else { 0.0 });
    }
    let (k, n) = (count as f64, of as f64);
    let log_choose = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
    let here = libm::exp(log_choose + k * libm::log(p) + (n - k) * libm::log1p(-p));
    let odds = p / (1.0 - p);
    // The smaller tail term by term; the other is what is left, since far from the count every term would vanish.
    let mut tail = here;
    let mut term = here;
    let is_above = k >= n * p;
    let mut i = k;
    while (if is_above { i < n } else { i > 0.0 }) && term > tail * 1e-17 {
        term *= if is_above { (n - i) / (i + 1.0) * odds } else { i / (n - i + 1.0) / odds };
        tail += term;
        i += if is_above { 1.0 } else { -1.0 };
    }
    let rest = (1.0 - tail + here).clamp(0.0, 1.0);
    let (down, up) = if is_above { (rest, tail) } else { (tail, rest) };
    (down, up)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 5 of 1,000: [0.214 %, 1.165 %], as the requirements of the field state (R29).
    #[test]
    fn wilson_of_five_in_a_thousand() {
        let i = wilson(5.0, 1000.0);
        assert!((i.low - 0.002_137_5).abs() < 2e-6, "{i:?}");
        assert!((i.high - 0.011_649_9).abs() < 2e-6, "{i:?}");
    }

    #[test]
    fn wilson_keeps_to_the_scale() {
        assert_eq!(wilson(0.0, 10.0).low, 0.0);
        assert_eq!(wilson(10.0, 10.0).high, 1.0);
        assert_eq!(wilson(0.0, 0.0), Interval { low: 0.0, high: 1.0 });
    }

    /// Of ten tosses of a fair coin: P(0) = 1/1024, so twice the tail is 1/512; five of ten is no surprise.
    #[test]
    fn tails_of_tosses() {
        assert!((binomial_p_value(0, 10, 0.5) - 1.0 / 512.0).abs() < 1e-15);
        assert!((binomial_p_value(9, 10, 0.5) - 22.0 / 1024.0).abs() < 1e-14);
        assert_eq!(binomial_p_value(5, 10, 0.5), 1.0);
        // Of 1,024 equally likely rows of ten tosses, 848 have six heads or fewer, 386 six or more.
        let (down, up) = binomial_tails(6, 10, 0.5);
        assert!((down - 848.0 / 1024.0).abs() < 1e-13 && (up - 386.0 / 1024.0).abs() < 1e-14, "{down} {up}");
        assert_eq!(binomial_tails(900_000, 1_000_000, 0.5), (1.0, 0.0));
        assert_eq!(binomial_tails(100_000, 1_000_000, 0.5), (0.0, 1.0));
        assert_eq!(binomial_p_value(3, 10, 0.0), 0.0);
    }
}

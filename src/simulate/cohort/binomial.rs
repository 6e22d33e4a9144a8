//! How many of `n` customers take a branch of probability `p`.
//!
//! Where fewer than ten are expected, by inversion: the distribution function is searched from 0 upwards. Else by transformed
//! rejection with squeeze (BTRS of W. Hörmann, *The generation of binomial random variates*, J. Stat. Comput. Simul. 46, 1993),
//! whose cost does not depend on `n`. Both are exact in law up to the rounding of floats for every `n` up to 2^53 and every `p`:
//! `1 − p` is never formed where `p` is tiny, and the ratio of two probabilities is computed from differences of whole numbers, so
//! that nothing cancels at 10^12 customers. All on `libm`: the same bits on every machine.

use crate::simulate::stream::{Nested, unit};

/// Below this many expected, inversion is used; Hörmann's constants are for at least as many.
const FEW: f64 = 10.0;

/// How many of `n` have what each has with probability `p`, independently.
pub(super) fn binomial(n: u64, p: f64, words: &mut Nested) -> u64 {
    if n == 0 || p <= 0.0 {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    if p > 0.5 {
        return n - lesser(n, 1.0 - p, words);
    }
    lesser(n, p, words)
}

/// For `p` up to ½.
fn lesser(n: u64, p: f64, words: &mut Nested) -> u64 {
    if n as f64 * p < FEW { inversion(n, p, words) } else { rejection(n, p, words) }
}

/// Search of the distribution function, from 0 on; P(k + 1) / P(k) = (n − k) / (k + 1) × p / (1 − p).
fn inversion(n: u64, p: f64, words: &mut Nested) -> u64 {
    let odds = p / (1.0 - p);
    let none = libm::exp(n as f64 * libm::log1p(-p));
    let (mut left, mut here, mut k) = (unit(words.next()) - none, none, 0_u64);
    // What is left falls below every probability long before: rounding must not send it on to `n`.
    while left > 0.0 && k < n && here > 0.0 {
        here *= (n - k) as f64 / (k + 1) as f64 * odds;
        k += 1;
        left -= here;
        if here < 1e-18 && k as f64 > n as f64 * p {
            break;
        }
    }
    k
}

/// Hörmann's BTRS; names and constants are those of the paper.
#[expect(clippy::many_single_char_names, reason = "the letters of the paper")]
fn rejection(n: u64, p: f64, words: &mut Nested) -> u64 {
    let whole = n as f64;
    let spq = (whole * p * (1.0 - p)).sqrt();
    let b = 1.15 + 2.53 * spq;
    let a = -0.0873 + 0.0248 * b + 0.01 * p;
    let c = whole * p + 0.5;
    let v_r = 0.92 - 4.2 / b;
    let alpha = (2.83 + 5.1 / b) * spq;
    let m = ((whole + 1.0) * p).floor();
    loop {
        let u = unit(words.next()) - 0.5;
        let v = unit(words.next());
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + c).floor();
        if k < 0.0 || k > whole {
            continue;
        }
        if us >= 0.07 && v <= v_r {
            return k as u64;
        }
        if libm::log(v * alpha / (a / (us * us) + b)) <= log_ratio(whole, p, m, k) {
            return k as u64;
        }
    }
}

/// Logarithm of P(k) / P(m). With `x! = √2π (x + 1)^(x + ½) e^−(x + 1) e^tail(x)` and `d = k − m`.
fn log_ratio(n: f64, p: f64, m: f64, k: f64) -> f64 {
    let d = k - m;
    let (not_m, not_k) = (n - m, n - k);
    -(m + 0.5) * libm::log1p(d / (m + 1.0)) - (not_m + 0.5) * libm::log1p(-d / (not_m + 1.0))
        + d * libm::log((not_k + 1.0) / (k + 1.0) * (p / (1.0 - p)))
        + tail(m)
        + tail(not_m)
        - tail(k)
        - tail(not_k)
}

/// What Stirling's formula leaves of `ln x!`.
fn tail(x: f64) -> f64 {
    const FIRST: [f64; 10] = [
        0.081_061_466_795_327_26,
        0.041_340_695_955_409_29,
        0.027_677_925_684_998_34,
        0.020_790_672_103_765_09,
        0.016_644_691_189_821_19,
        0.013_876_128_823_070_75,
        0.011_896_709_945_891_77,
        0.010_411_265_261_972_09,
        0.009_255_462_182_712_733,
        0.008_330_563_433_362_87,
    ];
    match FIRST.get(x as usize) {
        Some(tail) => *tail,
        None => {
            let y = 1.0 / (x + 1.0);
            let y2 = y * y;
            (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - y2 / 1680.0) * y2) * y2) * y
        }
    }
}

#[cfg(test)]
pub(super) fn log_ratio_for_tests(n: f64, p: f64, m: f64, k: f64) -> f64 {
    log_ratio(n, p, m, k)
}

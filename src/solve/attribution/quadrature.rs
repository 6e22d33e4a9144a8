//! Integrals between bounds.
//!
//! All derivatives of `Σ aₙ zⁿ` with `aₙ ≥ 0` are at least 0 on 0..1. Then Gauss' rule gives too little and Lobatto's too much:
//! their errors are `c f⁽²ⁿ⁾(ξ)` with `c > 0` and `c < 0` (P. J. Davis and P. Rabinowitz, *Methods of Numerical Integration*, 2nd ed.
//! 1984, 2.7). The two enclose the integral, and no other estimate of the error is needed.

use rayon::prelude::*;

/// Points of Gauss' rule; Lobatto's has one more.
const POINTS: usize = 12;
/// The most pieces into which 0..1 is cut: the smallest is then 2⁻⁶³, below what a float tells from nothing beside 1.
const PIECES: usize = 64;

/// Bounds of an integral, one pair for each component.
#[derive(Clone, Debug)]
pub(super) struct Enclosed {
    pub(super) low: Vec<f64>,
    pub(super) high: Vec<f64>,
}

impl Enclosed {
    /// The largest distance between two bounds, relative to the lower one; where the lower one is 0, so is the upper one.
    pub(super) fn width(&self) -> f64 {
        let one = |(low, high): (&f64, &f64)| if low == high { 0.0 } else { ((high - low) / low).abs() };
        self.low.iter().zip(&self.high).map(one).fold(0.0, f64::max)
    }

    /// The middle between the bounds.
    pub(super) fn middle(&self) -> Vec<f64> {
        self.low.iter().zip(&self.high).map(|(low, high)| low + (high - low) / 2.0).collect()
    }
}

/// Nodes and weights of both rules over 0..1.
pub(super) struct Rules {
    gauss: Vec<(f64, f64)>,
    lobatto: Vec<(f64, f64)>,
}

impl Rules {
    pub(super) fn new() -> Self {
        Self { gauss: gauss(POINTS), lobatto: lobatto(POINTS + 1) }
    }

    /// The integral over 0..1 of a function of `q` whose derivatives in `1 − q` are all at least 0, of `size` components, to
    /// `within` of itself if floats allow it. Pieces get smaller towards `q = 0`, where such functions are steepest.
    pub(super) fn integral(&self, size: usize, within: f64, f: impl Fn(f64) -> Vec<f64> + Sync) -> Enclosed {
        let piece = |from: f64, to: f64| Enclosed {
            low: sum(&self.gauss, from, to, size, &f),
            high: sum(&self.lobatto, from, to, size, &f),
        };
        let mut pieces = vec![(0.0, 1.0, piece(0.0, 1.0))];
        loop {
            let whole = total(&pieces, size);
            if whole.width() <= within || pieces.len() == PIECES {
                return whole;
            }
            // The piece whose bounds are widest apart, relative to the whole.
            let gap = |(_, _, part): &(f64, f64, Enclosed)| {
                let parts = part.low.iter().zip(&part.high).zip(&whole.low);
                parts
                    .filter(|(_, whole)| **whole > 0.0)
                    .map(|((low, high), whole)| (high - low).abs() / whole)
                    .fold(0.0, f64::max)
            };
            let worst = (0..pieces.len()).max_by(|a, b| gap(&pieces[*a]).total_cmp(&gap(&pieces[*b])));
            let Some(worst) = worst.filter(|worst| gap(&pieces[*worst]) > f64::EPSILON) else { return whole };
            let (from, to, _) = pieces.swap_remove(worst);
            let middle = from + (to - from) / 2.0;
            pieces.push((from, middle, piece(from, middle)));
            pieces.push((middle, to, piece(middle, to)));
        }
    }
}

fn total(pieces: &[(f64, f64, Enclosed)], size: usize) -> Enclosed {
    let mut whole = Enclosed { low: vec![0.0; size], high: vec![0.0; size] };
    for (_, _, piece) in pieces {
        whole.low.iter_mut().zip(&piece.low).for_each(|(sum, low)| *sum += low);
        whole.high.iter_mut().zip(&piece.high).for_each(|(sum, high)| *sum += high);
    }
    whole
}

fn sum(rule: &[(f64, f64)], from: f64, to: f64, size: usize, f: &(impl Fn(f64) -> Vec<f64> + Sync)) -> Vec<f64> {
    let values: Vec<Vec<f64>> = rule.par_iter().map(|(node, _)| f(from + (to - from) * node)).collect();
    let mut sum = vec![0.0; size];
    for ((_, weight), values) in rule.iter().zip(values) {
        sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += (to - from) * weight * value);
    }
    sum
}

/// Legendre's polynomial `Pₙ` at `x`, and `Pₙ₋₁`.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    (1..n).fold((x, 1.0), |(p, before), k| {
        let k = k as f64;
        (((2.0 * k + 1.0) * x * p - k * before) / (k + 1.0), p)
    })
}

/// Gauss' rule: nodes at the zeros of `Pₙ`, weights `2 / ((1 − x²) Pₙ′(x)²)`, brought to 0..1.
fn gauss(points: usize) -> Vec<(f64, f64)> {
    let n = points as f64;
    let slope = |x: f64| {
        let (p, before) = legendre(points, x);
        (p, n * (before - x * p) / (1.0 - x * x))
    };
    let node = |i: usize| {
        let mut x = libm::cos(std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5));
        for _ in 0..20 {
            let (p, slope) = slope(x);
            x -= p / slope;
        }
        let (_, slope) = slope(x);
        ((1.0 - x) / 2.0, 1.0 / ((1.0 - x * x) * slope * slope))
    };
    (0..points).map(node).collect()
}

/// Lobatto's rule: nodes at the ends and at the zeros of `Pₙ₋₁′`, weights `2 / (n (n − 1) Pₙ₋₁(x)²)`, brought to 0..1.
fn lobatto(points: usize) -> Vec<(f64, f64)> {
    let n = points as f64;
    let node = |i: usize| {
        let mut x = libm::cos(std::f64::consts::PI * i as f64 / (n - 1.0));
        for _ in 0..50 {
            let (p, before) = legendre(points - 1, x);
            x -= (x * p - before) / (n * p);
        }
        let (p, _) = legendre(points - 1, x);
        ((1.0 - x) / 2.0, 1.0 / (n * (n - 1.0) * p * p))
    };
    (0..points).map(node).collect()
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[test]
    fn powers_up_to_twenty_three_are_exact() {
        // Gauss' rule of 12 points and Lobatto's of 13 are exact to degree 23.
        let rules = Rules::new();
        let found = rules.integral(24, 1.0, |q| (0..24).map(|k| libm::pow(1.0 - q, f64::from(k))).collect());
        for (k, (low, high)) in found.low.iter().zip(&found.high).enumerate() {
            let wanted = 1.0 / (k as f64 + 1.0);
            assert!((low - wanted).abs() < 1e-14 && (high - wanted).abs() < 1e-14, "{k}: {low} {high} {wanted}");
        }
    }

    #[test]
    fn the_rules_enclose_a_steep_integral() {
        // ∫₀¹ p / (1 − (1 − p) z) dz = −p ln p / (1 − p): the mean of 1/N for N geometric
        let rules = Rules::new();
        for p in [0.5, 0.1, 1e-3, 1e-6, 1e-12] {
            let found = rules.integral(1, 1e-12, |q| vec![p / (p + (1.0 - p) * q)]);
            let wanted = -p * libm::log(p) / (1.0 - p);
            let dust = 1e-14 * wanted;
            assert!(found.low[0] <= wanted + dust && wanted <= found.high[0] + dust, "{p}: {found:?} {wanted}");
            assert!(found.width() <= 1e-12, "{p}: {}", found.width());
        }
    }
}

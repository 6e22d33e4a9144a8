//! Roots of what can only be looked at, value by value.
//!
//! Between two neighbours of the grid that differ in sign a root is enclosed by halving. Where a value is nearer to zero than
//! both its neighbours, of the same sign, the least distance between them is sought (J. Kiefer's golden section): two roots, one
//! that only touches, or none. Two roots between two neighbours that no value lies nearer to than its own are not seen.

use super::Root;
use super::feasible::Stretch;
use super::polynomial::middle;
use num_rational::BigRational;

/// Relative to the largest distance seen, one below this is rounding.
const TOUCHES: f64 = 1e-12;

/// The roots in a stretch, of which `parts` equal steps are looked at.
pub(super) fn roots(
    stretch: &Stretch,
    parts: usize,
    width: &BigRational,
    difference: impl Fn(&BigRational) -> Option<f64>,
) -> Vec<Root> {
    let (low, high) = (&stretch.low.inside, &stretch.high.inside);
    let parts = if low == high { 0 } else { parts };
    let value = |i: usize| low + (high - low) * BigRational::new(i.into(), parts.max(1).into());
    let seen: Vec<(BigRational, f64)> =
        (0..=parts).filter_map(|i| Some((value(i), difference(&value(i))?)).filter(|(_, y)| y.is_finite())).collect();
    let rounding = TOUCHES * seen.iter().map(|(_, y)| y.abs()).fold(0.0, f64::max);
    let search = Search { width, rounding, difference };
    let mut found: Vec<Root> = Vec::new();
    let sign = |y: f64| {
        if y.abs() <= rounding {
            0
        } else if y > 0.0 {
            1
        } else {
            -1
        }
    };
    for i in 0..seen.len() {
        let (x, y) = &seen[i];
        if sign(*y) == 0 {
            let beside = (i.checked_sub(1).map(|j| seen[j].1), seen.get(i + 1).map(|s| s.1));
            let crosses = matches!(beside, (Some(a), Some(b)) if sign(a) * sign(b) < 0);
            found.push(Root { low: x.clone(), high: x.clone(), crosses });
            continue;
        }
        if let Some((next, z)) = seen.get(i + 1)
            && sign(*y) * sign(*z) < 0
        {
            found.push(search.halved(x.clone(), next.clone(), *y));
        }
        if i > 0
            && let (Some((before, a)), Some((after, b))) = (seen.get(i - 1), seen.get(i + 1))
            && sign(*a) == sign(*y)
            && sign(*b) == sign(*y)
            && y.abs() <= a.abs()
            && y.abs() < b.abs()
        {
            found.extend(search.nearest(before, after, *y));
        }
    }
    found.sort_by(|a, b| a.low.cmp(&b.low));
    found.dedup();
    found
}

struct Search<'a, F> {
    width: &'a BigRational,
    rounding: f64,
    difference: F,
}

impl<F: Fn(&BigRational) -> Option<f64>> Search<'_, F> {
    /// The change of sign from `a`, where the difference is `y`, to `b`.
    fn halved(&self, mut a: BigRational, mut b: BigRational, y: f64) -> Root {
        while &b - &a > *self.width {
            let half = middle(&a, &b);
            match (self.difference)(&half) {
                Some(0.0) => return Root { low: half.clone(), high: half, crosses: true },
                Some(z) if (z > 0.0) == (y > 0.0) => a = half,
                Some(_) => b = half,
                None => break,
            }
        }
        Root { low: a, high: b, crosses: true }
    }

    /// What lies where the difference, of the sign of `y`, comes nearest to zero.
    fn nearest(&self, low: &BigRational, high: &BigRational, y: f64) -> Vec<Root> {
        // 89/144 is the golden section as near as matters here.
        let golden = BigRational::new(89.into(), 144.into());
        let (mut a, mut b) = (low.clone(), high.clone());
        let side = y.signum();
        let at = |x: &BigRational| (self.difference)(x).map_or(f64::INFINITY, |z| z * side);
        while &b - &a > *self.width {
            let (left, right) = (&b - (&b - &a) * &golden, &a + (&b - &a) * &golden);
            let (l, r) = (at(&left), at(&right));
            for (x, z) in [(&left, l), (&right, r)] {
                if z < -self.rounding {
                    return vec![self.halved(low.clone(), x.clone(), y), self.halved(x.clone(), high.clone(), z * side)];
                }
            }
            // Shorter fractions: the section need not be exact, as long as each step leaves less.
            let room = (&b - &a) / BigRational::from_integer(20.into());
            let short = |x: &BigRational| super::polynomial::simplest(&(x - &room), &(x + &room));
            if l <= r { b = short(&right) } else { a = short(&left) }
        }
        if at(&middle(&a, &b)).abs() <= self.rounding { vec![Root { low: a, high: b, crosses: false }] } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::find::feasible::Bound;
    use crate::model::law::nearest;

    fn r(n: i64, d: i64) -> BigRational {
        BigRational::new(n.into(), d.into())
    }

    fn unit() -> Stretch {
        let bound = |x: BigRational| Bound { at: x.clone(), inside: x };
        Stretch { low: bound(r(0, 1)), high: bound(r(1, 1)) }
    }

    fn of(f: impl Fn(f64) -> f64) -> Vec<(f64, bool)> {
        let found = roots(&unit(), 64, &r(1, 1_000_000_000), |x| Some(f(nearest(x))));
        found.into_iter().map(|root| (root.value(), root.crosses)).collect()
    }

    #[test]
    fn crossing_touching_none_and_two_close_together() {
        let [(one, true)] = of(|x| x * x - 0.3)[..] else { panic!() };
        assert!((one - 0.3_f64.sqrt()).abs() < 1e-9);
        let [(touch, false)] = of(|x| (x - 0.3).powi(2))[..] else { panic!() };
        assert!((touch - 0.3).abs() < 1e-6);
        assert!(of(|x| (x - 0.3).powi(2) + 1e-3).is_empty());
        let [(a, true), (b, true)] = of(|x| (x - 0.4).powi(2) - 1e-6)[..] else { panic!() };
        assert!((a - 0.399).abs() < 1e-9 && (b - 0.401).abs() < 1e-9);
        assert_eq!(of(|x| x), [(0.0, false)]);
    }
}

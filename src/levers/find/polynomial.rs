//! Polynomials over fractions, and where their real roots are.

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// Coefficients from the constant on; the last one is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Polynomial(Vec<BigRational>);

impl Polynomial {
    pub(super) fn new(mut coefficients: Vec<BigRational>) -> Self {
        while coefficients.last().is_some_and(Zero::is_zero) {
            coefficients.pop();
        }
        Self(coefficients)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The degree; 0 for nothing.
    pub(super) fn degree(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    pub(super) fn at(&self, x: &BigRational) -> BigRational {
        self.0.iter().rev().fold(BigRational::zero(), |sum, c| sum * x + c)
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let at = |p: &Self, i: usize| p.0.get(i).cloned().unwrap_or_else(BigRational::zero);
        Self::new((0..self.0.len().max(other.0.len())).map(|i| at(self, i) + at(other, i)).collect())
    }

    pub(super) fn scaled(&self, by: &BigRational) -> Self {
        Self::new(self.0.iter().map(|c| c * by).collect())
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Self(Vec::new());
        }
        let mut product = vec![BigRational::zero(); self.0.len() + other.0.len() - 1];
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in other.0.iter().enumerate() {
                product[i + j] += a * b;
            }
        }
        Self::new(product)
    }

    /// Quotient and remainder; `by` is not zero.
    pub(super) fn divided(&self, by: &Self) -> (Self, Self) {
        let mut rest = self.0.clone();
        let Some(lead) = by.0.last() else { return (Self(Vec::new()), self.clone()) };
        let mut quotient = vec![BigRational::zero(); (rest.len() + 1).saturating_sub(by.0.len())];
        for at in (0..quotient.len()).rev() {
            let factor = &rest[at + by.0.len() - 1] / lead;
            for (i, c) in by.0.iter().enumerate() {
                rest[at + i] -= &factor * c;
            }
            quotient[at] = factor;
        }
        (Self::new(quotient), Self::new(rest))
    }

    /// With 1 as its last coefficient: what keeps fractions short.
    fn monic(self) -> Self {
        let Some(lead) = self.0.last().cloned() else { return self };
        self.scaled(&lead.recip())
    }

    fn derivative(&self) -> Self {
        let each = self.0.iter().enumerate().skip(1);
        Self::new(each.map(|(i, c)| c * BigRational::from_integer(i.into())).collect())
    }

    fn common(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.clone().monic(), other.clone().monic());
        while !b.is_zero() {
            let rest = a.divided(&b).1.monic();
            (a, b) = (b, rest);
        }
        a
    }

    /// All roots from `low` to `high`, both included, each once, in order: enclosed by two values that are no further apart
    /// than `width`, or are the root itself. Nothing for the polynomial that is zero everywhere.
    pub(super) fn roots(&self, low: &BigRational, high: &BigRational, width: &BigRational) -> Vec<(BigRational, BigRational)> {
        if self.is_zero() {
            return Vec::new();
        }
        let simple = self.divided(&self.common(&self.derivative())).0;
        let sturm = Sturm::new(&simple);
        let mut found = Vec::new();
        if simple.at(low).is_zero() {
            found.push((low.clone(), low.clone()));
        }
        // Roots above the first value and up to the second.
        let mut open = vec![(low.clone(), high.clone())];
        while let Some((a, b)) = open.pop() {
            match sturm.changes(&a).saturating_sub(sturm.changes(&b)) {
                0 => {}
                1 => found.push(simple.enclosed(a, b, width, &sturm)),
                _ => {
                    let middle = middle(&a, &b);
                    open.push((middle.clone(), b));
                    open.push((a, middle));
                }
            }
        }
        found
    }

    /// The one root above `a` and up to `b`, more closely.
    fn enclosed(&self, mut a: BigRational, mut b: BigRational, width: &BigRational, sturm: &Sturm) -> (BigRational, BigRational) {
        while &b - &a > *width {
            if self.at(&b).is_zero() {
                return (b.clone(), b);
            }
            let middle = middle(&a, &b);
            if sturm.changes(&a) > sturm.changes(&middle) { b = middle } else { a = middle }
        }
        let near = simplest(&a, &b);
        if self.at(&near).is_zero() { (near.clone(), near) } else { (a, b) }
    }
}

/// C. Sturm, *Mémoire sur la résolution des équations numériques* (1829): between two values, a polynomial without multiple
/// roots has as many as its chain loses changes of sign.
struct Sturm(Vec<Polynomial>);

impl Sturm {
    fn new(of: &Polynomial) -> Self {
        let mut chain = vec![of.clone(), of.derivative()];
        while let [.., a, b] = &chain[..]
            && !b.is_zero()
        {
            let rest = a.divided(b).1.scaled(&-BigRational::one());
            // A positive factor changes no sign.
            let size = rest.0.last().map_or_else(BigRational::one, |c| c.abs().recip());
            chain.push(rest.scaled(&size));
        }
        chain.retain(|p| !p.is_zero());
        Self(chain)
    }

    fn changes(&self, x: &BigRational) -> usize {
        let signs: Vec<bool> = self.0.iter().map(|p| p.at(x)).filter(|v| !v.is_zero()).map(|v| v.is_positive()).collect();
        signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
    }
}

pub(super) fn middle(a: &BigRational, b: &BigRational) -> BigRational {
    (a + b) / BigRational::from_integer(2.into())
}

/// The fraction of the smallest denominator from `low` to `high`, both included.
pub(super) fn simplest(low: &BigRational, high: &BigRational) -> BigRational {
    if low.is_negative() && high.is_negative() {
        return -simplest(&-high, &-low);
    }
    if !low.is_positive() {
        return if high.is_negative() { low.clone() } else { BigRational::zero() };
    }
    let floor = low.floor();
    if floor == *low {
        return floor;
    }
    if floor < high.floor() {
        return floor + BigRational::one();
    }
    // Both lie between two whole numbers: the same for what is left over, turned round (the continued fraction).
    &floor + simplest(&(high - &floor).recip(), &(low - &floor).recip()).recip()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i64, d: i64) -> BigRational {
        BigRational::new(n.into(), d.into())
    }

    fn polynomial(coefficients: &[i64]) -> Polynomial {
        Polynomial::new(coefficients.iter().map(|c| r(*c, 1)).collect())
    }

    /// (x − 1)(2x − 1)(x + 3) x²: five roots, of which one counts twice.
    #[test]
    fn roots_of_a_product() {
        let factors = [&[-1, 1][..], &[-1, 2], &[3, 1], &[0, 1], &[0, 1]];
        let product = factors.iter().fold(polynomial(&[1]), |p, f| p.times(&polynomial(f)));
        let roots = product.roots(&r(-10, 1), &r(10, 1), &r(1, 1_000_000));
        let exact: Vec<_> = roots.iter().map(|(a, b)| (a == b, a.clone())).collect();
        assert_eq!(exact, [(true, r(-3, 1)), (true, r(0, 1)), (true, r(1, 2)), (true, r(1, 1))]);
        // Roots at both ends of where one looks.
        let ends: Vec<_> = product.roots(&r(0, 1), &r(1, 1), &r(1, 1000)).into_iter().map(|(a, _)| a).collect();
        assert_eq!(ends, [r(0, 1), r(1, 2), r(1, 1)]);
    }

    /// x² − 2 has one root in 0..2, enclosed and not exact; x² + 1 has none.
    #[test]
    fn roots_that_are_no_fractions() {
        let roots = polynomial(&[-2, 0, 1]).roots(&r(0, 1), &r(2, 1), &r(1, 1_000_000_000));
        let [(a, b)] = &roots[..] else { panic!("{roots:?}") };
        assert!(a * a < r(2, 1) && b * b > r(2, 1) && b - a <= r(1, 1_000_000_000));
        assert!(polynomial(&[1, 0, 1]).roots(&r(-9, 1), &r(9, 1), &r(1, 10)).is_empty());
    }

    #[test]
    fn the_simplest_fraction() {
        assert_eq!(simplest(&r(314, 100), &r(315, 100)), r(22, 7));
        assert_eq!(simplest(&r(-1, 3), &r(1, 9)), r(0, 1));
        assert_eq!(simplest(&r(-315, 100), &r(-314, 100)), r(-22, 7));
        assert_eq!(simplest(&r(3, 8), &r(3, 8)), r(3, 8));
    }
}

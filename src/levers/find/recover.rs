//! A ratio of polynomials, recovered from exact values.
//!
//! The figure of a chain is one in every param that enters its probabilities and amounts so (G. Cramer's rule over `I − P`). Of
//! all ratios that take the values seen, the extended Euclidean algorithm on the interpolating polynomial runs through the
//! candidates of every pair of degrees (R. J. McEliece's view of Cauchy interpolation; J. von zur Gathen and J. Gerhard, *Modern
//! Computer Algebra*, 5.8); the one of least degree is the figure if it has fewer coefficients than there are values. Values
//! beyond those it needs confirm it.

use super::polynomial::Polynomial;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Numerator and denominator, without common factor.
pub(super) struct Ratio {
    pub(super) above: Polynomial,
    pub(super) below: Polynomial,
}

/// How many values must agree beyond those that settle the coefficients.
const CONFIRMED: usize = 6;

/// The ratio of least degree through some points, if it has so few coefficients that the points confirm it.
pub(super) fn recover(points: &[(BigRational, BigRational)]) -> Option<Ratio> {
    let (whole, through) = interpolated(points);
    let (mut r, mut t) = ((whole, through), (Polynomial::new(Vec::new()), Polynomial::new(vec![BigRational::one()])));
    let mut best: Option<(usize, Ratio)> = None;
    loop {
        let size = r.1.degree() + t.1.degree();
        if best.as_ref().is_none_or(|(least, _)| size < *least) {
            best = Some((size, Ratio { above: r.1.clone(), below: t.1.clone() }));
        }
        if r.1.is_zero() {
            break;
        }
        let (quotient, rest) = r.0.divided(&r.1);
        let next = t.0.plus(&quotient.times(&t.1).scaled(&-BigRational::one()));
        (r, t) = ((r.1, rest), (t.1, next));
    }
    let (size, ratio) = best?;
    let agrees = |(x, y): &(BigRational, BigRational)| {
        let below = ratio.below.at(x);
        !below.is_zero() && ratio.above.at(x) == below * y
    };
    (size + 1 + CONFIRMED <= points.len() && points.iter().all(agrees)).then_some(ratio)
}

/// `Π (x − x_i)`, and the polynomial through the points (Newton).
fn interpolated(points: &[(BigRational, BigRational)]) -> (Polynomial, Polynomial) {
    let mut whole = Polynomial::new(vec![BigRational::one()]);
    let mut through = Polynomial::new(Vec::new());
    for (x, y) in points {
        let missing = (y - through.at(x)) / whole.at(x);
        through = through.plus(&whole.scaled(&missing));
        whole = whole.times(&Polynomial::new(vec![-x, BigRational::one()]));
    }
    (whole, through)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i64, d: i64) -> BigRational {
        BigRational::new(n.into(), d.into())
    }

    fn points(n: i64, f: impl Fn(&BigRational) -> BigRational) -> Vec<(BigRational, BigRational)> {
        (1..=n).map(|i| r(i, n + 1)).map(|x| (x.clone(), f(&x))).collect()
    }

    /// (x² − 1/4) / (x + 2).
    #[test]
    fn a_ratio_of_degrees_two_and_one() {
        let seen = points(12, |x| (x * x - r(1, 4)) / (x + r(2, 1)));
        let ratio = recover(&seen).expect("twelve values are enough");
        assert_eq!((ratio.above.degree(), ratio.below.degree()), (2, 1));
        assert!(ratio.above.at(&r(1, 2)).is_zero() && ratio.below.at(&r(-2, 1)).is_zero());
    }

    #[test]
    fn what_too_few_values_confirm_is_not_believed() {
        let seen = points(8, |x| x * x * x * x / (x + r(2, 1)));
        assert!(recover(&seen).is_none());
        // 0 everywhere is a ratio, too.
        assert!(recover(&points(8, |_| r(0, 1))).is_some_and(|ratio| ratio.above.is_zero()));
    }
}

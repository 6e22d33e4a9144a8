//! The numbers that the elimination works on: floats, and fractions for small chains.

use crate::chain::Probability;
use crate::model::Law;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// A field with an order. Operations take references, so that fractions are not copied.
pub(super) trait Scalar: Clone + PartialOrd {
    /// Nothing.
    fn zero() -> Self;
    /// Unity.
    fn one() -> Self;
    /// A probability.
    fn of(probability: &Probability) -> Self;
    /// A fraction, or the nearest number to it.
    fn rational(value: &BigRational) -> Self;
    /// A float, where this kind of number may come from one.
    fn float(value: f64) -> Option<Self>;
    /// The mean of a law, where it is a number of this kind.
    fn mean_of(law: &Law) -> Option<Self>;
    /// Whether it is nothing.
    fn is_zero(&self) -> bool;
    /// Whether it is below nothing.
    fn is_negative(&self) -> bool;
    /// Adds `other`.
    fn add(&mut self, other: &Self);
    /// Adds `a × b`.
    fn add_product(&mut self, a: &Self, b: &Self);
    /// `self × other`.
    fn times(&self, other: &Self) -> Self;
    /// `self / other`.
    fn over(&self, other: &Self) -> Self;
    /// `self − other`.
    fn less(&self, other: &Self) -> Self;
    /// How far `found` is from `wanted`, relative to it, for the residual; 0 for numbers that are never rounded.
    fn gap(found: &Self, wanted: &Self) -> f64;
}

impl Scalar for f64 {
    fn zero() -> Self {
        0.0
    }

    fn one() -> Self {
        1.0
    }

    fn of(probability: &Probability) -> Self {
        probability.value
    }

    fn rational(value: &BigRational) -> Self {
        crate::model::law::nearest(value)
    }

    fn float(value: f64) -> Option<Self> {
        Some(value)
    }

    fn mean_of(law: &Law) -> Option<Self> {
        // most laws are no more than that, and fractions are slow to round
        Some(if law.is_zero() { 0.0 } else { law.mean() })
    }

    #[inline]
    fn is_zero(&self) -> bool {
        *self == 0.0
    }

    #[inline]
    fn is_negative(&self) -> bool {
        *self < 0.0
    }

    #[inline]
    fn add(&mut self, other: &Self) {
        *self += other;
    }

    #[inline]
    fn add_product(&mut self, a: &Self, b: &Self) {
        *self += a * b;
    }

    #[inline]
    fn times(&self, other: &Self) -> Self {
        self * other
    }

    #[inline]
    fn over(&self, other: &Self) -> Self {
        self / other
    }

    #[inline]
    fn less(&self, other: &Self) -> Self {
        self - other
    }

    fn gap(found: &Self, wanted: &Self) -> f64 {
        if found == wanted { 0.0 } else { ((found - wanted) / wanted).abs() }
    }
}

impl Scalar for BigRational {
    fn zero() -> Self {
        Zero::zero()
    }

    fn one() -> Self {
        One::one()
    }

    fn of(probability: &Probability) -> Self {
        probability.exact.clone()
    }

    fn rational(value: &BigRational) -> Self {
        value.clone()
    }

    fn float(_: f64) -> Option<Self> {
        None
    }

    fn mean_of(law: &Law) -> Option<Self> {
        law.exact_mean()
    }

    fn is_zero(&self) -> bool {
        Zero::is_zero(self)
    }

    fn is_negative(&self) -> bool {
        Signed::is_negative(self)
    }

    fn add(&mut self, other: &Self) {
        *self += other;
    }

    fn add_product(&mut self, a: &Self, b: &Self) {
        if !Scalar::is_zero(a) && !Scalar::is_zero(b) {
            *self += a * b;
        }
    }

    fn times(&self, other: &Self) -> Self {
        self * other
    }

    fn over(&self, other: &Self) -> Self {
        self / other
    }

    fn less(&self, other: &Self) -> Self {
        self - other
    }

    fn gap(_: &Self, _: &Self) -> f64 {
        0.0
    }
}

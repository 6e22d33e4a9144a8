//! Numbers that carry their derivative by each leaf of a formula: the delta method without writing any derivative.

use num_traits::Zero;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A value and its derivatives by the leaves (missing ones are 0).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dual {
    pub(crate) value: f64,
    pub(crate) gradient: Vec<f64>,
}

impl Dual {
    /// A number that depends on no leaf.
    pub(crate) fn constant(value: f64) -> Self {
        Self { value, gradient: Vec::new() }
    }

    /// The leaf at `index`.
    pub(crate) fn leaf(value: f64, index: usize) -> Self {
        let mut gradient = vec![0.0; index + 1];
        gradient[index] = 1.0;
        Self { value, gradient }
    }

    fn combine(&self, other: &Self, value: f64, by_self: f64, by_other: f64) -> Self {
        let length = self.gradient.len().max(other.gradient.len());
        let at = |g: &[f64], i: usize| g.get(i).copied().unwrap_or(0.0);
        let gradient = (0..length).map(|i| at(&self.gradient, i) * by_self + at(&other.gradient, i) * by_other).collect();
        Self { value, gradient }
    }
}

impl Add for Dual {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let value = self.value + other.value;
        self.combine(&other, value, 1.0, 1.0)
    }
}

impl Sub for Dual {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        let value = self.value - other.value;
        self.combine(&other, value, 1.0, -1.0)
    }
}

impl Mul for Dual {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let (a, b) = (self.value, other.value);
        self.combine(&other, a * b, b, a)
    }
}

impl Div for Dual {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let (a, b) = (self.value, other.value);
        self.combine(&other, a / b, 1.0 / b, -a / (b * b))
    }
}

impl Neg for Dual {
    type Output = Self;
    fn neg(self) -> Self {
        Self { value: -self.value, gradient: self.gradient.iter().map(|g| -g).collect() }
    }
}

impl Zero for Dual {
    fn zero() -> Self {
        Self::constant(0.0)
    }

    fn is_zero(&self) -> bool {
        self.value == 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// f = a / b − 2 a at a = 6, b = 3: value −10, ∂a = 1/3 − 2, ∂b = −6/9.
    #[test]
    fn derivatives_of_a_quotient() {
        let (a, b) = (Dual::leaf(6.0, 0), Dual::leaf(3.0, 1));
        let f = a.clone() / b - Dual::constant(2.0) * a;
        assert_eq!(f.value, -10.0);
        assert!((f.gradient[0] - (1.0 / 3.0 - 2.0)).abs() < 1e-15);
        assert!((f.gradient[1] + 2.0 / 3.0).abs() < 1e-15);
    }
}

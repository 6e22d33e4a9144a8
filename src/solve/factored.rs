//! A class made ready to be solved many times: eliminated, or, where that would fill up, iterated between bounds.

use super::elimination::Elimination;
use super::iteration::Iteration;
use super::scalar::Scalar;

/// A class of states that reach one another.
#[derive(Debug)]
pub(super) enum Factored<S> {
    /// Right in all but its last digits.
    Eliminated(Elimination<S>),
    /// Known within bounds.
    Iterated(Iteration<S>),
}

impl<S: Scalar> Factored<S> {
    /// The states, in the order in which right-hand sides are given.
    pub(super) fn states(&self) -> &[u32] {
        match self {
            Self::Eliminated(elimination) => &elimination.states,
            Self::Iterated(iteration) => &iteration.states,
        }
    }

    /// Solves `x = b + P x` in place; gives half the width of its bounds, relative to the solution: 0 if there are none.
    pub(super) fn backward(&self, b: &mut [S]) -> f64 {
        match self {
            Self::Eliminated(elimination) => {
                elimination.backward(b);
                0.0
            }
            Self::Iterated(iteration) => iteration.backward(b),
        }
    }

    /// Solves `y = a + y P` in place, as [`Self::backward`].
    pub(super) fn forward(&self, a: &mut [S]) -> f64 {
        match self {
            Self::Eliminated(elimination) => {
                elimination.forward(a);
                0.0
            }
            Self::Iterated(iteration) => iteration.forward(a),
        }
    }
}

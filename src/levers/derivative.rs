//! The derivative of a figure by a param.
//!
//! The journey is resolved again with the param a little lower and a little higher. What that does to the numbers of the chain
//! are differences of fractions, exact where the param enters them in proportion; the gradient of the figure by those numbers
//! comes of the adjoint. Where the chain itself changes at the value as written (a branch at 0 % or 100 %), or the value is an
//! end of what is possible, both are taken at one side of it.

use super::moved::Moved;
use super::point::{Point, Unsolved};
use crate::compile::Journey;
use crate::model::law::nearest;
use crate::model::{Measure, Param};
use crate::plan::Declined;
use crate::solve::{Shift, Slope, same_shape};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::Serialize;
use std::borrow::Borrow;
use std::rc::Rc;

/// A derivative, per unit of the param (per 1 for a share: per 100 points).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Derivative {
    /// Its value.
    pub value: f64,
    /// How it was found.
    pub method: Method,
    /// On which side of the value as written.
    pub side: Side,
}

/// How a derivative was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By the adjoint of the exact solution.
    Adjoint,
    /// By the difference of two exact solutions.
    Differences,
}

/// On which side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// On both.
    Both,
    /// Above it alone.
    Above,
    /// Below it alone.
    Below,
}

/// Why there is no derivative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoDerivative {
    /// The figure has no exact value.
    Unsolved,
    /// The param cannot move by so little: it counts something whole, or other figures hold it in its place.
    Fixed,
    /// The figure jumps.
    Jumps,
}

/// A figure that can be derived.
pub(super) struct Derivable<'a> {
    pub(super) measure: &'a Measure,
    pub(super) here: Point<&'a Journey>,
    /// The value as written.
    pub(super) value: f64,
    /// How it changes with the chains; `None` where only differences tell.
    pub(super) slopes: Option<Vec<Option<Slope>>>,
}

impl<'a> Derivable<'a> {
    pub(super) fn new(journey: &'a Journey, measure: &'a Measure) -> Result<Self, Unsolved> {
        let here = Point::new(journey, measure);
        let value = here.value()?;
        let slopes = here.slopes().ok();
        Ok(Self { measure, here, value, slopes })
    }

    /// Whether the figure reads the journey as written alone, and no scenario.
    pub(super) fn reads_base_alone(&self) -> bool {
        self.here.request.formula.leaves().iter().all(|leaf| leaf.chain == 0)
    }

    /// The figure with another value of a param.
    pub(super) fn at(&self, moved: &Moved<'_>, value: &BigRational) -> Option<Point<Rc<Journey>>> {
        moved.at(value).map(|journey| Point::new(journey, self.measure))
    }

    fn near(&self, moved: &Moved<'_>, step: &BigRational, times: i32) -> Option<Point<Rc<Journey>>> {
        let value = &moved.param.value + step * BigRational::from_integer(times.into());
        moved.at(&value).map(|journey| Point::unanswered(journey, self.measure))
    }

    /// The derivative by a param.
    pub(super) fn by(&self, moved: &Moved<'_>) -> Result<Derivative, NoDerivative> {
        let Some(slopes) = &self.slopes else { return self.by_differences(moved) };
        let step = scale(moved.param) / ten_to(6);
        if let (Some(low), Some(high)) = (self.near(moved, &step, -1), self.near(moved, &step, 1))
            && self.same_shape_as(&low)
            && let Some(value) = along(&self.here, slopes, &low, &high, &(&step * BigRational::from_integer(2.into())))
        {
            return Ok(Derivative { value, method: Method::Adjoint, side: Side::Both });
        }
        let mut why = NoDerivative::Fixed;
        for (side, times) in [(Side::Above, 1), (Side::Below, -1)] {
            match self.one_sided(moved, times) {
                Ok(value) => return Ok(Derivative { value, method: Method::Adjoint, side }),
                Err(NoDerivative::Jumps) => why = NoDerivative::Jumps,
                Err(_) => {}
            }
        }
        Err(why)
    }

    fn same_shape_as(&self, other: &Point<Rc<Journey>>) -> bool {
        self.here.journey.chains.iter().zip(&other.journey.chains).all(|(a, b)| same_shape(a, b))
    }

    /// On one side, from a point beside the value as written to another as far again.
    fn one_sided(&self, moved: &Moved<'_>, times: i32) -> Result<f64, NoDerivative> {
        let step = scale(moved.param) / ten_to(9);
        let beside = self.near(moved, &step, times).ok_or(NoDerivative::Fixed)?;
        let beside = Point::new(beside.journey, self.measure);
        let value = beside.value().map_err(|_| NoDerivative::Unsolved)?;
        let slopes = beside.slopes().map_err(|_| NoDerivative::Unsolved)?;
        let further = self.near(moved, &step, 2 * times).ok_or(NoDerivative::Fixed)?;
        let step = step * BigRational::from_integer(times.into());
        let slope = along(&beside, &slopes, &beside, &further, &step).ok_or(NoDerivative::Fixed)?;
        // Twice what the slope makes of a step, and what rounding does.
        let may_be = 2.0 * (slope * nearest(&step)).abs() + 1e-9 * value.abs().max(self.value.abs());
        if (value - self.value).abs() > may_be { Err(NoDerivative::Jumps) } else { Ok(slope) }
    }

    /// From two exact solutions.
    fn by_differences(&self, moved: &Moved<'_>) -> Result<Derivative, NoDerivative> {
        let step = scale(moved.param) / ten_to(4);
        let value = |times: i32| {
            let at = &moved.param.value + &step * BigRational::from_integer(times.into());
            self.at(moved, &at)?.value().ok()
        };
        let step = nearest(&step);
        let (slope, side) = match (value(-1), value(1)) {
            (Some(low), Some(high)) => ((high - low) / (2.0 * step), Side::Both),
            // Three points on one side: what is left of the curve is of third order.
            (None, Some(high)) => {
                let further = value(2).ok_or(NoDerivative::Fixed)?;
                ((4.0 * high - 3.0 * self.value - further) / (2.0 * step), Side::Above)
            }
            (Some(low), None) => {
                let further = value(-2).ok_or(NoDerivative::Fixed)?;
                ((3.0 * self.value - 4.0 * low + further) / (2.0 * step), Side::Below)
            }
            (None, None) => return Err(NoDerivative::Fixed),
        };
        Ok(Derivative { value: slope, method: Method::Differences, side })
    }
}

/// What one step of a param is taken of: its size, or 1.
fn scale(param: &Param) -> BigRational {
    if param.value.is_zero() { BigRational::one() } else { param.value.abs() }
}

fn ten_to(power: u32) -> BigRational {
    BigRational::from_integer(num_bigint::BigInt::from(10).pow(power))
}

/// The derivative from `low` to `high`, `step` apart, of a figure that changes with its chains by `slopes` at `here`; `None` if
/// the chains have not the same shape.
fn along<J: Borrow<Journey>, K: Borrow<Journey>>(
    here: &Point<J>,
    slopes: &[Option<Slope>],
    low: &Point<K>,
    high: &Point<K>,
    step: &BigRational,
) -> Option<f64> {
    let mut sum = 0.0;
    for (c, slope) in slopes.iter().enumerate() {
        if let Some(slope) = slope {
            sum += slope.along(&Shift::between(low.reading(c), high.reading(c), step.clone())?);
        }
    }
    // Params in the measure itself are numbers of its formula.
    if low.request.formula != high.request.formula {
        let of = |point: Result<f64, Unsolved>| point.ok();
        sum += (of(high.with_leaves_of(here))? - of(low.with_leaves_of(here))?) / nearest(step);
    }
    Some(sum)
}

impl From<Declined> for Unsolved {
    fn from(why: Declined) -> Self {
        Self::Declined(why)
    }
}

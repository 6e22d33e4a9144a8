//! Which values of a param make two measures equal.
//!
//! Comes in: a journey, a param, two measures and where to look. Goes out: [`Found`]. What must hold: every root is enclosed by
//! two values; what "every" rests on is said ([`Search`]).
//!
//! First it is found where the journey is possible at all: values for which branches add up (`feasible`). There, the
//! difference of small journeys is recovered as a ratio of two polynomials from exact values (`recover`), whose roots are then
//! all isolated (`polynomial`). Elsewhere the difference is looked at on a grid (`grid`).

mod feasible;
mod grid;
mod polynomial;
mod recover;

use super::point::{Point, Unsolved};
use crate::compile::{Compiled, Journey};
use crate::model::law::nearest;
use crate::model::{Measure, MeasureKind, Param, ScenarioId, Unit};
use crate::plan::{Plan, Variable};
use crate::resolve::Given;
use crate::syntax::tree::Operator;
use feasible::{Stretch, stretches};
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use polynomial::middle;
use recover::recover;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Find<'a> {
    /// The param.
    pub param: &'a Param,
    /// Where.
    pub between: (&'a BigRational, &'a BigRational),
    /// What must be equal.
    pub sides: (&'a Measure, &'a Measure),
    /// Where the journey writes them.
    pub promise: PromiseAt,
}

/// One side of a promise: a measure and its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseAt {
    /// Its place in the list of the program.
    pub index: usize,
    /// Which of its bounds.
    pub bound: usize,
    /// The scenario under which it is read.
    pub scenario: Option<ScenarioId>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where the journey is possible and the figure known, from left to right.
    pub feasible: Vec<Feasible>,
    /// The roots, from left to right.
    pub roots: Vec<Root>,
    /// Whether every value is one.
    pub everywhere: bool,
    /// What makes this all of them; nothing where nothing is feasible.
    pub search: Option<Search>,
}

/// A stretch of values, and the two measures at its ends.
#[derive(Clone, Debug)]
pub struct Feasible {
    /// The smallest value.
    pub low: End,
    /// The largest.
    pub high: End,
}

/// An end of a stretch.
#[derive(Clone, Debug)]
pub struct End {
    /// The value.
    pub at: BigRational,
    /// Whether the figure is known there, too, and not only beside it.
    pub included: bool,
    /// The two measures there, or beside it.
    pub sides: (f64, f64),
}

/// A root.
#[derive(Clone, Debug, PartialEq)]
pub struct Root {
    /// It is not below this value.
    pub low: BigRational,
    /// Nor above this one; the same if the root is known exactly.
    pub high: BigRational,
    /// Whether the difference changes its sign there; else the two only touch.
    pub crosses: bool,
}

/// What a search rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// The difference is a ratio of polynomials of these degrees, recovered from so many exact values; all its roots were isolated.
    Exact {
        /// Degree of the numerator.
        above: usize,
        /// Degree of the denominator.
        below: usize,
        /// How many values.
        values: usize,
    },
    /// Changes of sign, and the smallest distances, between so many values.
    Grid {
        /// How many values.
        values: usize,
    },
}

/// Why nothing can be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CannotFind {
    /// The measures have no exact value as the journey is written.
    Unsolved(Unsolved),
    /// They do not depend on the param.
    Independent,
}

/// Values looked at to find out where the journey is possible.
const FIRST_LOOK: usize = 32;
/// Exact values from which a ratio is recovered, at most.
const MOST_VALUES: usize = 64;
/// Values of the grid.
const GRID: usize = 256;
/// Enclosures are no wider than this part of where one looks.
const WIDTH: u64 = 1_000_000_000_000;

/// The line of a journey that an equation stands for, such as `margin = 0`: a promise. Zero needs no unit here, whatever it is
/// equal to. Nothing if it is no equation.
#[must_use]
pub fn line_of(equation: &str) -> Option<String> {
    let text = equation.replace("==", "=").replace(['\n', '\r'], " ");
    let (left, right) = text.split_once('=')?;
    let (left, right) = (left.trim(), right.trim());
    if left.is_empty() || right.is_empty() || right.contains('=') || left.ends_with(['<', '>', '!']) {
        return None;
    }
    let right = if right == "0" { format!("0 * ({left})") } else { right.to_owned() };
    Some(format!("expect {left} = {right}\n"))
}

/// Looks for every value of the param at which both measures are equal.
///
/// # Errors
/// Why that cannot be done.
pub fn find(compiled: &Compiled, journey: &Journey, wanted: &Find<'_>) -> Result<Found, CannotFind> {
    let looked = Looked { compiled, wanted };
    let unit = wanted.sides.0.unit;
    let here = Point::new(journey, &difference(wanted, unit));
    match here.value() {
        Err(Unsolved::Declined(why)) => return Err(CannotFind::Unsolved(Unsolved::Declined(why))),
        Err(Unsolved::Nobody) | Ok(_) => {}
    }
    let (low, high) = (wanted.between.0.clone(), wanted.between.1.clone());
    let width = (&high - &low) / BigRational::from_integer(WIDTH.into());
    let known = |x: &BigRational| looked.at(x).is_some_and(|point| point.value().is_ok());
    let written = Some(&wanted.param.value).filter(|v| low <= **v && **v <= high);
    let stretches = stretches(&low, &high, written, FIRST_LOOK, &width, known);
    if here.request.formula.leaves().is_empty() && stretches.iter().all(|s| !looked.moves(s)) {
        return Err(CannotFind::Independent);
    }
    let smooth = !here.plans.iter().any(has_jumps);
    let mut found = Found { feasible: Vec::new(), roots: Vec::new(), everywhere: false, search: None };
    for stretch in &stretches {
        found.feasible.push(Feasible { low: looked.end(stretch, false), high: looked.end(stretch, true) });
        let exact = if smooth && here.fraction().is_some() { looked.exactly(stretch, &width) } else { None };
        match exact {
            Some((roots, search)) => {
                found.everywhere |= roots.is_none();
                found.roots.extend(roots.into_iter().flatten());
                found.search.get_or_insert(search);
            }
            None => {
                found.roots.extend(grid::roots(stretch, GRID, &width, |x| looked.float(x)));
                found.search = Some(Search::Grid { values: GRID + 1 });
            }
        }
    }
    Ok(found)
}

/// Whether a figure may turn where no chain does: the best branch of leverage changes, a share of customers jumps.
fn has_jumps(plan: &Plan) -> bool {
    let jumps = |q: &crate::plan::Question| {
        matches!(q.variable, Variable::Leverage(_)) || matches!(q.wants, crate::plan::Wants::Share(..))
    };
    plan.questions.iter().any(jumps)
}

/// The first measure less the second.
fn difference(wanted: &Find<'_>, unit: Unit) -> Measure {
    let (a, b) = (Box::new(wanted.sides.0.clone()), Box::new(wanted.sides.1.clone()));
    Measure { kind: MeasureKind::Binary(Operator::Subtract, a, b), unit, origin: wanted.sides.0.origin }
}

/// Where to look, and at what.
struct Looked<'a> {
    compiled: &'a Compiled,
    wanted: &'a Find<'a>,
}

impl Looked<'_> {
    fn journey(&self, x: &BigRational) -> Option<Journey> {
        let given = Given::from([(self.wanted.param.name.name.clone(), x.clone())]);
        self.compiled.again(&given).ok()
    }

    /// The difference at a value of the param; nothing where the journey is impossible. Params in the measures are numbers of
    /// the program: they are read again.
    fn at(&self, x: &BigRational) -> Option<Point<Journey>> {
        let journey = self.journey(x)?;
        let (left, right) = sides_of(&journey, self.wanted.promise)?;
        let wanted = Find { sides: (&left, &right), ..*self.wanted };
        let measure = difference(&wanted, left.unit);
        Some(Point::new(journey, &measure))
    }

    fn float(&self, x: &BigRational) -> Option<f64> {
        self.at(x)?.value().ok()
    }

    fn moves(&self, stretch: &Stretch) -> bool {
        let of = |x: &BigRational| self.float(x).unwrap_or(f64::NAN);
        of(&stretch.low.inside) != of(&stretch.high.inside)
            || of(&middle(&stretch.low.inside, &stretch.high.inside)) != of(&stretch.low.inside)
    }

    fn end(&self, stretch: &Stretch, high: bool) -> End {
        let bound = if high { &stretch.high } else { &stretch.low };
        let sides = self.journey(&bound.inside).and_then(|journey| {
            let (left, right) = sides_of(&journey, self.wanted.promise)?;
            let of = |measure| Point::new(&journey, measure).value().ok();
            Some((of(&left)?, of(&right)?))
        });
        let included = bound.at == bound.inside;
        End { at: bound.at.clone(), included, sides: sides.unwrap_or((f64::NAN, f64::NAN)) }
    }

    /// All roots of a stretch (`None`: all of it), if the difference can be recovered there.
    fn exactly(&self, stretch: &Stretch, width: &BigRational) -> Option<(Option<Vec<Root>>, Search)> {
        let (low, high) = (&stretch.low.inside, &stretch.high.inside);
        if low == high {
            let zero = self.at(low)?.fraction()?.is_zero();
            let roots = if zero { vec![Root { low: low.clone(), high: low.clone(), crosses: false }] } else { Vec::new() };
            return Some((Some(roots), Search::Exact { above: 0, below: 0, values: 1 }));
        }
        let mut points: Vec<(BigRational, BigRational)> = Vec::new();
        let mut parts = 8;
        let ratio = loop {
            // Ends apart: a branch that is there nowhere else may be missing there.
            for i in (1..parts).filter(|i| parts == 8 || i % 2 == 1) {
                let x = low + (high - low) * BigRational::new(i.into(), parts.into());
                points.push((x.clone(), self.at(&x)?.fraction()?));
            }
            if let Some(ratio) = recover(&points) {
                break ratio;
            }
            parts *= 2;
            if parts > MOST_VALUES {
                return None;
            }
        };
        let search = Search::Exact { above: ratio.above.degree(), below: ratio.below.degree(), values: points.len() };
        if ratio.above.is_zero() {
            return Some((None, search));
        }
        let aside = width.clone();
        let root = |(a, b): (BigRational, BigRational)| {
            let sign = |x: &BigRational| (ratio.above.at(x) * ratio.below.at(x)).is_positive();
            let crosses = sign(&(&a - &aside)) != sign(&(&b + &aside));
            Root { low: a, high: b, crosses }
        };
        Some((Some(ratio.above.roots(low, high, width).into_iter().map(root).collect()), search))
    }
}

/// The two measures of a promise.
#[must_use]
pub fn sides_of(journey: &Journey, at: PromiseAt) -> Option<(Measure, Measure)> {
    let promise = journey.program.expectations.get(at.index)?;
    let promise = at.scenario.map_or_else(|| promise.clone(), |scenario| promise.under(scenario));
    let bound = promise.bound.measures().get(at.bound).copied()?.clone();
    Some((promise.measure, bound))
}

impl Root {
    /// The middle of what encloses it.
    #[must_use]
    pub fn value(&self) -> f64 {
        nearest(&middle(&self.low, &self.high))
    }
}

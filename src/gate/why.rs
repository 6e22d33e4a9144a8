//! Why a promise is broken: the paths most taken, and what each figure would have to be.

use super::{Case, How, Options, Tested};
use crate::chain::Flow;
use crate::compile::Compiled;
use crate::levers::find::{Find, PromiseAt, Search, find, sides_of};
use crate::levers::{LeverOf, levers};
use crate::measure::{TypicalPath, typical_paths};
use crate::model::law::nearest;
use crate::model::{Measure, MeasureKind, Param, ParamId, Unit};
use crate::syntax::tree::{Comparison, Operator};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// How many paths are shown.
const PATHS: usize = 3;
/// How many figures are shown.
const FIGURES: usize = 3;
/// Of how many params the value is looked for that would do.
const LOOKED_FOR: usize = 6;
/// States, in all chains that the promise reads, up to which exact roots are looked for: a root takes up to 257 solutions.
const SMALL: usize = 400;

/// Why a promise is broken.
#[derive(Clone, Debug, Default)]
pub struct Why {
    /// Which paths `paths` are.
    pub way: Way,
    /// The most probable ones, the first first.
    pub paths: Vec<TypicalPath>,
    /// What would keep the promise, the smallest change first: each by itself.
    pub needed: Vec<Needed>,
    /// Params that have an effect, but no possible value of which keeps the promise by itself.
    pub powerless: Vec<ParamId>,
}

/// What paths lead to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// A failing end: where customers are lost.
    #[default]
    Failure,
    /// The main goal: what most customers go through.
    Goal,
}

/// A figure that would keep the promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Needed {
    /// Which.
    pub of: NeededOf,
    /// What it is.
    pub is: f64,
    /// What it would have to be.
    pub should_be: f64,
    /// What it counts.
    pub unit: Unit,
    /// Whether the value is a root of the exact figure; else what its derivative tells.
    pub exact: bool,
}

/// What a figure stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NeededOf {
    /// A param.
    Param(ParamId),
    /// A branch whose share is a figure of its own.
    Branch(Flow),
}

pub(super) fn why(compiled: &Compiled, case: &Case<'_>, i: usize, tested: &Tested, options: &Options) -> Why {
    let (index, promise) = &case.promises[i];
    let mut why = Why { way: way(promise), ..Why::default() };
    let chain = (0..case.plans.len()).find(|c| case.requests[i].reads(*c)).unwrap_or(0);
    let paths = typical_paths(&case.journey.chains[chain], &case.plans[chain]);
    why.paths = if why.way == Way::Failure { paths.to_failure } else { paths.to_goal };
    why.paths.truncate(PATHS);
    let broken = promise
        .bound
        .comparisons()
        .into_iter()
        .zip(&tested.promise.margins)
        .position(|(comparison, margin)| margin.value().is_some_and(|m| !crate::plan::compares(m, comparison, 0.0)));
    let (How::Exact, Some(bound)) = (tested.how, broken) else { return why };
    let at = PromiseAt { index: *index, bound, scenario: options.scenario };
    let comparison = promise.bound.comparisons()[bound];
    let Some(short) = tested.promise.margins[bound].exact else { return why };
    let Some((left, right)) = sides_of(case.journey, at) else { return why };
    let difference = Measure {
        kind: MeasureKind::Binary(Operator::Subtract, Box::new(left.clone()), Box::new(right.clone())),
        unit: left.unit,
        origin: left.origin,
    };
    let Ok(found) = levers(compiled, case.journey, &difference, None) else { return why };
    let states: usize =
        (0..case.plans.len()).filter(|c| case.requests[i].reads(*c)).map(|c| case.journey.chains[c].states.len()).sum();
    let mut looked_for = 0;
    for lever in found.levers.iter().filter(|l| l.gain.is_some_and(|g| g != 0.0)) {
        let Some(derivative) = lever.derivative.as_ref().ok() else { continue };
        let about = |is: f64| is - short / derivative.value;
        match &lever.of {
            LeverOf::Param(id) if looked_for < LOOKED_FOR => {
                looked_for += 1;
                let param = &case.journey.program.base.params[id.index()];
                let is = nearest(&param.value);
                let between = bounds(param);
                if states <= SMALL
                    && comparison != Comparison::NotEqual
                    && let Some(between) = &between
                {
                    let wanted = Find { param, between: (&between.0, &between.1), sides: (&left, &right), promise: at };
                    match root(compiled, case, &wanted, is) {
                        Root::One(should_be) => {
                            why.needed.push(Needed { of: NeededOf::Param(*id), is, should_be, unit: param.unit, exact: true });
                            continue;
                        }
                        Root::None => {
                            why.powerless.push(*id);
                            continue;
                        }
                        Root::Unknown => {}
                    }
                }
                let should_be = about(is);
                if is_possible(should_be, between.as_ref()) {
                    why.needed.push(Needed { of: NeededOf::Param(*id), is, should_be, unit: param.unit, exact: false });
                }
            }
            LeverOf::Param(_) => {}
            LeverOf::Branch(branch) => {
                let is = nearest(&branch.share);
                let should_be = about(is);
                if (0.0..=1.0).contains(&should_be) {
                    why.needed.push(Needed { of: NeededOf::Branch(branch.flow), is, should_be, unit: Unit::Share, exact: false });
                }
            }
        }
    }
    why.needed.sort_by(|a, b| change(a).total_cmp(&change(b)));
    why.needed.truncate(FIGURES);
    why
}

/// Which paths tell more: rates are short of those who are lost; money and time are spent by those who arrive.
fn way(promise: &crate::model::Expectation) -> Way {
    let floor = promise.bound.comparisons().iter().any(|c| matches!(c, Comparison::AtLeast | Comparison::Greater));
    if floor && promise.measure.unit != Unit::Time { Way::Failure } else { Way::Goal }
}

/// How large a change is, relative to what there is.
fn change(needed: &Needed) -> f64 {
    let by = (needed.should_be - needed.is).abs();
    if needed.is == 0.0 { by } else { by / needed.is.abs() }
}

/// Where to look for a value: the scale of a share; ten times either way of anything else.
fn bounds(param: &Param) -> Option<(BigRational, BigRational)> {
    if param.unit == Unit::Share {
        return Some((BigRational::zero(), BigRational::one()));
    }
    let ten = BigRational::from_integer(10.into());
    (param.value > BigRational::zero()).then(|| (&param.value / &ten, &param.value * &ten))
}

fn is_possible(value: f64, between: Option<&(BigRational, BigRational)>) -> bool {
    value.is_finite() && between.is_none_or(|(low, high)| nearest(low) <= value && value <= nearest(high))
}

enum Root {
    /// The only one, or the nearest of those where the figure crosses its limit.
    One(f64),
    /// There is none, for certain.
    None,
    Unknown,
}

fn root(compiled: &Compiled, case: &Case<'_>, wanted: &Find<'_>, is: f64) -> Root {
    let Ok(found) = find(compiled, case.journey, wanted) else { return Root::Unknown };
    let crossing = found.roots.iter().filter(|r| r.crosses).map(crate::levers::find::Root::value);
    match crossing.min_by(|a, b| (a - is).abs().total_cmp(&(b - is).abs())) {
        Some(value) => Root::One(value),
        None if matches!(found.search, Some(Search::Exact { .. })) && found.roots.is_empty() => Root::None,
        None => Root::Unknown,
    }
}

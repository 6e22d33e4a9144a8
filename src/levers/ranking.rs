//! Levers in their order: what a step of each brings, and what it costs.

use super::branches::by_flow;
use super::derivative::{Derivable, Derivative, NoDerivative};
use super::moved::Moved;
use super::point::{Point, Unsolved};
use crate::chain::{Flow, From};
use crate::compile::{Compiled, Journey};
use crate::diagnostics::Span;
use crate::model::law::nearest;
use crate::model::{ArrivalId, Branch, Evidence, Measure, Model, Param, ParamId, Share, TouchpointId, Unit};
use num_rational::BigRational;
use num_traits::Zero;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// What a figure hangs on.
#[derive(Clone, Debug)]
pub struct Levers {
    /// The figure as the journey is written.
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
    /// Params, then branches whose share is a figure of its own, the strongest first; those without any effect last.
    pub levers: Vec<Lever>,
    /// Whether the order is that of gains per money: every lever that has an effect says what it costs.
    pub by_money: bool,
    /// By param that has a range (or is swung), the widest first.
    pub tornado: Vec<Swing>,
}

/// Something that can be worked on.
#[derive(Clone, Debug)]
pub struct Lever {
    /// What it is.
    pub of: LeverOf,
    /// The derivative of the figure, or why there is none.
    pub derivative: Result<Derivative, NoDerivative>,
    /// Relative change of the figure for a relative change of the lever; `None` where the figure is 0.
    pub elasticity: Option<f64>,
    /// What one step changes: one point more of a share, 1 % more of anything else. To first order.
    pub gain: Option<f64>,
    /// What it costs, where the journey says so.
    pub money: Option<Money>,
}

/// What is worked on.
#[derive(Clone, Debug, PartialEq)]
pub enum LeverOf {
    /// A param.
    Param(ParamId),
    /// A branch.
    Branch(BranchLever),
}

/// A branch whose share is a figure of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct BranchLever {
    /// From where to where.
    pub flow: Flow,
    /// Its share, for everybody.
    pub share: BigRational,
    /// The smallest and largest share thought possible.
    pub range: Option<(BigRational, BigRational)>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What a step costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Money {
    /// One point.
    pub per_point: f64,
    /// What 1,000 units of money bring, to first order; `None` where a point costs nothing.
    pub gain_per_thousand: Option<f64>,
}

/// The figure at both ends of what a param may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// The param.
    pub param: ParamId,
    /// Its smallest and largest value.
    pub ends: (BigRational, BigRational),
    /// The figure at each; `None` where the journey is impossible or the figure has no exact value.
    pub values: (Option<f64>, Option<f64>),
    /// Whether the ends are the author's range; else they are as far from the value as was asked.
    pub declared: bool,
}

impl Swing {
    /// How far the figure goes from one end to the other.
    #[must_use]
    pub fn width(&self) -> Option<f64> {
        Some((self.values.1? - self.values.0?).abs())
    }

    /// The same, with the figure as written where it is not known at an end.
    fn known_width(&self, value: f64) -> f64 {
        (self.values.1.unwrap_or(value) - self.values.0.unwrap_or(value)).abs()
    }
}

impl Lever {
    /// What decides its place.
    fn strength(&self, by_money: bool) -> f64 {
        let by_step = self.gain.map_or(-1.0, f64::abs);
        match self.money {
            // What is free comes first.
            Some(money) if by_money => money.gain_per_thousand.map_or(f64::INFINITY, f64::abs),
            _ => by_step,
        }
    }
}

/// Below this elasticity a param has no effect.
const DUST: f64 = 1e-13;
/// Above this many states, journeys are read again one after another: several at once would fill the memory.
const AT_ONCE: usize = 50_000;

/// What a measure hangs on. `swing`: how far params without a range are moved in the tornado, relative to their value.
///
/// # Errors
/// Why the measure has no exact value.
pub fn levers(
    compiled: &Compiled,
    journey: &Journey,
    measure: &Measure,
    swing: Option<&BigRational>,
) -> Result<Levers, Unsolved> {
    levers_of(compiled, journey, std::slice::from_ref(measure), swing).remove(0)
}

/// The same of several measures, for which the journey is read again only once for each value of a param.
#[must_use]
pub fn levers_of(
    compiled: &Compiled,
    journey: &Journey,
    measures: &[Measure],
    swing: Option<&BigRational>,
) -> Vec<Result<Levers, Unsolved>> {
    let model = &journey.program.base;
    let figures: Vec<_> = measures.iter().map(|measure| Derivable::new(journey, measure)).collect();
    let known: Vec<&Derivable<'_>> = figures.iter().flatten().collect();
    let scenarios = known.iter().any(|figure| !figure.reads_base_alone());
    let of_one = |(id, param): (usize, &Param)| -> Vec<(Lever, Option<Swing>)> {
        let (id, moved) = (ParamId::new(id), Moved::new(compiled, param, scenarios, known.len() > 1));
        let levers: Vec<Lever> = known.iter().map(|figure| of_param(figure, id, &moved)).collect();
        let swings = swung(&known, id, &Moved::new(compiled, param, scenarios, false), swing);
        levers.into_iter().zip(swings).collect()
    };
    let states: usize = journey.chains.iter().map(|chain| chain.states.len()).sum();
    let alone = if states > AT_ONCE { model.params.len().max(1) } else { 1 };
    // One list per param, of one entry per figure.
    let mut params: Vec<_> = model.params.par_iter().enumerate().with_min_len(alone).map(|one| of_one(one).into_iter()).collect();
    let put = |figure: Result<Derivable<'_>, Unsolved>| {
        let figure = figure?;
        let (levers, tornado) = params.iter_mut().filter_map(Iterator::next).unzip();
        Ok(ranked(&figure, journey, levers, tornado))
    };
    figures.into_iter().map(put).collect()
}

/// Puts levers and swings of one figure in their order; those of branches are found on the way.
fn ranked(figure: &Derivable<'_>, journey: &Journey, mut levers: Vec<Lever>, tornado: Vec<Option<Swing>>) -> Levers {
    levers.extend(of_branches(figure, &journey.program.base, journey));
    let works = |lever: &Lever| lever.gain.is_some_and(|gain| gain != 0.0);
    let by_money = levers.iter().any(works) && levers.iter().filter(|l| works(l)).all(|l| l.money.is_some());
    levers.sort_by(|a, b| b.strength(by_money).total_cmp(&a.strength(by_money)));
    let mut tornado: Vec<Swing> = tornado.into_iter().flatten().collect();
    tornado.sort_by(|a, b| b.known_width(figure.value).total_cmp(&a.known_width(figure.value)));
    Levers { value: figure.value, unit: figure.measure.unit, levers, by_money, tornado }
}

fn of_param(figure: &Derivable<'_>, id: ParamId, moved: &Moved<'_>) -> Lever {
    let param = moved.param;
    let value = nearest(&param.value);
    let derivative = figure.by(moved).map(|d| Derivative { value: without_dust(d.value, value, figure), ..d });
    let gain = derivative.ok().map(|d| if in_points(param.unit) { 0.01 * d.value } else { 0.01 * d.value * value });
    let money = param.costs_per_point.as_ref().zip(gain).map(|(cost, gain)| {
        let per_point = nearest(cost);
        Money { per_point, gain_per_thousand: (!cost.is_zero()).then(|| gain * 1000.0 / per_point) }
    });
    let elasticity = derivative.ok().map(|d| d.value * value / figure.value).filter(|e| e.is_finite());
    Lever { of: LeverOf::Param(id), derivative, elasticity, gain, money }
}

/// A derivative at a value of its lever: what rounding leaves of nothing is nothing.
fn without_dust(derivative: f64, value: f64, figure: &Derivable<'_>) -> f64 {
    let dust = value != 0.0 && (derivative * value).abs() <= DUST * figure.value.abs();
    if dust { 0.0 } else { derivative }
}

/// Whether a step of that unit is a point; else it is 1 % of the value.
pub(crate) fn in_points(unit: Unit) -> bool {
    matches!(unit, Unit::Share | Unit::Points)
}

/// The branches whose share is a figure that stands on no param, in the order of the text.
fn of_branches(figure: &Derivable<'_>, model: &Model, journey: &Journey) -> Vec<Lever> {
    let slope = figure.slopes.as_ref().and_then(|slopes| slopes.first()?.as_ref());
    let Some(slope) = slope else { return Vec::new() };
    let by_flow = by_flow(&journey.chains[0], slope);
    let arrivals = model.arrivals.iter().enumerate().map(|(i, a)| (From::Arrival(ArrivalId::new(i)), &a.branches));
    let touchpoints = model.touchpoints.iter().enumerate().map(|(i, t)| (From::Touchpoint(TouchpointId::new(i)), &t.branches));
    let mut levers: Vec<Lever> = Vec::new();
    for (from, branches) in arrivals.chain(touchpoints) {
        for branch in branches {
            let flow = Flow { from, to: branch.to };
            let known = |lever: &Lever| matches!(&lever.of, LeverOf::Branch(other) if other.flow == flow);
            // Two branches that lead to one place are one way on.
            if levers.iter().any(known) {
                continue;
            }
            if let (Some(lever), Some(slope)) = (own_figure(model, flow, branch), by_flow.get(&flow)) {
                let slope = without_dust(*slope, nearest(&lever.share), figure);
                let elasticity = Some(slope * nearest(&lever.share) / figure.value).filter(|e| e.is_finite());
                let derivative = Derivative { value: slope, method: super::Method::Adjoint, side: super::Side::Both };
                let gain = Some(0.01 * slope);
                levers.push(Lever { of: LeverOf::Branch(lever), derivative: Ok(derivative), elasticity, gain, money: None });
            }
        }
    }
    levers
}

/// A branch whose share is a figure of its own; one that stands on params is moved by them.
fn own_figure(model: &Model, flow: Flow, branch: &Branch) -> Option<BranchLever> {
    let Share::Figure(share) = &branch.share else { return None };
    let inside = |span: Span| {
        let whole = branch.share_origin;
        span.file == whole.file && whole.start <= span.start && span.end <= whole.end
    };
    let written = model.figures.iter().find(|figure| inside(figure.origin))?;
    written.from.is_empty().then(|| BranchLever {
        flow,
        share: share.default.clone(),
        range: written.range.clone(),
        evidence: written.evidence.clone(),
    })
}

/// By figure: what it is at both ends of what a param may be.
fn swung(figures: &[&Derivable<'_>], id: ParamId, moved: &Moved<'_>, swing: Option<&BigRational>) -> Vec<Option<Swing>> {
    let param = moved.param;
    let aside = |by: &BigRational| {
        let by = &param.value * by;
        (!by.is_zero()).then(|| (&param.value - &by, &param.value + &by))
    };
    let declared = param.range.is_some();
    let ends = param.range.clone().or_else(|| aside(swing?));
    let Some(ends) = ends else { return figures.iter().map(|_| None).collect() };
    let measures: Vec<&Measure> = figures.iter().map(|figure| figure.measure).collect();
    let values = |end: &BigRational| -> Vec<Option<f64>> {
        match moved.at(end) {
            Some(journey) => Point::values(journey, &measures).into_iter().map(Result::ok).collect(),
            None => vec![None; measures.len()],
        }
    };
    let pairs = values(&ends.0).into_iter().zip(values(&ends.1));
    pairs.map(|values| Some(Swing { param: id, ends: ends.clone(), values, declared })).collect()
}

//! Where a figure comes from.

use crate::chain::From;
use crate::compile::{Compiled, Journey};
use crate::diagnostics::Span;
use crate::exam;
use crate::levers::{ExactValue, Lever, LeverOf, Unsolved, exact_value, levers};
use crate::measure::{TypicalPath, TypicalPaths, paths_between};
use crate::model::{Event, Measure, MeasureKind, Model, Modifiers, Place, Unit};

/// Where a figure comes from.
#[derive(Clone, Debug)]
pub struct Why {
    /// What it counts.
    pub unit: Unit,
    /// Its exact value.
    pub value: ExactValue,
    /// How it is worked out, line by line, in the language of the journey; said to be too long where it is.
    pub working: Vec<String>,
    /// The lines of the text that it stands on, the strongest first: those that change it.
    pub grounds: Vec<Ground>,
    /// Of a rate: by which ways customers get there, and by which they do not.
    pub ways: Option<Ways>,
}

/// A line of the text that a figure stands on.
#[derive(Clone, Debug)]
pub struct Ground {
    /// What stands there.
    pub lever: Lever,
    /// Where.
    pub origin: Span,
}

/// The most probable ways to something, and past it.
#[derive(Clone, Debug)]
pub struct Ways {
    /// Of whom: `None`, of all who arrive.
    pub from: Option<Place>,
    /// The share of all who arrive who they are.
    pub base: f64,
    /// To what.
    pub to: Event,
    /// The share of them who get there.
    pub share: f64,
    /// Ways to it, and to an end without it. Their probabilities are shares of all who arrive.
    pub paths: TypicalPaths,
}

/// What the paths shown make of all that lead the same way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Covered {
    /// Of those who get there (or do not), the share who take them.
    pub share: f64,
    /// Of those whom the rate is of, the share who take others.
    pub rest: f64,
}

impl Ways {
    /// The paths to it, or past it.
    #[must_use]
    pub fn taken(&self, to: bool) -> &[TypicalPath] {
        if to { &self.paths.to_goal } else { &self.paths.to_failure }
    }

    /// The share that takes a path, of those whom the rate is of.
    #[must_use]
    pub fn share_of(&self, path: &TypicalPath) -> f64 {
        path.probability / self.base
    }

    /// What the paths to it, or past it, cover.
    #[must_use]
    pub fn covered(&self, to: bool) -> Covered {
        let whole = if to { self.share } else { 1.0 - self.share };
        let taken: f64 = self.taken(to).iter().map(|path| self.share_of(path)).sum();
        Covered { share: (taken / whole).min(1.0), rest: (whole - taken).max(0.0) }
    }
}

/// Where a figure comes from.
///
/// # Errors
/// Why it has no exact value.
pub fn why(compiled: &Compiled, journey: &Journey, measure: &Measure) -> Result<Why, Unsolved> {
    let value = exact_value(journey, measure)?;
    let working = exam::derivation(journey, &compiled.sources, measure);
    let found = levers(compiled, journey, measure, None).map(|found| found.levers).unwrap_or_default();
    let changes = |lever: &Lever| lever.gain.is_some_and(|gain| gain != 0.0);
    let model = &journey.program.base;
    let ground = |lever: Lever| Some(Ground { origin: origin(model, &lever.of)?, lever });
    let grounds = found.into_iter().filter(changes).filter_map(ground).collect();
    Ok(Why { unit: measure.unit, value, working, grounds, ways: ways(journey, measure) })
}

/// The line of a param or a branch.
fn origin(model: &Model, of: &LeverOf) -> Option<Span> {
    match of {
        LeverOf::Param(id) => Some(model.params[id.index()].name.origin),
        LeverOf::Branch(branch) => {
            let branches = match branch.flow.from {
                From::Arrival(id) => &model.arrivals[id.index()].branches,
                From::Touchpoint(id) => &model.touchpoints[id.index()].branches,
            };
            branches.iter().find(|b| b.to == branch.flow.to).map(|b| b.origin)
        }
    }
}

/// Of a rate over everybody in the journey as it is written.
pub(super) fn ways(journey: &Journey, measure: &Measure) -> Option<Ways> {
    let program = &journey.program;
    let (from, to) = match &measure.kind {
        MeasureKind::Kpi(id, only) if *only == Modifiers::default() => return ways(journey, &program.kpis[id.index()].measure),
        MeasureKind::Rate { from, to, before: None, within: None, only } if *only == Modifiers::default() => (*from, *to),
        _ => return None,
    };
    let from = match from {
        None => None,
        Some(Event::Meet(place)) if !matches!(place, Place::Arrival(_)) => Some(place),
        Some(_) => return None,
    };
    // A horizon cuts paths, and those of the chain are whole.
    if program.base.horizon.is_some() {
        return None;
    }
    let rate = |from: Option<Event>, to: Event| {
        let kind = MeasureKind::Rate { from, to, before: None, within: None, only: Modifiers::default() };
        exact_value(journey, &Measure { kind, ..measure.clone() }).ok().map(|value| value.value)
    };
    let base = from.map_or(Some(1.0), |from| rate(None, Event::Meet(from)))?;
    let share = rate(from.map(Event::Meet), to)?;
    let paths = paths_between(&program.base, journey.chains.first()?, from, to);
    Some(Ways { from, base, to, share, paths })
}

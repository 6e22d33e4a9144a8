//! What a figure hangs on: how much it moves with each param and each branch, and which value of a param makes it what it should be.
//!
//! Comes in: a compiled journey and one measure. Goes out: [`Levers`] (derivatives, elasticities, what a range does), and
//! [`Found`] (every value of a param at which two measures are equal). What must hold: a derivative is that of the exact
//! solution, by the adjoint ([`crate::solve::Gradient`]), or says that it is a difference; what has none says why; a root is
//! enclosed by two values between which the figure was seen, or proven, to cross.
//!
//! `point` asks a journey for a figure, `moved` reads it at other values of a param, `derivative` ties the gradient of the chain to what a param does to
//! it, `branches` moves probability between branches, `ranking` puts them in order, `key` does so for what the
//! author calls key, `find` looks for roots.

mod branches;
mod derivative;
pub mod find;
mod key;
mod moved;
mod point;
mod ranking;

pub use derivative::{Derivative, Method, NoDerivative, Side};
pub use find::{Find, Found, find};
pub use key::{KeyLevers, NoLevers, key_levers};
pub use point::{ExactValue, Unsolved, exact_value};
pub(crate) use ranking::in_points;
pub use ranking::{BranchLever, Lever, LeverOf, Levers, Money, Swing, levers, levers_of};

use crate::model::{Event, KpiId, Measure, MeasureKind, Modifiers, Program, Unit};
use crate::plan::main_goal;

/// What is looked at unless something else is asked for: the first key kpi, else the first kpi, else the rate of the main goal.
#[must_use]
pub fn default_measure(program: &Program) -> Option<Measure> {
    let first = program.kpis.iter().position(|k| k.key).or_else(|| (!program.kpis.is_empty()).then_some(0));
    if let Some(kpi) = first {
        return Some(kpi_measure(program, KpiId::new(kpi)));
    }
    let to = Event::Reach(main_goal(program)?);
    let kind = MeasureKind::Rate { from: None, to, before: None, within: None, only: Modifiers::default() };
    Some(Measure { kind, unit: Unit::Share, origin: crate::diagnostics::Span::default() })
}

/// A kpi as a measure.
#[must_use]
pub fn kpi_measure(program: &Program, kpi: KpiId) -> Measure {
    let of = &program.kpis[kpi.index()].measure;
    Measure { kind: MeasureKind::Kpi(kpi, Modifiers::default()), unit: of.unit, origin: of.origin }
}

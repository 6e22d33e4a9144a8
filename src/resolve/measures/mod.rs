//! Measures: names → ids, units checked, what narrows a measure pushed down to its leaves.
//!
//! Comes in: measures as written, and the scope of the base. Goes out: [`Measure`]s of known unit. What must hold: a
//! [`crate::model::Modifiers`] says a thing once; only money is divided by times, only what falls on visits has a place.

mod arithmetic;
mod leaves;
mod narrowing;
mod places;
mod statistics;

use super::scope::Scope;
use super::unavailable::Later;
use crate::locale::Lang;
use crate::model::{Kpi, Measure, MeasureKind, Unit};
use crate::syntax::tree::{self, MeasureKind as Form};

pub(super) use arithmetic::constant;
pub(super) use narrowing::{Admits, Slot, misuse};

/// What reading a measure needs.
pub(super) struct Measures<'s, 'a> {
    pub(super) scope: &'s Scope<'a>,
    /// Kpis resolved so far, by id; each after those it mentions.
    pub(super) kpis: Vec<Option<Kpi>>,
    /// What may still narrow each of them.
    pub(super) admits: Vec<Admits>,
    /// How long customers are followed, in seconds.
    pub(super) horizon: Option<f64>,
    /// Labels of personas and of segments, for those a measure is taken over.
    pub(super) people: People,
}

/// Labels of personas and segments.
pub(super) struct People {
    pub(super) personas: Vec<String>,
    pub(super) segments: Vec<String>,
    pub(super) lang: Lang,
}

/// A measure, and whether it is made of numbers alone.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) measure: Measure,
    pub(super) literal: bool,
}

impl Read {
    fn of(kind: MeasureKind, unit: Unit, tree: &tree::Measure) -> Self {
        Self { measure: Measure { kind, unit, origin: tree.span }, literal: false }
    }
}

impl Measures<'_, '_> {
    /// A measure.
    pub(super) fn read(&self, tree: &tree::Measure) -> Option<Read> {
        match &tree.kind {
            Form::Number(number) => {
                let quantity = self.scope.literal(number, tree.span)?;
                let kind = MeasureKind::Constant(quantity.law.constant);
                Some(Read { literal: true, ..Read::of(kind, quantity.unit, tree) })
            }
            Form::CountOf(count) => {
                let quantity = self.scope.evaluate(count)?;
                Some(Read::of(MeasureKind::Constant(quantity.law.constant), quantity.unit, tree))
            }
            Form::Name(name) => self.named(name, tree),
            Form::Rate { from, to, before, within } => self.rate(from.as_ref(), to, before.as_ref(), within.as_ref(), tree),
            Form::Next(from, to) => self.next(from, to, tree),
            Form::Touches { of, before } => self.touches(of, before.as_ref(), tree),
            Form::Count(goal) => self.count(goal, tree),
            Form::TimeTo(event) => self.time_to(event, tree),
            Form::Plain(measure) => self.plain(*measure, tree),
            Form::HotPoint(measure, place) => self.hot_point(*measure, place, tree),
            Form::Present(..) => self.put_off(Later::Present, tree),
            Form::TimeBetween(..) => self.put_off(Later::TimeBetween, tree),
            Form::Statistic(statistic, of) => self.statistic(*statistic, of, tree),
            Form::Share(of, comparison, limit) => self.share(of, *comparison, limit, tree),
            Form::With(inner, modifiers) => self.narrowed(inner, modifiers, tree),
            Form::Binary(operator, left, right) => {
                let (l, r) = (self.read(left), self.read(right));
                self.arithmetic(*operator, (l?, left), (r?, right), tree)
            }
            Form::Negative(inner) => self.negative(inner, tree),
        }
    }

    fn put_off(&self, what: Later, tree: &tree::Measure) -> Option<Read> {
        self.scope.put_off(what, tree.span);
        None
    }
}

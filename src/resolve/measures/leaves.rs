//! The measures that are not made of others.

use super::places::event_of_symbol;
use super::{Measures, Read};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::law::nearest;
use crate::model::{KpiId, MeasureKind, Modifiers, MoneyKind, ParamId, Unit};
use crate::resolve::names::Symbol;
use crate::resolve::unavailable::Later;
use crate::syntax::tree::{self, Expr, HotPointMeasure, Name, PlainMeasure};
use crate::words;
use num_traits::Signed;

impl Measures<'_, '_> {
    /// A kpi, or a param, which is a number.
    pub(super) fn named(&self, name: &Name, tree: &tree::Measure) -> Option<Read> {
        enum Known {
            Kpi(KpiId),
            Param(ParamId),
        }
        if let Some((symbol, declared)) = self.scope.common.names.all.get(&name.text)
            && event_of_symbol(symbol).is_some()
        {
            let (text, kind) = (&name.text, symbol.kind());
            let (en, fr) = (kind.en, kind.fr);
            let message = words!("`{text}` is {en}, not a measure", "`{text}` est {fr}, pas une mesure");
            let rate = format!("rate({text})");
            return self.scope.refuse(
                Diagnostic::new(Code::WrongKind, name.span, message)
                    .label(declared, words!("declared here as {en}", "déclaré ici comme {fr}"))
                    .mend(words!("write `{rate}`", "écrivez `{rate}`"), name.span, rate, false),
            );
        }
        let known = self.scope.find(name, &words!("a kpi or a param", "un kpi ou un paramètre"), |s| match s {
            Symbol::Kpi(id) => Some(Known::Kpi(id)),
            Symbol::Param(id) => Some(Known::Param(id)),
            _ => None,
        })?;
        match known {
            Known::Kpi(id) => {
                let kpi = self.kpis.get(id.index())?.as_ref()?;
                Some(Read::of(MeasureKind::Kpi(id, Modifiers::default()), kpi.measure.unit, tree))
            }
            Known::Param(id) => {
                let value = self.scope.params.get(id.index())?.as_ref()?;
                Some(Read::of(MeasureKind::Constant(value.law.constant.clone()), value.unit, tree))
            }
        }
    }

    pub(super) fn rate(
        &self,
        from: Option<&Name>,
        to: &Name,
        before: Option<&Name>,
        within: Option<&Expr>,
        tree: &tree::Measure,
    ) -> Option<Read> {
        let from = from.map(|name| self.event(name).ok_or(())).transpose();
        let to = self.event(to);
        let before = before.map(|name| self.event(name).ok_or(())).transpose();
        let within = within.map(|time| self.limit(time).ok_or(())).transpose();
        let only = Modifiers::default();
        let kind = MeasureKind::Rate { from: from.ok()?, to: to?, before: before.ok()?, within: within.ok()?, only };
        Some(Read::of(kind, Unit::Share, tree))
    }

    /// A limit of time, in seconds: not below zero, not past the horizon.
    pub(super) fn limit(&self, time: &Expr) -> Option<f64> {
        let exact = self.scope.certain_expression(time, Unit::Time)?;
        if exact.is_negative() {
            let written = self.scope.written(&exact, Unit::Time);
            let message = words!("a limit of {written}", "une limite de {written}");
            return self.scope.refuse(Diagnostic::new(Code::NegativeTime, time.span, message));
        }
        let seconds = nearest(&exact);
        if self.horizon.is_some_and(|horizon| seconds > horizon) {
            let message = words!("this limit lies past the horizon", "cette limite dépasse l'horizon");
            return self.scope.refuse(
                Diagnostic::new(Code::MeasureMisused, time.span, message)
                    .note(words!("nobody is followed beyond the horizon", "personne n'est suivi au-delà de l'horizon")),
            );
        }
        Some(seconds)
    }

    pub(super) fn next(&self, from: &Name, to: &Name, tree: &tree::Measure) -> Option<Read> {
        let (from, to) = (self.place(from), self.event(to));
        Some(Read::of(MeasureKind::Next { from: from?, to: to?, only: Modifiers::default() }, Unit::Share, tree))
    }

    pub(super) fn touches(&self, of: &Name, before: Option<&Name>, tree: &tree::Measure) -> Option<Read> {
        let of = self.place(of);
        let before = before.map(|name| self.event(name).ok_or(())).transpose();
        let kind = MeasureKind::Touches { of: of?, before: before.ok()?, only: Modifiers::default() };
        Some(Read::of(kind, Unit::Number, tree))
    }

    pub(super) fn count(&self, goal: &Name, tree: &tree::Measure) -> Option<Read> {
        let goal = self.scope.goal(goal)?;
        Some(Read::of(MeasureKind::Count(goal, Modifiers::default()), Unit::Number, tree))
    }

    pub(super) fn time_to(&self, event: &Name, tree: &tree::Measure) -> Option<Read> {
        let event = self.event(event)?;
        Some(Read::of(MeasureKind::TimeTo(event, Modifiers::default()), Unit::Time, tree))
    }

    pub(super) fn plain(&self, measure: PlainMeasure, tree: &tree::Measure) -> Option<Read> {
        let only = Modifiers::default();
        let (kind, unit) = match measure {
            PlainMeasure::Cost => (MeasureKind::Money(MoneyKind::Cost, only), Unit::Money),
            PlainMeasure::Revenue => (MeasureKind::Money(MoneyKind::Revenue, only), Unit::Money),
            PlainMeasure::Margin => (MeasureKind::Money(MoneyKind::Margin, only), Unit::Money),
            PlainMeasure::Clv => (MeasureKind::Money(MoneyKind::Clv, only), Unit::Money),
            PlainMeasure::Nps => (MeasureKind::Nps(only), Unit::Nps),
            PlainMeasure::Csat => (MeasureKind::Csat(only), Unit::Share),
            PlainMeasure::Ces => (MeasureKind::Ces(only), Unit::Number),
            PlainMeasure::Felt => (MeasureKind::Felt(only), Unit::Number),
            PlainMeasure::Growth => return self.put_off(Later::Growth, tree),
        };
        Some(Read::of(kind, unit, tree))
    }

    pub(super) fn hot_point(&self, measure: HotPointMeasure, place: &Name, tree: &tree::Measure) -> Option<Read> {
        let only = Modifiers::default();
        let (kind, unit) = match measure {
            HotPointMeasure::Pull => (MeasureKind::Pull(self.place(place)?, only), Unit::Share),
            HotPointMeasure::Leak => (MeasureKind::Leak(self.place(place)?, only), Unit::Share),
            HotPointMeasure::Leverage => (MeasureKind::Leverage(self.scope.touchpoint(place)?, only), Unit::Points),
        };
        Some(Read::of(kind, unit, tree))
    }
}

//! Statistics of a number per customer: `sd`, `median`, `p90`, `share`.

use super::{Measures, Read};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Measure, MeasureKind, Modifiers, Unit};
use crate::syntax::tree::{self, Comparison, Statistic};
use crate::words;

impl Measures<'_, '_> {
    pub(super) fn statistic(&self, statistic: Statistic, of: &tree::Measure, tree: &tree::Measure) -> Option<Read> {
        let of = self.per_customer(of)?;
        let unit = of.unit;
        Some(Read::of(MeasureKind::Statistic(statistic, Box::new(of)), unit, tree))
    }

    pub(super) fn share(
        &self,
        of: &tree::Measure,
        comparison: Comparison,
        limit: &tree::Measure,
        tree: &tree::Measure,
    ) -> Option<Read> {
        let (of, limit_read) = (self.per_customer(of), self.read(limit));
        let (of, limit_read) = (of?, limit_read?);
        let MeasureKind::Constant(value) = &limit_read.measure.kind else {
            let message = words!("a number is needed here", "il faut ici un nombre");
            return self.scope.refuse(Diagnostic::new(Code::MeasureMisused, limit.span, message).note(words!(
                "`share` compares each customer's number with one that is the same for all",
                "`share` compare le nombre de chaque client à un nombre qui est le même pour tous"
            )));
        };
        let value = value.clone();
        self.expect_same_unit(of.unit, &limit_read)?;
        Some(Read::of(MeasureKind::Share(Box::new(of), comparison, value), Unit::Share, tree))
    }

    /// A measure that is a number of each customer. A kpi gives way to what it measures.
    fn per_customer(&self, tree: &tree::Measure) -> Option<Measure> {
        let mut measure = self.read(tree)?.measure;
        while let MeasureKind::Kpi(id, only) = &measure.kind {
            let mut inner = self.kpis.get(id.index())?.as_ref()?.measure.clone();
            inner.kind.each_leaf(&|inside| merge(inside, only));
            measure = Measure { origin: measure.origin, ..inner };
        }
        let fault = match &measure.kind {
            MeasureKind::Money(_, only) if only.per.is_some() => words!(
                "this is a quotient, not a number of each customer",
                "c'est un quotient, pas un nombre propre à chaque client"
            ),
            MeasureKind::Touches { .. } | MeasureKind::Count(..) | MeasureKind::TimeTo(..) | MeasureKind::Money(..) => {
                return Some(measure);
            }
            MeasureKind::Binary(..) | MeasureKind::Negative(_) => words!(
                "a statistic is taken of one measure, not of arithmetic over several",
                "une statistique se prend sur une mesure, pas sur un calcul qui en combine"
            ),
            MeasureKind::Statistic(..) => {
                words!("this is a statistic already", "c'est déjà une statistique")
            }
            _ => words!("this is not a number of each customer", "ce n'est pas un nombre propre à chaque client"),
        };
        self.scope.refuse(Diagnostic::new(Code::MeasureMisused, tree.span, fault).note(words!(
            "`mean`, `sd`, `median`, `p90` and `share` are taken of touches, count, time to, cost, revenue, margin or clv",
            "`mean`, `sd`, `median`, `p90` et `share` se prennent sur touches, count, time to, cost, revenue, margin ou clv"
        )))
    }
}

/// Adds what is said outside to what is said inside; a thing is said in one of the two.
fn merge(inside: &mut Modifiers, outside: &Modifiers) {
    inside.who = inside.who.take().or_else(|| outside.who.clone());
    inside.scenario = inside.scenario.or(outside.scenario);
    inside.at = inside.at.or(outside.at);
    inside.per = inside.per.or(outside.per);
    inside.within = inside.within.or(outside.within);
}

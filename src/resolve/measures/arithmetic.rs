//! Arithmetic over measures, and comparison of their units.

use super::{Measures, Read};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::model::{Measure, MeasureKind, Unit};
use crate::resolve::quantity::{percent_added, units_clash};
use crate::resolve::units::{combine, ratio, unit_words};
use crate::resolve::wanted::wrong_unit;
use crate::resolve::written::number;
use crate::syntax::tree::{self, MeasureKind as Form, Operator};
use crate::words;
use num_rational::BigRational;
use num_traits::Zero;

impl Measures<'_, '_> {
    pub(super) fn arithmetic(
        &self,
        operator: Operator,
        (left, left_tree): (Read, &tree::Measure),
        (right, right_tree): (Read, &tree::Measure),
        tree: &tree::Measure,
    ) -> Option<Read> {
        let adds = matches!(operator, Operator::Add | Operator::Subtract);
        let shares = left.measure.unit == Unit::Share && right.measure.unit == Unit::Share;
        let whole_minus = left.literal && operator == Operator::Subtract;
        if adds && shares && left.literal != right.literal && !whole_minus {
            let (percent, at, base) =
                if right.literal { (&right, right_tree, left_tree) } else { (&left, left_tree, right_tree) };
            let scalable = right.literal && !matches!(base.kind, Form::Binary(..) | Form::Negative(_));
            let share = constant(&percent.measure).cloned().unwrap_or_default();
            let whole = base.span.to(at.span);
            return self.scope.refuse(percent_added(&share, at.span, base.span, operator, whole, scalable));
        }
        let (l, r) = ((left.measure.unit, left_tree.span), (right.measure.unit, right_tree.span));
        let Some(unit) = combine(operator, l.0, r.0) else {
            if operator == Operator::Divide {
                return self.scope.refuse(unlike_ratio(l, r, tree.span));
            }
            return self.scope.refuse(units_clash(operator, l, r, tree.span));
        };
        // The difference of two rates is so many points; what is left of 100 % is a rate.
        let difference = operator == Operator::Subtract && shares && !left.literal;
        let unit = if difference { Unit::Points } else { unit };
        let literal = left.literal && right.literal;
        if operator == Operator::Divide && constant(&right.measure).is_some_and(Zero::is_zero) {
            let message = words!("division by zero", "division par zéro");
            return self.scope.refuse(
                Diagnostic::new(Code::DivisionByZero, tree.span, message)
                    .label(right_tree.span, words!("this is zero", "ceci vaut zéro")),
            );
        }
        let kind = match (constant(&left.measure), constant(&right.measure)) {
            (Some(a), Some(b)) => {
                let value = compute(operator, a, b);
                let quantity = crate::resolve::quantity::Quantity::certain(value, unit);
                MeasureKind::Constant(self.scope.sized(quantity, tree.span)?.law.constant)
            }
            _ => MeasureKind::Binary(operator, Box::new(left.measure), Box::new(right.measure)),
        };
        Some(Read { literal, ..Read::of(kind, unit, tree) })
    }

    pub(super) fn negative(&self, inner: &tree::Measure, tree: &tree::Measure) -> Option<Read> {
        let Read { measure, literal } = self.read(inner)?;
        let unit = measure.unit;
        let kind = match measure.kind {
            MeasureKind::Constant(value) => MeasureKind::Constant(-value),
            _ => MeasureKind::Negative(Box::new(measure)),
        };
        Some(Read { literal, ..Read::of(kind, unit, tree) })
    }

    /// Refuses what cannot be compared with a measure of that unit, and offers what was probably meant.
    pub(in crate::resolve) fn expect_same_unit(&self, unit: Unit, other: &Read) -> Option<()> {
        let (is, span) = (other.measure.unit, other.measure.origin);
        if is == unit || matches!((unit, is), (Unit::Nps, Unit::Number) | (Unit::Number, Unit::Nps)) {
            return Some(());
        }
        let bare = constant(&other.measure).filter(|_| other.literal);
        if let (Unit::Points, Unit::Share, Some(share)) = (unit, is, bare) {
            let points = number(&(share * ratio(100, 1)));
            let points = if points == "1" { "1 point".to_owned() } else { format!("{points} points") };
            let message = words!("a difference of rates is in points", "une différence de taux est en points");
            return self.scope.refuse(Diagnostic::new(Code::UnitMismatch, span, message).mend(
                words!("write `{points}`", "écrivez `{points}`"),
                span,
                points.clone(),
                false,
            ));
        }
        self.scope.refuse(wrong_unit(is, span, bare, unit, self.scope.common.currency))
    }
}

/// The finding about a ratio of two figures that are not of one kind.
fn unlike_ratio(over: (Unit, Span), under: (Unit, Span), span: Span) -> Diagnostic {
    let (o, u) = (unit_words(over.0), unit_words(under.0));
    let (o_en, u_en, o_fr, u_fr) = (o.en, u.en, o.fr, u.fr);
    let message = words!(
        "{o_en} over {u_en} is a figure that nobody can read",
        "{o_fr} sur {u_fr}, c'est un chiffre que personne ne sait lire"
    );
    let said = Diagnostic::new(Code::UnlikeRatio, span, message)
        .label(over.1, words!("{o_en}", "{o_fr}"))
        .label(under.1, words!("{u_en}", "{u_fr}"))
        .note(words!(
            "a ratio compares two figures of one kind (money with money, a rate with a rate), or shares one out (`cost per order`)",
            "un ratio compare deux chiffres de même nature (un montant à un montant, un taux à un taux) ou en répartit un \
             (`cost per order`)"
        ));
    if combine(Operator::Divide, under.0, over.0).is_some() {
        return said.help(words!("turn it over: divide {u_en} by {o_en}", "inversez : divisez {u_fr} par {o_fr}"));
    }
    match (over.0, under.0) {
        (Unit::Money, Unit::Time) => said.help(words!(
            "for money over a time, bound it: `margin within 1 year`",
            "pour un montant sur une durée, bornez-le : `margin within 1 year`"
        )),
        _ => said.help(words!("make two measures of it, each in its own unit", "faites-en deux mesures, chacune dans son unité")),
    }
}

/// The value of a measure that is a number.
pub(in crate::resolve) fn constant(measure: &Measure) -> Option<&BigRational> {
    match &measure.kind {
        MeasureKind::Constant(value) => Some(value),
        _ => None,
    }
}

fn compute(operator: Operator, a: &BigRational, b: &BigRational) -> BigRational {
    match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
    }
}

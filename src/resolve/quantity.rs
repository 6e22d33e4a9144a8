//! Quantities: exact numbers (or laws of chance) with their unit, and arithmetic that checks units.

use super::scope::Scope;
use super::units::{combine, ratio, unit_words};
use super::written::number;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::limits::MOST_BITS;
use crate::locale::Words;
use crate::model::{Law, Unit};
use crate::syntax::tree::{Expr, ExprKind, Operator};
use crate::words;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// A number or a law, in a unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    pub(super) law: Law,
    pub(super) unit: Unit,
    /// Made of numbers alone, without names: what an author thinks of as "1 %".
    pub(super) literal: bool,
}

impl Quantity {
    /// A certain quantity.
    pub(super) fn certain(value: BigRational, unit: Unit) -> Self {
        Self { law: Law::constant(value), unit, literal: false }
    }
}

impl Scope<'_> {
    /// The value of a quantity that chance has no part in; else says that it has.
    pub(super) fn certain(&self, quantity: Quantity, span: Span) -> Option<BigRational> {
        if quantity.law.is_constant() {
            return Some(quantity.law.constant);
        }
        self.refuse(
            Diagnostic::new(Code::ChanceNotAllowed, span, words!("chance is not allowed here", "le hasard n'a pas sa place ici"))
                .here(words!("one number is needed", "il faut un seul nombre"))
                .note(words!(
                    "chance is drawn at each visit on `takes`, `after`, `cost`, `earns`, `effort`, `survey` and `feel`",
                    "le hasard se tire à chaque visite sur `takes`, `after`, `cost`, `earns`, `effort`, `survey` et `feel`"
                )),
        )
    }

    /// Refuses numbers that are too long to compute with, and laws that go too far.
    pub(super) fn sized(&self, quantity: Quantity, span: Span) -> Option<Quantity> {
        let long = |r: &BigRational| r.numer().bits().max(r.denom().bits()) > MOST_BITS;
        let law = &quantity.law;
        let large = law.is_constant() && !law.is_computable();
        if large || long(&law.constant) || law.terms.iter().any(|(scale, _)| long(scale)) {
            let message = words!("this number is too large or too long", "ce nombre est trop grand ou trop long");
            return self.refuse(Diagnostic::new(Code::NumberTooLarge, span, message));
        }
        if !law.is_computable() {
            return self.refuse(too_far(&words!("this", "ceci"), span));
        }
        Some(quantity)
    }

    /// `left operator right`.
    pub(super) fn arithmetic(
        &self,
        operator: Operator,
        (left, left_expr): (Quantity, &Expr),
        (right, right_expr): (Quantity, &Expr),
        span: Span,
    ) -> Option<Quantity> {
        let adds = matches!(operator, Operator::Add | Operator::Subtract);
        if adds && left.unit == Unit::Share && right.unit == Unit::Share {
            self.expect_no_percent_added(operator, (&left, left_expr), (&right, right_expr))?;
        }
        let Some(unit) = combine(operator, left.unit, right.unit) else {
            return self.refuse(mismatch(operator, (&left, left_expr), (&right, right_expr), span));
        };
        let literal = left.literal && right.literal;
        let law = match operator {
            Operator::Add => left.law.plus(&right.law),
            Operator::Subtract => left.law.plus(&right.law.scaled(&-BigRational::one())),
            Operator::Multiply if right.law.is_constant() => left.law.scaled(&right.law.constant),
            Operator::Multiply if left.law.is_constant() => right.law.scaled(&left.law.constant),
            Operator::Multiply => {
                let message = words!("two laws of chance cannot be multiplied", "deux lois du hasard ne se multiplient pas");
                return self.refuse(Diagnostic::new(Code::ChanceNotAllowed, span, message));
            }
            Operator::Divide => {
                let by = self.certain(right, right_expr.span)?;
                if by.is_zero() {
                    let message = words!("division by zero", "division par zéro");
                    return self.refuse(
                        Diagnostic::new(Code::DivisionByZero, span, message)
                            .label(right_expr.span, words!("this is zero", "ceci vaut zéro")),
                    );
                }
                left.law.scaled(&by.recip())
            }
        };
        self.sized(Quantity { law, unit, literal }, span)
    }

    /// `rate + 1%` may mean one point more or 1 % more: it is refused. `100% - rate` means one thing.
    fn expect_no_percent_added(
        &self,
        operator: Operator,
        (left, left_expr): (&Quantity, &Expr),
        (right, right_expr): (&Quantity, &Expr),
    ) -> Option<()> {
        if left.literal == right.literal || (left.literal && operator == Operator::Subtract) {
            return Some(());
        }
        let (percent, expr, base) = if right.literal { (right, right_expr, left_expr) } else { (left, left_expr, right_expr) };
        let span = base.span.to(expr.span);
        self.refuse(percent_added(&percent.law.constant, expr.span, base.span, operator, span, is_name(base) && right.literal))
    }
}

/// The finding about a law whose draws or moments no float holds. `what`: the subject, in both languages.
pub(super) fn too_far(what: &Words, span: Span) -> Diagnostic {
    let Words { en, fr } = what;
    Diagnostic::new(
        Code::BadDistribution,
        span,
        words!("{en} reaches values too large to be computed", "{fr} atteint des valeurs trop grandes pour être calculées"),
    )
    .note(words!(
        "draws and means are computed up to a 1 and 75 zeros",
        "les tirages et les moyennes se calculent jusqu'à un 1 suivi de 75 zéros"
    ))
    .help(words!(
        "check the facts and their units; a largest value can be given: `triangular`, `uniform`, `empirical`",
        "vérifiez les faits et leurs unités ; on peut donner une valeur maximale : `triangular`, `uniform`, `empirical`"
    ))
}

fn is_name(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Name(_))
}

/// The finding about `rate + 1%`, which offers points and a product. `scalable`: the product may be written after `base`.
pub(super) fn percent_added(
    share: &BigRational,
    percent: Span,
    base: Span,
    operator: Operator,
    whole: Span,
    scalable: bool,
) -> Diagnostic {
    let percents = share * ratio(100, 1);
    let (plain, one) = (number(&percents), percents.is_one());
    let points = if one { "1 point".to_owned() } else { format!("{plain} points") };
    let (sign, factor) = match operator {
        Operator::Subtract => ("-", BigRational::one() - share),
        _ => ("+", BigRational::one() + share),
    };
    let factor = format!("* {}", number(&factor));
    let said = Diagnostic::new(
        Code::PercentAdded,
        percent,
        words!(
            "`{sign} {plain}%` may mean points or a part of the rate",
            "`{sign} {plain}%` peut désigner des points ou une part du taux"
        ),
    )
    .here(words!("a percentage added to a rate", "un pourcentage ajouté à un taux"))
    .note(words!(
        "a rate that goes from 2 % to 3 % gains 1 point, and 50 %",
        "un taux qui passe de 2 % à 3 % gagne 1 point, et 50 %"
    ))
    .mend(
        words!("write `{sign} {points}` for a difference", "écrivez `{sign} {points}` pour une différence"),
        percent,
        points.clone(),
        false,
    );
    let words = words!("write `{factor}` for a part of the rate", "écrivez `{factor}` pour une part du taux");
    if scalable {
        let tail = Span { start: base.end, ..whole };
        said.mend(words, tail, format!(" {factor}"), false)
    } else {
        said.help(words)
    }
}

fn mismatch(operator: Operator, left: (&Quantity, &Expr), right: (&Quantity, &Expr), span: Span) -> Diagnostic {
    let said = units_clash(operator, (left.0.unit, left.1.span), (right.0.unit, right.1.span), span);
    let one = left.0.literal && left.0.unit == Unit::Number && left.0.law.constant.is_one();
    if one && right.0.unit == Unit::Share && operator == Operator::Subtract {
        return said.mend(words!("write `100%` for the whole", "écrivez `100%` pour le tout"), left.1.span, "100%", true);
    }
    said
}

/// The finding about units that an operator does not join.
pub(super) fn units_clash(operator: Operator, left: (Unit, Span), right: (Unit, Span), span: Span) -> Diagnostic {
    let (l, r) = (unit_words(left.0), unit_words(right.0));
    let (l_en, r_en, l_fr, r_fr) = (l.en, r.en, l.fr, r.fr);
    let message = match operator {
        Operator::Add => words!("{l_en} and {r_en} cannot be added", "{l_fr} et {r_fr} ne s'additionnent pas"),
        Operator::Subtract => words!("{r_en} cannot be taken from {l_en}", "on ne calcule pas {l_fr} moins {r_fr}"),
        Operator::Multiply => words!("{l_en} and {r_en} cannot be multiplied", "{l_fr} et {r_fr} ne se multiplient pas"),
        Operator::Divide => words!("{l_en} cannot be divided by {r_en}", "on ne divise pas {l_fr} par {r_fr}"),
    };
    Diagnostic::new(Code::UnitMismatch, span, message)
        .label(left.1, words!("{l_en}", "{l_fr}"))
        .label(right.1, words!("{r_en}", "{r_fr}"))
}

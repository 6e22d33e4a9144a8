//! Expressions → quantities.

use super::names::Symbol;
use super::quantity::Quantity;
use super::scope::Scope;
use super::units::{UNIT_WORDS, looks_like_money, unit_of};
use super::written::number;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::model::law::{Fact, FamilyName};
use crate::model::{Law, Unit};
use crate::syntax::tree::{Expr, ExprKind, Name, Number};
use crate::words;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

impl Scope<'_> {
    /// The quantity that an expression stands for.
    pub(super) fn evaluate(&self, expr: &Expr) -> Option<Quantity> {
        match &expr.kind {
            ExprKind::Number(number) => self.literal(number, expr.span),
            ExprKind::CountOf(count, base) => self.count_of(count, base, expr.span),
            ExprKind::Between(low, high) => {
                let (low, high, unit) = self.bounds(low, high, expr.span)?;
                let facts = [(Fact::Low, low), (Fact::High, high)];
                self.distribution(FamilyName::Uniform, &facts, unit, expr.span)
            }
            ExprKind::Name(name) => self.named_quantity(name),
            ExprKind::Call(family, arguments) => self.call(family, arguments, expr.span),
            ExprKind::Binary(operator, left, right) => {
                let (l, r) = (self.evaluate(left), self.evaluate(right));
                self.arithmetic(*operator, (l?, left), (r?, right), expr.span)
            }
            ExprKind::Negative(inner) => {
                let Quantity { law, unit, literal } = self.evaluate(inner)?;
                Some(Quantity { law: law.scaled(&BigRational::from_integer((-1).into())), unit, literal })
            }
        }
    }

    /// A number with its unit.
    pub(super) fn literal(&self, number: &Number, span: Span) -> Option<Quantity> {
        let (unit, one) = match &number.unit {
            None => (Unit::Number, BigRational::from_integer(1.into())),
            Some(word) => self.unit(word)?,
        };
        let quantity = Quantity { law: Law::constant(&number.value * one), unit, literal: true };
        self.sized(quantity, span)
    }

    fn unit(&self, word: &Name) -> Option<(Unit, BigRational)> {
        if let Some(known) = unit_of(&word.text) {
            return Some(known);
        }
        let (text, one) = (&word.text, BigRational::from_integer(1.into()));
        match self.common.currency {
            Some(currency) if currency == text => Some((Unit::Money, one)),
            Some(currency) if looks_like_money(text) => {
                let said = Diagnostic::new(
                    Code::UnitMismatch,
                    word.span,
                    words!("amounts are in `{currency}`, not in `{text}`", "les montants sont en `{currency}`, pas en `{text}`"),
                );
                let place = self.common.currency_place.unwrap_or(word.span);
                self.refuse(
                    said.label(place, words!("the currency of the journey", "la monnaie du parcours"))
                        .note(words!("a journey has one currency", "un parcours a une seule monnaie"))
                        .mend(words!("write `{currency}`", "écrivez `{currency}`"), word.span, currency, false),
                )
            }
            None if looks_like_money(text) => {
                self.say(
                    Diagnostic::new(
                        Code::NoCurrency,
                        word.span,
                        words!(
                            "an amount of money, but the journey has no currency",
                            "un montant, mais le parcours n'a pas de monnaie"
                        ),
                    )
                    .help(words!(
                        "declare it once, near the top: `currency {text}`",
                        "déclarez-la une fois, vers le haut : `currency {text}`"
                    )),
                );
                Some((Unit::Money, one))
            }
            currency => {
                let near = self.suggest(text, || UNIT_WORDS.iter().copied().chain(currency).collect());
                let said = Diagnostic::new(
                    Code::UnknownWord,
                    word.span,
                    words!("`{text}` is not a unit", "`{text}` n'est pas une unité"),
                )
                .note(words!(
                    "the units are %, points, s, min, h, day, week, month, year and the currency",
                    "les unités sont %, points, s, min, h, day, week, month, year et la monnaie"
                ));
                self.refuse(match near {
                    Some(near) => {
                        said.mend(words!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"), word.span, near, false)
                    }
                    None => said,
                })
            }
        }
    }

    /// `a..b`: both certain, in one unit, in order. The low one may leave its unit to the high one.
    pub(super) fn bounds(&self, low: &Expr, high: &Expr, span: Span) -> Option<(BigRational, BigRational, Unit)> {
        let inherited = with_unit_of(low, high);
        let low = inherited.as_ref().unwrap_or(low);
        let (from, to) = (self.evaluate(low), self.evaluate(high));
        let (from, to) = (from?, to?);
        if from.unit != to.unit {
            return self.refuse(two_units(from.unit, low.span, to.unit, high.span, span));
        }
        let unit = from.unit;
        let (from, to) = (self.certain(from, low.span), self.certain(to, high.span));
        let (from, to) = (from?, to?);
        if from >= to {
            let (a, b) = (self.written(&from, unit), self.written(&to, unit));
            return self.refuse(
                Diagnostic::new(
                    Code::EmptyRange,
                    span,
                    words!("nothing lies between {a} and {b}", "il n'y a rien entre {a} et {b}"),
                )
                .help(words!("write the smaller value first", "écrivez d'abord la plus petite valeur")),
            );
        }
        Some((from, to, unit))
    }

    fn named_quantity(&self, name: &Name) -> Option<Quantity> {
        let wanted = words!("a param or a law", "un paramètre ou une loi");
        self.find(name, &wanted, |s| match s {
            Symbol::Param(id) => Some(self.params.get(id.index()).cloned().flatten()),
            Symbol::Law(at) => Some(self.laws.get(at).cloned().flatten()),
            _ => None,
        })?
    }

    /// `4 of 90`, or `4 of clicked`: the count over the count.
    fn count_of(&self, count: &Number, base: &Expr, span: Span) -> Option<Quantity> {
        let (count, base) = self.counts_of(count, base, span)?;
        self.sized(Quantity::certain(count / base, Unit::Share), span)
    }

    /// The two counts of `4 of 90` or `4 of clicked`, checked.
    pub(super) fn counts_of(&self, count: &Number, base: &Expr, span: Span) -> Option<(BigRational, BigRational)> {
        let counted = self.whole(count, span);
        let from = match &base.kind {
            ExprKind::Number(number) => self.whole(number, base.span),
            ExprKind::Name(name) => self.param(name).and_then(|id| match self.counts.get(id.index()) {
                Some(Some(count)) => Some(count.clone()),
                _ if self.params.get(id.index()).is_some_and(Option::is_none) => None,
                _ => self.refuse(not_a_count(base.span)),
            }),
            _ => self.refuse(not_a_count(base.span)),
        };
        let (counted, from) = (counted?, from?);
        if from.is_zero() {
            let message = words!("a share of a count of zero", "une part d'un décompte nul");
            return self.refuse(Diagnostic::new(Code::DivisionByZero, base.span, message));
        }
        if counted > from {
            let (n, of) = (number(&counted), number(&from));
            return self.refuse(
                Diagnostic::new(
                    Code::CountAboveBase,
                    span,
                    words!("{n} cannot be counted among {of}", "on ne peut pas en compter {n} parmi {of}"),
                )
                .here(words!("more than there are", "plus qu'il n'y en a")),
            );
        }
        Some((counted, from))
    }

    fn whole(&self, count: &Number, span: Span) -> Option<BigRational> {
        if count.unit.is_none() && count.value.is_integer() && !count.value.is_negative() {
            return self.sized(Quantity::certain(count.value.clone(), Unit::Number), span).map(|q| q.law.constant);
        }
        self.refuse(not_a_count(span))
    }
}

fn not_a_count(span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnitMismatch, span, words!("a count is needed here", "il faut ici un décompte")).note(words!(
        "a count is a whole number, or a param written as one: `90` or `90 of 1000`",
        "un décompte est un nombre entier, ou un paramètre écrit ainsi : `90` ou `90 of 1000`"
    ))
}

/// The finding about two values that should be of one unit.
pub(super) fn two_units(low: Unit, low_span: Span, high: Unit, high_span: Span, span: Span) -> Diagnostic {
    let (l, h) = (super::units::unit_words(low), super::units::unit_words(high));
    let (l_en, h_en, l_fr, h_fr) = (l.en, h.en, l.fr, h.fr);
    Diagnostic::new(
        Code::UnitMismatch,
        span,
        words!("{l_en} and {h_en} do not go together", "{l_fr} et {h_fr} ne vont pas ensemble"),
    )
    .label(low_span, words!("{l_en}", "{l_fr}"))
    .label(high_span, words!("{h_en}", "{h_fr}"))
}

/// In `1..24 h` the 1 is in hours too: `low` with the unit of `high`, where it is a number without one.
fn with_unit_of(low: &Expr, high: &Expr) -> Option<Expr> {
    let unit = trailing_unit(high)?;
    let kind = match &low.kind {
        ExprKind::Number(n) if n.unit.is_none() => ExprKind::Number(Number { unit: Some(unit.clone()), ..n.clone() }),
        ExprKind::Negative(inner) => ExprKind::Negative(Box::new(with_unit_of(inner, high)?)),
        _ => return None,
    };
    Some(Expr { kind, span: low.span })
}

fn trailing_unit(expr: &Expr) -> Option<&Name> {
    match &expr.kind {
        ExprKind::Number(number) => number.unit.as_ref(),
        ExprKind::Negative(inner) => trailing_unit(inner),
        _ => None,
    }
}

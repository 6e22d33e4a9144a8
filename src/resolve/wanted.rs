//! What a place in the text wants: a probability, a time, an amount, a mark; and that what stands there is one.

use super::names::Symbol;
use super::params::mentions;
use super::quantity::Quantity;
use super::scope::Scope;
use super::units::{ratio, unit_words};
use super::written::{number, percent};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::model::{Evidence, FigureKind, Law, ParamId, Unit, WrittenFigure};
use crate::syntax::tree::{self, Expr, ExprKind, Name, Value};
use crate::words;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

impl Scope<'_> {
    /// Refuses a quantity of another unit than the one needed, and offers what was probably meant.
    pub(super) fn expect_unit(&self, quantity: &Quantity, span: Span, bare: Option<&BigRational>, wanted: Unit) -> Option<()> {
        if quantity.unit == wanted {
            return Some(());
        }
        self.refuse(wrong_unit(quantity.unit, span, bare, wanted, self.common.currency))
    }

    /// An expression of that unit.
    pub(super) fn expression(&self, expr: &Expr, wanted: Unit) -> Option<Quantity> {
        let quantity = self.evaluate(expr)?;
        if quantity.unit != wanted {
            let said = wrong_unit(quantity.unit, expr.span, bare(expr), wanted, self.common.currency);
            return self.refuse(self.at_declaration(said, expr));
        }
        Some(quantity)
    }

    /// A finding about the value of an expression: of a name, it shows where that is declared.
    fn at_declaration(&self, said: Diagnostic, expr: &Expr) -> Diagnostic {
        let ExprKind::Name(name) = &expr.kind else { return said };
        match self.common.names.all.get(&name.text) {
            Some((_, declared)) => said.label(declared, words!("its value is given here", "sa valeur est donnée ici")),
            None => said,
        }
    }

    /// An expression of that unit that chance has no part in.
    pub(super) fn certain_expression(&self, expr: &Expr, wanted: Unit) -> Option<BigRational> {
        let quantity = self.expression(expr, wanted)?;
        self.certain(quantity, expr.span)
    }

    /// A value that stands for that; its range and its source are checked and kept.
    pub(super) fn value(&self, value: &Value, kind: FigureKind) -> Option<Quantity> {
        let quantity = self.expression(&value.sum, kind.unit());
        let range = self.range(value, kind.unit());
        let (source, assumed) = self.evidence(value);
        let quantity = quantity?;
        let mean = quantity.law.exact_mean().or_else(|| BigRational::from_float(quantity.law.mean()));
        let mut names = Vec::new();
        mentions(&value.sum, &mut names);
        self.keep(WrittenFigure {
            kind,
            value: mean.unwrap_or_default(),
            range,
            evidence: Evidence { source, assumed, count: self.count_in(&value.sum), law: None },
            from: self.params_in(&value.sum),
            by_name: !names.is_empty(),
            origin: value.span,
        });
        Some(quantity)
    }

    /// The params that an expression mentions.
    pub(super) fn params_in(&self, expr: &Expr) -> Vec<ParamId> {
        let mut names = Vec::new();
        mentions(expr, &mut names);
        let param = |name: &Name| match self.common.names.all.get(&name.text)?.0 {
            Symbol::Param(id) => Some(id),
            _ => None,
        };
        names.into_iter().filter_map(param).collect()
    }

    /// The counts of a figure that is one: `4 of 90`.
    pub(super) fn count_in(&self, expr: &Expr) -> Option<(BigRational, BigRational)> {
        match &expr.kind {
            ExprKind::CountOf(count, from) => self.counts_of(count, from, expr.span),
            _ => None,
        }
    }

    /// The range of a value, in its unit.
    pub(super) fn range(&self, value: &Value, wanted: Unit) -> Option<(BigRational, BigRational)> {
        let (low, high) = value.range.as_ref()?;
        let span = low.span.to(high.span);
        let (from, to, unit) = self.bounds(low, high, span)?;
        self.expect_unit(&Quantity::certain(from.clone(), unit), span, None, wanted)?;
        Some((from, to))
    }

    /// The source of a value, if it names one; and whether it is said to be assumed.
    pub(super) fn evidence(&self, value: &Value) -> (Option<crate::model::SourceId>, bool) {
        match &value.evidence {
            Some(tree::Evidence::Source(name)) => (self.source(name), false),
            Some(tree::Evidence::Assumed(_)) => (None, true),
            None => (None, false),
        }
    }

    /// A probability: certain, from 0 to 100 %.
    pub(super) fn probability(&self, value: &Value) -> Option<BigRational> {
        let quantity = self.value(value, FigureKind::Probability)?;
        let share = self.certain(quantity, value.sum.span)?;
        self.within_whole(share, &value.sum)
    }

    /// A share written as a bare expression, from 0 to 100 %.
    pub(super) fn share_of(&self, expr: &Expr) -> Option<BigRational> {
        let share = self.certain_expression(expr, Unit::Share)?;
        self.within_whole(share, expr)
    }

    fn within_whole(&self, share: BigRational, expr: &Expr) -> Option<BigRational> {
        if !share.is_negative() && share <= BigRational::one() {
            return Some(share);
        }
        let written = percent(&share);
        let message = words!("a probability of {written}", "une probabilité de {written}");
        let rule = words!("a probability lies between 0 and 100 %", "une probabilité est comprise entre 0 et 100 %");
        let of_name = |name: &str| match self.common.names.all.get(name)?.0 {
            Symbol::Param(id) => Some(id),
            _ => None,
        };
        let named = if let ExprKind::Name(name) = &expr.kind { of_name(&name.text).map(|id| (id, &name.text)) } else { None };
        let Some((param, name)) = named else {
            return self.refuse(Diagnostic::new(Code::OutOfRange, expr.span, message).note(rule));
        };
        // The mistake stands where the number is written, once, however often it is used.
        if !self.blamed.borrow_mut().insert(param) {
            return None;
        }
        self.refuse(
            Diagnostic::new(Code::OutOfRange, self.places[param.index()], message)
                .here(words!("`{name}` is {written} here", "`{name}` vaut ici {written}"))
                .label(expr.span, words!("used as a probability", "sert de probabilité"))
                .note(rule),
        )
    }

    /// The part of an earning that is margin: at most 100 %; below zero, a sale at a loss.
    pub(super) fn margin(&self, value: &Value) -> Option<BigRational> {
        let quantity = self.value(value, FigureKind::Margin)?;
        let share = self.certain(quantity, value.sum.span)?;
        if share > BigRational::one() {
            let written = percent(&share);
            let message = words!("a margin of {written}", "une marge de {written}");
            let said = Diagnostic::new(Code::MarginAbove, value.sum.span, message)
                .here(words!("more than what is earned", "plus que ce qui est gagné"))
                .note(words!(
                    "a margin is the part of what is earned that is kept: 100 % at most",
                    "une marge est la part de ce qui est gagné que l'on garde : 100 % au plus"
                ))
                .help(words!(
                    "a mark-up is no margin: bought at 10 and sold at 25, a mark-up of 150 % is a margin of 60 %",
                    "la marge se compte sur le prix de vente : acheté 10 et vendu 25, 150 % du prix d'achat en font 60 %"
                ));
            return self.refuse(self.at_declaration(said, &value.sum));
        }
        Some(share)
    }

    /// What is spent or earned, by chance or not.
    pub(super) fn money(&self, value: &Value, kind: FigureKind) -> Option<Law> {
        Some(self.value(value, kind)?.law)
    }

    /// A time, by chance or not, never below zero.
    pub(super) fn time(&self, value: &Value) -> Option<Law> {
        let law = self.value(value, FigureKind::Time)?.law;
        self.expect_no_negative_time(&law, value.sum.span)?;
        Some(law)
    }

    /// Refuses a time that may fall below zero.
    pub(super) fn expect_no_negative_time(&self, law: &Law, span: Span) -> Option<()> {
        if law.is_constant() && law.constant.is_negative() {
            let written = self.written(&law.constant, Unit::Time);
            let message = words!("a time of {written}", "une durée de {written}");
            return self.refuse(Diagnostic::new(Code::NegativeTime, span, message));
        }
        if !law.is_constant() && law.low() < 0.0 {
            let message = words!("this time may fall below zero", "cette durée peut être négative");
            return self.refuse(Diagnostic::new(Code::NegativeTime, span, message));
        }
        Some(())
    }

    /// A mark on a scale, by chance or not. A law that has no bounds of its own is kept: answers are cut to the scale.
    pub(super) fn mark(&self, value: &Value, low: i32, high: i32) -> Option<Law> {
        let law = self.value(value, FigureKind::Mark)?.law;
        let (bottom, top) = (f64::from(low), f64::from(high));
        let outside = |x: f64| x.is_finite() && (x < bottom || x > top);
        let beyond = if law.is_constant() {
            law.constant < ratio(low.into(), 1) || law.constant > ratio(high.into(), 1)
        } else {
            outside(law.low()) || outside(law.high())
        };
        if beyond {
            let message = if law.is_constant() {
                let written = number(&law.constant);
                words!("{written} is off the scale", "{written} sort de l'échelle")
            } else {
                words!("this goes off the scale", "ceci sort de l'échelle")
            };
            let said = Diagnostic::new(Code::OutOfRange, value.sum.span, message)
                .note(words!("the scale here goes from {low} to {high}", "l'échelle va ici de {low} à {high}"));
            return self.refuse(self.at_declaration(said, &value.sum));
        }
        Some(law)
    }

    /// How far a counter goes: a whole number.
    pub(super) fn step(&self, value: &Value) -> Option<i32> {
        let quantity = self.value(value, FigureKind::Step)?;
        self.whole_of(&self.certain(quantity, value.sum.span)?, value.sum.span)
    }

    /// A whole number.
    pub(super) fn whole_number(&self, expr: &Expr) -> Option<i32> {
        let value = self.certain_expression(expr, Unit::Number)?;
        self.whole_of(&value, expr.span)
    }

    fn whole_of(&self, value: &BigRational, span: Span) -> Option<i32> {
        if !value.is_integer() {
            let written = number(value);
            let message = words!("{written} is not a whole number", "{written} n'est pas un nombre entier");
            return self.refuse(Diagnostic::new(Code::OutOfRange, span, message));
        }
        value.to_integer().to_i32().or_else(|| {
            let message = words!("this number is too large", "ce nombre est trop grand");
            self.refuse(Diagnostic::new(Code::NumberTooLarge, span, message))
        })
    }
}

/// The number of an expression that is one, and nothing more.
pub(super) fn bare(expr: &Expr) -> Option<&BigRational> {
    match &expr.kind {
        ExprKind::Number(number) if number.unit.is_none() => Some(&number.value),
        _ => None,
    }
}

/// The finding about a quantity of another unit than the one needed. `bare`: it is written as a number and nothing more.
pub(super) fn wrong_unit(is: Unit, span: Span, bare: Option<&BigRational>, wanted: Unit, currency: Option<&str>) -> Diagnostic {
    if wanted == Unit::Share && is == Unit::Number {
        let said = |message| {
            Diagnostic::new(Code::BareProbability, span, message)
                .here(words!("a share is needed here", "il faut ici une part"))
                .note(words!(
                    "a share is written in %, or as a count: `4 of 90`",
                    "une part s'écrit en %, ou comme un décompte : `4 of 90`"
                ))
        };
        let Some(value) = bare else {
            return said(words!("a number where a share is needed", "un nombre là où il faut une part"))
                .help(words!("multiply it by `100%`", "multipliez-le par `100%`"));
        };
        let fraction = value.is_positive() && *value <= BigRational::one() && (!value.is_integer() || value.is_one());
        let percents = if fraction { number(&(value * ratio(100, 1))) } else { number(value) };
        let written = number(value);
        return said(words!("`{written}` is a number, not a share", "`{written}` est un nombre, pas une part")).mend(
            words!("write `{percents}%`", "écrivez `{percents}%`"),
            span,
            format!("{percents}%"),
            // `90` may be 90 %, or 90 of those who came; nothing is nothing.
            value.is_zero(),
        );
    }
    let (is_words, wanted_words) = (unit_words(is), unit_words(wanted));
    let (is_en, is_fr, en, fr) = (is_words.en, is_words.fr, wanted_words.en, wanted_words.fr);
    let said = Diagnostic::new(Code::UnitMismatch, span, words!("{is_en} where {en} is needed", "{is_fr} là où il faut {fr}"))
        .here(words!("this is {is_en}", "ceci est {is_fr}"));
    match (wanted, bare, currency) {
        (Unit::Money, Some(value), Some(currency)) => {
            let written = format!("{} {currency}", number(value));
            said.mend(words!("write `{written}`", "écrivez `{written}`"), span, written.clone(), false)
        }
        (Unit::Time, Some(_), _) => {
            said.help(words!("say the unit: `3 min`, `2 h`, `1 day`", "dites l'unité : `3 min`, `2 h`, `1 day`"))
        }
        _ => said,
    }
}

/// Shares of a whole, one of which may be `otherwise` (`None`): filled in, and summing to exactly 100 %.
pub(super) fn sum_of_shares(scope: &Scope<'_>, shares: &[(Option<BigRational>, Span)], whole: Span) -> Option<Vec<BigRational>> {
    let sum: BigRational = shares.iter().filter_map(|(share, _)| share.as_ref()).sum();
    let mut otherwise = shares.iter().filter(|(share, _)| share.is_none()).map(|(_, span)| *span);
    let (one, first) = (BigRational::one(), otherwise.next());
    if let (Some(first), Some(second)) = (first, otherwise.next()) {
        return scope.refuse(two_otherwise(first, second));
    }
    let short = first.is_none() && sum < one;
    if short || sum > one {
        let written = percent(&sum);
        let at = shares.iter().rev().find(|(share, _)| share.is_some()).map_or(whole, |(_, span)| *span);
        let mut said =
            Diagnostic::new(Code::ShareSum, at, words!("these shares add up to {written}", "ces parts font en tout {written}"));
        for (share, span) in shares.iter().filter(|(_, span)| *span != at) {
            if let Some(share) = share {
                said = said.label(*span, crate::locale::Words::same(percent(share)));
            }
        }
        said = said.note(words!("they are parts of one whole: exactly 100 %", "ce sont les parts d'un tout : exactement 100 %"));
        return scope.refuse(if short {
            said.help(words!("write `otherwise` for the last one", "écrivez `otherwise` pour la dernière"))
        } else {
            said
        });
    }
    let rest = if first.is_some() { one - &sum } else { BigRational::zero() };
    Some(shares.iter().map(|(share, _)| share.clone().unwrap_or_else(|| rest.clone())).collect())
}

/// The finding about two `otherwise` that hold at once.
pub(super) fn two_otherwise(first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(Code::TwoOtherwise, second, words!("two `otherwise` at once", "deux `otherwise` à la fois"))
        .here(words!("the second", "le second"))
        .label(first, words!("the first", "le premier"))
        .note(words!("`otherwise` takes all that is left", "`otherwise` prend tout ce qui reste"))
}

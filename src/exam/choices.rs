//! Wrong choices, from the mistakes that are usually made.

use super::book::Book;
use super::paths::{Map, Way};
use super::value::{Rounded, Value};
use crate::diagnostics::Sources;
use crate::locale::Words;
use crate::model::{Event, Measure, MeasureKind, Modifiers, MoneyKind, Place, Unit};
use crate::syntax::tree::Operator;
use crate::words;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// How many wrong choices stand beside the right one.
pub(super) const WRONG: usize = 3;

/// A wrong choice, and the mistake that leads to it.
pub(super) type Mistake = (Rounded, Words);

/// The wrong choices that differ from the right one and from each other at its rounding, the likeliest first.
pub(super) fn mistakes(
    book: &Book<'_>,
    sources: &Sources,
    answer: &Measure,
    right: &Rounded,
    wrong: &[Measure],
    decimals: Option<u32>,
) -> Vec<Mistake> {
    let mut all: Vec<(BigRational, Words)> = Vec::new();
    for measure in wrong {
        if let Some(value) = book.fraction(measure) {
            all.push((value, words!("another figure of the journey", "un autre chiffre du parcours")));
        }
    }
    if let Some(value) = book.fraction(answer) {
        of_measure(book, sources, answer, &mut all);
        of_unit(answer.unit, &value, &mut all);
    }
    let mut kept: Vec<Mistake> = Vec::new();
    for (value, why) in all {
        let possible = value.is_positive() && (answer.unit != Unit::Share || value <= BigRational::one());
        let Some(rounded) = Value::of(value).round(answer.unit, decimals).filter(|_| possible) else { continue };
        let news = rounded.scaled != right.scaled && kept.iter().all(|(known, _)| known.scaled != rounded.scaled);
        if news && !rounded.scaled.is_zero() {
            kept.push((rounded, why));
        }
    }
    kept.truncate(WRONG);
    kept
}

/// The mistakes that the structure of a measure invites.
fn of_measure(book: &Book<'_>, sources: &Sources, measure: &Measure, all: &mut Vec<(BigRational, Words)>) {
    match &measure.kind {
        MeasureKind::Kpi(id, only) if *only == Modifiers::default() => {
            of_measure(book, sources, &book.program().kpis[id.index()].measure, all);
        }
        MeasureKind::Rate { from, to, before: None, within: None, only } => {
            let model = book.model(only.scenario);
            let map = Map { model, sources, lang: model.locale };
            let from = match from {
                None => None,
                Some(Event::Meet(Place::Touchpoint(at))) => Some(*at),
                Some(_) => return,
            };
            if let Some(ways) = map.ways(from, *to) {
                of_ways(&ways, all);
            }
        }
        MeasureKind::Binary(operator, a, b) => {
            let (Some(a), Some(b)) = (book.fraction(a), book.fraction(b)) else { return };
            if *operator == Operator::Divide && !a.is_zero() {
                all.push((&b / &a, words!("the quotient upside down", "le quotient à l'envers")));
            }
            if *operator == Operator::Subtract && !b.is_zero() {
                all.push(((&a - &b) / &b, words!("percent for points", "des pour cent au lieu de points")));
                all.push((&a + &b, words!("added, not subtracted", "addition au lieu de soustraction")));
            }
            if *operator == Operator::Multiply {
                all.push((&a + &b, words!("added, not multiplied", "addition au lieu de multiplication")));
            }
        }
        MeasureKind::Money(kind, only) => {
            if only.per.is_some() {
                let whole = Modifiers { per: None, ..only.clone() };
                let amount = Measure { kind: MeasureKind::Money(*kind, whole), ..measure.clone() };
                all.extend(
                    book.fraction(&amount)
                        .map(|v| (v, words!("the wrong base: per customer who arrives", "la mauvaise base : par client arrivé"))),
                );
            }
            if *kind == MoneyKind::Margin {
                let other = Measure { kind: MeasureKind::Money(MoneyKind::Revenue, only.clone()), ..measure.clone() };
                all.extend(
                    book.fraction(&other)
                        .map(|v| (v, words!("revenue taken for margin", "le chiffre d'affaires pris pour la marge"))),
                );
            }
        }
        _ => {}
    }
}

fn of_ways(ways: &[Way], all: &mut Vec<(BigRational, Words)>) {
    let Some(way) = ways.first() else { return };
    if let Some(last) = way.factors.last().filter(|_| way.factors.len() > 1) {
        all.push((last.value.clone(), words!("a step rate for the overall rate", "un taux d'étape au lieu du taux global")));
    }
    if ways.len() > 1 {
        all.push((way.value(), words!("one way forgotten", "un chemin oublié")));
    }
    if let Some(first) = way.factors.first().filter(|first| way.factors.len() > 1 && !first.value.is_zero()) {
        let sum: BigRational = ways.iter().map(Way::value).sum();
        all.push((
            sum / &first.value,
            words!("the wrong base: of the first step", "la mauvaise base : celle de la première étape"),
        ));
    }
}

/// The mistakes that a unit invites.
fn of_unit(unit: Unit, value: &BigRational, all: &mut Vec<(BigRational, Words)>) {
    let ratio = |a: i64, b: i64| BigRational::new(a.into(), b.into());
    if unit == Unit::Share {
        all.push((BigRational::one() - value, words!("the share of the others", "la part des autres")));
    }
    all.push((value * ratio(10, 1), words!("the decimal mark moved", "la virgule déplacée")));
    all.push((value / ratio(10, 1), words!("the decimal mark moved the other way", "la virgule déplacée dans l'autre sens")));
    all.push((value / ratio(100, 1), words!("a share taken for percent", "une proportion prise pour un pourcentage")));
    all.push((value * ratio(2, 1), words!("counted twice", "compté deux fois")));
}

//! Kpis, promises, claims and exams.

use super::declared::{Claim, Declared, Kpi, label, named};
use super::measures::{Measures, People, Read, constant, misuse};
use super::names::Symbol;
use super::order::{in_a_circle, order};
use super::scope::Scope;
use super::unavailable::Later;
use crate::diagnostics::{Code, Diagnostic, Sources, Span};
use crate::locale::Lang;
use crate::model::{self, Bound, Dimension, Expectation};
use crate::syntax::tree::{self, Expect, Expr, ExprKind, MeasureKind, Name, Number};
use crate::words;
use num_bigint::BigInt;
use num_rational::BigRational;

/// Named measures, promises, and figures printed elsewhere. `None` in place of what was refused.
#[derive(Debug, Default)]
pub(super) struct Promises {
    pub(super) kpis: Vec<Option<model::Kpi>>,
    pub(super) expectations: Vec<Option<Expectation>>,
    pub(super) claims: Vec<Option<model::Claim>>,
    pub(super) exams: Vec<Option<model::Exam>>,
}

impl Promises {
    /// Whether none was refused.
    pub(super) fn is_complete(&self) -> bool {
        self.kpis.iter().all(Option::is_some)
            && self.expectations.iter().all(Option::is_some)
            && self.claims.iter().all(Option::is_some)
            && self.exams.iter().all(Option::is_some)
    }
}

/// Reads them all, in the scope of the base.
pub(super) fn resolve_promises(
    declared: &Declared<'_>,
    scope: &Scope<'_>,
    horizon: Option<f64>,
    lang: Lang,
    sources: &Sources,
) -> Promises {
    let people = People {
        personas: declared.personas.iter().map(|p| label(&p.title)).collect(),
        segments: declared.segments.iter().map(|(title, _)| label(title)).collect(),
        lang,
    };
    let kpis = vec![None; declared.kpis.len()];
    let admits = vec![super::measures::Admits::default(); declared.kpis.len()];
    let mut measures = Measures { scope, kpis, admits, horizon, people };
    let order = order(&needs(&declared.kpis, scope));
    let mut circling = vec![false; declared.kpis.len()];
    for circle in &order.circles {
        circle.iter().for_each(|kpi| circling[*kpi] = true);
        let names = circle.iter().map(|kpi| &declared.kpis[*kpi].title.name);
        scope.say(in_a_circle(&names.map(|name| (name.text.as_str(), name.span)).collect::<Vec<_>>()));
    }
    for at in order.nodes.into_iter().filter(|at| !circling[*at]) {
        if let Some(kpi) = measures.kpi(&declared.kpis[at]) {
            measures.admits[at] = measures.admits(&kpi.measure);
            measures.kpis[at] = Some(kpi);
        }
    }
    let expectations = declared.expectations.iter().map(|(e, span)| measures.expectation(e, *span, sources)).collect();
    let claims = declared.claims.iter().map(|claim| measures.claim(claim, sources)).collect();
    let exams = declared.exams.iter().map(|exam| measures.exam(exam, declared)).collect();
    Promises { kpis: measures.kpis, expectations, claims, exams }
}

fn needs(kpis: &[Kpi<'_>], scope: &Scope<'_>) -> Vec<Vec<usize>> {
    let of = |kpi: &Kpi<'_>| {
        let mut names = Vec::new();
        mentions(kpi.measure, &mut names);
        let node = |name: &Name| match scope.common.names.all.get(&name.text)?.0 {
            Symbol::Kpi(id) => Some(id.index()),
            _ => None,
        };
        names.into_iter().filter_map(node).collect()
    };
    kpis.iter().map(of).collect()
}

/// The kpis and params in a measure.
fn mentions<'m>(measure: &'m tree::Measure, names: &mut Vec<&'m Name>) {
    match &measure.kind {
        MeasureKind::Name(name) => names.push(name),
        MeasureKind::Statistic(_, inner) | MeasureKind::With(inner, _) | MeasureKind::Negative(inner) => mentions(inner, names),
        MeasureKind::Share(a, _, b) | MeasureKind::Binary(_, a, b) => {
            mentions(a, names);
            mentions(b, names);
        }
        _ => {}
    }
}

/// A kpi that was refused: it stands in its place so that the ids of the others hold.
pub(super) fn unknown(kpi: &Kpi<'_>) -> model::Kpi {
    let kind = model::MeasureKind::Constant(BigRational::default());
    let measure = model::Measure { kind, unit: model::Unit::default(), origin: kpi.title.name.span };
    model::Kpi { name: named(kpi.title), key: false, measure, by: None }
}

impl Measures<'_, '_> {
    fn kpi(&self, kpi: &Kpi<'_>) -> Option<model::Kpi> {
        let measure = self.read(kpi.measure);
        let by = kpi.by.map(|name| self.dimension(name).ok_or(())).transpose();
        let (measure, by) = (measure?.measure, by.ok()?);
        if let (Some(dimension), Some(name)) = (by, kpi.by) {
            self.expect_divisible(&measure, dimension, name)?;
        }
        Some(model::Kpi { name: named(kpi.title), key: kpi.key, measure, by })
    }

    /// `by persona` says `for` of each persona, `by channel` says `at` of each channel.
    fn expect_divisible(&self, measure: &model::Measure, dimension: Dimension, name: &Name) -> Option<()> {
        let admits = self.admits(measure);
        let (slot, word) = if dimension == Dimension::Persona { (admits.who, "for") } else { (admits.at, "at") };
        match slot {
            super::measures::Slot::Free => Some(()),
            super::measures::Slot::Taken => {
                let message = words!(
                    "`by` and `{word}` say the same thing of this measure",
                    "`by` et `{word}` disent la même chose de cette mesure"
                );
                self.scope.refuse(Diagnostic::new(Code::RepeatedFact, name.span, message))
            }
            _ => self.scope.refuse(misuse(if word == "at" { "at" } else { "by" }, name.span)),
        }
    }

    fn expectation(&self, expect: &Expect, span: Span, sources: &Sources) -> Option<Expectation> {
        if let Some((_, span)) = &expect.confidence {
            self.scope.put_off(Later::Confidence, *span);
        }
        let measure = self.read(&expect.measure);
        let bound = match &expect.bound {
            tree::Bound::Compare(comparison, limit) => {
                let limit = self.read(limit);
                let (measure, limit) = (measure.as_ref()?, limit?);
                self.expect_comparable(measure, &limit)?;
                Bound::Compare(*comparison, limit.measure)
            }
            tree::Bound::Between(low, high) => {
                let (from, to) = (self.read(low), self.read(high));
                let (measure, from, to) = (measure.as_ref()?, from?, to?);
                let sound = [self.expect_comparable(measure, &from), self.expect_comparable(measure, &to)];
                sound.into_iter().collect::<Option<()>>()?;
                if let (Some(a), Some(b)) = (constant(&from.measure), constant(&to.measure))
                    && a > b
                {
                    let (a, b) = (self.scope.written(a, from.measure.unit), self.scope.written(b, to.measure.unit));
                    let message = words!("nothing lies between {a} and {b}", "il n'y a rien entre {a} et {b}");
                    return self.scope.refuse(Diagnostic::new(Code::EmptyRange, low.span.to(high.span), message));
                }
                Bound::Between(from.measure, to.measure)
            }
        };
        let text = text_after("expect", span, sources);
        if expect.confidence.is_some() {
            return None;
        }
        Some(Expectation { measure: measure?.measure, bound, text, origin: span })
    }

    fn expect_comparable(&self, measure: &Read, limit: &Read) -> Option<()> {
        if measure.literal && !limit.literal {
            return self.expect_same_unit(limit.measure.unit, measure);
        }
        self.expect_same_unit(measure.measure.unit, limit)
    }

    fn claim(&self, claim: &Claim<'_>, sources: &Sources) -> Option<model::Claim> {
        let measure = self.read(claim.measure);
        let source = claim.source.map(|name| self.scope.source(name).ok_or(())).transpose();
        let value = self.printed(claim.value);
        let (measure, (value, step)) = (measure?.measure, value?);
        self.expect_same_unit(measure.unit, &value)?;
        Some(model::Claim {
            measure,
            value: constant(&value.measure)?.clone(),
            step,
            printed: sources.text(claim.value.span).trim().to_owned(),
            source: source.ok()?,
            text: text_after("claim", claim.span, sources),
            origin: claim.span,
        })
    }

    /// A figure as printed: its value, and one unit of its last digit.
    fn printed(&self, value: &Expr) -> Option<(Read, BigRational)> {
        let number = match &value.kind {
            ExprKind::Number(number) => Some(number),
            ExprKind::Negative(inner) => match &inner.kind {
                ExprKind::Number(number) => Some(number),
                _ => None,
            },
            _ => None,
        };
        let Some(number) = number else {
            let message = words!("a figure as it is printed is needed here", "il faut ici un chiffre tel qu'il est imprimé");
            return self.scope.refuse(
                Diagnostic::new(Code::MeasureMisused, value.span, message)
                    .help(words!("write the number with its unit: `0.3%`", "écrivez le nombre avec son unité : `0.3%`")),
            );
        };
        let quantity = self.scope.evaluate(value)?;
        let last = Number { value: BigRational::new(1.into(), BigInt::from(10).pow(number.decimals)), ..number.clone() };
        let step = self.scope.literal(&last, value.span)?.law.constant;
        let kind = model::MeasureKind::Constant(quantity.law.constant);
        let measure = model::Measure { kind, unit: quantity.unit, origin: value.span };
        Some((Read { measure, literal: true }, step))
    }
}

/// What is written after the first word of an item, on one line and without comments.
fn text_after(word: &str, span: Span, sources: &Sources) -> String {
    let text = sources.text(span).trim_start();
    let text = text.strip_prefix(word).unwrap_or(text);
    let lines: Vec<&str> = text.lines().map(|line| without_comment(line).trim()).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let mut before = None;
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '/' if !quoted && before == Some('/') => return &line[..at - 1],
            _ => {}
        }
        before = Some(letter);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_promise() {
        let mut sources = Sources::default();
        let text = "expect rate(order) >=\n   0.3%   // as printed\n";
        let file = sources.add("a", text);
        assert_eq!(text_after("expect", Span::new(file, 0, text.len()), &sources), "rate(order) >= 0.3%");
    }
}

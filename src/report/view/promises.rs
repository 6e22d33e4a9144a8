//! What the author expects, and figures printed elsewhere, with what became of them.

use super::{Pen, Shown};
use crate::measure::Verdict;
use crate::words;
use serde::Serialize;

/// An expectation or a claim.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Promise {
    /// As written.
    pub text: String,
    pub verdict: String,
    /// A class: `pass`, `fail`, `undecided`.
    pub class: &'static str,
    /// A sign that needs no colour.
    pub sign: &'static str,
    pub figure: Shown,
    /// What it is held against.
    pub against: String,
    /// Where a claim is printed.
    pub source: Option<String>,
}

pub(super) fn expectations(pen: &Pen<'_>) -> Vec<Promise> {
    pen.figures
        .expectations
        .iter()
        .map(|e| {
            let (verdict, class, sign) = match e.verdict {
                Verdict::Pass => (words!("kept", "tenue"), "pass", "✓"),
                Verdict::Fail => (words!("broken", "non tenue"), "fail", "✗"),
                Verdict::Undecided => (words!("undecided", "indécise"), "undecided", "?"),
            };
            Promise {
                text: e.text.clone(),
                verdict: pen.say(&verdict),
                class,
                sign,
                figure: Shown::new(pen, &e.figure),
                against: e.bounds.iter().map(|bound| pen.value(bound)).collect::<Vec<_>>().join(pen.lang.pick(" and ", " et ")),
                source: None,
            }
        })
        .collect()
}

pub(super) fn claims(pen: &Pen<'_>) -> Vec<Promise> {
    pen.figures
        .claims
        .iter()
        .map(|c| {
            let (verdict, class, sign) = match c.holds {
                Some(true) => (words!("holds", "exact"), "pass", "✓"),
                Some(false) => (words!("does not hold", "inexact"), "fail", "✗"),
                None => (words!("undecided", "indécidable"), "undecided", "?"),
            };
            let claim = pen.program.claims.get(c.index);
            let source = claim.and_then(|claim| claim.source).map(|id| pen.model.sources[id.index()].name.label.clone());
            Promise {
                text: c.text.clone(),
                verdict: pen.say(&verdict),
                class,
                sign,
                figure: Shown::new(pen, &c.figure),
                against: claim
                    .and_then(|claim| num_traits::ToPrimitive::to_f64(&claim.value))
                    .map_or_else(|| c.printed.clone(), |value| pen.write(value, c.figure.unit)),
                source,
            }
        })
        .collect()
}

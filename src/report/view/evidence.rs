//! What the figures rest on: every param, the weakest first.

use super::{Pen, pen::plural};
use crate::model::law::nearest;
use crate::model::{Known, Param, Unit};
use crate::words;
use num_rational::BigRational;
use serde::Serialize;

/// A figure of the author.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Basis {
    pub label: String,
    pub value: String,
    /// A class: `assumed`, `estimated`, `measured`.
    pub class: &'static str,
    /// The same as a sign: ○ ◐ ●.
    pub sign: &'static str,
    /// How it is known, in words.
    pub known: String,
    pub source: Option<String>,
    /// Where to find it; only addresses of the web.
    pub url: Option<String>,
    pub range: Option<String>,
}

fn known(param: &Param) -> Known {
    param.evidence.known(param.range.is_some())
}

pub(super) fn rows(pen: &Pen<'_>) -> Vec<Basis> {
    let mut params: Vec<&Param> = pen.model.params.iter().collect();
    params.sort_by_key(|param| known(param));
    params.into_iter().map(|param| row(pen, param)).collect()
}

/// How many are assumed or have no source, in a sentence.
pub(super) fn summary(pen: &Pen<'_>, rows: &[Basis]) -> String {
    let of = |class: &str| rows.iter().filter(|row| row.class == class).count();
    let (one, many) = (words!("measured", "mesurée"), words!("measured", "mesurées"));
    let measured = plural(pen, of("measured"), &one, &many);
    let (one, many) = (words!("estimated", "estimée"), words!("estimated", "estimées"));
    let estimated = plural(pen, of("estimated"), &one, &many);
    let (one, many) = (
        words!("assumed or without a source", "supposée ou sans source"),
        words!("assumed or without a source", "supposées ou sans source"),
    );
    let assumed = plural(pen, of("assumed"), &one, &many);
    let all = plural(pen, rows.len(), &words!("named figure", "donnée nommée"), &words!("named figures", "données nommées"));
    pen.say(&words!("{all}: {assumed}, {estimated}, {measured}.", "{all}\u{a0}: {assumed}, {estimated}, {measured}."))
}

fn row(pen: &Pen<'_>, param: &Param) -> Basis {
    let evidence = &param.evidence;
    let source = evidence.source.map(|id| &pen.model.sources[id.index()]);
    let (class, sign) = match known(param) {
        Known::Assumed => ("assumed", "○"),
        Known::Estimated => ("estimated", "◐"),
        Known::Measured => ("measured", "●"),
    };
    let counted = evidence.count.as_ref().map(|(some, all)| {
        let (some, all) = (pen.count(nearest(some)), pen.count(nearest(all)));
        words!("counted: {some} of {all}", "compté\u{a0}: {some} sur {all}")
    });
    let known = if evidence.assumed {
        words!("assumed", "supposé")
    } else if let Some(counted) = counted {
        counted
    } else if evidence.law.is_some() {
        words!("known by a distribution", "connu par une loi")
    } else if source.is_some() {
        words!("from a source", "d’après une source")
    } else if param.range.is_some() {
        words!("a range, without a source", "un intervalle, sans source")
    } else {
        words!("without a source", "sans source")
    };
    Basis {
        label: param.name.label.clone(),
        value: pen.write(nearest(&param.value), param.unit),
        class,
        sign,
        known: pen.say(&known),
        source: source.map(|s| s.name.label.clone()),
        url: source.and_then(|s| s.url.clone()).filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        range: param.range.as_ref().map(|(low, high)| range(pen, low, high, param.unit)),
    }
}

fn range(pen: &Pen<'_>, low: &BigRational, high: &BigRational, unit: Unit) -> String {
    crate::locale::range(&pen.write(nearest(low), unit), &pen.write(nearest(high), unit), pen.lang)
}

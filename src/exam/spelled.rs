//! Arithmetic over what is given, as the author wrote it, with labels or with values in the place of names.
//!
//! A measure made of params alone is one number by the time it is resolved; what it is made of stands in the text.

use super::value::Value;
use crate::diagnostics::Sources;
use crate::locale::Lang;
use crate::model::{Measure, Program};

/// What stands in the place of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Its label, quoted.
    Labels,
    /// Its value, as a paper gives it.
    Values,
}

/// The arithmetic of a measure; none if it is no more than one name or number.
#[must_use]
pub fn spelled(program: &Program, sources: &Sources, measure: &Measure, spelling: Spelling) -> Option<String> {
    let text = sources.text(measure.origin).trim();
    if !text.contains(['+', '-', '*', '/']) {
        return None;
    }
    let lang = program.base.locale;
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let length = if is_word(c) { rest.find(|c| !is_word(c)).unwrap_or(rest.len()) } else { c.len_utf8() };
        let word = &rest[..length];
        match c {
            '*' => out.push('×'),
            '/' => out.push('÷'),
            '-' => out.push('−'),
            _ if c.is_ascii_digit() => out.push_str(&word.replace('_', "").replace('.', lang.pick(".", ","))),
            _ if is_word(c) => out.push_str(&named(program, word, spelling).unwrap_or_else(|| word.to_owned())),
            '%' if lang == Lang::Fr => out.push_str("\u{202f}%"),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
        rest = &rest[length..];
    }
    Some(out)
}

fn named(program: &Program, word: &str, spelling: Spelling) -> Option<String> {
    let model = &program.base;
    let (lang, currency) = (model.locale, model.currency.as_deref());
    let param = model.params.iter().find(|p| p.name.name == word);
    let kpi = program.kpis.iter().find(|k| k.name.name == word);
    let label = param.map(|p| &p.name.label).or_else(|| kpi.map(|k| &k.name.label))?;
    if spelling == Spelling::Labels {
        return Some(match lang {
            Lang::En => format!("“{label}”"),
            Lang::Fr => format!("«\u{a0}{label}\u{a0}»"),
        });
    }
    match (param, kpi.map(|k| (&k.measure.kind, k.measure.unit))) {
        (Some(p), _) => Some(match &p.evidence.count {
            Some((n, of)) => format!("{}/{}", super::given::whole(n, lang), super::given::whole(of, lang)),
            None => Value::of(p.value.clone()).written(p.unit, currency, lang),
        }),
        (None, Some((crate::model::MeasureKind::Constant(value), unit))) => {
            Some(Value::of(value.clone()).written(unit, currency, lang))
        }
        _ => None,
    }
}

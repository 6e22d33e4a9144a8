//! `jalon diff --fail-if CONDITION`: whether a figure has become what it must not.

use super::args::DiffOptions;
use super::exit::Trouble;
use super::findings::spoken;
use super::versions::Read;
use crate::compile::{Compiled, Journey, compile_with};
use crate::diagnostics::Severity;
use crate::gate;
use crate::measure::Verdict;
use crate::model::Unit;
use crate::model::law::nearest;
use crate::report::difference::Condition;
use crate::words;

/// What messages call a condition.
const FAIL_IF: &str = "--fail-if";

/// Whether a condition holds: `old` in it is the figure before the comparison, as it was.
pub(super) fn condition(text: &str, old: &Read, new: &Read, options: &DiffOptions) -> Result<Condition, Trouble> {
    let wrong = |why: &str| {
        Trouble::usage(words!(
            "`--fail-if '{text}'` cannot be read: write a measure, a comparison and a bound, for example `--fail-if 'final_rate < 0.95 * old'`{why}",
            "`--fail-if '{text}'` est illisible : écrivez une mesure, une comparaison et une borne, par exemple `--fail-if 'final_rate < 0.95 * old'`{why}"
        ))
    };
    let line = text.replace(['\n', '\r', '{', '}'], " ");
    let operators = ["<=", ">=", "!=", "==", "<", ">", "="];
    let at = operators.iter().filter_map(|o| line.find(o).map(|at| (at, *o))).min_by_key(|(at, o)| (*at, usize::MAX - o.len()));
    let Some((at, operator)) = at else { return Err(wrong("")) };
    let (left, right) = (line[..at].trim(), line[at + operator.len()..].trim());
    let mentions = |side: &str| words_of(side).any(|(_, word)| word == "old");
    if left.is_empty() || right.is_empty() || mentions(left) {
        return Err(wrong(""));
    }
    let compiled = |read: &Read, line: String| -> Result<Compiled, Trouble> {
        let Ok(text) = &read.root.text else { return Err(wrong("")) };
        let loader = read.loader();
        let compiled = compile_with(&read.root.name, text.clone(), loader.as_ref(), &[(FAIL_IF, line)]);
        if compiled.journey.is_none() {
            let first = compiled.diagnostics.iter().find(|d| d.severity == Severity::Error);
            let why =
                first.map_or_else(String::new, |d| format!(" ({})", d.message.get(spoken(options.lang).unwrap_or_default())));
            return Err(wrong(&why));
        }
        Ok(compiled)
    };
    let right = if mentions(right) {
        let before = compiled(old, format!("expect {left} = {left}\n"))?;
        let value = value(&before, options).ok_or_else(|| wrong(""))?;
        replaced(right, &value)
    } else {
        right.to_owned()
    };
    let operator = if operator == "==" { "=" } else { operator };
    let after = compiled(new, format!("expect {left} {operator} {right}\n"))?;
    let Some(journey) = &after.journey else { return Err(wrong("")) };
    let tested = test_last(&after, journey, options);
    let holds = match tested.promise.verdict {
        Verdict::Pass => Some(true),
        Verdict::Fail => Some(false),
        Verdict::Undecided => None,
    };
    Ok(Condition { text: text.to_owned(), holds })
}

fn test_last(compiled: &Compiled, journey: &Journey, options: &DiffOptions) -> gate::Tested {
    let last = journey.program.expectations.len() - 1;
    let how = gate::Options { error: 0.01, customers: gate::MOST, seed: options.seed, scenario: None };
    gate::test(compiled, journey, &[last], &how, &|_| ()).swap_remove(0)
}

/// The figure of the last promise, as a number of the language.
fn value(compiled: &Compiled, options: &DiffOptions) -> Option<String> {
    let journey = compiled.journey.as_ref()?;
    let promise = journey.program.expectations.last()?;
    let tested = test_last(compiled, journey, options);
    let value = tested.promise.figure.fraction.as_ref().map(nearest).or_else(|| tested.promise.figure.value())?;
    let unit = promise.measure.unit;
    let (number, suffix) = match unit {
        Unit::Share => (value * 100.0, "%"),
        Unit::Points => (value * 100.0, " points"),
        Unit::Time => (value, " s"),
        Unit::Money => (value, ""),
        Unit::Number | Unit::Nps => (value, ""),
    };
    let currency = if unit == Unit::Money {
        journey.program.base.currency.as_deref().map_or_else(String::new, |c| format!(" {c}"))
    } else {
        String::new()
    };
    let digits = format!("{:.17}", number.abs());
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    let sign = if number < 0.0 { "-" } else { "" };
    Some(format!("({sign}{digits}{suffix}{currency})"))
}

/// The words of a text, with their places.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let end = text[start..].find(|c| !is_letter(c)).map_or(text.len(), |e| start + e);
        at = end;
        Some((start, &text[start..end]))
    })
}

fn replaced(text: &str, value: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (start, word) in words_of(text).filter(|(_, word)| *word == "old") {
        out.push_str(&text[at..start]);
        out.push_str(value);
        at = start + word.len();
    }
    out + &text[at..]
}

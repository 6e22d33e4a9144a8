//! What `jalon solve --only` prints: the figures asked for, one to a line, or as JSON.

use super::JSON_SCHEMA;
use crate::diagnostics::JsonDiagnostic;
use crate::levers::ExactValue;
use crate::locale;
use crate::model::{Program, Unit};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

/// A figure that was asked for.
#[derive(Clone, Debug)]
pub struct Only<'a> {
    /// The measure, as asked.
    pub measure: &'a str,
    /// What it counts; time is in seconds.
    pub unit: Unit,
    /// Its value.
    pub value: ExactValue,
}

/// The figures, in the language of the journey.
#[must_use]
pub fn write_only_terminal(program: &Program, figures: &[Only<'_>]) -> String {
    let width = figures.iter().map(|f| f.measure.width()).max().unwrap_or(0);
    let (currency, lang) = (program.base.currency.as_deref(), program.base.locale);
    let line = |figure: &Only<'_>| {
        let value = locale::in_unit(figure.value.value, figure.unit, currency, lang);
        let fraction = figure.value.fraction.as_ref().map_or_else(String::new, |f| format!("  = {f}"));
        let room = " ".repeat(width - figure.measure.width());
        format!("{}{room}  {value}{fraction}\n", figure.measure)
    };
    figures.iter().map(line).collect()
}

/// The same for programs.
///
/// # Errors
/// Never in practice.
pub fn write_only_json(
    program: &Program,
    figures: &[Only<'_>],
    diagnostics: &[JsonDiagnostic],
) -> Result<String, serde_json::Error> {
    let figure = |f: &Only<'_>| {
        let fraction = f.value.fraction.as_ref().map(ToString::to_string);
        json!({ "measure": f.measure, "value": f.value.value, "unit": f.unit, "fraction": fraction })
    };
    let document = json!({
        "schema": JSON_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "journey": program.base.name.name,
        "figures": figures.iter().map(figure).collect::<Vec<_>>(),
        "diagnostics": diagnostics,
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

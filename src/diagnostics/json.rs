//! Findings for other programs.

use super::{Diagnostic, Severity, Sources};
use crate::locale::Lang;
use serde::Serialize;

/// A finding, as other programs read it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonDiagnostic {
    /// `J0203`.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where; the first is the offending place.
    pub labels: Vec<JsonLabel>,
    /// Why.
    pub notes: Vec<String>,
    /// What would mend it.
    pub help: Vec<JsonHelp>,
}

/// A place.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonLabel {
    /// The file, as given.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Line of the place right after the span.
    pub end_line: u32,
    /// Column of the place right after the span.
    pub end_column: u32,
    /// First byte, from 0.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Why here; may be empty.
    pub text: String,
}

/// A mend.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonHelp {
    /// In words.
    pub text: String,
    /// As an edit, where it is known.
    pub edit: Option<JsonEdit>,
}

/// An edit: bytes `start..end` of `file` give way to `replacement`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonEdit {
    /// The file, as given.
    pub file: String,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What stands there instead.
    pub replacement: String,
    /// Whether it may be applied unseen.
    pub safe: bool,
}

/// A finding with its places counted and its words in one language.
#[must_use]
pub fn view(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> JsonDiagnostic {
    let label = |l: &super::Label| {
        let source = sources.get(l.span.file);
        let (from, to) = (source.position(l.span.start), source.position(l.span.end));
        JsonLabel {
            file: source.name.clone(),
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
            start: l.span.start,
            end: l.span.end,
            text: l.text.get(lang).to_owned(),
        }
    };
    let help = |h: &super::Help| JsonHelp {
        text: h.text.get(lang).to_owned(),
        edit: h.edit.as_ref().map(|e| JsonEdit {
            file: sources.get(e.span.file).name.clone(),
            start: e.span.start,
            end: e.span.end,
            replacement: e.replacement.clone(),
            safe: e.safe,
        }),
    };
    JsonDiagnostic {
        code: diagnostic.code.number(),
        severity: diagnostic.severity,
        message: diagnostic.message.get(lang).to_owned(),
        labels: diagnostic.labels.iter().map(label).collect(),
        notes: diagnostic.notes.iter().map(|n| n.get(lang).to_owned()).collect(),
        help: diagnostic.help.iter().map(help).collect(),
    }
}

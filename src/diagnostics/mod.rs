//! What jalon says when an author is wrong, as data.
//!
//! Comes in: nothing. Goes out: [`Diagnostic`] values that any stage pushes into a `Vec`, and renderers (one per file) that
//! turn them into pages. What must hold: a diagnostic says what is wrong (`message`), where (`labels`, the first is the
//! primary one), why (`notes`) and what to do (`help`, with an edit where the mend is known), in French and in English;
//! it never shows a Rust type, a grammar production or a panic. Codes are never reused.

mod code;
mod github;
mod human;
mod json;
mod mend;
mod plain;
mod sarif;
mod sources;
mod span;
mod suggest;

pub use code::{Code, Severity};
pub use github::{Annotation, annotate, render as render_github};
pub use human::render as render_human;
pub use json::{JsonDiagnostic, view as json_view};
pub use mend::{mended, safe_edits};
pub use plain::render as render_plain;
pub use sarif::view as sarif_view;
pub use sources::{Position, Source, Sources};
pub use span::{FileId, Span};
pub use suggest::{closest, resembling};

use crate::limits::MOST_FINDINGS;
use crate::locale::Words;
use crate::words;

/// One finding about the author's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable number of this kind of finding.
    pub code: Code,
    /// How bad it is; [`Code::severity`] unless raised on purpose.
    pub severity: Severity,
    /// What is wrong. Stands alone, lowercase, no full stop.
    pub message: Words,
    /// Where: the first label is the offending place, the others are evidence.
    pub labels: Vec<Label>,
    /// Why it is wrong.
    pub notes: Vec<Words>,
    /// What would mend it.
    pub help: Vec<Help>,
}

/// A place in the text, and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// Short: why *here*. May be empty.
    pub text: Words,
}

/// A change that would mend the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The change in words.
    pub text: Words,
    /// The change as an edit of the text, where it is known.
    pub edit: Option<Edit>,
}

/// A replacement of one span of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced (empty for an insertion).
    pub span: Span,
    /// By what.
    pub replacement: String,
    /// Whether it may be applied unseen: it keeps the author's meaning.
    pub safe: bool,
}

impl Diagnostic {
    /// A finding at `span`, with the severity of its code.
    #[must_use]
    pub fn new(code: Code, span: Span, message: Words) -> Self {
        Self {
            code,
            severity: code.severity(),
            message,
            labels: vec![Label { span, text: Words::default() }],
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Says at the primary place why it is there.
    #[must_use]
    pub fn here(mut self, text: Words) -> Self {
        self.labels[0].text = text;
        self
    }

    /// Adds a place that is evidence.
    #[must_use]
    pub fn label(mut self, span: Span, text: Words) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// Adds a reason.
    #[must_use]
    pub fn note(mut self, text: Words) -> Self {
        self.notes.push(text);
        self
    }

    /// Adds a mend in words.
    #[must_use]
    pub fn help(mut self, text: Words) -> Self {
        self.help.push(Help { text, edit: None });
        self
    }

    /// Adds a mend with its edit.
    #[must_use]
    pub fn mend(mut self, text: Words, span: Span, replacement: impl Into<String>, safe: bool) -> Self {
        self.help.push(Help { text, edit: Some(Edit { span, replacement: replacement.into(), safe }) });
        self
    }

    /// The offending place.
    #[must_use]
    pub fn span(&self) -> Span {
        self.labels[0].span
    }
}

/// Whether a list of findings holds an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Puts what could not be read first, since much of the rest may follow from it, and then everything in the order of the text;
/// drops exact repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    let reading = |d: &Diagnostic| d.severity == Severity::Error && d.code < Code::UnknownName && d.code != Code::NotAvailable;
    diagnostics.sort_by_key(|d| (!reading(d), d.span().file, d.span().start, d.code, d.span().end));
    diagnostics.dedup();
}

/// Puts a finding down unless there are more than enough: the first error is kept whatever came before it.
pub fn keep(diagnostics: &mut Vec<Diagnostic>, diagnostic: Diagnostic) {
    let errs = |d: &Diagnostic| d.severity == Severity::Error;
    if diagnostics.len() <= MOST_FINDINGS || errs(&diagnostic) && !diagnostics.iter().rev().any(errs) {
        diagnostics.push(diagnostic);
    }
}

/// The worst findings, so many at most, in the order in which they are given.
#[must_use]
pub fn worst(diagnostics: &[Diagnostic], most: usize) -> Vec<&Diagnostic> {
    let mut ranked: Vec<(usize, &Diagnostic)> = diagnostics.iter().enumerate().collect();
    ranked.sort_by_key(|(place, d)| (d.severity, *place));
    ranked.truncate(most);
    ranked.sort_by_key(|(place, _)| *place);
    ranked.into_iter().map(|(_, d)| d).collect()
}

/// Leaves the worst [`MOST_FINDINGS`], and says so if there were more.
pub fn cap(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() <= MOST_FINDINGS {
        return;
    }
    *diagnostics = worst(diagnostics, MOST_FINDINGS).into_iter().cloned().collect();
    let Some(last) = diagnostics.last() else { return };
    let message = words!(
        "there is more to say than the {MOST_FINDINGS} findings kept",
        "il y a plus à dire que les {MOST_FINDINGS} messages gardés"
    );
    let more = Diagnostic::new(Code::TooManyFindings, last.span(), message)
        .help(words!("mend these first, then check again", "corrigez d'abord ceux-ci, puis relancez la vérification"));
    diagnostics.push(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(code: Code, start: usize) -> Diagnostic {
        Diagnostic::new(code, Span::new(FileId(0), start, start), Words::default())
    }

    #[test]
    fn a_flood_is_cut_and_its_first_error_kept() {
        let mut found = Vec::new();
        (0..MOST_FINDINGS * 3).for_each(|i| keep(&mut found, at(Code::LookAlike, i)));
        assert_eq!(found.len(), MOST_FINDINGS + 1);
        keep(&mut found, at(Code::UnknownName, 7));
        keep(&mut found, at(Code::UnknownName, 8));
        assert_eq!((found.len(), has_errors(&found)), (MOST_FINDINGS + 2, true));
        cap(&mut found);
        assert_eq!(found.len(), MOST_FINDINGS + 1);
        assert!(has_errors(&found));
        assert_eq!(found.last().map(|d| d.code), Some(Code::TooManyFindings));
    }

    #[test]
    fn the_worst_keep_their_order() {
        let all = [at(Code::LookAlike, 0), at(Code::UnknownName, 1), at(Code::LookAlike, 2), at(Code::UnknownName, 3)];
        let starts: Vec<u32> = worst(&all, 3).iter().map(|d| d.span().start).collect();
        assert_eq!(starts, [0, 1, 3]);
    }
}

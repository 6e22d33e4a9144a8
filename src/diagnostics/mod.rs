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
pub use github::render as render_github;
pub use human::render as render_human;
pub use json::{JsonDiagnostic, view as json_view};
pub use mend::{mended, safe_edits};
pub use plain::render as render_plain;
pub use sarif::view as sarif_view;
pub use sources::{Position, Source, Sources};
pub use span::{FileId, Span};
pub use suggest::{closest, resembling};

use crate::locale::Words;

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

/// Puts findings in the order of the text and drops exact repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by_key(|d| (d.span().file, d.span().start, d.code, d.span().end));
    diagnostics.dedup();
}

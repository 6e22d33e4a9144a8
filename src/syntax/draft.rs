//! A line as it is read: as written, or as mended.
//!
//! Where the mend of a slip is known, the mended line is what the tree is built from, so that one slip does not bring a
//! train of other messages. Every byte of a mended line still knows its place in the author's text.

use super::grammar::Piece;
use super::invisible::is_invisible;
use crate::diagnostics::{FileId, Span};
use crate::syntax::tree::{Name, Text};
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A line, and where its bytes come from.
#[derive(Clone, Debug)]
pub(super) struct Draft<'t> {
    pub(super) text: Cow<'t, str>,
    file: FileId,
    start: usize,
    /// Of a mended line: the place of each byte and of the end.
    places: Option<Vec<usize>>,
}

impl<'t> Draft<'t> {
    /// The bytes `range` of a whole text.
    pub(super) fn of(file: FileId, whole: &'t str, range: Range<usize>) -> Self {
        Self { text: Cow::Borrowed(&whole[range.clone()]), file, start: range.start, places: None }
    }

    /// The same line with some of its bytes replaced.
    pub(super) fn with(&self, range: Range<usize>, replacement: &str) -> Self {
        let mut places = self.places.clone().unwrap_or_else(|| (self.start..=self.start + self.text.len()).collect());
        let mut text = self.text.clone().into_owned();
        text.replace_range(range.clone(), replacement);
        let place = places[range.start];
        places.splice(range, std::iter::repeat_n(place, replacement.len()));
        Draft { text: Cow::Owned(text), file: self.file, start: self.start, places: Some(places) }
    }

    /// A part of it, as a line of its own.
    pub(super) fn part(&self, range: Range<usize>) -> Draft<'static> {
        let places = (range.start..=range.end).map(|at| self.place(at)).collect();
        Draft { text: Cow::Owned(self.text[range].to_owned()), file: self.file, start: self.start, places: Some(places) }
    }

    fn place(&self, at: usize) -> usize {
        match &self.places {
            None => self.start + at,
            Some(places) => places[at.min(places.len() - 1)],
        }
    }

    /// The place of some of its bytes in the author's text.
    pub(super) fn at(&self, range: Range<usize>) -> Span {
        let (start, end) = (self.place(range.start), self.place(range.end));
        Span::new(self.file, start, end.max(start))
    }

    /// All of it.
    pub(super) fn whole(&self) -> Span {
        self.at(0..self.text.len())
    }

    /// The place of a piece, without the blanks that pest leaves at its end.
    pub(super) fn span(&self, piece: &Piece<'_>) -> Span {
        let span = piece.as_span();
        self.at(span.start()..span.start() + piece.as_str().trim_end().len())
    }

    /// A word of the text as a name. Letters with their accents are one character or several, as the keyboard has it: names
    /// are compared in the composed form (NFC), and without what nobody sees.
    pub(super) fn name(&self, piece: &Piece<'_>) -> Name {
        let written = piece.as_str();
        let text =
            if written.is_ascii() { written.to_owned() } else { written.chars().filter(|c| !is_invisible(*c)).nfc().collect() };
        Name { text, span: self.span(piece) }
    }

    /// A text between quotes.
    pub(super) fn label(&self, piece: &Piece<'_>) -> Text {
        let content = piece.clone().into_inner().next().map_or("", |content| content.as_str());
        Text { text: unescaped(content), span: self.span(piece) }
    }
}

/// `\"` is a quote and `\\` a backslash; any other backslash is itself.
fn unescaped(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut rest = content.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.next_if(|next| c == '\\' && matches!(next, '"' | '\\')) {
            Some(escaped) => text.push(escaped),
            None => text.push(c),
        }
    }
    text
}

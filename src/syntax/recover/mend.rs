//! Lines that start well and go wrong: the smallest change that makes them readable names the mistake.

use super::missing::{NAME, fillers, missing};
use super::{Context, quoted};
use crate::diagnostics::{Code, Diagnostic};
use crate::limits::LONGEST_MENDED;
use crate::locale::Words;
use crate::syntax::draft::Draft;
use crate::syntax::words::{Block, Form, first_word, is_letter, word_length};
use crate::words;
use std::ops::Range;

/// What is wrong, and the line as it was probably meant or as far as it can be read.
pub(super) type Mended<'d> = (Diagnostic, Option<Draft<'d>>);

/// A line, and the place where reading it stopped.
pub(super) struct Stop<'a, 'd> {
    pub(super) context: Context,
    pub(super) draft: &'a Draft<'d>,
    /// What stands there: a word, a number, a text, or one sign. Empty at the end of the line.
    pub(super) token: Range<usize>,
    /// The form that the line's first word starts.
    pub(super) form: Option<&'static Form>,
}

/// Names the mistake of a line that stops making sense at a byte.
pub(super) fn mend<'d>(context: Context, draft: &Draft<'d>, stop: usize) -> Mended<'d> {
    let token = token_at(&draft.text, stop);
    let form = context.block.form(first_word(&draft.text));
    let stop = Stop { context, draft, token, form };
    if draft.text.len() > LONGEST_MENDED {
        return (stop.cannot_stand(), None);
    }
    stop.name_with_a_sign()
        .or_else(|| stop.reserved_word())
        .or_else(|| stop.split_number())
        .or_else(|| stop.unknown_channel_word())
        .or_else(|| stop.misspelled_word())
        .or_else(|| stop.misspelled_before())
        .or_else(|| stop.other_sign())
        .or_else(|| stop.without_parentheses())
        .or_else(|| stop.without_on())
        .or_else(|| stop.unquoted_label())
        .or_else(|| stop.lone_own_value())
        .or_else(|| stop.missing_piece())
        .or_else(|| stop.superfluous())
        .unwrap_or_else(|| stop.as_far_as_it_goes())
}

impl<'d> Stop<'_, 'd> {
    pub(super) fn text(&self) -> &str {
        &self.draft.text
    }

    pub(super) fn token(&self) -> &str {
        &self.text()[self.token.clone()]
    }

    /// The line with some bytes replaced, if that makes it readable.
    pub(super) fn with(&self, range: Range<usize>, replacement: &str) -> Option<Draft<'d>> {
        let mended = self.draft.with(range, replacement);
        self.context.reads(&mended.text).then_some(mended)
    }

    /// The word or sign before the stop.
    pub(super) fn before(&self) -> &str {
        let text = self.text()[..self.token.start].trim_end();
        let word = text.len() - text.chars().rev().take_while(|c| is_letter(*c)).map(char::len_utf8).sum::<usize>();
        if word < text.len() {
            return &text[word..];
        }
        let signs = text.chars().rev().take_while(|c| "<>=!-.".contains(*c)).count().min(2);
        &text[text.len() - signs.max(text.chars().next_back().map_or(0, char::len_utf8))..]
    }

    fn missing_piece(&self) -> Option<Mended<'d>> {
        let at = self.token.start;
        let before = self.before();
        let first = self.form.map_or("", |form| form.word);
        let filler = fillers(self.text(), first).find(|filler| self.with(at..at, &format!(" {filler} ")).is_some())?;
        let what = missing(filler, before, first);
        let shown = quoted(before);
        let message =
            Words { en: format!("{} is missing after {shown}", what.en), fr: format!("il manque {} après {shown}", what.fr) };
        let end = self.text()[..at].trim_end().len();
        let place = self.draft.at(end - before.len()..end);
        let found = Diagnostic::new(Code::MissingFact, place, message);
        let found = match filler {
            "=" | ")" | "," => {
                found.mend(words!("write `{filler}`", "écrivez `{filler}`"), place.after(), format!(" {filler}"), false)
            }
            _ => self.with_example(found),
        };
        // A block keeps what stands in it, under no name if it must.
        let opens = self.form.is_some_and(|form| form.opens.is_some_and(|opens| opens != Block::Branch));
        let nameless = || self.with(at..at, " _ ").filter(|_| opens && filler == NAME && before == first);
        Some((found, nameless().or_else(|| self.as_far_as_readable())))
    }

    fn superfluous(&self) -> Option<Mended<'d>> {
        if self.token.is_empty() {
            return None;
        }
        let mended = self.with(self.token.clone(), "")?;
        let (span, shown) = (self.draft.at(self.token.clone()), quoted(self.token()));
        let found =
            Diagnostic::new(Code::UnexpectedText, span, words!("{shown} cannot stand here", "{shown} n'a pas sa place ici"));
        Some((self.with_example(found), Some(mended)))
    }

    fn as_far_as_it_goes(&self) -> Mended<'d> {
        (self.cannot_stand(), self.as_far_as_readable())
    }

    /// The finding about a line that stops making sense where it stops.
    fn cannot_stand(&self) -> Diagnostic {
        let found = if self.token.is_empty() {
            let first = self.form.map_or("", |form| form.word);
            let message = words!("this line of `{first}` stops too early", "cette ligne de `{first}` s'arrête trop tôt");
            Diagnostic::new(Code::MissingFact, self.draft.whole(), message)
        } else {
            let (span, shown) = (self.draft.at(self.token.clone()), quoted(self.token()));
            Diagnostic::new(Code::UnexpectedText, span, words!("{shown} cannot stand here", "{shown} n'a pas sa place ici"))
        };
        self.with_example(found)
    }

    /// What stands before the stop, less a few words at its end if need be.
    pub(super) fn as_far_as_readable(&self) -> Option<Draft<'d>> {
        let mut end = self.token.start;
        for _ in 0..3 {
            end = self.text()[..end].trim_end().trim_end_matches(',').len();
            if let Some(kept) = self.with(end..self.text().len(), "") {
                return Some(kept);
            }
            end = self.text()[..end].rfind(char::is_whitespace)?;
        }
        None
    }

    fn with_example(&self, found: Diagnostic) -> Diagnostic {
        match self.form {
            Some(form) => {
                let example = form.example;
                found.help(words!("for instance `{example}`", "par exemple `{example}`"))
            }
            None => found,
        }
    }
}

/// The word, number, text or sign at a byte or right after the blanks there.
fn token_at(text: &str, at: usize) -> Range<usize> {
    let start = at + (text[at..].len() - text[at..].trim_start().len());
    let rest = &text[start..];
    let length = match rest.chars().next() {
        None => 0,
        Some('"') => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
        Some(c) if is_letter(c) => word_length(rest),
        Some(_) if ["->", "..", "<=", ">=", "!="].iter().any(|sign| rest.starts_with(sign)) => 2,
        Some(c) => c.len_utf8(),
    };
    start..start + length
}

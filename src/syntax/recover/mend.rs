//! Lines that start well and go wrong: the smallest change that makes them readable names the mistake.

use super::missing::{NAME, fillers, missing};
use super::{Context, quoted};
use crate::diagnostics::{Code, Diagnostic, closest};
use crate::locale::Words;
use crate::syntax::draft::Draft;
use crate::syntax::words::{Block, Form, MIDDLE_WORDS, first_word, is_closed, is_letter, word_length};
use crate::words;
use std::ops::Range;

/// What is wrong, and the line as it was probably meant or as far as it can be read.
type Mended<'d> = (Diagnostic, Option<Draft<'d>>);

/// A longer line was not written by hand: no mends are tried on it, each of which would read it once more.
pub(super) const MAX_TRIED: usize = 4096;

/// A line, and the place where reading it stopped.
struct Stop<'a, 'd> {
    context: Context,
    draft: &'a Draft<'d>,
    /// What stands there: a word, a number, a text, or one sign. Empty at the end of the line.
    token: Range<usize>,
    /// The form that the line's first word starts.
    form: Option<&'static Form>,
}

/// Names the mistake of a line that stops making sense at a byte.
pub(super) fn mend<'d>(context: Context, draft: &Draft<'d>, stop: usize) -> Mended<'d> {
    let token = token_at(&draft.text, stop);
    let form = context.block.form(first_word(&draft.text));
    let stop = Stop { context, draft, token, form };
    if draft.text.len() > MAX_TRIED {
        return stop.as_far_as_it_goes();
    }
    stop.name_with_a_sign()
        .or_else(|| stop.reserved_word())
        .or_else(|| stop.split_number())
        .or_else(|| stop.misspelled_word())
        .or_else(|| stop.unquoted_label())
        .or_else(|| stop.lone_own_value())
        .or_else(|| stop.missing_piece())
        .or_else(|| stop.superfluous())
        .unwrap_or_else(|| stop.as_far_as_it_goes())
}

impl<'d> Stop<'_, 'd> {
    fn text(&self) -> &str {
        &self.draft.text
    }

    fn token(&self) -> &str {
        &self.text()[self.token.clone()]
    }

    /// The line with some bytes replaced, if that makes it readable.
    fn with(&self, range: Range<usize>, replacement: &str) -> Option<Draft<'d>> {
        let mended = self.draft.with(range, replacement);
        self.context.reads(&mended.text).then_some(mended)
    }

    /// The word or sign before the stop.
    fn before(&self) -> &str {
        let text = self.text()[..self.token.start].trim_end();
        let word = text.len() - text.chars().rev().take_while(|c| is_letter(*c)).map(char::len_utf8).sum::<usize>();
        if word < text.len() {
            return &text[word..];
        }
        let signs = text.chars().rev().take_while(|c| "<>=!-.".contains(*c)).count().min(2);
        &text[text.len() - signs.max(text.chars().next_back().map_or(0, char::len_utf8))..]
    }

    /// `hot-conversion`, `3d_view`: not names.
    fn name_with_a_sign(&self) -> Option<Mended<'d>> {
        let text = self.text();
        let token = self.token.clone();
        let is_inner = |at: usize| at > 0 && text[..at].ends_with(is_letter) && text[at + 1..].starts_with(is_letter);
        if self.token() == "-" && is_inner(token.start) {
            let start =
                token.start - text[..token.start].chars().rev().take_while(|c| is_letter(*c)).map(char::len_utf8).sum::<usize>();
            let end = token.end + text[token.end..].find(|c| !is_letter(c) && c != '-').unwrap_or(text.len() - token.end);
            let meant = text[start..end].replace('-', "_");
            let mended = self.with(start..end, &meant)?;
            let span = self.draft.at(start..end);
            let message = words!("a name has no `-` in it", "un nom ne contient pas de `-`");
            let found = Diagnostic::new(Code::UnexpectedText, span, message);
            return Some((found.mend(words!("write `{meant}`", "écrivez `{meant}`"), span, meant.clone(), false), Some(mended)));
        }
        if self.token().starts_with(|c: char| c.is_ascii_digit()) {
            let end = token.start + word_length(&text[token.start..]);
            if text[token.start..end].chars().all(|c| c.is_ascii_digit() || c == '_') {
                return None;
            }
            let meant = format!("_{}", &text[token.start..end]);
            let mended = self.with(token.start..end, &meant)?;
            let span = self.draft.at(token.start..end);
            let message = words!("a name does not start with a digit", "un nom ne commence pas par un chiffre");
            let found = Diagnostic::new(Code::UnexpectedText, span, message);
            return Some((found.help(words!("for instance `{meant}`", "par exemple `{meant}`")), Some(mended)));
        }
        None
    }

    fn reserved_word(&self) -> Option<Mended<'d>> {
        let word = self.token();
        if !is_closed(word) {
            return None;
        }
        let meant = format!("{word}_");
        let mended = self.with(self.token.clone(), &meant)?;
        let span = self.draft.at(self.token.clone());
        let found = Diagnostic::new(
            Code::ReservedWord,
            span,
            words!(
                "`{word}` cannot be a name: it may follow a figure",
                "`{word}` ne peut pas être un nom : il peut suivre un chiffre"
            ),
        );
        let found = if matches!(self.before(), "," | "=" | "(") || self.before().ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        } else {
            found
        };
        Some((
            found.mend(
                words!("choose another name, as `{meant}`", "choisissez un autre nom, comme `{meant}`"),
                span,
                meant.clone(),
                false,
            ),
            Some(mended),
        ))
    }

    /// `10 000`
    fn split_number(&self) -> Option<Mended<'d>> {
        let text = self.text();
        let before = text[..self.token.start].trim_end();
        let is_number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let start = before.len() - before.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'_').count();
        let first = self.token.start..self.token.start + text[self.token.start..].bytes().take_while(u8::is_ascii_digit).count();
        if !is_number(&before[start..]) || !is_number(&text[first.clone()]) || first.len() != 3 {
            return None;
        }
        let mut end = first.end;
        let mut meant = format!("{}_{}", &before[start..], &text[first]);
        loop {
            let rest = &text[end..];
            let digits = rest.trim_start();
            let next = digits.bytes().take_while(u8::is_ascii_digit).count();
            if next != 3 || digits.len() == rest.len() {
                break;
            }
            meant = format!("{meant}_{}", &digits[..3]);
            end += rest.len() - digits.len() + 3;
        }
        let mended = self.with(start..end, &meant)?;
        let span = self.draft.at(start..end);
        let message =
            words!("thousands are parted by `_`, not by a space", "les milliers se séparent par `_`, pas par une espace");
        let found = Diagnostic::new(Code::UnexpectedText, span, message);
        Some((found.mend(words!("write `{meant}`", "écrivez `{meant}`"), span, meant.clone(), true), Some(mended)))
    }

    fn misspelled_word(&self) -> Option<Mended<'d>> {
        let word = self.token();
        if !word.starts_with(|c: char| c.is_alphabetic()) {
            return None;
        }
        let mut tried: Vec<&str> = Vec::new();
        while tried.len() < 3 {
            let meant = closest(word, MIDDLE_WORDS.iter().copied().filter(|w| !tried.contains(w)))?;
            tried.push(meant);
            let Some(mended) = self.with(self.token.clone(), meant) else { continue };
            let (span, shown) = (self.draft.at(self.token.clone()), quoted(word));
            let found =
                Diagnostic::new(Code::UnexpectedText, span, words!("{shown} cannot stand here", "{shown} n'a pas sa place ici"));
            let help = words!("did you mean `{meant}`?", "vouliez-vous dire `{meant}` ?");
            return Some((found.mend(help, span, meant, false), Some(mended)));
        }
        None
    }

    /// A label of up to six words without its quotes.
    fn unquoted_label(&self) -> Option<Mended<'d>> {
        if !self.token().starts_with(char::is_alphabetic) {
            return None;
        }
        let text = self.text();
        let mut end = self.token.start;
        for _ in 0..6 {
            let rest = &text[end..];
            let word = rest.trim_start();
            let length = word.find(char::is_whitespace).unwrap_or(word.len());
            if length == 0 || word.starts_with(['"', '=', '-']) {
                return None;
            }
            end += rest.len() - word.len() + length;
            let label = format!("\"{}\"", &text[self.token.start..end]);
            if let Some(mended) = self.with(self.token.start..end, &label) {
                let span = self.draft.at(self.token.start..end);
                let message = words!("a text stands between quotes", "un texte se met entre guillemets");
                let found = Diagnostic::new(Code::UnexpectedText, span, message);
                let help = words!("write `{label}`", "écrivez `{label}`");
                return Some((found.mend(help, span, label.clone(), false), Some(mended)));
            }
        }
        None
    }

    /// `30% for loyal`, without a figure for the others.
    fn lone_own_value(&self) -> Option<Mended<'d>> {
        if self.token() != "for" {
            return None;
        }
        let after = &self.text()[self.token.end..];
        let name = after.trim_start();
        let persona = &name[..word_length(name)];
        let end = self.token.end + (after.len() - name.len()) + persona.len();
        let mended = self.with(self.token.start..end, "")?;
        let message = words!(
            "a figure for `{persona}` alone leaves the others without one",
            "un chiffre pour `{persona}` seul laisse les autres sans chiffre"
        );
        let found = Diagnostic::new(Code::MissingFact, self.draft.at(self.token.start..end), message);
        let help =
            words!("give everybody's first, then `, … for {persona}`", "donnez d'abord celui de tous, puis `, … for {persona}`");
        Some((found.help(help), Some(mended)))
    }

    fn missing_piece(&self) -> Option<Mended<'d>> {
        let at = self.token.start;
        let before = self.before();
        let first = self.form.map_or("", |form| form.word);
        let filler = fillers(before, first).find(|filler| self.with(at..at, &format!(" {filler} ")).is_some())?;
        let what = missing(filler, before, first);
        let shown = quoted(before);
        let message =
            Words { en: format!("{} is missing after {shown}", what.en), fr: format!("il manque {} après {shown}", what.fr) };
        let end = self.text()[..at].trim_end().len();
        let place = self.draft.at(end - before.len()..end);
        let found = Diagnostic::new(Code::MissingFact, place, message);
        let found = match filler {
            "=" | ")" => found.mend(words!("write `{filler}`", "écrivez `{filler}`"), place.after(), format!(" {filler}"), false),
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
        let found = if self.token.is_empty() {
            let first = self.form.map_or("", |form| form.word);
            let message = words!("this line of `{first}` stops too early", "cette ligne de `{first}` s'arrête trop tôt");
            Diagnostic::new(Code::MissingFact, self.draft.whole(), message)
        } else {
            let (span, shown) = (self.draft.at(self.token.clone()), quoted(self.token()));
            Diagnostic::new(Code::UnexpectedText, span, words!("{shown} cannot stand here", "{shown} n'a pas sa place ici"))
        };
        (self.with_example(found), self.as_far_as_readable())
    }

    /// What stands before the stop, less a few words at its end if need be.
    fn as_far_as_readable(&self) -> Option<Draft<'d>> {
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
        Some(_) if rest.starts_with("->") || rest.starts_with("..") => 2,
        Some(c) => c.len_utf8(),
    };
    start..start + length
}

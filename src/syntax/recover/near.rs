//! Near misses: a word or sign beside the right one, and the change that sets it right.

use super::mend::{Mended, Stop};
use super::quoted;
use crate::diagnostics::{Code, Diagnostic, closest};
use crate::syntax::tree::CHANNEL_WORDS;
use crate::syntax::words::{Block, MIDDLE_WORDS, is_closed, is_letter, word_length};
use crate::words;
use std::ops::Range;

impl<'d> Stop<'_, 'd> {
    /// `hot-conversion`, `3d_view`: not names.
    pub(super) fn name_with_a_sign(&self) -> Option<Mended<'d>> {
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

    /// `goal cost`; but not where a figure is missing, as in `param x = when`.
    pub(super) fn reserved_word(&self) -> Option<Mended<'d>> {
        let word = self.token();
        if !is_closed(word) || matches!(self.before(), "," | "=") || self.before().ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let meant = format!("{word}_");
        let mended = self.with(self.token.clone(), &meant)?;
        let span = self.draft.at(self.token.clone());
        let message = words!(
            "`{word}` is a word of the language and cannot be a name",
            "`{word}` est un mot du langage et ne peut pas être un nom"
        );
        let help = words!("choose another name, as `{meant}`", "choisissez un autre nom, comme `{meant}`");
        Some((Diagnostic::new(Code::ReservedWord, span, message).mend(help, span, meant.clone(), false), Some(mended)))
    }

    /// `10 000`
    pub(super) fn split_number(&self) -> Option<Mended<'d>> {
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
        // What starts with more than three digits, or with none that counts, is no number in groups of three.
        let is_grouped = before.len() - start <= 3 && !before[start..].starts_with('0');
        Some((found.mend(words!("write `{meant}`", "écrivez `{meant}`"), span, meant.clone(), is_grouped), Some(mended)))
    }

    /// `channel web "Web" digital borrowed`
    pub(super) fn unknown_channel_word(&self) -> Option<Mended<'d>> {
        let word = self.token();
        let is_after = self.before() == "\"" || CHANNEL_WORDS.contains(&self.before());
        let is_free = word.starts_with(char::is_alphabetic) && !is_closed(word) && Block::Channel.form(word).is_none();
        if self.form.is_none_or(|form| form.word != "channel") || !is_after || !is_free {
            return None;
        }
        let span = self.draft.at(self.token.clone());
        let list = CHANNEL_WORDS.join(", ");
        let message = words!("`{word}` is not a word about a channel", "`{word}` n'est pas un mot sur un canal");
        let found =
            Diagnostic::new(Code::UnknownWord, span, message).note(words!("the words are: {list}", "les mots sont : {list}"));
        let Some(meant) = closest(word, CHANNEL_WORDS.into_iter()) else {
            return Some((found, self.as_far_as_readable()));
        };
        let mended = self.with(self.token.clone(), meant).or_else(|| self.as_far_as_readable());
        Some((found.mend(words!("write `{meant}`", "écrivez `{meant}`"), span, meant, false), mended))
    }

    pub(super) fn misspelled_word(&self) -> Option<Mended<'d>> {
        let word = self.token();
        if !word.starts_with(|c: char| c.is_alphabetic()) {
            return None;
        }
        let mut tried: Vec<&str> = Vec::new();
        while tried.len() < 3 {
            let meant = closest(word, MIDDLE_WORDS.iter().copied().filter(|w| !tried.contains(w)))?;
            tried.push(meant);
            let Some(mended) = self.with(self.token.clone(), meant) else { continue };
            return Some((self.did_you_mean(self.token.clone(), meant), Some(mended)));
        }
        None
    }

    /// A misspelled keyword that passed for a name, and `on` for `at`: what stands before the stop.
    pub(super) fn misspelled_before(&self) -> Option<Mended<'d>> {
        const SMALL: &[&str] = &["at", "by", "for", "from", "in", "of", "on", "per", "to", "with"];
        let word = self.before();
        if !word.starts_with(|c: char| c.is_alphabetic()) {
            return None;
        }
        let end = self.text()[..self.token.start].trim_end().len();
        let range = end - word.len()..end;
        let small = SMALL.iter().copied().filter(|other| SMALL.contains(&word) && *other != word && !self.token.is_empty());
        let (meant, mended) = closest(word, MIDDLE_WORDS.iter().copied())
            .into_iter()
            .chain(small)
            .find_map(|meant| Some((meant, self.with(range.clone(), meant)?)))?;
        Some((self.did_you_mean(range, meant), Some(mended)))
    }

    fn did_you_mean(&self, range: Range<usize>, meant: &str) -> Diagnostic {
        let (span, shown) = (self.draft.at(range.clone()), quoted(&self.text()[range]));
        let found =
            Diagnostic::new(Code::UnexpectedText, span, words!("{shown} cannot stand here", "{shown} n'a pas sa place ici"));
        found.mend(words!("did you mean `{meant}`?", "vouliez-vous dire `{meant}` ?"), span, meant, false)
    }

    /// `path p = a, b`, `claim x >= 3%`
    pub(super) fn other_sign(&self) -> Option<Mended<'d>> {
        if self.token.is_empty() || self.token().starts_with(|c| is_letter(c) || matches!(c, '"' | '(' | ')')) {
            return None;
        }
        let (meant, mended) =
            ["->", "=", ","].into_iter().find_map(|meant| Some((meant, self.with(self.token.clone(), meant)?)))?;
        Some((self.did_you_mean(self.token.clone(), meant), Some(mended)))
    }

    /// `rate order`
    pub(super) fn without_parentheses(&self) -> Option<Mended<'d>> {
        const TAKE_PLACES: &[&str] =
            &["rate", "touches", "count", "pull", "leak", "leverage", "visited", "reached", "mean", "median", "sd"];
        let word = self.token();
        if !TAKE_PLACES.contains(&self.before()) || !word.starts_with(is_letter) {
            return None;
        }
        let mended = self.with(self.token.clone(), &format!("({word})"))?;
        let span = self.draft.at(self.token.clone());
        let message = words!("`{word}` stands in parentheses here", "`{word}` se met ici entre parenthèses");
        let help = words!("write `({word})`", "écrivez `({word})`");
        let found = Diagnostic::new(Code::UnexpectedText, span, message).mend(help, span, format!("({word})"), false);
        Some((found, Some(mended)))
    }

    /// `touchpoint cart web {`
    pub(super) fn without_on(&self) -> Option<Mended<'d>> {
        let at = self.token.start;
        if self.form.is_none_or(|form| form.word != "touchpoint") || !self.token().starts_with(is_letter) {
            return None;
        }
        let mended = self.with(at..at, "on ")?;
        let before = quoted(self.before());
        let place = self.draft.at(at..at);
        let message = words!("`on` is missing after {before}", "il manque `on` après {before}");
        let found = Diagnostic::new(Code::MissingFact, place, message);
        Some((found.mend(words!("write `on`", "écrivez `on`"), place, "on ", false), Some(mended)))
    }

    /// A label of up to six words without its quotes.
    pub(super) fn unquoted_label(&self) -> Option<Mended<'d>> {
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
    pub(super) fn lone_own_value(&self) -> Option<Mended<'d>> {
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
}

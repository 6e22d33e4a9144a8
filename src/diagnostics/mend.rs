//! Findings → the text without what can safely be mended.

use super::{Diagnostic, Edit, Source, Span};
use std::collections::BTreeMap;

/// The safe edits of findings, in their order: of one finding the first, and none that touches what an earlier one changes.
#[must_use]
pub fn safe_edits(diagnostics: &[Diagnostic]) -> Vec<&Edit> {
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut taken = BTreeMap::new();
    for diagnostic in diagnostics {
        let mut edits = diagnostic.help.iter().filter_map(|h| h.edit.as_ref());
        let Some(edit) = edits.find(|e| e.safe) else { continue };
        let Span { file, start, end } = edit.span;
        // What is taken never touches, so that the neighbours tell.
        let before = taken.range(..=(file, start)).next_back();
        let after = taken.range((file, start)..).next();
        let touches_before = before.is_some_and(|((f, s), e)| *f == file && (*s == start || *e > start));
        if !touches_before && after.is_none_or(|((f, s), _)| *f != file || *s >= end) {
            taken.insert((file, start), end);
            chosen.push(edit);
        }
    }
    chosen
}

/// A text with edits made that do not touch each other. New line ends are those of the text.
#[must_use]
pub fn mended(source: &Source, edits: &[&Edit]) -> String {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|e| (e.span.start, e.span.end));
    let has_returns = source.text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'));
    let mut text = String::with_capacity(source.text.len());
    let mut from = 0;
    for edit in edits {
        let (start, end) = (source.floor(edit.span.start as usize), source.floor(edit.span.end as usize));
        text.push_str(&source.text[from..start.max(from)]);
        if has_returns {
            text.push_str(&edit.replacement.replace('\n', "\r\n"));
        } else {
            text.push_str(&edit.replacement);
        }
        from = end.max(start).max(from);
    }
    text.push_str(&source.text[from..]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, FileId, Sources};
    use crate::words;

    fn finding(edits: &[(usize, usize, &str, bool)]) -> Diagnostic {
        let file = FileId(0);
        let found = Diagnostic::new(Code::UnexpectedText, Span::new(file, 0, 0), words!("a", "b"));
        edits.iter().fold(found, |found, (start, end, new, safe)| {
            found.mend(words!("c", "d"), Span::new(file, *start, *end), *new, *safe)
        })
    }

    fn fixed(text: &str, findings: &[Diagnostic]) -> String {
        let mut sources = Sources::default();
        let file = sources.add("a", text);
        mended(sources.get(file), &safe_edits(findings))
    }

    #[test]
    fn safe_edits_are_made_and_others_are_not() {
        let findings = [finding(&[(6, 7, "F", true)]), finding(&[(0, 1, "A", false), (2, 3, "", true), (4, 5, "E", true)])];
        assert_eq!(fixed("abcdefgh", &findings), "abdefFh");
    }

    #[test]
    fn of_two_that_touch_the_first_wins() {
        let overlapping = [finding(&[(1, 4, "x", true)]), finding(&[(3, 5, "y", true)]), finding(&[(4, 4, "z", true)])];
        assert_eq!(fixed("abcdefgh", &overlapping), "axzefgh");
        let inserted_twice = [finding(&[(2, 2, "x", true)]), finding(&[(2, 2, "x", true)])];
        assert_eq!(fixed("abcd", &inserted_twice), "abxcd");
    }

    #[test]
    fn line_ends_are_those_of_the_text() {
        assert_eq!(fixed("a b\r\nc", &[finding(&[(1, 2, "\n", true)])]), "a\r\nb\r\nc");
    }
}

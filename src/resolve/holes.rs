//! What the mistakes of a text leave unknown, so that nothing is said about it that may come of them.

use super::declared::Declared;
use crate::diagnostics::{Diagnostic, Severity, Sources, Span};
use crate::model::{ArrivalId, Holes, TouchpointId};
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// The words of the lines that some findings point at: names that may have been declared or meant there.
pub(super) fn words_of_bad_lines(found: &[Diagnostic], sources: &Sources) -> HashSet<String> {
    let mut words = HashSet::new();
    let labels = found.iter().filter(|d| d.severity == Severity::Error).flat_map(|d| &d.labels);
    let lines: HashSet<_> = labels.map(|l| (l.span.file, sources.get(l.span.file).position(l.span.start).line)).collect();
    for (file, line) in lines {
        words_of(&sources.get(file).line(line).nfc().collect::<String>(), &mut words);
    }
    words
}

fn words_of(text: &str, words: &mut HashSet<String>) {
    let letters = |c: char| c.is_alphanumeric() || c == '_';
    words.extend(text.split(|c| !letters(c)).filter(|w| !w.is_empty()).map(str::to_owned));
}

/// Adds the words that the findings of all passes leave unknown.
pub(super) fn widen(holes: &mut Holes, found: &[Diagnostic], sources: &Sources) {
    holes.words.extend(words_of_bad_lines(found, sources));
    for edit in found.iter().flat_map(|d| &d.help).filter_map(|h| h.edit.as_ref()) {
        words_of(&edit.replacement, &mut holes.words);
    }
}

/// The places in whose blocks a line could not be read.
pub(super) fn unread(declared: &Declared<'_>, unread: &[Span]) -> Holes {
    let mut holes = Holes::default();
    let touchpoints =
        declared.touchpoints.iter().enumerate().map(|(i, (t, _))| (t.head, Place::Touchpoint(TouchpointId::new(i))));
    let arrivals = declared.arrivals.iter().enumerate().map(|(i, a)| (a.head, Place::Arrival(ArrivalId::new(i))));
    let mut heads: Vec<(Span, Place)> = touchpoints.chain(arrivals).collect();
    heads.sort_unstable_by_key(|(head, _)| (head.file, head.start));
    for span in unread {
        // The nearest head above is the one of the block that the line stands in, if it stands in one.
        let after = heads.partition_point(|(head, _)| (head.file, head.start) <= (span.file, span.start));
        match after.checked_sub(1).map(|i| &heads[i]) {
            Some((head, Place::Touchpoint(id))) if head.file == span.file => _ = holes.touchpoints.insert(*id),
            Some((head, Place::Arrival(id))) if head.file == span.file => _ = holes.arrivals.insert(*id),
            _ => {}
        }
    }
    holes
}

#[derive(Clone, Copy)]
enum Place {
    Touchpoint(TouchpointId),
    Arrival(ArrivalId),
}

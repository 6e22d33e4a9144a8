//! Characters that nobody sees: told wherever they may mislead, and read over where they stand between words.

use crate::diagnostics::{Code, Diagnostic, FileId, Severity, Span, keep};
use crate::words;
use unicode_script::{Script, UnicodeScript};

/// Where a character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Among the words of the language.
    Code,
    /// Between quotes.
    Text,
    /// Behind `//`.
    Comment,
}

/// Says which characters of a text cannot be seen and may mislead: controls, marks that turn the direction of reading, blanks
/// without width. In texts and comments only those are told that serve no script and no emoji. A mark of byte order at the very
/// start is none of them.
pub(super) fn tell(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    if text.bytes().all(|b| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..=0x7e)) {
        return;
    }
    let mut place = Place::Code;
    let mut before = '\n';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or('\n', |(_, c)| *c);
        match (place, c) {
            (_, '\n' | '\r') => place = Place::Code,
            (Place::Code, '"') => place = Place::Text,
            (Place::Code, '/') if after == '/' => place = Place::Comment,
            (Place::Text, '"') => place = Place::Code,
            (Place::Text, '\\') if matches!(after, '"' | '\\') => drop(chars.next()),
            (_, '\u{feff}') if at == 0 => {}
            _ if misleads(c, place, before, after) => keep(diagnostics, told(file, at, c, place)),
            _ => {}
        }
        before = c;
    }
}

fn misleads(c: char, place: Place, before: char, after: char) -> bool {
    // Letters of these scripts never join: a joiner between them has no work.
    let plain = |c: char| c.is_alphanumeric() && matches!(c.script(), Script::Latin | Script::Greek | Script::Cyrillic);
    match place {
        Place::Code => is_invisible(c),
        Place::Text => match c {
            '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => true,
            '\u{200c}' | '\u{200d}' => plain(before) && plain(after),
            _ => is_control(c) || turns(c),
        },
        Place::Comment => is_control(c) || turns(c),
    }
}

fn told(file: FileId, at: usize, c: char, place: Place) -> Diagnostic {
    let span = Span::new(file, at, at + c.len_utf8());
    let number = format!("U+{:04X}", u32::from(c));
    let message = if is_control(c) {
        words!("a control character stands here ({number})", "un caractère de contrôle se trouve ici ({number})")
    } else if turns(c) {
        words!(
            "an invisible character turns the direction of reading here ({number})",
            "un caractère invisible change ici le sens de lecture ({number})"
        )
    } else {
        words!("an invisible character stands here ({number})", "un caractère invisible se trouve ici ({number})")
    };
    let mut found = Diagnostic::new(Code::Invisible, span, message);
    if turns(c) {
        found = found.note(words!(
            "what is shown may be in another order than what is read",
            "ce qui s'affiche peut être dans un autre ordre que ce qui est lu"
        ));
    }
    let breaks = place == Place::Code && c != '\u{feff}' || place == Place::Text && is_control(c);
    if breaks {
        found.severity = Severity::Error;
    }
    let between_words = place == Place::Code && !is_control(c);
    found.mend(words!("remove it", "retirez-le"), span, "", between_words)
}

/// Controls, those aside that end lines or stand for blanks.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Marks that override or embed a direction of reading.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether nothing is seen of a character: controls, and what Unicode calls ignorable by default.
pub(super) fn is_invisible(c: char) -> bool {
    is_control(c)
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// The character as it may stand in a message: what cannot be seen gives way to a mark of replacement.
pub(super) fn visible(c: char) -> char {
    if is_invisible(c) { char::REPLACEMENT_CHARACTER } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Vec<(u32, Severity)> {
        let mut found = Vec::new();
        tell(FileId(0), text, &mut found);
        found.iter().map(|d| (d.span().start, d.severity)).collect()
    }

    #[test]
    fn what_scripts_and_emoji_need_is_left_alone() {
        for text in [
            "\u{feff}goal a\r\n\tgoal b",
            "goal a \"Famille 👩\u{200d}👧 ❤\u{fe0f}\"",
            "goal a \"می\u{200c}خواهم \u{200f}\"",
            "goal a \"con\u{ad}version\" // \u{200b}",
        ] {
            assert_eq!(at(text), [], "{text:?}");
        }
    }

    #[test]
    fn what_misleads_is_told_where_it_stands() {
        assert_eq!(at("go\u{200b}al a"), [(2, Severity::Error)]);
        assert_eq!(at("\u{200b}goal a"), [(0, Severity::Error)]);
        assert_eq!(at("goal a\u{feff}"), [(6, Severity::Warning)]);
        assert_eq!(at("goal a \"b\u{202e}c\""), [(9, Severity::Warning)]);
        assert_eq!(at("goal a \"b\u{200d}c\""), [(9, Severity::Warning)]);
        assert_eq!(at("goal a \"b\u{1b}c\""), [(9, Severity::Error)]);
        assert_eq!(at("// \u{2066}\n// \0"), [(3, Severity::Warning), (10, Severity::Warning)]);
        assert_eq!(at("goal a \"\\\"\u{202e}\" \u{200b}").len(), 2);
    }
}

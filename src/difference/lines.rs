//! A journey as its lines: what is written, item by item and fact by fact, included files in their place.

use crate::compile::Compiled;
use crate::diagnostics::FileId;
use crate::syntax::{Written, comments, written};
use std::collections::HashMap;
use std::ops::Range;

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word or a name.
    Word,
    /// A text between quotes.
    Quoted,
    /// A number or a sign.
    Other,
}

/// The pieces of a line that has no comment in it.
pub(super) fn pieces(text: &str) -> Vec<(Piece, Range<usize>)> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let kind = match c {
            c if c.is_whitespace() => continue,
            '"' => {
                let mut escaped = false;
                for (_, c) in rest.by_ref() {
                    if c == '"' && !escaped {
                        break;
                    }
                    escaped = c == '\\' && !escaped;
                }
                Piece::Quoted
            }
            c if c.is_alphabetic() || c == '_' => {
                while rest.next_if(|(_, c)| c.is_alphanumeric() || *c == '_').is_some() {}
                Piece::Word
            }
            c if c.is_ascii_digit() => {
                while rest.next_if(|(_, c)| c.is_ascii_digit() || *c == '_').is_some() {}
                Piece::Other
            }
            '-' => {
                rest.next_if(|(_, c)| *c == '>');
                Piece::Other
            }
            '<' | '>' | '!' | '=' => {
                rest.next_if(|(_, c)| *c == '=');
                Piece::Other
            }
            _ => Piece::Other,
        };
        let end = rest.peek().map_or(text.len(), |(at, _)| *at);
        found.push((kind, start..end));
    }
    found
}

/// A line without comments, and with one blank where there are more.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut bare = String::with_capacity(text.len());
    for comment in comments(text) {
        bare.push_str(&text[at..comment.range.start]);
        at = comment.range.end;
    }
    bare.push_str(&text[at..]);
    let mut in_text = false;
    let mut escaped = false;
    for c in bare.chars() {
        if in_text {
            in_text = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            out.push(c);
        } else if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            in_text = c == '"';
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// A line and what stands in its block.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// As [`plain`] text.
    pub(super) text: String,
    /// What stands in its block, if it opens one.
    pub(super) inside: Option<Vec<Line>>,
}

impl Line {
    /// The first word.
    pub(super) fn word(&self) -> &str {
        pieces(&self.text).first().map_or("", |(_, range)| &self.text[range.clone()])
    }
}

/// All items of a journey, in the order in which one would read them aloud; `include` lines themselves and the heads of
/// libraries are left out.
pub(super) fn lines(compiled: &Compiled) -> Vec<Line> {
    let Some(journey) = &compiled.text else { return Vec::new() };
    let mut files: HashMap<FileId, HashMap<usize, Line>> = HashMap::new();
    for (file, source) in compiled.sources.iter() {
        let items = written(file, &source.text);
        files.insert(file, items.iter().map(|item| (item.line.start, line(item, &source.text))).collect());
    }
    let at = |span: crate::diagnostics::Span| files.get(&span.file)?.get(&(span.start as usize)).cloned();
    journey.places().filter_map(at).filter(|line| !matches!(line.word(), "include" | "library")).collect()
}

fn line(written: &Written, text: &str) -> Line {
    let inside = written.inside.as_ref().map(|inside| inside.iter().map(|w| line(w, text)).collect());
    Line { text: plain(&text[written.line.clone()]), inside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_their_pieces() {
        let text = "-> cart 4.5% when n >= 2 because \"vu \\\"ici\\\" // là\"";
        let found: Vec<&str> = pieces(text).into_iter().map(|(_, r)| &text[r]).collect();
        assert_eq!(found, ["->", "cart", "4", ".", "5", "%", "when", "n", ">=", "2", "because", "\"vu \\\"ici\\\" // là\""]);
        assert_eq!(plain("a   b // c\n  \"d  // e\" ,  f"), "a b \"d  // e\" , f");
    }
}

//! A line → its words, and how they stand beside each other.

use super::columns::{Columns, columns};
use crate::syntax::grammar::{Piece, Rule, read_line};
use crate::syntax::words::Block;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// The words of one fact.
#[derive(Debug)]
pub(super) struct Line<'t> {
    words: Vec<Word<'t>>,
    /// The table in which it may stand; none for a line that is not read.
    pub(super) columns: Option<Columns>,
}

#[derive(Debug)]
struct Word<'t> {
    text: &'t str,
    /// Where it starts in its line.
    start: usize,
    kind: Kind,
    /// Whether the author's row ends behind it.
    ends_row: bool,
    /// Comments behind it, and whether they stand on rows of their own.
    comments: Vec<(bool, &'t str)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Comma,
    /// The `(` of a call.
    Open,
    /// The `(` of a group.
    Group,
    Close,
    Sign,
    Dots,
    Percent,
    /// Of a line that is not read; whether it touches the word before.
    Raw {
        touches: bool,
    },
}

impl<'t> Line<'t> {
    /// The words of a line of this block.
    pub(super) fn of(block: Block, text: &'t str) -> Self {
        let fact = block.production().and_then(|production| read_line(production, text).ok());
        let read = fact.and_then(|fact| Some((words(&fact, text)?, columns(block, &fact))));
        match read {
            Some((words, columns)) => Self { words, columns },
            None => Self { words: raw_words(text), columns: None },
        }
    }

    /// Whether it goes on over a row's end.
    pub(super) fn is_broken(&self) -> bool {
        self.words.iter().any(|word| word.ends_row)
    }

    /// Whether there are comments within it: it cannot be joined.
    pub(super) fn has_comments(&self) -> bool {
        self.words.iter().any(|word| !word.comments.is_empty())
    }

    /// All of it on one row.
    pub(super) fn joined(&self) -> String {
        self.text(0..self.words.len(), None)
    }

    /// Its cells. A line that stays broken, its further rows at `indent`, has no cell behind the one that is broken.
    pub(super) fn cells(&self, broken_at: Option<usize>) -> Vec<super::align::Cell> {
        let Some(columns) = &self.columns else {
            return vec![(None, self.text(0..self.words.len(), broken_at))];
        };
        let last_start = match broken_at {
            Some(_) => self.words.iter().position(|word| word.ends_row).unwrap_or(self.words.len()),
            None => self.words.len(),
        };
        let index = |at: usize| self.words.iter().position(|word| word.start >= at).unwrap_or(self.words.len());
        let mut cells = Vec::new();
        let mut start = 0;
        for (i, column) in columns.cells.iter().enumerate() {
            let rest = &columns.cells[i + 1..];
            let end = rest.iter().find_map(|next| next.at).map_or(self.words.len(), index);
            let own = column.at.map_or(start..start, |_| start..end);
            if own.end > last_start {
                cells.push((Some(column.key), self.text(own.start..self.words.len(), broken_at)));
                break;
            }
            start = own.end;
            cells.push((Some(column.key), self.text(own, None)));
        }
        cells
    }

    /// Some of its words, on one row or on those of the author.
    fn text(&self, range: Range<usize>, rows_at: Option<usize>) -> String {
        let mut text = String::new();
        let words = &self.words[range];
        for (i, word) in words.iter().enumerate() {
            let before = i.checked_sub(1).map(|before| &words[before]);
            match (before, rows_at) {
                (Some(before), Some(indent)) if before.ends_row => {
                    let row = format!("\n{:indent$}", "");
                    for (is_alone, comment) in &before.comments {
                        text.push_str(if *is_alone { &row } else { "  " });
                        text.push_str(comment);
                    }
                    text.push_str(&row);
                }
                (Some(before), _) if !touches(before.kind, word.kind) => text.push(' '),
                _ => {}
            }
            text.push_str(word.text);
        }
        text
    }
}

/// The columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

fn touches(before: Kind, after: Kind) -> bool {
    match (before, after) {
        (_, Kind::Raw { touches }) => touches,
        (_, Kind::Comma | Kind::Open | Kind::Close | Kind::Dots | Kind::Percent) => true,
        (before, _) => matches!(before, Kind::Open | Kind::Group | Kind::Sign | Kind::Dots),
    }
}

/// The words of a line that has been read; none if the grammar leaves something of it unnamed.
fn words<'t>(fact: &Piece<'t>, text: &'t str) -> Option<Vec<Word<'t>>> {
    let mut words: Vec<Word<'t>> = Vec::new();
    let mut end = 0;
    let mut group = None;
    for piece in fact.clone().into_inner().flatten() {
        let (start, rule) = (piece.as_span().start(), piece.as_rule());
        if matches!(rule, Rule::group | Rule::guard_group | Rule::measure_group) {
            group = Some(start);
        }
        let is_word = rule == Rule::label || rule != Rule::label_text && piece.clone().into_inner().next().is_none();
        if !is_word || piece.as_str().is_empty() {
            continue;
        }
        gap(&text[end..start], words.last_mut())?;
        end = piece.as_span().end();
        let kind = match rule {
            Rule::comma => Kind::Comma,
            Rule::lparen if group == Some(start) => Kind::Group,
            Rule::lparen => Kind::Open,
            Rule::rparen => Kind::Close,
            Rule::sign => Kind::Sign,
            Rule::dots => Kind::Dots,
            Rule::unit if piece.as_str() == "%" => Kind::Percent,
            _ => Kind::Plain,
        };
        words.push(Word { text: &text[start..end], start, kind, ends_row: false, comments: Vec::new() });
    }
    gap(&text[end..], None)?;
    Some(words)
}

/// Notes what stands between two words; none if it is more than blanks, row ends and comments.
fn gap<'t>(text: &'t str, mut before: Option<&mut Word<'t>>) -> Option<()> {
    let (mut rest, mut ends_row) = (text, false);
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if rest.starts_with("//") {
            length = rest.find(is_row_end).unwrap_or(rest.len());
            before.as_mut()?.comments.push((ends_row, rest[..length].trim_end()));
        } else if is_row_end(c) {
            ends_row = true;
        } else if !is_blank(c) {
            return None;
        }
        rest = &rest[length..];
    }
    if let Some(before) = before {
        before.ends_row = ends_row;
    }
    Some(())
}

/// As the grammar's `blank`.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{FEFF}')
}

fn is_row_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// The words of a line that is taken whole: texts, and what else stands together.
fn raw_words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at + gap_length(&text[at..]);
        let touches = start == at && at > 0;
        let _ = gap(&text[at..start], words.last_mut());
        at = start + raw_length(&text[start..]);
        if at > start {
            let kind = Kind::Raw { touches };
            words.push(Word { text: &text[start..at], start, kind, ends_row: false, comments: Vec::new() });
        }
    }
    words
}

/// How far blanks, row ends and comments go.
fn gap_length(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c| is_blank(c) || is_row_end(c));
        if !rest.starts_with("//") {
            return text.len() - rest.len();
        }
        rest = &rest[rest.find(is_row_end).unwrap_or(rest.len())..];
    }
}

/// How far a word that is taken whole goes: a text to its closing quote, or to the end of its row.
fn raw_length(text: &str) -> usize {
    let row = &text[..text.find(is_row_end).unwrap_or(text.len())];
    if !row.starts_with('"') {
        let stops = |(at, c): (usize, char)| is_blank(c) || c == '"' || row[at..].starts_with("//");
        return row.char_indices().find(|found| stops(*found)).map_or(row.len(), |(at, _)| at);
    }
    let mut is_escaped = false;
    for (at, c) in row.char_indices().skip(1) {
        match c {
            '"' if !is_escaped => return at + 1,
            _ => is_escaped = c == '\\' && !is_escaped,
        }
    }
    row.trim_end().len()
}

//! Where the comments and the facts of a text stand, for those who care about lines and not about meaning.

use super::outline::{Line, outline};
use crate::diagnostics::FileId;
use std::ops::Range;

/// A comment, from its `//` to the end of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its bytes, without the line end.
    pub range: Range<usize>,
    /// The bytes of the line that it stands on, without the line end.
    pub line: Range<usize>,
}

impl Comment {
    /// Whether nothing but blanks stands before it on its line.
    #[must_use]
    pub fn is_alone(&self, text: &str) -> bool {
        text[self.line.start..self.range.start].trim().is_empty()
    }
}

/// All comments of a text, in its order. A text between quotes may hold `//`; one that its line does not close ends with it.
pub fn comments(text: &str) -> impl Iterator<Item = Comment> {
    let mut start = 0;
    // Any line end will do; the empty row between the two signs of one holds nothing.
    text.split_inclusive(['\n', '\r']).filter_map(move |row| {
        let written = row.trim_end_matches(['\n', '\r']);
        let line = start..start + written.len();
        start += row.len();
        let at = line.start + comment_start(written)?;
        Some(Comment { range: at..line.end, line })
    })
}

fn comment_start(line: &str) -> Option<usize> {
    let (mut in_text, mut escaped) = (false, false);
    for (at, c) in line.char_indices() {
        match c {
            '\\' if in_text && !escaped => {
                escaped = true;
                continue;
            }
            '"' if !escaped => in_text = !in_text,
            '/' if !in_text && line[at..].starts_with("//") => return Some(at),
            _ => {}
        }
        escaped = false;
    }
    None
}

/// The bytes of each fact and item with the block that it opens, in the order in which they start: an item stands before the
/// facts in its block.
#[must_use]
pub fn extents(file: FileId, text: &str) -> Vec<Range<usize>> {
    fn collect(lines: &[Line], found: &mut Vec<Range<usize>>) {
        for line in lines.iter().filter(|line| !line.range.is_empty()) {
            let end = line.body.as_ref().map_or(line.range.end, |body| body.end.max(line.range.end));
            found.push(line.range.start..end);
            collect(line.body.as_ref().map_or(&[], |body| body.lines.as_slice()), found);
        }
    }
    let mut found = Vec::new();
    // What is wrong with the outline has been said by whoever parsed the text.
    collect(&outline(file, text, &mut Vec::new()), &mut found);
    found
}

/// A fact or item as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its line, without the block that it opens.
    pub line: Range<usize>,
    /// What stands in its block, if it opens one.
    pub inside: Option<Vec<Written>>,
}

/// The items of a text with the facts in their blocks.
#[must_use]
pub fn written(file: FileId, text: &str) -> Vec<Written> {
    fn of(lines: &[Line]) -> Vec<Written> {
        let lines = lines.iter().filter(|line| !line.range.is_empty());
        lines.map(|l| Written { line: l.range.clone(), inside: l.body.as_ref().map(|body| of(&body.lines)) }).collect()
    }
    of(&outline(file, text, &mut Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::{comments, extents};
    use crate::diagnostics::FileId;

    #[test]
    fn comments_stand_outside_of_texts() {
        let text = "a \"http://x\" // one\r\n  // two\rb \"\\\" // no\"\nc \"open // no\n/ / no //";
        let found: Vec<_> = comments(text).map(|c| (&text[c.range.clone()], c.is_alone(text))).collect();
        assert_eq!(found, [("// one", false), ("// two", true), ("//", false)]);
    }

    #[test]
    fn an_item_reaches_to_the_end_of_its_block() {
        let text = "goal a\nstage s {\n  touchpoint t on web {\n    -> a\n  }\n}\nend b";
        let found: Vec<_> = extents(FileId(0), text).into_iter().map(|r| &text[r]).collect();
        let stage = "stage s {\n  touchpoint t on web {\n    -> a\n  }\n}";
        assert_eq!(found, ["goal a", stage, "touchpoint t on web {\n    -> a\n  }", "-> a", "end b"]);
    }
}

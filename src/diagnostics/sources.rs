//! The texts of a run, and where their lines start.

use super::{FileId, Span};

/// One text, under the name that the author knows it by.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path as given, or `<stdin>`.
    pub name: String,
    /// The text.
    pub text: String,
    line_starts: Vec<u32>,
}

impl Source {
    fn new(name: String, text: String) -> Self {
        let bytes = text.as_bytes();
        // A line ends at a line feed, or at a carriage return that none follows.
        let ends = |i: usize| bytes[i] == b'\n' || bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
        let line_starts = std::iter::once(0).chain((0..bytes.len()).filter(|i| ends(*i)).map(|i| i as u32 + 1)).collect();
        Self { name, text, line_starts }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= byte) - 1;
        let start = self.line_starts[line] as usize;
        let end = self.floor(byte as usize);
        Position { line: line as u32 + 1, column: self.text[start..end.max(start)].chars().count() as u32 + 1 }
    }

    /// The bytes of a line, counted from 1, without its line end.
    #[must_use]
    pub fn line(&self, line: u32) -> &str {
        let start = self.line_starts[line as usize - 1] as usize;
        let end = self.line_starts.get(line as usize).map_or(self.text.len(), |e| *e as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// The byte where a line, counted from 1, starts.
    #[must_use]
    pub fn line_start(&self, line: u32) -> usize {
        self.line_starts[line as usize - 1] as usize
    }

    /// How many lines there are.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }

    /// The nearest character boundary at or before `byte`, within the text.
    #[must_use]
    pub fn floor(&self, byte: usize) -> usize {
        let mut at = byte.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// A place as people count: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// All texts of a run. File 0 is the root.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a text and gives its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(Source::new(name.into(), text.into()));
        FileId(self.files.len() as u32 - 1)
    }

    /// Shows another text in its place, under the same name.
    pub fn replace(&mut self, file: FileId, text: impl Into<String>) {
        let source = &mut self.files[file.0 as usize];
        *source = Source::new(std::mem::take(&mut source.name), text.into());
    }

    /// The text with that id.
    #[must_use]
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// All texts in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(i, s)| (FileId(i as u32), s))
    }

    /// What stands at a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        let source = self.get(span.file);
        let (start, end) = (source.floor(span.start as usize), source.floor(span.end as usize));
        &source.text[start..end.max(start)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let source = Source::new(String::new(), "a\nb\r\nc\rd\r\re".to_owned());
        let lines: Vec<&str> = (1..=source.line_count()).map(|line| source.line(line)).collect();
        assert_eq!(lines, ["a", "b", "c", "d", "", "e"]);
        let places: Vec<u32> = source.text.char_indices().map(|(at, _)| source.position(at as u32).line).collect();
        assert_eq!(places, [1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6]);
    }
}

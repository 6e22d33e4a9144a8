//! Text → tree.
//!
//! Comes in: the text of one file. Goes out: a [`tree::Tree`] and the diagnostics of what could not be read. What must hold:
//! parsing never fails and never panics, whatever the bytes: it recovers per line (a line is a fact) and per block; this
//! module is the only user of the pest grammar, whose rules never leave it.
//!
//! ```text
//! text ─▶ outline: lines and blocks ─▶ reader: each line by the grammar ─┬▶ build: pieces → tree
//!                                                       recover: mended ─┘
//! ```

mod build;
mod draft;
mod format;
mod grammar;
mod invisible;
mod layout;
mod outline;
mod powers;
mod reader;
mod recover;
pub mod tree;
mod words;

#[cfg(test)]
mod tests;

pub use format::format;
pub use layout::{Comment, Written, comments, extents, written};

use crate::diagnostics::{Code, Diagnostic, FileId, Span, sort};
use crate::words as say;
use tree::Tree;

/// Reads a text, whatever it holds. What cannot be read is reported and left out, the nearest thing to it that can be read is
/// kept; findings are in the order of the text.
pub fn parse(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Tree {
    if u32::try_from(text.len()).is_err() {
        let message = say!("this text is longer than 4 GB", "ce texte dépasse 4 Go");
        diagnostics.push(Diagnostic::new(Code::TooLarge, Span::new(file, 0, 0), message));
        return Tree::default();
    }
    let mut found = Vec::new();
    invisible::tell(file, text, &mut found);
    let lines = outline::outline(file, text, &mut found);
    let mut reader = reader::Reader { file, text, diagnostics: found };
    let items = reader.items(&lines);
    sort(&mut reader.diagnostics);
    diagnostics.append(&mut reader.diagnostics);
    Tree { items }
}

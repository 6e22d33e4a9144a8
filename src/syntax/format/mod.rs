//! Text → the same text in its one form.
//!
//! Comes in: the text of one file. Goes out: the same facts and comments in the same order, spaced, indented and aligned in
//! the one way that `docs/language.md` describes. What must hold: formatting never changes what a text means, never loses a
//! comment, and changes nothing the second time; two texts that differ by spaces alone come out alike (where a line is broken,
//! and whether a block of one fact stands on one line, is the author's choice); a text that does not read cleanly is refused.
//!
//! It works on the words of each line, as the author spelled them, not on the tree: what is never taken apart cannot be lost.
//!
//! ```text
//! text ─▶ layout: facts, comments, blank lines ─▶ line: its words ─▶ columns: its cells ─▶ align ─▶ print
//! ```

mod align;
mod columns;
mod layout;
mod line;
mod print;

use super::outline::{self, outline};
use super::words::Block;
use crate::diagnostics::{Diagnostic, FileId};
use std::collections::HashMap;

/// Lines end here, as far as the formatter has a say in it.
const WIDTH: usize = 100;

/// Formats a text.
///
/// # Errors
/// What is wrong with a text that does not read cleanly: a formatter guesses at nothing.
pub fn format(file: FileId, text: &str) -> Result<String, Vec<Diagnostic>> {
    let mut found = Vec::new();
    super::parse(file, text, &mut found);
    if !found.is_empty() {
        return Err(found);
    }
    let mut blocks = HashMap::new();
    collect_blocks(&outline(file, text, &mut found), Block::Top, &mut blocks);
    // Of a text that reads cleanly, each brace has its line; were it otherwise, the text would stay as it is.
    let items = layout::layout(text, &blocks);
    Ok(items.map_or_else(|| text.to_owned(), |items| print::print(text, &items)))
}

/// The block in which each line stands, by the place where the line starts.
fn collect_blocks(lines: &[outline::Line], block: Block, blocks: &mut HashMap<usize, Block>) {
    for line in lines {
        blocks.insert(line.range.start, block);
        if let Some(body) = &line.body {
            collect_blocks(&body.lines, body.kind, blocks);
        }
    }
}

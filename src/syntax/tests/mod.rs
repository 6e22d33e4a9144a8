//! What every form becomes, what every mistake is told, and what no text may do.

mod any_text;
mod blocks;
mod files;
mod forms;
mod mistakes;
mod render;

use super::parse;
use super::tree::Tree;
use crate::diagnostics::{Diagnostic, FileId};

/// Parses a text as file 0.
fn read(text: &str) -> (Tree, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let tree = parse(FileId(0), text, &mut diagnostics);
    (tree, diagnostics)
}

/// Parses a text in which there is nothing wrong.
fn clean(text: &str) -> Tree {
    let (tree, diagnostics) = read(text);
    assert!(diagnostics.is_empty(), "{text}\n{}", told(text, &diagnostics));
    tree
}

/// Findings as lines: code, line, column, what stands there, message.
fn told(text: &str, diagnostics: &[Diagnostic]) -> String {
    let line = |d: &Diagnostic| {
        let before = &text[..d.span().start as usize];
        let (row, column) = (before.matches('\n').count() + 1, before.chars().rev().take_while(|c| *c != '\n').count() + 1);
        let mends: Vec<_> = d.help.iter().filter_map(|h| h.edit.as_ref()).map(|e| format!("{:?}", e.replacement)).collect();
        format!("{} {row}:{column} {:?} {} {}\n", d.code.number(), &text[d.span().range()], d.message.en, mends.join(" "))
    };
    diagnostics.iter().map(line).collect()
}

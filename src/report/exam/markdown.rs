//! Papers and keys as Markdown.

use super::blocks::{Block, Paper};
use crate::report::escape::markdown as escaped;
use std::fmt::Write;

/// The document. The map stands beside it as `map.svg`.
#[must_use]
pub fn write_exam_markdown(paper: &Paper) -> String {
    let mut out = format!("# {}\n\n{}\n", escaped(&paper.title), escaped(&paper.subtitle));
    for block in &paper.blocks {
        out.push('\n');
        write_block(block, &mut out);
    }
    out
}

fn write_block(block: &Block, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match block {
        Block::Heading { level, text, .. } => {
            writeln!(out, "{} {}", "#".repeat(usize::from(*level) + 1), escaped(text))
        }
        Block::Text { text } => writeln!(out, "{}", escaped(text)),
        Block::Note { text } => writeln!(out, "_{}_", escaped(text)),
        Block::Table { head, rows, .. } => {
            let line = |cells: &[String]| format!("| {} |\n", cells.iter().map(|c| escaped(c)).collect::<Vec<_>>().join(" | "));
            out.push_str(&line(head));
            out.push_str(&format!("|{}\n", " --- |".repeat(head.len())));
            rows.iter().for_each(|row| out.push_str(&line(row)));
            Ok(())
        }
        Block::Map { text, .. } => writeln!(out, "![{}](map.svg)", escaped(text)),
        Block::Question { number, text, marks, ask, choices, .. } => {
            out.push_str(&format!("**{number}.** {} ({})", escaped(text), escaped(marks)));
            if !ask.is_empty() {
                out.push_str(&format!(" _{}_", escaped(ask)));
            }
            out.push('\n');
            if !choices.is_empty() {
                out.push('\n');
            }
            choices.iter().for_each(|choice| out.push_str(&format!("- {}\n", escaped(choice))));
            Ok(())
        }
        Block::Lines { lines } => {
            for (text, marks) in lines {
                let marks = if marks.is_empty() { String::new() } else { format!(" **[{}]**", escaped(marks)) };
                out.push_str(&format!("- {}{marks}\n", escaped(text)));
            }
            Ok(())
        }
    };
}

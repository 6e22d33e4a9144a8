//! For the summary of a workflow, in GitHub's Markdown.

use super::{File, Suite};
use crate::report::escape::markdown as escaped;
use std::fmt::Write;

/// The document.
#[must_use]
pub fn write_markdown(suite: &Suite<'_>) -> String {
    let mut out = format!("### {}\n\n", escaped(&suite.total()));
    for file in &suite.files {
        section(file, &mut out);
    }
    if let Some(text) = suite.rests_on() {
        let _ = writeln!(out, "<sub>{}</sub>", escaped(&text));
    }
    out
}

fn section(file: &File<'_>, out: &mut String) {
    let _ = writeln!(out, "**{}**\n", escaped(file.name));
    for line in file.refusals() {
        let _ = writeln!(out, "- ✗ {}", escaped(&line));
    }
    let rows = file.rows();
    if !rows.is_empty() {
        let heads = file.lang.pick("| | Expectation | Figure | Margin | |", "| | Attente | Chiffre | Marge | |");
        let _ = writeln!(out, "{heads}\n| --- | --- | ---: | ---: | --- |");
    }
    for row in &rows {
        let _ = writeln!(
            out,
            "| {} {} | {} | **{}** | {} | {} |",
            row.outcome.sign(),
            row.outcome.word().get(file.lang),
            escaped(&row.text),
            escaped(&row.value),
            escaped(&row.margin),
            escaped(&row.how_wide)
        );
    }
    out.push('\n');
    for row in rows.iter().filter(|row| !row.reasons.is_empty()) {
        let _ = writeln!(out, "- {} {}", row.outcome.sign(), escaped(&row.text));
        for reason in &row.reasons {
            let _ = writeln!(out, "  - {}", escaped(reason));
        }
    }
    out.push('\n');
}

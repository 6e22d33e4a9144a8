//! For a comment on a pull request, in GitHub's Markdown.

use super::{Condition, Pair, terminal::said};
use crate::report::escape::markdown as escaped;
use std::fmt::Write;

/// The document.
#[must_use]
pub fn write_markdown(pair: &Pair<'_>, conditions: &[Condition]) -> String {
    let l = pair.lang;
    let mut out = format!("### {}\n\n", escaped(&pair.new.program.base.name.label));
    let _ = writeln!(out, "{} → {}\n", escaped(pair.old.name), escaped(pair.new.name));
    for condition in conditions {
        let _ = writeln!(out, "- {}", escaped(&said(condition, l)));
    }
    if !conditions.is_empty() {
        out.push('\n');
    }
    if !pair.difference.is_changed() {
        let _ = writeln!(out, "{}", l.pick("Nothing has changed.", "Rien n’a changé."));
    }
    let mut quiet = String::new();
    for group in pair.groups() {
        for (i, text) in group.said.iter().enumerate() {
            let text = with_code(text);
            let _ = match group.number {
                Some(number) if i == 0 => writeln!(out, "{number}. {text}"),
                Some(_) => writeln!(out, "   - {text}"),
                None => writeln!(quiet, "- {text}"),
            };
        }
    }
    figures(pair, &mut out);
    points(pair, &mut out);
    if !quiet.is_empty() {
        let head = l.pick("Without effect on the figures", "Sans effet sur les chiffres");
        let _ = writeln!(out, "\n<details><summary>{head}</summary>\n\n{quiet}\n</details>");
    }
    if let Some(text) = pair.rests_on() {
        let _ = writeln!(out, "\n<sub>{}</sub>", escaped(text.get(l)));
    }
    out
}

/// A text in which what stands between backticks is code.
fn with_code(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces.map(|(i, piece)| if i % 2 == 1 { format!("<code>{}</code>", escaped(piece)) } else { escaped(piece) }).collect()
}

fn figures(pair: &Pair<'_>, out: &mut String) {
    let rows = pair.kpi_rows();
    if rows.is_empty() {
        return;
    }
    let l = pair.lang;
    let head = l.pick("| Figure | before | after | change | | parts |", "| Chiffre | avant | après | écart | | parts |");
    let _ = writeln!(out, "\n{head}\n| --- | ---: | ---: | ---: | ---: | --- |");
    for row in rows {
        let parts: Vec<String> = row.parts.iter().map(|(number, part)| format!("{number}: {part}")).collect();
        let mark = if row.is_changed { "**" } else { "" };
        let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
        let _ = writeln!(
            out,
            "| {}{} | {} | {mark}{}{mark} | {} | {} | {} |",
            escaped(&row.label),
            escaped(&note),
            escaped(&row.old),
            escaped(&row.new),
            escaped(&row.change),
            escaped(&row.relative),
            escaped(&parts.join(" · "))
        );
    }
}

fn points(pair: &Pair<'_>, out: &mut String) {
    let rows = pair.point_rows();
    if rows.is_empty() {
        return;
    }
    let l = pair.lang;
    let names = super::point_heads(l).join(" | ");
    let _ = writeln!(out, "\n| {} | {names} |\n| --- | ---: | ---: | ---: | ---: | ---: |", l.pick("Hot point", "Point chaud"));
    for row in rows {
        let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
        let cells: Vec<String> = row.cells.iter().map(|cell| escaped(cell)).collect();
        let _ = writeln!(out, "| {}{} | {} |", escaped(&row.label), escaped(&note), cells.join(" | "));
    }
}

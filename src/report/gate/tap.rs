//! The Test Anything Protocol, version 14 (<https://testanything.org/tap-version-14-specification.html>).

use super::{Outcome, Suite};
use std::fmt::Write;

/// The document.
#[must_use]
pub fn write_tap(suite: &Suite<'_>) -> String {
    let mut lines = String::new();
    let mut number = 0;
    let mut point = |is_ok: bool, what: &str, directive: &str, notes: &[(&str, String)]| {
        number += 1;
        let _ = writeln!(lines, "{} {number} - {}{directive}", if is_ok { "ok" } else { "not ok" }, description(what));
        if !notes.is_empty() {
            lines += "  ---\n";
            for (key, value) in notes {
                // A string of JSON is one of YAML.
                let _ = writeln!(lines, "  {key}: {}", serde_json::Value::from(value.as_str()));
            }
            lines += "  ...\n";
        }
    };
    for file in &suite.files {
        if file.result.is_err() {
            point(false, file.name, "", &[("severity", "error".to_owned()), ("message", file.refusals().join("\n"))]);
        }
        for row in file.rows() {
            let word = row.outcome.word();
            let verdict = word.get(file.lang);
            let mut notes = vec![("figure", format!("{} ({})", row.value, row.how_wide))];
            if row.outcome != Outcome::Kept {
                notes.insert(0, ("verdict", verdict.to_owned()));
                notes.push(("at", format!("{}:{}", file.name, row.line)));
                notes.push(("message", row.reasons.join("\n")));
            }
            // A known failure is one that is still to be mended: that is what the directive says.
            let directive = if row.outcome == Outcome::Known { format!(" # Todo {verdict}") } else { String::new() };
            point(row.outcome == Outcome::Kept, &format!("{}: {}", file.name, row.text), &directive, &notes);
        }
    }
    format!("TAP version 14\n1..{number}\n{lines}# {}\n", suite.total())
}

/// A description: `#` would start a directive.
fn description(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.replace('\\', "\\\\").replace('#', "\\#")
}

//! JUnit's XML, as CI servers read it: the schema of Jenkins' xUnit plugin (`tests/schemas/junit-10.xsd`).
//!
//! A file is a suite, a promise a case. A broken promise is a failure; one that is undecided, and a file that cannot be read,
//! an error: neither is a pass.

use super::{File, Outcome, Suite};
use crate::report::escape::markup;
use std::fmt::Write;

/// The document.
#[must_use]
pub fn write_junit(suite: &Suite<'_>) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    let mut suites = String::new();
    for file in &suite.files {
        let (n, f, e) = of_file(suite, file, &mut suites);
        tests += n;
        failures += f;
        errors += e;
    }
    let _ = writeln!(out, "<testsuites name=\"jalon\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">");
    out += &suites;
    out + "</testsuites>\n"
}

/// Writes a suite, and tells how many cases, failures and errors it holds.
fn of_file(suite: &Suite<'_>, file: &File<'_>, out: &mut String) -> (usize, usize, usize) {
    let name = markup(file.name);
    let rows = file.rows();
    let refused = usize::from(file.result.is_err());
    let count = |outcome: Outcome| rows.iter().filter(|row| row.outcome == outcome).count();
    let (tests, failures, errors) = (rows.len() + refused, count(Outcome::Broken), count(Outcome::Undecided) + refused);
    let _ = writeln!(
        out,
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\" file=\"{name}\">"
    );
    let property = |out: &mut String, name: &str, value: &str| {
        let _ = writeln!(out, "      <property name=\"{name}\" value=\"{}\"/>", markup(value));
    };
    *out += "    <properties>\n";
    property(out, "error", &suite.error.to_string());
    property(out, "seed", &suite.seed.to_string());
    if let Some(scenario) = suite.scenario {
        property(out, "scenario", scenario);
    }
    *out += "    </properties>\n";
    if file.result.is_err() {
        let said = file.refusals();
        let first = said.first().map_or("", String::as_str);
        let _ = writeln!(out, "    <testcase classname=\"{name}\" name=\"{name}\">");
        let _ = writeln!(out, "      <error type=\"journey\" message=\"{}\">{}</error>", markup(first), lines(&said));
        *out += "    </testcase>\n";
    }
    let class = file.result.as_ref().map_or_else(|_| name.clone(), |r| markup(&r.program.base.name.name));
    for row in &rows {
        let word = row.outcome.word();
        let verdict = markup(word.get(file.lang));
        let _ = writeln!(out, "    <testcase classname=\"{class}\" name=\"{}\">", markup(&row.text));
        let figure = format!("{}:{}: {} ({})", file.name, row.line, row.value, row.how_wide);
        let said: Vec<String> = std::iter::once(figure.clone()).chain(row.reasons.iter().cloned()).collect();
        let message = markup(&format!("{} ({})", row.value, row.how_wide));
        match row.outcome {
            Outcome::Kept => {
                let _ = writeln!(out, "      <system-out>{}</system-out>", markup(&figure));
            }
            Outcome::Known => {
                let _ = writeln!(out, "      <system-out>{verdict}: {}</system-out>", lines(&said));
            }
            Outcome::Broken => {
                let _ =
                    writeln!(out, "      <failure type=\"broken\" message=\"{verdict}: {message}\">{}</failure>", lines(&said));
            }
            Outcome::Undecided => {
                let _ =
                    writeln!(out, "      <error type=\"undecided\" message=\"{verdict}: {message}\">{}</error>", lines(&said));
            }
        }
        *out += "    </testcase>\n";
    }
    *out += "  </testsuite>\n";
    (tests, failures, errors)
}

fn lines(all: &[String]) -> String {
    all.iter().map(|line| markup(line)).collect::<Vec<_>>().join("\n")
}

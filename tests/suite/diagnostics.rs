//! Fixtures of findings: `tests/diagnostics/<code>-<slug>/<case>.journey` with its page beside it.
//!
//! Each is asserted twice: a comment `//~ J0203` on a line asks for a finding of that code whose label falls on the line (and
//! nothing may be found that is not asked for), and the page of these findings, in both languages, is a snapshot. Notes count
//! only in the folder of a code that is one, and only those of that code. `JALON_BLESS=1` writes the pages; read them before
//! committing.

use super::support::{Nothing, files, root};
use jalon::compile::compile;
use jalon::diagnostics::{Code, Diagnostic, Severity, Sources, render_human};
use jalon::locale::Lang;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn every_fixture_gives_its_findings_and_its_page() {
    let fixtures = files("tests/diagnostics", "journey");
    assert!(fixtures.len() >= 20, "only {} fixtures", fixtures.len());
    let mut wrong = Vec::new();
    for fixture in fixtures {
        let name = fixture.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&fixture).unwrap();
        let folder = fixture.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let about = folder.split('-').next().and_then(Code::from_number);
        let about = about.unwrap_or_else(|| panic!("{folder} is named after no code"));

        let mut compiled = compile(&name, text.clone(), &Nothing);
        let counts = |d: &Diagnostic| d.severity != Severity::Note || (about.severity() == Severity::Note && d.code == about);
        compiled.diagnostics.retain(counts);
        let line = |d: &Diagnostic| compiled.sources.get(d.span().file).position(d.span().start).line as usize;
        let found: BTreeSet<(String, usize)> =
            compiled.diagnostics.iter().map(|d| (d.code.number().to_owned(), line(d))).collect();
        let asked: BTreeSet<(String, usize)> = text
            .lines()
            .enumerate()
            .filter_map(|(i, line)| Some((line.split_once("//~ ")?.1, i)))
            .flat_map(|(codes, i)| codes.split_whitespace().map(move |c| (c.to_owned(), i + 1)))
            .collect();
        if found != asked {
            wrong.push(format!("{name}: asked for {asked:?}, found {found:?}"));
        }

        let page = page(&compiled.diagnostics, &compiled.sources);
        let beside = fixture.with_extension("stderr");
        if std::env::var_os("JALON_BLESS").is_some() {
            fs::write(&beside, &page).unwrap();
        }
        let kept = fs::read_to_string(&beside).unwrap_or_default();
        if kept != page {
            wrong.push(format!("{name}: the page differs\n--- kept\n{kept}\n--- now\n{page}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What people read, in English and in French.
fn page(findings: &[Diagnostic], sources: &Sources) -> String {
    [Lang::En, Lang::Fr].map(|lang| render_human(findings, sources, lang, false)).concat()
}

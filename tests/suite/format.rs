//! `jalon fmt` keeps its word: the same meaning, every comment, one form, and nothing to do the second time.

#[path = "format/spread.rs"]
mod spread;

use super::docs::blocks;
use super::support::{files, root};
use jalon::compile::compile;
use jalon::diagnostics::{FileId, Sources};
use jalon::resolve::{LoadError, Loader, Resolved, resolve};
use jalon::syntax::{format, parse};
use proptest::prelude::*;
use spread::{Liberties, comments, spread};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// Journeys that read: their names and texts.
static JOURNEYS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let read = |folder: &str| files(folder, "journey");
    let folders = ["specs", "tests/exact", "tests/fixtures", "tests/format", "tests/diagnostics"];
    let named = |path: std::path::PathBuf| (path.display().to_string(), fs::read_to_string(&path).unwrap());
    folders.into_iter().flat_map(read).map(named).filter(|(_, text)| tree(text).is_some()).collect()
});

fn formatted(text: &str) -> String {
    format(FileId(0), text).unwrap_or_else(|found| panic!("{text}\n{found:#?}"))
}

/// What a text says, as its tree: places apart. None if it does not read cleanly.
fn tree(text: &str) -> Option<String> {
    let mut found = Vec::new();
    let tree = parse(FileId(0), text, &mut found);
    found.is_empty().then(|| without_places(&format!("{tree:?}")))
}

/// What a text means: the resolved program without its places, and the codes of what is wrong with it.
fn meaning(text: &str) -> (String, Vec<&'static str>) {
    let mut sources = Sources::default();
    let file = sources.add("a.journey", text);
    let mut found = Vec::new();
    let mut program = resolve(file, &mut sources, &Alone, &mut found);
    if let Resolved::Part(_, holes) = &mut program {
        // Which words stand beside a mistake hangs on where lines end.
        holes.words.clear();
    }
    let mut codes: Vec<_> = found.iter().map(|d| d.code.number()).collect();
    codes.sort_unstable();
    let shown = without_places(&format!("{program:?}"));
    ([" text: \"", " printed: \""].iter().fold(shown, |shown, field| without(field, &shown)), codes)
}

/// A debug form without the words in which promises are quoted: those are the author's, blanks and all.
fn without(field: &str, shown: &str) -> String {
    let mut parts = shown.split(field);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        let mut ends = part.match_indices('"').filter(|(at, _)| !part[..*at].ends_with('\\'));
        all + ends.next().map_or("", |(at, _)| &part[at + 1..])
    })
}

/// A debug form without its spans.
fn without_places(shown: &str) -> String {
    let mut parts = shown.split("Span {");
    let first = parts.next().unwrap_or_default().to_owned();
    // `Span { file: FileId(0), start: 1, end: 2 }`
    parts.fold(first, |all, part| all + part.split_once('}').map_or("", |(_, rest)| rest))
}

struct Alone;

impl Loader for Alone {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

/// Fails where two debug forms part, showing the place.
fn assert_same(before: &str, after: &str, name: &str, form: &str) {
    if before == after {
        return;
    }
    let common = before.chars().zip(after.chars()).take_while(|(one, other)| one == other).count();
    let place = |text: &str| text.chars().skip(common.saturating_sub(80)).take(200).collect::<String>();
    panic!("{name} does not say the same\n{}\n{}\n-----\n{form}", place(before), place(after));
}

/// Fails unless the form of a text is a form of the same.
fn check(name: &str, text: &str) -> String {
    let form = formatted(text);
    assert_same(tree(text).as_deref().unwrap_or_default(), tree(&form).as_deref().unwrap_or_default(), name, &form);
    let ((program, codes), (program_then, codes_then)) = (meaning(text), meaning(&form));
    assert_same(&program, &program_then, name, &form);
    assert_eq!(codes, codes_then, "{name}\n{form}");
    assert_eq!(comments(text), comments(&form), "{name} has other comments\n{text}\n-----\n{form}");
    let again = formatted(&form);
    assert_eq!(again, form, "{name} is not done\n{text}");
    let rows: Vec<&str> = form.split('\n').collect();
    assert!(form.is_empty() || form.ends_with('\n') && !form.ends_with("\n\n"), "{name} ends badly\n{form}");
    assert!(!form.starts_with('\n') && !form.contains('\r') && !form.contains("\n\n\n"), "{name}\n{form}");
    for pair in rows.windows(2) {
        assert_eq!(pair[0], pair[0].trim_end(), "{name} has blanks at a line's end");
        assert!(!(pair[0].ends_with('{') && pair[1].is_empty()), "{name} has a blank line behind `{{`\n{form}");
        assert!(!(pair[0].is_empty() && pair[1].trim_start().starts_with('}')), "{name} has a blank line before `}}`\n{form}");
    }
    form
}

#[test]
fn every_journey_keeps_its_meaning_and_its_comments() {
    assert!(JOURNEYS.len() > 100, "only {} journeys", JOURNEYS.len());
    for (name, text) in JOURNEYS.iter() {
        let form = check(name, text);
        // What checks and chains find too.
        let codes = |text: &str| compile(name, text.to_owned(), &Alone).diagnostics.iter().map(|d| d.code).collect::<Vec<_>>();
        assert_eq!(codes(text), codes(&form), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Blanks alone change nothing of the form.
    #[test]
    fn texts_that_differ_by_blanks_have_one_form(
        file in 0..JOURNEYS.len(), choices in proptest::collection::vec(any::<u8>(), 1..300), end in 0..3_usize,
    ) {
        let (name, text) = &JOURNEYS[file];
        // An exam is not read, so its words are not known.
        prop_assume!(!text.contains("\nexam ") && !text.starts_with("exam "));
        let spread = spread(text, &choices, Liberties { lines: false, end: ["\n", "\r\n", "\r"][end] });
        prop_assert_eq!(tree(&spread), tree(text), "{}: the spread text is another\n{}", name, spread);
        prop_assert_eq!(formatted(&spread), formatted(text), "{}\n{}", name, spread);
    }

    /// Broken lines, comments within them and behind everything, blank lines.
    #[test]
    fn texts_broken_and_commented_anywhere_are_kept(
        file in 0..JOURNEYS.len(), choices in proptest::collection::vec(any::<u8>(), 1..300), end in 0..3_usize,
    ) {
        let (name, text) = &JOURNEYS[file];
        let spread = spread(text, &choices, Liberties { lines: true, end: ["\n", "\r\n", "\r"][end] });
        prop_assert_eq!(tree(&spread), tree(text), "{}: the spread text is another\n{}", name, spread);
        check(name, &spread);
    }
}

/// `tests/format/<case>.journey` and what becomes of it. `JALON_BLESS=1` writes the latter; read it before committing.
#[test]
fn every_fixture_has_its_form() {
    let fixtures = files("tests/format", "journey");
    assert!(fixtures.len() >= 6, "only {} fixtures", fixtures.len());
    for fixture in fixtures {
        let form = check(&fixture.display().to_string(), &fs::read_to_string(&fixture).unwrap());
        let beside = fixture.with_extension("formatted");
        if std::env::var_os("JALON_BLESS").is_some() {
            fs::write(&beside, &form).unwrap();
        }
        assert_eq!(form, fs::read_to_string(&beside).unwrap_or_default(), "{}", fixture.display());
    }
}

#[test]
fn specs_and_pages_are_formatted() {
    for spec in files("specs", "journey") {
        let text = fs::read_to_string(&spec).unwrap();
        assert_eq!(formatted(&text), text, "{}: run `jalon fmt specs`", spec.display());
    }
    for page in ["README.md", "docs/language.md", "docs/measures.md"] {
        for (line, block) in blocks(&root().join(Path::new(page)), "journey") {
            assert_eq!(formatted(&block), block, "{page}:{line}");
        }
    }
}

#[test]
fn a_text_that_does_not_read_is_refused() {
    for text in ["journey\n", "touchpoint a on b {\n", "kpi x == 1\n", "end a \"b\n"] {
        assert!(format(FileId(0), text).is_err(), "{text}");
    }
}

#[test]
fn nothing_becomes_nothing() {
    for text in ["", "\n", "  \r\n\t\n", "\u{feff}"] {
        assert_eq!(formatted(text), "", "{text:?}");
    }
    assert_eq!(formatted("\u{feff}  // alone"), "// alone\n");
    assert_eq!(formatted("\u{feff}journey a\rlocale   fr"), "journey a\nlocale  fr\n");
}

//! What no text may do: bring the parser down, or make it point beside the text.

use super::read;
use crate::diagnostics::{Diagnostic, FileId, Span};
use crate::syntax::format;
use crate::syntax::tree::Tree;
use proptest::prelude::*;
use std::fmt::Write as _;

const JOURNEYS: &[&str] = &[
    include_str!("../../../tests/fixtures/syntax/b_roger.journey"),
    include_str!("../../../tests/fixtures/syntax/c_saas.journey"),
    include_str!("../../../tests/fixtures/syntax/g_sponsored_post.journey"),
    include_str!("../../../tests/fixtures/syntax/h_memory.journey"),
    include_str!("../../../tests/fixtures/syntax/i_exam.journey"),
];

const MARKS: &[&str] = &[
    "{",
    "}",
    "\"",
    "(",
    ")",
    ",",
    "->",
    "\n",
    "//",
    "=",
    "==",
    "0,05",
    "-",
    "..",
    "%",
    " when ",
    " for ",
    " touchpoint ",
    "é",
    "“",
    "»",
    "€",
    "…",
    " of ",
    "_",
    "\u{a0}",
    "\r",
    "\t",
    "\\",
    "not ",
    "+",
    "≥",
    "'",
    ",\n\n  cost ",
    "=\r\n\n",
    " // x\n",
];

/// Fails if a span of a tree or of a finding ends before it starts, lies outside the text or cuts a character.
fn check(text: &str) -> (Tree, Vec<Diagnostic>) {
    let (tree, diagnostics) = read(text);
    let holds = |span: Span| {
        let (start, end) = (span.start as usize, span.end as usize);
        start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)
    };
    for found in &diagnostics {
        assert!(found.labels.iter().all(|label| holds(label.span)), "{text:?}\n{found:?}");
        assert!(found.help.iter().filter_map(|help| help.edit.as_ref()).all(|edit| holds(edit.span)), "{text:?}\n{found:?}");
        assert!(!found.message.en.is_empty() && !found.message.fr.is_empty());
    }
    let shown = format!("{tree:?}");
    for span in shown.split("Span { file: FileId(0), start: ").skip(1) {
        let numbers: Vec<u32> =
            span.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).take(2).map(|n| n.parse().unwrap()).collect();
        let span = Span { start: numbers[0], end: numbers[1], ..Span::default() };
        assert!(holds(span), "{text:?}\n{span:?}");
    }
    check_form(text, &shown);
    (tree, diagnostics)
}

/// Fails if a text has a form that says something else, or has another form.
fn check_form(text: &str, tree: &str) {
    let Ok(form) = format(FileId(0), text) else { return };
    let (of_form, found) = read(&form);
    assert!(found.is_empty(), "{text:?}\n{form:?}\n{found:?}");
    assert_eq!(without_places(tree), without_places(&format!("{of_form:?}")), "{text:?}\n{form:?}");
    assert_eq!(format(FileId(0), &form).as_deref(), Ok(form.as_str()), "{text:?}");
}

/// A debug form without its spans.
fn without_places(shown: &str) -> String {
    let mut parts = shown.split("Span {");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once('}').map_or("", |(_, rest)| rest))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_bytes_that_are_text(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_words_of_the_language(words in proptest::collection::vec(0..MARKS.len() + 60, 0..80)) {
        let known: Vec<&str> = JOURNEYS[2].split_whitespace().take(60).collect();
        let text: String = words.iter().map(|i| MARKS.get(*i).copied().unwrap_or_else(|| known[i - MARKS.len()])).fold(
            String::new(),
            |mut text, word| {
                let _ = write!(text, "{word} ");
                text
            },
        );
        check(&text);
    }

    #[test]
    fn journeys_with_a_cut_or_an_insertion(
        file in 0..JOURNEYS.len(), at in 0.0..1.0_f64, length in 0_usize..12, mark in proptest::option::of(0..MARKS.len()),
    ) {
        let text = JOURNEYS[file];
        let floor = |mut at: usize| { while !text.is_char_boundary(at) { at -= 1; } at };
        let start = floor((at * text.len() as f64) as usize);
        let end = floor((start + length).min(text.len())).max(start);
        check(&format!("{}{}{}", &text[..start], mark.map_or("", |mark| MARKS[mark]), &text[end..]));
    }

    /// An exam takes any line: these are texts that read.
    #[test]
    fn any_lines_of_an_exam(lines in proptest::collection::vec(proptest::collection::vec(0..MARKS.len() + 3, 0..6), 0..4)) {
        let word = |i: &usize| MARKS.get(*i).copied().unwrap_or(["vary", "12", "and"][i % 3]);
        let line = |line: &Vec<usize>| line.iter().map(word).collect::<Vec<_>>().concat();
        check(&format!("exam a {{\n{}\n}}\n", lines.iter().map(line).collect::<Vec<_>>().join("\n")));
    }

    #[test]
    fn journeys_cut_short(file in 0..JOURNEYS.len(), at in 0.0..1.0_f64) {
        let text = JOURNEYS[file];
        let mut end = (at * text.len() as f64) as usize;
        while !text.is_char_boundary(end) { end -= 1; }
        check(&text[..end]);
    }
}

#[test]
fn depth_without_end_is_told_and_not_fatal() {
    let many = 100_000;
    let enough = 20_000;
    for (open, close, many) in [
        ("(", ")", many),
        ("not ", "", many),
        ("f(", ")", enough),
        ("1 + ", "", enough),
        ("not (", ")", enough),
        ("mean(", ")", enough),
        ("a and ", "", enough),
    ] {
        for line in [
            format!("param x = {}1{}", open.repeat(many), close.repeat(many)),
            format!("kpi x = {}1{}", open.repeat(many), close.repeat(many)),
        ] {
            let (tree, found) = check(&format!("locale fr\n{line}\ncurrency EUR\n"));
            assert_eq!(found.len(), 1, "{open} {}", &line[..20]);
            assert_eq!(tree.items.len(), 3);
        }
    }
    for (guard, count) in [("(", many), ("not ", many), ("a or ", enough), ("not (", enough)] {
        let close = if guard.ends_with('(') { ")".repeat(count) } else { String::new() };
        let text = format!("touchpoint x on y {{\n  -> a when {}b{close}\n  -> b\n}}\n", guard.repeat(count));
        assert_eq!(check(&text).1.len(), 1, "{guard}");
    }
    check(&format!("param x = {}1\n", "- ".repeat(many)));
    for text in ["{".repeat(many), "}\n".repeat(3), "stage a {\n".repeat(many / 10), "\"".repeat(many), "a {".repeat(many)] {
        assert!(!check(&text).1.is_empty());
    }
}

#[test]
fn nesting_is_read_up_to_its_limit_on_a_small_stack() {
    let nested = |depth: usize| format!("param x = {}1{}\n", "(".repeat(depth), ")".repeat(depth));
    let measure = |depth: usize| format!("kpi x = {}1{}\n", "mean(".repeat(depth), ")".repeat(depth));
    let guard = |depth: usize| format!("touchpoint x on y {{\n  -> a when {}b{}\n}}\n", "(".repeat(depth), ")".repeat(depth));
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
        assert!(read(&nested(255)).1.is_empty());
        assert!(read(&measure(255)).1.is_empty());
        assert!(read(&guard(255)).1.is_empty());
        let codes = |text: &str| read(text).1.iter().map(|d| d.code.number()).collect::<Vec<_>>();
        assert_eq!(codes(&nested(257)), ["J0010"]);
        assert_eq!(codes(&measure(257)), ["J0010"]);
        assert_eq!(codes(&guard(257)), ["J0010"]);
    });
    thread.unwrap().join().unwrap();
}

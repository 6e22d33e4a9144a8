//! SARIF 2.1.0, for code scanning.
//!
//! Columns are characters (`columnKind: unicodeCodePoints`). A result's fingerprint is made of its code, the text of its line
//! and how many like it came before, and of nothing that moves when lines do.

use super::{Code, Diagnostic, Edit, Severity, Source, Sources, Span};
use crate::locale::{Lang, Words};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::fmt::Write;

/// What says how the document is made.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The whole document.
#[must_use]
pub fn view(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang) -> Value {
    let mut rules: Vec<Code> = diagnostics.iter().map(|d| d.code).collect();
    rules.sort();
    rules.dedup();
    let mut met = HashMap::new();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|d| {
            let like = fingerprint(d, sources);
            let before = met.entry(like).or_insert(0_u32);
            *before += 1;
            result(d, &rules, &format!("{like:016x}:{before}"), sources, lang)
        })
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "jalon",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|c| rule(*c)).collect::<Vec<_>>(),
            } },
            "language": lang.code(),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A code with its page: what it means, an example, how to mend it.
fn rule(code: Code) -> Value {
    let page = code.page();
    let (title, rest) = page.split_once('\n').unwrap_or((page, ""));
    let title = title.trim_start_matches("# ").trim_start_matches(code.number()).trim();
    let meaning = rest.trim_start().split("\n\n").next().unwrap_or_default().replace('\n', " ");
    json!({
        "id": code.number(),
        "name": code.slug(),
        "shortDescription": { "text": title },
        "fullDescription": { "text": meaning },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(diagnostic: &Diagnostic, rules: &[Code], fingerprint: &str, sources: &Sources, lang: Lang) -> Value {
    let location = |span: Span, text: &Words| {
        let mut location = Map::from_iter([("physicalLocation".to_owned(), physical(span, sources))]);
        if !text.is_empty() {
            location.insert("message".to_owned(), message(text.get(lang)));
        }
        location
    };
    let related = diagnostic.labels.iter().enumerate().skip(1).map(|(id, label)| {
        let mut location = location(label.span, &label.text);
        location.insert("id".to_owned(), json!(id));
        Value::Object(location)
    });
    let fixes = diagnostic.help.iter().filter_map(|h| Some(fix(h.text.get(lang), h.edit.as_ref()?, sources)));
    let primary = &diagnostic.labels[0];
    json!({
        "ruleId": diagnostic.code.number(),
        "ruleIndex": rules.binary_search(&diagnostic.code).unwrap_or_default(),
        "level": level(diagnostic.severity),
        "message": message(&said(diagnostic, lang)),
        "locations": [location(primary.span, &primary.text)],
        "relatedLocations": related.collect::<Vec<_>>(),
        "fixes": fixes.collect::<Vec<_>>(),
        // The second name is the one that GitHub's code scanning looks for.
        "partialFingerprints": { "jalonLine/v1": fingerprint, "primaryLocationLineHash": fingerprint },
    })
}

/// What is wrong, why, and what to do.
fn said(diagnostic: &Diagnostic, lang: Lang) -> String {
    let mut text = diagnostic.message.get(lang).to_owned();
    for note in &diagnostic.notes {
        let _ = write!(text, "\nnote{} {}", lang.pick(":", "\u{a0}:"), note.get(lang));
    }
    for help in &diagnostic.help {
        let _ = write!(text, "\n{} {}", lang.pick("help:", "aide\u{a0}:"), help.text.get(lang));
    }
    text
}

/// `[words](target)` would be a link.
fn message(text: &str) -> Value {
    let text = if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text.to_owned() };
    json!({ "text": text })
}

fn fix(text: &str, edit: &Edit, sources: &Sources) -> Value {
    let source = sources.get(edit.span.file);
    json!({
        "description": message(text),
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&source.name) },
            "replacements": [{
                "deletedRegion": region(edit.span, source),
                "insertedContent": { "text": edit.replacement },
            }],
        }],
        "properties": { "safe": edit.safe },
    })
}

fn physical(span: Span, sources: &Sources) -> Value {
    let source = sources.get(span.file);
    json!({ "artifactLocation": { "uri": uri(&source.name) }, "region": region(span, source) })
}

/// Lines and columns from 1; the end column is that of the place right after the region.
fn region(span: Span, source: &Source) -> Value {
    let (from, to) = (source.position(span.start), source.position(span.end.max(span.start)));
    json!({ "startLine": from.line, "startColumn": from.column, "endLine": to.line, "endColumn": to.column })
}

/// A path as a reference that a URI may be: relative if the path is, `/` between its parts, the rest percent-encoded (RFC 3986).
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    if path == "<stdin>" {
        return "stdin".to_owned();
    }
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if path.as_bytes().get(1) == Some(&b':') {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// A hash of the code and of the words of the line.
fn fingerprint(diagnostic: &Diagnostic, sources: &Sources) -> u64 {
    let span = diagnostic.span();
    let source = sources.get(span.file);
    let line = source.line(source.position(span.start).line);
    let words = std::iter::once(diagnostic.code.number()).chain(line.split_whitespace());
    fnv_1a(words.flat_map(|word| word.bytes().chain([b' '])))
}

/// FNV-1a, 64 bits (Fowler, Noll and Vo).
fn fnv_1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    fn found(text: &str, at: &[usize]) -> (Sources, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let file = sources.add("a b/é.journey", text);
        let one =
            |at: &usize| Diagnostic::new(Code::Unreachable, Span::new(file, *at, at + 1), words!("`[a](b)` {{", "`[a](b)` {{"));
        (sources, at.iter().map(one).collect())
    }

    fn fingerprints(text: &str, at: &[usize]) -> Vec<Value> {
        let (sources, found) = found(text, at);
        let document = view(&found, &sources, Lang::En);
        let results = document["runs"][0]["results"].as_array().unwrap().clone();
        results.iter().map(|r| r["partialFingerprints"]["jalonLine/v1"].clone()).collect()
    }

    #[test]
    fn fingerprints_stay_when_lines_move_and_differ_where_findings_do() {
        let first = fingerprints("\ttouchpoint a\nb\nb\n", &[1, 14, 16]);
        assert_eq!(fingerprints("// new\n\ntouchpoint   a\n b\n\nb\n", &[8, 24, 27]), first);
        assert_eq!(std::collections::BTreeSet::from_iter(first.iter().map(Value::to_string)).len(), 3);
        assert_ne!(fingerprints("touchpoint b\n", &[0])[0], first[0]);
    }

    /// From the test vectors of the algorithm's authors.
    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv_1a("".bytes()), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv_1a("a".bytes()), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv_1a("foobar".bytes()), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn places_are_references_and_messages_hold_no_links() {
        let (sources, found) = found("日本x", &[6]);
        let result = &view(&found, &sources, Lang::En)["runs"][0]["results"][0];
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20b/%C3%A9.journey");
        assert_eq!(place["region"], json!({ "startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4 }));
        assert_eq!(result["message"]["text"], "`\\[a\\](b)` {");
        for (path, expected) in [("/a/b", "file:///a/b"), ("./a", "a"), ("C:\\a", "file:///C%3A/a"), ("<stdin>", "stdin")] {
            assert_eq!(uri(path), expected);
        }
    }
}

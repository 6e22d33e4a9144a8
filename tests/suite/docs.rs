//! What is written runs: every journey in README and docs, every example of a finding, every command of the README.

use super::support::{files, jalon, json, root};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

/// The fenced blocks of a page that are marked with a word: line and text.
pub(crate) fn blocks(page: &Path, word: &str) -> Vec<(usize, String)> {
    let text = fs::read_to_string(page).unwrap();
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (i, line) in text.lines().enumerate() {
        match &mut open {
            None if line.trim() == format!("```{word}") => open = Some((i + 2, String::new())),
            None => {}
            Some(_) if line.trim() == "```" => found.extend(open.take()),
            Some((_, block)) => {
                block.push_str(line);
                block.push('\n');
            }
        }
    }
    found
}

/// The findings about a text: code and severity.
fn findings(text: &str) -> Vec<(String, String)> {
    let mut child = jalon()
        .args(["check", "-", "--format", "json"])
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let value = json(&child.wait_with_output().unwrap());
    let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
    value["diagnostics"].as_array().unwrap().iter().map(|d| (text(&d["code"]), text(&d["severity"]))).collect()
}

#[test]
fn every_journey_in_the_pages_checks_clean() {
    let pages = [
        root().join("README.md"),
        root().join("docs/language.md"),
        root().join("docs/measures.md"),
        root().join("docs/findings.md"),
    ];
    let mut checked = 0;
    for page in pages {
        for (line, block) in blocks(&page, "journey") {
            let bad: Vec<_> = findings(&block).into_iter().filter(|(_, severity)| severity != "note").collect();
            assert!(bad.is_empty(), "{}:{line}: {bad:?}\n{block}", page.display());
            checked += 1;
        }
    }
    assert!(checked > 10, "only {checked} blocks");
}

/// A code that the check of one file's text cannot fire has its example in words.
const IN_WORDS: [&str; 9] = ["J0001", "J0002", "J0019", "J0105", "J0106", "J0501", "J0502", "J0901", "J0902"];

#[test]
fn every_code_has_a_page_whose_example_fires_it() {
    let pages = files("docs/diagnostics", "md");
    assert_eq!(pages.len(), jalon::diagnostics::Code::ALL.len());
    for code in jalon::diagnostics::Code::ALL {
        let page_code = code.number();
        let page = root().join(format!("docs/diagnostics/{page_code}.md"));
        let title = fs::read_to_string(&page).unwrap();
        assert!(title.starts_with(&format!("# {} ", code.number())), "{}", page.display());
        if IN_WORDS.contains(&code.number()) {
            continue;
        }
        let examples = blocks(&page, "journey");
        assert!(!examples.is_empty(), "{} shows no example", page.display());
        for (line, example) in examples {
            let counts = |code: &str, severity: &str| severity != "note" || code == page_code;
            let codes: Vec<_> = findings(&example).into_iter().filter(|(c, s)| counts(c, s)).map(|(code, _)| code).collect();
            assert_eq!(codes.first().map(String::as_str), Some(code.number()), "{}:{line}: {codes:?}", page.display());
        }
    }
}

/// The two commands that the README promises stand in it, and the first is one that the other tests run.
#[test]
fn the_commands_of_the_readme_stand() {
    let readme = root().join("README.md");
    let commands: String = blocks(&readme, "sh").into_iter().map(|(_, block)| block).collect();
    assert!(commands.contains("cargo run --release -- run specs/campaign/sponsored_post.journey"));
    assert!(commands.contains("scripts/test"));
    let mut run = 0;
    for line in commands.lines().filter_map(|l| l.strip_prefix("cargo run --release -- ").or_else(|| l.strip_prefix("jalon "))) {
        let line = line.split('#').next().unwrap_or_default();
        let folder = tempfile::tempdir().unwrap();
        // What stands between quotes is one argument.
        let pieces = line.split('\'').enumerate();
        let mut arguments: Vec<&str> =
            pieces.flat_map(|(i, piece)| if i % 2 == 1 { vec![piece] } else { piece.split_whitespace().collect() }).collect();
        if arguments.first() == Some(&"run") && !arguments.contains(&"-o") {
            arguments.extend(["-o", folder.path().to_str().unwrap()]);
        }
        let output = jalon().args(&arguments).current_dir(root()).output().unwrap();
        // `solve` leaves undecided (3) what only a simulation can tell.
        let fine = output.status.success() || (arguments[0] == "solve" && output.status.code() == Some(3));
        assert!(fine, "`{line}`: {}", String::from_utf8_lossy(&output.stderr));
        run += 1;
    }
    assert!(run >= 2, "only {run} commands of the README were run");
}

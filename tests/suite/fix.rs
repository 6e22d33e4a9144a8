//! `check --fix`: safe edits are safe, files are written whole, nothing else is touched.

use super::support::{Nothing, compiled, files, jalon, piped, root, stderr, stdout};
use jalon::compile::compile;
use jalon::diagnostics::{Code, Diagnostic, Severity, mended, safe_edits};
use std::fs;
use std::path::Path;
use std::process::Output;

fn count(findings: &[Diagnostic], code: Code) -> usize {
    findings.iter().filter(|d| d.code == code).count()
}

fn errors(findings: &[Diagnostic]) -> usize {
    findings.iter().filter(|d| d.severity == Severity::Error).count()
}

/// The examples of the pages and the fixtures, and slips that only a test writes.
fn texts() -> Vec<(String, String)> {
    let fixtures = files("tests/diagnostics", "journey").into_iter().chain(files("tests/fixtures", "journey"));
    let mut texts: Vec<(String, String)> =
        fixtures.map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect();
    for page in files("docs/diagnostics", "md") {
        let text = fs::read_to_string(&page).unwrap();
        let blocks = text.split("```journey\n").skip(1).filter_map(|b| b.split("\n```").next());
        texts.extend(blocks.map(|b| (page.display().to_string(), b.to_owned())));
    }
    texts.push(("a long arrow".to_owned(), with("").replace("-> out", "--> out")));
    texts.extend(SLIPS.iter().map(|slip| ((*slip).to_owned(), with(slip))));
    texts
}

/// A journey with a line of its touchpoint.
fn with(line: &str) -> String {
    format!(
        "journey a\ncurrency EUR\npersona p\nchannel web digital owned\ngoal order\nend out\narrive 1000 at page\n\
         touchpoint page on web {{\n  {line}\n  -> out\n}}\nkpi k = rate(order)\n"
    )
}

const SLIPS: [&str; 13] = [
    "takes 1,5 min",
    "takes .5 min",
    "cost 0,05 €",
    "cost 59€;",
    "does “compares”",
    "does «compare»",
    "# a comment",
    "-- a comment",
    "reach order; cost 3 EUR",
    "cost 10 000 EUR",
    "takes 3 min effort 2",
    "feel −1 \"dear\"",
    "takes 1…2 min",
];

#[test]
fn every_safe_edit_takes_its_finding_away() {
    let mut tried = 0;
    for (name, text) in texts() {
        let before = compile(&name, text.clone(), &Nothing);
        for diagnostic in &before.diagnostics {
            let one = std::slice::from_ref(diagnostic);
            let edits = safe_edits(one);
            if edits.is_empty() {
                continue;
            }
            let after = mended(before.sources.get(edits[0].span.file), &edits);
            let found = compile(&name, after.clone(), &Nothing).diagnostics;
            let (old, new) = (count(&before.diagnostics, diagnostic.code), count(&found, diagnostic.code));
            assert!(new < old, "{name}: {} {old} → {new}\n{after}", diagnostic.code.number());
            // Warnings may come up that only a sound journey is looked through for.
            assert!(errors(&found) <= errors(&before.diagnostics), "{name}: something else is wrong now\n{after}\n{found:#?}");
            tried += 1;
        }
    }
    assert!(tried >= 20, "only {tried} safe edits were tried");
}

/// What must not be mended unseen: each may mean something else.
#[test]
fn what_may_mean_two_things_is_left_to_the_author() {
    for line in [
        "cost 1,000 EUR",
        "takes 10–20 min",
        "takes uniform(1,5 min)",
        "cost 5 $",
        "-> out 90",
        "does “compares",
        "goal cost",
        "/* takes 3 min",
        "-> out 50% takes 3 min",
    ] {
        let text = with(line);
        let found = compile("a", text, &Nothing);
        let at = |d: &Diagnostic| found.sources.get(d.span().file).position(d.span().start).line;
        let own: Vec<Diagnostic> = found.diagnostics.iter().filter(|d| at(d) == 9).cloned().collect();
        assert!(!own.is_empty(), "{line}");
        assert!(safe_edits(&own).is_empty(), "{line}: {own:#?}");
    }
}

#[test]
fn repeated_mending_comes_to_an_end() {
    for (name, text) in texts() {
        let mut now = text;
        for round in 0.. {
            assert!(round < 10, "{name} is never mended:\n{now}");
            let found = compile(&name, now.clone(), &Nothing);
            let edits = safe_edits(&found.diagnostics);
            if edits.is_empty() {
                break;
            }
            now = mended(found.sources.get(edits[0].span.file), &edits);
        }
    }
}

fn fix(path: &Path, more: &[&str]) -> Output {
    jalon().args(["check", path.to_str().unwrap(), "--fix", "--lang", "en"]).args(more).output().unwrap()
}

#[test]
fn files_are_mended_and_the_diff_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("lib")).unwrap();
    let (main, lib) = (folder.path().join("main.journey"), folder.path().join("lib/web.journey"));
    fs::write(&lib, "library web\r\nchannel shop digital owned {\r\n  cost 0,07 EUR\r\n}\r\n").unwrap();
    fs::write(&main, with("cost 0,05 EUR; reach order").replace("channel web", "include \"lib/web.journey\"\nchannel web"))
        .unwrap();
    let output = fix(&main, &[]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    let diff = stdout(&output);
    for line in ["-  cost 0,05 EUR; reach order\n", "+  cost 0.05 EUR\n", "+  reach order\n", "@@ "] {
        assert!(diff.contains(line), "{line:?} is not in\n{diff}");
    }
    assert!(fs::read_to_string(&lib).unwrap().contains("  cost 0.07 EUR\r\n"));
    assert!(fs::read_to_string(&main).unwrap().contains("  cost 0.05 EUR\n  reach order\n"));
    assert!(stderr(&output).contains("3 changes made"), "{}", stderr(&output));
    let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["lib", "main.journey"]);
    // Nothing is left to do.
    let again = fix(&main, &[]);
    assert_eq!((stdout(&again).as_str(), again.status.code()), ("", Some(0)));
}

#[test]
fn what_is_left_is_said_and_counts() {
    let folder = tempfile::tempdir().unwrap();
    let main = folder.path().join("main.journey");
    fs::write(&main, with("takes 1,5 min").replace("rate(order)", "rate(nothing)")).unwrap();
    let output = fix(&main, &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes: Vec<_> = value["diagnostics"].as_array().unwrap().iter().filter(|d| d["severity"] == "error").collect();
    assert_eq!((codes.len(), &codes[0]["code"]), (1, &"J0101".into()), "{value:#}");
    assert!(stderr(&output).contains("+  takes 1.5 min"), "{}", stderr(&output));
}

#[test]
fn standard_input_is_mended_onto_standard_output() {
    let output = piped(&["check", "-", "--fix"], with("takes 1,5 min").as_bytes());
    assert_eq!((stdout(&output), output.status.code()), (with("takes 1.5 min"), Some(0)), "{}", stderr(&output));
    let untouched = piped(&["check", "-", "--fix"], b"journey a // no line end");
    assert_eq!(stdout(&untouched), "journey a // no line end");
    assert_eq!(piped(&["check", "-", "--fix", "--format", "json"], b"journey a").status.code(), Some(2));
}

#[test]
fn an_allow_keeps_its_finding_and_its_fix_away() {
    let text = "journey a\n// jalon: allow(J0305) because x\nend out\n";
    let has = |text: &str| text.contains("jalon: allow");
    let journey =
        format!("{text}persona p\nchannel web digital owned\narrive 9 at page\ntouchpoint page on web {{\n  -> out\n}}\n");
    assert!(!has(&stdout(&piped(&["check", "-", "--fix"], journey.as_bytes()))));
    assert!(has(&stdout(&piped(&["check", "-", "--fix", "--allow", "J0020"], journey.as_bytes()))));
}

#[cfg(unix)]
#[test]
fn links_out_and_read_only_folders_are_left_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("journeys");
    fs::create_dir(&folder).unwrap();
    let (real, link) = (outer.path().join("real.journey"), folder.join("link.journey"));
    let text = with("takes 1,5 min");
    fs::write(&real, &text).unwrap();
    symlink(&real, &link).unwrap();
    let output = fix(&link, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&real).unwrap(), text);
    // A link beside its file stays a link, and permissions stay what they were.
    let (real, link) = (folder.join("real.journey"), folder.join("beside.journey"));
    fs::write(&real, &text).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, &link).unwrap();
    assert_eq!(fix(&link, &[]).status.code(), Some(0));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&real).unwrap().contains("takes 1.5 min"));
}

/// The specs have nothing to mend, and stay as they are.
#[test]
fn what_is_sound_is_left_alone() {
    for spec in files("specs", "journey") {
        let (text, found) = compiled(&spec);
        assert!(safe_edits(&found.diagnostics).is_empty(), "{}", spec.display());
        assert_eq!(text, fs::read_to_string(root().join(&spec)).unwrap());
    }
}

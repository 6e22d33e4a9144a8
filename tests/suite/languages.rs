//! Both languages, everywhere: no sentence is missing in either.

use super::support::{compiled, files, jalon, piped, root, run, stderr};
use jalon::diagnostics::Diagnostic;
use jalon::locale::Words;
use std::collections::BTreeSet;
use std::fs;

/// The words of a text that are not the author's: what stands between backticks is his.
fn own_words(text: &str) -> Vec<String> {
    let said: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    said.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 3).map(str::to_lowercase).collect()
}

fn all_words(diagnostic: &Diagnostic) -> impl Iterator<Item = &Words> {
    let labels = diagnostic.labels.iter().map(|l| &l.text);
    std::iter::once(&diagnostic.message).chain(labels).chain(&diagnostic.notes).chain(diagnostic.help.iter().map(|h| &h.text))
}

fn check(words: &Words, place: &str) {
    assert_eq!(words.en.trim().is_empty(), words.fr.trim().is_empty(), "{place}: {words:?}");
    let differ = words.en != words.fr || own_words(&words.en).is_empty();
    assert!(differ, "{place}: the same in both languages: {words:?}");
    // Messages stand in a row with others: no line ends, no full stop, no stray blanks.
    for text in [&words.en, &words.fr] {
        assert!(!text.ends_with('.') && text.trim() == text && !text.contains("  ") && !text.contains("{}"), "{place}: {text:?}");
    }
    for sign in [" ;", " :", " ?", " !"] {
        assert!(!words.en.contains(sign) || words.en.contains('`'), "{place}: French spacing in English: {:?}", words.en);
    }
}

#[test]
fn no_message_of_any_fixture_is_missing_in_either_language() {
    let mut codes = BTreeSet::new();
    let folders = ["tests/diagnostics", "tests/fixtures", "specs"];
    for fixture in folders.iter().flat_map(|folder| files(folder, "journey")) {
        let (_, found) = compiled(&fixture);
        for diagnostic in &found.diagnostics {
            assert!(!diagnostic.message.is_empty(), "{}", fixture.display());
            codes.insert(diagnostic.code.number());
            all_words(diagnostic).for_each(|words| check(words, &fixture.display().to_string()));
        }
    }
    // What no text of one file brings about is told in the tests of the command.
    assert!(codes.len() >= 45, "only {codes:?}");
}

/// Two string literals behind `words!(` or `say!(`, wherever they stand in the code.
fn sentences(source: &str) -> Vec<(String, String)> {
    fn literal(text: &str) -> Option<(String, &str)> {
        let rest = text.trim_start().trim_start_matches(',').trim_start().strip_prefix('"')?;
        let mut escaped = false;
        let end = rest.find(|c| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        })?;
        Some((rest[..end].to_owned(), &rest[end + 1..]))
    }
    let calls = ["words!(", "say!("].into_iter().flat_map(|call| source.split(call).skip(1));
    calls
        .filter_map(|behind| {
            let (en, rest) = literal(behind)?;
            Some((en, literal(rest)?.0))
        })
        .collect()
}

/// `{name}` and `{name:…}`; the names that only an English or French ending needs end in `_en` or `_fr`.
fn variables(sentence: &str) -> BTreeSet<String> {
    let sentence = sentence.replace("{{", "").replace("}}", "").replace("\\u{a0}", " ").replace("\\u{202f}", " ");
    let inner = sentence.split('{').skip(1).filter_map(|s| s.split('}').next());
    inner.map(|v| v.split(':').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_sentence_of_the_code_is_written_twice_and_says_the_same_things() {
    let mut count = 0;
    for path in files("src", "rs") {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if path.components().any(|c| c.as_os_str() == "tests") {
            continue;
        }
        let code: Vec<&str> = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        for (en, fr) in sentences(&code.join("\n")) {
            count += 1;
            let place = path.strip_prefix(root()).unwrap().display();
            assert_eq!(en.is_empty(), fr.is_empty(), "{place}: {en:?} {fr:?}");
            // A language may have a form of its own of the same variable: `l_en`, `l_fr`, or `en`, `fr`.
            let same = |v: &str| v.trim_end_matches("_en").trim_end_matches("_fr").replace("fr", "en");
            let [a, b] = [&en, &fr].map(|s| variables(s).iter().map(|v| same(v)).collect::<BTreeSet<_>>());
            assert_eq!(a, b, "{place}: {en:?} and {fr:?} speak of different things");
        }
    }
    assert!(count > 300, "only {count} sentences were found");
}

#[test]
fn trouble_with_files_and_usage_is_told_in_both_languages() {
    for (arguments, en, fr) in [
        (vec!["check", "no/such.journey"], "there is no such file", "n'existe pas"),
        (vec!["run", "specs"], "it is a folder", "c'est un dossier"),
        (vec!["explain", "J0230"], "did you mean `J0203`?", "vouliez-vous dire `J0203` ?"),
        (vec!["explain", "nonsense"], "`jalon explain` lists them all", "`jalon explain` les donne tous"),
        (vec!["check", "specs/retail/julie_dress.journey", "--allow", "J0203"], "J0203 is an error", "J0203 est une erreur"),
        (vec!["solve", "specs/retail/julie_dress.journey", "--allow", "J0310x"], "there is no code", "il n'y a pas de code"),
    ] {
        for (lang, expected) in [("en", en), ("fr", fr)] {
            let output = run(&[arguments.as_slice(), &["--lang", lang]].concat());
            assert!(stderr(&output).contains(expected), "{arguments:?}: {}", stderr(&output));
            assert_eq!(output.status.code(), Some(2));
        }
    }
}

#[test]
fn the_language_is_the_one_asked_for_then_the_environments_then_the_journeys() {
    let said = |environment: &[(&str, &str)], asked: &[&str]| {
        let mut command = jalon();
        command.env_remove("LANG").envs(environment.iter().copied());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.journey");
        fs::write(&path, "journey a\nlocale fr\nkpi k = rate(nothing)\n").unwrap();
        let output = command.args(["check", path.to_str().unwrap()]).args(asked).output().unwrap();
        if stderr(&output).contains("erreur[") { "fr" } else { "en" }
    };
    for (environment, asked, expected) in [
        (&[][..], &[][..], "fr"),
        (&[("LANG", "en_GB.UTF-8")], &[], "en"),
        (&[("LANG", "en_GB.UTF-8")], &["--lang", "fr"], "fr"),
        (&[("LANG", "C.UTF-8")], &[], "fr"),
        (&[("LANG", "POSIX")], &[], "fr"),
        (&[("LANG", "de_DE")], &[], "fr"),
        (&[("LANG", "fr_FR"), ("LC_MESSAGES", "en_US")], &[], "en"),
        (&[("LC_MESSAGES", "fr_FR"), ("LC_ALL", "en_US")], &[], "en"),
        (&[("LC_ALL", ""), ("LANG", "en")], &[], "en"),
    ] {
        assert_eq!(said(environment, asked), expected, "{environment:?} {asked:?}");
    }
}

#[test]
fn byte_trouble_is_told_in_both_languages() {
    for (lang, expected) in
        [("en", "line 2 is not UTF-8 text (byte 10)"), ("fr", "la ligne 2 n'est pas du texte UTF-8 (octet 10)")]
    {
        let output = piped(&["check", "-", "--lang", lang], b"journey a\n\xff\n");
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

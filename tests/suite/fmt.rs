//! `jalon fmt` as its users meet it: files, folders, standard input, `--check`.

use super::support::{jalon, json, stderr, stdout};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

const LOOSE: &str = "journey   a \"A\"\nlocale fr\n";
const FORM: &str = "journey a \"A\"\nlocale  fr\n";
const BROKEN: &str = "journey a \"A\"\nlocale\n";

fn fmt(folder: &Path, arguments: &[&str]) -> Output {
    jalon().arg("fmt").args(arguments).current_dir(folder).output().unwrap()
}

fn piped(arguments: &[&str], text: &[u8]) -> Output {
    let mut command = jalon();
    let mut child =
        command.arg("fmt").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text).unwrap();
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {}", stderr(output)))
}

/// A folder with a file that is not formatted, and one in a folder below that is; a hidden one that nobody asks for.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("below")).unwrap();
    fs::create_dir_all(folder.path().join(".hidden")).unwrap();
    fs::write(folder.path().join("loose.journey"), LOOSE).unwrap();
    fs::write(folder.path().join("below/form.journey"), FORM).unwrap();
    fs::write(folder.path().join(".hidden/loose.journey"), LOOSE).unwrap();
    fs::write(folder.path().join("other.txt"), LOOSE).unwrap();
    folder
}

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn files_and_folders_are_rewritten_once() {
    let folder = folder();
    let at = folder.path();
    let then = fs::metadata(at.join("below/form.journey")).unwrap().modified().unwrap();
    let output = fmt(at, &["."]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
    assert_eq!(stderr(&output), "`./loose.journey` mis en forme\n");
    assert_eq!(text(at, "loose.journey"), FORM);
    assert_eq!(text(at, ".hidden/loose.journey"), LOOSE);
    assert_eq!(text(at, "other.txt"), LOOSE);
    assert_eq!(
        fs::metadata(at.join("below/form.journey")).unwrap().modified().unwrap(),
        then,
        "what is formatted is not touched"
    );
    let again = fmt(at, &[".", "loose.journey"]);
    assert_eq!((code(&again), stderr(&again).as_str()), (0, ""));
    assert_eq!(fs::read_dir(at).unwrap().count(), 4, "nothing is left beside");
}

#[test]
fn check_writes_nothing_and_shows_what_would_change() {
    let folder = folder();
    let output = fmt(folder.path(), &["--check", "loose.journey", "below", "--lang", "en"]);
    assert_eq!(code(&output), 1);
    assert_eq!(stderr(&output), "`loose.journey` is not formatted\n");
    let diff =
        "--- loose.journey\n+++ loose.journey\n@@ -1,2 +1,2 @@\n-journey   a \"A\"\n-locale fr\n+journey a \"A\"\n+locale  fr\n";
    assert_eq!(stdout(&output), diff);
    assert_eq!(text(folder.path(), "loose.journey"), LOOSE);
    assert_eq!(code(&fmt(folder.path(), &["--check", "below"])), 0);
    let document = json(&fmt(folder.path(), &["--check", "loose.journey", "--format", "json"]));
    assert_eq!(document["ok"], false);
    assert_eq!(document["changes"][0]["file"], "loose.journey");
    assert_eq!(document["changes"][0]["diff"], diff);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let output = piped(&["-"], LOOSE.as_bytes());
    assert_eq!((code(&output), stdout(&output).as_str(), stderr(&output).as_str()), (0, FORM, ""));
    assert_eq!(stdout(&piped(&["-"], FORM.as_bytes())), FORM);
    let output = piped(&["-", "--check", "--lang", "en"], LOOSE.as_bytes());
    assert_eq!((code(&output), stderr(&output).as_str()), (1, "`<stdin>` is not formatted\n"));
    assert_eq!(code(&piped(&["-", "--check"], FORM.as_bytes())), 0);
}

#[test]
fn a_file_with_errors_is_told_and_left() {
    let folder = folder();
    let at = folder.path();
    fs::write(at.join("broken.journey"), BROKEN).unwrap();
    let output = fmt(at, &["broken.journey", "loose.journey", "--lang", "en"]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("J0011") && stderr(&output).contains("broken.journey:2"), "{}", stderr(&output));
    assert_eq!(text(at, "broken.journey"), BROKEN);
    assert_eq!(text(at, "loose.journey"), FORM, "the others are formatted all the same");
    let document = json(&fmt(at, &["broken.journey", "--format", "json"]));
    assert_eq!((&document["ok"], &document["diagnostics"][0]["code"]), (&false.into(), &"J0011".into()));
    let output = piped(&["-"], BROKEN.as_bytes());
    assert_eq!((code(&output), stdout(&output).as_str()), (1, ""), "a filter gives nothing rather than half");
    let output = piped(&["-", "--lang", "en"], b"journey a\n\xff\n");
    assert!(code(&output) == 1 && stderr(&output).contains("J0001"), "{}", stderr(&output));
}

#[test]
fn wrong_usage_is_two_and_touches_nothing() {
    let folder = folder();
    let at = folder.path();
    for arguments in [&[][..], &["-", "loose.journey"], &["loose.journey", "none.journey"], &["loose.journey", ".hidden/none"]] {
        let output = fmt(at, arguments);
        assert_eq!(code(&output), 2, "{arguments:?} {}", stderr(&output));
        assert_eq!(text(at, "loose.journey"), LOOSE, "{arguments:?}");
    }
    fs::create_dir(at.join("empty")).unwrap();
    let output = fmt(at, &["empty"]);
    assert!(code(&output) == 2 && stderr(&output).contains("no `.journey` file"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let at = folder.path();
    let file = at.join("loose.journey");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("loose.journey", at.join("link.journey")).unwrap();
    assert_eq!(code(&fmt(at, &["link.journey"])), 0);
    assert!(fs::symlink_metadata(at.join("link.journey")).unwrap().is_symlink());
    assert_eq!(text(at, "loose.journey"), FORM);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    fs::write(&file, LOOSE).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    assert_eq!(code(&fmt(at, &["loose.journey"])), 2, "who may not write does not");
    assert_eq!(text(at, "loose.journey"), LOOSE);
}

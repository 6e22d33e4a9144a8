//! What the tests share: where the repository is, running the command, reading its JSON.

use jalon::compile::{Compiled, compile};
use jalon::resolve::{LoadError, Loader};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The command, in an environment that says nothing about language or colour.
pub(crate) fn jalon() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8").env("NO_COLOR", "1").env("CI", "true");
    command
}

/// Runs it with arguments and gives what it said.
pub(crate) fn run(arguments: &[&str]) -> Output {
    jalon().args(arguments).current_dir(root()).output().expect("the command starts")
}

/// Standard output of a run as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// Standard error of a run as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Standard output of a run as JSON: it must stand alone there.
pub(crate) fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}\n{}\n{}", stdout(output), stderr(output)))
}

/// All files with an extension below a folder of the repository, sorted.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    fn collect(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, extension, found);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), extension, &mut found);
    found.sort();
    found
}

/// Runs it with arguments and a text on standard input.
pub(crate) fn piped(arguments: &[&str], text: &[u8]) -> Output {
    let mut command = jalon();
    let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that refuses its arguments closes its input early.
    let _ = child.stdin.take().unwrap().write_all(text);
    child.wait_with_output().unwrap()
}

/// A file of the repository, and what is found in it alone.
pub(crate) fn compiled(path: &Path) -> (String, Compiled) {
    let text = std::fs::read_to_string(path).unwrap();
    let name = path.strip_prefix(root()).unwrap_or(path).to_str().unwrap();
    (text.clone(), compile(name, text, &Nothing))
}

/// Fixtures are one file each.
pub(crate) struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

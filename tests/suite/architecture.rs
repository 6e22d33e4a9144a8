//! The walls of the house: who may import whom, who may touch files, how long a file may get.

use super::support::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order in which `lib.rs` declares them.
fn order() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// Every source file with the module that it belongs to.
fn sources() -> Vec<(String, PathBuf, String)> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    let src = root().join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    let module = |path: &Path| {
        let below = path.strip_prefix(&src).unwrap();
        let first = below.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        first.trim_end_matches(".rs").to_owned()
    };
    files.into_iter().map(|path| (module(&path), path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

/// The code of a file: no comments, and nothing from its unit tests on.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    before_tests.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_module_imports_a_later_one() {
    let order = order();
    assert!(order.len() >= 12, "lib.rs declares the route: {order:?}");
    let place: BTreeMap<&str, usize> = order.iter().enumerate().map(|(i, m)| (m.as_str(), i)).collect();
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        let Some(own) = place.get(module.as_str()) else { continue };
        let is_test = path.components().any(|c| c.as_os_str().to_string_lossy().starts_with("tests"));
        if is_test {
            continue;
        }
        for (i, _) in code(&text).match_indices("crate::") {
            let rest = &code(&text)[i + "crate::".len()..];
            let used: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let engines = ["simulate", "solve"];
            let across = engines.contains(&module.as_str()) && engines.contains(&used.as_str()) && module != used;
            if across || place.get(used.as_str()).is_some_and(|p| p > own) {
                wrong.push(format!("{} imports crate::{used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_command_line_touches_files_clocks_and_terminals() {
    let banned = ["std::fs", "std::io", "std::time", "std::env::", "println!(", "eprintln!(", "std::process"];
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        if module == "cli" || module == "main" || path.components().any(|c| c.as_os_str() == "tests") {
            continue;
        }
        for word in banned.iter().filter(|w| code(&text).contains(**w)) {
            wrong.push(format!("{} uses {word}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<_> = sources().into_iter().filter(|(_, _, text)| text.lines().count() > 800).map(|(_, path, _)| path).collect();
    assert!(long.is_empty(), "over 800 lines: {long:?}");
}

/// What stays unfinished is said in notes and issues, not left in the code.
#[test]
fn nothing_is_left_for_later_in_the_code() {
    let words = ["todo!", "unimplemented!", "TODO", "FIXME", "XXX", "#[allow("];
    let mut wrong = Vec::new();
    for (_, path, text) in sources() {
        wrong.extend(words.iter().filter(|w| text.contains(**w)).map(|w| format!("{}: {w}", path.display())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

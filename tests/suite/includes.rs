//! Includes: files below the root file's folder, each once, and nothing else.

use super::support::{jalon, json};
use std::fs;
use std::path::Path;

const LIBRARY: &str = "library shared \"Shared\"\nchannel web \"Web\" digital owned\nend out \"Out\"\n";

fn journey(include: &str) -> String {
    format!(
        "journey small\ninclude \"{include}\"\ngoal order\narrive 100 at shop\ntouchpoint shop on web {{\n  reach order\n  -> out\n}}\n"
    )
}

/// The codes found in `main.journey` of a folder.
fn codes(folder: &Path) -> Vec<String> {
    let root = folder.join("main.journey");
    let output = jalon().args(["check", root.to_str().unwrap(), "--format", "json"]).output().unwrap();
    let value = json(&output);
    value["diagnostics"].as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_library_below_is_read_once_whoever_asks() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("lib")).unwrap();
    fs::write(folder.path().join("lib/web.journey"), format!("{LIBRARY}include \"again.journey\"\n")).unwrap();
    fs::write(folder.path().join("lib/again.journey"), "library again\ninclude \"web.journey\"\ninclude \"../main.journey\"\n")
        .unwrap();
    fs::write(folder.path().join("main.journey"), journey("lib/web.journey")).unwrap();
    assert_eq!(codes(folder.path()), Vec::<String>::new());
}

#[test]
fn what_lies_outside_is_refused_however_it_is_spelled() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("journeys");
    fs::create_dir(&folder).unwrap();
    fs::write(outer.path().join("secret.journey"), LIBRARY).unwrap();
    let absolute = outer.path().join("secret.journey");
    for include in ["../secret.journey", "./x/../../secret.journey", absolute.to_str().unwrap()] {
        fs::write(folder.join("main.journey"), journey(include)).unwrap();
        assert_eq!(codes(&folder).first().map(String::as_str), Some("J0106"), "{include}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_refused() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("journeys");
    fs::create_dir(&folder).unwrap();
    fs::write(outer.path().join("secret.journey"), LIBRARY).unwrap();
    std::os::unix::fs::symlink(outer.path().join("secret.journey"), folder.join("inside.journey")).unwrap();
    fs::write(folder.join("main.journey"), journey("inside.journey")).unwrap();
    assert_eq!(codes(&folder).first().map(String::as_str), Some("J0106"));
}

#[test]
fn what_is_not_there_and_what_is_not_a_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("lib")).unwrap();
    fs::write(folder.path().join("bytes.journey"), b"library b\n\xff\xfe\n").unwrap();
    for include in ["nowhere.journey", "lib", "bytes.journey"] {
        fs::write(folder.path().join("main.journey"), journey(include)).unwrap();
        assert_eq!(codes(folder.path()).first().map(String::as_str), Some("J0105"), "{include}");
    }
}

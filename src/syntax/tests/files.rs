//! Whole files.

use super::clean;
use std::fs;
use std::path::Path;

#[test]
fn the_journeys_of_the_language_page_and_the_six_examples_are_clean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/syntax");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 9);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let tree = clean(&text);
        assert!(!tree.items.is_empty(), "{}", file.display());
    }
}

//! Includes and libraries.

use super::{Memory, ROOT, describe};
use crate::diagnostics::{Code, Sources};
use crate::model::Program;
use crate::resolve::resolve;

fn run(root: &str, files: &[(&'static str, &'static str)]) -> (Option<Program>, Vec<(Code, String)>) {
    let mut sources = Sources::default();
    assert_eq!(sources.add("root.journey", root), ROOT);
    let mut found = Vec::new();
    let program = resolve(ROOT, &mut sources, &Memory(files.iter().copied().collect()), &mut found).whole();
    let said = found.iter().map(|d| (d.code, format!("{} {}", sources.get(d.span().file).name, describe(d, &sources)))).collect();
    (program, said)
}

const ROOT_TEXT: &str = "journey a\ninclude \"people.journey\"\narrive 10 at t\ntouchpoint t on web {\n  -> out\n}\n";

#[test]
fn an_include_stands_where_it_is_written() {
    let people = "library people\npersona julie\ninclude \"places.journey\"\nend out\n";
    let places = "library places\ninclude \"people.journey\"\nchannel web\n";
    let (program, said) = run(ROOT_TEXT, &[("people.journey", people), ("places.journey", places)]);
    assert!(said.is_empty(), "{said:?}");
    let base = program.expect("a program").base;
    assert_eq!((base.personas.len(), base.channels.len(), base.ends.len()), (1, 1, 1));
}

#[test]
fn a_file_that_is_missing_or_outside() {
    let (_, said) = run("journey a\ninclude \"nowhere.journey\"\ninclude \"../up.journey\"\nend out\narrive 1 at out\n", &[]);
    let codes: Vec<Code> = said.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes[..2], [Code::IncludeFailed, Code::IncludeOutside]);
}

#[test]
fn a_library_holds_no_arrival_and_no_promise() {
    let people = "library people\npersona julie\nchannel web\nend out\narrive mail 5 at t\nexpect rate(out) >= 1%\nclaim cost = 1 EUR\n\
                  currency EUR\n";
    let (program, said) = run(ROOT_TEXT, &[("people.journey", people)]);
    assert!(program.is_none());
    let codes: Vec<Code> = said.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [Code::NotInLibrary; 3], "{said:?}");
}

#[test]
fn one_name_in_two_files_shows_both() {
    let people = "library people\npersona t\nchannel web\nend out\n";
    let mut sources = Sources::default();
    sources.add("root.journey", ROOT_TEXT);
    let mut found = Vec::new();
    resolve(ROOT, &mut sources, &Memory([("people.journey", people)].into()), &mut found);
    let twice = found.iter().find(|d| d.code == Code::DuplicateName).expect("a duplicate");
    let files: Vec<&str> = twice.labels.iter().map(|l| sources.get(l.span.file).name.as_str()).collect();
    assert_eq!(files, ["people.journey", "root.journey"]);
}

#[test]
fn two_currencies_are_one_too_many() {
    let (_, said) = run(
        "journey a\ncurrency EUR\ninclude \"l.journey\"\nchannel web\nend out\narrive 10 at t\ntouchpoint t on web {\n  -> out\n}\n",
        &[("l.journey", "library l\ncurrency USD\n")],
    );
    assert_eq!(said[0].0, Code::RepeatedFact);
}

#[test]
fn a_file_that_is_missing_is_one_mistake() {
    let root = "journey a\ninclude \"people.journey\"\narrive 10 {\n  of julie 40%\n  of roger otherwise\n  -> t\n}\nchannel web\nend out\ntouchpoint t on web {\n  -> out 40%, coupons for julie\n  -> out otherwise\n}\n";
    let (program, said) = run(root, &[]);
    assert!(program.is_none());
    assert_eq!(said.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [Code::IncludeFailed], "{said:?}");
}

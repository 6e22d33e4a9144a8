//! Braces: where they may stand, and that a wrong one costs nothing beside it.

use super::{clean, read, told};
use crate::syntax::tree::{Change, ItemKind, Tree};

fn lines(text: &str) -> Vec<String> {
    told(text, &read(text).1).lines().map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect()
}

fn names(tree: &Tree) -> Vec<String> {
    let mut names = Vec::new();
    for item in &tree.items {
        match &item.kind {
            ItemKind::Goal(title) => names.push(title.name.text.clone()),
            ItemKind::Stage(stage) => {
                names.push(stage.title.name.text.clone());
                names.extend(
                    stage.touchpoints.iter().map(|(t, _)| format!("{}.{}", t.title.name.text, t.facts.len() + t.branches.len())),
                );
            }
            ItemKind::Touchpoint(t) => names.push(format!("{}.{}", t.title.name.text, t.facts.len() + t.branches.len())),
            ItemKind::Scenario(s) => names.push(format!("{}.{}", s.title.name.text, s.changes.len())),
            ItemKind::Persona(p) => names.push(format!("{}.{}", p.title.name.text, p.facts.len())),
            ItemKind::Memory(cells) => names.push(format!("memory.{}", cells.len())),
            ItemKind::Bad => names.push("bad".to_owned()),
            _ => names.push("other".to_owned()),
        }
    }
    names
}

#[test]
fn four_blocks_left_open_are_each_found() {
    let text = "memory {\n  flag a\npersona julie {\n  age 25\nstage s {\n  touchpoint t on web {\n    takes 1 h\n    -> u\n  touchpoint u on web {\n    -> t\n  }\ngoal g\nscenario x {\n  set a = 1%\n";
    let (tree, _) = read(text);
    assert_eq!(lines(text), ["J0005 1:1", "J0005 3:1", "J0005 5:1", "J0005 6:3", "J0005 13:1"]);
    assert_eq!(names(&tree), ["memory.1", "julie.1", "s", "t.2", "u.1", "g", "x.1"]);
}

#[test]
fn what_shows_that_a_block_was_left_open_is_pointed_at() {
    let text = "touchpoint t on web {\n  -> u\n\ngoal g \"G\"\n";
    let (_, found) = read(text);
    assert_eq!(
        told(text, &found),
        "J0005 1:1 \"touchpoint t on web {\" the block of `touchpoint t on web` is not closed: `}` is missing \"\\n}\"\n"
    );
    assert_eq!(&text[found[0].labels[1].span.range()], "goal g \"G\"");
    let edit = found[0].help[0].edit.clone().unwrap();
    assert_eq!(edit.span.range(), 28..28);
}

#[test]
fn a_scenario_left_open_does_not_swallow_the_items_after_it() {
    let text = "scenario a {\n  set x = 1%\n\ngoal g\ntouchpoint t on web {\n  -> u\n}\n";
    assert_eq!(lines(text), ["J0005 1:1"]);
    assert_eq!(names(&read(text).0), ["a.1", "g", "t.1"]);
    let text = "scenario a {\n  set x = 1%\nexpect rate(a) > 1%\nscenario b {\n  set x = 2%\n}\n";
    assert_eq!(lines(text), ["J0005 1:1"]);
    assert_eq!(names(&read(text).0), ["a.1", "other", "b.1"]);
}

#[test]
fn a_scenario_holds_items_that_take_the_place_of_others() {
    let tree = clean("scenario a \"A\" from b {\nresource tills 5\ntouchpoint t on web {\n  -> u\n}\nwithout x -> y\n}\n");
    let ItemKind::Scenario(scenario) = &tree.items[0].kind else { panic!() };
    assert_eq!(scenario.from.as_ref().unwrap().text, "b");
    assert!(matches!(&scenario.changes[..], [Change::Replace(_), Change::Replace(_), Change::Without(_, Some(_), _)]));
    assert_eq!(lines("scenario a {\n  expect rate(a) > 1%\n}\n"), ["J0015 2:3"]);
}

#[test]
fn a_block_may_stand_on_one_line() {
    clean("scenario a { set x = 95% }\nstage s { touchpoint t on web { -> u } }\nmemory { flag a }\nmemory { }\n");
    assert_eq!(lines("stage s { touchpoint t on web {\n  -> u\n  }\n}\n"), ["J0014 1:11"]);
    assert_eq!(lines("touchpoint t on web { -> u\n}\n"), ["J0014 1:23"]);
    assert_eq!(lines("memory { flag a } goal g\n"), ["J0014 1:19"]);
}

#[test]
fn an_opening_brace_may_be_forgotten_or_stand_alone() {
    let text = "touchpoint t on web\n  takes 1 h\n  -> u\n}\ngoal g\n";
    assert_eq!(lines(text), ["J0011 1:20"]);
    assert_eq!(names(&read(text).0), ["t.2", "g"]);
    let text = "touchpoint t on web\n{\n  takes 1 h\n  -> u\n}\ngoal g\n";
    assert_eq!(lines(text), ["J0003 2:1"]);
    assert_eq!(names(&read(text).0), ["t.2", "g"]);
    assert_eq!(lines("touchpoint t on web\ngoal g\n"), ["J0011 1:1"]);
}

#[test]
fn a_spoilt_head_keeps_its_block() {
    let text = "stage s \"S\" momnt zmot {\n  touchpoint t \"T\" onn web psh {\n    takes 1 h\n    -> u\n  }\n}\n";
    let (tree, _) = read(text);
    assert_eq!(lines(text), ["J0003 1:13", "J0003 2:20"]);
    assert_eq!(names(&tree), ["s", "t.2"]);
    let text = "touchpoint t on web ! {\n  tkes 1 h\n  -> u\n}\n";
    assert_eq!(lines(text), ["J0003 1:21", "J0004 2:3"]);
    assert_eq!(names(&read(text).0), ["t.2"]);
    let text = "touchpoint \"T\" on web {\n  takes 1 h\n  -> u\n}\n";
    assert_eq!(lines(text), ["J0011 1:1"]);
    assert_eq!(names(&read(text).0), ["_.2"]);
}

#[test]
fn a_line_may_go_on() {
    let tree = clean(
        "segment s = a,\n  b, // and\n  // more\n  c\nkpi k = (\n  rate(a ->\n b) +\n 1%) *\n 2\npath p = a ->\n  b ->\n  c\ntouchpoint t on web {\n  -> u when a and\n    not\n    b\n  -> v\n}\n",
    );
    assert_eq!(tree.items.len(), 4);
    let ItemKind::Segment { of, .. } = &tree.items[0].kind else { panic!() };
    assert_eq!(of.len(), 3);
    // Not where the next line is plainly another fact.
    assert_eq!(lines("param a =\nparam b = 1\n"), ["J0011 1:9"]);
    assert_eq!(lines("touchpoint t on web {\n  -> u 30%,\n  -> v\n}\n"), ["J0011 2:11"]);
    assert_eq!(lines("touchpoint t on web {\n  takes 1 h,\n  cost 1 EUR\n  -> v\n}\n"), ["J0011 2:12"]);
    let text = "touchpoint t on web {\n  takes 1 h,\n  cost 1 EUR\n  ->\n  -> v\n}\n";
    assert_eq!(lines(text), ["J0011 2:12", "J0011 4:3"]);
    assert_eq!(names(&read(text).0), ["t.3"]);
    assert_eq!(lines("touchpoint t on web {\n  takes 1 h,\n\n\n  cost 1 EUR,\n\n  -> v\n}\n"), ["J0011 2:12", "J0011 5:13"]);
}

#[test]
fn any_line_end_and_a_byte_order_mark_will_do() {
    let text = include_str!("../../../tests/fixtures/syntax/d_telecom.journey");
    let tree = clean(text);
    let windows = clean(&format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert_eq!(tree.items.len(), windows.items.len());
    let ItemKind::Journey(title) = &windows.items[0].kind else { panic!() };
    assert_eq!(title.name.span.start, 3 + 9);
    clean("goal g\u{a0}\"G\"\u{202f}\n");
}

//! The model as a whole, and journeys given again with other figures.

use super::{Memory, ROOT, SHOP, r, right, shop, value};
use crate::diagnostics::Sources;
use crate::model::{CellKind, Guard, Outcome, Presence, Share, Target, Update};
use crate::resolve::{Given, read};
use crate::syntax::tree::Comparison;

#[test]
fn the_sponsored_post_resolves() {
    let text = include_str!("sponsored_post.journey");
    let program = right(text);
    let base = &program.base;
    assert_eq!(value(base, "clicked"), r(9, 100));
    assert_eq!(value(base, "to_cart"), r(2, 45));
    assert_eq!(value(base, "convinced"), r(1, 3));
    assert_eq!(base.arrivals[0].number, r(1000, 1));
    assert_eq!(base.touchpoints.len(), 5);
    assert_eq!(program.kpis.len(), 3);
    assert_eq!((program.expectations.len(), program.claims.len()), (4, 1));
    assert_eq!(program.claims[0].step, r(1, 1000));
    assert_eq!(value(&program.scenarios[0].1, "conforming"), r(95, 100));
    assert_eq!(base.channels[0].presence, Some(Presence::Digital));
    assert_eq!(base.ends[1].outcome, Some(Outcome::Failure));
}

#[test]
fn memory_guards_and_effects() {
    let program = shop(
        "touchpoint t on web {\n  add calls 1, 2 for roger\n  set coupon when calls >= 2\n  -> out 10% when coupon and not visited(cart)\n  \
         -> lost otherwise after 1 h because \"slow\" clear coupon cost 2 EUR reach order\n}\n",
    );
    let base = &program.base;
    assert_eq!(base.memory[1].kind, CellKind::Counter { low: 0, high: 3 });
    let t = &base.touchpoints[2];
    let Update::Add(_, by) = &t.updates[0].value else { panic!("an addition") };
    assert_eq!((by.default, by.own[0].1), (1, 2));
    assert!(matches!(t.updates[1].guard.as_ref().map(|c| &c.guard), Some(Guard::Counter(_, Comparison::AtLeast, 2))));
    assert!(matches!(t.branches[0].guard.as_ref().map(|c| &c.guard), Some(Guard::And(..))));
    assert_eq!(t.branches[1].share, Share::Otherwise);
    let leave = &t.branches[1];
    assert_eq!(leave.because.as_deref(), Some("slow"));
    assert_eq!((leave.effects.updates.len(), leave.effects.reaches.len()), (1, 1));
    assert!(leave.effects.cost.is_some() && leave.after.is_some());
    assert!(matches!(leave.to, Target::End(_)));
}

#[test]
fn the_same_journey_with_other_figures() {
    let mut sources = Sources::default();
    sources.add("root.journey", format!("{SHOP}param half = odds / 2\nscenario s {{\n  set odds = 40%\n}}\n"));
    let mut found = Vec::new();
    let journey = read(ROOT, &mut sources, &Memory::default(), &mut found);
    let given = Given::from([("odds".to_owned(), r(10, 100))]);
    let program = journey.resolve(&sources, &given, &mut found).whole().expect("a program");
    assert!(found.is_empty());
    assert_eq!(value(&program.base, "half"), r(5, 100));
    assert_eq!(value(&program.scenarios[0].1, "half"), r(20, 100));
    let again = journey.resolve(&sources, &Given::new(), &mut found).whole().expect("a program");
    assert_eq!(value(&again.base, "half"), r(10, 100));
}

#[test]
fn many_touchpoints() {
    let mut text = String::from("journey big\nchannel web\nend out\narrive 1 at t0\n");
    for i in 0..10_000 {
        let next = if i == 9_999 { "out".to_owned() } else { format!("t{}", i + 1) };
        text += &format!("touchpoint t{i} on web {{\n  takes 1 min\n  -> {next} 50%\n  -> out otherwise\n}}\n");
    }
    let program = right(&text);
    assert_eq!(program.base.touchpoints.len(), 10_000);
}

/// Whatever is left out of a journey, there is a program or an error, and no panic.
#[test]
fn a_journey_with_holes() {
    let text = include_str!("sponsored_post.journey");
    let places: Vec<usize> = text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize).collect();
    for pair in places.windows(2) {
        let holed = format!("{}{}", &text[..pair[0]], &text[pair[1]..]);
        let (program, found, _) = super::run(&holed);
        assert!(program.is_some() || crate::diagnostics::has_errors(&found), "{holed}");
        assert!(found.iter().all(|d| d.code != crate::diagnostics::Code::Internal), "{holed}");
    }
}

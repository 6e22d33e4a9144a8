//! Scenarios: what they change, and nothing else.

use super::{codes, r, run, shop, value};
use crate::diagnostics::Code::{self, *};
use crate::model::{Branch, EndId, Model, Share, Target, TouchpointId};

fn names(model: &Model) -> Vec<Vec<&str>> {
    fn of(names: Vec<&crate::model::Named>) -> Vec<&str> {
        names.into_iter().map(|n| n.name.as_str()).collect()
    }
    vec![
        of(model.personas.iter().map(|p| &p.name).collect()),
        of(model.channels.iter().map(|p| &p.name).collect()),
        of(model.stages.iter().map(|p| &p.name).collect()),
        of(model.touchpoints.iter().map(|p| &p.name).collect()),
        of(model.goals.iter().map(|p| &p.name).collect()),
        of(model.ends.iter().map(|p| &p.name).collect()),
        of(model.arrivals.iter().map(|p| &p.name).collect()),
        of(model.memory.iter().map(|p| &p.name).collect()),
        of(model.params.iter().map(|p| &p.name).collect()),
        of(model.facets.iter().map(|p| &p.name).collect()),
    ]
}

fn share(branch: &Branch) -> num_rational::BigRational {
    match &branch.share {
        Share::Figure(figure) => figure.default.clone(),
        other => panic!("a figure, not {other:?}"),
    }
}

#[test]
fn a_scenario_sets_params_and_keeps_ids() {
    let program = shop(
        "touchpoint t on web {\n  -> out odds\n  -> lost otherwise\n}\nscenario more \"More\" {\n  set odds = 30%\n}\n\
         scenario most from more {\n  touchpoint home on web {\n    -> cart\n  }\n}\n",
    );
    let (more, most) = (&program.scenarios[0].1, &program.scenarios[1].1);
    assert_eq!(share(&program.base.touchpoints[2].branches[0]), r(20, 100));
    assert_eq!(share(&more.touchpoints[2].branches[0]), r(30, 100));
    assert_eq!(share(&most.touchpoints[2].branches[0]), r(30, 100));
    assert_eq!((more.touchpoints[0].branches.len(), most.touchpoints[0].branches.len()), (2, 1));
    assert_eq!(names(&program.base), names(more));
    assert_eq!(names(&program.base), names(most));
    assert_eq!(program.scenarios[0].0.name.label, "More");
}

/// `4 of clicked` stays 4/90 whatever a scenario sets `clicked` to.
#[test]
fn setting_the_base_of_a_count_leaves_the_count() {
    let program = shop(
        "param clicked = 90 of 1000\nparam to_cart = 4 of clicked\nscenario a {\n  set clicked = 120 of 1000\n}\n\
         scenario b {\n  set clicked = 12%\n  set to_cart = 5 of clicked\n}\n\
         scenario c {\n  set clicked = to_cart * 2\n}\n",
    );
    let c = &program.scenarios[2].1;
    assert_eq!((value(c, "clicked"), value(c, "to_cart")), (r(8, 90), r(4, 90)));
    let (a, b) = (&program.scenarios[0].1, &program.scenarios[1].1);
    assert_eq!((value(a, "clicked"), value(a, "to_cart")), (r(12, 100), r(4, 90)));
    assert_eq!((value(b, "clicked"), value(b, "to_cart")), (r(12, 100), r(5, 90)));
}

#[test]
fn without_sends_elsewhere_and_keeps_the_way() {
    let program =
        shop("scenario s {\n  without cart -> lost\n}\nscenario u {\n  without home -> cart\n  without cart -> out\n}\n");
    let s = &program.scenarios[0].1;
    assert_eq!(s.touchpoints[0].branches[0].to, Target::End(EndId(1)));
    assert_eq!(s.touchpoints.len(), program.base.touchpoints.len());
    assert_eq!(program.base.touchpoints[0].branches[0].to, Target::Touchpoint(TouchpointId(1)));
    let u = &program.scenarios[1].1;
    assert_eq!(u.arrivals[0].branches[0].to, Target::End(EndId(0)));
}

#[test]
fn items_take_the_place_of_their_namesakes() {
    let program = shop(
        "stage buying {\n  touchpoint till on web {\n    -> out\n  }\n  touchpoint desk on web {\n    -> out\n  }\n}\n\
         scenario s {\n  arrive 300 {\n    of julie\n    -> cart\n  }\n  channel web \"New web\" {\n    cost 1 EUR\n  }\n\
           stage buying \"Achat\" moment fmot {\n    touchpoint desk on web {\n      -> lost\n    }\n  }\n  end lost success\n}\n",
    );
    let (base, s) = (&program.base, &program.scenarios[0].1);
    assert_eq!((base.arrivals[0].number.clone(), s.arrivals[0].number.clone()), (r(100, 1), r(300, 1)));
    assert!(s.channels[0].cost.is_some() && base.channels[0].cost.is_none());
    assert_eq!(s.stages[0].touchpoints, base.stages[0].touchpoints);
    assert_eq!(s.stages[0].name.label, "Achat");
    assert_eq!(s.touchpoints[3].branches[0].to, Target::End(EndId(1)));
    assert_eq!(names(base), names(s));
}

const MISTAKES: &[(&str, &[(Code, u32)])] = &[
    ("scenario s {\n  set rte = 1%\n}\n", &[(UnknownName, 2)]),
    ("scenario s {\n  set web = 1%\n}\n", &[(WrongKind, 2)]),
    ("scenario s {\n  set odds = 9\n}\n", &[(BareProbability, 2)]),
    ("scenario s {\n  set odds = 9 EUR\n}\n", &[(UnitMismatch, 2)]),
    ("scenario s {\n  set odds = 9%\n  set odds = 8%\n}\n", &[(RepeatedFact, 3)]),
    ("scenario s {\n  set odds = odds * 2\n}\n", &[(ConstantLoop, 2)]),
    ("scenario s {\n  without cart\n}\n", &[(MissingFact, 2)]),
    ("scenario s {\n  without cart -> order\n}\n", &[(WrongKind, 2)]),
    ("scenario s {\n  without order -> lost\n}\n", &[(WrongKind, 2)]),
    ("scenario s {\n  without cart -> home\n  without home -> cart\n}\n", &[(ConstantLoop, 2)]),
    ("scenario s {\n  touchpoint nowhere on web {\n    -> out\n  }\n}\n", &[(NoNamesake, 2)]),
    ("scenario s {\n  touchpoint web on web {\n    -> out\n  }\n}\n", &[(NoNamesake, 2)]),
    ("scenario s {\n  kpi k = cost\n}\n", &[(NoNamesake, 2)]),
    ("scenario s from t {\n  set odds = 1%\n}\n", &[(UnknownName, 1)]),
    ("scenario s from t {\n}\nscenario t from s {\n}\n", &[(ConstantLoop, 1)]),
];

#[test]
fn each_mistake_has_its_code_and_its_line() {
    for (more, expected) in MISTAKES {
        assert_eq!(&codes(more), expected, "in\n{more}");
    }
}

/// What a scenario breaks is said once, with its name; the base stands.
#[test]
fn a_scenario_answers_for_itself() {
    let more = "touchpoint t on web {\n  -> out odds * 4\n  -> lost otherwise\n}\nscenario a {\n  set odds = 30%\n}\nscenario b from a {\n}\n";
    let (program, found, _) = run(&format!("{}{more}", super::SHOP));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code, found[0].message.en.as_str()), (OutOfRange, "a probability of 120 %"));
    assert!(found[0].notes.iter().any(|n| n.en == "in the scenario `a`"));
    let program = program.expect("the base is right");
    assert_eq!(value(&program.scenarios[0].1, "odds"), r(20, 100));
}

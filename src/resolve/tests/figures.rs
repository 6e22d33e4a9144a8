//! Params, units, laws.

use super::{SHOP, codes, param, r, right, run, shop, value};
use crate::diagnostics::Code;
use crate::model::{FigureKind, Law, Unit};

/// 90 of 1000 click, 4 of those 90 put into the cart, 1 of the 3 who compare is convinced.
#[test]
fn counts_of_counts() {
    let program = shop(
        "param clicked = 90 of 1000\nparam to_cart = 4 of clicked\nparam to_compare = 3 of clicked\nparam convinced = 1 of to_compare\n",
    );
    let model = &program.base;
    assert_eq!(value(model, "clicked"), r(9, 100));
    assert_eq!(value(model, "to_cart"), r(2, 45));
    assert_eq!(value(model, "convinced"), r(1, 3));
    assert_eq!(param(model, "to_cart").evidence.count, Some((r(4, 1), r(90, 1))));
    assert_eq!(param(model, "convinced").unit, Unit::Share);
}

/// `source`, `assumed`, `range` and counts stay with figures that are no params, those of personas too.
#[test]
fn figures_of_lines_keep_what_they_rest_on() {
    let text = "journey lines\ncurrency EUR\nsource audit \"Audit\"\npersona julie\npersona roger\nchannel web {\n  cost 0.10 EUR assumed\n}\n\
                goal order\nend ok success\nend ko failure\nparam clicked = 90 of 1000\narrive 10 {\n  of julie 60% source audit\n  \
                of roger otherwise\n  -> page\n}\ntouchpoint page on web {\n  takes 3 min range 2..5 min source audit\n  \
                -> page 4 of 90, 5% assumed for roger after 1..3 h\n  -> ok clicked * 50% earns 59 EUR margin 40% source audit\n  -> ko otherwise\n}\n";
    let program = right(text);
    let figures = &program.base.figures;
    let known: Vec<_> = figures.iter().map(|f| (f.kind, f.evidence.source.is_some(), f.evidence.assumed, f.by_name)).collect();
    let expected = [
        (FigureKind::Cost, false, true, false),
        (FigureKind::Probability, true, false, false),
        (FigureKind::Time, true, false, false),
        (FigureKind::Probability, false, false, false),
        (FigureKind::Probability, false, true, false),
        (FigureKind::Time, false, false, false),
        (FigureKind::Probability, false, false, true),
        (FigureKind::Earning, false, false, false),
        (FigureKind::Margin, true, false, false),
    ];
    assert_eq!(known, expected);
    assert_eq!(figures[2].range, Some((r(120, 1), r(300, 1))));
    assert_eq!(figures[3].evidence.count, Some((r(4, 1), r(90, 1))));
    assert_eq!(figures[5].value, r(7200, 1));
    assert_eq!(figures[6].from.len(), 1);
}

#[test]
fn arithmetic_is_exact_and_keeps_units() {
    let program = shop(
        "param a = 9% + 2 points\nparam b = 100% - odds\nparam c = odds * 1.01\nparam d = 45 EUR * 1.2 + 3 EUR\n\
         param e = 90 EUR / 45 EUR\nparam f = 1 year - 12 months\nparam g = 2 h / 30 min\nparam h = odds + 1 point\n\
         param i = 59 EUR * odds\nparam j = -(2 - 5)\nparam k = 12 EUR / 4%\nparam l = 1 week + 1 day\n",
    );
    let model = &program.base;
    for (name, expected, unit) in [
        ("a", r(11, 100), Unit::Share),
        ("b", r(80, 100), Unit::Share),
        ("c", r(202, 1000), Unit::Share),
        ("d", r(57, 1), Unit::Money),
        ("e", r(2, 1), Unit::Number),
        ("f", r(0, 1), Unit::Time),
        ("g", r(4, 1), Unit::Number),
        ("h", r(21, 100), Unit::Share),
        ("i", r(118, 10), Unit::Money),
        ("j", r(3, 1), Unit::Number),
        ("k", r(300, 1), Unit::Money),
        ("l", r(8 * 86_400, 1), Unit::Time),
    ] {
        assert_eq!((value(model, name), param(model, name).unit), (expected, unit), "{name}");
    }
}

#[test]
fn params_may_be_used_before_they_are_declared() {
    let mut text = SHOP.to_owned();
    for i in 0..5000 {
        text += &format!("param p{i} = p{} + 1\n", i + 1);
    }
    text += "param p5000 = 0\n";
    assert_eq!(value(&right(&text).base, "p0"), r(5000, 1));
}

#[test]
fn ignorance_keeps_its_law_and_states_its_mean() {
    let program = shop(
        "param known = beta(90, 910)\nparam basket = triangular(low 10 EUR, mode 20 EUR, high 60 EUR)\nparam twice = basket * 2\n",
    );
    let model = &program.base;
    assert_eq!(value(model, "known"), r(9, 100));
    assert_eq!(value(model, "basket"), r(30, 1));
    assert!(param(model, "known").evidence.law.is_some());
    assert_eq!(value(model, "twice"), r(60, 1));
    assert!(param(model, "twice").evidence.law.is_none());
}

/// `1..24 h` and `2 * walk + 5 min`: mean 12.5 h; 2 × 30 min + 5 min = 65 min.
#[test]
fn laws_are_sums_of_scaled_parts() {
    let program =
        shop("law walk = exponential(mean 30 min)\ntouchpoint t on web {\n  takes 2 * walk + 5 min\n  -> out after 1..24 h\n}\n");
    let touchpoint = &program.base.touchpoints[2];
    let takes: &Law = &touchpoint.takes[0].value.default;
    assert_eq!(takes.constant, r(300, 1));
    assert_eq!(takes.terms[0].0, r(2, 1));
    assert_eq!(takes.exact_mean(), Some(r(65 * 60, 1)));
    let after = touchpoint.branches[0].after.as_ref().expect("an `after`");
    assert_eq!(after.default.exact_mean(), Some(r(25 * 1800, 1)));
}

#[test]
fn an_empirical_law_has_the_mean_of_its_cases() {
    let program = shop("law days = empirical(1 day 30%, 2 days otherwise)\ntouchpoint t on web {\n  takes days\n  -> out\n}\n");
    let takes = &program.base.touchpoints[2].takes[0].value.default;
    assert_eq!(takes.exact_mean(), Some(r(86_400 * 17, 10)));
}

#[test]
fn a_persona_beats_a_segment_beats_the_plain_value() {
    let program = shop("touchpoint t on web {\n  takes 1 h, 2 h for both, 3 h for roger\n  -> out\n}\n");
    let takes = &program.base.touchpoints[2].takes[0].value;
    let times: Vec<_> = [0, 1].iter().map(|p| takes.of(crate::model::PersonaId(*p)).constant.clone()).collect();
    assert_eq!(times, [r(7200, 1), r(10_800, 1)]);
    assert_eq!(takes.default.constant, r(3600, 1));
}

#[test]
fn ranges_take_the_unit_of_their_end() {
    let program = shop("param basket = 59 EUR range 45..80 EUR\n");
    assert_eq!(param(&program.base, "basket").range, Some((r(45, 1), r(80, 1))));
}

#[test]
fn a_circle_is_shown_once() {
    let (program, found, _) = run(&format!("{SHOP}param x = y\nparam y = z + 1\nparam z = x\nparam w = x\n"));
    assert!(program.is_none());
    let said: Vec<&str> = found.iter().map(|d| d.message.en.as_str()).collect();
    assert_eq!(said, ["`x` depends on itself: x → y → z → x"]);
}

#[test]
fn squares_of_squares_stop() {
    let mut text = String::from("param p0 = 123456789\n");
    for i in 1..100 {
        text += &format!("param p{i} = p{} * p{}\n", i - 1, i - 1);
    }
    let found = codes(&text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, Code::NumberTooLarge);
}

#[test]
fn percent_added_offers_both_meanings() {
    let (_, found, _) = run(&format!("{SHOP}param x = odds + 1%\n"));
    let offers: Vec<&str> = found[0].help.iter().map(|h| h.edit.as_ref().expect("an edit").replacement.as_str()).collect();
    assert_eq!((found[0].code, offers), (Code::PercentAdded, vec!["1 point", " * 1.01"]));
}

#[test]
fn a_bare_number_is_offered_its_percent() {
    for (bare, offered) in [("9", "9%"), ("0.09", "9%"), ("1", "100%"), ("12.5", "12.5%")] {
        let (_, found, _) = run(&format!("{SHOP}touchpoint t on web {{\n  -> out {bare}\n  -> lost otherwise\n}}\n"));
        assert_eq!(found[0].code, Code::BareProbability);
        assert_eq!(found[0].help[0].edit.as_ref().expect("an edit").replacement, offered);
    }
}

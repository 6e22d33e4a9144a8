//! One mistake, its code and its line.

use super::{SHOP, codes, run};
use crate::diagnostics::Code::{self, *};

/// Lines added to the shop, and what is found in them.
const MISTAKES: &[(&str, &[(Code, u32)])] = &[
    // names
    ("goal order\n", &[(DuplicateName, 1)]),
    ("touchpoint julie on web {\n  -> out\n}\n", &[(DuplicateName, 1)]),
    ("source a \"A\"\nsource a \"B\"\n", &[(DuplicateName, 2)]),
    ("source order \"A\"\nscenario order \"B\" {\n  set odds = 1%\n}\n", &[]),
    ("touchpoint t on web {\n  -> crt\n}\n", &[(UnknownName, 2)]),
    ("touchpoint t on web {\n  -> julie\n}\n", &[(WrongKind, 2)]),
    ("touchpoint t on wbe {\n  reach ordr\n  -> out\n}\n", &[(UnknownName, 1), (UnknownName, 2)]),
    ("segment s = julie, web\n", &[(WrongKind, 1)]),
    ("facet tone = warm, cold\nfacet look = warm, dark\n", &[(DuplicateName, 2)]),
    ("facet tone = human, cold\n", &[(DuplicateName, 1)]),
    ("touchpoint t on web {\n  is strategc\n  -> out\n}\n", &[(UnknownWord, 2)]),
    ("touchpoint t on web {\n  is direct, indirect\n  -> out\n}\n", &[(RepeatedFact, 2)]),
    ("param x = 1% source nowhere\n", &[(UnknownName, 1)]),
    // units and figures
    ("param x = 3 minuts\n", &[(UnknownWord, 1)]),
    ("param x = 3 USD\n", &[(UnitMismatch, 1)]),
    ("param x = 3 EUR + 2 h\n", &[(UnitMismatch, 1)]),
    ("param x = 3 EUR / 2 h\n", &[(UnitMismatch, 1)]),
    ("param x = 3 EUR * 2 EUR\n", &[(UnitMismatch, 1)]),
    ("param x = 1 - odds\n", &[(UnitMismatch, 1)]),
    ("param x = 1% + odds\n", &[(PercentAdded, 1)]),
    ("param x = odds - 1%\n", &[(PercentAdded, 1)]),
    ("param x = 1% + 2%\nparam y = odds + odds\n", &[]),
    ("param x = 1 / (2 - 2)\n", &[(DivisionByZero, 1)]),
    ("param x = 4 of 0\n", &[(DivisionByZero, 1)]),
    ("param x = 5 of 4\n", &[(CountAboveBase, 1)]),
    ("param x = 1 of odds\n", &[(UnitMismatch, 1)]),
    ("param visitors = 90\nparam x = 91 of visitors\n", &[(CountAboveBase, 2)]),
    ("param x = 9% range 12%..8%\n", &[(EmptyRange, 1)]),
    ("param x = 9% range 5 EUR..8 EUR\n", &[(UnitMismatch, 1)]),
    ("param x = 5..3 h\n", &[(EmptyRange, 1)]),
    ("param x = x + 1\n", &[(ConstantLoop, 1)]),
    ("law walk = 1..2 h\nparam x = walk\n", &[(ChanceNotAllowed, 2)]),
    ("law a = 1..2 h\nlaw b = a * a\n", &[(UnitMismatch, 2)]),
    ("law a = 1..2\nlaw b = a * a\n", &[(ChanceNotAllowed, 2)]),
    ("touchpoint t on web {\n  -> out 105%\n  -> lost otherwise\n}\n", &[(OutOfRange, 2)]),
    ("touchpoint t on web {\n  -> out 5 EUR\n  -> lost otherwise\n}\n", &[(UnitMismatch, 2)]),
    ("touchpoint t on web {\n  -> out beta(1, 2)\n  -> lost otherwise\n}\n", &[(ChanceNotAllowed, 2)]),
    ("touchpoint t on web {\n  takes -2 min\n  -> out\n}\n", &[(NegativeTime, 2)]),
    ("touchpoint t on web {\n  takes -1..2 min\n  -> out\n}\n", &[(NegativeTime, 2)]),
    ("touchpoint t on web {\n  takes 5\n  -> out\n}\n", &[(UnitMismatch, 2)]),
    ("touchpoint t on web {\n  cost 5\n  -> out\n}\n", &[(UnitMismatch, 2)]),
    ("touchpoint t on web {\n  feel +6\n  -> out\n}\n", &[(OutOfRange, 2)]),
    ("touchpoint t on web {\n  effort 0\n  -> out\n}\n", &[(OutOfRange, 2)]),
    ("touchpoint t on web {\n  survey csat 6\n  -> out\n}\n", &[(OutOfRange, 2)]),
    ("touchpoint t on web {\n  earns 5 EUR margin 120%\n  -> out\n}\n", &[(MarginAbove, 2)]),
    ("law a = lognormal(median 40 s)\n", &[(BadDistribution, 1)]),
    ("law a = lognormal(median 40 s, p90 3 EUR)\n", &[(UnitMismatch, 1)]),
    ("law a = lognormal(median 40 s, p90 20 s)\n", &[(FactsFall, 1)]),
    ("law a = lognrmal(median 40 s, p90 20 s)\n", &[(UnknownWord, 1)]),
    ("law a = empirical(1 day 30%, 2 days 30%)\n", &[(ShareSum, 1)]),
    // touchpoints
    ("touchpoint t on web {\n  takes 1 h\n  takes 2 h\n  -> out\n}\n", &[(RepeatedFact, 3)]),
    ("touchpoint t on web {\n  takes 1 h\n  takes 2 h when coupon\n  -> out\n}\n", &[]),
    ("touchpoint t on web {\n  think \"a\"\n  think \"b\"\n  -> out cost 1 EUR cost 2 EUR\n}\n", &[(RepeatedFact, 4)]),
    ("touchpoint t on web {\n  reach order\n  reach order\n  -> out\n}\n", &[(RepeatedFact, 3)]),
    ("touchpoint t on web {\n  -> out otherwise\n  -> lost otherwise\n}\n", &[(TwoOtherwise, 3)]),
    ("touchpoint t on web {\n  -> out otherwise when coupon\n  -> lost otherwise\n}\n", &[]),
    ("touchpoint t on web {\n  -> out 10%\n  -> out 20%\n  -> lost otherwise\n}\n", &[]),
    ("touchpoint t on web {\n  takes 1 h, 2 h for julie, 3 h for julie\n  -> out\n}\n", &[(RepeatedFact, 2)]),
    ("segment s = julie\ntouchpoint t on web {\n  takes 1 h, 2 h for both, 3 h for s\n  -> out\n}\n", &[(RepeatedFact, 3)]),
    ("touchpoint t on web {\n  takes 1 h, 2 h for jule\n  -> out\n}\n", &[(UnknownPersona, 2)]),
    ("touchpoint t on web {\n  does \"x\" when coupon\n  -> out\n}\n", &[(UnexpectedText, 2)]),
    ("touchpoint t on web {\n  -> out 10% when calls\n  -> lost otherwise\n}\n", &[(WrongKind, 2)]),
    ("touchpoint t on web {\n  -> out 10% when calls < 1.5\n  -> lost otherwise\n}\n", &[(OutOfRange, 2)]),
    ("touchpoint t on web {\n  -> out 10% when coupon < 1\n  -> lost otherwise\n}\n", &[(WrongKind, 2)]),
    ("touchpoint t on web {\n  -> out 10% when visited(order)\n  -> lost otherwise\n}\n", &[(WrongKind, 2)]),
    ("touchpoint t on web {\n  add coupon 1\n  set calls\n  -> out\n}\n", &[(WrongKind, 2), (WrongKind, 3)]),
    ("memory {\n  counter c 3..1\n}\n", &[(EmptyRange, 2)]),
    ("persona zoe {\n  age 25\n  age 26\n}\n", &[(RepeatedFact, 3)]),
    ("persona zoe {\n  motivation noveltie\n}\n", &[(UnknownWord, 2)]),
    ("channel c digital physical\n", &[(RepeatedFact, 1)]),
    ("stage s moment zmt {\n}\n", &[(UnknownWord, 1)]),
    ("discount 10% per month\n", &[(UnknownWord, 1)]),
    ("horizon 0 days\n", &[(NegativeTime, 1)]),
    ("currency EUR\n", &[(RepeatedFact, 1)]),
    ("journey again \"Again\"\n", &[(RepeatedFact, 1)]),
    // arrivals
    ("arrive 10 at home {\n  of julie\n}\n", &[(TwoArrivals, 1)]),
    ("arrive mail 10 at home\n", &[(MissingFact, 1)]),
    ("arrive mail 10 {\n  of julie 50%\n  of roger 40%\n  -> home\n}\n", &[(ShareSum, 3)]),
    ("arrive mail 10 {\n  of julie 50%\n  of roger\n  -> home\n}\n", &[(MissingShare, 3)]),
    ("arrive mail 10 {\n  of julie 50%\n  of julie otherwise\n  -> home\n}\n", &[(RepeatedFact, 3)]),
    ("arrive mail 10 {\n  of julie\n}\n", &[(MissingFact, 1)]),
    ("arrive mail 10 at home {\n  of julie\n  -> cart\n}\n", &[(RepeatedFact, 3)]),
    ("arrive mail 5 - 15 at home {\n  of julie\n}\n", &[(OutOfRange, 1)]),
    ("arrive mail 9% at home {\n  of julie\n}\n", &[(UnitMismatch, 1)]),
];

#[test]
fn each_mistake_has_its_code_and_its_line() {
    for (more, expected) in MISTAKES {
        assert_eq!(&codes(more), expected, "in\n{more}");
    }
}

/// Forms that are not available yet parse, and say so once.
#[test]
fn not_available_yet() {
    for more in [
        "consent sms \"SMS\"\n",
        "resource tills \"Tills\" 3\n",
        "path p \"P\" for julie = home -> cart\n",
        "automation a \"A\" {\n  on home -> lost\n  -> cart otherwise\n}\n",
        "memory {\n  clock offer\n}\n",
        "memory {\n  state mood = good, bad\n}\n",
        "channel c {\n  at most 2 per 7 days\n}\n",
        "touchpoint t on web {\n  race {\n    -> out after 1 h\n    -> lost after 2 h\n  }\n}\n",
        "touchpoint t on web {\n  refers poisson(0.3) to home\n  -> out\n}\n",
        "expect rate(order) >= 1% confidence 90%\n",
        "kpi k = present(home at 3 days)\n",
        "kpi k = growth\n",
        "kpi k = time(home -> cart)\n",
        "kpi k = revenue with referrals\n",
    ] {
        let found: Vec<Code> = codes(more).into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, [NotAvailable], "in\n{more}");
    }
}

/// One pass over the text says everything.
#[test]
fn all_mistakes_in_one_run() {
    let found = codes("param x = 5 of 4\ntouchpoint t on wbe {\n  takes 5\n  -> crt 9\n}\nexpect rate(ordr) >= 9\n");
    let expected =
        [(CountAboveBase, 1), (UnknownName, 2), (UnitMismatch, 3), (UnknownName, 4), (BareProbability, 4), (UnknownName, 6)];
    assert_eq!(found, expected);
}

#[test]
fn a_near_name_is_offered() {
    let (_, found, _) = run(&format!("{SHOP}touchpoint t on web {{\n  -> crt\n}}\n"));
    assert_eq!(found[0].help[0].edit.as_ref().expect("an edit").replacement, "cart");
}

#[test]
fn money_needs_a_currency() {
    let (_, found, _) = run("journey a\nchannel c\nend out\narrive 1 at t\ntouchpoint t on c {\n  cost 5 EUR\n  -> out\n}\n");
    let codes: Vec<Code> = found.iter().map(|d| d.code).collect();
    assert_eq!(codes, [NoCurrency]);
}

#[test]
fn a_journey_says_what_it_is_and_who_comes() {
    let (_, found, _) = run("channel c\nend out\ntouchpoint t on c {\n  -> out\n}\n");
    let codes: Vec<Code> = found.iter().map(|d| d.code).collect();
    assert_eq!(codes, [MissingHeader, NoArrival]);
}

//! Kpis, promises and claims.

use super::{codes, r, right, shop};
use crate::diagnostics::Code::{self, *};
use crate::model::{
    Bound, Contact, Dimension, Event, FacetId, GoalId, KpiId, MeasureKind, Moment, MoneyKind, PersonaId, Place, TouchpointId,
    Unit,
};

#[test]
fn what_narrows_a_measure_reaches_its_leaves() {
    let program = shop("scenario s {\n  set odds = 30%\n}\nkpi k = (cost + revenue) per order for both in s within 3 days\n");
    let MeasureKind::Binary(_, left, right) = &program.kpis[0].measure.kind else { panic!("a sum") };
    for side in [left, right] {
        let MeasureKind::Money(_, only) = &side.kind else { panic!("money") };
        assert_eq!(only.per, Some(Event::Reach(GoalId(0))));
        assert_eq!(only.within, Some(259_200.0));
        assert!(only.scenario.is_some());
        let who = only.who.as_ref().expect("a segment");
        assert_eq!((who.personas.as_slice(), who.label.as_str()), (&[PersonaId(0), PersonaId(1)][..], "Both"));
    }
    assert_eq!(program.kpis[0].measure.unit, Unit::Money);
}

#[test]
fn places_are_names_or_words() {
    let program = shop(
        "facet tone = warm, cold\nstage stimulus {\n  touchpoint poster on web push {\n    is warm, human\n    -> out\n  }\n}\n\
         kpi a = touches(push)\nkpi b = touches(zmot)\nkpi c = touches(cold)\nkpi d = touches(human)\nkpi e = touches(stimulus)\n\
         kpi f = cost by channel\n",
    );
    let of = |at: usize| match &program.kpis[at].measure.kind {
        MeasureKind::Touches { of, .. } => *of,
        other => panic!("touches, not {other:?}"),
    };
    assert_eq!(of(0), Place::Contact(Contact::Push));
    assert_eq!(of(1), Place::Moment(Moment::Zmot));
    assert_eq!(of(2), Place::Facet(FacetId(6), 1));
    assert_eq!(of(3), Place::Facet(FacetId(2), 0));
    assert_eq!(of(4), Place::Stage(crate::model::StageId(0)));
    assert_eq!(program.base.stages[0].moment, Some(Moment::Stimulus));
    assert_eq!(program.base.touchpoints[2].is, [(FacetId(6), 0), (FacetId(2), 0)]);
}

#[test]
fn kpis_may_be_used_before_they_are_declared() {
    let program = shop("kpi b = a * 2\nkpi a = rate(home -> order) by persona\nkpi t = p90(d)\nkpi d = time to order\n");
    assert_eq!(program.kpis[0].measure.unit, Unit::Share);
    assert_eq!(program.kpis[1].by, Some(Dimension::Persona));
    let MeasureKind::Binary(_, left, _) = &program.kpis[0].measure.kind else { panic!("a product") };
    assert!(matches!(left.kind, MeasureKind::Kpi(KpiId(1), _)));
    let MeasureKind::Statistic(_, of) = &program.kpis[2].measure.kind else { panic!("a statistic") };
    assert!(matches!(of.kind, MeasureKind::TimeTo(Event::Reach(_), _)));
}

#[test]
fn counts_are_shares_in_measures_too() {
    let program = shop("param base = 9 of 90\nexpect rate(order) >= 1 of 3\nexpect rate(order) <= 4 of base\n");
    let limit = |at: usize| match &program.expectations[at].bound {
        Bound::Compare(_, limit) => limit.clone(),
        Bound::Between(..) => panic!("one bound"),
    };
    for (at, (n, d)) in [(1, 3), (4, 9)].into_iter().enumerate() {
        assert_eq!(limit(at).unit, Unit::Share);
        assert!(matches!(limit(at).kind, MeasureKind::Constant(value) if value == r(n, d)));
    }
    assert_eq!(program.expectations[0].text, "rate(order) >= 1 of 3");
}

#[test]
fn units_of_measures() {
    let program = shop(
        "kpi a = rate(order) - rate(out)\nkpi b = 100% - rate(order)\nkpi c = (rate(order) - rate(out)) / rate(order)\n\
         kpi d = share(touches(home) > 3)\nkpi e = cost / revenue\nkpi f = leverage(home)\nkpi g = nps\nkpi h = sd(time to order)\n\
         kpi i = odds * 2\n",
    );
    let units: Vec<Unit> = program.kpis.iter().map(|k| k.measure.unit).collect();
    use Unit::{Nps, Number, Points, Share, Time};
    assert_eq!(units, [Points, Share, Number, Share, Number, Points, Nps, Time, Share]);
    assert!(matches!(&program.kpis[8].measure.kind, MeasureKind::Constant(value) if *value == r(2, 5)));
}

#[test]
fn promises_keep_their_words() {
    let program = shop("expect rate(order) >= 0.3% // as printed\nexpect p90(time to order) between 1 day and 3 days\n");
    assert_eq!(program.expectations[0].text, "rate(order) >= 0.3%");
    let Bound::Compare(_, limit) = &program.expectations[0].bound else { panic!("one bound") };
    assert!(matches!(&limit.kind, MeasureKind::Constant(value) if *value == r(3, 1000)));
    assert_eq!(program.expectations[1].text, "p90(time to order) between 1 day and 3 days");
}

#[test]
fn a_claim_knows_its_last_digit() {
    let program =
        shop("source paper \"Paper\"\nclaim rate(order) = 0.30% source paper\nclaim cost per order = 12 EUR\nclaim nps = -25\n");
    let claims: Vec<_> = program.claims.iter().map(|c| (c.value.clone(), c.step.clone(), c.printed.as_str())).collect();
    let expected = [(r(3, 1000), r(1, 10_000), "0.30%"), (r(12, 1), r(1, 1), "12 EUR"), (r(-25, 1), r(1, 1), "-25")];
    assert_eq!(claims, expected);
    assert!(program.claims[0].source.is_some());
    assert_eq!(program.claims[0].text, "rate(order) = 0.30% source paper");
    assert!(matches!(program.claims[1].measure.kind, MeasureKind::Money(MoneyKind::Cost, _)));
}

#[test]
fn an_arrival_is_a_place_for_money() {
    let program = shop("arrive mail \"Mail\" 10 at cart {\n  of julie\n  budget 50 EUR\n}\nkpi k = cost at mail\n");
    assert_eq!(program.base.arrivals[1].cost_each, r(5, 1));
    let MeasureKind::Money(_, only) = &program.kpis[0].measure.kind else { panic!("money") };
    assert!(matches!(only.at, Some(Place::Arrival(_))));
}

#[test]
fn rates_and_returns() {
    let program = shop("kpi k = rate(home -> home before order within 2 h)\nkpi n = next(home -> cart)\nkpi c = count(order)\n");
    let MeasureKind::Rate { from, to, before, within, .. } = &program.kpis[0].measure.kind else { panic!("a rate") };
    let home = Event::Meet(Place::Touchpoint(TouchpointId(0)));
    assert_eq!((*from, *to, *before, *within), (Some(home), home, Some(Event::Reach(GoalId(0))), Some(7200.0)));
}

const MISUSES: &[(&str, &[(Code, u32)])] = &[
    ("kpi k = rate(order) at web\n", &[(MeasureMisused, 1)]),
    ("kpi k = rate(order) per order\n", &[(MeasureMisused, 1)]),
    ("kpi k = sd(cost + revenue)\n", &[(MeasureMisused, 1)]),
    ("kpi k = median(rate(order))\n", &[(MeasureMisused, 1)]),
    ("kpi k = sd(cost per order)\n", &[(MeasureMisused, 1)]),
    ("kpi k = sd(cost) per order\n", &[(MeasureMisused, 1)]),
    ("kpi k = share(touches(home) > touches(cart))\n", &[(MeasureMisused, 1)]),
    ("kpi k = share(touches(home) > 3 EUR)\n", &[(UnitMismatch, 1)]),
    ("kpi k = rate(order) by channel\n", &[(MeasureMisused, 1)]),
    ("kpi k = cost at web by channel\n", &[(RepeatedFact, 1)]),
    ("kpi k = cost by chanel\n", &[(UnknownName, 1)]),
    ("kpi k = rate(order) + 1%\n", &[(PercentAdded, 1)]),
    ("kpi k = cost + rate(order)\n", &[(UnitMismatch, 1)]),
    ("kpi k = time to order / cost\n", &[(UnlikeRatio, 1)]),
    ("kpi k = count(order) / cost\n", &[(UnlikeRatio, 1)]),
    ("kpi k = time to order * cost\n", &[(UnitMismatch, 1)]),
    ("kpi k = cost / rate(order)\n", &[]),
    ("kpi k = cost for nobody\n", &[(UnknownPersona, 1)]),
    ("expect rate(order) >= 1 of 3\n", &[]),
    ("expect rate(order) >= 4 of 3\n", &[(CountAboveBase, 1)]),
    ("expect rate(order) >= 1 of nothing\n", &[(UnknownName, 1)]),
    ("expect cost >= 1 of 3\n", &[(UnitMismatch, 1)]),
    ("kpi k = cost for julie for roger\n", &[(RepeatedFact, 1)]),
    ("kpi a = cost for julie\nkpi k = a for roger\n", &[(RepeatedFact, 2)]),
    ("kpi a = rate(order)\nkpi k = a at web\n", &[(MeasureMisused, 2)]),
    ("kpi a = b\nkpi b = a + a\n", &[(ConstantLoop, 1)]),
    ("kpi k = count(home)\n", &[(WrongKind, 1)]),
    ("kpi k = cost in nowhere\n", &[(UnknownName, 1)]),
    ("kpi k = order\n", &[(WrongKind, 1)]),
    ("horizon 1 day\nkpi k = rate(order) within 2 days\n", &[(MeasureMisused, 2)]),
    ("expect rate(order) >= 9\n", &[(BareProbability, 1)]),
    ("expect cost per order <= 15\n", &[(UnitMismatch, 1)]),
    ("expect rate(order) >= 1 point\n", &[(UnitMismatch, 1)]),
    ("expect rate(order) - rate(out) >= 1%\n", &[(UnitMismatch, 1)]),
    ("expect rate(order) between 5% and 2%\n", &[(EmptyRange, 1)]),
    ("expect nps >= 30\n", &[]),
    ("claim rate(order) = odds * 2\n", &[(MeasureMisused, 1)]),
    ("claim rate(order) = 3 EUR\n", &[(UnitMismatch, 1)]),
    ("expect touches(mail) >= 1\narrive mail 10 at home {\n  of julie\n}\n", &[(WrongKind, 1)]),
];

#[test]
fn each_misuse_has_its_code() {
    for (more, expected) in MISUSES {
        assert_eq!(&codes(more), expected, "in\n{more}");
    }
}

#[test]
fn without_personas_there_are_customers() {
    let program = right(
        "journey a\nlocale fr\nchannel c\nend out\narrive 40 per day for 30 days at t\ntouchpoint t on c {\n  -> out\n}\n\
         kpi k = rate(out) for customer\n",
    );
    assert_eq!(program.base.personas[0].name.label, "Client");
    assert_eq!(program.base.arrivals[0].number, r(1200, 1));
    assert_eq!(program.base.arrivals[0].personas, [(PersonaId(0), r(1, 1))]);
}

//! One path without chance, and what each variable says of it: derived by hand from the table in `plan`.

use super::*;
use crate::model::{EndId, MoneyKind, Survey};
use crate::plan::{At, FeltMoments};

/// ```text
/// in  (−1, 2) t=0    reaches goal 1, costs 5, felt +1
///     way of 10 s
/// A   (0, 0) t=10    costs 2, felt +2, effort 3
///     takes 20 s
///     (0, 2) t=30    earns 100 margin 40 %, felt −4; way of 30 s
/// B   (1, 0) t=60    reaches goal 0 on arriving, effort 5, NPS 9
///     takes 40 s
///     (1, 2) t=100   reaches goal 1, costs 1; no way
/// A   (2, 0) t=100   costs 2, felt +2, effort 3
///     takes 20 s
///     (2, 2) t=120   way of 80 s
/// end 1 (failing)  (3, 0) t=200
/// ```
/// A and B stand in stage 0 (`zmot`), C, which is never met, in stage 1.
fn journey() -> Built {
    let mut j = Build::new(3, 2, 2);
    j.stage(Some(Moment::Zmot), &[0, 1]);
    j.stage(Some(Moment::Fmot), &[2]);
    let a = Visit {
        rewards: Rewards { costs: vec![always(1), always(1)], earns: None, feel: Some(always(2)) },
        effort: Some(always(3)),
        ..stay(0, always(20))
    };
    let b = Visit {
        reaches: vec![GoalId(0)],
        effort: Some(always(5)),
        surveys: vec![(Survey::Nps, always(9))],
        ..stay(1, always(40))
    };
    let first = j.state(0, a.clone());
    let second = j.state(0, b);
    let third = j.state(0, a);
    let one = || fraction(1, 1);
    let spent = |n: i64| Rewards { costs: vec![always(n)], ..nothing() };
    let welcome = Leave { reaches: vec![GoalId(1)], rewards: Rewards { feel: Some(always(1)), ..spent(5) }, ..way(always(10)) };
    j.enter(0, To::State(first), one(), welcome);
    let sale = Rewards { earns: Some((always(100), fraction(2, 5))), feel: Some(always(-4)), ..nothing() };
    j.branch(first, To::State(second), one(), Leave { rewards: sale, ..way(always(30)) });
    j.branch(second, To::State(third), one(), Leave { reaches: vec![GoalId(1)], rewards: spent(1), ..way(always(0)) });
    j.branch(third, To::End(1), one(), way(always(80)));
    j.build()
}

struct Events {
    a: EventIx,
    b: EventIx,
    c: EventIx,
    stage: EventIx,
    goal: EventIx,
    other: EventIx,
    end: EventIx,
}

fn events(j: &mut Built) -> Events {
    Events {
        a: j.meet(0),
        b: j.meet(1),
        c: j.meet(2),
        stage: j.event(Event::Meet(Place::Stage(StageId(0)))),
        goal: j.event(Event::Reach(GoalId(0))),
        other: j.event(Event::Reach(GoalId(1))),
        end: j.event(Event::Stop(EndId(1))),
    }
}

/// What is said of each customer, all being alike; `None` if the question is about nobody.
fn values(j: &Built) -> Vec<Option<f64>> {
    let estimates = j.run(1, 3);
    estimates.answers.iter().map(|by_persona| (by_persona[0].base > 0).then_some(by_persona[0].mean)).collect()
}

#[track_caller]
fn expect(j: &mut Built, cases: &[(Variable, f64)]) {
    j.plan.questions.clear();
    for (variable, _) in cases {
        j.ask(variable.clone());
    }
    for ((variable, expected), found) in cases.iter().zip(values(j)) {
        assert_eq!(found, Some(*expected), "{variable:?}");
    }
}

fn hit(from: Option<EventIx>, to: EventIx) -> Variable {
    Variable::Hit { from, to, before: None, within: None }
}

fn before(from: Option<EventIx>, to: EventIx, before: EventIx) -> Variable {
    Variable::Hit { from, to, before: Some(before), within: None }
}

fn within(from: Option<EventIx>, to: EventIx, within: f64) -> Variable {
    Variable::Hit { from, to, before: None, within: Some(within) }
}

#[test]
fn rates() {
    let mut j = journey();
    let e = events(&mut j);
    expect(
        &mut j,
        &[
            (hit(None, e.a), 1.0),
            (hit(None, e.c), 0.0),
            (hit(None, e.end), 1.0),
            (hit(Some(e.a), e.b), 1.0),
            (hit(Some(e.b), e.a), 1.0), // the second A
            (hit(Some(e.a), e.a), 1.0), // a return
            (hit(Some(e.b), e.b), 0.0), // no return
            (hit(Some(e.c), e.a), 0.0),
            (hit(Some(e.b), e.goal), 1.0),     // (1, 1) is later than (1, 0)
            (hit(Some(e.goal), e.b), 0.0),     // and not the other way round
            (hit(Some(e.other), e.a), 1.0),    // reached on coming in
            (hit(Some(e.goal), e.other), 1.0), // again by the branch out of B
            (hit(Some(e.end), e.a), 0.0),
        ],
    );
}

#[test]
fn two_events_on_one_instant_are_each_later_than_the_other() {
    let mut j = journey();
    let e = events(&mut j);
    expect(
        &mut j,
        &[
            (hit(Some(e.a), e.stage), 1.0),
            (hit(Some(e.stage), e.a), 1.0),
            (within(Some(e.a), e.stage, 0.0), 1.0),
            // the stage is met again at B, which is later than its first instant
            (hit(Some(e.stage), e.stage), 1.0),
            // at the instant of A the stage falls too, and at that of B: never between the two
            (before(Some(e.a), e.b, e.stage), 1.0),
            // at (1, 0) B and the stage meet: the stage is not before B
            (before(Some(e.other), e.stage, e.a), 1.0),
        ],
    );
}

#[test]
fn what_comes_before() {
    let mut j = journey();
    let e = events(&mut j);
    expect(
        &mut j,
        &[
            (before(None, e.b, e.a), 0.0),
            (before(None, e.a, e.b), 1.0),
            (before(None, e.a, e.other), 0.0),     // goal 1 on coming in
            (before(Some(e.a), e.goal, e.b), 0.0), // B is met on the way to the goal, at the visit that reaches it
            (before(Some(e.b), e.goal, e.a), 1.0),
            (before(Some(e.b), e.end, e.a), 0.0),
            (before(Some(e.a), e.b, e.a), 1.0), // the A that it starts from is not after itself
            (before(Some(e.a), e.end, e.a), 0.0), // but the second one is
        ],
    );
}

#[test]
fn a_limit_includes_its_instant() {
    let mut j = journey();
    let e = events(&mut j);
    expect(
        &mut j,
        &[
            (within(Some(e.a), e.b, 50.0), 1.0), // 10 → 60
            (within(Some(e.a), e.b, 49.999), 0.0),
            (within(None, e.b, 60.0), 1.0),
            (within(None, e.b, 59.999), 0.0),
            (within(Some(e.b), e.goal, 0.0), 1.0),
            (within(Some(e.goal), e.other, 40.0), 1.0), // 60 → 100
            (within(Some(e.goal), e.other, 39.0), 0.0),
            (within(None, e.end, 200.0), 1.0),
            (within(None, e.end, 199.0), 0.0),
        ],
    );
}

#[test]
fn touches_times_and_what_follows() {
    let mut j = journey();
    let e = events(&mut j);
    let touches = |of, until| Variable::Touches { of, until };
    let follows = |from, to| Variable::Follows { from, to };
    expect(
        &mut j,
        &[
            (touches(e.a, None), 2.0),
            (touches(e.stage, None), 3.0),
            (touches(e.a, Some(e.goal)), 1.0),
            (touches(e.b, Some(e.goal)), 1.0), // met at (1, 0), the goal at (1, 1)
            (touches(e.b, Some(e.b)), 0.0),
            (touches(e.a, Some(e.other)), 0.0),
            (touches(e.a, Some(e.c)), 2.0), // never met: nothing is cut off
            (Variable::Times(GoalId(0)), 1.0),
            (Variable::Times(GoalId(1)), 2.0),
            (follows(e.a, e.b), 1.0),
            (follows(e.a, e.goal), 1.0),  // at the next visit
            (follows(e.b, e.other), 1.0), // by the branch
            (follows(e.b, e.goal), 0.0),  // at this visit, not the next
            (follows(e.a, e.end), 1.0),   // of the second A
            (follows(e.stage, e.a), 1.0), // B → A
        ],
    );
}

#[test]
fn times_spent() {
    let mut j = journey();
    let e = events(&mut j);
    expect(
        &mut j,
        &[
            (Variable::TimeTo(e.a), 10.0),
            (Variable::TimeTo(e.goal), 60.0),
            (Variable::TimeTo(e.other), 0.0),
            (Variable::TimeTo(e.end), 200.0),
            (Variable::TimeTo(e.c), 0.0),
            (Variable::TimeIn(e.a), 40.0),
            (Variable::TimeIn(e.b), 40.0),
            (Variable::TimeIn(e.stage), 110.0), // 10..120: visits and the branches between them, not the way out
        ],
    );
}

#[test]
fn money_and_feelings_at_places() {
    let mut j = journey();
    let e = events(&mut j);
    let money = |kind, at| Variable::Money(kind, at);
    let (a, anywhere, arrival) = (At::Place(e.a), At::Anywhere, At::Arrival(ArrivalId(0)));
    j.plan.discount = 0.01;
    let clv = -5.0 - 2.0 * libm::exp(-0.1) + 40.0 * libm::exp(-0.3) - libm::exp(-1.0) - 2.0 * libm::exp(-1.0);
    expect(
        &mut j,
        &[
            (money(MoneyKind::Cost, anywhere), 10.0),
            (money(MoneyKind::Cost, a), 4.0),
            (money(MoneyKind::Cost, At::Place(e.b)), 1.0), // by the branch out of it
            (money(MoneyKind::Cost, arrival), 5.0),
            (money(MoneyKind::Cost, At::Arrival(ArrivalId(1))), 0.0),
            (money(MoneyKind::Revenue, a), 100.0),
            (money(MoneyKind::Margin, anywhere), 30.0),
            (Variable::FeltSum(anywhere), 1.0), // 1 + 2 − 4 + 2
            (Variable::FeltCount(anywhere), 4.0),
            (Variable::FeltSum(a), 0.0),
            (Variable::FeltCount(arrival), 1.0),
            (Variable::EffortSum(anywhere), 11.0),
            (Variable::EffortCount(At::Place(e.b)), 1.0),
            (Variable::EffortCount(arrival), 0.0),
            (Variable::ScoreSum(Survey::Nps, anywhere), 1.0),
            (Variable::ScoreCount(Survey::Nps, anywhere), 1.0),
            (Variable::ScoreCount(Survey::Csat, anywhere), 0.0),
            (Variable::PeakEnd(At::Anywhere), -1.0),  // (−4 + 2) / 2 + 5 = 4
            (Variable::Satisfied(At::Anywhere), 0.0), // mean 1/4
            (Variable::Feels(At::Anywhere), 1.0),
            (Variable::Fails(e.a), 1.0),
            (Variable::Fails(e.stage), 1.0),
            (Variable::Fails(e.b), 0.0),
        ],
    );
    j.plan.questions.clear();
    j.ask(money(MoneyKind::Clv, anywhere));
    assert!((values(&j)[0].unwrap() - clv).abs() < 1e-12);
}

#[test]
fn the_end_of_the_peak_end_rule() {
    // feelings in order and the score: at a tie of |felt| the later one is the peak; halves go up
    for (feelings, score) in [
        (vec![5, -5], -1.0), // (−5 − 5) / 2 + 5 = 0
        (vec![-5, 5], 1.0),  // (5 + 5) / 2 + 5 = 10
        (vec![4, 3], 1.0),   // 8.5, rounded to 9
        (vec![3, 2], 0.0),   // 7.5 → 8
        (vec![2, 1], 0.0),   // 6.5 → 7
        (vec![2, 0], -1.0),  // 6
        (vec![], 0.0),
    ] {
        let mut j = Build::new(1, 0, 1);
        let states: Vec<usize> = if feelings.is_empty() {
            vec![j.state(0, stay(0, always(0)))]
        } else {
            feelings
                .iter()
                .map(|f| j.state(0, Visit { rewards: Rewards { feel: Some(always(*f)), ..nothing() }, ..stay(0, always(0)) }))
                .collect()
        };
        j.enter(0, To::State(0), fraction(1, 1), way(always(0)));
        for &s in &states {
            let to = if s + 1 < states.len() { To::State(s + 1) } else { To::End(0) };
            j.branch(s, to, fraction(1, 1), way(always(0)));
        }
        let mut j = j.build();
        expect(&mut j, &[(Variable::PeakEnd(At::Anywhere), score)]);
    }
}

#[test]
fn answers_are_rounded_half_up_within_their_scale() {
    for (survey, answer, score) in [
        (Survey::Nps, fraction(17, 2), 1.0), // 8.5 → 9
        (Survey::Nps, fraction(13, 2), 0.0), // 6.5 → 7
        (Survey::Nps, fraction(649, 100), -1.0),
        (Survey::Nps, fraction(99, 1), 1.0),
        (Survey::Csat, fraction(7, 2), 1.0),
        (Survey::Csat, fraction(34, 10), 0.0),
        (Survey::Ces, fraction(-3, 1), 1.0),
        (Survey::Ces, fraction(5, 2), 3.0),
        (Survey::Ces, fraction(9, 1), 7.0),
    ] {
        let mut j = Build::new(1, 0, 1);
        j.state(0, Visit { surveys: vec![(survey, Law::constant(answer))], ..stay(0, always(0)) });
        j.enter(0, To::State(0), fraction(1, 1), way(always(0)));
        j.branch(0, To::End(0), fraction(1, 1), way(always(0)));
        expect(&mut j.build(), &[(Variable::ScoreSum(survey, At::Anywhere), score)]);
    }
}

#[test]
fn limits_of_a_question() {
    let mut j = journey();
    let e = events(&mut j);
    let cost = Variable::Money(MoneyKind::Cost, At::Anywhere);
    let cases = [
        // coming in, A and its branch; B begins at 60
        (cost.clone(), None, 59.0, Some(7.0)),
        (cost.clone(), None, 9.0, Some(5.0)),
        (cost.clone(), None, 100.0, Some(10.0)), // the branch out of B and the second A both at 100
        (Variable::Money(MoneyKind::Revenue, At::Anywhere), None, 29.0, Some(0.0)),
        (Variable::Money(MoneyKind::Revenue, At::Anywhere), None, 30.0, Some(100.0)),
        (Variable::Touches { of: e.a, until: None }, None, 99.0, Some(1.0)),
        (Variable::Times(GoalId(1)), None, 99.0, Some(1.0)),
        (Variable::Times(GoalId(1)), None, 100.0, Some(2.0)),
        (Variable::TimeIn(e.a), None, 25.0, Some(15.0)), // a visit counts until the limit
        (Variable::TimeIn(e.stage), None, 50.0, Some(20.0)), // a branch only once its other end is met
        (Variable::TimeIn(e.stage), None, 70.0, Some(60.0)),
        (Variable::Fails(e.a), None, 199.0, Some(0.0)), // the end comes at 200
        (Variable::Fails(e.a), None, 200.0, Some(1.0)),
        (Variable::Follows { from: e.a, to: e.b }, None, 59.0, Some(0.0)),
        (Variable::TimeTo(e.goal), Some(e.goal), 59.0, None), // about nobody
        (Variable::TimeTo(e.goal), Some(e.goal), 60.0, Some(60.0)),
        (cost, Some(e.c), 1000.0, None),
        (Variable::Feels(At::Anywhere), None, 0.0, Some(1.0)),
    ];
    for (variable, among, within, expected) in cases {
        j.plan.questions.clear();
        j.ask_of(Question { variable: variable.clone(), among, within: Some(within), wants: Wants::Mean });
        assert_eq!(values(&j), [expected], "{variable:?} within {within}");
        // A horizon is a limit on every question.
        j.plan.questions.clear();
        j.plan.horizon = Some(within);
        j.ask_of(Question { variable: variable.clone(), among, within: None, wants: Wants::Mean });
        assert_eq!(values(&j), [expected], "{variable:?} with a horizon of {within}");
        j.plan.horizon = None;
    }
}

#[test]
fn leverage_is_for_the_other_engine() {
    let mut j = journey();
    j.ask(Variable::Leverage(TouchpointId(0)));
    assert_eq!(values(&j), [None]);
}

#[test]
fn the_board_of_one_path() {
    let j = journey();
    let estimates = j.run(1, 10);
    let board = &estimates.board.personas[0];
    let a = board.touchpoints[0];
    assert_eq!((a.reach, a.visits, a.goal_before, a.leak), (1.0, 2.0, 0.0, 1.0));
    assert_eq!((a.felt, a.feelings), (0.0, 3.0)); // 2, −4, 2
    assert_eq!(a.felt_moments, Some(FeltMoments { sums: 0.0, counts: 9.0, products: 0.0 })); // F = 0, C = 3, for everybody
    assert_eq!((a.effort, a.efforts, a.leverage, a.leak_value), (6.0, 2.0, None, None));
    let (b, c) = (board.touchpoints[1], board.touchpoints[2]);
    assert_eq!((b.reach, b.goal_before, b.leak), (1.0, 0.0, 0.0)); // met at (1, 0), the goal at (1, 1)
    assert_eq!((c.reach, c.goal_before), (0.0, 1.0));
    assert_eq!(board.stages, [1.0, 0.0]);
    assert_eq!(board.moments, [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    // A → B, B → A, A → end, in → A
    assert_eq!(board.flows, [1.0; 4]);
    assert_eq!((board.goals[0].share, board.goals[0].times), (1.0, 1.0));
    assert_eq!((board.goals[0].time, board.goals[0].cost), ((60.0, 0.0), (7.0, 0.0)));
    // first on coming in, its cost included
    assert_eq!((board.goals[1].times, board.goals[1].time, board.goals[1].cost), (2.0, (0.0, 0.0), (5.0, 0.0)));
    assert_eq!(board.ends[0].share, 0.0);
    assert_eq!((board.ends[1].share, board.ends[1].time, board.ends[1].cost), (1.0, (200.0, 0.0), (10.0, 0.0)));
    assert_eq!((estimates.steps, estimates.unfinished, estimates.customers_per_persona), (30, 0, vec![10]));
}

#[test]
fn the_board_stops_at_the_horizon() {
    let mut j = journey();
    j.plan.horizon = Some(100.0);
    let board = j.run(1, 10).board.personas.remove(0);
    assert_eq!((board.touchpoints[0].visits, board.touchpoints[0].leak), (2.0, 0.0));
    assert_eq!(board.ends[1].share, 0.0);
    assert_eq!(board.goals[1].times, 2.0);
    assert_eq!(board.flows, [1.0, 1.0, 0.0, 1.0]);
    j.plan.horizon = Some(59.0);
    let board = j.run(1, 10).board.personas.remove(0);
    assert_eq!((board.touchpoints[0].visits, board.touchpoints[1].reach, board.goals[0].share), (1.0, 0.0, 0.0));
    assert_eq!(board.flows, [0.0, 0.0, 0.0, 1.0]); // on the way to B
}

//! The order of instants, ties, `before`, and limits of time.

use super::{Go, Net, Stop, certain, exponential, fraction, hit, later, r};
use crate::model::GoalId;
use crate::plan::{Declined, EventIx, Question, Variable, Wants};
use crate::solve::solve;
use num_rational::BigRational;

fn asked(net: &Net, variable: Variable) -> BigRational {
    fraction(&net.ask(&[(variable, None)]).answers[0])
}

fn before(from: Option<EventIx>, to: EventIx, before: EventIx) -> Variable {
    Variable::Hit { from, to, before: Some(before), within: None }
}

/// a → b with 1/2, else the end. Goal 0 and goal 1 are reached by that branch, goal 2 on arriving at b, goal 1 again by leaving b.
fn ties() -> Net {
    let mut net = Net::new(3, &[false]);
    let (a, b) = (net.state(), net.state());
    let on = net.branch(a, Go(b), r(1, 2));
    net.branch(a, Stop(0), r(1, 2));
    let out = net.branch(b, Stop(0), r(1, 3));
    net.branch(b, Go(b), r(2, 3));
    net.leaves[on].reaches = vec![GoalId::new(0), GoalId::new(1)];
    net.visits[b].reaches = vec![GoalId::new(2)];
    net.leaves[out].reaches = vec![GoalId::new(1)];
    net.enter(0, Go(a), r(1, 1));
    net
}

#[test]
fn two_goals_reached_together_are_each_later_than_the_other_and_neither_is_before() {
    let net = ties();
    let [g0, g1, g2] = [0, 1, 2].map(|g| net.goal(g));
    assert_eq!(asked(&net, later(g0, g1)), r(1, 2));
    assert_eq!(asked(&net, later(g1, g0)), r(1, 2));
    assert_eq!(asked(&net, before(None, g0, g1)), r(1, 2), "goal 1 at the same instant is not before");
    assert_eq!(asked(&net, before(Some(g0), g1, g2)), r(1, 2));
    // goal 1 comes with goal 0, goal 2 only then
    assert_eq!(asked(&net, before(None, g2, g1)), r(0, 1));
}

#[test]
fn no_event_is_later_than_itself_at_the_same_instant() {
    let net = ties();
    let [g0, g1, g2] = [0, 1, 2].map(|g| net.goal(g));
    assert_eq!(asked(&net, later(g0, g0)), r(0, 1));
    assert_eq!(asked(&net, later(g1, g1)), r(1, 2), "reached again by leaving");
    // Arriving at b once more: 2/3 of 1/2.
    assert_eq!(asked(&net, later(g2, g2)), r(1, 3));
    assert_eq!(asked(&net, later(net.touch(1), net.touch(1))), r(1, 3));
}

#[test]
fn a_branch_comes_before_the_meeting_that_it_leads_to() {
    let net = ties();
    let [g0, g1, g2] = [0, 1, 2].map(|g| net.goal(g));
    let b = net.touch(1);
    assert_eq!(asked(&net, later(g0, b)), r(1, 2));
    // Never: goal 0 is reached on the way to the first b.
    assert_eq!(asked(&net, later(b, g0)), r(0, 1));
    // Meeting b at (1, 0), goal 2 at (1, 1), goal 1 again at (k, 2).
    assert_eq!(asked(&net, later(b, g2)), r(1, 2));
    assert_eq!(asked(&net, later(g2, b)), r(1, 3));
    assert_eq!(asked(&net, before(Some(b), g1, g2)), r(0, 1), "goal 2 on arriving is between");
    // After goal 2 the customer leaves at once with 1/3, else he meets goal 2 again first.
    assert_eq!(asked(&net, before(Some(g2), g1, g2)), r(1, 6));
    assert_eq!(asked(&net, before(Some(g2), g1, b)), r(1, 6));
}

#[test]
fn a_stage_and_its_touchpoint_are_met_together() {
    let net = ties();
    let mut plan = net.plan();
    let stage = super::stage(&mut plan, &[1]);
    let found =
        net.ask_of(plan, &[(later(stage, net.touch(1)), None), (later(net.touch(1), stage), None), (later(stage, stage), None)]);
    assert_eq!(found.answers.iter().map(fraction).collect::<Vec<_>>(), [r(1, 2), r(1, 2), r(1, 3)]);
}

#[test]
fn what_an_arrival_reaches_comes_before_everything() {
    // Half come in by an advertisement that reaches goal 0 and leads straight to the end; half to a, which reaches goal 1.
    let mut net = Net::new(2, &[false]);
    let a = net.state();
    net.branch(a, Stop(0), r(1, 1));
    net.visits[a].reaches.push(GoalId::new(1));
    let away = net.enter(0, Stop(0), r(1, 2));
    let way = net.enter(0, Go(a), r(1, 2));
    net.leaves[away].reaches.push(GoalId::new(0));
    net.leaves[way].after = certain(7);
    let [g0, g1] = [0, 1].map(|g| net.goal(g));
    assert_eq!(asked(&net, hit(g0)), r(1, 2));
    assert_eq!(asked(&net, later(g0, net.end(0))), r(1, 2));
    assert_eq!(asked(&net, before(None, net.end(0), g0)), r(1, 2));
    assert_eq!(asked(&net, later(net.end(0), g0)), r(0, 1));
    // An entry's way takes time: 7 s to goal 1, for half of all.
    let found = net.ask(&[(Variable::TimeTo(g1), Some(g1)), (Variable::TimeTo(g1), None)]);
    assert_eq!(fraction(&found.answers[0]), r(7, 1));
    assert_eq!(fraction(&found.answers[1]), r(7, 2));
    assert_eq!(found.board.personas[0].goals[0].time, (0.0, 0.0));
    assert_eq!(found.board.personas[0].ends[0].share, 1.0);
}

#[test]
fn a_visit_is_followed_at_once_by_what_its_branch_reaches_or_leads_to() {
    let net = ties();
    let follows = |from, to| Variable::Follows { from, to };
    let (a, b, end) = (net.touch(0), net.touch(1), net.end(0));
    let [g0, g2] = [0, 2].map(|g| net.goal(g));
    // b is visited 1/2 × 3 times, two thirds of the visits go on to b, one third to the end.
    let wanted = [(a, b, r(1, 2)), (a, g0, r(1, 2)), (a, g2, r(1, 2)), (b, b, r(1, 1)), (b, g2, r(1, 1)), (b, end, r(1, 2))];
    for (from, to, wanted) in wanted {
        assert_eq!(asked(&net, follows(from, to)), wanted);
    }
}

#[test]
fn a_limit_that_nothing_can_reach_cuts_nothing() {
    let mut net = Net::new(1, &[false]);
    let (a, b) = (net.state(), net.state());
    net.branch(a, Go(b), r(1, 2));
    net.branch(a, Stop(0), r(1, 2));
    let out = net.branch(b, Stop(0), r(1, 1));
    net.leaves[out].reaches.push(GoalId::new(0));
    net.visits[a].takes = certain(60);
    net.leaves[out].after = certain(40);
    net.enter(0, Go(a), r(1, 1));
    let ask = |net: &Net, horizon: Option<f64>, within: Option<f64>| {
        let mut plan = net.plan();
        plan.horizon = horizon;
        let variable = Variable::Hit { from: None, to: net.goal(0), before: None, within };
        plan.questions = vec![Question { variable, among: None, within: None, wants: Wants::Mean }];
        solve(&net.chain(), &plan).unwrap()
    };
    assert_eq!(ask(&net, None, None).longest, Some(100.0));
    assert_eq!(ask(&net, Some(100.0), Some(100.0)).answers[0].exact.as_ref().unwrap()[0].mean, 0.5);
    assert_eq!(ask(&net, Some(99.0), None).answers[0].exact, Err(Declined::Horizon));
    assert_eq!(ask(&net, None, Some(99.0)).answers[0].exact, Err(Declined::Within));
    // The board is that of the whole journey all the same.
    assert_eq!(ask(&net, Some(99.0), None).board.personas[0].goals[0].share, 0.5);
    net.visits[a].takes = exponential(1.0);
    assert_eq!(ask(&net, Some(1e9), None).answers[0].exact, Err(Declined::Horizon));
}

#[test]
fn a_journey_without_a_way_out_is_declined() {
    let mut net = Net::new(0, &[false]);
    let (a, b) = (net.state(), net.state());
    net.branch(a, Go(b), r(1, 2));
    net.branch(a, Stop(0), r(1, 2));
    net.branch(b, Go(b), r(1, 1));
    net.enter(0, Go(a), r(1, 1));
    assert_eq!(solve(&net.chain(), &net.plan()).unwrap_err(), Declined::NeverEnds);
}

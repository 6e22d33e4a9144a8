//! Standard deviations and conditional moments against closed forms.

use super::{Go, Net, Stop, certain, close, exponential, fraction, hit, mean, r, sd};
use crate::model::{GoalId, MoneyKind};
use crate::plan::{At, Declined, Variable};

/// A touchpoint that is met again with 2/3, else the goal with 1/4 or failure with 1/12; a visit takes 10 s on average and costs 2,
/// coming back takes 5 s and costs 1.
fn retry() -> Net {
    let mut net = Net::new(1, &[false, true]);
    let a = net.state();
    let again = net.branch(a, Go(a), r(2, 3));
    let success = net.branch(a, Stop(0), r(1, 4));
    net.branch(a, Stop(1), r(1, 12));
    net.enter(0, Go(a), r(1, 1));
    net.leaves[success].reaches.push(GoalId::new(0));
    net.visits[a].takes = exponential(10.0);
    net.visits[a].rewards.costs.push(certain(2));
    net.leaves[again].after = certain(5);
    net.leaves[again].rewards.costs.push(certain(1));
    net
}

#[test]
fn a_geometric_loop_has_its_textbook_moments() {
    // N visits, geometric with 1/3: mean 3, variance (2/3)/(1/9) = 6. N does not depend on how it ends.
    // Time: N memoryless visits of 10 s and 5 (N − 1): mean 30 + 10; variance E N × 100 + Var N × (10 + 5)² = 300 + 1350.
    // Cost: 3 N − 1: mean 8, variance 9 × 6.
    let net = retry();
    let goal = Some(net.goal(0));
    let found = net.ask(&[
        (Variable::Touches { of: net.touch(0), until: None }, None),
        (Variable::TimeTo(net.goal(0)), goal),
        (Variable::Money(MoneyKind::Cost, At::Anywhere), goal),
        (Variable::Money(MoneyKind::Cost, At::Anywhere), None),
        (Variable::TimeTo(net.goal(0)), None),
        (Variable::TimeIn(net.touch(0)), None),
        (hit(net.goal(0)), None),
    ]);
    let a = &found.answers;
    for (at, m, v) in [(0, 3.0, 6.0), (1, 40.0, 1650.0), (2, 8.0, 54.0), (3, 8.0, 54.0), (5, 40.0, 1650.0)] {
        close(mean(&a[at]), m);
        close(sd(&a[at]), f64::sqrt(v));
    }
    close(a[1].exact.as_ref().unwrap()[0].base, 0.75);
    assert_eq!(fraction(&a[2]), r(8, 1));
    assert_eq!(a[1].rational, None, "an exponential given by a float has no mean as a fraction");
    // Over all: 3/4 have (40, 1650), the others nothing.
    close(mean(&a[4]), 30.0);
    close(sd(&a[4]), (0.75 * 1650.0 + 0.75 * 0.25 * 1600.0_f64).sqrt());
    close(sd(&a[6]), (0.75 * 0.25_f64).sqrt());
    let goal = found.board.personas[0].goals[0];
    close(goal.time.1, 1650.0_f64.sqrt());
    close(goal.cost.0, 8.0);
}

#[test]
fn what_comes_after_the_goal_counts_for_those_who_reach_it() {
    // One in four reaches the goal on its way into a loop that costs 1 a visit and goes on with 1/2: 2 visits, variance 2.
    // The others pay 10. The way in costs 3 to all. Among those who reach the goal: 3 + 2; over all: 3 + 2/4 + 30/4.
    let mut net = Net::new(1, &[false]);
    let (a, b, c) = (net.state(), net.state(), net.state());
    let reach = net.branch(a, Go(b), r(1, 4));
    net.leaves[reach].reaches.push(GoalId::new(0));
    net.branch(a, Go(c), r(3, 4));
    net.branch(b, Go(b), r(1, 2));
    net.branch(b, Stop(0), r(1, 2));
    net.branch(c, Stop(0), r(1, 1));
    let way = net.enter(0, Go(a), r(1, 1));
    net.leaves[way].rewards.costs.push(certain(3));
    net.visits[b].rewards.costs.push(certain(1));
    net.visits[c].rewards.costs.push(certain(10));
    let cost = Variable::Money(MoneyKind::Cost, At::Anywhere);
    let found = net.ask(&[(cost.clone(), Some(net.goal(0))), (cost, None)]);
    assert_eq!(fraction(&found.answers[0]), r(5, 1));
    close(mean(&found.answers[0]), 5.0);
    close(sd(&found.answers[0]), 2.0_f64.sqrt());
    assert_eq!(fraction(&found.answers[1]), r(11, 1));
    // Up to the goal itself they have paid 3, whatever comes.
    assert_eq!(found.board.personas[0].goals[0].cost, (3.0, 0.0));
}

#[test]
fn a_touch_at_the_instant_of_the_goal_counts_if_the_goal_is_reached_on_arriving() {
    // a, then b, which reaches the goal on arriving: (k, 0) of b is before (k, 1). Meeting b itself is not before b.
    let mut net = Net::new(1, &[false]);
    let (a, b) = (net.state(), net.state());
    net.branch(a, Go(b), r(1, 1));
    net.branch(b, Stop(0), r(1, 1));
    net.visits[b].reaches.push(GoalId::new(0));
    net.enter(0, Go(a), r(1, 1));
    let until = |event| (Variable::Touches { of: net.touch(b), until: Some(event) }, Some(event));
    let found = net.ask(&[until(net.goal(0)), until(net.touch(b)), until(net.end(0))]);
    assert_eq!(found.answers.iter().map(mean).collect::<Vec<_>>(), [1.0, 0.0, 1.0]);
}

#[test]
fn costs_up_to_a_meeting_hold_the_price_of_the_visit() {
    let mut net = Net::new(0, &[false]);
    let (a, b) = (net.state(), net.state());
    net.branch(a, Go(b), r(1, 1));
    net.branch(b, Stop(0), r(1, 1));
    net.enter(0, Go(a), r(1, 1));
    net.visits[a].rewards.costs.push(certain(1));
    net.visits[b].rewards.costs.push(certain(10));
    let walk = super::super::walk::Walk::<f64>::new(&net.chain(), &net.plan()).map(|walk| {
        let cost = super::super::tally::Tally::money(&walk, super::super::amounts::Amount::Cost);
        walk.moments(&cost, super::super::moments::Span::To(net.touch(b))).unwrap()[0].mean
    });
    assert_eq!(walk, Ok(11.0));
}

#[test]
fn a_tiny_spread_around_a_large_mean_survives() {
    // 1e9 s for certain, then a coin for 1 s more: sd 1/2, which the difference of two moments (1e18) could not hold.
    let mut net = Net::new(0, &[false]);
    let (a, b) = (net.state(), net.state());
    net.branch(a, Go(b), r(1, 2));
    net.branch(a, Stop(0), r(1, 2));
    net.branch(b, Stop(0), r(1, 1));
    net.enter(0, Go(a), r(1, 1));
    net.visits[a].takes = certain(1_000_000_000);
    net.visits[b].takes = certain(1);
    let found = net.ask(&[(Variable::TimeTo(net.end(0)), Some(net.end(0)))]);
    assert_eq!(sd(&found.answers[0]), 0.5);
}

#[test]
fn what_has_no_exact_method_is_declined_by_name() {
    let net = retry();
    let goal = Some(net.goal(0));
    let declined = |variable, among| net.ask(&[(variable, among)]).answers[0].exact.clone();
    assert_eq!(declined(Variable::PeakEnd(At::Anywhere), None), Err(Declined::Feelings));
    assert_eq!(declined(Variable::Satisfied(At::Anywhere), None), Err(Declined::Feelings));
    assert_eq!(declined(Variable::TimeTo(net.touch(0)), goal), Err(Declined::OtherEngine));
}

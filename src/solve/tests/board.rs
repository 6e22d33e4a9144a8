//! Removal effects, personas, feelings, efforts and answers.

use super::{Go, Net, Stop, certain, close, fraction, hit, r};
use crate::model::law::{Distribution, Family};
use crate::model::{GoalId, Law, Survey, TouchpointId};
use crate::plan::{At, Variable};

#[test]
fn removal_effects_of_three_channels() {
    // Customers start on channel 0 (60 %) or 1 (40 %). 0 → 1 half, → 2 half. 1 → 2 with 2/3, converts with 1/3. 2 converts
    // with 1/4, goes back to 1 with 1/4, is lost with 1/2.
    // v1 = 1/3 + 2/3 v2, v2 = 1/4 + 1/4 v1: v1 = 1/2 + v1/6, so v1 = 3/5, v2 = 2/5, v0 = 1/2; in all 0.3 + 0.24 = 27/50.
    // Without 0: 0.4 × 3/5 = 6/25. Without 1: 0.6 × 1/2 × 1/4 = 3/40. Without 2: v1 = 1/3, v0 = 1/6: 0.1 + 2/15 = 7/30.
    let mut net = Net::new(1, &[false, true]);
    for _ in 0..3 {
        net.state();
    }
    net.enter(0, Go(0), r(3, 5));
    net.enter(0, Go(1), r(2, 5));
    net.branch(0, Go(1), r(1, 2));
    net.branch(0, Go(2), r(1, 2));
    net.branch(1, Go(2), r(2, 3));
    let converts = [net.branch(1, Stop(0), r(1, 3)), net.branch(2, Stop(0), r(1, 4))];
    net.branch(2, Go(1), r(1, 4));
    net.branch(2, Stop(1), r(1, 2));
    for leave in converts {
        net.leaves[leave].reaches.push(GoalId::new(0));
    }
    let without = |t| (Variable::Hit { from: None, to: net.goal(0), before: Some(net.touch(t)), within: None }, None);
    let found = net.ask(&[(hit(net.goal(0)), None), without(0), without(1), without(2)]);
    let wanted = [r(27, 50), r(6, 25), r(3, 40), r(7, 30)];
    for (answer, wanted) in found.answers.iter().zip(&wanted) {
        assert_eq!(&fraction(answer), wanted);
    }
    for t in 0..3 {
        let point = found.board.personas[0].touchpoints[t];
        close(point.goal_before, crate::model::law::nearest(&wanted[t + 1]));
    }
}

#[test]
fn a_touchpoint_that_all_must_pass_leaves_exactly_nothing_without_it() {
    // A loop before the gate, so that visits are not round numbers.
    let mut net = Net::new(1, &[false, true]);
    let (a, b, gate) = (net.state(), net.state(), net.state());
    net.branch(a, Go(b), r(1, 3));
    net.branch(a, Go(gate), r(2, 3));
    net.branch(b, Go(a), r(3, 7));
    net.branch(b, Stop(1), r(4, 7));
    net.branch(gate, Stop(0), r(1, 1));
    net.visits[gate].reaches.push(GoalId::new(0));
    net.enter(0, Go(a), r(1, 1));
    let found = net.ask(&[]);
    let points = &found.board.personas[0].touchpoints;
    // The goal is reached on arriving at the gate: met first, even there.
    assert_eq!((points[a].goal_before, points[gate].goal_before), (0.0, 0.0));
    // x = 2/3 + 1/3 × 3/7 x: the goal's rate is 7/9; without b it is 2/3.
    close(points[b].goal_before, 2.0 / 3.0);
    close(found.board.personas[0].goals[0].share, 7.0 / 9.0);
}

#[test]
fn personas_are_told_apart() {
    // Persona 0 (3 of 4 customers) converts with 1/2 at touchpoint 0, persona 2 with 1/5; nobody is persona 1.
    let mut net = Net::new(1, &[false, true]);
    for (persona, share, converts) in [(0, r(3, 4), r(1, 2)), (2, r(1, 4), r(1, 5))] {
        let s = net.state_at(persona, 0);
        let yes = net.branch(s, Stop(0), converts.clone());
        net.leaves[yes].reaches.push(GoalId::new(0));
        net.branch(s, Stop(1), r(1, 1) - converts);
        net.enter(persona, Go(s), share);
    }
    let found = net.ask(&[(hit(net.goal(0)), None), (Variable::Touches { of: net.touch(0), until: None }, Some(net.goal(0)))]);
    let exact = |q: usize| found.answers[q].exact.as_ref().unwrap().iter().map(|e| (e.base, e.mean)).collect::<Vec<_>>();
    assert_eq!(exact(0), [(1.0, 0.5), (0.0, 0.0), (1.0, 0.2)]);
    assert_eq!(exact(1), [(0.5, 1.0), (0.0, 0.0), (0.2, 1.0)]);
    assert_eq!(found.answers[0].rational.as_ref().unwrap()[2].mean, r(1, 5));
    let reach: Vec<f64> = found.board.personas.iter().map(|p| p.touchpoints[0].reach).collect();
    assert_eq!(reach, [1.0, 0.0, 1.0]);
    assert_eq!(found.board.personas[1].goals[0].share, 0.0);
}

#[test]
fn feelings_efforts_and_answers_add_up_over_visits() {
    // A visit (twice on average: it is met again with 1/2) feels even on −1..3 (mean 1, variance 4/3), costs an effort of 3, and
    // asks: NPS certain 9, CSAT even on 2..5 (4 or 5 from 3.5 on: one half). Leaving for good feels −2.
    let mut net = Net::new(0, &[true]);
    let a = net.state();
    net.branch(a, Go(a), r(1, 2));
    let out = net.branch(a, Stop(0), r(1, 2));
    net.enter(0, Go(a), r(1, 1));
    let even = |low, high| Law::of(Distribution::new(Family::Uniform { low, high }));
    net.visits[a].rewards.feel = Some(even(-1.0, 3.0));
    net.visits[a].effort = Some(certain(3));
    net.visits[a].surveys = vec![(Survey::Nps, certain(9)), (Survey::Csat, even(2.0, 5.0))];
    net.leaves[out].rewards.feel = Some(certain(-2));
    let found = net.ask(&[
        (Variable::FeltSum(At::Anywhere), None),
        (Variable::FeltCount(At::Place(net.touch(a))), None),
        (Variable::EffortSum(At::Anywhere), None),
        (Variable::EffortCount(At::Anywhere), None),
        (Variable::ScoreSum(Survey::Nps, At::Anywhere), None),
        (Variable::ScoreSum(Survey::Csat, At::Anywhere), None),
        (Variable::ScoreCount(Survey::Csat, At::Anywhere), None),
        (Variable::ScoreSum(Survey::Ces, At::Anywhere), None),
        (Variable::Fails(net.touch(a)), None),
        (Variable::Feels(At::Anywhere), None),
    ]);
    // sums over N visits, N geometric with 1/2 (mean 2, variance 2): variance 2 × (own) + 2 × (mean)²
    let wanted = [
        (0.0, 2.0 * 4.0 / 3.0 + 2.0),
        (3.0, 2.0),
        (6.0, 18.0),
        (2.0, 2.0),
        (2.0, 2.0),
        (1.0, 2.0 * 0.25 + 2.0 * 0.25),
        (2.0, 2.0),
        (0.0, 0.0),
        (1.0, 0.0),
        (1.0, 0.0),
    ];
    for (at, (answer, (mean, variance))) in found.answers.iter().zip(wanted).enumerate() {
        let exact = answer.exact.as_ref().unwrap()[0];
        assert!((exact.mean - mean).abs() < 1e-14, "{at}: {exact:?}");
        assert!((exact.sd.unwrap() - f64::sqrt(variance)).abs() < 1e-14, "{at}: {exact:?}");
    }
    let point = found.board.personas[0].touchpoints[TouchpointId::new(0).index()];
    assert_eq!((point.feelings, point.effort, point.efforts, point.leak), (3.0, 6.0, 2.0, 1.0));
    assert_eq!(point.felt, 0.0);
}

//! Journeys with chance whose figures have formulas.

use super::*;
use crate::limits::MAX_STEPS;
use crate::model::MoneyKind;
use crate::plan::At;

const CUSTOMERS: u64 = 100_000;

/// Feller, *An Introduction to Probability Theory*, volume 1, XIV.2 and 3: from `z` of 5, each step up with probability 2/5.
#[test]
fn gamblers_ruin() {
    let mut j = Build::new(4, 0, 2);
    for t in 0..4 {
        j.state(0, stay(t, always(1)));
    }
    for t in 0..4 {
        let up = if t == 3 { To::End(0) } else { To::State(t + 1) };
        let down = if t == 0 { To::End(1) } else { To::State(t - 1) };
        j.branch(t, up, fraction(2, 5), way(always(0)));
        j.branch(t, down, fraction(3, 5), way(always(0)));
    }
    j.enter(0, To::State(1), fraction(1, 1), way(always(0)));
    let mut j = j.build();
    let won = j.event(Event::Stop(crate::model::EndId(0)));
    let lost = j.event(Event::Stop(crate::model::EndId(1)));
    let win = j.ask(Variable::Hit { from: None, to: won, before: None, within: None });
    let time = j.ask_of(Question { variable: Variable::TimeTo(lost), among: Some(lost), within: None, wants: Wants::Spread });
    let money = j.ask(Variable::TimeTo(won));
    let estimates = j.run(7, CUSTOMERS);
    let ratio: f64 = 1.5;
    let (z2, a5) = (ratio.powi(2), ratio.powi(5));
    let wins = (1.0 - z2) / (1.0 - a5);
    agrees(&estimates.answers[win.0][0], wins);
    // duration: z / (q − p) − a / (q − p) × wins
    let duration = (2.0 - 5.0 * wins) / 0.2;
    let (to_loss, to_win) = (estimates.answers[time.0][0], estimates.answers[money.0][0]);
    let found = (to_loss.mean * to_loss.base as f64 + to_win.mean * CUSTOMERS as f64) / CUSTOMERS as f64;
    assert!((found - duration).abs() < 0.05, "{found} for {duration}");
    let board = &estimates.board.personas[0];
    assert_eq!(board.ends[0].share + board.ends[1].share, 1.0);
    let visits: f64 = board.touchpoints.iter().map(|t| t.visits).sum();
    assert!((visits - duration).abs() < 0.05);
}

/// A visit repeated with probability 3/4: geometric, with mean 4 and variance 12.
#[test]
fn retries() {
    let mut j = Build::new(1, 1, 1);
    let visit =
        Visit { rewards: Rewards { costs: vec![always(2)], ..nothing() }, ..stay(0, chance(Family::Exponential { mean: 3.0 })) };
    j.state(0, visit);
    j.branch(0, To::State(0), fraction(3, 4), way(chance(Family::Uniform { low: 0.0, high: 2.0 })));
    j.branch(0, To::End(0), fraction(1, 4), Leave { reaches: vec![GoalId(0)], ..way(always(0)) });
    j.enter(0, To::State(0), fraction(1, 1), way(always(0)));
    let mut j = j.build();
    let (meet, goal) = (j.meet(0), j.event(Event::Reach(GoalId(0))));
    let touches = j.ask(Variable::Touches { of: meet, until: None });
    let again = j.ask(Variable::Hit { from: Some(meet), to: meet, before: None, within: None });
    let follows = j.ask(Variable::Follows { from: meet, to: meet });
    let time = j.ask(Variable::TimeTo(goal));
    let inside = j.ask(Variable::TimeIn(meet));
    let cost = j.ask(Variable::Money(MoneyKind::Cost, At::Anywhere));
    j.plan.groups = vec![vec![touches, time]];
    let estimates = j.run(11, CUSTOMERS);
    let of = |q: QuestionIx| &estimates.answers[q.0][0];
    agrees(of(touches), 4.0);
    assert!((of(touches).variance / 12.0 - 1.0).abs() < 0.05);
    agrees(of(again), 0.75);
    agrees(of(follows), 3.0);
    agrees(of(cost), 8.0);
    // 4 visits of 3 s, 3 ways of 1 s; variance by the law of total variance: 4·9 + 3·(1/3) + 12·(3 + 1)²
    agrees(of(time), 15.0);
    assert!((of(time).variance / (36.0 + 1.0 + 192.0) - 1.0).abs() < 0.05);
    assert_eq!(of(inside), of(time));
    let counts = &estimates.counts[0];
    let (visits, squares) = (counts.visits[0] as f64, counts.visit_squares[0] as f64);
    let variance = (squares - visits * visits / CUSTOMERS as f64) / (CUSTOMERS as f64 - 1.0);
    assert!((variance - of(touches).variance).abs() < 1e-9);
    let goal = estimates.board.personas[0].goals[0];
    assert!((goal.time.0 - of(time).mean).abs() < 1e-9 && (goal.time.1 - of(time).variance.sqrt()).abs() < 1e-9);
    // cov(N, T) = var(N) × (3 + 1)
    let joint = &estimates.groups[0][0];
    assert!((joint.means[1] - of(touches).mean).abs() < 1e-12 && (joint.means[3] - of(time).mean).abs() < 1e-9);
    assert!((joint.covariance(1, 3) / 48.0 - 1.0).abs() < 0.05);
    assert_eq!(joint.covariance(1, 3), joint.covariance(3, 1));
    assert!((joint.covariance(3, 3) - of(time).variance).abs() < 1e-6);
    assert_eq!((joint.means[0], joint.covariance(0, 1)), (1.0, 0.0));
}

/// Two personas, two entries each of probability 3/10 and 1/5; B is met by half of those who meet A, and the goal by all at B.
#[test]
fn personas_and_bases() {
    let mut j = Build::new(2, 1, 2).personas(&[fraction(3, 5), fraction(2, 5)]);
    for persona in 0..2 {
        let a = j.state(persona, stay(0, chance(Family::Lognormal { mu: 1.0, sigma: 0.5 })));
        let b = j.state(persona, Visit { reaches: vec![GoalId(0)], ..stay(1, always(0)) });
        j.branch(a, To::State(b), fraction(1, 2), way(always(0)));
        j.branch(a, To::End(1), fraction(1, 2), way(always(0)));
        j.branch(b, To::End(0), fraction(1, 1), way(always(0)));
        let share = if persona == 0 { 3 } else { 2 };
        j.enter(persona, To::State(a), fraction(share, 10), way(always(0)));
        j.enter(persona, To::End(1), fraction(share, 10), way(always(0)));
    }
    let mut j = j.build();
    let (a, b, goal) = (j.meet(0), j.meet(1), j.event(Event::Reach(GoalId(0))));
    let ask = |j: &mut Built, variable, among| j.ask_of(Question { variable, among, within: None, wants: Wants::Distribution });
    let rate = ask(&mut j, Variable::Hit { from: Some(a), to: b, before: None, within: None }, Some(a));
    let time = ask(&mut j, Variable::TimeTo(goal), Some(goal));
    j.plan.groups = vec![vec![rate]];
    let estimates = j.run(3, CUSTOMERS);
    let drawn = &estimates.customers_per_persona;
    assert!((drawn[0] as f64 / CUSTOMERS as f64 - 0.6).abs() < 0.01);
    for (p, &customers) in drawn.iter().enumerate() {
        let rate = &estimates.answers[rate.0][p];
        assert_eq!(rate.base, estimates.counts[p].reach[0]);
        assert_eq!(rate.count(), estimates.counts[p].reach[1]);
        agrees(rate, 0.5);
        // e^{1 + 1/8}
        agrees(&estimates.answers[time.0][p], libm::exp(1.125));
        let sketch = &estimates.sketches[time.0][p];
        assert_eq!(sketch.count(), estimates.counts[p].reached[0]);
        // the median of a lognormal is e^mu; the sketch is good to 1/256
        let (low, high) = sketch.quantile_bounds(0.5, 4.5).unwrap();
        assert!(low <= libm::exp(1.0) && libm::exp(1.0) <= high, "{low} {high}");
        let joint = &estimates.groups[0][p];
        let n = customers as f64;
        assert_eq!(joint.means[0], rate.base as f64 / n);
        assert_eq!(joint.means[1], rate.count() as f64 / n);
        // B and BY are 0 or 1, and BY ≤ B: the covariance is m₁ (1 − m₀)
        let expected = joint.means[1] * (1.0 - joint.means[0]) * n / (n - 1.0);
        assert!((joint.covariance(0, 1) - expected).abs() < 1e-12);
        let board = &estimates.board.personas[p];
        assert_eq!(board.touchpoints[0].goal_before, 0.0);
        assert_eq!(board.ends[0].share, board.goals[0].share);
        // entering an end directly leaks at no touchpoint
        assert_eq!(estimates.counts[p].leak[0], estimates.counts[p].reach[0] - estimates.counts[p].reach[1]);
    }
}

/// Without times, a loop that is never left is cut.
#[test]
fn endless_loops_are_cut() {
    let mut j = Build::new(1, 0, 1);
    j.state(0, stay(0, always(0)));
    j.branch(0, To::State(0), fraction(1, 1), way(always(0)));
    j.enter(0, To::State(0), fraction(1, 1), way(always(0)));
    let estimates = j.build().run(1, 2);
    assert_eq!((estimates.unfinished, estimates.steps), (2, 2 * MAX_STEPS as u64));
}

/// A constant value has no variance, however large it is.
#[test]
fn what_is_certain_does_not_vary() {
    let mut j = Build::new(1, 1, 1);
    j.state(0, Visit { reaches: vec![GoalId(0)], ..stay(0, always(0)) });
    j.branch(0, To::End(0), fraction(1, 1), way(always(0)));
    j.enter(0, To::State(0), fraction(1, 1), way(Law::constant(fraction(26_297_437, 10))));
    let mut j = j.build();
    let goal = j.event(Event::Reach(GoalId(0)));
    j.ask(Variable::TimeTo(goal));
    let estimates = j.run(1, 10_000);
    assert_eq!((estimates.answers[0][0].mean, estimates.answers[0][0].variance), (2_629_743.7, 0.0));
    assert_eq!(estimates.board.personas[0].goals[0].time, (2_629_743.7, 0.0));
}

#[test]
fn nobody_comes() {
    let estimates = Build::new(1, 1, 1).build().run(1, 100);
    assert_eq!((estimates.customers_per_persona, estimates.board.personas[0].goals[0].share), (vec![0], 0.0));
}

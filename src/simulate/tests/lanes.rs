//! Many at once against one by one. On a processor without the instructions both are the portable loops, and these hold by
//! themselves.

use super::sameness::{bits, journey};
use super::*;
use crate::simulate::estimates::Estimates;

/// The figures of some customers, from the instructions or from the portable loops.
fn figures(j: &Built, plan: &Plan, detail: Detail, one_by_one: bool) -> String {
    let mut office = Office::new(Ledger::new(&j.model, &j.chain, plan, detail), 42);
    if one_by_one {
        office.ledger.tables.lanes = None;
    }
    let tally = office.draw(0..20_001, &|_| ());
    bits(&Estimates::new(&office.ledger, &office.shifts, &tally))
}

#[track_caller]
fn same(j: &Built) {
    for horizon in [None, Some(120.0)] {
        let plan = Plan { horizon, ..j.plan.clone() };
        for detail in [Detail::FULL, Detail::COUNTS, Detail { reach: true, ..Detail::COUNTS }] {
            let [one_by_one, many] = [true, false].map(|one_by_one| figures(j, &plan, detail, one_by_one));
            assert!(one_by_one == many, "horizon {horizon:?}, {detail:?}");
        }
    }
}

#[test]
fn a_loop_of_every_kind() {
    same(&journey());
}

/// Ways of every law: those that share the table of curves, those that are drawn by themselves, and those that are certain.
#[test]
fn delays_of_every_law() {
    let sum = Law {
        constant: fraction(3, 1),
        ..chance(Family::Exponential { mean: 2.0 }).plus(&chance(Family::Uniform { low: 0.0, high: 7.0 }))
    };
    let laws = [
        always(0),
        always(5),
        chance(Family::Exponential { mean: 4.0 }),
        chance(Family::Uniform { low: 2.0, high: 9.0 }),
        chance(Family::Triangular { low: 1.0, mode: 2.0, high: 9.0 }),
        chance(Family::Normal { mean: 1.0, sd: 2.0, positive: false }),
        chance(Family::Normal { mean: 1.0, sd: 2.0, positive: true }),
        chance(Family::Lognormal { mu: 1.0, sigma: 0.5 }),
        chance(Family::Lognormal { mu: 1.0, sigma: 1.5 }),
        chance(Family::Weibull { shape: 0.8, scale: 6.0 }),
        chance(Family::Gamma { shape: 2.5, scale: 2.0 }),
        chance(Family::Gamma { shape: 0.001, scale: 2.0 }),
        chance(Family::Poisson { mean: 4.0 }),
        sum,
    ];
    let mut j = Build::new(laws.len(), 1, 1);
    let states: Vec<usize> = (0..laws.len())
        .map(|k| j.state(0, Visit { reaches: if k == 3 { vec![GoalId(0)] } else { vec![] }, ..stay(k, laws[k].clone()) }))
        .collect();
    let number = laws.len() as i64;
    for &state in &states {
        for (k, law) in laws.iter().enumerate() {
            j.branch(state, To::State(k), fraction(9, 10 * number), way(law.clone()));
        }
        j.branch(state, To::End(0), fraction(1, 10), way(always(1)));
    }
    j.enter(0, To::State(0), fraction(1, 1), way(always(0)));
    let mut j = j.build();
    let goal = j.event(Event::Reach(GoalId(0)));
    let inside = j.meet(3);
    let time = j.ask(Variable::TimeTo(goal));
    let stay = j.ask(Variable::TimeIn(inside));
    j.plan.groups = vec![vec![time], vec![stay]];
    same(&j);
}

/// More marks than fit into a line, more outcomes than a guide table has room for, and outcomes that share all bits that it looks at.
#[test]
fn crowds() {
    const MANY: usize = 400;
    let mut j = Build::new(MANY + 1, 1, 2);
    let hub = j.state(0, stay(0, always(1)));
    let doors: Vec<usize> = (1..=MANY).map(|t| j.state(0, stay(t, chance(Family::Exponential { mean: t as f64 })))).collect();
    let rare = fraction(1, 1 << 20);
    for &door in &doors[..MANY - 1] {
        let chance = if door % 2 == 0 { rare.clone() } else { fraction(1, 400) };
        j.branch(hub, To::State(door), chance, way(always(0)));
    }
    let others = (MANY / 2) as i64;
    let left = fraction(1, 1) - fraction(others, 400) - rare * fraction(others - 1, 1);
    j.branch(hub, To::State(doors[MANY - 1]), left, way(always(0)));
    for &door in &doors {
        j.branch(door, To::State(hub), fraction(1, 2), Leave { reaches: vec![GoalId(0)], ..way(always(0)) });
        j.branch(door, To::End(0), fraction(1, 4), way(always(2)));
        j.branch(door, To::End(1), fraction(1, 4), way(always(2)));
    }
    j.enter(0, To::State(hub), fraction(1, 1), way(always(0)));
    same(&j.build());
}

/// Everybody meets 300 touchpoints, one after the other, and then reaches the goal, never without having met any: no marks are lost,
/// however many words they take.
#[test]
fn marks_beyond_a_line() {
    const LONG: usize = 300;
    let mut j = Build::new(LONG, 1, 1);
    let states: Vec<usize> = (0..LONG).map(|t| j.state(0, stay(t, always(1)))).collect();
    for pair in states.windows(2) {
        j.branch(pair[0], To::State(pair[1]), fraction(1, 1), way(always(0)));
    }
    j.branch(states[LONG - 1], To::End(0), fraction(1, 1), Leave { reaches: vec![GoalId(0)], ..way(always(0)) });
    j.enter(0, To::State(0), fraction(1, 1), way(always(0)));
    let j = j.build();
    let estimates = j.run(7, 100);
    let board = &estimates.board.personas[0];
    assert!(board.touchpoints.iter().all(|t| (t.reach, t.visits, t.goal_before) == (1.0, 1.0, 0.0)), "{:?}", board.touchpoints);
    assert_eq!(board.touchpoints.len(), LONG);
    same(&j);
}

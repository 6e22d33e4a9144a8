//! Closed forms where an elimination that subtracts loses its digits.

use super::{Go, Net, Stop, certain, close, fraction, hit, mean, r, sd};
use crate::model::GoalId;
use crate::plan::{At, Variable};
use crate::solve::system::{Moves, System};
use num_bigint::BigInt;
use num_rational::BigRational;

/// Visits to anything: one stage of all touchpoints.
fn steps(net: &Net) -> crate::plan::Plan {
    let mut plan = net.plan();
    let all: Vec<usize> = (0..net.states.len()).collect();
    super::stage(&mut plan, &all);
    plan
}

#[test]
fn a_gambler_with_one_coin_of_a_thousand() {
    // A fair game from 1 up to N = 1000 or down to 0 (W. Feller, An Introduction to Probability Theory I, XIV): he gets there
    // with chance 1/N, plays k (N − k) = N − 1 rounds from k = 1, and if he gets there, (N² − k²)/3 rounds.
    let n = 1000_usize;
    let mut net = Net::new(1, &[false, true]);
    for _ in 1..n {
        net.state();
    }
    for s in 0..n - 1 {
        let up = net.branch(s, if s + 2 == n { Stop(0) } else { Go(s + 1) }, r(1, 2));
        net.leaves[up].reaches.extend((s + 2 == n).then(|| GoalId::new(0)));
        net.branch(s, if s == 0 { Stop(1) } else { Go(s - 1) }, r(1, 2));
        net.visits[s].takes = certain(1);
    }
    net.enter(0, Go(0), r(1, 1));
    let plan = steps(&net);
    let rounds = plan.stages[0];
    let found = net.ask_of(
        plan,
        &[
            (hit(net.goal(0)), None),
            (Variable::Touches { of: rounds, until: None }, None),
            (Variable::TimeTo(net.goal(0)), Some(net.goal(0))),
        ],
    );
    let n = n as f64;
    close(mean(&found.answers[0]), 1.0 / n);
    close(mean(&found.answers[1]), n - 1.0);
    close(mean(&found.answers[2]), (n * n - 1.0) / 3.0);
    // Feller XIV.3: Var of the rounds from k is k (N − k) (k² + (N − k)² − 2) / 3
    let variance = (n - 1.0) * (1.0 + (n - 1.0) * (n - 1.0) - 2.0) / 3.0;
    close(sd(&found.answers[1]), variance.sqrt());
    assert_eq!(found.largest_class, 999);
    assert!(found.residual < 1e-12, "{}", found.residual);
}

#[test]
fn a_collector_of_fifty_coupons() {
    // With k of n coupons, a new one comes with chance (n − k)/n: n H(n) draws, with variance Σ (1 − p)/p².
    let n = 50_usize;
    let mut net = Net::new(0, &[false]);
    for k in 0..n {
        net.state();
        net.branch(k, Go(k), r(k as i64, n as i64));
        net.branch(k, if k + 1 == n { Stop(0) } else { Go(k + 1) }, r((n - k) as i64, n as i64));
    }
    net.enter(0, Go(0), r(1, 1));
    let plan = steps(&net);
    let draws = plan.stages[0];
    let found = net.ask_of(plan, &[(Variable::Touches { of: draws, until: None }, None)]);
    let chances = (0..n).map(|k| (n - k) as f64 / n as f64);
    close(mean(&found.answers[0]), chances.clone().map(|p| 1.0 / p).sum());
    close(sd(&found.answers[0]), chances.map(|p| (1.0 - p) / (p * p)).sum::<f64>().sqrt());
}

#[test]
fn a_retry_that_hardly_ever_succeeds() {
    // Two states that send the customer to and fro; out of the second he gets with chance 1e-12: 1e12 visits to each, and if
    // half of those who get out succeed, one in two does.
    let mut net = Net::new(1, &[false, true]);
    let (a, b) = (net.state(), net.state());
    net.branch(a, Go(b), r(1, 1));
    let tiny = r(1, 2_000_000_000_000);
    net.branch(b, Go(a), r(999_999_999_999, 1_000_000_000_000));
    let success = net.branch(b, Stop(0), tiny.clone());
    net.leaves[success].reaches.push(GoalId::new(0));
    net.branch(b, Stop(1), tiny);
    net.enter(0, Go(a), r(1, 1));
    let found = net.ask(&[
        (Variable::Touches { of: net.touch(0), until: None }, None),
        (hit(net.goal(0)), None),
        (Variable::Touches { of: net.touch(1), until: Some(net.goal(0)) }, Some(net.goal(0))),
    ]);
    close(mean(&found.answers[0]), 1e12);
    // geometric: sd² = (1 − p)/p²
    close(sd(&found.answers[0]), 1e12 * (1.0 - 1e-12_f64).sqrt());
    close(mean(&found.answers[1]), 0.5);
    close(mean(&found.answers[2]), 1e12);
    assert_eq!(fraction(&found.answers[0]), r(1_000_000_000_000, 1));
}

#[test]
fn a_ladder_of_three_hundred_rungs_that_drops_to_the_ground() {
    // From each of n rungs up with 1/2, else back to the first. With e_k steps still to go from rung k, e_k = 1 + (e_{k+1} + e_0)/2
    // and e_n = 0. Let d_k = e_0 − e_k: d_{k+1} = 2 d_k + 2, d_0 = 0, so d_k = 2 (2^k − 1), and e_0 = d_n = 2^{n+1} − 2.
    let n = 300_usize;
    let mut net = Net::new(0, &[false]);
    for k in 0..n {
        net.state();
        net.branch(k, if k + 1 == n { Stop(0) } else { Go(k + 1) }, r(1, 2));
        net.branch(k, Go(0), r(1, 2));
    }
    net.enter(0, Go(0), r(1, 1));
    let plan = steps(&net);
    let rungs = plan.stages[0];
    let found = net.ask_of(plan, &[(Variable::Touches { of: rungs, until: None }, None)]);
    close(mean(&found.answers[0]), 2.0_f64.powi(301) - 2.0);
    let point = |t: usize| found.board.personas[0].touchpoints[t];
    // Rung k is met by all (nobody leaves but over the last), 2^{n−k} times.
    for k in [0, 1, 150, 299] {
        close(point(k).reach, 1.0);
        close(point(k).visits, 2.0_f64.powi(300 - k as i32));
    }
}

#[test]
fn fractions_stay_fractions_up_to_thirty_states() {
    // The same ladder with 30 rungs, in fractions: 2^31 − 2.
    let n = 30_usize;
    let mut net = Net::new(0, &[false]);
    for k in 0..n {
        net.state();
        net.branch(k, if k + 1 == n { Stop(0) } else { Go(k + 1) }, r(1, 2));
        net.branch(k, Go(0), r(1, 2));
        net.visits[k].effort = Some(certain(1));
    }
    net.enter(0, Go(0), r(1, 1));
    let found = net.ask(&[(Variable::EffortSum(At::Anywhere), None)]);
    assert_eq!(fraction(&found.answers[0]), BigRational::from_integer(BigInt::from((1_i64 << 31) - 2)));
}

#[test]
fn a_rare_goal_keeps_its_digits() {
    // Ten times in a row one in a thousand: 1e-30; those who succeed spend a second at each of ten.
    let mut net = Net::new(1, &[false, true]);
    for s in 0..10 {
        net.state();
        let on = net.branch(s, if s == 9 { Stop(0) } else { Go(s + 1) }, r(1, 1000));
        net.leaves[on].reaches.extend((s == 9).then(|| GoalId::new(0)));
        net.branch(s, Stop(1), r(999, 1000));
        net.visits[s].takes = certain(1);
    }
    net.enter(0, Go(0), r(1, 1));
    let found = net.ask(&[(hit(net.goal(0)), None), (Variable::TimeTo(net.goal(0)), Some(net.goal(0)))]);
    close(mean(&found.answers[0]), 1e-30);
    close(mean(&found.answers[1]), 10.0);
    assert!(sd(&found.answers[1]) < 1e-12);
}

/// A hundred thousand states that all reach one another by ways without any order, of which elimination would make a full matrix.
/// From each of them 1 of 50 leaves, so that 50 states are met in all, by whichever way one starts.
#[test]
#[ignore = "slow lane: some ten seconds"]
fn a_class_too_large_to_be_eliminated_is_bounded() {
    let n = 100_000_u32;
    let mut moves = Moves::new(n as usize, 3 * n as usize);
    let mut luck = 1_u64;
    for s in 0..n {
        let mut any = || {
            luck = luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((luck >> 33) % u64::from(n)) as u32
        };
        for (to, share) in [((s + 1) % n, 0.5), (any(), 0.3), (any(), 0.2)] {
            moves.push(to, share * 0.98);
        }
        moves.close(0.02);
    }
    let states: Vec<u32> = (0..n).collect();
    let system = System::new(moves, &states);
    let mut start = vec![0.0; n as usize];
    start[7] = 1.0;
    let met: f64 = system.forward(&start).iter().sum();
    let worth = system.backward(&vec![1.0; n as usize]);
    let width = system.enclosure().expect("bounds");
    assert!(width < 1e-10, "{width}");
    assert!((met - 50.0).abs() <= 50.0 * (width + 1e-12), "{met} {width}");
    assert!(worth.iter().all(|x| (x - 50.0).abs() <= 50.0 * (width + 1e-12)));
}

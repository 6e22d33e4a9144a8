//! Attribution by hand, against all paths one by one, and against all coalitions by Gauss' elimination.

use super::oracle::random;
use super::{Go, Net, Stop, certain, close, r, stage};
use crate::chain::{Chain, Row};
use crate::model::{GoalId, TouchpointId};
use crate::plan::{Declined, Plan};
use crate::solve::attribution::{Attribution, Credits, Parts, Settings, attribute, removals_both_ways};
use crate::solve::solve;
use std::collections::BTreeMap;

const HALF_LIFE: f64 = 5.0;

/// Each touchpoint its own part.
fn each(plan: &Plan) -> Parts {
    let count = plan.touchpoints.len();
    Parts { of: (0..count).collect(), count }
}

fn attribution(chain: &Chain, plan: &Plan, channels: &Parts) -> Attribution {
    let settings = Settings { half_life: HALF_LIFE, ..Settings::default() };
    let stages = Parts { of: vec![0; channels.of.len()], count: 1 };
    attribute(chain, plan, channels, &stages, &settings).unwrap().unwrap()
}

fn convert(net: &mut Net, from: usize, numerator: i64, denominator: i64) {
    let leave = net.branch(from, Stop(0), r(numerator, denominator));
    net.leaves[leave].reaches.push(GoalId::new(0));
}

/// Arrivals come half to A, 30 % to B, 20 % to C. A leads to B with 40 % and converts 20 %; B leads to C with 50 % and converts
/// 30 %; C converts 40 %. So C converts 0.4, B 0.3 + 0.5 × 0.4 = 0.5, A 0.2 + 0.4 × 0.5 = 0.4, in all
/// 0.5 × 0.4 + 0.3 × 0.5 + 0.2 × 0.4 = 0.43.
fn three() -> Net {
    let mut net = Net::new(1, &[false, true]);
    let (a, b, c) = (net.state(), net.state(), net.state());
    net.branch(a, Go(b), r(4, 10));
    convert(&mut net, a, 2, 10);
    net.branch(a, Stop(1), r(4, 10));
    net.branch(b, Go(c), r(5, 10));
    convert(&mut net, b, 3, 10);
    net.branch(b, Stop(1), r(2, 10));
    convert(&mut net, c, 4, 10);
    net.branch(c, Stop(1), r(6, 10));
    for (to, share) in [(a, 5), (b, 3), (c, 2)] {
        net.enter(0, Go(to), r(share, 10));
    }
    net
}

#[test]
fn three_channels_by_hand() {
    let net = three();
    let plan = net.plan();
    let found = attribution(&net.chain(), &plan, &each(&plan));
    close(found.conversions, 0.43);
    assert_eq!(found.untouched, 0.0);
    // Lost: without A 0.3 × 0.5 + 0.2 × 0.4; without B A converts 0.2: 0.5 × 0.2 + 0.2 × 0.4; without C B converts 0.3 and A
    // 0.2 + 0.4 × 0.3 = 0.32: 0.5 × 0.32 + 0.3 × 0.3.
    for (left, wanted) in found.channels.without.iter().zip([0.23, 0.18, 0.25]) {
        close(*left, wanted);
    }
    // Shared: without A arrivals are 60 % B, 40 % C: 0.6 × 0.5 + 0.4 × 0.4. Without B they are 5/7 A, 2/7 C, and A converts
    // 0.2/0.6 = 1/3: 5/21 + 4/35 = 37/105. Without C they are 5/8 A, 3/8 B, B converts 0.3/0.5 = 0.6 and A 0.2 + 0.4 × 0.6 = 0.44:
    // 0.275 + 0.225.
    for (left, wanted) in found.channels.rerouted.iter().zip([0.46, 37.0 / 105.0, 0.5]) {
        close(*left, wanted);
    }
    // v: A 0.1, B 0.09, C 0.08, AB 0.25, AC 0.18, BC 0.23, ABC 0.43. What each adds in the orders ABC, ACB, BAC, BCA, CAB, CBA:
    let orders =
        [[0.10, 0.15, 0.18], [0.10, 0.25, 0.08], [0.16, 0.09, 0.18], [0.20, 0.09, 0.14], [0.10, 0.25, 0.08], [0.20, 0.15, 0.08]];
    for player in 0..3 {
        close(found.shapley.values[player], orders.iter().map(|added| added[player]).sum::<f64>() / 6.0);
    }
    assert_eq!((found.shapley.coalitions, found.shapley.orders), (8, 0));
    // Paths that convert: A 0.1, B 0.09, C 0.08, AB 0.5 × 0.4 × 0.3 = 0.06, BC 0.3 × 0.5 × 0.4 = 0.06,
    // ABC 0.5 × 0.4 × 0.5 × 0.4 = 0.04.
    let touches = &found.channels.touches;
    let wanted = [
        (&touches.first, [0.1 + 0.06 + 0.04, 0.09 + 0.06, 0.08]),
        (&touches.last, [0.1, 0.09 + 0.06, 0.08 + 0.06 + 0.04]),
        (&touches.linear, [0.1 + 0.03 + 0.04 / 3.0, 0.09 + 0.03 + 0.03 + 0.04 / 3.0, 0.08 + 0.03 + 0.04 / 3.0]),
        (&touches.position, [0.1 + 0.03 + 0.016, 0.09 + 0.03 + 0.03 + 0.008, 0.08 + 0.03 + 0.016]),
    ];
    for (found, wanted) in wanted {
        for (found, wanted) in found.iter().zip(wanted) {
            close(*found, wanted);
        }
    }
}

#[test]
fn time_decay_by_hand() {
    // A takes 5 s and leads to B on a way of 5 s; B takes 10 s and converts. Half-life 5 s: at the conversion, 20 s after A and 10 s
    // after B, they weigh 1/16 and 1/4. Half of the customers come to C instead, whose visit converts at once: weight 1. Of one
    // conversion A has (1/32)/(21/32) = 1/21, B 4/21, C 16/21.
    let mut net = Net::new(1, &[false]);
    let (a, b, c) = (net.state(), net.state(), net.state());
    net.visits[a].takes = certain(5);
    net.visits[b].takes = certain(10);
    net.visits[c].reaches.push(GoalId::new(0));
    let way = net.branch(a, Go(b), r(1, 1));
    net.leaves[way].after = certain(5);
    convert(&mut net, b, 1, 1);
    net.branch(c, Stop(0), r(1, 1));
    net.enter(0, Go(a), r(1, 2));
    net.enter(0, Go(c), r(1, 2));
    let plan = net.plan();
    let found = attribution(&net.chain(), &plan, &each(&plan));
    for (found, wanted) in found.touchpoints.touches.decay.unwrap().iter().zip([1.0, 4.0, 16.0]) {
        close(*found, wanted / 21.0);
    }
}

#[test]
fn who_has_no_other_way_is_lost() {
    // A and B lead to each other, and out by X alone: without X they go round for ever.
    let mut net = Net::new(1, &[false, true]);
    let (a, b, x) = (net.state(), net.state(), net.state());
    net.branch(a, Go(b), r(9, 10));
    net.branch(a, Go(x), r(1, 10));
    net.branch(b, Go(a), r(1, 1));
    convert(&mut net, x, 1, 2);
    net.branch(x, Stop(1), r(1, 2));
    net.enter(0, Go(a), r(1, 1));
    let plan = net.plan();
    let found = attribution(&net.chain(), &plan, &each(&plan));
    close(found.conversions, 0.5);
    assert_eq!(found.touchpoints.rerouted[2], 0.0);
    // Without B all go to X; without A nobody comes in.
    close(found.touchpoints.rerouted[1], 0.5);
    assert_eq!(found.touchpoints.rerouted[0], 0.0);
    assert_eq!(found.touchpoints.without, [0.0, 0.05, 0.0]);
    // A alone gives nothing, A and X 0.05: what is gained by the last of A, X is 0.05 shared by two; the other 0.45 by all three.
    close(found.shapley.values[0], 0.025 + 0.15);
    close(found.shapley.values[1], 0.15);
}

#[test]
fn a_goal_reached_on_coming_in_is_nobodys() {
    let mut net = Net::new(1, &[false, true]);
    let a = net.state();
    convert(&mut net, a, 1, 2);
    net.branch(a, Stop(1), r(1, 2));
    net.enter(0, Go(a), r(3, 4));
    let entry = net.enter(0, Stop(0), r(1, 4));
    net.leaves[entry].reaches.push(GoalId::new(0));
    let plan = net.plan();
    let found = attribution(&net.chain(), &plan, &each(&plan));
    close(found.conversions, 0.625);
    close(found.untouched, 0.25);
    close(found.shapley.values[0], 0.375);
    close(found.touchpoints.without[0], 0.25);
    // All who arrive then come in by the branch that reaches the goal.
    close(found.touchpoints.rerouted[0], 1.0);
}

#[test]
fn without_a_goal_or_under_a_horizon_nothing_is_credited() {
    let net = three();
    let (chain, mut plan) = (net.chain(), net.plan());
    let parts = each(&plan);
    plan.horizon = Some(1.0);
    assert!(attribute(&chain, &plan, &parts, &parts, &Settings::default()).is_ok(), "no journey lasts that long");
    plan.goal = None;
    assert!(attribute(&chain, &plan, &parts, &parts, &Settings::default()).unwrap().is_none());
    let mut slow = three();
    slow.visits[0].takes = certain(2);
    let mut plan = slow.plan();
    plan.horizon = Some(1.0);
    assert_eq!(attribute(&slow.chain(), &plan, &parts, &parts, &Settings::default()).unwrap_err(), Declined::Horizon);
}

/// A path up to now: touchpoints and their times, where it stands, and its probability.
struct Path {
    touches: Vec<(usize, f64)>,
    time: f64,
}

/// What all paths of at most so many touches credit, by touchpoint, decay not yet in proportion.
fn enumerate(chain: &Chain, plan: &Plan, longest: usize, position: (f64, f64)) -> (f64, Credits<Vec<f64>>) {
    let goal = &plan.events[plan.goals[0].0];
    let n = plan.touchpoints.len();
    let zero = || vec![0.0; n];
    let mut sums = Credits { first: zero(), last: zero(), linear: zero(), position: zero(), decay: Some(zero()) };
    let mut total = 0.0;
    let mut convert = |path: &Path, p: f64| {
        total += p;
        let count = path.touches.len();
        for (at, (t, time)) in path.touches.iter().enumerate() {
            let (first, last) = (at == 0, at + 1 == count);
            sums.first[*t] += if first { p } else { 0.0 };
            sums.last[*t] += if last { p } else { 0.0 };
            sums.linear[*t] += p / count as f64;
            sums.position[*t] += p * match (count, first, last) {
                (1, ..) => 1.0,
                (2, true, _) => position.0 / (position.0 + position.1),
                (2, ..) => position.1 / (position.0 + position.1),
                (_, true, _) => position.0,
                (_, _, true) => position.1,
                _ => (1.0 - position.0 - position.1) / (count - 2) as f64,
            };
            sums.decay.as_mut().unwrap()[*t] += p * ((time - path.time) / HALF_LIFE).exp2();
        }
    };
    let mut open: Vec<(Path, u32, u32, f64)> = Vec::new();
    for e in &chain.entries {
        open.push((Path { touches: Vec::new(), time: 0.0 }, e.leave, e.to, chain.probability(e.probability)));
    }
    while let Some((mut path, leave, to, p)) = open.pop() {
        if goal.leave[leave as usize] {
            convert(&path, p);
            continue;
        }
        let Row::State(state) = chain.row(to) else { continue };
        path.time += crate::model::law::nearest(&chain.leave(leave).after.constant);
        path.touches.push((chain.states[state as usize].touchpoint.index(), path.time));
        if goal.visit[chain.states[state as usize].visit as usize] {
            convert(&path, p);
        } else if path.touches.len() < longest {
            path.time += crate::model::law::nearest(&chain.visit(state).takes.constant);
            for b in chain.branches_of(state) {
                let copy = Path { touches: path.touches.clone(), time: path.time };
                open.push((copy, b.leave, b.to, p * chain.probability(b.probability)));
            }
        }
    }
    (total, sums)
}

#[track_caller]
fn same_credits(chain: &Chain, plan: &Plan, longest: usize, within: f64) {
    let position = (0.3, 0.45);
    let settings = Settings { half_life: HALF_LIFE, position };
    let parts = each(plan);
    let found = attribute(chain, plan, &parts, &parts, &settings).unwrap().unwrap();
    let (total, wanted) = enumerate(chain, plan, longest, position);
    let near = |a: f64, b: f64| assert!((a - b).abs() <= within * b.abs() + 1e-15, "{a} is not {b}");
    near(found.conversions, total);
    let touches = &found.touchpoints.touches;
    let touched = found.conversions - found.untouched;
    let weights: f64 = wanted.decay.as_ref().unwrap().iter().sum();
    let decay: Vec<f64> = wanted.decay.unwrap().iter().map(|w| w / weights * touched).collect();
    let pairs = [
        (&touches.first, &wanted.first),
        (&touches.last, &wanted.last),
        (&touches.linear, &wanted.linear),
        (&touches.position, &wanted.position),
        (touches.decay.as_ref().unwrap(), &decay),
    ];
    for (found, wanted) in pairs {
        found.iter().zip(wanted).for_each(|(a, b)| near(*a, *b));
        close(found.iter().sum::<f64>(), touched);
    }
    assert!(found.width <= 1e-12, "{}", found.width);
}

#[test]
fn credits_are_those_of_all_paths() {
    // Nine states in a row at four touchpoints, each leading to any two of the later ones, to the goal and out, on certain times.
    let mut net = Net::new(1, &[false, true]);
    for s in 0..9 {
        net.state_at(0, s % 4);
        net.visits[s].takes = certain(s as i64 % 3);
    }
    for s in 0..9 {
        for (step, share) in [(1, 3), (3, 4)] {
            let to = if s + step < 9 { Go(s + step) } else { Stop(1) };
            let leave = net.branch(s, to, r(share, 10));
            net.leaves[leave].after = certain((s + step) as i64 % 5);
        }
        convert(&mut net, s, 1, 10);
        net.branch(s, Stop(1), r(2, 10));
    }
    net.visits[7].reaches.push(GoalId::new(0));
    net.enter(0, Go(0), r(2, 3));
    let coming = net.enter(0, Go(2), r(1, 4));
    net.leaves[coming].after = certain(3);
    let lucky = net.enter(0, Stop(0), r(1, 12));
    net.leaves[lucky].reaches.push(GoalId::new(0));
    same_credits(&net.chain(), &net.plan(), 9, 1e-12);
}

#[test]
fn credits_are_those_of_all_paths_round_loops() {
    // Three states, each leading to two of the three with 1/20 each: after 17 touches 0.1¹⁶ are still under way. Adding
    // up 262,000 paths, most of them too small to be felt by the sum, costs the last digits of what is wanted.
    let mut net = Net::new(1, &[false, true]);
    for s in 0..3 {
        net.state();
        net.visits[s].takes = certain(s as i64 + 1);
    }
    for s in 0..3 {
        let back = net.branch(s, Go((s + 2) % 3), r(1, 20));
        net.leaves[back].after = certain(2);
        net.branch(s, Go(s / 2), r(1, 20));
        convert(&mut net, s, s as i64 + 1, 10);
        net.branch(s, Stop(1), r(8 - s as i64, 10));
    }
    net.enter(0, Go(0), r(1, 2));
    net.enter(0, Go(1), r(1, 2));
    same_credits(&net.chain(), &net.plan(), 17, 5e-12);
}

#[test]
fn a_retry_that_hardly_ever_succeeds_is_credited() {
    // From A back to A with 1 − 2p, to the goal and out with p each: N is geometric with mean 1/(2p). With q = 2p: the first touch
    // is A's, so all models give A one half. B stands before A for half of them: its linear credit is ½ E[1/(N + 1)] with
    // E[1/(N + 1)] = Σ q (1 − q)^{n−1}/(n + 1) = q (−ln q − (1 − q)) / (1 − q)².
    for p in [1_000_i64, 1_000_000_000] {
        let mut net = Net::new(1, &[false, true]);
        let (a, b) = (net.state(), net.state());
        net.branch(b, Go(a), r(1, 1));
        net.branch(a, Go(a), r(p - 2, p));
        convert(&mut net, a, 1, p);
        net.branch(a, Stop(1), r(1, p));
        net.enter(0, Go(a), r(1, 2));
        net.enter(0, Go(b), r(1, 2));
        let plan = net.plan();
        let found = attribution(&net.chain(), &plan, &each(&plan));
        let q = 2.0 / p as f64;
        let wanted = 0.25 * q * (-libm::log(q) - (1.0 - q)) / ((1.0 - q) * (1.0 - q));
        let got = found.touchpoints.touches.linear[b];
        assert!((got - wanted).abs() <= 2e-12 * wanted, "{got} {wanted}");
        close(found.touchpoints.touches.linear.iter().sum(), 0.5);
        close(found.touchpoints.touches.position.iter().sum(), 0.5);
        assert!(found.width <= 1e-12, "{}", found.width);
    }
}

/// Solves `x = b + A x` by Gauss' elimination.
fn dense(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for (i, row) in a.iter_mut().enumerate() {
        row.iter_mut().for_each(|x| *x = -*x);
        row[i] += 1.0;
    }
    for k in 0..n {
        let top = a[k].clone();
        for i in k + 1..n {
            let factor = a[i][k] / top[k];
            if factor != 0.0 {
                (k..n).for_each(|j| a[i][j] -= factor * top[j]);
                b[i] -= factor * b[k];
            }
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| a[k][j] * b[j]).sum();
        b[k] = (b[k] - known) / a[k][k];
    }
    b
}

/// Conversions with some touchpoints closed.
fn conversions(chain: &Chain, plan: &Plan, closed: &dyn Fn(TouchpointId) -> bool, shared: bool) -> f64 {
    let goal = &plan.events[plan.goals[0].0];
    let n = chain.states.len();
    // a row: where it leads, and what it gains, of those that are not shared out
    let row = |steps: &[(u32, u32, f64)]| {
        let (mut to, mut gain, mut all) = (vec![0.0; n], 0.0, 0.0);
        for &(leave, target, p) in steps {
            let state = (target as usize) < n;
            if goal.leave[leave as usize] {
                gain += p;
            } else if state && closed(chain.states[target as usize].touchpoint) {
                all += if shared { 0.0 } else { p };
                continue;
            } else if state {
                to[target as usize] += p;
            }
            all += p;
        }
        let scale = if all > 0.0 { 1.0 / all } else { 0.0 };
        to.iter_mut().for_each(|p| *p *= scale);
        (to, gain * scale)
    };
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for s in 0..n as u32 {
        let steps: Vec<_> = chain.branches_of(s).iter().map(|b| (b.leave, b.to, chain.probability(b.probability))).collect();
        let reached = goal.visit[chain.states[s as usize].visit as usize];
        let (to, gain) = if reached { (vec![0.0; n], 1.0) } else { row(&steps) };
        a.push(to);
        b.push(gain);
    }
    let x = dense(a, b);
    let mut ways: BTreeMap<_, Vec<(u32, u32, f64)>> = BTreeMap::new();
    for e in &chain.entries {
        ways.entry((e.arrival, e.persona)).or_default().push((e.leave, e.to, chain.probability(e.probability)));
    }
    let one = |steps: &Vec<(u32, u32, f64)>| {
        let (to, gain) = row(steps);
        let share: f64 = steps.iter().map(|s| s.2).sum();
        share * (gain + to.iter().zip(&x).map(|(p, x)| p * x).sum::<f64>())
    };
    ways.values().map(one).sum()
}

/// Shapley values over all coalitions.
fn brute_force(chain: &Chain, plan: &Plan, parts: &Parts) -> Vec<f64> {
    let n = parts.count;
    let value = |s: usize| conversions(chain, plan, &|t| s >> parts.of[t.index()] & 1 == 0, false);
    let values: Vec<f64> = (0..1 << n).map(value).collect();
    let factorial = |k: usize| (1..=k).product::<usize>() as f64;
    let weight = |s: usize| factorial(s) * factorial(n - s - 1) / factorial(n);
    let one = |i: usize| {
        let without = (0..1 << n).filter(|s: &usize| s >> i & 1 == 0);
        without.map(|s| weight(s.count_ones() as usize) * (values[s | 1 << i] - values[s])).sum()
    };
    (0..n).map(one).collect()
}

#[test]
fn removals_and_shapley_values_are_those_of_all_coalitions() {
    for seed in 0..25 {
        let net = random(seed);
        let (chain, mut plan) = (net.chain(), net.plan());
        stage(&mut plan, &[1, 2]);
        let parts = Parts { of: vec![0, 1, 1, 2], count: 3 };
        let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-12, "seed {seed}: {a} {b}");
        for parts in [each(&plan), parts] {
            let found = attribution(&chain, &plan, &parts);
            for part in 0..parts.count {
                let closed = |t: TouchpointId| parts.of[t.index()] == part;
                near(found.channels.without[part], conversions(&chain, &plan, &closed, false));
                near(found.channels.rerouted[part], conversions(&chain, &plan, &closed, true));
            }
            let [halves, single] = removals_both_ways(&chain, &plan, &parts).unwrap();
            halves.0.iter().chain(&halves.1).zip(single.0.iter().chain(&single.1)).for_each(|(a, b)| near(*a, *b));
            let wanted = brute_force(&chain, &plan, &parts);
            found.shapley.values.iter().zip(&wanted).for_each(|(a, b)| near(*a, *b));
            let touched = found.conversions - found.untouched;
            near(found.shapley.values.iter().sum(), touched);
            let touches = &found.channels.touches;
            for sum in [&touches.first, &touches.last, &touches.linear, &touches.position] {
                near(sum.iter().sum(), touched);
            }
            near(touches.decay.as_ref().unwrap().iter().sum(), touched);
        }
        let board = solve(&chain, &plan).unwrap().board;
        let found = attribution(&chain, &plan, &each(&plan));
        for (t, point) in board.personas[0].touchpoints.iter().enumerate() {
            near(found.touchpoints.without[t], point.goal_before);
        }
    }
}

#[test]
fn a_game_of_many_states_is_that_of_all_coalitions() {
    // 110 states of five channels in a ring with chords: more than fit a full matrix.
    let n = 110;
    let mut net = Net::new(1, &[false, true]);
    for s in 0..n {
        net.state_at(0, s % 5);
    }
    for s in 0..n {
        net.branch(s, Go((s + 1) % n), r(4, 10));
        net.branch(s, Go((s * s + 3) % n), r(3, 10));
        net.branch(s, Go((s * 7 + 11) % n), r(2, 10));
        convert(&mut net, s, s as i64 % 3 + 1, 40);
        net.branch(s, Stop(1), r(3 - s as i64 % 3, 40));
    }
    net.enter(0, Go(0), r(1, 2));
    net.enter(0, Go(57), r(1, 2));
    let (chain, plan) = (net.chain(), net.plan());
    let found = attribution(&chain, &plan, &each(&plan));
    for (value, wanted) in found.shapley.values.iter().zip(brute_force(&chain, &plan, &each(&plan))) {
        close(*value, wanted);
    }
    for t in 0..5 {
        let closed = |touchpoint: TouchpointId| touchpoint.index() == t;
        close(found.touchpoints.rerouted[t], conversions(&chain, &plan, &closed, true));
    }
}

#[test]
fn more_than_sixteen_channels_are_sampled_and_say_so() {
    // Seven ways of three channels in a row: each has a third of the conversions of its way. Their orders vary, so that a sample has
    // an interval; that of a pair would not.
    let mut net = Net::new(1, &[false]);
    for way in 0..7 {
        let [a, b, c] = [net.state(), net.state(), net.state()];
        net.branch(a, Go(b), r(1, 1));
        net.branch(b, Go(c), r(1, 1));
        convert(&mut net, c, 1, 1);
        net.enter(0, Go(a), r(way + 1, 28));
    }
    let plan = net.plan();
    let found = attribution(&net.chain(), &plan, &each(&plan));
    assert_eq!((found.shapley.coalitions, found.shapley.orders), (0, 1024));
    let half = found.shapley.half_widths.as_ref().unwrap();
    let mut outside = 0;
    for (channel, value) in found.shapley.values.iter().enumerate() {
        let wanted = (channel / 3 + 1) as f64 / 28.0 / 3.0;
        assert!(half[channel] > 0.0 && half[channel] < 0.1 * wanted);
        // four standard errors and more: chance would not
        assert!((value - wanted).abs() < 2.1 * half[channel], "{channel}: {value} {wanted}");
        outside += usize::from((value - wanted).abs() > half[channel]);
    }
    assert!(outside <= 4, "{outside} of 21 outside their 95 % interval");
    close(found.shapley.values.iter().sum(), 1.0);
    assert_eq!(found.shapley, attribution(&net.chain(), &plan, &each(&plan)).shapley);
}

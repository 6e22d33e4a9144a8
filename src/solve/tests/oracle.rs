//! Random chains against equations written down instant by instant and solved as fractions by Gauss' elimination.

use super::{Go, Net, Stop, close, fraction, hit, later, mean, r, sd};
use crate::chain::Chain;
use crate::model::law::nearest;
use crate::model::{GoalId, Law, MoneyKind};
use crate::plan::{At, EventIx, Marks, Plan, Variable};
use crate::solve::halving::by_halves;
use crate::solve::meetings::one_by_one;
use crate::solve::walk::Walk;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Knuth's generator (The Art of Computer Programming 2, 3.3.4), high bits.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n) as usize
    }

    fn goals(&mut self) -> Vec<GoalId> {
        (0..2).filter(|_| self.below(5) == 0).map(GoalId::new).collect()
    }

    fn few(&mut self) -> Law {
        Law::constant(r(self.below(4) as i64, 1))
    }
}

/// Seven states at four touchpoints, two goals, two ends, all leading anywhere.
pub(super) fn random(seed: u64) -> Net {
    let mut dice = Dice(seed);
    let mut net = Net::new(2, &[false, true]);
    let n = 7;
    for s in 0..n {
        net.state_at(0, s % 4);
        net.visits[s].reaches = dice.goals();
        net.visits[s].takes = dice.few();
        net.visits[s].rewards.costs.push(dice.few());
    }
    for s in 0..n {
        let weights: Vec<i64> = (0..4).map(|_| dice.below(5) as i64).collect();
        let sum = weights.iter().sum::<i64>() + 1;
        for weight in weights {
            let to = Go(dice.below(n as u64));
            decorate(&mut net, &mut dice, s, to, r(weight, sum));
        }
        let end = Stop(dice.below(2));
        decorate(&mut net, &mut dice, s, end, r(1, sum));
    }
    for to in [Go(0), Go(dice.below(n as u64)), Stop(0)] {
        let leave = net.enter(0, to, r(1, 3));
        net.leaves[leave].reaches = dice.goals();
        net.leaves[leave].after = dice.few();
        net.leaves[leave].rewards.costs.push(dice.few());
    }
    net
}

fn decorate(net: &mut Net, dice: &mut Dice, from: usize, to: super::To, p: BigRational) {
    let leave = net.branch(from, to, p);
    net.leaves[leave].reaches = dice.goals();
    net.leaves[leave].after = dice.few();
    net.leaves[leave].rewards.costs.push(dice.few());
}

/// Solves `x = b + A x`.
fn gauss(mut a: Vec<Vec<BigRational>>, b: Vec<BigRational>) -> Vec<BigRational> {
    let n = b.len();
    for (i, (row, b)) in a.iter_mut().zip(b).enumerate() {
        row.iter_mut().for_each(|x| *x = -x.clone());
        row[i] += BigRational::one();
        row.push(b);
    }
    for k in 0..n {
        let pivot = (k..n).find(|&i| !a[i][k].is_zero()).unwrap();
        a.swap(k, pivot);
        let top = a[k].clone();
        for (i, row) in a.iter_mut().enumerate() {
            if i != k && !row[k].is_zero() {
                let factor = &row[k] / &top[k];
                for j in k..=n {
                    let less = &factor * &top[j];
                    row[j] -= less;
                }
            }
        }
    }
    (0..n).map(|i| &a[i][n] / &a[i][i]).collect()
}

/// What an event may do at an instant.
struct Rule<'a> {
    from: Option<&'a Marks>,
    to: &'a Marks,
    before: Option<&'a Marks>,
}

impl Rule<'_> {
    /// Whether the first event has happened after an instant, or the outcome.
    fn at(&self, started: bool, falls: &dyn Fn(&Marks) -> bool) -> Result<bool, bool> {
        if !started {
            let Some(from) = self.from else { unreachable!() };
            if !falls(from) {
                return Ok(false);
            }
            return if falls(self.to) && self.to.event != from.event { Err(true) } else { Ok(true) };
        }
        if falls(self.to) {
            return Err(true);
        }
        if self.before.is_some_and(falls) { Err(false) } else { Ok(true) }
    }
}

/// The chance that `to` happens after `from` and before `before`, by one equation per instant and phase.
fn hits(chain: &Chain, plan: &Plan, from: Option<EventIx>, to: EventIx, before: Option<EventIx>) -> BigRational {
    let marks = |e: EventIx| &plan.events[e.0];
    let rule = Rule { from: from.map(marks), to: marks(to), before: before.map(marks) };
    let n = chain.states.len();
    // unknowns: (phase, state, instant), and last the whole
    let at = |started: bool, s: usize, k: usize| (usize::from(started) * n + s) * 3 + k;
    let size = 6 * n + 1;
    let mut a = vec![vec![BigRational::zero(); size]; size];
    let mut b = vec![BigRational::zero(); size];
    let one = BigRational::one();
    let mut go = |row: usize, p: &BigRational, outcome: Result<(bool, usize, usize), bool>| match outcome {
        Ok((started, s, k)) => a[row][at(started, s, k)] += p,
        Err(true) => b[row] += p,
        Err(false) => {}
    };
    // from leaving by a branch to just before the next visit, or the end
    let leave = |started: bool, leave: u32, to: u32| -> Result<(bool, usize, usize), bool> {
        let started = rule.at(started, &|m| m.leave[leave as usize])?;
        match (to as usize).checked_sub(n) {
            None => Ok((started, to as usize, 0)),
            Some(end) => rule.at(started, &|m| m.end[end]).and(Err(false)),
        }
    };
    for started in [false, true] {
        if !started && from.is_none() {
            continue;
        }
        for s in 0..n {
            let met = rule.at(started, &|m| m.meet[chain.states[s].touchpoint.index()]);
            go(at(started, s, 0), &one, met.map(|started| (started, s, 1)));
            let reached = rule.at(started, &|m| m.visit[chain.states[s].visit as usize]);
            go(at(started, s, 1), &one, reached.map(|started| (started, s, 2)));
            for branch in chain.branches_of(s as u32) {
                let p = &chain.probabilities[branch.probability as usize].exact;
                go(at(started, s, 2), p, leave(started, branch.leave, branch.to));
            }
        }
    }
    for e in &chain.entries {
        go(size - 1, &chain.probabilities[e.probability as usize].exact, leave(from.is_none(), e.leave, e.to));
    }
    gauss(a, b).pop().unwrap()
}

#[test]
fn chances_are_those_of_the_instants() {
    for seed in 0..25 {
        let net = random(seed);
        let (chain, mut plan) = (net.chain(), net.plan());
        super::stage(&mut plan, &[1, 2]);
        let mut dice = Dice(seed + 1000);
        let mut event = || EventIx(dice.below(plan.events.len() as u64));
        let mut questions = Vec::new();
        for _ in 0..6 {
            let (from, to, before) = (event(), event(), event());
            questions.push(Variable::Hit { from: Some(from), to, before: Some(before), within: None });
            questions.push(later(from, to));
            questions.push(Variable::Hit { from: None, to, before: Some(before), within: None });
            questions.push(hit(to));
        }
        let asked: Vec<_> = questions.iter().map(|q| (q.clone(), None)).collect();
        let found = net.ask_of(plan.clone(), &asked);
        for (question, answer) in questions.iter().zip(&found.answers) {
            let Variable::Hit { from, to, before, .. } = *question else { unreachable!() };
            let wanted = hits(&chain, &plan, from, to, before);
            assert_eq!(fraction(answer), wanted, "seed {seed} {question:?}");
            close(mean(answer), nearest(&wanted));
        }
        assert!(found.residual < 1e-14);
    }
}

#[test]
fn both_ways_to_find_first_meetings_give_what_each_event_alone_gives() {
    for seed in 0..25 {
        let net = random(seed);
        let goal = net.goal(0);
        let before = |t| Variable::Hit { from: None, to: goal, before: Some(net.touch(t)), within: None };
        let questions: Vec<_> = (0..4).flat_map(|t| [(hit(net.touch(t)), None), (before(t), None)]).collect();
        let wanted = net.ask(&questions);
        let (chain, plan) = (net.chain(), net.plan());
        let walk = Walk::new(&chain, &plan).unwrap();
        for found in [one_by_one(&walk, Some(goal)), by_halves(&walk, Some(goal))] {
            for t in 0..4 {
                close(found.reach[0][t], nearest(&fraction(&wanted.answers[2 * t])));
                close(found.goal_before[0][t], nearest(&fraction(&wanted.answers[2 * t + 1])));
            }
        }
    }
}

/// By row: probability, gain, and where to: an unknown, or a final chance.
type Ways = Vec<Vec<(BigRational, BigRational, Result<usize, bool>)>>;

/// Share, mean and variance of what adds up along a path, over those to whom an event happens (all, without), until then or to
/// the end, from the equations of the first two moments; all rewards are certain.
fn moments(
    chain: &Chain,
    event: Option<&Marks>,
    to_the_end: bool,
    gain: &dyn Fn(Option<usize>, u32, Option<u32>) -> BigRational,
) -> (BigRational, BigRational, BigRational) {
    let n = chain.states.len();
    let size = 2 * n + 1;
    let mut a = vec![vec![BigRational::zero(); size]; size];
    let mut ways: Ways = vec![Vec::new(); size];
    let mut way = |row: usize, happened: bool, s: Option<usize>, p: &BigRational, leave: u32, to: u32| {
        let state = ((to as usize) < n).then_some(to);
        let falls = |m: &Marks| {
            let row = m.leave[leave as usize] || m.on_row(chain, to);
            (row, row || state.is_some_and(|t| m.visit[chain.states[t as usize].visit as usize]))
        };
        let now = happened || event.is_none_or(|m| falls(m).1);
        let by_branch = event.is_some_and(|m| m.leave[leave as usize]);
        // money up to the event: the visit counts unless the branch itself was the event
        let counted = if !happened && by_branch && !to_the_end { None } else { state };
        let next = match state {
            Some(t) if !now => Ok(t as usize),
            Some(t) if to_the_end || event.is_none() => Ok(n + t as usize),
            _ => Err(now),
        };
        if let Ok(next) = next {
            a[row][next] += p;
        }
        ways[row].push((p.clone(), gain(s, leave, counted), next));
    };
    for happened in [false, true] {
        for s in 0..n {
            for b in chain.branches_of(s as u32) {
                let p = &chain.probabilities[b.probability as usize].exact;
                way(usize::from(happened) * n + s, happened, Some(s), p, b.leave, b.to);
            }
        }
    }
    for e in &chain.entries {
        way(size - 1, false, None, &chain.probabilities[e.probability as usize].exact, e.leave, e.to);
    }
    let solve = |term: &dyn Fn(&BigRational, Result<usize, bool>) -> BigRational| {
        let b = ways.iter().map(|list| list.iter().map(|(p, gain, next)| p * term(gain, *next)).sum()).collect();
        gauss(a.clone(), b)
    };
    let last = |next: Result<usize, bool>| if next == Err(true) { BigRational::one() } else { BigRational::zero() };
    let h = solve(&|_, next| last(next));
    let chance = |next: Result<usize, bool>| next.map_or_else(|_| last(next), |i| h[i].clone());
    let m1 = solve(&|gain, next| gain * chance(next));
    let first = |next: Result<usize, bool>| next.map_or_else(|_| BigRational::zero(), |i| m1[i].clone());
    let m2 = solve(&|gain, next| gain * gain * chance(next) + r(2, 1) * gain * first(next));
    let share = h[size - 1].clone();
    let mean = &m1[size - 1] / &share;
    (share.clone(), mean.clone(), &m2[size - 1] / share - &mean * &mean)
}

#[test]
fn means_and_spreads_are_those_of_the_moment_equations() {
    for seed in 0..25 {
        let net = random(seed);
        let (chain, plan) = (net.chain(), net.plan());
        let goal = net.goal(0);
        let marks = &plan.events[goal.0];
        let money = Variable::Money(MoneyKind::Cost, At::Anywhere);
        let found = net.ask(&[
            (money.clone(), None),
            (money, Some(goal)),
            (Variable::TimeTo(goal), Some(goal)),
            (Variable::TimeTo(net.end(0)), Some(net.end(0))),
        ]);
        let cost = |_: Option<usize>, leave: u32, to: Option<u32>| {
            let visit = to.map_or_else(BigRational::zero, |t| chain.visit(t).rewards.costs[0].constant.clone());
            chain.leave(leave).rewards.costs[0].constant.clone() + visit
        };
        // the way to the end or to the next visit, unless the branch itself was the goal
        let goal_time = |s: Option<usize>, leave: u32, _: Option<u32>| {
            let stay = s.map_or_else(BigRational::zero, |s| chain.visit(s as u32).takes.constant.clone());
            let way = if marks.leave[leave as usize] { BigRational::zero() } else { chain.leave(leave).after.constant.clone() };
            stay + way
        };
        let end_time = |s: Option<usize>, leave: u32, _: Option<u32>| {
            let stay = s.map_or_else(BigRational::zero, |s| chain.visit(s as u32).takes.constant.clone());
            stay + chain.leave(leave).after.constant.clone()
        };
        let wanted = [
            moments(&chain, None, true, &cost),
            moments(&chain, Some(marks), true, &cost),
            moments(&chain, Some(marks), false, &goal_time),
            moments(&chain, Some(&plan.events[net.end(0).0]), false, &end_time),
        ];
        for (at, (answer, (share, m, variance))) in found.answers.iter().zip(&wanted).enumerate() {
            assert_eq!((&fraction(answer), at), (m, at), "seed {seed}");
            close(answer.exact.as_ref().unwrap()[0].base, nearest(share));
            close(mean(answer), nearest(m));
            close(sd(answer), nearest(variance).sqrt());
        }
        let (_, m, variance) = moments(&chain, Some(marks), false, &cost);
        let board = found.board.personas[0].goals[0];
        close(board.cost.0, nearest(&m));
        close(board.cost.1, nearest(&variance).sqrt());
    }
}

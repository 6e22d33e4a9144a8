//! The same figures to the bit: threads, rounds, shards, replay.

use super::super::path::{Path, Trails};
use super::super::tables::Tables;
use super::super::walk::{Follow, Log};
use super::*;

/// A loop with every kind of law, two personas, and questions of every kind of keeping.
pub(super) fn journey() -> Built {
    let mut j = Build::new(3, 1, 2).personas(&[fraction(1, 3), fraction(2, 3)]);
    for persona in 0..2 {
        let felt = chance(Family::Normal { mean: 0.5, sd: 1.0, positive: false });
        let a = j.state(
            persona,
            Visit {
                rewards: Rewards { costs: vec![chance(Family::Gamma { shape: 0.7, scale: 3.0 })], earns: None, feel: Some(felt) },
                ..stay(0, chance(Family::Weibull { shape: 1.5, scale: 100.0 }))
            },
        );
        let b = j.state(persona, stay(1, chance(Family::Lognormal { mu: 3.0, sigma: 1.0 })));
        let c = j.state(persona, Visit { reaches: vec![GoalId(0)], ..stay(2, chance(Family::Exponential { mean: 5.0 })) });
        j.branch(a, To::State(b), fraction(1, 2), way(chance(Family::Uniform { low: 1.0, high: 9.0 })));
        j.branch(a, To::State(c), fraction(1, 3), way(always(3)));
        j.branch(a, To::End(1), fraction(1, 6), way(always(0)));
        j.branch(b, To::State(a), fraction(2, 3), way(chance(Family::Triangular { low: 1.0, mode: 2.0, high: 9.0 })));
        j.branch(b, To::End(1), fraction(1, 3), way(always(0)));
        j.branch(c, To::State(a), fraction(1, 4), way(always(1)));
        j.branch(c, To::End(0), fraction(3, 4), way(always(1)));
        j.enter(persona, To::State(a), fraction(persona as i64 + 1, 3), way(always(0)));
    }
    let mut j = j.build();
    let (a, goal) = (j.meet(0), j.event(Event::Reach(GoalId(0))));
    let spread = |variable| Question { variable, among: None, within: None, wants: Wants::Distribution };
    let touches = j.ask_of(spread(Variable::Touches { of: a, until: None }));
    let felt = j.ask_of(spread(Variable::FeltSum(crate::plan::At::Anywhere)));
    let time = j.ask_of(Question { among: Some(goal), ..spread(Variable::TimeTo(goal)) });
    j.plan.groups = vec![vec![touches, felt], vec![time]];
    j
}

/// Every bit of the figures, as text: `Debug` writes the shortest decimals that give a float back.
pub(super) fn bits(estimates: &Estimates) -> String {
    format!("{estimates:?}")
}

fn on_threads(j: &Built, threads: usize, customers: u64) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| bits(&j.run(42, customers)))
}

#[test]
fn threads_change_nothing() {
    let j = journey();
    let one = on_threads(&j, 1, 30_001);
    assert_eq!(one, on_threads(&j, 2, 30_001));
    assert_eq!(one, on_threads(&j, 8, 30_001));
}

#[test]
fn rounds_change_nothing() {
    let j = journey();
    let run = Run { seed: 42, customers: 1_000_000 };
    let calls = std::cell::Cell::new(0);
    let enough = |estimates: &Estimates| {
        calls.set(calls.get() + 1);
        estimates.answers[0][0].base > 8_000
    };
    let done = std::sync::atomic::AtomicU64::new(0);
    let progress = |n: u64| {
        done.fetch_add(n, std::sync::atomic::Ordering::Relaxed);
    };
    let rounds = simulate_until(&j.model, &j.chain, &j.plan, &run, 3_000, enough, &progress);
    // 4096, 8192, 16384, 32768: a third of them are of persona 0
    assert_eq!(rounds.customers_per_persona.iter().sum::<u64>(), 32_768);
    assert_eq!((calls.get(), done.into_inner()), (4, 32_768));
    assert_eq!(bits(&rounds), bits(&j.run(42, 32_768)));
}

#[test]
fn the_last_round_may_end_anywhere() {
    let j = journey();
    let run = Run { seed: 42, customers: 10_001 };
    let rounds = simulate_until(&j.model, &j.chain, &j.plan, &run, 1, |_| false, &|_| ());
    assert_eq!(bits(&rounds), bits(&j.run(42, 10_001)));
}

#[test]
fn shards_make_up_the_whole_in_any_order() {
    let j = journey();
    let office = Office::new(Ledger::new(&j.model, &j.chain, &j.plan, Detail::FULL), 42);
    let customers = 9 * CHUNK + 77;
    let shard = |first: u64, end: u64| office.draw(first * CHUNK..(end * CHUNK).min(customers), &|_| ());
    let whole = shard(5, 10).plus(shard(0, 2)).plus(shard(2, 5));
    assert_eq!(whole, shard(0, 10));
    let estimates = Estimates::new(&office.ledger, &office.shifts, &whole);
    assert_eq!(bits(&estimates), bits(&j.run(42, customers)));
}

/// The paths of customers who walked together.
fn paths(chain: &Chain, customers: Range<u64>) -> Vec<Path> {
    let (tables, mut log, mut trails) = (Tables::new(chain), Log::default(), Trails::default());
    log.walk(&tables, Luck::new(9), customers, Follow { timed: true, since: false, horizon: f64::INFINITY });
    trails.sort(&log);
    let path = |who| {
        let mut path = Path::new();
        path.read(&tables, &log, &trails, who);
        path
    };
    (0..log.streams.len()).map(path).collect()
}

#[test]
fn a_customer_replayed_alone_walks_the_same_path() {
    let j = journey();
    for (customer, together) in (0..).zip(paths(&j.chain, 0..500)) {
        let alone = paths(&j.chain, customer..customer + 1).remove(0);
        assert_eq!((&together.visits, together.end, together.persona), (&alone.visits, alone.end, alone.persona));
    }
}

/// How many walk together is a matter of memory alone: floats are added in the order of the log, all else does not care.
#[test]
fn who_walks_together_changes_no_count() {
    let j = journey();
    let office = |batch| Office { batch, ..Office::new(Ledger::new(&j.model, &j.chain, &j.plan, Detail::FULL), 42) };
    let counts = |batch| {
        let tally = office(batch).draw(0..5_000, &|_| ());
        (tally.passages, tally.marks, tally.at_goal, tally.squares, tally.bases, tally.sketches)
    };
    assert_eq!(counts(512), counts(1));
    assert_eq!(counts(512), counts(77));
}

#[test]
fn questions_do_not_touch_luck() {
    let mut j = journey();
    let with = j.run(42, 5_000);
    j.plan.questions.clear();
    j.plan.groups.clear();
    let without = j.run(42, 5_000);
    assert_eq!(format!("{:?}", with.board), format!("{:?}", without.board));
}

/// Scenarios share luck: one more second on the way, everything else as it was.
#[test]
fn scenarios_share_luck() {
    let j = journey();
    let mut slower = journey();
    for leave in &mut slower.chain.leaves {
        leave.after = leave.after.plus(&always(1));
    }
    for (path, other) in paths(&j.chain, 0..500).into_iter().zip(paths(&slower.chain, 0..500)) {
        let touchpoints = |p: &Path| p.visits.iter().map(|v| v.touchpoint).collect::<Vec<_>>();
        assert_eq!(touchpoints(&path), touchpoints(&other));
        let (end, later) = (path.end.unwrap().1, other.end.unwrap().1);
        assert!((later - end - 1.0 - path.visits.len() as f64).abs() < 1e-9);
    }
}

#[test]
fn seeds_differ() {
    let j = journey();
    assert_ne!(bits(&j.run(1, 5_000)), bits(&j.run(2, 5_000)));
}

//! How fast customers walk, as ratios to a bare loop over the same chain in the same run: machines differ, ratios less.
//!
//! `cargo bench --bench walk [-- CUSTOMERS [WORDS]]` walks the omnichannel journey with more and more asked, then a journey without
//! and with memory, then on two threads; with WORDS, only the cases of the first that have them in their names. Everything is
//! timed in turns, and each ratio is that of the best rounds: other work on the machine can only add to a time. One thread is
//! timed by the processor time of this program, where the system tells it, two by the clock.

#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

#[path = "walk/bare.rs"]
mod bare;
#[path = "walk/journeys.rs"]
mod journeys;

use bare::Alias;
use jalon::chain::Chain;
use jalon::compile::Journey;
use jalon::model::{Event, GoalId, MoneyKind};
use jalon::plan::{At, EventIx, Marks, Plan, Question, QuestionIx, Variable, Wants, ask};
use jalon::simulate::{Detail, Run, simulate_detail};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::time::Instant;

const ROUNDS: usize = 7;
/// Seconds that anything is timed for, at least: the processor time of a thread comes in ticks of a few thousandths.
const SHORTEST: f64 = 0.25;

fn main() {
    let given = || std::env::args().skip(1).filter(|a| !a.starts_with('-'));
    let customers = given().find_map(|a| a.parse().ok()).unwrap_or(1_000_000_u64);
    let words = given().find(|a| a.parse::<u64>().is_err());
    let (one, two) = (pool(1), pool(2));
    let journey = journeys::omnichannel();
    let walked = Walked::new(&journey, customers);
    println!(
        "omnichannel, {} states, {} branches, {customers} customers",
        walked.chain.states.len(),
        walked.chain.branches.len()
    );
    let bare = || walked.alias.walk(customers, 1);
    let cases: Vec<Case<'_>> = vec![
        ("visits and conversions", Box::new(|| walked.draw(&one, &walked.nothing, Detail::COUNTS))),
        ("+ reach, cost, revenue", Box::new(|| walked.draw(&one, &walked.money, REACH))),
        ("+ exponential delays, time to the goal", Box::new(|| walked.with_exponentials().draw(&one, &walked.times, REACH))),
        ("the same with its own delays", Box::new(|| walked.draw(&one, &walked.times, REACH))),
        ("+ money at every goal and end", Box::new(|| walked.draw(&one, &walked.money, WITHOUT_TIME))),
        ("+ money and time at each, own delays", Box::new(|| walked.draw(&one, &walked.times, WITHOUT_FEELINGS))),
        ("the whole board", Box::new(|| walked.draw(&one, &walked.nothing, Detail::FULL))),
        ("all that the report asks", Box::new(|| walked.draw(&one, &walked.report, Detail::FULL))),
    ];
    let asked = |name: &str| words.as_ref().is_none_or(|words| name.contains(words.as_str()));
    let cases: Vec<Case<'_>> = cases.into_iter().filter(|(name, _)| asked(name)).collect();
    rounds(Clock::Processor, "bare loop", &bare, &cases);
    if words.is_some() {
        return;
    }

    let (without, with) = (journeys::pair(false), journeys::pair(true));
    let (without, with) = (Walked::new(&without, customers), Walked::new(&with, customers));
    println!("\n{} states, and {} with memory: rate to that without", without.chain.states.len(), with.chain.states.len());
    for (name, detail) in [("visits and conversions", Detail::COUNTS), ("without feelings", WITHOUT_FEELINGS)] {
        let base = || without.draw(&one, &without.nothing, detail);
        rounds(Clock::Processor, name, &base, &[("with memory", Box::new(|| with.draw(&one, &with.nothing, detail)))]);
    }

    println!("\ntwo threads, gain over one");
    let both = || {
        let walk = |seed| walked.alias.walk(customers / 2, seed);
        two.install(|| rayon::join(|| walk(1), || walk(2))).0 * 2
    };
    rounds(Clock::Wall, "bare loop, one thread", &bare, &[("bare loop, two threads", Box::new(both))]);
    for (name, plan, detail) in
        [("visits and conversions", &walked.nothing, Detail::COUNTS), ("report", &walked.report, Detail::FULL)]
    {
        let base = || walked.draw(&one, plan, detail);
        let both: Case<'_> = ("two threads", Box::new(|| walked.draw(&two, plan, detail)));
        rounds(Clock::Wall, &format!("{name}, one thread"), &base, &[both]);
    }
    if let Some(peak) = peak_memory() {
        println!("\nmost memory held: {peak}");
    }
}

/// Reach, and conversions among those who touched. What is asked of each customer beside it is a plan's.
const REACH: Detail = Detail { reach: true, ..Detail::COUNTS };
const WITHOUT_TIME: Detail = Detail { reach: true, money: true, time: false, felt: false };
const WITHOUT_FEELINGS: Detail = Detail { time: true, ..WITHOUT_TIME };

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads")
}

/// A journey with all that is needed to walk it in several ways.
struct Walked<'a> {
    journey: &'a Journey,
    chain: Chain,
    exponential: Option<Box<Self>>,
    alias: Alias,
    customers: u64,
    nothing: Plan,
    money: Plan,
    times: Plan,
    report: Plan,
}

impl<'a> Walked<'a> {
    fn new(journey: &'a Journey, customers: u64) -> Self {
        let chain = journey.chains[0].clone();
        let exponential = Self::of(journey, journeys::exponential(&chain), customers, None);
        Self::of(journey, chain, customers, Some(Box::new(exponential)))
    }

    fn of(journey: &'a Journey, chain: Chain, customers: u64, exponential: Option<Box<Self>>) -> Self {
        let model = &journey.program.base;
        let report = ask(&journey.program, &journey.chains).plans.remove(0);
        let goal = report.goal.unwrap_or(GoalId::new(0));
        let plan = |variables: &[Variable]| Plan {
            events: vec![Marks::new(model, &chain, Event::Reach(goal))],
            questions: variables
                .iter()
                .map(|v| Question { variable: v.clone(), among: None, within: None, wants: Wants::Spread })
                .collect(),
            groups: (0..variables.len()).map(|q| vec![QuestionIx(q)]).collect(),
            ..report.clone()
        };
        let money = [MoneyKind::Cost, MoneyKind::Revenue].map(|kind| Variable::Money(kind, At::Anywhere));
        let [cost, revenue] = money.clone();
        Self {
            alias: Alias::new(&chain),
            nothing: plan(&[]),
            money: plan(&money),
            times: plan(&[cost, revenue, Variable::TimeTo(EventIx(0))]),
            report,
            journey,
            chain,
            exponential,
            customers,
        }
    }

    fn with_exponentials(&self) -> &Self {
        self.exponential.as_deref().unwrap_or(self)
    }

    /// Gives the visits.
    fn draw(&self, pool: &ThreadPool, plan: &Plan, detail: Detail) -> u64 {
        let run = Run { seed: 1, customers: self.customers };
        pool.install(|| simulate_detail(&self.journey.program.base, &self.chain, plan, detail, &run, &|_| ())).steps
    }
}

/// What is timed, and how: it gives the steps that were made.
type Case<'a> = (&'a str, Box<dyn Fn() -> u64 + 'a>);

/// What tells the time.
#[derive(Clone, Copy)]
enum Clock {
    Wall,
    Processor,
}

/// Times a base and some cases in turns, and tells the best rate of each.
fn rounds(clock: Clock, name: &str, base: &dyn Fn() -> u64, cases: &[Case<'_>]) {
    let mut best = vec![0.0_f64; cases.len() + 1];
    for _ in 0..ROUNDS {
        best[0] = best[0].max(rate(clock, base));
        for (best, (_, case)) in best[1..].iter_mut().zip(cases) {
            *best = best.max(rate(clock, case));
        }
    }
    println!("{name:<44} {:>6.0} M visits/s", best[0] / 1e6);
    for (rate, (name, _)) in best[1..].iter().zip(cases) {
        println!("  {name:<42} {:>6.0} M visits/s  ratio {:.2}", rate / 1e6, rate / best[0]);
    }
}

/// Visits a second, over long enough for the clock.
fn rate(clock: Clock, work: &dyn Fn() -> u64) -> f64 {
    let (start, spent, mut visits) = (Instant::now(), processor_time(), 0);
    while start.elapsed().as_secs_f64() < SHORTEST {
        visits += work();
    }
    let seconds = match (clock, spent, processor_time()) {
        (Clock::Processor, Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    };
    visits as f64 / seconds
}

/// Seconds of processor time of all threads so far, as Linux tells it.
fn processor_time() -> Option<f64> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let nanoseconds = tasks.map(|task| {
        let told = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        told.split(' ').next()?.parse::<u64>().ok()
    });
    Some(nanoseconds.sum::<Option<u64>>()? as f64 * 1e-9)
}

/// As Linux tells it.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    Some(status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned())
}

//! How fast customers walk, as ratios to a bare loop over the same chain in the same run: machines differ, ratios less.
//!
//! `cargo bench --bench walk [-- CUSTOMERS]` walks the omnichannel journey with more and more asked, then a journey without and
//! with memory, then on two threads. Everything is timed in turns, and each ratio is the median of its rounds.

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

fn main() {
    let customers = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(1_000_000_u64);
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
        ("+ reach, cost, revenue", Box::new(|| walked.draw(&one, &walked.money, WITHOUT_TIME))),
        ("+ exponential delays and times", Box::new(|| walked.with_exponentials().draw(&one, &walked.times, WITHOUT_FEELINGS))),
        ("the same with its own delays", Box::new(|| walked.draw(&one, &walked.times, WITHOUT_FEELINGS))),
        ("the whole board", Box::new(|| walked.draw(&one, &walked.nothing, Detail::FULL))),
        ("all that the report asks", Box::new(|| walked.draw(&one, &walked.report, Detail::FULL))),
    ];
    rounds("bare loop", &bare, &cases);

    let (without, with) = (journeys::pair(false), journeys::pair(true));
    let (without, with) = (Walked::new(&without, customers), Walked::new(&with, customers));
    println!("\n{} states, and {} with memory: rate to that without", without.chain.states.len(), with.chain.states.len());
    for (name, detail) in [("visits and conversions", Detail::COUNTS), ("without feelings", WITHOUT_FEELINGS)] {
        let base = || without.draw(&one, &without.nothing, detail);
        rounds(name, &base, &[("with memory", Box::new(|| with.draw(&one, &with.nothing, detail)))]);
    }

    println!("\ntwo threads, gain over one");
    let both = || {
        let walk = |seed| walked.alias.walk(customers / 2, seed);
        two.install(|| rayon::join(|| walk(1), || walk(2))).0 * 2
    };
    rounds("bare loop, one thread", &bare, &[("bare loop, two threads", Box::new(both))]);
    for (name, plan, detail) in
        [("visits and conversions", &walked.nothing, Detail::COUNTS), ("report", &walked.report, Detail::FULL)]
    {
        let base = || walked.draw(&one, plan, detail);
        rounds(&format!("{name}, one thread"), &base, &[("two threads", Box::new(|| walked.draw(&two, plan, detail)))]);
    }
    if let Some(peak) = peak_memory() {
        println!("\nmost memory held: {peak}");
    }
}

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

/// Times a base and some cases in turns; each ratio is that of the rates in one round.
fn rounds(name: &str, base: &dyn Fn() -> u64, cases: &[Case<'_>]) {
    let mut rates: Vec<Vec<f64>> = vec![Vec::new(); cases.len() + 1];
    for _ in 0..ROUNDS {
        rates[0].push(rate(base));
        for (rates, (_, case)) in rates[1..].iter_mut().zip(cases) {
            rates.push(rate(case));
        }
    }
    println!("{name:<44} {:>6.0} M visits/s", median(rates[0].clone()) / 1e6);
    for (case, (name, _)) in rates[1..].iter().zip(cases) {
        let ratios = case.iter().zip(&rates[0]).map(|(case, base)| case / base).collect();
        println!("  {name:<42} {:>6.0} M visits/s  ratio {:.2}", median(case.clone()) / 1e6, median(ratios));
    }
}

fn rate(work: &dyn Fn() -> u64) -> f64 {
    let start = Instant::now();
    let visits = work();
    visits as f64 / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// As Linux tells it.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    Some(status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned())
}

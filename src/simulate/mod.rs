//! `Chain` + `Plan` → `Estimates`: customers drawn one by one.
//!
//! Comes in: a chain, and the questions of a plan. Goes out: [`Estimates`], persona by persona, with what precision intervals
//! need. What must hold: the figures are a function of chain, plan, seed and number of customers alone, to the bit: threads,
//! rounds and shards change nothing, and a customer replayed alone walks the same path. So random numbers are addressed, not
//! drawn in sequence (`stream`), and floats are added up in a tree fixed by the customers' numbers (`sums`).

mod additive;
mod answer;
mod buffer;
pub mod cohort;
mod curve;
mod delays;
mod draw;
mod effects;
mod estimates;
mod feelings;
mod guide;
mod happen;
mod lanes;
mod layout;
mod ledger;
mod marks;
mod parts;
mod passages;
mod path;
mod reached;
mod sketch;
mod stream;
mod sums;
mod tables;
mod tally;
mod trace;
mod walk;

#[cfg(test)]
mod tests;

pub use estimates::{Counts, Estimates, Joint, Moments};
pub use sketch::{Bucket, Sketch};
pub use trace::{Brought, Met, Passed, Trace, Tracer};

use crate::chain::Chain;
use crate::model::Model;
use crate::plan::Plan;
use layout::NUMBERS;
use ledger::Ledger;
use rayon::prelude::*;
use std::ops::Range;
use stream::Luck;
use tally::{Shifts, Tally};

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which luck: everything else being equal, the same seed gives the same figures.
    pub seed: u64,
    /// How many customers.
    pub customers: u64,
}

/// Which figures of the board are wanted beside visits, passages and conversions. What is not wanted is left at 0 and costs
/// nothing; luck, and answers to questions, do not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Who meets what, and before the goal.
    pub reach: bool,
    /// What was spent and earned until a goal or an end.
    pub money: bool,
    /// How long it took.
    pub time: bool,
    /// What is felt at touchpoints, their efforts, and how visits vary between customers.
    pub felt: bool,
}

impl Detail {
    /// The whole board.
    pub const FULL: Self = Self { reach: true, money: true, time: true, felt: true };
    /// Visits, passages and conversions.
    pub const COUNTS: Self = Self { reach: false, money: false, time: false, felt: false };
}

/// Customers whose floats are summed one after the other; sums of chunks are added up in a tree.
const CHUNK: u64 = 4096;
/// Customers that walk together, at most: so many that the last waves, of few, weigh little, and all that is kept of them stays
/// in the nearer caches. Of counts alone, little is kept.
const BATCH: u64 = 1024;
const BATCH_OF_COUNTS: u64 = 2048;
/// Passages that a batch is expected to make, at most.
const BATCH_STEPS: u64 = 1 << 16;
/// Customers that show what is typical of each number, before the count begins.
const PILOTS: u64 = 256;

/// Draws customers `0..run.customers` on the threads of the rayon pool around, and tells what happened to them. `progress` is
/// called, by any thread, with the number of customers done since it was last called.
#[must_use]
pub fn simulate(model: &Model, chain: &Chain, plan: &Plan, run: &Run, progress: &(dyn Fn(u64) + Sync)) -> Estimates {
    simulate_until(model, chain, plan, run, run.customers, |_| true, progress)
}

/// The same, with only a part of the board.
#[must_use]
pub fn simulate_detail(
    model: &Model,
    chain: &Chain,
    plan: &Plan,
    detail: Detail,
    run: &Run,
    progress: &(dyn Fn(u64) + Sync),
) -> Estimates {
    Drawing::new(Ledger::new(model, chain, plan, detail), run.seed).up_to(run.customers, progress)
}

/// Draws `first` customers, then as many again, until `enough` says so or `run.customers` are done. The figures are those of
/// [`simulate`] with as many customers. Rounds before the last end on a multiple of 4096 customers.
#[must_use]
pub fn simulate_until(
    model: &Model,
    chain: &Chain,
    plan: &Plan,
    run: &Run,
    first: u64,
    enough: impl Fn(&Estimates) -> bool,
    progress: &(dyn Fn(u64) + Sync),
) -> Estimates {
    let mut drawing = Room::new(model, chain, plan).draw(run.seed);
    let mut target = first.max(1);
    loop {
        let end = target.div_ceil(CHUNK).saturating_mul(CHUNK).min(run.customers);
        let estimates = drawing.up_to(end, progress);
        if end >= run.customers || chain.entries.is_empty() || enough(&estimates) {
            return estimates;
        }
        target = end.saturating_mul(2);
    }
}

/// What is drawn from: a chain and what is asked of it.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    model: &'a Model,
    chain: &'a Chain,
    plan: &'a Plan,
}

impl<'a> Room<'a> {
    /// Makes ready to draw.
    #[must_use]
    pub fn new(model: &'a Model, chain: &'a Chain, plan: &'a Plan) -> Self {
        Self { model, chain, plan }
    }

    /// A drawing in which nobody has been drawn yet.
    #[must_use]
    pub fn draw(&self, seed: u64) -> Drawing<'a> {
        Drawing::new(Ledger::new(self.model, self.chain, self.plan, Detail::FULL), seed)
    }
}

/// Customers drawn so far; more can be added.
pub struct Drawing<'a> {
    office: Office<'a>,
    tally: Tally,
    done: u64,
}

impl<'a> Drawing<'a> {
    fn new(ledger: Ledger<'a>, seed: u64) -> Self {
        let office = Office::new(ledger, seed);
        let tally = office.ledger.tally();
        Self { office, tally, done: 0 }
    }

    /// Draws until there are `customers`, and tells what happened to all of them: what [`simulate`] tells of as many. Before
    /// more are drawn, there must be a multiple of 4096.
    pub fn up_to(&mut self, customers: u64, progress: &(dyn Fn(u64) + Sync)) -> Estimates {
        let customers = if self.office.nobody() { 0 } else { customers };
        if customers > self.done {
            debug_assert!(self.done.is_multiple_of(CHUNK), "rounds end with a chunk");
            let before = std::mem::replace(&mut self.tally, self.office.ledger.tally());
            self.tally = before.plus(self.office.draw(self.done..customers, progress));
            self.done = customers;
        }
        Estimates::new(&self.office.ledger, &self.office.shifts, &self.tally)
    }
}

/// Everything that all threads share.
struct Office<'a> {
    ledger: Ledger<'a>,
    luck: Luck,
    shifts: Shifts,
    /// Customers that walk together.
    batch: u64,
}

impl<'a> Office<'a> {
    fn new(ledger: Ledger<'a>, seed: u64) -> Self {
        let mut office = Self { ledger, luck: Luck::new(seed), shifts: Shifts::default(), batch: 1 };
        office.pilot();
        office
    }

    /// Whether nobody ever comes in.
    fn nobody(&self) -> bool {
        self.ledger.tables.entries.is_empty()
    }

    /// Sees from a few customers how many may walk together, and the median of each number that is summed with its square.
    fn pilot(&mut self) {
        let (mut desk, pilots) = (self.ledger.desk(), if self.nobody() { 0 } else { PILOTS });
        let mut answers: Vec<Vec<f64>> = vec![Vec::new(); self.ledger.plan.questions.len()];
        let mut reached: Vec<[Vec<f64>; NUMBERS]> = vec![Default::default(); self.ledger.landmarks()];
        let mut steps = 1;
        // One at a time: a customer may walk on until he is cut.
        for customer in 0..pilots {
            self.ledger.follow(&mut desk, self.luck, customer..customer + 1);
            self.ledger.ask(&mut desk, 0..1);
            for (values, answer) in answers.iter_mut().zip(&desk.answers) {
                values.extend(Some(*answer).filter(|answer| !answer.is_nan()));
            }
            for first in &desk.firsts.list {
                for (values, number) in reached[first.what as usize].iter_mut().zip(first.numbers()) {
                    values.push(number);
                }
            }
            steps += desk.log.steps.len() as u64;
        }
        self.shifts.questions = answers.into_iter().map(median).collect();
        self.shifts.reached = reached.into_iter().map(|numbers| numbers.map(median)).collect();
        let most = if self.ledger.counts_only() { BATCH_OF_COUNTS } else { BATCH };
        self.batch = (BATCH_STEPS * PILOTS / steps).clamp(1, most);
    }

    /// A tally of some customers; they begin with a chunk. Tallies add up to the same bits however the threads share the chunks.
    fn draw(&self, customers: Range<u64>, progress: &(dyn Fn(u64) + Sync)) -> Tally {
        let chunks = customers.start / CHUNK..customers.end.div_ceil(CHUNK);
        let begin = || (self.ledger.tally(), self.ledger.desk());
        let drawn = chunks.into_par_iter().fold(begin, |(mut tally, mut desk), chunk| {
            let mut sums = vec![0.0; self.ledger.layout.length()];
            let range = chunk * CHUNK..customers.end.min((chunk + 1) * CHUNK);
            for first in range.clone().step_by(self.batch as usize) {
                self.ledger.follow(&mut desk, self.luck, first..range.end.min(first + self.batch));
                self.ledger.count(&mut desk, &self.shifts, &mut tally, &mut sums);
            }
            tally.sums.insert(chunk, sums);
            progress(range.end - range.start);
            (tally, desk)
        });
        let entered = drawn.map(|(mut tally, mut desk)| {
            self.ledger.enter(&mut desk, &mut tally);
            tally
        });
        entered.reduce(|| self.ledger.tally(), Tally::plus)
    }
}

/// The middle one of some values; 0 without any.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

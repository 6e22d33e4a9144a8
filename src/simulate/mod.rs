//! `Chain` + `Plan` → `Estimates`: customers drawn one by one.
//!
//! Comes in: a chain, and the questions of a plan. Goes out: [`Estimates`], persona by persona, with what precision intervals
//! need. What must hold: the figures are a function of chain, plan, seed and number of customers alone, to the bit: threads,
//! rounds and shards change nothing, and a customer replayed alone walks the same path. So random numbers are addressed, not
//! drawn in sequence (`stream`), and floats are added up in a tree fixed by the customers' numbers (`sums`).

mod answer;
pub mod cohort;
mod draw;
mod estimates;
mod happen;
mod layout;
mod sketch;
mod stream;
mod sums;
mod tables;
mod tally;
mod walk;

#[cfg(test)]
mod tests;

pub use estimates::{Counts, Estimates, Joint, Moments};
pub use sketch::{Bucket, Sketch};

use crate::chain::Chain;
use crate::model::Model;
use crate::plan::Plan;
use layout::{Layout, NUMBERS};
use rayon::prelude::*;
use std::ops::Range;
use tables::Tables;
use tally::{Ledger, Shifts, Tally};
use walk::{Path, with_room};

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which luck: everything else being equal, the same seed gives the same figures.
    pub seed: u64,
    /// How many customers.
    pub customers: u64,
}

/// Customers whose floats are summed one after the other; sums of chunks are added up in a tree.
const CHUNK: u64 = 4096;
/// Customers that show what is typical of each number, before the count begins.
const PILOTS: u64 = 256;

/// Draws customers `0..run.customers` on the threads of the rayon pool around, and tells what happened to them. `progress` is
/// called, by any thread, with the number of customers done since it was last called.
#[must_use]
pub fn simulate(model: &Model, chain: &Chain, plan: &Plan, run: &Run, progress: &(dyn Fn(u64) + Sync)) -> Estimates {
    simulate_until(model, chain, plan, run, run.customers, |_| true, progress)
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
    let room = Room::new(model, chain, plan);
    let mut drawing = room.draw(run.seed);
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

/// What drawing from one chain needs.
pub struct Room<'a> {
    model: &'a Model,
    chain: &'a Chain,
    plan: &'a Plan,
    tables: Tables,
    layout: Layout,
}

impl<'a> Room<'a> {
    /// Makes ready to draw.
    #[must_use]
    pub fn new(model: &'a Model, chain: &'a Chain, plan: &'a Plan) -> Self {
        Self { model, chain, plan, tables: Tables::new(chain), layout: Layout::new(model, plan) }
    }

    /// A drawing in which nobody has been drawn yet.
    #[must_use]
    pub fn draw(&self, seed: u64) -> Drawing<'_> {
        let ledger = Ledger::new(self.model, self.chain.flows.len(), &self.tables, self.plan, &self.layout);
        let office = Office::new(ledger, &self.tables, self.plan, seed);
        let tally = office.ledger.tally();
        Drawing { room: self, office, tally, done: 0 }
    }
}

/// Customers drawn so far; more can be added.
pub struct Drawing<'a> {
    room: &'a Room<'a>,
    office: Office<'a>,
    tally: Tally,
    done: u64,
}

impl Drawing<'_> {
    /// Draws until there are `customers`, and tells what happened to all of them: what [`simulate`] tells of as many. Before
    /// more are drawn, there must be a multiple of 4096.
    pub fn up_to(&mut self, customers: u64, progress: &(dyn Fn(u64) + Sync)) -> Estimates {
        let customers = if self.room.chain.entries.is_empty() { 0 } else { customers };
        if customers > self.done {
            debug_assert!(self.done.is_multiple_of(CHUNK), "rounds end with a chunk");
            let before = std::mem::replace(&mut self.tally, self.office.ledger.tally());
            self.tally = before.plus(self.office.draw(self.done..customers, progress));
            self.done = customers;
        }
        Estimates::new(self.room.plan, &self.room.layout, &self.office.shifts, &self.tally)
    }
}

/// Everything that all threads share.
struct Office<'a> {
    ledger: Ledger<'a>,
    tables: &'a Tables,
    shifts: Shifts,
    seed: u64,
    /// With its room.
    horizon: f64,
}

impl<'a> Office<'a> {
    fn new(ledger: Ledger<'a>, tables: &'a Tables, plan: &Plan, seed: u64) -> Self {
        let horizon = plan.horizon.map_or(f64::INFINITY, with_room);
        let mut office = Self { ledger, tables, shifts: Shifts::default(), seed, horizon };
        office.shifts = office.pilot();
        office
    }

    /// The median, among a few customers, of each number that is summed with its square.
    fn pilot(&self) -> Shifts {
        let (mut path, mut scratch) = (Path::new(), self.ledger.scratch());
        let mut answers: Vec<Vec<f64>> = vec![Vec::new(); scratch.answers.len()];
        let mut reached: Vec<[Vec<f64>; NUMBERS]> = vec![Default::default(); scratch.reached.len()];
        let mut shifts = Shifts { reached: vec![[0.0; NUMBERS]; reached.len()], questions: vec![0.0; answers.len()] };
        let (mut tally, mut sums) = (self.ledger.tally(), vec![0.0; self.ledger.layout.length()]);
        let pilots = if self.tables.entries.is_empty() { 0 } else { PILOTS };
        for customer in 0..pilots {
            path.walk(self.tables, self.seed, customer, self.horizon);
            self.ledger.count(&path, &shifts, &mut scratch, &mut tally, &mut sums);
            for (values, answer) in answers.iter_mut().zip(&scratch.answers) {
                values.extend(answer);
            }
            for (values, found) in reached.iter_mut().zip(&scratch.reached) {
                for (values, found) in values.iter_mut().zip(found.iter().flatten()) {
                    values.push(*found);
                }
            }
        }
        shifts.questions = answers.into_iter().map(median).collect();
        shifts.reached = reached.into_iter().map(|numbers| numbers.map(median)).collect();
        shifts
    }

    /// A tally of some customers; they begin with a chunk. Tallies add up to the same bits however the threads share the chunks.
    fn draw(&self, customers: Range<u64>, progress: &(dyn Fn(u64) + Sync)) -> Tally {
        let chunks = customers.start / CHUNK..customers.end.div_ceil(CHUNK);
        let desk = || (self.ledger.tally(), Path::new(), self.ledger.scratch());
        let drawn = chunks.into_par_iter().fold(desk, |(mut tally, mut path, mut scratch), chunk| {
            let mut sums = vec![0.0; self.ledger.layout.length()];
            let range = chunk * CHUNK..customers.end.min((chunk + 1) * CHUNK);
            for customer in range.clone() {
                path.walk(self.tables, self.seed, customer, self.horizon);
                self.ledger.count(&path, &self.shifts, &mut scratch, &mut tally, &mut sums);
            }
            tally.sums.insert(chunk, sums);
            progress(range.end - range.start);
            (tally, path, scratch)
        });
        drawn.map(|(tally, ..)| tally).reduce(|| self.ledger.tally(), Tally::plus)
    }
}

/// The middle one of some values; 0 without any.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

//! The walk: a batch of customers, one passage each at a time.
//!
//! Comes in: the tables, the luck, and which customers. Goes out: [`Log`], every passage that they made. What must hold: which
//! customers walk together changes nothing for any of them.
//!
//! Each wave takes all who are still under way one passage on. Nothing in it waits for anything else in it, so the processor
//! works on many customers at once; nobody's way in or end makes it guess; and no more is kept of a customer on the way than
//! his number, his stream and the row that he stands in, one after the other in memory.

use super::buffer::Buffer;
use super::delays::Drawn;
use super::stream::{Luck, Purpose, Stream, distance};
use super::tables::{Row, Tables};
use crate::limits::MAX_STEPS;
use std::ops::Range;

/// A limit of time with room for the rounding of sums of times: a billionth of a second, and of it 1e-12.
pub(super) fn with_room(limit: f64) -> f64 {
    limit * (1.0 + 1e-12) + 1e-9
}

/// How far customers are followed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Follow {
    /// Whether times are drawn; else all of them are 0.
    pub(super) timed: bool,
    /// What happens later does not count; with its room. Infinite unless times are drawn.
    pub(super) horizon: f64,
}

/// One passage of one customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub(super) struct Step {
    /// The customer's place in the batch.
    pub(super) who: u32,
    /// Which passage; of one that left but did not arrive (the horizon came first, or [`MAX_STEPS`]), its number added to that of
    /// all passages.
    pub(super) passage: u32,
}

/// When a passage was made, in seconds since the customer came in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Times {
    /// When the visit that is left began.
    pub(super) since: f64,
    pub(super) depart: f64,
    pub(super) arrive: f64,
}

/// What a batch of customers did. A buffer: one per thread, filled anew.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    /// By customer of the batch.
    pub(super) streams: Buffer<Stream>,
    /// Wave 0 brings everybody in; wave `k` takes those still under way out of their `k`-th visit.
    pub(super) steps: Buffer<Step>,
    /// Which steps made a marked passage and arrived.
    marked: Buffer<u32>,
    /// Whether that may not be so: some steps were taken out, or did not arrive.
    altered: bool,
    /// By step, if times were drawn.
    pub(super) times: Vec<Times>,
    /// How many customers were cut after [`MAX_STEPS`] visits.
    pub(super) cut: u64,
    /// Where each wave starts.
    starts: Vec<usize>,
    /// By customer: the time of his last arrival.
    now: Vec<f64>,
    walkers: Walkers,
    drawn: Drawn,
}

/// Those still under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Walkers {
    /// Their places in the batch, their streams, and where they stand.
    pub(super) who: Buffer<u32>,
    pub(super) streams: Buffer<Stream>,
    pub(super) rows: Buffer<Row>,
}

impl Walkers {
    fn set_length(&mut self, length: usize) {
        self.who.set_length(length);
        self.streams.set_length(length);
        self.rows.set_length(length);
    }

    /// Keeps those of whom it holds.
    fn retain(&mut self, holds: impl Fn(u32) -> bool) {
        let mut kept = 0;
        for place in 0..self.who.len() {
            let who = self.who[place];
            (self.who[kept], self.streams[kept], self.rows[kept]) = (who, self.streams[place], self.rows[place]);
            kept += usize::from(holds(who));
        }
        self.set_length(kept);
    }
}

impl Log {
    /// Follows some customers.
    pub(super) fn walk(&mut self, tables: &Tables, luck: Luck, customers: Range<u64>, follow: Follow) {
        let width = (customers.end - customers.start) as usize;
        self.streams.fill((0..width).map(|who| luck.stream(customers.start + who as u64)));
        self.walkers.who.fill(0..width as u32);
        self.walkers.streams.fill(self.streams.iter().copied());
        self.walkers.rows.fill((0..width).map(|_| tables.outside()));
        self.now.clear();
        self.now.resize(width, 0.0);
        self.steps.set_length(0);
        self.marked.set_length(0);
        self.times.clear();
        self.starts.clear();
        (self.cut, self.altered) = (0, false);
        while !self.walkers.who.is_empty() {
            let (number, start) = (self.starts.len(), self.steps.len());
            self.starts.push(start);
            self.take_passages(tables, number as u64);
            if follow.timed {
                self.draw_times(tables, start);
                if follow.horizon < f64::INFINITY {
                    self.stop_at(tables, start, follow.horizon);
                }
            }
            if number == MAX_STEPS {
                self.stop_all(tables, start);
            }
        }
    }

    /// The places of steps that made a marked passage and arrived, in their order; `None` if they were not kept.
    pub(super) fn marked(&self) -> Option<&[u32]> {
        (!self.altered).then_some(&self.marked[..])
    }

    /// The ways in, one of each customer.
    pub(super) fn ways_in(&self) -> &[Step] {
        &self.steps[..self.streams.len()]
    }

    /// When a customer last arrived anywhere.
    pub(super) fn last_arrival(&self, who: usize) -> f64 {
        self.now[who]
    }

    /// The waves: the number that their words are drawn by, and their places among the steps.
    pub(super) fn waves(&self) -> impl Iterator<Item = (u64, Range<usize>)> {
        let ends = self.starts.iter().skip(1).copied().chain([self.steps.len()]);
        (0..).zip(self.starts.iter().zip(ends).map(|(start, end)| *start..end))
    }

    /// Takes everybody one passage on, and those who come to an end out of the walkers.
    fn take_passages(&mut self, tables: &Tables, number: u64) {
        let (start, found, width) = (self.steps.len(), self.marked.len(), self.walkers.who.len());
        self.steps.set_length(start + width);
        self.marked.set_length(found + width);
        let wave = Wave { first: start as u32, width, distance: distance(number, Purpose::Branch) };
        let (steps, marked) = (self.steps.room(start), self.marked.room(found));
        let (left, new) = match tables.lanes {
            Some(lanes) => lanes.take_passages(tables, wave, &mut self.walkers, steps, marked),
            None => wave.take_passages(tables, &mut self.walkers, steps, marked),
        };
        self.walkers.set_length(left);
        self.marked.set_length(found + new);
    }

    fn draw_times(&mut self, tables: &Tables, start: usize) {
        let number = self.starts.len() as u64 - 1;
        tables.delays.draw(&self.steps[start..], &self.streams, number, &mut self.drawn);
        let now = &mut self.now[..];
        self.times.extend(self.steps[start..].iter().zip(&self.drawn.seconds).map(|(step, [takes, after])| {
            let now = &mut now[step.who as usize];
            let times = Times { since: *now, depart: *now + takes, arrive: *now + takes + after };
            *now = times.arrive;
            times
        }));
    }

    /// Takes out of a wave what began after the horizon, and of the walkers those who would arrive after it.
    fn stop_at(&mut self, tables: &Tables, start: usize, horizon: f64) {
        let mut kept = start;
        for place in start..self.steps.len() {
            let (step, times) = (self.steps[place], self.times[place]);
            if times.depart <= horizon {
                let late = if times.arrive > horizon { tables.to.len() as u32 } else { 0 };
                self.steps[kept] = Step { passage: step.passage + late, ..step };
                self.times[kept] = times;
                kept += 1;
            }
        }
        self.times.truncate(kept);
        self.steps.set_length(kept);
        self.walkers.retain(|who| self.now[who as usize] <= horizon);
        self.altered = true;
    }

    /// Stops everybody of a wave before he arrives at another visit.
    fn stop_all(&mut self, tables: &Tables, start: usize) {
        self.walkers.set_length(0);
        let (passages, states) = (tables.to.len() as u32, tables.states.len() as u32);
        for step in &mut self.steps[start..] {
            if tables.to.get(step.passage as usize).is_some_and(|to| *to < states) {
                step.passage += passages;
                self.cut += 1;
            }
        }
        self.altered = true;
    }
}

/// A wave under way: the place of its first step in the log, how many walkers there are, and how far the words of their branches lie
/// from the keys of their streams.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wave {
    pub(super) first: u32,
    pub(super) width: usize,
    pub(super) distance: u64,
}

impl Wave {
    /// Takes walkers one passage on: a step for each; those under way stand in their next rows, before all others. Gives how many
    /// these are, and how many steps made a marked passage, which are listed. Both lists have spare room beyond the wave.
    fn take_passages(self, tables: &Tables, walkers: &mut Walkers, steps: &mut [Step], marked: &mut [u32]) -> (usize, usize) {
        let (who, streams, rows) = (&mut walkers.who[..], &mut walkers.streams[..], &mut walkers.rows[..]);
        let (mut left, mut found) = (0, 0);
        for (place, step) in steps[..self.width].iter_mut().enumerate() {
            let (customer, stream) = (who[place], streams[place]);
            let (passage, row) = tables.choose(rows[place], stream.word_at(self.distance));
            *step = Step { who: customer, passage };
            marked[found] = self.first + place as u32;
            found += usize::from(row.is_marked());
            (who[left], streams[left], rows[left]) = (customer, stream, row);
            left += usize::from(!row.is_end());
        }
        (left, found)
    }
}

//! The walk: a batch of customers, one passage each at a time.
//!
//! Comes in: the tables, the luck, and which customers. Goes out: [`Log`], every passage that they made. What must hold: which
//! customers walk together changes nothing for any of them.
//!
//! Each wave takes all who are still under way one passage on. Nothing in it waits for anything else in it, so the processor
//! works on many customers at once; nobody's way in or end makes it guess; and no more is kept of a customer on the way than
//! his number and the row that he stands in.

use super::delays::Drawn;
use super::stream::{Luck, Purpose, Stream};
use super::tables::Tables;
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
    pub(super) streams: Vec<Stream>,
    /// Wave 0 brings everybody in; wave `k` takes those still under way out of their `k`-th visit.
    pub(super) steps: Vec<Step>,
    /// By step, if times were drawn.
    pub(super) times: Vec<Times>,
    /// How many customers were cut after [`MAX_STEPS`] visits.
    pub(super) cut: u64,
    /// Where each wave starts.
    starts: Vec<usize>,
    /// By customer: the time of his last arrival.
    now: Vec<f64>,
    drawn: Drawn,
}

impl Log {
    /// Follows some customers.
    pub(super) fn walk(&mut self, tables: &Tables, luck: Luck, customers: Range<u64>, follow: Follow) {
        self.streams.clear();
        self.streams.extend(customers.map(|customer| luck.stream(customer)));
        let (outside, width) = (tables.states.len() as u32, self.streams.len());
        self.now.clear();
        self.now.resize(width, 0.0);
        self.steps.clear();
        self.steps.extend((0..width as u32).map(|who| Step { who, passage: outside }));
        self.times.clear();
        self.starts.clear();
        self.cut = 0;
        let mut start = 0;
        while start < self.steps.len() {
            let number = self.starts.len();
            self.starts.push(start);
            let mut end = self.take_passages(tables, start);
            if follow.timed {
                self.draw_times(tables, start, end);
                if follow.horizon < f64::INFINITY {
                    end = self.stop_at(tables, start, end, follow.horizon);
                }
            }
            if number == MAX_STEPS {
                self.stop_all(tables, start, end);
            }
            start = end;
        }
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

    /// From `start` on, steps hold rows: they become passages, and who does not come to an end stands in his next row behind
    /// them. Gives where that is.
    fn take_passages(&mut self, tables: &Tables, start: usize) -> usize {
        let (number, end, streams) = (self.starts.len() as u64 - 1, self.steps.len(), &self.streams[..]);
        self.steps.resize(end + (end - start), Step::default());
        let (wave, ahead) = self.steps[start..].split_at_mut(end - start);
        let states = tables.states.len() as u32;
        let mut left = 0;
        for step in wave {
            let word = streams[step.who as usize].word(number, Purpose::Branch);
            let (passage, to) = tables.choose(step.passage, word);
            step.passage = passage;
            ahead[left] = Step { who: step.who, passage: to };
            left += usize::from(to < states);
        }
        self.steps.truncate(end + left);
        end
    }

    fn draw_times(&mut self, tables: &Tables, start: usize, end: usize) {
        let number = self.starts.len() as u64 - 1;
        tables.delays.draw(&self.steps[start..end], &self.streams, number, &mut self.drawn);
        let now = &mut self.now[..];
        self.times.extend(self.steps[start..end].iter().zip(&self.drawn.seconds).map(|(step, [takes, after])| {
            let now = &mut now[step.who as usize];
            let times = Times { since: *now, depart: *now + takes, arrive: *now + takes + after };
            *now = times.arrive;
            times
        }));
    }

    /// Takes out of a wave what began after the horizon, and of those ahead who would arrive after it. Gives where the wave ends.
    fn stop_at(&mut self, tables: &Tables, start: usize, end: usize, horizon: f64) -> usize {
        let mut kept = start;
        for place in start..end {
            let (step, times) = (self.steps[place], self.times[place]);
            if times.depart <= horizon {
                let late = if times.arrive > horizon { tables.to.len() as u32 } else { 0 };
                self.steps[kept] = Step { passage: step.passage + late, ..step };
                self.times[kept] = times;
                kept += 1;
            }
        }
        self.times.truncate(kept);
        let now = &self.now;
        let mut last = kept;
        for place in end..self.steps.len() {
            let step = self.steps[place];
            self.steps[last] = step;
            last += usize::from(now[step.who as usize] <= horizon);
        }
        self.steps.truncate(last);
        kept
    }

    /// Stops everybody of a wave before he arrives at another visit.
    fn stop_all(&mut self, tables: &Tables, start: usize, end: usize) {
        self.steps.truncate(end);
        let (passages, states) = (tables.to.len() as u32, tables.states.len() as u32);
        for step in &mut self.steps[start..] {
            if tables.to.get(step.passage as usize).is_some_and(|to| *to < states) {
                step.passage += passages;
                self.cut += 1;
            }
        }
    }
}

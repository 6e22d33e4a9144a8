//! The walk: a batch of customers, one passage each at a time.
//!
//! Comes in: the tables, the luck, and which customers. Goes out: [`Log`], every passage that they made. What must hold: which
//! customers walk together changes nothing for any of them.
//!
//! Each wave takes all who are still under way one passage on. Nothing in it waits for anything else in it, so the processor
//! works on many customers at once; nobody's way in or end makes it guess; and no more is kept of a customer on the way than
//! his number, his stream and the row that he stands in, one after the other in memory.

use super::buffer::Buffer;
use super::delays::Listed;
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
    /// Whether it is kept when visits began.
    pub(super) since: bool,
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
pub(super) struct Times<T = f64> {
    /// When the visit that is left began.
    pub(super) since: T,
    pub(super) depart: T,
    pub(super) arrive: T,
}

impl<T> Times<T> {
    fn each_mut(&mut self, mut change: impl FnMut(&mut T)) {
        change(&mut self.since);
        change(&mut self.depart);
        change(&mut self.arrive);
    }
}

/// What a batch of customers did. A buffer: one per thread, filled anew.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    /// By customer of the batch.
    pub(super) streams: Buffer<Stream>,
    /// Wave 0 brings everybody in; wave `k` takes those still under way out of their `k`-th visit.
    pub(super) steps: Buffer<Step>,
    /// Which steps made a marked passage.
    marked: Buffer<u32>,
    /// Whether that may not be so: some steps were taken out, or did not arrive.
    altered: bool,
    /// By step, if times were drawn.
    times: Times<Buffer<f64>>,
    /// How many customers were cut after [`MAX_STEPS`] visits.
    pub(super) cut: u64,
    /// Where each wave starts.
    starts: Vec<usize>,
    /// Those who go on a wave, and those of them who stay under way.
    walkers: Walkers,
    staying: Walkers,
    /// Wave by wave, by eight steps: which of them lead on, the first lowest.
    stay: Buffer<u8>,
    listed: Listed,
}

/// Some who are under way, in the order of their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Walkers {
    /// Their places in the batch, their streams, and where they stand.
    pub(super) who: Buffer<u32>,
    pub(super) streams: Buffer<Stream>,
    pub(super) rows: Buffer<Row>,
    /// When they arrived there, if times are drawn.
    pub(super) now: Buffer<f64>,
}

impl Walkers {
    fn set_length(&mut self, length: usize) {
        self.who.set_length(length);
        self.streams.set_length(length);
        self.rows.set_length(length);
        self.now.set_length(length);
    }

    /// Keeps those who arrived by a time.
    fn retain_until(&mut self, limit: f64) {
        let mut kept = 0;
        for place in 0..self.who.len() {
            let now = self.now[place];
            (self.who[kept], self.streams[kept]) = (self.who[place], self.streams[place]);
            (self.rows[kept], self.now[kept]) = (self.rows[place], now);
            kept += usize::from(now <= limit);
        }
        self.set_length(kept);
    }
}

impl Log {
    /// Follows some customers.
    pub(super) fn walk(&mut self, tables: &Tables, luck: Luck, customers: Range<u64>, follow: Follow) {
        let width = (customers.end - customers.start) as usize;
        self.streams.set_length(width);
        match tables.lanes {
            Some(lanes) => lanes.streams(luck, customers.start, width, self.streams.room_mut(0)),
            None => self.streams.iter_mut().zip(customers).for_each(|(stream, customer)| *stream = luck.stream(customer)),
        }
        self.walkers.who.fill(0..width as u32);
        self.walkers.streams.fill(self.streams.iter().copied());
        self.walkers.rows.set_length(width);
        self.walkers.rows.fill_with(tables.outside());
        self.walkers.now.set_length(width);
        self.walkers.now.fill_with(0.0);
        self.steps.set_length(0);
        self.marked.set_length(0);
        self.stay.set_length(0);
        self.times.each_mut(|times| times.set_length(0));
        self.starts.clear();
        (self.cut, self.altered) = (0, false);
        while !self.walkers.who.is_empty() {
            let (number, start) = (self.starts.len(), self.steps.len());
            self.starts.push(start);
            self.take_passages(tables, number as u64);
            if follow.timed {
                self.draw_times(tables, start, follow.since);
                if follow.horizon < f64::INFINITY {
                    self.stop_at(tables, start, follow.horizon);
                }
            }
            if number == MAX_STEPS {
                self.stop_all(tables, start);
            }
            std::mem::swap(&mut self.walkers, &mut self.staying);
        }
    }

    /// When a step was made: at 0 unless times were drawn.
    pub(super) fn times(&self, place: usize) -> Times {
        let Times { since, depart, arrive } = &self.times;
        match arrive.get(place) {
            Some(arrive) => {
                Times { since: since.get(place).copied().unwrap_or_default(), depart: depart[place], arrive: *arrive }
            }
            None => Times::default(),
        }
    }

    /// Tells the places of steps that came to an end, in their order.
    pub(super) fn each_end(&self, tables: &Tables, mut tell: impl FnMut(usize)) {
        if self.altered {
            let is_end = |step: &Step| tables.onward.get(step.passage as usize).is_some_and(|row| row.is_end());
            return (0..self.steps.len()).filter(|place| is_end(&self.steps[*place])).for_each(tell);
        }
        let mut stay = &self.stay[..];
        for (_, wave) in self.waves() {
            let (own, others) = stay.split_at(wave.len().div_ceil(8));
            for (start, stay) in wave.clone().step_by(8).zip(own) {
                let mut ended = !*stay & (u8::MAX >> (8 - (wave.end - start).min(8)));
                while ended != 0 {
                    tell(start + ended.trailing_zeros() as usize);
                    ended &= ended - 1;
                }
            }
            stay = others;
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

    /// The waves: the number that their words are drawn by, and their places among the steps.
    pub(super) fn waves(&self) -> impl Iterator<Item = (u64, Range<usize>)> {
        let ends = self.starts.iter().skip(1).copied().chain([self.steps.len()]);
        (0..).zip(self.starts.iter().zip(ends).map(|(start, end)| *start..end))
    }

    /// Takes everybody one passage on, and finds those who stay under way.
    fn take_passages(&mut self, tables: &Tables, number: u64) {
        let (start, width) = (self.steps.len(), self.walkers.who.len());
        let (marked, stay) = (self.marked.len(), self.stay.len());
        self.steps.set_length(start + width);
        self.marked.set_length(marked + width);
        self.stay.set_length(stay + width.div_ceil(8));
        self.staying.set_length(width);
        let wave = Wave { first: start as u32, distance: distance(number, Purpose::Branch) };
        let made =
            Made { steps: self.steps.room_mut(start), marked: self.marked.room_mut(marked), stay: self.stay.room_mut(stay) };
        let found = match tables.lanes {
            Some(lanes) => lanes.take_passages(tables, wave, &self.walkers, &mut self.staying, made),
            None => wave.take_passages(tables, &self.walkers, &mut self.staying, made),
        };
        self.staying.set_length(found.stay);
        self.marked.set_length(marked + found.marked);
    }

    /// Draws when the steps of a wave were made, from `start` on.
    fn draw_times(&mut self, tables: &Tables, start: usize, since: bool) {
        let (number, width) = (self.starts.len() as u64 - 1, self.walkers.who.len());
        let Times { since: left, depart, arrive } = &mut self.times;
        depart.set_length(start + width);
        arrive.set_length(start + width);
        left.set_length(if since { start + width } else { 0 });
        let left = if since { left.room_mut(start) } else { &mut [] };
        let times = Times { since: left, depart: depart.room_mut(start), arrive: arrive.room_mut(start) };
        tables.delays.draw(tables.lanes, (self.steps.room(start), number), &self.walkers, times, &mut self.listed);
        let (stay, now) = (&self.stay[self.stay.len() - width.div_ceil(8)..], self.staying.now.room_mut(0));
        match tables.lanes {
            Some(lanes) => lanes.keep(stay, arrive.room(start), now),
            None => {
                let mut left = 0;
                for (place, arrive) in arrive[start..].iter().enumerate() {
                    now[left] = *arrive;
                    left += usize::from(stay[place / 8] >> (place % 8) & 1);
                }
            }
        }
    }

    /// Takes out of a wave what began after the horizon, and of the walkers those who would arrive after it.
    fn stop_at(&mut self, tables: &Tables, start: usize, horizon: f64) {
        let mut kept = start;
        for place in start..self.steps.len() {
            let (step, times) = (self.steps[place], self.times(place));
            if times.depart <= horizon {
                let late = if times.arrive > horizon { tables.to.len() as u32 } else { 0 };
                self.steps[kept] = Step { passage: step.passage + late, ..step };
                (self.times.depart[kept], self.times.arrive[kept]) = (times.depart, times.arrive);
                if let Some(since) = self.times.since.get_mut(kept) {
                    *since = times.since;
                }
                kept += 1;
            }
        }
        self.times.each_mut(|times| times.set_length(kept.min(times.len())));
        self.steps.set_length(kept);
        self.staying.retain_until(horizon);
        self.altered = true;
    }

    /// Stops everybody of a wave before he arrives at another visit.
    fn stop_all(&mut self, tables: &Tables, start: usize) {
        self.staying.set_length(0);
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

/// A wave: the place of its first step in the log, and how far the words of its branches lie from the keys of streams.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wave {
    pub(super) first: u32,
    pub(super) distance: u64,
}

/// What a wave makes, in lists with room for all and spare room beyond.
#[derive(Debug)]
pub(super) struct Made<'a> {
    /// A step for each walker.
    pub(super) steps: &'a mut [Step],
    /// The places of those that made a marked passage.
    pub(super) marked: &'a mut [u32],
    /// By eight steps: which of them lead on, the first lowest.
    pub(super) stay: &'a mut [u8],
}

/// How many of a wave stay under way, and how many made a marked passage.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    pub(super) stay: usize,
    pub(super) marked: usize,
}

impl Wave {
    /// Takes walkers one passage on. Those who stay under way stand in their next rows in `staying`, which has room for all.
    fn take_passages(self, tables: &Tables, walkers: &Walkers, staying: &mut Walkers, made: Made<'_>) -> Found {
        let Made { steps, marked, stay } = made;
        let (mut left, mut found) = (0, 0);
        stay.fill(0);
        for (place, ((who, stream), row)) in walkers.who.iter().zip(&*walkers.streams).zip(&*walkers.rows).enumerate() {
            let (passage, row) = tables.choose(*row, stream.word_at(self.distance));
            steps[place] = Step { who: *who, passage };
            marked[found] = self.first + place as u32;
            found += usize::from(row.is_marked());
            (staying.who[left], staying.streams[left], staying.rows[left]) = (*who, *stream, row);
            let stays = !row.is_end();
            stay[place / 8] |= u8::from(stays) << (place % 8);
            left += usize::from(stays);
        }
        Found { stay: left, marked: found }
    }
}

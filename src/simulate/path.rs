//! One customer's path, put together from the log of his batch.

use super::stream::{Purpose, Stream};
use super::tables::{Reward, Tables};
use super::walk::{Log, Step, Times};

/// The steps of a log customer by customer.
#[derive(Clone, Debug, Default)]
pub(super) struct Trails {
    /// Where each customer's places start, and where the last one's end.
    starts: Vec<u32>,
    /// Places in the log.
    places: Vec<u32>,
}

impl Trails {
    /// Sorts the steps of a log.
    pub(super) fn sort(&mut self, log: &Log) {
        self.starts.clear();
        self.starts.resize(log.streams.len() + 2, 0);
        for step in &*log.steps {
            self.starts[step.who as usize + 2] += 1;
        }
        let mut sum = 0;
        for start in &mut self.starts {
            sum += *start;
            *start = sum;
        }
        // Now `starts[who + 1]` is where `who` starts; it moves to where he ends.
        self.places.resize(log.steps.len(), 0);
        for (place, step) in (0..).zip(&*log.steps) {
            let next = &mut self.starts[step.who as usize + 1];
            self.places[*next as usize] = place;
            *next += 1;
        }
    }

    /// The places of a customer's steps, in their order.
    pub(super) fn of(&self, who: usize) -> &[u32] {
        &self.places[self.starts[who] as usize..self.starts[who + 1] as usize]
    }
}

/// What happened to one customer, until the end, the horizon, or [`crate::limits::MAX_STEPS`]. A buffer: one per thread, filled
/// anew.
#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) stream: Stream,
    pub(super) persona: u32,
    pub(super) arrival: u32,
    /// The leave by which he came in, at time 0.
    pub(super) entry: u32,
    /// The visits that began.
    pub(super) visits: Vec<Visited>,
    /// How many visits he left: all, or all but the last.
    pub(super) left: usize,
    /// The end that he reached, and when.
    pub(super) end: Option<(u32, f64)>,
}

/// One visit, and the branch out of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Visited {
    pub(super) touchpoint: u32,
    pub(super) visit: u32,
    /// The leave, once he left.
    pub(super) leave: u32,
    pub(super) arrive: f64,
    /// When he left; infinite before.
    pub(super) depart: f64,
}

impl Path {
    pub(super) fn new() -> Self {
        Self { stream: Stream::new(0, 0), persona: 0, arrival: 0, entry: 0, visits: Vec::new(), left: 0, end: None }
    }

    /// Reads the path of a customer.
    pub(super) fn read(&mut self, tables: &Tables, log: &Log, trails: &Trails, who: usize) {
        self.stream = log.streams[who];
        self.visits.clear();
        self.left = 0;
        self.end = None;
        for &place in trails.of(who) {
            let Step { passage, .. } = log.steps[place as usize];
            let Times { depart, arrive, .. } = log.times(place as usize);
            let (passage, arrives) = tables.passage(passage);
            let leave = tables.ways[passage as usize].leave;
            if let Some(last) = self.visits.last_mut() {
                (last.leave, last.depart) = (leave, depart);
                self.left += 1;
            } else if let Some(entry) = tables.entry(passage) {
                (self.persona, self.arrival, self.entry) = (entry.persona, entry.arrival, leave);
            }
            if !arrives {
                continue;
            }
            let to = tables.to[passage as usize];
            match tables.state(to) {
                None => self.end = Some((to - tables.states.len() as u32, arrive)),
                Some(state) => self.visits.push(Visited {
                    touchpoint: state.touchpoint,
                    visit: state.visit,
                    leave: u32::MAX,
                    arrive,
                    depart: f64::INFINITY,
                }),
            }
        }
    }

    /// What coming in brought.
    pub(super) fn incoming(&self, tables: &Tables) -> Reward {
        tables.leaves[self.entry as usize].rewards.on_leaving(self.stream, 0)
    }

    /// What visit `k` brought.
    pub(super) fn here(&self, tables: &Tables, k: usize) -> Reward {
        tables.visits[self.visits[k].visit as usize].rewards.on_meeting(self.stream, k as u64 + 1)
    }

    /// What leaving visit `k` brought.
    pub(super) fn away(&self, tables: &Tables, k: usize) -> Reward {
        tables.leaves[self.visits[k].leave as usize].rewards.on_leaving(self.stream, k as u64 + 1)
    }

    /// The effort of visit `k`, if it declares one.
    pub(super) fn effort(&self, tables: &Tables, k: usize) -> Option<f64> {
        let law = tables.visits[self.visits[k].visit as usize].effort.as_ref();
        law.map(|law| law.draw(|| self.stream.word(k as u64 + 1, Purpose::Effort)))
    }
}

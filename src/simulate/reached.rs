//! Goals and ends: who reaches them, when, and what was spent and earned until then.

use super::layout::NUMBERS;
use super::tables::{Money, Tables};
use super::walk::Log;

/// Where to look for them.
#[derive(Clone, Debug)]
pub(super) struct Landmarks {
    goals: usize,
    /// Goals and ends.
    pub(super) all: usize,
    /// Whether money is wanted.
    priced: bool,
    /// By passage as steps count them: whether it reaches anything.
    eventful: Box<[bool]>,
    /// By passage as steps count them: the money that it brings; `None` where that is a matter of chance.
    money: Box<[Option<Money>]>,
}

/// The first time that a customer reaches something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct First {
    /// The customer's place in the batch.
    pub(super) who: u32,
    /// A goal, or an end counted on after the goals.
    pub(super) what: u32,
    /// Seconds since he came in.
    pub(super) time: f64,
    /// Spent on him and earned up to and including that instant.
    money: Money,
}

impl First {
    /// Time, cost, revenue, margin.
    pub(super) fn numbers(&self) -> [f64; NUMBERS] {
        let Money([cost, revenue, margin]) = self.money;
        [self.time, cost, revenue, margin]
    }
}

/// What the customers of a batch reached. A buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Firsts {
    /// In the order of the log.
    pub(super) list: Vec<First>,
    /// By customer.
    so_far: Vec<Money>,
    /// By step: the money before it.
    before: Vec<Money>,
    /// The steps that reach anything.
    places: Vec<u32>,
    /// By customer: a bit for each goal and end that he reached.
    seen: Vec<u64>,
}

impl Landmarks {
    pub(super) fn new(tables: &Tables, goals: usize, ends: usize, priced: bool) -> Self {
        let steps = 0..2 * tables.to.len() as u32;
        let eventful = steps.clone().map(|step| {
            let (leave, to) = tables.met_by(step);
            !leave.reaches.is_empty() || to.end.is_some() || to.state.is_some_and(|(_, visit)| !visit.reaches.is_empty())
        });
        let money = steps.map(|step| {
            let (leave, to) = tables.met_by(step);
            let left = leave.rewards.certain_money()?;
            Some(left + to.state.map_or(Some(Money::default()), |(_, visit)| visit.rewards.certain_money())?)
        });
        let money = if priced { money.collect() } else { Box::default() };
        Self { goals, all: goals + ends, priced, eventful: eventful.collect(), money }
    }

    /// Reads a log.
    pub(super) fn read(&self, tables: &Tables, log: &Log, firsts: &mut Firsts) {
        let words = self.all.div_ceil(64);
        firsts.seen.clear();
        firsts.seen.resize(log.streams.len() * words, 0);
        firsts.list.clear();
        if self.priced {
            self.add_up(tables, log, firsts);
        }
        firsts.places.resize(log.steps.len(), 0);
        let mut found = 0;
        for (place, step) in (0..).zip(&log.steps) {
            firsts.places[found] = place;
            found += usize::from(self.eventful[step.passage as usize]);
        }
        let mut places = firsts.places[..found].iter().map(|place| *place as usize).peekable();
        for (number, wave) in log.waves() {
            while let Some(place) = places.next_if(|place| *place < wave.end) {
                let step = log.steps[place];
                let (who, stream) = (step.who as usize, log.streams[step.who as usize]);
                let times = log.times.get(place).copied().unwrap_or_default();
                let mut money = firsts.before.get(place).copied().unwrap_or_default();
                let mut note = |what: u32, time: f64, money: Money| {
                    let (word, bit) = (&mut firsts.seen[who * words + what as usize / 64], 1 << (what % 64));
                    if *word & bit == 0 {
                        *word |= bit;
                        firsts.list.push(First { who: step.who, what, time, money });
                    }
                };
                let (leave, to) = tables.met_by(step.passage);
                if self.priced {
                    money = money + leave.rewards.money_of_leaving(stream, number);
                }
                for &goal in &leave.reaches {
                    note(goal, times.depart, money);
                }
                if let Some((_, visit)) = to.state.filter(|(_, visit)| !visit.reaches.is_empty()) {
                    if self.priced {
                        money = money + visit.rewards.money_of_meeting(stream, number + 1);
                    }
                    for &goal in &visit.reaches {
                        note(goal, times.arrive, money);
                    }
                }
                if let Some(end) = to.end {
                    note(self.goals as u32 + end, times.arrive, money);
                }
            }
        }
    }

    fn add_up(&self, tables: &Tables, log: &Log, firsts: &mut Firsts) {
        firsts.so_far.clear();
        firsts.so_far.resize(log.streams.len(), Money::default());
        firsts.before.clear();
        for (number, wave) in log.waves() {
            for step in &log.steps[wave] {
                let so_far = &mut firsts.so_far[step.who as usize];
                firsts.before.push(*so_far);
                let drawn = || {
                    let stream = log.streams[step.who as usize];
                    let (leave, to) = tables.met_by(step.passage);
                    let met = to.state.map(|(_, visit)| visit.rewards.money_of_meeting(stream, number + 1));
                    leave.rewards.money_of_leaving(stream, number) + met.unwrap_or_default()
                };
                *so_far = *so_far + self.money[step.passage as usize].unwrap_or_else(drawn);
            }
        }
    }
}

//! Goals and ends: who reaches them, when, and what was spent until then.

use super::tables::Tables;
use super::walk::Log;

/// Where to look for them.
#[derive(Clone, Debug)]
pub(super) struct Landmarks {
    goals: usize,
    /// Goals and ends.
    pub(super) all: usize,
    /// Whether costs are wanted.
    priced: bool,
    /// By passage as steps count them: whether it reaches anything.
    eventful: Box<[bool]>,
    /// By passage as steps count them: what it costs; not a number where that is a matter of chance.
    costs: Box<[f64]>,
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
    /// Spent on him up to and including that instant.
    pub(super) cost: f64,
}

/// What the customers of a batch reached. A buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Firsts {
    /// In the order of the log.
    pub(super) list: Vec<First>,
    /// By customer.
    spent: Vec<f64>,
    /// By step: what was spent before it.
    before: Vec<f64>,
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
        let costs = steps.map(|step| {
            let (leave, to) = tables.met_by(step);
            let certain = |kind: &super::tables::RewardsKind| kind.cost.certain().unwrap_or(f64::NAN);
            certain(&leave.rewards) + to.state.map_or(0.0, |(_, visit)| certain(&visit.rewards))
        });
        let costs = if priced { costs.collect() } else { Box::default() };
        Self { goals, all: goals + ends, priced, eventful: eventful.collect(), costs }
    }

    /// Reads a log.
    pub(super) fn read(&self, tables: &Tables, log: &Log, firsts: &mut Firsts) {
        let words = self.all.div_ceil(64);
        firsts.seen.clear();
        firsts.seen.resize(log.streams.len() * words, 0);
        firsts.list.clear();
        if self.priced {
            self.add_up_costs(tables, log, firsts);
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
                let mut cost = firsts.before.get(place).copied().unwrap_or(0.0);
                let mut note = |what: u32, time: f64, cost: f64| {
                    let (word, bit) = (&mut firsts.seen[who * words + what as usize / 64], 1 << (what % 64));
                    if *word & bit == 0 {
                        *word |= bit;
                        firsts.list.push(First { who: step.who, what, time, cost });
                    }
                };
                let (leave, to) = tables.met_by(step.passage);
                if self.priced {
                    cost += leave.rewards.cost_of_leaving(stream, number);
                }
                for &goal in &leave.reaches {
                    note(goal, times.depart, cost);
                }
                if let Some((_, visit)) = to.state.filter(|(_, visit)| !visit.reaches.is_empty()) {
                    if self.priced {
                        cost += visit.rewards.cost_of_meeting(stream, number + 1);
                    }
                    for &goal in &visit.reaches {
                        note(goal, times.arrive, cost);
                    }
                }
                if let Some(end) = to.end {
                    note(self.goals as u32 + end, times.arrive, cost);
                }
            }
        }
    }

    fn add_up_costs(&self, tables: &Tables, log: &Log, firsts: &mut Firsts) {
        firsts.spent.clear();
        firsts.spent.resize(log.streams.len(), 0.0);
        firsts.before.clear();
        for (number, wave) in log.waves() {
            for step in &log.steps[wave] {
                let spent = &mut firsts.spent[step.who as usize];
                firsts.before.push(*spent);
                let mut cost = self.costs[step.passage as usize];
                if cost.is_nan() {
                    let stream = log.streams[step.who as usize];
                    let (leave, to) = tables.met_by(step.passage);
                    cost = leave.rewards.cost_of_leaving(stream, number);
                    cost += to.state.map_or(0.0, |(_, visit)| visit.rewards.cost_of_meeting(stream, number + 1));
                }
                *spent += cost;
            }
        }
    }
}

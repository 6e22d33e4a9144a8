//! Goals and ends: who reaches them, when, and what was spent and earned until then.
//!
//! Few passages do more than add to what a customer has come to ([`Effects`]). Those that reach something, or whose numbers are
//! drawn, are looked at one by one, wave by wave, before the wave adds what is certain.

use super::Detail;
use super::additive::{Additive, MONEY};
use super::effects::{Effects, Standing};
use super::layout::NUMBERS;
use super::marks::{Columns, Numbers};
use super::tables::{Money, Tables};
use super::walk::{Log, Step};
use crate::plan::Plan;
use std::collections::HashMap;
use std::ops::Range;

/// Where to look for them.
#[derive(Clone, Debug)]
pub(super) struct Landmarks {
    /// Goals and ends.
    pub(super) all: usize,
    /// Whether it is wanted what each had cost and earned, or how long it took.
    noted: bool,
    priced: bool,
    /// Whether it is wanted who met what before the main goal.
    before: bool,
    /// The main goal.
    goal: usize,
    /// Whether nothing but events leaves anything.
    only: bool,
    /// By passage as steps count them: its event, from 1; 0 if it has none.
    event_of: Box<[u32]>,
    events: Box<[Event]>,
    /// Goals, in lists.
    reached: Box<[u32]>,
    goals: usize,
}

/// What a passage does beside adding.
#[derive(Clone, Debug)]
struct Event {
    /// The goals that it reaches on leaving, among the lists, and then on meeting.
    leaving: Range<u32>,
    meeting: Range<u32>,
    /// How it reaches the main goal.
    main: Main,
    /// What leaving brings, and what meeting brings, unless it is drawn.
    left: Option<Money>,
    met: Option<Money>,
    /// By which lists anything else of the first columns is drawn, if it is.
    lists: Option<(u32, u32)>,
}

/// How a passage reaches the main goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Main {
    Not,
    /// Before its customer meets the next touchpoint.
    Leaving,
    /// Once he has met it.
    Meeting,
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
    /// In the order of the log, if they are wanted.
    pub(super) list: Vec<First>,
    /// Places of the log that have an event.
    places: Vec<u32>,
    /// The marks of one customer.
    marks: Vec<u64>,
}

/// What is read of, beside the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    pub(super) tables: &'a Tables,
    pub(super) effects: &'a Effects,
    pub(super) additive: &'a Additive,
}

impl Landmarks {
    pub(super) fn new(plan: &Plan, tables: &Tables, numbers: Numbers, detail: Detail, additive: &Additive) -> Self {
        let noted = detail.money || detail.time;
        let (mut events, mut reached, mut known) = (Vec::new(), Vec::new(), HashMap::new());
        let main = |goals: &[u32]| plan.goal.is_some_and(|goal| goals.contains(&goal.0));
        let money = |certain: Option<Money>| if detail.money { certain } else { Some(Money::default()) };
        let event_of = (0..2 * tables.to.len() as u32).map(|step| {
            let (leave, to) = tables.met_by(step);
            let here: &[u32] = to.state.map_or(&[], |(_, visit)| &visit.reaches);
            let left = money(leave.rewards.certain_money());
            let met = money(to.state.map_or(Some(Money::default()), |(_, visit)| visit.rewards.certain_money()));
            let lists = additive.draws(tables, step).then(|| additive.lists(tables, step));
            let reaches = !leave.reaches.is_empty() || !here.is_empty();
            if !reaches && left.is_some() && met.is_some() && lists.is_none() {
                return 0;
            }
            // Passages that do the same share an event: few events stay in the nearest cache.
            let bits = |money: Option<Money>| money.map(|money| money.0.map(f64::to_bits));
            *known.entry((&leave.reaches, here, bits(left), bits(met), lists)).or_insert_with(|| {
                let mut list = |whats: &[u32]| {
                    let start = reached.len() as u32;
                    reached.extend(whats);
                    start..reached.len() as u32
                };
                let (leaving, meeting) = (list(&leave.reaches), list(here));
                let main = match (main(&leave.reaches), main(here)) {
                    (true, _) => Main::Leaving,
                    (false, true) => Main::Meeting,
                    (false, false) => Main::Not,
                };
                events.push(Event { leaving, meeting, main, left, met, lists });
                events.len() as u32
            })
        });
        let event_of = event_of.collect();
        Self {
            all: numbers.touchpoints,
            noted,
            priced: detail.money,
            before: detail.reach && plan.goal.is_some(),
            goal: plan.goal.map_or(0, crate::model::GoalId::index),
            only: !detail.reach && !additive.valued(),
            event_of,
            events: events.into(),
            reached: reached.into(),
            goals: numbers.ends,
        }
    }

    /// Reads a log: what its customers come to, what they reach first, what they had met before the main goal, and how often each
    /// passage was made. Those counts have 32 bits, so that they fit into the nearest cache: who keeps them takes them out before
    /// they overflow.
    pub(super) fn read(
        &self,
        reading: Reading<'_>,
        log: &Log,
        (standing, firsts, passages): (&mut Standing, &mut Firsts, &mut [u32]),
        (personas, at_goal): (&[u32], &mut [Columns]),
    ) {
        firsts.list.clear();
        let looked_at = self.noted || self.before || reading.additive.eventful();
        if !looked_at && !self.only {
            return reading.effects.apply(reading.tables.lanes, &log.steps, standing, passages);
        }
        self.find(log, &mut firsts.places);
        let places = std::mem::take(&mut firsts.places);
        if !looked_at {
            for step in &*log.steps {
                passages[step.passage as usize] += 1;
            }
            for place in &places {
                let step = log.steps[*place as usize];
                standing.set(step.who as usize, reading.effects.bits(step.passage));
            }
            firsts.places = places;
            return;
        }
        let mut left = places.iter().map(|place| *place as usize).peekable();
        for (number, wave) in log.waves() {
            while let Some(place) = left.next_if(|place| *place < wave.end) {
                let step = log.steps[place];
                let event = &self.events[self.event_of[step.passage as usize] as usize - 1];
                if self.before && event.main != Main::Not && !standing.has(step.who as usize, self.goal) {
                    firsts.marks.clear();
                    firsts.marks.extend_from_slice(standing.marks(step.who as usize));
                    let met: &[(u32, u64)] = if event.main == Main::Meeting { reading.effects.bits(step.passage) } else { &[] };
                    for (word, bits) in met {
                        firsts.marks[*word as usize] |= bits;
                    }
                    at_goal[personas[step.who as usize] as usize].add(&firsts.marks);
                }
                self.happen(reading, (log, number, place), event, standing, &mut firsts.list);
            }
            reading.effects.apply(reading.tables.lanes, &log.steps[wave], standing, passages);
        }
        firsts.places = places;
        if self.noted || reading.additive.times_ends(self.goals) {
            self.end(reading, log, standing, &mut firsts.list);
        }
    }

    /// The ends that customers came to: nothing follows them, so that all they have come to is what they had come to there.
    fn end(&self, reading: Reading<'_>, log: &Log, standing: &mut Standing, list: &mut Vec<First>) {
        let (goals, states) = (self.goals as u32, reading.tables.states.len() as u32);
        log.each_end(reading.tables, |place| {
            let Step { who, passage } = log.steps[place];
            let what = goals + reading.tables.to[passage as usize] - states;
            let [cost, revenue, margin, ..] = *standing.dense(who as usize);
            let money = if self.priced { Money([cost, revenue, margin]) } else { Money::default() };
            let time = log.times(place).arrive;
            if self.noted {
                list.push(First { who, what, time, money });
            }
            reading.additive.reach(what, who as usize, time, standing);
        });
    }

    /// Finds the places of steps that have an event.
    fn find(&self, log: &Log, places: &mut Vec<u32>) {
        places.clear();
        match log.marked() {
            Some(marked) => places.extend_from_slice(marked),
            None => places.extend((0..).zip(&*log.steps).filter(|(_, step)| self.is_event(step.passage)).map(|(place, _)| place)),
        }
    }

    /// Whether a passage, as steps count them, is to be looked at by itself.
    pub(super) fn is_event(&self, of_step: u32) -> bool {
        self.event_of[of_step as usize] != 0
    }

    fn happen(
        &self,
        Reading { tables, additive, .. }: Reading<'_>,
        (log, number, place): (&Log, u64, usize),
        event: &Event,
        standing: &mut Standing,
        list: &mut Vec<First>,
    ) {
        let step = log.steps[place];
        let (who, stream) = (step.who as usize, log.streams[step.who as usize]);
        let times = log.times(place);
        let [mut left, mut met] = [Money::default(); 2];
        if self.priced {
            let before = Money(std::array::from_fn(|kind| standing.dense(who)[MONEY + kind]));
            let kinds = || tables.met_by(step.passage);
            let leaving = event.left.unwrap_or_else(|| kinds().0.rewards.money_of_leaving(stream, number));
            let meeting = event.met.unwrap_or_else(|| {
                let visit = kinds().1.state.map(|(_, visit)| visit);
                visit.map(|visit| visit.rewards.money_of_meeting(stream, number + 1)).unwrap_or_default()
            });
            (left, met) = (before + leaving, before + leaving + meeting);
            // What is certain is added with the wave.
            let own = standing.dense_mut(who);
            for kind in 0..3 {
                own[MONEY + kind] += if event.left.is_none() { leaving.0[kind] } else { 0.0 };
                own[MONEY + kind] += if event.met.is_none() { meeting.0[kind] } else { 0.0 };
            }
        }
        for (range, time, money) in [(&event.leaving, times.depart, left), (&event.meeting, times.arrive, met)] {
            for what in &self.reached[range.start as usize..range.end as usize] {
                if standing.mark(who, *what as usize) {
                    if self.noted {
                        list.push(First { who: step.who, what: *what, time, money });
                    }
                    additive.reach(*what, who, time, standing);
                }
            }
        }
        if let Some(lists) = event.lists {
            additive.draw(lists, tables, log, (number, place), standing.dense_mut(who));
        }
    }
}

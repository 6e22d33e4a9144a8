//! Who met what: a bit per customer and thing, counted 64 customers at a time.

use super::tables::Tables;
use super::walk::Log;
use crate::model::{GoalId, Model, Moment, StageId};
use crate::plan::Plan;
use std::collections::BTreeMap;

/// The numbers of marks: goals, then ends; where reach is wanted, touchpoints, stages and moments follow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    pub(super) ends: usize,
    pub(super) touchpoints: usize,
    pub(super) stages: usize,
    pub(super) moments: usize,
    pub(super) all: usize,
}

/// Which passage leaves which marks.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    pub(super) numbers: Numbers,
    /// Words of 64 marks per customer.
    pub(super) words: usize,
    /// By passage as steps count them: where its marks start; one more than there are.
    first: Box<[u32]>,
    /// Words with their bits.
    bits: Box<[(u32, u64)]>,
    /// By passage as steps count them, where one word holds all marks: its bits.
    only: Box<[u64]>,
    /// By passage as steps count them: how it reaches the main goal.
    main: Box<[Main]>,
    /// Word and bit of the main goal.
    goal: (usize, u64),
    /// Whether it is wanted who met what before the main goal.
    before: bool,
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

/// What the customers of a batch have met. A buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    words: usize,
    marks: Vec<u64>,
    at_goal: Vec<u64>,
}

impl Seen {
    /// The marks of a customer.
    pub(super) fn marks(&self, who: usize) -> &[u64] {
        &self.marks[who * self.words..(who + 1) * self.words]
    }

    /// The marks that he had when he first reached the main goal; none if he did not.
    pub(super) fn at_goal(&self, who: usize) -> &[u64] {
        &self.at_goal[who * self.words..(who + 1) * self.words]
    }
}

impl Numbers {
    pub(super) fn new(model: &Model, reach: bool) -> Self {
        let ends = model.goals.len();
        let touchpoints = ends + model.ends.len();
        let stages = touchpoints + if reach { model.touchpoints.len() } else { 0 };
        let moments = stages + if reach { model.stages.len() } else { 0 };
        Self { ends, touchpoints, stages, moments, all: moments + if reach { Moment::ALL.len() } else { 0 } }
    }

    /// The marks of meeting a touchpoint.
    fn met(self, model: &Model, touchpoint: usize) -> Vec<usize> {
        if self.all == self.touchpoints {
            return Vec::new();
        }
        let stage = model.touchpoints[touchpoint].stage.map(StageId::index);
        let moment = stage.and_then(|s| model.stages[s].moment).and_then(|m| Moment::ALL.iter().position(|other| *other == m));
        let places = [stage.map(|s| self.stages + s), moment.map(|m| self.moments + m)];
        places.into_iter().flatten().chain([self.touchpoints + touchpoint]).collect()
    }
}

impl Marks {
    pub(super) fn new(model: &Model, plan: &Plan, tables: &Tables, reach: bool) -> Self {
        let numbers = Numbers::new(model, reach);
        let main = |goals: &[u32]| plan.goal.is_some_and(|goal| goals.contains(&goal.0));
        let goal = plan.goal.map_or(0, GoalId::index);
        let (mut first, mut bits, mut how) = (vec![0], Vec::new(), Vec::new());
        for step in 0..2 * tables.to.len() as u32 {
            let (leave, to) = tables.met_by(step);
            let mut marks: Vec<usize> = leave.reaches.iter().map(|g| *g as usize).collect();
            let mut reached = if main(&leave.reaches) { Main::Leaving } else { Main::Not };
            if let Some((state, visit)) = to.state {
                marks.extend(visit.reaches.iter().map(|g| *g as usize));
                marks.extend(numbers.met(model, state.touchpoint as usize));
                if main(&visit.reaches) && reached == Main::Not {
                    reached = Main::Meeting;
                }
            }
            marks.extend(to.end.map(|end| numbers.ends + end as usize));
            let mut words: BTreeMap<u32, u64> = BTreeMap::new();
            for mark in marks {
                *words.entry((mark / 64) as u32).or_default() |= 1 << (mark % 64);
            }
            bits.extend(words);
            first.push(bits.len() as u32);
            how.push(reached);
        }
        let words = numbers.all.div_ceil(64).max(1);
        let only =
            first.windows(2).map(|pair| bits[pair[0] as usize..pair[1] as usize].iter().fold(0, |all, (_, bits)| all | bits));
        Self {
            numbers,
            words,
            only: if words == 1 { only.collect() } else { Box::default() },
            first: first.into(),
            bits: bits.into(),
            main: how.into(),
            goal: (goal / 64, 1 << (goal % 64)),
            before: reach && plan.goal.is_some(),
        }
    }

    /// Reads off a log what each customer met.
    pub(super) fn read(&self, log: &Log, seen: &mut Seen) {
        let length = log.streams.len() * self.words;
        seen.words = self.words;
        for marks in [&mut seen.marks, &mut seen.at_goal] {
            marks.clear();
            marks.resize(length, 0);
        }
        match (self.words, self.before) {
            (1, false) => self.read_one_word(log, &mut seen.marks),
            (1, true) => self.read_one_word_before_goal(log, &mut seen.marks, &mut seen.at_goal),
            _ => self.read_words(log, seen),
        }
    }

    fn read_one_word(&self, log: &Log, marks: &mut [u64]) {
        let only = &self.only[..];
        for step in &log.steps {
            marks[step.who as usize] |= only[step.passage as usize];
        }
    }

    fn read_one_word_before_goal(&self, log: &Log, marks: &mut [u64], at_goal: &mut [u64]) {
        let (only, main, goal) = (&self.only[..], &self.main[..], self.goal.1);
        for step in &log.steps {
            let (who, passage) = (step.who as usize, step.passage as usize);
            let before = marks[who];
            let after = before | only[passage];
            marks[who] = after;
            if main[passage] != Main::Not && before & goal == 0 {
                at_goal[who] = if main[passage] == Main::Leaving { before } else { after };
            }
        }
    }

    fn read_words(&self, log: &Log, seen: &mut Seen) {
        for step in &log.steps {
            let (at, passage) = (step.who as usize * self.words, step.passage as usize);
            let marks = &mut seen.marks[at..at + self.words];
            let main = self.main[passage];
            let first = main != Main::Not && marks[self.goal.0] & self.goal.1 == 0;
            if first && main == Main::Leaving {
                seen.at_goal[at..at + self.words].copy_from_slice(marks);
            }
            for (word, bits) in &self.bits[self.first[passage] as usize..self.first[passage + 1] as usize] {
                marks[*word as usize] |= bits;
            }
            if first && main == Main::Meeting {
                seen.at_goal[at..at + self.words].copy_from_slice(marks);
            }
        }
    }
}

/// How many customers have each mark.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// By mark.
    counts: Vec<u64>,
    /// By word: those of the customers who were not counted yet.
    waiting: Vec<[u64; 64]>,
    number: usize,
}

impl Columns {
    pub(super) fn new(words: usize) -> Self {
        Self { counts: vec![0; 64 * words], waiting: vec![[0; 64]; words], number: 0 }
    }

    /// Takes in the marks of one customer.
    #[inline]
    pub(super) fn add(&mut self, marks: &[u64]) {
        for (waiting, word) in self.waiting.iter_mut().zip(marks) {
            waiting[self.number] = *word;
        }
        self.number += 1;
        if self.number == 64 {
            self.count();
        }
    }

    fn count(&mut self) {
        for (waiting, counts) in self.waiting.iter_mut().zip(self.counts.chunks_exact_mut(64)) {
            waiting[self.number..].fill(0);
            transpose(waiting);
            for (count, column) in counts.iter_mut().zip(waiting.iter()) {
                *count += u64::from(column.count_ones());
            }
        }
        self.number = 0;
    }

    /// How many customers had each mark since this was last asked, added to `counts`.
    pub(super) fn drain(&mut self, counts: &mut [u64]) {
        self.count();
        for (sum, count) in counts.iter_mut().zip(&mut self.counts) {
            *sum += std::mem::take(count);
        }
    }
}

/// Turns 64 rows of 64 bits into columns (H. S. Warren, *Hacker's Delight*, 2nd edition, 7-3).
fn transpose(rows: &mut [u64; 64]) {
    let (mut width, mut mask) = (32, u64::from(u32::MAX));
    while width > 0 {
        for block in (0..64).step_by(2 * width) {
            for row in block..block + width {
                let swap = (rows[row] >> width ^ rows[row + width]) & mask;
                rows[row + width] ^= swap;
                rows[row] ^= swap << width;
            }
        }
        width /= 2;
        mask ^= mask << width;
    }
}

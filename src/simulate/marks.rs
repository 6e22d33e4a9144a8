//! Who met what: a bit per customer and thing, counted 64 customers at a time.

use super::tables::Tables;
use crate::model::{Model, Moment, StageId};

/// The numbers of marks: goals, then ends; where reach is wanted, touchpoints, stages and moments follow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    pub(super) ends: usize,
    pub(super) touchpoints: usize,
    pub(super) stages: usize,
    pub(super) moments: usize,
    pub(super) all: usize,
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

    /// Words of 64 marks.
    pub(super) fn words(self) -> usize {
        self.all.div_ceil(64).max(1)
    }

    /// The marks that a passage leaves.
    pub(super) fn of_passage(self, model: &Model, tables: &Tables, step: u32) -> Box<[u64]> {
        let (leave, to) = tables.met_by(step);
        let mut marks: Vec<usize> = leave.reaches.iter().map(|g| *g as usize).collect();
        if let Some((state, visit)) = to.state {
            marks.extend(visit.reaches.iter().map(|g| *g as usize));
            marks.extend(self.met(model, state.touchpoint as usize));
        }
        marks.extend(to.end.map(|end| self.ends + end as usize));
        let mut words = vec![0; self.words()];
        for mark in marks {
            words[mark / 64] |= 1 << (mark % 64);
        }
        words.into()
    }
}

/// How many customers have each mark.
///
/// The counts stand upright: plane `k` of a word holds bit `k` of the counts of its 64 marks, so that a word is added to all of
/// them at once (carry-save addition; H. S. Warren, *Hacker's Delight*, 2nd edition, 5-1).
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// By word.
    planes: Vec<[u64; PLANES]>,
    /// By word: those of the customers who were not counted yet.
    waiting: Vec<[u64; WAITING]>,
    number: usize,
}

/// Bits of a count.
const PLANES: usize = 40;
/// Customers that are counted together: 2 to this.
const LEVELS: usize = 6;
const WAITING: usize = 1 << LEVELS;

impl Columns {
    pub(super) fn new(words: usize) -> Self {
        Self { planes: vec![[0; PLANES]; words], waiting: vec![[0; WAITING]; words], number: 0 }
    }

    /// Takes in the marks of one customer.
    #[inline]
    pub(super) fn add(&mut self, marks: &[u64]) {
        for (waiting, word) in self.waiting.iter_mut().zip(marks) {
            waiting[self.number] = *word;
        }
        self.number += 1;
        if self.number == WAITING {
            self.count();
        }
    }

    fn count(&mut self) {
        for (waiting, planes) in self.waiting.iter_mut().zip(&mut self.planes) {
            waiting[self.number..].fill(0);
            let mut carry = carry(waiting, planes);
            for plane in &mut planes[LEVELS..] {
                (*plane, carry) = (*plane ^ carry, *plane & carry);
            }
        }
        self.number = 0;
    }

    /// How many customers had each mark since this was last asked, added to `counts`.
    pub(super) fn drain(&mut self, counts: &mut [u64]) {
        self.count();
        for (counts, planes) in counts.chunks_exact_mut(64).zip(&mut self.planes) {
            for (bit, count) in counts.iter_mut().enumerate() {
                *count += (0..).zip(planes.iter()).map(|(k, plane)| (plane >> bit & 1) << k).sum::<u64>();
            }
            planes.fill(0);
        }
    }
}

/// Adds 64 words to the lowest planes; what is carried on, by mark: how many times 64.
fn carry(words: &mut [u64; WAITING], planes: &mut [u64; PLANES]) -> u64 {
    for (level, plane) in planes[..LEVELS].iter_mut().enumerate() {
        for i in 0..WAITING >> (level + 1) {
            let (a, b, c) = (words[2 * i], words[2 * i + 1], *plane);
            *plane = a ^ b ^ c;
            words[i] = a & b | (a ^ b) & c;
        }
    }
    words[0]
}

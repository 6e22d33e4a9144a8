//! What every passage leaves with its customer: marks, and numbers that are added up.
//!
//! Comes in: what each passage leaves. Goes out: [`Standing`], what a batch of customers has come to. What must hold: a passage
//! costs two looks and no guess, whatever it leaves. So all that the first marks and columns get from it is in one line of a table,
//! zeros included, and passages that leave the same share a line.

use super::buffer::Buffer;
use super::lanes::Lanes;
use super::walk::Step;
use std::collections::HashMap;

/// Columns of numbers that are kept in the line of each customer; others are [`super::additive`]'s.
pub(super) const DENSE: usize = 4;
/// Words of marks that fit into a line; of customers with more, all are kept by themselves.
pub(super) const WORDS: usize = 4;

/// Marks and numbers: of a customer, or those that a passage leaves. A line of the cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
pub(super) struct Line {
    pub(super) marks: [u64; WORDS],
    pub(super) values: [f64; DENSE],
}

impl Line {
    #[inline]
    fn take(&mut self, left: &Self) {
        self.marks.iter_mut().zip(left.marks).for_each(|(own, marks)| *own |= marks);
        self.values.iter_mut().zip(left.values).for_each(|(own, value)| *own += value);
    }
}

/// What passages leave.
#[derive(Clone, Debug)]
pub(super) struct Effects {
    /// Words of marks of a customer.
    words: usize,
    /// By passage as steps count them: its kind.
    pub(super) kinds: Box<[u32]>,
    /// By kind; without marks if they do not fit.
    pub(super) lines: Box<[Line]>,
    /// By kind, then: where its bits start; one more than there are.
    first: Box<[u32]>,
    /// Words with their bits.
    bits: Box<[(u32, u64)]>,
}

/// What the customers of a batch have come to. A buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    words: usize,
    /// By customer.
    pub(super) lines: Buffer<Line>,
    /// By customer, so many words, if they do not fit into lines.
    marks: Vec<u64>,
    /// By customer: the columns beyond the first.
    pub(super) rows: Vec<f64>,
}

impl Standing {
    /// Nothing yet, of so many customers; `more`: how many columns there are beyond the first.
    pub(super) fn clear(&mut self, lanes: Option<Lanes>, customers: usize, words: usize, more: usize) {
        self.words = words;
        self.lines.set_length(customers);
        match lanes {
            Some(lanes) => lanes.clear(&mut self.lines),
            None => self.lines.fill_with(Line::default()),
        }
        self.marks.clear();
        self.marks.resize(if words > WORDS { customers * words } else { 0 }, 0);
        self.rows.clear();
        self.rows.resize(customers * more, 0.0);
    }

    /// The first columns of a customer.
    #[inline]
    pub(super) fn dense(&self, who: usize) -> &[f64; DENSE] {
        &self.lines[who].values
    }

    /// The same, to be changed.
    #[inline]
    pub(super) fn dense_mut(&mut self, who: usize) -> &mut [f64; DENSE] {
        &mut self.lines[who].values
    }

    /// A number of a customer; `more`: how many columns there are beyond the first.
    #[inline]
    pub(super) fn number(&self, who: usize, column: usize, more: usize) -> f64 {
        if column < DENSE { self.dense(who)[column] } else { self.rows[who * more + column - DENSE] }
    }

    /// The same, to be changed.
    #[inline]
    pub(super) fn column(&mut self, who: usize, column: usize, more: usize) -> &mut f64 {
        if column < DENSE { &mut self.dense_mut(who)[column] } else { &mut self.rows[who * more + column - DENSE] }
    }

    /// The marks of a customer.
    #[inline]
    pub(super) fn marks(&self, who: usize) -> &[u64] {
        if self.words > WORDS {
            &self.marks[who * self.words..(who + 1) * self.words]
        } else {
            &self.lines[who].marks[..self.words]
        }
    }

    #[inline]
    fn marks_mut(&mut self, who: usize) -> &mut [u64] {
        if self.words > WORDS {
            &mut self.marks[who * self.words..(who + 1) * self.words]
        } else {
            &mut self.lines[who].marks[..self.words]
        }
    }

    /// Sets a mark, and tells whether it is new.
    #[inline]
    pub(super) fn mark(&mut self, who: usize, mark: usize) -> bool {
        let (word, bit) = (&mut self.marks_mut(who)[mark / 64], 1 << (mark % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Sets bits of words.
    #[inline]
    pub(super) fn set(&mut self, who: usize, bits: &[(u32, u64)]) {
        let marks = self.marks_mut(who);
        for (word, bits) in bits {
            marks[*word as usize] |= bits;
        }
    }

    /// Whether a customer has a mark.
    #[inline]
    pub(super) fn has(&self, who: usize, mark: usize) -> bool {
        self.marks(who)[mark / 64] >> (mark % 64) & 1 == 1
    }
}

impl Effects {
    /// From what each passage leaves, as steps count them.
    pub(super) fn new(words: usize, passages: impl Iterator<Item = (Box<[u64]>, [f64; DENSE])>) -> Self {
        let (mut known, mut lines, mut first, mut bits) = (HashMap::new(), Vec::new(), vec![0], Vec::new());
        let kinds = passages.map(|(set, values)| {
            *known.entry((set, values.map(f64::to_bits))).or_insert_with_key(|(set, _)| {
                let mut line = Line { values, ..Line::default() };
                if words <= WORDS {
                    line.marks[..words].copy_from_slice(set);
                }
                lines.push(line);
                bits.extend((0..).zip(set.iter().copied()).filter(|(_, bits)| *bits != 0));
                first.push(bits.len() as u32);
                lines.len() as u32 - 1
            })
        });
        let kinds = kinds.collect();
        Self { words, kinds, lines: lines.into(), first: first.into(), bits: bits.into() }
    }

    /// The words of marks that a passage sets.
    pub(super) fn bits(&self, passage: u32) -> &[(u32, u64)] {
        let kind = self.kinds[passage as usize] as usize;
        &self.bits[self.first[kind] as usize..self.first[kind + 1] as usize]
    }

    /// Leaves with each customer what his passages leave, and counts these.
    pub(super) fn apply(&self, lanes: Option<Lanes>, steps: &[Step], standing: &mut Standing, passages: &mut [u32]) {
        match lanes {
            Some(lanes) => lanes.apply(self, steps, &mut standing.lines, passages),
            None => {
                for step in steps {
                    passages[step.passage as usize] += 1;
                    standing.lines[step.who as usize].take(&self.lines[self.kinds[step.passage as usize] as usize]);
                }
            }
        }
        if self.words > WORDS {
            for step in steps {
                standing.set(step.who as usize, self.bits(step.passage));
            }
        }
    }
}

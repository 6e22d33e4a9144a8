//! What every passage leaves with its customer: marks, and numbers that are added up.
//!
//! Comes in: what each passage leaves. Goes out: [`Standing`], what a batch of customers has come to. What must hold: a passage
//! costs two looks and no guess, whatever it leaves. So all that the first columns get from it is in one row of a table, zeros
//! included, and passages that leave the same share a row.

use super::walk::Step;
use std::collections::HashMap;

/// Columns of numbers that are kept for each customer in one row of their own; others are [`super::additive`]'s.
pub(super) const DENSE: usize = 4;
/// Words of marks that a row of the table may have: of more, only those that a passage sets are kept.
const MOST_WORDS: usize = 4;

/// What passages leave.
#[derive(Clone, Debug)]
pub(super) struct Effects {
    /// Words of marks of a customer.
    words: usize,
    /// Whether any number is added.
    valued: bool,
    /// By passage as steps count them: its kind.
    kinds: Box<[u32]>,
    /// By kind, so many words; none if they are too many.
    marks: Box<[u64]>,
    /// By kind, then: where its bits start; one more than there are.
    first: Box<[u32]>,
    /// Words with their bits.
    bits: Box<[(u32, u64)]>,
    /// By kind: what is added to the columns.
    values: Box<[[f64; DENSE]]>,
}

/// What the customers of a batch have come to. A buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    words: usize,
    /// By customer, so many words.
    marks: Vec<u64>,
    /// By customer: the first columns.
    pub(super) dense: Vec<[f64; DENSE]>,
    /// By customer: the columns beyond the first.
    pub(super) rows: Vec<f64>,
}

impl Standing {
    /// Nothing yet, of so many customers; `more`: how many columns there are beyond the first.
    pub(super) fn clear(&mut self, customers: usize, words: usize, more: usize) {
        self.words = words;
        self.marks.clear();
        self.marks.resize(customers * words, 0);
        self.dense.clear();
        self.dense.resize(customers, [0.0; DENSE]);
        self.rows.clear();
        self.rows.resize(customers * more, 0.0);
    }

    /// A number of a customer; `more`: how many columns there are beyond the first.
    #[inline]
    pub(super) fn number(&self, who: usize, column: usize, more: usize) -> f64 {
        if column < DENSE { self.dense[who][column] } else { self.rows[who * more + column - DENSE] }
    }

    /// The same, to be changed.
    #[inline]
    pub(super) fn column(&mut self, who: usize, column: usize, more: usize) -> &mut f64 {
        if column < DENSE { &mut self.dense[who][column] } else { &mut self.rows[who * more + column - DENSE] }
    }

    /// The marks of a customer.
    #[inline]
    pub(super) fn marks(&self, who: usize) -> &[u64] {
        &self.marks[who * self.words..(who + 1) * self.words]
    }

    /// Sets a mark, and tells whether it is new.
    #[inline]
    pub(super) fn mark(&mut self, who: usize, mark: usize) -> bool {
        let (word, bit) = (&mut self.marks[who * self.words + mark / 64], 1 << (mark % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Sets bits of words.
    #[inline]
    pub(super) fn set(&mut self, who: usize, bits: &[(u32, u64)]) {
        for (word, bits) in bits {
            self.marks[who * self.words + *word as usize] |= bits;
        }
    }

    /// Whether a customer has a mark.
    #[inline]
    pub(super) fn has(&self, who: usize, mark: usize) -> bool {
        self.marks[who * self.words + mark / 64] >> (mark % 64) & 1 == 1
    }
}

impl Effects {
    /// From what each passage leaves, as steps count them.
    pub(super) fn new(words: usize, passages: impl Iterator<Item = (Box<[u64]>, [f64; DENSE])>) -> Self {
        let (mut known, mut marks, mut first, mut bits, mut values) =
            (HashMap::new(), Vec::new(), vec![0], Vec::new(), Vec::new());
        let kinds = passages.map(|(set, value)| {
            *known.entry((set, value.map(f64::to_bits))).or_insert_with_key(|(set, _)| {
                if words <= MOST_WORDS {
                    marks.extend(set.iter());
                }
                bits.extend((0..).zip(set.iter().copied()).filter(|(_, bits)| *bits != 0));
                first.push(bits.len() as u32);
                values.push(value);
                values.len() as u32 - 1
            })
        });
        let kinds = kinds.collect();
        let valued = values.iter().flatten().any(|value| *value != 0.0);
        Self { words, valued, kinds, marks: marks.into(), first: first.into(), bits: bits.into(), values: values.into() }
    }

    /// The words of marks that a passage sets.
    pub(super) fn bits(&self, passage: u32) -> &[(u32, u64)] {
        let kind = self.kinds[passage as usize] as usize;
        &self.bits[self.first[kind] as usize..self.first[kind + 1] as usize]
    }

    /// Leaves with each customer what his passages leave.
    pub(super) fn apply(&self, steps: &[Step], standing: &mut Standing) {
        match (self.words, self.valued) {
            (1, false) => self.apply_dense::<1, false>(steps, standing),
            (1, true) => self.apply_dense::<1, true>(steps, standing),
            (2, false) => self.apply_dense::<2, false>(steps, standing),
            (2, true) => self.apply_dense::<2, true>(steps, standing),
            (3, _) => self.apply_dense::<3, true>(steps, standing),
            (MOST_WORDS, _) => self.apply_dense::<MOST_WORDS, true>(steps, standing),
            _ => self.apply_sparse(steps, standing),
        }
    }

    fn apply_dense<const WORDS: usize, const VALUED: bool>(&self, steps: &[Step], standing: &mut Standing) {
        let (sets, marks) = (self.marks.as_chunks::<WORDS>().0, standing.marks.as_chunks_mut::<WORDS>().0);
        let (kinds, values, dense) = (&self.kinds[..], &self.values[..], &mut standing.dense[..]);
        for step in steps {
            let (who, kind) = (step.who as usize, kinds[step.passage as usize] as usize);
            let (own, set) = (&mut marks[who], &sets[kind]);
            for word in 0..WORDS {
                own[word] |= set[word];
            }
            if VALUED {
                let (own, value) = (&mut dense[who], &values[kind]);
                for column in 0..DENSE {
                    own[column] += value[column];
                }
            }
        }
    }

    fn apply_sparse(&self, steps: &[Step], standing: &mut Standing) {
        for step in steps {
            let (who, kind) = (step.who as usize, self.kinds[step.passage as usize] as usize);
            for (word, bits) in self.bits(step.passage) {
                standing.marks[who * self.words + *word as usize] |= bits;
            }
            for (own, value) in standing.dense[who].iter_mut().zip(&self.values[kind]) {
                *own += value;
            }
        }
    }
}

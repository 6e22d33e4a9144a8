//! Which of some outcomes a word chooses, by the inverse of their distribution function, in the time of one look.
//!
//! Comes in: rows of rising thresholds, one fewer than a row has outcomes; a word chooses as many outcomes on as there are
//! thresholds that it is not below. Goes out: a guide table (H.-C. Chen and Y. Asau, *On generating random variates from an
//! empirical distribution*, AIIE Transactions 6, 1974) of 8-byte entries, small enough for the nearest cache. What must hold: the
//! choice is that of the thresholds, to the last of their 64 bits; where the bits that are looked at do not tell, nothing is
//! guessed.
//!
//! The first bits of a word tell its bucket, as many as the row has; the 16 after them are compared with up to three thresholds
//! of the bucket. Only a word that shares all of these bits with a threshold is left open: one in thousands.

use std::collections::HashMap;

/// Buckets of a row, at most.
const MOST: u64 = 256;
/// Thresholds of an entry, at most: what is missing is filled up with the largest.
const THRESHOLDS: usize = 3;
/// Bits of a threshold, and of the outcome before the first; they stand in the lowest bits of the entry.
pub(super) const FIELD_BITS: u32 = 16;
/// The largest field. An outcome that is this is not known.
pub(super) const FULL: u64 = (1 << FIELD_BITS) - 1;
/// An entry that tells nothing.
const UNKNOWN: u64 = u64::MAX;
/// Buckets of a table, at most: rows beyond share one that tells nothing.
pub(super) const ROOM: usize = 1 << START_BITS;
pub(super) const START_BITS: u32 = 26;

/// The part of the table that belongs to a row: equal rows share theirs. Where it starts in the lower [`START_BITS`] bits, and
/// above them by how many bits a word is shifted so that its bucket and the field to compare remain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part(u32);

impl Part {
    /// That of no row: words would be shifted by more than any is.
    pub(super) const NONE: Self = Self(u32::MAX);

    fn new(start: usize, buckets: u64) -> Self {
        Self(start as u32 | (u64::BITS - FIELD_BITS - buckets.trailing_zeros()) << START_BITS)
    }
}

/// A table under construction.
#[derive(Debug)]
pub(super) struct Guides {
    /// The first tells nothing.
    entries: Vec<u64>,
    known: HashMap<Box<[u64]>, Part>,
}

impl Guides {
    /// One without rows.
    pub(super) fn new() -> Self {
        Self { entries: vec![UNKNOWN], known: HashMap::new() }
    }

    /// The part of a row, made if none like it is known.
    pub(super) fn part(&mut self, below: &[u64]) -> Part {
        if let Some(part) = self.known.get(below) {
            return *part;
        }
        // Doubled until no bucket holds more thresholds than an entry.
        let mut buckets = 1;
        while buckets < MOST && (0..buckets).any(|b| inside(below, b, buckets).len() > THRESHOLDS) {
            buckets *= 2;
        }
        if self.entries.len() + buckets as usize > ROOM {
            return Part::new(0, 1);
        }
        let part = Part::new(self.entries.len(), buckets);
        self.entries.extend((0..buckets).map(|b| entry(below, b, buckets)));
        self.known.insert(below.into(), part);
        part
    }

    /// The whole table.
    pub(super) fn finish(self) -> Box<[u64]> {
        self.entries.into()
    }
}

/// The thresholds that part the words of a bucket: above its first word, up to its last. Buckets are a power of two.
fn inside(below: &[u64], bucket: u64, buckets: u64) -> std::ops::Range<usize> {
    let (width, first) = (u64::MAX / buckets, bucket << (u64::BITS - 1 - buckets.trailing_zeros()) << 1);
    below.partition_point(|&t| t <= first)..below.partition_point(|&t| t <= first + width)
}

fn entry(below: &[u64], bucket: u64, buckets: u64) -> u64 {
    let inside = inside(below, bucket, buckets);
    if inside.len() > THRESHOLDS || inside.start as u64 >= FULL {
        return UNKNOWN;
    }
    let field = |place: usize| {
        below[inside.clone()].get(place).map_or(FULL, |t| t << buckets.trailing_zeros() >> (u64::BITS - FIELD_BITS))
    };
    (0..THRESHOLDS).fold(inside.start as u64, |entry, place| entry | field(place) << (FIELD_BITS * (place as u32 + 1)))
}

/// The outcome of a word: `None` where the bits that are looked at do not tell.
#[inline]
pub(super) fn look(table: &[u64], Part(part): Part, word: u64) -> Option<usize> {
    let shifted = word >> (part >> START_BITS);
    let (bucket, field) = (shifted >> FIELD_BITS, shifted & FULL);
    let entry = table[part as usize % ROOM + bucket as usize];
    let [before, first, second, third] = [0, 1, 2, 3].map(|place| entry >> (FIELD_BITS * place) & FULL);
    let open = before == FULL || field == first || field == second || field == third;
    let outcome = before + u64::from(field > first) + u64::from(field > second) + u64::from(field > third);
    if open { None } else { Some(outcome as usize) }
}

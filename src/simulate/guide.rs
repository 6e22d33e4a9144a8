//! Which of some outcomes a word chooses, by the inverse of their distribution function, in the time of one look.
//!
//! Comes in: rows of rising thresholds, one fewer than a row has outcomes; a word chooses as many outcomes on as there are
//! thresholds that it is not below. Goes out: a guide table (H.-C. Chen and Y. Asau, *On generating random variates from an
//! empirical distribution*, AIIE Transactions 6, 1974) of 8-byte entries. What must hold: the choice is that of the thresholds,
//! to the last of their 64 bits; where the first 32 bits of a word do not tell, nothing is guessed.

use std::collections::HashMap;

/// Buckets of a row, at most.
const MOST: u64 = 256;
/// An outcome that no row has: its bucket holds several thresholds.
const UNKNOWN: u64 = 1 << 30;

/// The part of the table that belongs to a row: equal rows share theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    start: u32,
    pub(super) buckets: u32,
}

/// A table under construction.
#[derive(Debug, Default)]
pub(super) struct Guides {
    entries: Vec<u64>,
    known: HashMap<Box<[u64]>, Part>,
}

impl Guides {
    /// The part of a row, made if none like it is known.
    pub(super) fn part(&mut self, below: &[u64]) -> Part {
        if let Some(part) = self.known.get(below) {
            return *part;
        }
        // Doubled until no bucket holds two thresholds.
        let mut buckets = (below.len() as u64 + 1).next_power_of_two().min(MOST);
        while buckets < MOST && (0..buckets).any(|b| inside(below, b, buckets).len() > 1) {
            buckets *= 2;
        }
        let part = Part { start: self.entries.len() as u32, buckets: buckets as u32 };
        self.entries.extend((0..buckets).map(|b| entry(below, b, buckets)));
        self.known.insert(below.into(), part);
        part
    }

    /// The whole table.
    pub(super) fn finish(self) -> Box<[u64]> {
        self.entries.into()
    }
}

/// The first 32 bits of the first word of a bucket: those of a word times the number of buckets tell its bucket.
fn low(bucket: u64, buckets: u64) -> u64 {
    (bucket << 32).div_ceil(buckets)
}

/// The thresholds that part the words of a bucket: above its first word, up to its last.
fn inside(below: &[u64], bucket: u64, buckets: u64) -> std::ops::Range<usize> {
    let first = low(bucket, buckets) << 32;
    let last = (low(bucket + 1, buckets) - 1) << 32 | u64::from(u32::MAX);
    below.partition_point(|&t| t <= first)..below.partition_point(|&t| t <= last)
}

/// Above: the outcome before the threshold. Below: what is missing from the threshold's first 32 bits to 2^32, so that adding
/// those of a word carries into the outcome where they are the greater, and leaves zeros where they are the same.
fn entry(below: &[u64], bucket: u64, buckets: u64) -> u64 {
    let inside = inside(below, bucket, buckets);
    match inside.len() {
        0 => (inside.start as u64) << 32,
        1 => ((inside.start as u64) << 32) + ((1 << 32) - (below[inside.start] >> 32)),
        _ => UNKNOWN << 32,
    }
}

/// The outcome of a word: `None` where its first 32 bits do not tell, too large an outcome where its bucket does not.
#[inline]
pub(super) fn look(table: &[u64], part: Part, word: u64) -> Option<usize> {
    let high = word >> 32;
    let bucket = part.start as usize + ((high * u64::from(part.buckets)) >> 32) as usize;
    let sum = table[bucket] + high;
    if sum as u32 == 0 { None } else { Some((sum >> 32) as usize) }
}

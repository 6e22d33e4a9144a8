//! Sums of floats that do not depend on who added them up.
//!
//! Customers come in chunks. The sums of two neighbouring chunks are added, those of two neighbouring pairs, and so on, in a
//! binary tree over the chunk numbers that is the same whatever threads, rounds or shards did the work.

use std::collections::BTreeMap;

/// Sums over some chunks: those nodes of the tree that are full, their neighbours not yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sums {
    /// By first chunk and level: a node of level `l` spans `2^l` chunks.
    nodes: BTreeMap<(u64, u32), Vec<f64>>,
}

impl Sums {
    /// Takes in the sums of one chunk.
    pub(super) fn insert(&mut self, chunk: u64, sums: Vec<f64>) {
        self.insert_node(chunk, 0, sums);
    }

    /// Takes in sums over other chunks.
    pub(super) fn merge(&mut self, other: Self) {
        for ((first, level), sums) in other.nodes {
            self.insert_node(first, level, sums);
        }
    }

    fn insert_node(&mut self, mut first: u64, mut level: u32, mut sums: Vec<f64>) {
        while level < 63 {
            let sibling = first ^ (1 << level);
            let Some(other) = self.nodes.remove(&(sibling, level)) else { break };
            sums = if sibling < first { added(other, &sums) } else { added(sums, &other) };
            first = first.min(sibling);
            level += 1;
        }
        self.nodes.insert((first, level), sums);
    }

    /// All of them, in their order; `length` zeros if there are none.
    pub(super) fn total(&self, length: usize) -> Vec<f64> {
        self.nodes.values().fold(vec![0.0; length], added)
    }
}

fn added(mut left: Vec<f64>, right: &Vec<f64>) -> Vec<f64> {
    for (a, b) in left.iter_mut().zip(right) {
        *a += b;
    }
    left
}

//! Text → tree.
//!
//! Comes in: the text of one file. Goes out: a [`tree::Tree`] and the diagnostics of what could not be read. What must hold:
//! parsing never fails and never panics, whatever the bytes: it recovers per line (a line is a fact) and per block; this
//! module is the only user of the pest grammar, whose rules never leave it.

pub mod tree;

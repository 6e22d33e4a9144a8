//! Solution and estimates → figures: every number that a reader sees is computed here, once.
//!
//! Comes in: a program, and for each of its chains what the two engines answered. Goes out: [`Figures`]. What must hold:
//! definitions are those of `docs/measures.md`; the exact value wins over the estimate; where both exist they are compared.

mod figures;

pub use figures::*;

//! The story of a number, and of a customer.
//!
//! Comes in: a compiled journey, and a measure or the number of a customer. Goes out: [`Why`], from which lines of the text a figure
//! comes, by which ways and how strongly; or [`Tale`], what happened to one customer of a simulation. What must hold: every number
//! in a story is exact or one that the simulation drew for him; of shares of a whole, it is said which whole.

mod key;
mod tale;
mod why;

#[cfg(test)]
mod tests;

pub use key::{KeyStory, key_stories};
pub use tale::{Tale, median_like, tale};
pub use why::{Covered, Ground, Ways, Why, why};

//! An exam of a journey → papers that can be trusted: every variant solved exactly, checked, and explained.
//!
//! Comes in: a compiled journey, one of its exams, a seed. Goes out: [`Variant`]s, each with its journey, its answers and how
//! they are worked out; or the constraint that no draw meets ([`Refused`]). What must hold: the same seed gives the same variants,
//! whatever else is asked for; an answer has one value at the rounding that is asked for; what a paper prints as given is printed
//! exactly, so that every answer can be worked out from the paper alone.
//!
//! ```text
//! draw: values of what varies ─▶ book: its journey, solved ─▶ settle: answers, checked ─▶ working: line by line
//! ```

mod board;
mod book;
mod choices;
mod distractors;
mod draw;
mod fault;
mod given;
mod needed;
mod paths;
mod readings;
mod settle;
mod shares;
mod spelled;
mod value;
mod variant;
mod working;

#[cfg(test)]
mod tests;

pub use board::board;
pub use book::{Book, kpi, met};
pub use fault::Fault;
pub use given::{Given, given};
pub use needed::exact_kpi;
pub use settle::make;
pub use shares::shares;
pub use spelled::{Spelling, spelled};
pub use value::{Rounded, USUAL_DECIMALS, Value};
pub use variant::{Answer, Choice, Item, PartPaper, Solved, Variant};
pub use working::{Line, Working, derivation};

use crate::compile::Compiled;
use crate::limits::MOST_REDRAWN;
use rayon::prelude::*;

/// Which exam is asked for, and how variants are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Its place in the program.
    pub exam: usize,
    /// Where luck starts.
    pub seed: u64,
    /// How many variants.
    pub variants: u32,
}

/// A variant that has been proven: which of its draws does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proven {
    /// Its number, from 1.
    pub number: u32,
    /// The draw that does, from 0.
    pub attempt: u32,
}

/// No draw of a variant does.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Which.
    pub number: u32,
    /// What stands in the way of most draws.
    pub fault: Fault,
    /// How many draws it stands in the way of, and how many there were.
    pub times: (u32, u32),
}

/// One exam of one journey, from which variants are drawn.
#[derive(Debug)]
pub struct Case<'a> {
    /// The journey.
    pub compiled: &'a Compiled,
    /// What is asked for.
    pub wanted: Wanted,
    /// By question: the lines of its working in the journey as written. No variant takes more or fewer.
    pub steps: Vec<usize>,
}

impl<'a> Case<'a> {
    /// A case, of which all is checked that does not hang on a draw.
    ///
    /// # Errors
    /// What stands in the way of every variant.
    pub fn new(compiled: &'a Compiled, wanted: Wanted) -> Result<Self, Fault> {
        let journey = compiled.journey.as_ref().ok_or(Fault::Missing)?;
        let exam = journey.program.exams.get(wanted.exam).ok_or(Fault::Missing)?;
        distractors::check(compiled, journey, exam)?;
        let mut case = Self { compiled, wanted, steps: Vec::new() };
        case.steps = settle::steps(&case, journey, exam);
        Ok(case)
    }

    /// Draws, solves and checks every variant.
    ///
    /// # Errors
    /// The first variant of which no draw does, and why.
    pub fn prove(&self) -> Result<Vec<Proven>, Refused> {
        let numbers = 1..=self.wanted.variants;
        let each: Vec<Result<Proven, Refused>> = numbers.into_par_iter().map(|number| self.prove_one(number)).collect();
        each.into_iter().collect()
    }

    fn prove_one(&self, number: u32) -> Result<Proven, Refused> {
        let mut faults: Vec<(Fault, u32)> = Vec::new();
        let mut tried = 0;
        for attempt in 0..MOST_REDRAWN {
            tried += 1;
            let proven = Proven { number, attempt };
            let Err(fault) = make(self, proven) else { return Ok(proven) };
            let may_pass = fault.may_pass();
            match faults.iter_mut().find(|(known, _)| known.is_like(&fault)) {
                Some((_, times)) => *times += 1,
                None => faults.push((fault, 1)),
            }
            if !may_pass {
                break;
            }
        }
        let worst = faults.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a });
        let (fault, times) = worst.unwrap_or((Fault::Missing, 0));
        Err(Refused { number, fault, times: (times, tried) })
    }
}

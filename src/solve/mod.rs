//! The exact engine: `Chain`, `Plan` → solution, or why not.
//!
//! Comes in: a chain and a plan. Goes out: [`Solution`]: the board, and an answer to each question that has an exact method. What
//! must hold: nothing is subtracted where it could cancel, so that every figure is right in all but its last digits relative to
//! itself, however rare or however long what it tells of; on small chains the same code runs on fractions; the meaning of each
//! variable and the order of instants are those of [`crate::plan`] and of nothing else.
//!
//! The route: `walk` makes the chain ready and cuts it at events (`stopper`); `system` splits what is left into classes
//! ([`crate::chain`] finds them) and eliminates each (`rows`, `elimination`), or, where that would fill up, bounds it (`iteration`); `hits`, `tally` with `amounts` and `scores`, `moments`, `discount`
//! and `meetings` (with `halving`) read figures off the solutions; `board` and `answers` put them where they are asked for.
//! `attribution` credits conversions, on a chain of its own.
//! `gradient` is how a mean changes with the numbers of the chain, `shift` how those change with a figure of the author.

mod amounts;
mod answers;
pub mod attribution;
mod board;
mod discount;
mod elimination;
mod factored;
mod fractions;
mod gradient;
mod halving;
mod hits;
mod iteration;
mod limits;
mod meetings;
mod moments;
mod reverse;
mod rows;
mod scalar;
mod scores;
mod shift;
mod stopper;
mod system;
mod tally;
mod walk;

#[cfg(test)]
mod tests;

pub use fractions::fractions;
pub use gradient::{Gradient, Slope};
pub use shift::{Reading, Shift, same_shape};

use crate::chain::Chain;
use crate::limits::FRACTIONS;
use crate::plan::{Board, Declined, Plan};
use num_rational::BigRational;
use walk::Walk;

/// What the exact engine knows.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The figures of the whole journey, without any limit of time, leverage and leak value included.
    pub board: Board,
    /// One per question of the plan.
    pub answers: Vec<Answer>,
    /// The largest relative residual `|b + P x − x| / |x|` of the systems solved.
    pub residual: f64,
    /// Where classes were too large to be eliminated: how far a figure may be off, relative to itself, by the bounds that hold the
    /// solutions.
    pub enclosure: Option<f64>,
    /// States that some customer meets.
    pub states: usize,
    /// Their branches.
    pub branches: usize,
    /// The largest number of states that reach one another.
    pub largest_class: usize,
    /// The largest possible time from arrival to an end, in seconds; `None` if there is no such bound.
    pub longest: Option<f64>,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// By persona, or why there is none.
    pub exact: Result<Vec<Exact>, Declined>,
    /// Why what was wanted beyond the mean is missing, if it is.
    pub beyond: Option<Declined>,
    /// By persona, in fractions: for chains of at most [`FRACTIONS`] states, where every number involved is a fraction.
    pub rational: Option<Vec<Rational>>,
}

/// A number per customer of one persona.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exact {
    /// Share of those over whom it is taken; 1 without `among`; 0 if the persona has no customers.
    pub base: f64,
    /// Mean over them; 0 if there are none.
    pub mean: f64,
    /// Standard deviation over them, where it is wanted and known.
    pub sd: Option<f64>,
}

/// The same as fractions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rational {
    /// Share of those over whom it is taken.
    pub base: BigRational,
    /// Mean over them.
    pub mean: BigRational,
}

/// Why a figure that may be known is no fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFraction {
    /// The exact engine declines it.
    Declined(Declined),
    /// A cost, an earning, a time or another amount comes from a law whose mean is no fraction, or not known as one.
    Law,
    /// It is discounted continuously.
    Discount,
    /// A standard deviation is a root.
    Root,
    /// There is nobody to take it over, or it divides by zero.
    Nobody,
}

/// By persona and touchpoint, the leverages of the board alone; empty without a goal.
///
/// # Errors
/// [`Declined::NeverEnds`] if some customers may never come to an end.
pub fn leverages(chain: &Chain, plan: &Plan) -> Result<Vec<Vec<f64>>, Declined> {
    let walk = Walk::<f64>::new(chain, plan)?;
    Ok(plan.goal.map_or_else(Vec::new, |goal| walk.leverage(plan.goals[goal.index()])))
}

/// Solves a chain.
///
/// # Errors
/// [`Declined::NeverEnds`] if some customers may never come to an end. A question that has no exact method is declined by itself.
pub fn solve(chain: &Chain, plan: &Plan) -> Result<Solution, Declined> {
    solve_with(chain, plan, true)
}

/// The same with a board of what is felt alone: of scenarios only that and what is asked is told.
///
/// # Errors
/// The same.
pub fn solve_asked(chain: &Chain, plan: &Plan) -> Result<Solution, Declined> {
    solve_with(chain, plan, false)
}

fn solve_with(chain: &Chain, plan: &Plan, with_board: bool) -> Result<Solution, Declined> {
    let walk = Walk::<f64>::new(chain, plan)?;
    let small = walk.states.len() <= FRACTIONS;
    let fractions = if small { Some(Walk::<BigRational>::new(chain, plan)?) } else { None };
    let longest = limits::longest(&walk);
    let board = if with_board { board::board(&walk) } else { board::felt_alone(&walk) };
    let answers = plan.questions.iter().map(|q| answers::answer(&walk, fractions.as_ref(), q, longest)).collect();
    let whole = walk.whole();
    Ok(Solution {
        board,
        answers,
        residual: walk.residual(),
        enclosure: walk.enclosure(),
        states: walk.states.len(),
        branches: walk.states.iter().map(|&s| chain.branches_of(s).len()).sum(),
        largest_class: whole.system.classes().map(<[u32]>::len).max().unwrap_or(0),
        longest,
    })
}

/// Answers the questions of a plan and nothing else: what is left of [`solve`] without the board.
///
/// # Errors
/// The same.
pub fn answers(chain: &Chain, plan: &Plan) -> Result<Vec<Answer>, Declined> {
    let walk = Walk::<f64>::new(chain, plan)?;
    let small = walk.states.len() <= FRACTIONS;
    let fractions = if small { Some(Walk::<BigRational>::new(chain, plan)?) } else { None };
    let longest = limits::longest(&walk);
    Ok(plan.questions.iter().map(|q| answers::answer(&walk, fractions.as_ref(), q, longest)).collect())
}

/// The same in floats alone.
///
/// # Errors
/// The same.
pub fn answers_in_floats(chain: &Chain, plan: &Plan) -> Result<Vec<Answer>, Declined> {
    let walk = Walk::<f64>::new(chain, plan)?;
    let longest = limits::longest(&walk);
    Ok(plan.questions.iter().map(|q| answers::answer(&walk, None, q, longest)).collect())
}

/// How the mean of each question of a plan changes with the chain, or why that is not known.
///
/// # Errors
/// [`Declined::NeverEnds`] if some customers may never come to an end.
pub fn gradients(chain: &Chain, plan: &Plan) -> Result<Vec<Result<Gradient, Declined>>, Declined> {
    let walk = Walk::<f64>::new(chain, plan)?;
    let longest = limits::longest(&walk);
    let one = |question| answers::limited(&walk, question, longest).and_then(|()| walk.gradient(question));
    Ok(plan.questions.iter().map(one).collect())
}

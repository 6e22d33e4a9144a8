//! What is kept of customers: integer counts, sums of floats, sketches.

use super::layout::NUMBERS;
use super::sketch::Sketch;
use super::sums::Sums;

/// What is known of some customers. Tallies of disjoint customers add up in any order to the same bits.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) unfinished: u64,
    /// By passage as steps count them: how often it was made.
    pub(super) passages: Vec<u64>,
    /// By persona and mark: who has it.
    pub(super) marks: Vec<Vec<u64>>,
    /// By persona and mark: who had it when he first reached the main goal.
    pub(super) at_goal: Vec<Vec<u64>>,
    /// By persona and touchpoint: the squares of each customer's meetings.
    pub(super) squares: Vec<Vec<u64>>,
    /// By persona and question: whom it is about.
    pub(super) bases: Vec<Vec<u64>>,
    /// By question and persona; empty for questions that do not want their distribution.
    pub(super) sketches: Vec<Vec<Sketch>>,
    pub(super) sums: Sums,
}

/// What is taken off values before they are summed, so that squares do not drown what varies: a typical value of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shifts {
    /// By goal, then by end.
    pub(super) reached: Vec<[f64; NUMBERS]>,
    /// By question.
    pub(super) questions: Vec<f64>,
}

impl Tally {
    /// The tally of these and some other customers.
    pub(super) fn plus(mut self, other: Self) -> Self {
        self.unfinished += other.unfinished;
        add(&mut self.passages, &other.passages);
        let tables = [
            (&mut self.marks, &other.marks),
            (&mut self.at_goal, &other.at_goal),
            (&mut self.squares, &other.squares),
            (&mut self.bases, &other.bases),
        ];
        for (own, theirs) in tables.into_iter().flat_map(|(own, theirs)| own.iter_mut().zip(theirs)) {
            add(own, theirs);
        }
        for (own, theirs) in self.sketches.iter_mut().flatten().zip(other.sketches.iter().flatten()) {
            own.merge(theirs);
        }
        self.sums.merge(other.sums);
        self
    }
}

fn add(own: &mut [u64], theirs: &[u64]) {
    for (a, b) in own.iter_mut().zip(theirs) {
        *a += b;
    }
}

//! Where each sum of floats of a persona lies in one flat vector.

use crate::model::Model;
use crate::plan::Plan;

/// The parts of the flat vector, persona after persona.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Personas.
    pub(super) personas: usize,
    /// Goals; ends follow them among what is reached.
    pub(super) goals: usize,
    /// Where what is reached starts in a persona's part; touchpoints come first.
    reached: usize,
    /// Where questions start.
    questions: usize,
    /// Where each group starts.
    groups: Vec<usize>,
    /// Sums per persona.
    stride: usize,
}

/// Sums of a touchpoint: felt, effort; and of each customer's sum F and number C of feelings there: F², C², FC.
pub(super) const POINT: usize = 5;
/// Numbers of a goal or an end: time, cost, revenue, margin.
pub(super) const NUMBERS: usize = 4;
/// Sums of a goal or an end: of each of its numbers, and of its squares.
pub(super) const REACHED: usize = 2 * NUMBERS;
/// Sums of a question: value, its squares.
pub(super) const ANSWER: usize = 2;
/// Sums of two questions, over those that both are about: how many, the value of each, the product of the values.
pub(super) const PAIR: usize = 4;

impl Layout {
    pub(super) fn new(model: &Model, plan: &Plan) -> Self {
        let reached = POINT * model.touchpoints.len();
        let questions = reached + REACHED * (model.goals.len() + model.ends.len());
        let mut stride = questions + ANSWER * plan.questions.len();
        let mut groups = Vec::with_capacity(plan.groups.len());
        for group in &plan.groups {
            groups.push(stride);
            stride += PAIR * (group.len() * group.len().saturating_sub(1) / 2);
        }
        Self { personas: model.personas.len(), goals: model.goals.len(), reached, questions, groups, stride }
    }

    /// The length of the whole vector.
    pub(super) fn length(&self) -> usize {
        self.personas * self.stride
    }

    /// The sums of a touchpoint.
    pub(super) fn point(&self, persona: usize, touchpoint: usize) -> usize {
        persona * self.stride + POINT * touchpoint
    }

    /// The sums of a goal, or of an end counted on after the goals.
    pub(super) fn reached(&self, persona: usize, what: usize) -> usize {
        persona * self.stride + self.reached + REACHED * what
    }

    /// The sums of a question.
    pub(super) fn question(&self, persona: usize, question: usize) -> usize {
        persona * self.stride + self.questions + ANSWER * question
    }

    /// The sums of a group: those of each pair of its questions, row by row of the triangle above the diagonal.
    pub(super) fn group(&self, persona: usize, group: usize) -> usize {
        persona * self.stride + self.groups[group]
    }
}

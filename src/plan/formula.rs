//! A figure as arithmetic over what the engines answer.

use super::QuestionIx;
use crate::model::{PersonaId, Unit};
use crate::syntax::tree::Operator;
use num_rational::BigRational;
use num_traits::Zero;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Arithmetic over answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number.
    Constant(BigRational),
    /// Something taken of one answer.
    Leaf(Leaf),
    /// Arithmetic.
    Binary(Operator, Box<Formula>, Box<Formula>),
    /// The opposite.
    Negative(Box<Formula>),
}

/// What is taken of the answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Which chain: 0 is the journey as written, `i + 1` scenario `i`.
    pub chain: usize,
    /// Which question of that chain's plan.
    pub question: QuestionIx,
    /// What is taken of it.
    pub take: Take,
    /// Over which personas; all without.
    pub who: Option<Vec<PersonaId>>,
}

/// What is taken of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Take {
    /// The mean.
    Mean,
    /// The standard deviation.
    Sd,
    /// A percentile.
    Percentile(u8),
}

/// A formula with what evaluating it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The arithmetic.
    pub formula: Formula,
    /// What the figure counts.
    pub unit: Unit,
    /// For each chain that it reads, the group of questions whose joint moments are kept.
    pub groups: Vec<(usize, usize)>,
}

impl Formula {
    /// The mean of a question over all personas of a chain.
    #[must_use]
    pub fn mean(chain: usize, question: QuestionIx) -> Self {
        Self::Leaf(Leaf { chain, question, take: Take::Mean, who: None })
    }

    /// A whole number.
    #[must_use]
    pub fn whole(value: i32) -> Self {
        Self::Constant(BigRational::from_integer(value.into()))
    }

    /// `self` and another, joined.
    #[must_use]
    pub fn join(self, operator: Operator, other: Self) -> Self {
        Self::Binary(operator, Box::new(self), Box::new(other))
    }

    /// All leaves, from left to right.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::Constant(_) => Vec::new(),
            Self::Leaf(leaf) => vec![leaf],
            Self::Binary(_, a, b) => a.leaves().into_iter().chain(b.leaves()).collect(),
            Self::Negative(a) => a.leaves(),
        }
    }

    /// The one leaf that the formula is, if it is nothing else.
    #[must_use]
    pub fn only_leaf(&self) -> Option<&Leaf> {
        match self {
            Self::Leaf(leaf) => Some(leaf),
            _ => None,
        }
    }

    /// The value over numbers of any kind; `None` where a leaf has none, and on division by zero.
    pub fn evaluate<N>(&self, constant: &impl Fn(&BigRational) -> N, leaf: &impl Fn(&Leaf) -> Option<N>) -> Option<N>
    where
        N: Add<Output = N> + Sub<Output = N> + Mul<Output = N> + Div<Output = N> + Neg<Output = N> + Zero,
    {
        match self {
            Self::Constant(value) => Some(constant(value)),
            Self::Leaf(l) => leaf(l),
            Self::Negative(inner) => Some(-inner.evaluate(constant, leaf)?),
            Self::Binary(operator, a, b) => {
                let (a, b) = (a.evaluate(constant, leaf)?, b.evaluate(constant, leaf)?);
                match operator {
                    Operator::Add => Some(a + b),
                    Operator::Subtract => Some(a - b),
                    Operator::Multiply => Some(a * b),
                    Operator::Divide if b.is_zero() => None,
                    Operator::Divide => Some(a / b),
                }
            }
        }
    }
}

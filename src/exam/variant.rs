//! What a variant is: its journey, its texts, its answers.

use super::value::{Rounded, Value};
use super::working::{Line, Working};
use crate::compile::Journey;
use crate::locale::{Lang, Words};
use crate::model::Annex;
use num_rational::BigRational;

/// A variant that keeps all that a paper promises.
#[derive(Debug)]
pub struct Variant {
    /// Its number, from 1.
    pub number: u32,
    /// The draw that did, from 0.
    pub attempt: u32,
    /// Its journey, with the names that personas go by.
    pub journey: Journey,
    /// What the paper is called.
    pub title: String,
    /// How long students have, in seconds.
    pub duration: Option<f64>,
    /// Its parts.
    pub parts: Vec<PartPaper>,
    /// What the paper is worth.
    pub marks: BigRational,
}

/// A part with its texts written.
#[derive(Clone, Debug, Default)]
pub struct PartPaper {
    /// Its title.
    pub title: Option<String>,
    /// What stands in it.
    pub items: Vec<Item>,
}

/// What stands in a part.
#[derive(Clone, Debug)]
pub enum Item {
    /// Text.
    Context(String),
    /// A table or the map.
    Annex(Annex),
    /// Something to do.
    Question(Solved),
}

/// A question with its answer.
#[derive(Clone, Debug)]
pub struct Solved {
    /// Its number in the paper, from 1.
    pub number: usize,
    /// What is asked.
    pub text: String,
    /// What it is worth.
    pub marks: BigRational,
    /// The answer.
    pub answer: Answer,
    /// How it is worked out.
    pub working: Working,
    /// The earlier questions that it builds on.
    pub follows: Vec<usize>,
}

/// An answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A number.
    Number {
        /// Exactly.
        value: Value,
        /// As it is asked for.
        rounded: Rounded,
    },
    /// One of some choices (or several, if they are words).
    Choice(Vec<Choice>),
    /// A touchpoint of the map; all of them are choices.
    Place(Vec<Choice>),
    /// An argument, by these criteria.
    Argued(Vec<Line>),
}

/// Something to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// The mistake that it comes of.
    pub why: Words,
}

impl Variant {
    /// All questions in their order.
    pub fn questions(&self) -> impl Iterator<Item = &Solved> {
        self.parts.iter().flat_map(|part| &part.items).filter_map(|item| match item {
            Item::Question(question) => Some(question),
            _ => None,
        })
    }
}

impl Solved {
    /// The answer in words, as the key prints it.
    #[must_use]
    pub fn written(&self, currency: Option<&str>, lang: Lang) -> String {
        match &self.answer {
            Answer::Number { rounded, .. } => rounded.written(currency, lang),
            Answer::Choice(choices) | Answer::Place(choices) => {
                choices.iter().filter(|c| c.right).map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ; ")
            }
            Answer::Argued(_) => lang.pick("see the rubric", "voir le barème").to_owned(),
        }
    }
}

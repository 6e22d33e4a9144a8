//! Why a draw does not do.

use crate::levers::Unsolved;
use crate::locale::Words;
use crate::words;

/// The constraint that a draw breaks. Questions are counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The journey is impossible with these values.
    Impossible(Words),
    /// A question whose answer has no exact value.
    NoAnswer(usize, Unsolved),
    /// An answer that lies between two roundings.
    Tie(usize),
    /// An answer that is to be exact at its decimals, and is not.
    NotNice(usize),
    /// Not enough wrong choices that differ from each other and from the right one.
    FewChoices(usize),
    /// Two touchpoints that answer a question about the map, or nearly.
    TwoReadings(usize),
    /// A figure that is not needed, and would answer a question.
    DistractorAnswers(String, usize),
    /// A figure that is called needless, and that an answer hangs on.
    DistractorNeeded(String, usize),
    /// A figure that is called needless, and that the paper does not print.
    DistractorHidden(String),
    /// A figure that the paper prints, and that has no exact print.
    Inexact(String),
    /// A figure in a text that has no exact value.
    NoFigure(String),
    /// A question that takes more or fewer steps than in the journey as written.
    OtherSteps(usize),
    /// There is no such exam.
    Missing,
}

impl Fault {
    /// Whether another draw may do.
    pub(super) fn may_pass(&self) -> bool {
        !matches!(self, Self::Missing | Self::DistractorHidden(_) | Self::DistractorNeeded(..))
    }

    /// Whether it is the same constraint.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Impossible(_), Self::Impossible(_)) => true,
            _ => self == other,
        }
    }

    /// What is broken.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Impossible(Words { en, fr }) => {
                words!(
                    "the journey is impossible with the values drawn: {en}",
                    "le parcours est impossible avec les valeurs tirées : {fr}"
                )
            }
            Self::NoAnswer(n, Unsolved::Nobody) => words!(
                "the answer of question {n} has no value: there is nobody to take it over",
                "la réponse à la question {n} n'a pas de valeur : elle ne porte sur personne"
            ),
            Self::NoAnswer(n, Unsolved::Declined(_)) => {
                words!("the answer of question {n} has no exact value", "la réponse à la question {n} n'a pas de valeur exacte")
            }
            Self::Tie(n) => words!(
                "the answer of question {n} lies between two roundings; ask for another number of decimals",
                "la réponse à la question {n} tombe entre deux arrondis ; demandez un autre nombre de décimales"
            ),
            Self::NotNice(n) => words!(
                "the answer of question {n} is not exact at its decimals, as `nice` asks; widen what varies or drop `nice`",
                "la réponse à la question {n} n'est pas exacte à ses décimales, comme `nice` le demande ; élargissez ce qui varie ou retirez `nice`"
            ),
            Self::FewChoices(n) => words!(
                "question {n} has fewer than three wrong choices that differ; add some with `wrong`",
                "la question {n} a moins de trois mauvais choix distincts ; ajoutez-en avec `wrong`"
            ),
            Self::TwoReadings(n) => words!(
                "two touchpoints answer question {n}, or nearly",
                "deux points de contact répondent à la question {n}, ou presque"
            ),
            Self::DistractorAnswers(name, n) => words!(
                "the distractor `{name}` is the answer of question {n}",
                "le distracteur `{name}` est la réponse à la question {n}"
            ),
            Self::DistractorNeeded(name, n) => {
                words!("the distractor `{name}` is needed for question {n}", "le distracteur `{name}` sert à la question {n}")
            }
            Self::DistractorHidden(name) => words!(
                "the distractor `{name}` stands neither in an annex nor in a text",
                "le distracteur `{name}` ne figure ni dans une annexe ni dans un texte"
            ),
            Self::Inexact(name) => words!(
                "`{name}` has no exact print: write it as a count (`4 of 90`) or with fewer decimals",
                "`{name}` ne s'imprime pas exactement : écrivez-le en décompte (`4 of 90`) ou avec moins de décimales"
            ),
            Self::NoFigure(name) => {
                words!("`{{{name}}}` in a text has no exact value", "`{{{name}}}` dans un texte n'a pas de valeur exacte")
            }
            Self::OtherSteps(n) => words!(
                "question {n} takes more or fewer steps than in the journey as written",
                "la question {n} demande plus ou moins d'étapes que dans le parcours tel qu'il est écrit"
            ),
            Self::Missing => words!("there is no such exam", "ce sujet n'existe pas"),
        }
    }
}

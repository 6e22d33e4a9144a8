//! Papers for students: what varies, what is told, what is asked, and what it is worth.

#![expect(missing_docs, reason = "the fields of a form are named by the form that its variant documents")]

use super::{KpiId, Measure, Named, ParamId, PersonaId};
use crate::diagnostics::Span;
pub use crate::syntax::tree::{Reading, WovenForm};
use num_rational::BigRational;

/// One paper.
#[derive(Clone, Debug)]
pub struct Exam {
    /// Its name.
    pub name: Named,
    /// How long students have, in seconds.
    pub duration: Option<f64>,
    /// What differs between variants.
    pub varied: Vec<Varied>,
    /// Personas that go by another name in each variant.
    pub renamed: Vec<Renamed>,
    /// Figures that are true and not needed.
    pub distractors: Vec<Cited>,
    /// Its parts; what stands in no part makes parts without a title.
    pub parts: Vec<Part>,
}

impl Exam {
    /// All questions in their order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.parts.iter().flat_map(|part| &part.items).filter_map(|item| match item {
            PaperItem::Question(question) => Some(question),
            _ => None,
        })
    }

    /// All annexes in their order.
    pub fn annexes(&self) -> impl Iterator<Item = &Annex> {
        self.parts.iter().flat_map(|part| &part.items).filter_map(|item| match item {
            PaperItem::Annex(annex) => Some(annex),
            _ => None,
        })
    }

    /// The marks of all questions.
    #[must_use]
    pub fn marks(&self) -> BigRational {
        self.questions().map(|question| question.marks.clone()).sum()
    }
}

/// A param that is drawn anew for each variant.
#[derive(Clone, Debug)]
pub struct Varied {
    /// Which.
    pub param: ParamId,
    /// The lowest value: of a count (`4 of clicked`) that count, else in the unit of the param.
    pub from: BigRational,
    /// The highest.
    pub to: BigRational,
    /// The distance between two values.
    pub step: BigRational,
    /// Whether it is a count of others.
    pub counted: bool,
    /// Its line.
    pub origin: Span,
}

/// A persona and the names that it may go by.
#[derive(Clone, Debug)]
pub struct Renamed {
    /// Who.
    pub persona: PersonaId,
    /// The names.
    pub names: Vec<String>,
}

/// A part of a paper.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its title.
    pub title: Option<Woven>,
    /// What stands in it, in its order.
    pub items: Vec<PaperItem>,
}

/// What stands in a part.
#[derive(Clone, Debug)]
pub enum PaperItem {
    /// Text.
    Context(Woven),
    /// A table or the map, printed behind the parts.
    Annex(Annex),
    /// Something to do.
    Question(Question),
}

/// A table or a picture.
#[derive(Clone, Debug)]
pub struct Annex {
    /// What it is called.
    pub title: String,
    /// What stands in it.
    pub kind: AnnexKind,
}

/// What stands in an annex.
#[derive(Clone, Debug, PartialEq)]
pub enum AnnexKind {
    /// Touchpoints with their channels, costs and earnings.
    Touchpoints,
    /// Every way on with its share.
    Branches,
    /// All params.
    Params,
    /// The journey map.
    Map,
    /// Kpis with their definitions.
    Kpis,
    /// Who meets each touchpoint.
    Funnel,
    /// The figures named.
    Figures(Vec<Cited>),
}

/// A named figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cited {
    /// Given.
    Param(ParamId),
    /// Computed.
    Kpi(KpiId),
}

/// Something to do.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked.
    pub text: Woven,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What it is worth.
    pub marks: BigRational,
    /// The decimals that are asked for, of the number as it is printed (of percents, for a share); without, as many as two.
    pub decimals: Option<u32>,
    /// Whether the answer is to be exact at these decimals.
    pub nice: bool,
    /// Its line.
    pub origin: Span,
}

/// How a question is answered.
#[derive(Clone, Debug)]
pub enum QuestionKind {
    /// By a number.
    Computed(Measure),
    /// By choosing a number; the wrong ones that the author names, to which usual mistakes are added.
    Choice { answer: Measure, wrong: Vec<Measure> },
    /// By choosing words.
    Words { right: Vec<Woven>, wrong: Vec<Woven> },
    /// By naming a touchpoint.
    Reading(Reading),
    /// By arguing.
    Argued(Vec<Criterion>),
}

/// A line of a rubric.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// What is looked for.
    pub text: Woven,
    /// What it is worth, if the author says so.
    pub marks: Option<BigRational>,
}

/// A text with figures woven in.
#[derive(Clone, Debug, Default)]
pub struct Woven(pub Vec<WovenPiece>);

/// A piece of a woven text.
#[derive(Clone, Debug)]
pub enum WovenPiece {
    /// Words.
    Text(String),
    /// The name of a persona.
    Persona(PersonaId),
    /// A param as it is given.
    Param(ParamId, WovenForm),
    /// A figure that is computed.
    Measure { measure: Measure, decimals: Option<u32> },
}

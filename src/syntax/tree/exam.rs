//! Exams, as written.

use super::{Expr, Measure, Name, Note, Number, Text, Title};
use crate::diagnostics::Span;

/// `exam name "…" { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Exam {
    /// Its name.
    pub title: Title,
    /// Its lines.
    pub facts: Vec<ExamFact>,
}

/// One line of an exam, or of one of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamFact {
    /// What it says.
    pub kind: ExamFactKind,
    /// The whole of it.
    pub span: Span,
}

/// The kinds of lines of an exam.
#[derive(Clone, Debug, PartialEq)]
pub enum ExamFactKind {
    /// `vary param a..b step s`
    Vary { param: Name, from: Expr, to: Expr, step: Option<Expr> },
    /// `vary persona name "…", "…"`
    VaryPersona { persona: Name, names: Vec<Text> },
    /// `duration 3 h`
    Duration(Expr),
    /// `marks total 80`
    Total(Marks),
    /// `part "…" marks 30 { … }`
    Part { title: Text, marks: Option<Marks>, facts: Vec<ExamFact> },
    /// `context "…"`
    Context(Woven),
    /// `distractor a, b`
    Distractor(Vec<Name>),
    /// `annex "…" = touchpoints`, `annex "…" figures a, b`
    Annex { title: Text, kind: AnnexKind },
    /// `question "…" …`
    Question(Question),
    /// `note "…"`
    Note(Note),
}

/// A number of marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// How many.
    pub number: Number,
    /// The words `marks n`.
    pub span: Span,
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
    Figures(Vec<Name>),
}

/// A question of an exam.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is asked.
    pub text: Woven,
    /// `answer measure`.
    pub answer: Option<Measure>,
    /// `choices measure`.
    pub choices: Option<Measure>,
    /// `reads leak`.
    pub reads: Option<Reading>,
    /// `rubric "…"` on its line or in its block, with the marks of each.
    pub rubrics: Vec<(Woven, Option<Marks>)>,
    /// `right "…"`.
    pub right: Vec<Woven>,
    /// `wrong "…"`.
    pub wrong: Vec<Woven>,
    /// `wrong measure`.
    pub wrong_measures: Vec<Measure>,
    /// `decimals n`.
    pub decimals: Option<Number>,
    /// `nice`.
    pub nice: bool,
    /// `marks m`.
    pub marks: Option<Marks>,
}

/// What is to be read off the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Where most customers leave and fail.
    Leak,
    /// Where most visits are.
    Visits,
    /// Where it feels worst.
    Felt,
}

/// A text with figures woven in.
#[derive(Clone, Debug, PartialEq)]
pub struct Woven {
    /// Its pieces in their order.
    pub pieces: Vec<WovenPiece>,
    /// Where, quotes included.
    pub span: Span,
}

/// A piece of a woven text.
#[derive(Clone, Debug, PartialEq)]
pub enum WovenPiece {
    /// Words.
    Text(String),
    /// `{measure as form decimals n}`
    Figure { measure: Measure, form: Option<WovenForm>, decimals: Option<Number> },
}

/// As what a counted param stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WovenForm {
    /// 9 %
    Share,
    /// 90
    Count,
    /// 1,000
    Base,
}

//! Exams: parts, texts with figures woven in, annexes, questions.

use super::{Built, all, one};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::draft::Draft;
use crate::syntax::grammar::{Piece, Rule, Unread, read};
use crate::syntax::outline::Body;
use crate::syntax::reader::Reader;
use crate::syntax::tree::{
    AnnexKind, Exam, ExamFact, ExamFactKind, Marks, Measure, Number, Question, Reading, Woven, WovenForm, WovenPiece,
};
use crate::syntax::words::Block;
use crate::words;

impl Draft<'_> {
    fn marks(&self, piece: &Piece<'_>) -> Built<Marks> {
        Ok(Marks { number: self.number_in(piece)?, span: self.span(piece) })
    }

    fn marks_of(&self, piece: &Piece<'_>) -> Built<Option<Marks>> {
        one(piece, Rule::marks).map(|marks| self.marks(&marks)).transpose()
    }

    fn number_in(&self, piece: &Piece<'_>) -> Built<Number> {
        self.number(&one(piece, Rule::number).unwrap_or_else(|| piece.clone()))
    }

    /// A text between quotes, with what stands between braces in it.
    fn woven(&self, piece: &Piece<'_>) -> Built<Woven> {
        let label = one(piece, Rule::label).unwrap_or_else(|| piece.clone());
        let inside = one(&label, Rule::label_text).unwrap_or_else(|| label.clone());
        let (from, content) = (inside.as_span().start(), inside.as_str());
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(open) = content[at..].find('{').map(|found| at + found) {
            let Some(length) = content[open..].find('}') else {
                let message = words!("this `{{` is never closed", "ce `{{` n'est jamais fermé");
                let place = self.at(from + open..from + open + 1);
                return Err(Box::new(Diagnostic::new(Code::UnexpectedText, place, message).help(words!(
                    "between braces stands a figure: `{{clicked}}`",
                    "entre accolades se tient un chiffre : `{{clicked}}`"
                ))));
            };
            push_text(&mut pieces, &content[at..open]);
            pieces.push(self.part(from + open + 1..from + open + length).woven_figure()?);
            at = open + length + 1;
        }
        push_text(&mut pieces, &content[at..]);
        Ok(Woven { pieces, span: self.span(&label) })
    }

    /// What stands between the braces of a text.
    fn woven_figure(&self) -> Built<WovenPiece> {
        let unread = |at: usize| {
            let at = at.min(self.text.len());
            let message = words!(
                "between the braces of a text stands a measure or a param",
                "entre les accolades d'un texte se tient une mesure ou un paramètre"
            );
            Box::new(Diagnostic::new(Code::UnexpectedText, self.at(at..self.text.len()), message).help(words!(
                "for example `{{clicked}}`, `{{clicked as share}}` or `{{margin per order decimals 2}}`",
                "par exemple `{{clicked}}`, `{{clicked as share}}` ou `{{margin per order decimals 2}}`"
            )))
        };
        let mut pieces = read(Rule::woven, &self.text).map_err(|why| match why {
            Unread::At(at) => unread(at),
            Unread::TooDeep => Box::new(super::too_deep(self.whole())),
        })?;
        let piece = pieces.next().ok_or_else(|| unread(0))?;
        let form = one(&piece, Rule::woven_form).map(|form| match form.as_str() {
            "share" => WovenForm::Share,
            "count" => WovenForm::Count,
            _ => WovenForm::Base,
        });
        let decimals = one(&piece, Rule::decimals).map(|decimals| self.number_in(&decimals)).transpose()?;
        Ok(WovenPiece::Figure { measure: self.measure_in(&piece)?, form, decimals })
    }

    fn measure_of(&self, piece: &Piece<'_>, rule: Rule) -> Built<Option<Measure>> {
        one(piece, rule).map(|inner| self.measure_in(&inner)).transpose()
    }

    fn question(&self, piece: &Piece<'_>) -> Built<Question> {
        for rule in [Rule::answer, Rule::choices, Rule::reads, Rule::decimals, Rule::k_nice, Rule::marks] {
            if let Some(second) = all(piece, rule).nth(1) {
                let message = words!("this is said twice of one question", "ceci est dit deux fois d'une même question");
                return Err(Box::new(Diagnostic::new(Code::RepeatedFact, self.span(&second), message)));
            }
        }
        let rubrics: Vec<Woven> = all(piece, Rule::rubric).map(|rubric| self.woven(&rubric)).collect::<Built<_>>()?;
        Ok(Question {
            text: self.woven(piece)?,
            answer: self.measure_of(piece, Rule::answer)?,
            choices: self.measure_of(piece, Rule::choices)?,
            reads: one(piece, Rule::reads).and_then(|reads| one(&reads, Rule::reading)).map(|word| match word.as_str() {
                "leak" => Reading::Leak,
                "visits" => Reading::Visits,
                _ => Reading::Felt,
            }),
            rubrics: rubrics.into_iter().map(|rubric| (rubric, None)).collect(),
            right: Vec::new(),
            wrong: Vec::new(),
            wrong_measures: Vec::new(),
            decimals: one(piece, Rule::decimals).map(|decimals| self.number_in(&decimals)).transpose()?,
            nice: one(piece, Rule::k_nice).is_some(),
            marks: self.marks_of(piece)?,
        })
    }

    fn annex(&self, piece: &Piece<'_>) -> AnnexKind {
        match one(piece, Rule::annex_kind).map_or("", |kind| kind.as_str()) {
            "touchpoints" => AnnexKind::Touchpoints,
            "branches" => AnnexKind::Branches,
            "params" => AnnexKind::Params,
            "map" => AnnexKind::Map,
            "kpis" => AnnexKind::Kpis,
            "funnel" => AnnexKind::Funnel,
            _ => AnnexKind::Figures(self.list_in(piece)),
        }
    }
}

fn push_text(pieces: &mut Vec<WovenPiece>, text: &str) {
    if !text.is_empty() {
        pieces.push(WovenPiece::Text(text.replace("\\\"", "\"").replace("\\\\", "\\")));
    }
}

impl Reader<'_> {
    /// An exam and its block.
    pub(super) fn exam(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Exam {
        Exam { title: draft.title_in(piece), facts: body.map(|body| self.exam_block(body)).unwrap_or_default() }
    }

    /// The lines of an exam.
    pub(super) fn exam_block(&mut self, body: &Body) -> Vec<ExamFact> {
        self.paper(Block::Exam, body)
    }

    /// The lines of a part.
    pub(super) fn part_block(&mut self, body: &Body) -> Vec<ExamFact> {
        self.paper(Block::Part, body)
    }

    fn paper(&mut self, block: Block, body: &Body) -> Vec<ExamFact> {
        let mut facts = Vec::new();
        self.facts(block, &body.lines, &mut |reader, draft, piece, body| {
            facts.push(ExamFact { kind: reader.exam_fact(draft, piece, body)?, span: reader.extent(draft, body) });
            Ok(())
        });
        facts
    }

    fn exam_fact(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Built<ExamFactKind> {
        Ok(match piece.as_rule() {
            Rule::vary => {
                let mut bounds = all(piece, Rule::bound).map(|bound| draft.signed(&bound));
                let (Some(from), Some(to)) = (bounds.next(), bounds.next()) else { return Err(draft.unreadable(piece)) };
                let step = one(piece, Rule::step).map(|step| draft.sum_in(&step)).transpose()?;
                ExamFactKind::Vary { param: draft.name_in(piece), from: from?, to: to?, step }
            }
            Rule::vary_persona => {
                let names = one(piece, Rule::labels).map(|list| all(&list, Rule::label).map(|l| draft.label(&l)).collect());
                ExamFactKind::VaryPersona { persona: draft.name_in(piece), names: names.unwrap_or_default() }
            }
            Rule::duration => ExamFactKind::Duration(draft.sum_in(piece)?),
            Rule::total => ExamFactKind::Total(draft.marks(piece)?),
            Rule::exam_part => ExamFactKind::Part {
                title: draft.label_in(piece),
                marks: draft.marks_of(piece)?,
                facts: body.map(|body| self.part_block(body)).unwrap_or_default(),
            },
            Rule::context => ExamFactKind::Context(draft.woven(piece)?),
            Rule::distractor => ExamFactKind::Distractor(draft.list_in(piece)),
            Rule::annex => ExamFactKind::Annex { title: draft.label_in(piece), kind: draft.annex(piece) },
            Rule::question => {
                let mut question = draft.question(piece)?;
                let inside = body.map(|body| self.question_block(body));
                if let Some(inside) = inside {
                    question.rubrics.extend(inside.rubrics);
                    question.right.extend(inside.right);
                    question.wrong.extend(inside.wrong);
                    question.wrong_measures.extend(inside.measures);
                }
                ExamFactKind::Question(question)
            }
            _ => ExamFactKind::Note(draft.note(piece)),
        })
    }

    /// The lines in the block of a question.
    pub(super) fn question_block(&mut self, body: &Body) -> Inside {
        let mut inside = Inside::default();
        self.facts(Block::Question, &body.lines, &mut |_, draft, piece, _| {
            match piece.as_rule() {
                Rule::criterion => inside.rubrics.push((draft.woven(piece)?, draft.marks_of(piece)?)),
                Rule::right => inside.right.push(draft.woven(piece)?),
                Rule::wrong => match draft.measure_of_wrong(piece)? {
                    Some(measure) => inside.measures.push(measure),
                    None => inside.wrong.push(draft.woven(piece)?),
                },
                _ => {}
            }
            Ok(())
        });
        inside
    }
}

impl Draft<'_> {
    fn measure_of_wrong(&self, piece: &Piece<'_>) -> Built<Option<Measure>> {
        one(piece, Rule::measure).is_some().then(|| self.measure_in(piece)).transpose()
    }
}

/// What stands in the block of a question.
#[derive(Default)]
pub(super) struct Inside {
    rubrics: Vec<(Woven, Option<Marks>)>,
    right: Vec<Woven>,
    wrong: Vec<Woven>,
    measures: Vec<Measure>,
}

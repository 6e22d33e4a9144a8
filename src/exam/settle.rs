//! One variant: its journey, its texts, its answers, each checked.

use super::book::Book;
use super::choices::{WRONG, mistakes};
use super::fault::Fault;
use super::given::given;
use super::needed::{check_printed, exact_kpi, wanted};
use super::value::{Rounded, Value};
use super::variant::{Answer, Choice, Item, PartPaper, Solved, Variant};
use super::working::{Line, Working, working};
use super::{Case, Proven, draw, readings};
use crate::compile::Journey;
use crate::diagnostics::Sources;
use crate::locale::{Lang, Words, typeset};
use crate::model::{Cited, Exam, Measure, MeasureKind, Model, PaperItem, Question, QuestionKind, Reading, Woven, WovenPiece};
use crate::words;
use num_rational::BigRational;

/// Draws a variant, solves it and checks it.
///
/// # Errors
/// The first constraint that the draw breaks.
pub fn make(case: &Case<'_>, which: Proven) -> Result<Variant, Fault> {
    let Some(program) = case.compiled.journey.as_ref().map(|journey| &journey.program) else { return Err(Fault::Missing) };
    let exam = program.exams.get(case.wanted.exam).ok_or(Fault::Missing)?;
    let drawn = draw::values(program, exam, &case.wanted, which);
    let mut journey = case.compiled.drawn(&drawn).map_err(|found| {
        Fault::Impossible(
            found.into_iter().next().map_or_else(|| words!("no reason found", "aucune raison trouvée"), |d| d.message),
        )
    })?;
    for (persona, name) in draw::names(exam, &case.wanted, which) {
        let Journey { program, .. } = &mut journey;
        let models = std::iter::once(&mut program.base).chain(program.scenarios.iter_mut().map(|(_, model)| model));
        for model in models {
            model.personas[persona].name.label.clone_from(&name);
        }
    }
    let exam = journey.program.exams.get(case.wanted.exam).ok_or(Fault::Missing)?.clone();
    let (parts, marks) = settled(case, &journey, &exam, which)?;
    let (title, duration) = (exam.name.label.clone(), exam.duration);
    Ok(Variant { number: which.number, attempt: which.attempt, journey, title, duration, parts, marks })
}

/// The lines of each question's working in the journey as written; nothing where it cannot be settled.
pub(super) fn steps(case: &Case<'_>, journey: &Journey, exam: &Exam) -> Vec<usize> {
    let settled = settled(case, journey, exam, Proven { number: 0, attempt: 0 });
    let parts = settled.map(|(parts, _)| parts).unwrap_or_default();
    let items = parts.iter().flat_map(|part| &part.items);
    items.filter_map(|item| if let Item::Question(q) = item { Some(q.working.lines.len()) } else { None }).collect()
}

fn settled(case: &Case<'_>, journey: &Journey, exam: &Exam, which: Proven) -> Result<(Vec<PartPaper>, BigRational), Fault> {
    let book = Book::new(journey);
    book.prepare(&wanted(&book, exam));
    let mut table = Table { case, book: &book, sources: &case.compiled.sources, which, solved: Vec::new() };
    check_printed(&book, exam)?;
    let mut parts = Vec::new();
    for part in &exam.parts {
        let title = part.title.as_ref().map(|title| table.text(title)).transpose()?;
        let mut items = Vec::new();
        for item in &part.items {
            items.push(match item {
                PaperItem::Context(text) => Item::Context(table.text(text)?),
                PaperItem::Annex(annex) => Item::Annex(annex.clone()),
                PaperItem::Question(question) => Item::Question(table.question(question)?),
            });
        }
        if title.is_some() || !items.is_empty() {
            parts.push(PartPaper { title, items });
        }
    }
    table.check_distractors(exam)?;
    Ok((parts, exam.marks()))
}

struct Table<'a> {
    case: &'a Case<'a>,
    book: &'a Book<'a>,
    sources: &'a Sources,
    which: Proven,
    /// The measures answered so far, by question.
    solved: Vec<(usize, Option<(Measure, Rounded)>)>,
}

impl Table<'_> {
    fn model(&self) -> &Model {
        &self.book.program().base
    }

    fn text(&self, woven: &Woven) -> Result<String, Fault> {
        let model = self.model();
        let (lang, currency) = (model.locale, model.currency.as_deref());
        let mut text = String::new();
        for piece in &woven.0 {
            match piece {
                WovenPiece::Text(words) => text.push_str(words),
                WovenPiece::Persona(id) => text.push_str(&model.personas[id.index()].name.label),
                WovenPiece::Param(id, form) => text.push_str(&given(model, *id)?.in_text(*form, currency, lang)?),
                WovenPiece::Measure { measure, decimals } => {
                    let written = || self.sources.text(measure.origin).trim().to_owned();
                    let value = self.book.get(measure).map_err(|_| Fault::NoFigure(written()))?;
                    let rounded = match decimals {
                        Some(_) => value.round(measure.unit, *decimals),
                        None => value.whole(measure.unit),
                    };
                    text.push_str(&rounded.ok_or_else(|| Fault::Inexact(written()))?.written(currency, lang));
                }
            }
        }
        Ok(if lang == Lang::Fr { typeset(&text) } else { text })
    }

    fn question(&mut self, question: &Question) -> Result<Solved, Fault> {
        let number = self.solved.len() + 1;
        let text = self.text(&question.text)?;
        let mut about = None;
        let mut explained = Working::default();
        let answer = match &question.kind {
            QuestionKind::Computed(measure) => {
                let (value, rounded) = self.rounded(number, measure, question)?;
                explained = working(self.book, self.sources, measure, &rounded, &question.marks);
                about = Some((measure.clone(), rounded.clone()));
                Answer::Number { value, rounded }
            }
            QuestionKind::Choice { answer, wrong } => {
                let (_, rounded) = self.rounded(number, answer, question)?;
                explained = working(self.book, self.sources, answer, &rounded, &question.marks);
                let choices = self.choices(number, answer, &rounded, wrong, question.decimals)?;
                about = Some((answer.clone(), rounded));
                Answer::Choice(choices)
            }
            QuestionKind::Words { right, wrong } => {
                let mut choices = Vec::new();
                for (texts, is_right) in [(right, true), (wrong, false)] {
                    for text in texts {
                        choices.push(Choice { text: self.text(text)?, right: is_right, why: Words::default() });
                    }
                }
                draw::shuffle(&mut choices, &self.case.wanted, self.which, number as u64);
                Answer::Choice(choices)
            }
            QuestionKind::Reading(reading) => self.reading(number, *reading)?,
            QuestionKind::Argued(criteria) => {
                let mut lines = Vec::new();
                for criterion in criteria {
                    lines.push(Line { text: self.text(&criterion.text)?, marks: criterion.marks.clone() });
                }
                Answer::Argued(lines)
            }
        };
        let lines = explained.lines.len();
        if self.case.steps.get(number - 1).is_some_and(|steps| *steps != lines) {
            return Err(Fault::OtherSteps(number));
        }
        let follows = self.follows(&explained, about.as_ref());
        self.solved.push((number, about));
        Ok(Solved { number, text, marks: question.marks.clone(), answer, working: explained, follows })
    }

    fn rounded(&self, number: usize, measure: &Measure, question: &Question) -> Result<(Value, Rounded), Fault> {
        let value = self.book.get(measure).map_err(|why| Fault::NoAnswer(number, why))?;
        let rounded = value.round(measure.unit, question.decimals).ok_or(Fault::Tie(number))?;
        if question.nice && !rounded.exact {
            return Err(Fault::NotNice(number));
        }
        Ok((value, rounded))
    }

    fn choices(
        &self,
        number: usize,
        answer: &Measure,
        right: &Rounded,
        wrong: &[Measure],
        decimals: Option<u32>,
    ) -> Result<Vec<Choice>, Fault> {
        let found = mistakes(self.book, self.sources, answer, right, wrong, decimals);
        if found.len() < WRONG {
            return Err(Fault::FewChoices(number));
        }
        let model = self.model();
        let (lang, currency) = (model.locale, model.currency.as_deref());
        let mut choices = vec![Choice { text: right.written(currency, lang), right: true, why: Words::default() }];
        choices.extend(found.into_iter().map(|(r, why)| Choice { text: r.written(currency, lang), right: false, why }));
        draw::shuffle(&mut choices, &self.case.wanted, self.which, number as u64);
        Ok(choices)
    }

    fn reading(&self, number: usize, reading: Reading) -> Result<Answer, Fault> {
        let right = readings::answer(self.book, reading).ok_or(Fault::TwoReadings(number))?;
        let each = self.model().touchpoints.iter().enumerate().map(|(i, touchpoint)| Choice {
            text: touchpoint.name.label.clone(),
            right: i == right.index(),
            why: Words::default(),
        });
        Ok(Answer::Place(each.collect()))
    }

    /// The earlier questions whose answers are needed on the way.
    fn follows(&self, explained: &Working, about: Option<&(Measure, Rounded)>) -> Vec<usize> {
        let earlier = self.solved.iter().filter_map(|(number, measure)| measure.as_ref().map(|(m, _)| (*number, m)));
        let own = about.map(|(measure, _)| self.bare(measure));
        let used: Vec<Measure> = explained.uses.iter().map(|m| self.bare(m)).collect();
        let needed = |m: &Measure| used.iter().any(|u| u.kind == m.kind) && own.as_ref().is_none_or(|own| own.kind != m.kind);
        earlier.filter(|(_, m)| needed(&self.bare(m))).map(|(number, _)| number).collect()
    }

    /// A measure without the kpi that it goes by.
    fn bare(&self, measure: &Measure) -> Measure {
        match &measure.kind {
            MeasureKind::Kpi(id, only) if *only == crate::model::Modifiers::default() => {
                self.bare(&self.book.program().kpis[id.index()].measure)
            }
            MeasureKind::Count(goal, only) => Measure {
                kind: MeasureKind::Rate {
                    from: None,
                    to: crate::model::Event::Reach(*goal),
                    before: None,
                    within: None,
                    only: only.clone(),
                },
                ..measure.clone()
            },
            _ => measure.clone(),
        }
    }

    /// That no figure that is not needed is the answer of a question.
    fn check_distractors(&self, exam: &Exam) -> Result<(), Fault> {
        let model = self.model();
        for cited in &exam.distractors {
            let (name, mut prints) = match cited {
                Cited::Param(id) => {
                    let given = given(model, *id)?;
                    let count = given.count.as_ref().and_then(|(n, _)| Value::of(n.clone()).whole(crate::model::Unit::Number));
                    (given.label.clone(), given.value.into_iter().chain(count).collect::<Vec<_>>())
                }
                Cited::Kpi(id) => {
                    (self.book.program().kpis[id.index()].name.label.clone(), exact_kpi(self.book, *id).into_iter().collect())
                }
            };
            prints.retain(|print| print.unit != crate::model::Unit::Time);
            for (number, about) in &self.solved {
                let Some((measure, rounded)) = about else { continue };
                let same = |print: &Rounded| print.unit == measure.unit && print.scaled == rounded.scaled;
                if prints.iter().any(same) {
                    return Err(Fault::DistractorAnswers(name, *number));
                }
            }
        }
        Ok(())
    }
}

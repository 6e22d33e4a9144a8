//! Figures that are true and not needed: that they are printed, and that no answer hangs on them.

use super::book::Book;
use super::fault::Fault;
use crate::compile::{Compiled, Journey};
use crate::model::{AnnexKind, Cited, Exam, PaperItem, ParamId, QuestionKind, WovenPiece};
use crate::resolve;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Checks what hangs on no draw.
pub(super) fn check(compiled: &Compiled, journey: &Journey, exam: &Exam) -> Result<(), Fault> {
    for cited in &exam.distractors {
        if !is_printed(exam, *cited) {
            return Err(Fault::DistractorHidden(label(journey, *cited)));
        }
        if let Cited::Param(id) = cited
            && let Some(question) = needing(compiled, journey, exam, *id)
        {
            return Err(Fault::DistractorNeeded(label(journey, *cited), question));
        }
    }
    Ok(())
}

fn label(journey: &Journey, cited: Cited) -> String {
    let program = &journey.program;
    match cited {
        Cited::Param(id) => program.base.params[id.index()].name.label.clone(),
        Cited::Kpi(id) => program.kpis[id.index()].name.label.clone(),
    }
}

fn is_printed(exam: &Exam, cited: Cited) -> bool {
    let in_annex = exam.annexes().any(|annex| match (&annex.kind, cited) {
        (AnnexKind::Params, Cited::Param(_)) | (AnnexKind::Kpis, Cited::Kpi(_)) => true,
        (AnnexKind::Figures(figures), _) => figures.contains(&cited),
        _ => false,
    });
    let items = exam.parts.iter().flat_map(|part| &part.items);
    in_annex
        || items.into_iter().any(|item| match item {
            PaperItem::Context(text) => {
                text.0.iter().any(|piece| matches!(piece, WovenPiece::Param(id, _) if cited == Cited::Param(*id)))
            }
            _ => false,
        })
}

/// The first question whose answer changes with a param.
fn needing(compiled: &Compiled, journey: &Journey, exam: &Exam, id: ParamId) -> Option<usize> {
    let param = &journey.program.base.params[id.index()];
    let hundredth = BigRational::new(99.into(), 100.into());
    let other = if param.value.is_zero() { BigRational::one() } else { &param.value * hundredth };
    let moved = compiled.again(&resolve::Given::from([(param.name.name.clone(), other)])).ok()?;
    let moved_exam = moved.program.exams.iter().find(|e| e.name.name == exam.name.name)?;
    let (book, moved_book) = (Book::new(journey), Book::new(&moved));
    exam.questions()
        .zip(moved_exam.questions())
        .position(|(a, b)| match (&a.kind, &b.kind) {
            (
                QuestionKind::Computed(a) | QuestionKind::Choice { answer: a, .. },
                QuestionKind::Computed(b) | QuestionKind::Choice { answer: b, .. },
            ) => book.get(a).ok() != moved_book.get(b).ok(),
            _ => false,
        })
        .map(|at| at + 1)
}

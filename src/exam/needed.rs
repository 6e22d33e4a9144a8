//! What a paper needs: the measures to solve, the figures to print.

use super::book::{self, Book};
use super::fault::Fault;
use super::given::given;
use super::readings;
use super::value::Rounded;
use crate::model::{AnnexKind, Cited, Exam, KpiId, Measure, MeasureKind, Modifiers, ParamId, QuestionKind, TouchpointId};

/// All measures that the paper needs, so that they are solved together.
pub(super) fn wanted(book: &Book<'_>, exam: &Exam) -> Vec<Measure> {
    let program = book.program();
    let touchpoints: Vec<TouchpointId> = (0..program.base.touchpoints.len()).map(TouchpointId::new).collect();
    let mut all: Vec<Measure> = touchpoints.iter().map(|t| book::visits(*t)).collect();
    for question in exam.questions() {
        match &question.kind {
            QuestionKind::Computed(measure) => parts_of(book, measure, &mut all),
            QuestionKind::Choice { answer, wrong } => {
                parts_of(book, answer, &mut all);
                all.extend(wrong.iter().cloned());
            }
            QuestionKind::Reading(reading) => all.extend(touchpoints.iter().map(|t| readings::measure(*reading, *t))),
            QuestionKind::Words { .. } | QuestionKind::Argued(_) => {}
        }
    }
    for annex in exam.annexes() {
        match &annex.kind {
            AnnexKind::Funnel => all.extend(touchpoints.iter().map(|t| book::met(*t))),
            AnnexKind::Kpis => all.extend((0..program.kpis.len()).map(|k| book::kpi(program, KpiId::new(k)))),
            AnnexKind::Figures(cited) => all.extend(cited.iter().filter_map(|cited| match cited {
                Cited::Kpi(id) => Some(book::kpi(program, *id)),
                Cited::Param(_) => None,
            })),
            _ => {}
        }
    }
    let mut unique: Vec<Measure> = Vec::new();
    for measure in all {
        if !unique.contains(&measure) {
            unique.push(measure);
        }
    }
    unique
}

fn parts_of(book: &Book<'_>, measure: &Measure, all: &mut Vec<Measure>) {
    all.push(measure.clone());
    if let MeasureKind::Kpi(id, only) = &measure.kind
        && *only == Modifiers::default()
    {
        parts_of(book, &book.program().kpis[id.index()].measure, all);
    }
    measure.kind.parts().into_iter().for_each(|part| parts_of(book, part, all));
}

/// That every param in a table has an exact print.
pub(super) fn check_printed(book: &Book<'_>, exam: &Exam) -> Result<(), Fault> {
    let model = &book.program().base;
    for annex in exam.annexes() {
        match &annex.kind {
            AnnexKind::Params => {
                for p in 0..model.params.len() {
                    given(model, ParamId::new(p))?;
                }
            }
            AnnexKind::Figures(cited) => {
                for cited in cited {
                    match cited {
                        Cited::Param(id) => _ = given(model, *id)?,
                        Cited::Kpi(id) => _ = exact_kpi(book, *id)?,
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A kpi as a table gives it: exactly, or not at all.
///
/// # Errors
/// It has no exact value, or none that can be printed.
pub fn exact_kpi(book: &Book<'_>, id: KpiId) -> Result<Rounded, Fault> {
    let program = book.program();
    let measure = book::kpi(program, id);
    let name = &program.kpis[id.index()].name.label;
    let value = book.get(&measure).map_err(|_| Fault::NoFigure(name.clone()))?;
    value.whole(measure.unit).ok_or_else(|| Fault::Inexact(name.clone()))
}

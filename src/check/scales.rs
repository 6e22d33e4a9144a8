//! Marks on scales: feelings, efforts, answers.

use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::Words;
use crate::model::{Law, Model, PerPersona, Survey};
use crate::words;

/// Feelings go from −5 to +5.
pub(super) fn feelings_stay_within_their_scale(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let what = words!("a feeling", "un ressenti");
    for touchpoint in &model.touchpoints {
        for line in &touchpoint.feels {
            for feeling in line.value.values() {
                within(&feeling.value, (-5.0, 5.0), &what, line.origin, diagnostics);
            }
        }
    }
    let branches = model.touchpoints.iter().flat_map(|t| &t.branches).chain(model.arrivals.iter().flat_map(|a| &a.branches));
    for branch in branches {
        for feeling in branch.effects.feel.iter().flat_map(PerPersona::values) {
            within(&feeling.value, (-5.0, 5.0), &what, branch.origin, diagnostics);
        }
    }
}

/// Efforts go from 1 to 7.
pub(super) fn efforts_stay_within_their_scale(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let what = words!("an effort", "un effort");
    for line in model.touchpoints.iter().flat_map(|t| &t.efforts) {
        for effort in line.value.values() {
            within(effort, (1.0, 7.0), &what, line.origin, diagnostics);
        }
    }
}

/// Answers keep to the scale of their survey. A law that reaches past it is kept within it, as answers are.
pub(super) fn answers_stay_within_their_scale(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for line in model.touchpoints.iter().flat_map(|t| &t.surveys) {
        let (survey, answers) = &line.value;
        let word = survey.word();
        let what = words!("an answer to `{word}`", "une réponse à `{word}`");
        for answer in answers.values().filter(|a| a.is_constant()) {
            within(answer, scale(*survey), &what, line.origin, diagnostics);
        }
    }
}

/// The lowest and the highest mark.
fn scale(survey: Survey) -> (f64, f64) {
    match survey {
        Survey::Nps => (0.0, 10.0),
        Survey::Csat => (1.0, 5.0),
        Survey::Ces => (1.0, 7.0),
    }
}

fn within(law: &Law, (low, high): (f64, f64), what: &Words, origin: Span, diagnostics: &mut Vec<Diagnostic>) {
    let (from, to) = (law.low(), law.high());
    if from >= low && to <= high {
        return;
    }
    let value = if from < low { from } else { to };
    let Words { en, fr } = what;
    diagnostics.push(
        Diagnostic::new(
            Code::OutOfRange,
            origin,
            words!("{en} goes from {low} to {high}, not to {value}", "{fr} va de {low} à {high}, pas jusqu'à {value}"),
        )
        .help(words!("keep to the scale", "restez dans l'échelle")),
    );
}

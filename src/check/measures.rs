//! Measures that the journey cannot give.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Bound, Measure, MeasureKind, Program};
use crate::words;

/// Pull and leverage speak of the main goal: there must be one.
pub(super) fn figures_about_conversion_have_a_goal(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    if !program.base.goals.is_empty() {
        return;
    }
    let mut found = Vec::new();
    program.kpis.iter().for_each(|k| leaves(&k.measure, &mut found));
    program.claims.iter().for_each(|c| leaves(&c.measure, &mut found));
    for e in &program.expectations {
        leaves(&e.measure, &mut found);
        match &e.bound {
            Bound::Compare(_, bound) => leaves(bound, &mut found),
            Bound::Between(low, high) => {
                leaves(low, &mut found);
                leaves(high, &mut found);
            }
        }
    }
    for measure in found.into_iter().filter(|m| matches!(m.kind, MeasureKind::Pull(..) | MeasureKind::Leverage(..))) {
        diagnostics.push(
            Diagnostic::new(
                Code::MeasureMisused,
                measure.origin,
                words!(
                    "this measure is about conversion, and the journey has no goal",
                    "cette mesure parle de conversion, et le parcours n'a pas d'objectif"
                ),
            )
            .help(words!(
                "declare one, and write `reach` where it is won",
                "déclarez-en un, et écrivez `reach` là où il se gagne"
            )),
        );
    }
}

/// The leaves of a measure, from left to right.
fn leaves<'a>(measure: &'a Measure, found: &mut Vec<&'a Measure>) {
    let parts = measure.kind.parts();
    if parts.is_empty() {
        found.push(measure);
    }
    parts.into_iter().for_each(|part| leaves(part, found));
}

//! Money.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{FigureKind, Model};
use crate::words;
use num_traits::Signed;

/// What comes in is earned, not spent less than nothing: costs per goal and returns on spend would be wrong.
pub(super) fn what_is_spent_is_not_below_zero(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for cost in model.figures.iter().filter(|figure| figure.kind == FigureKind::Cost && figure.value.is_negative()) {
        diagnostics.push(
            Diagnostic::new(Code::CostBelowZero, cost.origin, words!("a cost below zero", "un coût négatif"))
                .note(words!(
                    "it makes every cost that it adds to smaller, and no revenue larger",
                    "il diminue chaque coût auquel il s'ajoute, et n'augmente aucun revenu"
                ))
                .help(words!(
                    "write what comes in as `earns`; what is spent needs no sign",
                    "écrivez ce qui rentre avec `earns` ; ce qui est dépensé se passe de signe"
                )),
        );
    }
}

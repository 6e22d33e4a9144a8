//! Ways in and ways on.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::Model;
use crate::words;
use num_traits::Signed;

/// A touchpoint without a branch is a trap.
pub(super) fn every_touchpoint_has_a_way_on(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for touchpoint in model.touchpoints.iter().filter(|t| t.branches.is_empty()) {
        let name = &touchpoint.name.name;
        let message = words!("`{name}` has no way on", "`{name}` n'a pas de suite");
        let mut diagnostic = Diagnostic::new(Code::NoBranch, touchpoint.name.origin, message)
            .here(words!("customers who come here are stuck", "les clients qui arrivent ici restent bloqués"));
        diagnostic = match model.ends.first() {
            Some(end) => {
                let end = &end.name.name;
                diagnostic.help(words!(
                    "write a branch, for example `-> {end}`: a lone one needs no figure",
                    "écrivez une branche, par exemple `-> {end}` : seule, elle se passe de chiffre"
                ))
            }
            None => diagnostic
                .help(words!("declare an end and write a branch to it", "déclarez une fin et écrivez une branche qui y mène")),
        };
        diagnostics.push(diagnostic);
    }
}

/// An arrival of nobody says nothing.
pub(super) fn arrivals_bring_somebody(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for arrival in model.arrivals.iter().filter(|a| !a.number.is_positive()) {
        diagnostics.push(
            Diagnostic::new(
                Code::OutOfRange,
                arrival.name.origin,
                words!("this arrival brings nobody", "cette arrivée n'amène personne"),
            )
            .help(words!("write how many customers come: `arrive 1000`", "écrivez combien de clients viennent : `arrive 1000`")),
        );
    }
}

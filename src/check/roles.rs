//! What touchpoints are for.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Model, Touchpoint};
use crate::words;

/// Where some touchpoints are strategic or operational, the others should say what they are.
pub(super) fn every_touchpoint_has_a_role(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let says_role = |touchpoint: &&Touchpoint| {
        let words = touchpoint.is.iter().map(|(facet, word)| model.facets[facet.index()].words[*word].as_str());
        words.into_iter().any(|word| matches!(word, "strategic" | "operational"))
    };
    let Some(example) = model.touchpoints.iter().find(says_role) else { return };
    let other = &example.name.name;
    for touchpoint in model.touchpoints.iter().filter(|t| !says_role(t)) {
        let name = &touchpoint.name.name;
        diagnostics.push(
            Diagnostic::new(
                Code::WithoutRole,
                touchpoint.name.origin,
                words!("the role of `{name}` is not said", "le rôle de `{name}` n'est pas dit"),
            )
            .label(example.name.origin, words!("`{other}` says its own", "`{other}` dit le sien"))
            .help(words!("write `is strategic` or `is operational`", "écrivez `is strategic` ou `is operational`")),
        );
    }
}

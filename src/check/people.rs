//! What moves customers, and how often they are sought out.

use super::graph::{steps, touchpoints, way_back};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Branch, Contact, Model, Motive, PersonaId, Touchpoint};
use crate::words;
use num_traits::Zero;
use std::collections::BTreeSet;

/// Whether an arrival brings a persona.
pub(super) fn comes(model: &Model, persona: PersonaId) -> bool {
    model.arrivals.iter().flat_map(|a| &a.personas).any(|(who, share)| *who == persona && !share.is_zero())
}

/// A persona none of whose motives any touchpoint speaks to meets no reason to go on. Only of journeys that say what their
/// touchpoints appeal to.
pub(super) fn every_persona_is_moved_by_something(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let appeals: BTreeSet<Motive> = model.touchpoints.iter().flat_map(|t| t.appeals.iter().copied()).collect();
    if appeals.is_empty() {
        return;
    }
    let words = |motives: &mut dyn Iterator<Item = &Motive>| -> String {
        motives.map(|motive| format!("`{}`", motive.word())).collect::<Vec<_>>().join(", ")
    };
    for (i, persona) in model.personas.iter().enumerate() {
        let unmet = !persona.motives.is_empty() && persona.motives.iter().all(|motive| !appeals.contains(motive));
        if !unmet || !comes(model, PersonaId::new(i)) {
            continue;
        }
        let (name, moved, spoken) = (&persona.name.name, words(&mut persona.motives.iter()), words(&mut appeals.iter()));
        let first = persona.motives[0].word();
        diagnostics.push(
            Diagnostic::new(
                Code::UnmetMotivation,
                persona.name.origin,
                words!("no touchpoint speaks to what moves `{name}`", "aucun point de contact ne parle à ce qui motive `{name}`"),
            )
            .here(words!("moved by {moved}", "ses motivations : {moved}"))
            .note(words!("the touchpoints appeal to {spoken}", "les points de contact font appel à {spoken}"))
            .help(words!(
                "write `appeals {first}` where the message says so, or give it a touchpoint that does",
                "écrivez `appeals {first}` là où le message y répond, ou prévoyez un point de contact qui le fasse"
            )),
        );
    }
}

/// A contact that the brand starts, and that a customer can meet again without end, wears him out. Guards that count or
/// remember limit it; a way back that is always open does not. A way on which the customer buys, comes by himself or is served by
/// somebody is his own doing: the news of his next order is no spam.
pub(super) fn pushed_contacts_are_limited(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let steps = steps(model);
    let coming: Vec<PersonaId> = (0..model.personas.len()).map(PersonaId::new).filter(|p| comes(model, *p)).collect();
    let pushed = touchpoints(model).filter(|(id, t)| t.contact == Some(Contact::Push) && steps[id.index()].is_some());
    for (id, touchpoint) in pushed {
        let Some(way) =
            coming.iter().find_map(|persona| way_back(model, id, *persona, |at, branch| is_his_own(model, at, branch)))
        else {
            continue;
        };
        let name = &touchpoint.name.name;
        let round = [id].into_iter().chain(way).chain([id]);
        let round: Vec<&str> = round.map(|t| model.touchpoints[t.index()].name.name.as_str()).collect();
        let back = round.join(" -> ");
        diagnostics.push(
            Diagnostic::new(
                Code::PushWithoutCap,
                touchpoint.name.origin,
                words!(
                    "nothing limits how often `{name}` seeks a customer out",
                    "rien ne limite le nombre de fois où `{name}` sollicite un client"
                ),
            )
            .here(words!("`push`, and met again and again", "`push`, et rencontré encore et encore"))
            .note(words!("a way back that is always open: `{back}`", "un retour toujours ouvert : `{back}`"))
            .help(words!(
                "count the contacts in a `counter`, and write `when contacts < 3` on a branch of that way",
                "comptez les contacts dans un `counter`, et écrivez `when contacts < 3` sur une branche de ce retour"
            )),
        );
    }
}

/// Whether a customer gets on by his own doing here.
fn is_his_own(model: &Model, touchpoint: &Touchpoint, branch: &Branch) -> bool {
    let buys = !touchpoint.reaches.is_empty() || !touchpoint.earns.is_empty();
    let buys_then = !branch.effects.reaches.is_empty() || branch.effects.earns.is_some();
    let comes = touchpoint.contact == Some(Contact::Pull);
    let mut words = touchpoint.is.iter().map(|(facet, word)| model.facets[facet.index()].words[*word].as_str());
    buys || buys_then || comes || words.any(|word| matches!(word, "customer" | "human"))
}

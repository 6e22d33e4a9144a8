//! Channels side by side.

use super::graph::{leads_to, touchpoints};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{ChannelId, Model};
use crate::words;

/// A channel from which no customer goes on to another, and to which none comes from another, is a silo. Only of journeys with
/// several channels in use; a channel that no branch leads to is another matter.
pub(super) fn every_channel_leads_to_another(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let mut used = vec![false; model.channels.len()];
    let mut linked = used.clone();
    let mut entered = used.clone();
    let on = |id: crate::model::TouchpointId| model.touchpoints[id.index()].channel;
    let mut link = |a: ChannelId, b: ChannelId| {
        if a != b {
            linked[a.index()] = true;
            linked[b.index()] = true;
        }
    };
    for (id, touchpoint) in touchpoints(model) {
        used[touchpoint.channel.index()] = true;
        if let Some(second) = touchpoint.with {
            used[second.index()] = true;
            link(touchpoint.channel, second);
        }
        for to in touchpoint.branches.iter().filter_map(leads_to) {
            entered[on(to).index()] = true;
            link(on(id), on(to));
            if let Some(second) = model.touchpoints[to.index()].with {
                link(on(id), second);
            }
        }
    }
    for to in model.arrivals.iter().flat_map(|a| &a.branches).filter_map(leads_to) {
        entered[on(to).index()] = true;
    }
    if used.iter().filter(|used| **used).count() < 2 {
        return;
    }
    for (i, channel) in model.channels.iter().enumerate().filter(|(i, _)| used[*i] && entered[*i] && !linked[*i]) {
        let name = &channel.name.name;
        let its: Vec<_> = touchpoints(model).filter(|(_, t)| t.channel == ChannelId::new(i)).collect();
        let mut said = Diagnostic::new(
            Code::ChannelCutOff,
            channel.name.origin,
            words!("the channel `{name}` is cut off from all others", "le canal `{name}` est coupé de tous les autres"),
        )
        .here(words!(
            "nobody comes from another channel, nobody goes on to one",
            "personne n'y vient d'un autre canal, ni n'en part vers un autre"
        ));
        if let Some((_, touchpoint)) = its.first() {
            said = said.label(touchpoint.name.origin, words!("a touchpoint on it", "un point de contact sur ce canal"));
        }
        diagnostics.push(
            said.note(words!(
                "customers who change channels start again from nothing: a silo",
                "le client qui change de canal repart de zéro : c'est un silo"
            ))
            .help(words!(
                "write a branch to or from a touchpoint of another channel, or `with` where two are used at once",
                "écrivez une branche vers un point de contact d'un autre canal, ou depuis l'un d'eux, ou `with` là où deux servent à la fois"
            )),
        );
    }
}

//! What is declared and never used. What other files share with the journey is theirs, and may stay unused.

use super::people::comes;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{ChannelId, Model, Named, PersonaId, Program};
use crate::words;

/// Whether a name is declared in the file of the journey itself.
pub(super) fn is_own(program: &Program, name: &Named) -> bool {
    name.origin.file == program.base.name.origin.file
}

/// The journey as written and under each scenario.
pub(super) fn models(program: &Program) -> impl Iterator<Item = &Model> {
    std::iter::once(&program.base).chain(program.scenarios.iter().map(|(_, model)| model))
}

/// Some touchpoint takes place on every channel, at least in a scenario.
pub(super) fn every_channel_is_used(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for (i, channel) in program.base.channels.iter().enumerate() {
        let id = ChannelId::new(i);
        let used = models(program).flat_map(|m| &m.touchpoints).any(|t| t.channel == id || t.with == Some(id));
        if used || !is_own(program, &channel.name) {
            continue;
        }
        let name = &channel.name.name;
        diagnostics.push(
            Diagnostic::new(
                Code::ChannelNeverUsed,
                channel.name.origin,
                words!("no touchpoint is on the channel `{name}`", "aucun point de contact n'est sur le canal `{name}`"),
            )
            .help(words!(
                "put a touchpoint on it (`touchpoint … on {name}`), or remove it",
                "placez-y un point de contact (`touchpoint … on {name}`), ou retirez-le"
            )),
        );
    }
}

/// Some arrival brings every persona, at least in a scenario.
pub(super) fn every_persona_comes(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for (i, persona) in program.base.personas.iter().enumerate() {
        if models(program).any(|model| comes(model, PersonaId::new(i))) || !is_own(program, &persona.name) {
            continue;
        }
        let name = &persona.name.name;
        diagnostics.push(
            Diagnostic::new(
                Code::PersonaNeverComes,
                persona.name.origin,
                words!("the persona `{name}` never comes", "le persona `{name}` ne vient jamais"),
            )
            .here(words!("no arrival brings a share of it", "aucune arrivée n'en amène"))
            .help(words!(
                "give it a share of an arrival (`of {name} 10%`), or remove it",
                "donnez-lui une part d'une arrivée (`of {name} 10%`), ou retirez-le"
            )),
        );
    }
}

/// Some line uses every param and every law.
pub(super) fn every_param_is_used(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let mut say = |named: &Named, message| {
        diagnostics.push(Diagnostic::new(Code::ParamNeverUsed, named.origin, message).help(words!(
            "write its name where the figure belongs, or remove it",
            "écrivez son nom là où va ce chiffre, ou retirez-le"
        )));
    };
    for named in program.unmentioned.params.iter().filter(|named| is_own(program, named)) {
        let name = &named.name;
        say(named, words!("nothing uses the param `{name}`", "rien n'utilise le paramètre `{name}`"));
    }
    for named in program.unmentioned.laws.iter().filter(|named| is_own(program, named)) {
        let name = &named.name;
        say(named, words!("nothing uses the law `{name}`", "rien n'utilise la loi `{name}`"));
    }
}

/// Some figure or claim cites every source.
pub(super) fn every_source_is_cited(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    for named in program.unmentioned.sources.iter().filter(|named| is_own(program, named)) {
        let name = &named.name;
        let message = words!("no figure cites the source `{name}`", "aucun chiffre ne cite la source `{name}`");
        diagnostics.push(Diagnostic::new(Code::SourceNeverUsed, named.origin, message).help(words!(
            "write `source {name}` behind the figures that it gives, or remove it",
            "écrivez `source {name}` derrière les chiffres qu'elle donne, ou retirez-la"
        )));
    }
}

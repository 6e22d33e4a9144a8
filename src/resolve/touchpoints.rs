//! Touchpoints: where, what happens, and the ways on.

use super::declared::{named, noted};
use super::effects::{Done, Once, kind_of, repeated};
use super::facets::{BUILT_IN, built_in_word};
use super::names::Symbol;
use super::scope::Scope;
use super::unavailable::Later;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::model::{ChannelId, FacetId, Guarded, Motive, StageId, Survey, Touchpoint, TouchpointId};
use crate::syntax::tree::{self, Name, Touch, TouchKind};
use crate::words;

impl Scope<'_> {
    /// A touchpoint; what is refused is left out of it, and it is a hole if that is a way on.
    pub(super) fn resolve_touchpoint(&self, id: TouchpointId, tree: &tree::Touchpoint, stage: Option<StageId>) -> Touchpoint {
        let channel = match &tree.on {
            Some(name) => self.channel(name),
            None => self.refuse(without_channel(tree)),
        };
        let with = tree.with.as_ref().and_then(|name| self.channel(name));
        if let Some(race) = tree.race {
            self.put_off(Later::Race, race);
        }
        let mut touchpoint = Touchpoint {
            with,
            contact: tree.contact.map(|(contact, _)| contact),
            stage,
            ..Touchpoint::new(named(&tree.title), channel.unwrap_or(ChannelId(0)))
        };
        let mut once = Once::default();
        for touch in &tree.facts {
            if touch.guard.is_none()
                && let Some(kind) = kind(&touch.kind)
            {
                once.more(self, kind, touch.span);
            }
            self.touch(touch, &mut touchpoint);
        }
        let (branches, all) = self.branches(&tree.branches);
        touchpoint.branches = branches;
        if !all || tree.race.is_some() {
            self.holes.borrow_mut().touchpoints.insert(id);
        }
        touchpoint
    }

    /// A channel.
    pub(super) fn channel(&self, name: &Name) -> Option<ChannelId> {
        self.find(name, &words!("a channel", "un canal"), |s| match s {
            Symbol::Channel(id) => Some(id),
            _ => None,
        })
    }

    /// Reads one line into the touchpoint.
    fn touch(&self, touch: &Touch, into: &mut Touchpoint) -> Option<()> {
        let guard = self.guard_if_any(touch.guard.as_ref());
        if let (Some(guard), Some(word)) = (&touch.guard, always(&touch.kind)) {
            let message = words!("`{word}` holds always", "`{word}` vaut toujours");
            return self.refuse(
                Diagnostic::new(Code::UnexpectedText, guard.span, message)
                    .here(words!("no condition can be set on it", "on ne peut pas y mettre de condition")),
            );
        }
        let origin = touch.span;
        match &touch.kind {
            TouchKind::Is(words) => into.is = self.classes(words)?,
            TouchKind::Does(text) => into.does.push(text.text.clone()),
            TouchKind::Think(text) => into.thinks.push(text.text.clone()),
            TouchKind::Pain(text) => into.pains.push(text.text.clone()),
            TouchKind::Appeals(words) => into.appeals = self.motives(words)?,
            TouchKind::Note(note) => into.notes.push(noted(note)),
            TouchKind::Requires(_) => return self.not_yet(Later::Consent, origin),
            TouchKind::Uses(_) => return self.not_yet(Later::Resource, origin),
            TouchKind::Refers => return self.not_yet(Later::Referral, origin),
            TouchKind::Effort(figure) => {
                let value = self.figure(figure, |v| self.mark(v, 1, 7))?;
                into.efforts.push(Guarded { guard: guard.ok()?, value, origin });
            }
            TouchKind::Survey(name, figure) => {
                let survey = self.survey(name);
                let (low, high) = survey.map_or((i32::MIN, i32::MAX), scale);
                let value = self.figure(figure, |v| self.mark(v, low, high));
                into.surveys.push(Guarded { guard: guard.ok()?, value: (survey?, value?), origin });
            }
            TouchKind::Takes(figure) => {
                let value = self.figure(figure, |v| self.time(v))?;
                into.takes.push(Guarded { guard: guard.ok()?, value, origin });
            }
            TouchKind::Effect(effect) => {
                let done = self.effect(effect)?;
                let guard = guard.ok()?;
                match done {
                    Done::Update(value) => into.updates.push(Guarded { guard, value, origin }),
                    Done::Reach(value) => into.reaches.push(Guarded { guard, value, origin }),
                    Done::Cost(value) => into.costs.push(Guarded { guard, value, origin }),
                    Done::Earns(value) => into.earns.push(Guarded { guard, value, origin }),
                    Done::Feel(value) => into.feels.push(Guarded { guard, value, origin }),
                }
            }
        }
        Some(())
    }

    fn not_yet<T>(&self, what: Later, span: Span) -> Option<T> {
        self.put_off(what, span);
        None
    }

    fn survey(&self, name: &Name) -> Option<Survey> {
        let all: Vec<&str> = Survey::ALL.iter().map(|s| s.word()).collect();
        self.word(name, &words!("a survey", "une enquête"), &all, Survey::from_word)
    }

    /// Motives of a customer, each once.
    pub(super) fn motives(&self, words: &[Name]) -> Option<Vec<Motive>> {
        let all: Vec<&str> = Motive::ALL.iter().map(|m| m.word()).collect();
        let wanted = words!("a motive", "une motivation");
        let found: Vec<_> = words.iter().map(|word| self.word(word, &wanted, &all, Motive::from_word)).collect();
        let found = found.into_iter().collect::<Option<Vec<_>>>()?;
        for (i, motive) in found.iter().enumerate() {
            if let Some(first) = found[..i].iter().position(|m| m == motive) {
                return self.refuse(repeated(&words[i].text, words[first].span, words[i].span));
            }
        }
        Some(found)
    }

    /// Classes of a touchpoint: one word of each facet.
    fn classes(&self, words: &[Name]) -> Option<Vec<(FacetId, usize)>> {
        let found: Vec<_> = words.iter().map(|word| self.class(word)).collect();
        let found = found.into_iter().collect::<Option<Vec<_>>>()?;
        for (i, (facet, _)) in found.iter().enumerate() {
            if let Some(first) = found[..i].iter().position(|(f, _)| f == facet) {
                let (a, b) = (&words[first].text, &words[i].text);
                let message = words!("`{a}` and `{b}` exclude each other", "`{a}` et `{b}` s'excluent");
                return self.refuse(
                    Diagnostic::new(Code::RepeatedFact, words[i].span, message)
                        .label(words[first].span, words!("of the same facet", "de la même facette"))
                        .note(words!("`is` takes one word of each facet", "`is` prend un mot de chaque facette")),
                );
            }
        }
        Some(found)
    }

    fn class(&self, word: &Name) -> Option<(FacetId, usize)> {
        let names = &self.common.names.all;
        if let Some((Symbol::Word(facet, place), _)) = names.get(&word.text) {
            return Some((facet, place));
        }
        if let Some((facet, place)) = built_in_word(&word.text) {
            return Some((FacetId::new(facet), place));
        }
        let text = &word.text;
        let near = self.suggest(text, || {
            let own = names.names(|s| matches!(s, Symbol::Word(..)));
            own.chain(BUILT_IN.iter().flat_map(|f| f.words.iter().copied())).collect()
        });
        let said = Diagnostic::new(
            Code::UnknownWord,
            word.span,
            words!("`{text}` is a word of no facet", "`{text}` n'est le mot d'aucune facette"),
        );
        self.refuse(match near {
            Some(near) => said.mend(words!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"), word.span, near, false),
            None => said.help(words!("declare it: `facet name = {text}, …`", "déclarez-le : `facet nom = {text}, …`")),
        })
    }
}

/// The kind of a line of which there may be one plain one.
fn kind(touch: &TouchKind) -> Option<(&'static str, &str)> {
    match touch {
        TouchKind::Does(_) | TouchKind::Think(_) | TouchKind::Pain(_) | TouchKind::Note(_) => None,
        TouchKind::Is(_) => Some(("is", "")),
        TouchKind::Appeals(_) => Some(("appeals", "")),
        TouchKind::Effort(_) => Some(("effort", "")),
        TouchKind::Survey(name, _) => Some(("survey", &name.text)),
        TouchKind::Requires(name) => Some(("requires consent", &name.text)),
        TouchKind::Uses(name) => Some(("uses", &name.text)),
        TouchKind::Takes(_) => Some(("takes", "")),
        TouchKind::Refers => Some(("refers", "")),
        TouchKind::Effect(effect) => Some(kind_of(&effect.kind)),
    }
}

/// The word of a line that no condition can be set on.
fn always(touch: &TouchKind) -> Option<&'static str> {
    match touch {
        TouchKind::Is(_) => Some("is"),
        TouchKind::Does(_) => Some("does"),
        TouchKind::Think(_) => Some("think"),
        TouchKind::Pain(_) => Some("pain"),
        TouchKind::Appeals(_) => Some("appeals"),
        TouchKind::Note(_) => Some("note"),
        _ => None,
    }
}

/// The marks of a survey.
fn scale(survey: Survey) -> (i32, i32) {
    match survey {
        Survey::Nps => (0, 10),
        Survey::Csat => (1, 5),
        Survey::Ces => (1, 7),
    }
}

fn without_channel(tree: &tree::Touchpoint) -> Diagnostic {
    let name = &tree.title.name.text;
    Diagnostic::new(
        Code::MissingFact,
        tree.title.name.span,
        words!("`{name}` is on no channel", "`{name}` n'est sur aucun canal"),
    )
    .help(words!("say where it takes place: `touchpoint {name} on …`", "dites où il a lieu : `touchpoint {name} on …`"))
}

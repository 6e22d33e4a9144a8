//! What happens to the customer and to the money, on a visit or on a branch.

use super::scope::Scope;
use super::unavailable::Later;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::Words;
use crate::model::{Earning, Effects, Feeling, FigureKind, GoalId, Law, PerPersona, Update};
use crate::syntax::tree::{self, Effect, EffectKind, Figure};
use crate::words;
use num_rational::BigRational;
use num_traits::One;
use std::collections::HashMap;

/// An effect, resolved.
pub(super) enum Done {
    Update(Update),
    Reach(GoalId),
    Cost(PerPersona<Law>),
    Earns(Earning),
    Feel(PerPersona<Feeling>),
}

impl Scope<'_> {
    /// One effect.
    pub(super) fn effect(&self, effect: &Effect) -> Option<Done> {
        match &effect.kind {
            EffectKind::Set(name, None) => self.flag(name).map(|cell| Done::Update(Update::Flag(cell, true))),
            EffectKind::Set(name, Some(_)) => self.find(name, &words!("a state", "un état"), |_| None),
            EffectKind::Clear(name) => self.flag(name).map(|cell| Done::Update(Update::Flag(cell, false))),
            EffectKind::SetConsent(_) | EffectKind::ClearConsent(_) => {
                self.put_off(Later::Consent, effect.span);
                None
            }
            EffectKind::Start(_) => {
                self.put_off(Later::Clock, effect.span);
                None
            }
            EffectKind::Add(name, figure) => {
                let cell = self.counter(name);
                let by = self.figure(figure, |value| self.step(value));
                Some(Done::Update(Update::Add(cell?, by?)))
            }
            EffectKind::Reach(name) => self.goal(name).map(Done::Reach),
            EffectKind::Cost(figure) => self.figure(figure, |v| self.money(v, FigureKind::Cost)).map(Done::Cost),
            EffectKind::Earns(amount, margin) => self.earning(amount, margin.as_ref()).map(Done::Earns),
            EffectKind::Feel(feelings) => self.feelings(feelings, effect.span).map(Done::Feel),
        }
    }
}

impl Scope<'_> {
    fn earning(&self, amount: &Figure, margin: Option<&Figure>) -> Option<Earning> {
        let amount = self.figure(amount, |v| self.money(v, FigureKind::Earning));
        let margin = match margin {
            Some(margin) => self.figure(margin, |v| self.margin(v)),
            None => Some(PerPersona::all(BigRational::one())),
        };
        Some(Earning { amount: amount?, margin: margin? })
    }

    fn feelings(&self, feelings: &[tree::Feeling], span: Span) -> Option<PerPersona<Feeling>> {
        let read = |feeling: &tree::Feeling| {
            let value = self.mark(&feeling.value, -5, 5)?;
            Some(Feeling { value, words: feeling.words.as_ref().map(|w| w.text.clone()) })
        };
        let mut plain = feelings.iter().filter(|f| f.persona.is_none());
        let first = plain.next();
        if let (Some(first), Some(second)) = (first, plain.next()) {
            let message = words!("two feelings for everybody", "deux ressentis pour tout le monde");
            return self.refuse(
                Diagnostic::new(Code::RepeatedFact, second.value.span, message)
                    .label(first.value.span, words!("the first", "le premier"))
                    .help(words!("say for whom the second one is: `for julie`", "dites pour qui est le second : `for julie`")),
            );
        }
        let own = feelings.iter().filter_map(|f| f.persona.as_ref().map(|who| (read(f), who))).collect();
        let default = first.map(read);
        let own = self.own_values(own)?;
        let default = match default {
            Some(default) => default?,
            None if own.len() == self.personas => own.first()?.1.clone(),
            None => {
                let message = words!("no feeling for some of the personas", "aucun ressenti pour certains personas");
                return self.refuse(Diagnostic::new(Code::MissingFact, span, message).help(words!(
                    "write the feeling of the others first, without `for`",
                    "écrivez d'abord le ressenti des autres, sans `for`"
                )));
            }
        };
        Some(PerPersona { default, own })
    }

    /// The effects of a branch; each kind once.
    pub(super) fn effects(&self, effects: &[Effect]) -> Option<Effects> {
        let mut all = Effects::default();
        let mut once = Once::default();
        let mut sound = true;
        for effect in effects {
            sound &= once.more(self, kind_of(&effect.kind), effect.span);
            match self.effect(effect) {
                Some(Done::Update(update)) => all.updates.push(update),
                Some(Done::Reach(goal)) => all.reaches.push(goal),
                Some(Done::Cost(cost)) => all.cost = Some(cost),
                Some(Done::Earns(earning)) => all.earns = Some(earning),
                Some(Done::Feel(feeling)) => all.feel = Some(feeling),
                None => sound = false,
            }
        }
        sound.then_some(all)
    }
}

/// The kind of an effect: its word and the name that it acts on.
pub(super) fn kind_of(effect: &EffectKind) -> (&'static str, &str) {
    match effect {
        EffectKind::Set(name, _) => ("set", &name.text),
        EffectKind::SetConsent(name) => ("set consent", &name.text),
        EffectKind::Clear(name) => ("clear", &name.text),
        EffectKind::ClearConsent(name) => ("clear consent", &name.text),
        EffectKind::Add(name, _) => ("add", &name.text),
        EffectKind::Start(name) => ("start", &name.text),
        EffectKind::Reach(name) => ("reach", &name.text),
        EffectKind::Cost(_) => ("cost", ""),
        EffectKind::Earns(..) => ("earns", ""),
        EffectKind::Feel(_) => ("feel", ""),
    }
}

/// Facts that may be said once.
#[derive(Default)]
pub(super) struct Once<'a>(HashMap<(&'static str, &'a str), Span>);

impl<'a> Once<'a> {
    /// Whether this is the first of its kind; else says so, showing the first.
    pub(super) fn more(&mut self, scope: &Scope<'_>, kind: (&'static str, &'a str), span: Span) -> bool {
        if let Some(first) = self.0.get(&kind) {
            let said = [kind.0, kind.1].join(" ");
            scope.say(repeated(said.trim_end(), *first, span));
            return false;
        }
        self.0.insert(kind, span);
        true
    }
}

/// The finding about a fact that is said twice.
pub(super) fn repeated(what: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(Code::RepeatedFact, second, words!("`{what}` is said twice", "`{what}` est dit deux fois"))
        .here(words!("said again here", "redit ici"))
        .label(first, words!("first said here", "dit d'abord ici"))
        .help(mend(what))
}

fn mend(what: &str) -> Words {
    words!("keep one `{what}`", "gardez un seul `{what}`")
}

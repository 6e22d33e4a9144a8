//! Personas and segments.

use super::declared::{Declared, named};
use super::effects::Once;
use super::scope::{IMPLICIT_PERSONA, Scope};
use super::unavailable::Later;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::Lang;
use crate::model::{Named, Persona, PersonaId, Segment, Unit};
use crate::syntax::tree::{self, Name, PersonaFact, Title};
use crate::words;
use num_traits::{Signed, ToPrimitive};

impl Scope<'_> {
    /// All personas; where none is declared, the one that every journey has.
    pub(super) fn resolve_personas(&self, declared: &Declared<'_>, lang: Lang, journey: Span) -> Vec<Persona> {
        if declared.personas.is_empty() {
            let label = lang.pick("Customer", "Client").to_owned();
            return vec![Persona::new(Named { name: IMPLICIT_PERSONA.to_owned(), label, origin: journey })];
        }
        declared.personas.iter().map(|p| self.resolve_persona(p)).collect()
    }

    fn resolve_persona(&self, tree: &tree::Persona) -> Persona {
        let mut persona = Persona::new(named(&tree.title));
        let mut once = Once::default();
        for fact in &tree.facts {
            self.persona_fact(fact, &mut once, &mut persona);
        }
        persona
    }

    fn persona_fact<'t>(&self, fact: &'t PersonaFact, once: &mut Once<'t>, into: &mut Persona) -> Option<()> {
        let mut first = |word: &'static str, span: Span| once.more(self, (word, ""), span).then_some(());
        match fact {
            PersonaFact::Age(age) => {
                first("age", age.span)?;
                let years = self.whole_number(age)?;
                if !(0..=150).contains(&years) {
                    let message = words!("nobody is {years} years old", "personne n'a {years} ans");
                    return self.refuse(Diagnostic::new(Code::OutOfRange, age.span, message));
                }
                into.age = years.to_u32();
            }
            PersonaFact::Job(text) => {
                first("job", text.span)?;
                into.job = Some(text.text.clone());
            }
            PersonaFact::Income(income) => {
                first("income", income.span)?;
                into.income = Some(self.certain_expression(income, Unit::Money)?);
            }
            PersonaFact::Motivation(words) => {
                first("motivation", words.first().map_or_else(Span::default, |w| w.span))?;
                into.motives = self.motives(words)?;
            }
            PersonaFact::Wants(text) => into.wants.push(text.text.clone()),
            PersonaFact::Pain(text) => into.pains.push(text.text.clone()),
            PersonaFact::Story(text) => {
                first("story", text.span)?;
                into.story = Some(text.text.clone());
            }
            PersonaFact::Consents(_, _, span) => {
                self.put_off(Later::Consent, *span);
                return None;
            }
            PersonaFact::Has(flag, share, span) => {
                let sound = once.more(self, ("has", &flag.text), *span);
                let (cell, share) = (self.flag(flag), self.probability(share));
                into.has.push((cell?, share?));
                return sound.then_some(());
            }
            PersonaFact::Note(_) => {}
        }
        Some(())
    }

    /// A segment; its members are entered into the scope by the caller.
    pub(super) fn resolve_segment(&self, title: &Title, of: &[Name]) -> Segment {
        let mut members: Vec<(PersonaId, Span)> = Vec::new();
        for name in of {
            let Some(persona) = self.persona(name) else { continue };
            match members.iter().find(|(p, _)| *p == persona) {
                Some((_, first)) => self.say(super::effects::repeated(&name.text, *first, name.span)),
                None => members.push((persona, name.span)),
            }
        }
        let mut personas: Vec<PersonaId> = members.into_iter().map(|(persona, _)| persona).collect();
        personas.sort_unstable();
        Segment { name: named(title), personas }
    }
}

impl Scope<'_> {
    /// How long customers are followed, in seconds.
    pub(super) fn resolve_horizon(&self, horizon: &tree::Expr) -> Option<f64> {
        let time = self.certain_expression(horizon, Unit::Time)?;
        if !time.is_positive() {
            let message = words!("a horizon of no time", "un horizon sans durée");
            return self.refuse(Diagnostic::new(Code::NegativeTime, horizon.span, message));
        }
        Some(crate::model::law::nearest(&time))
    }

    /// The yearly discount rate.
    pub(super) fn resolve_discount(&self, rate: &tree::Expr, per: &Name) -> Option<num_rational::BigRational> {
        self.word(per, &words!("`year`", "`year`"), &["year"], |word| (word == "year").then_some(()))?;
        let share = self.certain_expression(rate, Unit::Share)?;
        if share.is_negative() {
            let message = words!("a discount below zero", "une actualisation négative");
            return self.refuse(Diagnostic::new(Code::OutOfRange, rate.span, message));
        }
        Some(share)
    }
}

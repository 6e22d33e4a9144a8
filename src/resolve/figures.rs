//! Figures: a value for everybody, and others for some personas. A persona beats a segment, a segment beats the plain value.

use super::names::Symbol;
use super::scope::Scope;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::model::{PerPersona, PersonaId};
use crate::syntax::tree::{Figure, Name, Value};
use crate::words;
use std::collections::BTreeMap;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Segment,
    Persona,
}

impl Scope<'_> {
    /// A figure, each of its values read by `read`.
    pub(super) fn figure<T: Clone>(&self, figure: &Figure, read: impl Fn(&Value) -> Option<T>) -> Option<PerPersona<T>> {
        let default = read(&figure.value);
        let own: Vec<(Option<T>, &Name)> = figure.own.iter().map(|(value, who)| (read(value), who)).collect();
        let own = self.own_values(own);
        Some(PerPersona { default: default?, own: own? })
    }

    /// The values of the personas that are named, alone or in a segment.
    pub(super) fn own_values<T: Clone>(&self, values: Vec<(Option<T>, &Name)>) -> Option<Vec<(PersonaId, T)>> {
        let mut own: BTreeMap<PersonaId, (Level, Span, T)> = BTreeMap::new();
        let mut sound = true;
        for (value, name) in values {
            let (Some((level, personas)), Some(value)) = (self.who(name), value) else {
                sound = false;
                continue;
            };
            for persona in personas {
                match own.get(&persona) {
                    Some((known, first, _)) if *known == level => {
                        self.say(claimed_twice(name, *first, level));
                        sound = false;
                        break;
                    }
                    Some((known, ..)) if *known > level => {}
                    _ => {
                        own.insert(persona, (level, name.span, value.clone()));
                    }
                }
            }
        }
        sound.then(|| own.into_iter().map(|(persona, (_, _, value))| (persona, value)).collect())
    }

    fn who(&self, name: &Name) -> Option<(Level, Vec<PersonaId>)> {
        if self.is_implicit_persona(&name.text) {
            return Some((Level::Persona, vec![PersonaId(0)]));
        }
        self.expect_known(name, true)?;
        self.find(name, &words!("a persona or a segment", "un persona ou un segment"), |s| match s {
            Symbol::Persona(id) => Some((Level::Persona, vec![id])),
            Symbol::Segment(id) => Some((Level::Segment, self.segments.get(id.index()).cloned().unwrap_or_default())),
            _ => None,
        })
    }

    /// The personas that a name stands for, sorted.
    pub(super) fn personas_of(&self, name: &Name) -> Option<Vec<PersonaId>> {
        self.who(name).map(|(_, personas)| personas)
    }
}

fn claimed_twice(name: &Name, first: Span, level: Level) -> Diagnostic {
    let text = &name.text;
    let message = match level {
        Level::Persona => words!("two values for `{text}`", "deux valeurs pour `{text}`"),
        Level::Segment => words!(
            "`{text}` shares a persona with another segment that has a value here",
            "`{text}` a un persona en commun avec un autre segment qui a ici une valeur"
        ),
    };
    let said = Diagnostic::new(Code::RepeatedFact, name.span, message).label(first, words!("the other one", "l'autre"));
    match level {
        Level::Persona => said,
        Level::Segment => said.help(words!("give that persona a value of its own", "donnez à ce persona une valeur propre")),
    }
}

//! A figure that may differ between personas, and a line that may hold only sometimes.

use super::{Guard, PersonaId};
use crate::diagnostics::Span;

/// A value for everybody, and others for some personas.
#[derive(Clone, Debug, PartialEq)]
pub struct PerPersona<T> {
    /// For personas not named.
    pub default: T,
    /// For the personas named, sorted by id, each once.
    pub own: Vec<(PersonaId, T)>,
}

impl<T> PerPersona<T> {
    /// The same value for everybody.
    pub fn all(value: T) -> Self {
        Self { default: value, own: Vec::new() }
    }

    /// The value for one persona.
    pub fn of(&self, persona: PersonaId) -> &T {
        match self.own.binary_search_by_key(&persona, |(id, _)| *id) {
            Ok(at) => &self.own[at].1,
            Err(_) => &self.default,
        }
    }

    /// All values, the default first.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.default).chain(self.own.iter().map(|(_, v)| v))
    }
}

/// A guard, and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What must hold.
    pub guard: Guard,
    /// Its place, after `when`.
    pub origin: Span,
}

/// A line of a touchpoint with the condition under which it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Guarded<T> {
    /// Without a guard the line holds where no guarded line of its kind does.
    pub guard: Option<Condition>,
    /// What it says.
    pub value: T,
    /// Its line.
    pub origin: Span,
}

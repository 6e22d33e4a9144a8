//! Conditions on what the customer carries.

use super::names::Symbol;
use super::scope::Scope;
use super::unavailable::Later;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{CellId, Condition, Guard};
use crate::syntax::tree::{self, GuardKind, Name};
use crate::words;

impl Scope<'_> {
    /// The condition, if there is one; `Err` if it is refused.
    pub(super) fn guard_if_any(&self, guard: Option<&tree::Guard>) -> Result<Option<Condition>, Refused> {
        let read = |g: &tree::Guard| self.guard(g).map(|guard| Condition { guard, origin: g.span }).ok_or(Refused);
        guard.map(read).transpose()
    }

    /// A condition.
    pub(super) fn guard(&self, guard: &tree::Guard) -> Option<Guard> {
        match &guard.kind {
            GuardKind::Flag(name) => self.flag_set(name),
            GuardKind::Compare(name, comparison, value) => {
                let cell = self.counter(name)?;
                let value = self.whole_number(value)?;
                Some(Guard::Counter(cell, *comparison, value))
            }
            GuardKind::Consent(name) => {
                self.put_off(Later::Consent, name.span);
                None
            }
            GuardKind::Visited(name) => self.touchpoint(name).map(Guard::Visited),
            GuardKind::Reached(name) => self.goal(name).map(Guard::Reached),
            GuardKind::Not(inner) => Some(Guard::Not(Box::new(self.guard(inner)?))),
            GuardKind::And(a, b) => {
                let (a, b) = (self.guard(a), self.guard(b));
                Some(Guard::And(Box::new(a?), Box::new(b?)))
            }
            GuardKind::Or(a, b) => {
                let (a, b) = (self.guard(a), self.guard(b));
                Some(Guard::Or(Box::new(a?), Box::new(b?)))
            }
        }
    }

    fn flag_set(&self, name: &Name) -> Option<Guard> {
        if let Some((Symbol::Counter(_), declared)) = self.common.names.all.get(&name.text) {
            let text = &name.text;
            return self.refuse(
                Diagnostic::new(
                    Code::WrongKind,
                    name.span,
                    words!("`{text}` is a counter, not a condition", "`{text}` est un compteur, pas une condition"),
                )
                .label(declared, words!("declared here as a counter", "déclaré ici comme un compteur"))
                .help(words!("compare it with a number: `{text} > 0`", "comparez-le à un nombre : `{text} > 0`")),
            );
        }
        self.flag(name).map(Guard::Flag)
    }

    /// A flag of the memory.
    pub(super) fn flag(&self, name: &Name) -> Option<CellId> {
        self.find(name, &words!("a flag", "un drapeau"), |s| match s {
            Symbol::Flag(id) => Some(id),
            _ => None,
        })
    }

    /// A counter of the memory.
    pub(super) fn counter(&self, name: &Name) -> Option<CellId> {
        self.find(name, &words!("a counter", "un compteur"), |s| match s {
            Symbol::Counter(id) => Some(id),
            _ => None,
        })
    }

    /// A goal.
    pub(super) fn goal(&self, name: &Name) -> Option<crate::model::GoalId> {
        self.find(name, &words!("a goal", "un objectif"), |s| match s {
            Symbol::Goal(id) => Some(id),
            _ => None,
        })
    }
}

/// A finding has been put down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused;

//! Memory that is kept for nothing, and questions that nothing can answer.

use super::unused::{is_own, models};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::model::{Branch, Cell, CellKind, Guard, Model, Program, Update};
use crate::words;
use num_traits::Zero;

/// Some guard asks about every flag and counter.
pub(super) fn what_is_kept_is_asked_about(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let uses = uses(program);
    for (cell, uses) in program.base.memory.iter().zip(&uses).filter(|(cell, u)| u.read.is_none() && is_own(program, &cell.name))
    {
        let name = &cell.name.name;
        let (condition, action) = mends(cell);
        let diagnostic = match uses.set.or(uses.cleared) {
            Some(set) => Diagnostic::new(
                Code::MemoryNeverRead,
                cell.name.origin,
                words!(
                    "`{name}` is remembered, and no condition asks about it",
                    "`{name}` est mémorisé, et aucune condition ne l'interroge"
                ),
            )
            .label(set, words!("it changes here", "il change ici"))
            .help(words!(
                "write `{condition}` on a line that should depend on it, or remove it",
                "écrivez `{condition}` sur une ligne qui doit en dépendre, ou retirez-le"
            )),
            None => Diagnostic::new(
                Code::MemoryNeverRead,
                cell.name.origin,
                words!("nothing uses `{name}`", "rien n'utilise `{name}`"),
            )
            .help(words!(
                "write `{action}` where customers get it and `{condition}` where it matters, or remove it",
                "écrivez `{action}` là où le client le reçoit et `{condition}` là où cela compte, ou retirez-le"
            )),
        };
        diagnostics.push(diagnostic);
    }
}

/// Something sets every flag and adds to every counter that guards ask about.
pub(super) fn what_is_asked_about_can_be_so(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let uses = uses(program);
    for (cell, uses) in program.base.memory.iter().zip(&uses) {
        let (Some(read), None) = (uses.read, uses.set) else { continue };
        if !is_own(program, &cell.name) {
            continue;
        }
        let name = &cell.name.name;
        let (_, action) = mends(cell);
        let said = match cell.kind {
            CellKind::Flag => Diagnostic::new(
                Code::MemoryNeverSet,
                cell.name.origin,
                words!(
                    "a condition asks about `{name}`, and nothing sets it",
                    "une condition interroge `{name}`, et rien ne le donne"
                ),
            )
            .help(words!(
                "write `{action}` where customers get it, or `has {name} 20%` in a persona",
                "écrivez `{action}` là où le client le reçoit, ou `has {name} 20%` dans un persona"
            )),
            CellKind::Counter { .. } => Diagnostic::new(
                Code::MemoryNeverSet,
                cell.name.origin,
                words!(
                    "a condition asks about `{name}`, and nothing adds to it",
                    "une condition interroge `{name}`, et rien ne l'augmente"
                ),
            )
            .help(words!("write `{action}` where it counts", "écrivez `{action}` là où cela compte")),
        };
        diagnostics.push(said.label(read, words!("the answer here is always the same", "la réponse est ici toujours la même")));
    }
}

/// A condition on a cell, and a line that changes it.
fn mends(cell: &Cell) -> (String, String) {
    let name = &cell.name.name;
    match cell.kind {
        CellKind::Flag => (format!("when {name}"), format!("set {name}")),
        CellKind::Counter { high, .. } => (format!("when {name} < {high}"), format!("add {name} 1")),
    }
}

/// The first line that does something with a cell.
#[derive(Clone, Copy, Default)]
struct Uses {
    read: Option<Span>,
    /// A flag is set or carried from the start, a counter is added to.
    set: Option<Span>,
    cleared: Option<Span>,
}

/// What the journey and its scenarios do with each cell.
fn uses(program: &Program) -> Vec<Uses> {
    let mut uses = vec![Uses::default(); program.base.memory.len()];
    for model in models(program) {
        read(model, &mut uses);
    }
    uses
}

fn read(model: &Model, uses: &mut [Uses]) {
    for persona in &model.personas {
        for (cell, _) in persona.has.iter().filter(|(_, share)| !share.is_zero()) {
            uses[cell.index()].set.get_or_insert(persona.name.origin);
        }
    }
    for condition in model.conditions() {
        asks(&condition.guard, condition.origin, uses);
    }
    for touchpoint in &model.touchpoints {
        for line in &touchpoint.updates {
            changes(&line.value, line.origin, uses);
        }
    }
    let ways_in = model.arrivals.iter().flat_map(|a| &a.branches);
    for branch in model.touchpoints.iter().flat_map(|t| &t.branches).chain(ways_in) {
        let Branch { effects, origin, .. } = branch;
        effects.updates.iter().for_each(|update| changes(update, *origin, uses));
    }
}

fn asks(guard: &Guard, origin: Span, uses: &mut [Uses]) {
    match guard {
        Guard::Flag(cell) | Guard::Counter(cell, ..) => {
            uses[cell.index()].read.get_or_insert(origin);
        }
        Guard::Visited(_) | Guard::Reached(_) => {}
        Guard::Not(inner) => asks(inner, origin, uses),
        Guard::And(a, b) | Guard::Or(a, b) => {
            asks(a, origin, uses);
            asks(b, origin, uses);
        }
    }
}

fn changes(update: &Update, origin: Span, uses: &mut [Uses]) {
    let cell = &mut uses[update.cell().index()];
    match update {
        Update::Flag(_, false) => cell.cleared.get_or_insert(origin),
        Update::Flag(_, true) | Update::Add(..) => cell.set.get_or_insert(origin),
    };
}

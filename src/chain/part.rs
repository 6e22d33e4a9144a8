//! What can be said of a journey of which some lines could not be read: only what is so whatever stands there.
//!
//! Nothing is enumerated, since nobody knows where customers go from a place that is not all known. A sum that is wrong for
//! every memory that a customer could carry is wrong; a place that no branch names is never met.

use super::From;
use super::memory::{Memory, Slot};
use super::proofs::{can_reach, end_never_reached, goal_never_reached, never_met, no_way_to_an_end};
use super::successors::Successors;
use super::trouble::{Trouble, Where};
use crate::diagnostics::{Diagnostic, Severity};
use crate::model::{ArrivalId, Branch, CellKind, Holes, Model, PersonaId, Target, TouchpointId};
use std::collections::{BTreeSet, HashSet};

/// More memories than this are not gone through at one touchpoint.
const MOST_MEMORIES: usize = 4096;

/// The findings about a model with holes.
#[must_use]
pub fn check_part(model: &Model, holes: &Holes) -> Vec<Diagnostic> {
    let mut diagnostics = sums(model, holes);
    never_named(model, holes, &mut diagnostics);
    if model.horizon.is_none() && !holes.words.contains("horizon") {
        never_leave(model, holes, &mut diagnostics);
    }
    diagnostics
}

/// Places whose figures do not add up whatever the customer carries.
fn sums(model: &Model, holes: &Holes) -> Vec<Diagnostic> {
    let mut successors = Successors::new(model);
    let mut found = Vec::new();
    let arrivals = (0..model.arrivals.len()).map(ArrivalId::new).filter(|a| !holes.arrivals.contains(a)).map(From::Arrival);
    let touchpoints = (0..model.touchpoints.len()).map(TouchpointId::new).filter(|t| !holes.touchpoints.contains(t));
    for from in arrivals.chain(touchpoints.map(From::Touchpoint)) {
        let Some(memories) = memories(&successors, from, holes) else { continue };
        let wrong = |persona| always_wrong(&mut successors, model, from, persona, &memories);
        found.extend((0..model.personas.len()).map(PersonaId::new).find_map(wrong));
    }
    found
}

/// Every content of what the guards of a place read; none if that is not known, or too much.
fn memories(successors: &Successors<'_>, from: From, holes: &Holes) -> Option<Vec<Memory>> {
    let (model, layout) = (successors.model, &successors.layout);
    let mut read = BTreeSet::new();
    successors.branches(from).iter().filter_map(|b| b.guard.as_ref()).for_each(|c| layout.read_by(&c.guard, &mut read));
    let mut memories = vec![layout.start(model)];
    for slot in read {
        let (low, high) = match layout.slots()[slot] {
            Slot::Cell(cell) if holes.cells.contains(&cell) => return None,
            Slot::Cell(cell) => match model.memory[cell.index()].kind {
                CellKind::Flag => (0, 1),
                CellKind::Counter { low, high } => (low, high),
            },
            Slot::Visited(_) | Slot::Reached(_) => (0, 1),
        };
        let values = usize::try_from(i64::from(high) - i64::from(low) + 1).ok()?;
        if values.checked_mul(memories.len()).is_none_or(|n| n > MOST_MEMORIES) {
            return None;
        }
        let with = |value| {
            move |memory: &Memory| {
                let mut memory = memory.clone();
                memory[slot] = value;
                memory
            }
        };
        memories = (low..=high).flat_map(|value| memories.iter().map(with(value)).collect::<Vec<_>>()).collect();
    }
    Some(memories)
}

/// What is said of a place and a persona, if something is for each of the memories.
fn always_wrong<'m>(
    successors: &mut Successors<'m>,
    model: &'m Model,
    from: From,
    persona: PersonaId,
    memories: &[Memory],
) -> Option<Diagnostic> {
    let branches = successors.branches(from);
    let mut seen = HashSet::new();
    let mut first = None;
    for memory in memories {
        let holds = |b: &Branch| b.guard.as_ref().is_none_or(|c| successors.layout.holds(&c.guard, memory));
        let holds: Vec<bool> = branches.iter().map(holds).collect();
        if !seen.insert(holds.clone()) {
            continue;
        }
        successors.trouble = Trouble::new(model);
        successors.share_out(Where { persona, from, memory }, branches, &holds);
        let said = successors.trouble.diagnostics.iter().find(|d| d.severity == Severity::Error)?.clone();
        first = first.or(Some(said));
    }
    first
}

/// Places that no branch names, goals that no line reaches.
fn never_named(model: &Model, holes: &Holes, diagnostics: &mut Vec<Diagnostic>) {
    let arrivals = model.arrivals.iter().flat_map(|a| &a.branches);
    let branches = || arrivals.clone().chain(model.touchpoints.iter().flat_map(|t| &t.branches));
    let named: HashSet<Target> = branches().map(|b| b.to).collect();
    let on_branches = branches().flat_map(|b| &b.effects.reaches).copied();
    let reached: HashSet<_> = on_branches.chain(model.touchpoints.iter().flat_map(|t| &t.reaches).map(|l| l.value)).collect();
    let known = |name: &str| !holes.words.contains(name);
    for (i, touchpoint) in model.touchpoints.iter().enumerate() {
        let entered = !model.arrivals.is_empty();
        if entered && known(&touchpoint.name.name) && !named.contains(&Target::Touchpoint(TouchpointId::new(i))) {
            diagnostics.push(never_met(&touchpoint.name));
        }
    }
    for (i, goal) in model.goals.iter().enumerate() {
        if known(&goal.name.name) && !reached.contains(&crate::model::GoalId::new(i)) {
            diagnostics.push(goal_never_reached(&goal.name));
        }
    }
    for (i, end) in model.ends.iter().enumerate() {
        if known(&end.name.name) && !named.contains(&Target::End(crate::model::EndId::new(i))) {
            diagnostics.push(end_never_reached(&end.name));
        }
    }
}

/// Touchpoints from which no end can be reached, whatever the guards say and wherever holes lead.
fn never_leave(model: &Model, holes: &Holes, diagnostics: &mut Vec<Diagnostic>) {
    let touchpoints = model.touchpoints.len();
    let leaves = |t: usize| {
        let branches = &model.touchpoints[t].branches;
        let may = branches.is_empty() || holes.touchpoints.contains(&TouchpointId::new(t));
        may || branches.iter().any(|b| matches!(b.to, Target::End(_)))
    };
    let edges = model.touchpoints.iter().enumerate().flat_map(|(from, t)| {
        t.branches.iter().filter_map(move |b| match b.to {
            Target::Touchpoint(to) => Some((from as u32, to.0)),
            Target::End(_) => None,
        })
    });
    let can = can_reach(touchpoints, edges, leaves);
    let stuck = (0..touchpoints).filter(|t| !can[*t]).map(|t| &model.touchpoints[t].name);
    diagnostics.extend(no_way_to_an_end(stuck));
}

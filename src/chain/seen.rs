//! What the enumeration has seen of guards, figures and counters: those that never hold, never apply, never get so far.

use super::memory::{Memory, Slot};
use super::successors::Successors;
use super::trouble::Truth;
use super::{From, State};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::model::{Branch, CellKind, Model, PerPersona, PersonaId, Share};
use crate::words;
use num_rational::BigRational;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Findings about lines that change nothing. `memories`: all that was ever carried.
pub(super) fn check(successors: &Successors<'_>, states: &[State], memories: &[Memory], diagnostics: &mut Vec<Diagnostic>) {
    let open = Open::of(successors);
    guards_say_something(successors, &open, memories, diagnostics);
    otherwise_takes_something(successors.model, &open, diagnostics);
    figures_apply_to_somebody(successors.model, states, diagnostics);
    counters_reach_their_bound(successors, memories, diagnostics);
}

/// What was seen of the branches of each place.
struct Open {
    /// By place and branch: what its guard answered.
    guards: BTreeMap<(Place, usize), Truth>,
    /// Place and branch of those that somebody takes.
    taken: HashSet<(Place, usize)>,
}

/// An arrival or a touchpoint, in an order.
type Place = (bool, usize);

fn place(from: From) -> Place {
    match from {
        From::Arrival(id) => (false, id.index()),
        From::Touchpoint(id) => (true, id.index()),
    }
}

impl Open {
    fn of(successors: &Successors<'_>) -> Self {
        let mut open = Self { guards: BTreeMap::new(), taken: HashSet::new() };
        for ((from, _, holds), row) in &successors.rows {
            for (branch, holds) in holds.iter().enumerate() {
                open.guards.entry((place(*from), branch)).or_default().see(*holds);
            }
            open.taken.extend(row.iter().map(|(branch, _)| (place(*from), *branch)));
        }
        open
    }
}

fn branches(model: &Model, (touchpoint, index): Place) -> &[Branch] {
    if touchpoint { &model.touchpoints[index].branches } else { &model.arrivals[index].branches }
}

fn name(model: &Model, (touchpoint, index): Place) -> &str {
    if touchpoint { &model.touchpoints[index].name.name } else { &model.arrivals[index].name.name }
}

/// A guard that never holds closes its line for good; one that always holds says nothing. Where a fact that it asks about never
/// changes for anybody, that is a finding of its own.
fn guards_say_something(successors: &Successors<'_>, open: &Open, memories: &[Memory], diagnostics: &mut Vec<Diagnostic>) {
    let (model, layout) = (successors.model, &successors.layout);
    let changes: Vec<bool> =
        (0..layout.slots().len()).map(|slot| memories.windows(2).any(|pair| pair[0][slot] != pair[1][slot])).collect();
    let still: HashSet<Span> = model
        .conditions()
        .filter(|condition| {
            let mut read = BTreeSet::new();
            layout.read_by(&condition.guard, &mut read);
            read.into_iter().any(|slot| !changes[slot])
        })
        .map(|condition| condition.origin)
        .collect();
    let on_branches = open.guards.iter().filter_map(|((at, branch), truth)| {
        let condition = branches(model, *at)[*branch].guard.as_ref()?;
        Some((condition.origin, *at, *truth))
    });
    let on_lines = successors.trouble.guards.iter().map(|(origin, (from, truth))| (*origin, place(*from), *truth));
    for (origin, at, truth) in on_branches.chain(on_lines).filter(|(origin, ..)| !still.contains(origin)) {
        diagnostics.extend(one_answer(origin, name(model, at), truth));
    }
}

fn one_answer(origin: Span, place: &str, truth: Truth) -> Option<Diagnostic> {
    match truth {
        Truth { held: false, failed: true } => Some(
            Diagnostic::new(Code::GuardNeverTrue, origin, words!("this condition never holds", "cette condition ne vaut jamais"))
                .here(words!("no customer meets it at `{place}`", "aucun client ne la remplit à `{place}`"))
                .help(words!(
                    "look at what sets the memory that it reads, or remove the line",
                    "regardez ce qui change la mémoire qu'elle lit, ou retirez la ligne"
                )),
        ),
        Truth { held: true, failed: false } => Some(
            Diagnostic::new(
                Code::GuardAlwaysTrue,
                origin,
                words!("this condition always holds", "cette condition vaut toujours"),
            )
            .here(words!("every customer meets it at `{place}`", "tous les clients la remplissent à `{place}`"))
            .help(words!(
                "remove the condition, or look at what sets the memory that it reads",
                "retirez la condition, ou regardez ce qui change la mémoire qu'elle lit"
            )),
        ),
        _ => None,
    }
}

/// `otherwise` behind figures that always make 100 % takes nobody.
fn otherwise_takes_something(model: &Model, open: &Open, diagnostics: &mut Vec<Diagnostic>) {
    for ((at, index), truth) in &open.guards {
        let branch = &branches(model, *at)[*index];
        if branch.share == Share::Otherwise && truth.held && !open.taken.contains(&(*at, *index)) {
            let place = name(model, *at);
            let message = words!("this `otherwise` takes nobody", "cet `otherwise` ne prend personne");
            diagnostics.push(
                Diagnostic::new(Code::FigureNeverApplies, branch.share_origin, message)
                    .here(words!(
                        "the other branches of `{place}` make 100 % already",
                        "les autres branches de `{place}` font déjà 100 %"
                    ))
                    .help(words!("remove the branch, or lower a figure", "retirez la branche, ou baissez un chiffre")),
            );
        }
    }
}

/// A figure for a persona who never comes, or for all others where there are none.
fn figures_apply_to_somebody(model: &Model, states: &[State], diagnostics: &mut Vec<Diagnostic>) {
    let mut comes = vec![HashSet::new(); model.touchpoints.len()];
    for state in states {
        comes[state.touchpoint.index()].insert(state.persona);
    }
    let arriving: HashSet<PersonaId> = states.iter().map(|s| s.persona).collect();
    for (i, touchpoint) in model.touchpoints.iter().enumerate() {
        let here = &comes[i];
        if here.is_empty() {
            continue;
        }
        for branch in &touchpoint.branches {
            if let Share::Figure(figure) = &branch.share {
                let found = nobody(model, figure, here, &arriving, &touchpoint.name.name);
                diagnostics.extend(found.map(|(message, here, help)| {
                    Diagnostic::new(Code::FigureNeverApplies, branch.share_origin, message).here(here).help(help)
                }));
            }
        }
    }
}

type Sentences = (crate::locale::Words, crate::locale::Words, crate::locale::Words);

fn nobody(
    model: &Model,
    figure: &PerPersona<BigRational>,
    here: &HashSet<PersonaId>,
    arriving: &HashSet<PersonaId>,
    place: &str,
) -> Option<Sentences> {
    let own = |p: PersonaId| figure.own.iter().any(|(o, _)| *o == p);
    if let Some((never, _)) = figure.own.iter().find(|(p, _)| arriving.contains(p) && !here.contains(p)) {
        let who = &model.personas[never.index()].name.name;
        return Some((
            words!("the figure for `{who}` never applies", "le chiffre pour `{who}` ne sert jamais"),
            words!("`{who}` never comes to `{place}`", "`{who}` ne vient jamais à `{place}`"),
            words!("remove it, or let `{who}` come here", "retirez-le, ou faites venir `{who}` ici"),
        ));
    }
    if !figure.own.is_empty() && here.iter().all(|p| own(*p)) {
        return Some((
            words!("the figure for everybody else never applies", "le chiffre pour tous les autres ne sert jamais"),
            words!(
                "all who come to `{place}` have a figure of their own",
                "tous ceux qui viennent à `{place}` ont leur propre chiffre"
            ),
            words!("drop one of the figures for a persona", "retirez l'un des chiffres propres à un persona"),
        ));
    }
    None
}

/// A counter that stops short of its upper bound: the guards that wait for it wait in vain.
fn counters_reach_their_bound(successors: &Successors<'_>, memories: &[Memory], diagnostics: &mut Vec<Diagnostic>) {
    let model = successors.model;
    for (slot, kept) in successors.layout.slots().iter().enumerate() {
        let Slot::Cell(cell) = kept else { continue };
        let cell = &model.memory[cell.index()];
        let CellKind::Counter { low, high } = cell.kind else { continue };
        let most = memories.iter().map(|m| m[slot]).max().unwrap_or(low);
        // One that never moves is a finding of its own.
        if most > low && most < high {
            let n = &cell.name.name;
            diagnostics.push(
                Diagnostic::new(
                    Code::BoundNeverReached,
                    cell.name.origin,
                    words!("`{n}` never reaches its upper bound {high}", "`{n}` n'atteint jamais sa borne haute {high}"),
                )
                .here(words!("it gets to {most} at most", "il monte à {most} au plus"))
                .help(words!("write `counter {n} {low}..{most}`", "écrivez `counter {n} {low}..{most}`")),
            );
        }
    }
}

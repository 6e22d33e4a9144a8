//! What the whole chain proves: everything that is met, reached and left.

use super::{Chain, Row};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Model, Named, TouchpointId};
use crate::words;
use std::collections::BTreeSet;

/// Customers who never leave.
pub(super) fn never_ends(model: &Model, chain: &Chain, diagnostics: &mut Vec<Diagnostic>) {
    if model.horizon.is_none() {
        never_leave(model, chain, diagnostics);
    } else {
        time_stands_still(model, chain, diagnostics);
    }
}

/// What is never met, reached or ended at.
pub(super) fn never_happens(model: &Model, chain: &Chain, diagnostics: &mut Vec<Diagnostic>) {
    let mut met = vec![false; model.touchpoints.len()];
    chain.states.iter().for_each(|s| met[s.touchpoint.index()] = true);
    let mut ended = vec![false; model.ends.len()];
    for to in chain.branches.iter().map(|b| b.to).chain(chain.entries.iter().map(|e| e.to)) {
        if let Row::End(end) = chain.row(to) {
            ended[end.index()] = true;
        }
    }
    let mut reached = vec![false; model.goals.len()];
    let goals = chain.visits.iter().flat_map(|v| &v.reaches).chain(chain.leaves.iter().flat_map(|l| &l.reaches));
    goals.for_each(|g| reached[g.index()] = true);

    diagnostics.extend(without(&met, model.touchpoints.iter().map(|t| &t.name)).map(never_met));
    diagnostics.extend(without(&reached, model.goals.iter().map(|g| &g.name)).map(goal_never_reached));
    diagnostics.extend(without(&ended, model.ends.iter().map(|e| &e.name)).map(end_never_reached));
}

/// Nobody comes to a touchpoint.
pub(super) fn never_met(name: &Named) -> Diagnostic {
    let n = &name.name;
    Diagnostic::new(
        Code::Unreachable,
        name.origin,
        words!("no customer ever meets `{n}`", "aucun client ne rencontre jamais `{n}`"),
    )
    .here(words!("no branch leads here", "aucune branche ne mène ici"))
    .note(words!(
        "branches of 0 %, and those whose guard never holds, lead nowhere",
        "les branches à 0 %, et celles dont la condition ne vaut jamais, ne mènent nulle part"
    ))
    .help(words!(
        "write a branch `-> {n}` where customers come from, or remove it",
        "écrivez une branche `-> {n}` là d'où viennent les clients, ou retirez-le"
    ))
}

/// Nothing that customers meet reaches a goal.
pub(super) fn goal_never_reached(name: &Named) -> Diagnostic {
    let n = &name.name;
    Diagnostic::new(
        Code::GoalNeverReached,
        name.origin,
        words!("no customer can ever reach `{n}`", "aucun client ne peut jamais atteindre `{n}`"),
    )
    .here(words!("nothing that customers meet reaches it", "rien de ce que les clients rencontrent ne l'atteint"))
    .help(words!(
        "write `reach {n}` at the touchpoint or on the branch where it is won",
        "écrivez `reach {n}` au point de contact ou sur la branche où il se gagne"
    ))
}

/// Nobody comes to an end.
pub(super) fn end_never_reached(name: &Named) -> Diagnostic {
    let n = &name.name;
    Diagnostic::new(
        Code::EndNeverReached,
        name.origin,
        words!("no customer ever ends at `{n}`", "aucun client ne finit jamais à `{n}`"),
    )
    .here(words!("no branch leads here", "aucune branche ne mène ici"))
    .help(words!("write a branch `-> {n}`, or remove it", "écrivez une branche `-> {n}`, ou retirez-la"))
}

fn without<'a>(seen: &[bool], names: impl Iterator<Item = &'a Named>) -> impl Iterator<Item = &'a Named> {
    names.zip(seen).filter(|(_, seen)| !**seen).map(|(name, _)| name)
}

/// States from which no end can be reached: their customers never leave, which only a horizon can bound.
fn never_leave(model: &Model, chain: &Chain, diagnostics: &mut Vec<Diagnostic>) {
    let states = chain.states.len();
    // Where nothing is open, another finding has said so.
    let ends = |s: usize| {
        let branches = chain.branches_of(s as u32);
        branches.is_empty() || branches.iter().any(|b| b.to as usize >= states)
    };
    let stuck = touchpoints_without(chain, &can_reach(states, edges(chain), ends));
    diagnostics.extend(no_way_to_an_end(stuck.iter().map(|t| &model.touchpoints[t.index()].name)));
}

/// States from which neither an end nor any time can be reached: no horizon ever comes for their customers.
fn time_stands_still(model: &Model, chain: &Chain, diagnostics: &mut Vec<Diagnostic>) {
    let states = chain.states.len();
    let passes = |s: usize| {
        let branches = chain.branches_of(s as u32);
        let on_the_way = branches.iter().any(|b| b.to as usize >= states || !chain.leave(b.leave).after.is_zero());
        branches.is_empty() || !chain.visit(s as u32).takes.is_zero() || on_the_way
    };
    let stuck = touchpoints_without(chain, &can_reach(states, edges(chain), passes));
    let mut names = stuck.iter().map(|t| &model.touchpoints[t.index()].name);
    let Some(first) = names.next() else { return };
    let n = &first.name;
    let mut diagnostic = Diagnostic::new(
        Code::TimeStandsStill,
        first.origin,
        words!(
            "from `{n}` customers go round in no time and never leave",
            "depuis `{n}`, les clients tournent sans fin et sans que le temps passe"
        ),
    )
    .here(words!("no visit takes time, no way on takes time", "aucune visite ne prend de temps, aucun trajet non plus"));
    for other in names.take(4) {
        diagnostic = diagnostic.label(other.origin, words!("nor here", "ici non plus"));
    }
    diagnostics.push(
        diagnostic.note(words!("the horizon only comes if time passes", "l'horizon ne vient que si le temps passe")).help(
            words!(
                "say how long it takes (`takes 5 min`, `after 1 day`), or write a branch to an end",
                "dites combien de temps cela prend (`takes 5 min`, `after 1 day`), ou écrivez une branche vers une fin"
            ),
        ),
    );
}

/// Customers who never leave, at the first of some touchpoints and at others.
pub(super) fn no_way_to_an_end<'a>(mut stuck: impl Iterator<Item = &'a Named>) -> Option<Diagnostic> {
    let first = stuck.next()?;
    let n = &first.name;
    let mut diagnostic = Diagnostic::new(
        Code::NoWayToEnd,
        first.origin,
        words!("from `{n}` there is no way to an end", "depuis `{n}`, aucun chemin ne mène à une fin"),
    )
    .here(words!("customers go round and never leave", "les clients tournent sans jamais sortir"));
    for other in stuck.take(4) {
        diagnostic = diagnostic.label(other.origin, words!("nor from here", "ni d'ici"));
    }
    Some(diagnostic.help(words!(
        "write a branch to an end, or declare how long customers are followed: `horizon 1 year`",
        "écrivez une branche vers une fin, ou dites combien de temps les clients sont suivis : `horizon 1 year`"
    )))
}

/// The touchpoints of the states for which something does not hold.
fn touchpoints_without(chain: &Chain, holds: &[bool]) -> BTreeSet<TouchpointId> {
    chain.states.iter().zip(holds).filter(|(_, holds)| !**holds).map(|(s, _)| s.touchpoint).collect()
}

/// From which state to which customers pass.
fn edges(chain: &Chain) -> impl Iterator<Item = (u32, u32)> + Clone {
    let states = chain.states.len();
    let of = |s: u32| chain.branches_of(s).iter().map(move |b| (s, b.to));
    (0..states as u32).flat_map(of).filter(move |(_, to)| (*to as usize) < states)
}

/// By node, whether one of those that `there` accepts can be reached from it.
pub(super) fn can_reach(
    nodes: usize,
    edges: impl Iterator<Item = (u32, u32)> + Clone,
    there: impl Fn(usize) -> bool,
) -> Vec<bool> {
    let mut first_source = vec![0u32; nodes + 1];
    edges.clone().for_each(|(_, to)| first_source[to as usize + 1] += 1);
    for i in 0..nodes {
        first_source[i + 1] += first_source[i];
    }
    let mut next = first_source.clone();
    let mut sources = vec![0u32; first_source[nodes] as usize];
    for (from, to) in edges {
        sources[next[to as usize] as usize] = from;
        next[to as usize] += 1;
    }
    let mut can: Vec<bool> = (0..nodes).map(there).collect();
    let mut open: Vec<u32> = (0..nodes as u32).filter(|n| can[*n as usize]).collect();
    while let Some(node) = open.pop() {
        let range = first_source[node as usize] as usize..first_source[node as usize + 1] as usize;
        for source in &sources[range] {
            if !can[*source as usize] {
                can[*source as usize] = true;
                open.push(*source);
            }
        }
    }
    can
}

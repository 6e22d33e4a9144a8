//! What the whole chain proves: everything that is met, reached and left.

use super::{Chain, Row};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Model, Named};
use crate::words;
use std::collections::BTreeSet;

/// Findings about what can never happen, and about customers who never leave.
pub(super) fn check(model: &Model, chain: &Chain, diagnostics: &mut Vec<Diagnostic>) {
    never_met(model, chain, diagnostics);
    if model.horizon.is_none() {
        never_leave(model, chain, diagnostics);
    }
}

fn never_met(model: &Model, chain: &Chain, diagnostics: &mut Vec<Diagnostic>) {
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

    for name in without(&met, model.touchpoints.iter().map(|t| &t.name)) {
        let n = &name.name;
        diagnostics.push(
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
            )),
        );
    }
    for name in without(&reached, model.goals.iter().map(|g| &g.name)) {
        let n = &name.name;
        diagnostics.push(
            Diagnostic::new(
                Code::GoalNeverReached,
                name.origin,
                words!("no customer can ever reach `{n}`", "aucun client ne peut jamais atteindre `{n}`"),
            )
            .here(words!("nothing that customers meet reaches it", "rien de ce que les clients rencontrent ne l'atteint"))
            .help(words!(
                "write `reach {n}` at the touchpoint or on the branch where it is won",
                "écrivez `reach {n}` au point de contact ou sur la branche où il se gagne"
            )),
        );
    }
    for name in without(&ended, model.ends.iter().map(|e| &e.name)) {
        let n = &name.name;
        diagnostics.push(
            Diagnostic::new(
                Code::EndNeverReached,
                name.origin,
                words!("no customer ever ends at `{n}`", "aucun client ne finit jamais à `{n}`"),
            )
            .here(words!("no branch leads here", "aucune branche ne mène ici"))
            .help(words!("write a branch `-> {n}`, or remove it", "écrivez une branche `-> {n}`, ou retirez-la")),
        );
    }
}

fn without<'a>(seen: &[bool], names: impl Iterator<Item = &'a Named>) -> Vec<&'a Named> {
    names.zip(seen).filter(|(_, seen)| !**seen).map(|(name, _)| name).collect()
}

/// States from which no end can be reached: their customers never leave, which only a horizon can bound.
fn never_leave(model: &Model, chain: &Chain, diagnostics: &mut Vec<Diagnostic>) {
    // A touchpoint without a branch is a finding of its own.
    if chain.states.iter().any(|s| model.touchpoints[s.touchpoint.index()].branches.is_empty()) {
        return;
    }
    let leaves = can_end(chain);
    let stuck: BTreeSet<_> =
        chain.states.iter().zip(&leaves).filter(|(_, leaves)| !**leaves).map(|(s, _)| s.touchpoint).collect();
    let Some(first) = stuck.first() else { return };
    let name = &model.touchpoints[first.index()].name;
    let n = &name.name;
    let mut diagnostic = Diagnostic::new(
        Code::NoWayToEnd,
        name.origin,
        words!("from `{n}` there is no way to an end", "depuis `{n}`, aucun chemin ne mène à une fin"),
    )
    .here(words!("customers go round and never leave", "les clients tournent sans jamais sortir"));
    for other in stuck.iter().skip(1).take(4) {
        let other = &model.touchpoints[other.index()].name;
        diagnostic = diagnostic.label(other.origin, words!("nor from here", "ni d'ici"));
    }
    diagnostics.push(diagnostic.help(words!(
        "write a branch to an end, or declare how long customers are followed: `horizon 1 year`",
        "écrivez une branche vers une fin, ou dites combien de temps les clients sont suivis : `horizon 1 year`"
    )));
}

/// By state, whether an end can be reached.
#[must_use]
pub(super) fn can_end(chain: &Chain) -> Vec<bool> {
    let states = chain.states.len();
    let mut first_source = vec![0u32; states + 1];
    let inner = || {
        (0..states as u32)
            .flat_map(|s| chain.branches_of(s).iter().map(move |b| (s, b.to)))
            .filter(|(_, to)| (*to as usize) < states)
    };
    inner().for_each(|(_, to)| first_source[to as usize + 1] += 1);
    for i in 0..states {
        first_source[i + 1] += first_source[i];
    }
    let mut next = first_source.clone();
    let mut sources = vec![0u32; first_source[states] as usize];
    for (from, to) in inner() {
        sources[next[to as usize] as usize] = from;
        next[to as usize] += 1;
    }
    let mut ends: Vec<bool> = (0..states as u32).map(|s| chain.branches_of(s).iter().any(|b| b.to as usize >= states)).collect();
    let mut open: Vec<u32> = (0..states as u32).filter(|s| ends[*s as usize]).collect();
    while let Some(state) = open.pop() {
        let range = first_source[state as usize] as usize..first_source[state as usize + 1] as usize;
        for source in &sources[range] {
            if !ends[*source as usize] {
                ends[*source as usize] = true;
                open.push(*source);
            }
        }
    }
    ends
}

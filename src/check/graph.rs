//! The ways between touchpoints, without regard to memory.

use crate::model::{Branch, Model, PersonaId, Share, Target, Touchpoint, TouchpointId};
use num_traits::Zero;
use std::collections::VecDeque;

/// A touchpoint with its id.
pub(super) fn touchpoints(model: &Model) -> impl Iterator<Item = (TouchpointId, &Touchpoint)> {
    model.touchpoints.iter().enumerate().map(|(i, touchpoint)| (TouchpointId::new(i), touchpoint))
}

/// The touchpoint that a branch leads to.
pub(super) fn leads_to(branch: &Branch) -> Option<TouchpointId> {
    match branch.to {
        Target::Touchpoint(to) => Some(to),
        Target::End(_) => None,
    }
}

/// The fewest branches from an arrival to each touchpoint: 1 where customers enter, `None` where no way leads.
pub(super) fn steps(model: &Model) -> Vec<Option<usize>> {
    let mut steps = vec![None; model.touchpoints.len()];
    let mut queue: VecDeque<(TouchpointId, usize)> =
        model.arrivals.iter().flat_map(|a| &a.branches).filter_map(leads_to).map(|to| (to, 1)).collect();
    while let Some((at, step)) = queue.pop_front() {
        if steps[at.index()].is_none() {
            steps[at.index()] = Some(step);
            queue.extend(model.touchpoints[at.index()].branches.iter().filter_map(leads_to).map(|to| (to, step + 1)));
        }
    }
    steps
}

/// A shortest way from a touchpoint back to itself that is always open to a persona: no guard on it, no figure of 0 %, and no
/// touchpoint or branch where `ends` sees the matter closed. The touchpoints on the way, the first one left out; none if there is
/// no such way.
pub(super) fn way_back(
    model: &Model,
    from: TouchpointId,
    persona: PersonaId,
    ends: impl Fn(&Touchpoint, &Branch) -> bool,
) -> Option<Vec<TouchpointId>> {
    let open = |branch: &&Branch| {
        let never = matches!(&branch.share, Share::Figure(share) if share.of(persona).is_zero());
        branch.guard.is_none() && !never
    };
    let mut before: Vec<Option<TouchpointId>> = vec![None; model.touchpoints.len()];
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        let here = &model.touchpoints[at.index()];
        for to in here.branches.iter().filter(open).filter(|branch| !ends(here, branch)).filter_map(leads_to) {
            if before[to.index()].is_some() {
                continue;
            }
            before[to.index()] = Some(at);
            if to == from {
                return Some(way(&before, from));
            }
            queue.push_back(to);
        }
    }
    None
}

/// What lies between a touchpoint and itself, by the steps that led there.
fn way(before: &[Option<TouchpointId>], from: TouchpointId) -> Vec<TouchpointId> {
    let mut way = Vec::new();
    let mut at = before[from.index()];
    while let Some(touchpoint) = at.filter(|touchpoint| *touchpoint != from) {
        way.push(touchpoint);
        at = before[touchpoint.index()];
    }
    way.reverse();
    way
}

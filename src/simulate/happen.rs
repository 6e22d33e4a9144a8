//! Which events happened to a customer, and when: the table of instants of [`crate::plan`] in numbers.
//!
//! Coming in is instant 0; `(k, 0)`, `(k, 1)` and `(k, 2)` are `3k + 1`, `3k + 2` and `3k + 3`; an end after `n` visits is
//! `3n + 1`.

use super::path::Path;
use super::walk::with_room;
use crate::plan::{EventIx, Marks, Plan};
use std::collections::BTreeSet;

/// Later than any instant.
pub(super) const NEVER: u32 = u32::MAX;

/// Events by where they fall.
#[derive(Clone, Debug)]
pub(super) struct Index {
    touchpoints: Vec<Box<[u32]>>,
    visits: Vec<Box<[u32]>>,
    leaves: Vec<Box<[u32]>>,
    ends: Vec<Box<[u32]>>,
}

impl Index {
    /// Of some events.
    pub(super) fn new(plan: &Plan, spoken_of: &BTreeSet<EventIx>) -> Self {
        let turn = |of: fn(&Marks) -> &Vec<bool>| {
            let places = plan.events.first().map_or(0, |marks| of(marks).len());
            let events = |place: usize| {
                let here = spoken_of.iter().filter(move |event| of(&plan.events[event.0])[place]);
                here.map(|event| event.0 as u32)
            };
            (0..places).map(|place| events(place).collect()).collect()
        };
        Self { touchpoints: turn(|m| &m.meet), visits: turn(|m| &m.visit), leaves: turn(|m| &m.leave), ends: turn(|m| &m.end) }
    }

    /// The first instant of each of these events on a path; [`NEVER`] for those that do not happen, and for all others.
    pub(super) fn first(&self, path: &Path, first: &mut [u32]) {
        first.fill(NEVER);
        if first.is_empty() {
            return;
        }
        let mut note = |events: &[u32], instant: u32| {
            for &event in events {
                let at = &mut first[event as usize];
                *at = instant.min(*at);
            }
        };
        note(&self.leaves[path.entry as usize], 0);
        let mut instant = 1;
        for (k, step) in path.visits.iter().enumerate() {
            note(&self.touchpoints[step.touchpoint as usize], instant);
            note(&self.visits[step.visit as usize], instant + 1);
            if k < path.left {
                note(&self.leaves[step.leave as usize], instant + 2);
            }
            instant += 3;
        }
        if let Some((end, _)) = path.end {
            note(&self.ends[end as usize], instant);
        }
    }
}

/// The part of a path that lies within a limit of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// Visits that began.
    pub(super) visits: usize,
    /// Of those, how many were left.
    pub(super) left: usize,
    /// The first instant that did not happen.
    pub(super) bound: u32,
    /// The limit itself, in seconds.
    pub(super) limit: f64,
}

impl Window {
    /// The window of a limit; infinite: the whole path.
    pub(super) fn new(path: &Path, limit: f64) -> Self {
        let room = with_room(limit);
        let (visits, left) = if limit == f64::INFINITY {
            (path.visits.len(), path.left)
        } else {
            let visits = path.visits.partition_point(|step| step.arrive <= room);
            let left = path.visits[..path.left.min(visits)].partition_point(|step| step.depart <= room);
            (visits, left)
        };
        let ended = path.end.is_some_and(|(_, time)| time <= room);
        // n visits fill the instants up to 3n, the last of them only if it was left; an end adds one.
        let bound = 3 * visits as u32 + u32::from(left == visits) + u32::from(ended);
        Self { visits, left, bound, limit }
    }
}

/// The time of an instant that happened.
pub(super) fn time(path: &Path, instant: u32) -> f64 {
    let Some(since) = instant.checked_sub(1) else { return 0.0 };
    match (path.visits.get(since as usize / 3), since % 3) {
        (Some(step), 2) => step.depart,
        (Some(step), _) => step.arrive,
        (None, _) => path.end.map_or(f64::INFINITY, |(_, time)| time),
    }
}

/// Whether an event falls on an instant that happened.
pub(super) fn falls(marks: &Marks, path: &Path, instant: u32) -> bool {
    let Some(since) = instant.checked_sub(1) else { return marks.leave[path.entry as usize] };
    match (path.visits.get(since as usize / 3), since % 3) {
        (Some(step), 0) => marks.meet[step.touchpoint as usize],
        (Some(step), 1) => marks.visit[step.visit as usize],
        (Some(step), _) => marks.leave[step.leave as usize],
        (None, _) => path.end.is_some_and(|(end, _)| marks.end[end as usize]),
    }
}

/// The first instant of an event from `from` on, before `bound`, where its very first is known.
pub(super) fn next(plan: &Plan, first: &[u32], path: &Path, event: EventIx, from: u32, bound: u32) -> u32 {
    let earliest = first[event.0];
    if earliest >= from {
        return if earliest < bound { earliest } else { NEVER };
    }
    let marks = &plan.events[event.0];
    (from..bound).find(|&instant| falls(marks, path, instant)).unwrap_or(NEVER)
}

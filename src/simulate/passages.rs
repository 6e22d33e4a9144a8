//! What the counts of passages and marks amount to, persona by persona.

use super::estimates::Counts;
use super::ledger::Ledger;
use super::tally::Tally;

/// The counts behind the figures.
pub(super) fn counts(ledger: &Ledger<'_>, tally: &Tally) -> Vec<Counts> {
    let numbers = ledger.numbers;
    let mut all: Vec<Counts> = (0..ledger.layout.personas)
        .map(|persona| {
            let (marks, squares) = (&tally.marks[persona], &tally.squares[persona]);
            let points = squares.len();
            let part = |from: usize, to: usize, length: usize| {
                let mut counts = marks[from..to].to_vec();
                counts.resize(length, 0);
                counts
            };
            let mut before = tally.at_goal[persona][numbers.touchpoints..numbers.stages].to_vec();
            before.resize(points, 0);
            Counts {
                customers: 0,
                reach: part(numbers.touchpoints, numbers.stages, points),
                visits: vec![0; points],
                visit_squares: squares.clone(),
                met_before_goal: before,
                leak: vec![0; points],
                feelings: vec![0; points],
                efforts: vec![0; points],
                flows: vec![0; ledger.flows],
                stages: part(numbers.stages, numbers.moments, ledger.stages),
                moments: part(numbers.moments, numbers.all, crate::model::Moment::ALL.len()),
                reached: part(0, numbers.ends, numbers.touchpoints),
                times: vec![0; numbers.touchpoints],
                bases: tally.bases[persona].clone(),
            }
        })
        .collect();
    for (step, &made) in (0..).zip(&tally.passages).filter(|(_, made)| **made > 0) {
        count(ledger, step, made, &mut all);
    }
    // Nobody comes to an end twice.
    for counts in &mut all {
        counts.reached[numbers.ends..].copy_from_slice(&counts.times[numbers.ends..]);
    }
    all
}

/// Enters how often a passage was made.
fn count(ledger: &Ledger<'_>, step: u32, made: u64, all: &mut [Counts]) {
    let tables = &ledger.tables;
    let (passage, arrives) = tables.passage(step);
    let from = tables.state(tables.ways[passage as usize].from);
    let persona = from.map_or_else(|| tables.entry(passage).map_or(0, |entry| entry.persona), |state| state.persona);
    let counts = &mut all[persona as usize];
    let (leave, to) = tables.met_by(step);
    for goal in &leave.reaches {
        counts.times[*goal as usize] += made;
    }
    match from {
        None => counts.customers += made,
        Some(state) if leave.rewards.feel.is_some() => counts.feelings[state.touchpoint as usize] += made,
        Some(_) => {}
    }
    if arrives {
        counts.flows[leave.flow as usize] += made;
    }
    if let Some((state, visit)) = to.state {
        let touchpoint = state.touchpoint as usize;
        counts.visits[touchpoint] += made;
        counts.feelings[touchpoint] += if visit.rewards.feel.is_some() { made } else { 0 };
        counts.efforts[touchpoint] += if visit.effort.is_some() { made } else { 0 };
        for goal in &visit.reaches {
            counts.times[*goal as usize] += made;
        }
    }
    if let Some(end) = to.end {
        counts.times[ledger.numbers.ends + end as usize] += made;
        if let Some(state) = from.filter(|_| ledger.plan.failing[end as usize]) {
            counts.leak[state.touchpoint as usize] += made;
        }
    }
}

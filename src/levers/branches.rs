//! Moving probability to one way on from the others of its touchpoint, or of its arrival.
//!
//! `docs/measures.md`: one point goes to the branch, wherever it is open beside others, from all the others in proportion to
//! what they have.

use crate::chain::{Chain, Flow, From};
use crate::solve::Slope;
use std::collections::HashMap;

/// By way on: the derivative of a figure by the probability of going that way.
pub(super) fn by_flow(chain: &Chain, slope: &Slope) -> HashMap<Flow, f64> {
    let mut found: HashMap<Flow, f64> = HashMap::new();
    let probability = |at: u32| chain.probability(at);
    let flow = |leave: u32| chain.flows[chain.leave(leave).flow as usize];
    for s in 0..chain.states.len() as u32 {
        let first = chain.first_branch[s as usize] as usize;
        let ways = chain.branches_of(s).iter().enumerate();
        let ways: Vec<Way> = ways
            .map(|(i, b)| Way { flow: flow(b.leave), share: probability(b.probability), worth: slope.branches[first + i] })
            .collect();
        add(&ways, &mut found);
    }
    let mut groups: Vec<((u32, u32), Vec<Way>)> = Vec::new();
    for (i, e) in chain.entries.iter().enumerate() {
        let key = (e.arrival.0, e.persona.0);
        let way = Way { flow: flow(e.leave), share: probability(e.probability), worth: slope.entries[i] };
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, ways)) => ways.push(way),
            None => groups.push((key, vec![way])),
        }
    }
    for (_, mut ways) in groups {
        // Entries are shares of all customers: those of the group are moved.
        let all: f64 = ways.iter().map(|w| w.share).sum();
        ways.iter_mut().for_each(|w| w.worth *= all);
        add(&ways, &mut found);
    }
    found.retain(|flow, _| !matches!(flow.from, From::Arrival(_)) || chain.entries.len() > 1);
    found
}

/// One way on from a state, or into the journey.
struct Way {
    flow: Flow,
    share: f64,
    /// The derivative by its probability.
    worth: f64,
}

/// Adds, for each flow of some ways, what one unit of probability brings that goes to it from the others.
fn add(ways: &[Way], found: &mut HashMap<Flow, f64>) {
    let mut seen: Vec<Flow> = Vec::new();
    for way in ways {
        if seen.contains(&way.flow) {
            continue;
        }
        seen.push(way.flow);
        let (mut to, mut from) = ((0.0, 0.0), (0.0, 0.0));
        for other in ways {
            let side = if other.flow == way.flow { &mut to } else { &mut from };
            side.0 += other.share;
            side.1 += other.share * other.worth;
        }
        if to.0 > 0.0 && from.0 > 0.0 {
            *found.entry(way.flow).or_default() += to.1 / to.0 - from.1 / from.0;
        }
    }
}

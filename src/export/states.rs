//! Every state of a chain as a drawing for Graphviz: who, where, carrying what.

use super::Subject;
use super::dot::{ends, head, quoted};
use crate::chain::Row;
use crate::locale::percent;
use crate::model::law::nearest;
use std::fmt::{self, Write};

/// Draws the states of a chain, persona by persona.
///
/// # Errors
/// Those of `out`.
pub fn write_dot_states(subject: &Subject<'_>, out: &mut dyn Write) -> fmt::Result {
    let (model, chain) = (subject.model(), subject.chain());
    head(subject, out)?;
    for (a, arrival) in model.arrivals.iter().enumerate() {
        writeln!(out, "  a{a} [label={}, shape=ellipse];", quoted(&arrival.name.label))?;
    }
    let mut open = None;
    for (s, state) in chain.states.iter().enumerate() {
        // A persona's states stand together.
        if open != Some(state.persona) {
            let close = if open.is_some() { "  }\n" } else { "" };
            let p = state.persona.index();
            write!(out, "{close}  subgraph cluster_p{p} {{\n    label={};\n", quoted(&model.personas[p].name.label))?;
            open = Some(state.persona);
        }
        let mut label = model.touchpoints[state.touchpoint.index()].name.label.clone();
        for (i, carried) in chain.carried.describe(model, state.memory).iter().enumerate() {
            label += if i == 0 { " · " } else { ", " };
            label += carried;
        }
        writeln!(out, "    s{s} [label={}];", quoted(&label))?;
    }
    if open.is_some() {
        out.write_str("  }\n")?;
    }
    ends(model, out)?;
    let target = |to: u32| match chain.row(to) {
        Row::State(s) => format!("s{s}"),
        Row::End(e) => format!("e{}", e.index()),
    };
    for entry in &chain.entries {
        let exact = &chain.probabilities[entry.probability as usize].exact;
        let share = quoted(&percent(nearest(exact), model.locale));
        writeln!(out, "  a{} -> {} [label={share}, probability=\"{exact}\"];", entry.arrival.index(), target(entry.to))?;
    }
    for s in 0..chain.states.len() as u32 {
        for b in chain.branches_of(s) {
            let exact = &chain.probabilities[b.probability as usize].exact;
            let share = quoted(&percent(nearest(exact), model.locale));
            writeln!(out, "  s{s} -> {} [label={share}, probability=\"{exact}\"];", target(b.to))?;
        }
    }
    out.write_str("}\n")
}

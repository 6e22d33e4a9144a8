//! The journey as a drawing for Graphviz: touchpoints in their stages, and the passages between them.
//!
//! Personas and memories are taken together. An arrow says how many of the declared customers are expected to pass; its
//! `passages` attribute, which Graphviz ignores, is the number per customer at full precision.

use super::{Subject, one_line};
use crate::chain::From;
use crate::locale::count;
use crate::model::law::nearest;
use crate::model::{Model, Outcome, StageId, Target};
use crate::plan::{Declined, ask};
use crate::solve::solve;
use crate::words;
use std::fmt::{self, Write};

/// By flow of the chain: passages per customer who arrives, exact.
///
/// # Errors
/// Why the exact engine has no answer.
pub fn passages(subject: &Subject<'_>) -> Result<Vec<f64>, Declined> {
    let chain = subject.chain();
    let mut plan = ask(&subject.journey.program, &subject.journey.chains).plans.swap_remove(subject.chain_index());
    plan.questions.clear();
    plan.groups.clear();
    let solution = solve(chain, &plan)?;
    if plan.horizon.is_some_and(|horizon| solution.longest.is_none_or(|longest| longest > horizon)) {
        return Err(Declined::Horizon);
    }
    let mut passages = vec![0.0; chain.flows.len()];
    for (share, persona) in chain.personas.iter().zip(&solution.board.personas) {
        for (sum, flow) in passages.iter_mut().zip(&persona.flows) {
            *sum += share.value * flow;
        }
    }
    Ok(passages)
}

/// Draws a journey. `passages`: by flow of the chain, per customer; without them, arrows have no numbers.
///
/// # Errors
/// Those of `out`.
pub fn write_dot(subject: &Subject<'_>, passages: Option<&[f64]>, out: &mut dyn Write) -> fmt::Result {
    let (model, chain) = (subject.model(), subject.chain());
    head(subject, out)?;
    for (a, arrival) in model.arrivals.iter().enumerate() {
        let label =
            if arrival.named { arrival.name.label.clone() } else { words!("arrivals", "arrivées").get(model.locale).into() };
        writeln!(out, "  a{a} [label={}, shape=ellipse];", quoted(&label))?;
    }
    for (s, stage) in model.stages.iter().enumerate() {
        writeln!(out, "  subgraph cluster_s{s} {{\n    label={};", quoted(&stage.name.label))?;
        touchpoints(model, Some(StageId::new(s)), "    ", out)?;
        writeln!(out, "  }}")?;
    }
    touchpoints(model, None, "  ", out)?;
    ends(model, out)?;
    let arrivals: f64 = model.arrivals.iter().map(|a| nearest(&a.number)).sum();
    for (at, flow) in chain.flows.iter().enumerate() {
        let from = match flow.from {
            From::Arrival(id) => format!("a{}", id.index()),
            From::Touchpoint(id) => format!("t{}", id.index()),
        };
        let to = match flow.to {
            Target::Touchpoint(id) => format!("t{}", id.index()),
            Target::End(id) => format!("e{}", id.index()),
        };
        match passages.map(|all| all[at]) {
            Some(passages) if passages > 0.0 => {
                // From a hair to six points, by the square root: what few take can still be seen.
                let width = 0.5 + 5.5 * passages.min(1.0).sqrt();
                let label = quoted(&count(passages * arrivals, model.locale));
                writeln!(out, "  {from} -> {to} [label={label}, penwidth={width:.2}, passages=\"{passages}\"];")?;
            }
            Some(_) => {}
            None => writeln!(out, "  {from} -> {to};")?,
        }
    }
    out.write_str("}\n")
}

pub(super) fn head(subject: &Subject<'_>, out: &mut dyn Write) -> fmt::Result {
    let name = &subject.model().name;
    let label = match subject.scenario_name() {
        Some(scenario) => format!("{} ({scenario})", name.label),
        None => name.label.clone(),
    };
    writeln!(out, "digraph {} {{", quoted(&name.name))?;
    writeln!(out, "  label={}; labelloc=t; rankdir=LR; fontname=\"sans-serif\";", quoted(&label))?;
    writeln!(out, "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"];")?;
    writeln!(out, "  edge [fontname=\"sans-serif\", fontsize=10];")
}

pub(super) fn ends(model: &Model, out: &mut dyn Write) -> fmt::Result {
    for (e, end) in model.ends.iter().enumerate() {
        let colours = match end.outcome {
            Some(Outcome::Success) => ", fillcolor=\"#08705A\", fontcolor=white",
            Some(Outcome::Failure) => ", fillcolor=\"#D9682F\"",
            None => "",
        };
        writeln!(out, "  e{e} [label={}, shape=ellipse{colours}];", quoted(&end.name.label))?;
    }
    Ok(())
}

fn touchpoints(model: &Model, stage: Option<StageId>, indent: &str, out: &mut dyn Write) -> fmt::Result {
    for (t, touchpoint) in model.touchpoints.iter().enumerate().filter(|(_, t)| t.stage == stage) {
        writeln!(out, "{indent}t{t} [label={}];", quoted(&touchpoint.name.label))?;
    }
    Ok(())
}

/// A text of the author's as a quoted string of Graphviz, where `\` starts an escape.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

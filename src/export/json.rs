//! The chain as JSON, for any solver: schema `jalon-chain/1`, told in `docs/json.md`.
//!
//! Objects are written one per line, so that a large chain is neither held in memory nor one endless line.

use super::Subject;
use super::mean::{Mean, Means};
use crate::chain::{Chain, From, Leave, Probability, Visit};
use crate::model::{GoalId, Law, Model, Named, Outcome, Survey, Target};
use serde_json::{Value, json};
use std::fmt::{self, Write};

/// The version of the document.
pub const CHAIN_SCHEMA: &str = "jalon-chain/1";

/// Writes the chain of a journey.
///
/// # Errors
/// Those of `out`.
pub fn write_json(subject: &Subject<'_>, out: &mut dyn Write) -> fmt::Result {
    let (model, chain) = (subject.model(), subject.chain());
    let arrivals: num_rational::BigRational = model.arrivals.iter().map(|a| &a.number).sum();
    out.write_str("{\n")?;
    let head = [
        ("schema", json!(CHAIN_SCHEMA)),
        ("version", json!(env!("CARGO_PKG_VERSION"))),
        ("journey", json!(model.name.name)),
        ("label", json!(model.name.label)),
        ("scenario", json!(subject.scenario_name())),
        ("currency", json!(model.currency)),
        ("horizon", json!(model.horizon)),
        ("discount", json!(model.discount.as_ref().map(|rate| number(&Mean::exact(rate.clone()))))),
        ("arrivals", number(&Mean::exact(arrivals))),
        ("main_goal", json!(subject.main_goal().map(|goal| &model.goals[goal.index()].name.name))),
    ];
    for (key, value) in head {
        writeln!(out, "\"{key}\":{value},")?;
    }
    list("personas", model.personas.iter().zip(&chain.personas).map(|(p, share)| persona(&p.name, share)), true, out)?;
    list("touchpoints", model.touchpoints.iter().map(|t| touchpoint(model, t)), true, out)?;
    list("goals", model.goals.iter().map(|g| named(&g.name)), true, out)?;
    list("ends", (chain.states.len()..).zip(&model.ends).map(|(row, end)| self::end(row, end)), true, out)?;
    list("visits", chain.visits.iter().map(|v| visit(model, v)), true, out)?;
    list("leaves", chain.leaves.iter().map(|l| leave(model, chain, l)), true, out)?;
    list("entries", chain.entries.iter().map(|e| entry(model, chain, e)), true, out)?;
    list("states", (0..chain.states.len() as u32).map(|s| state(model, chain, s)), false, out)?;
    out.write_str("}\n")
}

/// A list, an object per line.
fn list(key: &str, items: impl Iterator<Item = Value>, more: bool, out: &mut dyn Write) -> fmt::Result {
    write!(out, "\"{key}\":[")?;
    let mut comma = "";
    for item in items {
        write!(out, "{comma}\n{item}")?;
        comma = ",";
    }
    writeln!(out, "\n]{}", if more { "," } else { "" })
}

fn named(named: &Named) -> Value {
    json!({ "name": named.name, "label": named.label })
}

fn persona(named: &Named, share: &Probability) -> Value {
    json!({ "name": named.name, "label": named.label, "share": share.value, "fraction": share.exact.to_string() })
}

fn touchpoint(model: &Model, touchpoint: &crate::model::Touchpoint) -> Value {
    json!({
        "name": touchpoint.name.name,
        "label": touchpoint.name.label,
        "stage": touchpoint.stage.map(|id| &model.stages[id.index()].name.name),
        "channel": model.channels[touchpoint.channel.index()].name.name,
    })
}

fn end(row: usize, end: &crate::model::End) -> Value {
    let outcome = end.outcome.map(|outcome| match outcome {
        Outcome::Success => "success",
        Outcome::Failure => "failure",
    });
    json!({ "row": row, "name": end.name.name, "label": end.name.label, "outcome": outcome })
}

fn goals(model: &Model, reached: &[GoalId]) -> Vec<Value> {
    reached.iter().map(|goal| json!(model.goals[goal.index()].name.name)).collect()
}

/// A quantity by its mean and how it varies.
fn law(law: &Law) -> Value {
    let mean = Mean::of(law);
    json!({ "mean": mean.value, "fraction": fraction(&mean), "variance": variance(std::slice::from_ref(law)) })
}

fn number(mean: &Mean) -> Value {
    json!({ "mean": mean.value, "fraction": fraction(mean) })
}

fn fraction(mean: &Mean) -> Option<String> {
    mean.exact.as_ref().map(ToString::to_string)
}

fn sum(laws: &[Law], mean: &Mean) -> Value {
    json!({ "mean": mean.value, "fraction": fraction(mean), "variance": variance(laws) })
}

/// Of a sum of independent quantities.
fn variance(laws: &[Law]) -> f64 {
    laws.iter().fold(0.0, |sum, law| sum + law.variance())
}

fn visit(model: &Model, visit: &Visit) -> Value {
    let means = Means::of_visit(visit);
    let survey = |(survey, answer): &(Survey, Law)| (survey.word().to_owned(), law(answer));
    json!({
        "touchpoint": model.touchpoints[visit.touchpoint.index()].name.name,
        "reaches": goals(model, &visit.reaches),
        "cost": sum(&visit.rewards.costs, &means.cost),
        "revenue": visit.rewards.earns.as_ref().map(|(earned, _)| law(earned)),
        "gross_margin": visit.rewards.earns.as_ref().map(|(earned, margin)| law(&earned.scaled(margin))),
        "felt": visit.rewards.feel.as_ref().map(law),
        "effort": visit.effort.as_ref().map(law),
        "surveys": visit.surveys.iter().map(survey).collect::<serde_json::Map<_, _>>(),
        "time": law(&visit.takes),
    })
}

fn leave(model: &Model, chain: &Chain, leave: &Leave) -> Value {
    let means = Means::of_leave(leave);
    let flow = chain.flows[leave.flow as usize];
    let from = match flow.from {
        From::Arrival(id) => json!({ "kind": "arrival", "name": model.arrivals[id.index()].name.name }),
        From::Touchpoint(id) => json!({ "kind": "touchpoint", "name": model.touchpoints[id.index()].name.name }),
    };
    let to = match flow.to {
        Target::Touchpoint(id) => json!({ "kind": "touchpoint", "name": model.touchpoints[id.index()].name.name }),
        Target::End(id) => json!({ "kind": "end", "name": model.ends[id.index()].name.name }),
    };
    json!({
        "from": from,
        "to": to,
        "reaches": goals(model, &leave.reaches),
        "cost": sum(&leave.rewards.costs, &means.cost),
        "revenue": leave.rewards.earns.as_ref().map(|(earned, _)| law(earned)),
        "gross_margin": leave.rewards.earns.as_ref().map(|(earned, margin)| law(&earned.scaled(margin))),
        "felt": leave.rewards.feel.as_ref().map(law),
        "time": law(&leave.after),
    })
}

fn entry(model: &Model, chain: &Chain, entry: &crate::chain::Entry) -> Value {
    let probability = &chain.probabilities[entry.probability as usize];
    json!({
        "arrival": model.arrivals[entry.arrival.index()].name.name,
        "persona": model.personas[entry.persona.index()].name.name,
        "to": entry.to,
        "probability": probability.value,
        "fraction": probability.exact.to_string(),
        "leave": entry.leave,
    })
}

fn state(model: &Model, chain: &Chain, at: u32) -> Value {
    let state = &chain.states[at as usize];
    let branch = |b: &crate::chain::Branch| {
        let probability = &chain.probabilities[b.probability as usize];
        json!({ "to": b.to, "probability": probability.value, "fraction": probability.exact.to_string(), "leave": b.leave })
    };
    json!({
        "row": at,
        "persona": model.personas[state.persona.index()].name.name,
        "touchpoint": model.touchpoints[state.touchpoint.index()].name.name,
        "carries": chain.carried.describe(model, state.memory),
        "visit": state.visit,
        "branches": chain.branches_of(at).iter().map(branch).collect::<Vec<_>>(),
    })
}

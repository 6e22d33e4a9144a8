//! The chain in the language of PRISM, which Storm reads too.
//!
//! One module with one variable. `s = 0` is outside, before anything has happened; then the states, a persona and a touchpoint
//! being next to themselves; then the *ways*; then the ends. A way is a step of its own on a branch that reaches a goal, so that
//! `F "goal_order"` is right for goals reached by branches too. What a visit and the branches out of it are expected to cost, to
//! earn and to take is the reward of the state; what an arrival costs is that of `s = 0`: totals are right, and so are rewards
//! until a place is left, but `F` on a goal of a branch has that state's branches in it, each in its share.
//!
//! References: D. Parker, G. Norman, M. Kwiatkowska, *The PRISM language* (prismmodelchecker.org/manual/ThePRISMLanguage).
//! Whole numbers of PRISM have 32 bits, so longer fractions are written with a decimal point, which both read exactly.

mod number;
mod rows;

use super::mean::{Mean, Means};
use super::names::Names;
use super::{Subject, one_line};
use crate::chain::Chain;
use crate::model::{ChannelId, EndId, GoalId, Model, Named, Outcome, PersonaId, Place, StageId, TouchpointId};
use num_rational::BigRational;
use number::{write_fraction, write_mean};
use rows::{Range, Rows};
use std::fmt::{self, Write};

/// So many steps stand on one line.
const ON_A_LINE: usize = 6;

/// Writes a journey as a Markov chain for PRISM and Storm.
///
/// # Errors
/// Those of `out`.
pub fn write_prism(subject: &Subject<'_>, out: &mut dyn Write) -> fmt::Result {
    let (model, chain) = (subject.model(), subject.chain());
    let rows = Rows::new(chain);
    head(subject, &rows, out)?;
    let last = rows.count() - 1;
    write!(out, "dtmc\n\nmodule journey\n  s : [0..{last}] init 0;\n\n")?;
    steps(0, &rows.entry_steps(chain), out)?;
    for (at, &state) in (1_u32..).zip(&rows.order) {
        steps(at, &rows.state_steps(chain, state), out)?;
    }
    for (at, way) in (rows.first_way()..).zip(&rows.ways) {
        writeln!(out, "  [] s={at} -> (s'={});", rows.place(way.to))?;
    }
    if let Some(ends) = rows.ends() {
        writeln!(out, "  [] {ends} -> true;")?;
    }
    writeln!(out, "endmodule\n")?;
    labels(model, chain, &rows, out)?;
    rewards(model, chain, &rows, out)
}

fn head(subject: &Subject<'_>, rows: &Rows, out: &mut dyn Write) -> fmt::Result {
    let model = subject.model();
    let (name, label) = (&model.name.name, one_line(&model.name.label));
    writeln!(out, "// {name} \"{label}\", written by jalon {} for PRISM and Storm", env!("CARGO_PKG_VERSION"))?;
    if let Some(scenario) = subject.scenario_name() {
        writeln!(out, "// scenario: {scenario}")?;
    }
    if model.horizon.is_some() {
        writeln!(out, "// the journey has a horizon, which is not in this chain: it tells what happens without one")?;
    }
    let (states, ways) = (rows.order.len(), rows.ways.len());
    writeln!(out, "// s=0: outside; s=1..{states}: states; {ways} ways on which a goal is reached; then the ends")?;
    writeln!(out, "// money in {}, time in seconds: means", model.currency.as_deref().unwrap_or("no currency"))?;
    writeln!(out, "// for example: P=? [ F \"finished\" ]; R{{\"cost\"}}=? [ F \"finished\" ]\n")
}

/// The line of a state: where it leads, with what probability.
fn steps(from: u32, steps: &[(u32, BigRational)], out: &mut dyn Write) -> fmt::Result {
    write!(out, "  [] s={from} ->")?;
    let gap = if steps.len() > ON_A_LINE { "\n    " } else { " " };
    for (i, (to, probability)) in steps.iter().enumerate() {
        let plus = if i == 0 { "" } else { " +" };
        write!(out, "{plus}{gap}")?;
        write_fraction(out, probability)?;
        write!(out, ":(s'={to})")?;
    }
    writeln!(out, ";")
}

fn labels(model: &Model, chain: &Chain, rows: &Rows, out: &mut dyn Write) -> fmt::Result {
    let mut names = Names::default();
    let mut label = |prefix: &str, named: &Named, ranges: Vec<Range>, out: &mut dyn Write| {
        let identifier = names.identifier(prefix, &named.name);
        let condition = condition(&ranges);
        let (name, label) = (&named.name, one_line(&named.label));
        writeln!(out, "label \"{identifier}\" = {condition}; // {name} \"{label}\"")
    };
    for (p, persona) in model.personas.iter().enumerate() {
        label("persona", &persona.name, rows.states_where(chain, |s| s.persona == PersonaId::new(p)), out)?;
    }
    let meets = |place: Place| rows.states_where(chain, move |s| model.meets(place, s.touchpoint));
    for (t, touchpoint) in model.touchpoints.iter().enumerate() {
        label("touchpoint", &touchpoint.name, meets(Place::Touchpoint(TouchpointId::new(t))), out)?;
    }
    for (i, stage) in model.stages.iter().enumerate() {
        label("stage", &stage.name, meets(Place::Stage(StageId::new(i))), out)?;
    }
    for (i, channel) in model.channels.iter().enumerate() {
        label("channel", &channel.name, meets(Place::Channel(ChannelId::new(i))), out)?;
    }
    for (g, goal) in model.goals.iter().enumerate() {
        label("goal", &goal.name, rows.reaching(chain, GoalId::new(g)), out)?;
    }
    let end = |e: usize| Range::one(rows.first_end() + EndId::new(e).0);
    for (e, named) in model.ends.iter().enumerate() {
        label("end", &named.name, vec![end(e)], out)?;
    }
    let with = |outcome: Outcome| -> Vec<Range> {
        model.ends.iter().enumerate().filter(|(_, e)| e.outcome == Some(outcome)).map(|(e, _)| end(e)).collect()
    };
    writeln!(out, "label \"success\" = {};", condition(&with(Outcome::Success)))?;
    writeln!(out, "label \"failure\" = {};", condition(&with(Outcome::Failure)))?;
    writeln!(out, "label \"finished\" = {};\n", condition(rows.ends().as_slice()))
}

/// `s=3 | (s>=5 & s<=9)`
fn condition(ranges: &[Range]) -> String {
    if ranges.is_empty() {
        return "false".to_owned();
    }
    ranges.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")
}

/// One of the means of a state.
type Part = fn(&Means) -> &Mean;

fn rewards(model: &Model, chain: &Chain, rows: &Rows, out: &mut dyn Write) -> fmt::Result {
    let states = (!rows.order.is_empty()).then_some(Range { first: 1, last: rows.order.len() as u32 });
    writeln!(out, "rewards \"steps\"\n  {} : 1;\nendrewards\n", condition(states.as_slice()))?;
    let visits: Vec<Means> = chain.visits.iter().map(Means::of_visit).collect();
    let leaves: Vec<Means> = chain.leaves.iter().map(Means::of_leave).collect();
    let stays = rows.stays(chain, &visits, &leaves);
    let parts: [(&str, Part); 4] =
        [("cost", |m| &m.cost), ("revenue", |m| &m.revenue), ("gross_margin", |m| &m.gross_margin), ("time", |m| &m.time)];
    for (name, part) in parts {
        writeln!(out, "rewards \"{name}\"")?;
        let mut runs: Vec<(Range, &Mean)> = Vec::new();
        for (range, means) in &stays {
            let value = part(means);
            match runs.last_mut() {
                Some((run, same)) if *same == value => run.last = range.last,
                _ => runs.push((*range, value)),
            }
        }
        runs.retain(|(_, value)| !value.is_zero());
        if runs.is_empty() {
            writeln!(out, "  true : 0;")?;
        }
        for (run, value) in runs {
            write!(out, "  {run} : ")?;
            write_mean(out, value)?;
            writeln!(out, ";")?;
        }
        writeln!(out, "endrewards\n")?;
    }
    let mut names = Names::default();
    for (t, touchpoint) in model.touchpoints.iter().enumerate() {
        let ranges = rows.states_where(chain, |s| s.touchpoint == TouchpointId::new(t));
        let identifier = names.identifier("visits", &touchpoint.name.name);
        writeln!(out, "rewards \"{identifier}\"\n  {} : 1;\nendrewards\n", condition(&ranges))?;
    }
    Ok(())
}

//! Solution and estimates → figures: every number that a reader sees is computed here, once.
//!
//! Comes in: a program, and for each of its chains what the two engines answered. Goes out: [`Figures`]. What must hold:
//! definitions are those of `docs/measures.md`; the exact value wins over the estimate; where both exist they are compared.

mod agreement;
mod answers;
mod attribution;
mod board;
mod claims;
mod dual;
mod estimate;
mod figure;
mod figures;
mod fractions;
mod kpis;
mod paths;
mod popular;
mod promises;
mod sd;
mod sequential;
mod statistics;

pub use answers::{Answered, Exactly, who};
pub use attribution::{AttributionFigures, Credit, CreditRow, Credited, Disagreement, Settings, attribution};
pub use board::QUADRANT_LIMITS;
pub use claims::claim_findings;
pub(crate) use dual::Dual;
pub use estimate::BATCHES;
pub use figures::*;
pub use fractions::{FractionOf, FractionRow, Fractions, TooManyStates, fractions};
pub use kpis::event_label;
pub use paths::{path_probability, paths_between};
pub use popular::popular_findings;
pub use promises::judged;
pub use sequential::{NORMAL_FROM, look};

use crate::chain::Chain;
use crate::model::law::nearest;
use crate::model::{Model, Program, ScenarioId, Touchpoint};
use crate::plan::{Asked, Declined, Plan, Request};
use board::Boards;

/// Whether a figure compares chains and the exact engine does not tell it: then batches are wanted of the chains that it reads.
#[must_use]
pub fn wants_batches(answered: &[Answered<'_>], request: &Request) -> bool {
    request.groups.len() > 1 && figure::exact(answered, request).is_err()
}

/// Half the width of a request's 95 % interval, relative to its value; `None` without an estimate or at 0.
#[must_use]
pub fn relative_half_width(answered: &[Answered<'_>], request: &Request) -> Option<f64> {
    let estimate = estimate::estimate(answered, request)?;
    let half = (estimate.interval.high - estimate.interval.low) / 2.0;
    Some(half / estimate.value.abs()).filter(|w| w.is_finite())
}

/// The most probable paths of a chain to the main goal, then to failure; none where a horizon may cut them.
#[must_use]
pub fn typical_paths(chain: &Chain, plan: &Plan) -> TypicalPaths {
    if plan.horizon.is_some() { TypicalPaths::default() } else { paths::typical(chain, plan.goal, &plan.failing) }
}

/// All figures of a journey. `seed`: where the luck of the simulation started, if it ran.
#[must_use]
pub fn figures(program: &Program, asked: &Asked, answered: &[Answered<'_>], seed: Option<u64>) -> Figures {
    let model = &program.base;
    let arrivals: f64 = model.arrivals.iter().map(|a| nearest(&a.number)).sum();
    let base = &answered[0];
    let boards = Boards::new(base, arrivals);
    // The paths of the chain are whole: where a horizon cuts journeys, they are not what happens.
    let whole = base.plan.horizon.is_none() || boards.declined().is_none();
    let paths = if whole { paths::typical(base.chain, base.plan.goal, &base.plan.failing) } else { TypicalPaths::default() };
    let (goals, ends) = board::reached(model, &boards);
    let standard = asked.standard.iter().map(|(what, r)| StandardFigure {
        what: *what,
        figure: figure::figure(answered, r, arrivals),
        sd: asked.spreads.iter().find(|(of, _)| of == what).map(|(_, r)| figure::figure(answered, r, arrivals)),
    });
    let switches = board::channel_switches(model, base, &boards);
    let switches = StandardFigure { what: Standard::ChannelSwitches, figure: switches, sd: None };
    let mut figures = Figures {
        method: MethodNote {
            solved: boards.declined().map_or_else(|| solved(base), Err),
            simulated: seed.and_then(|seed| simulated(base, seed)),
        },
        arrivals,
        main_goal: base.plan.goal,
        kpis: kpis::kpis(program, answered, asked, arrivals),
        hot_points: board::hot_points(model, base.plan.goal, &boards),
        stages: board::stages(model, answered, asked, &boards),
        moments: board::moments(model, answered, asked, &boards),
        flows: board::flows(base, &boards, &paths),
        goals,
        ends,
        time_to_goal: asked
            .goal_times
            .iter()
            .filter_map(|(percentile, request)| {
                let figure = figure::figure(answered, request, arrivals);
                figure.value().is_some().then_some((*percentile, figure))
            })
            .collect(),
        standard: standard.chain([switches]).filter(|s| s.figure.value().is_some()).collect(),
        personas: personas(answered, asked, arrivals, &boards),
        scenarios: scenarios(program, answered, arrivals),
        expectations: promises::expectations(program, answered, asked, arrivals),
        claims: promises::claims(program, answered, asked, arrivals),
        paths,
        attribution: None,
        campaign: None,
        agreement: Agreement::default(),
    };
    figures.agreement = agreement::agreement(program, &figures);
    figures
}

fn solved(answered: &Answered<'_>) -> Result<SolvedNote, Declined> {
    let solution = answered.solution.as_ref().map_err(|d| *d)?;
    Ok(SolvedNote {
        states: solution.states,
        branches: solution.branches,
        largest_class: solution.largest_class,
        residual: solution.residual,
        enclosure: solution.enclosure,
        rational: solution.answers.iter().any(|a| a.rational.is_some()),
    })
}

fn simulated(answered: &Answered<'_>, seed: u64) -> Option<SimulatedNote> {
    let estimates = answered.estimates.as_ref()?;
    Some(SimulatedNote { seed, customers: estimates.customers_per_persona.iter().sum(), unfinished: estimates.unfinished })
}

/// What is felt under each scenario, at the touchpoints of the journey as written.
fn scenarios(program: &Program, answered: &[Answered<'_>], arrivals: f64) -> Vec<ScenarioFigures> {
    let one = |(s, (answered, model)): (usize, (&Answered<'_>, &Model))| {
        let boards = Boards::new(answered, arrivals);
        let felt = |touchpoint: &Touchpoint| {
            let at = model.touchpoints.iter().position(|t| t.name.name == touchpoint.name.name)?;
            board::felt_at(&boards, at)
        };
        let felt_at = program.base.touchpoints.iter().map(felt).collect();
        ScenarioFigures { scenario: ScenarioId::new(s), felt_at }
    };
    answered.iter().skip(1).zip(program.scenarios.iter().map(|(_, model)| model)).enumerate().map(one).collect()
}

fn personas(answered: &[Answered<'_>], asked: &Asked, arrivals: f64, boards: &Boards<'_>) -> Vec<PersonaFigures> {
    let one = |(p, requests): (usize, &crate::plan::PersonaRequests)| {
        let of = |request: &crate::plan::Request| figure::figure(answered, request, arrivals);
        PersonaFigures {
            persona: crate::model::PersonaId::new(p),
            share: answered[0].chain.personas[p].value,
            goal: boards.persona_goal(p, answered[0].plan.goal),
            money: requests.money.each_ref().map(of),
            money_sd: requests.money_sd.each_ref().map(of),
            felt: of(&requests.felt),
            stages: boards.of_persona(p).map_or_else(Vec::new, |b| b.stages.clone()),
            felt_at: boards.of_persona(p).map_or_else(Vec::new, |b| {
                b.touchpoints.iter().map(|h| (h.feelings > 0.0).then(|| h.felt / h.feelings)).collect()
            }),
        }
    };
    asked.personas.iter().enumerate().map(one).collect()
}

//! How long the simulation takes, as a ratio to a bare walk over the same chain in the same run: machines differ, ratios less.
//!
//! 44 touchpoints, 4 personas, loops, about 13 visits a customer, lognormal and uniform times, forty questions.
//! `cargo bench --bench walk [customers]`

#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

use jalon::chain::{Branch, Carried, Chain, Entry, Flow, From, Leave, Probability, Rewards, State, Visit};
use jalon::diagnostics::Span;
use jalon::locale::Lang;
use jalon::model::law::{Distribution, Family};
use jalon::model::{
    ArrivalId, Channel, ChannelId, End, EndId, Event, Goal, GoalId, Law, Model, MoneyKind, Named, Persona, PersonaId, Place,
    Stage, StageId, Target, Touchpoint, TouchpointId,
};
use jalon::plan::{At, EventIx, Marks, Plan, Question, QuestionIx, Variable, Wants};
use jalon::simulate::{Run, simulate};
use num_rational::BigRational;
use std::time::Instant;

const TOUCHPOINTS: usize = 44;
const PERSONAS: usize = 4;
const STAGES: usize = 6;

fn main() {
    let customers = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(1_000_000_u64);
    let model = model();
    let chain = chain();
    let full = plan(&model, &chain);
    let bare_plan = Plan { questions: Vec::new(), groups: Vec::new(), ..full.clone() };
    let time = |label: &str, run: &dyn Fn() -> f64| {
        let start = Instant::now();
        let steps = run();
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{label:<38} {seconds:>7.3} s  {:>6.1} M visits/s  {steps:.2} visits a customer",
            steps * customers as f64 / seconds / 1e6
        );
        seconds
    };
    let walked =
        |plan: &Plan| simulate(&model, &chain, plan, &Run { seed: 1, customers }, &|_| ()).steps as f64 / customers as f64;
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    let bare = time("bare walk, one thread", &|| bare(&chain, customers));
    let board = time("board only, one thread", &|| one.install(|| walked(&bare_plan)));
    let all = time("board and forty questions, one thread", &|| one.install(|| walked(&full)));
    let threads = time("board and forty questions, all threads", &|| walked(&full));
    println!("ratios to the bare walk: board {:.1}, all {:.1}, on all threads {:.1}", board / bare, all / bare, threads / bare);
}

/// The least that a walk can do: a sequential generator, thresholds, a count of visits.
fn bare(chain: &Chain, customers: u64) -> f64 {
    let mut state = 1_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut cumulative: Vec<f64> = Vec::new();
    for s in 0..chain.states.len() as u32 {
        let mut sum = 0.0;
        cumulative.extend(chain.branches_of(s).iter().map(|b| {
            sum += chain.probability(b.probability);
            sum
        }));
    }
    let mut visits = vec![0_u64; chain.states.len()];
    for _ in 0..customers {
        let u = random() * chain.entries.len() as f64;
        let mut row = chain.entries[u as usize].to as usize;
        while row < chain.states.len() {
            visits[row] += 1;
            let (start, end) = (chain.first_branch[row] as usize, chain.first_branch[row + 1] as usize);
            let u = random();
            let place = cumulative[start..end - 1].iter().position(|c| u < *c).unwrap_or(end - 1 - start);
            row = chain.branches[start + place].to as usize;
        }
    }
    visits.iter().sum::<u64>() as f64 / customers as f64
}

fn fraction(up: usize, down: usize) -> BigRational {
    BigRational::new(up.into(), down.into())
}

fn constant(up: usize, down: usize) -> Law {
    Law::constant(fraction(up, down))
}

/// Twelve branches of fixed weights out of every touchpoint, back and forth; one visit in thirteen ends.
fn chain() -> Chain {
    let states = PERSONAS * TOUCHPOINTS;
    let exact = |up, down| {
        let exact = fraction(up, down);
        Probability { value: up as f64 / down as f64, exact }
    };
    let mut chain = Chain {
        states: Vec::new(),
        first_branch: vec![0],
        branches: Vec::new(),
        entries: Vec::new(),
        visits: Vec::new(),
        leaves: Vec::new(),
        probabilities: vec![exact(1, 4), exact(1, 13), exact(2, 13), exact(6, 13)],
        flows: Vec::new(),
        personas: vec![exact(1, 4); PERSONAS],
        ends: 2,
        carried: Carried::default(),
    };
    let nothing = || Rewards { costs: Vec::new(), earns: None, feel: None };
    let leave = |chain: &mut Chain, from: From, to: Target, after: Law| {
        let flow = Flow { from, to };
        let place = chain.flows.iter().position(|f| *f == flow).unwrap_or_else(|| {
            chain.flows.push(flow);
            chain.flows.len() - 1
        });
        chain.leaves.push(Leave { flow: place as u32, reaches: Vec::new(), rewards: nothing(), after });
        chain.leaves.len() as u32 - 1
    };
    for persona in 0..PERSONAS {
        for t in 0..TOUCHPOINTS {
            let id = TouchpointId::new(t);
            chain.visits.push(Visit {
                touchpoint: id,
                reaches: if t % 11 == 10 { vec![GoalId::new(t / 22)] } else { Vec::new() },
                rewards: Rewards {
                    costs: if t % 3 == 0 { vec![constant(t + 1, 20)] } else { Vec::new() },
                    earns: (t % 11 == 10).then(|| (constant(59, 1), fraction(2, 5))),
                    feel: (t % 2 == 0).then(|| Law::constant(fraction(t % 7, 1) - fraction(3, 1))),
                },
                effort: (t % 5 == 0).then(|| constant(t % 7 + 1, 1)),
                surveys: Vec::new(),
                takes: Law::of(Distribution::new(Family::Lognormal { mu: 4.0 + 0.1 * (t % 9) as f64, sigma: 0.8 })),
            });
            let visit = chain.visits.len() as u32 - 1;
            chain.states.push(State { persona: PersonaId::new(persona), touchpoint: id, memory: 0, visit });
            let next = |by: usize| (t * (persona + 3) + by) % TOUCHPOINTS;
            for (target, probability) in
                [(Some(next(1)), 3), (Some(next(7)), 2), (Some(next(19)), 2), (Some(next(30)), 1), (Some(next(40)), 1), (None, 1)]
            {
                let after = if t % 2 == 0 {
                    Law::of(Distribution::new(Family::Uniform { low: 60.0, high: 7200.0 }))
                } else {
                    Law::zero()
                };
                let end = EndId::new(usize::from(t % 4 != 0));
                let (to, aim) = match target {
                    Some(to) => ((persona * TOUCHPOINTS + to) as u32, Target::Touchpoint(TouchpointId::new(to))),
                    None => ((states + end.index()) as u32, Target::End(end)),
                };
                let leave = leave(&mut chain, From::Touchpoint(id), aim, after);
                chain.branches.push(Branch { to, probability, leave });
            }
            chain.first_branch.push(chain.branches.len() as u32);
        }
        let aim = Target::Touchpoint(TouchpointId::new(0));
        let leave = leave(&mut chain, From::Arrival(ArrivalId::new(0)), aim, Law::zero());
        let (to, persona) = ((persona * TOUCHPOINTS) as u32, PersonaId::new(persona));
        chain.entries.push(Entry { arrival: ArrivalId::new(0), persona, to, probability: 0, leave });
    }
    chain
}

/// Forty questions such as a report asks.
fn plan(model: &Model, chain: &Chain) -> Plan {
    let mut events: Vec<Event> = (0..12).map(|t| Event::Meet(Place::Touchpoint(TouchpointId::new(3 * t)))).collect();
    events.extend((0..STAGES).map(|s| Event::Meet(Place::Stage(StageId::new(s)))));
    events.extend([Event::Reach(GoalId::new(0)), Event::Reach(GoalId::new(1)), Event::Stop(EndId::new(1))]);
    let (stage, goal, end) = (|s: usize| EventIx(12 + s), EventIx(12 + STAGES), EventIx(14 + STAGES));
    let mut questions = Vec::new();
    let mut ask = |variable, among, wants| questions.push(Question { variable, among, within: None, wants });
    let hit = |from, to, before, within| Variable::Hit { from, to, before, within };
    for t in 0..12 {
        ask(hit(Some(EventIx(t)), goal, None, None), Some(EventIx(t)), Wants::Mean);
    }
    for s in 0..STAGES {
        ask(hit(None, stage(s), None, None), None, Wants::Mean);
        ask(Variable::TimeIn(stage(s)), Some(stage(s)), Wants::Distribution);
        ask(Variable::Fails(stage(s)), None, Wants::Mean);
    }
    for kind in [MoneyKind::Cost, MoneyKind::Revenue, MoneyKind::Margin] {
        ask(Variable::Money(kind, At::Anywhere), None, Wants::Spread);
    }
    ask(Variable::TimeTo(goal), Some(goal), Wants::Distribution);
    ask(Variable::Touches { of: stage(0), until: Some(goal) }, Some(goal), Wants::Distribution);
    ask(Variable::FeltSum(At::Anywhere), None, Wants::Spread);
    ask(Variable::FeltCount(At::Anywhere), None, Wants::Spread);
    ask(Variable::PeakEnd(At::Anywhere), None, Wants::Mean);
    ask(hit(Some(stage(1)), end, Some(goal), Some(86_400.0)), Some(stage(1)), Wants::Mean);
    ask(Variable::Follows { from: stage(2), to: stage(3) }, None, Wants::Mean);
    let groups =
        (0..questions.len()).map(|q| if q % 2 == 0 { vec![QuestionIx(q)] } else { vec![QuestionIx(q), QuestionIx(q - 1)] });
    Plan {
        events: events.into_iter().map(|e| Marks::new(model, chain, e)).collect(),
        groups: groups.collect(),
        questions,
        goal: Some(GoalId::new(0)),
        horizon: None,
        discount: 0.0,
        failing: vec![false, true],
        touchpoints: Vec::new(),
        stages: Vec::new(),
        moments: Vec::new(),
        goals: Vec::new(),
        ends: Vec::new(),
    }
}

fn model() -> Model {
    let named = |kind: &str, i: usize| Named { name: format!("{kind}{i}"), label: String::new(), origin: Span::default() };
    Model {
        personas: (0..PERSONAS).map(|i| Persona::new(named("persona", i))).collect(),
        channels: vec![Channel { name: named("channel", 0), presence: None, media: None, cost: None }],
        stages: (0..STAGES)
            .map(|i| Stage { name: named("stage", i), moment: None, pains: vec![], touchpoints: vec![] })
            .collect(),
        touchpoints: (0..TOUCHPOINTS)
            .map(|i| Touchpoint {
                stage: Some(StageId::new(i * STAGES / TOUCHPOINTS)),
                ..Touchpoint::new(named("touchpoint", i), ChannelId::new(0))
            })
            .collect(),
        goals: (0..2).map(|i| Goal { name: named("goal", i) }).collect(),
        ends: (0..2).map(|i| End { name: named("end", i), outcome: None }).collect(),
        ..Model::new(named("bench", 0), Lang::En)
    }
}

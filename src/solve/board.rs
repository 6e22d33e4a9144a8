//! The figures of the whole journey.

use super::amounts::Amount;
use super::meetings::meetings;
use super::moments::{Moments, Span};
use super::tally::Tally;
use super::walk::Walk;
use crate::model::MoneyKind;
use crate::plan::{At, Board, EventIx, HotPoint, PersonaBoard, Reached, Variable};

/// The board of a chain.
pub(super) fn board(walk: &Walk<'_, f64>) -> Board {
    let plan = walk.plan;
    let goal = plan.goal.map(|g| plan.goals[g.index()]);
    let mut personas: Vec<PersonaBoard> = hot_points(walk, goal)
        .into_iter()
        .zip(flows(walk))
        .map(|(touchpoints, flows)| PersonaBoard { touchpoints, flows, ..PersonaBoard::default() })
        .collect();
    for &stage in &plan.stages {
        for (persona, share) in personas.iter_mut().zip(walk.hit(stage, None)) {
            persona.stages.push(share);
        }
    }
    for &moment in &plan.moments {
        let shares = moment.map_or_else(|| vec![0.0; personas.len()], |event| walk.hit(event, None));
        for (persona, share) in personas.iter_mut().zip(shares) {
            persona.moments.push(share);
        }
    }
    let money = [Amount::Cost, Amount::Revenue, Amount::Margin].map(|amount| Tally::money(walk, amount));
    let tallies: Vec<Tally<'_, f64>> = std::iter::once(Tally::time(walk)).chain(money).collect();
    for &event in plan.goals.iter().chain(&plan.ends) {
        let is_end = walk.marks(event).end.contains(&true);
        let shares = walk.hit(event, None);
        let times = if is_end { shares.clone() } else { times(walk, event) };
        // By number, then by persona.
        let moments: Vec<Vec<Moments>> =
            tallies.iter().map(|tally| walk.moments(tally, Span::To(event)).unwrap_or_default()).collect();
        for (p, (persona, (share, times))) in personas.iter_mut().zip(shares.into_iter().zip(times)).enumerate() {
            let of = |number: usize| spread(moments[number].get(p).copied().unwrap_or_default());
            let list = if is_end { &mut persona.ends } else { &mut persona.goals };
            list.push(Reached { share, times, time: of(0), cost: of(1), revenue: of(2), margin: of(3) });
        }
    }
    Board { personas }
}

/// The board of a chain of which only what is felt is wanted.
pub(super) fn felt_alone(walk: &Walk<'_, f64>) -> Board {
    let touchpoints = walk.chain.states.iter().map(|s| s.touchpoint.index() + 1).max().unwrap_or(0);
    let mut points = vec![vec![HotPoint::default(); touchpoints]; walk.chain.personas.len()];
    let whole = walk.whole();
    feelings(walk, walk.visits(&whole), &mut points);
    Board { personas: points.into_iter().map(|touchpoints| PersonaBoard { touchpoints, ..PersonaBoard::default() }).collect() }
}

/// Adds what is felt at each touchpoint, on arriving and on leaving: the sum, and how many times.
fn feelings(walk: &Walk<'_, f64>, visits: &[f64], points: &mut [Vec<HotPoint>]) {
    let [felt, feelings] = [Amount::Felt, Amount::Feelings].map(|amount| walk.amounts(amount));
    let of = |list: &[Option<f64>], at: u32| list[at as usize].unwrap_or(0.0);
    for &s in &walk.states {
        let (state, times) = (&walk.chain.states[s as usize], visits[s as usize]);
        let point = &mut points[state.persona.index()][state.touchpoint.index()];
        point.felt += times * of(&felt.mean.visits, state.visit);
        point.feelings += times * of(&feelings.mean.visits, state.visit);
        for step in walk.steps(s) {
            let passing = times * step.weight;
            point.felt += passing * of(&felt.mean.leaves, step.leave);
            point.feelings += passing * of(&feelings.mean.leaves, step.leave);
        }
    }
}

/// Mean and standard deviation.
fn spread(moments: Moments) -> (f64, f64) {
    (moments.mean, moments.variance.unwrap_or(f64::NAN).sqrt())
}

/// Per persona: how many times an event is reached.
fn times(walk: &Walk<'_, f64>, event: EventIx) -> Vec<f64> {
    let crate::model::Event::Reach(goal) = walk.marks(event).event else {
        return vec![0.0; walk.chain.personas.len()];
    };
    let means = Tally::of(walk, &Variable::Times(goal)).and_then(|tally| walk.mean(&tally, Span::Whole));
    means.unwrap_or_default().into_iter().map(|(_, mean)| mean).collect()
}

/// Per persona: passages by flow.
fn flows(walk: &Walk<'_, f64>) -> Vec<Vec<f64>> {
    let mut flows = vec![vec![0.0; walk.chain.flows.len()]; walk.chain.personas.len()];
    let flow = |leave: u32| walk.chain.leave(leave).flow as usize;
    for (persona, step) in walk.entries() {
        flows[persona.index()][flow(step.leave)] += step.weight;
    }
    let whole = walk.whole();
    let visits = walk.visits(&whole);
    for &s in &walk.states {
        for step in walk.steps(s) {
            flows[walk.persona(s)][flow(step.leave)] += visits[s as usize] * step.weight;
        }
    }
    flows
}

/// Per persona: what happens at each touchpoint.
fn hot_points(walk: &Walk<'_, f64>, goal: Option<EventIx>) -> Vec<Vec<HotPoint>> {
    let met = meetings(walk, goal);
    let leverage = goal.map(|goal| walk.leverage(goal));
    let mut points: Vec<Vec<HotPoint>> = met.reach.iter().map(|reach| vec![HotPoint::default(); reach.len()]).collect();
    for (p, points) in points.iter_mut().enumerate() {
        for (t, point) in points.iter_mut().enumerate() {
            point.reach = met.reach[p][t];
            point.goal_before = met.goal_before[p][t];
            point.leverage = leverage.as_ref().map(|all| all[p][t]);
            point.leak_value = Some(0.0);
        }
    }
    let whole = walk.whole();
    let visits = walk.visits(&whole);
    feelings(walk, visits, &mut points);
    let [effort, efforts] = [Amount::Effort, Amount::Efforts].map(|amount| walk.amounts(amount));
    let margin = Tally::of(walk, &Variable::Money(MoneyKind::Margin, At::Anywhere));
    let to_go = margin.as_ref().and_then(|tally| walk.mean_to_go(tally));
    for &s in &walk.states {
        let (state, times) = (&walk.chain.states[s as usize], visits[s as usize]);
        let point = &mut points[state.persona.index()][state.touchpoint.index()];
        let of = |list: &[Option<f64>], at: u32| list[at as usize].unwrap_or(0.0);
        point.visits += times;
        point.effort += times * of(&effort.mean.visits, state.visit);
        point.efforts += times * of(&efforts.mean.visits, state.visit);
        let (mut failing, mut going, mut worth) = (0.0, 0.0, 0.0);
        for step in walk.steps(s) {
            if walk.fails(step.to) {
                failing += step.weight;
            } else if let (Some(tally), Some(to_go)) = (&margin, &to_go) {
                going += step.weight;
                let later = to_go.get(step.to as usize).copied().unwrap_or(0.0);
                worth += step.weight * (tally.mean(&step).unwrap_or(0.0) + later);
            }
        }
        point.leak += times * failing;
        if going > 0.0 {
            point.leak_value = point.leak_value.map(|value| value + times * failing * worth / going);
        }
    }
    points
}

//! What is kept of each path: integer counts, sums of floats, sketches.

use super::answer::Witness;
use super::estimates::Counts;
use super::happen::{Index, NEVER, Window};
use super::layout::{ANSWER, Layout, NUMBERS, PAIR};
use super::sketch::Sketch;
use super::sums::Sums;
use super::tables::{Reward, Tables};
use super::walk::Path;
use crate::model::{Model, Moment};
use crate::plan::{Plan, Wants};

/// What is known of some customers. Tallies of disjoint customers add up in any order to the same bits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tally {
    pub(super) unfinished: u64,
    pub(super) steps: u64,
    /// By persona.
    pub(super) counts: Vec<Counts>,
    /// By question and persona; empty for questions that do not want their distribution.
    pub(super) sketches: Vec<Vec<Sketch>>,
    pub(super) sums: Sums,
}

/// What is taken off values before they are summed, so that squares do not drown what varies: a typical value of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shifts {
    /// By goal, then by end.
    pub(super) reached: Vec<[f64; NUMBERS]>,
    /// By question.
    pub(super) questions: Vec<f64>,
}

/// What the tally reads of the journey and of the plan.
#[derive(Clone, Debug)]
pub(super) struct Ledger<'a> {
    plan: &'a Plan,
    tables: &'a Tables,
    pub(super) layout: &'a Layout,
    index: Index,
    /// By touchpoint: its stage and the place of its moment, or `u32::MAX`.
    stages: Vec<(u32, u32)>,
    /// The limits of time that occur, and by question which is its own.
    limits: Vec<f64>,
    limit_of: Vec<usize>,
    /// The sizes of what is counted.
    sizes: Sizes,
}

#[derive(Clone, Copy, Debug)]
struct Sizes {
    touchpoints: usize,
    stages: usize,
    flows: usize,
    reached: usize,
}

/// What a thread needs beside the path; filled anew for each customer.
#[derive(Clone, Debug)]
pub(super) struct Scratch {
    first: Vec<u32>,
    windows: Vec<Window>,
    /// By question: its value; once counted, less its shift.
    pub(super) answers: Vec<Option<f64>>,
    /// By goal, then by end, of those reached: seconds, money spent, earned, margin.
    pub(super) reached: Vec<Option<[f64; NUMBERS]>>,
    /// What each touchpoint was to him.
    met: Vec<Met>,
    /// Touchpoints met, in order of meeting.
    order: Vec<u32>,
    stages: Vec<bool>,
}

/// What a touchpoint was to one customer.
#[derive(Clone, Copy, Debug)]
struct Met {
    times: u32,
    /// The first instant.
    first: u32,
    /// Sum of the feelings.
    felt: f64,
    /// Their number.
    feelings: f64,
}

/// A touchpoint that was not met.
const NOT_MET: Met = Met { times: 0, first: NEVER, felt: 0.0, feelings: 0.0 };

impl<'a> Ledger<'a> {
    pub(super) fn new(model: &Model, flows: usize, tables: &'a Tables, plan: &'a Plan, layout: &'a Layout) -> Self {
        let place = |moment: Moment| Moment::ALL.iter().position(|m| *m == moment).unwrap_or(0) as u32;
        let stages = model.touchpoints.iter().map(|t| match t.stage {
            Some(stage) => (stage.0, model.stages[stage.index()].moment.map_or(u32::MAX, place)),
            None => (u32::MAX, u32::MAX),
        });
        let mut limits: Vec<f64> = Vec::new();
        let horizon = plan.horizon.unwrap_or(f64::INFINITY);
        let limit_of = plan.questions.iter().map(|question| {
            let limit = question.within.map_or(horizon, |within| within.min(horizon));
            limits.iter().position(|l| *l == limit).unwrap_or_else(|| {
                limits.push(limit);
                limits.len() - 1
            })
        });
        let limit_of = limit_of.collect();
        let sizes = Sizes {
            touchpoints: model.touchpoints.len(),
            stages: model.stages.len(),
            flows,
            reached: model.goals.len() + model.ends.len(),
        };
        Self { plan, tables, layout, index: Index::new(plan), stages: stages.collect(), limits, limit_of, sizes }
    }

    pub(super) fn scratch(&self) -> Scratch {
        Scratch {
            first: vec![NEVER; self.plan.events.len()],
            windows: Vec::with_capacity(self.limits.len()),
            answers: vec![None; self.plan.questions.len()],
            reached: vec![None; self.sizes.reached],
            met: vec![NOT_MET; self.sizes.touchpoints],
            order: Vec::new(),
            stages: vec![false; self.sizes.stages],
        }
    }

    /// A tally of nobody.
    pub(super) fn tally(&self) -> Tally {
        let Sizes { touchpoints, stages, flows, reached } = self.sizes;
        let points = || vec![0; touchpoints];
        let counts = Counts {
            customers: 0,
            reach: points(),
            visits: points(),
            visit_squares: points(),
            met_before_goal: points(),
            leak: points(),
            feelings: points(),
            efforts: points(),
            flows: vec![0; flows],
            stages: vec![0; stages],
            moments: vec![0; Moment::ALL.len()],
            reached: vec![0; reached],
            times: vec![0; reached],
            bases: vec![0; self.plan.questions.len()],
        };
        let sketches = self.plan.questions.iter().map(|question| {
            let wanted = question.wants == Wants::Distribution;
            if wanted { vec![Sketch::default(); self.layout.personas] } else { Vec::new() }
        });
        Tally {
            unfinished: 0,
            steps: 0,
            counts: vec![counts; self.layout.personas],
            sketches: sketches.collect(),
            sums: Sums::default(),
        }
    }

    /// Answers every question about a path.
    pub(super) fn ask(&self, path: &Path, scratch: &mut Scratch) {
        self.index.first(path, &mut scratch.first);
        scratch.windows.clear();
        scratch.windows.extend(self.limits.iter().map(|&limit| Window::new(path, limit)));
        for (q, question) in self.plan.questions.iter().enumerate() {
            let window = &scratch.windows[self.limit_of[q]];
            let witness = Witness { plan: self.plan, tables: self.tables, path, first: &scratch.first, window };
            scratch.answers[q] = witness.answer(question);
        }
    }

    /// Counts a path into a tally, and adds its floats to `sums`.
    pub(super) fn count(&self, path: &Path, shifts: &Shifts, scratch: &mut Scratch, tally: &mut Tally, sums: &mut [f64]) {
        let persona = path.persona as usize;
        let counts = &mut tally.counts[persona];
        counts.customers += 1;
        tally.steps += path.steps.len() as u64;
        tally.unfinished += u64::from(path.cut);
        self.count_visits(path, scratch, counts, sums);
        self.count_reached(path, shifts, scratch, counts, sums);
        self.ask(path, scratch);
        self.add_answers(persona, shifts, scratch, tally, sums);
        self.add_groups(persona, scratch, sums);
    }

    /// Meetings, what is felt and how much effort it takes, flows and leaks.
    fn count_visits(&self, path: &Path, scratch: &mut Scratch, counts: &mut Counts, sums: &mut [f64]) {
        let persona = path.persona as usize;
        let arrived = |k: usize| k + 1 < path.steps.len() || path.end.is_some();
        for touchpoint in scratch.order.drain(..) {
            scratch.met[touchpoint as usize] = NOT_MET;
        }
        if !path.steps.is_empty() || path.end.is_some() {
            counts.flows[self.tables.leaves[path.entry as usize].flow as usize] += 1;
        }
        for (k, step) in path.steps.iter().enumerate() {
            let touchpoint = step.touchpoint as usize;
            let met = &mut scratch.met[touchpoint];
            if met.times == 0 {
                met.first = 3 * k as u32 + 1;
                scratch.order.push(step.touchpoint);
            }
            met.times += 1;
            let at = self.layout.point(persona, touchpoint);
            let mut feel = |felt: Option<f64>| {
                if let Some(felt) = felt {
                    counts.feelings[touchpoint] += 1;
                    sums[at] += felt;
                    met.felt += felt;
                    met.feelings += 1.0;
                }
            };
            feel(step.here.felt);
            if k < path.left {
                feel(step.away.felt);
                if arrived(k) {
                    counts.flows[self.tables.leaves[step.leave as usize].flow as usize] += 1;
                }
            }
            if let Some(effort) = step.effort {
                counts.efforts[touchpoint] += 1;
                sums[at + 1] += effort;
            }
        }
        if let (Some((end, _)), Some(last)) = (path.end, path.steps.last()) {
            counts.leak[last.touchpoint as usize] += u64::from(self.plan.failing[end as usize]);
        }
        scratch.stages.fill(false);
        let mut moments = 0_u64;
        for &touchpoint in &scratch.order {
            let touchpoint = touchpoint as usize;
            let met = &scratch.met[touchpoint];
            let times = u64::from(met.times);
            if met.feelings > 0.0 {
                let at = self.layout.point(persona, touchpoint) + 2;
                sums[at] += met.felt * met.felt;
                sums[at + 1] += met.feelings * met.feelings;
                sums[at + 2] += met.felt * met.feelings;
            }
            counts.reach[touchpoint] += 1;
            counts.visits[touchpoint] += times;
            counts.visit_squares[touchpoint] += times * times;
            let (stage, moment) = self.stages[touchpoint];
            if stage != u32::MAX && !std::mem::replace(&mut scratch.stages[stage as usize], true) {
                counts.stages[stage as usize] += 1;
            }
            if moment != u32::MAX && moments & (1 << moment) == 0 {
                moments |= 1 << moment;
                counts.moments[moment as usize] += 1;
            }
        }
    }

    /// Goals and ends, with the time and the money that they took.
    fn count_reached(&self, path: &Path, shifts: &Shifts, scratch: &mut Scratch, counts: &mut Counts, sums: &mut [f64]) {
        let mut goal_at = NEVER;
        scratch.reached.fill(None);
        let mut reach = |goals: &[u32], instant: u32, time: f64, [cost, revenue, margin]: [f64; 3]| {
            for &goal in goals {
                counts.times[goal as usize] += 1;
                let first = &mut scratch.reached[goal as usize];
                if first.is_none() {
                    *first = Some([time, cost, revenue, margin]);
                    if self.plan.goal.is_some_and(|main| main.0 == goal) {
                        goal_at = instant;
                    }
                }
            }
        };
        let brings = |reward: &Reward| [reward.cost, reward.revenue, reward.margin];
        let mut money = brings(&path.incoming);
        let add = |money: &mut [f64; 3], reward: &Reward| money.iter_mut().zip(brings(reward)).for_each(|(m, more)| *m += more);
        reach(&self.tables.leaves[path.entry as usize].reaches, 0, 0.0, money);
        for (k, step) in path.steps.iter().enumerate() {
            let instant = 3 * k as u32 + 2;
            add(&mut money, &step.here);
            reach(&self.tables.visits[step.visit as usize].reaches, instant, step.arrive, money);
            if k < path.left {
                add(&mut money, &step.away);
                reach(&self.tables.leaves[step.leave as usize].reaches, instant + 1, step.depart, money);
            }
        }
        if let Some((end, time)) = path.end {
            let end = self.layout.goals + end as usize;
            counts.times[end] += 1;
            let [cost, revenue, margin] = money;
            scratch.reached[end] = Some([time, cost, revenue, margin]);
        }
        for (what, reached) in scratch.reached.iter().enumerate() {
            let Some(numbers) = reached else { continue };
            counts.reached[what] += 1;
            let at = self.layout.reached(path.persona as usize, what);
            for (place, (number, shift)) in numbers.iter().zip(&shifts.reached[what]).enumerate() {
                let number = number - shift;
                sums[at + 2 * place] += number;
                sums[at + 2 * place + 1] += number * number;
            }
        }
        if goal_at != NEVER {
            for &touchpoint in &scratch.order {
                let before = scratch.met[touchpoint as usize].first < goal_at;
                counts.met_before_goal[touchpoint as usize] += u64::from(before);
            }
        }
    }

    fn add_answers(&self, persona: usize, shifts: &Shifts, scratch: &mut Scratch, tally: &mut Tally, sums: &mut [f64]) {
        let counts = &mut tally.counts[persona];
        let start = self.layout.question(persona, 0);
        for (q, answer) in scratch.answers.iter_mut().enumerate() {
            let Some(value) = answer else { continue };
            counts.bases[q] += 1;
            if let Some(sketch) = tally.sketches[q].get_mut(persona) {
                sketch.insert(*value);
            }
            *value -= shifts.questions[q];
            if *value != 0.0 {
                sums[start + ANSWER * q] += *value;
                sums[start + ANSWER * q + 1] += *value * *value;
            }
        }
    }

    /// What two questions of a group have in common; what each has by itself is among the answers.
    fn add_groups(&self, persona: usize, scratch: &Scratch, sums: &mut [f64]) {
        for (g, group) in self.plan.groups.iter().enumerate().filter(|(_, group)| group.len() > 1) {
            let mut pairs = sums[self.layout.group(persona, g)..].chunks_exact_mut(PAIR);
            for (i, first) in group.iter().enumerate() {
                for (second, pair) in group[i + 1..].iter().zip(&mut pairs) {
                    if let (Some(x), Some(y)) = (scratch.answers[first.0], scratch.answers[second.0]) {
                        pair[0] += 1.0;
                        pair[1] += x;
                        pair[2] += y;
                        pair[3] += x * y;
                    }
                }
            }
        }
    }
}

impl Tally {
    /// The tally of these and some other customers.
    pub(super) fn plus(mut self, other: Self) -> Self {
        self.unfinished += other.unfinished;
        self.steps += other.steps;
        for (own, theirs) in self.counts.iter_mut().zip(&other.counts) {
            own.merge(theirs);
        }
        for (own, theirs) in self.sketches.iter_mut().flatten().zip(other.sketches.iter().flatten()) {
            own.merge(theirs);
        }
        self.sums.merge(other.sums);
        self
    }
}

impl Counts {
    fn merge(&mut self, other: &Self) {
        self.customers += other.customers;
        let pairs = [
            (&mut self.reach, &other.reach),
            (&mut self.visits, &other.visits),
            (&mut self.visit_squares, &other.visit_squares),
            (&mut self.met_before_goal, &other.met_before_goal),
            (&mut self.leak, &other.leak),
            (&mut self.feelings, &other.feelings),
            (&mut self.efforts, &other.efforts),
            (&mut self.flows, &other.flows),
            (&mut self.stages, &other.stages),
            (&mut self.moments, &other.moments),
            (&mut self.reached, &other.reached),
            (&mut self.times, &other.times),
            (&mut self.bases, &other.bases),
        ];
        for (own, theirs) in pairs {
            for (a, b) in own.iter_mut().zip(theirs) {
                *a += b;
            }
        }
    }
}

//! What is read off a batch of customers, and counted.

use super::additive::{Additive, Said};
use super::answer::{Witness, events, wanted};
use super::feelings::Impressions;
use super::happen::{Index, NEVER, Window};
use super::layout::{ANSWER, Layout, PAIR};
use super::marks::{Columns, Marks, Seen};
use super::path::{Path, Trails};
use super::reached::{Firsts, Landmarks};
use super::sketch::Sketch;
use super::sums::Sums;
use super::tables::Tables;
use super::tally::{Shifts, Tally};
use super::walk::{Follow, Log, with_room};
use super::{Detail, stream::Luck};
use crate::chain::Chain;
use crate::model::Model;
use crate::plan::{Plan, Variable, Wants};
use std::ops::Range;

/// What all threads read: the tables of the walk, and what is to be counted.
#[derive(Clone, Debug)]
pub(super) struct Ledger<'a> {
    pub(super) plan: &'a Plan,
    pub(super) tables: Tables,
    pub(super) layout: Layout,
    pub(super) marks: Marks,
    pub(super) detail: Detail,
    pub(super) follow: Follow,
    landmarks: Landmarks,
    additive: Additive,
    index: Index,
    /// Whether any question needs paths.
    paths: bool,
    /// The limits of time that occur in those questions, and by question which is its own.
    limits: Vec<f64>,
    limit_of: Vec<usize>,
    pub(super) flows: usize,
    touchpoints: usize,
    pub(super) stages: usize,
}

/// What a thread works with: filled anew by each batch, but for the counts that wait to be entered into a tally.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    pub(super) log: Log,
    pub(super) firsts: Firsts,
    /// By question, of the customer asked last: the number; once counted, less its shift.
    pub(super) answers: Vec<Option<f64>>,
    /// By customer.
    personas: Vec<u32>,
    seen: Seen,
    rows: Vec<f64>,
    trails: Trails,
    path: Path,
    first: Vec<u32>,
    windows: Vec<Window>,
    impressions: Impressions,
    /// By passage as steps count them, and how many of them.
    passages: Vec<u32>,
    waiting: u64,
    /// By persona.
    marks: Vec<Columns>,
    at_goal: Vec<Columns>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(model: &Model, chain: &Chain, plan: &'a Plan, detail: Detail) -> Self {
        let tables = Tables::new(chain);
        let additive = Additive::new(chain, plan, &tables);
        let on_path = |q: usize| additive.needs_path(q) && !matches!(plan.questions[q].variable, Variable::Leverage(_));
        let questions: Vec<usize> = (0..plan.questions.len()).filter(|q| on_path(*q)).collect();
        let mut limits: Vec<f64> = Vec::new();
        let horizon = plan.horizon.unwrap_or(f64::INFINITY);
        let mut limit_of = vec![0; plan.questions.len()];
        for &q in &questions {
            let limit = plan.questions[q].within.map_or(horizon, |within| within.min(horizon));
            limit_of[q] = limits.iter().position(|l| *l == limit).unwrap_or_else(|| {
                limits.push(limit);
                limits.len() - 1
            });
        }
        let timed = |q: &usize| match plan.questions[*q].variable {
            Variable::TimeTo(_) | Variable::TimeIn(_) | Variable::Money(..) | Variable::Hit { within: Some(_), .. } => true,
            _ => plan.questions[*q].within.is_some(),
        };
        let timed = detail.time || plan.horizon.is_some() || additive.timed() || questions.iter().any(timed);
        let spoken_of = questions.iter().flat_map(|q| events(&plan.questions[*q])).collect();
        Self {
            plan,
            layout: Layout::new(model, plan),
            marks: Marks::new(model, plan, &tables, detail.reach),
            detail,
            follow: Follow { timed, horizon: plan.horizon.map_or(f64::INFINITY, with_room) },
            landmarks: Landmarks::new(&tables, model.goals.len(), model.ends.len(), detail.money),
            additive,
            index: Index::new(plan, &spoken_of),
            paths: !questions.is_empty(),
            limits,
            limit_of,
            touchpoints: model.touchpoints.len(),
            stages: model.stages.len(),
            flows: chain.flows.len(),
            tables,
        }
    }

    pub(super) fn desk(&self) -> Desk {
        let columns = || vec![Columns::new(self.marks.words); self.layout.personas];
        Desk {
            log: Log::default(),
            firsts: Firsts::default(),
            answers: vec![None; self.plan.questions.len()],
            personas: Vec::new(),
            seen: Seen::default(),
            rows: Vec::new(),
            trails: Trails::default(),
            path: Path::new(),
            first: vec![NEVER; self.plan.events.len()],
            windows: Vec::with_capacity(self.limits.len()),
            impressions: Impressions::new(self.touchpoints),
            passages: vec![0; 2 * self.tables.to.len()],
            waiting: 0,
            marks: columns(),
            at_goal: columns(),
        }
    }

    /// A tally of nobody.
    pub(super) fn tally(&self) -> Tally {
        let personas = self.layout.personas;
        let sketches = self.plan.questions.iter().map(|question| {
            let wanted = question.wants == Wants::Distribution;
            if wanted { vec![Sketch::default(); personas] } else { Vec::new() }
        });
        Tally {
            unfinished: 0,
            passages: vec![0; 2 * self.tables.to.len()],
            marks: vec![vec![0; 64 * self.marks.words]; personas],
            at_goal: vec![vec![0; 64 * self.marks.words]; personas],
            squares: vec![vec![0; self.touchpoints]; personas],
            bases: vec![vec![0; self.plan.questions.len()]; personas],
            sketches: sketches.collect(),
            sums: Sums::default(),
        }
    }

    /// How many goals and ends there are.
    pub(super) fn landmarks(&self) -> usize {
        self.landmarks.all
    }

    /// Follows some customers, and reads what can be read of all of them together.
    pub(super) fn follow(&self, desk: &mut Desk, luck: Luck, customers: Range<u64>) {
        desk.log.walk(&self.tables, luck, customers, self.follow);
        desk.personas.resize(desk.log.streams.len(), 0);
        for step in desk.log.ways_in() {
            let (passage, _) = self.tables.passage(step.passage);
            desk.personas[step.who as usize] = self.tables.entry(passage).map_or(0, |entry| entry.persona);
        }
        self.marks.read(&desk.log, &mut desk.seen);
        self.additive.read(&self.tables, &desk.log, &mut desk.rows);
        if self.detail.money || self.detail.time {
            self.landmarks.read(&self.tables, &desk.log, &mut desk.firsts);
        }
        if self.paths || self.detail.felt {
            desk.trails.sort(&desk.log);
        }
    }

    /// Answers every question about a customer who was followed.
    pub(super) fn ask(&self, desk: &mut Desk, who: usize) {
        let row = &desk.rows[who * self.additive.columns..][..self.additive.columns];
        let mut read = false;
        for (q, question) in self.plan.questions.iter().enumerate() {
            desk.answers[q] = match self.additive.answer(q, row) {
                Said::NotHis => None,
                Said::Number(value) => Some(wanted(question, value)),
                Said::OnPath if !self.paths => None,
                Said::OnPath => {
                    let path = &mut desk.path;
                    if !read {
                        path.read(&self.tables, &desk.log, &desk.trails, who);
                        self.index.first(path, &mut desk.first);
                        desk.windows.clear();
                        desk.windows.extend(self.limits.iter().map(|&limit| Window::new(path, limit)));
                        read = true;
                    }
                    let window = &desk.windows[self.limit_of[q]];
                    let witness = Witness { plan: self.plan, tables: &self.tables, path, first: &desk.first, window };
                    witness.answer(question)
                }
            };
        }
    }

    /// Counts those who were followed; their floats are added to `sums`.
    pub(super) fn count(&self, desk: &mut Desk, shifts: &Shifts, tally: &mut Tally, sums: &mut [f64]) {
        tally.unfinished += desk.log.cut;
        self.count_passages(desk, tally);
        if self.detail.money || self.detail.time {
            self.add_firsts(desk, shifts, sums);
        }
        for who in 0..desk.log.streams.len() {
            let persona = desk.personas[who] as usize;
            desk.marks[persona].add(desk.seen.marks(who));
            if self.detail.reach && desk.seen.at_goal(who).iter().any(|word| *word != 0) {
                desk.at_goal[persona].add(desk.seen.at_goal(who));
            }
            if self.detail.felt {
                let squares = &mut tally.squares[persona];
                let place = (&self.layout, persona, &mut *sums);
                desk.impressions.count((&self.tables, &desk.log), (&desk.trails, who), squares, place);
            }
            if !self.plan.questions.is_empty() {
                self.ask(desk, who);
                self.add_answers(persona, shifts, &mut desk.answers, tally, sums);
                self.add_groups(persona, &desk.answers, sums);
            }
        }
    }

    /// Counts passages in 32 bits, which fit into the nearest cache, for as long as those cannot overflow.
    fn count_passages(&self, desk: &mut Desk, tally: &mut Tally) {
        let more = desk.log.steps.len() as u64;
        if desk.waiting + more > u64::from(u32::MAX) {
            self.enter(desk, tally);
        }
        desk.waiting += more;
        for step in &desk.log.steps {
            desk.passages[step.passage as usize] += 1;
        }
    }

    /// Enters the counts that wait.
    pub(super) fn enter(&self, desk: &mut Desk, tally: &mut Tally) {
        desk.waiting = 0;
        for (sum, count) in tally.passages.iter_mut().zip(&mut desk.passages) {
            *sum += u64::from(std::mem::take(count));
        }
        for (sums, columns) in [(&mut tally.marks, &mut desk.marks), (&mut tally.at_goal, &mut desk.at_goal)] {
            for (sums, columns) in sums.iter_mut().zip(columns) {
                columns.drain(sums);
            }
        }
    }

    fn add_firsts(&self, desk: &Desk, shifts: &Shifts, sums: &mut [f64]) {
        for first in &desk.firsts.list {
            let at = self.layout.reached(desk.personas[first.who as usize] as usize, first.what as usize);
            let numbers = first.numbers().into_iter().zip(&shifts.reached[first.what as usize]);
            for (sum, (number, shift)) in sums[at..].chunks_exact_mut(2).zip(numbers) {
                let number = number - shift;
                sum[0] += number;
                sum[1] += number * number;
            }
        }
    }

    fn add_answers(&self, persona: usize, shifts: &Shifts, answers: &mut [Option<f64>], tally: &mut Tally, sums: &mut [f64]) {
        let bases = &mut tally.bases[persona];
        let start = self.layout.question(persona, 0);
        for (q, answer) in answers.iter_mut().enumerate() {
            let Some(value) = answer else { continue };
            bases[q] += 1;
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
    fn add_groups(&self, persona: usize, answers: &[Option<f64>], sums: &mut [f64]) {
        for (g, group) in self.plan.groups.iter().enumerate().filter(|(_, group)| group.len() > 1) {
            let mut pairs = sums[self.layout.group(persona, g)..].chunks_exact_mut(PAIR);
            for (i, first) in group.iter().enumerate() {
                for (second, pair) in group[i + 1..].iter().zip(&mut pairs) {
                    if let (Some(x), Some(y)) = (answers[first.0], answers[second.0]) {
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

//! What is read off a batch of customers, and counted.

use super::additive::{Additive, NOT_HIS};
use super::answer::{Witness, events, wanted};
use super::effects::{Effects, Standing};
use super::feelings::Impressions;
use super::happen::{Index, NEVER, Window};
use super::layout::{Layout, NUMBERS, PAIR};
use super::marks::{Columns, Numbers};
use super::path::{Path, Trails};
use super::reached::{Firsts, Landmarks, Reading};
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
    /// The numbers of marks, and how many words they take.
    pub(super) numbers: Numbers,
    words: usize,
    effects: Effects,
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
    /// By question, then by customer of those asked last: the number, [`NOT_HIS`] if it is not about him; once counted, less its
    /// shift.
    pub(super) answers: Vec<f64>,
    /// By customer.
    personas: Vec<u32>,
    /// The customers of a block, persona after persona; where each persona ends.
    order: Vec<u32>,
    ends: Vec<usize>,
    standing: Standing,
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

/// Customers who are asked together.
pub(super) const BLOCK: usize = 512;

impl<'a> Ledger<'a> {
    pub(super) fn new(model: &Model, chain: &Chain, plan: &'a Plan, detail: Detail) -> Self {
        let mut tables = Tables::new(chain);
        let (goals, numbers) = (model.goals.len(), Numbers::new(model, detail.reach));
        let additive = Additive::new(chain, plan, &tables, detail.money, (goals, numbers.touchpoints));
        let steps = 0..2 * tables.to.len() as u32;
        let passages = steps.map(|step| (numbers.of_passage(model, &tables, step), additive.certain(&tables, step)));
        let effects = Effects::new(numbers.words(), passages);
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
        let landmarks = Landmarks::new(plan, &tables, numbers, detail, &additive);
        tables.mark(|passage| landmarks.is_event(passage));
        Self {
            plan,
            layout: Layout::new(model, plan),
            numbers,
            words: numbers.words(),
            effects,
            detail,
            follow: Follow { timed, since: additive.since(), horizon: plan.horizon.map_or(f64::INFINITY, with_room) },
            landmarks,
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
        let columns = || vec![Columns::new(self.words); self.layout.personas];
        Desk {
            log: Log::default(),
            firsts: Firsts::default(),
            answers: Vec::new(),
            personas: Vec::new(),
            order: Vec::new(),
            ends: Vec::new(),
            standing: Standing::default(),
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
            marks: vec![vec![0; 64 * self.words]; personas],
            at_goal: vec![vec![0; 64 * self.words]; personas],
            squares: vec![vec![0; self.touchpoints]; personas],
            bases: vec![vec![0; self.plan.questions.len()]; personas],
            sketches: sketches.collect(),
            sums: Sums::default(),
        }
    }

    /// Whether nothing is kept of a customer but which goals he reached.
    pub(super) fn counts_only(&self) -> bool {
        self.detail == Detail::COUNTS && self.plan.questions.is_empty()
    }

    /// How many goals and ends there are.
    pub(super) fn landmarks(&self) -> usize {
        self.landmarks.all
    }

    /// Follows some customers, and reads what can be read of all of them together.
    pub(super) fn follow(&self, desk: &mut Desk, luck: Luck, customers: Range<u64>) {
        desk.log.walk(&self.tables, luck, customers, self.follow);
        desk.personas.resize(desk.log.streams.len(), 0);
        // Everybody comes in once, in the order of his number, even who then comes to nothing in time.
        let (passages, entries) = (self.tables.to.len(), &self.tables.entries[..]);
        for (persona, step) in desk.personas.iter_mut().zip(desk.log.ways_in()) {
            let passage = step.passage as usize;
            let passage = if passage < passages { passage } else { passage - passages };
            *persona = entries[passage + entries.len() - passages].persona;
        }
        desk.standing.clear(self.tables.lanes, desk.log.streams.len(), self.words, self.additive.more);
        let reading = Reading { tables: &self.tables, effects: &self.effects, additive: &self.additive };
        let before = (&desk.personas[..], &mut desk.at_goal[..]);
        let counts = (&mut desk.standing, &mut desk.firsts, &mut desk.passages[..]);
        self.landmarks.read(reading, &desk.log, counts, before);
        self.additive.read(&self.tables, &desk.log, &mut desk.standing);
        if self.paths || self.detail.felt {
            desk.trails.sort(&desk.log);
        }
    }

    /// Answers every question about some customers who were followed.
    pub(super) fn ask(&self, desk: &mut Desk, block: Range<usize>) {
        let width = block.len();
        desk.answers.resize(self.plan.questions.len() * width, NOT_HIS);
        for ((q, question), answers) in self.plan.questions.iter().enumerate().zip(desk.answers.chunks_exact_mut(width)) {
            self.additive.answer(q, &desk.standing, block.clone(), answers);
            if let Wants::Share(..) = question.wants {
                answers.iter_mut().filter(|answer| !answer.is_nan()).for_each(|answer| *answer = wanted(question, *answer));
            }
        }
        if self.paths {
            for who in block.clone() {
                self.ask_path(desk, who, width, who - block.start);
            }
        }
    }

    /// Answers the questions about a customer that only his path tells.
    fn ask_path(&self, desk: &mut Desk, who: usize, width: usize, place: usize) {
        let mut read = false;
        for (q, question) in self.plan.questions.iter().enumerate().filter(|(q, _)| self.additive.needs_path(*q)) {
            let answer = &mut desk.answers[q * width + place];
            if !self.additive.is_about(q, &desk.standing, who) {
                continue;
            }
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
            *answer = witness.answer(question).unwrap_or(NOT_HIS);
        }
    }

    /// Counts those who were followed; their floats are added to `sums`.
    pub(super) fn count(&self, desk: &mut Desk, shifts: &Shifts, tally: &mut Tally, sums: &mut [f64]) {
        tally.unfinished += desk.log.cut;
        desk.waiting += desk.log.steps.len() as u64;
        if desk.waiting > u64::from(u32::MAX / 2) {
            self.enter(desk, tally);
        }
        if self.detail.money || self.detail.time {
            self.add_firsts(desk, shifts, sums);
        }
        let customers = desk.log.streams.len();
        for start in (0..customers).step_by(BLOCK) {
            let block = start..customers.min(start + BLOCK);
            self.sort(desk, block.clone());
            self.count_marks(desk);
            if !self.plan.questions.is_empty() {
                self.ask(desk, block.clone());
                self.add_answers(desk, block.clone(), shifts, tally, sums);
                self.add_groups(desk, block.clone(), sums);
            }
            if self.detail.felt {
                for who in block {
                    let persona = desk.personas[who] as usize;
                    let squares = &mut tally.squares[persona];
                    let place = (&self.layout, persona, &mut *sums);
                    desk.impressions.count((&self.tables, &desk.log), (&desk.trails, who), squares, place);
                }
            }
        }
    }

    /// Puts the customers of a block in the order of their personas.
    fn sort(&self, desk: &mut Desk, block: Range<usize>) {
        desk.ends.clear();
        desk.ends.resize(self.layout.personas + 1, 0);
        let personas = &desk.personas[block.clone()];
        for persona in personas {
            desk.ends[*persona as usize + 1] += 1;
        }
        for persona in 1..desk.ends.len() {
            desk.ends[persona] += desk.ends[persona - 1];
        }
        desk.order.resize(block.len(), 0);
        for (who, persona) in (block.start as u32..).zip(personas) {
            let next = &mut desk.ends[*persona as usize];
            desk.order[*next] = who;
            *next += 1;
        }
    }

    fn count_marks(&self, desk: &mut Desk) {
        let mut start = 0;
        for (columns, end) in desk.marks.iter_mut().zip(&desk.ends) {
            for who in &desk.order[start..*end] {
                columns.add(desk.standing.marks(*who as usize));
            }
            start = *end;
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
            let (numbers, shifts) = (first.numbers(), &shifts.reached[first.what as usize]);
            let sums = &mut sums[at..][..2 * NUMBERS];
            for k in 0..NUMBERS {
                let number = numbers[k] - shifts[k];
                sums[2 * k] += number;
                sums[2 * k + 1] += number * number;
            }
        }
    }

    /// Adds up the answers of a block, and takes the shift of its question off each.
    fn add_answers(&self, desk: &mut Desk, block: Range<usize>, shifts: &Shifts, tally: &mut Tally, sums: &mut [f64]) {
        for (q, answers) in desk.answers.chunks_exact_mut(block.len()).enumerate() {
            let (shift, mut start) = (shifts.questions[q], 0);
            for (persona, end) in (0..self.layout.personas).zip(&desk.ends) {
                let at = self.layout.question(persona, q);
                let mut sketch = tally.sketches[q].get_mut(persona);
                let (mut base, mut sum, mut squares) = (0, sums[at], sums[at + 1]);
                for who in &desk.order[start..*end] {
                    let value = &mut answers[*who as usize - block.start];
                    if value.is_nan() {
                        continue;
                    }
                    base += 1;
                    if let Some(sketch) = &mut sketch {
                        sketch.insert(*value);
                    }
                    *value -= shift;
                    sum += *value;
                    squares += *value * *value;
                }
                (tally.bases[persona][q], sums[at], sums[at + 1]) = (tally.bases[persona][q] + base, sum, squares);
                start = *end;
            }
        }
    }

    /// What two questions of a group have in common; what each has by itself is among the answers.
    fn add_groups(&self, desk: &Desk, block: Range<usize>, sums: &mut [f64]) {
        let of = |q: crate::plan::QuestionIx| &desk.answers[q.0 * block.len()..][..block.len()];
        for (g, group) in self.plan.groups.iter().enumerate().filter(|(_, group)| group.len() > 1) {
            let mut start = 0;
            for (persona, end) in (0..self.layout.personas).zip(&desk.ends) {
                let mut pairs = sums[self.layout.group(persona, g)..].chunks_exact_mut(PAIR);
                for (i, first) in group.iter().enumerate() {
                    for (second, pair) in group[i + 1..].iter().zip(&mut pairs) {
                        let (first, second) = (of(*first), of(*second));
                        let mut sum = [pair[0], pair[1], pair[2], pair[3]];
                        for who in &desk.order[start..*end] {
                            let (x, y) = (first[*who as usize - block.start], second[*who as usize - block.start]);
                            if !x.is_nan() && !y.is_nan() {
                                sum = [sum[0] + 1.0, sum[1] + x, sum[2] + y, sum[3] + x * y];
                            }
                        }
                        pair.copy_from_slice(&sum);
                    }
                }
                start = *end;
            }
        }
    }
}

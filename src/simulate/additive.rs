//! Questions whose answers are sums over what happens on the way.
//!
//! Most are: money, feelings, answers to surveys, visits, time spent; and whether something happens is how many times, up to
//! one. What is added depends on how a place is left and on what is met next, so it is worked out once for each of those.

use super::effects::{DENSE, Standing};
use super::parts::{Lists, Share, Sources, Sum, add_leaving, add_meeting};
use super::tables::Tables;
use super::walk::{Log, Step};
use crate::chain::Chain;
use crate::model::{Event, MoneyKind};
use crate::plan::{At, EventIx, Plan, Question, Variable, compares};
use crate::syntax::tree::Comparison;
use std::collections::HashMap;

/// How a question is answered, from columns of sums or by reading the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Sum(u32),
    /// 1 if the sum is above 0.
    Any(u32),
    /// 1 if the mean feeling is high enough: the sum and the number of feelings.
    Satisfied(u32, u32),
    Path,
}

/// What stands for the number of a customer whom a question is not about.
pub(super) const NOT_HIS: f64 = f64::NAN;

fn one(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// The column of what was spent on a customer, where money is wanted; what was earned and what is margin follow it.
pub(super) const MONEY: usize = 0;
const MONEYS: [Sum; 3] = [
    Sum::Money(MoneyKind::Cost, At::Anywhere),
    Sum::Money(MoneyKind::Revenue, At::Anywhere),
    Sum::Money(MoneyKind::Margin, At::Anywhere),
];
/// The column of a goal or an end whose time nobody asks for.
const NONE: u32 = u32::MAX;

/// What all passages of a kind add: values, and perhaps parts.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    end: u32,
    /// Its lists among those of leaving and of meeting.
    leaving: u32,
    meeting: u32,
    /// Whether those have parts.
    parts: bool,
}

/// The columns that questions need, and how to fill them. The first [`DENSE`] of them are filled as [`Standing`] is, the others
/// from lists of those that a passage adds to.
#[derive(Clone, Debug)]
pub(super) struct Additive {
    /// Columns beyond the first.
    pub(super) more: usize,
    /// By question: how it is answered, and which column is above 0 for those it is about, unless it is about all.
    ways: Vec<(Way, Option<u32>)>,
    dense: Adding,
    sparse: Adding,
    /// Of the columns beyond the first, by passage as steps count them: its kind.
    kinds: Box<[u32]>,
    /// By kind.
    spans: Vec<Span>,
    /// What kinds add.
    values: Vec<(u32, f64)>,
    /// By goal, then by end: the column of its time.
    times: Vec<u32>,
    discount: f64,
}

/// What leaving something and meeting something add to some columns.
#[derive(Clone, Debug)]
struct Adding {
    /// By leave, with what follows from arriving; then by leave, without.
    leaving: Lists,
    /// By visit, then by end, then for who does not arrive.
    meeting: Lists,
    leaves: u32,
    visits: u32,
    nothing: u32,
    /// Columns before this are drawn elsewhere.
    from: u32,
}

impl Adding {
    fn new(chain: &Chain, sources: Sources<'_>, sums: &[Sum], from: u32) -> Self {
        let (mut leaving, mut meeting) = (Lists::new(), Lists::new());
        for (arrives, leave) in [true, false].into_iter().flat_map(|arrives| (0..chain.leaves.len()).map(move |l| (arrives, l))) {
            (0..).zip(sums).for_each(|(column, sum)| sum.on_leaving(column, sources, leave, arrives, &mut leaving));
            leaving.close();
        }
        for visit in 0..chain.visits.len() {
            (0..).zip(sums).for_each(|(column, sum)| sum.on_meeting(column, sources, visit, &mut meeting));
            meeting.close();
        }
        for end in 0..chain.ends {
            for (column, sum) in (0..).zip(sums) {
                if matches!(sum, Sum::Instants(event) if sources.plan.events[event.0].end[end]) {
                    meeting.value(column, 1.0);
                }
            }
            meeting.close();
        }
        meeting.close();
        let (leaves, visits) = (chain.leaves.len() as u32, chain.visits.len() as u32);
        Self { leaving, meeting, leaves, visits, nothing: visits + chain.ends as u32, from }
    }

    /// The lists of a passage as steps count them: of leaving, and of meeting.
    fn lists(&self, tables: &Tables, step: u32) -> (u32, u32) {
        let (passage, arrives) = tables.passage(step);
        let leave = tables.ways[passage as usize].leave;
        let (_, to) = tables.met_by(step);
        let met = to.state.map(|(state, _)| state.visit).or(to.end.map(|end| self.visits + end));
        (if arrives { leave } else { self.leaves + leave }, met.unwrap_or(self.nothing))
    }

    /// Parts stand in the order of their columns.
    fn drawn_here<'a>(&self, parts: &'a [Share]) -> &'a [Share] {
        let elsewhere = if self.from == 0 { 0 } else { parts.partition_point(|(column, _)| *column < self.from) };
        &parts[elsewhere..]
    }

    /// Whether a passage draws any number here.
    fn draws(&self, tables: &Tables, step: u32) -> bool {
        let (leave, met) = self.lists(tables, step);
        let lists = [self.leaving.of(leave), self.meeting.of(met)];
        lists.into_iter().any(|(_, parts)| !self.drawn_here(parts).is_empty())
    }

    /// Adds the parts of some lists for a step of a log.
    fn draw(
        &self,
        (leaving, meeting): (u32, u32),
        (tables, discount): (&Tables, f64),
        log: &Log,
        at: (u64, usize),
        row: &mut [f64],
    ) {
        let (number, place) = at;
        let Step { who, passage } = log.steps[place];
        let (stream, times) = (log.streams[who as usize], log.times(place));
        let left = self.drawn_here(self.leaving.of(leaving).1);
        if !left.is_empty() {
            add_leaving(row, left, (&tables.met_by(passage).0.rewards, discount), (stream, number), times);
        }
        let here = self.drawn_here(self.meeting.of(meeting).1);
        if let Some(state) = tables.to.get(passage as usize).and_then(|to| tables.state(*to)).filter(|_| !here.is_empty()) {
            let visit = &tables.visits[state.visit as usize];
            add_meeting(row, here, (visit, discount), (stream, number + 1), times.arrive);
        }
    }
}

impl Additive {
    /// `priced`: with the money of every customer, question or not. `landmarks`: how many goals and ends there are.
    pub(super) fn new(chain: &Chain, plan: &Plan, tables: &Tables, priced: bool, (goals, landmarks): (usize, usize)) -> Self {
        let mut sums: Vec<Sum> = if priced { MONEYS.to_vec() } else { Vec::new() };
        let mut column = |sum: Sum| {
            let known = sums.iter().position(|known| *known == sum);
            known.unwrap_or_else(|| {
                sums.push(sum);
                sums.len() - 1
            }) as u32
        };
        let ways = plan.questions.iter().map(|question| way(plan, goals, question, &mut column)).collect();
        let mut times = vec![NONE; landmarks];
        for (column, sum) in (0..).zip(&sums) {
            if let Sum::Time(what) = sum {
                times[*what as usize] = column;
            }
        }
        let sources = Sources { chain, plan, tables };
        let (first, others) = sums.split_at(sums.len().min(DENSE));
        let money = if priced { MONEYS.len() as u32 } else { 0 };
        let (dense, sparse) = (Adding::new(chain, sources, first, money), Adding::new(chain, sources, others, 0));
        let (mut known, mut spans, mut values) = (HashMap::new(), Vec::new(), Vec::new());
        let kinds = (0..2 * tables.to.len() as u32).map(|step| {
            let (leave, met) = sparse.lists(tables, step);
            *known.entry((leave, met)).or_insert_with(|| {
                let (left, here) = (sparse.leaving.of(leave), sparse.meeting.of(met));
                let start = values.len() as u32;
                values.extend(left.0.iter().chain(here.0));
                let parts = !left.1.is_empty() || !here.1.is_empty();
                spans.push(Span { start, end: values.len() as u32, leaving: leave, meeting: met, parts });
                spans.len() as u32 - 1
            })
        });
        let kinds = if others.is_empty() { Box::default() } else { kinds.collect() };
        Self { more: others.len(), ways, dense, sparse, kinds, spans, values, times, discount: plan.discount }
    }

    /// Whether any sum needs times.
    pub(super) fn timed(&self) -> bool {
        let lists = [&self.dense, &self.sparse].into_iter().flat_map(|adding| [&adding.leaving, &adding.meeting]);
        self.times.iter().any(|column| *column != NONE) || lists.into_iter().any(|list| list.timed(self.discount))
    }

    /// Whether any sum needs to know when visits began.
    pub(super) fn since(&self) -> bool {
        self.dense.leaving.since() || self.sparse.leaving.since()
    }

    /// Whether passages add anything to the first columns.
    pub(super) fn valued(&self) -> bool {
        !self.dense.leaving.is_empty() || !self.dense.meeting.is_empty()
    }

    /// Whether events add anything to any column.
    pub(super) fn eventful(&self) -> bool {
        self.times.iter().any(|column| *column != NONE) || self.dense.leaving.has_parts() || self.dense.meeting.has_parts()
    }

    /// Whether anybody asks when an end was reached; ends come after so many goals.
    pub(super) fn times_ends(&self, goals: usize) -> bool {
        self.times[goals..].iter().any(|column| *column != NONE)
    }

    /// What a passage adds to the first columns for certain.
    pub(super) fn certain(&self, tables: &Tables, step: u32) -> [f64; DENSE] {
        let (leave, met) = self.dense.lists(tables, step);
        let mut row = [0.0; DENSE];
        for (column, value) in self.dense.leaving.of(leave).0.iter().chain(self.dense.meeting.of(met).0) {
            row[*column as usize] += value;
        }
        row
    }

    /// Whether a passage adds to the first columns what is drawn, the money of every customer aside.
    pub(super) fn draws(&self, tables: &Tables, step: u32) -> bool {
        self.dense.draws(tables, step)
    }

    /// The lists of the first columns of a passage.
    pub(super) fn lists(&self, tables: &Tables, step: u32) -> (u32, u32) {
        self.dense.lists(tables, step)
    }

    /// Adds to the first columns what a step of a log draws by its lists, but for the money of every customer.
    pub(super) fn draw(&self, lists: (u32, u32), tables: &Tables, log: &Log, (number, place): (u64, usize), row: &mut [f64]) {
        self.dense.draw(lists, (tables, self.discount), log, (number, place), row);
    }

    /// Notes when a customer reached something, if anybody asks.
    #[inline]
    pub(super) fn reach(&self, what: u32, who: usize, time: f64, standing: &mut Standing) {
        let column = self.times[what as usize];
        if column != NONE {
            *standing.column(who, column as usize, self.more) = time;
        }
    }

    /// What the columns of some customers say about a question; [`NOT_HIS`] for those it is not about, and where only their paths
    /// tell.
    pub(super) fn answer(&self, question: usize, standing: &Standing, customers: std::ops::Range<usize>, answers: &mut [f64]) {
        let (way, base) = self.ways[question];
        let of = |who: usize, column: u32| standing.number(who, column as usize, self.more);
        let all = answers.iter_mut().zip(customers.clone());
        match way {
            Way::Sum(column) if (column as usize) < DENSE => {
                for (answer, line) in answers.iter_mut().zip(&standing.lines[customers.clone()]) {
                    *answer = line.values[column as usize % DENSE];
                }
            }
            Way::Sum(column) => all.for_each(|(answer, who)| *answer = of(who, column)),
            Way::Any(column) => all.for_each(|(answer, who)| *answer = one(of(who, column) > 0.0)),
            Way::Satisfied(sum, count) => all.for_each(|(answer, who)| {
                let (sum, count) = (of(who, sum), of(who, count));
                *answer = one(count > 0.0 && compares(sum / count, Comparison::AtLeast, 1.0));
            }),
            Way::Path => answers.fill(NOT_HIS),
        }
        if let Some(base) = base {
            for (answer, who) in answers.iter_mut().zip(customers) {
                if of(who, base) == 0.0 {
                    *answer = NOT_HIS;
                }
            }
        }
    }

    /// Whether a question is about a customer, as far as columns tell.
    pub(super) fn is_about(&self, question: usize, standing: &Standing, who: usize) -> bool {
        self.ways[question].1.is_none_or(|base| standing.number(who, base as usize, self.more) != 0.0)
    }

    /// Whether a question needs paths.
    pub(super) fn needs_path(&self, question: usize) -> bool {
        self.ways[question].0 == Way::Path
    }

    /// Adds up a log in the columns beyond the first.
    pub(super) fn read(&self, tables: &Tables, log: &Log, standing: &mut Standing) {
        if self.more == 0 {
            return;
        }
        for (number, wave) in log.waves() {
            for place in wave {
                let step = log.steps[place];
                let row = &mut standing.rows[step.who as usize * self.more..][..self.more];
                let span = self.spans[self.kinds[step.passage as usize] as usize];
                for (column, value) in &self.values[span.start as usize..span.end as usize] {
                    row[*column as usize] += value;
                }
                if span.parts {
                    self.sparse.draw((span.leaving, span.meeting), (tables, self.discount), log, (number, place), row);
                }
            }
        }
    }
}

/// How to answer a question, and the column of whom it is about.
fn way(plan: &Plan, goals: usize, question: &Question, column: &mut impl FnMut(Sum) -> u32) -> (Way, Option<u32>) {
    if question.within.is_some() {
        return (Way::Path, None);
    }
    let landmark = |event: EventIx| match plan.events[event.0].event {
        Event::Reach(goal) => Some(goal.0),
        Event::Stop(end) => Some(goals as u32 + end.0),
        Event::Meet(_) => None,
    };
    let way = match question.variable {
        Variable::TimeTo(event) if landmark(event).is_some() => Way::Sum(column(Sum::Time(landmark(event).unwrap_or_default()))),
        Variable::Hit { from: None, to, before: None, within: None } => Way::Any(column(Sum::Instants(to))),
        Variable::Touches { of, until: None } => Way::Sum(column(Sum::Visits(of))),
        Variable::Times(goal) => Way::Sum(column(Sum::Goal(goal.0))),
        Variable::Follows { from, to } if !matches!(plan.events[to.0].event, Event::Reach(_)) => {
            Way::Sum(column(Sum::Follows(from, to)))
        }
        // A visit that the horizon cuts short is left by no passage.
        Variable::TimeIn(event) if plan.horizon.is_none() => Way::Sum(column(Sum::Inside(event))),
        Variable::Money(kind, at) => Way::Sum(column(Sum::Money(kind, at))),
        Variable::FeltSum(at) => Way::Sum(column(Sum::Felt(at))),
        Variable::FeltCount(at) => Way::Sum(column(Sum::Feelings(at))),
        Variable::EffortSum(at) => Way::Sum(column(Sum::Effort(at))),
        Variable::EffortCount(at) => Way::Sum(column(Sum::Efforts(at))),
        Variable::ScoreSum(survey, at) => Way::Sum(column(Sum::Score(survey, at))),
        Variable::ScoreCount(survey, at) => Way::Sum(column(Sum::Scores(survey, at))),
        Variable::Satisfied(at) => Way::Satisfied(column(Sum::Felt(at)), column(Sum::Feelings(at))),
        Variable::Feels(at) => Way::Any(column(Sum::Feelings(at))),
        Variable::Fails(event) => Way::Sum(column(Sum::Fails(event))),
        Variable::Hit { .. }
        | Variable::Touches { .. }
        | Variable::Follows { .. }
        | Variable::TimeTo(_)
        | Variable::TimeIn(_)
        | Variable::PeakEnd(_)
        | Variable::Leverage(_) => Way::Path,
    };
    (way, question.among.map(|event| column(Sum::Instants(event))))
}

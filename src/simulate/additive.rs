//! Questions whose answers are sums over what happens on the way.
//!
//! Most are: money, feelings, answers to surveys, visits, time spent; and whether something happens is how many times, up to
//! one. What is added depends on how a place is left and on what is met next, so it is worked out once for each of those.

use super::parts::{Lists, Sources, Sum, add_leaving, add_meeting};
use super::tables::Tables;
use super::walk::Log;
use crate::chain::Chain;
use crate::model::Event;
use crate::plan::{Plan, Question, Variable, compares};
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

/// What columns say about a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Said {
    /// It is not about this customer.
    NotHis,
    /// The number asked for.
    Number(f64),
    /// Only his path tells.
    OnPath,
}

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

/// The columns that questions need, and how to fill them.
#[derive(Clone, Debug)]
pub(super) struct Additive {
    pub(super) columns: usize,
    /// By question: how it is answered, and which column is above 0 for those it is about, unless it is about all.
    ways: Vec<(Way, Option<u32>)>,
    /// By leave, with what follows from arriving; then by leave, without.
    leaving: Lists,
    /// By visit, then by end, then for who does not arrive.
    meeting: Lists,
    /// By passage as steps count them: its kind.
    kinds: Box<[u32]>,
    /// By kind.
    spans: Vec<Span>,
    /// What kinds add.
    values: Vec<(u32, f64)>,
    discount: f64,
}

impl Additive {
    pub(super) fn new(chain: &Chain, plan: &Plan, tables: &Tables) -> Self {
        let mut sums: Vec<Sum> = Vec::new();
        let mut column = |sum: Sum| {
            let known = sums.iter().position(|known| *known == sum);
            known.unwrap_or_else(|| {
                sums.push(sum);
                sums.len() - 1
            }) as u32
        };
        let ways = plan.questions.iter().map(|question| way(plan, question, &mut column)).collect();
        let sources = Sources { chain, plan, tables };
        let (mut leaving, mut meeting) = (Lists::new(), Lists::new());
        for (arrives, leave) in [true, false].into_iter().flat_map(|arrives| (0..chain.leaves.len()).map(move |l| (arrives, l))) {
            (0..).zip(&sums).for_each(|(column, sum)| sum.on_leaving(column, sources, leave, arrives, &mut leaving));
            leaving.close();
        }
        for visit in 0..chain.visits.len() {
            (0..).zip(&sums).for_each(|(column, sum)| sum.on_meeting(column, sources, visit, &mut meeting));
            meeting.close();
        }
        for end in 0..chain.ends {
            for (column, sum) in (0..).zip(&sums) {
                if matches!(sum, Sum::Instants(event) if plan.events[event.0].end[end]) {
                    meeting.value(column, 1.0);
                }
            }
            meeting.close();
        }
        meeting.close();
        let (leaves, visits) = (chain.leaves.len() as u32, chain.visits.len() as u32);
        let (mut known, mut spans, mut values) = (HashMap::new(), Vec::new(), Vec::new());
        let kinds = (0..2 * tables.to.len() as u32).map(|step| {
            let (passage, arrives) = tables.passage(step);
            let leave = tables.ways[passage as usize].leave;
            let (_, to) = tables.met_by(step);
            let met = to.state.map(|(state, _)| state.visit).or(to.end.map(|end| visits + end));
            let leave = if arrives { leave } else { leaves + leave };
            let met = met.unwrap_or(visits + chain.ends as u32);
            *known.entry((leave, met)).or_insert_with(|| {
                let (left, here) = (leaving.of(leave), meeting.of(met));
                let start = values.len() as u32;
                values.extend(left.0.iter().chain(here.0));
                let parts = !left.1.is_empty() || !here.1.is_empty();
                spans.push(Span { start, end: values.len() as u32, leaving: leave, meeting: met, parts });
                spans.len() as u32 - 1
            })
        });
        let kinds = kinds.collect();
        Self { columns: sums.len(), ways, kinds, spans, values, leaving, meeting, discount: plan.discount }
    }

    /// Whether any sum needs times.
    pub(super) fn timed(&self) -> bool {
        self.leaving.timed(self.discount) || self.meeting.timed(self.discount)
    }

    /// What the columns of a customer say about a question.
    #[inline]
    pub(super) fn answer(&self, question: usize, row: &[f64]) -> Said {
        let (way, base) = self.ways[question];
        if base.is_some_and(|base| row[base as usize] == 0.0) {
            return Said::NotHis;
        }
        let one = |holds: bool| Said::Number(f64::from(u8::from(holds)));
        match way {
            Way::Sum(column) => Said::Number(row[column as usize]),
            Way::Any(column) => one(row[column as usize] > 0.0),
            Way::Satisfied(sum, count) => {
                let (sum, count) = (row[sum as usize], row[count as usize]);
                one(count > 0.0 && compares(sum / count, Comparison::AtLeast, 1.0))
            }
            Way::Path => Said::OnPath,
        }
    }

    /// Whether a question needs paths.
    pub(super) fn needs_path(&self, question: usize) -> bool {
        self.ways[question].0 == Way::Path
    }

    /// Adds up a log: the columns of its first customer, of its second, and so on.
    pub(super) fn read(&self, tables: &Tables, log: &Log, rows: &mut Vec<f64>) {
        rows.clear();
        rows.resize(log.streams.len() * self.columns, 0.0);
        if self.columns == 0 {
            return;
        }
        for (number, wave) in log.waves() {
            for place in wave {
                let step = log.steps[place];
                let row = &mut rows[step.who as usize * self.columns..][..self.columns];
                let span = self.spans[self.kinds[step.passage as usize] as usize];
                for (column, value) in &self.values[span.start as usize..span.end as usize] {
                    row[*column as usize] += value;
                }
                if span.parts {
                    self.add_parts(tables, log, (number, place), span, row);
                }
            }
        }
    }

    fn add_parts(&self, tables: &Tables, log: &Log, (number, place): (u64, usize), span: Span, row: &mut [f64]) {
        let step = log.steps[place];
        let (stream, times) = (log.streams[step.who as usize], log.times.get(place).copied().unwrap_or_default());
        let (leave, to) = tables.met_by(step.passage);
        add_leaving(row, self.leaving.of(span.leaving).1, (&leave.rewards, self.discount), (stream, number), times);
        if let Some((_, visit)) = to.state {
            add_meeting(row, self.meeting.of(span.meeting).1, (visit, self.discount), (stream, number + 1), times.arrive);
        }
    }
}

/// How to answer a question, and the column of whom it is about.
fn way(plan: &Plan, question: &Question, column: &mut impl FnMut(Sum) -> u32) -> (Way, Option<u32>) {
    if question.within.is_some() {
        return (Way::Path, None);
    }
    let way = match question.variable {
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

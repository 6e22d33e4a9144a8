//! The value of each variable of the plan on one path.

use super::happen::{NEVER, Window, next, time};
use super::path::{Path, Visited};
use super::stream::Purpose;
use super::tables::{Reward, Tables};
use super::walk::with_room;
use crate::model::{MoneyKind, Survey};
use crate::plan::{At, EventIx, Plan, Question, Variable, Wants, compares};
use crate::syntax::tree::Comparison;

/// What a question wants of its number: the number, or whether it compares as it should.
#[inline]
pub(super) fn wanted(question: &Question, value: f64) -> f64 {
    match question.wants {
        Wants::Share(comparison, limit) => f64::from(u8::from(compares(value, comparison, limit))),
        Wants::Mean | Wants::Spread | Wants::Distribution => value,
    }
}

/// The events that a question speaks of.
pub(super) fn events(question: &Question) -> impl Iterator<Item = EventIx> {
    let place = |at: At| if let At::Place(event) = at { Some(event) } else { None };
    let spoken_of = match question.variable {
        Variable::Hit { from, to, before, .. } => [from, Some(to), before],
        Variable::Touches { of, until } => [Some(of), until, None],
        Variable::Follows { from, to } => [Some(from), Some(to), None],
        Variable::TimeTo(event) | Variable::TimeIn(event) | Variable::Fails(event) => [Some(event), None, None],
        Variable::Money(_, at)
        | Variable::FeltSum(at)
        | Variable::FeltCount(at)
        | Variable::EffortSum(at)
        | Variable::EffortCount(at)
        | Variable::ScoreSum(_, at)
        | Variable::ScoreCount(_, at)
        | Variable::PeakEnd(at)
        | Variable::Satisfied(at)
        | Variable::Feels(at) => [place(at), None, None],
        Variable::Times(_) | Variable::Leverage(_) => [None; 3],
    };
    spoken_of.into_iter().chain([question.among]).flatten()
}

/// One path as a question sees it.
pub(super) struct Witness<'a> {
    pub(super) plan: &'a Plan,
    pub(super) tables: &'a Tables,
    pub(super) path: &'a Path,
    /// The first instant of each event.
    pub(super) first: &'a [u32],
    /// What lies within the limit of the question.
    pub(super) window: &'a Window,
}

impl Witness<'_> {
    /// The value; `None` for customers that the question is not about, and for what only an exact engine answers.
    pub(super) fn answer(&self, question: &Question) -> Option<f64> {
        match question.among {
            Some(event) if self.first[event.0] >= self.window.bound => None,
            _ => self.value(&question.variable).map(|value| wanted(question, value)),
        }
    }

    fn value(&self, variable: &Variable) -> Option<f64> {
        Some(match *variable {
            Variable::Hit { from, to, before, within } => f64::from(u8::from(self.hit(from, to, before, within))),
            Variable::Touches { of, until } => self.touches(of, until),
            Variable::Times(goal) => self.times(goal.0),
            Variable::Follows { from, to } => self.follows(from, to),
            Variable::TimeTo(event) => {
                let first = self.first[event.0];
                if first < self.window.bound { time(self.path, first) } else { 0.0 }
            }
            Variable::TimeIn(event) => self.time_in(event),
            Variable::Money(kind, at) => self.money(kind, at),
            Variable::FeltSum(at) => self.felt(at).0,
            Variable::FeltCount(at) => self.felt(at).1,
            Variable::EffortSum(at) => self.visits_at(at).filter_map(|(k, _)| self.path.effort(self.tables, k)).sum(),
            Variable::EffortCount(at) => self.visits_at(at).filter_map(|(k, _)| self.path.effort(self.tables, k)).count() as f64,
            Variable::ScoreSum(survey, at) => self.scores(survey, at, |score| score),
            Variable::ScoreCount(survey, at) => self.scores(survey, at, |_| 1.0),
            Variable::PeakEnd(at) => self.peak_end(at),
            Variable::Satisfied(at) => {
                let (sum, count) = self.felt(at);
                f64::from(u8::from(count > 0.0 && compares(sum / count, Comparison::AtLeast, 1.0)))
            }
            Variable::Feels(at) => self.felt(at).1.min(1.0),
            Variable::Fails(event) => self.fails(event),
            Variable::Leverage(_) => return None,
        })
    }

    fn hit(&self, from: Option<EventIx>, to: EventIx, before: Option<EventIx>, within: Option<f64>) -> bool {
        let bound = self.window.bound;
        let start = match from {
            None => 0,
            Some(event) if self.first[event.0] < bound => self.first[event.0],
            Some(_) => return false,
        };
        // On the instant of the first `from` another event is later than it, and it itself is not.
        let later = |event: EventIx| start + u32::from(from.is_some_and(|from| self.same(from, event)));
        let hit = next(self.plan, self.first, self.path, to, later(to), bound);
        if hit == NEVER {
            return false;
        }
        if let Some(within) = within {
            let since = if from.is_some() { time(self.path, start) } else { 0.0 };
            if time(self.path, hit) - since > with_room(within) {
                return false;
            }
        }
        // What falls on the instant of the first `from` itself does not lie between the two.
        let after = start + u32::from(from.is_some());
        before.is_none_or(|event| next(self.plan, self.first, self.path, event, after, hit) == NEVER)
    }

    fn same(&self, a: EventIx, b: EventIx) -> bool {
        a == b || self.plan.events[a.0].event == self.plan.events[b.0].event
    }

    fn touches(&self, of: EventIx, until: Option<EventIx>) -> f64 {
        let until = until.map_or(NEVER, |event| self.first[event.0]).min(self.window.bound);
        // Visit k begins at instant 3k + 1.
        let visits = (until as usize + 1) / 3;
        self.path.visits[..visits.min(self.window.visits)].iter().filter(|step| self.meets(of, step)).count() as f64
    }

    fn times(&self, goal: u32) -> f64 {
        let count = |reaches: &[u32]| usize::from(reaches.contains(&goal));
        let (visits, leaves) = (&self.tables.visits, &self.tables.leaves);
        let met = self.visits().map(|step| count(&visits[step.visit as usize].reaches)).sum::<usize>();
        let left = self.left().map(|step| count(&leaves[step.leave as usize].reaches)).sum::<usize>();
        (count(&leaves[self.path.entry as usize].reaches) + met + left) as f64
    }

    fn follows(&self, from: EventIx, to: EventIx) -> f64 {
        let marks = &self.plan.events[to.0];
        let followed = |k: usize| {
            let start = 3 * k as u32 + 3;
            (start..(start + 3).min(self.window.bound)).any(|instant| super::happen::falls(marks, self.path, instant))
        };
        self.visits().enumerate().filter(|(k, step)| self.meets(from, step) && followed(*k)).count() as f64
    }

    /// Visits up to the limit; a branch only once the visit at its other end has begun.
    fn time_in(&self, event: EventIx) -> f64 {
        let steps = &self.path.visits[..self.window.visits];
        let mut sum = 0.0;
        for (k, step) in steps.iter().enumerate().filter(|(_, step)| self.meets(event, step)) {
            sum += step.depart.min(self.window.limit) - step.arrive.min(self.window.limit);
            if let Some(next) = steps.get(k + 1).filter(|next| self.meets(event, next)) {
                sum += next.arrive - step.depart;
            }
        }
        sum
    }

    fn money(&self, kind: MoneyKind, at: At) -> f64 {
        let mut sum = 0.0;
        self.rewards(at, |time, reward| sum += reward.money.of(kind, self.plan.discount, time));
        sum
    }

    /// Sum and number of the feelings.
    fn felt(&self, at: At) -> (f64, f64) {
        let (mut sum, mut count) = (0.0, 0.0);
        self.rewards(at, |_, reward| {
            if let Some(felt) = reward.felt {
                sum += felt;
                count += 1.0;
            }
        });
        (sum, count)
    }

    fn scores(&self, survey: Survey, at: At, of: impl Fn(f64) -> f64) -> f64 {
        let mut sum = 0.0;
        for (k, step) in self.visits_at(at) {
            for (asked, law) in &self.tables.visits[step.visit as usize].surveys {
                if *asked == survey {
                    sum += of(score(survey, law.draw(|| self.path.stream.word(k as u64 + 1, Purpose::of_answer(survey)))));
                }
            }
        }
        sum
    }

    fn peak_end(&self, at: At) -> f64 {
        let (mut peak, mut last) = (0.0_f64, None);
        self.rewards(at, |_, reward| {
            if let Some(value) = reward.felt {
                if value.abs() >= peak.abs() {
                    peak = value;
                }
                last = Some(value);
            }
        });
        last.map_or(0.0, |last| recommendation(((peak + last) / 2.0 + 5.0 + 0.5).floor()))
    }

    fn fails(&self, event: EventIx) -> f64 {
        let (Some((end, _)), Some(last)) = (self.path.end, self.path.visits.last()) else { return 0.0 };
        // An end after n visits is instant 3n + 1.
        let happened = self.window.bound == 3 * self.path.visits.len() as u32 + 2;
        f64::from(u8::from(happened && self.plan.failing[end as usize] && self.meets(event, last)))
    }

    fn meets(&self, event: EventIx, step: &Visited) -> bool {
        self.plan.events[event.0].meet[step.touchpoint as usize]
    }

    fn visits(&self) -> impl Iterator<Item = &Visited> {
        self.path.visits[..self.window.visits].iter()
    }

    fn left(&self) -> impl Iterator<Item = &Visited> {
        self.path.visits[..self.window.left].iter()
    }

    fn visits_at(&self, at: At) -> impl Iterator<Item = (usize, &Visited)> {
        // Most customers meet few of the places that questions speak of: those paths need not be read.
        let visits = match at {
            At::Anywhere => self.window.visits,
            At::Arrival(_) => 0,
            At::Place(event) if self.first[event.0] == NEVER => 0,
            At::Place(_) => self.window.visits,
        };
        let meet = match at {
            At::Place(event) => Some(&self.plan.events[event.0].meet),
            At::Anywhere | At::Arrival(_) => None,
        };
        let steps = self.path.visits[..visits].iter().enumerate();
        steps.filter(move |(_, step)| meet.is_none_or(|meet| meet[step.touchpoint as usize]))
    }

    /// What each instant brought, in their order, with its time.
    fn rewards(&self, at: At, mut take: impl FnMut(f64, &Reward)) {
        let incoming = match at {
            At::Anywhere => true,
            At::Arrival(arrival) => arrival.0 == self.path.arrival,
            At::Place(_) => false,
        };
        if incoming {
            take(0.0, &self.path.incoming(self.tables));
        }
        for (k, step) in self.visits_at(at) {
            take(step.arrive, &self.path.here(self.tables, k));
            if k < self.window.left {
                take(step.depart, &self.path.away(self.tables, k));
            }
        }
    }
}

/// The score of an answer, rounded half up and kept within its scale.
pub(super) fn score(survey: Survey, answer: f64) -> f64 {
    let mark = (answer + 0.5).floor();
    match survey {
        Survey::Nps => recommendation(mark.clamp(0.0, 10.0)),
        Survey::Csat => f64::from(u8::from(mark.clamp(1.0, 5.0) >= 4.0)),
        Survey::Ces => mark.clamp(1.0, 7.0),
    }
}

/// Promoters +1, detractors −1.
fn recommendation(mark: f64) -> f64 {
    if mark >= 9.0 {
        1.0
    } else if mark <= 6.0 {
        -1.0
    } else {
        0.0
    }
}

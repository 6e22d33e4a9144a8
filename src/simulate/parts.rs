//! What leaving a place and meeting one add to sums per customer.

use super::answer::score;
use super::draw::Quantity;
use super::stream::{Purpose, Stream};
use super::tables::{RewardsKind, Tables, VisitKind};
use super::walk::Times;
use crate::chain::{Chain, From};
use crate::model::{MoneyKind, Survey, Target};
use crate::plan::{At, EventIx, Plan};

/// A number per customer that is a sum over what happens to him.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sum {
    Money(MoneyKind, At),
    Felt(At),
    Feelings(At),
    Effort(At),
    Efforts(At),
    Score(Survey, At),
    Scores(Survey, At),
    /// Visits that meet it.
    Visits(EventIx),
    /// Instants on which it falls.
    Instants(EventIx),
    /// Seconds until a goal is first reached, or an end counted on after the goals; 0 if it is not.
    Time(u32),
    /// How many times a goal (its number) is reached.
    Goal(u32),
    /// Visits that meet the first and are followed at once by the second, which is no goal.
    Follows(EventIx, EventIx),
    /// Seconds in visits that meet it and on the ways from one to another.
    Inside(EventIx),
    /// Failing exits from visits that meet it.
    Fails(EventIx),
}

/// What is read off a step, where it is not the same each time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    Money(MoneyKind),
    Felt,
    Effort,
    /// The score of an answer to the survey in this place of the visit.
    Score(usize),
    /// Seconds in the visit that is left.
    Takes,
    /// Seconds on the way.
    After,
}

/// A column, and what is added to it.
type Value = (u32, f64);
/// A column, and what is to be worked out and added to it.
pub(super) type Share = (u32, Part);

/// What is added to the columns on leaving or meeting something, in lists.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    values: Vec<Value>,
    parts: Vec<Share>,
    /// Where each list starts in both; one more than there are.
    starts: Vec<(u32, u32)>,
}

/// What a list is made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sources<'a> {
    pub(super) chain: &'a Chain,
    pub(super) plan: &'a Plan,
    pub(super) tables: &'a Tables,
}

impl Lists {
    pub(super) fn new() -> Self {
        Self { values: Vec::new(), parts: Vec::new(), starts: vec![(0, 0)] }
    }

    /// Ends a list and begins the next.
    pub(super) fn close(&mut self) {
        self.starts.push((self.values.len() as u32, self.parts.len() as u32));
    }

    /// The values and the parts of a list.
    pub(super) fn of(&self, list: u32) -> (&[Value], &[Share]) {
        let (from, to) = (self.starts[list as usize], self.starts[list as usize + 1]);
        (&self.values[from.0 as usize..to.0 as usize], &self.parts[from.1 as usize..to.1 as usize])
    }

    /// Whether all lists are empty.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.parts.is_empty()
    }

    /// Whether anything is to be worked out.
    pub(super) fn has_parts(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Whether any part needs to know when visits began.
    pub(super) fn since(&self) -> bool {
        self.parts.iter().any(|(_, part)| *part == Part::Takes)
    }

    /// Whether any part needs times.
    pub(super) fn timed(&self, discount: f64) -> bool {
        self.parts.iter().any(|(_, part)| match part {
            Part::Takes | Part::After => true,
            Part::Money(kind) => *kind == MoneyKind::Clv && discount != 0.0,
            Part::Felt | Part::Effort | Part::Score(_) => false,
        })
    }

    pub(super) fn value(&mut self, column: u32, value: f64) {
        if value != 0.0 {
            self.values.push((column, value));
        }
    }

    fn count(&mut self, column: u32, happens: bool) {
        self.value(column, f64::from(u8::from(happens)));
    }

    /// A value that is drawn unless chance has no part in it.
    fn drawn(&mut self, column: u32, law: &Quantity, part: Part, read: impl Fn(f64) -> f64) {
        match law.certain() {
            Some(value) => self.value(column, read(value)),
            None => self.parts.push((column, part)),
        }
    }

    fn reward(&mut self, column: u32, kind: &RewardsKind, part: Part, discount: f64) {
        let value = match part {
            Part::Money(money) => kind.certain_money().and_then(|certain| {
                let hangs_on_time = money == MoneyKind::Clv && discount != 0.0 && certain.margin() != 0.0;
                (!hangs_on_time).then(|| certain.of(money, discount, 0.0))
            }),
            _ => kind.certain_feeling(),
        };
        match value {
            Some(value) => self.value(column, value),
            None => self.parts.push((column, part)),
        }
    }
}

impl Sum {
    /// Adds what leaving by a kind of leave brings; `arrives`: with what follows from arriving.
    pub(super) fn on_leaving(&self, column: u32, sources: Sources<'_>, leave: usize, arrives: bool, lists: &mut Lists) {
        let Sources { chain, plan, tables } = sources;
        let (kind, flow) = (&tables.leaves[leave], chain.flows[chain.leaves[leave].flow as usize]);
        let meets = |event: EventIx| matches!(flow.from, From::Touchpoint(t) if plan.events[event.0].meet[t.index()]);
        let comes_to = |event: EventIx| match flow.to {
            Target::Touchpoint(t) => plan.events[event.0].meet[t.index()],
            Target::End(end) => plan.events[event.0].end[end.index()],
        };
        let counts = |at: At| match at {
            At::Anywhere => true,
            At::Arrival(arrival) => flow.from == From::Arrival(arrival),
            At::Place(event) => meets(event),
        };
        match *self {
            Self::Money(money, at) if counts(at) => lists.reward(column, &kind.rewards, Part::Money(money), plan.discount),
            Self::Felt(at) if counts(at) => lists.reward(column, &kind.rewards, Part::Felt, plan.discount),
            Self::Feelings(at) => lists.count(column, counts(at) && kind.rewards.feel.is_some()),
            Self::Instants(event) => lists.count(column, plan.events[event.0].leave[leave]),
            Self::Goal(goal) => lists.count(column, kind.reaches.contains(&goal)),
            Self::Follows(from, to) => lists.count(column, arrives && meets(from) && comes_to(to)),
            Self::Inside(event) if meets(event) => {
                lists.parts.push((column, Part::Takes));
                if arrives && comes_to(event) {
                    lists.drawn(column, &kind.after, Part::After, |seconds| seconds.max(0.0));
                }
            }
            Self::Fails(event) => {
                let fails = matches!(flow.to, Target::End(end) if plan.failing[end.index()]);
                lists.count(column, arrives && meets(event) && fails);
            }
            _ => {}
        }
    }

    /// Adds what meeting a kind of visit brings.
    pub(super) fn on_meeting(&self, column: u32, sources: Sources<'_>, visit: usize, lists: &mut Lists) {
        let Sources { chain, plan, tables } = sources;
        let (kind, touchpoint) = (&tables.visits[visit], chain.visits[visit].touchpoint.index());
        let meets = |event: EventIx| plan.events[event.0].meet[touchpoint];
        let counts = |at: At| match at {
            At::Anywhere => true,
            At::Arrival(_) => false,
            At::Place(event) => meets(event),
        };
        match *self {
            Self::Money(money, at) if counts(at) => lists.reward(column, &kind.rewards, Part::Money(money), plan.discount),
            Self::Felt(at) if counts(at) => lists.reward(column, &kind.rewards, Part::Felt, plan.discount),
            Self::Feelings(at) => lists.count(column, counts(at) && kind.rewards.feel.is_some()),
            Self::Effort(at) if counts(at) => {
                if let Some(law) = &kind.effort {
                    lists.drawn(column, law, Part::Effort, |effort| effort);
                }
            }
            Self::Efforts(at) => lists.count(column, counts(at) && kind.effort.is_some()),
            Self::Score(survey, at) if counts(at) => {
                for (place, (asked, law)) in kind.surveys.iter().enumerate().filter(|(_, (asked, _))| *asked == survey) {
                    lists.drawn(column, law, Part::Score(place), |answer| score(*asked, answer));
                }
            }
            Self::Scores(survey, at) if counts(at) => {
                lists.value(column, kind.surveys.iter().filter(|(asked, _)| *asked == survey).count() as f64);
            }
            Self::Visits(event) => lists.count(column, meets(event)),
            Self::Instants(event) => lists.count(column, meets(event) || plan.events[event.0].visit[visit]),
            Self::Goal(goal) => lists.count(column, kind.reaches.contains(&goal)),
            _ => {}
        }
    }
}

/// Adds the parts of a list of leaving. `step` is the number of the visit that is left, or 0.
pub(super) fn add_leaving(
    row: &mut [f64],
    parts: &[Share],
    (kind, discount): (&RewardsKind, f64),
    (stream, step): (Stream, u64),
    times: Times,
) {
    let mut drawn = None;
    for (column, part) in parts {
        row[*column as usize] += match part {
            Part::Takes => times.depart - times.since,
            Part::After => times.arrive - times.depart,
            Part::Felt => kind.felt_on_leaving(stream, step),
            Part::Money(money) => {
                drawn.get_or_insert_with(|| kind.money_of_leaving(stream, step)).of(*money, discount, times.depart)
            }
            Part::Effort | Part::Score(_) => 0.0,
        };
    }
}

/// Adds the parts of a list of meeting. `step` is the number of the visit, from 1.
pub(super) fn add_meeting(
    row: &mut [f64],
    parts: &[Share],
    (kind, discount): (&VisitKind, f64),
    (stream, step): (Stream, u64),
    arrive: f64,
) {
    let mut drawn = None;
    for (column, part) in parts {
        row[*column as usize] += match part {
            Part::Effort => kind.effort.as_ref().map_or(0.0, |law| law.draw(|| stream.word(step, Purpose::Effort))),
            Part::Score(place) => {
                let (survey, law) = &kind.surveys[*place];
                score(*survey, law.draw(|| stream.word(step, Purpose::of_answer(*survey))))
            }
            Part::Felt => kind.rewards.felt_on_meeting(stream, step),
            Part::Money(money) => {
                drawn.get_or_insert_with(|| kind.rewards.money_of_meeting(stream, step)).of(*money, discount, arrive)
            }
            Part::Takes | Part::After => 0.0,
        };
    }
}

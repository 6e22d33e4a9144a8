//! One customer's path.

use super::stream::{Purpose, Stream};
use super::tables::{Reward, RewardsKind, Tables};
use crate::limits::MAX_STEPS;

/// A limit of time with room for the rounding of sums of times: a billionth of a second, and of it 1e-12.
pub(super) fn with_room(limit: f64) -> f64 {
    limit * (1.0 + 1e-12) + 1e-9
}

/// What happened to one customer, until the end, the horizon, or [`MAX_STEPS`]. A buffer: one per thread, filled anew.
#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) stream: Stream,
    pub(super) persona: u32,
    pub(super) arrival: u32,
    /// The leave by which he came in, at time 0.
    pub(super) entry: u32,
    /// What coming in brought.
    pub(super) incoming: Reward,
    /// The visits that began.
    pub(super) steps: Vec<Step>,
    /// How many visits he left: all, or all but the last.
    pub(super) left: usize,
    /// The end that he reached, and when.
    pub(super) end: Option<(u32, f64)>,
    /// Whether he was cut.
    pub(super) cut: bool,
}

/// One visit, and the branch out of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) touchpoint: u32,
    pub(super) visit: u32,
    /// The leave, once he left.
    pub(super) leave: u32,
    pub(super) arrive: f64,
    /// When he left, or would have.
    pub(super) depart: f64,
    /// What the visit brought.
    pub(super) here: Reward,
    pub(super) effort: Option<f64>,
    /// What leaving brought.
    pub(super) away: Reward,
}

impl Path {
    pub(super) fn new() -> Self {
        Self {
            stream: Stream::new(0, 0),
            persona: 0,
            arrival: 0,
            entry: 0,
            incoming: Reward::default(),
            steps: Vec::new(),
            left: 0,
            end: None,
            cut: false,
        }
    }

    /// Follows a customer until `horizon` (with its room).
    pub(super) fn walk(&mut self, tables: &Tables, seed: u64, customer: u64, horizon: f64) {
        let stream = Stream::new(seed, customer);
        let entry = tables.entries[super::draw::choose(&tables.entry_below, stream.word(0, Purpose::Branch))];
        self.stream = stream;
        self.persona = entry.persona;
        self.arrival = entry.arrival;
        self.entry = entry.leave;
        self.steps.clear();
        self.left = 0;
        self.end = None;
        self.cut = false;
        let way_in = &tables.leaves[entry.leave as usize];
        self.incoming = leaving(&way_in.rewards, stream, 0);
        let mut now = way_in.after.draw(|| stream.word(0, Purpose::After)).max(0.0);
        let mut row = entry.to;
        while now <= horizon {
            let Some(state) = tables.states.get(row as usize) else {
                self.end = Some((row - tables.states.len() as u32, now));
                return;
            };
            if self.steps.len() == MAX_STEPS {
                self.cut = true;
                return;
            }
            let number = self.steps.len() as u64 + 1;
            let visit = &tables.visits[state.visit as usize];
            let depart = now + visit.takes.draw(|| stream.word(number, Purpose::Takes)).max(0.0);
            let mut step = Step {
                touchpoint: state.touchpoint,
                visit: state.visit,
                leave: u32::MAX,
                arrive: now,
                depart,
                here: meeting(&visit.rewards, stream, number),
                effort: visit.effort.as_ref().map(|q| q.draw(|| stream.word(number, Purpose::Effort))),
                away: Reward::default(),
            };
            if depart > horizon {
                self.steps.push(step);
                return;
            }
            let branch = tables.branch(row, || stream.word(number, Purpose::Branch));
            let leave = &tables.leaves[branch.leave as usize];
            step.leave = branch.leave;
            step.away = leaving(&leave.rewards, stream, number);
            self.steps.push(step);
            self.left += 1;
            now = depart + leave.after.draw(|| stream.word(number, Purpose::After)).max(0.0);
            row = branch.to;
        }
    }
}

#[inline]
fn meeting(kind: &RewardsKind, stream: Stream, step: u64) -> Reward {
    kind.certain.unwrap_or_else(|| draw(kind, stream, step, [Purpose::VisitCost, Purpose::VisitEarn, Purpose::VisitFeel]))
}

#[inline]
fn leaving(kind: &RewardsKind, stream: Stream, step: u64) -> Reward {
    kind.certain.unwrap_or_else(|| draw(kind, stream, step, [Purpose::LeaveCost, Purpose::LeaveEarn, Purpose::LeaveFeel]))
}

#[cold]
fn draw(kind: &RewardsKind, stream: Stream, step: u64, [cost, earn, feel]: [Purpose; 3]) -> Reward {
    let cost = kind.cost.draw(|| stream.word(step, cost));
    let (revenue, share) =
        kind.earns.as_ref().map_or((0.0, 0.0), |(earned, share)| (earned.draw(|| stream.word(step, earn)), *share));
    let felt = kind.feel.as_ref().map(|q| q.draw(|| stream.word(step, feel)));
    Reward { cost, revenue, margin: revenue * share - cost, felt }
}

//! What is asked of both engines, in one form that each answers in its own way.
//!
//! Comes in: a model, its chain, and the measures that a document needs. Goes out: [`Plan`]: random variables of one
//! customer's path ([`Variable`]), with the customers they are taken over, and the events that they speak of as marks on the
//! chain. What must hold: a variable has one meaning, written here once; the engines share this page and nothing else.
//!
//! ## The instants of a path
//! A path is a sequence of visits and, unless it is cut, an end. In visit *k* these instants follow one another, and every
//! event falls on one of them:
//!
//! | instant | what falls on it | its time |
//! | --- | --- | --- |
//! | `(k, 0)` | meeting the touchpoint, its stage, channel, moment… | arrival there |
//! | `(k, 1)` | goals reached on arriving (the visit's money, feelings, effort and answers count here) | the same |
//! | `(k, 2)` | goals reached by the branch (its money and feelings count here) | arrival + `takes` |
//! | `(k+1, 0)` | meeting the next touchpoint, or the end | arrival + `takes` + `after` |
//!
//! Coming into the journey is instant `(-1, 2)` of time 0: what an arrival's branch reaches, costs (its budget included) and
//! makes felt counts there.
//! `b` is *later* than `a` if its instant is greater, or if both fall on one instant and are not the same event: two goals
//! reached together are each later than the other; no event is later than itself at the same instant. `c` is *first* before
//! `b` if its instant is smaller. Under a limit of time, what happens after that time has not happened; the limit includes
//! its instant.

#![expect(missing_docs, reason = "the fields of a variable are named in the sentence that its variant documents")]

mod ask;
mod asked;
mod board;
pub mod formula;
mod marks;

pub use ask::fails;
pub use asked::{Asked, KpiRequests, PersonaRequests, PromiseRequests, Standard, ask, ask_for, ask_promises, main_goal};
pub use board::{Board, FeltMoments, HotPoint, PersonaBoard, Reached};
pub use formula::{Formula, Leaf, Request, Take};
pub use marks::{EventIx, Marks};

use crate::model::{ArrivalId, GoalId, MoneyKind, Survey, TouchpointId};
use crate::syntax::tree::Comparison;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The events that questions speak of; an [`EventIx`] is a place in this list.
    pub events: Vec<Marks>,
    /// The questions.
    pub questions: Vec<Question>,
    /// Questions that one figure is made of: their joint moments are wanted from the simulation.
    pub groups: Vec<Vec<QuestionIx>>,
    /// The main goal, for pull, leak value and leverage.
    pub goal: Option<GoalId>,
    /// How long customers are followed, in seconds: nothing after it counts.
    pub horizon: Option<f64>,
    /// Continuous discount rate per second: money at time `t` counts `exp(-rate × t)`.
    pub discount: f64,
    /// Which ends count as failure.
    pub failing: Vec<bool>,
    /// By touchpoint: meeting it.
    pub touchpoints: Vec<EventIx>,
    /// By stage: meeting any of its touchpoints.
    pub stages: Vec<EventIx>,
    /// By moment, in the order of `Moment::ALL`: meeting any of its touchpoints, if the journey has that moment.
    pub moments: Vec<Option<EventIx>>,
    /// By goal: reaching it.
    pub goals: Vec<EventIx>,
    /// By end: stopping there.
    pub ends: Vec<EventIx>,
}

/// A place in [`Plan::questions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionIx(pub usize);

/// A number per customer, and over whom it is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The number.
    pub variable: Variable,
    /// Only those to whom this happens (within `within`); all without.
    pub among: Option<EventIx>,
    /// What happens later than this many seconds after arrival does not count.
    pub within: Option<f64>,
    /// What is wanted of it.
    pub wants: Wants,
}

/// What is wanted of a number per customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wants {
    /// Its mean.
    Mean,
    /// Its mean and standard deviation.
    Spread,
    /// Its whole distribution.
    Distribution,
    /// The share of those whose number compares so: instead of the number, 1 or 0.
    Share(Comparison, f64),
}

/// Whether a number compares so with a limit. Two numbers closer than one in 10¹² are the same: sums of decimal amounts are not
/// exact in floats, and a limit includes its value.
#[must_use]
pub fn compares(value: f64, comparison: Comparison, limit: f64) -> bool {
    let same = (value - limit).abs() <= 1e-12 * value.abs().max(limit.abs());
    match comparison {
        Comparison::Less => !same && value < limit,
        Comparison::AtMost => same || value < limit,
        Comparison::Equal => same,
        Comparison::NotEqual => !same,
        Comparison::AtLeast => same || value > limit,
        Comparison::Greater => !same && value > limit,
    }
}

/// A number per customer. `at: None` means anywhere, arrival included.
#[derive(Clone, Debug, PartialEq)]
pub enum Variable {
    /// 1 if `to` happens (later than the first `from`), with no `before` at an instant between the two (of that `from` and of
    /// that `to` excluded), and within `within` seconds of that `from` (of arrival, without `from`); else 0.
    Hit { from: Option<EventIx>, to: EventIx, before: Option<EventIx>, within: Option<f64> },
    /// How many visits meet `of`; with `until`, only those before its first instant.
    Touches { of: EventIx, until: Option<EventIx> },
    /// How many times a goal is reached.
    Times(GoalId),
    /// How many visits that meet `from` are followed at once by `to`: met at the next visit, reached by the branch or at the
    /// next visit, or the end.
    Follows { from: EventIx, to: EventIx },
    /// Seconds from arrival to the first instant of the event; 0 where it does not happen.
    TimeTo(EventIx),
    /// Seconds spent in visits that meet it, and on branches from one of them to another.
    TimeIn(EventIx),
    /// Money, at all instants of the visits that meet `at`.
    Money(MoneyKind, At),
    /// Sum of the feelings.
    FeltSum(At),
    /// Number of feelings.
    FeltCount(At),
    /// Sum of the efforts.
    EffortSum(At),
    /// Number of efforts.
    EffortCount(At),
    /// Sum of the scores of the answers: NPS +1 for 9 or 10, −1 for 0..6; CSAT 1 for 4 or 5; CES the answer. An answer is
    /// rounded to the nearest whole mark (half up) and kept within its scale.
    ScoreSum(Survey, At),
    /// Number of answers.
    ScoreCount(Survey, At),
    /// The score (+1, 0, −1) that the peak-end rule gives to what the customer felt: (peak + last) / 2 + 5, half rounded up,
    /// peak = largest |felt|, the later at a tie; 0 where nothing was felt.
    PeakEnd(At),
    /// 1 if the mean of what the customer felt is at least +1.
    Satisfied(At),
    /// 1 if the customer felt anything.
    Feels(At),
    /// How many times the journey fails on leaving a visit that meets it.
    Fails(EventIx),
    /// Derivative of the probability of the main goal when probability moves at a touchpoint from the branches to failing
    /// ends, together, to the best continuing branch; per point (× 0.01). Only an exact engine answers it.
    Leverage(TouchpointId),
}

/// Where money, feelings and answers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum At {
    /// Everywhere.
    Anywhere,
    /// On coming in by one arrival.
    Arrival(ArrivalId),
    /// At the visits that meet a place.
    Place(EventIx),
}

/// Why an engine gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Declined {
    /// The journey has a horizon, and its chain no exact transient method yet.
    Horizon,
    /// A limit of time.
    Within,
    /// A quantile or a share of customers.
    Distribution,
    /// Depends on a whole path of feelings.
    Feelings,
    /// A standard deviation that has no exact method yet.
    Spread,
    /// Some customers never leave.
    NeverEnds,
    /// A loop of states is too large to be eliminated.
    TooLarge,
    /// Only the other engine knows it.
    OtherEngine,
}

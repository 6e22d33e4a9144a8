//! Measures with their names resolved and their units known.

#![expect(missing_docs, reason = "the fields of a measure are named by the form that its variant documents")]

use super::{
    ArrivalId, ChannelId, Contact, EndId, FacetId, GoalId, KpiId, Model, Moment, Named, PersonaId, ScenarioId, SourceId, StageId,
    TouchpointId, Unit,
};
use crate::diagnostics::Span;
use crate::syntax::tree::{Comparison, Operator, Statistic};
use num_rational::BigRational;

/// A named measure.
#[derive(Clone, Debug)]
pub struct Kpi {
    /// Its name.
    pub name: Named,
    /// Among the few that matter.
    pub key: bool,
    /// What is measured.
    pub measure: Measure,
    /// Broken down by.
    pub by: Option<Dimension>,
}

/// A promise.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// What is promised.
    pub measure: Measure,
    /// What it must keep.
    pub bound: Bound,
    /// As written, without the word `expect`.
    pub text: String,
    /// Its line.
    pub origin: Span,
}

/// What an expectation compares with.
#[derive(Clone, Debug)]
pub enum Bound {
    /// One side.
    Compare(Comparison, Measure),
    /// Both bounds included.
    Between(Measure, Measure),
}

impl Bound {
    /// The measures that it compares with: one, or the lower and the upper.
    #[must_use]
    pub fn measures(&self) -> Vec<&Measure> {
        match self {
            Self::Compare(_, bound) => vec![bound],
            Self::Between(low, high) => vec![low, high],
        }
    }

    /// How it compares with each of them.
    #[must_use]
    pub fn comparisons(&self) -> Vec<Comparison> {
        match self {
            Self::Compare(comparison, _) => vec![*comparison],
            Self::Between(..) => vec![Comparison::AtLeast, Comparison::AtMost],
        }
    }
}

impl Expectation {
    /// The same promise under a scenario; what a measure says itself wins.
    #[must_use]
    pub fn under(&self, scenario: ScenarioId) -> Self {
        let bound = match &self.bound {
            Bound::Compare(comparison, bound) => Bound::Compare(*comparison, bound.under(scenario)),
            Bound::Between(low, high) => Bound::Between(low.under(scenario), high.under(scenario)),
        };
        Self { measure: self.measure.under(scenario), bound, text: self.text.clone(), origin: self.origin }
    }
}

impl MeasureKind {
    /// Does something to the modifiers of every leaf.
    pub fn each_leaf(&mut self, change: &impl Fn(&mut Modifiers)) {
        match self {
            Self::Kpi(_, only)
            | Self::Rate { only, .. }
            | Self::Next { only, .. }
            | Self::Touches { only, .. }
            | Self::Count(_, only)
            | Self::TimeTo(_, only)
            | Self::Money(_, only)
            | Self::Nps(only)
            | Self::Csat(only)
            | Self::Ces(only)
            | Self::Felt(only)
            | Self::Pull(_, only)
            | Self::Leak(_, only)
            | Self::Leverage(_, only) => change(only),
            Self::Constant(_) => {}
            Self::Statistic(_, inner) | Self::Share(inner, ..) | Self::Negative(inner) => inner.kind.each_leaf(change),
            Self::Binary(_, left, right) => {
                left.kind.each_leaf(change);
                right.kind.each_leaf(change);
            }
        }
    }
}

impl Measure {
    /// The same measure under a scenario; what it says itself wins.
    #[must_use]
    pub fn under(&self, scenario: ScenarioId) -> Self {
        let mut kind = self.kind.clone();
        kind.each_leaf(&|only| {
            only.scenario.get_or_insert(scenario);
        });
        Self { kind, ..self.clone() }
    }
}

/// A figure printed elsewhere.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What it is said of.
    pub measure: Measure,
    /// The value as printed, in the units of the measure (0.003 for `0.3%`).
    pub value: BigRational,
    /// One unit of the last printed digit, in the same units (0.001 for `0.3%`).
    pub step: BigRational,
    /// The printed value, as written.
    pub printed: String,
    /// Where it is printed.
    pub source: Option<SourceId>,
    /// As written, without the word `claim`.
    pub text: String,
    /// Its line.
    pub origin: Span,
}

/// A measure. Two are equal if they measure the same, wherever they are written.
#[derive(Clone, Debug)]
pub struct Measure {
    /// What it is.
    pub kind: MeasureKind,
    /// What it counts.
    pub unit: Unit,
    /// Where it is written.
    pub origin: Span,
}

impl PartialEq for Measure {
    fn eq(&self, other: &Self) -> bool {
        self.unit == other.unit && self.kind == other.kind
    }
}

/// The kinds of measures. Modifiers have been pushed down to the leaves.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasureKind {
    /// A number.
    Constant(BigRational),
    /// Another kpi, narrowed.
    Kpi(KpiId, Modifiers),
    /// Of those who met `from` (of all who arrived), those who meet `to` later.
    Rate { from: Option<Event>, to: Event, before: Option<Event>, within: Option<f64>, only: Modifiers },
    /// Of visits to `from`, those that `to` follows at once.
    Next { from: Place, to: Event, only: Modifiers },
    /// Meetings per customer; with `before`, among those who reach it and until they first do.
    Touches { of: Place, before: Option<Event>, only: Modifiers },
    /// Times a goal is reached, per customer.
    Count(GoalId, Modifiers),
    /// Time to the first time, among those who reach it.
    TimeTo(Event, Modifiers),
    /// Money per customer.
    Money(MoneyKind, Modifiers),
    /// Net promoter score.
    Nps(Modifiers),
    /// Customer satisfaction.
    Csat(Modifiers),
    /// Customer effort score.
    Ces(Modifiers),
    /// Mean feeling.
    Felt(Modifiers),
    /// Removal effect of a place on the main goal.
    Pull(Place, Modifiers),
    /// Share of all who arrived whose journey fails on leaving the place.
    Leak(Place, Modifiers),
    /// What one point of probability is worth at a touchpoint.
    Leverage(TouchpointId, Modifiers),
    /// A statistic of a number per customer.
    Statistic(Statistic, Box<Measure>),
    /// Share of customers whose number compares so with a constant.
    Share(Box<Measure>, Comparison, BigRational),
    /// Arithmetic.
    Binary(Operator, Box<Measure>, Box<Measure>),
    /// The opposite.
    Negative(Box<Measure>),
}

impl MeasureKind {
    /// What narrows a measure that is no arithmetic over others.
    #[must_use]
    pub fn modifiers(&self) -> Option<&Modifiers> {
        match self {
            Self::Kpi(_, only)
            | Self::Rate { only, .. }
            | Self::Next { only, .. }
            | Self::Touches { only, .. }
            | Self::Count(_, only)
            | Self::TimeTo(_, only)
            | Self::Money(_, only)
            | Self::Nps(only)
            | Self::Csat(only)
            | Self::Ces(only)
            | Self::Felt(only)
            | Self::Pull(_, only)
            | Self::Leak(_, only)
            | Self::Leverage(_, only) => Some(only),
            Self::Constant(_) | Self::Statistic(..) | Self::Share(..) | Self::Binary(..) | Self::Negative(_) => None,
        }
    }

    /// The measures that a measure is arithmetic over, or a statistic of; from left to right.
    #[must_use]
    pub fn parts(&self) -> Vec<&Measure> {
        match self {
            Self::Statistic(_, inner) | Self::Share(inner, ..) | Self::Negative(inner) => vec![inner],
            Self::Binary(_, a, b) => vec![a, b],
            _ => Vec::new(),
        }
    }
}

/// What narrows a measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Modifiers {
    /// Whom it is of.
    pub who: Option<Who>,
    /// Under which scenario.
    pub scenario: Option<ScenarioId>,
    /// Where.
    pub at: Option<Place>,
    /// Divided by the times this is reached.
    pub per: Option<Event>,
    /// Within this many seconds of arrival.
    pub within: Option<f64>,
}

/// A part of the customers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Who {
    /// The personas, sorted.
    pub personas: Vec<PersonaId>,
    /// As documents call them.
    pub label: String,
}

/// Money per customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MoneyKind {
    /// What is spent.
    Cost,
    /// What is earned.
    Revenue,
    /// Earnings × their margin − cost.
    Margin,
    /// The margin, discounted to the day of arrival.
    Clv,
}

/// Something that can happen to a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Event {
    /// He meets a place.
    Meet(Place),
    /// He reaches a goal.
    Reach(GoalId),
    /// His journey stops.
    Stop(EndId),
}

/// Where meetings take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// One touchpoint.
    Touchpoint(TouchpointId),
    /// Any of a stage.
    Stage(StageId),
    /// Any on a channel (the first one, not `with`).
    Channel(ChannelId),
    /// Any of the stages of a moment.
    Moment(Moment),
    /// Any that carries a word of a facet.
    Facet(FacetId, usize),
    /// Any started by the brand or by the customer.
    Contact(Contact),
    /// On arriving, before the first touchpoint.
    Arrival(ArrivalId),
}

impl Model {
    /// Whether meeting a touchpoint is meeting a place.
    #[must_use]
    pub fn meets(&self, place: Place, touchpoint: TouchpointId) -> bool {
        let t = &self.touchpoints[touchpoint.index()];
        match place {
            Place::Touchpoint(id) => id == touchpoint,
            Place::Stage(id) => t.stage == Some(id),
            Place::Channel(id) => t.channel == id,
            Place::Moment(moment) => t.stage.is_some_and(|s| self.stages[s.index()].moment == Some(moment)),
            Place::Facet(facet, word) => t.is.contains(&(facet, word)),
            Place::Contact(contact) => t.contact == Some(contact),
            Place::Arrival(_) => false,
        }
    }
}

/// What a kpi is broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// By persona.
    Persona,
    /// By touchpoint.
    Touchpoint,
    /// By stage.
    Stage,
    /// By channel.
    Channel,
    /// By moment of truth.
    Moment,
    /// By arrival.
    Arrival,
    /// By the words of a facet.
    Facet(FacetId),
}

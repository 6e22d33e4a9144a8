//! Numbers that add up along a path, step by step.

use super::amounts::{Amount, Amounts, Table};
use super::scalar::Scalar;
use super::stopper::{Fate, Step};
use super::walk::Walk;
use crate::chain::Chain;
use crate::model::{ArrivalId, MoneyKind};
use crate::plan::{At, Marks, Variable};
use std::rc::Rc;

/// A number that adds up along a path.
pub(super) struct Tally<'a, S> {
    chain: &'a Chain,
    failing: &'a [bool],
    rule: Rule<'a>,
    amounts: Option<Rc<Amounts<S>>>,
    /// Whether a step that stops on meeting a touchpoint counts what the visit brings.
    own_visit: bool,
}

/// Where it counts.
enum Rule<'a> {
    /// Amounts of all leaves and visits.
    Everywhere,
    /// Amounts of the leaves of one arrival.
    Arrival(ArrivalId),
    /// Amounts of the visits that meet a place, and of the leaves from them.
    Place(&'a Marks),
    /// Seconds.
    Clock,
    /// Seconds in visits that meet a place, and on ways from one of them to another.
    ClockIn(&'a Marks),
    /// Visits that meet a place.
    Meets(&'a Marks),
    /// Visits that meet the first, followed at once by the second.
    Follows(&'a Marks, &'a Marks),
    /// Failing exits from visits that meet a place.
    Fails(&'a Marks),
}

/// How much of a step counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// What happens as the branch is taken.
    Leave,
    /// The way, too.
    Way,
    /// And the visit that it leads to.
    Visit,
}

impl<'a, S: Scalar> Tally<'a, S> {
    /// Seconds from arrival.
    pub(super) fn time(walk: &Walk<'a, S>) -> Self {
        Self::new(walk, Rule::Clock, Some(Amount::Time))
    }

    /// Money spent; up to an instant, with what the visit of that instant costs.
    pub(super) fn cost(walk: &Walk<'a, S>) -> Self {
        Self { own_visit: true, ..Self::new(walk, Rule::Everywhere, Some(Amount::Cost)) }
    }

    /// The number that a variable stands for, if it adds up along the path.
    pub(super) fn of(walk: &Walk<'a, S>, variable: &Variable) -> Option<Self> {
        let at = |amount, at| {
            let rule = match at {
                At::Anywhere => Rule::Everywhere,
                At::Arrival(arrival) => Rule::Arrival(arrival),
                At::Place(place) => Rule::Place(walk.marks(place)),
            };
            Some(Self::new(walk, rule, Some(amount)))
        };
        match *variable {
            Variable::Touches { of, .. } => Some(Self::new(walk, Rule::Meets(walk.marks(of)), None)),
            Variable::Times(goal) => at(Amount::Reached(goal), At::Anywhere),
            Variable::Follows { from, to } => Some(Self::new(walk, Rule::Follows(walk.marks(from), walk.marks(to)), None)),
            Variable::TimeTo(_) => Some(Self::time(walk)),
            Variable::TimeIn(place) => Some(Self::new(walk, Rule::ClockIn(walk.marks(place)), Some(Amount::Time))),
            Variable::Money(MoneyKind::Cost, place) => at(Amount::Cost, place),
            Variable::Money(MoneyKind::Revenue, place) => at(Amount::Revenue, place),
            Variable::Money(MoneyKind::Margin | MoneyKind::Clv, place) => at(Amount::Margin, place),
            Variable::FeltSum(place) => at(Amount::Felt, place),
            Variable::FeltCount(place) => at(Amount::Feelings, place),
            Variable::EffortSum(place) => at(Amount::Effort, place),
            Variable::EffortCount(place) => at(Amount::Efforts, place),
            Variable::ScoreSum(survey, place) => at(Amount::Score(survey), place),
            Variable::ScoreCount(survey, place) => at(Amount::Answers(survey), place),
            Variable::Fails(place) => Some(Self::new(walk, Rule::Fails(walk.marks(place)), None)),
            Variable::Hit { .. } | Variable::PeakEnd(_) | Variable::Satisfied(_) | Variable::Feels(_) | Variable::Leverage(_) => {
                None
            }
        }
    }

    fn new(walk: &Walk<'a, S>, rule: Rule<'a>, amount: Option<Amount>) -> Self {
        let amounts = amount.map(|amount| walk.amounts(amount));
        Self { chain: walk.chain, failing: &walk.plan.failing, rule, amounts, own_visit: false }
    }

    /// Mean of what a step brings.
    pub(super) fn mean(&self, step: &Step<'_, S>) -> Option<S> {
        self.sum(self.amounts.as_ref().map(|a| &a.mean), &S::one(), step, Reach::Visit)
    }

    /// Mean of what it brings up to where it stops.
    pub(super) fn mean_until(&self, step: &Step<'_, S>, fate: Fate) -> Option<S> {
        self.sum(self.amounts.as_ref().map(|a| &a.mean), &S::one(), step, self.reach(fate))
    }

    /// Variance of what it brings.
    pub(super) fn variance(&self, step: &Step<'_, S>) -> Option<f64> {
        self.sum(self.amounts.as_ref().map(|a| &a.variance), &0.0, step, Reach::Visit)
    }

    /// Variance of what it brings up to where it stops.
    pub(super) fn variance_until(&self, step: &Step<'_, S>, fate: Fate) -> Option<f64> {
        self.sum(self.amounts.as_ref().map(|a| &a.variance), &0.0, step, self.reach(fate))
    }

    fn reach(&self, fate: Fate) -> Reach {
        match fate {
            Fate::Leave(_) => Reach::Leave,
            Fate::Meet(_) if !self.own_visit => Reach::Way,
            Fate::Meet(_) | Fate::Visit(_) | Fate::End | Fate::On(_) => Reach::Visit,
        }
    }

    fn sum<T: Scalar>(&self, table: Option<&Table<T>>, one: &T, step: &Step<'_, S>, reach: Reach) -> Option<T> {
        let meets = |marks: &Marks, state: u32| marks.meet[self.chain.states[state as usize].touchpoint.index()];
        let to = ((step.to as usize) < self.chain.states.len()).then_some(step.to);
        let left = |marks: &Marks| step.from.is_some_and(|s| meets(marks, s));
        let met = |marks: &Marks| to.is_some_and(|s| meets(marks, s));
        let once = |happens: bool| if happens { Some(one.clone()) } else { Some(T::zero()) };
        let way = reach >= Reach::Way;
        let (on_leave, on_visit) = match self.rule {
            Rule::Everywhere => (true, true),
            Rule::Arrival(arrival) => (step.arrival == Some(arrival), false),
            Rule::Place(place) => (left(place), met(place)),
            Rule::Clock | Rule::ClockIn(_) => {
                let (stays, goes) = match self.rule {
                    Rule::ClockIn(place) => (left(place), left(place) && met(place)),
                    _ => (step.from.is_some(), true),
                };
                let mut sum = T::zero();
                if let (Some(table), Some(s), true) = (table, step.from, stays) {
                    sum.add(table.visits[self.chain.states[s as usize].visit as usize].as_ref()?);
                }
                if let (Some(table), true) = (table, goes && way) {
                    sum.add(table.leaves[step.leave as usize].as_ref()?);
                }
                return Some(sum);
            }
            Rule::Meets(place) => return once(reach == Reach::Visit && met(place)),
            Rule::Follows(from, then) => {
                let reached = then.leave[step.leave as usize]
                    || then.on_row(self.chain, step.to)
                    || to.is_some_and(|s| then.visit[self.chain.states[s as usize].visit as usize]);
                return once(left(from) && reached);
            }
            Rule::Fails(place) => {
                let end = (step.to as usize).checked_sub(self.chain.states.len());
                return once(left(place) && end.is_some_and(|e| self.failing[e]));
            }
        };
        let mut sum = T::zero();
        let Some(table) = table else { return Some(sum) };
        if on_leave {
            sum.add(table.leaves[step.leave as usize].as_ref()?);
        }
        if let (Some(s), true) = (to, on_visit && reach == Reach::Visit) {
            sum.add(table.visits[self.chain.states[s as usize].visit as usize].as_ref()?);
        }
        Some(sum)
    }
}

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
    /// What it counts, if it counts amounts.
    pub(super) amount: Option<Amount>,
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

/// What of a step counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    /// The step itself, once.
    pub(super) once: bool,
    /// The amount of its leave.
    pub(super) leave: bool,
    /// The amount of the visit of this state.
    pub(super) visit: Option<u32>,
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

    /// Money; up to an instant, with what the visit of that instant costs and brings.
    pub(super) fn money(walk: &Walk<'a, S>, amount: Amount) -> Self {
        Self { own_visit: true, ..Self::new(walk, Rule::Everywhere, Some(amount)) }
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
        Self { chain: walk.chain, failing: &walk.plan.failing, rule, amount, amounts, own_visit: false }
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
        self.sum(self.amounts.as_ref().map(|a| a.variance(self.chain)), &0.0, step, Reach::Visit)
    }

    /// Variance of what it brings up to where it stops.
    pub(super) fn variance_until(&self, step: &Step<'_, S>, fate: Fate) -> Option<f64> {
        self.sum(self.amounts.as_ref().map(|a| a.variance(self.chain)), &0.0, step, self.reach(fate))
    }

    fn reach(&self, fate: Fate) -> Reach {
        match fate {
            Fate::Leave(_) => Reach::Leave,
            Fate::Meet(_) if !self.own_visit => Reach::Way,
            Fate::Meet(_) | Fate::Visit(_) | Fate::End | Fate::On(_) => Reach::Visit,
        }
    }

    /// What of a whole step counts.
    pub(super) fn parts_of(&self, step: &Step<'_, S>) -> Parts {
        self.parts(step, Reach::Visit)
    }

    /// What of it counts up to where it stops.
    pub(super) fn parts_until(&self, step: &Step<'_, S>, fate: Fate) -> Parts {
        self.parts(step, self.reach(fate))
    }

    #[inline]
    fn sum<T: Scalar>(&self, table: Option<&Table<T>>, one: &T, step: &Step<'_, S>, reach: Reach) -> Option<T> {
        let parts = self.parts(step, reach);
        let mut sum = if parts.once { one.clone() } else { T::zero() };
        let Some(table) = table else { return Some(sum) };
        if parts.leave {
            sum.add(table.leaves[step.leave as usize].as_ref()?);
        }
        if let Some(s) = parts.visit {
            sum.add(table.visits[self.chain.states[s as usize].visit as usize].as_ref()?);
        }
        Some(sum)
    }

    #[inline]
    fn parts(&self, step: &Step<'_, S>, reach: Reach) -> Parts {
        let meets = |marks: &Marks, state: u32| marks.meet[self.chain.states[state as usize].touchpoint.index()];
        let to = ((step.to as usize) < self.chain.states.len()).then_some(step.to);
        let left = |marks: &Marks| step.from.is_some_and(|s| meets(marks, s));
        let met = |marks: &Marks| to.is_some_and(|s| meets(marks, s));
        let once = |once: bool| Parts { once, ..Parts::default() };
        let on_visit = |counts: bool| to.filter(|_| counts && reach == Reach::Visit);
        let way = reach >= Reach::Way;
        match self.rule {
            Rule::Everywhere => Parts { once: false, leave: true, visit: on_visit(true) },
            Rule::Arrival(arrival) => Parts { leave: step.arrival == Some(arrival), ..Parts::default() },
            Rule::Place(place) => Parts { once: false, leave: left(place), visit: on_visit(met(place)) },
            Rule::Clock => Parts { once: false, leave: way, visit: step.from },
            Rule::ClockIn(place) => {
                Parts { once: false, leave: way && left(place) && met(place), visit: step.from.filter(|_| left(place)) }
            }
            Rule::Meets(place) => once(reach == Reach::Visit && met(place)),
            Rule::Follows(from, then) => {
                let reached = then.leave[step.leave as usize]
                    || then.on_row(self.chain, step.to)
                    || to.is_some_and(|s| then.visit[self.chain.states[s as usize].visit as usize]);
                once(left(from) && reached)
            }
            Rule::Fails(place) => {
                let end = (step.to as usize).checked_sub(self.chain.states.len());
                once(left(place) && end.is_some_and(|e| self.failing[e]))
            }
        }
    }
}

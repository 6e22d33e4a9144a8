//! What each kind of visit and of leave brings on average, and how much that varies.

use super::scalar::Scalar;
use super::scores;
use crate::chain::{Chain, Rewards};
use crate::model::law::nearest;
use crate::model::{GoalId, Law, Survey};
use std::cell::OnceCell;

/// Something that adds up along a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Amount {
    /// Money spent.
    Cost,
    /// Money earned.
    Revenue,
    /// Earnings × their margin − cost.
    Margin,
    /// Seconds: in a visit, on the way.
    Time,
    /// Feelings.
    Felt,
    /// How many feelings.
    Feelings,
    /// Efforts.
    Effort,
    /// How many efforts.
    Efforts,
    /// What answers are worth.
    Score(Survey),
    /// How many answers.
    Answers(Survey),
    /// How many times a goal is reached.
    Reached(GoalId),
}

/// An amount by kind of visit and by kind of leave; `None` where it is not known.
#[derive(Debug)]
pub(super) struct Amounts<S> {
    pub(super) mean: Table<S>,
    amount: Amount,
    variance: OnceCell<Table<f64>>,
}

/// By place in [`Chain::visits`] and in [`Chain::leaves`].
#[derive(Debug)]
pub(super) struct Table<T> {
    pub(super) visits: Vec<Option<T>>,
    pub(super) leaves: Vec<Option<T>>,
}

impl<S: Scalar> Amounts<S> {
    /// The amounts of a chain.
    pub(super) fn new(chain: &Chain, amount: Amount) -> Self {
        let sums = Sums { amount };
        let mean = Table {
            visits: chain.visits.iter().map(|v| sums.visit(v)).collect(),
            leaves: chain.leaves.iter().map(|l| sums.leave(l)).collect(),
        };
        Self { mean, amount, variance: OnceCell::new() }
    }

    /// The variances, of the chain that the means are of.
    pub(super) fn variance(&self, chain: &Chain) -> &Table<f64> {
        let sums = Sums { amount: self.amount };
        self.variance.get_or_init(|| Table {
            visits: chain.visits.iter().map(|v| sums.visit_variance(v)).collect(),
            leaves: chain.leaves.iter().map(|l| sums.leave_variance(l)).collect(),
        })
    }
}

struct Sums {
    amount: Amount,
}

impl Sums {
    fn visit<S: Scalar>(&self, visit: &crate::chain::Visit) -> Option<S> {
        match self.amount {
            Amount::Time => S::mean_of(&visit.takes),
            Amount::Effort => visit.effort.as_ref().map_or_else(|| Some(S::zero()), S::mean_of),
            Amount::Efforts => Some(count(usize::from(visit.effort.is_some()))),
            Amount::Reached(goal) => Some(count(usize::from(visit.reaches.contains(&goal)))),
            Amount::Answers(survey) => Some(count(answers(visit, survey).count())),
            Amount::Score(survey) => sum(answers(visit, survey).map(|law| scores::mean(survey, law))),
            _ => self.rewards(&visit.rewards),
        }
    }

    fn leave<S: Scalar>(&self, leave: &crate::chain::Leave) -> Option<S> {
        match self.amount {
            Amount::Time => S::mean_of(&leave.after),
            Amount::Reached(goal) => Some(count(usize::from(leave.reaches.contains(&goal)))),
            _ => self.rewards(&leave.rewards),
        }
    }

    fn rewards<S: Scalar>(&self, rewards: &Rewards) -> Option<S> {
        let costs = || sum(rewards.costs.iter().map(S::mean_of));
        match self.amount {
            Amount::Cost => costs(),
            Amount::Revenue => rewards.earns.as_ref().map_or_else(|| Some(S::zero()), |(law, _)| S::mean_of(law)),
            Amount::Margin => {
                let costs: S = costs()?;
                match &rewards.earns {
                    None => Some(S::zero().less(&costs)),
                    Some((law, margin)) => Some(S::mean_of(law)?.times(&S::rational(margin)).less(&costs)),
                }
            }
            Amount::Felt => rewards.feel.as_ref().map_or_else(|| Some(S::zero()), S::mean_of),
            Amount::Feelings => Some(count(usize::from(rewards.feel.is_some()))),
            _ => Some(S::zero()),
        }
    }

    fn visit_variance(&self, visit: &crate::chain::Visit) -> Option<f64> {
        match self.amount {
            Amount::Time => Some(visit.takes.variance()),
            Amount::Effort => Some(visit.effort.as_ref().map_or(0.0, Law::variance)),
            Amount::Score(survey) => sum(answers(visit, survey).map(|law| scores::variance(survey, law))),
            _ => Some(self.rewards_variance(&visit.rewards)),
        }
    }

    fn leave_variance(&self, leave: &crate::chain::Leave) -> Option<f64> {
        match self.amount {
            Amount::Time => Some(leave.after.variance()),
            _ => Some(self.rewards_variance(&leave.rewards)),
        }
    }

    fn rewards_variance(&self, rewards: &Rewards) -> f64 {
        let costs = || rewards.costs.iter().map(Law::variance).sum::<f64>();
        let earns = || rewards.earns.as_ref().map_or(0.0, |(law, _)| law.variance());
        let margin = || rewards.earns.as_ref().map_or(0.0, |(_, margin)| nearest(margin));
        match self.amount {
            Amount::Cost => costs(),
            Amount::Revenue => earns(),
            Amount::Margin => costs() + margin() * margin() * earns(),
            Amount::Felt => rewards.feel.as_ref().map_or(0.0, Law::variance),
            _ => 0.0,
        }
    }
}

fn answers(visit: &crate::chain::Visit, survey: Survey) -> impl Iterator<Item = &Law> {
    visit.surveys.iter().filter(move |(asked, _)| *asked == survey).map(|(_, law)| law)
}

fn count<S: Scalar>(times: usize) -> S {
    let mut sum = S::zero();
    for _ in 0..times {
        sum.add(&S::one());
    }
    sum
}

fn sum<S: Scalar>(values: impl Iterator<Item = Option<S>>) -> Option<S> {
    let mut sum = S::zero();
    for value in values {
        sum.add(&value?);
    }
    Some(sum)
}

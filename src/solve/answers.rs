//! Each question of a plan, led to the method that answers it.

use super::moments::Span;
use super::scalar::Scalar;
use super::tally::Tally;
use super::walk::Walk;
use super::{Answer, Exact, Rational};
use crate::model::MoneyKind;
use crate::plan::{At, Declined, EventIx, Question, Variable, Wants, compares};
use crate::syntax::tree::Comparison;
use num_rational::BigRational;

/// How a variable is answered.
pub(super) enum Method {
    /// 1 or 0, over those to whom the event happens.
    Hit { from: Option<EventIx>, to: EventIx, before: Option<EventIx>, among: Option<EventIx> },
    /// A number that adds up.
    Sum(Span),
    /// The same over everybody, where only those to whom the event happens have any.
    SumOfThose(EventIx),
    /// Discounted margin.
    Discounted(At),
    /// Whether anything is felt.
    Feels,
    /// What a point of probability is worth.
    Leverage(usize, EventIx),
}

impl Method {
    pub(super) fn of<S: Scalar>(walk: &Walk<'_, S>, question: &Question) -> Result<Self, Declined> {
        let among = question.among;
        let same = |a: EventIx| among.is_some_and(|b| walk.same(a, b));
        Ok(match question.variable {
            Variable::Hit { from, to, before, .. } => {
                if among.is_some() && !same(to) && !from.is_some_and(same) {
                    return Err(Declined::OtherEngine);
                }
                Self::Hit { from, to, before, among }
            }
            Variable::TimeTo(event) => match among {
                None => Self::SumOfThose(event),
                Some(_) if same(event) => Self::Sum(Span::To(event)),
                Some(_) => return Err(Declined::OtherEngine),
            },
            Variable::Touches { until: Some(event), .. } => match among {
                None => Self::Sum(Span::Until(event)),
                Some(_) if same(event) => Self::Sum(Span::To(event)),
                Some(_) => return Err(Declined::OtherEngine),
            },
            Variable::Money(MoneyKind::Clv, at) if walk.plan.discount != 0.0 => match among {
                None => Self::Discounted(at),
                Some(_) => return Err(Declined::OtherEngine),
            },
            Variable::PeakEnd(_) | Variable::Satisfied(_) => return Err(Declined::Feelings),
            Variable::Feels(_) | Variable::Leverage(_) if among.is_some() => return Err(Declined::OtherEngine),
            Variable::Feels(At::Anywhere) => Self::Feels,
            Variable::Feels(_) => return Err(Declined::Feelings),
            Variable::Leverage(touchpoint) => match walk.plan.goal {
                Some(goal) => Self::Leverage(touchpoint.index(), walk.plan.goals[goal.index()]),
                None => return Err(Declined::OtherEngine),
            },
            _ => Self::Sum(among.map_or(Span::Whole, Span::Through)),
        })
    }
}

/// Answers a question. `longest` is the largest possible duration of a journey.
pub(super) fn answer(
    walk: &Walk<'_, f64>,
    fractions: Option<&Walk<'_, BigRational>>,
    question: &Question,
    longest: Option<f64>,
) -> Answer {
    let exact = limited(walk, question, longest).and_then(|()| exact(walk, question));
    let beyond = match (&exact, question.wants) {
        (Ok(_), Wants::Distribution) => Some(Declined::Distribution),
        (Ok(personas), Wants::Spread) if personas.iter().any(|p| p.sd.is_none()) => Some(Declined::Spread),
        _ => None,
    };
    let rational = match (&exact, fractions) {
        (Ok(_), Some(fractions)) => rational(fractions, question),
        _ => None,
    };
    Answer { exact, beyond, rational }
}

/// Whether a limit of time may cut something.
pub(super) fn limited(walk: &Walk<'_, f64>, question: &Question, longest: Option<f64>) -> Result<(), Declined> {
    let cuts = |limit: f64| longest.is_none_or(|longest| longest > limit);
    if walk.plan.horizon.is_some_and(cuts) {
        return Err(Declined::Horizon);
    }
    let own = match question.variable {
        Variable::Hit { within, .. } => within,
        _ => None,
    };
    if question.within.into_iter().chain(own).any(cuts) {
        return Err(Declined::Within);
    }
    Ok(())
}

fn exact(walk: &Walk<'_, f64>, question: &Question) -> Result<Vec<Exact>, Declined> {
    let method = Method::of(walk, question)?;
    if let Method::Discounted(at) = method {
        let means = walk.discounted().margin(walk, at).ok_or(Declined::OtherEngine)?;
        let base = |p: usize| if walk.comes(p) { 1.0 } else { 0.0 };
        return Ok(means.into_iter().enumerate().map(|(p, mean)| Exact { base: base(p), mean, sd: None }).collect());
    }
    let means = means(walk, question, &method).ok_or(Declined::OtherEngine)?;
    let mut answers: Vec<Exact> = means.into_iter().map(|(base, mean)| Exact { base, mean, sd: None }).collect();
    match method {
        Method::Hit { .. } | Method::Feels => {
            for answer in &mut answers {
                answer.sd = Some((answer.mean * (1.0 - answer.mean)).max(0.0).sqrt());
            }
        }
        Method::Sum(span) if question.wants != Wants::Mean => {
            let moments = Tally::of(walk, &question.variable).and_then(|tally| walk.moments(&tally, span));
            for (answer, moments) in answers.iter_mut().zip(moments.into_iter().flatten()) {
                answer.sd = moments.variance.map(f64::sqrt);
            }
        }
        Method::SumOfThose(event) if question.wants != Wants::Mean => {
            let moments = walk.moments(&Tally::time(walk), Span::To(event));
            for (answer, moments) in answers.iter_mut().zip(moments.into_iter().flatten()) {
                // of those to whom it happens, and of the others, who have nothing
                let (share, mean) = (moments.share, moments.mean);
                let among = (1.0 - share).max(0.0) * mean * mean;
                answer.sd = moments.variance.map(|within| (share * (within + among)).sqrt());
            }
        }
        Method::Sum(_) | Method::SumOfThose(_) | Method::Discounted(_) | Method::Leverage(..) => {}
    }
    match question.wants {
        Wants::Share(comparison, limit) => shares(&answers, comparison, limit),
        _ => Ok(answers),
    }
}

/// The share of those whose number compares so with a limit: known where the number does not vary within a persona.
fn shares(numbers: &[Exact], comparison: Comparison, limit: f64) -> Result<Vec<Exact>, Declined> {
    let share = |number: &Exact| {
        let fixed = number.base == 0.0 || number.sd.is_some_and(|sd| sd <= 1e-12 * number.mean.abs());
        let mean = if number.base > 0.0 && compares(number.mean, comparison, limit) { 1.0 } else { 0.0 };
        fixed.then_some(Exact { base: number.base, mean, sd: Some(0.0) }).ok_or(Declined::Distribution)
    };
    numbers.iter().map(share).collect()
}

fn rational(walk: &Walk<'_, BigRational>, question: &Question) -> Option<Vec<Rational>> {
    if matches!(question.wants, Wants::Share(..)) {
        return None;
    }
    let method = Method::of(walk, question).ok()?;
    Some(means(walk, question, &method)?.into_iter().map(|(base, mean)| Rational { base, mean }).collect())
}

/// Per persona: the share of those over whom the number is taken, and its mean over them; `None` where a number that it needs
/// is not known.
pub(super) fn means<S: Scalar>(walk: &Walk<'_, S>, question: &Question, method: &Method) -> Option<Vec<(S, S)>> {
    let everybody = |means: Vec<S>| -> Vec<(S, S)> {
        let base = |p: usize| if walk.comes(p) { S::one() } else { S::zero() };
        means.into_iter().enumerate().map(|(p, mean)| (base(p), mean)).collect()
    };
    match *method {
        Method::Hit { from, to, before, among } => {
            let hits = match from {
                Some(from) => walk.hit_after(from, to, before),
                None => walk.hit(to, before),
            };
            let Some(among) = among else { return Some(everybody(hits)) };
            let mean = |(base, hit): (S, S)| {
                let mean = if base.is_zero() { S::zero() } else { hit.over(&base) };
                (base, mean)
            };
            Some(walk.hit(among, None).into_iter().zip(hits).map(mean).collect())
        }
        Method::Sum(span) => walk.mean(&Tally::of(walk, &question.variable)?, span),
        Method::SumOfThose(event) => {
            let those = walk.mean(&Tally::time(walk), Span::To(event))?;
            Some(everybody(those.into_iter().map(|(share, mean)| share.times(&mean)).collect()))
        }
        Method::Discounted(_) => None,
        Method::Feels => Some(everybody(walk.feels())),
        Method::Leverage(touchpoint, goal) => {
            let mut all = walk.leverage(goal);
            Some(everybody(all.iter_mut().map(|personas| personas.swap_remove(touchpoint)).collect()))
        }
    }
}

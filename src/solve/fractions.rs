//! Every answer as a fraction, or why it is none.

use super::answers::{Method, limited, means};
use super::limits;
use super::walk::Walk;
use super::{NoFraction, Rational};
use crate::chain::Chain;
use crate::plan::{Declined, Plan, Question, Wants};
use num_rational::BigRational;

/// By question of a plan, then by persona: its mean as a fraction. The work grows fast with the states: it is for the caller to
/// say how many are too many.
///
/// # Errors
/// [`Declined::NeverEnds`] if some customers may never come to an end.
pub fn fractions(chain: &Chain, plan: &Plan) -> Result<Vec<Result<Vec<Rational>, NoFraction>>, Declined> {
    let floats = Walk::<f64>::new(chain, plan)?;
    let walk = Walk::<BigRational>::new(chain, plan)?;
    let longest = limits::longest(&floats);
    let one = |question| {
        limited(&floats, question, longest)?;
        answer(&walk, question)
    };
    Ok(plan.questions.iter().map(one).collect())
}

fn answer(walk: &Walk<'_, BigRational>, question: &Question) -> Result<Vec<Rational>, NoFraction> {
    if matches!(question.wants, Wants::Share(..)) {
        return Err(Declined::Distribution.into());
    }
    let method = Method::of(walk, question)?;
    if matches!(method, Method::Discounted(_)) {
        return Err(NoFraction::Discount);
    }
    let found = means(walk, question, &method).ok_or(NoFraction::Law)?;
    Ok(found.into_iter().map(|(base, mean)| Rational { base, mean }).collect())
}

impl From<Declined> for NoFraction {
    fn from(why: Declined) -> Self {
        Self::Declined(why)
    }
}

//! What an answer to a survey is worth on average.

use super::scalar::Scalar;
use crate::model::law::{Family, nearest};
use crate::model::{Law, Survey};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// The lowest and highest mark of a survey.
fn scale(survey: Survey) -> (i64, i64) {
    match survey {
        Survey::Nps => (0, 10),
        Survey::Csat => (1, 5),
        Survey::Ces => (1, 7),
    }
}

/// What a mark is worth.
fn worth(survey: Survey, mark: i64) -> i64 {
    match survey {
        Survey::Nps => i64::from(mark >= 9) - i64::from(mark <= 6),
        Survey::Csat => i64::from(mark >= 4),
        Survey::Ces => mark,
    }
}

/// Mean worth of an answer; `None` where it is no number of this kind, or the law is a sum of several distributions.
pub(super) fn mean<S: Scalar>(survey: Survey, law: &Law) -> Option<S> {
    if law.is_constant() {
        let (low, high) = scale(survey);
        let half = BigRational::new(BigInt::from(1), BigInt::from(2));
        let mark = (&law.constant + half).floor().to_integer();
        let mark = mark.clamp(BigInt::from(low), BigInt::from(high)).to_i64()?;
        return Some(S::rational(&BigRational::from_integer(worth(survey, mark).into())));
    }
    S::float(moments(survey, law)?.0)
}

/// Variance of what an answer is worth; `None` if the law is a sum of several distributions.
pub(super) fn variance(survey: Survey, law: &Law) -> Option<f64> {
    if law.is_constant() { Some(0.0) } else { Some(moments(survey, law)?.1) }
}

fn moments(survey: Survey, law: &Law) -> Option<(f64, f64)> {
    let (low, high) = scale(survey);
    let mut marks = Vec::new();
    let mut above = 1.0;
    for mark in low..=high {
        let next = if mark == high { 0.0 } else { at_least(law, mark as f64 + 0.5)? };
        marks.push((worth(survey, mark) as f64, above - next));
        above = next;
    }
    let mean: f64 = marks.iter().map(|(worth, p)| worth * p).sum();
    Some((mean, marks.iter().map(|(worth, p)| (worth - mean) * (worth - mean) * p).sum()))
}

/// Probability that a law gives at least `x`; `None` if it is a sum of several distributions.
fn at_least(law: &Law, x: f64) -> Option<f64> {
    let constant = nearest(&law.constant);
    let (scale, distribution) = match &law.terms[..] {
        [] => return Some(f64::from(constant >= x)),
        [(scale, distribution)] => (nearest(scale), distribution),
        _ => return None,
    };
    if let Family::Empirical { values, probabilities } = &distribution.family {
        return Some(values.iter().zip(probabilities).filter(|(v, _)| constant + scale * **v >= x).map(|(_, p)| p).sum());
    }
    let limit = (x - constant) / scale;
    let counts = matches!(distribution.family, Family::Poisson { .. });
    Some(match (scale > 0.0, counts) {
        (true, true) => 1.0 - distribution.cdf(limit.ceil() - 1.0),
        (true, false) => 1.0 - distribution.cdf(limit),
        (false, _) => distribution.cdf(limit),
    })
}

#[cfg(test)]
mod tests {
    use super::{mean, variance};
    use crate::model::law::{Distribution, Family};
    use crate::model::{Law, Survey};
    use num_bigint::BigInt;
    use num_rational::BigRational;

    fn constant(twice: i64) -> Law {
        Law::constant(BigRational::new(BigInt::from(twice), BigInt::from(2)))
    }

    #[test]
    fn a_certain_answer_is_rounded_half_up_and_kept_within_its_scale() {
        let marks = |survey, twice| mean::<f64>(survey, &constant(twice)).unwrap();
        assert_eq!([12, 13, 16, 17, 30].map(|x| marks(Survey::Nps, x)), [-1.0, 0.0, 0.0, 1.0, 1.0]);
        assert_eq!([6, 7].map(|x| marks(Survey::Csat, x)), [0.0, 1.0]);
        assert_eq!([-4, 5, 99].map(|x| marks(Survey::Ces, x)), [1.0, 3.0, 7.0]);
    }

    #[test]
    fn an_even_law_over_0_to_10_gives_marks_of_a_tenth_and_half_marks_at_its_ends() {
        // NPS: at least 8.5 in 15 of 100, below 6.5 in 65 of 100: −0.5; squares 0.8 − 0.25.
        // CES: 1 below 1.5 (0.15), 2 to 6 in 0.1 each (sum of marks 20), 7 from 6.5 on (0.35): 0.15 + 2 + 2.45.
        let law = Law::of(Distribution::new(Family::Uniform { low: 0.0, high: 10.0 }));
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-15, "{a} {b}");
        close(mean::<f64>(Survey::Nps, &law).unwrap(), -0.5);
        close(variance(Survey::Nps, &law).unwrap(), 0.55);
        close(mean::<f64>(Survey::Csat, &law).unwrap(), 0.65);
        close(mean::<f64>(Survey::Ces, &law).unwrap(), 4.6);
        assert!(mean::<BigRational>(Survey::Ces, &law).is_none());
    }

    #[test]
    fn a_scaled_law_is_read_from_its_own_side() {
        // 10 − 4 X, X even on 0..1: at least 8.5 where X ≤ 0.375, never below 6.
        let law = Law {
            constant: BigRational::from_integer(10.into()),
            terms: vec![(BigRational::from_integer((-4).into()), Distribution::new(Family::Uniform { low: 0.0, high: 1.0 }))],
        };
        // below 6.5 where X > 0.875
        assert!((mean::<f64>(Survey::Nps, &law).unwrap() - (0.375 - 0.125)).abs() < 1e-15);
    }
}

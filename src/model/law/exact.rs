//! Means that are fractions.

use super::solve_parameters::{BadFacts, Fact, FamilyName, from_facts};
use super::{Distribution, Family, Law, nearest};
use num_rational::BigRational;
use num_traits::{One, Zero};

impl Distribution {
    /// A distribution whose mean is not known as a fraction.
    #[must_use]
    pub fn new(family: Family) -> Self {
        Self { family, exact_mean: None }
    }

    /// The distribution of which these facts are known, with its mean as a fraction where the facts give one.
    ///
    /// # Errors
    /// See [`from_facts`].
    pub fn from_facts(name: FamilyName, facts: &[(Fact, BigRational)], positive: bool) -> Result<Self, BadFacts> {
        let floats: Vec<(Fact, f64)> = facts.iter().map(|(fact, value)| (*fact, nearest(value))).collect();
        let family = from_facts(name, &floats, positive)?;
        let truncated = matches!(family, Family::Normal { positive: true, .. });
        Ok(Self { family, exact_mean: if truncated { None } else { mean_of_facts(name, facts) } })
    }

    /// Some values with their probabilities, which sum to 1.
    #[must_use]
    pub fn empirical(cases: &[(BigRational, BigRational)]) -> Self {
        let family = Family::Empirical {
            values: cases.iter().map(|(value, _)| nearest(value)).collect(),
            probabilities: cases.iter().map(|(_, p)| nearest(p)).collect(),
        };
        Self { family, exact_mean: Some(cases.iter().map(|(value, p)| value * p).sum()) }
    }
}

impl Law {
    /// The mean, where it is a fraction.
    #[must_use]
    pub fn exact_mean(&self) -> Option<BigRational> {
        self.terms.iter().try_fold(self.constant.clone(), |sum, (scale, d)| Some(sum + scale * d.exact_mean.as_ref()?))
    }
}

/// The mean, where the facts give it as a fraction.
fn mean_of_facts(name: FamilyName, facts: &[(Fact, BigRational)]) -> Option<BigRational> {
    let get = |wanted: Fact| facts.iter().find(|(fact, _)| name.named(*fact) == wanted).map(|(_, value)| value.clone());
    if let Some(mean) = get(Fact::Mean) {
        return Some(mean);
    }
    let (two, three) = (BigRational::from_integer(2.into()), BigRational::from_integer(3.into()));
    match name {
        FamilyName::Uniform => get(Fact::Percentile(50)).or_else(|| Some((get(Fact::Low)? + get(Fact::High)?) / two)),
        FamilyName::Triangular => Some((get(Fact::Low)? + get(Fact::Mode)? + get(Fact::High)?) / three),
        FamilyName::Normal => get(Fact::Percentile(50)),
        FamilyName::Exponential => get(Fact::Sd),
        FamilyName::Beta => {
            let (a, b) = (get(Fact::Parameter(0))?, get(Fact::Parameter(1))?);
            Some(&a / (&a + b))
        }
        FamilyName::Gamma => Some(get(Fact::Parameter(0))? * get(Fact::Parameter(1))?),
        FamilyName::Weibull => (get(Fact::Parameter(0))? == BigRational::one()).then(|| get(Fact::Parameter(1)))?,
        FamilyName::Lognormal | FamilyName::Poisson => None,
    }
    .filter(|mean| !mean.is_zero() || matches!(name, FamilyName::Uniform | FamilyName::Triangular | FamilyName::Normal))
}

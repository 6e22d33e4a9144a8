//! Distributions by what people know of them: `lognormal(median 40 s, p90 3 min)`.

use super::quantity::{Quantity, too_far};
use super::scope::Scope;
use super::wanted::sum_of_shares;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::{Lang, Words, in_unit};
use crate::model::law::{BadFacts, Distribution, Fact, FamilyName};
use crate::model::{Law, Unit};
use crate::syntax::tree::{Argument, Name};
use crate::words;
use num_rational::BigRational;

const FAMILIES: &[(&str, FamilyName)] = &[
    ("uniform", FamilyName::Uniform),
    ("triangular", FamilyName::Triangular),
    ("exponential", FamilyName::Exponential),
    ("normal", FamilyName::Normal),
    ("lognormal", FamilyName::Lognormal),
    ("gamma", FamilyName::Gamma),
    ("weibull", FamilyName::Weibull),
    ("beta", FamilyName::Beta),
    ("poisson", FamilyName::Poisson),
];

const EMPIRICAL: &str = "empirical";

impl Scope<'_> {
    /// `family(arguments)`.
    pub(super) fn call(&self, family: &Name, arguments: &[Argument], span: Span) -> Option<Quantity> {
        if family.text == EMPIRICAL {
            return self.empirical(arguments, span);
        }
        let all: Vec<&str> = FAMILIES.iter().map(|(word, _)| *word).chain([EMPIRICAL]).collect();
        let wanted = words!("a distribution", "une distribution");
        let name = self.word(family, &wanted, &all, |w| FAMILIES.iter().find(|(word, _)| *word == w).map(|(_, name)| *name));
        let facts: Vec<_> = arguments.iter().enumerate().map(|(place, a)| self.fact(place, a)).collect();
        let (name, facts) = (name?, facts.into_iter().collect::<Option<Vec<_>>>()?);
        let unit = self.unit_of_facts(name, &facts)?;
        self.expect_rising(name, arguments, &facts, unit)?;
        let facts: Vec<(Fact, BigRational)> = facts.into_iter().map(|f| (f.fact, f.value)).collect();
        self.distribution(name, &facts, unit, span)
    }

    /// The distribution of which these facts are known.
    pub(super) fn distribution(
        &self,
        name: FamilyName,
        facts: &[(Fact, BigRational)],
        unit: Unit,
        span: Span,
    ) -> Option<Quantity> {
        // A time below zero is refused where a time is wanted, with the code of that mistake.
        match Distribution::from_facts(name, facts, unit == Unit::Time && name == FamilyName::Normal) {
            Ok(distribution) => {
                let heavy = distribution.is_heavy().then(|| distribution.mean());
                let law = Law::of(distribution);
                let family = word_of_family(name);
                if !law.is_computable() {
                    return self.refuse(too_far(&words!("this `{family}`", "cette `{family}`"), span));
                }
                if let Some(mean) = heavy {
                    self.say(self.heavy_tail(family, mean, unit, span));
                }
                Some(Quantity { law, unit, literal: false })
            }
            Err(error) => self.refuse(bad(name, error, span)),
        }
    }

    /// The finding about a mean that hardly any draw makes.
    fn heavy_tail(&self, family: &str, mean: f64, unit: Unit, span: Span) -> Diagnostic {
        let written = |lang| in_unit(mean, unit, self.common.currency, lang);
        let (en, fr) = (written(Lang::En), written(Lang::Fr));
        Diagnostic::new(
            Code::HeavyTail,
            span,
            words!(
                "the mean of this `{family}` lies beyond its own p99",
                "la moyenne de cette `{family}` dépasse son propre p99"
            ),
        )
        .here(words!("on average {en}", "en moyenne {fr}"))
        .note(words!(
            "99 draws in a hundred stay below it: neither the mean nor a simulation of it says much",
            "99 tirages sur cent restent au-dessous : ni la moyenne ni sa simulation ne disent grand-chose"
        ))
        .help(words!(
            "check the facts and their units, or give a largest value: `triangular`, `uniform`, `empirical`",
            "vérifiez les faits et leurs unités, ou donnez une valeur maximale : `triangular`, `uniform`, `empirical`"
        ))
    }

    fn fact(&self, place: usize, argument: &Argument) -> Option<Known> {
        if let Some(share) = argument.share.as_ref().map(|s| s.span).or(argument.otherwise) {
            let message =
                words!("only `empirical` takes values with shares", "seule `empirical` prend des valeurs avec des parts");
            return self.refuse(Diagnostic::new(Code::BadDistribution, share, message));
        }
        let all = ["mean", "sd", "median", "p10", "p90", "low", "mode", "high"];
        let wanted = words!("a fact about a distribution", "un fait sur une distribution");
        let fact = match &argument.word {
            Some(word) => self.word(word, &wanted, &all, fact_of_word),
            None => Some(Fact::Parameter(u8::try_from(place).unwrap_or(u8::MAX))),
        };
        let quantity = self.evaluate(&argument.value)?;
        let (unit, span) = (quantity.unit, argument.value.span);
        let value = self.certain(quantity, span)?;
        Some(Known { fact: fact?, value, unit, span })
    }

    /// All facts are in one unit, but for parameters that are bare numbers, and the sd of a share, which is in points.
    fn unit_of_facts(&self, name: FamilyName, facts: &[Known]) -> Option<Unit> {
        let mut found: Option<(Unit, Span)> = None;
        for known in facts {
            let bare = matches!(
                (name, known.fact),
                (FamilyName::Beta, Fact::Parameter(_)) | (FamilyName::Gamma | FamilyName::Weibull, Fact::Parameter(0))
            );
            let wanted = if bare { Some((Unit::Number, known.span)) } else { found };
            let unit = if known.fact == Fact::Sd && known.unit == Unit::Points { Unit::Share } else { known.unit };
            match wanted {
                Some((wanted, at)) if wanted != unit => {
                    return self.refuse(super::expressions::two_units(wanted, at, unit, known.span, known.span));
                }
                Some(_) => {}
                None => found = Some((unit, known.span)),
            }
        }
        let (unit, at) = match (name, found) {
            (FamilyName::Beta, None) => return Some(Unit::Share),
            (FamilyName::Beta, Some((Unit::Share, _))) => return Some(Unit::Share),
            (FamilyName::Beta, Some((_, at))) => (Unit::Share, at),
            (FamilyName::Poisson, Some((unit, at))) if unit != Unit::Number => (Unit::Number, at),
            (_, found) => return Some(found.map_or(Unit::Number, |(unit, _)| unit)),
        };
        let wanted = super::units::unit_words(unit);
        let (en, fr) = (wanted.en, wanted.fr);
        self.refuse(Diagnostic::new(Code::UnitMismatch, at, words!("{en} is needed here", "il faut ici {fr}")))
    }

    /// `empirical(1 day 30%, 2 days otherwise)`.
    fn empirical(&self, arguments: &[Argument], span: Span) -> Option<Quantity> {
        let mut unit: Option<(Unit, Span)> = None;
        let mut values = Vec::new();
        let mut shares = Vec::new();
        for argument in arguments {
            if let Some(word) = &argument.word {
                let message = words!(
                    "`empirical` takes values with their shares, no other word",
                    "`empirical` prend des valeurs avec leurs parts, sans autre mot"
                );
                return self.refuse(Diagnostic::new(Code::BadDistribution, word.span, message));
            }
            let at = argument.value.span;
            let quantity = self.evaluate(&argument.value)?;
            match unit {
                Some((first, from)) if first != quantity.unit => {
                    return self.refuse(super::expressions::two_units(first, from, quantity.unit, at, at));
                }
                _ => unit = Some((quantity.unit, at)),
            }
            values.push(self.certain(quantity, at)?);
            shares.push(match (&argument.share, argument.otherwise) {
                (Some(share), _) => (Some(self.share_of(share)?), share.span),
                (None, Some(otherwise)) => (None, otherwise),
                (None, None) => {
                    let message = words!("a value without its share", "une valeur sans sa part");
                    return self.refuse(Diagnostic::new(Code::BadDistribution, at, message).help(words!(
                        "write how often it comes: `1 day 30%`, `2 days otherwise`",
                        "écrivez sa fréquence : `1 day 30%`, `2 days otherwise`"
                    )));
                }
            });
        }
        let shares = sum_of_shares(self, &shares, span)?;
        let cases: Vec<(BigRational, BigRational)> = values.into_iter().zip(shares).collect();
        let unit = unit.map_or(Unit::Number, |(unit, _)| unit);
        self.sized(Quantity { law: Law::of(Distribution::empirical(&cases)), unit, literal: false }, span)
    }
}

/// A fact about a distribution, as written.
pub(super) struct Known {
    pub(super) fact: Fact,
    pub(super) value: BigRational,
    pub(super) unit: Unit,
    pub(super) span: Span,
}

fn word_of_family(name: FamilyName) -> &'static str {
    FAMILIES.iter().find(|(_, n)| *n == name).map_or("", |(word, _)| *word)
}

fn fact_of_word(word: &str) -> Option<Fact> {
    Some(match word {
        "mean" => Fact::Mean,
        "sd" => Fact::Sd,
        "median" => Fact::Percentile(50),
        "low" => Fact::Low,
        "mode" => Fact::Mode,
        "high" => Fact::High,
        _ => Fact::Percentile(word.strip_prefix('p')?.parse().ok().filter(|p| (1..=99).contains(p))?),
    })
}

pub(super) fn word_of_fact(fact: Fact) -> Words {
    match fact {
        Fact::Mean => Words::same("`mean`"),
        Fact::Sd => Words::same("`sd`"),
        Fact::Percentile(50) => Words::same("`median`"),
        Fact::Percentile(p) => Words::same(format!("`p{p}`")),
        Fact::Low => Words::same("`low`"),
        Fact::Mode => Words::same("`mode`"),
        Fact::High => Words::same("`high`"),
        Fact::Parameter(_) => words!("a number without a word before it", "un nombre sans mot devant lui"),
    }
}

fn bad(name: FamilyName, error: BadFacts, span: Span) -> Diagnostic {
    let family = word_of_family(name);
    let count = name.parameters();
    let message = match error {
        BadFacts::Missing => words!("too little is said of this `{family}`", "on en dit trop peu sur cette `{family}`"),
        BadFacts::TooMany => words!("too much is said of this `{family}`", "on en dit trop sur cette `{family}`"),
        BadFacts::NotOfThisFamily(fact) => {
            let word = word_of_fact(fact);
            let (en, fr) = (word.en, word.fr);
            words!("{en} says nothing about a `{family}`", "{fr} ne dit rien d'une `{family}`")
        }
        BadFacts::Impossible => words!("no `{family}` has these values", "aucune `{family}` n'a ces valeurs"),
    };
    let said = Diagnostic::new(Code::BadDistribution, span, message);
    let known = facts_of(name);
    match (error, count) {
        (BadFacts::Impossible, _) => said,
        (_, 1) => {
            said.note(words!("`{family}` is known by one of: {known}", "`{family}` se connaît par un fait parmi : {known}"))
        }
        _ => said.note(words!(
            "`{family}` is known by {count} of: {known}",
            "`{family}` se connaît par {count} faits parmi : {known}"
        )),
    }
}

fn facts_of(name: FamilyName) -> &'static str {
    match name {
        FamilyName::Poisson => "mean",
        FamilyName::Triangular => "low, mode, high, mean, sd, median, p1…p99",
        FamilyName::Uniform => "low, high, mean, sd, median, p1…p99",
        _ => "mean, sd, median, p1…p99",
    }
}

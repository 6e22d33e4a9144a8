//! A figure as it is shown: its value, how it was obtained, and its three spreads, never mixed.

use super::Pen;
use crate::locale::{self, Words};
use crate::measure::{Figure, Interval};
use crate::model::Unit;
use crate::plan::Declined;
use crate::words;
use num_rational::BigRational;
use serde::Serialize;

/// A figure in words.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Shown {
    /// The value in its unit, `–` without one.
    pub value: String,
    /// Whether it was solved.
    pub exact: bool,
    /// Whether it was simulated.
    pub simulated: bool,
    /// As a fraction, for small journeys.
    pub fraction: Option<String>,
    /// Precision of the simulated value (95 %): the interval alone.
    pub precision: Option<String>,
    /// The simulated value with its interval, where the value shown is the exact one.
    pub estimate: Option<String>,
    /// What one campaign may bring (95 %).
    pub chance: Option<String>,
    /// What the author does not know (95 %).
    pub evidence: Option<String>,
    /// (estimate − exact) / standard error.
    pub z: Option<String>,
    /// Why it is not exact, where it is not.
    pub declined: Option<String>,
    /// The spread to show where there is room for one, with its name.
    pub under: Option<String>,
}

impl Shown {
    pub(in crate::report) fn new(pen: &Pen<'_>, figure: &Figure) -> Self {
        let interval = |interval: Interval| pen.interval(interval, figure.unit);
        let precision = precision(figure).map(interval);
        let chance = figure.chance.map(interval);
        let evidence = figure.evidence.map(interval);
        let exact = figure.exact.is_some();
        let under = if exact {
            let named = |name: &str, text: &Option<String>| text.as_ref().map(|text| format!("{name}\u{a0}{text}"));
            named(pen.lang.pick("simulated", "simulé"), &precision)
                .or_else(|| named(pen.lang.pick("chance", "hasard"), &chance))
                .or_else(|| named(pen.lang.pick("evidence", "ignorance"), &evidence))
        } else {
            precision.clone()
        };
        Self {
            value: pen.value(figure),
            exact,
            simulated: figure.estimate.is_some(),
            fraction: fraction(figure),
            estimate: figure.estimate.filter(|_| exact).map(|e| pen.write(e.value, figure.unit)),
            precision,
            chance,
            evidence,
            z: figure.z().map(|z| locale::signed(z, 1, pen.lang)),
            // Said once for the whole document where nothing was solved.
            declined: figure.declined.filter(|why| !exact && pen.figures.method.solved.as_ref().err() != Some(why)).map(|why| {
                let why = declined(pen, why);
                pen.say(&words!("no exact value: {why}", "pas de valeur exacte\u{a0}: {why}"))
            }),
            under,
        }
    }
}

/// The precision interval of the estimate, unless it is only the rounding of a number in which chance has no part.
pub(super) fn precision(figure: &Figure) -> Option<Interval> {
    const ROUNDING: f64 = 1e-6;
    let wide = |i: &Interval| i.high - i.low > ROUNDING * i.high.abs().max(i.low.abs());
    // What is certain, and was seen to be, needs no interval: Wilson's has a width even there.
    let certain = |value: f64| figure.exact == Some(value) && (value == 0.0 || value == 1.0) && figure.unit == Unit::Share;
    figure.estimate.filter(|e| !certain(e.value)).map(|e| e.interval).filter(wide)
}

/// A longer fraction tells a reader nothing that its decimals do not; JSON keeps it.
const LONGEST_FRACTION: usize = 10;

/// The fraction of a share or a number, where it tells more than a whole percent or two decimals do, and is short.
fn fraction(figure: &Figure) -> Option<String> {
    let plain = matches!(figure.unit, Unit::Share | Unit::Number);
    let hundred = BigRational::from_integer(100.into());
    let fraction = figure.fraction.as_ref().filter(|f| plain && !(*f * hundred).is_integer())?;
    Some(fraction.to_string()).filter(|text| text.len() <= LONGEST_FRACTION)
}

/// Why the exact engine gave no answer.
pub(super) fn declined(pen: &Pen<'_>, why: Declined) -> String {
    pen.say(&why_declined(why))
}

/// The same in both languages.
#[must_use]
pub fn why_declined(why: Declined) -> Words {
    match why {
        Declined::Horizon => words!(
            "the journey has a horizon, which is not solved exactly yet",
            "le parcours a un horizon, qui n’est pas encore résolu exactement"
        ),
        Declined::Within => {
            words!("limits of time are not solved exactly yet", "les limites de temps ne sont pas encore résolues exactement")
        }
        Declined::Distribution => {
            words!("quantiles and shares of customers are simulated", "les quantiles et les parts de clients sont simulés")
        }
        Declined::Feelings => words!(
            "it depends on all that a customer has felt on his way",
            "elle dépend de tout ce que le client a ressenti en chemin"
        ),
        Declined::Spread => {
            words!("this standard deviation is not solved exactly yet", "cet écart type n’est pas encore résolu exactement")
        }
        Declined::NeverEnds => words!("some customers never leave", "certains clients ne partent jamais"),
        Declined::TooLarge => {
            words!("a loop of states is too large to be eliminated", "une boucle d'états est trop grande pour être éliminée")
        }
        Declined::OtherEngine => words!("only the simulation tells it", "seule la simulation le dit"),
    }
}

//! Figures printed elsewhere that no rounding of ours gives.

use super::figures::{ClaimFigure, Figures};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Claim, Program, Unit};
use crate::plan::formula::float;
use crate::words;
use num_rational::BigRational;

/// A warning for every claim that does not hold.
#[must_use]
pub fn claim_findings(program: &Program, figures: &Figures) -> Vec<Diagnostic> {
    let broken = figures.claims.iter().filter(|c| c.holds == Some(false));
    broken.map(|c| finding(&program.claims[c.index], c)).collect()
}

fn finding(claim: &Claim, figure: &ClaimFigure) -> Diagnostic {
    let printed = &claim.printed;
    let unit = claim.measure.unit;
    let value = figure.figure.value().unwrap_or(f64::NAN);
    let ours = written(value, unit);
    let mut diagnostic = Diagnostic::new(
        Code::ClaimDiffers,
        claim.origin,
        words!("printed as {printed}, computed as {ours}", "imprimé {printed}, calculé {ours}"),
    )
    .here(words!("no rounding gives this", "aucun arrondi ne donne cela"));
    if let Some(fraction) = &figure.figure.fraction {
        let (n, d) = (fraction.numer(), fraction.denom());
        diagnostic = diagnostic.note(words!("the exact value is {n}/{d}", "la valeur exacte est {n}/{d}"));
    }
    if let Some(estimate) = figure.figure.estimate.filter(|_| figure.figure.exact.is_none()) {
        let (low, high) = (written(estimate.interval.low, unit), written(estimate.interval.high, unit));
        diagnostic = diagnostic.note(words!("simulated: 95 % between {low} and {high}", "simulé : 95 % entre {low} et {high}"));
    }
    let rounded = written(nearest(value, float(&claim.step)), unit);
    diagnostic
        .note(words!(
            "a claim holds if rounding ours to nearest at its printed digits gives it; cutting is not rounding",
            "une affirmation tient si notre valeur, arrondie au plus près à ses décimales, la donne ; tronquer n'est pas arrondir"
        ))
        .help(words!("print {rounded}, or {ours}", "imprimez {rounded}, ou {ours}"))
}

/// `value` rounded to whole steps.
fn nearest(value: f64, step: f64) -> f64 {
    (value / step).round() * step
}

/// A figure as an author writes it.
fn written(value: f64, unit: Unit) -> String {
    let (number, unit) = match unit {
        Unit::Share => (value * 100.0, " %"),
        Unit::Points => (value * 100.0, " points"),
        Unit::Time => (value, " s"),
        Unit::Number | Unit::Money | Unit::Nps => (value, ""),
    };
    // Twelve significant digits drop what floating point adds to a decimal fraction.
    let digits = if number == 0.0 { 0 } else { (11.0 - libm::floor(libm::log10(number.abs()))).clamp(0.0, 17.0) as usize };
    let text = format!("{number:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}{unit}")
}

/// The half of a step, as claims allow either way.
#[must_use]
pub(super) fn half(step: &BigRational) -> BigRational {
    step / BigRational::from_integer(2.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_authors_write_them() {
        assert_eq!(written(0.00375, Unit::Share), "0.375 %");
        assert_eq!(written(nearest(0.00375, 0.001), Unit::Share), "0.4 %");
        assert_eq!(written(13.0 + 1.0 / 3.0, Unit::Money), "13.3333333333");
        assert_eq!(written(0.0, Unit::Number), "0");
    }
}

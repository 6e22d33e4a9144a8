//! Figures printed elsewhere that no rounding of ours gives.

use super::figures::{ClaimFigure, Figures};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::law::nearest;
use crate::model::{Claim, Program, Unit};
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
    let value = figure.figure.value().unwrap_or(f64::NAN);
    let ours = as_printed(claim, value);
    let mut diagnostic = Diagnostic::new(
        Code::ClaimDiffers,
        claim.origin,
        words!("printed as {printed}, computed as {ours}", "imprimé {printed}, calculé {ours}"),
    )
    .here(words!("no rounding gives this", "aucun arrondi ne donne cela"));
    if let Some(fraction) = figure.figure.fraction.as_ref().filter(|f| !f.is_integer()) {
        let (n, d) = (fraction.numer(), fraction.denom());
        diagnostic = diagnostic.note(words!("the exact value is {n}/{d}", "la valeur exacte est {n}/{d}"));
    }
    if let Some(estimate) = figure.figure.estimate.filter(|_| figure.figure.exact.is_none()) {
        let (low, high) = (as_printed(claim, estimate.interval.low), as_printed(claim, estimate.interval.high));
        diagnostic = diagnostic.note(words!("simulated: 95 % between {low} and {high}", "simulé : 95 % entre {low} et {high}"));
    }
    let rounded = as_printed(claim, rounded_to(value, nearest(&claim.step)));
    let help = if rounded == ours {
        words!("print {ours}", "imprimez {ours}")
    } else {
        words!("print {rounded}, or {ours}", "imprimez {rounded}, ou {ours}")
    };
    diagnostic
        .note(words!(
            "a claim holds if rounding ours to nearest at its printed digits gives it; cutting is not rounding",
            "une affirmation tient si notre valeur, arrondie au plus près à ses décimales, la donne ; tronquer n'est pas arrondir"
        ))
        .help(help)
}

/// `value` rounded to whole steps.
fn rounded_to(value: f64, step: f64) -> f64 {
    (value / step).round() * step
}

/// A figure in the unit that the claim is printed in: `10.9 months` for a claim of `11 months`.
fn as_printed(claim: &Claim, value: f64) -> String {
    let digits = |c: char| c.is_ascii_digit() || c == '.' || c == '_' || c == '-';
    let unit_at = claim.printed.find(|c| !digits(c)).unwrap_or(claim.printed.len());
    let (number, unit) = claim.printed.split_at(unit_at);
    let number: f64 = number.replace('_', "").parse().unwrap_or(0.0);
    // What one of the printed unit is worth: the claim's own value tells, unless it is nothing.
    match nearest(&claim.value) / number {
        worth if worth.is_finite() && worth > 0.0 => {
            let space = if unit.starts_with('%') { " " } else { "" };
            format!("{}{space}{unit}", written(value / worth))
        }
        _ => in_base_unit(value, claim.measure.unit),
    }
}

/// A figure in the unit that figures are kept in, shares apart.
fn in_base_unit(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => format!("{} %", written(value * 100.0)),
        Unit::Points => format!("{} points", written(value * 100.0)),
        Unit::Time => format!("{} s", written(value)),
        Unit::Number | Unit::Money | Unit::Nps => written(value),
    }
}

/// A number as an author writes it. Twelve significant digits drop what floating point adds to a decimal fraction.
fn written(number: f64) -> String {
    let digits = if number == 0.0 { 0 } else { (11.0 - libm::floor(libm::log10(number.abs()))).clamp(0.0, 17.0) as usize };
    let text = format!("{number:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
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
        assert_eq!(in_base_unit(0.00375, Unit::Share), "0.375 %");
        assert_eq!(in_base_unit(rounded_to(0.00375, 0.001), Unit::Share), "0.4 %");
        assert_eq!(in_base_unit(13.0 + 1.0 / 3.0, Unit::Money), "13.3333333333");
        assert_eq!(in_base_unit(0.0, Unit::Number), "0");
    }
}

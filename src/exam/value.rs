//! A figure, and what it is at the rounding that is asked for.

use crate::locale::{Lang, rounded};
use crate::model::Unit;
use crate::model::law::nearest;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

/// Decimals where a question asks for none.
pub const USUAL_DECIMALS: u32 = 2;
/// How near to the middle between two roundings a figure may not lie, in units of its last place.
const NEAR: f64 = 1e-9;

/// An exact figure: as a fraction for small journeys, else within the error of floats.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// As a fraction.
    pub fraction: Option<BigRational>,
    /// The nearest float.
    pub number: f64,
}

/// A figure in the unit that it is printed in: percents of a share, hours of a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Rounded {
    /// The number that is printed.
    pub scaled: BigRational,
    /// How many decimals it has at most.
    pub decimals: u32,
    /// Whether zeros at its end are printed.
    pub zeros: bool,
    /// Whether nothing was rounded.
    pub exact: bool,
    /// What it counts.
    pub unit: Unit,
}

/// What a figure is multiplied with to be printed.
pub(super) fn scale(unit: Unit) -> BigRational {
    match unit {
        Unit::Share | Unit::Points => BigRational::from_integer(100.into()),
        Unit::Time => BigRational::new(1.into(), 3600.into()),
        Unit::Number | Unit::Money | Unit::Nps => BigRational::from_integer(1.into()),
    }
}

impl Value {
    /// A fraction.
    #[must_use]
    pub fn of(fraction: BigRational) -> Self {
        Self { number: nearest(&fraction), fraction: Some(fraction) }
    }

    /// The figure at so many decimals; `None` if it lies between two of them.
    #[must_use]
    pub fn round(&self, unit: Unit, decimals: Option<u32>) -> Option<Rounded> {
        let zeros = decimals.is_some();
        let decimals = decimals.unwrap_or(USUAL_DECIMALS);
        let power = BigRational::from_integer(BigInt::from(10).pow(decimals));
        let fraction = self.fraction.clone().or_else(|| BigRational::from_float(self.number))?;
        let places = fraction * scale(unit) * &power;
        let whole = places.round();
        let off = nearest(&(&places - &whole).abs());
        if (off - 0.5).abs() < NEAR {
            return None;
        }
        // What floats leave of a whole number is nothing.
        let exact = if self.fraction.is_some() { places.is_integer() } else { off < 1e-7 };
        Some(Rounded { scaled: whole / power, decimals, zeros, exact, unit })
    }

    /// The figure with as many decimals as it needs; `None` if more than six do not do.
    #[must_use]
    pub fn whole(&self, unit: Unit) -> Option<Rounded> {
        (0..=6).filter_map(|decimals| self.round(unit, Some(decimals))).find(|rounded| rounded.exact)
    }

    /// For people: exact where that is short, else with four significant digits and a sign that says so.
    #[must_use]
    pub fn written(&self, unit: Unit, currency: Option<&str>, lang: Lang) -> String {
        if let Some(rounded) = self.whole(unit) {
            let cents = unit == Unit::Money && rounded.decimals == 1;
            let shown = if cents { Rounded { decimals: 2, ..rounded } } else { rounded };
            return shown.written(currency, lang);
        }
        let scaled = self.number * nearest(&scale(unit));
        let size = if scaled == 0.0 { 0.0 } else { libm::floor(libm::log10(scaled.abs())) };
        let decimals = (3.0 - size).clamp(2.0, 9.0) as usize;
        format!("≈\u{a0}{}", rounded(scaled, decimals, false, unit, currency, lang))
    }
}

impl Rounded {
    /// As it is printed.
    #[must_use]
    pub fn written(&self, currency: Option<&str>, lang: Lang) -> String {
        rounded(nearest(&self.scaled), self.decimals as usize, self.zeros, self.unit, currency, lang)
    }

    /// For programs: digits and a decimal point.
    #[must_use]
    pub fn plain(&self) -> String {
        let text = format!("{:.*}", self.decimals as usize, nearest(&self.scaled));
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
        if text == "-0" { "0".to_owned() } else { text }
    }

    /// How far from it an answer is still right: half a unit of the last place, and a little more.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        0.505 / BigInt::from(10).pow(self.decimals).to_f64().unwrap_or(f64::INFINITY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(a: i64, b: i64) -> Value {
        Value::of(BigRational::new(a.into(), b.into()))
    }

    #[test]
    fn roundings_and_ties() {
        let written = |v: &Value, unit, d| v.round(unit, d).map(|r| r.written(Some("EUR"), Lang::Fr));
        assert_eq!(written(&ratio(3, 800), Unit::Share, Some(3)).as_deref(), Some("0,375\u{202f}%"));
        assert_eq!(written(&ratio(3, 800), Unit::Share, Some(2)), None, "0.375 lies between 0.37 and 0.38");
        assert_eq!(written(&ratio(1, 3), Unit::Share, Some(1)).as_deref(), Some("33,3\u{202f}%"));
        assert_eq!(written(&ratio(68, 5), Unit::Money, Some(2)).as_deref(), Some("13,60\u{a0}€"));
        assert_eq!(written(&ratio(1, 4), Unit::Points, None).as_deref(), Some("25\u{a0}points"));
        assert_eq!(written(&ratio(25, 1), Unit::Nps, Some(0)).as_deref(), Some("+25"));
    }

    #[test]
    fn tolerance_follows_from_the_rounding() {
        let tolerance = ratio(1, 3).round(Unit::Share, Some(2)).unwrap().tolerance();
        assert!(tolerance > 0.005 && tolerance < 0.01);
    }
}

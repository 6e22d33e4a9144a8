//! Figures as an author writes them, for messages: `105 %`, `59 EUR`, `2 h`.

use super::units::ratio;
use crate::locale::seconds;
use crate::model::Unit;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// A number in decimal: exact with up to six decimals, else rounded to six.
pub(super) fn number(value: &BigRational) -> String {
    if value.numer().bits().max(value.denom().bits()) > 2000 {
        return format!("{:e}", value.to_f64().unwrap_or(f64::NAN));
    }
    let scale = BigInt::from(1_000_000);
    let scaled = (value * BigRational::from_integer(scale.clone())).round().to_integer();
    let (whole, rest) = (scaled.abs() / &scale, scaled.abs() % &scale);
    let sign = if scaled.is_negative() { "-" } else { "" };
    let rest = rest.to_u32().unwrap_or(0);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{rest:06}");
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

/// A share in percent.
pub(super) fn percent(value: &BigRational) -> String {
    format!("{} %", number(&(value * ratio(100, 1))))
}

/// A value in its unit.
pub(super) fn quantity(value: &BigRational, unit: Unit, currency: Option<&str>) -> String {
    match unit {
        Unit::Number | Unit::Nps => number(value),
        Unit::Share => percent(value),
        Unit::Points => format!("{} points", number(&(value * ratio(100, 1)))),
        Unit::Money => format!("{} {}", number(value), currency.unwrap_or_default()).trim_end().to_owned(),
        Unit::Time => {
            let whole = |unit: u32| !value.is_zero() && (value / ratio(unit.into(), 1)).is_integer();
            let units = [("days", seconds::DAY), ("h", seconds::HOUR), ("min", seconds::MINUTE)];
            let (word, unit) = units.into_iter().find(|(_, unit)| whole(*unit)).unwrap_or(("s", 1));
            let many = value / ratio(unit.into(), 1);
            let word = if word == "days" && many.is_one() { "day" } else { word };
            format!("{} {word}", number(&many))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_an_author_writes() {
        assert_eq!(percent(&ratio(105, 100)), "105 %");
        assert_eq!(percent(&ratio(3, 800)), "0.375 %");
        assert_eq!(percent(&ratio(1, 3)), "33.333333 %");
        assert_eq!(number(&ratio(-1, 20)), "-0.05");
        assert_eq!(quantity(&ratio(7200, 1), Unit::Time, None), "2 h");
        assert_eq!(quantity(&ratio(90, 1), Unit::Time, None), "90 s");
        assert_eq!(quantity(&ratio(86_400, 1), Unit::Time, None), "1 day");
        assert_eq!(quantity(&ratio(59, 1), Unit::Money, Some("EUR")), "59 EUR");
    }
}

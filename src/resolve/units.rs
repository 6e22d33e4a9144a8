//! Units: the words that stand after numbers, and which units may be added, multiplied and divided.

use crate::locale::{Words, seconds};
use crate::model::Unit;
use crate::syntax::tree::Operator;
use crate::words;
use num_rational::BigRational;

/// `n / d`, exact.
pub(super) fn ratio(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

/// Seconds in a unit of time.
pub(super) fn seconds_in(word: &str) -> Option<BigRational> {
    let seconds = match word {
        "s" | "second" | "seconds" => 1,
        "min" | "mins" | "minute" | "minutes" => seconds::MINUTE,
        "h" | "hour" | "hours" => seconds::HOUR,
        "day" | "days" => seconds::DAY,
        "week" | "weeks" => seconds::WEEK,
        "month" | "months" => seconds::MONTH,
        "year" | "years" => seconds::YEAR,
        _ => return None,
    };
    Some(ratio(seconds.into(), 1))
}

/// The words that [`unit_of`] knows, for suggestions.
pub(super) const UNIT_WORDS: &[&str] =
    &["s", "min", "h", "day", "days", "week", "weeks", "month", "months", "year", "years", "point", "points"];

/// What a word after a number counts, and how much one of it is. Money is the caller's: it knows the currency.
pub(super) fn unit_of(word: &str) -> Option<(Unit, BigRational)> {
    match word {
        "%" => Some((Unit::Share, ratio(1, 100))),
        "point" | "points" => Some((Unit::Points, ratio(1, 100))),
        _ => seconds_in(word).map(|seconds| (Unit::Time, seconds)),
    }
}

/// Whether a word looks like a currency.
pub(super) fn looks_like_money(word: &str) -> bool {
    matches!(word, "€" | "$" | "£" | "¥") || (word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase()))
}

/// The unit of `left operator right`, if that means anything.
pub(super) fn combine(operator: Operator, left: Unit, right: Unit) -> Option<Unit> {
    use Unit::{Money, Nps, Number, Points, Share, Time};
    match operator {
        Operator::Add | Operator::Subtract => match (left, right) {
            (a, b) if a == b => Some(a),
            (Share, Points) => Some(Share),
            (Points, Share) if operator == Operator::Add => Some(Share),
            (Nps, Number) | (Number, Nps) => Some(Nps),
            _ => None,
        },
        Operator::Multiply => match (left, right) {
            (Number, unit) | (unit, Number) => Some(unit),
            (Share, unit @ (Share | Money | Time | Points)) | (unit @ (Money | Time | Points), Share) => Some(unit),
            _ => None,
        },
        Operator::Divide => match (left, right) {
            (a, b) if a == b => Some(Number),
            (unit, Number) => Some(unit),
            (unit @ (Money | Time | Number), Share) => Some(unit),
            (Points, Share) => Some(Number),
            _ => None,
        },
    }
}

/// What messages call a unit.
pub(super) fn unit_words(unit: Unit) -> Words {
    match unit {
        Unit::Number => words!("a number", "un nombre"),
        Unit::Share => words!("a share (%)", "une part (%)"),
        Unit::Points => words!("points", "des points"),
        Unit::Money => words!("an amount of money", "un montant"),
        Unit::Time => words!("a time", "une durée"),
        Unit::Nps => words!("an NPS", "un NPS"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of `docs/language.md`: what may be added, multiplied, divided.
    #[test]
    fn arithmetic_of_units() {
        use Operator::{Add, Divide, Multiply, Subtract};
        use Unit::{Money, Number, Points, Share, Time};
        for (operator, left, right, result) in [
            (Multiply, Money, Number, Some(Money)),
            (Multiply, Share, Money, Some(Money)),
            (Divide, Money, Money, Some(Number)),
            (Divide, Time, Time, Some(Number)),
            (Divide, Money, Time, None),
            (Multiply, Share, Share, Some(Share)),
            (Multiply, Share, Number, Some(Share)),
            (Multiply, Money, Money, None),
            (Multiply, Time, Money, None),
            (Add, Share, Points, Some(Share)),
            (Add, Share, Share, Some(Share)),
            (Subtract, Points, Share, None),
            (Add, Money, Time, None),
            (Add, Number, Share, None),
            (Divide, Number, Money, None),
        ] {
            assert_eq!(combine(operator, left, right), result, "{left:?} {operator:?} {right:?}");
        }
    }

    #[test]
    fn a_month_is_a_twelfth_of_a_year() {
        assert_eq!(seconds_in("month").unwrap() * ratio(12, 1), seconds_in("years").unwrap());
        assert_eq!(seconds_in("year").unwrap(), ratio(31_536_000, 1));
    }
}

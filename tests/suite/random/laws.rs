//! Figures of the language: times, amounts, feelings; certain or drawn.

use super::{Dice, Money};

const UNITS: [&str; 5] = ["s", "min", "h", "days", "weeks"];

/// A time, by any of the distributions.
pub(super) fn time(dice: &mut Dice) -> String {
    let unit = *dice.pick(&UNITS);
    let (a, b, c) = (dice.number(1, 20), dice.number(1, 20), dice.number(1, 20));
    match dice.number(0, 10) {
        0..=2 => format!("{a} {unit}"),
        3 => format!("{a}..{} {unit}", a + b),
        4 => format!("triangular({a} {unit}, {} {unit}, {} {unit})", a + b, a + b + c),
        5 => format!("exponential(mean {a} {unit})"),
        6 => format!("normal(mean {} {unit}, sd {a} {unit})", 3 * a + b),
        7 => format!("lognormal(median {a} {unit}, p90 {} {unit})", 2 * a + b),
        8 => format!("gamma(mean {} {unit}, sd {a} {unit})", a + b),
        9 => format!("weibull(median {a} {unit}, p90 {} {unit})", 2 * a + b),
        _ => format!("empirical({a} {unit} {}%, {} {unit} otherwise)", dice.number(1, 99), a + b),
    }
}

/// An amount of money, some of it drawn.
pub(super) fn amount(dice: &mut Dice, most: u64) -> String {
    let (a, b) = (dice.number(1, most), dice.number(1, most));
    match dice.number(0, 7) {
        0..=3 => format!("{}.{:02} EUR", a, dice.number(0, 99)),
        4 => format!("{a}..{} EUR", a + b),
        5 => format!("lognormal(median {a} EUR, p90 {} EUR)", 2 * a + b),
        6 => format!("gamma(mean {} EUR, sd {a} EUR)", a + b),
        _ => format!("empirical(0 EUR {}%, {a} EUR otherwise)", dice.number(1, 99)),
    }
}

/// An amount, and sometimes others for some personas.
pub(super) fn money(dice: &mut Dice, personas: &[String], most: u64) -> Money {
    let mut values = vec![(amount(dice, most), None)];
    if personas.len() > 1 && dice.percent(25) {
        values.push((amount(dice, most), Some(dice.pick(personas).clone())));
    }
    Money { values, times: 1 }
}

/// A feeling, an effort or an answer, in whole marks.
pub(super) fn mark(dice: &mut Dice, low: i64, high: i64) -> String {
    let mut value = || low + dice.number(0, (high - low) as u64) as i64;
    let (a, b) = (value(), value());
    if a != b && dice.percent(20) { format!("empirical({a} {}%, {b} otherwise)", dice.number(1, 99)) } else { a.to_string() }
}

//! Numbers as people write them: `1 000`, `0,375 %`, `59,00 €`.
//!
//! French writes a decimal comma, U+202F between thousands and before `%`, U+00A0 before a unit or a currency; English writes
//! a decimal point and commas between thousands. Both write the true minus U+2212. What is not a number is written `–`.
//! Values are rounded to nearest, halves away from zero, in decimal (so that 0.00375 is 0.375 %, whatever its float says).

use super::{Lang, Unit, seconds};

/// The dash of a figure that does not exist, and of an interval.
pub const DASH: &str = "–";

const MINUS: &str = "\u{2212}";
/// What computing in floats leaves of nothing.
const DUST: f64 = 1e-13;
const NBSP: &str = "\u{a0}";
const THIN: &str = "\u{202f}";

/// A number with a fixed number of decimals, for columns.
#[must_use]
pub fn fixed(value: f64, decimals: usize, lang: Lang) -> String {
    Digits::of(value, 0).map_or_else(|| DASH.to_owned(), |d| d.write(decimals, None, lang))
}

/// A number with at most that many decimals, trailing zeros dropped, for prose.
#[must_use]
pub fn trimmed(value: f64, max_decimals: usize, lang: Lang) -> String {
    Digits::of(value, 0).map_or_else(|| DASH.to_owned(), |d| d.write(max_decimals, Some(0), lang))
}

/// A whole number.
#[must_use]
pub fn integer(value: f64, lang: Lang) -> String {
    fixed(value, 0, lang)
}

/// A number of customers, visits, or anything: three significant digits at least, trailing zeros dropped (`1 000`, `90,4`,
/// `3,75`, `0,4`).
#[must_use]
pub fn count(value: f64, lang: Lang) -> String {
    significant(value, 0, lang)
}

/// A share in percent: three significant digits at least, trailing zeros dropped (`9 %`, `0,375 %`). What is not nothing is
/// never written `0 %`, and what is not everything never `100 %`.
#[must_use]
pub fn percent(share: f64, lang: Lang) -> String {
    if !share.is_finite() {
        return DASH.to_owned();
    }
    let sign = percent_sign(lang);
    if share < 1.0 && share > 0.999 && 1.0 - share > 1e-13 {
        return match (1..=3).map(|decimals| trimmed_percent(share, decimals, lang)).find(|text| text != "100") {
            Some(text) => format!("{text}{sign}"),
            None => format!(">{NBSP}{}{sign}", trimmed_percent(0.99999, 3, lang)),
        };
    }
    format!("{}{sign}", significant(share, 2, lang))
}

/// A share in percent with a fixed number of decimals, for columns.
#[must_use]
pub fn fixed_percent(share: f64, decimals: usize, lang: Lang) -> String {
    Digits::of(share, 2).map_or_else(|| DASH.to_owned(), |d| format!("{}{}", d.write(decimals, None, lang), percent_sign(lang)))
}

/// A difference of shares: 0.01 is one point (`1 point`, `0,0675 point`, `−2,5 points`).
#[must_use]
pub fn points(difference: f64, lang: Lang) -> String {
    if !difference.is_finite() {
        return DASH.to_owned();
    }
    let number = significant(difference, 2, lang);
    let plural = match lang {
        Lang::En => number != "1" && number != format!("{MINUS}1"),
        Lang::Fr => (difference * 100.0).abs() >= 2.0,
    };
    format!("{number}{NBSP}point{}", if plural { "s" } else { "" })
}

/// Money with the decimals of its currency, more below one so that small costs stay readable (`59,00 €`, `0,0375 €`).
/// Currencies without a sign of their own are written by their code; without a currency, the amount alone.
#[must_use]
pub fn money(value: f64, currency: Option<&str>, lang: Lang) -> String {
    money_to(value, currency.map_or(2, currency_decimals), currency, lang)
}

/// A sum of money: as [`money`], but without decimals from a thousand on (`12 758 €`).
#[must_use]
pub fn total(value: f64, currency: Option<&str>, lang: Lang) -> String {
    let usual = currency.map_or(2, currency_decimals);
    money_to(value, if value.abs() < 1000.0 { usual } else { 0 }, currency, lang)
}

fn money_to(value: f64, usual: usize, currency: Option<&str>, lang: Lang) -> String {
    if !value.is_finite() {
        return DASH.to_owned();
    }
    let (mark, amount) = small(value, usual);
    let Some(digits) = Digits::of(amount.abs(), 0) else { return DASH.to_owned() };
    let most = if amount.abs() < 1.0 { usual.max(digits.decimals_for(3)) } else { usual };
    let text = digits.write(most, Some(usual), lang);
    let minus = if amount < 0.0 && text.contains(|c| matches!(c, '1'..='9')) { MINUS } else { "" };
    let Some(code) = currency else { return format!("{mark}{minus}{text}") };
    let sign = currency_sign(code, lang);
    match (lang, sign) {
        (Lang::Fr, sign) => format!("{mark}{minus}{text}{NBSP}{}", sign.unwrap_or(code)),
        (Lang::En, Some(sign)) => format!("{mark}{minus}{sign}{text}"),
        (Lang::En, None) => format!("{mark}{minus}{code}{NBSP}{text}"),
    }
}

/// A time given in seconds, in its two largest units (`2 j 4 h`, `11 min`, `40 s`).
#[must_use]
pub fn duration(time: f64, lang: Lang) -> String {
    const MINUTE: f64 = seconds::MINUTE as f64;
    const HOUR: f64 = seconds::HOUR as f64;
    const DAY: f64 = seconds::DAY as f64;
    const MONTH: f64 = seconds::MONTH as f64;
    const YEAR: f64 = seconds::YEAR as f64;
    if !time.is_finite() {
        return DASH.to_owned();
    }
    let (day, month, year) = (lang.pick("d", "j"), lang.pick("mo", "mois"), lang.pick("y", "a"));
    let size = time.abs();
    let text = if size < 59.5 {
        let decimals = if size < 9.95 { 1 } else { 0 };
        if size > 0.0 && size < 0.05 {
            return format!("<{NBSP}{}{NBSP}s", trimmed(0.1, 1, lang));
        }
        format!("{}{NBSP}s", trimmed(size, decimals, lang))
    } else if size < 10.0 * MINUTE - 0.5 {
        in_two(size, 1.0, 60.0, "min", "s", lang)
    } else if size < HOUR - 30.0 {
        format!("{}{NBSP}min", integer(size / MINUTE, lang))
    } else if size < DAY - 30.0 {
        in_two(size, MINUTE, 60.0, "h", "min", lang)
    } else if size < 90.0 * DAY {
        in_two(size, HOUR, 24.0, day, "h", lang)
    } else if size < 2.0 * YEAR {
        let months = libm::floor(size / MONTH + 1e-9);
        let rest = libm::floor((size - months * MONTH) / DAY + 0.5);
        join_two(months, rest, month, day, lang)
    } else {
        in_two(size, MONTH, 12.0, year, month, lang)
    };
    if time < 0.0 { format!("{MINUS}{text}") } else { text }
}

/// A number with its sign, zero without (`+1,5`, `−0,9`, `0`).
#[must_use]
pub fn signed(value: f64, max_decimals: usize, lang: Lang) -> String {
    let text = trimmed(value, max_decimals, lang);
    let positive = value > 0.0 && value.is_finite() && text != "0";
    if positive { format!("+{text}") } else { text }
}

/// A number that is already rounded, in the unit that it is printed in (percents of a share, hours of a time), with that many
/// decimals; `zeros`: those at its end are kept.
#[must_use]
pub fn rounded(value: f64, decimals: usize, zeros: bool, unit: Unit, currency: Option<&str>, lang: Lang) -> String {
    let Some(digits) = Digits::of(value, 0) else { return DASH.to_owned() };
    let text = digits.write(decimals, (!zeros).then_some(0), lang);
    match unit {
        Unit::Number => text,
        Unit::Nps if value > 0.0 => format!("+{text}"),
        Unit::Nps => text,
        Unit::Share => format!("{text}{}", percent_sign(lang)),
        Unit::Points if value.abs() < 2.0 && (lang == Lang::Fr || value.abs() <= 1.0) => format!("{text}{NBSP}point"),
        Unit::Points => format!("{text}{NBSP}points"),
        Unit::Time => format!("{text}{NBSP}h"),
        Unit::Money => match (currency, currency.and_then(|code| currency_sign(code, lang)), lang) {
            (None, ..) => text,
            (Some(code), sign, Lang::Fr) => format!("{text}{NBSP}{}", sign.unwrap_or(code)),
            (Some(_), Some(sign), Lang::En) => format!("{sign}{text}"),
            (Some(code), None, Lang::En) => format!("{code}{NBSP}{text}"),
        },
    }
}

/// A figure in its unit. Money is of that currency.
#[must_use]
pub fn in_unit(value: f64, unit: Unit, currency: Option<&str>, lang: Lang) -> String {
    match unit {
        Unit::Number => count(value, lang),
        Unit::Share => percent(value, lang),
        Unit::Points => points(value, lang),
        Unit::Money => money(value, currency, lang),
        Unit::Time => duration(value, lang),
        Unit::Nps => signed(value, 1, lang),
    }
}

/// Two bounds in a unit, the unit said once, as precise as their distance deserves (`8,9 – 9,1 %`, `−25 à −22`).
#[must_use]
pub fn interval(low: f64, high: f64, unit: Unit, currency: Option<&str>, lang: Lang) -> String {
    if !(low.is_finite() && high.is_finite()) {
        return DASH.to_owned();
    }
    let shift = if matches!(unit, Unit::Share | Unit::Points) { 2 } else { 0 };
    let scale = if shift == 2 { 100.0 } else { 1.0 };
    // Two significant digits of the width, so that the bounds are told apart; of the value itself where there is no width.
    let width = (high - low).abs() * scale;
    let (size, significant) = if width > 0.0 { (width, 2) } else { (low * scale, 3) };
    let decimals = Digits::of(size, 0).map_or(0, |d| d.decimals_for(significant));
    // A third decimal tells bounds apart well enough, wherever it tells them apart at all.
    let decimals = if size >= 0.001 { decimals.min(3) } else { decimals.min(9) };
    let bound = |value: f64| Digits::of(value, shift).map_or_else(String::new, |d| d.write(decimals, None, lang));
    let signed_bound = |value: f64| if value > 0.0 { format!("+{}", bound(value)) } else { bound(value) };
    let joined = |low: &str, high: &str| range(low, high, lang);
    match unit {
        Unit::Number => joined(&bound(low), &bound(high)),
        Unit::Share => format!("{}{}", joined(&bound(low), &bound(high)), percent_sign(lang)),
        Unit::Points => format!("{}{NBSP}{}", joined(&bound(low), &bound(high)), lang.pick("points", "point")),
        Unit::Nps => joined(&signed_bound(low), &signed_bound(high)),
        Unit::Time => joined(&duration(low, lang), &duration(high, lang)),
        Unit::Money => match (lang, currency) {
            (Lang::Fr, Some(code)) => {
                let usual = decimals.max(currency_decimals(code));
                let bound = |value: f64| fixed(value, usual, lang);
                format!("{}{NBSP}{}", joined(&bound(low), &bound(high)), currency_sign(code, lang).unwrap_or(code))
            }
            _ => joined(&money(low, currency, lang), &money(high, currency, lang)),
        },
    }
}

/// Two bounds already written: joined by `–`, or by a word where one of them is negative.
#[must_use]
pub fn range(low: &str, high: &str, lang: Lang) -> String {
    let negative = [low, high].iter().any(|text| text.starts_with(MINUS));
    let between = if negative { lang.pick("to", "à") } else { DASH };
    format!("{low}{NBSP}{between}{NBSP}{high}")
}

fn percent_sign(lang: Lang) -> String {
    lang.pick("%", "\u{202f}%").to_owned()
}

/// At least three significant digits, and all digits before the decimal mark. Below a thousandth of the unit written: `< 0,001`.
fn significant(value: f64, shift: i32, lang: Lang) -> String {
    let Some(digits) = Digits::of(value, shift) else { return DASH.to_owned() };
    if value.abs() < DUST {
        return "0".to_owned();
    }
    if digits.point < -2 {
        let bound = trimmed(0.001, 3, lang);
        return if value < 0.0 { format!(">{NBSP}{MINUS}{bound}") } else { format!("<{NBSP}{bound}") };
    }
    digits.write(digits.decimals_for(3), Some(0), lang)
}

fn trimmed_percent(share: f64, decimals: usize, lang: Lang) -> String {
    Digits::of(share, 2).map_or_else(String::new, |d| d.write(decimals, Some(0), lang))
}

/// Amounts too small to be told from nothing are written as less than the smallest that is.
fn small(value: f64, usual: usize) -> (String, f64) {
    const SMALLEST: f64 = 0.0001;
    if usual > 0 && value != 0.0 && value.abs() < SMALLEST {
        let mark = if value < 0.0 { ">" } else { "<" };
        (format!("{mark}{NBSP}"), SMALLEST.copysign(value))
    } else {
        (String::new(), value)
    }
}

/// The decimals that amounts of a currency have (ISO 4217).
fn currency_decimals(code: &str) -> usize {
    match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND" | "VUV" | "XAF" | "XOF"
        | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// The sign of a currency, where it has one that cannot be taken for another's.
fn currency_sign(code: &str, lang: Lang) -> Option<&'static str> {
    match code {
        "EUR" => Some("€"),
        "GBP" => Some("£"),
        "JPY" => Some("¥"),
        "INR" => Some("₹"),
        "KRW" => Some("₩"),
        "USD" => Some("$"),
        "CAD" => Some(lang.pick("CA$", "$CA")),
        "AUD" => Some(lang.pick("A$", "$A")),
        _ => None,
    }
}

/// A size in a small unit, `per` of which make a large one: `4 min 30 s`, or `4 min` where nothing is left.
fn in_two(size: f64, small_unit: f64, per: f64, large: &str, small: &str, lang: Lang) -> String {
    let total = round(size / small_unit);
    let whole = libm::floor(total / per);
    join_two(whole, total - whole * per, large, small, lang)
}

fn join_two(whole: f64, rest: f64, large: &str, small: &str, lang: Lang) -> String {
    let first = format!("{}{NBSP}{large}", integer(whole, lang));
    if rest < 0.5 { first } else { format!("{first} {}{NBSP}{small}", integer(rest, lang)) }
}

fn round(value: f64) -> f64 {
    libm::floor(value + 0.5)
}

/// The first fifteen digits of a number: as many as a float certainly has.
struct Digits {
    negative: bool,
    /// Digits, as bytes of ASCII.
    ascii: Vec<u8>,
    /// How many of them stand before the decimal mark; negative: how many zeros stand between the mark and the first of them.
    point: i32,
}

impl Digits {
    /// The digits of `value × 10^shift`; `None` for what is not a number.
    fn of(value: f64, shift: i32) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let text = format!("{:.14e}", value.abs());
        let (mantissa, exponent) = text.split_once('e')?;
        let ascii = mantissa.bytes().filter(u8::is_ascii_digit).collect();
        let point = if value == 0.0 { 1 } else { exponent.parse::<i32>().ok()? + 1 + shift };
        Some(Self { negative: value < 0.0, ascii, point })
    }

    /// The decimals that show that many significant digits.
    fn decimals_for(&self, significant: i32) -> usize {
        usize::try_from(significant - self.point).unwrap_or(0)
    }

    /// Rounded to that many decimals; with `keep`, trailing zeros dropped down to that many.
    fn write(&self, decimals: usize, keep: Option<usize>, lang: Lang) -> String {
        let mut digits = self.rounded(decimals);
        let missing = (decimals + 1).saturating_sub(digits.len());
        digits.splice(0..0, std::iter::repeat_n(b'0', missing));
        let mut fraction = String::from_utf8_lossy(&digits.split_off(digits.len() - decimals)).into_owned();
        if let Some(keep) = keep {
            let kept = fraction.trim_end_matches('0').len().max(keep.min(decimals));
            fraction.truncate(kept);
        }
        let mut text = String::new();
        if self.negative && digits.iter().chain(fraction.as_bytes()).any(|b| *b != b'0') {
            text.push_str(MINUS);
        }
        for (at, digit) in digits.iter().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push_str(lang.pick(",", THIN));
            }
            text.push(char::from(*digit));
        }
        if !fraction.is_empty() {
            text.push_str(lang.pick(".", ","));
            text.push_str(&fraction);
        }
        text
    }

    /// The digits of the number times `10^decimals`, rounded to nearest, halves away from zero; without leading zeros.
    fn rounded(&self, decimals: usize) -> Vec<u8> {
        let wanted = i64::from(self.point) + decimals as i64;
        let Ok(wanted) = usize::try_from(wanted) else { return Vec::new() };
        let mut digits: Vec<u8> = self.ascii.iter().copied().chain(std::iter::repeat(b'0')).take(wanted).collect();
        if self.ascii.get(wanted).is_some_and(|next| *next >= b'5') {
            match digits.iter().rposition(|b| *b != b'9') {
                Some(last) => {
                    digits[last] += 1;
                    digits[last + 1..].fill(b'0');
                }
                None => {
                    digits.fill(b'0');
                    digits.insert(0, b'1');
                }
            }
        }
        let leading = digits.iter().take_while(|b| **b == b'0').count();
        digits.drain(..leading);
        digits
    }
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;

//! What is typed behind options, read.

use super::super::findings::spoken;
use crate::locale::{Lang, Words, seconds};
use crate::words;
use num_rational::BigRational;

pub(super) fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).ok_or_else(|| said(&words!("jalon speaks `en` and `fr`", "jalon parle `en` et `fr`")))
}

/// `1%` → 0.01
pub(super) fn parse_percent(text: &str) -> Result<f64, String> {
    let share = text.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    let form = words!("write a percentage, for example `1%`", "écrivez un pourcentage, par exemple `1%`");
    let share = share.ok_or_else(|| said(&form))? / 100.0;
    let bounds = words!("it lies between 0% and 100%", "il est compris entre 0 % et 100 %");
    if share > 0.0 && share < 1.0 { Ok(share) } else { Err(said(&bounds)) }
}

/// `10%` → 1/10, to the millionth
pub(super) fn parse_swing(text: &str) -> Result<BigRational, String> {
    let share = parse_percent(text)?;
    let millionth = BigRational::new(1.into(), 1_000_000.into());
    BigRational::from_float((share * 1e6).round()).map(|n| n * millionth).ok_or_else(|| text.to_owned())
}

/// In the environment's language: that of the arguments is not known before they are read.
fn said(what: &Words) -> String {
    what.get(spoken(None).unwrap_or_default()).to_owned()
}

/// `7days` → seconds
pub(super) fn parse_time(text: &str) -> Result<f64, String> {
    const SAY: &str = "write a time, for example `7days` or `12h`";
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = text[..text.len() - unit.len()].parse::<f64>().map_err(|_| SAY)?;
    let each = match unit.trim() {
        "s" => 1.0,
        "min" => seconds::MINUTE as f64,
        "h" => seconds::HOUR as f64,
        "day" | "days" => seconds::DAY as f64,
        "week" | "weeks" => seconds::WEEK as f64,
        "month" | "months" => seconds::MONTH as f64,
        "year" | "years" => seconds::YEAR as f64,
        _ => return Err(SAY.to_owned()),
    };
    let time = number * each;
    if time > 0.0 && time.is_finite() { Ok(time) } else { Err("a half-life is longer than nothing".to_owned()) }
}

/// `40/20/40` → (0.4, 0.4)
pub(super) fn parse_position(text: &str) -> Result<(f64, f64), String> {
    const SAY: &str = "write three percentages that add up to 100, for example `40/20/40`";
    let parts: Result<Vec<f64>, _> =
        text.split('/').map(|part| part.trim().trim_end_matches('%').trim().parse::<f64>()).collect();
    match parts.map_err(|_| SAY)?[..] {
        [first, between, last]
            if [first, between, last].iter().all(|p| *p >= 0.0) && (first + between + last - 100.0).abs() < 1e-9 =>
        {
            Ok((first / 100.0, last / 100.0))
        }
        _ => Err(SAY.to_owned()),
    }
}

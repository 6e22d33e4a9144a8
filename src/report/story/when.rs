//! When things happen in a story: so long after arrival, or on a day of the calendar.

use crate::locale::{self, Lang};
use time::{Date, Duration, Month, OffsetDateTime, Time};

/// When a customer arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start(OffsetDateTime);

/// Reads `2026-09-05` (nine in the morning) or `2026-09-05T18:30`.
#[must_use]
pub fn parse_start(text: &str) -> Option<Start> {
    let (date, clock) = text.split_once(['T', ' ']).unwrap_or((text, "09:00"));
    let number = |text: &str, digits: usize| {
        (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u16>().ok()).flatten()
    };
    let mut parts = date.split('-');
    let (year, month, day) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let (hour, minute) = clock.split_once(':')?;
    let (hour, minute) = (number(hour, 2)?, number(minute, 2)?);
    if parts.next().is_some() {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()?;
    let clock = Time::from_hms(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, 0).ok()?;
    Some(Start(OffsetDateTime::new_utc(date, clock)))
}

const DAYS: [(&str, &str); 7] =
    [("Mon", "lun."), ("Tue", "mar."), ("Wed", "mer."), ("Thu", "jeu."), ("Fri", "ven."), ("Sat", "sam."), ("Sun", "dim.")];
const MONTHS: [(&str, &str); 12] = [
    ("Jan", "janv."),
    ("Feb", "févr."),
    ("Mar", "mars"),
    ("Apr", "avr."),
    ("May", "mai"),
    ("Jun", "juin"),
    ("Jul", "juil."),
    ("Aug", "août"),
    ("Sep", "sept."),
    ("Oct", "oct."),
    ("Nov", "nov."),
    ("Dec", "déc."),
];

/// So many seconds after arrival: a date, or `+ 3 d 4 h`; the arrival itself without a date is called so.
pub(super) fn when(start: Option<Start>, seconds: f64, lang: Lang) -> String {
    let at = start.and_then(|Start(start)| start.checked_add(Duration::checked_seconds_f64(seconds)?));
    let Some(at) = at else {
        let elapsed = locale::duration(seconds, lang);
        return if seconds == 0.0 { lang.pick("arrival", "arrivée").to_owned() } else { format!("+\u{a0}{elapsed}") };
    };
    let (day, month) = (DAYS[usize::from(at.weekday().number_days_from_monday())], MONTHS[usize::from(u8::from(at.month())) - 1]);
    let (year, number, hour, minute) = (at.year(), at.day(), at.hour(), at.minute());
    match lang {
        Lang::En => format!("{} {number} {} {year}, {hour:02}:{minute:02}", day.0, month.0),
        Lang::Fr => {
            let number = if number == 1 { "1er".to_owned() } else { number.to_string() };
            format!("{} {number} {} {year}, {hour:02}\u{a0}h\u{a0}{minute:02}", day.1, month.1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_calendar() {
        let start = parse_start("2026-09-05");
        // The fifth of September 2026 is a Saturday.
        assert_eq!(when(start, 0.0, Lang::En), "Sat 5 Sep 2026, 09:00");
        assert_eq!(when(start, 86_400.0 * 26.0, Lang::Fr), "jeu. 1er oct. 2026, 09\u{a0}h\u{a0}00");
        assert_eq!(when(parse_start("2024-02-28T23:30"), 3_600.0, Lang::En), "Thu 29 Feb 2024, 00:30");
        assert_eq!(when(None, 0.0, Lang::Fr), "arrivée");
        assert_eq!(when(None, 90.0, Lang::En), "+\u{a0}1\u{a0}min 30\u{a0}s");
    }

    #[test]
    fn what_is_no_date() {
        for text in
            ["", "2026", "2026-13-01", "2026-02-29", "2026-9-5", "2026-09-05T25:00", "2026-09-05T", "+026-09-05", "2026-09-05-01"]
        {
            assert_eq!(parse_start(text), None, "{text}");
        }
    }
}

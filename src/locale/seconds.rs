//! How long the units of time are, in seconds: what is read, what is discounted and what is written agree on it.

/// A minute.
pub const MINUTE: u32 = 60;
/// An hour.
pub const HOUR: u32 = 60 * MINUTE;
/// A day.
pub const DAY: u32 = 24 * HOUR;
/// A week.
pub const WEEK: u32 = 7 * DAY;
/// A month: a twelfth of a year.
pub const MONTH: u32 = YEAR / 12;
/// A year: 365 days.
pub const YEAR: u32 = 365 * DAY;

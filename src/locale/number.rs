//! Numbers as people write them: `1 000`, `0,375 %`, `59,00 €`.

use super::Lang;

/// How a figure is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberStyle {
    /// Columns: always that many decimals.
    Fixed(usize),
    /// Prose: at most that many, trailing zeros dropped.
    Trimmed(usize),
}

/// A number with a fixed number of decimals.
#[must_use]
pub fn fixed(_value: f64, _decimals: usize, _lang: Lang) -> String {
    String::new()
}

/// A whole number.
#[must_use]
pub fn integer(_value: f64, _lang: Lang) -> String {
    String::new()
}

//! What a number counts, and so how it is written.

/// What a number counts. A product or quotient of units that has no name is refused, so this list is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A bare number: a count, a ratio of likes, a mark.
    #[default]
    Number,
    /// A share of something, written in percent; 1 is 100 %.
    Share,
    /// A difference of shares, written in points; 0.01 is one point.
    Points,
    /// Money of the one currency.
    Money,
    /// Seconds.
    Time,
    /// Net promoter score, from −100 to +100.
    Nps,
}

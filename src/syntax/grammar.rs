//! The door to the pest grammar: nothing of pest is seen beyond `syntax/`.

use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::{Pair, Pairs};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/journey.pest"]
struct Grammar;

/// A piece of text that a production has read.
pub(super) type Piece<'t> = Pair<'t, Rule>;

/// Why a text could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It stopped making sense at this byte.
    At(usize),
    /// It is nested more deeply than the parser's own stack allows.
    TooDeep,
}

/// Reads a whole text by a production.
pub(super) fn read(production: Rule, text: &str) -> Result<Pairs<'_, Rule>, Unread> {
    Grammar::parse(production, text).map_err(|error| match (error.variant, error.location) {
        (ErrorVariant::CustomError { .. }, _) => Unread::TooDeep,
        (_, InputLocation::Pos(at) | InputLocation::Span((at, _))) => Unread::At(at),
    })
}

/// The fact on a line, read by the production of its block: what stands between its start and its end.
pub(super) fn read_line(production: Rule, text: &str) -> Result<Piece<'_>, Unread> {
    let line = read(production, text)?.next().ok_or(Unread::At(0))?;
    line.into_inner().next().ok_or(Unread::At(0))
}

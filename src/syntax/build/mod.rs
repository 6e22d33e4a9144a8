//! Pieces that the grammar has read → the tree.
//!
//! One file per family of forms. What the grammar cannot refuse (nesting without end, a word said twice on one branch) is
//! refused here, as a [`Diagnostic`]; everything else cannot fail.

mod branch;
mod exam;
mod figure;
mod guard;
mod items;
mod measure;
mod people;
mod places;
mod touchpoint;

use super::draft::Draft;
use super::grammar::{Piece, Rule};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::limits::DEEPEST_NESTING;
use crate::syntax::tree::{Name, Note, Text, Title};
use crate::words;

/// What is built, or why it could not be.
pub(super) type Built<T> = Result<T, Box<Diagnostic>>;

/// A part of a tree, and how deep it is.
struct Deep<T> {
    node: T,
    depth: usize,
}

impl<T> Deep<T> {
    fn leaf(node: T) -> Self {
        Self { node, depth: 1 }
    }

    /// The depth of a node above this one.
    fn above(&self, span: Span) -> Built<usize> {
        if self.depth < DEEPEST_NESTING { Ok(self.depth + 1) } else { Err(Box::new(too_deep(span))) }
    }
}

/// The finding for what is nested without end.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooDeep,
        span,
        words!(
            "more than {DEEPEST_NESTING} parentheses or operations hang on one another here",
            "plus de {DEEPEST_NESTING} parenthèses ou opérations s'enchaînent ici"
        ),
    )
    .help(words!("give parts of it a name with `param` or `kpi`", "donnez un nom à certaines parties avec `param` ou `kpi`"))
}

/// Joins operands by operators of two ranks, those of the higher rank first, each rank from the left.
fn by_rank<T, O: Copy>(
    first: T,
    rest: impl Iterator<Item = Built<(O, T)>>,
    is_high: impl Fn(O) -> bool,
    join: impl Fn(T, O, T) -> Built<T>,
) -> Built<T> {
    let mut waiting: Option<(T, O)> = None;
    let mut last = first;
    for step in rest {
        let (operator, operand) = step?;
        if is_high(operator) {
            last = join(last, operator, operand)?;
        } else {
            let left = match waiting.take() {
                Some((left, waiting_operator)) => join(left, waiting_operator, last)?,
                None => last,
            };
            waiting = Some((left, operator));
            last = operand;
        }
    }
    match waiting {
        Some((left, operator)) => join(left, operator, last),
        None => Ok(last),
    }
}

/// The pieces inside another, of one kind.
fn all<'t>(piece: &Piece<'t>, rule: Rule) -> impl Iterator<Item = Piece<'t>> {
    piece.clone().into_inner().filter(move |inner| inner.as_rule() == rule)
}

/// The first piece of a kind inside another.
fn one<'t>(piece: &Piece<'t>, rule: Rule) -> Option<Piece<'t>> {
    all(piece, rule).next()
}

impl Draft<'_> {
    /// The first name inside a piece; the grammar sees to it that there is one.
    fn name_in(&self, piece: &Piece<'_>) -> Name {
        self.name(&one(piece, Rule::name).unwrap_or_else(|| piece.clone()))
    }

    /// The name inside an optional piece, as of `on channel`.
    fn name_of(&self, piece: &Piece<'_>, part: Rule) -> Option<Name> {
        one(piece, part).map(|part| self.name_in(&part))
    }

    /// All names right inside a piece.
    fn names_in(&self, piece: &Piece<'_>) -> Vec<Name> {
        all(piece, Rule::name).map(|name| self.name(&name)).collect()
    }

    /// The names of a list inside a piece.
    fn list_in(&self, piece: &Piece<'_>) -> Vec<Name> {
        one(piece, Rule::names).map(|list| self.names_in(&list)).unwrap_or_default()
    }

    /// The first label inside a piece; the grammar sees to it that there is one.
    fn label_in(&self, piece: &Piece<'_>) -> Text {
        self.label(&one(piece, Rule::label).unwrap_or_else(|| piece.clone()))
    }

    fn label_of(&self, piece: &Piece<'_>) -> Option<Text> {
        one(piece, Rule::label).map(|label| self.label(&label))
    }

    /// A name with its label.
    fn title(&self, piece: &Piece<'_>) -> Title {
        Title { name: self.name_in(piece), label: self.label_of(piece) }
    }

    /// The title inside a piece.
    fn title_in(&self, piece: &Piece<'_>) -> Title {
        self.title(&one(piece, Rule::title).unwrap_or_else(|| piece.clone()))
    }

    fn note(&self, piece: &Piece<'_>) -> Note {
        let mut labels = all(piece, Rule::label).map(|label| self.label(&label));
        let title = labels.next().unwrap_or_else(|| self.label(piece));
        Note { title, text: labels.next() }
    }
}

//! Conditions on what the customer carries.

use super::{Built, Deep, all, by_rank, one};
use crate::syntax::draft::Draft;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::tree::{Comparison, Guard, GuardKind};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Logic {
    And,
    Or,
}

/// The comparison that a piece stands for.
pub(super) fn comparison(piece: &Piece<'_>) -> Comparison {
    match piece.as_str() {
        "<" => Comparison::Less,
        "<=" => Comparison::AtMost,
        "!=" => Comparison::NotEqual,
        ">=" => Comparison::AtLeast,
        ">" => Comparison::Greater,
        _ => Comparison::Equal,
    }
}

impl Draft<'_> {
    /// The guard of `when guard`, if the piece holds one.
    pub(super) fn guard_of(&self, piece: &Piece<'_>) -> Built<Option<Guard>> {
        one(piece, Rule::when).map(|when| self.when(&when)).transpose()
    }

    /// `when guard`
    pub(super) fn when(&self, piece: &Piece<'_>) -> Built<Guard> {
        let guard = one(piece, Rule::guard).unwrap_or_else(|| piece.clone());
        Ok(self.guard(&guard)?.node)
    }

    fn guard(&self, piece: &Piece<'_>) -> Built<Deep<Guard>> {
        let mut inner = piece.clone().into_inner();
        let Some(first) = inner.next() else { return Err(self.unreadable(piece)) };
        let first = self.condition(&first)?;
        let rest = std::iter::from_fn(|| {
            let logic = if inner.next()?.as_str() == "and" { Logic::And } else { Logic::Or };
            let condition = inner.next()?;
            Some(self.condition(&condition).map(|condition| (logic, condition)))
        });
        by_rank(
            first,
            rest,
            |logic| logic == Logic::And,
            |left, logic, right| {
                let span = left.node.span.to(right.node.span);
                let depth = left.above(span)?.max(right.above(span)?);
                let (left, right) = (Box::new(left.node), Box::new(right.node));
                let kind = if logic == Logic::And { GuardKind::And(left, right) } else { GuardKind::Or(left, right) };
                Ok(Deep { node: Guard { kind, span }, depth })
            },
        )
    }

    fn condition(&self, piece: &Piece<'_>) -> Built<Deep<Guard>> {
        let Some(atom) = piece.clone().into_inner().find(|p| p.as_rule() != Rule::k_not) else {
            return Err(self.unreadable(piece));
        };
        let mut guard = self.atom(&atom)?;
        let nots: Vec<_> = all(piece, Rule::k_not).collect();
        for not in nots.iter().rev() {
            let span = self.span(not).to(guard.node.span);
            let depth = guard.above(span)?;
            guard = Deep { node: Guard { kind: GuardKind::Not(Box::new(guard.node)), span }, depth };
        }
        Ok(guard)
    }

    fn atom(&self, piece: &Piece<'_>) -> Built<Deep<Guard>> {
        let span = self.span(piece);
        let kind = match piece.as_rule() {
            Rule::guard_group => {
                let inner =
                    one(piece, Rule::guard).map(|guard| self.guard(&guard)).unwrap_or_else(|| Err(self.unreadable(piece)))?;
                let depth = inner.above(span)?;
                return Ok(Deep { node: Guard { span, ..inner.node }, depth });
            }
            Rule::has_consent => GuardKind::Consent(self.name_in(piece)),
            Rule::visited => GuardKind::Visited(self.name_in(piece)),
            Rule::reached => GuardKind::Reached(self.name_in(piece)),
            _ => match one(piece, Rule::comparison) {
                Some(sign) => GuardKind::Compare(self.name_in(piece), comparison(&sign), self.sum_in(piece)?),
                None => GuardKind::Flag(self.name_in(piece)),
            },
        };
        Ok(Deep::leaf(Guard { kind, span }))
    }
}

//! Who comes, with what, and how many: personas, memory, arrivals.

use super::{Built, one};
use crate::diagnostics::Span;
use crate::syntax::draft::Draft;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::outline::Body;
use crate::syntax::reader::Reader;
use crate::syntax::tree::{Arrive, Branch, Cell, CellKind, Expr, Of, PersonaFact};
use crate::syntax::words::Block;

impl Draft<'_> {
    fn persona_fact(&self, piece: &Piece<'_>) -> Built<PersonaFact> {
        Ok(match piece.as_rule() {
            Rule::age => PersonaFact::Age(self.sum_in(piece)?),
            Rule::job => PersonaFact::Job(self.label_in(piece)),
            Rule::income => PersonaFact::Income(self.sum_in(piece)?),
            Rule::motivation => PersonaFact::Motivation(self.list_in(piece)),
            Rule::wants => PersonaFact::Wants(self.label_in(piece)),
            Rule::pain => PersonaFact::Pain(self.label_in(piece)),
            Rule::story => PersonaFact::Story(self.label_in(piece)),
            Rule::consents => PersonaFact::Consents(self.name_in(piece), self.value_in(piece)?, self.span(piece)),
            Rule::has => PersonaFact::Has(self.name_in(piece), self.value_in(piece)?, self.span(piece)),
            _ => PersonaFact::Note(self.note(piece)),
        })
    }

    fn cell(&self, piece: &Piece<'_>) -> Built<Option<Cell>> {
        let kind = match piece.as_rule() {
            Rule::flag => CellKind::Flag,
            Rule::counter => {
                let (from, to) = self.bounds(piece)?;
                CellKind::Counter(from, to)
            }
            Rule::state => CellKind::State(self.list_in(piece)),
            Rule::clock => CellKind::Clock,
            _ => return Ok(None),
        };
        Ok(Some(Cell { title: self.title_in(piece), kind, span: self.span(piece) }))
    }
}

impl Reader<'_> {
    /// What is known of a persona.
    pub(super) fn persona_block(&mut self, body: &Body) -> Vec<PersonaFact> {
        let mut facts = Vec::new();
        self.facts(Block::Persona, &body.lines, &mut |_, draft, piece, _| {
            facts.push(draft.persona_fact(piece)?);
            Ok(())
        });
        facts
    }

    /// What a customer carries.
    pub(super) fn memory_block(&mut self, body: &Body) -> Vec<Cell> {
        let mut cells = Vec::new();
        self.facts(Block::Memory, &body.lines, &mut |_, draft, piece, _| {
            cells.extend(draft.cell(piece)?);
            Ok(())
        });
        cells
    }

    /// An arrival and its block.
    pub(super) fn arrive(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Built<Arrive> {
        let rate =
            one(piece, Rule::pace).map(|pace| -> Built<_> { Ok((draft.name_in(&pace), draft.sum_in(&pace)?)) }).transpose()?;
        let block = body.map(|body| self.arrive_block(body)).unwrap_or_default();
        Ok(Arrive {
            title: one(piece, Rule::title).map(|title| draft.title(&title)),
            number: draft.sum_in(piece)?,
            rate,
            at: draft.name_of(piece, Rule::at_touchpoint),
            of: block.of,
            budget: block.budget,
            branches: block.branches,
            head: draft.whole(),
        })
    }

    /// Who arrives, at what cost and where.
    pub(super) fn arrive_block(&mut self, body: &Body) -> ArriveBlock {
        let mut block = ArriveBlock::default();
        self.facts(Block::Arrive, &body.lines, &mut |reader, draft, piece, body| {
            match piece.as_rule() {
                Rule::of => {
                    let (persona, share) = (draft.name_in(piece), draft.share(piece)?);
                    block.of.push(Of { persona, share, span: draft.span(piece) });
                }
                Rule::budget if block.budget.is_some() => return Err(draft.repeated(piece)),
                Rule::budget => block.budget = Some((draft.sum_in(piece)?, draft.span(piece))),
                Rule::branch => block.branches.push(reader.branch(draft, piece, body)?),
                _ => {}
            }
            Ok(())
        });
        block
    }
}

/// What stands in the braces of an arrival.
#[derive(Default)]
pub(super) struct ArriveBlock {
    of: Vec<Of>,
    budget: Option<(Expr, Span)>,
    branches: Vec<Branch>,
}

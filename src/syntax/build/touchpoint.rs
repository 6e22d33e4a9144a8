//! Touchpoints and stages.

use super::{Built, one};
use crate::diagnostics::Span;
use crate::syntax::draft::Draft;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::outline::Body;
use crate::syntax::reader::Reader;
use crate::syntax::tree::{Branch, Contact, Note, Stage, Text, Touch, TouchKind, Touchpoint};
use crate::syntax::words::Block;

impl Draft<'_> {
    fn touch(&self, piece: &Piece<'_>) -> Built<Touch> {
        let inner = piece.clone().into_inner().next().ok_or_else(|| self.unreadable(piece))?;
        let kind = match inner.as_rule() {
            Rule::is => TouchKind::Is(self.list_in(&inner)),
            Rule::does => TouchKind::Does(self.label_in(&inner)),
            Rule::think => TouchKind::Think(self.label_in(&inner)),
            Rule::pain => TouchKind::Pain(self.label_in(&inner)),
            Rule::appeals => TouchKind::Appeals(self.list_in(&inner)),
            Rule::effort => TouchKind::Effort(self.figure_in(&inner)?),
            Rule::survey => {
                let kind = one(&inner, Rule::survey_kind).ok_or_else(|| self.unreadable(&inner))?;
                TouchKind::Survey(self.name(&kind), self.figure_in(&inner)?)
            }
            Rule::requires => TouchKind::Requires(self.name_in(&inner)),
            Rule::uses => TouchKind::Uses(self.name_in(&inner)),
            Rule::takes => TouchKind::Takes(self.figure_in(&inner)?),
            Rule::refers => TouchKind::Refers,
            Rule::note => TouchKind::Note(self.note(&inner)),
            _ => TouchKind::Effect(self.effect(&inner)?),
        };
        Ok(Touch { kind, guard: self.guard_of(piece)?, span: self.span(piece) })
    }
}

/// What stands in the braces of a touchpoint.
#[derive(Default)]
pub(super) struct TouchpointBlock {
    facts: Vec<Touch>,
    branches: Vec<Branch>,
    race: Option<Span>,
}

/// What stands in the braces of a stage.
#[derive(Default)]
pub(super) struct StageBlock {
    touchpoints: Vec<(Touchpoint, Span)>,
    pains: Vec<Text>,
    notes: Vec<Note>,
}

impl Reader<'_> {
    /// A touchpoint and its block.
    pub(super) fn touchpoint(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Touchpoint {
        let contact = |word: Piece<'_>| (if word.as_str() == "push" { Contact::Push } else { Contact::Pull }, draft.span(&word));
        let block = body.map(|body| self.touchpoint_block(body)).unwrap_or_default();
        Touchpoint {
            title: draft.title_in(piece),
            on: draft.name_of(piece, Rule::on_channel),
            with: draft.name_of(piece, Rule::with_channel),
            contact: one(piece, Rule::contact).map(contact),
            facts: block.facts,
            branches: block.branches,
            race: block.race,
            head: draft.whole(),
        }
    }

    /// What stands in the braces of a touchpoint.
    pub(super) fn touchpoint_block(&mut self, body: &Body) -> TouchpointBlock {
        let mut block = TouchpointBlock::default();
        self.facts(Block::Touchpoint, &body.lines, &mut |reader, draft, piece, body| {
            match piece.as_rule() {
                Rule::branch => block.branches.push(reader.branch(draft, piece, body)?),
                Rule::race if block.race.is_some() => return Err(draft.repeated(piece)),
                Rule::race => {
                    block.race = Some(reader.extent(draft, body));
                    body.map(|body| reader.branches(Block::Race, body));
                }
                _ => block.facts.push(draft.touch(piece)?),
            }
            Ok(())
        });
        block
    }

    /// A stage and its block.
    pub(super) fn stage(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Stage {
        let block = body.map(|body| self.stage_block(body)).unwrap_or_default();
        Stage {
            title: draft.title_in(piece),
            // After `moment`, the title being a piece of its own.
            moment: one(piece, Rule::name).map(|moment| draft.name(&moment)),
            touchpoints: block.touchpoints,
            pains: block.pains,
            notes: block.notes,
        }
    }

    /// What stands in the braces of a stage.
    pub(super) fn stage_block(&mut self, body: &Body) -> StageBlock {
        let mut block = StageBlock::default();
        self.facts(Block::Stage, &body.lines, &mut |reader, draft, piece, body| {
            match piece.as_rule() {
                Rule::touchpoint => block.touchpoints.push((reader.touchpoint(draft, piece, body), reader.extent(draft, body))),
                Rule::pain => block.pains.push(draft.label_in(piece)),
                _ => block.notes.push(draft.note(piece)),
            }
            Ok(())
        });
        block
    }
}

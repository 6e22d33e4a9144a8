//! Channels and automations: by what, and who takes over.

use super::{Built, all};
use crate::syntax::draft::Draft;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::outline::Body;
use crate::syntax::reader::Reader;
use crate::syntax::tree::{Automation, Branch, Channel, ChannelFact, Name};
use crate::syntax::words::Block;

impl Draft<'_> {
    fn channel_fact(&self, piece: &Piece<'_>) -> Built<ChannelFact> {
        Ok(match piece.as_rule() {
            Rule::cost => ChannelFact::Cost(self.figure_in(piece)?, self.span(piece)),
            Rule::requires => ChannelFact::Requires(self.name_in(piece), self.span(piece)),
            Rule::at_most => ChannelFact::AtMost(self.span(piece)),
            _ => ChannelFact::Note(self.note(piece)),
        })
    }
}

impl Reader<'_> {
    /// A channel and its block.
    pub(super) fn channel(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Channel {
        let words = all(piece, Rule::channel_word).map(|word| draft.name(&word)).collect();
        Channel { title: draft.title_in(piece), words, facts: body.map(|body| self.channel_block(body)).unwrap_or_default() }
    }

    /// What holds on every contact of a channel.
    pub(super) fn channel_block(&mut self, body: &Body) -> Vec<ChannelFact> {
        let mut facts = Vec::new();
        self.facts(Block::Channel, &body.lines, &mut |_, draft, piece, _| {
            facts.push(draft.channel_fact(piece)?);
            Ok(())
        });
        facts
    }

    /// An automation and its block.
    pub(super) fn automation(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Automation {
        let (on, branches) = body.map(|body| self.automation_block(body)).unwrap_or_default();
        Automation { title: draft.title_in(piece), on, branches }
    }

    /// The exits that an automation takes over, and where those go instead.
    pub(super) fn automation_block(&mut self, body: &Body) -> (Vec<(Name, Name)>, Vec<Branch>) {
        let (mut on, mut branches) = (Vec::new(), Vec::new());
        self.facts(Block::Automation, &body.lines, &mut |reader, draft, piece, body| {
            match piece.as_rule() {
                Rule::exit => {
                    let mut names = draft.names_in(piece).into_iter();
                    on.extend(names.next().zip(names.next()));
                }
                Rule::branch => branches.push(reader.branch(draft, piece, body)?),
                // Whether the words make sense is seen here; that an automation is not available yet is said later.
                Rule::when => drop(draft.when(piece)?),
                Rule::at_most => drop(draft.sum_in(piece)?),
                _ => {}
            }
            Ok(())
        });
        (on, branches)
    }
}

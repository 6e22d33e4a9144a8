//! Text → its facts and comments, with the blank lines and braces between them.

use crate::syntax::grammar::{Rule, read};
use crate::syntax::words::Block;
use std::collections::HashMap;
use std::ops::Range;

/// What stands on lines of its own.
#[derive(Debug)]
pub(super) struct Item<'t> {
    /// Whether the author left a blank line before it.
    pub(super) is_apart: bool,
    pub(super) kind: ItemKind<'t>,
}

#[derive(Debug)]
pub(super) enum ItemKind<'t> {
    Comment(&'t str),
    Fact(Fact<'t>),
}

/// One fact, or the head of a block with its block.
#[derive(Debug)]
pub(super) struct Fact<'t> {
    /// The bytes of its line.
    pub(super) range: Range<usize>,
    /// The block in which it stands.
    pub(super) block: Block,
    /// The comment behind it.
    pub(super) comment: Option<&'t str>,
    pub(super) body: Option<Body<'t>>,
}

/// A block.
#[derive(Debug, Default)]
pub(super) struct Body<'t> {
    pub(super) items: Vec<Item<'t>>,
    /// The comment behind `{`.
    pub(super) at_open: Option<&'t str>,
    /// The comment behind `}`.
    pub(super) at_close: Option<&'t str>,
    /// Whether its braces stand on one line.
    pub(super) is_on_one_row: bool,
}

/// What a comment at the end of a line stands behind.
#[derive(Clone, Copy)]
enum Last {
    Nothing,
    Fact,
    Open,
    Close,
}

struct Layout<'t> {
    /// The items of the top level, then those of each block that is open.
    open: Vec<Vec<Item<'t>>>,
    /// What stands behind the last line end.
    last: Last,
    /// Line ends since then.
    ends: usize,
    /// For each open block: the comment behind its `{`, and whether a line has ended since.
    heads: Vec<(Option<&'t str>, bool)>,
}

/// The items of a text; none if its braces do not pair.
pub(super) fn layout<'t>(text: &'t str, blocks: &HashMap<usize, Block>) -> Option<Vec<Item<'t>>> {
    let mut layout = Layout { open: vec![Vec::new()], last: Last::Nothing, ends: 0, heads: Vec::new() };
    for piece in read(Rule::outline, text).ok()?.next()?.into_inner() {
        let range = piece.as_span().start()..piece.as_span().end();
        match piece.as_rule() {
            Rule::line_end => layout.end_row(),
            Rule::comment => layout.comment(text[range].trim_end())?,
            Rule::open => layout.open_block()?,
            Rule::close => layout.close_block()?,
            Rule::line => {
                let block = blocks.get(&range.start).copied().unwrap_or(Block::Unknown);
                layout.push(ItemKind::Fact(Fact { range, block, comment: None, body: None }))?;
                layout.last = Last::Fact;
            }
            _ => {}
        }
    }
    if layout.heads.is_empty() { layout.open.pop() } else { None }
}

impl<'t> Layout<'t> {
    fn end_row(&mut self) {
        self.ends += 1;
        if let Some((_, is_broken)) = self.heads.last_mut() {
            *is_broken = true;
        }
    }

    fn push(&mut self, kind: ItemKind<'t>) -> Option<()> {
        let is_apart = std::mem::take(&mut self.ends) > 1;
        self.open.last_mut()?.push(Item { is_apart, kind });
        Some(())
    }

    fn comment(&mut self, comment: &'t str) -> Option<()> {
        if self.ends > 0 {
            self.last = Last::Nothing;
        }
        match self.last {
            Last::Nothing => self.push(ItemKind::Comment(comment))?,
            Last::Fact => self.last_fact()?.comment = Some(comment),
            Last::Open => self.heads.last_mut()?.0 = Some(comment),
            Last::Close => self.last_fact()?.body.as_mut()?.at_close = Some(comment),
        }
        self.last = Last::Nothing;
        Some(())
    }

    fn last_fact(&mut self) -> Option<&mut Fact<'t>> {
        match &mut self.open.last_mut()?.last_mut()?.kind {
            ItemKind::Fact(fact) => Some(fact),
            ItemKind::Comment(_) => None,
        }
    }

    fn open_block(&mut self) -> Option<()> {
        self.last_fact().filter(|fact| fact.body.is_none())?;
        self.heads.push((None, false));
        self.open.push(Vec::new());
        (self.last, self.ends) = (Last::Open, 0);
        Some(())
    }

    fn close_block(&mut self) -> Option<()> {
        let (at_open, is_broken) = self.heads.pop()?;
        let items = self.open.pop()?;
        self.last_fact()?.body = Some(Body { items, at_open, at_close: None, is_on_one_row: !is_broken });
        if let Some((_, outer)) = self.heads.last_mut() {
            *outer |= is_broken;
        }
        (self.last, self.ends) = (Last::Close, 0);
        Some(())
    }
}

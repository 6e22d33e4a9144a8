//! Branches and effects.

use super::{Built, all, one};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::draft::Draft;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::outline::Body;
use crate::syntax::reader::Reader;
use crate::syntax::tree::{Branch, Effect, EffectKind, Feeling, Share};
use crate::syntax::words::Block;
use crate::words;

impl Draft<'_> {
    /// Refuses a word that may be said once and is said twice.
    pub(super) fn once(&self, piece: &Piece<'_>, rule: Rule) -> Built<()> {
        match all(piece, rule).nth(1) {
            Some(second) => Err(self.repeated(&second)),
            None => Ok(()),
        }
    }

    /// The finding for what is said a second time.
    pub(super) fn repeated(&self, second: &Piece<'_>) -> Box<Diagnostic> {
        let word = second.as_str().split_whitespace().next().unwrap_or_default();
        let message = words!("`{word}` is said twice here", "`{word}` est dit deux fois ici");
        Box::new(Diagnostic::new(Code::RepeatedFact, self.span(second), message))
    }

    /// What follows a target or a persona: a figure, `otherwise` or nothing.
    pub(super) fn share(&self, piece: &Piece<'_>) -> Built<Share> {
        if let Some(word) = one(piece, Rule::k_otherwise) {
            return Ok(Share::Otherwise(self.span(&word)));
        }
        Ok(match one(piece, Rule::figure) {
            Some(figure) => Share::Figure(self.figure(&figure)?),
            None => Share::Lone,
        })
    }

    /// `effect`
    pub(super) fn effect(&self, piece: &Piece<'_>) -> Built<Effect> {
        let inner = piece.clone().into_inner().next().ok_or_else(|| self.unreadable(piece))?;
        let name = || self.name_in(&inner);
        let kind = match inner.as_rule() {
            Rule::set_consent => EffectKind::SetConsent(name()),
            Rule::set => EffectKind::Set(name(), self.names_in(&inner).into_iter().nth(1)),
            Rule::clear_consent => EffectKind::ClearConsent(name()),
            Rule::clear => EffectKind::Clear(name()),
            Rule::add => EffectKind::Add(name(), self.figure_in(&inner)?),
            Rule::start => EffectKind::Start(name()),
            Rule::reach => EffectKind::Reach(name()),
            Rule::cost => EffectKind::Cost(self.figure_in(&inner)?),
            Rule::earns => {
                let margin = one(&inner, Rule::margin).map(|margin| self.figure_in(&margin)).transpose()?;
                EffectKind::Earns(self.figure_in(&inner)?, margin)
            }
            _ => EffectKind::Feel(all(&inner, Rule::feeling).map(|feeling| self.feeling(&feeling)).collect::<Built<_>>()?),
        };
        Ok(Effect { kind, span: self.span(piece) })
    }

    fn feeling(&self, piece: &Piece<'_>) -> Built<Feeling> {
        Ok(Feeling { value: self.value_in(piece)?, words: self.label_of(piece), persona: self.name_of(piece, Rule::for_who) })
    }

    /// One of the words after a branch's target and share.
    fn branch_word(&self, branch: &mut Branch, word: &Piece<'_>) -> Built<()> {
        let is_second = match word.as_rule() {
            Rule::when => branch.guard.is_some(),
            Rule::after => branch.after.is_some(),
            Rule::because => branch.because.is_some(),
            _ => false,
        };
        if is_second {
            return Err(self.repeated(word));
        }
        match word.as_rule() {
            Rule::when => branch.guard = Some(self.when(word)?),
            Rule::after => branch.after = Some(self.figure_in(word)?),
            Rule::because => branch.because = Some(self.label_in(word)),
            Rule::effect => branch.effects.push(self.effect(word)?),
            _ => {}
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// A branch and the block of its effects.
    pub(super) fn branch(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>) -> Built<Branch> {
        let mut branch = Branch {
            to: draft.name_in(piece),
            share: draft.share(piece)?,
            guard: None,
            after: None,
            because: None,
            effects: Vec::new(),
            span: self.extent(draft, body),
        };
        for word in piece.clone().into_inner() {
            draft.branch_word(&mut branch, &word)?;
        }
        if let Some(body) = body {
            self.facts(Block::Branch, &body.lines, &mut |_, draft, piece, _| draft.branch_word(&mut branch, piece));
        }
        Ok(branch)
    }

    /// Lines of a block that holds branches alone.
    pub(super) fn branches(&mut self, block: Block, body: &Body) -> Vec<Branch> {
        let mut branches = Vec::new();
        self.facts(block, &body.lines, &mut |reader, draft, piece, body| {
            if piece.as_rule() == Rule::branch {
                branches.push(reader.branch(draft, piece, body)?);
            }
            Ok(())
        });
        branches
    }
}

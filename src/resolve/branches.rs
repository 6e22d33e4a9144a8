//! Ways on, and ways in.

use super::scope::Scope;
use super::wanted::two_otherwise;
use crate::model::{Branch, Share};
use crate::syntax::tree;

impl Scope<'_> {
    /// All branches of a touchpoint or an arrival.
    pub(super) fn branches(&self, branches: &[tree::Branch]) -> Option<Vec<Branch>> {
        let mut plain = None;
        for branch in branches.iter().filter(|b| b.guard.is_none()) {
            if let tree::Share::Otherwise(span) = branch.share {
                match plain {
                    Some(first) => self.say(two_otherwise(first, span)),
                    None => plain = Some(span),
                }
            }
        }
        let all: Vec<Option<Branch>> = branches.iter().map(|b| self.branch(b)).collect();
        all.into_iter().collect()
    }

    fn branch(&self, branch: &tree::Branch) -> Option<Branch> {
        let to = self.target(&branch.to);
        let (share, share_origin) = match &branch.share {
            tree::Share::Figure(figure) => (self.figure(figure, |v| self.probability(v)).map(Share::Figure), figure.span),
            tree::Share::Otherwise(span) => (Some(Share::Otherwise), *span),
            tree::Share::Lone => (Some(Share::Lone), branch.to.span),
        };
        let guard = self.guard_if_any(branch.guard.as_ref());
        let after = branch.after.as_ref().map(|figure| self.figure(figure, |v| self.time(v)).ok_or(())).transpose();
        let effects = self.effects(&branch.effects);
        Some(Branch {
            to: to?,
            share: share?,
            guard: guard.ok()?,
            after: after.ok()?,
            because: branch.because.as_ref().map(|t| t.text.clone()),
            effects: effects?,
            origin: branch.span,
            share_origin,
        })
    }
}

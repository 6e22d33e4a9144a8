//! Ways on, and ways in.

use super::scope::Scope;
use super::wanted::two_otherwise;
use crate::model::{Branch, Share};
use crate::syntax::tree;

impl Scope<'_> {
    /// All branches of a touchpoint or an arrival, as far as they can be read, and whether that is all of them. A branch whose
    /// target is refused is left out, any other piece of it stands as nothing.
    pub(super) fn branches(&self, branches: &[tree::Branch]) -> (Vec<Branch>, bool) {
        let mut plain = None;
        for branch in branches.iter().filter(|b| b.guard.is_none()) {
            if let tree::Share::Otherwise(span) = branch.share {
                match plain {
                    Some(first) => self.say(two_otherwise(first, span)),
                    None => plain = Some(span),
                }
            }
        }
        let read: Vec<(Option<Branch>, bool)> = branches.iter().map(|b| self.branch(b)).collect();
        let all = read.iter().all(|(_, whole)| *whole);
        (read.into_iter().filter_map(|(branch, _)| branch).collect(), all)
    }

    fn branch(&self, branch: &tree::Branch) -> (Option<Branch>, bool) {
        let to = self.target(&branch.to);
        let (share, share_origin) = match &branch.share {
            tree::Share::Figure(figure) => (self.figure(figure, |v| self.probability(v)).map(Share::Figure), figure.span),
            tree::Share::Otherwise(span) => (Some(Share::Otherwise), *span),
            tree::Share::Lone => (Some(Share::Lone), branch.to.span),
        };
        let guard = self.guard_if_any(branch.guard.as_ref());
        let after = branch.after.as_ref().map(|figure| self.figure(figure, |v| self.time(v)).ok_or(())).transpose();
        let effects = self.effects(&branch.effects);
        let whole = to.is_some() && share.is_some() && guard.is_ok() && after.is_ok() && effects.is_some();
        let read = to.map(|to| Branch {
            to,
            share: share.unwrap_or(Share::Lone),
            guard: guard.unwrap_or_default(),
            after: after.unwrap_or_default(),
            because: branch.because.as_ref().map(|t| t.text.clone()),
            effects: effects.unwrap_or_default(),
            origin: branch.span,
            share_origin,
        });
        (read, whole)
    }
}

//! How well the figures of a stage and of a passage are known.

use super::super::view::KnownView;
use super::Source;
use crate::diagnostics::Span;
use crate::model::{Branch, FigureKind, Known, Model, ParamId, Share, Target, Touchpoint, WrittenFigure};

impl Source<'_> {
    /// How many of the figures written in some touchpoints are measured, estimated and assumed. Marks on scales (feelings, efforts,
    /// answers) are not counted: they are judgements.
    pub(super) fn known(&self, members: &[usize]) -> Vec<KnownView> {
        let lines: Vec<Span> = members.iter().flat_map(|&at| lines(&self.model.touchpoints[at])).collect();
        let counted = |f: &&WrittenFigure| !matches!(f.kind, FigureKind::Mark | FigureKind::Step) && stands_in(f, &lines);
        let known: Vec<Known> = self.model.figures.iter().filter(counted).map(|f| of(self.model, f)).collect();
        let nouns = [
            (Known::Measured, ["measured", "measured"], ["mesuré", "mesurés"]),
            (Known::Estimated, ["estimated", "estimated"], ["estimé", "estimés"]),
            (Known::Assumed, ["assumed", "assumed"], ["supposé", "supposés"]),
        ];
        let row = |(level, en, fr)| {
            let number = known.iter().filter(|k| **k == level).count();
            (number > 0).then(|| KnownView { known: level, words: self.number(number, en, fr) })
        };
        nouns.into_iter().filter_map(row).collect()
    }

    /// How well it is known how many pass from one touchpoint to another: as well as the weakest of the figures that say so.
    pub(super) fn known_passage(&self, from: usize, to: usize) -> Option<Known> {
        let branches = &self.model.touchpoints[from].branches;
        let leads = |branch: &&Branch| matches!(branch.to, Target::Touchpoint(target) if target.index() == to);
        let known = branches.iter().filter(leads).map(|branch| match branch.share {
            // What is left is known as well as what it is left of.
            Share::Otherwise => self.weakest(branches),
            Share::Figure(_) | Share::Lone => self.weakest(std::slice::from_ref(branch)),
        });
        known.flatten().min()
    }

    fn weakest(&self, branches: &[Branch]) -> Option<Known> {
        let lines: Vec<Span> = branches.iter().map(|branch| branch.origin).collect();
        let shares = self.model.figures.iter().filter(|f| f.kind == FigureKind::Probability && stands_in(f, &lines));
        shares.map(|f| of(self.model, f)).min()
    }
}

/// Where the figures of a touchpoint stand.
fn lines(touchpoint: &Touchpoint) -> Vec<Span> {
    let branches = touchpoint.branches.iter().map(|b| b.origin);
    let money = touchpoint.costs.iter().map(|c| c.origin).chain(touchpoint.earns.iter().map(|e| e.origin));
    branches.chain(money).chain(touchpoint.takes.iter().map(|t| t.origin)).collect()
}

fn stands_in(figure: &WrittenFigure, lines: &[Span]) -> bool {
    let f = figure.origin;
    lines.iter().any(|l| l.file == f.file && l.start <= f.start && f.end <= l.end && l.start < l.end)
}

fn of(model: &Model, figure: &WrittenFigure) -> Known {
    let own = figure.evidence.known(figure.range.is_some());
    if figure.by_name { of_params(model, &figure.from).unwrap_or(own) } else { own }
}

/// The weakest of some params, those that they are worked out from included.
fn of_params(model: &Model, params: &[ParamId]) -> Option<Known> {
    params
        .iter()
        .filter_map(|id| model.params.get(id.index()))
        .map(|param| {
            let own = param.evidence.known(param.range.is_some());
            if param.evidence.is_none() { of_params(model, &param.from).unwrap_or(own) } else { own }
        })
        .min()
}

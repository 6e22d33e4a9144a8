//! What the author does not know, and how it is drawn.
//!
//! A count `k of n` stands for a share that is drawn from a beta of k + ½ and n − k + ½: half a customer is added to each side
//! (H. Jeffreys, *An invariant form for the prior probability in estimation problems*, Proc. R. Soc. A 186, 1946). Counts of one
//! base that are alternatives at one touchpoint are drawn together, from a Dirichlet with ½ added to each and to what is left. A
//! distribution written in a param is drawn as it stands; of a param with a `range`, any value in it is as likely as another.

use crate::model::law::nearest;
use crate::model::{Branch, Model, Param, ParamId, Share};
use crate::simulate::cohort::{Luck, Unsure};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// A param whose value is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// Which.
    pub param: ParamId,
    /// What is known of it.
    pub known: Known,
    /// The value that the journey states.
    pub stated: BigRational,
    /// The mean of what is drawn, before any draw is refused.
    pub mean: BigRational,
    /// The mean of what was drawn and not refused.
    pub drawn: f64,
}

/// What is known of a param.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// So many of so many.
    Count(BigRational, BigRational),
    /// Something between two values.
    Range(BigRational, BigRational),
    /// A distribution.
    Law,
}

/// All that is not known, ready to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Unknowns {
    pub(super) list: Vec<Unknown>,
    groups: Vec<Group>,
}

/// What is drawn together.
#[derive(Clone, Debug)]
struct Group {
    /// Places in the list.
    members: Vec<usize>,
    drawn: Drawn,
}

#[derive(Clone, Debug)]
enum Drawn {
    /// A value by itself.
    Value(Unsure),
    /// Shares: a gamma of each member, and of what is left, if anything may be.
    Shares(Vec<Unsure>, Option<Unsure>),
}

/// Counts of one base at one place: the params, and whether something is left beside them.
struct Alternatives {
    params: Vec<ParamId>,
    open: bool,
}

impl Unknowns {
    /// What is not known of a journey; `held` are the params that are to stay as they are.
    pub(super) fn new(model: &Model, held: &[ParamId]) -> Self {
        let mut unknowns = Self { list: Vec::new(), groups: Vec::new() };
        let known = |id: ParamId| {
            let param = &model.params[id.index()];
            if held.contains(&id) { None } else { known(param) }
        };
        for Alternatives { params, open } in alternatives(model) {
            if params.iter().any(|p| held.contains(p)) {
                continue;
            }
            unknowns.shares(model, &params, open);
        }
        for id in (0..model.params.len()).map(ParamId::new) {
            if unknowns.list.iter().any(|u| u.param == id) {
                continue;
            }
            match known(id) {
                None => {}
                Some(Known::Count(..)) => unknowns.shares(model, &[id], true),
                Some(known) => unknowns.value(model, id, known),
            }
        }
        unknowns
    }

    fn value(&mut self, model: &Model, id: ParamId, known: Known) {
        let param = &model.params[id.index()];
        let (unsure, mean) = match &known {
            Known::Range(low, high) => {
                (Unsure::even(nearest(low), nearest(high)), (low + high) / BigRational::from_integer(2.into()))
            }
            _ => match &param.evidence.law {
                Some(law) => (Unsure::law(law), param.value.clone()),
                None => return,
            },
        };
        self.groups.push(Group { members: vec![self.list.len()], drawn: Drawn::Value(unsure) });
        let drawn = nearest(&mean);
        self.list.push(Unknown { param: id, known, stated: param.value.clone(), mean, drawn });
    }

    /// Counts of one base; `open`: something is left beside them.
    fn shares(&mut self, model: &Model, params: &[ParamId], open: bool) {
        let half = BigRational::new(1.into(), 2.into());
        let counts: Vec<_> = params.iter().filter_map(|p| model.params[p.index()].evidence.count.clone()).collect();
        let Some((_, of)) = counts.first().cloned() else { return };
        let counted: BigRational = counts.iter().map(|(k, _)| k.clone()).sum();
        let weights: Vec<BigRational> = counts.iter().map(|(k, _)| k + &half).collect();
        let left = open.then(|| &of - &counted + &half);
        let all: BigRational = weights.iter().cloned().sum::<BigRational>() + left.clone().unwrap_or_else(BigRational::zero);
        let gammas: Option<Vec<Unsure>> = weights.iter().map(|w| Unsure::gamma(nearest(w))).collect();
        let rest = left.map(|w| Unsure::gamma(nearest(&w)));
        let (Some(gammas), Some(rest)) = (gammas, rest.map_or(Some(None), |r| r.map(Some))) else { return };
        let members = (self.list.len()..self.list.len() + params.len()).collect();
        for ((param, (k, n)), weight) in params.iter().zip(counts).zip(weights) {
            let stated = model.params[param.index()].value.clone();
            let mean = weight / &all;
            let drawn = nearest(&mean);
            self.list.push(Unknown { param: *param, known: Known::Count(k, n), stated, mean, drawn });
        }
        self.groups.push(Group { members, drawn: Drawn::Shares(gammas, rest) });
    }

    /// By unknown, a value, from the luck of a replication; `attempt` is another try.
    pub(super) fn draw(&self, luck: Luck, attempt: u64, values: &mut Vec<f64>) {
        values.clear();
        values.resize(self.list.len(), 0.0);
        // A place for each member of each group, and one for what is left of it.
        let places = (self.list.len() + self.groups.len()) as u64;
        let mut place = attempt * places;
        for Group { members, drawn } in &self.groups {
            match drawn {
                Drawn::Value(unsure) => values[members[0]] = unsure.draw(luck, place),
                Drawn::Shares(gammas, rest) => {
                    let mut all = 0.0;
                    for ((member, gamma), place) in members.iter().zip(gammas).zip(place..) {
                        values[*member] = gamma.draw(luck, place);
                        all += values[*member];
                    }
                    all += rest.as_ref().map_or(0.0, |rest| rest.draw(luck, place + members.len() as u64));
                    members.iter().for_each(|member| values[*member] /= all);
                }
            }
            place += members.len() as u64 + 1;
        }
    }

    /// Whether an unknown is drawn by itself.
    pub(super) fn alone(&self, unknown: usize) -> bool {
        self.groups.iter().any(|g| g.members == [unknown])
    }

    /// For each unknown, whether another takes up what it leaves: shares that add up to one have one member too many.
    pub(super) fn taken_up_by(&self, unknown: usize) -> Option<usize> {
        let closed = |g: &&Group| matches!(&g.drawn, Drawn::Shares(_, None)) && g.members.contains(&unknown);
        self.groups.iter().find(closed).and_then(|g| g.members.last().copied())
    }
}

/// What is known of a param, where it is not everything. Something merely assumed is not drawn.
fn known(param: &Param) -> Option<Known> {
    if let Some((k, n)) = &param.evidence.count {
        return Some(Known::Count(k.clone(), n.clone()));
    }
    if param.evidence.law.is_some() {
        return Some(Known::Law);
    }
    let (low, high) = param.range.as_ref()?;
    Some(Known::Range(low.clone(), high.clone()))
}

/// Counts of one base that are alternatives of the same customers at one touchpoint or arrival; each param in the first place only.
fn alternatives(model: &Model) -> Vec<Alternatives> {
    let mut all: Vec<Alternatives> = Vec::new();
    let places = model.arrivals.iter().map(|a| &a.branches).chain(model.touchpoints.iter().map(|t| &t.branches));
    for branches in places {
        let counted: Vec<(ParamId, &Branch)> = branches.iter().flat_map(|b| counts_of(model, b).map(move |p| (p, b))).collect();
        for (id, branch) in &counted {
            let known = |all: &[Alternatives], p: ParamId| all.iter().any(|a| a.params.contains(&p));
            if known(&all, *id) {
                continue;
            }
            let guard = |b: &Branch| b.guard.as_ref().map(|c| c.guard.clone());
            let base = |p: ParamId| model.params[p.index()].evidence.count.as_ref().map(|(_, n)| n.clone());
            let mut params: Vec<ParamId> = Vec::new();
            for (other, at) in &counted {
                if base(*other) == base(*id) && guard(at) == guard(branch) && !params.contains(other) && !known(&all, *other) {
                    params.push(*other);
                }
            }
            let sum: BigRational = params.iter().map(|p| model.params[p.index()].value.clone()).sum();
            if params.len() < 2 || sum > BigRational::one() {
                continue;
            }
            // Nothing is left where they are everything and no line takes the rest.
            let open = !sum.is_one() || branches.iter().any(|b| b.share == Share::Otherwise);
            all.push(Alternatives { params, open });
        }
    }
    all
}

/// The params that are the share of a branch by themselves, and counts.
fn counts_of<'m>(model: &'m Model, branch: &'m Branch) -> impl Iterator<Item = ParamId> + use<'m> {
    let whole = branch.share_origin;
    let inside = move |f: &&crate::model::WrittenFigure| {
        f.origin.file == whole.file && whole.start <= f.origin.start && f.origin.end <= whole.end
    };
    model.figures.iter().filter(inside).filter_map(|f| match f.from[..] {
        [id] => {
            let param = &model.params[id.index()];
            (param.evidence.count.is_some() && param.value == f.value).then_some(id)
        }
        _ => None,
    })
}

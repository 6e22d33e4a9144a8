//! The ways from an arrival, or from a touchpoint, to an event, where they can be counted by hand.
//!
//! Comes in: a model and an event. Goes out: every way with its factors, or nothing where there is no short list: loops, guards,
//! shares of their own for some personas, more than a dozen ways. What must hold: nobody trusts it; who uses it compares the sum
//! with the exact solution.

use super::value::Value;
use crate::diagnostics::Sources;
use crate::locale::{self, Lang};
use crate::model::law::nearest;
use crate::model::{Branch, Event, Model, Place, Share, Target, Touchpoint, TouchpointId, Unit};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// More ways than these are not written line by line.
const MOST_WAYS: usize = 12;
/// Places looked at in search of them.
const MOST_LOOKED_AT: usize = 4_000;

/// The share of one step.
#[derive(Clone, Debug)]
pub(super) struct Factor {
    /// As the paper gives it: `4/90`, `75 %`.
    pub(super) text: String,
    pub(super) value: BigRational,
}

/// One way.
#[derive(Clone, Debug, Default)]
pub(super) struct Way {
    pub(super) places: Vec<String>,
    /// By the touchpoints met.
    pub(super) met: Vec<TouchpointId>,
    pub(super) factors: Vec<Factor>,
}

impl Way {
    /// Its probability.
    pub(super) fn value(&self) -> BigRational {
        self.factors.iter().fold(BigRational::one(), |product, factor| product * &factor.value)
    }
}

/// What is needed to find ways, and to write their shares.
#[derive(Clone, Copy)]
pub(super) struct Map<'a> {
    pub(super) model: &'a Model,
    pub(super) sources: &'a Sources,
    pub(super) lang: Lang,
}

struct Search<'a> {
    map: Map<'a>,
    to: Event,
    ways: Vec<Way>,
    looked_at: usize,
}

impl Map<'_> {
    /// All ways from the arrivals, or from a touchpoint, to an event.
    pub(super) fn ways(self, from: Option<TouchpointId>, to: Event) -> Option<Vec<Way>> {
        let mut search = Search { map: self, to, ways: Vec::new(), looked_at: 0 };
        match from {
            Some(at) => {
                let name = self.model.touchpoints[at.index()].name.label.clone();
                let mut way = Way { places: vec![name], met: vec![at], factors: Vec::new() };
                search.leave(at, &mut way)?;
            }
            None => {
                let all: BigRational = self.model.arrivals.iter().map(|a| a.number.clone()).sum();
                for arrival in &self.model.arrivals {
                    let mut way = Way::default();
                    if self.model.arrivals.len() > 1 {
                        let value = &arrival.number / &all;
                        let text = format!("{}/{}", self.whole(&arrival.number), self.whole(&all));
                        way.places.push(arrival.name.label.clone());
                        way.factors.push(Factor { text, value });
                    }
                    search.branches(&arrival.branches, &mut way)?;
                }
            }
        }
        Some(search.ways)
    }

    fn whole(self, number: &BigRational) -> String {
        locale::count(nearest(number), self.lang)
    }

    /// The shares of branches that are open for everybody.
    pub(super) fn shares(self, branches: &[Branch]) -> Option<Vec<Factor>> {
        let mut left = BigRational::one();
        for branch in branches {
            if branch.guard.is_some() {
                return None;
            }
            match &branch.share {
                Share::Figure(figure) if figure.own.is_empty() => left -= &figure.default,
                Share::Figure(_) => return None,
                Share::Otherwise | Share::Lone => {}
            }
        }
        let each = branches.iter().map(|branch| match &branch.share {
            Share::Figure(figure) => Factor { text: self.share_text(branch, &figure.default), value: figure.default.clone() },
            Share::Otherwise => Factor { text: self.share(&left), value: left.clone() },
            Share::Lone => Factor { text: self.share(&BigRational::one()), value: BigRational::one() },
        });
        Some(each.collect())
    }

    /// The share of a branch as the paper gives it.
    fn share_text(self, branch: &Branch, value: &BigRational) -> String {
        let written = self.sources.text(branch.share_origin).trim();
        let param = self.model.params.iter().find(|p| p.name.name == written && p.value == *value);
        let counts = param.and_then(|p| p.evidence.count.as_ref()).or_else(|| {
            self.model.figures.iter().find(|f| f.origin == branch.share_origin).and_then(|f| f.evidence.count.as_ref())
        });
        match counts {
            Some((n, of)) => format!("{}/{}", self.whole(n), self.whole(of)),
            None => self.share(value),
        }
    }

    /// A share: in percent where that is exact, else as a fraction.
    pub(super) fn share(self, value: &BigRational) -> String {
        match Value::of(value.clone()).whole(Unit::Share) {
            Some(rounded) => rounded.written(None, self.lang),
            None => format!("{}/{}", value.numer(), value.denom()),
        }
    }
}

impl Search<'_> {
    fn leave(&mut self, at: TouchpointId, way: &mut Way) -> Option<()> {
        let model = self.map.model;
        self.branches(&model.touchpoints[at.index()].branches, way)
    }

    fn branches(&mut self, branches: &[Branch], way: &mut Way) -> Option<()> {
        for (branch, factor) in branches.iter().zip(self.map.shares(branches)?) {
            self.looked_at += 1;
            if self.looked_at > MOST_LOOKED_AT {
                return None;
            }
            if factor.value.is_zero() {
                continue;
            }
            let before = way.clone();
            if !factor.value.is_one() {
                way.factors.push(factor);
            }
            self.follow(branch, way)?;
            *way = before;
        }
        Some(())
    }

    fn follow(&mut self, branch: &Branch, way: &mut Way) -> Option<()> {
        let model = self.map.model;
        let hit_on_the_way = matches!(self.to, Event::Reach(goal) if branch.effects.reaches.contains(&goal));
        match branch.to {
            Target::End(end) => {
                if hit_on_the_way || self.to == Event::Stop(end) {
                    way.places.push(model.ends[end.index()].name.label.clone());
                    return self.found(way);
                }
                Some(())
            }
            Target::Touchpoint(next) => {
                let touchpoint = &model.touchpoints[next.index()];
                way.places.push(touchpoint.name.label.clone());
                if way.met.contains(&next) {
                    return None;
                }
                way.met.push(next);
                if hit_on_the_way || self.hits(touchpoint, next)? {
                    return self.found(way);
                }
                self.leave(next, way)
            }
        }
    }

    /// Whether arriving there is what is looked for.
    fn hits(&self, touchpoint: &Touchpoint, id: TouchpointId) -> Option<bool> {
        match self.to {
            Event::Meet(Place::Arrival(_)) => None,
            Event::Meet(place) => Some(self.map.model.meets(place, id)),
            Event::Reach(goal) => {
                let guarded = touchpoint.reaches.iter().any(|r| r.guard.is_some());
                (!guarded).then(|| touchpoint.reaches.iter().any(|r| r.value == goal))
            }
            Event::Stop(_) => Some(false),
        }
    }

    fn found(&mut self, way: &Way) -> Option<()> {
        self.ways.push(way.clone());
        (self.ways.len() <= MOST_WAYS).then_some(())
    }
}

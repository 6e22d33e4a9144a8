//! One reading of the journey, base or scenario: declarations → model.

use super::declared::{Declared, named};
use super::headers::Headers;
use super::params::{Settled, resolve_params};
use super::places::{by_stage, source};
use super::scope::{Common, Scope};
use crate::model::{End, Goal, Model, Param};

/// What one reading gives.
pub(super) struct Lowered<'a> {
    /// The scope, with the figures known in it and what was found.
    pub(super) scope: Scope<'a>,
    /// How long customers are followed, in seconds.
    pub(super) horizon: Option<f64>,
    /// What a scenario keeps of its base.
    pub(super) settled: Settled,
    /// The model; none if something was refused.
    pub(super) model: Option<Model>,
}

/// Reads the declarations. `base`: what the base settled, when a scenario is read.
pub(super) fn lower<'a>(
    declared: &Declared<'_>,
    common: &'a Common<'a>,
    headers: &Headers<'_>,
    base: Option<&Settled>,
) -> Lowered<'a> {
    let mut scope = Scope::new(common, declared.personas.len().max(1));
    let segments: Vec<_> = declared.segments.iter().map(|(title, of)| scope.resolve_segment(title, of)).collect();
    scope.segments = segments.iter().map(|s| s.as_ref().map(|s| s.personas.clone()).unwrap_or_default()).collect();
    let params = resolve_params(declared, base, &mut scope);
    let horizon = declared.horizon.map(|h| scope.resolve_horizon(h).ok_or(()));
    let discount = declared.discount.map(|(rate, unit)| scope.resolve_discount(rate, unit).ok_or(()));

    let personas = scope.resolve_personas(declared, headers.lang, headers.place);
    let channels = all(&declared.channels, |c| scope.resolve_channel(c));
    let mut standing = by_stage(declared);
    let stages: Vec<_> =
        declared.stages.iter().zip(&mut standing).map(|(s, t)| scope.resolve_stage(s, std::mem::take(t))).collect();
    let touchpoints = all(&declared.touchpoints, |(t, stage)| scope.resolve_touchpoint(t, *stage));
    let arrivals = scope.resolve_arrivals(declared, headers.lang, headers.place);
    let memory = all(&declared.cells, |c| scope.resolve_cell(c));
    let facets = scope.resolve_facets(declared, headers.lang);

    let settled = base.cloned().unwrap_or_else(|| Settled {
        units: params.iter().map(|p: &Option<Param>| p.as_ref().map(|p| p.unit)).collect(),
        counts: scope.counts.clone(),
    });
    let known_horizon = horizon.and_then(Result::ok);
    let model = || {
        Some(Model {
            name: named(headers.journey?),
            locale: headers.lang,
            currency: headers.currency.map(str::to_owned),
            horizon: horizon.transpose().ok()?,
            discount: discount.transpose().ok()?,
            personas: personas?,
            segments: segments.into_iter().collect::<Option<_>>()?,
            channels: channels?,
            stages: stages.into_iter().collect::<Option<_>>()?,
            touchpoints: touchpoints?,
            goals: declared.goals.iter().map(|title| Goal { name: named(title) }).collect(),
            ends: declared.ends.iter().map(|(title, outcome)| End { name: named(title), outcome: *outcome }).collect(),
            arrivals: arrivals?,
            memory: memory?,
            params: params.into_iter().collect::<Option<_>>()?,
            sources: declared.sources.iter().map(source).collect(),
            facets,
            figures: scope.figures(),
        })
    };
    let model = model();
    Lowered { scope, horizon: known_horizon, settled, model }
}

/// All of them, each read whatever became of the others.
fn all<T, U>(items: &[T], read: impl Fn(&T) -> Option<U>) -> Option<Vec<U>> {
    let all: Vec<Option<U>> = items.iter().map(read).collect();
    all.into_iter().collect()
}

//! One reading of the journey, base or scenario: declarations → model.

use super::declared::{Declared, named};
use super::headers::Headers;
use super::params::{Settled, resolve_params};
use super::places::{by_stage, source};
use super::scope::{Common, Scope};
use crate::model::{CellId, Channel, End, Evidence, Goal, Model, Named, Param, TouchpointId, Unit};
use crate::syntax::tree::Title;
use num_rational::BigRational;
use num_traits::Zero;

/// What one reading gives.
pub(super) struct Lowered<'a> {
    /// The scope, with the figures known in it and what was found.
    pub(super) scope: Scope<'a>,
    /// What a scenario keeps of its base.
    pub(super) settled: Settled,
    /// The model; what was refused is left out of it, or stands as nothing.
    pub(super) model: Model,
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
    scope.segments = segments.iter().map(|s| s.personas.clone()).collect();
    let params = resolve_params(declared, base, &mut scope);
    let horizon = declared.horizon.and_then(|h| scope.resolve_horizon(h));
    let discount = declared.discount.and_then(|(rate, unit)| scope.resolve_discount(rate, unit));

    let personas = scope.resolve_personas(declared, headers.lang, headers.place);
    let mut channels: Vec<_> = declared.channels.iter().map(|c| scope.resolve_channel(c)).collect();
    let mut standing = by_stage(declared);
    let stages = declared.stages.iter().zip(&mut standing).map(|(s, t)| scope.resolve_stage(s, std::mem::take(t))).collect();
    let touchpoints = declared.touchpoints.iter().enumerate();
    let touchpoints =
        touchpoints.map(|(i, (t, stage))| scope.resolve_touchpoint(TouchpointId::new(i), t, *stage)).collect::<Vec<_>>();
    let arrivals = scope.resolve_arrivals(declared, headers.lang, headers.place);
    let memory = declared.cells.iter().enumerate().map(|(i, c)| scope.resolve_cell(CellId::new(i), c)).collect();
    let facets = scope.resolve_facets(declared, headers.lang);

    let settled = base.cloned().unwrap_or_else(|| Settled {
        units: params.iter().map(|p: &Option<Param>| p.as_ref().map(|p| p.unit)).collect(),
        counts: scope.counts.clone(),
    });
    if channels.is_empty() && !touchpoints.is_empty() {
        // Ids stay complete: touchpoints whose channel is refused stand on the first one.
        let nowhere = Named { name: String::new(), label: String::new(), origin: headers.place };
        channels.push(Channel { name: nowhere, presence: None, media: None, cost: None });
    }
    let name = match headers.journey {
        Some(title) => named(title),
        None => Named { name: String::new(), label: String::new(), origin: headers.place },
    };
    let params =
        params.into_iter().zip(&declared.params).map(|(param, declared)| param.unwrap_or_else(|| unknown(declared.title)));
    let model = Model {
        name,
        locale: headers.lang,
        currency: headers.currency.map(str::to_owned),
        horizon,
        discount,
        personas,
        segments,
        channels,
        stages,
        touchpoints,
        goals: declared.goals.iter().map(|title| Goal { name: named(title) }).collect(),
        ends: declared.ends.iter().map(|(title, outcome)| End { name: named(title), outcome: *outcome }).collect(),
        arrivals,
        memory,
        params: params.collect(),
        sources: declared.sources.iter().map(source).collect(),
        facets,
        figures: scope.figures(),
    };
    Lowered { scope, settled, model }
}

/// A param that was refused: nobody reads its value, since what mentions it is refused with it.
fn unknown(title: &Title) -> Param {
    Param {
        name: named(title),
        value: BigRational::zero(),
        unit: Unit::Number,
        range: None,
        costs_per_point: None,
        evidence: Evidence::default(),
        from: Vec::new(),
        figure_origin: title.name.span,
    }
}

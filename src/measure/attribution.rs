//! Attribution: what each model credits to each part, and where that matters for a budget.

use crate::chain::Chain;
use crate::model::{ChannelId, Model, StageId, TouchpointId};
use crate::plan::{Declined, Plan};
pub use crate::solve::attribution::Settings;
use crate::solve::attribution::{Attribution, Level, Parts, attribute};
use serde::Serialize;

/// Ways to credit a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Credit {
    /// In proportion to the conversions that vanish if those who would meet the part are lost.
    RemovalLost,
    /// The same if they go the other ways.
    RemovalShared,
    /// Mean of what a channel adds, over all orders in which channels may come.
    Shapley,
    /// All to the first touch.
    FirstTouch,
    /// All to the last touch.
    LastTouch,
    /// The same to each touch.
    Linear,
    /// A share to the first, a share to the last, the rest to those between.
    PositionBased,
    /// The nearer to the conversion, the more.
    TimeDecay,
}

impl Credit {
    /// All, in the order of columns.
    pub const ALL: [Self; 8] = [
        Self::RemovalLost,
        Self::RemovalShared,
        Self::Shapley,
        Self::FirstTouch,
        Self::LastTouch,
        Self::Linear,
        Self::PositionBased,
        Self::TimeDecay,
    ];
}

/// What the models say. Credits are conversions per customer who arrives.
#[derive(Clone, Debug)]
pub struct AttributionFigures {
    /// What was set.
    pub settings: Settings,
    /// Share of all who arrive who reach the main goal: what each column adds up to, `untouched` included.
    pub conversions: f64,
    /// Conversions that no touch preceded, credited to nobody.
    pub untouched: f64,
    /// One per channel.
    pub channels: Vec<CreditRow>,
    /// One per touchpoint.
    pub touchpoints: Vec<CreditRow>,
    /// One per stage, and one for the touchpoints outside them; empty without stages.
    pub stages: Vec<CreditRow>,
    /// Coalitions of channels that were solved.
    pub coalitions: u64,
    /// Orders of channels that were drawn, each with its reverse, where coalitions are too many; else 0.
    pub orders: u64,
    /// The largest relative distance between the bounds of a linear or position-based credit.
    pub width: f64,
    /// Where models disagree so far that a budget hangs on it.
    pub disagreements: Vec<Disagreement>,
}

/// What is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credited {
    /// A channel.
    Channel(ChannelId),
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// A stage; `None`: the touchpoints outside stages.
    Stage(Option<StageId>),
}

/// The credits of one part.
#[derive(Clone, Debug)]
pub struct CreditRow {
    /// Which.
    pub part: Credited,
    /// Share of the conversions that vanish without it: those who would meet it lost, shared out. Below 0 where more would
    /// convert without it.
    pub effects: [Option<f64>; 2],
    /// By model, in the order of [`Credit::ALL`]; `None` where it has no answer.
    pub credits: [Option<f64>; 8],
    /// Half the width of the 95 % interval of a sampled Shapley value.
    pub half_width: Option<f64>,
}

impl CreditRow {
    /// The credit by one model.
    #[must_use]
    pub fn credit(&self, by: Credit) -> Option<f64> {
        self.credits[by as usize]
    }
}

/// A disagreement between models about channels.
#[derive(Clone, Debug, PartialEq)]
pub enum Disagreement {
    /// A model gives a channel half as much again as its Shapley value, or another two thirds of it or less: credits by the
    /// model and by Shapley.
    Budget {
        /// The model.
        by: Credit,
        /// Who would be overpaid.
        over: Option<(ChannelId, [f64; 2])>,
        /// Who would be underpaid.
        under: Option<(ChannelId, [f64; 2])>,
    },
    /// Models that put different channels first: each channel with the models that do.
    First(Vec<(ChannelId, Vec<Credit>)>),
}

/// Credits that differ by this factor disagree.
const FACTOR: f64 = 1.5;
/// A channel with less than this share of the conversions by both models moves no budget.
const TRIFLE: f64 = 0.05;

/// The attribution of the journey as written; `None` without a goal.
#[must_use]
pub fn attribution(
    model: &Model,
    chain: &Chain,
    plan: &Plan,
    settings: &Settings,
) -> Option<Result<AttributionFigures, Declined>> {
    let stages = model.stages.len();
    let outside = model.touchpoints.iter().any(|t| t.stage.is_none());
    let by_channel = Parts { of: model.touchpoints.iter().map(|t| t.channel.index()).collect(), count: model.channels.len() };
    let by_stage = Parts {
        of: model.touchpoints.iter().map(|t| t.stage.map_or(stages, StageId::index)).collect(),
        count: stages + usize::from(outside),
    };
    let found = match attribute(chain, plan, &by_channel, &by_stage, settings) {
        Ok(found) => found?,
        Err(declined) => return Some(Err(declined)),
    };
    let half_widths = found.shapley.half_widths.as_ref();
    let channels: Vec<CreditRow> = rows(&found, &found.channels, |i| Credited::Channel(ChannelId::new(i)))
        .into_iter()
        .enumerate()
        .map(|(i, mut row)| {
            row.credits[Credit::Shapley as usize] = Some(found.shapley.values[i]);
            row.half_width = half_widths.map(|half| half[i]);
            row
        })
        .collect();
    let stage = |i: usize| Credited::Stage((i < stages).then(|| StageId::new(i)));
    Some(Ok(AttributionFigures {
        settings: *settings,
        conversions: found.conversions,
        untouched: found.untouched,
        disagreements: disagreements(&channels, found.conversions),
        channels,
        touchpoints: rows(&found, &found.touchpoints, |i| Credited::Touchpoint(TouchpointId::new(i))),
        stages: if stages > 0 { rows(&found, &found.stages, stage) } else { Vec::new() },
        coalitions: found.shapley.coalitions,
        orders: found.shapley.orders,
        width: found.width,
    }))
}

fn rows(found: &Attribution, level: &Level, part: impl Fn(usize) -> Credited) -> Vec<CreditRow> {
    let removal = [&level.without, &level.rerouted].map(|left| effects(found.conversions, left));
    let touched = found.conversions - found.untouched;
    let shares = removal.each_ref().map(|effects| proportions(effects, touched));
    let touches = &level.touches;
    let row = |i: usize| CreditRow {
        part: part(i),
        effects: removal.each_ref().map(|effects| effects.get(i).copied().filter(|e| e.is_finite())),
        credits: [
            shares[0].as_ref().map(|s| s[i]),
            shares[1].as_ref().map(|s| s[i]),
            None,
            Some(touches.first[i]),
            Some(touches.last[i]),
            Some(touches.linear[i]),
            Some(touches.position[i]),
            touches.decay.as_ref().map(|d| d[i]),
        ],
        half_width: None,
    };
    (0..level.without.len()).map(row).collect()
}

/// The share of the conversions that vanish, by part. Two solves gave their difference: what rounding leaves of nothing is
/// nothing.
fn effects(conversions: f64, left: &[f64]) -> Vec<f64> {
    let effect = |left: &f64| (conversions - left) / conversions;
    left.iter().map(effect).map(|e| if e.abs() < 1e-12 { 0.0 } else { e.min(1.0) }).collect()
}

/// The conversions in proportion to effects; who does harm is credited with nothing. `None` where no part has an effect.
fn proportions(effects: &[f64], touched: f64) -> Option<Vec<f64>> {
    if touched == 0.0 {
        return Some(vec![0.0; effects.len()]);
    }
    let sum: f64 = effects.iter().map(|e| e.max(0.0)).sum();
    (sum > 0.0).then(|| effects.iter().map(|e| e.max(0.0) / sum * touched).collect())
}

/// What a budget hangs on: whom last touch (else first touch) would pay too much or too little, and who comes first.
fn disagreements(channels: &[CreditRow], conversions: f64) -> Vec<Disagreement> {
    let mut found = Vec::new();
    let budget = |by: Credit| {
        let of = |row: &CreditRow| {
            let Credited::Channel(id) = row.part else { return None };
            let pair = [row.credit(by)?, row.credit(Credit::Shapley)?];
            (pair[0].max(pair[1]) >= TRIFLE * conversions).then_some((id, pair))
        };
        let far = |more: usize| {
            let all = channels.iter().filter_map(of).filter(|(_, pair)| pair[more] >= FACTOR * pair[1 - more]);
            all.max_by(|(_, a), (_, b)| (a[more] - a[1 - more]).total_cmp(&(b[more] - b[1 - more])))
        };
        let (over, under) = (far(0), far(1));
        (over.is_some() || under.is_some()).then_some(Disagreement::Budget { by, over, under })
    };
    found.extend(budget(Credit::LastTouch).or_else(|| budget(Credit::FirstTouch)));
    let mut firsts: Vec<(ChannelId, Vec<Credit>)> = Vec::new();
    for by in Credit::ALL {
        let best = channels.iter().filter_map(|row| Some((row, row.credit(by)?)));
        // The earlier one at a tie, or all but.
        let best = best.fold(None, |best: Option<(&CreditRow, f64)>, (row, credit)| match best {
            Some((_, most)) if credit <= most * (1.0 + 1e-9) => best,
            _ => Some((row, credit)),
        });
        if let Some((CreditRow { part: Credited::Channel(id), .. }, most)) = best
            && most > 0.0
        {
            match firsts.iter_mut().find(|(known, _)| known == id) {
                Some((_, models)) => models.push(by),
                None => firsts.push((*id, vec![by])),
            }
        }
    }
    if firsts.len() > 1 {
        firsts.sort_by_key(|(_, models)| std::cmp::Reverse(models.len()));
        found.push(Disagreement::First(firsts));
    }
    found
}

//! Attribution, for other programs.

use crate::measure::{AttributionFigures, Credit, CreditRow, Credited, Disagreement};
use crate::model::{Model, Named};
use crate::plan::Declined;
use serde::Serialize;

/// What the models say, or why they say nothing.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonAttribution<'a> {
    declined: Option<Declined>,
    half_life: Option<f64>,
    position: Option<[f64; 3]>,
    conversions: Option<f64>,
    untouched: Option<f64>,
    coalitions: Option<u64>,
    orders: Option<u64>,
    width: Option<f64>,
    by_channel: Vec<JsonCredit<'a>>,
    by_touchpoint: Vec<JsonCredit<'a>>,
    by_stage: Vec<JsonCredit<'a>>,
    disagreements: Vec<JsonDisagreement<'a>>,
}

/// The credits of one part.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonCredit<'a> {
    name: Option<&'a str>,
    label: Option<&'a str>,
    removal_lost_effect: Option<f64>,
    removal_lost: Option<f64>,
    removal_shared_effect: Option<f64>,
    removal_shared: Option<f64>,
    shapley: Option<f64>,
    shapley_half_width: Option<f64>,
    first_touch: Option<f64>,
    last_touch: Option<f64>,
    linear: Option<f64>,
    position_based: Option<f64>,
    time_decay: Option<f64>,
}

/// A model that would pay channels otherwise than Shapley.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonDisagreement<'a> {
    model: Credit,
    overpaid: Option<&'a str>,
    underpaid: Option<&'a str>,
}

impl<'a> JsonAttribution<'a> {
    pub(super) fn new(model: &'a Model, figures: &'a Result<AttributionFigures, Declined>) -> Self {
        let figures = match figures {
            Ok(figures) => figures,
            Err(why) => return Self { declined: Some(*why), ..Self::default() },
        };
        let (first, last) = figures.settings.position;
        let rows = |rows: &'a [CreditRow]| rows.iter().map(|row| JsonCredit::new(model, row)).collect();
        let channel = |id: crate::model::ChannelId| model.channels[id.index()].name.name.as_str();
        let disagreement = |d: &Disagreement| match d {
            Disagreement::Budget { by, over, under } => Some(JsonDisagreement {
                model: *by,
                overpaid: over.map(|(id, _)| channel(id)),
                underpaid: under.map(|(id, _)| channel(id)),
            }),
            Disagreement::First(_) => None,
        };
        Self {
            declined: None,
            half_life: Some(figures.settings.half_life),
            position: Some([first, (1.0 - first - last).max(0.0), last]),
            conversions: Some(figures.conversions),
            untouched: Some(figures.untouched),
            coalitions: Some(figures.coalitions),
            orders: Some(figures.orders),
            width: Some(figures.width),
            by_channel: rows(&figures.channels),
            by_touchpoint: rows(&figures.touchpoints),
            by_stage: rows(&figures.stages),
            disagreements: figures.disagreements.iter().filter_map(disagreement).collect(),
        }
    }
}

impl<'a> JsonCredit<'a> {
    fn new(model: &'a Model, row: &CreditRow) -> Self {
        let named: Option<&Named> = match row.part {
            Credited::Channel(id) => Some(&model.channels[id.index()].name),
            Credited::Touchpoint(id) => Some(&model.touchpoints[id.index()].name),
            Credited::Stage(id) => id.map(|id| &model.stages[id.index()].name),
        };
        Self {
            name: named.map(|n| n.name.as_str()),
            label: named.map(|n| n.label.as_str()),
            removal_lost_effect: row.effects[0],
            removal_lost: row.credit(Credit::RemovalLost),
            removal_shared_effect: row.effects[1],
            removal_shared: row.credit(Credit::RemovalShared),
            shapley: row.credit(Credit::Shapley),
            shapley_half_width: row.half_width,
            first_touch: row.credit(Credit::FirstTouch),
            last_touch: row.credit(Credit::LastTouch),
            linear: row.credit(Credit::Linear),
            position_based: row.credit(Credit::PositionBased),
            time_decay: row.credit(Credit::TimeDecay),
        }
    }
}

//! What brings customers back: step, channel, content, trigger.

use super::Pen;
use crate::model::{Contact, Target, Touchpoint, TouchpointId};
use serde::Serialize;

/// The table of four columns, for a journey whose brand goes after customers who have left the path.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct WinBack {
    pub rows: Vec<WinBackRow>,
}

/// A step.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct WinBackRow {
    /// From 1.
    pub number: String,
    /// The stage; the touchpoint where there is none.
    pub step: String,
    pub channel: String,
    /// The touchpoint, and what the customer does there.
    pub content: String,
    pub does: Vec<String>,
    /// Why customers come here: the `because` of the branches that lead to it, each once.
    pub triggers: Vec<String>,
    /// Whether the brand makes this contact.
    pub pushed: bool,
}

impl WinBack {
    /// `None` where no contact of the brand has a trigger.
    pub(super) fn new(pen: &Pen<'_>) -> Option<Self> {
        let model = pen.model;
        let rows = win_back_ids(pen)?.into_iter().enumerate().map(|(at, id)| {
            let touchpoint = &model.touchpoints[id.index()];
            let step = touchpoint.stage.map_or(&touchpoint.name, |stage| &model.stages[stage.index()].name);
            WinBackRow {
                number: pen.integer(at as u64 + 1),
                step: step.label.clone(),
                channel: model.channels[touchpoint.channel.index()].name.label.clone(),
                content: touchpoint.name.label.clone(),
                does: touchpoint.does.clone(),
                triggers: triggers(pen, id).into_iter().map(str::to_owned).collect(),
                pushed: touchpoint.contact == Some(Contact::Push),
            }
        });
        Some(Self { rows: rows.collect() })
    }
}

/// Every touchpoint to which a `because` leads, in the order of the text, with the first ones of the journey before them, and those
/// where the main goal is reached. `None` where no contact of the brand has a trigger.
pub(in crate::report) fn win_back_ids(pen: &Pen<'_>) -> Option<Vec<TouchpointId>> {
    let model = pen.model;
    let ids = || (0..model.touchpoints.len()).map(TouchpointId::new);
    let pushed = |id: TouchpointId| model.touchpoints[id.index()].contact == Some(Contact::Push);
    if !ids().any(|id| pushed(id) && !triggers(pen, id).is_empty()) {
        return None;
    }
    let first = |id| model.arrivals.iter().flat_map(|a| &a.branches).any(|b| b.to == Target::Touchpoint(id));
    let goal = |touchpoint: &Touchpoint| {
        let main = pen.figures.main_goal;
        let leaving = touchpoint.branches.iter().flat_map(|branch| &branch.effects.reaches);
        touchpoint.reaches.iter().map(|reach| &reach.value).chain(leaving).any(|goal| main == Some(*goal))
    };
    let is_shown = |id: &TouchpointId| first(*id) || goal(&model.touchpoints[id.index()]) || !triggers(pen, *id).is_empty();
    Some(ids().filter(is_shown).collect())
}

/// The reasons why customers come to a touchpoint, each once, in the order of the text.
pub(in crate::report) fn triggers<'a>(pen: &Pen<'a>, id: TouchpointId) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    let branches = pen.model.touchpoints.iter().flat_map(|touchpoint| &touchpoint.branches);
    for branch in branches.filter(|branch| branch.to == Target::Touchpoint(id)) {
        if let Some(because) = branch.because.as_deref().filter(|because| !found.contains(because)) {
            found.push(because);
        }
    }
    found
}

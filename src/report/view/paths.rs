//! The most probable ways to the goal and to failure.

use super::Pen;
use crate::locale;
use crate::measure::TypicalPath;
use serde::Serialize;

/// Typical paths.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Paths {
    pub to_goal: Vec<Path>,
    pub to_failure: Vec<Path>,
}

/// A path.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Path {
    /// Share of all who arrive.
    pub share: String,
    pub touchpoints: Vec<Met>,
    /// Where it leads: the goal or the end.
    pub to: String,
    /// Mean duration.
    pub duration: String,
}

/// A touchpoint of a path.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Met {
    pub name: String,
    pub label: String,
    pub channel: String,
    /// Owned, paid or earned, as a class; empty if not said.
    pub media: &'static str,
}

impl Paths {
    pub(super) fn new(pen: &Pen<'_>) -> Self {
        let goal = pen.figures.main_goal.map(|id| pen.model.goals[id.index()].name.label.as_str()).unwrap_or_default();
        let paths = &pen.figures.paths;
        Self {
            to_goal: paths.to_goal.iter().map(|p| path(pen, p, goal)).collect(),
            to_failure: paths.to_failure.iter().map(|p| path(pen, p, "")).collect(),
        }
    }
}

fn path(pen: &Pen<'_>, path: &TypicalPath, goal: &str) -> Path {
    let end = path.end.map(|id| pen.model.ends[id.index()].name.label.as_str());
    Path {
        share: pen.percent(path.probability),
        touchpoints: path
            .touchpoints
            .iter()
            .map(|id| {
                let touchpoint = &pen.model.touchpoints[id.index()];
                let channel = &pen.model.channels[touchpoint.channel.index()];
                Met {
                    name: touchpoint.name.name.clone(),
                    label: touchpoint.name.label.clone(),
                    channel: channel.name.label.clone(),
                    media: channel.media.map_or("", crate::model::Media::word),
                }
            })
            .collect(),
        to: end.unwrap_or(goal).to_owned(),
        duration: locale::duration(path.mean_time, pen.lang),
    }
}

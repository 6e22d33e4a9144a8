//! What a reader of the page may choose.

use super::Pen;
use crate::model::{Moment, TouchpointId};
use serde::Serialize;

/// The choices, each empty where there is nothing to choose between.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Choices {
    /// Labels of the personas.
    pub personas: Vec<String>,
    /// Labels of the scenarios.
    pub scenarios: Vec<String>,
    /// Moments of truth, or stages where no stage has one.
    pub moments: Vec<Choice>,
    /// Whether they are stages.
    pub stages: bool,
    /// Channels that some touchpoint uses.
    pub channels: Vec<Choice>,
    /// Whether there is anything to choose.
    pub any: bool,
}

/// A thing to choose.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Choice {
    /// Its name in the data of the script.
    pub name: String,
    pub label: String,
}

impl Choices {
    pub(super) fn new(pen: &Pen<'_>) -> Self {
        let model = pen.model;
        let several = |all: Vec<String>, least: usize| if all.len() < least { Vec::new() } else { all };
        let personas = if pen.figures.hot_points.iter().any(|p| p.personas.len() == model.personas.len()) {
            several(model.personas.iter().map(|p| p.name.label.clone()).collect(), 2)
        } else {
            Vec::new()
        };
        let scenarios = if pen.figures.kpis.iter().any(|k| !k.scenarios.is_empty()) {
            pen.program.scenarios.iter().map(|(s, _)| s.name.label.clone()).collect()
        } else {
            Vec::new()
        };
        let has = |m: &Moment| model.stages.iter().any(|s| s.moment == Some(*m));
        let moments: Vec<Choice> =
            Moment::ALL.iter().filter(|m| has(m)).map(|m| Choice { name: moment_name(*m), label: pen.say(&m.label()) }).collect();
        let stages = moments.is_empty();
        let moments = if stages {
            model.stages.iter().map(|s| Choice { name: s.name.name.clone(), label: s.name.label.clone() }).collect()
        } else {
            moments
        };
        let used = |at: usize| model.touchpoints.iter().any(|t| t.channel.index() == at);
        let channels: Vec<Choice> = model
            .channels
            .iter()
            .enumerate()
            .filter(|(at, _)| used(*at))
            .map(|(_, c)| Choice { name: c.name.name.clone(), label: c.name.label.clone() })
            .collect();
        let more_than_one = |all: Vec<Choice>| if all.len() < 2 { Vec::new() } else { all };
        let (moments, channels) = (more_than_one(moments), more_than_one(channels));
        let any = !(personas.is_empty() && scenarios.is_empty() && moments.is_empty() && channels.is_empty());
        Self { personas, scenarios, moments, stages, channels, any }
    }
}

/// A moment of truth in the data of the script.
fn moment_name(moment: Moment) -> String {
    format!("moment:{}", moment.word())
}

/// What a touchpoint stands in, as [`Choices::moments`] names it.
pub(super) fn standing(pen: &Pen<'_>, touchpoint: TouchpointId) -> Option<String> {
    let stage = &pen.model.stages[pen.model.touchpoints[touchpoint.index()].stage?.index()];
    if pen.model.stages.iter().any(|s| s.moment.is_some()) {
        stage.moment.map(moment_name)
    } else {
        Some(stage.name.name.clone())
    }
}

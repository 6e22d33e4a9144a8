//! Stages as steps of a funnel, and moments of truth.

use super::{Pen, Shown, hot::css};
use crate::locale;
use crate::model::Moment;
use serde::Serialize;

/// A stage.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Step {
    pub label: String,
    /// Its moment of truth, unless the label says it.
    pub moment: Option<String>,
    /// How many of the declared arrivals enter it.
    pub count: String,
    /// How many of them fail there.
    pub lost: String,
    /// Whether any do.
    pub loses: bool,
    pub entered: Shown,
    pub left: Shown,
    pub step: Shown,
    pub median_time: Option<String>,
    /// Length of the bar, in percent of the longest.
    pub bar: String,
    /// The part of the bar that fails, in percent of it.
    pub lost_of_bar: String,
    /// From where to where the funnel runs below the bar, in percent of the longest: those who go on, those who enter the next
    /// stage; `None` at the last one.
    pub flows: Option<(String, String)>,
}

/// A moment of truth.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct MomentRow {
    pub label: String,
    /// What it is.
    pub meaning: String,
    pub count: String,
    pub entered: Shown,
    pub step: Shown,
    pub median_time: Option<String>,
    /// Channels with their shares of the visits.
    pub channels: String,
}

pub(super) fn steps(pen: &Pen<'_>) -> Vec<Step> {
    let arrivals = pen.figures.arrivals;
    let widest = pen.figures.stages.iter().filter_map(|s| s.entered.value()).filter(|v| v.is_finite()).fold(0.0, f64::max);
    let length = |share: Option<f64>| {
        css(share.filter(|v| v.is_finite() && widest > 0.0).map_or(0.0, |v| (v / widest * 100.0).clamp(0.0, 100.0)))
    };
    pen.figures
        .stages
        .iter()
        .enumerate()
        .map(|(at, figure)| {
            let next = pen.figures.stages.get(at + 1).map(|next| next.entered.value());
            let stage = &pen.model.stages[figure.stage.index()];
            let (entered, left) = (figure.entered.value(), figure.left.value());
            let count = |share: Option<f64>| share.map_or_else(|| locale::DASH.to_owned(), |v| pen.count(v * arrivals));
            Step {
                label: stage.name.label.clone(),
                moment: stage.moment.map(|m| pen.say(&m.label())).filter(|m| *m != stage.name.label),
                count: count(entered),
                lost: count(left),
                loses: left.is_some_and(|v| v > 0.0),
                entered: Shown::new(pen, &figure.entered),
                left: Shown::new(pen, &figure.left),
                step: Shown::new(pen, &figure.step),
                median_time: figure.median_time.map(|t| locale::duration(t, pen.lang)),
                bar: length(entered),
                flows: next
                    .map(|next| (length(entered.zip(left).map(|(entered, left)| entered - left).or(entered)), length(next))),
                lost_of_bar: css(left.zip(entered).map_or(0.0, |(left, entered)| (left / entered * 100.0).clamp(0.0, 100.0))),
            }
        })
        .collect()
}

pub(super) fn moments(pen: &Pen<'_>) -> Vec<MomentRow> {
    pen.figures
        .moments
        .iter()
        .map(|figure| MomentRow {
            label: pen.say(&figure.moment.label()),
            meaning: meaning(pen, figure.moment),
            count: figure.entered.value().map_or_else(|| locale::DASH.to_owned(), |v| pen.count(v * pen.figures.arrivals)),
            entered: Shown::new(pen, &figure.entered),
            step: Shown::new(pen, &figure.step),
            median_time: figure.median_time.map(|t| locale::duration(t, pen.lang)),
            channels: figure
                .channels
                .iter()
                .map(|(label, share)| format!("{label}\u{a0}{}", pen.percent(*share)))
                .collect::<Vec<_>>()
                .join(", "),
        })
        .collect()
}

fn meaning(pen: &Pen<'_>, moment: Moment) -> String {
    let (en, fr) = match moment {
        Moment::Stimulus => ("the wish awakes", "l’envie naît"),
        Moment::Zmot => ("looking for information", "on se renseigne"),
        Moment::Fmot => ("choosing and buying", "on choisit et on achète"),
        Moment::Smot => ("using", "on utilise"),
        Moment::Tmot => ("telling others", "on en parle"),
        Moment::Lmot => ("staying or leaving", "on reste ou on part"),
    };
    pen.lang.pick(en, fr).to_owned()
}

//! How long it takes to the main goal.

use super::Pen;
use crate::model::Unit;
use crate::report::picture::{Dot, dots};
use crate::words;
use serde::Serialize;

/// The percentiles that the table has.
const TOLD: [u8; 5] = [5, 25, 50, 75, 95];

/// The time to the main goal, among those who reach it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Times {
    /// What it is of, and how the drawing is to be read.
    pub intro: String,
    /// A dot for each tenth: an `<svg>` element.
    pub drawing: Option<String>,
    pub rows: Vec<TimeRow>,
}

/// A percentile.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct TimeRow {
    pub label: String,
    pub value: String,
    pub precision: Option<String>,
}

impl Times {
    /// `None` where nothing was drawn, or nobody reaches the goal.
    pub(super) fn new(pen: &Pen<'_>) -> Option<Self> {
        let times = &pen.figures.time_to_goal;
        let goal = pen.quote(&pen.model.goals[pen.figures.main_goal?.index()].name.label);
        if times.is_empty() {
            return None;
        }
        let all: Vec<Dot> = times
            .iter()
            .filter_map(|(percentile, figure)| {
                let time = figure.value()?;
                Some(Dot { percentile: *percentile, time, words: pen.write(time, Unit::Time) })
            })
            .collect();
        let title = words!("Time to {goal}", "Temps jusqu’à {goal}");
        let drawn = dots(&all, title.get(pen.lang), pen.lang.pick("median", "médiane"));
        let ratios = drawn.as_ref().is_some_and(|(_, ratios)| *ratios);
        let scale =
            if ratios { words!(" The scale is logarithmic.", " L’échelle est logarithmique.") } else { words!("", "") };
        let scale = scale.get(pen.lang);
        let intro = words!(
            "From arrival to the first {goal}, among those who get there. Each dot is one of them in ten.{scale}",
            "De l’arrivée au premier passage par {goal}, parmi ceux qui y parviennent. Chaque point est l’un d’eux sur dix.{scale}"
        );
        let rows = times.iter().filter(|(percentile, _)| TOLD.contains(percentile)).map(|(percentile, figure)| TimeRow {
            label: label(pen, *percentile),
            value: pen.value(figure),
            precision: super::shown::precision(figure).map(|interval| pen.interval(interval, Unit::Time)),
        });
        Some(Self { intro: pen.say(&intro), drawing: drawn.map(|(svg, _)| svg), rows: rows.collect() })
    }
}

fn label(pen: &Pen<'_>, percentile: u8) -> String {
    pen.say(&match percentile {
        25 => words!("a quarter within", "un quart en moins de"),
        50 => words!("half within", "la moitié en moins de"),
        75 => words!("three quarters within", "les trois quarts en moins de"),
        _ => {
            let share = pen.percent(f64::from(percentile) / 100.0);
            words!("{share} within", "{share} en moins de")
        }
    })
}

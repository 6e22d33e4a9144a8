//! Goals and ends: who gets there, when, and at what cost.

use super::{Pen, Shown};
use crate::locale;
use crate::measure::{Figure, ReachedFigure, ReachedWhat};
use crate::model::Outcome;
use crate::words;
use serde::Serialize;

/// A goal or an end.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct ReachedRow {
    pub label: String,
    /// `main goal`, `success`, `failure`.
    pub kind: Option<String>,
    /// A class: `goal`, `loss`, or none.
    pub class: &'static str,
    /// How many of the declared arrivals.
    pub count: String,
    pub share: Shown,
    pub time: Shown,
    pub time_sd: Option<String>,
    pub cost: Shown,
    pub cost_sd: Option<String>,
    pub revenue: Shown,
    pub revenue_sd: Option<String>,
    pub margin: Shown,
    pub margin_sd: Option<String>,
}

impl ReachedRow {
    pub(super) fn new(pen: &Pen<'_>, row: &ReachedFigure) -> Self {
        let (label, kind, class) = match row.what {
            ReachedWhat::Goal(id) => {
                let main = pen.figures.main_goal == Some(id);
                let kind = main.then(|| words!("main goal", "objectif principal"));
                (&pen.model.goals[id.index()].name.label, kind, "goal")
            }
            ReachedWhat::End(id) => {
                let end = &pen.model.ends[id.index()];
                let (kind, class) = match end.outcome {
                    Some(Outcome::Success) => (Some(words!("success", "succès")), "goal"),
                    Some(Outcome::Failure) => (Some(words!("failure", "échec")), "loss"),
                    None => (None, ""),
                };
                (&end.name.label, kind, class)
            }
        };
        let sd = |figure: &Figure| figure.value().is_some_and(f64::is_finite).then(|| pen.value(figure));
        Self {
            label: label.clone(),
            kind: kind.map(|k| pen.say(&k)),
            class,
            count: row.share.value().map_or_else(|| locale::DASH.to_owned(), |v| pen.count(v * pen.figures.arrivals)),
            share: Shown::new(pen, &row.share),
            time: Shown::new(pen, &row.time_mean),
            time_sd: sd(&row.time_sd),
            cost: Shown::new(pen, &row.cost_mean),
            cost_sd: sd(&row.cost_sd),
            revenue: Shown::new(pen, &row.revenue_mean),
            revenue_sd: sd(&row.revenue_sd),
            margin: Shown::new(pen, &row.margin_mean),
            margin_sd: sd(&row.margin_sd),
        }
    }
}

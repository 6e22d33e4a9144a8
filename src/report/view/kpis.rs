//! The named measures: cards for the few that matter, rows for all.

use super::{Pen, Shown, definition};
use crate::measure::{Figure, Interval, KpiFigure};
use crate::model::{Measure, MeasureKind, Unit};
use crate::words;
use serde::Serialize;

/// Cards at the head of a document when the author marks none as `key`.
const HEADLINE: usize = 5;

/// A named measure.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct KpiCard {
    pub name: String,
    pub label: String,
    pub figure: Shown,
    /// What is measured, in words.
    pub definition: String,
    /// What it is taken over.
    pub base: Option<String>,
    /// Whether it is the rate of the main goal.
    pub goal: bool,
    /// Its spreads on a line.
    pub strip: Option<Strip>,
    /// Broken down: label and figure.
    pub by: Vec<Part>,
    /// By persona.
    pub personas: Vec<Part>,
    /// By scenario.
    pub scenarios: Vec<Part>,
    /// Whether there is any part to show.
    pub parts: bool,
}

/// A part of a measure.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Part {
    pub label: String,
    pub figure: Shown,
}

/// A value and its spreads on a line from 0 to 100 (percent of its length).
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Strip {
    pub value: String,
    pub precision: Option<Span>,
    pub chance: Option<Span>,
    pub evidence: Option<Span>,
}

/// A part of a line, in percent of its length.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Span {
    pub left: String,
    pub width: String,
}

/// The cards of the head, and the others.
pub(super) fn cards(pen: &Pen<'_>) -> (Vec<KpiCard>, Vec<KpiCard>) {
    let kpis = &pen.figures.kpis;
    let marked = kpis.iter().any(|kpi| pen.program.kpis[kpi.kpi.index()].key);
    let (mut headline, mut others) = (Vec::new(), Vec::new());
    for (at, figure) in kpis.iter().enumerate() {
        let first = if marked { pen.program.kpis[figure.kpi.index()].key } else { at < HEADLINE };
        if first { &mut headline } else { &mut others }.push(card(pen, figure));
    }
    (headline, others)
}

fn card(pen: &Pen<'_>, kpi: &KpiFigure) -> KpiCard {
    let named = &pen.program.kpis[kpi.kpi.index()];
    let part = |label: &str, figure: &Figure| Part { label: label.to_owned(), figure: Shown::new(pen, figure) };
    let personas = pen.model.personas.iter().zip(&kpi.personas).map(|(persona, f)| part(&persona.name.label, f));
    let scenarios = pen.program.scenarios.iter().zip(&kpi.scenarios).enumerate().map(|(at, ((scenario, _), f))| {
        let mut part = part(&scenario.name.label, f);
        if let Some(difference) = kpi.differences.get(at).and_then(|d| difference(pen, d)) {
            part.figure.under = Some(difference);
        }
        part
    });
    let (by, personas, scenarios): (Vec<_>, Vec<_>, Vec<_>) =
        (kpi.by.iter().map(|(label, f)| part(label, f)).collect(), personas.collect(), scenarios.collect());
    KpiCard {
        name: named.name.name.clone(),
        label: named.name.label.clone(),
        figure: Shown::new(pen, &kpi.figure),
        definition: definition::of(pen, &named.measure),
        base: pen.base(&kpi.base, &kpi.figure),
        goal: is_main_goal(pen, &named.measure),
        strip: strip(&kpi.figure),
        parts: !(by.is_empty() && personas.is_empty() && scenarios.is_empty()),
        by,
        personas,
        scenarios,
    }
}

/// What a scenario changes, with the interval of the difference itself where it is simulated; `None` where it changes nothing.
fn difference(pen: &Pen<'_>, figure: &Figure) -> Option<String> {
    let value = figure.value().filter(|v| v.is_finite() && *v != 0.0)?;
    let unit = if figure.unit == Unit::Share { Unit::Points } else { figure.unit };
    let sign = if value > 0.0 { "+" } else { "" };
    let written = pen.write(value, unit);
    let written = if written.starts_with('+') { written } else { format!("{sign}{written}") };
    let precision = if figure.exact.is_none() { super::shown::precision(figure) } else { None };
    Some(match precision {
        Some(interval) => {
            let interval = pen.interval(interval, unit);
            pen.say(&words!("change {written}, 95%: {interval}", "écart {written}, à 95\u{202f}%\u{a0}: {interval}"))
        }
        None => pen.say(&words!("change {written}", "écart {written}")),
    })
}

fn is_main_goal(pen: &Pen<'_>, measure: &Measure) -> bool {
    let MeasureKind::Rate { from: None, to: crate::model::Event::Reach(goal), before: None, within: None, only } = &measure.kind
    else {
        return false;
    };
    pen.figures.main_goal == Some(*goal) && *only == crate::model::Modifiers::default()
}

fn strip(figure: &Figure) -> Option<Strip> {
    let value = figure.value().filter(|v| v.is_finite())?;
    let precision = super::shown::precision(figure);
    let known = |interval: Option<Interval>| interval.filter(|i| i.low.is_finite() && i.high.is_finite() && i.low < i.high);
    let spreads = [known(precision), known(figure.chance), known(figure.evidence)];
    let low = spreads.iter().flatten().map(|i| i.low).fold(value, f64::min);
    let high = spreads.iter().flatten().map(|i| i.high).fold(value, f64::max);
    if low >= high {
        return None;
    }
    let margin = (high - low) * 0.12;
    let (start, length) = (low - margin, high - low + 2.0 * margin);
    let at = |value: f64| (value - start) / length * 100.0;
    let span = |i: Interval| Span { left: super::hot::css(at(i.low)), width: super::hot::css(at(i.high) - at(i.low)) };
    let [precision, chance, evidence] = spreads.map(|i| i.map(span));
    Some(Strip { value: super::hot::css(at(value)), precision, chance, evidence })
}

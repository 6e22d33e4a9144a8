//! Figures as fractions: `3/800` beside `0.375 %`.

use super::terminal::columns::{Align, Table, wrap};
use super::view::{Pen, standard_label, why_declined};
use crate::locale::Words;
use crate::measure::{Figures, FractionOf, FractionRow, Fractions, event_label};
use crate::model::law::nearest;
use crate::model::{Event, Model, Named, Place, Program, Unit};
use crate::plan::Declined;
use crate::solve::NoFraction;
use crate::words;
use anstyle::Style;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use serde::Serialize;

/// Columns of the page.
const WIDTH: usize = 100;
/// A longer fraction stands in the JSON document alone.
const LONGEST: usize = 44;

/// The section that `--rational` adds to the page.
#[must_use]
pub fn write_fractions_terminal(program: &Program, figures: &Figures, fractions: &Fractions, colour: bool) -> String {
    let pen = &Pen::new(program, figures, program.base.locale);
    let paint = |style: Style, text: &str| {
        if colour { format!("{}{text}{}", style.render(), style.render_reset()) } else { text.to_owned() }
    };
    let mut table = Table::new(&[("", Align::Left), ("", Align::Right), ("", Align::Left)]);
    let mut without: Vec<(NoFraction, Vec<String>)> = Vec::new();
    for row in &fractions.rows {
        let label = label(pen, row);
        match &row.value {
            Ok(value) => table.row(vec![
                (label, Style::new()),
                (written(pen, value, row.unit), Style::new().bold()),
                (format!("= {}", pen.write(nearest(value), row.unit)), Style::new()),
            ]),
            // Of its parts it is said with the whole.
            Err(_) if row.persona.is_some() || row.scenario.is_some() => {}
            Err(why) => match without.iter_mut().find(|(known, _)| known == why) {
                Some((_, labels)) => labels.push(label),
                None => without.push((*why, vec![label])),
            },
        }
    }
    let mut out = format!("\n{}\n", paint(Style::new().bold().underline(), pen.lang.pick("In fractions", "En fractions")));
    out += &table.write(WIDTH, paint);
    for (why, labels) in without {
        let (why, labels) = (pen.say(&reason(why)), labels.join(", "));
        let text = words!("No fraction: {labels}: {why}.", "Pas de fraction\u{a0}: {labels}\u{a0}: {why}.");
        out += &wrap(&pen.say(&text), WIDTH, "  ");
    }
    out
}

fn label(pen: &Pen<'_>, row: &FractionRow) -> String {
    let touchpoint = |t: crate::model::TouchpointId| pen.model.touchpoints[t.index()].name.label.clone();
    let of = |label: &str, en: &str, fr: &str| format!("{label} · {}", pen.lang.pick(en, fr));
    let label = match row.of {
        FractionOf::Kpi(id) => pen.program.kpis[id.index()].name.label.clone(),
        FractionOf::Standard(what) => standard_label(pen, what),
        FractionOf::Rate(event @ Event::Meet(_)) => of(&event_label(pen.model, event), "reach", "portée"),
        FractionOf::Rate(event) => of(&event_label(pen.model, event), "rate", "taux"),
        FractionOf::Time(event) => of(&event_label(pen.model, event), "mean time", "temps moyen"),
        FractionOf::Visits(t) => of(&touchpoint(t), "visits", "visites"),
        FractionOf::Pull(t) => of(&touchpoint(t), "removal effect", "effet de retrait"),
    };
    let persona = row.persona.map(|id| &pen.model.personas[id.index()].name.label);
    let scenario = row.scenario.map(|id| &pen.program.scenarios[id.index()].0.name.label);
    match persona.or(scenario) {
        Some(part) => format!("  {part}"),
        None => label,
    }
}

/// The fraction with its unit, or how long it is.
fn written(pen: &Pen<'_>, value: &BigRational, unit: Unit) -> String {
    let text = value.to_string();
    if text.len() > LONGEST {
        let (above, below) = (value.numer().to_string().len(), value.denom().to_string().len());
        let long = words!("{above} digits / {below} digits", "{above} chiffres / {below} chiffres");
        return pen.say(&long);
    }
    match unit {
        Unit::Time => format!("{text}\u{a0}s"),
        Unit::Money => pen.currency().map_or(text.clone(), |code| format!("{text}\u{a0}{code}")),
        Unit::Share | Unit::Points | Unit::Number | Unit::Nps => text,
    }
}

fn reason(why: NoFraction) -> Words {
    match why {
        NoFraction::Declined(why) => why_declined(why),
        NoFraction::Law => words!(
            "the mean of an amount or a time is no fraction (or not known as one)",
            "la moyenne d’un montant ou d’un temps n’est pas une fraction (ou n’est pas connue comme telle)"
        ),
        NoFraction::Discount => words!(
            "discounting at every instant leaves powers that are no fractions",
            "l’actualisation à chaque instant laisse des puissances qui ne sont pas des fractions"
        ),
        NoFraction::Root => words!("a standard deviation is a square root", "un écart type est une racine carrée"),
        NoFraction::Nobody => words!("there is nobody to take it over", "le chiffre ne porte sur personne"),
    }
}

/// A figure as a fraction, for other programs: `docs/json.md`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonFraction<'a> {
    #[cfg_attr(test, schemars(extend("enum" = ["kpi", "standard", "rate", "time", "visits", "pull"])))]
    kind: &'static str,
    name: &'a str,
    persona: Option<&'a str>,
    scenario: Option<&'a str>,
    value: Option<f64>,
    unit: Unit,
    fraction: Option<String>,
    no_fraction: Option<JsonNoFraction>,
}

/// Why it is none.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum JsonNoFraction {
    Declined(Declined),
    Other(JsonNoFractionOther),
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum JsonNoFractionOther {
    Law,
    Discount,
    Root,
    Nobody,
}

pub(super) fn json_rows<'a>(program: &'a Program, fractions: &Fractions) -> Vec<JsonFraction<'a>> {
    fractions.rows.iter().map(|row| json_row(program, row)).collect()
}

fn json_row<'a>(program: &'a Program, row: &FractionRow) -> JsonFraction<'a> {
    let model = &program.base;
    let (kind, name) = match row.of {
        FractionOf::Kpi(id) => ("kpi", program.kpis[id.index()].name.name.as_str()),
        FractionOf::Standard(what) => ("standard", what.name()),
        FractionOf::Rate(event) => ("rate", named(model, event)),
        FractionOf::Time(event) => ("time", named(model, event)),
        FractionOf::Visits(t) => ("visits", model.touchpoints[t.index()].name.name.as_str()),
        FractionOf::Pull(t) => ("pull", model.touchpoints[t.index()].name.name.as_str()),
    };
    JsonFraction {
        kind,
        name,
        persona: row.persona.map(|id| model.personas[id.index()].name.name.as_str()),
        scenario: row.scenario.map(|id| program.scenarios[id.index()].0.name.name.as_str()),
        value: row.value.as_ref().ok().and_then(ToPrimitive::to_f64),
        unit: row.unit,
        fraction: row.value.as_ref().ok().map(ToString::to_string),
        no_fraction: row.value.as_ref().err().map(|why| match why {
            NoFraction::Declined(why) => JsonNoFraction::Declined(*why),
            NoFraction::Law => JsonNoFraction::Other(JsonNoFractionOther::Law),
            NoFraction::Discount => JsonNoFraction::Other(JsonNoFractionOther::Discount),
            NoFraction::Root => JsonNoFraction::Other(JsonNoFractionOther::Root),
            NoFraction::Nobody => JsonNoFraction::Other(JsonNoFractionOther::Nobody),
        }),
    }
}

/// The name of a goal, an end or a touchpoint.
fn named(model: &Model, event: Event) -> &str {
    let named: &Named = match event {
        Event::Reach(goal) => &model.goals[goal.index()].name,
        Event::Stop(end) => &model.ends[end.index()].name,
        Event::Meet(Place::Touchpoint(t)) => &model.touchpoints[t.index()].name,
        // Rows are of these alone.
        Event::Meet(_) => return "",
    };
    &named.name
}

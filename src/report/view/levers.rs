//! What the key figures hang on: levers in their order, and the tornado.

use super::{Pen, pen::plural, shown::declined};
use crate::levers::{KeyLevers, Lever, Levers, NoLevers, Swing, Unsolved};
use crate::report::levers::{Ink, LeverRow, SwingRow, called};
use crate::report::tornado::{self, Bar};
use crate::words;
use serde::Serialize;

/// Most levers of one figure that documents show; JSON and CSV hold all.
const MOST: usize = 12;

/// What one key figure hangs on.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct KeyFigure {
    /// What it is called.
    pub label: String,
    /// As the journey is written.
    pub value: String,
    /// Why nothing is told, where nothing is.
    pub declined: Option<String>,
    /// The strongest levers.
    pub levers: Vec<LeverRow>,
    /// The heading over what money brings, where a lever says what a point of it costs.
    pub per_thousand: Option<String>,
    /// What there is to know of them.
    pub notes: Vec<String>,
    /// Params that have a range, the widest first.
    pub swings: Vec<SwingRow>,
    /// The same as a drawing: an `<svg>` element.
    pub tornado: Option<String>,
}

pub(super) fn rows(pen: &Pen<'_>, keys: &[KeyLevers]) -> Vec<KeyFigure> {
    keys.iter().map(|key| row(pen, key)).collect()
}

fn row(pen: &Pen<'_>, key: &KeyLevers) -> KeyFigure {
    let label = called(pen.program, key.kpi).1.to_owned();
    let levers = match &key.levers {
        Ok(levers) => levers,
        Err(why) => {
            return KeyFigure {
                label,
                value: String::new(),
                declined: Some(untold(pen, *why)),
                levers: Vec::new(),
                per_thousand: None,
                notes: Vec::new(),
                swings: Vec::new(),
                tornado: None,
            };
        }
    };
    let ink = Ink { model: pen.model, lang: pen.lang };
    let works = |lever: &&Lever| lever.gain != Some(0.0);
    let (with, without): (Vec<&Lever>, Vec<&Lever>) = levers.levers.iter().partition(works);
    let moved: Vec<&Swing> = levers.tornado.iter().filter(|swing| swing.width() != Some(0.0)).collect();
    let swings: Vec<SwingRow> = moved.iter().map(|swing| ink.swing_row(swing, levers.unit)).collect();
    let bars: Vec<Bar<'_>> = swings.iter().zip(&moved).map(|(row, swing)| Bar { row, values: swing.values }).collect();
    let write = |value: f64| pen.write(value, levers.unit);
    let tornado = tornado::draw(&bars, levers.value, &write, &label);
    let shown = &with[..with.len().min(MOST)];
    KeyFigure {
        label,
        value: write(levers.value),
        declined: None,
        per_thousand: shown.iter().any(|lever| lever.money.is_some()).then(|| ink.per_thousand()),
        levers: shown.iter().map(|lever| ink.lever_row(lever, levers.unit)).collect(),
        notes: notes(pen, &ink, levers, (with.len(), without.len())),
        swings,
        tornado,
    }
}

/// What there is to know of the levers of a figure, of which so many have an effect, and so many have none.
fn notes(pen: &Pen<'_>, ink: &Ink<'_>, levers: &Levers, (with, without): (usize, usize)) -> Vec<String> {
    if with == 0 {
        return vec![pen.say(&words!("No figure of the journey changes it.", "Aucune donnée du parcours ne le change."))];
    }
    let mut notes: Vec<String> = ink.notes(levers).into_iter().map(str::to_owned).collect();
    let left_out = with.saturating_sub(MOST);
    if left_out > 0 {
        let left_out = pen.integer(left_out as u64);
        notes.push(pen.say(&words!("And {left_out} more, in levers.csv.", "Et {left_out} de plus, dans levers.csv.")));
    }
    if without > 0 {
        let (one, many) = (words!("other figure has", "autre donnée n’a"), words!("other figures have", "autres données n’ont"));
        let without = plural(pen, without, &one, &many);
        notes.push(pen.say(&words!("{without} no effect on it.", "{without} pas d’effet sur lui.")));
    }
    vec![notes.join(" ")]
}

fn untold(pen: &Pen<'_>, why: NoLevers) -> String {
    let why = match why {
        NoLevers::Unsolved(Unsolved::Declined(why)) => {
            let why = declined(pen, why);
            words!("No levers without an exact value: {why}.", "Pas de leviers sans valeur exacte\u{a0}: {why}.")
        }
        NoLevers::Unsolved(Unsolved::Nobody) => {
            words!("No levers: there is nobody to take it over.", "Pas de leviers\u{a0}: il ne porte sur personne.")
        }
        NoLevers::TooLarge => words!(
            "The journey is too large for its levers to be told on the side: the command jalon levers tells them.",
            "Le parcours est trop grand pour que ses leviers soient donnés en passant\u{a0}: la commande jalon levers les donne."
        ),
    };
    pen.say(&why)
}

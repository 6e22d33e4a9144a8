//! How the figures were obtained, and whether the two engines agree.

use super::{Pen, choice, pen::plural, shown};
use crate::locale::{self, Lang};
use crate::measure::{SimulatedNote, SolvedNote};
use crate::model::Moment;
use crate::words;
use serde::Serialize;

/// How the figures were obtained.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Method {
    /// The exact engine, in a sentence.
    pub solved: String,
    /// The simulation, in a sentence.
    pub simulated: String,
    /// Agreement, in a sentence; `None` where only one engine answered.
    pub agreement: Option<String>,
    /// Whether all agree.
    pub agrees: bool,
    /// Which figures differ.
    pub differing: Vec<String>,
    /// Which method was taken for what, and why; empty where only one engine ran.
    pub chosen: Vec<String>,
    /// Simulated figures that rest on too few events.
    pub rare: Vec<String>,
}

impl Method {
    pub(super) fn new(pen: &Pen<'_>) -> Self {
        let agreement = &pen.figures.agreement;
        let z = locale::trimmed(agreement.largest_z, 1, pen.lang);
        let compared = plural(
            pen,
            agreement.compared,
            &words!("figure obtained both ways", "chiffre obtenu des deux façons"),
            &words!("figures obtained both ways", "chiffres obtenus des deux façons"),
        );
        let agrees = agreement.differing == 0;
        let differing = pen.integer(agreement.differing as u64);
        let sentence = if agrees {
            words!(
                "{compared}: all agree, the largest difference is {z} times its standard error.",
                "{compared}\u{a0}: tous concordent, le plus grand écart vaut {z} fois son erreur type."
            )
        } else {
            words!(
                "{compared}: {differing} differ by more than chance allows, by up to {z} times their standard error.",
                "{compared}\u{a0}: {differing} s’écartent plus que le hasard ne le permet, jusqu’à {z} fois leur erreur type."
            )
        };
        let method = &pen.figures.method;
        Self {
            solved: match &method.solved {
                Ok(note) => solved(pen, note),
                Err(why) => {
                    let why = shown::declined(pen, *why);
                    pen.say(&words!("Not solved exactly: {why}.", "Pas de résolution exacte\u{a0}: {why}."))
                }
            },
            simulated: match &method.simulated {
                Some(note) => simulated(pen, note),
                None => pen.say(&words!("Not simulated.", "Pas de simulation.")),
            },
            agreement: (agreement.compared > 0).then(|| pen.say(&sentence)),
            agrees,
            differing: agreement.which.clone(),
            chosen: choice::chosen(pen),
            rare: choice::rare(pen),
        }
    }
}

fn solved(pen: &Pen<'_>, note: &SolvedNote) -> String {
    let states = plural(pen, note.states, &words!("state", "état"), &words!("states", "états"));
    let branches = plural(pen, note.branches, &words!("branch", "branche"), &words!("branches", "branches"));
    let residual = scientific(note.residual, pen.lang);
    let loops = if note.largest_class > 1 {
        let class = pen.integer(note.largest_class as u64);
        words!(", largest loop of {class} states", ", plus grande boucle de {class} états")
    } else {
        words!(", no loop", ", aucune boucle")
    };
    let fractions = if note.rational {
        words!(" Small enough to be solved in fractions too.", " Assez petit pour être résolu aussi en fractions.")
    } else {
        words!("", "")
    };
    let bounds = match note.enclosure {
        None => words!(" By elimination.", " Par élimination."),
        Some(width) if width.is_finite() => {
            let width = scientific(width, pen.lang);
            words!(
                " A loop too large to be eliminated was solved between bounds: figures may be off by {width} of their value.",
                " Une boucle trop grande pour être éliminée a été encadrée : les chiffres peuvent s'écarter de {width} de leur valeur."
            )
        }
        Some(_) => words!(
            " A loop too large to be eliminated could not be bounded: trust the simulation.",
            " Une boucle trop grande pour être éliminée n'a pas pu être encadrée : fiez-vous à la simulation."
        ),
    };
    let (loops, bounds, fractions) = (loops.get(pen.lang), bounds.get(pen.lang), fractions.get(pen.lang));
    pen.say(&words!(
        "Solved exactly: {states}, {branches}{loops}; largest relative residual {residual}.{bounds}{fractions}",
        "Résolu exactement\u{a0}: {states}, {branches}{loops}\u{202f}; plus grand résidu relatif {residual}.{bounds}{fractions}"
    ))
}

/// `1 customer`, `100,000 customers`
fn customers(pen: &Pen<'_>, number: u64) -> String {
    plural(pen, number as usize, &words!("customer", "client"), &words!("customers", "clients"))
}

fn simulated(pen: &Pen<'_>, note: &SimulatedNote) -> String {
    let (customers, seed) = (customers(pen, note.customers), note.seed);
    let unfinished = match note.unfinished {
        0 => words!("", ""),
        some => {
            let some = pen.integer(some);
            words!(
                " {some} of them were cut after too many steps: these figures are not to be trusted.",
                " {some} d’entre eux ont été interrompus après trop de pas\u{a0}: ces chiffres ne sont pas fiables."
            )
        }
    };
    format!(
        "{}{}",
        pen.say(&words!(
            "Simulated, by drawing: {customers}; seed {seed}.",
            "Simulé par tirage au sort\u{a0}: {customers}\u{a0}; graine {seed}."
        )),
        unfinished.get(pen.lang)
    )
}

/// A very small number: `1.2 × 10⁻¹⁶`.
fn scientific(value: f64, lang: Lang) -> String {
    let text = format!("{value:.1e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) if value != 0.0 && value.is_finite() => {
            let mantissa = if lang == Lang::Fr { mantissa.replace('.', ",") } else { mantissa.to_owned() };
            let exponent: String = exponent
                .chars()
                .map(|c| match c {
                    '-' => '⁻',
                    '0' => '⁰',
                    '1' => '¹',
                    '2' => '²',
                    '3' => '³',
                    '4' => '⁴',
                    '5' => '⁵',
                    '6' => '⁶',
                    '7' => '⁷',
                    '8' => '⁸',
                    _ => '⁹',
                })
                .collect();
            format!("{mantissa}\u{a0}×\u{a0}10{exponent}")
        }
        _ => locale::trimmed(value, 1, lang),
    }
}

/// How large the journey is, and how its figures were obtained, in a line.
pub(super) fn subtitle(pen: &Pen<'_>) -> String {
    let model = pen.model;
    let moments = Moment::ALL.iter().filter(|m| model.stages.iter().any(|s| s.moment == Some(**m))).count();
    let touchpoints = plural(
        pen,
        model.touchpoints.len(),
        &words!("touchpoint", "point de contact"),
        &words!("touchpoints", "points de contact"),
    );
    let moments =
        plural(pen, moments, &words!("moment of truth", "moment de vérité"), &words!("moments of truth", "moments de vérité"));
    let channels = plural(pen, model.channels.len(), &words!("channel", "canal"), &words!("channels", "canaux"));
    let personas = plural(pen, model.personas.len(), &words!("persona", "persona"), &words!("personas", "personas"));
    let arrivals = pen.count(pen.figures.arrivals);
    let solved = pen.figures.method.solved.is_ok();
    let drawn = pen.figures.method.simulated.as_ref().map(|note| (customers(pen, note.customers), note.seed));
    let how = match (solved, drawn) {
        (true, Some((drawn, seed))) => words!(
            "solved exactly, and simulated: {drawn} (seed {seed})",
            "résolution exacte, et simulation\u{a0}: {drawn} (graine {seed})"
        ),
        (true, None) => words!("solved exactly", "résolution exacte"),
        (false, Some((drawn, seed))) => {
            words!("simulated: {drawn} (seed {seed})", "simulation\u{a0}: {drawn} (graine {seed})")
        }
        (false, None) => words!("not computed", "non calculé"),
    };
    let size = format!("{touchpoints}, {moments}, {channels}, {personas}");
    let how = how.get(pen.lang);
    pen.say(&words!(
        "{size}. {arrivals} customers arrive. Figures: {how}.",
        "{size}. {arrivals} clients arrivent. Chiffres\u{a0}: {how}."
    ))
}

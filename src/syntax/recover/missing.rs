//! What is missing on a line, in words.

use crate::locale::Words;
use crate::words;

/// What can be put into a line to see whether it is what is missing, in the order of trying.
const FILLERS: &[&str] = &[
    "1",
    NAME,
    "\"filler\"",
    "=",
    ",",
    "= 1",
    "= filler",
    "for 1",
    "for filler",
    "per filler",
    "and 1",
    ")",
    "(",
    "on filler",
    "to filler",
    "-> filler",
    "0..1",
    ".. 1",
    "(filler)",
    "1 for filler",
    "consent filler",
    "consent",
];

/// Stands for a name that the author has not written.
pub(super) const NAME: &str = "filler";

/// What to try on a line that starts with `first`. A range only where there is to be one: `..` and a number would make sense
/// of too much.
pub(super) fn fillers(line: &str, first: &str) -> impl Iterator<Item = &'static str> {
    let may_be_range = first == "counter" || line.contains(" range ");
    FILLERS.iter().copied().filter(move |filler| may_be_range || !filler.contains(".."))
}

/// The name of what a filler stands for, after the word before it on the line that starts with `first`.
pub(super) fn missing(filler: &str, before: &str, first: &str) -> Words {
    match filler {
        NAME => named(before, first),
        "\"filler\"" => words!("a text between quotes", "un texte entre guillemets"),
        "1" if matches!(first, "kpi" | "expect" | "claim") && before != "confidence" => words!("a measure", "une mesure"),
        "1" => figure(before),
        "= 1" if first == "kpi" => words!("`=` with a measure", "`=` avec une mesure"),
        "= 1" if first == "expect" => words!("a comparison such as `>= 1`", "une comparaison telle que `>= 1`"),
        "= 1" => words!("`=` with a figure", "`=` avec un chiffre"),
        "= filler" => words!("`=` with a list of words", "`=` avec une liste de mots"),
        "and 1" => words!("`and` with a second bound", "`and` avec une seconde borne"),
        "for 1" => words!("`for` with a time", "`for` avec une durée"),
        "per filler" => words!("`per` with a unit of time", "`per` avec une unité de temps"),
        "for filler" => words!("`for` with a persona", "`for` avec une persona"),
        "(filler)" => words!("a place in parentheses", "un lieu entre parenthèses"),
        "1 for filler" => words!("a figure for somebody", "un chiffre pour quelqu'un"),
        ".. 1" | "0..1" => words!("a range such as `0..3`", "un intervalle tel que `0..3`"),
        "on filler" => words!("`on` with a channel", "`on` avec un canal"),
        "to filler" if before == "time" => words!("`to` with a goal", "`to` avec un objectif"),
        "to filler" => words!("`to` with a touchpoint", "`to` avec un point de contact"),
        "-> filler" => words!("`->` with a target", "`->` avec une cible"),
        "consent filler" => words!("`consent` with its name", "`consent` avec son nom"),
        sign => words!("`{sign}`", "`{sign}`"),
    }
}

fn named(before: &str, first: &str) -> Words {
    match before {
        "->" | "to" => words!("a target", "une cible"),
        "when" | "and" | "or" | "not" => words!("a condition", "une condition"),
        "on" if first == "touchpoint" => words!("a channel", "un canal"),
        "for" | "of" if first != "refers" => words!("a persona", "une persona"),
        "reach" | "before" => words!("a goal", "un objectif"),
        "source" if first != "source" => words!("the name of a source", "le nom d'une source"),
        "consent" | "consents" => words!("the name of a consent", "le nom d'un consentement"),
        "moment" => words!("a moment of truth", "un moment de vérité"),
        "with" if first == "touchpoint" => words!("a channel", "un canal"),
        "is" | "motivation" | "appeals" | "=" => words!("a word", "un mot"),
        "locale" => words!("a language", "une langue"),
        "currency" => words!("a currency", "une monnaie"),
        _ => words!("a name", "un nom"),
    }
}

fn figure(before: &str) -> Words {
    match before {
        "takes" | "after" | "horizon" | "within" | "patience" => words!("a time", "une durée"),
        "confidence" | "margin" => words!("a percentage", "un pourcentage"),
        "budget" | "income" => words!("an amount", "un montant"),
        "range" => words!("a range such as `45..80`", "un intervalle tel que `45..80`"),
        _ => words!("a figure", "un chiffre"),
    }
}

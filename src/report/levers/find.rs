//! Break-even in sentences.

use super::{Ink, WIDTH};
use crate::levers::Found;
use crate::levers::find::{End, Root, Search};
use crate::locale::{self, Lang};
use crate::model::law::nearest;
use crate::model::{Param, Program, Unit};
use crate::report::terminal::columns::wrap;
use num_rational::BigRational;

/// What was asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The param.
    pub param: &'a Param,
    /// The equation, as asked.
    pub equation: &'a str,
    /// What its first measure counts.
    pub unit: Unit,
    /// Where it was looked for.
    pub between: (&'a BigRational, &'a BigRational),
}

/// What was asked and what was found.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The question.
    pub asked: Asked<'a>,
    /// What was found.
    pub found: &'a Found,
}

/// The page.
#[must_use]
pub fn write_find_terminal(program: &Program, answer: &Answer<'_>, lang: Lang) -> String {
    let ink = Ink { model: &program.base, lang };
    let Answer { asked, found } = answer;
    let (name, equation) = (&asked.param.name.label, asked.equation);
    let unit = asked.param.unit;
    let (low, high) = (ink.exact(asked.between.0, unit), ink.exact(asked.between.1, unit));
    let mut lines = vec![match lang {
        Lang::En => format!("{equation}, by “{name}” from {low} to {high}:"),
        Lang::Fr => format!("{equation}, par «\u{a0}{name}\u{a0}» de {low} à {high}\u{a0}:"),
    }];
    if found.feasible.is_empty() {
        lines.push(
            lang.pick(
                "No value there makes a possible journey: branches or shares do not add up, or the figure is of nobody.",
                "Aucune valeur n’y donne un parcours possible\u{a0}: les branches ou les parts ne font pas 100\u{202f}%, ou le chiffre \
                 ne porte sur personne.",
            )
            .to_owned(),
        );
    } else if found.everywhere {
        lines.push(lang.pick("Every value does it.", "Toute valeur convient.").to_owned());
    } else if found.roots.is_empty() {
        lines.push(match (found.search, lang) {
            (Some(Search::Exact { above: 0, below: 0, values: 2.. }), Lang::En) => {
                format!("No value does it: “{name}” changes nothing of this.")
            }
            (Some(Search::Exact { above: 0, below: 0, values: 2.. }), Lang::Fr) => {
                format!("Aucune valeur ne convient\u{a0}: «\u{a0}{name}\u{a0}» n’y change rien.")
            }
            (Some(Search::Grid { .. }), _) => lang.pick("No value was found.", "Aucune valeur n’a été trouvée.").to_owned(),
            _ => lang.pick("No value does it.", "Aucune valeur ne convient.").to_owned(),
        });
    }
    lines.extend(found.roots.iter().map(|root| written(&ink, root, unit)));
    let whole = found.feasible.len() == 1 && {
        let only = &found.feasible[0];
        &only.low.at == asked.between.0 && &only.high.at == asked.between.1 && only.low.included && only.high.included
    };
    if !whole && !found.feasible.is_empty() {
        let each = found.feasible.iter().map(|f| locale::range(&ink.exact(&f.low.at, unit), &ink.exact(&f.high.at, unit), lang));
        let each = each.collect::<Vec<_>>().join(", ");
        lines.push(match lang {
            Lang::En => format!("The journey is possible, and the figure known, only from {each}."),
            Lang::Fr => format!("Le parcours n’est possible, et le chiffre connu, que dans\u{a0}: {each}."),
        });
    }
    for end in found.feasible.iter().flat_map(|f| [&f.low, &f.high]) {
        lines.push(at(&ink, end, asked));
    }
    lines.extend(found.search.map(|search| rests_on(search, found.roots.is_empty() && !found.everywhere, lang)));
    lines.iter().enumerate().map(|(i, line)| wrap(line, WIDTH, if i == 0 { "" } else { "  " })).collect()
}

fn written(ink: &Ink<'_>, root: &Root, unit: Unit) -> String {
    let value = ink.value(root.value(), unit);
    let place = if root.low == root.high {
        let exact = format!("{}", root.low);
        let plain = unit == Unit::Share && exact.len() <= 12;
        if plain { format!("{value} = {exact}") } else { value }
    } else {
        // Both ends, to all digits that a float has: the enclosure is as narrow.
        let scale = if unit == Unit::Share { 100.0 } else { 1.0 };
        let (low, high) = (nearest(&root.low) * scale, nearest(&root.high) * scale);
        match ink.lang {
            Lang::En => format!("{value} (between {low:.12} and {high:.12}{})", suffix(unit, " %")),
            Lang::Fr => format!(
                "{value} (entre {} et {}{})",
                format!("{low:.12}").replace('.', ","),
                format!("{high:.12}").replace('.', ","),
                suffix(unit, "\u{202f}%")
            ),
        }
    };
    let touches = if root.crosses { "" } else { ink.lang.pick(": touches, without crossing", "\u{a0}: touche, sans traverser") };
    format!("● {place}{touches}")
}

fn suffix(unit: Unit, percent: &str) -> &str {
    match unit {
        Unit::Share => percent,
        Unit::Time => " s",
        _ => "",
    }
}

fn at(ink: &Ink<'_>, end: &End, asked: &Asked<'_>) -> String {
    let place = ink.exact(&end.at, asked.param.unit);
    let (left, right) = (ink.value(end.sides.0, asked.unit), ink.value(end.sides.1, asked.unit));
    match (ink.lang, end.included) {
        (Lang::En, true) => format!("At {place}: {left} against {right}."),
        (Lang::En, false) => format!("Beside {place}: {left} against {right}."),
        (Lang::Fr, true) => format!("À {place}\u{a0}: {left} contre {right}."),
        (Lang::Fr, false) => format!("À côté de {place}\u{a0}: {left} contre {right}."),
    }
}

/// What the answer rests on; `none`: that there is no value.
fn rests_on(search: Search, none: bool, lang: Lang) -> String {
    let sure = if none { lang.pick("That is certain", "C’est certain") } else { lang.pick("All of them", "Toutes") };
    match (search, lang) {
        (Search::Exact { above, below, values }, Lang::En) => format!(
            "{sure}: the difference is a ratio of polynomials of degrees {above} and {below}, recovered from {values} exact \
             values, of which at least six confirm it; its roots are isolated by Sturm’s theorem."
        ),
        (Search::Exact { above, below, values }, Lang::Fr) => format!(
            "{sure}\u{a0}: l’écart est un rapport de polynômes de degrés {above} et {below}, retrouvé à partir de {values} valeurs \
             exactes, dont six au moins le confirment\u{202f}; ses racines sont isolées par le théorème de Sturm."
        ),
        (Search::Grid { values }, Lang::En) => format!(
            "Looked for between {values} values: changes of sign, and where the distance is least. Two crossings closer than two \
             neighbouring values may be missed."
        ),
        (Search::Grid { values }, Lang::Fr) => format!(
            "Recherche entre {values} valeurs\u{a0}: changements de signe, et là où l’écart est le plus petit. Deux passages plus \
             proches que deux valeurs voisines peuvent échapper."
        ),
    }
}

//! Names and number of kpis.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Kpi, Measure, MeasureKind, Modifiers, Program};
use crate::words;
use std::collections::HashMap;

/// More key kpis than this are no focus.
const MOST_KEYS: usize = 7;

/// Abbreviations of measures that the field knows; others are taken for one where their letters are those of the label's words.
const OF_THE_FIELD: &[&str] = &[
    "AOV", "ARPU", "CAC", "CES", "CLV", "CPA", "CPC", "CPL", "CPM", "CPO", "CPV", "CR", "CSAT", "CTR", "CVR", "LTV", "NPS",
    "ROAS", "ROI", "ROMI", "TTR",
];

/// One label stands for one measure, and so does one abbreviation: CPC is the cost of a click or that of a conversion.
pub(super) fn a_short_name_stands_for_one_measure(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let mut by_label: HashMap<String, Vec<&Kpi>> = HashMap::new();
    let mut by_abbreviation: HashMap<&str, Vec<&Kpi>> = HashMap::new();
    for kpi in &program.kpis {
        let namesakes = by_label.entry(kpi.name.label.trim().to_lowercase()).or_default();
        let twin = namesakes.iter().find(|other| definition(other, program) != definition(kpi, program));
        let mut found = twin.map(|other| (*other, kpi.name.label.trim()));
        namesakes.push(kpi);
        if let Some(short) = abbreviation(&kpi.name.label) {
            let namesakes = by_abbreviation.entry(short).or_default();
            let of_all = |kpi| without_narrowing(kpi, program);
            let twin = namesakes.iter().find(|other| of_all(other) != of_all(kpi));
            found = found.or(twin.map(|other| (*other, short)));
            namesakes.push(kpi);
        }
        if let Some((other, name)) = found {
            diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateShortName,
                    kpi.name.origin,
                    words!("`{name}` stands for two measures", "`{name}` désigne deux mesures"),
                )
                .here(words!("this one", "celle-ci"))
                .label(
                    other.name.origin,
                    words!("and this one, which is calculated otherwise", "et celle-ci, calculée autrement"),
                )
                .note(words!(
                    "who reads `{name}` in a report cannot tell which of them it is",
                    "qui lit `{name}` dans un rapport ne sait pas de laquelle il s'agit"
                ))
                .help(words!("give one of them another label", "donnez un autre libellé à l'une des deux")),
            );
        }
    }
}

/// A few kpis are key, or none is.
pub(super) fn few_kpis_are_key(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let keys: Vec<&Kpi> = program.kpis.iter().filter(|kpi| kpi.key).collect();
    let Some(first_too_many) = keys.get(MOST_KEYS) else { return };
    let number = keys.len();
    diagnostics.push(
        Diagnostic::new(
            Code::TooManyKeyKpis,
            first_too_many.name.origin,
            words!("{number} kpis are marked `key`", "{number} kpis sont marqués `key`"),
        )
        .here(words!("the eighth", "le huitième"))
        .note(words!(
            "a dashboard with more than {MOST_KEYS} figures up front has no focus",
            "un tableau de bord qui met plus de {MOST_KEYS} chiffres en avant n'a plus de priorité"
        ))
        .help(words!(
            "keep `key` for those that you decide by; the others are still computed",
            "gardez `key` pour ceux qui servent à décider ; les autres restent calculés"
        )),
    );
}

/// What a kpi measures; one that only repeats another measures what that one does.
fn definition<'p>(kpi: &'p Kpi, program: &'p Program) -> &'p Measure {
    followed(kpi, program, |only| *only == Modifiers::default())
}

/// The measure that a kpi comes down to, through the names of others narrowed as `through` accepts.
fn followed<'p>(kpi: &'p Kpi, program: &'p Program, through: impl Fn(&Modifiers) -> bool) -> &'p Measure {
    let mut measure = &kpi.measure;
    while let MeasureKind::Kpi(id, only) = &measure.kind
        && through(only)
    {
        measure = &program.kpis[id.index()].measure;
    }
    measure
}

/// What a kpi measures of everybody, everywhere: the same abbreviation may well stand for it and for a part of it.
fn without_narrowing(kpi: &Kpi, program: &Program) -> Measure {
    let mut measure = followed(kpi, program, |only| only.per.is_none()).clone();
    measure.kind.each_leaf(&|only| *only = Modifiers { per: only.per, ..Modifiers::default() });
    measure
}

/// The abbreviation that a label is or has in parentheses: `CPC`, `Cost per click (CPC)`. Capitals in parentheses may stand for
/// something else, a channel or a currency: they count if the field or the label's own words say so.
fn abbreviation(label: &str) -> Option<&str> {
    let label = label.trim();
    if is_capitals(label) {
        return Some(label);
    }
    let (before, rest) = label.rsplit_once('(')?;
    let inside = rest.split_once(')')?.0.trim();
    let known = OF_THE_FIELD.contains(&inside) || are_initials(inside, before);
    (is_capitals(inside) && known).then_some(inside)
}

fn is_capitals(word: &str) -> bool {
    (2..=6).contains(&word.chars().count())
        && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
        && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Whether the letters of an abbreviation are first letters of words, in their order; small words may be left out.
fn are_initials(letters: &str, words: &str) -> bool {
    let first = |word: &str| word.chars().next().map(|c| c.to_uppercase().next().unwrap_or(c));
    let mut initials = words.split(|c: char| !c.is_alphanumeric()).filter_map(first);
    letters.chars().all(|letter| initials.any(|initial| initial == letter))
}

#[cfg(test)]
mod tests {
    use super::abbreviation;

    #[test]
    fn abbreviations_of_measures_and_what_only_looks_like_one() {
        for (label, short) in [
            ("CPC", Some("CPC")),
            ("Cost per conversion (CPC)", Some("CPC")),
            ("Coût par clic (CPC)", Some("CPC")),
            ("Taux de clic (CTR)", Some("CTR")),
            ("Panier moyen des habitués (PMH)", Some("PMH")),
            ("Marge (EUR)", None),
            ("Panier moyen (HT)", None),
            ("Engagement (SMS)", None),
            ("Achats (2025)", None),
            ("Cost per click", None),
            ("Cost (per click", None),
        ] {
            assert_eq!(abbreviation(label), short, "{label}");
        }
    }
}

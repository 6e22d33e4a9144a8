//! The paper that students get.

use super::annexes::Source;
use super::blocks::{Block, Paper, letter, marks_words};
use crate::diagnostics::Sources;
use crate::exam::{Answer, Item, Solved, Variant};
use crate::locale::{self, Lang, Words};
use crate::model::{Annex, Exam, KpiId, MeasureKind, QuestionKind, Unit};
use crate::words;

/// The paper of a variant of an exam.
#[must_use]
pub fn paper(variant: &Variant, exam: &Exam, sources: &Sources) -> Paper {
    let lang = variant.journey.program.base.locale;
    let source = Source::new(variant, sources, asked(exam));
    let mut blocks = Vec::new();
    let mut annexes: Vec<&Annex> = Vec::new();
    let single = variant.parts.iter().filter(|part| part.title.is_some()).count() < 2;
    if !single {
        blocks.push(grid(variant, lang));
    }
    for part in &variant.parts {
        if let Some(title) = &part.title {
            let page = !single && !blocks.is_empty() && blocks.len() > 1;
            blocks.push(Block::Heading { level: 1, text: title.clone(), page });
        }
        for item in &part.items {
            match item {
                Item::Context(text) => blocks.push(Block::Text { text: text.clone() }),
                Item::Annex(annex) => annexes.push(annex),
                Item::Question(question) => blocks.push(asked_as(question, lang)),
            }
        }
    }
    for (i, annex) in annexes.iter().enumerate() {
        let n = i + 1;
        let title = &annex.title;
        let text = say(lang, &words!("Annex {n} – {title}", "Annexe {n} – {title}"));
        blocks.push(Block::Heading { level: 1, text, page: i == 0 });
        blocks.push(source.block(annex));
    }
    Paper::new(lang, variant.title.clone(), subtitle(variant, lang), blocks)
}

/// Kpis that questions ask for: their values are not printed.
fn asked(exam: &Exam) -> Vec<KpiId> {
    let measure = |kind: &QuestionKind| match kind {
        QuestionKind::Computed(measure) | QuestionKind::Choice { answer: measure, .. } => match &measure.kind {
            MeasureKind::Kpi(id, _) => Some(*id),
            _ => None,
        },
        _ => None,
    };
    exam.questions().filter_map(|question| measure(&question.kind)).collect()
}

pub(super) fn say(lang: Lang, words: &Words) -> String {
    words.get(lang).to_owned()
}

/// `Sujet n° 3 · durée : 3 h · 80 points, ramenés à 20`
pub(super) fn subtitle(variant: &Variant, lang: Lang) -> String {
    let (number, marks) = (variant.number, marks_words(&variant.marks, lang));
    let mut text = say(lang, &words!("Variant {number}", "Sujet n°\u{a0}{number}"));
    if let Some(duration) = variant.duration {
        let time = locale::duration(duration, lang);
        text += &say(lang, &words!(" · time: {time}", " · durée\u{a0}: {time}"));
    }
    text + &say(lang, &words!(" · {marks}, converted to 20", " · {marks}, ramenés à 20"))
}

/// The marks of each part.
fn grid(variant: &Variant, lang: Lang) -> Block {
    let mut rows = Vec::new();
    for part in &variant.parts {
        let marks = part.items.iter().filter_map(|item| if let Item::Question(q) = item { Some(q.marks.clone()) } else { None });
        let sum: num_rational::BigRational = marks.sum();
        rows.push(vec![part.title.clone().unwrap_or_default(), marks_words(&sum, lang)]);
    }
    rows.push(vec![lang.pick("Total", "Total").to_owned(), marks_words(&variant.marks, lang)]);
    let head = vec![lang.pick("Part", "Partie").to_owned(), lang.pick("Marks", "Barème").to_owned()];
    Block::table(head, rows)
}

fn asked_as(question: &Solved, lang: Lang) -> Block {
    let (choices, lines) = match &question.answer {
        Answer::Choice(choices) => (choices.iter().enumerate().map(|(i, c)| format!("{}. {}", letter(i), c.text)).collect(), 0),
        Answer::Number { .. } => (Vec::new(), 3),
        Answer::Place(_) => (Vec::new(), 1),
        Answer::Argued(_) => (Vec::new(), 8),
    };
    Block::Question {
        number: question.number.to_string(),
        text: question.text.clone(),
        marks: marks_words(&question.marks, lang),
        ask: ask(question, lang),
        choices,
        lines,
    }
}

/// Unit and rounding.
pub(super) fn ask(question: &Solved, lang: Lang) -> String {
    match &question.answer {
        Answer::Number { rounded, .. } => {
            let decimals = rounded.decimals;
            let unit = match rounded.unit {
                Unit::Share => words!("in %, ", "En %, "),
                Unit::Points => words!("in points, ", "En points, "),
                Unit::Time => words!("in hours, ", "En heures, "),
                Unit::Number | Unit::Money | Unit::Nps => words!("", ""),
            };
            let to = match decimals {
                0 => words!("rounded to the unit", "arrondir à l’unité"),
                1 => words!("rounded to one decimal", "arrondir à une décimale"),
                _ => words!("rounded to {decimals} decimals", "arrondir à {decimals} décimales"),
            };
            let if_needed = if rounded.zeros { words!("", "") } else { words!(" if needed", " si nécessaire") };
            let text = format!("{}{}{}.", unit.get(lang), to.get(lang), if_needed.get(lang));
            capital(&text)
        }
        Answer::Choice(choices) if choices.iter().filter(|c| c.right).count() > 1 => {
            say(lang, &words!("Several answers are right.", "Plusieurs réponses sont justes."))
        }
        Answer::Choice(_) => say(lang, &words!("One answer is right.", "Une seule réponse est juste.")),
        Answer::Place(_) => say(lang, &words!("Name one touchpoint of the map.", "Nommez un point de contact de la carte.")),
        Answer::Argued(_) => String::new(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

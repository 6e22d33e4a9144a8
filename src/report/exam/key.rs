//! The key: for each question the answer, how it is worked out, and the marks of each step; and the conversion to 20.

use super::blocks::{Block, Paper, letter, marks, marks_words};
use super::paper::{say, subtitle};
use crate::exam::{Answer, Item, Solved, Variant};
use crate::locale::{self, Lang};
use crate::words;
use num_rational::BigRational;
use num_traits::Zero;

/// The key of a variant.
#[must_use]
pub fn key(variant: &Variant) -> Paper {
    let model = &variant.journey.program.base;
    let (lang, currency) = (model.locale, model.currency.as_deref());
    let mut blocks = vec![drawn(variant, lang)];
    for part in &variant.parts {
        if let Some(title) = &part.title {
            blocks.push(Block::Heading { level: 1, text: title.clone(), page: false });
        }
        for item in &part.items {
            if let Item::Question(question) = item {
                solved(question, currency, lang, &mut blocks);
            }
        }
    }
    let text = say(lang, &words!("Mark out of 20", "Note sur 20"));
    blocks.push(Block::Heading { level: 1, text, page: true });
    blocks.extend(conversion(&variant.marks, lang));
    let title = &variant.title;
    let title = say(lang, &words!("{title} – key", "{title} – corrigé"));
    Paper::new(lang, title, subtitle(variant, lang), blocks)
}

/// What was drawn.
fn drawn(variant: &Variant, lang: Lang) -> Block {
    let (draw, steps) = (variant.attempt + 1, variant.questions().map(|q| q.working.lines.len()).sum::<usize>());
    Block::Note {
        text: say(
            lang,
            &words!(
                "Solved exactly and checked. Draw {draw} of this variant; {steps} lines of working, as in every other.",
                "Résolu exactement et vérifié. Tirage {draw} de ce sujet ; {steps} lignes de calcul, comme dans tous les autres."
            ),
        ),
    }
}

fn solved(question: &Solved, currency: Option<&str>, lang: Lang, blocks: &mut Vec<Block>) {
    let (number, answer, worth) = (question.number, question.written(currency, lang), marks_words(&question.marks, lang));
    let text = say(lang, &words!("Question {number} ({worth}): {answer}", "Question {number} ({worth})\u{a0}: {answer}"));
    blocks.push(Block::Heading { level: 2, text, page: false });
    blocks.push(Block::Note { text: question.text.clone() });
    let mut lines: Vec<(String, String)> = Vec::new();
    let line = |line: &crate::exam::Line| (line.text.clone(), line.marks.as_ref().map_or_else(String::new, |m| marks(m, lang)));
    match &question.answer {
        Answer::Argued(criteria) => lines.extend(criteria.iter().map(line)),
        Answer::Choice(choices) => {
            for (i, choice) in choices.iter().enumerate() {
                let (letter, text, why) = (letter(i), &choice.text, choice.why.get(lang));
                let right = lang.pick("right", "juste");
                let said = if choice.right { right } else { why };
                let dash = if said.is_empty() { "" } else { " – " };
                lines.push((format!("{letter}. {text}{dash}{said}"), String::new()));
            }
            lines.extend(question.working.lines.iter().map(|l| (l.text.clone(), String::new())));
            lines.push((say(lang, &words!("Right choice", "Bon choix")), marks(&question.marks, lang)));
        }
        Answer::Place(_) => lines.push((answer, marks(&question.marks, lang))),
        Answer::Number { .. } => lines.extend(question.working.lines.iter().map(line)),
    }
    blocks.push(Block::Lines { lines });
    if !question.follows.is_empty() && !question.working.method.is_zero() {
        let earlier: Vec<String> = question.follows.iter().map(ToString::to_string).collect();
        let (earlier, method) = (earlier.join(", "), marks_words(&question.working.method, lang));
        blocks.push(Block::Note {
            text: say(
                lang,
                &words!(
                    "Follow-through: a wrong result of question {earlier}, rightly used here, still earns {method}.",
                    "Erreur reportée : un résultat faux à la question {earlier}, correctement réemployé ici, vaut encore {method}."
                ),
            ),
        });
    }
}

/// Marks out of 20, rounded up to the half, by points.
fn conversion(total: &BigRational, lang: Lang) -> Vec<Block> {
    let whole = marks(total, lang);
    let quarter = BigRational::new(1.into(), 4.into());
    let half = |n: i64| BigRational::new(n.into(), 2.into());
    let mut rows = Vec::new();
    let mut from = BigRational::zero();
    for n in 0..=40_i64 {
        // The most points whose mark, rounded up to the half, is not above n halves.
        let to = ((total * half(n) / BigRational::from_integer(20.into())) / &quarter).floor() * &quarter;
        if to < from {
            continue;
        }
        let range = if to == from { marks(&to, lang) } else { locale::range(&marks(&from, lang), &marks(&to, lang), lang) };
        rows.push(vec![range, marks(&half(n), lang)]);
        from = to + &quarter;
    }
    // Two halves side by side: one page.
    let second = rows.split_off(rows.len().div_ceil(2));
    for (i, row) in rows.iter_mut().enumerate() {
        row.extend(second.get(i).cloned().unwrap_or_else(|| vec![String::new(); 2]));
    }
    let head = [lang.pick("Points", "Points"), lang.pick("Mark", "Note")];
    let head = head.iter().chain(&head).map(|&name| name.to_owned()).collect();
    let rule = words!(
        "mark = points × 20 ÷ {whole}, rounded up to the half",
        "note = points × 20 ÷ {whole}, arrondie au demi-point supérieur"
    );
    vec![Block::Text { text: say(lang, &rule) }, Block::table(head, rows)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_up_to_the_half() {
        let n = |n: i64, d: i64| BigRational::new(n.into(), d.into());
        let blocks = conversion(&n(80, 1), Lang::Fr);
        let Block::Table { rows, .. } = &blocks[1] else { panic!("a table") };
        // 0 to 20 by halves are 41 marks, in two halves side by side. 41 of 80 points are 10.25, which goes up.
        assert_eq!(rows.len(), 21);
        assert_eq!(rows[0], ["0", "0", "40,25\u{a0}–\u{a0}42", "10,5"]);
        assert_eq!(rows[20], ["38,25\u{a0}–\u{a0}40", "10", "", ""]);
    }
}

//! The questions of a variant in GIFT.

use super::blocks::Paper;
use super::paper::ask;
use crate::exam::{Answer, Choice, Solved, Variant};
use crate::locale::Lang;
use crate::report::escape::markup;

/// The quiz. What the paper gives is not in it: GIFT has no tables.
#[must_use]
pub fn write_gift(variant: &Variant, paper: &Paper) -> String {
    let mut out = format!("// {}\n// {}\n\n", one_line(&paper.title), one_line(&paper.subtitle));
    for question in variant.questions() {
        out += &asked(question, paper.lang);
    }
    out
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// Signs of GIFT within a text.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        if matches!(c, '~' | '=' | '#' | '{' | '}' | ':' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn html(text: &str) -> String {
    escaped(&markup(text).replace("&#39;", "'"))
}

fn asked(question: &Solved, lang: Lang) -> String {
    let text = format!("{} {}", question.text, ask(question, lang));
    let body = match &question.answer {
        Answer::Number { rounded, .. } => format!("{{#{}:{}}}", rounded.plain(), rounded.tolerance()),
        Answer::Choice(choices) | Answer::Place(choices) => chosen(choices, lang),
        Answer::Argued(_) => "{}".to_owned(),
    };
    format!("::Q{:02}::[html]{} {body}\n\n", question.number, html(text.trim()))
}

fn chosen(choices: &[Choice], lang: Lang) -> String {
    let right = choices.iter().filter(|c| c.right).count();
    let wrong = choices.len() - right;
    let mut out = String::from("{\n");
    for choice in choices {
        let mark = match (choice.right, right > 1) {
            (true, false) => "=".to_owned(),
            (false, false) => "~".to_owned(),
            (true, true) => format!("~%{:.5}%", 100.0 / right as f64),
            (false, true) => format!("~%-{:.5}%", 100.0 / wrong.max(1) as f64),
        };
        let why = choice.why.get(lang);
        let why = if why.is_empty() { String::new() } else { format!("#{}", html(why)) };
        out += &format!("  {mark}{}{why}\n", html(&choice.text));
    }
    out + "}"
}

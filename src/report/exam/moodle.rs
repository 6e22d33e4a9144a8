//! The questions of a variant as Moodle XML: numerical with their tolerance, multichoice, essay; the paper's texts and tables
//! before them as a description.

use super::blocks::{Block, Paper};
use super::paper::ask;
use crate::exam::{Answer, Choice, Solved, Variant};
use crate::locale::Lang;
use crate::model::law::nearest;
use crate::report::escape::markup;

/// The quiz.
#[must_use]
pub fn write_moodle(variant: &Variant, paper: &Paper) -> String {
    let lang = paper.lang;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    let category = format!("$course$/top/{}/{}", slashless(&variant.title), variant.number);
    out += &format!("<question type=\"category\"><category><text>{}</text></category></question>\n", markup(&category));
    let name = format!("{} – {}", paper.title, paper.subtitle);
    out += &format!("<question type=\"description\">{}{}</question>\n", named(&name), html_text("questiontext", &given(paper)));
    for question in variant.questions() {
        out += &asked(question, lang);
    }
    out + "</quiz>\n"
}

/// A slash separates categories.
fn slashless(text: &str) -> String {
    text.replace('/', "//")
}

fn named(name: &str) -> String {
    format!("<name><text>{}</text></name>", markup(name))
}

/// HTML within XML: escaped twice.
fn html_text(tag: &str, html: &str) -> String {
    format!("<{tag} format=\"html\"><text>{}</text></{tag}>", markup(html))
}

/// All of the paper but its questions.
fn given(paper: &Paper) -> String {
    let mut html = String::new();
    for block in &paper.blocks {
        html += &match block {
            Block::Heading { text, .. } => format!("<h4>{}</h4>", markup(text)),
            Block::Text { text } | Block::Note { text } => format!("<p>{}</p>", markup(text)),
            Block::Table { head, rows, .. } => {
                let row = |cells: &[String], tag: &str| {
                    let cells: String = cells.iter().map(|c| format!("<{tag}>{}</{tag}>", markup(c))).collect();
                    format!("<tr>{cells}</tr>")
                };
                let body: String = rows.iter().map(|r| row(r, "td")).collect();
                format!("<table border=\"1\">{}{body}</table>", row(head, "th"))
            }
            Block::Map { svg, .. } => svg.clone(),
            Block::Question { .. } | Block::Lines { .. } => String::new(),
        };
    }
    html
}

fn asked(question: &Solved, lang: Lang) -> String {
    let text = format!("<p>{} {}</p>", markup(&question.text), markup(&ask(question, lang)));
    let working: String = question.working.lines.iter().map(|l| format!("<li>{}</li>", markup(&l.text))).collect();
    let feedback = if working.is_empty() { String::new() } else { format!("<ol>{working}</ol>") };
    let common = format!(
        "{}{}{}<defaultgrade>{}</defaultgrade>",
        named(&format!("Q{:02}", question.number)),
        html_text("questiontext", &text),
        html_text("generalfeedback", &feedback),
        nearest(&question.marks),
    );
    let (kind, rest) = match &question.answer {
        Answer::Number { rounded, .. } => {
            let (value, tolerance) = (rounded.plain(), rounded.tolerance());
            ("numerical", format!("<answer fraction=\"100\"><text>{value}</text><tolerance>{tolerance}</tolerance></answer>"))
        }
        Answer::Choice(choices) | Answer::Place(choices) => ("multichoice", chosen(choices, lang)),
        Answer::Argued(lines) => {
            let rubric: String = lines.iter().map(|l| format!("<li>{}</li>", markup(&l.text))).collect();
            let format = "<responseformat>editor</responseformat>";
            (
                "essay",
                format!(
                    "<answer fraction=\"0\"><text></text></answer>{format}{}",
                    html_text("graderinfo", &format!("<ul>{rubric}</ul>"))
                ),
            )
        }
    };
    format!("<question type=\"{kind}\">{common}{rest}</question>\n")
}

fn chosen(choices: &[Choice], lang: Lang) -> String {
    let right = choices.iter().filter(|c| c.right).count();
    let single = right <= 1;
    let mut out =
        format!("<single>{single}</single><shuffleanswers>true</shuffleanswers><answernumbering>ABCD</answernumbering>");
    for choice in choices {
        let fraction = match (choice.right, single) {
            (true, true) => "100".to_owned(),
            // Moodle takes fractions to five decimals.
            (true, false) => format!("{:.5}", 100.0 / right as f64),
            (false, true) => "0".to_owned(),
            (false, false) => format!("-{:.5}", 100.0 / (choices.len() - right).max(1) as f64),
        };
        let why = html_text("feedback", &markup(choice.why.get(lang)));
        out += &format!(
            "<answer fraction=\"{fraction}\" format=\"html\"><text>{}</text>{why}</answer>",
            markup(&markup(&choice.text))
        );
    }
    out
}

//! One line per variant: who has it, where its luck comes from, its answers. And the class list that it merges with.

use crate::exam::{Answer, Solved, Variant};
use crate::model::Unit;

/// A class list: the names of its columns, and one row per student.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// The names of its columns.
    pub head: Vec<String>,
    /// Its rows, as long as the head.
    pub rows: Vec<Vec<String>>,
}

impl Class {
    /// Reads a sheet (RFC 4180; a semicolon separates as well as a comma, as spreadsheets in French write it). Its first row holds the
    /// names of its columns.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or_default();
        let mark = if first.contains(';') && !first.contains(',') { ';' } else { ',' };
        let mut rows = rows(text, mark).into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        let head = rows.next().unwrap_or_default();
        let width = head.len();
        let rows = rows.map(|mut row| {
            row.resize(width, String::new());
            row
        });
        Self { rows: rows.collect(), head }
    }
}

fn rows(text: &str, mark: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c if c == mark && !quoted => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// The sheet: columns of the class list, variant, seed, draw, answers.
#[must_use]
pub fn write_index(class: &Class, seed: u64, lines: &[IndexLine]) -> String {
    let empty = Vec::new();
    let questions = lines.first().map_or(&empty, |line| &line.answers);
    let mut head = if class.head.is_empty() { vec!["student".to_owned()] } else { class.head.clone() };
    head.extend(["variant", "seed", "draw"].map(str::to_owned));
    head.extend(questions.iter().map(|(name, _)| name.clone()));
    let mut out = sheet_line(&head);
    for (i, line) in lines.iter().enumerate() {
        let width = class.head.len().max(1);
        let mut cells = class.rows.get(i).cloned().unwrap_or_else(|| vec![String::new(); width]);
        cells.extend([line.number.to_string(), seed.to_string(), (line.attempt + 1).to_string()]);
        cells.extend(line.answers.iter().map(|(_, answer)| answer.clone()));
        out += &sheet_line(&cells);
    }
    out
}

/// A variant in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexLine {
    /// Its number.
    pub number: u32,
    /// The draw that did, from 0.
    pub attempt: u32,
    /// By question: the name of its column, with its unit, and the answer.
    pub answers: Vec<(String, String)>,
}

impl IndexLine {
    /// The line of a variant.
    #[must_use]
    pub fn new(variant: &Variant) -> Self {
        let answers = variant.questions().map(|question| (column(question), answer(question))).collect();
        Self { number: variant.number, attempt: variant.attempt, answers }
    }
}

fn column(question: &Solved) -> String {
    let unit = match &question.answer {
        Answer::Number { rounded, .. } => match rounded.unit {
            Unit::Share => " (%)",
            Unit::Points => " (points)",
            Unit::Time => " (h)",
            Unit::Money | Unit::Number | Unit::Nps => "",
        },
        _ => "",
    };
    format!("q{}{unit}", question.number)
}

fn answer(question: &Solved) -> String {
    match &question.answer {
        Answer::Number { rounded, .. } => rounded.plain(),
        Answer::Choice(choices) | Answer::Place(choices) => {
            choices.iter().filter(|c| c.right).map(|c| c.text.as_str()).collect::<Vec<_>>().join(" | ")
        }
        Answer::Argued(_) => String::new(),
    }
}

fn sheet_line(cells: &[String]) -> String {
    let quoted = |cell: &String| {
        // A spreadsheet takes for a formula what starts with one of these signs.
        let risky = cell.starts_with(['=', '@', '\t']) || cell.starts_with(['+', '-']) && cell.parse::<f64>().is_err();
        let cell = if risky { format!("'{cell}") } else { cell.clone() };
        if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_lists_of_spreadsheets() {
        let class = Class::read("\u{feff}nom;prénom\r\nDurand;\"Zoé \"\"Z\"\"\"\r\n\r\nNguyen\r\n");
        assert_eq!(class.head, ["nom", "prénom"]);
        assert_eq!(class.rows, [["Durand", "Zoé \"Z\""], ["Nguyen", ""]]);
    }

    #[test]
    fn the_index_merges_with_the_class() {
        let class = Class::read("name\nDupont, Léa\n");
        assert_eq!(class.head, ["name"]);
        let class = Class::read("name,group\n\"Dupont, Léa\",=1+1\n");
        let line = IndexLine { number: 1, attempt: 0, answers: vec![("q1 (%)".into(), "9".into())] };
        let other = IndexLine { number: 2, attempt: 3, answers: vec![("q1 (%)".into(), "-2.5".into())] };
        let sheet = write_index(&class, 7, &[line, other]);
        assert_eq!(sheet, "name,group,variant,seed,draw,q1 (%)\r\n\"Dupont, Léa\",'=1+1,1,7,1,9\r\n,,2,7,4,-2.5\r\n");
    }
}

//! What papers and keys are made of, whatever the format.

use crate::locale::{self, Lang};
use crate::model::law::nearest;
use num_rational::BigRational;
use serde::Serialize;

/// A document.
#[derive(Clone, Debug, Serialize)]
pub struct Paper {
    /// The language of its words.
    pub lang: Lang,
    /// What it is called.
    pub title: String,
    /// Which variant, how long, how many marks.
    pub subtitle: String,
    /// In their order.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A title: 1 for parts, 2 below.
    Heading {
        /// How deep.
        level: u8,
        /// What it says.
        text: String,
        /// Whether it starts a page.
        page: bool,
    },
    /// A paragraph.
    Text {
        /// What it says.
        text: String,
    },
    /// A remark in small type.
    Note {
        /// What it says.
        text: String,
    },
    /// A table.
    Table {
        /// The names of its columns.
        head: Vec<String>,
        /// Its rows.
        rows: Vec<Vec<String>>,
    },
    /// The journey map, as SVG.
    Map {
        /// The picture.
        svg: String,
        /// What to say where pictures are files of their own.
        text: String,
    },
    /// A question.
    Question {
        /// Its number.
        number: String,
        /// What is asked.
        text: String,
        /// Its marks.
        marks: String,
        /// How to answer: unit and rounding.
        ask: String,
        /// What there is to choose from, lettered.
        choices: Vec<String>,
        /// Lines to write on.
        lines: usize,
    },
    /// Lines of a key: what to look for, and the marks that it earns.
    Lines {
        /// In their order.
        lines: Vec<(String, String)>,
    },
}

/// A number of marks: `2,5`.
pub(super) fn marks(number: &BigRational, lang: Lang) -> String {
    locale::trimmed(nearest(number), 2, lang)
}

/// The same with its word: `2,5 points`.
pub(super) fn marks_words(number: &BigRational, lang: Lang) -> String {
    let text = marks(number, lang);
    let one = *number <= BigRational::from_integer(1.into());
    let plural = match lang {
        Lang::En => !(one && *number == BigRational::from_integer(1.into())),
        Lang::Fr => *number >= BigRational::from_integer(2.into()),
    };
    let word = match (lang, plural) {
        (Lang::En, false) => "mark",
        (Lang::En, true) => "marks",
        (Lang::Fr, false) => "point",
        (Lang::Fr, true) => "points",
    };
    format!("{text}\u{a0}{word}")
}

/// `A`, `B` …
pub(super) fn letter(at: usize) -> String {
    match u8::try_from(at).ok().filter(|at| *at < 26) {
        Some(at) => char::from(b'A' + at).to_string(),
        None => (at + 1).to_string(),
    }
}

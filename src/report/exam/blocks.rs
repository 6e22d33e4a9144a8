//! What papers and keys are made of, whatever the format.

use crate::locale::{self, Lang, typeset};
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
        /// How wide its columns are, in percents of the page.
        widths: Vec<u32>,
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

/// Characters that a line of a table holds.
const LINE: usize = 104;

impl Block {
    /// A table, with columns as wide as what stands in them.
    pub(super) fn table(head: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        let widths = widths(&head, &rows);
        Self::Table { head, rows, widths }
    }

    fn texts(&mut self) -> Vec<&mut String> {
        match self {
            Self::Heading { text, .. } | Self::Text { text } | Self::Note { text } | Self::Map { text, .. } => vec![text],
            Self::Table { head, rows, .. } => head.iter_mut().chain(rows.iter_mut().flatten()).collect(),
            Self::Question { text, ask, choices, .. } => [text, ask].into_iter().chain(choices).collect(),
            Self::Lines { lines } => lines.iter_mut().map(|(text, _)| text).collect(),
        }
    }
}

impl Paper {
    /// A paper, its texts set as printers of its language do.
    pub(super) fn new(lang: Lang, title: String, subtitle: String, blocks: Vec<Block>) -> Self {
        let mut paper = Self { lang, title, subtitle, blocks };
        if lang == Lang::Fr {
            let texts = paper.blocks.iter_mut().flat_map(Block::texts).chain([&mut paper.title, &mut paper.subtitle]);
            texts.for_each(|text| *text = typeset(text));
        }
        paper
    }
}

/// Widths of columns, in percents: no word is broken, and what is long gets what is left.
fn widths(head: &[String], rows: &[Vec<String>]) -> Vec<u32> {
    let length = |text: &str| text.chars().count() + 3;
    let word = |text: &str| text.split(' ').map(length).max().unwrap_or(0);
    let most = |of: &dyn Fn(&str) -> usize, at: usize| {
        let cells = std::iter::once(&head[at]).chain(rows.iter().filter_map(|row| row.get(at)));
        cells.map(|cell| of(cell)).max().unwrap_or(0)
    };
    let needed: Vec<usize> = (0..head.len()).map(|at| most(&word, at)).collect();
    let wanted: Vec<usize> = (0..head.len()).map(|at| most(&length, at)).collect();
    let (least, whole) = (needed.iter().sum::<usize>(), wanted.iter().sum::<usize>());
    let shares: Vec<f64> = if whole <= LINE || least >= LINE {
        (if whole <= LINE { wanted } else { needed }).into_iter().map(|w| w as f64).collect()
    } else {
        let rest = (LINE - least) as f64 / (whole - least) as f64;
        needed.iter().zip(wanted).map(|(n, w)| *n as f64 + (w - n) as f64 * rest).collect()
    };
    let sum: f64 = shares.iter().sum();
    let mut percents: Vec<u32> = shares.iter().map(|share| (share / sum * 100.0) as u32).collect();
    let left = 100 - percents.iter().sum::<u32>().min(100);
    if let Some(widest) = percents.iter_mut().max() {
        *widest += left;
    }
    percents
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_broken_by_a_narrow_column() {
        let text = |text: &str| text.to_owned();
        let long = "encaissements multipliés par leur taux de marge, moins tous les coûts, par « Achat » et par personne arrivée";
        let rows = vec![vec![text("Marge d’un achat"), text(long), text("à calculer")]];
        let widths = widths(&["Indicateur", "Définition", "Valeur"].map(text), &rows);
        assert_eq!(widths.iter().sum::<u32>(), 100);
        assert!(widths[2] >= 10, "{widths:?}");
        assert!(widths[1] > widths[0] && widths[0] > widths[2], "{widths:?}");
    }
}

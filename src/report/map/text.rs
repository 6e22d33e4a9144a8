//! Text that is not drawn yet: how wide it is, and where its lines break.

use super::advances::{EM, advance};

/// A face at a size. Italics are as wide as upright letters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Face {
    /// In units of the picture.
    pub(in crate::report) size: f64,
    /// Weight 700.
    pub(in crate::report) bold: bool,
    /// Space added after each character.
    pub(in crate::report) tracking: f64,
}

/// Height of letters with accents above the base line, in ems.
pub(super) const ASCENT: f64 = 0.905;
/// Depth of letters below the base line, in ems.
pub(super) const DESCENT: f64 = 0.212;
/// What stands for what is left out.
pub(super) const ELLIPSIS: char = '…';

impl Face {
    /// Upright and light.
    pub(in crate::report) const fn plain(size: f64) -> Self {
        Self { size, bold: false, tracking: 0.0 }
    }

    /// Upright and bold.
    pub(in crate::report) const fn bold(size: f64) -> Self {
        Self { size, bold: true, tracking: 0.0 }
    }

    /// How wide a line is.
    pub(in crate::report) fn width(self, text: &str) -> f64 {
        let (units, letters) =
            text.chars().fold((0_u32, 0_u32), |(units, letters), c| (units + u32::from(advance(c, self.bold)), letters + 1));
        f64::from(units) / EM * self.size + f64::from(letters) * self.tracking
    }

    /// A line that is at most that wide: the text, or its beginning with an ellipsis.
    pub(in crate::report) fn fit(self, text: &str, width: f64) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let mut kept: String = text.to_owned();
        while kept.pop().is_some() {
            let line = format!("{}{ELLIPSIS}", kept.trim_end());
            if self.width(&line) <= width {
                return line;
            }
        }
        ELLIPSIS.to_string()
    }

    /// The text in lines at most that wide. A word that is wider than a line is divided by a hyphen where a syllable may end. What does
    /// not fit into `most` lines is cut by an ellipsis, as is a word that cannot be divided; the second value says whether anything
    /// was. Without text there are no lines.
    pub(super) fn wrap(self, text: &str, width: f64, most: usize) -> (Vec<String>, bool) {
        self.wrap_after(text, 0.0, width, most)
    }

    /// The same, with the first line shorter by something that stands before it.
    pub(super) fn wrap_after(self, text: &str, before: f64, width: f64, most: usize) -> (Vec<String>, bool) {
        let mut lines: Vec<String> = Vec::new();
        let mut words: Vec<(&str, bool)> = pieces(text).collect();
        words.reverse();
        let mut cut = false;
        while !words.is_empty() && lines.len() < most {
            let mut line = String::new();
            let width = if lines.is_empty() { width - before } else { width };
            while let Some(&(word, joined)) = words.last() {
                let space = if line.is_empty() || joined { "" } else { " " };
                let longer = format!("{line}{space}{word}");
                if self.width(&longer) > width {
                    if !line.is_empty() {
                        break;
                    }
                    // The last line shows as much of a word as it can: it is cut, not divided.
                    if let Some(at) = Some(word).filter(|_| lines.len() + 1 < most).and_then(|word| self.divide(word, width)) {
                        line = format!("{}-", &word[..at]);
                        words.pop();
                        words.push((&word[at..], true));
                        break;
                    }
                }
                line = longer;
                words.pop();
            }
            let last = lines.len() + 1 == most && !words.is_empty();
            let whole = if last { format!("{line}{ELLIPSIS}") } else { line };
            let fitted = self.fit(&whole, width);
            cut |= last || fitted != whole;
            lines.push(fitted);
        }
        (lines, cut)
    }

    /// Where to divide a word so that what comes first, with a hyphen, is as long as fits.
    fn divide(self, word: &str, width: f64) -> Option<usize> {
        let fits = |at: &usize| self.width(&format!("{}-", &word[..*at])) <= width;
        syllables(word).into_iter().rev().find(fits)
    }
}

/// Where syllables of a word may end: before a consonant (or two that are spoken as one) that a vowel follows, with at least three
/// letters before and four after. This is the rule of French; it is good enough for names in other languages.
fn syllables(word: &str) -> Vec<usize> {
    const EACH: usize = 3;
    const TOGETHER: [&str; 22] = [
        "bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gn", "gr", "kl", "kr", "ph", "pl", "pr", "qu", "sh", "th", "tr",
        "vr", "wr",
    ];
    let letters: Vec<(usize, char)> = word.char_indices().flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c))).collect();
    let is_vowel = |c: char| "aeiouyàâäéèêëîïôöùûüœæ".contains(c);
    let is_consonant = |c: char| c.is_alphabetic() && !is_vowel(c);
    let ends = |at: usize| {
        let c = |i: usize| letters.get(i).map_or(' ', |l| l.1);
        let together = |i: usize| TOGETHER.contains(&[c(i), c(i + 1)].iter().collect::<String>().as_str());
        let alone = is_consonant(c(at)) && is_vowel(c(at + 1)) && !together(at - 1);
        let pair = together(at) && is_vowel(c(at + 2));
        letters[at - EACH..at].iter().all(|l| l.1.is_alphabetic()) && (alone || pair)
    };
    let last = letters.len().saturating_sub(EACH + 1);
    (EACH..=last).filter(|&at| letters.len() >= 2 * EACH && ends(at)).map(|at| letters[at].0).collect()
}

/// The words of a text; signs that stand after a space in French (`?`, `»`) stay with the word before them.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for word in text.split([' ', '\n', '\t', '\r']) {
        let to = from + word.len();
        let is_sign = !word.is_empty() && word.chars().all(|c| "?!:;»%€".contains(c));
        match words.last_mut().filter(|last| is_sign && last.1 + 1 == from) {
            Some(last) => last.1 = to,
            None if word.is_empty() => {}
            None => words.push((from, to)),
        }
        from = to + 1;
    }
    words.into_iter().map(|(from, to)| &text[from..to]).collect()
}

/// The pieces between which a line may break, and whether each follows the one before without a space: words, and the two halves of
/// a word with a hyphen, if both are long.
fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    const HALF: usize = 4;
    words(text).into_iter().flat_map(|word| {
        let long = |half: &str| half.chars().count() >= HALF;
        let at = word.match_indices('-').map(|(at, _)| at + 1).find(|&at| long(&word[..at - 1]) && long(&word[at..]));
        let (first, second) = word.split_at(at.unwrap_or(word.len()));
        std::iter::once((first, false)).chain(Some((second, true)).filter(|_| at.is_some()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // Liberation Sans: H 1479, é 1139, l 455, i 455, n 1139 of 2048.
        assert!((Face::plain(2048.0).width("Hélin") - f64::from(1479 + 1139 + 455 + 455 + 1139)).abs() < 1e-9);
        // Bold: H 1479, → 2048, … 2048, œ 1933, Œ 2048.
        assert!((Face::bold(2048.0).width("H→…œŒ") - f64::from(1479 + 2048 + 2048 + 1933 + 2048)).abs() < 1e-9);
        assert!(Face::plain(12.0).width("10\u{202f}000") > Face::plain(12.0).width("10000"));
        assert!(
            (Face { size: 14.0, bold: true, tracking: 0.8 }.width("ZMOT") - Face::bold(14.0).width("ZMOT") - 3.2).abs() < 1e-9
        );
    }

    #[test]
    fn lines_break_between_words_only() {
        let face = Face::plain(10.0);
        let (lines, cut) = face.wrap("un deux trois quatre", face.width("un deux trois"), 3);
        assert_eq!((lines, cut), (vec!["un deux trois".to_owned(), "quatre".to_owned()], false));
        let (lines, cut) = face.wrap("« pas\u{a0}ici »", face.width("« pas\u{a0}ici »") - 1.0, 3);
        assert_eq!((lines.len(), cut), (2, false));
        assert_eq!(face.wrap("  ", 100.0, 2), (Vec::new(), false));
        let (lines, cut) = face.wrap("chez moi ?", face.width("chez moi"), 3);
        assert_eq!((lines, cut), (vec!["chez".to_owned(), "moi ?".to_owned()], false));
        let (lines, cut) = face.wrap("Marie-Clémentine, e-mail", face.width("Clémentine,"), 3);
        assert_eq!((lines, cut), (vec!["Marie-".to_owned(), "Clémentine,".to_owned(), "e-mail".to_owned()], false));
        let (lines, cut) = face.wrap("service après-vente", face.width("service après-"), 3);
        assert_eq!((lines, cut), (vec!["service après-".to_owned(), "vente".to_owned()], false));
    }

    #[test]
    fn long_words_are_divided_between_syllables() {
        let parts = |word: &str| {
            let mut ends = syllables(word);
            ends.push(word.len());
            let mut from = 0;
            ends.into_iter().map(|at| word[std::mem::replace(&mut from, at)..at].to_owned()).collect::<Vec<_>>().join("-")
        };
        // As French dictionaries divide them; no part of less than three letters at the ends.
        assert_eq!(parts("réapprovisionnement"), "réap-pro-vi-sion-ne-ment");
        assert_eq!(parts("anticonstitutionnellement"), "anti-cons-ti-tu-tion-nel-le-ment");
        assert_eq!(parts("téléphone"), "télé-phone");
        assert_eq!(parts("panier"), "panier");
        let face = Face::bold(12.0);
        let width = face.width("Réapprovisionne");
        assert_eq!(face.wrap("Réapprovisionnement", width, 2), (vec!["Réapprovision-".into(), "nement".into()], false));
        // Alone on its last line it is cut.
        assert!(face.wrap("Réapprovisionnement", width, 1).1);
    }

    #[test]
    fn what_is_cut_ends_in_an_ellipsis_and_still_fits() {
        let face = Face::bold(12.0);
        for width in [0.0, 12.0, 30.0, 55.0, 70.0] {
            let (lines, cut) = face.wrap("Recommandation personnalisée du conseiller", width, 2);
            assert!(cut && lines.len() <= 2, "{lines:?}");
            assert!(lines.iter().all(|line| face.width(line) <= width.max(face.width("…"))), "{width} {lines:?}");
            assert!(lines.last().is_some_and(|line| line.ends_with(ELLIPSIS)), "{lines:?}");
        }
    }
}

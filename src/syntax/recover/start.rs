//! Lines that start wrongly: with a misspelled word, with one that belongs elsewhere, with none.

use super::{Context, quoted};
use crate::diagnostics::{Code, Diagnostic, closest, resembling};
use crate::locale::Words;
use crate::syntax::draft::Draft;
use crate::syntax::words::{ARROW, Block, first_word, home};
use crate::words;
use std::collections::HashSet;

/// How comments start elsewhere.
const COMMENTS: &[&str] = &["#", "/*", "--", "<!--", "%"];

/// What is wrong with how a line starts, if anything is, and the line as it was probably meant.
pub(super) fn wrong_start<'d>(context: Context, draft: &Draft<'d>) -> Option<(Diagnostic, Option<Draft<'d>>)> {
    let block = context.block;
    let start = draft.text.len() - draft.text.trim_start().len();
    let word = first_word(&draft.text[start..]);
    if word.is_empty() {
        let first = draft.text[start..].chars().next()?;
        if let Some(sign) = COMMENTS.iter().find(|sign| draft.text[start..].starts_with(**sign)) {
            let span = draft.at(start..start + sign.len());
            let message = words!("a comment starts with `//`", "un commentaire commence par `//`");
            let found = Diagnostic::new(Code::UnexpectedText, span, message);
            // A comment of several lines ends elsewhere, and other signs may mean other things.
            let is_certain = matches!(*sign, "#" | "--");
            return Some((found.mend(words!("write `//`", "écrivez `//`"), span, "//", is_certain), None));
        }
        // Signs and quotes; a misprinted arrow has been mended by now.
        let span = draft.at(start..start + first.len_utf8());
        let message = words!("a line does not start with `{first}`", "une ligne ne commence pas par `{first}`");
        return Some((with_starts(Diagnostic::new(Code::UnexpectedText, span, message), block, word), None));
    }
    if block.form(word).is_some() {
        return None;
    }
    let range = start..start + word.len();
    let span = draft.at(range.clone());
    let shown = quoted(word);
    let place = block.place();
    let meant = closest(word, block.forms().map(|form| form.word).filter(|w| *w != ARROW));
    let as_meant = meant.map(|meant| (meant, draft.with(range.clone(), meant)));
    if let Some((meant, mended)) = as_meant.clone().filter(|(_, mended)| context.reads(&mended.text)) {
        return Some((misspelled(block, span, &shown, meant), Some(mended)));
    }
    if let Some(home) = home(word) {
        let home = home.place();
        let message = Words {
            en: format!("{shown} stands {}, not {}", home.en, place.en),
            fr: format!("{shown} se place {}, pas {}", home.fr, place.fr),
        };
        return Some((Diagnostic::new(Code::Misplaced, span, message), None));
    }
    let arrow = draft.with(start..start, "-> ");
    if block.form(ARROW).is_some() && context.reads(&arrow.text) {
        let message = words!(
            "{shown} starts no line; a way on starts with `->`",
            "{shown} ne commence aucune ligne ; une branche commence par `->`"
        );
        let found = Diagnostic::new(Code::UnknownForm, span, message);
        return Some((found.mend(words!("write `-> {word}`", "écrivez `-> {word}`"), span.before(), "-> ", false), Some(arrow)));
    }
    if let Some((meant, _)) = as_meant {
        return Some((misspelled(block, span, &shown, meant), None));
    }
    let message = Words {
        en: format!("no line starts with {shown} {}", place.en),
        fr: format!("aucune ligne ne commence par {shown} {}", place.fr),
    };
    Some((with_starts(Diagnostic::new(Code::UnknownForm, span, message), block, word), None))
}

fn misspelled(block: Block, span: crate::diagnostics::Span, shown: &str, meant: &str) -> Diagnostic {
    let place = block.place();
    let message = Words {
        en: format!("no line starts with {shown} {}", place.en),
        fr: format!("aucune ligne ne commence par {shown} {}", place.fr),
    };
    let help = words!("did you mean `{meant}`?", "vouliez-vous dire `{meant}` ?");
    Diagnostic::new(Code::UnknownForm, span, message).mend(help, span, meant, false)
}

/// No more words than these are listed: a reader would not read them.
const MOST_STARTS: usize = 6;

/// Adds words that lines start with in this block: all if they are few, else those that resemble what is written, then the
/// most usual ones.
fn with_starts(found: Diagnostic, block: Block, word: &str) -> Diagnostic {
    let all: Vec<&str> = block.forms().map(|form| form.word).collect();
    if all.len() <= MOST_STARTS {
        let list = quoted_list(&all);
        return found.help(words!("lines here start with {list}", "ici, une ligne commence par {list}"));
    }
    let mut few = resembling(word, all.iter().copied());
    few.extend(block.usual());
    let mut seen = HashSet::new();
    few.retain(|word| seen.insert(*word));
    few.truncate(MOST_STARTS - 1);
    let list = quoted_list(&few);
    found.help(words!(
        "lines here start with {list} and others: `jalon explain J0004` lists them",
        "ici, une ligne commence par {list} ou un autre mot : `jalon explain J0004` en donne la liste"
    ))
}

fn quoted_list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_code_lists_every_word_that_starts_a_line() {
        let page = Code::UnknownForm.page();
        for block in Block::ALL {
            for form in block.forms() {
                assert!(page.contains(&format!("`{}`", form.word)), "`{}` is not on the page", form.word);
            }
            assert!(block.usual().all(|word| block.form(word).is_some()), "{block:?}");
        }
    }
}

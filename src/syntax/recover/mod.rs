//! Lines that cannot be read → what is wrong with them, and what can be kept.
//!
//! Comes in: a line, its block, and where reading stopped. Goes out: one finding for each mistake, and the line as it was
//! probably meant, where that is known. The message is chosen by trying: the mend that makes the line readable names the
//! mistake. Every try costs one reading of the line, and their number is bounded.

mod mend;
mod missing;
mod near;
mod slips;
mod start;

use super::draft::Draft;
use super::grammar::{Rule, Unread, read_line};
use super::invisible::visible;
use super::reader::Reader;
use super::words::{ARROW, Block, first_word};
use crate::diagnostics::{Code, Diagnostic};
use crate::limits::{LONGEST_MENDED, MOST_FACTS};
use crate::words;

/// Words of the author in a message: in backticks, the first line of them, not too long.
pub(super) fn quoted(text: &str) -> String {
    let line = text.trim().split(['\n', '\r']).next().unwrap_or_default().trim_end();
    let mut short: String = line.chars().take(40).map(visible).collect();
    if line.chars().nth(40).is_some() {
        short.push('…');
    }
    format!("`{short}`")
}

/// Where a line that cannot be read stands, and how it would be read.
#[derive(Clone, Copy)]
struct Context {
    block: Block,
    production: Rule,
}

impl Context {
    /// Where reading stops, if it does.
    fn stops(self, text: &str) -> Option<usize> {
        match read_line(self.production, text) {
            Ok(_) => None,
            Err(Unread::At(at)) => Some(at.min(text.len())),
            Err(Unread::TooDeep) => Some(0),
        }
    }

    fn reads(self, text: &str) -> bool {
        self.stops(text).is_none()
    }
}

impl Reader<'_> {
    /// The readable facts on a line that cannot be read as it is.
    pub(super) fn recover<'d>(&mut self, block: Block, production: Rule, draft: &Draft<'d>, stop: usize) -> Vec<Draft<'d>> {
        let context = Context { block, production };
        let rows = rows(block, &draft.text);
        if rows.len() < 2 {
            return self.recover_row(context, draft, stop);
        }
        let mut facts = Vec::new();
        for row in rows {
            if self.has_enough() {
                break;
            }
            let row = draft.part(row);
            match context.stops(&row.text) {
                None => facts.push(row),
                Some(stop) => facts.extend(self.recover_row(context, &row, stop)),
            }
        }
        facts
    }

    fn recover_row<'d>(&mut self, context: Context, draft: &Draft<'d>, stop: usize) -> Vec<Draft<'d>> {
        let (draft, slips, spoilt) = slips::mend(draft, context);
        let has_slips = matches!(draft.text, std::borrow::Cow::Owned(_));
        slips.into_iter().for_each(|found| self.say(found));
        let stop = if has_slips { context.stops(&draft.text) } else { Some(stop) };
        let Some(stop) = stop else { return vec![draft] };
        if spoilt {
            return Vec::new();
        }
        if let Some((found, kept)) = start::wrong_start(context, &draft) {
            self.say(found);
            return kept.into_iter().collect();
        }
        let is_long = draft.text.len() > LONGEST_MENDED;
        let mut facts = if is_long { Vec::new() } else { self.several_facts(context, &draft, stop) };
        if facts.is_empty() {
            let (found, kept) = mend::mend(context, &draft, stop);
            self.say(found);
            facts.extend(kept);
        }
        facts
    }

    /// The facts of a line that holds more than one.
    fn several_facts<'d>(&mut self, context: Context, draft: &Draft<'d>, stop: usize) -> Vec<Draft<'d>> {
        let mut facts: Vec<Draft<'d>> = Vec::new();
        // A semicolon between facts parts them as little as blanks do.
        let past_sign = |stop: usize| draft.text.len() - draft.text[stop..].trim_start_matches([';', ' ', '\t']).len();
        let (mut start, mut stop) = (0, past_sign(stop));
        while facts.len() < MOST_FACTS && starts_fact(context.block, &draft.text[stop..]) {
            let before = draft.text[start..stop].trim_end_matches(|c: char| c.is_whitespace() || c == ';' || c == ',').len();
            if before == 0 || !context.reads(&draft.text[start..start + before]) {
                break;
            }
            if facts.is_empty() {
                let second = draft.at(stop..draft.text.len());
                let gap = draft.at(start + before..stop);
                // A block on one line has no second line to give.
                let line_start = draft.whole().start as usize;
                let before_line = self.text[..line_start].trim_end_matches([' ', '\t']);
                let is_inline = before_line.ends_with('{');
                let indent = &self.text[before_line.len()..line_start];
                // Behind a branch, what looks like a fact may be meant as a part of it.
                let is_parted = draft.text[start + before..stop].contains(';') || first_word(&draft.text[start..]) != ARROW;
                self.say(
                    Diagnostic::new(Code::OneFactPerLine, second, words!("one fact per line", "un fait par ligne"))
                        .here(words!("this is a second one", "en voici un second"))
                        .mend(
                            words!("start a new line here", "passez à la ligne ici"),
                            gap,
                            format!("\n{indent}"),
                            !is_inline && is_parted,
                        ),
                );
            }
            facts.push(draft.part(start..start + before));
            start = stop;
            match context.stops(&draft.text[start..]) {
                None => {
                    facts.push(draft.part(start..draft.text.len()));
                    break;
                }
                Some(0) => break,
                Some(next) => stop = past_sign(start + next),
            }
        }
        facts
    }
}

/// Whether a text starts as a fact of this block does.
fn starts_fact(block: Block, text: &str) -> bool {
    let word = first_word(text);
    !word.is_empty() && block.form(word).is_some()
}

/// The parts of a line that goes on over line ends, where a part starts as a fact does: the author meant them as lines.
fn rows(block: Block, text: &str) -> Vec<std::ops::Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for (end, _) in text.match_indices('\n') {
        // A blank line has been stepped over with the line before it.
        if end < start {
            continue;
        }
        let next = end + 1 + text[end + 1..].find(|c: char| !c.is_whitespace()).unwrap_or(0);
        if starts_fact(block, &text[next..]) {
            rows.push(start..start + text[start..end].trim_end().len());
            start = next;
        }
    }
    rows.push(start..text.len());
    rows
}

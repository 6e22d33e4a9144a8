//! Where the first message points when one word of a journey is wrong.
//!
//! A mutant is a journey of `specs/` with one token deleted, swapped with its neighbour, or misspelled. Of those that are no
//! longer valid (an error or a warning where there was none), the first message must have a label on the damaged line. The
//! slow lane prints the share for several seeds, and each miss: `cargo test --test suite mutants -- --ignored --nocapture`.

use super::soundness::Nothing;
use super::support::files;
use jalon::compile::compile;
use jalon::diagnostics::{Diagnostic, Severity, render_human};
use jalon::locale::Lang;
use std::fs;
use std::ops::Range;

/// How many seeds, of sixty mutants each.
const SEEDS: u64 = 20;

/// What is done to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// It is left out.
    Delete,
    /// It changes places with the next one on its line.
    Swap,
    /// Two of its letters change places, or one is left out.
    Misspell,
    /// It is written twice.
    Repeat,
}

impl Mutation {
    pub(crate) const ALL: [Self; 4] = [Self::Delete, Self::Swap, Self::Misspell, Self::Repeat];
}

/// The tokens of a text, comments and the inside of texts apart: words, numbers, whole texts, signs.
pub(crate) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let letters = |rest: &str| rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = match c {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '/' if rest.starts_with("//") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '"' => {
                let end = rest[1..].find(['"', '\n']).map_or(rest.len(), |end| end + 1);
                if rest[end..].starts_with('"') { end + 1 } else { end }
            }
            c if c.is_ascii_digit() => {
                let whole = letters(rest);
                let decimals = rest[whole..].strip_prefix('.').filter(|d| d.starts_with(|c: char| c.is_ascii_digit()));
                decimals.map_or(whole, |decimals| whole + 1 + letters(decimals))
            }
            c if c.is_alphabetic() || c == '_' => letters(rest),
            _ => ["->", "..", "<=", ">=", "!="]
                .iter()
                .find(|sign| rest.starts_with(**sign))
                .map_or(c.len_utf8(), |sign| sign.len()),
        };
        found.push(at..at + length);
        at += length;
    }
    found
}

/// The text with its `which`th token changed, if that can be done to it.
pub(crate) fn mutant(text: &str, mutation: Mutation, which: usize) -> Option<String> {
    let tokens = tokens(text);
    let token = tokens.get(which)?.clone();
    let word = &text[token.clone()];
    let (range, new) = match mutation {
        Mutation::Delete => (token, String::new()),
        Mutation::Repeat => (token, format!("{word} {word}")),
        Mutation::Swap => {
            let next = tokens.get(which + 1)?.clone();
            let between = &text[token.end..next.start];
            if between.contains('\n') || text[next.clone()] == *word {
                return None;
            }
            (token.start..next.end, format!("{}{between}{word}", &text[next]))
        }
        Mutation::Misspell => {
            let mut letters: Vec<char> = word.chars().collect();
            if letters.len() < 3 || !letters.iter().all(|c| c.is_alphabetic() || *c == '_') {
                return None;
            }
            let at = 1 + which % (letters.len() - 2);
            if letters[at] == letters[at + 1] || which.is_multiple_of(3) {
                letters.remove(at);
            } else {
                letters.swap(at, at + 1);
            }
            (token, letters.into_iter().collect())
        }
    };
    Some(format!("{}{new}{}", &text[..range.start], &text[range.end..]))
}

/// The line, from 1, where two texts begin to differ.
fn damaged(before: &str, after: &str) -> u32 {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    before.as_bytes()[..same].iter().filter(|b| **b == b'\n').count() as u32 + 1
}

/// What one mutant came to.
enum Outcome {
    /// It is a journey still.
    Valid,
    /// The first message has a label on its line.
    Hit,
    /// It has not: what was damaged, and the page.
    Miss(String),
}

fn outcome(name: &str, text: &str, mutated: &str) -> Outcome {
    let found = |text: &str| {
        let mut compiled = compile(name, text.to_owned(), &Nothing);
        compiled.diagnostics.retain(|d| d.severity != Severity::Note);
        compiled
    };
    let compiled = found(mutated);
    let line = damaged(text, mutated);
    // Where a label starts counts; that a long one runs over the line would be cheap.
    let on_line = |d: &Diagnostic| {
        d.labels.iter().any(|label| compiled.sources.get(label.span.file).position(label.span.start).line == line)
    };
    match compiled.diagnostics.first() {
        None => Outcome::Valid,
        Some(first) if on_line(first) => Outcome::Hit,
        Some(first) => {
            let page = render_human(std::slice::from_ref(first), &compiled.sources, Lang::En, false);
            let lines = |text: &str| text.lines().nth(line as usize - 1).unwrap_or_default().trim().to_owned();
            Outcome::Miss(format!("{name}:{line}\n  - {}\n  + {}\n{page}", lines(text), lines(mutated)))
        }
    }
}

/// Numbers that look random: splitmix64.
struct Luck(u64);

impl Luck {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// So many mutants of a seed: how many are no longer valid, how many of those are told where they are wrong, and the misses.
fn tally(seed: u64, mutants: usize) -> (usize, usize, Vec<String>) {
    let journeys: Vec<(String, String)> = files("specs", "journey")
        .into_iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    let mut luck = Luck(seed);
    let (mut made, mut broken, mut misses) = (0, 0, Vec::new());
    while made < mutants {
        let (name, text) = &journeys[luck.below(journeys.len())];
        let mutation = Mutation::ALL[luck.below(3)];
        let Some(mutated) = mutant(text, mutation, luck.below(tokens(text).len())) else { continue };
        made += 1;
        match outcome(name, text, &mutated) {
            Outcome::Valid => {}
            Outcome::Hit => broken += 1,
            Outcome::Miss(page) => {
                broken += 1;
                misses.push(format!("{mutation:?} {page}"));
            }
        }
    }
    (broken, broken - misses.len(), misses)
}

#[test]
#[expect(clippy::print_stdout, reason = "the slow lane prints its figures")]
#[ignore = "slow lane: compiles sixty journeys for each of many seeds"]
fn the_first_message_points_at_the_damage() {
    let (mut broken, mut told) = (0, 0);
    for seed in 1..=SEEDS {
        let (b, t, misses) = tally(seed, 60);
        misses.iter().for_each(|miss| println!("{miss}"));
        println!(
            "seed {seed}: {b} of 60 mutants are no longer valid; the first message points at the damage in {t} ({} %)",
            100 * t / b
        );
        (broken, told) = (broken + b, told + t);
    }
    println!("all: {told} of {broken} ({:.1} %)", 100.0 * told as f64 / broken as f64);
    assert!(10 * told >= 9 * broken);
}

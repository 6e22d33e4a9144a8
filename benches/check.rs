//! How long checking takes, as a ratio to pest reading the same text by the same grammar and keeping nothing.
//!
//! A generated journey of 10,000 touchpoints (about 1.5 MB): clean, with a mistake on every tenth line, and twice as long.
//! `cargo bench --bench check [touchpoints]`

#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

use jalon::compile::compile;
use jalon::resolve::{LoadError, Loader};
use pest::Parser as _;
use std::fmt::Write;
use std::time::Instant;

mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/journey.pest"]
    pub(crate) struct Grammar;
}

use grammar::{Grammar, Rule};

const RUNS: usize = 5;

fn main() {
    let touchpoints = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(10_000_usize);
    let clean = journey(touchpoints);
    let spoilt = spoil(&clean);
    let double = journey(2 * touchpoints);
    println!("{touchpoints} touchpoints, {:.2} MB", clean.len() as f64 / 1e6);
    let bare = median("pest alone", || bare(&clean));
    let check = median("check", || findings(&clean));
    let with_errors = median("check, a mistake on every tenth line", || findings(&spoilt));
    let twice = median("check, twice as long", || findings(&double));
    println!("ratios to pest alone: check {:.2}, with mistakes {:.2}", check / bare, with_errors / bare);
    println!("twice as long: {:.2} times the time", twice / check);
}

fn median(label: &str, run: impl Fn() -> usize) -> f64 {
    let mut times = Vec::new();
    let mut count = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        count = run();
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    println!("{label:<40} {:>8.1} ms  ({count})", times[RUNS / 2] * 1e3);
    times[RUNS / 2]
}

/// The text read by the grammar, outline and lines, and nothing kept: how many lines it could read.
fn bare(text: &str) -> usize {
    let outline = Grammar::parse(Rule::outline, text).expect("the outline reads any text").next().expect("one outline");
    let (mut blocks, mut head, mut read) = (vec![Rule::top_line], Rule::top_line, 0);
    for piece in outline.into_inner() {
        match piece.as_rule() {
            Rule::line => {
                let line = piece.as_str().trim_end();
                let production = *blocks.last().expect("the top level stays");
                read += usize::from(Grammar::parse(production, line).is_ok());
                head = inside(line.split_whitespace().next().unwrap_or_default());
            }
            Rule::open => blocks.push(head),
            Rule::close if blocks.len() > 1 => _ = blocks.pop(),
            _ => {}
        }
    }
    read
}

/// The production of the lines in the block that a word opens.
fn inside(word: &str) -> Rule {
    match word {
        "stage" => Rule::stage_line,
        "touchpoint" => Rule::touchpoint_line,
        "persona" => Rule::persona_line,
        "arrive" => Rule::arrive_line,
        "memory" => Rule::memory_line,
        _ => Rule::top_line,
    }
}

/// Everything found wrong, as `jalon check` finds it.
fn findings(text: &str) -> usize {
    compile("generated.journey", text.to_owned(), &Nothing).diagnostics.len()
}

struct Nothing;

impl Loader for Nothing {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

/// A journey of so many touchpoints: stages of a hundred, each touchpoint leading to the next two and out.
fn journey(touchpoints: usize) -> String {
    let mut text = String::from(
        "journey generated \"Generated\"\ncurrency EUR\n\nsource survey \"A survey\"\npersona julie \"Julie\"\npersona roger \"Roger\"\n\
         channel web \"Web\" digital owned\nchannel shop \"Shop\" physical owned\nend served \"Served\" success\nend lost \"Lost\" failure\n\n\
         param clicked = 90 of 1000 source survey\n\narrive 1000 {\n  of julie 60%\n  of roger otherwise\n  -> t0\n}\n",
    );
    for t in 0..touchpoints {
        if t % 100 == 0 {
            let close = if t == 0 { "" } else { "}\n" };
            write!(text, "{close}\nstage s{} \"Stage {}\" {{\n", t / 100, t / 100).expect("writing to a text");
        }
        let channel = if t % 3 == 0 { "shop" } else { "web" };
        let (next, after) = match touchpoints - t {
            1 => ("served".to_owned(), "served".to_owned()),
            2 => (format!("t{}", t + 1), "served".to_owned()),
            _ => (format!("t{}", t + 1), format!("t{}", t + 2)),
        };
        write!(
            text,
            "  touchpoint t{t} \"Touchpoint {t}\" on {channel} {{\n    takes 1..3 min\n    cost  0.05 EUR\n    -> {next} {}%, {}% for roger\n    \
             -> {after} clicked\n    -> lost otherwise\n  }}\n",
            60 + t % 20,
            50 + t % 30,
        )
        .expect("writing to a text");
    }
    text + "}\n\nkpi sold \"Sold\" = rate(served)\nexpect sold >= 0%\n"
}

/// The same text with a slip on every tenth line: a decimal comma, an unknown name, a bare number, a word that is none.
fn spoil(text: &str) -> String {
    let slips = [("0.05", "0,05"), ("-> ", "-> x"), ("%", ""), ("takes", "takse"), ("cost", "cots")];
    let mut spoilt = String::new();
    for (i, line) in text.lines().enumerate() {
        let slip = slips.iter().cycle().skip(i / 10 % slips.len()).take(slips.len()).find(|(right, _)| line.contains(right));
        match slip.filter(|_| i % 10 == 5) {
            Some((right, wrong)) => spoilt += &line.replacen(right, wrong, 1),
            None => spoilt += line,
        }
        spoilt.push('\n');
    }
    spoilt
}

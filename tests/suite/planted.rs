//! Mistakes planted in a large journey, one per section: each is told once, in one run, and none because of another.

use super::support::root;
use jalon::compile::compile;
use jalon::diagnostics::{Diagnostic, Severity};
use jalon::resolve::{LoadError, Loader};
use std::fs;

/// A journey by itself.
struct Alone;

impl Loader for Alone {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

/// What is written in the omnichannel journey, what takes its place, and the code that this must give. One per section.
type Planted = (&'static str, &'static str, &'static str);

const FIRST: [Planted; 10] = [
    // params: a decimal comma
    ("= 0.62 EUR source web_audit", "= 0,62 EUR source web_audit", "J0008"),
    // personas: nobody is that old
    ("  age        63\n", "  age        630\n", "J0205"),
    // channels: a word that is none
    ("bouche-à-oreille\" digital earned", "bouche-à-oreille\" digital borrowed", "J0104"),
    // memory: bounds the wrong way round
    ("\"Relances reçues\" 0..2", "\"Relances reçues\" 2..0", "J0207"),
    // arrivals: 40 + 35 + 35 and the rest
    ("  of helene 15%\n  of studio otherwise\n  budget", "  of helene 35%\n  of studio otherwise\n  budget", "J0204"),
    // a branch to nowhere
    ("    -> guide    7%\n", "    -> giude    7%\n", "J0101"),
    // branches past 100 %
    ("    -> at_home_now 94%\n", "    -> at_home_now 94%\n    -> survey      9%\n", "J0203"),
    // a bare number for a probability
    ("    -> answer 65% after 1..3 days\n", "    -> answer 0.65 after 1..3 days\n", "J0201"),
    // kpis: a unit that is none
    ("= touches(push)\n", "= touches(psh)\n", "J0101"),
    // scenarios: more than all
    ("set cart_kept = 42%", "set cart_kept = 142%", "J0205"),
];

/// Other mistakes in the same sections.
const SECOND: [Planted; 10] = [
    // a source that is not declared
    ("= 38 EUR range 30..48 EUR", "= 38 EUR range 30..48 EUR source carrier_invoices", "J0101"),
    // a persona said twice over
    ("  age        41\n", "  age        41\n  age        42\n", "J0108"),
    // a channel that costs time
    ("  cost 4 EUR\n", "  cost 4 min\n", "J0202"),
    // two names alike
    ("goal member   \"Carte de fidélité\"", "goal order   \"Carte de fidélité\"", "J0102"),
    // an arrival of nobody known
    ("  -> window      34%\n", "  -> widnow      34%\n", "J0101"),
    // a fact that is none
    (
        "    effort 2\n    does   \"Lit comment choisir une assise\"",
        "    efort 2\n    does   \"Lit comment choisir une assise\"",
        "J0004",
    ),
    // a way on too short
    ("    -> at_home_now otherwise set buyer\n", "    -> at_home_now 20% set buyer\n", "J0203"),
    // time below zero
    ("    takes  15..50 min\n", "    takes  50..15 min\n", "J0207"),
    // a text left open
    ("    does  \"Publie son salon et cite l'enseigne\"\n", "    does  \"Publie son salon et cite l'enseigne\n", "J0007"),
    // a feeling off its scale
    ("    feel   -4 \"ils le méritent\"\n", "    feel   -7 \"ils le méritent\"\n", "J0205"),
];

/// A text whose words stand one blank apart: what is planted does not hang on how tables are aligned.
fn single(text: &str) -> String {
    let mut words = String::new();
    for letter in text.chars().filter(|l| *l != '\r') {
        if letter != ' ' || !words.ends_with(' ') {
            words.push(letter);
        }
    }
    words
}

/// Codes and their lines, in the order of the lines.
type Told = Vec<(String, usize)>;

/// What the text with mistakes must give, and what it gives.
fn told(planted: &[Planted]) -> (Told, Told) {
    let mut text = single(&fs::read_to_string(root().join("specs/retail/omnichannel.journey")).unwrap());
    let planted: Vec<(String, String, &str)> =
        planted.iter().map(|(right, wrong, code)| (single(right), single(wrong), *code)).collect();
    for (right, wrong, _) in &planted {
        assert_eq!(text.matches(right.as_str()).count(), 1, "{right}");
        text = text.replace(right.as_str(), wrong);
    }
    let line_of = |wrong: &str, right: &str| {
        let at = text.find(wrong).unwrap();
        // Where the two first differ.
        let same = wrong.bytes().zip(right.bytes()).take_while(|(a, b)| a == b).count();
        text.as_bytes()[..at + same].iter().filter(|b| **b == b'\n').count() + 1
    };
    let mut asked: Vec<_> = planted.iter().map(|(right, wrong, code)| ((*code).to_owned(), line_of(wrong, right))).collect();
    let compiled = compile("omnichannel.journey", text.clone(), &Alone);
    let line = |d: &Diagnostic| compiled.sources.get(d.span().file).position(d.span().start).line as usize;
    let said = compiled.diagnostics.iter().filter(|d| d.severity != Severity::Note);
    let mut said: Vec<_> = said.map(|d| (d.code.number().to_owned(), line(d))).collect();
    asked.sort_by_key(|(_, line)| *line);
    said.sort_by_key(|(_, line)| *line);
    (asked, said)
}

#[test]
fn ten_mistakes_are_ten_messages() {
    for planted in [&FIRST, &SECOND] {
        let (asked, said) = told(planted);
        assert_eq!(said, asked);
    }
}

#[test]
fn each_of_them_alone_is_one_message() {
    for planted in FIRST.iter().chain(&SECOND) {
        let (asked, said) = told(std::slice::from_ref(planted));
        assert_eq!(said, asked, "{planted:?}");
    }
}

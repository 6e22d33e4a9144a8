//! What no text may do to the first half of the route: bring it down, make it point beside the text, leave it without a word.

use super::mutants::{Mutation, mutant, tokens};
use super::soundness::{check, format};
use super::support::{files, root};
use proptest::prelude::*;
use std::fs;
use std::sync::LazyLock;

/// The journeys to damage: the specs, one fixture of each code, and those with known answers. Long ones cost too much here;
/// the fuzzer takes all.
static JOURNEYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let paths = files("specs", "journey").into_iter().chain(files("tests/exact", "journey"));
    let paths = paths.chain(files("tests/diagnostics", "journey")).chain([root().join("tests/fixtures/syntax/h_memory.journey")]);
    let texts = paths.map(|path| fs::read_to_string(path).unwrap());
    texts.filter(|text| text.len() < 6_000).collect()
});

/// Words of the language, and signs that belong to it or to other hands.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let grammar = fs::read_to_string(root().join("grammar/journey.pest")).unwrap();
    let quoted = grammar.split('"').skip(1).step_by(2).filter(|word| !word.is_empty() && !word.contains('\\'));
    let marks = [
        "\n",
        "\n",
        "\r",
        "{",
        "}",
        "\n}\n",
        " {\n",
        "->",
        "9%",
        "90 of 1000",
        "\"",
        "\"a\"",
        "0,05",
        "1e9",
        "€",
        "\u{200b}",
        "é",
    ];
    quoted.chain(marks).chain(["page", "web", "out", "roger", "x"]).map(str::to_owned).collect()
});

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        check(&text);
        format(&text);
    }

    #[test]
    fn any_characters(text in "\\PC{0,120}") {
        check(&text);
    }

    #[test]
    fn any_words(words in proptest::collection::vec(any::<prop::sample::Index>(), 0..60)) {
        let text: Vec<&str> = words.iter().map(|word| word.get(&WORDS).as_str()).collect();
        check(&text.join(" "));
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn journeys_with_damaged_words(
        file in any::<prop::sample::Index>(),
        damages in proptest::collection::vec((0..4_usize, any::<prop::sample::Index>()), 1..4),
    ) {
        let mut text = file.get(&JOURNEYS).clone();
        for (kind, place) in damages {
            let tokens = tokens(&text);
            if tokens.is_empty() {
                break;
            }
            text = mutant(&text, Mutation::ALL[kind], place.index(tokens.len())).unwrap_or(text);
        }
        check(&text);
        format(&text);
    }

    #[test]
    fn journeys_cut_anywhere(file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        let text = file.get(&JOURNEYS);
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        check(&text[..*at.get(&ends)]);
        check(&text[*at.get(&ends)..]);
    }

    #[test]
    fn journeys_with_a_word_put_in(
        file in any::<prop::sample::Index>(), word in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
    ) {
        let mut text = file.get(&JOURNEYS).clone();
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let word: &String = word.get(&WORDS);
        text.insert_str(*at.get(&places), word);
        check(&text);
        format(&text);
    }
}

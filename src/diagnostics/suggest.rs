//! What the author may have meant.

/// The word nearest to `word`, if one is near enough for a slip of the fingers: none in two letters, one in up to five, two
/// in up to eight, three in longer words. A slip is a letter too many, one missing, a wrong one, or two that changed places (optimal
/// string alignment distance); a capital for a small letter is none. Of two equally near the first wins.
#[must_use]
pub fn closest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let written = letters(word);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in among {
        let meant = letters(candidate);
        let limit = best.map_or(slips_allowed(written.len().max(meant.len())), |(distance, _)| distance.saturating_sub(1));
        if candidate == word || written.len().abs_diff(meant.len()) > limit {
            continue;
        }
        let distance = distance(&written, &meant);
        if distance <= limit && distance < written.len().min(meant.len()) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The words that resemble `word`, the nearest first: those that at least half of the letters bring about.
#[must_use]
pub fn resembling<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let written = letters(word);
    let mut near: Vec<(usize, &str)> = among
        .filter_map(|candidate| {
            let meant = letters(candidate);
            let distance = distance(&written, &meant);
            (2 * distance <= written.len().max(meant.len())).then_some((distance, candidate))
        })
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

fn slips_allowed(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

/// Small letters; what is longer than any name is cut, so that no text costs more than a few microseconds.
fn letters(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).take(64).collect()
}

/// Optimal string alignment distance (Damerau–Levenshtein without overlapping transpositions).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let wrong = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + wrong);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{closest, distance, resembling};

    fn between(a: &str, b: &str) -> usize {
        distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    }

    #[test]
    fn distances_are_those_of_the_definition() {
        // kitten → sitting is the textbook case of Levenshtein (3); `ca` → `abc` is 3 without overlapping transpositions.
        assert_eq!(between("kitten", "sitting"), 3);
        assert_eq!(between("stgae", "stage"), 1);
        assert_eq!(between("ca", "abc"), 3);
        assert_eq!(between("", "été"), 3);
        assert_eq!(between("ete", "été"), 2);
    }

    #[test]
    fn words_that_resemble_come_nearest_first() {
        // gol → goal 1 of 4; gol → end 3 of 3, journey more: too far. segmnt → segment 1, scenario 6 of 8.
        let words = ["journey", "segment", "goal", "end", "scenario"];
        assert_eq!(resembling("gol", words.iter().copied()), ["goal"]);
        assert_eq!(resembling("segmnt", words.iter().copied()), ["segment"]);
        // stag → stage 1, state 2 of 5.
        assert_eq!(resembling("stag", ["state", "takes", "stage"].into_iter()), ["stage", "state"]);
        assert!(resembling("", words.iter().copied()).is_empty());
    }

    #[test]
    fn the_nearest_word_wins_within_a_threshold_that_grows() {
        let words = ["stage", "touchpoint", "takes", "think", "is"];
        let near = |word| closest(word, words.iter().copied());
        assert_eq!(near("stgae"), Some("stage"));
        assert_eq!(near("Stage"), Some("stage"));
        assert_eq!(near("touchpiont"), Some("touchpoint"));
        assert_eq!(near("tuchpont"), Some("touchpoint"));
        assert_eq!(near("take"), Some("takes"));
        assert_eq!(near("tale"), None);
        assert_eq!(near("x"), None);
        assert_eq!(near("if"), None);
        assert_eq!(near(""), None);
        assert_eq!(near("is"), None);
        assert_eq!(closest("panier", ["Panier", "panie"].into_iter()), Some("Panier"));
    }
}

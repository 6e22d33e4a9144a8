//! "Did you mean": the nearest of the words that would have been right.

/// The word of `among` that is nearest to `word`, if it is near enough to be meant: letters left out, added, changed or
/// swapped (optimal string alignment), at most a third of the longer word, case apart. Of two as near, the first in the alphabet.
#[must_use]
pub fn closest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    among
        .filter_map(|candidate| {
            let letters: Vec<char> = candidate.to_lowercase().chars().collect();
            let most = (word.len().max(letters.len())).div_ceil(3);
            if word.len().abs_diff(letters.len()) > most {
                return None;
            }
            let far = distance(&word, &letters);
            (far <= most && far < word.len().max(letters.len())).then_some((far, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = [vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<usize>>(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        rows[2][0] = i;
        for j in 1..=b.len() {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[1][j] + 1).min(rows[2][j - 1] + 1).min(rows[1][j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = least;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

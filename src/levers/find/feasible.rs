//! Where a figure is known: stretches of values, their ends as exact as they can be had.

use super::polynomial::{middle, simplest};
use num_rational::BigRational;

/// A stretch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) low: Bound,
    pub(super) high: Bound,
}

/// An end of a stretch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bound {
    /// Where it is.
    pub(super) at: BigRational,
    /// The value nearest to it at which the figure is known: the end itself if it belongs to the stretch.
    pub(super) inside: BigRational,
}

/// The stretches from `low` to `high` that `parts` equal steps, and the value as written, tell of.
pub(super) fn stretches(
    low: &BigRational,
    high: &BigRational,
    written: Option<&BigRational>,
    parts: usize,
    width: &BigRational,
    known: impl Fn(&BigRational) -> bool,
) -> Vec<Stretch> {
    let mut values: Vec<BigRational> =
        (0..=parts).map(|i| low + (high - low) * BigRational::new(i.into(), parts.into())).chain(written.cloned()).collect();
    values.sort();
    values.dedup();
    let seen: Vec<bool> = values.iter().map(&known).collect();
    let mut found: Vec<Stretch> = Vec::new();
    for (i, value) in values.iter().enumerate().filter(|(i, _)| seen[*i]) {
        let bound = |outside: Option<usize>| match outside {
            Some(o) => edge(&values[o], value, width, &known),
            None => Bound { at: value.clone(), inside: value.clone() },
        };
        let goes_on = i > 0 && seen[i - 1];
        let ends = i + 1 < seen.len() && !seen[i + 1];
        let high = bound(ends.then_some(i + 1));
        match found.last_mut() {
            Some(last) if goes_on => last.high = high,
            _ => found.push(Stretch { low: bound(i.checked_sub(1)), high }),
        }
    }
    found
}

/// The end of a stretch between a value outside and one inside.
fn edge(outside: &BigRational, inside: &BigRational, width: &BigRational, known: &impl Fn(&BigRational) -> bool) -> Bound {
    let (mut out, mut into) = (outside.clone(), inside.clone());
    while (&into - &out).max(&out - &into) > *width {
        let half = middle(&out, &into);
        if known(&half) { into = half } else { out = half }
    }
    let (low, high) = if out < into { (&out, &into) } else { (&into, &out) };
    let at = simplest(low, high);
    if known(&at) { Bound { at: at.clone(), inside: at } } else { Bound { at, inside: into } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i64, d: i64) -> BigRational {
        BigRational::new(n.into(), d.into())
    }

    /// Known from above 1/7 (not there itself) to 13/20, and at 9/10 alone.
    #[test]
    fn two_stretches() {
        let known = |x: &BigRational| (*x > r(1, 7) && *x <= r(13, 20)) || *x == r(9, 10);
        let found = stretches(&r(0, 1), &r(1, 1), Some(&r(9, 10)), 16, &r(1, 1_000_000_000), known);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].low.at, r(1, 7));
        assert!(found[0].low.inside > r(1, 7) && &found[0].low.inside - r(1, 7) < r(1, 1_000_000));
        assert_eq!(found[0].high, Bound { at: r(13, 20), inside: r(13, 20) });
        assert_eq!(found[1].low, found[1].high);
        assert_eq!(found[1].low.at, r(9, 10));
    }
}

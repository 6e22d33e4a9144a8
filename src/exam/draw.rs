//! Luck: what varies, by seed, variant and draw alone.

use super::{Proven, Wanted};
use crate::model::{Exam, Program, Varied};
use crate::resolve;
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// One number of a stream (SplitMix64; Steele, Lea and Flood 2014).
fn mixed(mut state: u64) -> u64 {
    state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

/// A number that depends on all of that, and on nothing else. `salt`: which of the numbers of one draw.
pub(super) fn number(wanted: &Wanted, which: Proven, salt: u64) -> u64 {
    let parts = [wanted.seed, u64::from(which.number), u64::from(which.attempt), salt];
    parts.iter().fold(0, |state, part| mixed(state ^ part.wrapping_mul(0xd6e8_feb8_6659_fd93)))
}

/// How many values a param takes.
fn steps(varied: &Varied) -> u64 {
    ((&varied.to - &varied.from) / &varied.step).floor().to_integer().to_u64().unwrap_or(0).saturating_add(1)
}

/// Values are told apart up to so many combinations; past that two variants alike are too rare to matter.
const MOST: u64 = 1 << 60;

/// Place `index` of a shuffled 0..`count`: a Feistel network on the next even number of bits, walked until it lands inside
/// (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002).
fn shuffled(index: u64, count: u64, key: u64) -> u64 {
    let half = (64 - count.saturating_sub(1).leading_zeros()).div_ceil(2).max(1);
    let mask = (1_u64 << half) - 1;
    let mut at = index;
    loop {
        let (mut left, mut right) = (at >> half, at & mask);
        for round in 0..6 {
            (left, right) = (right, left ^ (mixed(mixed(key ^ round) ^ right) & mask));
        }
        at = left << half | right;
        if at < count {
            return at;
        }
    }
}

/// The values of all params that vary, by name. First draws of different variants differ, as long as there are combinations left.
pub(super) fn values(program: &Program, exam: &Exam, wanted: &Wanted, which: Proven) -> resolve::Given {
    let counts: Vec<u64> = exam.varied.iter().map(steps).collect();
    let all = counts.iter().try_fold(1_u64, |all, count| all.checked_mul(*count)).filter(|all| *all < MOST);
    let mut rest = all.map(|all| {
        // Later draws start elsewhere: at turns of the golden ratio, which stay apart.
        let turn = u64::from(which.attempt).wrapping_mul((all as f64 * 0.618_033_988_749_895) as u64);
        shuffled((u64::from(which.number).wrapping_sub(1)).wrapping_add(turn) % all, all, mixed(wanted.seed))
    });
    let each = exam.varied.iter().zip(counts).enumerate().map(|(i, (varied, count))| {
        let step = match &mut rest {
            Some(rest) => {
                let step = *rest % count;
                *rest /= count;
                step
            }
            None => number(wanted, which, i as u64) % count,
        };
        let name = program.base.params[varied.param.index()].name.name.clone();
        (name, &varied.from + &varied.step * BigRational::from_integer(step.into()))
    });
    each.collect()
}

/// The names that personas go by; those of one variant differ.
pub(super) fn names(exam: &Exam, wanted: &Wanted, which: Proven) -> Vec<(usize, String)> {
    let mut taken: Vec<(usize, String)> = Vec::new();
    for (i, renamed) in exam.renamed.iter().enumerate() {
        let luck = number(wanted, Proven { attempt: 0, ..which }, 1_000 + i as u64) as usize;
        let count = renamed.names.len();
        let turn = (0..count).map(|k| &renamed.names[(luck % count + k) % count]);
        let name = turn.clone().find(|name| taken.iter().all(|(_, other)| other != *name)).or_else(|| turn.clone().next());
        taken.extend(name.map(|name| (renamed.persona.index(), name.clone())));
    }
    taken
}

/// Some things in another order.
pub(super) fn shuffle<T>(things: &mut [T], wanted: &Wanted, which: Proven, salt: u64) {
    for last in (1..things.len()).rev() {
        let luck = number(wanted, which, salt.wrapping_mul(4_096).wrapping_add(2_000 + last as u64));
        things.swap(last, (luck % (last as u64 + 1)) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_takes_every_place_once() {
        for count in [1, 2, 3, 64, 65, 1_000] {
            let mut places: Vec<u64> = (0..count).map(|i| shuffled(i, count, 7)).collect();
            if count == 1_000 {
                assert_ne!(places, (0..count).collect::<Vec<_>>());
                assert_ne!(places, (0..count).map(|i| shuffled(i, count, 8)).collect::<Vec<_>>());
            }
            places.sort_unstable();
            assert_eq!(places, (0..count).collect::<Vec<_>>());
        }
    }
}

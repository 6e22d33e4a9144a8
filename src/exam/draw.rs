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

/// The value of one param.
fn value(varied: &Varied, luck: u64) -> BigRational {
    let steps = ((&varied.to - &varied.from) / &varied.step).floor().to_integer().to_u64().unwrap_or(0);
    let step = luck % steps.saturating_add(1);
    &varied.from + &varied.step * BigRational::from_integer(step.into())
}

/// The values of all params that vary, by name.
pub(super) fn values(program: &Program, exam: &Exam, wanted: &Wanted, which: Proven) -> resolve::Given {
    let each = exam.varied.iter().enumerate().map(|(i, varied)| {
        let name = program.base.params[varied.param.index()].name.name.clone();
        (name, value(varied, number(wanted, which, i as u64)))
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

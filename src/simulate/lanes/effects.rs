//! What passages leave with their customers: a line of the cache is a register.

use super::memory::{load_line, store_line};
use crate::simulate::effects::{Effects, Line};
use crate::simulate::walk::Step;
use std::arch::x86_64::*;

/// The lanes of a line that are added: the first four are marks.
const VALUES: __mmask8 = 0xf0;

#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
pub(super) fn clear(lines: &mut [Line]) {
    for line in lines {
        store_line(line, _mm512_setzero_si512());
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
pub(super) fn apply(effects: &Effects, steps: &[Step], standing: &mut [Line], passages: &mut [u32]) {
    let (kinds, lines) = (&effects.kinds[..], &effects.lines[..]);
    let passages = &mut passages[..kinds.len()];
    for step in steps {
        passages[step.passage as usize] += 1;
        let own = &mut standing[step.who as usize];
        let (before, left) = (load_line(own), load_line(&lines[kinds[step.passage as usize] as usize]));
        let marks = _mm512_or_si512(before, left);
        let both = _mm512_mask_add_pd(_mm512_castsi512_pd(marks), VALUES, _mm512_castsi512_pd(before), _mm512_castsi512_pd(left));
        store_line(own, _mm512_castpd_si512(both));
    }
}

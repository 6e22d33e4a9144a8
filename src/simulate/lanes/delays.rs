//! How long visits and ways take.

use super::choose::mix;
use super::memory::{LANES, LOW, at, first, load, look, look_half, store};
use crate::simulate::curve::{CELL_BITS, FRACTION, FRACTION_BITS, LAST};
use crate::simulate::delays::{BY_ITSELF, Delays, EVEN, Listed, NO_TIME, Placed, Together};
use crate::simulate::stream::UNIT;
use crate::simulate::walk::{Step, Times, Walkers};
use std::arch::x86_64::*;

#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
pub(super) fn keep(stay: &[u8], times: &[f64], kept: &mut [f64]) {
    let mut left = 0;
    for (times, on) in times.as_chunks().0.iter().zip(stay) {
        store(at(kept, left), _mm512_maskz_compress_epi64(*on, load(times)));
        left += on.count_ones() as usize;
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
pub(super) fn draw(
    (delays, together): (&Delays, &Together),
    distances: [u64; 2],
    wave: &[Step],
    walkers: &Walkers,
    times: Times<&mut [f64]>,
    listed: &mut Listed,
) {
    let Times { since, depart, arrive } = times;
    let (places, listed) = (listed.places.room_mut(0), listed.streams.room_mut(0));
    let (of_visits, of_ways) = (_mm512_set1_epi64(distances[0] as i64), _mm512_set1_epi64(distances[1] as i64));
    let numbers = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7);
    let (width, waves) = (walkers.who.len(), wave.as_chunks().0);
    let (streams, now) = (walkers.streams.room(0).as_chunks().0, walkers.now.room(0).as_chunks().0);
    let (departs, arrives) = (depart.as_chunks_mut().0, arrive.as_chunks_mut().0);
    let mut drawn = [(Lines::none(), _mm512_setzero_si512()); BLOCK];
    let mut found = 0;
    for block in (0..width.div_ceil(LANES)).step_by(BLOCK) {
        let drawn = &mut drawn[..BLOCK.min(width.div_ceil(LANES) - block)];
        for (number, drawn) in (block..).zip(&mut *drawn) {
            let start = number * LANES;
            let all = first(width - start);
            let lines = look_half(&together.of_passage, _mm512_srli_epi64::<32>(load(&waves[number])));
            let keys = load(&streams[number]);
            // Most visits are drawn: all of them at once.
            let visits = Lines::look(together, _mm512_and_si512(lines, _mm512_set1_epi64(0xffff)), all);
            *drawn = (visits, mix(_mm512_add_epi64(keys, of_visits)));
            // Most ways take no time: the others come later.
            let ways = _mm512_srli_epi64::<16>(lines);
            let long = _mm512_mask_cmpneq_epi64_mask(all, ways, _mm512_set1_epi64(NO_TIME as i64));
            let placed =
                _mm512_or_si512(_mm512_add_epi64(_mm512_set1_epi64(start as i64), numbers), _mm512_slli_epi64::<32>(ways));
            store(at(places, found), _mm512_maskz_compress_epi64(long, placed));
            store(at(listed, found), _mm512_maskz_compress_epi64(long, keys));
            found += long.count_ones() as usize;
        }
        for (number, (visits, words)) in (block..).zip(&*drawn) {
            let takes = match visits.chance {
                0 => _mm512_max_pd(visits.constant, _mm512_setzero_pd()),
                _ => values(delays, together, *visits, *words),
            };
            let leaving = _mm512_castpd_si512(_mm512_add_pd(_mm512_castsi512_pd(load(&now[number])), takes));
            store(&mut departs[number], leaving);
            store(&mut arrives[number], leaving);
            if !since.is_empty() {
                store(at(since, number * LANES), load(&now[number]));
            }
        }
    }
    let list = places.as_chunks().0.iter().zip(listed.as_chunks().0);
    for (start, (places, streams)) in (0..found).step_by(LANES).zip(list) {
        let all = first(found - start);
        let ways = Lines::look(together, _mm512_maskz_srli_epi64::<32>(all, load(places)), all);
        let words = mix(_mm512_add_epi64(load(streams), of_ways));
        let mut after = [0.0; LANES];
        store(&mut after, _mm512_castpd_si512(values(delays, together, ways, words)));
        for (Placed { place, .. }, after) in places[..LANES.min(found - start)].iter().zip(after) {
            arrive[*place as usize] += after;
        }
    }
}

/// Registers that are looked up before any of them is worked out: what waits for a look keeps the processor from looking on.
const BLOCK: usize = 16;

/// Lines of laws: where they start, how they are drawn, their constants and scales, and which are drawn.
#[derive(Clone, Copy)]
struct Lines {
    start: __m512i,
    how: __m512i,
    constant: __m512d,
    scale: __m512d,
    chance: __mmask8,
}

impl Lines {
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn none() -> Self {
        let (start, zero) = (_mm512_setzero_si512(), _mm512_setzero_pd());
        Self { start, how: start, constant: zero, scale: zero, chance: 0 }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
    fn look(together: &Together, lines: __m512i, all: __mmask8) -> Self {
        let start = _mm512_slli_epi64::<2>(lines);
        let how = look(&together.lines, _mm512_or_si512(start, _mm512_set1_epi64(HOW)));
        let constant = _mm512_castsi512_pd(look(&together.lines, start));
        let scale = _mm512_castsi512_pd(look(&together.lines, _mm512_or_si512(start, _mm512_set1_epi64(SCALE))));
        Self { start, how, constant, scale, chance: _mm512_mask_test_epi64_mask(all, how, how) }
    }
}

/// Places in a line: of its scale, of how it is drawn, and of a law that is drawn so. A constant comes first.
const SCALE: i64 = 1;
const HOW: i64 = 2;
const LAW: i64 = 3;

/// What lines give for words.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
fn values(delays: &Delays, together: &Together, Lines { start, how, constant, scale, chance }: Lines, words: __m512i) -> __m512d {
    // `curve::tail`: the tail that a word lies in, and its probability.
    let (half, one) = (_mm512_set1_pd(0.5), _mm512_set1_pd(1.0));
    let upper = _mm512_srai_epi64::<63>(words);
    let probability = _mm512_add_pd(_mm512_cvtepi64_pd(_mm512_srli_epi64::<12>(_mm512_xor_si512(words, upper))), half);
    // `Curve::value`.
    let bits = _mm512_castpd_si512(probability);
    let cells = _mm512_and_si512(_mm512_srli_epi64::<32>(how), _mm512_set1_epi64(0xffff));
    let last = _mm512_set1_epi64(LAST as i64);
    let cell = _mm512_add_epi64(_mm512_sub_epi64(_mm512_srli_epi64::<{ FRACTION_BITS - CELL_BITS }>(bits), last), cells);
    let inside = _mm512_mask_cmplt_epu64_mask(chance, cell, cells);
    let base = _mm512_add_epi64(_mm512_and_si512(how, _mm512_set1_epi64(LOW)), _mm512_and_si512(upper, cells));
    let cell = _mm512_maskz_slli_epi64::<2>(inside, _mm512_add_epi64(base, cell));
    let a = _mm512_castsi512_pd(look(&together.cells, cell));
    let b = _mm512_castsi512_pd(look(&together.cells, _mm512_or_si512(cell, _mm512_set1_epi64(1))));
    let c = _mm512_castsi512_pd(look(&together.cells, _mm512_or_si512(cell, _mm512_set1_epi64(2))));
    let d = _mm512_castsi512_pd(look(&together.cells, _mm512_or_si512(cell, _mm512_set1_epi64(3))));
    let fraction = _mm512_and_si512(_mm512_slli_epi64::<CELL_BITS>(bits), _mm512_set1_epi64(FRACTION as i64));
    let place = _mm512_sub_pd(_mm512_castsi512_pd(_mm512_or_si512(fraction, _mm512_castpd_si512(one))), one);
    let cubic = _mm512_add_pd(c, _mm512_mul_pd(place, d));
    let cubic = _mm512_add_pd(a, _mm512_mul_pd(place, _mm512_add_pd(b, _mm512_mul_pd(place, cubic))));
    let mut shape = _mm512_maskz_mov_pd(inside, cubic);
    let even = _mm512_mask_test_epi64_mask(chance, how, _mm512_set1_epi64(EVEN as i64));
    if even != 0 {
        // `stream::unit`.
        let place = _mm512_add_pd(_mm512_cvtepi64_pd(_mm512_srli_epi64::<12>(words)), half);
        shape = _mm512_mask_mul_pd(shape, even, place, _mm512_set1_pd(UNIT));
    }
    let values = _mm512_max_pd(_mm512_add_pd(constant, _mm512_mul_pd(scale, shape)), _mm512_setzero_pd());
    // What no cubic serves, and what has no curve here.
    let served = _mm512_cmp_pd_mask::<_CMP_ORD_Q>(shape, shape) & (inside | even);
    let left = chance & !served;
    if left == 0 {
        values
    } else {
        one_by_one(delays, look(&together.lines, _mm512_or_si512(start, _mm512_set1_epi64(LAW))), words, left, values)
    }
}

/// Values, of which those of some lanes are worked out one by one.
#[cold]
#[target_feature(enable = "avx512f")]
fn one_by_one(delays: &Delays, laws: __m512i, words: __m512i, lanes: __mmask8, values: __m512d) -> __m512d {
    let ([mut of_laws, mut of_words], mut of_values) = ([[0_u64; LANES]; 2], [0.0; LANES]);
    store(&mut of_laws, laws);
    store(&mut of_words, words);
    store(&mut of_values, _mm512_castpd_si512(values));
    for lane in (0..LANES).filter(|lane| lanes >> lane & 1 == 1) {
        of_values[lane] = delays.value(of_laws[lane] as u32, of_words[lane]);
    }
    _mm512_castsi512_pd(load(&of_values))
}

const _: () = assert!(BY_ITSELF >> 48 != 0 && EVEN >> 48 != 0, "how a law is drawn leaves 48 bits to its curve");

//! How long visits and ways take.

use super::choose::mix;
use super::memory::{LANES, first, load, look, look_half, store};
use crate::simulate::curve::{CELL_BITS, FRACTION, FRACTION_BITS, LAST};
use crate::simulate::delays::{BY_ITSELF, Delays, Drawn, EVEN, Placed, Together};
use crate::simulate::stream::{Stream, UNIT};
use crate::simulate::walk::{Passing, Step, Times, Walkers};
use std::arch::x86_64::*;

/// Drawn lanes of a register from which on all are worked out at once; fewer are listed.
const MANY: u32 = 4;

#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
pub(super) fn pass(width: usize, passing: Passing<'_>, times: Times<&mut [f64]>, arrivals: &mut [f64]) {
    let Passing { now, stay, seconds: [takes, after] } = passing;
    let mut left = 0;
    for (start, on) in (0..width).step_by(LANES).zip(stay) {
        let now = _mm512_castsi512_pd(load(&now[start..]));
        let takes = _mm512_castsi512_pd(load(&takes[start..]));
        let after = _mm512_castsi512_pd(load(&after[start..]));
        let depart = _mm512_add_pd(now, takes);
        let arrive = _mm512_add_pd(depart, after);
        store(&mut times.since[start..], _mm512_castpd_si512(now));
        store(&mut times.depart[start..], _mm512_castpd_si512(depart));
        store(&mut times.arrive[start..], _mm512_castpd_si512(arrive));
        store(&mut arrivals[left..], _mm512_castpd_si512(_mm512_maskz_compress_pd(*on, arrive)));
        left += on.count_ones() as usize;
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
pub(super) fn draw(
    (delays, together): (&Delays, &Together),
    distances: [u64; 2],
    wave: &[Step],
    walkers: &Walkers,
    drawn: &mut Drawn,
) {
    let (tables, width) = (Tables { delays, together }, wave.len());
    let Drawn { seconds: [takes, after], places: [visits, ways], streams: [of_visits, of_ways] } = drawn;
    let mut takes = Kind { seconds: takes.room_mut(0), places: visits.room_mut(0), streams: of_visits.room_mut(0), found: 0 };
    let mut after = Kind { seconds: after.room_mut(0), places: ways.room_mut(0), streams: of_ways.room_mut(0), found: 0 };
    let streams = walkers.streams.room(0);
    let (of_visits, of_ways) = (_mm512_set1_epi64(distances[0] as i64), _mm512_set1_epi64(distances[1] as i64));
    for start in (0..width).step_by(LANES) {
        let all = first(width - start);
        let mut steps = [Step::default(); LANES];
        let steps = match wave[start..].first_chunk::<LANES>() {
            Some(steps) => load(steps),
            None => {
                steps[..width - start].copy_from_slice(&wave[start..]);
                load(&steps)
            }
        };
        let lines = look_half(&together.of_passage, _mm512_srli_epi64::<32>(steps));
        let keys = load(&streams[start..]);
        takes.draw(tables, start, all, _mm512_and_si512(lines, _mm512_set1_epi64(0xffff)), keys, of_visits);
        after.draw(tables, start, all, _mm512_srli_epi64::<16>(lines), keys, of_ways);
    }
    takes.draw_listed(tables, of_visits);
    after.draw_listed(tables, of_ways);
}

/// What is read.
#[derive(Clone, Copy)]
struct Tables<'a> {
    delays: &'a Delays,
    together: &'a Together,
}

/// One of the two kinds of seconds, with the list of those that are drawn later.
struct Kind<'a> {
    seconds: &'a mut [f64],
    places: &'a mut [Placed],
    streams: &'a mut [Stream],
    found: usize,
}

impl Kind<'_> {
    /// Draws the seconds of a register, or lists what is to be drawn of them if that is little.
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
    fn draw(&mut self, tables: Tables<'_>, start: usize, all: __mmask8, lines: __m512i, keys: __m512i, distance: __m512i) {
        let lines = _mm512_slli_epi64::<2>(lines);
        let how = look(&tables.together.lines, _mm512_or_si512(lines, _mm512_set1_epi64(HOW)));
        let chance = _mm512_mask_test_epi64_mask(all, how, how);
        let constant = _mm512_castsi512_pd(look(&tables.together.lines, lines));
        let values = if chance.count_ones() >= MANY {
            values(tables, (lines, how, constant), mix(_mm512_add_epi64(keys, distance)), chance)
        } else {
            let places = _mm512_add_epi64(_mm512_set1_epi64(start as i64), _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
            let placed = _mm512_or_si512(places, _mm512_slli_epi64::<32>(lines));
            store(&mut self.places[self.found..], _mm512_maskz_compress_epi64(chance, placed));
            store(&mut self.streams[self.found..], _mm512_maskz_compress_epi64(chance, keys));
            self.found += chance.count_ones() as usize;
            _mm512_max_pd(constant, _mm512_setzero_pd())
        };
        store(&mut self.seconds[start..], _mm512_castpd_si512(values));
    }

    /// Draws what is listed.
    #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
    fn draw_listed(&mut self, tables: Tables<'_>, distance: __m512i) {
        for start in (0..self.found).step_by(LANES) {
            let all = first(self.found - start);
            let lines = _mm512_maskz_srli_epi64::<32>(all, load(&self.places[start..]));
            let how = look(&tables.together.lines, _mm512_or_si512(lines, _mm512_set1_epi64(HOW)));
            let constant = _mm512_castsi512_pd(look(&tables.together.lines, lines));
            let words = mix(_mm512_add_epi64(load(&self.streams[start..]), distance));
            let mut drawn = [0.0; LANES];
            store(&mut drawn, _mm512_castpd_si512(values(tables, (lines, how, constant), words, all)));
            for (Placed { place, .. }, value) in self.places[start..self.found.min(start + LANES)].iter().zip(drawn) {
                self.seconds[*place as usize] = value;
            }
        }
    }
}

/// Places in a line: of its scale, of how it is drawn, and of a law that is drawn so. A constant comes first.
const SCALE: i64 = 1;
const HOW: i64 = 2;
const LAW: i64 = 3;
/// The lower half of a lane.
const LOW: i64 = u32::MAX as i64;

/// What lines give for words: `how` they are drawn and their constants are known, and which of them are drawn.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
fn values(
    Tables { delays, together }: Tables<'_>,
    (lines, how, constant): (__m512i, __m512i, __m512d),
    words: __m512i,
    chance: __mmask8,
) -> __m512d {
    let scale = _mm512_castsi512_pd(look(&together.lines, _mm512_or_si512(lines, _mm512_set1_epi64(SCALE))));
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
    // `stream::unit`.
    let even = _mm512_mask_test_epi64_mask(chance, how, _mm512_set1_epi64(EVEN as i64));
    let unit = _mm512_mul_pd(_mm512_add_pd(_mm512_cvtepi64_pd(_mm512_srli_epi64::<12>(words)), half), _mm512_set1_pd(UNIT));
    let shape = _mm512_mask_mov_pd(_mm512_maskz_mov_pd(inside, cubic), even, unit);
    let values = _mm512_max_pd(_mm512_add_pd(constant, _mm512_mul_pd(scale, shape)), _mm512_setzero_pd());
    // What no cubic serves, and what has no curve here.
    let served = _mm512_cmp_pd_mask::<_CMP_ORD_Q>(shape, shape) & (inside | even);
    let left = chance & !served;
    if left == 0 {
        values
    } else {
        one_by_one(delays, look(&together.lines, _mm512_or_si512(lines, _mm512_set1_epi64(LAW))), words, left, values)
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

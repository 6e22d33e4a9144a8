//! The choice of branches.

use super::memory::{LANES, LOW, at, first, load, load_half, look, store, store_half};
use crate::simulate::guide::{FIELD_BITS, FULL, ROOM, START_BITS};
use crate::simulate::stream::{GOLDEN, Luck, MULTIPLIER, Stream};
use crate::simulate::tables::{Row, Tables};
use crate::simulate::walk::{Found, Made, Walkers, Wave};
use std::arch::x86_64::*;
use std::hint::black_box;

/// The mark of a row, and the least that those can be who have come to an end: no part of a guide is that.
const MARK: u64 = Row::MARK as u64;
const ENDED: u64 = (u32::MAX as u64) << 32;
/// The thresholds of an entry, as bytes and as fields: all but the lowest of four.
const THRESHOLDS: __mmask64 = 0xFCFC_FCFC_FCFC_FCFC;
const THRESHOLD_FIELDS: __mmask32 = 0xEEEE_EEEE;

/// [`stream::mix`](crate::simulate::stream) of eight words.
#[inline]
#[target_feature(enable = "avx512f,avx512dq")]
pub(super) fn mix(word: __m512i) -> __m512i {
    let multiplier = _mm512_set1_epi64(MULTIPLIER as i64);
    // 0x96: the exclusive or of all three.
    let word = _mm512_ternarylogic_epi64::<0x96>(word, _mm512_ror_epi64::<49>(word), _mm512_ror_epi64::<24>(word));
    let word = _mm512_mullo_epi64(word, multiplier);
    let word = _mm512_xor_si512(word, _mm512_srli_epi64::<28>(word));
    let word = _mm512_mullo_epi64(word, multiplier);
    _mm512_xor_si512(word, _mm512_srli_epi64::<28>(word))
}

#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
pub(super) fn streams(luck: Luck, first: u64, width: usize, streams: &mut [Stream]) {
    let spacing = _mm512_mullo_epi64(_mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7), _mm512_set1_epi64(GOLDEN as i64));
    for (start, streams) in (0..width).step_by(LANES).zip(streams.as_chunks_mut().0) {
        let base = luck.place(first + start as u64);
        store(streams, mix(_mm512_add_epi64(_mm512_set1_epi64(base as i64), spacing)));
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
pub(super) fn take_passages(tables: &Tables, wave: Wave, walkers: &Walkers, staying: &mut Walkers, made: Made<'_>) -> Found {
    let (distance, ended) = (_mm512_set1_epi64(wave.distance as i64), _mm512_set1_epi64(ENDED as i64));
    let (mark, unmarked) = (_mm512_set1_epi64(MARK as i64), _mm512_set1_epi64(LOW & !(MARK as i64)));
    let (room, full, ones) = (_mm512_set1_epi64(ROOM as i64 - 1), _mm512_set1_epi64(FULL as i64), _mm512_set1_epi64(-1));
    // The lowest two bytes of either lane of a pair, three times. A compiler that knew would take slower instructions for it.
    let spread = _mm512_set4_epi64(0x0908_0908_0908_0908, 0x0100_0100_0100_0100, 0x0908_0908_0908_0908, 0x0100_0100_0100_0100);
    let [spread, singles] = black_box([spread, _mm512_set1_epi16(1)]);
    let width = walkers.who.len();
    let (who, streams, rows) = (walkers.who.room(0), walkers.streams.room(0), walkers.rows.room(0));
    let from = who.as_chunks().0.iter().zip(streams.as_chunks().0).zip(rows.as_chunks().0);
    let into = made.steps.as_chunks_mut().0.iter_mut().zip(made.stay);
    let room_left = width + LANES;
    let next = (
        &mut staying.who.room_mut(0)[..room_left],
        &mut staying.streams.room_mut(0)[..room_left],
        &mut staying.rows.room_mut(0)[..room_left],
    );
    let mut places = _mm256_add_epi32(_mm256_set1_epi32(wave.first as i32), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
    let (mut stay, mut marked) = (0, 0);
    for (start, (((who, streams), rows), (steps, stays))) in (0..width).step_by(LANES).zip(from.zip(into)) {
        let all = first(width - start);
        let customers = load_half(who);
        let (keys, row) = (load(streams), load(rows));
        let words = mix(_mm512_add_epi64(keys, distance));
        let guides = _mm512_srli_epi64::<32>(row);
        let shifted = _mm512_srlv_epi64(words, _mm512_srli_epi64::<START_BITS>(guides));
        let bucket = _mm512_add_epi64(_mm512_and_si512(guides, room), _mm512_srli_epi64::<FIELD_BITS>(shifted));
        let entries = look(&tables.guides, bucket);
        // The field to compare stands beside each threshold, and the largest beside the outcome, which is that if it is not known.
        let fields = _mm512_mask_shuffle_epi8(ones, THRESHOLDS, shifted, spread);
        let open = _mm512_cmpeq_epi16_mask(fields, entries);
        let above = _mm512_maskz_mov_epi16(_mm512_mask_cmpgt_epu16_mask(THRESHOLD_FIELDS, fields, entries), singles);
        let outcomes = _mm512_add_epi64(_mm512_and_si512(entries, full), _mm512_sad_epu8(above, _mm512_setzero_si512()));
        let passages = _mm512_add_epi64(_mm512_and_si512(row, unmarked), outcomes);
        let onward = look(&tables.onward, passages);
        let (passages, onward) =
            if open == 0 { (passages, onward) } else { exactly(tables, (row, words), all & lanes_of(open), (passages, onward)) };
        store(steps, _mm512_or_si512(_mm512_cvtepu32_epi64(customers), _mm512_slli_epi64::<32>(passages)));
        let marks = _mm512_mask_test_epi64_mask(all, onward, mark);
        store_half(at(made.marked, marked), _mm256_maskz_compress_epi32(marks, places));
        marked += marks.count_ones() as usize;
        places = _mm256_add_epi32(places, _mm256_set1_epi32(LANES as i32));
        let on = _mm512_mask_cmplt_epu64_mask(all, onward, ended);
        *stays = on;
        store_half(at(next.0, stay), _mm256_maskz_compress_epi32(on, customers));
        store(at(next.1, stay), _mm512_maskz_compress_epi64(on, keys));
        store(at(next.2, stay), _mm512_maskz_compress_epi64(on, onward));
        stay += on.count_ones() as usize;
    }
    Found { stay, marked }
}

/// The lanes of which a field is in a mask of fields.
#[cold]
#[target_feature(enable = "avx512f,avx512bw")]
fn lanes_of(fields: __mmask32) -> __mmask8 {
    let fields = _mm512_movm_epi16(fields);
    _mm512_test_epi64_mask(fields, fields)
}

/// Passages and the rows that they lead to, those of some lanes by all bits of their words.
#[cold]
#[target_feature(enable = "avx512f,avx512vl,bmi2")]
fn exactly(
    tables: &Tables,
    (rows, words): (__m512i, __m512i),
    lanes: __mmask8,
    (passages, onward): (__m512i, __m512i),
) -> (__m512i, __m512i) {
    let ([mut from, mut to], [mut of_words, mut of_passages]) = ([[Row::default(); LANES]; 2], [[0_u64; LANES]; 2]);
    store(&mut from, rows);
    store(&mut of_words, words);
    store(&mut of_passages, passages);
    store(&mut to, onward);
    for lane in (0..LANES).filter(|lane| lanes >> lane & 1 == 1) {
        let (passage, row) = tables.choose_exactly(from[lane], of_words[lane]);
        (of_passages[lane], to[lane]) = (u64::from(passage), row);
    }
    (load(&of_passages), load(&to))
}

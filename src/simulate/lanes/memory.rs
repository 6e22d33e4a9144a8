//! Eight places of memory at once. Lanes are 64 bits; a mask has a bit for each, the first lane's lowest.

use crate::simulate::effects::Line;
use std::arch::x86_64::*;

/// Lanes in a register.
pub(super) const LANES: usize = 8;
/// The lower half of a lane.
pub(super) const LOW: i64 = u32::MAX as i64;

/// Types of 8 bytes that are read and written as a word: any bits are a value of theirs, and every value is such bits.
///
/// # Safety
///
/// The type has 8 bytes, none of them padding, and any 8 bytes are a value of it.
pub(super) unsafe trait Word: Copy {}

// SAFETY: a plain word.
unsafe impl Word for u64 {}
// SAFETY: a plain float; any bits are one.
unsafe impl Word for f64 {}
// SAFETY: two numbers of 32 bits, one after the other.
unsafe impl Word for crate::simulate::walk::Step {}
// SAFETY: two numbers of 32 bits, one after the other.
unsafe impl Word for crate::simulate::tables::Row {}
// SAFETY: two numbers of 32 bits, one after the other.
unsafe impl Word for crate::simulate::delays::Placed {}
// SAFETY: `repr(transparent)` over a word.
unsafe impl Word for crate::simulate::stream::Stream {}

/// The mask of the first lanes, as many as `left` fill.
#[inline]
#[target_feature(enable = "avx512f,bmi2")]
pub(super) fn first(left: usize) -> __mmask8 {
    _bzhi_u32(0xff, left.min(LANES) as u32) as __mmask8
}

/// Eight words of a list, from a place on; it has them.
#[inline]
pub(super) fn at<W>(list: &mut [W], place: usize) -> &mut [W; LANES] {
    list[place..].first_chunk_mut().expect("room for a register")
}

/// Eight words.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn load<W: Word>(words: &[W; LANES]) -> __m512i {
    // SAFETY: eight words of 8 bytes are there.
    unsafe { _mm512_loadu_epi64(words.as_ptr().cast()) }
}

/// Writes eight words.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn store<W: Word>(words: &mut [W; LANES], lanes: __m512i) {
    // SAFETY: there is room for eight words of 8 bytes, and any bits are a value of theirs.
    unsafe { _mm512_storeu_epi64(words.as_mut_ptr().cast(), lanes) }
}

/// [`load`] of 32-bit words.
#[inline]
#[target_feature(enable = "avx512f,avx512vl")]
pub(super) fn load_half(words: &[u32; LANES]) -> __m256i {
    // SAFETY: eight words of 4 bytes are there.
    unsafe { _mm256_loadu_epi32(words.as_ptr().cast()) }
}

/// [`store`] of 32-bit words.
#[inline]
#[target_feature(enable = "avx512f,avx512vl")]
pub(super) fn store_half(words: &mut [u32; LANES], lanes: __m256i) {
    // SAFETY: there is room for eight words of 4 bytes.
    unsafe { _mm256_storeu_epi32(words.as_mut_ptr().cast(), lanes) }
}

/// The words of a table at eight places; beyond its end, the last one.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn look<W: Word>(table: &[W], places: __m512i) -> __m512i {
    let last = table.len().checked_sub(1).expect("a table is not empty");
    let places = _mm512_min_epu64(places, _mm512_set1_epi64(last as i64));
    // SAFETY: all places lie within the table, whose words have 8 bytes.
    unsafe { _mm512_i64gather_epi64::<8>(places, table.as_ptr().cast()) }
}

/// The same of a table of 32-bit words, made 64 bits wide.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn look_half(table: &[u32], places: __m512i) -> __m512i {
    let last = table.len().checked_sub(1).expect("a table is not empty");
    let places = _mm512_min_epu64(places, _mm512_set1_epi64(last as i64));
    // SAFETY: all places lie within the table, whose words have 4 bytes.
    _mm512_cvtepu32_epi64(unsafe { _mm512_i64gather_epi32::<4>(places, table.as_ptr().cast()) })
}

/// A line of marks and numbers.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn load_line(line: &Line) -> __m512i {
    // SAFETY: a line has 64 bytes, none of them padding, and starts at a multiple of that.
    unsafe { _mm512_load_si512(std::ptr::from_ref(line).cast()) }
}

/// Writes a line.
#[inline]
#[target_feature(enable = "avx512f")]
pub(super) fn store_line(line: &mut Line, lanes: __m512i) {
    // SAFETY: a line has 64 bytes, starts at a multiple of that, and any bits are words and floats.
    unsafe { _mm512_store_si512(std::ptr::from_mut(line).cast(), lanes) }
}

const _: () = assert!(size_of::<Line>() == 64 && align_of::<Line>() == 64);

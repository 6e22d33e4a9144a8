//! The same work eight customers at a time, where the processor has the instructions for it (AVX-512).
//!
//! Comes in: what the portable loops take. Goes out: what they give, to the bit; they are the reference, and tests hold these to
//! them. What must hold: this is the only folder that may use `unsafe`, for three things: calling what is compiled for those
//! instructions, once they have been found; reading tables at eight places at once, after each place was held against the
//! length of its table (`memory`); and reading lists of small structs as words. Everything else is sums, products and comparisons
//! of whole registers, and rounds as the portable loops do.

#![cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "instructions that not every processor has, and reads of eight places at once")
)]

#[cfg(target_arch = "x86_64")]
mod choose;
#[cfg(target_arch = "x86_64")]
mod delays;
#[cfg(target_arch = "x86_64")]
mod effects;
#[cfg(target_arch = "x86_64")]
mod memory;

use super::delays::{Delays, Listed, Together};
use super::effects::{Effects, Line};
use super::stream::{Luck, Stream};
use super::tables::Tables;
use super::walk::{Found, Made, Step, Times, Walkers, Wave};

/// Proof that the instructions were found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lanes(Proof);

#[cfg(target_arch = "x86_64")]
type Proof = ();
#[cfg(not(target_arch = "x86_64"))]
type Proof = std::convert::Infallible;

/// Calls a loop compiled for the instructions.
macro_rules! call {
    ($lanes:ident, $path:ident::$name:ident($($argument:expr),*)) => {{
        #[cfg(target_arch = "x86_64")]
        {
            let () = $lanes.0;
            // SAFETY: `Lanes` is only made by `found`, once the processor has told that it has every instruction of these loops.
            unsafe { $path::$name($($argument),*) }
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            let _ = ($(&$argument,)*);
            match $lanes.0 {}
        }
    }};
}

impl Lanes {
    /// Asks the processor.
    pub(super) fn found() -> Option<Self> {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt")
        {
            return Some(Self(()));
        }
        None
    }

    /// [`Wave::take_passages`](super::walk::Wave).
    pub(super) fn take_passages(
        self,
        tables: &Tables,
        wave: Wave,
        walkers: &Walkers,
        staying: &mut Walkers,
        made: Made<'_>,
    ) -> Found {
        call!(self, choose::take_passages(tables, wave, walkers, staying, made))
    }

    /// Those times of a wave that belong to walkers who stay under way, one after the other; `stay` tells who they are.
    pub(super) fn keep(self, stay: &[u8], times: &[f64], kept: &mut [f64]) {
        call!(self, delays::keep(stay, times, kept));
    }

    /// [`Delays::draw`].
    pub(super) fn draw(
        self,
        laws: (&Delays, &Together),
        distances: [u64; 2],
        wave: &[Step],
        walkers: &Walkers,
        times: Times<&mut [f64]>,
        listed: &mut Listed,
    ) {
        call!(self, delays::draw(laws, distances, wave, walkers, times, listed));
    }

    /// Lines of nothing.
    pub(super) fn clear(self, lines: &mut [Line]) {
        call!(self, effects::clear(lines));
    }

    /// [`Effects::apply`], as far as lines go.
    pub(super) fn apply(self, effects: &Effects, steps: &[Step], standing: &mut [Line], passages: &mut [u32]) {
        call!(self, effects::apply(effects, steps, standing, passages));
    }

    /// [`Luck::stream`] of customers from `first` on, into a list with spare room.
    pub(super) fn streams(self, luck: Luck, first: u64, width: usize, streams: &mut [Stream]) {
        call!(self, choose::streams(luck, first, width, streams));
    }
}

//! Random numbers, addressed by seed, customer, step and purpose.
//!
//! Nothing is drawn in sequence: a number is a function of its address, so that a draw nobody asks for changes no other, any
//! customer can be replayed alone, and two scenarios share their luck for as long as their paths run together.
//! `docs/decisions/0003-random-streams.md` says why, and how it was tested.

use crate::model::Survey;
use rand::TryRng;
use std::convert::Infallible;

/// What a number decides. The order is part of the streams: a new purpose takes a free place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub(super) enum Purpose {
    /// Which branch, or at step 0 which entry.
    Branch = 0,
    /// How long a visit takes.
    Takes = 1,
    /// How long the way is.
    After = 2,
    /// What a visit costs.
    VisitCost = 3,
    /// What a visit earns.
    VisitEarn = 4,
    /// How a visit feels.
    VisitFeel = 5,
    /// The effort of a visit.
    Effort = 6,
    /// An answer to the survey of recommendation.
    Nps = 7,
    /// An answer to the survey of satisfaction.
    Csat = 8,
    /// An answer to the survey of effort.
    Ces = 9,
    /// What leaving costs.
    LeaveCost = 10,
    /// What leaving earns.
    LeaveEarn = 11,
    /// How leaving feels.
    LeaveFeel = 12,
}

impl Purpose {
    /// That of an answer to a survey.
    pub(super) fn of_answer(survey: Survey) -> Self {
        match survey {
            Survey::Nps => Self::Nps,
            Survey::Csat => Self::Csat,
            Survey::Ces => Self::Ces,
        }
    }
}

/// Places for purposes at one step.
const PURPOSES: u64 = 16;
/// 2^64 / golden ratio, made odd: spaces customers.
pub(super) const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
/// 2^64 × (√2 − 1), made odd: spaces the draws of a customer.
const SILVER: u64 = 0x6A09_E667_F3BC_C909;

/// The multiplier of [`mix`].
pub(super) const MULTIPLIER: u64 = 0x9FB2_1C65_1E98_DF25;

/// How far from the key of a customer the word of a step and a purpose lies, before it is mixed.
#[inline]
pub(super) fn distance(step: u64, purpose: Purpose) -> u64 {
    (step.wrapping_mul(PURPOSES) + purpose as u64 + 1).wrapping_mul(SILVER)
}

/// A bijection of the 64-bit words that scatters neighbours: `rrmxmx` of P. Evensen (mostlymangling.blogspot.com, July 2018).
#[inline]
fn mix(mut x: u64) -> u64 {
    x ^= x.rotate_right(49) ^ x.rotate_right(24);
    x = x.wrapping_mul(MULTIPLIER);
    x ^= x >> 28;
    x = x.wrapping_mul(MULTIPLIER);
    x ^ (x >> 28)
}

/// The random numbers of all customers under a seed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Luck {
    run: u64,
}

impl Luck {
    pub(super) fn new(seed: u64) -> Self {
        Self { run: mix(mix(seed.wrapping_add(GOLDEN)) ^ SILVER) }
    }

    /// Those of one customer.
    #[inline]
    pub(super) fn stream(self, customer: u64) -> Stream {
        Stream { key: mix(self.place(customer)) }
    }

    /// The key of a customer's stream before it is mixed: customers lie [`GOLDEN`] apart.
    #[inline]
    pub(super) fn place(self, customer: u64) -> u64 {
        self.run.wrapping_add(customer.wrapping_mul(GOLDEN))
    }
}

/// The random numbers of one customer.
#[derive(Clone, Copy, Debug, Default)]
#[repr(transparent)]
pub(super) struct Stream {
    key: u64,
}

impl Stream {
    /// The stream of a customer under a seed.
    pub(super) fn new(seed: u64, customer: u64) -> Self {
        Luck::new(seed).stream(customer)
    }

    /// 64 random bits. Step 0 is the arrival, step `k + 1` the visit `k`.
    #[inline]
    pub(super) fn word(self, step: u64, purpose: Purpose) -> u64 {
        self.word_at(distance(step, purpose))
    }

    /// The word at a [`distance`].
    #[inline]
    pub(super) fn word_at(self, distance: u64) -> u64 {
        mix(self.key.wrapping_add(distance))
    }
}

/// The step of [`unit`].
pub(super) const UNIT: f64 = 1.0 / (1_u64 << 52) as f64;

/// A number of the open interval 0..1, on a grid that is symmetric about ½: `unit(!bits)` is its complement, exactly.
#[inline]
pub(super) fn unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * UNIT
}

/// A generator of as many numbers as a draw may need, under one word of a [`Stream`].
#[derive(Clone, Debug)]
pub(super) struct Nested {
    key: u64,
    count: u64,
}

impl Nested {
    /// The numbers under a word.
    pub(super) fn new(word: u64) -> Self {
        Self { key: mix(word ^ GOLDEN), count: 0 }
    }

    /// The next 64 random bits.
    pub(super) fn next(&mut self) -> u64 {
        self.count += 1;
        mix(self.key.wrapping_add(self.count.wrapping_mul(SILVER)))
    }
}

impl TryRng for Nested {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

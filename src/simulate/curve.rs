//! The inverse of a distribution function as a table of cubics: any continuous law in the time of one look.
//!
//! Comes in: the inverse from both tails. Goes out: [`Curve`]. What must hold: a value is passed with the probability of its
//! word, to one part in [`NEARNESS`]; words that no cubic serves so well are left to the inverse itself. Only sums and products
//! are used, so the bits are the same on every machine.
//!
//! Each half of the words is parted by powers of two towards its tail, and each of those parts into as many cells, the way
//! floats are: the first bits of the tail's probability, as a float, tell the cell, and the others the place in it.

use crate::model::law::Tail;

/// The relative error of the probability of a tail that is tolerated: 10^14 customers would not show it.
const NEARNESS: f64 = 1e7;
/// Cells to a power of two: 2 to this.
pub(super) const CELL_BITS: u32 = 5;
const CELLS: u64 = 1 << CELL_BITS;
/// Bits of a float after the point.
pub(super) const FRACTION_BITS: u32 = 52;
pub(super) const FRACTION: u64 = (1 << FRACTION_BITS) - 1;

/// The first bits of ½, where the cells of a half end: of a table over `p` powers, `p` × [`CELLS`] cells before these.
pub(super) const LAST: u64 = (1023 + 51) << CELL_BITS;

/// An inverse distribution function.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    /// By cell, those of the lower half first: the coefficients of a cubic; not numbers where none serves.
    cells: Box<[[f64; 4]]>,
    /// The first bits of the smallest probability in the table, in units of 2^−52.
    first: u64,
}

/// The tail that a word lies in, and its probability, a number of 0..½ in units of 2^−52.
#[inline]
fn tail(word: u64) -> (u64, f64) {
    let upper = (word as i64 >> 63) as u64;
    (upper, ((word ^ upper) >> 12) as i64 as f64 + 0.5)
}

/// The same, for the inverse itself.
pub(super) fn probability(word: u64) -> (f64, Tail) {
    let (upper, probability) = tail(word);
    (probability / (1_u64 << 52) as f64, if upper == 0 { Tail::Lower } else { Tail::Upper })
}

impl Curve {
    /// The table of an inverse, over so many powers of two of either tail.
    pub(super) fn new(powers: u32, inverse: impl Fn(f64, Tail) -> f64) -> Self {
        let first = LAST - (u64::from(powers) << CELL_BITS);
        let cells = [Tail::Lower, Tail::Upper].into_iter().flat_map(|tail| {
            let inverse = &inverse;
            (0..u64::from(powers) * CELLS).map(move |cell| {
                let start = f64::from_bits((first + cell) << (FRACTION_BITS - CELL_BITS));
                let end = f64::from_bits((first + cell + 1) << (FRACTION_BITS - CELL_BITS));
                let unit = (1_u64 << 52) as f64;
                cubic(|place| inverse((start + (end - start) * place) / unit, tail))
            })
        });
        Self { cells: cells.collect(), first }
    }

    /// Its cells, those of the lower half first.
    pub(super) fn cells(&self) -> &[[f64; 4]] {
        &self.cells
    }

    /// The value of a word; not a number where that is left to the inverse itself.
    #[inline]
    pub(super) fn value(&self, word: u64) -> f64 {
        let (upper, probability) = tail(word);
        let bits = probability.to_bits();
        let cell = (bits >> (FRACTION_BITS - CELL_BITS)).wrapping_sub(self.first);
        let half = self.cells.len() as u64 / 2;
        if cell >= half {
            return f64::NAN;
        }
        let [a, b, c, d] = self.cells[(cell + (upper & half)) as usize];
        let place = f64::from_bits((bits << CELL_BITS) & FRACTION | 1.0_f64.to_bits()) - 1.0;
        a + place * (b + place * (c + place * d))
    }
}

/// The cubic through a function of 0..1 at 0, ¼, ¾ and 1, if it is near enough in between.
fn cubic(f: impl Fn(f64) -> f64) -> [f64; 4] {
    let [f0, f1, f2, f3] = [0.0, 0.25, 0.75, 1.0].map(&f);
    let (first, second, third) = ((f1 - f0) * 4.0, (f2 - f1) * 2.0, (f3 - f2) * 4.0);
    let (left, right) = ((second - first) / 0.75, (third - second) / 0.75);
    let d = right - left;
    let [b, c] = [first - 0.25 * left + 0.1875 * d, left - d];
    // A cell's values spread over at most 1/32 of its probability; not evenly, so a quarter of that is for how they do.
    let room = (f3 - f0).abs() * CELLS as f64 / (4.0 * NEARNESS);
    let near = |place: f64| {
        let value = f0 + place * (b + place * (c + place * d));
        (value - f(place)).abs() <= room.max(f0.abs() * f64::EPSILON * 4.0)
    };
    if near(0.5) && near(0.1) && near(0.9) { [f0, b, c, d] } else { [f64::NAN; 4] }
}

//! A distribution in buckets: quantiles and shares of a number per customer.
//!
//! A bucket holds the values whose floats begin with the same bits (sign, exponent and eight bits after the point): its width
//! is at most 1/256 of its values. It keeps how many there are, the smallest and the largest, so that a value which is alone
//! in its bucket is exact. Sketches add up in any order to the same bits.

/// Bits after the point that tell buckets apart.
const BITS: u32 = 8;

/// Buckets of a page, 2 to this: neighbours, few enough that the thin ends of a distribution leave little room empty.
const PAGE_BITS: u32 = 4;
const PAGE: usize = 1 << PAGE_BITS;

/// How often which values came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    count: u64,
    /// By leading bits, rising.
    pages: Vec<(i64, Box<[Bucket; PAGE]>)>,
}

/// Values that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// How many.
    pub count: u64,
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

impl Sketch {
    /// Takes a value in.
    pub fn insert(&mut self, value: f64) {
        let value = if value == 0.0 { 0.0 } else { value };
        self.count += 1;
        let key = key(value);
        let place = self.page(key >> PAGE_BITS);
        self.pages[place].1[key as usize % PAGE].add(1, value, value);
    }

    /// Takes another sketch in.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        for (number, page) in &other.pages {
            let place = self.page(*number);
            for (own, bucket) in self.pages[place].1.iter_mut().zip(page.iter()) {
                own.add(bucket.count, bucket.low, bucket.high);
            }
        }
    }

    /// The place of a page, made if need be.
    fn page(&mut self, number: i64) -> usize {
        self.pages.binary_search_by_key(&number, |page| page.0).unwrap_or_else(|place| {
            self.pages.insert(place, (number, Box::new([Bucket::EMPTY; PAGE])));
            place
        })
    }

    /// How many values.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The buckets, from small to large values.
    pub fn buckets(&self) -> impl Iterator<Item = &Bucket> {
        self.pages.iter().flat_map(|(_, page)| page.iter()).filter(|bucket| bucket.count > 0)
    }

    /// The `p`-quantile: the smallest value that a share of at least `p` does not exceed. Exact where its bucket holds one
    /// value, else within 1/256 of it. `None` without values.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let rank = (p * self.count as f64).ceil().clamp(1.0, self.count.max(1) as f64);
        let (bucket, place) = self.at_rank(rank as u64)?;
        if bucket.count < 2 {
            return Some(bucket.low);
        }
        let inside = (place - 1) as f64 / (bucket.count - 1) as f64;
        Some(bucket.low + (bucket.high - bucket.low) * inside)
    }

    /// Bounds of the `p`-quantile by order statistics: of `n` independent values, those of rank `np ∓ z √(np(1 − p))` hold it
    /// between them (H. A. David and H. N. Nagaraja, *Order Statistics*, 3rd edition, 7.1), outwards to the bounds of their
    /// buckets. `z` = 1.96 for 95 %.
    #[must_use]
    pub fn quantile_bounds(&self, p: f64, z: f64) -> Option<(f64, f64)> {
        let n = self.count as f64;
        let half = z * (n * p * (1.0 - p)).sqrt();
        let low = self.at_rank((n * p - half).floor().clamp(1.0, n.max(1.0)) as u64)?.0.low;
        let high = self.at_rank((n * p + half + 1.0).ceil().clamp(1.0, n.max(1.0)) as u64)?.0.high;
        Some((low, high))
    }

    /// The bucket of the value of a rank (from 1), and its rank in it.
    fn at_rank(&self, rank: u64) -> Option<(&Bucket, u64)> {
        let mut left = rank;
        for bucket in self.buckets() {
            if left <= bucket.count {
                return Some((bucket, left));
            }
            left -= bucket.count;
        }
        None
    }
}

impl Bucket {
    const EMPTY: Self = Self { count: 0, low: f64::INFINITY, high: f64::NEG_INFINITY };

    fn add(&mut self, count: u64, low: f64, high: f64) {
        self.count += count;
        self.low = self.low.min(low);
        self.high = self.high.max(high);
    }
}

/// The bucket of a value: keys rise with values.
fn key(value: f64) -> i64 {
    let leading = (value.abs().to_bits() >> (52 - BITS)) as i64;
    if value < 0.0 { -1 - leading } else { leading }
}

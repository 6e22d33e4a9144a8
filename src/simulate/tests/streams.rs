//! The random words: known values, and a small battery. `docs/decisions/0003-random-streams.md` tells of a larger one.

use super::super::stream::{Nested, Purpose, Stream, unit};

/// Values of the independent Python in `docs/decisions/0003-random-streams.md`.
#[test]
fn known_words() {
    let table = [
        (0, 0, 0, Purpose::Branch, 0xcbfe_ebd0_8b34_a629),
        (0, 0, 0, Purpose::Takes, 0x62e5_e64f_ddf3_9d8c),
        (0, 1, 0, Purpose::Branch, 0x3a7a_c085_11ed_00dc),
        (1, 0, 0, Purpose::Branch, 0x343b_013f_860f_f93c),
        (42, 123_456_789, 7, Purpose::LeaveFeel, 0xc3cf_9978_ea6b_0e2a),
        (u64::MAX, 1_000_000_000_000, 99_999, Purpose::VisitFeel, 0xbef4_7c42_046a_b320),
    ];
    for (seed, customer, step, purpose, word) in table {
        assert_eq!(Stream::new(seed, customer).word(step, purpose), word);
    }
    let mut nested = Nested::new(12_345);
    assert_eq!([nested.next(), nested.next()], [0x4216_f83d_ea07_1fdf, 0x41c7_a02e_8ff5_8acd]);
    assert_eq!(unit(0xcbfe_ebd0_8b34_a629), 0.796_858_538_068_777_9);
}

#[test]
fn the_unit_interval_is_open_and_symmetric() {
    for word in [0, 1, u64::MAX, u64::MAX / 2, 0x1234_5678_9abc_def0] {
        let u = unit(word);
        assert!(u > 0.0 && u < 1.0);
        assert_eq!(u + unit(!word), 1.0);
    }
}

/// Pearson's statistic of counts that should be equal, as a normal deviate (Wilson and Hilferty 1931).
fn deviate(counts: &[u64]) -> f64 {
    let expected = counts.iter().sum::<u64>() as f64 / counts.len() as f64;
    let statistic: f64 = counts.iter().map(|&c| (c as f64 - expected) * (c as f64 - expected) / expected).sum();
    let k = (counts.len() - 1) as f64;
    ((statistic / k).cbrt() - (1.0 - 2.0 / (9.0 * k))) / (2.0 / (9.0 * k)).sqrt()
}

type Words = Box<dyn Fn(u64) -> u64>;

/// Words in the four orders in which the simulation could be unlucky.
fn orders() -> [(&'static str, Words); 4] {
    [
        ("along a customer", Box::new(|i| Stream::new(7, 3).word(i, Purpose::Branch))),
        ("across customers", Box::new(|i| Stream::new(7, i).word(1, Purpose::Branch))),
        ("across seeds", Box::new(|i| Stream::new(i, 0).word(0, Purpose::Branch))),
        (
            "as walked",
            Box::new(|i| {
                let purpose = [Purpose::Branch, Purpose::Takes, Purpose::After][(i % 3) as usize];
                Stream::new(7, i / 39).word(i / 3 % 13, purpose)
            }),
        ),
    ]
}

const WORDS: u64 = 400_000;

#[test]
fn every_byte_is_uniform() {
    for (order, word) in orders() {
        for byte in 0..8 {
            let mut counts = [0; 256];
            for i in 0..WORDS {
                counts[(word(i) >> (8 * byte) & 255) as usize] += 1;
            }
            let z = deviate(&counts);
            assert!(z.abs() < 4.5, "byte {byte} {order}: {z}");
        }
    }
}

#[test]
fn neighbours_are_independent() {
    for (order, word) in orders() {
        for (lag, shift) in [(1, 58), (2, 58), (3, 58), (1, 0), (1, 29)] {
            let mut counts = [0; 4096];
            for i in 0..WORDS {
                let (a, b) = (word(i) >> shift & 63, word(i + lag) >> shift & 63);
                counts[(a * 64 + b) as usize] += 1;
            }
            let z = deviate(&counts);
            assert!(z.abs() < 4.5, "lag {lag}, bits from {shift}, {order}: {z}");
        }
    }
}

/// The same step of customers whose numbers lie `2^k` apart, and of seeds one apart: correlation times √n is standard normal.
#[test]
fn customers_are_uncorrelated() {
    let correlation = |pair: &dyn Fn(u64) -> (u64, u64)| {
        let sum: f64 = (0..WORDS).map(pair).map(|(a, b)| (unit(a) - 0.5) * (unit(b) - 0.5)).sum();
        12.0 * sum / (WORDS as f64).sqrt()
    };
    for k in 0..20 {
        let z = correlation(&|i| {
            let word = |customer| Stream::new(7, customer).word(2, Purpose::Branch);
            (word(i), word(i + (1 << k)))
        });
        assert!(z.abs() < 4.5, "customers 2^{k} apart: {z}");
    }
    let z = correlation(&|i| (Stream::new(7, i).word(2, Purpose::Branch), Stream::new(8, i).word(2, Purpose::Branch)));
    assert!(z.abs() < 4.5, "seeds 7 and 8: {z}");
    let z = correlation(&|i| (Stream::new(7, i).word(2, Purpose::Takes), Stream::new(7, i).word(2, Purpose::After)));
    assert!(z.abs() < 4.5, "two purposes: {z}");
}

/// Turning one bit of seed, customer or step turns each bit of the word half of the time.
#[test]
fn avalanche() {
    const TRIALS: u64 = 4_000;
    for bit in 0..20 {
        for what in 0..3 {
            let mut turned = [0_u64; 64];
            for i in 0..TRIALS {
                let at = i * 7919;
                let (mut address, flip) = ([at, at + 1, at + 2], 1 << bit);
                let word = |[seed, customer, step]: [u64; 3]| Stream::new(seed, customer).word(step, Purpose::Branch);
                let before = word(address);
                address[what] ^= flip;
                let difference = before ^ word(address);
                for (place, count) in turned.iter_mut().enumerate() {
                    *count += difference >> place & 1;
                }
            }
            for count in turned {
                let z = (count as f64 - TRIALS as f64 / 2.0) / (TRIALS as f64 / 4.0).sqrt();
                assert!(z.abs() < 5.5, "bit {bit} of {what}: {z}"); // of 3840 deviates
            }
        }
    }
}

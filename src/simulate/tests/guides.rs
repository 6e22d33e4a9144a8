//! The guide table against the thresholds themselves.

use super::super::draw::choose;
use super::super::guide::{Guides, Part, look};
use super::super::stream::{Purpose, Stream};

/// What the table says, or the thresholds where it does not know.
fn chosen(table: &[u64], part: Part, below: &[u64], word: u64) -> (usize, bool) {
    match look(table, part, word) {
        Some(outcome) if outcome <= below.len() => (outcome, true),
        _ => (choose(below, word), false),
    }
}

/// Words at and about each threshold, at the bounds of buckets, and some in between.
fn words(below: &[u64]) -> impl Iterator<Item = u64> {
    let near = below.iter().flat_map(|&t| {
        [0, 1, 2, 1 << 32, u64::from(u32::MAX)].into_iter().flat_map(move |d| [t.wrapping_add(d), t.wrapping_sub(d)])
    });
    let bounds = (0..=512_u64).flat_map(|b| [(b << 55).wrapping_sub(1), b << 55, (b << 55) + 1]);
    let random = (0..2_000).map(|i| Stream::new(3, i).word(0, Purpose::Branch));
    near.chain(bounds).chain(random).collect::<Vec<_>>().into_iter()
}

#[test]
fn the_table_chooses_as_the_thresholds_do() {
    let mut rows: Vec<Vec<u64>> = vec![
        vec![],
        vec![0],
        vec![u64::MAX],
        vec![1, 2, 3],
        vec![5, 5, 5, 1 << 63, 1 << 63],
        vec![u64::MAX / 3, u64::MAX / 3 * 2],
        vec![1 << 56, (1 << 56) + 1, u64::MAX - 1, u64::MAX],
        (1..300).map(|i| i << 55).collect(),
    ];
    for seed in 0..40 {
        let mut row: Vec<u64> = (0..1 + seed % 12).map(|i| Stream::new(seed, i).word(1, Purpose::Takes)).collect();
        row.sort_unstable();
        rows.push(row);
    }
    let mut guides = Guides::new();
    let parts: Vec<_> = rows.iter().map(|row| guides.part(row)).collect();
    let table = guides.finish();
    for (row, part) in rows.iter().zip(parts) {
        for word in words(row) {
            let (outcome, _) = chosen(&table, part, row, word);
            assert_eq!(outcome, row.iter().filter(|t| **t <= word).count(), "{word:x} in {row:x?}");
        }
    }
}

#[test]
fn a_look_nearly_always_tells() {
    let part_of = |guides: &mut Guides, hundredths: &[u128]| {
        let below: Vec<u64> = hundredths.iter().map(|p| (u128::from(u64::MAX) * p / 100) as u64).collect();
        (guides.part(&below), below)
    };
    let mut guides = Guides::new();
    let three = part_of(&mut guides, &[29, 45, 77]);
    assert_eq!(three, part_of(&mut guides, &[29, 45, 77]), "made once");
    // 4 thresholds below a quarter: 1 bucket holds 5, either half holds 4 and 1, the first quarter 4, its halves 2 and 2.
    let five = part_of(&mut guides, &[5, 10, 15, 20, 60]);
    let table = guides.finish();
    assert_eq!(table.len(), 1 + 1 + 8, "one entry that tells nothing, and those of the rows");
    for (part, below) in [three, five] {
        let unknown = words(&below).filter(|&w| !chosen(&table, part, &below, w).1).count();
        // only words that share 16 bits and more with a threshold, and those that end a bucket
        assert!(unknown <= 10 * below.len() + 3 * 8, "{unknown}");
    }
}

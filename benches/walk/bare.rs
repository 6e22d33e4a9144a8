//! The least that a walk can do: one sequential generator, an alias table, eight walkers at once, a count of visits.
//!
//! No customers are told apart, nothing is known of anybody's way, no luck is shared between scenarios, nothing can be replayed.

use jalon::chain::Chain;

const WALKERS: usize = 8;

/// A chain as alias tables (A. J. Walker 1977): 8 bytes an entry. Ends lead on to the row of those who come in, so that a walker
/// starts again without a branch.
pub(crate) struct Alias {
    entries: Vec<Entry>,
    /// By state, then by end, then for those who come in: the first entry and how many there are.
    rows: Vec<(u32, u32)>,
    states: u32,
}

#[derive(Clone, Copy)]
struct Entry {
    threshold: u32,
    own: u16,
    other: u16,
}

impl Alias {
    pub(crate) fn new(chain: &Chain) -> Self {
        let mut alias = Self { entries: Vec::new(), rows: Vec::new(), states: chain.states.len() as u32 };
        for state in 0..alias.states {
            let branches: Vec<_> = chain.branches_of(state).iter().map(|b| (b.to, chain.probability(b.probability))).collect();
            let row = alias.row(&branches);
            alias.rows.push(row);
        }
        let entries: Vec<_> = chain.entries.iter().map(|e| (e.to, chain.probability(e.probability))).collect();
        let outside = alias.row(&entries);
        alias.rows.extend(std::iter::repeat_n(outside, chain.ends));
        alias
    }

    fn row(&mut self, outcomes: &[(u32, f64)]) -> (u32, u32) {
        let mut share: Vec<f64> = outcomes.iter().map(|(_, p)| p * outcomes.len() as f64).collect();
        let mut other: Vec<usize> = (0..outcomes.len()).collect();
        let (mut poor, mut rich): (Vec<_>, Vec<_>) = (0..outcomes.len()).partition(|&i| share[i] < 1.0);
        while let (Some(&giver), Some(taker)) = (rich.last(), poor.pop()) {
            other[taker] = giver;
            share[giver] -= 1.0 - share[taker];
            if share[giver] < 1.0 {
                rich.pop();
                poor.push(giver);
            }
        }
        let first = self.entries.len() as u32;
        let narrow = |row: u32| u16::try_from(row).expect("fewer than 65,536 rows");
        self.entries.extend((0..outcomes.len()).map(|i| Entry {
            threshold: (share[i] * f64::from(u32::MAX)) as u32,
            own: narrow(outcomes[i].0),
            other: narrow(outcomes[other[i]].0),
        }));
        (first, outcomes.len() as u32)
    }

    /// Walks until so many customers have come to an end; gives the visits.
    #[inline(never)]
    pub(crate) fn walk(&self, customers: u64, seed: u64) -> u64 {
        let mut generator = seed;
        let mut visits = vec![0_u32; self.rows.len()];
        let mut at = [self.states; WALKERS];
        let mut ended = 0;
        while ended < customers {
            for row in &mut at {
                let word = split_mix(&mut generator);
                let (first, number) = self.rows[*row as usize];
                let place = first as usize + (((word >> 32) * u64::from(number)) >> 32) as usize;
                let entry = self.entries[place];
                let to = u32::from(if (word as u32) < entry.threshold { entry.own } else { entry.other });
                visits[to as usize] += 1;
                ended += u64::from(to >= self.states);
                *row = to;
            }
        }
        visits[..self.states as usize].iter().map(|v| u64::from(*v)).sum()
    }
}

/// G. L. Steele, D. Lea and C. H. Flood, *Fast splittable pseudorandom number generators*, 2014.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

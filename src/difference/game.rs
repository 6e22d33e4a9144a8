//! Which part of a change each edit plays: Shapley values over the edits.
//!
//! `φ(i) = Σ |S|! (n − |S| − 1)! / n! × (v(S ∪ i) − v(S))` (L. S. Shapley, 1953): the mean of what an edit adds, over all orders in
//! which the edits may be made. The parts add up to the whole change. Up to [`EXACT`] edits all `2ⁿ` sets are computed; beyond, orders
//! are drawn, each with its reverse (J. Castro, D. Gómez and J. Tejada, 2009), and the parts of each order add up too.
//!
//! A set that makes no journey (a branch to a touchpoint that is not there, shares that do not add up) tells that some edits
//! need one another: they become one.

use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Mutex;

/// So many edits are told apart exactly.
pub const EXACT: usize = 12;
/// With as many states as all these sets of edits have together, no set more is computed exactly: half a minute's work.
pub const STATES: usize = 1_000_000;
/// More edits than these are not told apart: it is another journey.
pub(super) const MOST: usize = 64;
/// So many orders are drawn beyond, half of them the reverse of the others.
pub const ORDERS: usize = 64;

/// What is worth how much with some edits made: one number per figure, none where it has no value; nothing if it is no journey.
pub(super) type Value<'a> = &'a (dyn Fn(&[usize]) -> Option<Vec<f64>> + Sync);

/// The part of each group of edits in the change of each figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// The edits that are made together.
    pub groups: Vec<Vec<usize>>,
    /// By group and figure.
    pub parts: Vec<Vec<f64>>,
    /// How they were found.
    pub how: How,
    /// By group and figure: the standard error of a drawn part.
    pub errors: Option<Vec<Vec<f64>>>,
    /// With no edit made: what each figure is worth.
    pub before: Vec<f64>,
    /// With all edits made.
    pub after: Vec<f64>,
}

/// How parts were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// From all sets of edits: so many.
    Exact(usize),
    /// From so many orders.
    Sampled(usize),
}

/// Plays the game of some groups of edits, exactly for up to `exact` of them; `None` if the versions themselves make no journey of their pieces.
pub(super) fn shapley(groups: Vec<Vec<usize>>, exact: usize, value: Value<'_>) -> Option<Parts> {
    let mut game = Game { groups, value, known: Mutex::new(HashMap::new()) };
    let all = game.all();
    let (before, after) = (game.worth(&[])?, game.worth(&all)?);
    loop {
        // What can be seen of sets of one, and of all but one, is seen before the rest is looked at.
        let n = game.groups.len();
        let small = (0..n).map(|i| vec![i]).chain((0..n).map(|i| (0..n).filter(|j| *j != i).collect()));
        let mut failing = game.first_failing(small.collect());
        if failing.is_none() {
            let played = if n <= exact { game.exact() } else { game.sampled() };
            match played {
                Ok((parts, errors, how)) => {
                    return Some(Parts { groups: game.groups, parts, how, errors, before, after });
                }
                Err(set) => failing = Some(set),
            }
        }
        game.join(&failing.unwrap_or_default());
    }
}

struct Game<'a> {
    groups: Vec<Vec<usize>>,
    value: Value<'a>,
    /// By edits that are made, in their order.
    known: Mutex<HashMap<Vec<usize>, Option<Vec<f64>>>>,
}

type Played = (Vec<Vec<f64>>, Option<Vec<Vec<f64>>>, How);

impl Game<'_> {
    fn all(&self) -> Vec<usize> {
        (0..self.groups.len()).collect()
    }

    /// What a set of groups is worth.
    fn worth(&self, set: &[usize]) -> Option<Vec<f64>> {
        let mut edits: Vec<usize> = set.iter().flat_map(|g| self.groups[*g].iter().copied()).collect();
        edits.sort_unstable();
        if let Some(known) = self.known.lock().ok().and_then(|known| known.get(&edits).cloned()) {
            return known;
        }
        let worth = (self.value)(&edits);
        if let Ok(mut known) = self.known.lock() {
            known.insert(edits, worth.clone());
        }
        worth
    }

    /// The first of some sets that make no journey.
    fn first_failing(&self, sets: Vec<Vec<usize>>) -> Option<Vec<usize>> {
        let fails: Vec<bool> = sets.par_iter().map(|set| self.worth(set).is_none()).collect();
        sets.into_iter().zip(fails).find(|(_, fails)| *fails).map(|(set, _)| set)
    }

    /// Makes one group of those that need one another, as a set that makes no journey shows: the smallest set in it that makes none, with
    /// what must be added for it to make one.
    fn join(&mut self, failing: &[usize]) {
        let mut least: Vec<usize> = failing.to_vec();
        for group in failing {
            let without: Vec<usize> = least.iter().copied().filter(|g| g != group).collect();
            if self.worth(&without).is_none() {
                least = without;
            }
        }
        let whole = self.completed(&least);
        let (joined, rest): (Vec<usize>, Vec<usize>) = (0..self.groups.len()).partition(|g| whole.contains(g));
        let mut one: Vec<usize> = joined.iter().flat_map(|g| self.groups[*g].iter().copied()).collect();
        one.sort_unstable();
        let mut groups: Vec<Vec<usize>> = rest.iter().map(|g| self.groups[*g].clone()).chain([one]).collect();
        groups.sort();
        self.groups = groups;
    }

    /// A small set with these groups in it that makes a journey: with one more or two, else what is left of all when one after the other has been
    /// taken away.
    fn completed(&self, least: &[usize]) -> Vec<usize> {
        let others: Vec<usize> = self.all().into_iter().filter(|g| !least.contains(g)).collect();
        let with = |more: &[usize]| -> Vec<usize> {
            let mut set: Vec<usize> = least.iter().chain(more).copied().collect();
            set.sort_unstable();
            set
        };
        let one = others.iter().map(|g| vec![*g]);
        let two = others.iter().enumerate().flat_map(|(i, a)| others[..i].iter().map(|b| vec![*b, *a]));
        let few = if others.len() <= EXACT { usize::MAX } else { others.len() };
        if let Some(more) = one.chain(two).take(few).find(|more| self.worth(&with(more)).is_some()) {
            return with(&more);
        }
        let mut whole = self.all();
        for group in others {
            let without: Vec<usize> = whole.iter().copied().filter(|g| *g != group).collect();
            if self.worth(&without).is_some() {
                whole = without;
            }
        }
        whole
    }

    fn exact(&self) -> Result<Played, Vec<usize>> {
        let n = self.groups.len();
        let set = |mask: usize| -> Vec<usize> { (0..n).filter(|i| mask >> i & 1 == 1).collect() };
        let worths: Vec<Option<Vec<f64>>> = (0..1usize << n).into_par_iter().map(|mask| self.worth(&set(mask))).collect();
        if let Some(mask) = (0..worths.len()).filter(|m| worths[*m].is_none()).min_by_key(|m| (m.count_ones(), *m)) {
            return Err(set(mask));
        }
        let worths: Vec<Vec<f64>> = worths.into_iter().flatten().collect();
        let figures = worths[0].len();
        // |S|! (n − |S| − 1)! / n! = 1 / (n × C(n − 1, |S|))
        let mut weights = vec![1.0 / n.max(1) as f64; n.max(1)];
        for size in 1..n {
            weights[size] = weights[size - 1] * size as f64 / (n - size) as f64;
        }
        let mut parts = vec![vec![0.0; figures]; n];
        for (i, part) in parts.iter_mut().enumerate() {
            for mask in (0..worths.len()).filter(|mask| mask >> i & 1 == 0) {
                let weight = weights[mask.count_ones() as usize];
                for (f, part) in part.iter_mut().enumerate() {
                    *part += weight * (worths[mask | 1 << i][f] - worths[mask][f]);
                }
            }
        }
        Ok((parts, None, How::Exact(worths.len())))
    }

    fn sampled(&self) -> Result<Played, Vec<usize>> {
        let n = self.groups.len();
        let orders: Vec<Vec<usize>> = (0..ORDERS / 2)
            .flat_map(|k| {
                let order = shuffled(n, k as u64);
                let reverse = order.iter().rev().copied().collect();
                [order, reverse]
            })
            .collect();
        let one = |order: &Vec<usize>| -> Result<Vec<Vec<f64>>, Vec<usize>> {
            let mut set: Vec<usize> = Vec::new();
            let mut before = self.worth(&set).ok_or_else(Vec::new)?;
            let mut parts = vec![Vec::new(); n];
            for group in order {
                set.push(*group);
                set.sort_unstable();
                let after = self.worth(&set).ok_or_else(|| set.clone())?;
                parts[*group] = after.iter().zip(&before).map(|(a, b)| a - b).collect();
                before = after;
            }
            Ok(parts)
        };
        let drawn: Vec<Vec<Vec<f64>>> = orders.par_iter().map(one).collect::<Result<_, _>>()?;
        // Order and reverse are one draw.
        let draws: Vec<Vec<Vec<f64>>> = drawn
            .chunks(2)
            .map(|pair| {
                (0..n).map(|g| pair[0][g].iter().zip(&pair[1][g]).map(|(a, b)| f64::midpoint(*a, *b)).collect()).collect()
            })
            .collect();
        let count = draws.len() as f64;
        let figures = draws[0].first().map_or(0, Vec::len);
        let mean = |g: usize, f: usize| draws.iter().map(|d| d[g][f]).sum::<f64>() / count;
        let error = |g: usize, f: usize| {
            let mean = mean(g, f);
            let squares: f64 = draws.iter().map(|d| (d[g][f] - mean) * (d[g][f] - mean)).sum();
            (squares / (count - 1.0) / count).sqrt()
        };
        let table = |of: &dyn Fn(usize, usize) -> f64| -> Vec<Vec<f64>> {
            (0..n).map(|g| (0..figures).map(|f| of(g, f)).collect()).collect()
        };
        Ok((table(&mean), Some(table(&error)), How::Sampled(orders.len())))
    }
}

/// The `k`-th order of `n`, the same on every machine (S. Vigna's splitmix64, and R. A. Fisher and F. Yates' shuffle).
fn shuffled(n: usize, k: u64) -> Vec<usize> {
    let mut state = k.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, (next() % (i as u64 + 1)) as usize);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn singles(n: usize) -> Vec<Vec<usize>> {
        (0..n).map(|i| vec![i]).collect()
    }

    /// The glove game: one left glove (0), two right ones (1, 2); a pair is worth 1. Known: 2/3, 1/6, 1/6.
    #[test]
    fn gloves() {
        let value = |edits: &[usize]| {
            let pair = edits.contains(&0) && (edits.contains(&1) || edits.contains(&2));
            Some(vec![f64::from(u8::from(pair))])
        };
        let parts = shapley(singles(3), EXACT, &value).unwrap();
        for (part, expected) in parts.parts.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((part[0] - expected).abs() < 1e-15, "{parts:?}");
        }
        assert_eq!(parts.how, How::Exact(8));
    }

    /// 1 is no journey without 2; 3 and 4 are none apart.
    #[test]
    fn edits_that_need_one_another_are_one() {
        let value = |edits: &[usize]| {
            let has = |e: usize| edits.contains(&e);
            (!has(1) || has(2)).then_some(())?;
            (has(3) == has(4)).then_some(())?;
            Some(vec![edits.len() as f64])
        };
        let parts = shapley(singles(5), EXACT, &value).unwrap();
        assert_eq!(parts.groups, [vec![0], vec![1, 2], vec![3, 4]]);
        assert_eq!(parts.parts, [[1.0], [2.0], [2.0]]);
    }

    /// Fourteen edits, of which each pair adds: the drawn parts add up, and lie within a few errors of the true ones (by symmetry, all the same).
    #[test]
    fn many_edits_are_drawn() {
        let value = |edits: &[usize]| Some(vec![(edits.len() * edits.len()) as f64]);
        let parts = shapley(singles(14), EXACT, &value).unwrap();
        assert_eq!(parts.how, How::Sampled(ORDERS));
        let sum: f64 = parts.parts.iter().map(|p| p[0]).sum();
        assert!((sum - 196.0).abs() < 1e-9, "{sum}");
        // Each is 14 by symmetry; an order and its reverse give exactly that.
        assert!(parts.parts.iter().all(|p| (p[0] - 14.0).abs() < 1e-9), "{parts:?}");
    }
}

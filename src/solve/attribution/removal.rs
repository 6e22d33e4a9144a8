//! Conversions that are left without a part.
//!
//! Only those who lead to a part feel that it is gone, so that all other places can be eliminated first. With half of the parts
//! in view, the places that neither belong to them nor lead to them are eliminated, and each half is done in the same way: all
//! parts cost about as much as a few eliminations. Those who would come to the part are lost (their weight leaves the chain), or
//! shared out: `v = b + P₋ₓ v + Dₓ v`, where the weight `Dₓ` that would come to the part stays where it is. A weight that stays is
//! one that elimination without subtraction never looks at, so it is simply dropped.

use super::net::{Net, Traffic};
use super::road::Road;
use super::{Parts, Removals, closing};
use rayon::prelude::*;

/// Of roads with more visits than this each part is closed by itself: a touchpoint's visits lead to one another by every way round
/// through all others, and with hundreds of visits to each the halves fill up.
const LONG: usize = 6_000;

/// By part: conversions left if those who would meet it are lost, and if they are shared out.
pub(super) fn removals(road: &Road, parts: &Parts) -> Removals {
    if road.visits() > LONG { one_by_one(road, parts) } else { by_halves(road, parts) }
}

/// One system for each part.
pub(super) fn one_by_one(road: &Road, parts: &Parts) -> Removals {
    let left = |part: usize| {
        let closed = |visit: u32| parts.of[road.touchpoint[visit as usize]] == part;
        (closing::left(road, closed, Traffic::Lost), closing::left(road, closed, Traffic::Shared))
    };
    (0..parts.count).into_par_iter().map(left).unzip()
}

/// All parts at once.
pub(super) fn by_halves(road: &Road, parts: &Parts) -> Removals {
    let mut found = (vec![f64::NAN; parts.count], vec![f64::NAN; parts.count]);
    let part = |place: u32| (!road.is_way_in(place)).then(|| parts.of[road.touchpoint[place as usize]]);
    let mut members = vec![false; parts.count];
    (0..road.visits() as u32).filter_map(part).for_each(|part| members[part] = true);
    let whole = Net::new(road, (0..road.places() as u32).collect());
    let nothing = whole.clone().keep(|place| road.is_way_in(place)).value(road);
    let (used, unused): (Vec<usize>, Vec<usize>) = (0..parts.count).partition(|&p| members[p]);
    for part in unused {
        (found.0[part], found.1[part]) = (nothing, nothing);
    }
    if !used.is_empty() {
        split(road, whole, &used, &part, &mut |net, x| {
            let left = |traffic| net.without(|place| part(place) == Some(x), traffic).keep(|p| road.is_way_in(p)).value(road);
            (found.0[x], found.1[x]) = (left(Traffic::Lost), left(Traffic::Shared));
        });
    }
    found
}

/// Calls `alone` with each of `parts`, which are in order, all that neither belongs nor leads to it eliminated.
fn split(road: &Road, net: Net, parts: &[usize], part: &impl Fn(u32) -> Option<usize>, alone: &mut impl FnMut(&Net, usize)) {
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    let within = |place: u32| part(place).is_some_and(|part| first <= part && part <= last);
    let net = net.keep(|place| road.is_way_in(place) || within(place) || road.moves(place).iter().any(|(to, _)| within(*to)));
    if first == last {
        return alone(&net, first);
    }
    let (low, high) = parts.split_at(parts.len() / 2);
    split(road, net.clone(), low, part, alone);
    split(road, net, high, part, alone);
}

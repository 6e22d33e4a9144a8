//! Conversions left when some visits are closed, by a system of its own: for roads so long that what is eliminated for all parts
//! at once (`net`) would fill up.

use super::net::Traffic;
use super::road::Road;
use crate::solve::reverse::leading_to;
use crate::solve::system::{Moves, System};

/// Conversions per customer who arrives, with the visits closed for which `closed` holds.
pub(super) fn left(road: &Road, closed: impl Fn(u32) -> bool, traffic: Traffic) -> f64 {
    let is_open: Vec<bool> = (0..road.visits() as u32).map(|visit| !closed(visit)).collect();
    let rows: Vec<Row> = (0..road.places() as u32).map(|place| Row::new(road, place, &is_open, traffic)).collect();
    let goes = |to: u32| is_open[to as usize];
    let mut leaves: Vec<bool> = rows[..road.visits()].iter().map(|row| row.out > 0.0).collect();
    let between = |visit: u32| road.moves(visit).iter().map(move |(to, _)| (visit, *to));
    let ways = (0..road.visits() as u32).flat_map(between);
    leading_to(&mut leaves, ways.filter(|(visit, to)| goes(*visit) && goes(*to)));
    let mut moves = Moves::new(road.visits(), rows.len());
    let mut gain = vec![0.0; road.visits()];
    for visit in 0..road.visits() {
        let row = &rows[visit];
        // Those who can only go round for ever, all other ways being closed, are lost.
        if !is_open[visit] || !leaves[visit] {
            moves.close(1.0);
            continue;
        }
        for (to, weight) in road.moves(visit as u32).iter().filter(|(to, _)| goes(*to)) {
            moves.push(*to, weight / row.total);
        }
        gain[visit] = road.gain[visit] / row.total;
        moves.close(row.out / row.total);
    }
    let visits: Vec<u32> = (0..road.visits() as u32).filter(|&visit| is_open[visit as usize]).collect();
    let comes = System::new(moves, &visits).backward(&gain);
    let way = |way: usize| {
        let place = road.visits() + way;
        let moves = road.moves(place as u32).iter().filter(|(to, _)| goes(*to));
        let sum = road.gain[place] + moves.map(|(to, weight)| weight * comes[*to as usize]).sum::<f64>();
        if rows[place].total > 0.0 { road.share[way] * sum / rows[place].total } else { 0.0 }
    };
    (0..road.share.len()).map(way).sum()
}

/// What is left of the ways out of a place.
struct Row {
    /// Weight that leaves the road.
    out: f64,
    /// All weight that is left: 1 where nothing is shared out.
    total: f64,
}

impl Row {
    fn new(road: &Road, place: u32, is_open: &[bool], traffic: Traffic) -> Self {
        let (mut stays, mut closed) = (0.0, 0.0);
        for (to, weight) in road.moves(place) {
            *(if is_open[*to as usize] { &mut stays } else { &mut closed }) += weight;
        }
        let leaves = road.gain[place as usize] + road.lost[place as usize];
        match traffic {
            Traffic::Lost => Self { out: leaves + closed, total: 1.0 },
            Traffic::Shared => Self { out: leaves, total: leaves + stays },
        }
    }
}

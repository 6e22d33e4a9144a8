//! Which column each touchpoint stands in.
//!
//! Inside a stage a touchpoint stands right of those from which customers come: its rank is the length of the longest way to it
//! once the lightest passages that would close a circle are set aside. Two of one channel never share a place: one moves to the
//! next column, or, where the stage has no column left (and on small maps, where two are alternatives), they stand above each
//! other. On the largest maps a stage has no more than a few columns: the lightest passages, which would ask for more, may then stay
//! within a column, but never turn back.

use super::view::MapView;
use std::ops::Range;

/// Columns that a stage may take so that no two touchpoints share a place.
const ROOMY: usize = 4;
/// Maps of so few touchpoints have the height for two alternatives above each other.
const FEW: usize = 12;
/// Maps of more touchpoints than this have no more than [`ROOMY`] columns in a stage.
const MANY: usize = 24;

/// Places in columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// By touchpoint: its column, counted over all stages.
    pub(super) of: Vec<usize>,
    /// By touchpoint: length of the longest way to it inside its stage. Of two in one column the one of lower rank is met first.
    pub(super) rank: Vec<usize>,
    /// By stage: its columns; every stage has one at least.
    pub(super) stages: Vec<Range<usize>>,
    /// By column and lane: who stands there, from top to bottom.
    pub(super) cells: Vec<Vec<Vec<usize>>>,
}

impl Columns {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }
}

impl Columns {
    /// By touchpoint: how many columns its label may take, its own and half of those that its lane leaves empty on either side, as
    /// much to the left as to the right. Two labels of one lane that keep to that never meet.
    pub(super) fn reach(&self, view: &MapView) -> Vec<f64> {
        let reach = |point: usize| {
            let (lane, at) = (view.points[point].lane, self.of[point]);
            let empty = |column: &usize| self.cells[*column][lane].is_empty();
            let (left, right) = ((0..at).rev().take_while(empty).count(), (at + 1..self.len()).take_while(empty).count());
            // Nobody stands beyond the last.
            let left = if left == at { 2 * left } else { left };
            let right = if at + 1 + right == self.len() { 2 * right } else { right };
            1.0 + left.min(right) as f64
        };
        (0..view.points.len()).map(reach).collect()
    }
}

/// Gives every touchpoint a column.
pub(super) fn place(view: &MapView) -> Columns {
    let mut columns = Columns { of: vec![0; view.points.len()], rank: vec![0; view.points.len()], ..Columns::default() };
    for stage in 0..view.stages.len() {
        let members: Vec<usize> = (0..view.points.len()).filter(|&p| view.points[p].stage == stage).collect();
        let first = columns.cells.len();
        for (member, column, rank) in place_stage(view, &members) {
            let at = first + column;
            columns.rank[member] = rank;
            while columns.cells.len() <= at {
                columns.cells.push(vec![Vec::new(); view.lanes.len()]);
            }
            columns.of[member] = at;
            columns.cells[at][view.points[member].lane].push(member);
        }
        if columns.cells.len() == first {
            columns.cells.push(vec![Vec::new(); view.lanes.len()]);
        }
        columns.stages.push(first..columns.cells.len());
    }
    columns
}

/// By member: who, in which column of the stage, and its rank.
fn place_stage(view: &MapView, members: &[usize]) -> Vec<(usize, usize, usize)> {
    let all: Vec<Edge> = without_circles(view, members).into_iter().map(|(from, to)| Edge { from, to, step: 1 }).collect();
    let ranks = longest(members.len(), &all, false);
    let edges = if view.points.len() > MANY { lightened(members.len(), &all) } else { all };
    let heads = longest(members.len(), &edges, false);
    let tails = longest(members.len(), &edges, true);
    let limit = heads.iter().max().map_or(1, |most| most + 1).max(ROOMY);
    let mut order: Vec<usize> = (0..members.len()).collect();
    // From left to right; of those of one rank, first those that others wait for, then the text's order.
    order.sort_by_key(|&m| (heads[m], ranks[m], usize::MAX - tails[m], m));
    let mut column = vec![0_usize; members.len()];
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for m in order {
        let lane = view.points[members[m]].lane;
        let least = edges.iter().filter(|e| e.to == m).map(|e| column[e.from] + e.step).max().unwrap_or(0);
        let fullness = |c: usize| taken.iter().filter(|&&place| place == (lane, c)).count();
        let last = limit.saturating_sub(tails[m] + 1).max(least);
        let crowd = |c: usize| if view.points.len() <= FEW { fullness(c) / 2 } else { fullness(c) };
        let chosen = (least..=last).min_by_key(|&c| (crowd(c), c)).unwrap_or(least);
        column[m] = chosen;
        taken.push((lane, chosen));
    }
    members.iter().copied().zip(column).zip(ranks).map(|((member, column), rank)| (member, column, rank)).collect()
}

/// A passage between two members, and how many columns further it leads at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edge {
    from: usize,
    to: usize,
    step: usize,
}

/// The same passages, heaviest first, of which those that would make the stage too wide need not lead to a further column.
fn lightened(members: usize, edges: &[Edge]) -> Vec<Edge> {
    let mut kept: Vec<Edge> = edges.iter().map(|edge| Edge { step: 0, ..*edge }).collect();
    for at in 0..kept.len() {
        kept[at].step = 1;
        if longest(members, &kept, false).into_iter().max().unwrap_or(0) >= ROOMY {
            kept[at].step = 0;
        }
    }
    kept
}

/// The passages between members, heaviest first, but for those that would close a circle. The order of the text weighs a little.
fn without_circles(view: &MapView, members: &[usize]) -> Vec<(usize, usize)> {
    let place = |point: usize| members.binary_search(&point).ok();
    let mut edges: Vec<(f64, usize, usize)> = view
        .flows
        .iter()
        .filter_map(|flow| {
            let (from, to) = (place(flow.from?)?, place(flow.to)?);
            let weight = flow.passages * if from < to { 1.01 } else { 1.0 };
            (from != to && weight > 0.0).then_some((weight, from, to))
        })
        .collect();
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for (_, from, to) in edges {
        if !kept.contains(&(from, to)) && !reaches(&kept, to, from) {
            kept.push((from, to));
        }
    }
    kept
}

fn reaches(edges: &[(usize, usize)], from: usize, to: usize) -> bool {
    let mut seen = vec![from];
    let mut at = 0;
    while at < seen.len() {
        if seen[at] == to {
            return true;
        }
        for &(a, b) in edges {
            if a == seen[at] && !seen.contains(&b) {
                seen.push(b);
            }
        }
        at += 1;
    }
    false
}

/// By member: length of the longest way that ends there, or (backwards) that starts there.
fn longest(members: usize, edges: &[Edge], backwards: bool) -> Vec<usize> {
    let mut length = vec![0_usize; members];
    // Without circles, as many rounds as members settle everything; most journeys settle in a few.
    for _ in 0..members {
        let mut settled = true;
        for &Edge { from, to, step } in edges {
            let (before, after) = if backwards { (to, from) } else { (from, to) };
            if length[after] < length[before] + step {
                length[after] = length[before] + step;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::super::view::{FlowView, LaneView, PointView, StageView};
    use super::*;

    fn view(points: &[(usize, usize)], flows: &[(usize, usize, f64)]) -> MapView {
        let stages = points.iter().map(|p| p.0).max().map_or(0, |s| s + 1);
        MapView {
            stages: vec![StageView::default(); stages],
            lanes: vec![LaneView::default(); points.iter().map(|p| p.1).max().map_or(0, |l| l + 1)],
            points: points.iter().map(|&(stage, lane)| PointView { stage, lane, ..PointView::default() }).collect(),
            flows: flows
                .iter()
                .map(|&(from, to, passages)| FlowView { from: Some(from), to, passages, ..FlowView::default() })
                .collect(),
            ..MapView::default()
        }
    }

    #[test]
    fn a_label_may_reach_over_empty_places() {
        // Columns 0 to 3 of lane 0: taken, empty, empty, taken; lane 1 has one touchpoint in column 1.
        let columns = Columns {
            of: vec![0, 3, 1],
            rank: vec![0; 3],
            cells: vec![vec![vec![0], vec![]], vec![vec![], vec![2]], vec![vec![], vec![]], vec![vec![1], vec![]]],
            ..Columns::default()
        };
        let view = view(&[(0, 0), (0, 0), (0, 1)], &[]);
        // At the edges of the picture there is no room on the other side; half of the two columns between, twice.
        assert_eq!(columns.reach(&view), [1.0, 1.0, 3.0]);
    }

    #[test]
    fn a_touchpoint_stands_right_of_those_before_it() {
        // 0 -> 1 -> 2, 0 -> 2, and a light passage back from 2 to 0.
        let columns = place(&view(&[(0, 0), (0, 1), (0, 2)], &[(0, 1, 5.0), (1, 2, 5.0), (0, 2, 9.0), (2, 0, 1.0)]));
        assert_eq!(columns.of, [0, 1, 2]);
        assert_eq!((columns.stages.len(), columns.stages[0].clone()), (1, 0..3));
    }

    #[test]
    fn the_largest_maps_are_not_as_wide_as_their_longest_way() {
        // A chain of six in one stage, each of another lane; the second and the fourth passage are the lightest. Others fill the map.
        let chain = [9.0, 1.0, 9.0, 2.0, 9.0];
        let flows: Vec<(usize, usize, f64)> = chain.into_iter().enumerate().map(|(at, n)| (at, at + 1, n)).collect();
        let with = |others: usize| {
            let points: Vec<(usize, usize)> = (0..6).map(|lane| (0, lane)).chain((0..others).map(|lane| (1, lane))).collect();
            place(&view(&points, &flows))
        };
        assert_eq!(with(12).of[..6], [0, 1, 2, 3, 4, 5]);
        // Of the passages only three can lead further: the heaviest.
        let columns = with(40);
        assert_eq!(columns.of[..6], [0, 1, 1, 2, 2, 3]);
        assert_eq!(columns.rank[..6], [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn of_a_circle_the_lightest_passage_turns_back() {
        let columns = place(&view(&[(0, 0), (0, 1)], &[(0, 1, 2.0), (1, 0, 7.0)]));
        assert_eq!(columns.of, [1, 0]);
    }

    #[test]
    fn two_of_one_channel_stand_beside_each_other_while_there_is_room() {
        // Twelve others in a second stage make the map large enough.
        let with = |here: usize| {
            let others = (0..12).map(|lane| (1, lane));
            place(&view(&std::iter::repeat_n((0, 0), here).chain(others).collect::<Vec<_>>(), &[]))
        };
        assert_eq!(with(4).of[..4], [0, 1, 2, 3]);
        let columns = with(6);
        assert_eq!(columns.of[..6], [0, 1, 2, 3, 0, 1]);
        assert_eq!(columns.cells[1][0], [1, 5]);
    }

    #[test]
    fn on_small_maps_alternatives_stand_above_each_other() {
        let columns = place(&view(&[(0, 0); 4], &[(0, 3, 1.0), (1, 3, 1.0)]));
        assert_eq!(columns.of, [0, 0, 1, 1]);
        assert_eq!(columns.cells[0][0], [0, 1]);
    }

    #[test]
    fn stages_follow_one_another_and_none_is_without_a_column() {
        let columns = place(&view(&[(0, 0), (2, 0)], &[]));
        assert_eq!(columns.stages, [0..1, 1..2, 2..3]);
        assert_eq!(columns.of, [0, 2]);
    }
}

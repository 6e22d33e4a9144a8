//! The order of the lanes: so that customers climb and fall as little as possible, places last.

use super::view::MapView;
use crate::model::{Media, Presence};

/// The indices of lanes that have touchpoints, from top to bottom.
///
/// Starts from the order of the text and swaps two lanes while that shortens the weighted height that passages cover by more
/// than three hundredths. Physical lanes stay below the others; an owned lane above one that is not costs a little.
pub(super) fn order(view: &MapView) -> Vec<usize> {
    let used = |lane: usize| view.points.iter().any(|p| p.lane == lane);
    let mut order: Vec<usize> = (0..view.lanes.len()).filter(|&lane| used(lane)).collect();
    let physical = |lane: usize| view.lanes[lane].presence == Some(Presence::Physical);
    order.sort_by_key(|&lane| physical(lane));
    let weights = weights(view);
    let mut best = cost(view, &weights, &order);
    for _ in 0..order.len() {
        let mut better = false;
        for a in 0..order.len() {
            for b in a + 1..order.len() {
                if physical(order[a]) != physical(order[b]) {
                    continue;
                }
                order.swap(a, b);
                let swapped = cost(view, &weights, &order);
                if swapped < best * 0.97 {
                    best = swapped;
                    better = true;
                } else {
                    order.swap(a, b);
                }
            }
        }
        if !better {
            break;
        }
    }
    order
}

/// Between two lanes: the square roots of the passages, so that a single crowd does not decide alone.
fn weights(view: &MapView) -> Vec<Vec<f64>> {
    let mut weights = vec![vec![0.0; view.lanes.len()]; view.lanes.len()];
    for flow in &view.flows {
        if let Some(from) = flow.from {
            let (a, b) = (view.points[from].lane, view.points[flow.to].lane);
            weights[a.min(b)][a.max(b)] += libm::sqrt(flow.passages.max(0.0));
        }
    }
    weights
}

fn cost(view: &MapView, weights: &[Vec<f64>], order: &[usize]) -> f64 {
    let total: f64 = weights.iter().flatten().sum();
    let owned = |lane: usize| view.lanes[lane].media == Some(Media::Owned);
    let mut cost = 0.0;
    for (upper, &a) in order.iter().enumerate() {
        for (lower, &b) in order.iter().enumerate().skip(upper + 1) {
            // Passing through lanes costs more than passing by their edge.
            let height = f64::from(u32::try_from(lower - upper).unwrap_or(u32::MAX));
            cost += weights[a.min(b)][a.max(b)] * (height + 0.15 * height * height);
            if owned(a) && !owned(b) {
                cost += 0.01 * total;
            }
        }
    }
    cost
}

#[cfg(test)]
mod tests {
    use super::super::view::{FlowView, LaneView, PointView};
    use super::*;

    #[test]
    fn lanes_between_which_customers_pass_lie_together_and_places_last() {
        let lane = |presence| LaneView { presence: Some(presence), ..LaneView::default() };
        let flow = |from, to| FlowView { from: Some(from), to, passages: 100.0, ..FlowView::default() };
        let view = MapView {
            lanes: vec![
                lane(Presence::Physical),
                lane(Presence::Digital),
                lane(Presence::Digital),
                lane(Presence::Digital),
                lane(Presence::Digital),
            ],
            // Lane 4 has no touchpoint; 1 is joined to 3, and 2 to the shop.
            points: [0, 1, 2, 3].map(|lane| PointView { lane, ..PointView::default() }).to_vec(),
            flows: vec![flow(1, 3), flow(2, 0)],
            ..MapView::default()
        };
        let order = order(&view);
        assert_eq!(order.len(), 4);
        assert_eq!(order[3], 0);
        assert_eq!(order[2], 2);
    }
}

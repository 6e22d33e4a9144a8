//! On the largest maps, channels that matter little are shown as what they are together.
//!
//! Comes in: a view. Goes out: the view to draw. What must hold: nobody is lost: passages add up, names and counts are told to the
//! pointer; a touchpoint that many customers meet, that is a hot point or where a goal is reached stands alone.

use super::view::{FlowView, LaneView, MapView, PointView};
use super::words::Phrases;
use std::borrow::Cow;

/// Maps of more touchpoints than this are folded.
const MANY: usize = 60;
/// Touchpoints that most customers meet stand alone: so many.
const ALONE: usize = 40;

/// The view with the touchpoints of its minor channels drawn together, one bubble per channel and stage.
pub(super) fn fold<'a>(view: &'a MapView, words: &Phrases) -> Cow<'a, MapView> {
    if view.points.len() <= MANY {
        return Cow::Borrowed(view);
    }
    let minor = minor(view);
    // By touchpoint: its place in the new view.
    let mut places: Vec<usize> = Vec::new();
    let mut points: Vec<PointView> = Vec::new();
    let mut together: Vec<Vec<usize>> = Vec::new();
    for (at, point) in view.points.iter().enumerate() {
        let same = |members: &&mut Vec<usize>| {
            let first = &view.points[members[0]];
            (first.lane, first.stage) == (point.lane, point.stage)
        };
        let known = if minor[point.lane] { together.iter_mut().find(same) } else { None };
        let place = match known {
            Some(members) => {
                let place = places[members[0]];
                members.push(at);
                place
            }
            None => {
                if minor[point.lane] {
                    together.push(vec![at]);
                }
                points.push(point.clone());
                points.len() - 1
            }
        };
        places.push(place);
    }
    for members in together.iter().filter(|members| members.len() > 1) {
        points[places[members[0]]] = one_of(view, members, words);
    }
    let mut folded = MapView { points, flows: Vec::new(), ..view.clone() };
    for flow in &view.flows {
        let (from, to) = (flow.from.map(|from| places[from]), places[flow.to]);
        // Within one bubble nobody is seen to move.
        let within = from == Some(to) && flow.from != Some(flow.to);
        match folded.flows.iter_mut().find(|known| (known.from, known.to) == (from, to)) {
            _ if within => {}
            Some(known) => {
                known.passages += flow.passages;
                known.typical |= flow.typical;
                (known.count, known.rate) = (words.count(known.passages), String::new());
            }
            None => folded.flows.push(FlowView { from, to, ..flow.clone() }),
        }
    }
    Cow::Owned(folded)
}

/// By channel: whether none of its touchpoints stands alone.
fn minor(view: &MapView) -> Vec<bool> {
    let mut order: Vec<usize> = (0..view.points.len()).collect();
    order.sort_by(|&a, &b| view.points[b].customers.total_cmp(&view.points[a].customers).then(a.cmp(&b)));
    let most = &order[..ALONE.min(order.len())];
    let counts = |at: usize| most.contains(&at) || view.points[at].hot.is_some() || view.points[at].goal;
    let stands = |(lane, _): (usize, &LaneView)| (0..view.points.len()).any(|at| view.points[at].lane == lane && counts(at));
    view.lanes.iter().enumerate().map(|lane| !stands(lane)).collect()
}

/// Some touchpoints as one bubble: as large as that of the one which most customers meet, without a count of its own.
fn one_of(view: &MapView, members: &[usize], words: &Phrases) -> PointView {
    let of = |at: &usize| &view.points[*at];
    let largest = members.iter().map(of).map(|p| p.customers).fold(0.0, f64::max);
    let failing: f64 = members.iter().map(of).map(|p| p.failing).sum();
    let felt = |curve: usize| {
        let felt = members.iter().map(of).filter_map(|p| Some((p.customers.max(1e-9), p.felt.get(curve)?.as_ref()?.value)));
        let (weight, sum) = felt.fold((0.0, 0.0), |(weight, sum), (w, value)| (weight + w, sum + w * value));
        (weight > 0.0).then(|| super::view::FeltView { value: sum / weight, words: None })
    };
    let titles = members.iter().map(of).map(|p| p.title.as_str()).collect::<Vec<_>>().join(" ; ");
    PointView {
        name: members.iter().map(of).map(|p| p.name.as_str()).collect::<Vec<_>>().join(" "),
        label: words.together(members.len()),
        lane: of(&members[0]).lane,
        stage: of(&members[0]).stage,
        customers: largest,
        together: members.len(),
        failing,
        felt: (0..view.curves.len()).map(felt).collect(),
        title: titles,
        ..PointView::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    fn view(points: usize) -> MapView {
        // Lane 0 has all but four of the touchpoints; lane 1 has two in each of two stages.
        let point = |at: usize| PointView {
            name: format!("t{at}"),
            title: format!("T{at}"),
            lane: usize::from(at < 4),
            stage: usize::from(at == 2 || at == 3),
            customers: at as f64 + 1.0,
            ..PointView::default()
        };
        let flow = |from, to, passages| FlowView { from: Some(from), to, passages, ..FlowView::default() };
        MapView {
            lanes: vec![LaneView::default(), LaneView::default()],
            points: (0..points).map(point).collect(),
            flows: vec![flow(0, 1, 5.0), flow(0, 2, 2.0), flow(1, 3, 3.0), flow(9, 0, 1.0)],
            ..MapView::default()
        }
    }

    #[test]
    fn a_minor_channel_is_one_bubble_in_each_stage() {
        let (view, words) = (view(64), Phrases::new(Lang::Fr));
        let folded = fold(&view, &words);
        assert_eq!(folded.points.len(), 62);
        let both = &folded.points[0];
        assert_eq!((both.name.as_str(), both.title.as_str(), both.together, both.customers), ("t0 t1", "T0 ; T1", 2, 2.0));
        // Two passages from stage to stage are one of five; that within the bubble is gone.
        let flows: Vec<(Option<usize>, usize, f64)> = folded.flows.iter().map(|f| (f.from, f.to, f.passages)).collect();
        assert_eq!(flows, [(Some(0), 1, 5.0), (Some(7), 0, 1.0)]);
    }

    #[test]
    fn what_matters_stands_alone() {
        let words = Phrases::new(Lang::Fr);
        assert_eq!(fold(&view(60), &words).points.len(), 60);
        let mut with_goal = view(64);
        with_goal.points[3].goal = true;
        assert_eq!(fold(&with_goal, &words).points.len(), 64);
    }
}

//! The hot points: which are numbered, and what working on each brings.

use super::super::view::{HotEntry, HotView, PointView};
use super::{Source, known};
use crate::locale::{Lang, count, percent, signed};
use crate::measure::HotPointFigure;
use crate::model::TouchpointId;

impl Source<'_> {
    /// Three on a small map, five on others.
    fn most(&self) -> usize {
        if self.model.touchpoints.len() <= 12 { 3 } else { 5 }
    }

    /// Whether leverage is known: only an exact solution gives it. Without it hot points are ranked by pull.
    fn by_leverage(&self) -> bool {
        self.figures.hot_points.iter().any(|hot| hot.leverage.value().is_some())
    }

    fn weight(&self, hot: &HotPointFigure) -> f64 {
        known(if self.by_leverage() { &hot.leverage } else { &hot.pull })
    }

    /// The rank of a touchpoint, if it is among the first.
    pub(super) fn hot_rank(&self, touchpoint: TouchpointId) -> Option<usize> {
        let hot = self.hot(touchpoint)?;
        (hot.rank <= self.most() && self.weight(hot) > 0.0).then_some(hot.rank)
    }

    pub(super) fn hot_panel(&self, points: &[PointView]) -> Option<HotView> {
        let goal = &self.model.goals.get(self.figures.main_goal?.index())?.name.label;
        let mut entries: Vec<HotEntry> = Vec::new();
        for hot in &self.figures.hot_points {
            let Some(rank) = self.hot_rank(hot.touchpoint) else { continue };
            let point = &points[hot.touchpoint.index()];
            let weight = self.weight(hot);
            let value = if self.by_leverage() {
                format!("+{}", count(self.customers(weight), self.lang))
            } else {
                percent(weight, self.lang)
            };
            let mut notes = Vec::new();
            if point.failing > 0.0 {
                notes.push(self.leave(point.failing));
            }
            if let Some(felt) = hot.felt.value() {
                notes.push(format!("{} {}", self.lang.pick("felt", "ressenti"), signed(felt, 1, self.lang)));
            }
            entries.push(HotEntry { rank, label: point.label.clone(), weight, value, note: notes.join(" · ") });
        }
        entries.sort_by_key(|entry| entry.rank);
        let arrivals = count(self.figures.arrivals, self.lang);
        let caption = match (self.by_leverage(), self.lang) {
            (true, Lang::En) => format!("more “{goal}” for one point of probability, of {arrivals} customers"),
            (true, Lang::Fr) => format!("gain de «\u{a0}{goal}\u{a0}» pour un point de probabilité, sur {arrivals} clients"),
            (false, Lang::En) => format!("share of “{goal}” that is lost without it"),
            (false, Lang::Fr) => format!("part des «\u{a0}{goal}\u{a0}» perdue sans ce point"),
        };
        (!entries.is_empty()).then_some(HotView { caption, entries })
    }

    /// What the green ring stands for: the goal, if there is but one.
    pub(super) fn goal_ring(&self) -> Option<String> {
        match self.model.goals.as_slice() {
            [goal] => Some(goal.name.label.clone()),
            _ => None,
        }
    }
}

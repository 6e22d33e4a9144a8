//! The map of a journey: what each figure becomes on the picture.
//!
//! Comes in: the journey and its figures. Goes out: [`MapView`]. What must hold: shares become customers by one multiplication,
//! with the arrivals that the journey declares; every number is written by `crate::locale`; nothing here decides where
//! something is drawn.

mod curves;
mod evidence;
mod head;
mod hot;
mod stages;
mod words;

use super::view::{FlowView, LaneView, MapView, PointView};
use crate::chain::From;
use crate::locale::{Lang, count, percent, signed};
use crate::measure::{Figure, Figures, HotPointFigure};
use crate::model::{ArrivalId, GoalId, Model, Program, Target, TouchpointId};
use curves::Curve;

impl MapView {
    /// What the map of a journey shows.
    #[must_use]
    pub fn new(program: &Program, figures: &Figures, lang: Lang) -> Self {
        let from = Source { program, model: &program.base, figures, lang };
        let stages = stages::Stages::new(from.model);
        let curves = from.curves();
        let points: Vec<PointView> = (0..from.model.touchpoints.len()).map(|at| from.point(at, stages.of(at), &curves)).collect();
        let mut view = Self {
            lang,
            title: from.model.name.label.clone(),
            subtitle: from.subtitle(),
            method: from.method(),
            headlines: from.headlines(),
            stages: stages.views(&from),
            lanes: from.lanes(),
            flows: from.flows(),
            hot: from.hot_panel(&points),
            spreads: String::new(),
            goal: from.goal_ring(),
            curves: curves.into_iter().map(|curve| curve.view).collect(),
            alt: String::new(),
            points,
        };
        view.spreads = from.spreads(&view.stages);
        view.alt = from.alt(&view);
        view
    }
}

/// What the view is made of.
#[derive(Clone, Copy)]
struct Source<'a> {
    program: &'a Program,
    model: &'a Model,
    figures: &'a Figures,
    lang: Lang,
}

/// A figure as a number that can be drawn: nothing where it is unknown.
fn known(figure: &Figure) -> f64 {
    figure.value().filter(|value| value.is_finite()).unwrap_or(0.0)
}

impl Source<'_> {
    /// A number per customer who arrived, as customers of the whole journey.
    fn customers(&self, share: f64) -> f64 {
        let customers = share * self.figures.arrivals;
        if customers.is_finite() { customers.max(0.0) } else { 0.0 }
    }

    fn hot(&self, touchpoint: TouchpointId) -> Option<&HotPointFigure> {
        self.figures.hot_points.iter().find(|hot| hot.touchpoint == touchpoint)
    }

    fn lanes(&self) -> Vec<LaneView> {
        let channels = self.model.channels.iter();
        channels
            .map(|c| LaneView { name: c.name.name.clone(), label: c.name.label.clone(), media: c.media, presence: c.presence })
            .collect()
    }

    fn point(&self, at: usize, stage: usize, curves: &[Curve]) -> PointView {
        let touchpoint = &self.model.touchpoints[at];
        let id = TouchpointId::new(at);
        let hot = self.hot(id);
        let (reach, visits, leak) = hot.map_or((0.0, 0.0, 0.0), |h| (known(&h.reach), known(&h.visits), known(&h.leak)));
        let (customers, failing) = (self.customers(reach), self.customers(leak));
        let mut point = PointView {
            name: touchpoint.name.name.clone(),
            label: touchpoint.name.label.clone(),
            lane: touchpoint.channel.index(),
            stage,
            customers,
            count: count(customers, self.lang),
            hot: self.hot_rank(id),
            together: 0,
            goal: (0..self.model.goals.len()).any(|goal| self.reaches(at, GoalId::new(goal))),
            failing,
            failing_words: self.leave(failing),
            failing_share: if visits > 0.0 { percent(leak / visits, self.lang) } else { String::new() },
            felt: curves.iter().map(|curve| self.felt(touchpoint, id, curve.of)).collect(),
            title: String::new(),
        };
        point.title = self.point_title(&point, hot);
        point
    }

    /// Whether a goal is reached on arriving at a touchpoint, or by one of its branches.
    fn reaches(&self, at: usize, goal: GoalId) -> bool {
        let touchpoint = &self.model.touchpoints[at];
        touchpoint.reaches.iter().any(|reach| reach.value == goal)
            || touchpoint.branches.iter().any(|branch| branch.effects.reaches.contains(&goal))
    }

    /// `910 partent`
    fn leave(&self, customers: f64) -> String {
        let number = count(customers, self.lang);
        match self.lang {
            Lang::En if number == "1" => "1 leaves".to_owned(),
            Lang::En => format!("{number} leave"),
            Lang::Fr if customers < 2.0 => format!("{number} part"),
            Lang::Fr => format!("{number} partent"),
        }
    }

    /// All that is known of a touchpoint, in a line.
    fn point_title(&self, point: &PointView, hot: Option<&HotPointFigure>) -> String {
        let customers = self.lang.pick("customers", "clients");
        let colon = self.lang.pick(":", "\u{a0}:");
        let mut title = format!("{}{colon} {} {customers}", point.label, point.count);
        if point.failing > 0.0 {
            title.push_str(&format!(", {}", point.failing_words));
        }
        if let Some(felt) = hot.and_then(|h| h.felt.value()) {
            title.push_str(&format!(", {} {}", self.lang.pick("felt", "ressenti"), signed(felt, 1, self.lang)));
        }
        title
    }

    /// Passages between touchpoints, those of all arrivals to one touchpoint together.
    fn flows(&self) -> Vec<FlowView> {
        let mut flows: Vec<FlowView> = Vec::new();
        for figure in &self.figures.flows {
            let Target::Touchpoint(to) = figure.flow.to else { continue };
            let from = match figure.flow.from {
                From::Touchpoint(from) => Some(from.index()),
                From::Arrival(ArrivalId(_)) => None,
            };
            let passages = self.customers(figure.passages);
            match flows.iter_mut().find(|flow| flow.from == from && flow.to == to.index()) {
                Some(flow) => {
                    flow.passages += passages;
                    flow.typical |= figure.typical;
                }
                None => {
                    flows.push(FlowView { from, to: to.index(), passages, typical: figure.typical, ..FlowView::default() });
                }
            }
        }
        for flow in &mut flows {
            flow.count = count(flow.passages, self.lang);
            let visits = flow.from.and_then(|from| self.hot(TouchpointId::new(from))).map(|h| self.customers(known(&h.visits)));
            flow.known = flow.from.and_then(|from| self.known_passage(from, flow.to));
            if let Some(visits) = visits.filter(|visits| *visits > 0.0) {
                flow.rate = percent((flow.passages / visits).min(1.0), self.lang);
            }
        }
        flows
    }
}

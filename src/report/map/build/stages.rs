//! The stages, with what stands under them.

use super::super::view::{KpiView, StageView};
use super::{Source, known};
use crate::locale::{Lang, count, duration, in_unit, interval, percent};
use crate::measure::Figure;
use crate::model::{Event, Measure, MeasureKind, Model, Place, StageId, TouchpointId};

/// Figures under a stage.
const MOST: usize = 5;
/// What an interval tells, in a word and in words: what is not known, how precise a simulation is, what luck brings.
const SPREADS: [(&str, &str, &str, &str); 3] = [
    ("evidence", "données", "what the evidence leaves open, at 95%", "ce que les données laissent ouvert, à 95\u{202f}%"),
    ("95%", "IC 95\u{202f}%", "how precise the simulation is", "la précision de la simulation"),
    ("chance", "hasard", "what a single campaign may bring, at 95%", "ce qu’une seule campagne peut donner, à 95\u{202f}%"),
];

/// The stages that have touchpoints, in the order of the text; touchpoints without one come last.
pub(super) struct Stages {
    shown: Vec<Option<StageId>>,
    of: Vec<usize>,
}

impl Stages {
    pub(super) fn new(model: &Model) -> Self {
        let used = |stage: Option<StageId>| model.touchpoints.iter().any(|t| t.stage == stage);
        let all = (0..model.stages.len()).map(|s| Some(StageId::new(s))).chain([None]);
        let shown: Vec<Option<StageId>> = all.filter(|stage| used(*stage)).collect();
        let of = model.touchpoints.iter().map(|t| shown.iter().position(|s| *s == t.stage).unwrap_or(0)).collect();
        Self { shown, of }
    }

    /// Where a touchpoint stands.
    pub(super) fn of(&self, touchpoint: usize) -> usize {
        self.of[touchpoint]
    }

    pub(super) fn views(&self, source: &Source<'_>) -> Vec<StageView> {
        let stages = self.shown.iter().enumerate();
        stages.map(|(at, stage)| source.stage(*stage, &self.members(at), self.shown.len())).collect()
    }

    fn members(&self, stage: usize) -> Vec<usize> {
        (0..self.of.len()).filter(|&t| self.of[t] == stage).collect()
    }
}

impl Source<'_> {
    fn stage(&self, stage: Option<StageId>, members: &[usize], stages: usize) -> StageView {
        let touchpoints = || members.iter().map(|&t| &self.model.touchpoints[t]);
        let mut view = StageView {
            does: distinct(touchpoints().flat_map(|t| &t.does)),
            thinks: distinct(touchpoints().flat_map(|t| &t.thinks)),
            ..StageView::default()
        };
        self.say(&mut view, stage, members);
        let Some(id) = stage else {
            // A journey without stages has one heading; touchpoints beside the stages have none.
            if stages == 1 {
                self.lang.pick("The journey", "Le parcours").clone_into(&mut view.label);
            }
            view.pains = distinct(touchpoints().flat_map(|t| &t.pains));
            return view;
        };
        let declared = &self.model.stages[id.index()];
        view.name.clone_from(&declared.name.name);
        view.moment = declared.moment.map(|moment| moment.label().get(self.lang).to_owned());
        if view.moment.as_ref().is_none_or(|moment| moment.to_lowercase() != declared.name.label.to_lowercase()) {
            view.label.clone_from(&declared.name.label);
        }
        view.pains = distinct(declared.pains.iter().chain(touchpoints().flat_map(|t| &t.pains)));
        if let Some(figure) = self.figures.stages.iter().find(|s| s.stage == id) {
            view.share = known(&figure.entered).clamp(0.0, 1.0);
            view.entered = self.enter(self.customers(view.share));
            if let Some(step) = figure.step.value().filter(|step| step.is_finite()) {
                view.continued = format!("{} {}", percent(step, self.lang), self.lang.pick("go on", "continuent"));
            }
        }
        view.kpis = self.kpis(id);
        view
    }

    fn enter(&self, customers: f64) -> String {
        let number = count(customers, self.lang);
        match self.lang {
            Lang::En if number == "1" => "1 enters".to_owned(),
            Lang::En => format!("{number} enter"),
            Lang::Fr if customers < 2.0 => format!("{number} entre"),
            Lang::Fr => format!("{number} entrent"),
        }
    }

    /// Share of the arrivals, time, the channel most used, and the named measures that speak of the stage, those that matter first.
    fn kpis(&self, stage: StageId) -> Vec<KpiView> {
        let mut kpis = Vec::new();
        let plain = |label: &str, value: String| KpiView { label: label.to_owned(), value, interval: String::new() };
        if let Some(figure) = self.figures.stages.iter().find(|s| s.stage == stage) {
            kpis.extend(self.kpi(self.lang.pick("Share of arrivals", "Part des arrivants"), &figure.entered));
            if let Some(time) = figure.median_time {
                kpis.push(plain(self.lang.pick("Median time", "Temps médian"), duration(time, self.lang)));
            }
        }
        let moment = self.model.stages[stage.index()].moment;
        let alone = self.model.stages.iter().filter(|s| s.moment.is_some() && s.moment == moment).count() == 1;
        let used = self.figures.moments.iter().find(|m| alone && Some(m.moment) == moment).and_then(|m| m.channels.first());
        if let Some((channel, share)) = used.filter(|(_, share)| *share < 0.999) {
            kpis.push(plain(channel, percent(*share, self.lang)));
        }
        let mut named: Vec<(bool, KpiView)> = Vec::new();
        for figure in &self.figures.kpis {
            let Some(kpi) = self.program.kpis.get(figure.kpi.index()) else { continue };
            if self.stage_of(&kpi.measure) == Some(stage) {
                named.extend(self.kpi(&kpi.name.label, &figure.figure).map(|view| (!kpi.key, view)));
            }
        }
        named.sort_by_key(|(other, _)| *other);
        kpis.extend(named.into_iter().map(|(_, view)| view));
        kpis.truncate(MOST);
        kpis
    }

    /// A figure with its interval: what the author does not know, else how precisely it is simulated, else what chance may bring
    /// to one campaign. Which of them is said, for they are never mixed.
    fn kpi(&self, label: &str, figure: &Figure) -> Option<KpiView> {
        let value = figure.value().filter(|value| value.is_finite())?;
        let (unit, currency) = (figure.unit, self.model.currency.as_deref());
        let drawn = figure.estimate.as_ref().map(|e| e.interval).filter(|_| figure.exact.is_none());
        let [evidence, precision, chance] = SPREADS.map(|(en, fr, ..)| self.lang.pick(en, fr));
        let told = [(evidence, figure.evidence), (precision, drawn), (chance, figure.chance)];
        let told = told.into_iter().find_map(|(kind, bounds)| bounds.map(|b| (kind, b))).filter(|(_, b)| b.low < b.high);
        let interval =
            told.map_or_else(String::new, |(kind, b)| format!("{kind} {}", interval(b.low, b.high, unit, currency, self.lang)));
        Some(KpiView { label: label.to_owned(), value: in_unit(value, unit, currency, self.lang), interval })
    }

    /// What those words mean, of those that occur.
    pub(super) fn spreads(&self, stages: &[StageView]) -> String {
        let occurs = |word: &str| stages.iter().flat_map(|s| &s.kpis).any(|kpi| kpi.interval.starts_with(word));
        let told = SPREADS.into_iter().filter_map(|(en, fr, in_english, in_french)| {
            let word = self.lang.pick(en, fr);
            let meaning = self.lang.pick(in_english, in_french);
            occurs(word).then(|| format!("{word}{} {meaning}", self.lang.pick(":", "\u{a0}:")))
        });
        told.collect::<Vec<_>>().join(self.lang.pick("; ", " ; "))
    }

    /// The stage that a measure speaks of: where what it counts happens.
    fn stage_of(&self, measure: &Measure) -> Option<StageId> {
        match &measure.kind {
            MeasureKind::Rate { to, .. } | MeasureKind::TimeTo(to, _) => self.stage_of_event(*to),
            MeasureKind::Next { from, .. } => self.stage_of_place(*from),
            MeasureKind::Touches { of, .. } | MeasureKind::Pull(of, _) | MeasureKind::Leak(of, _) => self.stage_of_place(*of),
            MeasureKind::Leverage(touchpoint, _) => self.stage_of_place(Place::Touchpoint(*touchpoint)),
            MeasureKind::Count(goal, _) => self.stage_of_event(Event::Reach(*goal)),
            MeasureKind::Money(_, only)
            | MeasureKind::Nps(only)
            | MeasureKind::Csat(only)
            | MeasureKind::Ces(only)
            | MeasureKind::Felt(only) => {
                only.at.and_then(|at| self.stage_of_place(at)).or_else(|| only.per.and_then(|per| self.stage_of_event(per)))
            }
            MeasureKind::Statistic(_, of) | MeasureKind::Share(of, ..) | MeasureKind::Negative(of) => self.stage_of(of),
            MeasureKind::Binary(_, left, right) => self.stage_of(left).or_else(|| self.stage_of(right)),
            MeasureKind::Constant(_) | MeasureKind::Kpi(..) => None,
        }
    }

    fn stage_of_event(&self, event: Event) -> Option<StageId> {
        match event {
            Event::Meet(place) => self.stage_of_place(place),
            Event::Reach(goal) => {
                let at = (0..self.model.touchpoints.len()).find(|&t| self.reaches(t, goal))?;
                self.model.touchpoints[at].stage
            }
            Event::Stop(_) => None,
        }
    }

    fn stage_of_place(&self, place: Place) -> Option<StageId> {
        match place {
            Place::Touchpoint(TouchpointId(at)) => self.model.touchpoints[at as usize].stage,
            Place::Stage(stage) => Some(stage),
            Place::Moment(moment) => self.model.stages.iter().position(|s| s.moment == Some(moment)).map(StageId::new),
            Place::Channel(_) | Place::Facet(..) | Place::Contact(_) | Place::Arrival(_) => None,
        }
    }
}

/// Each text once, in the order of its first mention.
fn distinct<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !text.trim().is_empty() && !kept.contains(text) {
            kept.push(text.clone());
        }
    }
    kept
}

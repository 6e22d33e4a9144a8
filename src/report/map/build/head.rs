//! The words at the head of the map, and what it says to those who do not see it.

use super::super::view::{Headline, MapView};
use super::Source;
use crate::locale::{Lang, count, in_unit, integer, interval};
use crate::measure::{Base, Figure, KpiFigure, ReachedWhat};
use crate::model::{Event, GoalId, MeasureKind, Modifiers, Unit};

/// Figures at the head of the map.
const HEADLINES: usize = 3;

impl Source<'_> {
    /// `5 moments de vérité · 7 canaux · 36 points de contact · 10 000 clients`
    pub(super) fn subtitle(&self) -> String {
        let used = |at: usize| self.model.touchpoints.iter().any(|t| t.channel.index() == at);
        let channels = (0..self.model.channels.len()).filter(|&at| used(at)).count();
        let mut parts = Vec::new();
        if !self.figures.moments.is_empty() {
            parts.push(self.number(
                self.figures.moments.len(),
                ["moment of truth", "moments of truth"],
                ["moment de vérité", "moments de vérité"],
            ));
        }
        parts.push(self.number(channels, ["channel", "channels"], ["canal", "canaux"]));
        let points = self.model.touchpoints.len();
        parts.push(self.number(points, ["touchpoint", "touchpoints"], ["point de contact", "points de contact"]));
        let arrivals = count(self.figures.arrivals, self.lang);
        let one = arrivals == "1";
        let noun = match self.lang {
            Lang::En => {
                if one {
                    "customer"
                } else {
                    "customers"
                }
            }
            Lang::Fr => {
                if self.figures.arrivals < 2.0 {
                    "client"
                } else {
                    "clients"
                }
            }
        };
        parts.push(format!("{arrivals} {noun}"));
        parts.join(" · ")
    }

    /// A number and its noun.
    pub(super) fn number(&self, number: usize, en: [&str; 2], fr: [&str; 2]) -> String {
        let noun = match self.lang {
            Lang::En => en[usize::from(number != 1)],
            Lang::Fr => fr[usize::from(number > 1)],
        };
        format!("{} {noun}", integer(number as f64, self.lang))
    }

    /// How the figures were obtained.
    pub(super) fn method(&self) -> String {
        let method = &self.figures.method;
        let drawn = method.simulated.as_ref().map(|note| {
            let (customers, seed) = (integer(note.customers as f64, self.lang), note.seed);
            match (self.lang, method.solved.is_ok()) {
                (Lang::En, true) => format!("checked against {customers} customers drawn at random (seed {seed})"),
                (Lang::En, false) => format!("{customers} customers drawn at random (seed {seed})"),
                (Lang::Fr, true) => format!("vérifié par {customers} clients tirés au sort (graine {seed})"),
                (Lang::Fr, false) => format!("{customers} clients tirés au sort (graine {seed})"),
            }
        });
        match (method.solved.is_ok(), drawn, self.lang) {
            (true, None, Lang::En) => "Exact: every number is solved, none is drawn.".to_owned(),
            (true, None, Lang::Fr) => "Calcul exact : chaque nombre est résolu, aucun n’est tiré au sort.".to_owned(),
            (true, Some(drawn), Lang::En) => format!("Exact: every number is solved; {drawn}."),
            (true, Some(drawn), Lang::Fr) => format!("Calcul exact : chaque nombre est résolu ; {drawn}."),
            (false, Some(drawn), Lang::En) => format!("Simulated: {drawn}; intervals at 95%."),
            (false, Some(drawn), Lang::Fr) => format!("Simulation : {drawn} ; intervalles à 95\u{202f}%."),
            (false, None, _) => String::new(),
        }
    }

    /// The measures that matter; without any, all; without measures, the rates of the goals.
    pub(super) fn headlines(&self) -> Vec<Headline> {
        let of = |key: bool| {
            let kept =
                self.figures.kpis.iter().filter(move |f| self.program.kpis.get(f.kpi.index()).is_some_and(|k| k.key || !key));
            kept.filter_map(|figure| self.headline(figure)).take(HEADLINES).collect::<Vec<_>>()
        };
        let goals = || {
            let goals = self.figures.goals.iter().filter_map(|reached| {
                let ReachedWhat::Goal(goal) = reached.what else { return None };
                let label = self.model.goals.get(goal.index())?.name.label.clone();
                let main = self.figures.main_goal == Some(goal);
                Some(Headline { label, goal: main, ..self.figure(&reached.share, &Base::Arrived)? })
            });
            goals.take(HEADLINES).collect::<Vec<_>>()
        };
        [of(true), of(false)].into_iter().find(|found| !found.is_empty()).unwrap_or_else(goals)
    }

    fn headline(&self, figure: &KpiFigure) -> Option<Headline> {
        let kpi = self.program.kpis.get(figure.kpi.index())?;
        let goal = self.figures.main_goal.is_some_and(|goal| is_rate_of(&kpi.measure.kind, goal));
        Some(Headline { label: kpi.name.label.clone(), goal, ..self.figure(&figure.figure, &figure.base)? })
    }

    /// Value and note of a figure.
    fn figure(&self, figure: &Figure, base: &Base) -> Option<Headline> {
        let value = figure.value().filter(|value| value.is_finite())?;
        let currency = self.model.currency.as_deref();
        let mut notes = Vec::new();
        if figure.unit == Unit::Share && *base == Base::Arrived {
            let all = count(self.figures.arrivals, self.lang);
            notes.push(format!("{} {} {all}", count(self.customers(value), self.lang), self.lang.pick("of", "sur")));
        }
        let written = |low: f64, high: f64| interval(low, high, figure.unit, currency, self.lang);
        match (figure.evidence, figure.exact, &figure.estimate) {
            (Some(evidence), ..) => {
                notes.push(format!("{} {}", self.lang.pick("evidence", "données"), written(evidence.low, evidence.high)));
            }
            (None, Some(_), _) => notes.push("exact".to_owned()),
            (None, None, Some(estimate)) => notes.push(format!(
                "{} {}",
                self.lang.pick("95% interval", "IC 95\u{202f}%"),
                written(estimate.interval.low, estimate.interval.high)
            )),
            (None, None, None) => {}
        }
        Some(Headline {
            value: in_unit(value, figure.unit, currency, self.lang), note: notes.join(" · "), ..Headline::default()
        })
    }

    /// The whole map in sentences.
    pub(super) fn alt(&self, view: &MapView) -> String {
        let head = match self.lang {
            Lang::En => format!("Map of the journey “{}”: {}.", view.title, view.subtitle),
            Lang::Fr => format!("Carte du parcours «\u{a0}{}\u{a0}» : {}.", view.title, view.subtitle),
        };
        let figures = view.headlines.iter().map(|h| format!("{} {}", h.label, h.value));
        let stages = view.stages.iter().filter(|s| !s.entered.is_empty()).map(|stage| {
            let name = stage.moment.iter().chain([&stage.label]).filter(|n| !n.is_empty()).cloned().collect::<Vec<_>>().join(" ");
            let more = if stage.continued.is_empty() { String::new() } else { format!(", {}", stage.continued) };
            format!("{name}{} {}{more}", self.lang.pick(":", "\u{a0}:"), stage.entered)
        });
        let points = view.points.iter().map(|point| point.title.clone());
        let end = self.lang.pick("; ", " ; ");
        let sentences = [figures.collect::<Vec<_>>(), stages.collect(), points.collect()];
        let told = sentences.into_iter().filter(|s| !s.is_empty()).map(|s| format!("{}.", s.join(end)));
        std::iter::once(head).chain(told).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a measure is the plain rate of a goal among all who arrive.
fn is_rate_of(kind: &MeasureKind, goal: GoalId) -> bool {
    matches!(
        kind,
        MeasureKind::Rate { from: None, to: Event::Reach(to), before: None, within: None, only }
            if *to == goal && *only == Modifiers::default()
    )
}

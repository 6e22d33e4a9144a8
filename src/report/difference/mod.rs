//! What `jalon diff` says: in a terminal, as a comment on a pull request, as a page with both maps, as JSON.
//!
//! Comes in: two versions with their figures, and their difference. Goes out: one text per format. What must hold: a change of a share is
//! told in points and its relative change in per cent, never one for the other; a figure that was drawn says so, with the interval of its change.

mod html;
mod json;
mod markdown;
mod rows;
mod terminal;

pub use html::write_html;
pub use json::write_json;
pub use markdown::write_markdown;
pub use terminal::write_terminal;

use crate::difference::{Difference, FigureOf, How, PointFigure};
use crate::locale::{self, Lang, Words};
use crate::measure::{Figure, Figures, HotPointFigure};
use crate::model::{Program, Unit};
use crate::words;

/// Two floats closer than this, relative to the larger, are the same exact value computed twice.
const SAME: f64 = 1e-11;

/// A version with its figures.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What it is called: a file, or a revision and a file.
    pub name: &'a str,
    /// The journey.
    pub program: &'a Program,
    /// Its figures.
    pub figures: &'a Figures,
}

/// A journey in two versions.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// As it was.
    pub old: Side<'a>,
    /// As it is.
    pub new: Side<'a>,
    /// What has changed.
    pub difference: &'a Difference,
    /// The language of the document.
    pub lang: Lang,
}

/// A condition that was asked for, and whether it holds.
#[derive(Clone, Debug)]
pub struct Condition {
    /// As asked.
    pub text: String,
    /// Whether it holds; `None` where what is drawn does not tell.
    pub holds: Option<bool>,
}

/// A figure in both versions.
#[derive(Clone, Debug)]
struct Change<'a> {
    of: FigureOf,
    label: String,
    unit: Unit,
    old: Option<&'a Figure>,
    new: Option<&'a Figure>,
}

impl Change<'_> {
    fn old_value(&self) -> Option<f64> {
        self.old.and_then(Figure::value)
    }

    fn new_value(&self) -> Option<f64> {
        self.new.and_then(Figure::value)
    }

    /// New less old; nothing where both are the same.
    fn change(&self) -> Option<f64> {
        let (old, new) = (self.old_value()?, self.new_value()?);
        let change = new - old;
        Some(if change.abs() <= SAME * old.abs().max(new.abs()) { 0.0 } else { change })
    }

    /// The change as a part of the old value.
    fn relative(&self) -> Option<f64> {
        let old = self.old_value().filter(|old| *old != 0.0)?;
        Some(self.change()? / old.abs())
    }

    fn is_exact(&self) -> bool {
        [self.old, self.new].iter().flatten().all(|f| f.exact.is_some())
    }

    /// Half the width of the 95 % interval of the change, where it was drawn.
    fn half_width(&self) -> Option<f64> {
        if self.is_exact() {
            return None;
        }
        let half = |figure: Option<&Figure>| {
            let figure = figure?;
            if figure.exact.is_some() { Some(0.0) } else { figure.estimate.map(|e| (e.interval.high - e.interval.low) / 2.0) }
        };
        let (old, new) = (half(self.old)?, half(self.new)?);
        Some((old * old + new * new).sqrt())
    }

    /// Whether there is something to tell.
    fn is_changed(&self) -> bool {
        match (self.old_value(), self.new_value()) {
            (Some(_), Some(_)) if self.is_exact() => self.change() != Some(0.0),
            (Some(_), Some(_)) => self.change().map(f64::abs) > self.half_width(),
            (None, None) => false,
            _ => true,
        }
    }
}

/// What the figures of a hot point are called.
fn point_heads(lang: Lang) -> [&'static str; 5] {
    [
        lang.pick("reach", "portée"),
        lang.pick("pull", "effet de retrait"),
        lang.pick("leak", "fuite"),
        lang.pick("leverage", "levier"),
        lang.pick("felt", "ressenti"),
    ]
}

/// A touchpoint in both versions.
struct Point<'a> {
    name: String,
    label: String,
    old: Option<&'a HotPointFigure>,
    new: Option<&'a HotPointFigure>,
}

impl<'a> Point<'a> {
    /// Its five figures.
    fn changes(&self) -> [Change<'a>; 5] {
        let of = |figure: Option<PointFigure>, pick: fn(&'a HotPointFigure) -> &'a Figure| {
            let (old, new) = (self.old.map(pick), self.new.map(pick));
            let unit = new.or(old).map_or(Unit::Number, |f| f.unit);
            // Felt has no parts: it stands in no list of figures.
            let of = figure.map_or_else(|| FigureOf::Kpi(String::new()), |f| FigureOf::Point(self.name.clone(), f));
            Change { of, label: String::new(), unit, old, new }
        };
        [
            of(Some(PointFigure::Reach), |h| &h.reach),
            of(Some(PointFigure::Pull), |h| &h.pull),
            of(Some(PointFigure::Leak), |h| &h.leak),
            of(Some(PointFigure::Leverage), |h| &h.leverage),
            of(None, |h| &h.felt),
        ]
    }

    fn is_changed(&self) -> bool {
        self.old.is_none() != self.new.is_none() || self.changes().iter().any(Change::is_changed)
    }
}

impl<'a> Pair<'a> {
    /// The kpis: those of the new version, then those that are gone.
    fn kpis(&self) -> Vec<Change<'a>> {
        let (old, new) = (self.old, self.new);
        let figure = |side: Side<'a>, name: &str| {
            let at = side.program.kpis.iter().position(|k| k.name.name == name)?;
            side.figures.kpis.get(at).map(|k| &k.figure)
        };
        let mut found: Vec<Change<'a>> = new
            .program
            .kpis
            .iter()
            .map(|k| Change {
                of: FigureOf::Kpi(k.name.name.clone()),
                label: k.name.label.clone(),
                unit: k.measure.unit,
                old: figure(old, self.difference.old_name("kpi", &k.name.name)),
                new: figure(new, &k.name.name),
            })
            .collect();
        let stays = |name: &str| new.program.kpis.iter().any(|k| self.difference.old_name("kpi", &k.name.name) == name);
        let gone = old.program.kpis.iter().filter(|k| !stays(&k.name.name)).map(|k| Change {
            of: FigureOf::Kpi(k.name.name.clone()),
            label: k.name.label.clone(),
            unit: k.measure.unit,
            old: figure(old, &k.name.name),
            new: None,
        });
        found.extend(gone);
        found
    }

    /// The touchpoints, likewise.
    fn points(&self) -> Vec<Point<'a>> {
        let figure = |side: Side<'a>, name: &str| {
            let at = side.program.base.touchpoints.iter().position(|t| t.name.name == name)?;
            side.figures.hot_points.get(at)
        };
        let old_name = |name: &'a str| self.difference.old_name("touchpoint", name);
        let touchpoints = |side: Side<'a>| side.program.base.touchpoints.iter().map(|t| &t.name);
        let mut found: Vec<Point<'a>> = touchpoints(self.new)
            .map(|n| Point {
                name: n.name.clone(),
                label: n.label.clone(),
                old: figure(self.old, self.difference.old_name("touchpoint", &n.name)),
                new: figure(self.new, &n.name),
            })
            .collect();
        let kept: Vec<&str> = touchpoints(self.new).map(|n| old_name(&n.name)).collect();
        let gone = touchpoints(self.old).filter(|n| !kept.contains(&n.name.as_str()));
        found.extend(gone.map(|n| Point {
            name: n.name.clone(),
            label: n.label.clone(),
            old: figure(self.old, &n.name),
            new: None,
        }));
        found
    }

    /// What the parts rest on.
    fn rests_on(&self) -> Option<Words> {
        let parts = self.difference.parts.as_ref()?;
        let edits = parts.groups.len();
        if edits < 2 {
            return None;
        }
        Some(match parts.how {
            How::Exact(sets) => words!(
                "Parts: the mean of what each edit adds, over all orders of the {edits} edits (Shapley; exact, from {sets} sets of edits).",
                "Parts\u{a0}: la moyenne de ce que chaque modification ajoute, sur tous les ordres des {edits} modifications (Shapley\u{202f}; exact, sur {sets} ensembles)."
            ),
            How::Sampled(orders) => words!(
                "Parts: the mean of what each edit adds, over {orders} drawn orders of the {edits} edits (Shapley, sampled).",
                "Parts\u{a0}: la moyenne de ce que chaque modification ajoute, sur {orders} ordres tirés des {edits} modifications (Shapley, par tirage)."
            ),
        })
    }

    fn say(&self, words: &Words) -> String {
        words.get(self.lang).to_owned()
    }

    fn value(&self, figure: Option<&Figure>, unit: Unit, side: Side<'_>) -> String {
        let value = figure.and_then(Figure::value);
        value.map_or_else(
            || locale::DASH.to_owned(),
            |v| locale::in_unit(v, unit, side.program.base.currency.as_deref(), self.lang),
        )
    }
}

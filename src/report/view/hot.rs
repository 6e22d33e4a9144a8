//! Touchpoints where customers gather and where behaviour turns: five figures each, and the quadrant.

use super::{Pen, Shown};
use crate::locale::{self, DASH};
use crate::measure::{Figure, HotPointFigure, QUADRANT_LIMITS, Quadrant};
use crate::report::picture::{Point, Quadrants, quadrant};
use crate::words;
use serde::Serialize;

/// How many hot points are marked.
const MARKED: usize = 5;

/// The table of hot points and the quadrants.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct HotPoints {
    /// By rank.
    pub rows: Vec<HotRow>,
    /// Whether leverage is known, and they are sorted by it.
    pub by_leverage: bool,
    /// Where the limits of the quadrants stand.
    pub limits: String,
    /// The four quadrants: win-win, intrusive, gift, dead weight; empty where none is known.
    pub quadrants: Vec<QuadrantList>,
    /// The same as a drawing: an `<svg>` element.
    pub scatter: Option<String>,
    /// What leverage counts: `« Livraison conforme » per point`.
    pub leverage_unit: String,
}

/// A touchpoint.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct HotRow {
    /// By what map, tables and script know it.
    pub name: String,
    pub rank: String,
    /// Whether it is among the few to work on.
    pub marked: bool,
    pub label: String,
    /// Channel and stage.
    pub place: String,
    /// Owned, paid or earned, as a class; empty if not said.
    pub media: &'static str,
    /// The same in words.
    pub media_label: String,
    pub reach: Cell,
    pub pull: Cell,
    pub leak: Cell,
    pub leverage: Cell,
    pub felt: Cell,
    pub quadrant: Option<String>,
}

/// A cell: a value, what stands below it, and a bar.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Cell {
    pub value: String,
    pub under: Option<String>,
    /// A second thing below: lost margin, effort.
    pub also: Option<String>,
    /// Length of the bar, in percent of the longest.
    pub bar: Option<String>,
    /// Whether the bar goes the other way.
    pub negative: bool,
}

/// Touchpoints of one quadrant.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct QuadrantList {
    pub id: &'static str,
    pub title: String,
    /// Who gains there.
    pub meaning: String,
    pub touchpoints: Vec<QuadrantPoint>,
}

/// A touchpoint of a quadrant.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct QuadrantPoint {
    pub name: String,
    pub rank: String,
    pub label: String,
    pub pull: String,
    pub felt: String,
}

impl HotPoints {
    pub(super) fn new(pen: &Pen<'_>) -> Self {
        let mut points: Vec<&HotPointFigure> = pen.figures.hot_points.iter().collect();
        points.sort_by_key(|point| point.rank);
        let bars = Longest::of(&points);
        let goal = pen.figures.main_goal.map(|id| pen.quote(&pen.model.goals[id.index()].name.label));
        Self {
            rows: points.iter().map(|point| row(pen, point, &bars)).collect(),
            by_leverage: points.iter().any(|point| point.leverage.value().is_some()),
            limits: limits(pen),
            quadrants: quadrants(pen, &points),
            scatter: scatter(pen, &points),
            leverage_unit: goal.map_or_else(String::new, |goal| match pen.lang {
                locale::Lang::En => format!("customers reaching {goal}, per point"),
                locale::Lang::Fr => format!("clients atteignant {goal}, par point"),
            }),
        }
    }
}

/// The longest bar of each column.
struct Longest {
    reach: f64,
    pull: f64,
    leak: f64,
    leverage: f64,
    felt: f64,
}

impl Longest {
    fn of(points: &[&HotPointFigure]) -> Self {
        let most = |figure: fn(&HotPointFigure) -> &Figure| {
            points.iter().filter_map(|p| figure(p).value()).map(f64::abs).filter(|v| v.is_finite()).fold(0.0, f64::max)
        };
        Self {
            reach: most(|p| &p.reach),
            pull: most(|p| &p.pull),
            leak: most(|p| &p.leak),
            leverage: most(|p| &p.leverage),
            felt: most(|p| &p.felt),
        }
    }
}

/// The quadrants as a drawing.
fn scatter(pen: &Pen<'_>, points: &[&HotPointFigure]) -> Option<String> {
    let points: Vec<Point> = points.iter().filter_map(|point| in_quadrant(pen, point)).collect();
    let corner = |quadrant| title(pen, quadrant).to_uppercase();
    quadrant(&Quadrants {
        points: &points,
        limits: QUADRANT_LIMITS,
        corners: [Quadrant::Intrusive, Quadrant::WinWin, Quadrant::DeadWeight, Quadrant::Gift].map(corner),
        title: pen
            .lang
            .pick("Removal effect and felt of each touchpoint", "Effet de retrait et ressenti de chaque point de contact"),
        across: pen.lang.pick("what customers feel there", "ce que les clients y ressentent"),
        up: pen.lang.pick("removal effect", "effet de retrait"),
        none: pen.lang.pick("no removal effect:", "sans effet de retrait\u{a0}:"),
        percent: &|share| pen.percent(share),
        mark: &|felt| locale::signed(felt, 0, pen.lang),
    })
}

fn in_quadrant(pen: &Pen<'_>, point: &HotPointFigure) -> Option<Point> {
    let (named, words) = (&pen.model.touchpoints[point.touchpoint.index()].name, point.quadrant?);
    let (pull, felt) = (point.pull.value()?, point.felt.value()?);
    Some(Point {
        name: named.name.clone(),
        label: named.label.clone(),
        rank: point.rank.to_string(),
        title: format!("{} · {} · {}", named.label, pen.value(&point.pull), locale::signed(felt, 1, pen.lang)),
        class: match words {
            Quadrant::Intrusive => "d d-intrusive",
            Quadrant::WinWin => "d d-winwin",
            Quadrant::DeadWeight => "d d-dead",
            Quadrant::Gift => "d d-gift",
        },
        pull,
        felt,
        reach: point.reach.value().unwrap_or(0.0),
    })
}

fn row(pen: &Pen<'_>, point: &HotPointFigure, longest: &Longest) -> HotRow {
    let touchpoint = &pen.model.touchpoints[point.touchpoint.index()];
    let channel = &pen.model.channels[touchpoint.channel.index()];
    let stage = touchpoint.stage.map(|id| pen.model.stages[id.index()].name.label.as_str());
    let place = [Some(channel.name.label.as_str()), stage].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    // Who leaves before costing more than he brings saves money.
    let lost = point.leak_value.filter(|v| *v != 0.0).map(|value| {
        let money = locale::total((value * pen.figures.arrivals).abs(), pen.currency(), pen.lang);
        pen.say(&if value > 0.0 {
            words!("{money} lost", "{money} perdus")
        } else {
            words!("{money} saved", "{money} épargnés")
        })
    });
    let effort = point.effort.map(|effort| {
        let mark = locale::trimmed(effort, 1, pen.lang);
        pen.say(&words!("effort {mark}/7", "effort {mark}/7"))
    });
    HotRow {
        name: touchpoint.name.name.clone(),
        rank: point.rank.to_string(),
        marked: point.rank <= MARKED,
        label: touchpoint.name.label.clone(),
        place,
        media: channel.media.map_or("", crate::model::Media::word),
        media_label: channel.media.map_or_else(String::new, |media| pen.say(&media.label())),
        reach: cell(pen, &point.reach, longest.reach, None),
        pull: cell(pen, &point.pull, longest.pull, None),
        leak: cell(pen, &point.leak, longest.leak, lost),
        leverage: leverage(pen, point, longest.leverage),
        felt: felt(pen, point, longest.felt, effort),
        quadrant: point.quadrant.map(|q| title(pen, q)),
    }
}

fn cell(pen: &Pen<'_>, figure: &Figure, longest: f64, also: Option<String>) -> Cell {
    let shown = Shown::new(pen, figure);
    Cell { value: shown.value, under: shown.under, also, bar: figure.value().and_then(|v| bar(v, longest)), negative: false }
}

/// One point of probability, in customers who reach the main goal among the declared arrivals.
fn leverage(pen: &Pen<'_>, point: &HotPointFigure, longest: f64) -> Cell {
    let value = point.leverage.value();
    Cell {
        value: value.map_or_else(|| DASH.to_owned(), |value| gain(pen, value)),
        under: value.map(|value| locale::points(value, pen.lang)),
        also: None,
        bar: value.and_then(|v| bar(v, longest)),
        negative: false,
    }
}

/// What one point of probability is worth, in customers among the declared arrivals, with its sign.
pub(in crate::report) fn gain(pen: &Pen<'_>, leverage: f64) -> String {
    let text = pen.count(leverage * pen.figures.arrivals);
    if leverage > 0.0 && text.starts_with(|c: char| c.is_ascii_digit()) { format!("+{text}") } else { text }
}

fn felt(pen: &Pen<'_>, point: &HotPointFigure, longest: f64, effort: Option<String>) -> Cell {
    let value = point.felt.value();
    Cell {
        value: value.map_or_else(|| DASH.to_owned(), |value| locale::signed(value, 1, pen.lang)),
        under: Shown::new(pen, &point.felt).under,
        also: effort,
        bar: value.and_then(|v| bar(v, longest.max(2.0) * 2.0)),
        negative: value.is_some_and(|v| v < 0.0),
    }
}

pub(super) fn bar(value: f64, longest: f64) -> Option<String> {
    (value.is_finite() && value != 0.0 && longest > 0.0).then(|| css(value.abs() / longest * 100.0))
}

/// A number as CSS writes it, whatever the reader's language: one decimal, a point.
pub(in crate::report) fn css(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

pub(super) fn title(pen: &Pen<'_>, quadrant: Quadrant) -> String {
    pen.say(&match quadrant {
        Quadrant::WinWin => words!("win-win", "gagnant-gagnant"),
        Quadrant::Intrusive => words!("intrusive", "intrusif"),
        Quadrant::Gift => words!("gift", "cadeau"),
        Quadrant::DeadWeight => words!("dead weight", "poids mort"),
    })
}

/// Where the limits of the quadrants stand, in a sentence.
fn limits(pen: &Pen<'_>) -> String {
    let (pull, felt) = (pen.percent(QUADRANT_LIMITS.0), locale::signed(QUADRANT_LIMITS.1, 1, pen.lang));
    pen.say(&words!(
        "The brand gains from a removal effect of {pull}, the customer from a feeling of {felt}.",
        "La marque y gagne à partir d’un effet de retrait de {pull}, le client à partir d’un ressenti de {felt}."
    ))
}

fn quadrants(pen: &Pen<'_>, points: &[&HotPointFigure]) -> Vec<QuadrantList> {
    if points.iter().all(|point| point.quadrant.is_none()) {
        return Vec::new();
    }
    [(Quadrant::Intrusive, "intrusive"), (Quadrant::WinWin, "winwin"), (Quadrant::DeadWeight, "dead"), (Quadrant::Gift, "gift")]
        .map(|(quadrant, id)| QuadrantList {
            id,
            title: title(pen, quadrant),
            meaning: pen.say(&match quadrant {
                Quadrant::WinWin => words!("both gain", "tous deux y gagnent"),
                Quadrant::Intrusive => words!("the brand gains, the customer does not", "la marque y gagne, le client non"),
                Quadrant::Gift => words!("the customer gains, the brand does not", "le client y gagne, la marque non"),
                Quadrant::DeadWeight => words!("neither gains", "aucun des deux n’y gagne"),
            }),
            touchpoints: points
                .iter()
                .filter(|point| point.quadrant == Some(quadrant))
                .map(|point| QuadrantPoint {
                    name: pen.model.touchpoints[point.touchpoint.index()].name.name.clone(),
                    rank: point.rank.to_string(),
                    label: pen.model.touchpoints[point.touchpoint.index()].name.label.clone(),
                    pull: pen.value(&point.pull),
                    felt: point.felt.value().map_or_else(|| DASH.to_owned(), |v| locale::signed(v, 1, pen.lang)),
                })
                .collect(),
        })
        .into()
}

//! What the page's script shows when its reader chooses: every word is in its final form, the script only puts it in place.
//!
//! Cells that follow a choice have a key (`data-f` in the page): `k:` a measure, `h:` a figure of a touchpoint, `s:` of a stage,
//! `g:` and `e:` of a goal or end. [`Chosen::cells`] holds what stands there for one persona or scenario. Numbers that are not
//! words are there to sort by, and to scale bubbles.

use super::choices::standing;
use super::hot::{self, bar};
use super::personas::five;
use super::{KpiCard, Pen, Shown};
use crate::diagnostics::{Sources, Span};
use crate::locale::{self, DASH};
use crate::measure::{Figure, HotPointFigure, ReachedFigure};
use crate::model::law::nearest;
use crate::model::{Branch, Evidence, Share, Target, Unit};
use crate::report::levers::Ink;
use crate::words;
use serde::Serialize;
use std::collections::BTreeMap;

/// The data of the script.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Script {
    /// Fixed words.
    words: Vec<(&'static str, &'static str)>,
    /// The definition of each of the figures of a touchpoint, in their order.
    definitions: Vec<&'static str>,
    /// Touchpoints by rank.
    points: Vec<Point>,
    /// What stands in the cells of one persona.
    personas: Vec<Chosen>,
    /// The same under a scenario.
    scenarios: Vec<Chosen>,
    /// Names of the touchpoints of each typical path: to the goal, then to failure.
    paths: Vec<Vec<String>>,
}

/// A persona or a scenario.
#[derive(Debug, Serialize)]
struct Chosen {
    label: String,
    /// By key: a value, what stands below it, the length of its bar in percent.
    cells: BTreeMap<String, (String, Option<String>, Option<String>)>,
}

/// A touchpoint.
#[derive(Debug, Serialize)]
struct Point {
    name: String,
    label: String,
    place: String,
    quadrant: Option<String>,
    /// The moment of truth or the stage to choose it by.
    moment: Option<String>,
    stage: Option<String>,
    channel: String,
    /// How many of the declared arrivals meet it.
    customers: String,
    /// Where it is declared: `shop.journey:12`.
    line: Option<String>,
    /// Reach, removal effect, leak, leverage, felt, then visits.
    figures: Vec<Told>,
    /// The first five, to sort by.
    sort: [Option<f64>; 5],
    ways: Vec<Way>,
    by: Vec<ByPersona>,
}

/// A figure with all that is known of it.
#[derive(Debug, Serialize)]
struct Told {
    name: &'static str,
    value: String,
    notes: Vec<String>,
}

/// A way on.
#[derive(Debug, Serialize)]
struct Way {
    to: String,
    share: String,
    because: Option<String>,
    rests_on: Option<String>,
    line: Option<String>,
}

/// A touchpoint for one persona.
#[derive(Debug, Serialize)]
struct ByPersona {
    cells: [String; 5],
    sort: [Option<f64>; 5],
    /// How many of the declared arrivals are of this persona and meet it.
    customers: String,
    /// Their part of all who meet it.
    part: Option<f64>,
}

impl Script {
    pub(in crate::report) fn new(pen: &Pen<'_>, l: &super::Labels, kpis: &[&KpiCard], sources: &Sources) -> Self {
        let mut points: Vec<&HotPointFigure> = pen.figures.hot_points.iter().collect();
        points.sort_by_key(|point| point.rank);
        let paths = pen.figures.paths.to_goal.iter().chain(&pen.figures.paths.to_failure);
        let name = |id: &crate::model::TouchpointId| pen.model.touchpoints[id.index()].name.name.clone();
        let part = |label: &str, cells| Chosen { label: label.to_owned(), cells };
        let personas = pen.model.personas.iter().enumerate();
        let scenarios = pen.program.scenarios.iter().enumerate();
        Self {
            words: fixed(pen),
            definitions: vec![l.reach_def, l.pull_def, l.leak_def, l.leverage_def, l.felt_def],
            points: points.iter().map(|point| Point::new(pen, l, point, sources)).collect(),
            personas: personas.map(|(at, p)| part(&p.name.label, of_persona(pen, at, kpis, &points))).collect(),
            scenarios: scenarios.map(|(at, (s, _))| part(&s.name.label, of_scenario(at, kpis))).collect(),
            paths: paths.map(|path| path.touchpoints.iter().map(name).collect()).collect(),
        }
    }

    /// As JSON that can stand in an element of a page.
    pub(in crate::report) fn json(&self) -> Result<String, serde_json::Error> {
        let text = serde_json::to_string(self)?;
        // Inside strings only: none of these stands elsewhere in JSON.
        Ok(text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
    }
}

fn fixed(pen: &Pen<'_>) -> Vec<(&'static str, &'static str)> {
    let pick = |en, fr| pen.lang.pick(en, fr);
    vec![
        ("of", pick("touchpoints shown:", "points de contact affichés\u{a0}:")),
        ("all", pick("all customers", "tous les clients")),
        (
            "kept",
            pick(
                "not computed for this choice: as written, all customers",
                "pas calculé pour ce choix\u{a0}: tel qu’écrit, tous les clients",
            ),
        ),
        (
            "bubbles",
            pick(
                "bubbles: this persona, within all; bands, losses and stages: all customers",
                "bulles\u{a0}: ce persona, parmi tous\u{202f}; bandes, départs et étapes\u{a0}: tous les clients",
            ),
        ),
        ("more", pick("Show all", "Tout afficher")),
        ("fewer", pick("Show the first 12", "Afficher les 12 premiers")),
        ("show", pick("Show on the map", "Montrer sur la carte")),
        ("shown", pick("Shown on the map", "Montré sur la carte")),
        ("close", pick("Close", "Fermer")),
        ("ways", pick("Ways on", "Suites")),
        ("personas", pick("By persona", "Par persona")),
        ("spec", pick("In the journey", "Dans le parcours")),
        ("sorted", pick("sorted by", "trié par")),
        ("open", pick("exact figures", "chiffres exacts")),
        ("customers", pick("customers", "clients")),
    ]
}

impl Point {
    fn new(pen: &Pen<'_>, l: &super::Labels, point: &HotPointFigure, sources: &Sources) -> Self {
        let touchpoint = &pen.model.touchpoints[point.touchpoint.index()];
        let channel = &pen.model.channels[touchpoint.channel.index()].name;
        let stage = touchpoint.stage.map(|id| &pen.model.stages[id.index()].name);
        let five_figures = [&point.reach, &point.pull, &point.leak, &point.leverage, &point.felt];
        let mut figures: Vec<Told> = [l.reach, l.pull, l.leak, l.leverage, l.felt]
            .into_iter()
            .zip(five_figures)
            .map(|(name, figure)| told(pen, name, figure))
            .collect();
        if let Some(value) = point.leverage.value() {
            figures[3].value = hot::gain(pen, value);
            figures[3].notes.insert(0, locale::points(value, pen.lang));
        }
        if let Some(value) = point.felt.value() {
            figures[4].value = locale::signed(value, 1, pen.lang);
        }
        figures.push(told(pen, pen.lang.pick("Visits per customer who arrived", "Visites par client arrivé"), &point.visits));
        let place = [Some(channel.label.as_str()), stage.map(|s| s.label.as_str())];
        Self {
            name: touchpoint.name.name.clone(),
            label: touchpoint.name.label.clone(),
            place: place.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            quadrant: point.quadrant.map(|q| hot::title(pen, q)),
            moment: standing(pen, point.touchpoint),
            stage: stage.map(|s| s.name.clone()),
            channel: channel.name.clone(),
            customers: point.reach.value().map_or_else(|| DASH.to_owned(), |reach| pen.count(reach * pen.figures.arrivals)),
            line: line(sources, touchpoint.name.origin),
            figures,
            sort: five_figures.map(|f| f.value().filter(|v| v.is_finite())),
            ways: touchpoint.branches.iter().map(|branch| way(pen, branch, sources)).collect(),
            by: by_persona(pen, point),
        }
    }
}

/// A figure, how it was obtained, and its spreads by their names.
fn told(pen: &Pen<'_>, name: &'static str, figure: &Figure) -> Told {
    let shown = Shown::new(pen, figure);
    let mut notes = Vec::new();
    let mut note = |name: &str, text: &Option<String>| {
        if let Some(text) = text {
            notes.push(format!("{name} {text}").trim_start().to_owned());
        }
    };
    if shown.exact {
        note(pen.lang.pick("exact", "exact"), &Some(shown.fraction.clone().map_or_else(String::new, |f| format!("({f})"))));
    } else if shown.simulated {
        note(pen.lang.pick("simulated", "simulé"), &Some(String::new()));
    }
    note(pen.lang.pick("simulated value", "valeur simulée"), &shown.estimate);
    note(pen.lang.pick("precision", "précision"), &shown.precision);
    note(pen.lang.pick("chance", "hasard"), &shown.chance);
    note(pen.lang.pick("evidence", "ignorance"), &shown.evidence);
    note("", &shown.declined);
    let notes = notes.into_iter().map(|text| text.trim_end().to_owned()).collect();
    Told { name, value: shown.value, notes }
}

/// Where something stands: the name of its file, without the folders, and its line.
fn line(sources: &Sources, at: Span) -> Option<String> {
    let (_, source) = sources.iter().find(|(id, _)| *id == at.file)?;
    let file = source.name.rsplit(['/', '\\']).next().unwrap_or_default();
    (at.start as usize <= source.text.len()).then(|| format!("{file}:{}", source.position(at.start).line))
}

fn way(pen: &Pen<'_>, branch: &Branch, sources: &Sources) -> Way {
    let to = match branch.to {
        Target::Touchpoint(id) => &pen.model.touchpoints[id.index()].name,
        Target::End(id) => &pen.model.ends[id.index()].name,
    };
    let share = match &branch.share {
        Share::Figure(share) => {
            let own = share.own.iter().map(|(id, value)| {
                let persona = &pen.model.personas[id.index()].name.label;
                let own = pen.percent(nearest(value));
                pen.say(&words!("{persona}: {own}", "{persona}\u{a0}: {own}"))
            });
            std::iter::once(pen.percent(nearest(&share.default))).chain(own).collect::<Vec<_>>().join(" · ")
        }
        Share::Otherwise => pen.lang.pick("the rest", "le reste").to_owned(),
        Share::Lone => pen.lang.pick("all", "tous").to_owned(),
    };
    let inside = |span: Span| {
        let whole = branch.share_origin;
        span.file == whole.file && whole.start <= span.start && span.end <= whole.end
    };
    let written = pen.model.figures.iter().find(|figure| inside(figure.origin));
    let ink = Ink { model: pen.model, lang: pen.lang };
    let known = |evidence: &Evidence| match evidence.source.filter(|_| evidence.count.is_some()) {
        Some(id) => format!("{} · {}", ink.evidence(evidence), pen.model.sources[id.index()].name.label),
        None => ink.evidence(evidence),
    };
    let rests_on = written.map(|figure| {
        let params: Vec<String> = figure
            .from
            .iter()
            .map(|id| &pen.model.params[id.index()])
            .map(|param| format!("{} ({})", param.name.label, known(&param.evidence)))
            .collect();
        if params.is_empty() { known(&figure.evidence) } else { params.join(", ") }
    });
    Way { to: to.label.clone(), share, because: branch.because.clone(), rests_on, line: line(sources, branch.origin) }
}

fn by_persona(pen: &Pen<'_>, point: &HotPointFigure) -> Vec<ByPersona> {
    let all = point.reach.value();
    let one = |(at, figures): (usize, &[Option<f64>; 5])| {
        let share = pen.figures.personas.get(at).map_or(1.0, |p| p.share);
        let met = figures[0].map(|reach| reach * share);
        ByPersona {
            cells: five(pen, at, figures),
            sort: figures.map(|v| v.filter(|v| v.is_finite())),
            customers: met.map_or_else(|| DASH.to_owned(), |met| pen.count(met * pen.figures.arrivals)),
            part: met.zip(all).map(|(met, all)| met / all).filter(|v| v.is_finite()).map(|v| v.clamp(0.0, 1.0)),
        }
    };
    point.personas.iter().enumerate().map(one).collect()
}

type Cells = BTreeMap<String, (String, Option<String>, Option<String>)>;

fn of_persona(pen: &Pen<'_>, at: usize, kpis: &[&KpiCard], points: &[&HotPointFigure]) -> Cells {
    let mut cells = Cells::new();
    for card in kpis {
        if let Some(part) = card.personas.get(at) {
            cells.insert(format!("k:{}", card.name), (part.figure.value.clone(), part.figure.under.clone(), None));
        }
    }
    let longest = |k: usize| {
        let most = points.iter().filter_map(|p| p.personas.get(at)?[k]).map(f64::abs).fold(0.0, f64::max);
        if k == 4 { most.max(2.0) * 2.0 } else { most }
    };
    for point in points {
        let Some(figures) = point.personas.get(at) else { continue };
        let name = &pen.model.touchpoints[point.touchpoint.index()].name.name;
        for (k, text) in five(pen, at, figures).into_iter().enumerate() {
            let bar = figures[k].and_then(|v| bar(v, longest(k)));
            cells.insert(format!("h:{name}:{k}"), (text, None, bar));
        }
    }
    stages(pen, at, &mut cells);
    for (kind, rows) in [("g", &pen.figures.goals), ("e", &pen.figures.ends)] {
        for (row, figure) in rows.iter().enumerate() {
            reached(pen, at, &format!("{kind}:{row}"), figure, &mut cells);
        }
    }
    cells
}

/// Of a persona only who enters a stage is known.
fn stages(pen: &Pen<'_>, at: usize, cells: &mut Cells) {
    let Some(persona) = pen.figures.personas.get(at) else { return };
    let widest = persona.stages.iter().copied().fold(0.0, f64::max);
    for (stage, entered) in persona.stages.iter().enumerate() {
        let count = pen.count(entered * persona.share * pen.figures.arrivals);
        cells.insert(format!("s:{stage}:count"), (count, None, bar(*entered, widest).or(Some("0".to_owned()))));
        cells.insert(format!("s:{stage}:step"), (DASH.to_owned(), None, None));
        cells.insert(format!("s:{stage}:entered"), (pen.percent(*entered), None, None));
    }
}

fn reached(pen: &Pen<'_>, at: usize, key: &str, figure: &ReachedFigure, cells: &mut Cells) {
    let (Some(row), Some(persona)) = (figure.personas.get(at), pen.figures.personas.get(at)) else { return };
    let mut put = |what: &str, value: String, under: Option<String>| cells.insert(format!("{key}:{what}"), (value, under, None));
    put("count", pen.count(row.share * persona.share * pen.figures.arrivals), None);
    put("share", pen.percent(row.share), None);
    let mut spread = |what: &str, (mean, sd): (f64, f64), unit: Unit| {
        let met = |v: f64| (row.share > 0.0 && v.is_finite()).then(|| pen.write(v, unit));
        put(what, met(mean).unwrap_or_else(|| DASH.to_owned()), met(sd).map(|sd| format!("±\u{a0}{sd}")));
    };
    spread("time", row.time, Unit::Time);
    spread("cost", row.cost, Unit::Money);
    spread("revenue", row.revenue, Unit::Money);
    spread("margin", row.margin, Unit::Money);
}

fn of_scenario(at: usize, kpis: &[&KpiCard]) -> Cells {
    let parts = kpis.iter().filter_map(|card| Some((card, card.scenarios.get(at)?)));
    parts.map(|(card, part)| (format!("k:{}", card.name), (part.figure.value.clone(), part.figure.under.clone(), None))).collect()
}

//! Two versions of a journey: what has changed, in the words of its author, what that does to the figures, and which part of it
//! each edit plays.
//!
//! Comes in: two compiled journeys. Goes out: [`Difference`]. What must hold: any part of the edits can be made and gives a journey
//! between the two; the parts of the edits add up to the change of the figure; what is renamed is not taken for gone.
//!
//! A line is a fact, so a journey is read as its lines (`lines`), which become nodes with keys and parts (`nodes`); renames are made
//! in the old version (`names`); both are laid over one another (`merge`), so that a text with any part of the edits made can be
//! written (`compose`), read and solved; `game` shares out the change; `words` says what an edit is.

mod compose;
mod game;
mod lines;
mod merge;
mod names;
mod nodes;
mod words;

pub use game::{EXACT, How, ORDERS, Parts, STATES};
pub use names::Renamed;

use crate::chain;
use crate::compile::{Compiled, Journey};
use crate::diagnostics::{Sources, Span, has_errors};
use crate::levers::kpi_measure;
use crate::locale::Words;
use crate::measure::Exactly;
use crate::model::law::nearest;
use crate::model::{Event, KpiId, Measure, MeasureKind, Modifiers, Place, Program, TouchpointId, Unit};
use crate::plan::{Request, ask_for};
use crate::resolve::{self, Given, LoadError, Loader};
use crate::solve::answers_in_floats;
use lines::Line;
use merge::{Edits, Merged, merge};
use nodes::nodes;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What has changed from one version to another.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What has another name.
    pub renamed: Vec<(Renamed, Words)>,
    /// What has been edited.
    pub edits: Vec<Edit>,
    /// Which part the edits play in the change of each figure; `None` if nothing was edited that counts, or no part of the edits can be made.
    pub parts: Option<Parts>,
    /// The figures that `parts` speaks of.
    pub figures: Vec<FigureOf>,
}

/// An edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What it changes, in the author's words.
    pub said: Vec<Words>,
    /// Whether it can change a figure.
    pub counts: bool,
}

/// A figure that both versions have, by the name that the new version gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureOf {
    /// A kpi.
    Kpi(String),
    /// Of a touchpoint.
    Point(String, PointFigure),
}

/// A figure of a hot point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointFigure {
    /// Share who meet it.
    Reach,
    /// Removal effect.
    Pull,
    /// Share whose journey fails there.
    Leak,
    /// What one point is worth.
    Leverage,
}

impl PointFigure {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Reach, Self::Pull, Self::Leak, Self::Leverage];
}

impl Difference {
    /// Whether anything is not as it was.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !self.renamed.is_empty() || !self.edits.is_empty()
    }

    /// The name in the old version of what has this name in the new one, being of that kind.
    #[must_use]
    pub fn old_name<'a>(&'a self, kind: &str, name: &'a str) -> &'a str {
        self.renamed.iter().find(|(r, _)| r.kind == kind && r.to == name).map_or(name, |(r, _)| r.from.as_str())
    }

    /// The place of a figure in `figures`.
    #[must_use]
    pub fn figure(&self, of: &FigureOf) -> Option<usize> {
        self.figures.iter().position(|f| f == of)
    }

    /// By group: the part of it in the change of a figure.
    #[must_use]
    pub fn parts_of(&self, of: &FigureOf) -> Option<Vec<f64>> {
        let (at, parts) = (self.figure(of)?, self.parts.as_ref()?);
        let found: Vec<f64> = parts.parts.iter().map(|part| part[at]).collect();
        found.iter().all(|part| part.is_finite()).then_some(found)
    }
}

/// A version: its text as read, and its journey.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// As compiled.
    pub compiled: &'a Compiled,
    /// Its journey.
    pub journey: &'a Journey,
}

/// Compares two versions.
#[must_use]
pub fn compare(old: Version<'_>, new: Version<'_>) -> Difference {
    let (old_lines, new_lines) = (lines::lines(old.compiled), lines::lines(new.compiled));
    let found = names::renames(&old_lines, &new_lines);
    let renamed_lines = names::apply(&old_lines, &found);
    // A name that stands for something else somewhere is not followed: renaming must change nothing.
    let (found, old_lines) =
        if is_same_journey(&old_lines, &renamed_lines, &found) { (found, renamed_lines) } else { (Vec::new(), old_lines) };
    let (old_nodes, new_nodes) = (nodes(&old_lines), nodes(&new_lines));
    let mut edits = Edits::default();
    let merged = merge(&old_nodes, &new_nodes, &mut edits);
    let sides = words::Sides {
        old: &old.journey.program,
        new: &new.journey.program,
        labels: words::labels(&[&old_nodes, &new_nodes]),
        before: found.iter().map(|r| (r.to.clone(), r.from.clone())).collect(),
    };
    let said = words::sentences(&merged, &sides, edits.counts.len());
    let renamed: Vec<(Renamed, Words)> = found
        .into_iter()
        .map(|r| {
            let said = words::renamed(&r, &sides);
            (r, said)
        })
        .collect();
    let edits: Vec<Edit> = said.into_iter().zip(edits.counts).map(|(said, counts)| Edit { said, counts }).collect();
    let mut difference = Difference { renamed, edits, parts: None, figures: Vec::new() };
    let players = players(&merged, &difference.edits);
    let states = |version: Version<'_>| version.journey.chains.iter().map(|chain| chain.states.len()).max().unwrap_or(1);
    let states = states(old).max(states(new)).max(1);
    let sets = if players.len() <= EXACT { 1 << players.len() } else { ORDERS * players.len() };
    let points = new.journey.program.base.touchpoints.len();
    difference.figures = figures(&difference, &old.journey.program, &new.journey.program, sets * states * points <= STATES);
    if !players.is_empty() && players.len() <= game::MOST {
        let scenarios = speaks_of_scenarios(&old_lines) || speaks_of_scenarios(&new_lines);
        let value = |made: &[usize]| {
            let text = compose::compose(&merged, &|edit| made.binary_search(&edit).is_ok(), scenarios);
            worth(text, &difference.figures)
        };
        let exact = (0..=EXACT).rev().find(|n| (1 << n) * states <= STATES).unwrap_or(0);
        difference.parts = game::shapley(players, exact, &value);
    }
    difference
}

/// The figures that both versions have; those of hot points if they are wanted.
fn figures(difference: &Difference, old: &Program, new: &Program, with_points: bool) -> Vec<FigureOf> {
    let had = |name: &str| old.kpis.iter().any(|k| k.name.name == name);
    let kpis = new.kpis.iter().map(|k| &k.name.name).filter(|name| had(difference.old_name("kpi", name)));
    let met = |name: &str| old.base.touchpoints.iter().any(|t| t.name.name == name);
    let points = new.base.touchpoints.iter().map(|t| &t.name.name).filter(|name| met(difference.old_name("touchpoint", name)));
    let points =
        points.filter(|_| with_points).flat_map(|name| PointFigure::ALL.map(|figure| FigureOf::Point(name.clone(), figure)));
    kpis.map(|name| FigureOf::Kpi(name.clone())).chain(points).collect()
}

/// The edits that can change a figure, those together that mention what another brings or takes.
fn players(merged: &[Merged], edits: &[Edit]) -> Vec<Vec<usize>> {
    let counting = |edit: &usize| edits[*edit].counts;
    // What comes or goes, by name, and who mentions it.
    let mut owners: HashMap<&str, usize> = HashMap::new();
    let mut mentions: Vec<(usize, String)> = Vec::new();
    for item in merged {
        if let (Some(edit), Some(name)) = (item.edit, &item.node().name) {
            owners.insert(name, edit);
        }
        collect(item, &mut mentions);
    }
    for cell in merged.iter().filter(|m| m.word() == "memory").flat_map(|m| &m.inside) {
        if let (Some(edit), Some(name)) = (cell.edit, &cell.node().name) {
            owners.insert(name, edit);
        }
    }
    let mut group: BTreeMap<usize, usize> = (0..edits.len()).map(|e| (e, e)).collect();
    for (edit, name) in mentions {
        let Some(owner) = owners.get(name.as_str()).copied().filter(|owner| *owner != edit) else { continue };
        // A kpi that nobody had counts only for those who mention it.
        let (from, to) = (group[&edit], group[&owner]);
        group.values_mut().filter(|g| **g == from).for_each(|g| *g = to);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (edit, g) in group {
        groups.entry(g).or_default().push(edit);
    }
    groups.into_values().filter(|g| g.iter().any(counting)).collect()
}

/// The names that each edit mentions.
fn collect(item: &Merged, mentions: &mut Vec<(usize, String)>) {
    if let Some(edit) = item.edit {
        let node = item.node();
        node.each_text(&mut |text| mentions.extend(words::mentioned(text).into_iter().map(|name| (edit, name))));
        mentions.extend(node.stage.iter().map(|stage| (edit, stage.clone())));
    }
    if let Some(edit) = item.moved {
        let stages = item.old.iter().chain(&item.new).filter_map(|n| n.stage.clone());
        mentions.extend(stages.map(|stage| (edit, stage)));
    }
    for part in &item.parts {
        if let Some(edit) = part.edit {
            let texts = part.old.iter().chain(&part.new);
            mentions.extend(texts.flat_map(|text| words::mentioned(text)).map(|name| (edit, name)));
        }
    }
    item.inside.iter().for_each(|fact| collect(fact, mentions));
}

/// Whether any kpi is read under a scenario.
fn speaks_of_scenarios(lines: &[Line]) -> bool {
    let names: BTreeSet<String> =
        lines.iter().filter(|l| l.word() == "scenario").flat_map(|l| words::mentioned(&l.text).into_iter().take(1)).collect();
    lines
        .iter()
        .filter(|l| l.word() == "kpi")
        .any(|l| words::mentioned(&l.text).windows(2).any(|w| w[0] == "in" && names.contains(&w[1])))
}

/// Whether two ways of writing a journey give the same figures, names aside.
fn is_same_journey(lines: &[Line], renamed: &[Line], renames: &[Renamed]) -> bool {
    if renames.is_empty() {
        return true;
    }
    let text = |lines: &[Line]| compose::compose(&merge(&nodes(lines), &nodes(lines), &mut Edits::default()), &|_| true, true);
    let to = |name: &str| renames.iter().find(|r| r.kind == "kpi" && r.from == name).map_or(name, |r| r.to.as_str()).to_owned();
    let kpis: Vec<String> = nodes(lines).into_iter().filter(|n| n.word == "kpi").filter_map(|n| n.name).collect();
    let before: Vec<FigureOf> = kpis.iter().map(|k| FigureOf::Kpi(k.clone())).collect();
    let after: Vec<FigureOf> = kpis.iter().map(|k| FigureOf::Kpi(to(k))).collect();
    match (worth(text(lines), &before), worth(text(renamed), &after)) {
        (Some(a), Some(b)) => {
            a.iter().zip(&b).all(|(a, b)| a.is_nan() && b.is_nan() || (a - b).abs() <= 1e-9 * a.abs().max(1e-12))
        }
        (None, Some(_)) => true,
        _ => false,
    }
}

/// Includes nothing: what is composed stands alone.
struct Alone;

impl Loader for Alone {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

/// What the figures are worth in a journey; nothing if the text makes none. A figure without an exact value is no number.
fn worth(text: String, figures: &[FigureOf]) -> Option<Vec<f64>> {
    let mut sources = Sources::default();
    let root = sources.add("", text);
    let mut found = Vec::new();
    let read = resolve::read(root, &mut sources, &Alone, &mut found);
    if has_errors(&found) {
        return None;
    }
    let program = read.resolve(&sources, &Given::new(), &mut found).whole()?;
    let mut chains = Vec::new();
    for model in std::iter::once(&program.base).chain(program.scenarios.iter().map(|(_, model)| model)) {
        let (chain, of_model) = chain::build(model);
        found.extend(of_model);
        chains.extend(chain);
    }
    if has_errors(&found) || chains.len() <= program.scenarios.len() {
        return None;
    }
    let measures: Option<Vec<Measure>> = figures.iter().map(|figure| measure(&program, figure)).collect();
    let measures = measures?;
    let (plans, requests) = ask_for(&program, &chains, &measures.iter().collect::<Vec<_>>());
    let answers: Vec<_> = chains.iter().zip(&plans).map(|(chain, plan)| answers_in_floats(chain, plan)).collect();
    let value = |request: &Request| {
        let leaf = |leaf: &crate::plan::Leaf| {
            let answers = answers[leaf.chain].as_ref().ok()?;
            Exactly { chain: &chains[leaf.chain], answers }.value(leaf).ok()
        };
        request.formula.evaluate(&nearest, &leaf).unwrap_or(f64::NAN)
    };
    Some(requests.iter().map(value).collect())
}

/// A figure as a measure of a program.
fn measure(program: &Program, figure: &FigureOf) -> Option<Measure> {
    match figure {
        FigureOf::Kpi(name) => {
            let at = program.kpis.iter().position(|k| k.name.name == *name)?;
            Some(kpi_measure(program, KpiId::new(at)))
        }
        FigureOf::Point(name, figure) => {
            let id = TouchpointId::new(program.base.touchpoints.iter().position(|t| t.name.name == *name)?);
            let (place, only) = (Place::Touchpoint(id), Modifiers::default());
            let (kind, unit) = match figure {
                PointFigure::Reach => {
                    (MeasureKind::Rate { from: None, to: Event::Meet(place), before: None, within: None, only }, Unit::Share)
                }
                PointFigure::Pull => (MeasureKind::Pull(place, only), Unit::Share),
                PointFigure::Leak => (MeasureKind::Leak(place, only), Unit::Share),
                PointFigure::Leverage => (MeasureKind::Leverage(id, only), Unit::Points),
            };
            Some(Measure { kind, unit, origin: Span::default() })
        }
    }
}

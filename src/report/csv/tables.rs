//! The other tables of the page as sheets.

use super::{figure_cells, line, number, text, word};
use crate::chain::From;
use crate::measure::{Figure, Figures, TypicalPath};
use crate::model::{Model, Named, Program, Target, TouchpointId};
use crate::report::json::known::JsonBranch;
use crate::report::view::{Pen, phases, triggers, win_back_ids};
use num_traits::ToPrimitive;

/// Between several things in one cell.
const BETWEEN: &str = " | ";

/// A sheet in work.
struct Table(String);

impl Table {
    fn new(header: &[&str]) -> Self {
        Self(line(&header.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()))
    }

    /// A sheet some of whose columns are figures, each with its bounds and how it was obtained.
    fn with_figures(before: &[&str], figures: &[&str], after: &[&str]) -> Self {
        let four = figures
            .iter()
            .flat_map(|name| [(*name).to_owned(), format!("{name}_low"), format!("{name}_high"), format!("{name}_method")]);
        let plain = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        Self(line(&plain(before).into_iter().chain(four).chain(plain(after)).collect::<Vec<_>>()))
    }

    fn row(&mut self, cells: &[String]) {
        self.0 += &line(cells);
    }
}

fn named(name: &Named) -> [String; 2] {
    [text(&name.name), text(&name.label)]
}

fn listed<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    text(&texts.collect::<Vec<_>>().join(BETWEEN))
}

/// The named measures: as written, and their parts.
pub(super) fn kpis(program: &Program, figures: &Figures) -> String {
    let header = [
        "name",
        "label",
        "key",
        "of",
        "part",
        "unit",
        "value",
        "low",
        "high",
        "method",
        "fraction",
        "chance_low",
        "chance_high",
        "evidence_low",
        "evidence_high",
    ];
    let mut table = Table::new(&header);
    for kpi in &figures.kpis {
        let declared = &program.kpis[kpi.kpi.index()];
        let mut row = |of: &str, part: &str, figure: &Figure| {
            let mut cells = named(&declared.name).to_vec();
            cells.extend([declared.key.to_string(), of.to_owned(), text(part), word(Some(figure.unit))]);
            cells.extend(figure_cells(figure));
            cells.push(text(&figure.fraction.as_ref().map(ToString::to_string).unwrap_or_default()));
            let bounds = [figure.chance, figure.evidence];
            cells.extend(bounds.iter().flat_map(|i| [number(i.map(|i| i.low)), number(i.map(|i| i.high))]));
            table.row(&cells);
        };
        row("journey", "", &kpi.figure);
        kpi.by.iter().for_each(|(label, figure)| row("part", label, figure));
        let personas = program.base.personas.iter().map(|p| &p.name.name);
        personas.zip(&kpi.personas).for_each(|(name, figure)| row("persona", name, figure));
        let scenarios = || program.scenarios.iter().map(|(s, _)| &s.name.name);
        scenarios().zip(&kpi.scenarios).for_each(|(name, figure)| row("scenario", name, figure));
        scenarios().zip(&kpi.differences).for_each(|(name, figure)| row("difference", name, figure));
    }
    table.0
}

pub(super) fn funnel(model: &Model, figures: &Figures) -> String {
    let mut table = Table::with_figures(&["name", "label", "moment"], &["entered", "left", "step"], &["median_time"]);
    for figure in &figures.stages {
        let stage = &model.stages[figure.stage.index()];
        let mut cells = named(&stage.name).to_vec();
        cells.push(word(stage.moment));
        cells.extend([&figure.entered, &figure.left, &figure.step].into_iter().flat_map(figure_cells));
        cells.push(number(figure.median_time));
        table.row(&cells);
    }
    table.0
}

/// The moments of truth, and on which channels they take place.
pub(super) fn moments(figures: &Figures) -> [String; 2] {
    let mut moments = Table::with_figures(&["moment"], &["entered", "step"], &["median_time"]);
    let mut channels = Table::new(&["moment", "channel", "share"]);
    for figure in &figures.moments {
        let moment = word(Some(figure.moment));
        let mut cells = vec![moment.clone()];
        cells.extend([&figure.entered, &figure.step].into_iter().flat_map(figure_cells));
        cells.push(number(figure.median_time));
        moments.row(&cells);
        for (channel, share) in &figure.channels {
            channels.row(&[moment.clone(), text(channel), number(Some(*share))]);
        }
    }
    [moments.0, channels.0]
}

/// Who, who enters each stage, and the hot points of each.
pub(super) fn personas(model: &Model, figures: &Figures) -> [String; 3] {
    let before = ["name", "label", "age", "job", "income", "motives", "wants", "pains", "story", "share"];
    let mut personas = Table::with_figures(&before, &["goal", "cost", "revenue", "margin", "felt"], &[]);
    let mut stages = Table::new(&["persona", "stage", "entered"]);
    let mut points = Table::new(&["persona", "touchpoint", "reach", "pull", "leak", "leverage", "felt"]);
    for own in &figures.personas {
        let persona = &model.personas[own.persona.index()];
        let name = text(&persona.name.name);
        let list = |texts: &[String]| listed(texts.iter().map(String::as_str));
        let mut cells = named(&persona.name).to_vec();
        cells.extend([
            persona.age.map(|age| age.to_string()).unwrap_or_default(),
            text(persona.job.as_deref().unwrap_or_default()),
            number(persona.income.as_ref().and_then(ToPrimitive::to_f64)),
            listed(persona.motives.iter().map(|motive| motive.word())),
            list(&persona.wants),
            list(&persona.pains),
            text(persona.story.as_deref().unwrap_or_default()),
            number(Some(own.share)),
        ]);
        let [cost, revenue, margin] = &own.money;
        cells.extend([&own.goal, cost, revenue, margin, &own.felt].into_iter().flat_map(figure_cells));
        personas.row(&cells);
        for (stage, share) in model.stages.iter().zip(&own.stages) {
            stages.row(&[name.clone(), text(&stage.name.name), number(Some(*share))]);
        }
        for point in &figures.hot_points {
            if let Some(five) = point.personas.get(own.persona.index()) {
                let mut cells = vec![name.clone(), text(&model.touchpoints[point.touchpoint.index()].name.name)];
                cells.extend(five.map(number));
                points.row(&cells);
            }
        }
    }
    [personas.0, stages.0, points.0]
}

/// Expectations and claims.
pub(super) fn promises(program: &Program, figures: &Figures) -> String {
    let header = ["kind", "text", "verdict", "unit", "value", "low", "high", "method", "bound", "other_bound", "source"];
    let mut table = Table::new(&header);
    for promise in &figures.expectations {
        let mut cells =
            vec!["expect".to_owned(), text(&promise.text), word(Some(promise.verdict)), word(Some(promise.figure.unit))];
        cells.extend(figure_cells(&promise.figure));
        let bound = |at: usize| number(promise.bounds.get(at).and_then(Figure::value));
        cells.extend([bound(0), bound(1), String::new()]);
        table.row(&cells);
    }
    for claim in &figures.claims {
        let declared = program.claims.get(claim.index);
        let source = declared.and_then(|d| d.source).map(|id| program.base.sources[id.index()].name.name.as_str());
        let verdict = claim.holds.map_or("undecided", |holds| if holds { "pass" } else { "fail" });
        let mut cells = vec!["claim".to_owned(), text(&claim.text), verdict.to_owned(), word(Some(claim.figure.unit))];
        cells.extend(figure_cells(&claim.figure));
        cells.extend([number(declared.and_then(|d| d.value.to_f64())), String::new(), text(source.unwrap_or_default())]);
        table.row(&cells);
    }
    table.0
}

/// Where figures come from.
pub(super) fn evidence(model: &Model) -> String {
    let header = [
        "kind", "name", "label", "from", "to", "value", "unit", "fraction", "assumed", "source", "url", "happened", "of", "low",
        "high",
    ];
    let mut table = Table::new(&header);
    let url = |source: Option<&str>| {
        let source = model.sources.iter().find(|s| Some(s.name.name.as_str()) == source);
        text(source.and_then(|s| s.url.as_deref()).unwrap_or_default())
    };
    for param in &model.params {
        let evidence = &param.evidence;
        let source = evidence.source.map(|id| model.sources[id.index()].name.name.as_str());
        let pair = |pair: Option<&(num_rational::BigRational, num_rational::BigRational)>| {
            [number(pair.and_then(|(a, _)| a.to_f64())), number(pair.and_then(|(_, b)| b.to_f64()))]
        };
        let mut cells = vec!["param".to_owned()];
        cells.extend(named(&param.name));
        cells.extend([
            String::new(),
            String::new(),
            number(param.value.to_f64()),
            word(Some(param.unit)),
            param.value.to_string(),
        ]);
        cells.extend([evidence.assumed.to_string(), text(source.unwrap_or_default()), url(source)]);
        cells.extend(pair(evidence.count.as_ref()));
        cells.extend(pair(param.range.as_ref()));
        table.row(&cells);
    }
    for branch in JsonBranch::all(model) {
        let told = branch.told();
        let mut cells = vec!["branch".to_owned(), String::new(), String::new(), text(told.from), text(told.to)];
        cells.extend([number(told.value), "share".to_owned(), told.fraction.to_owned(), told.assumed.to_string()]);
        cells.extend([text(told.source.unwrap_or_default()), url(told.source)]);
        cells.extend(told.count.iter().chain(&told.range).map(|value| number(*value)));
        table.row(&cells);
    }
    table.0
}

pub(super) fn paths(model: &Model, figures: &Figures) -> String {
    let mut table = Table::new(&["to", "rank", "probability", "mean_time", "end", "touchpoints"]);
    let mut rows = |to: &str, paths: &[TypicalPath]| {
        for (at, path) in paths.iter().enumerate() {
            let met = path.touchpoints.iter().map(|id| model.touchpoints[id.index()].name.name.as_str());
            let end = path.end.map_or("", |id| model.ends[id.index()].name.name.as_str());
            let numbers = [number(Some(path.probability)), number(Some(path.mean_time))];
            let [probability, time] = numbers;
            table.row(&[to.to_owned(), (at + 1).to_string(), probability, time, text(end), listed(met)]);
        }
    };
    rows("goal", &figures.paths.to_goal);
    rows("failure", &figures.paths.to_failure);
    table.0
}

/// Who passes from where to where.
pub(super) fn flows(model: &Model, figures: &Figures) -> String {
    let mut table = Table::new(&["from_kind", "from", "to_kind", "to", "passages", "typical"]);
    for flow in &figures.flows {
        let (from_kind, from) = match flow.flow.from {
            From::Arrival(id) => ("arrival", &model.arrivals[id.index()].name.name),
            From::Touchpoint(id) => ("touchpoint", &model.touchpoints[id.index()].name.name),
        };
        let (to_kind, to) = match flow.flow.to {
            Target::Touchpoint(id) => ("touchpoint", &model.touchpoints[id.index()].name.name),
            Target::End(id) => ("end", &model.ends[id.index()].name.name),
        };
        let passages = number(Some(flow.passages));
        table.row(&[from_kind.to_owned(), text(from), to_kind.to_owned(), text(to), passages, flow.typical.to_string()]);
    }
    table.0
}

/// How the figures were obtained, and whether the engines agree: one thing per line.
pub(super) fn method(figures: &Figures) -> String {
    let mut table = Table::new(&["what", "value"]);
    let mut row = |what: &str, value: String| table.row(&[what.to_owned(), value]);
    row("version", env!("CARGO_PKG_VERSION").to_owned());
    row("arrivals", number(Some(figures.arrivals)));
    match &figures.method.solved {
        Ok(solved) => {
            row("solved_states", solved.states.to_string());
            row("solved_branches", solved.branches.to_string());
            row("solved_largest_class", solved.largest_class.to_string());
            row("solved_residual", number(Some(solved.residual)));
            row("solved_enclosure", number(solved.enclosure));
            row("solved_rational", solved.rational.to_string());
        }
        Err(why) => row("declined", word(Some(*why))),
    }
    if let Some(simulated) = &figures.method.simulated {
        row("seed", simulated.seed.to_string());
        row("customers", simulated.customers.to_string());
        row("unfinished", simulated.unfinished.to_string());
    }
    let agreement = &figures.agreement;
    row("agreement_compared", agreement.compared.to_string());
    row("agreement_differing", agreement.differing.to_string());
    row("agreement_largest_z", number(Some(agreement.largest_z)));
    row("agreement_which", listed(agreement.which.iter().map(String::as_str)));
    table.0
}

/// Touchpoints before, during and after the purchase.
pub(super) fn touchpoints(pen: &Pen<'_>) -> String {
    let model = pen.model;
    let before = ["phase", "name", "label", "stage", "channel", "presence", "media", "contact", "classes", "does"];
    let mut table = Table::with_figures(&before, &["reach", "pull", "felt"], &[]);
    let none = Figure::default();
    for (at, when) in phases(pen).into_iter().enumerate() {
        let touchpoint = &model.touchpoints[at];
        let channel = &model.channels[touchpoint.channel.index()];
        let point = figures_of(pen.figures, TouchpointId::new(at));
        let mut cells = vec![when.id().to_owned()];
        cells.extend(named(&touchpoint.name));
        let stage = touchpoint.stage.map_or("", |id| model.stages[id.index()].name.name.as_str());
        let classes = touchpoint.is.iter().map(|(facet, word)| model.facets[facet.index()].words[*word].as_str());
        cells.extend([
            text(stage),
            text(&channel.name.name),
            word(channel.presence),
            word(channel.media),
            word(touchpoint.contact),
            listed(classes),
            listed(touchpoint.does.iter().map(String::as_str)),
        ]);
        cells.extend(point.unwrap_or([&none; 3]).into_iter().flat_map(figure_cells));
        table.row(&cells);
    }
    table.0
}

/// Reach, pull, felt.
fn figures_of(figures: &Figures, id: TouchpointId) -> Option<[&Figure; 3]> {
    let point = figures.hot_points.iter().find(|point| point.touchpoint == id)?;
    Some([&point.reach, &point.pull, &point.felt])
}

/// What brings customers back; `None` where nothing does.
pub(super) fn win_back(pen: &Pen<'_>) -> Option<String> {
    let model = pen.model;
    let mut table = Table::new(&["step", "stage", "channel", "name", "label", "does", "trigger", "contact"]);
    for (at, id) in win_back_ids(pen)?.into_iter().enumerate() {
        let touchpoint = &model.touchpoints[id.index()];
        let stage = touchpoint.stage.map_or("", |id| model.stages[id.index()].name.label.as_str());
        let [name, label] = named(&touchpoint.name);
        table.row(&[
            (at + 1).to_string(),
            text(stage),
            text(&model.channels[touchpoint.channel.index()].name.label),
            name,
            label,
            listed(touchpoint.does.iter().map(String::as_str)),
            listed(triggers(pen, id).into_iter()),
            word(touchpoint.contact),
        ]);
    }
    Some(table.0)
}

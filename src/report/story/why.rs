//! Where a figure comes from, in sentences.

use crate::diagnostics::{JsonDiagnostic, Sources};
use crate::locale::{self, Lang};
use crate::measure::{Figures, TypicalPath, event_label};
use crate::model::{Event, Measure, Program, Unit};
use crate::report::JSON_SCHEMA;
use crate::report::levers::Ink;
use crate::report::terminal::columns::{Align, Table, wrap};
use crate::report::view::{Pen, definition};
use crate::story::{Ways, Why};
use crate::words;
use anstyle::Style;
use serde::Serialize;

/// Columns of the page.
const WIDTH: usize = 100;
/// Most lines of the journey that people are shown.
const MOST: usize = 12;

/// The story of a figure, written.
#[derive(Debug, Serialize)]
struct Story {
    label: String,
    value: String,
    definition: String,
    working: Vec<String>,
    grounds: Vec<Line>,
    /// How many more lines there are.
    more: usize,
    /// Ways to it, then ways past it.
    ways: Vec<Ledger>,
}

/// A line of the journey that the figure stands on.
#[derive(Debug, Serialize)]
struct Line {
    file: String,
    line: u32,
    text: String,
    /// What one step of it changes.
    gain: String,
    rests_on: String,
}

/// The most probable ways, and what they cover.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Ledger {
    /// How many get there, or do not, and what the ways shown make of them.
    pub sentence: String,
    /// The ways, the most usual first.
    pub paths: Vec<Road>,
    /// Of the ways that are not shown.
    pub rest: Option<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Road {
    /// Its share of those whom the rate is of.
    pub share: String,
    /// The touchpoints met, and the end if it leads to one.
    pub path: String,
    /// Mean duration.
    pub duration: String,
}

/// The page. `label`: what the figure is called.
#[must_use]
pub fn write_why_terminal(
    program: &Program,
    figures: &Figures,
    sources: &Sources,
    (label, measure): (&str, &Measure),
    why: &Why,
    colour: bool,
) -> String {
    let lang = program.base.locale;
    let story = Story::new(&Pen::new(program, figures, lang), sources, label, measure, why);
    let paint = |style: Style, text: &str| {
        if colour { format!("{}{text}{}", style.render(), style.render_reset()) } else { text.to_owned() }
    };
    let bold = Style::new().bold();
    let section = |title: &str| format!("\n{}\n", paint(bold.underline(), title));
    let colon = lang.pick(":", "\u{a0}:");
    let mut out = paint(bold, wrap(&format!("{label}{colon} {}", story.value), WIDTH, "").trim_end()) + "\n";
    out += &wrap(&story.definition, WIDTH, "");
    if !story.working.is_empty() {
        out += &section(lang.pick("How it is worked out", "Comment il se calcule"));
        story.working.iter().for_each(|line| out += &wrap(line, WIDTH, "  "));
    }
    for ledger in &story.ways {
        out += &format!("\n{}", wrap(&ledger.sentence, WIDTH, ""));
        let mut table = Table::new(&[("", Align::Right), ("", Align::Left), ("", Align::Right)]);
        for road in &ledger.paths {
            let cells = [(&road.share, bold), (&road.path, Style::new()), (&road.duration, Style::new().dimmed())];
            table.row(cells.map(|(text, style)| (text.clone(), style)).to_vec());
        }
        // A path is told whole.
        out += &table.write(usize::MAX, paint);
        out += &ledger.rest.as_ref().map_or_else(String::new, |rest| wrap(rest, WIDTH, "  "));
    }
    if !story.grounds.is_empty() {
        out += &section(
            lang.pick("The lines that it stands on, the strongest first", "Les lignes dont il dépend, les plus fortes d’abord"),
        );
        let mut table = Table::new(&[
            (lang.pick("line", "ligne"), Align::Left),
            ("", Align::Left),
            (lang.pick("one step changes it by", "un pas le change de"), Align::Right),
            (lang.pick("rests on", "repose sur"), Align::Left),
        ]);
        for line in &story.grounds {
            let place = format!("{}:{}", line.file, line.line);
            let cells = [
                (place, Style::new().dimmed()),
                (line.text.clone(), Style::new()),
                (line.gain.clone(), bold),
                (line.rests_on.clone(), Style::new().dimmed()),
            ];
            table.row(cells.to_vec());
        }
        out += &table.write(WIDTH + 20, paint);
        let more = story.more;
        if more > 0 {
            let text = words!(
                "And {more} more: `--format json` tells all.",
                "Et {more} de plus\u{a0}: `--format json` les donne toutes."
            );
            out += &wrap(text.get(lang), WIDTH, "  ");
        }
    }
    out
}

/// The same for programs: with its exact value, and all lines.
///
/// # Errors
/// Never in practice.
pub fn write_why_json(
    program: &Program,
    figures: &Figures,
    sources: &Sources,
    (label, measure): (&str, &Measure),
    why: &Why,
    diagnostics: &[JsonDiagnostic],
) -> Result<String, serde_json::Error> {
    let pen = Pen::new(program, figures, program.base.locale);
    let story = Story::new(&pen, sources, label, measure, why);
    let names = |path: &TypicalPath| -> Vec<&str> {
        path.touchpoints.iter().map(|t| program.base.touchpoints[t.index()].name.name.as_str()).collect()
    };
    let paths = |paths: &[TypicalPath]| -> Vec<serde_json::Value> {
        let one = |path: &TypicalPath| {
            let end = path.end.map(|end| program.base.ends[end.index()].name.name.as_str());
            serde_json::json!({ "touchpoints": names(path), "end": end, "probability": path.probability, "mean_time": path.mean_time })
        };
        paths.iter().map(one).collect()
    };
    let ways = why.ways.as_ref().map(|ways| {
        serde_json::json!({
            "base": ways.base,
            "share": ways.share,
            "to": paths(&ways.paths.to_goal),
            "past": paths(&ways.paths.to_failure),
        })
    });
    let lines: Vec<Line> = (0..why.grounds.len()).map(|at| line(&pen, sources, why, at)).collect();
    let document = serde_json::json!({
        "schema": JSON_SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "journey": program.base.name.name,
        "label": label,
        "definition": story.definition,
        "unit": why.unit,
        "value": why.value.value,
        "fraction": why.value.fraction.as_ref().map(ToString::to_string),
        "working": story.working,
        "lines": lines,
        "ways": ways,
        "diagnostics": diagnostics,
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

impl Story {
    fn new(pen: &Pen<'_>, sources: &Sources, label: &str, measure: &Measure, why: &Why) -> Self {
        let value = pen.write(why.value.value, why.unit);
        let fraction = why.value.fraction.as_ref().filter(|f| !f.is_integer() && why.unit != Unit::Money);
        let value = match fraction.map(ToString::to_string).filter(|text| text.len() <= 24) {
            Some(fraction) => format!("{value} = {fraction}"),
            None => value,
        };
        Self {
            label: label.to_owned(),
            value,
            definition: definition::of(pen, measure),
            working: why.working.clone(),
            grounds: (0..why.grounds.len().min(MOST)).map(|at| line(pen, sources, why, at)).collect(),
            more: why.grounds.len().saturating_sub(MOST),
            ways: why.ways.as_ref().map_or_else(Vec::new, |ways| ledgers(pen, ways)),
        }
    }
}

fn line(pen: &Pen<'_>, sources: &Sources, why: &Why, at: usize) -> Line {
    let ground = &why.grounds[at];
    let source = sources.get(ground.origin.file);
    let line = source.position(ground.origin.start).line;
    let row = Ink { model: pen.model, lang: pen.lang }.lever_row(&ground.lever, why.unit);
    let text = source.line(line).split("//").next().unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let file =
        std::path::Path::new(&source.name).file_name().map_or_else(|| source.name.clone(), |f| f.to_string_lossy().into_owned());
    Line { file, line, text, gain: row.gain, rests_on: row.rests_on }
}

/// Who, in a sentence.
fn who(pen: &Pen<'_>, ways: &Ways) -> String {
    let Some(from) = ways.from else {
        return pen.lang.pick("Of all who arrive", "De tous les arrivants").to_owned();
    };
    let (from, base) = (pen.quote(&event_label(pen.model, Event::Meet(from))), pen.percent(ways.base));
    pen.say(&words!(
        "Of those who meet {from} ({base} of all who arrive)",
        "De ceux qui passent par {from} ({base} des arrivants)"
    ))
}

pub(in crate::report) fn ledgers(pen: &Pen<'_>, ways: &Ways) -> Vec<Ledger> {
    let (who, label) = (who(pen, ways), pen.quote(&event_label(pen.model, ways.to)));
    let (share, other) = (pen.percent(ways.share), pen.percent(1.0 - ways.share));
    let (to, past) = (ledger(pen, ways, true), ledger(pen, ways, false));
    let some = match ways.to {
        Event::Meet(_) => words!("{who}, {share} come to {label}", "{who}, {share} passent ensuite par {label}"),
        Event::Reach(_) => words!("{who}, {share} reach {label}", "{who}, {share} atteignent {label}"),
        Event::Stop(_) => words!("{who}, {share} end at {label}", "{who}, {share} finissent à {label}"),
    };
    let none = words!("{other} never do", "{other} n’y parviennent pas");
    let made = [(some, to, &ways.paths.to_goal), (none, past, &ways.paths.to_failure)];
    let shown = made.into_iter().filter(|(.., paths)| !paths.is_empty());
    shown
        .map(|(sentence, (covered, paths, rest), found)| {
            let sentence = sentence.get(pen.lang);
            let count = found.len();
            let tail = match (count, pen.lang) {
                (1, Lang::En) => format!("; the most usual way makes {covered} of them:"),
                (1, Lang::Fr) => format!("\u{202f}; le chemin le plus suivi en fait {covered}\u{a0}:"),
                (_, Lang::En) => format!("; the {count} most usual ways make {covered} of them:"),
                (_, Lang::Fr) => format!("\u{202f}; les {count} chemins les plus suivis en font {covered}\u{a0}:"),
            };
            Ledger { sentence: format!("{sentence}{tail}"), paths, rest }
        })
        .collect()
}

/// What the ways shown cover of those who take such ways, the ways as shares of whom the rate is of, and a note on the others.
fn ledger(pen: &Pen<'_>, ways: &Ways, to: bool) -> (String, Vec<Road>, Option<String>) {
    let covered = ways.covered(to);
    let road = |path: &TypicalPath| {
        let mut names: Vec<&str> =
            path.touchpoints.iter().map(|t| pen.model.touchpoints[t.index()].name.label.as_str()).collect();
        names.extend(path.end.map(|end| pen.model.ends[end.index()].name.label.as_str()));
        Road {
            share: pen.percent(ways.share_of(path)),
            path: names.join(" → "),
            duration: locale::duration(path.mean_time, pen.lang),
        }
    };
    let more = (covered.rest > 1e-9).then(|| {
        let rest = pen.percent(covered.rest);
        pen.say(&words!("All other ways: {rest}.", "Tous les autres chemins\u{a0}: {rest}."))
    });
    (pen.percent(covered.share), ways.taken(to).iter().map(road).collect(), more)
}

//! `jalon run`, `solve`, `simulate`: figures, verdicts, documents.

use super::args::{Format, Input, RunOptions, SimulateOptions, SolveOptions, Touches};
use super::compute::{Wanted, compute};
use super::exit::{Exit, Trouble};
use super::{files, findings};
use crate::compile::{Compiled, Journey};
use crate::diagnostics::{Diagnostic, sort};
use crate::locale::Lang;
use crate::measure::{Figures, Verdict, claim_findings};
use crate::report;
use crate::words;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

pub(super) fn run(options: &RunOptions) -> Result<Exit, Trouble> {
    let compiled = findings::compiled(&options.input)?;
    let lang = findings::language(&options.input, &compiled);
    let Some(journey) = &compiled.journey else { return findings::refuse(&options.input, &compiled, lang) };
    let figures = compute(journey, Wanted::Both(&options.draw), Some(options.touches))?;
    let default = || PathBuf::from("jalon-out").join(&journey.program.base.name.name);
    let folder = options.output.clone().unwrap_or_else(default);
    let said = judged(&compiled, journey, &figures);
    let documents = documents(journey, &figures, &said, &compiled, lang)?;
    for (name, content) in &documents {
        files::write(&folder.join(name), content)?;
    }
    print(&options.input, journey, &figures, &said, &compiled, lang)?;
    if options.input.format == Format::Human {
        wrote(&folder, &documents, lang);
    }
    Ok(verdict(&figures))
}

pub(super) fn solve(options: &SolveOptions) -> Result<Exit, Trouble> {
    computed(&options.input, Wanted::Exact, Some(options.touches))
}

pub(super) fn simulate(options: &SimulateOptions) -> Result<Exit, Trouble> {
    computed(&options.input, Wanted::Simulated(&options.draw), None)
}

/// Figures without documents.
fn computed(input: &Input, wanted: Wanted<'_>, touches: Option<Touches>) -> Result<Exit, Trouble> {
    let compiled = findings::compiled(input)?;
    let lang = findings::language(input, &compiled);
    let Some(journey) = &compiled.journey else { return findings::refuse(input, &compiled, lang) };
    let figures = compute(journey, wanted, touches)?;
    let said = judged(&compiled, journey, &figures);
    print(input, journey, &figures, &said, &compiled, lang)?;
    Ok(verdict(&figures))
}

/// What was found reading the journey, and what its figures say of its claims.
fn judged(compiled: &Compiled, journey: &Journey, figures: &Figures) -> Vec<Diagnostic> {
    let mut said = compiled.diagnostics.clone();
    said.extend(claim_findings(&journey.program, figures));
    sort(&mut said);
    said
}

/// The exit code that the promises ask for; a broken one wins over an undecided one.
fn verdict(figures: &Figures) -> Exit {
    match figures.expectations.iter().map(|e| e.verdict).max() {
        None | Some(Verdict::Pass) => Exit::Fine,
        Some(Verdict::Undecided) => Exit::Undecided,
        Some(Verdict::Fail) => Exit::Failed,
    }
}

fn print(
    input: &Input,
    journey: &Journey,
    figures: &Figures,
    said: &[Diagnostic],
    compiled: &Compiled,
    lang: Lang,
) -> Result<(), Trouble> {
    match input.format {
        Format::Human => {
            findings::show(said, &compiled.sources, lang);
            let colour = std::io::stdout().is_terminal();
            files::print(&report::write_terminal(&journey.program, figures, journey.program.base.locale, colour))
        }
        Format::Json => files::print(&json(journey, figures, said, compiled, lang)?),
    }
}

fn json(journey: &Journey, figures: &Figures, said: &[Diagnostic], compiled: &Compiled, lang: Lang) -> Result<String, Trouble> {
    let findings = findings::views(said, &compiled.sources, lang);
    report::write_json(&journey.program, figures, &findings).map_err(|e| Trouble::Internal(e.to_string()))
}

/// The documents of a run: name and content.
fn documents(
    journey: &Journey,
    figures: &Figures,
    said: &[Diagnostic],
    compiled: &Compiled,
    lang: Lang,
) -> Result<Vec<(&'static str, String)>, Trouble> {
    let (program, locale) = (&journey.program, journey.program.base.locale);
    let internal = |e: report::RenderError| Trouble::Internal(e.to_string());
    let map = report::map::draw(&report::map::MapView::new(program, figures, locale));
    let mut documents = vec![
        ("report.html", report::write_html(program, figures, &map, locale).map_err(internal)?),
        ("map.svg", map),
        ("report.md", report::write_markdown(program, figures, locale).map_err(internal)?),
        ("report.json", json(journey, figures, said, compiled, lang)?),
        ("hot_points.csv", report::write_csv(program, figures)),
    ];
    documents.extend(report::write_attribution_csv(program, figures).map(|sheet| ("attribution.csv", sheet)));
    Ok(documents)
}

fn wrote(folder: &Path, documents: &[(&str, String)], lang: Lang) {
    let page = folder.join(documents.first().map_or("", |(name, _)| *name));
    let (page, others) = (page.display(), documents.len().saturating_sub(1));
    let said =
        words!("wrote {page} and {others} other documents beside it", "écrit : {page} et {others} autres documents à côté");
    files::say(said.get(lang));
}

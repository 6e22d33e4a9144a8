//! `jalon run`, `solve`, `simulate`: figures, verdicts, documents.

use super::args::{Format, Input, RunOptions, SimulateOptions, SolveOptions, Touches};
use super::compute::{Wanted, compute, one_campaign};
use super::exit::{Exit, Trouble};
use super::findings::Telling;
use super::policy::Policy;
use super::{files, findings};
use crate::compile::Journey;
use crate::diagnostics::{Code, Diagnostic, has_errors};
use crate::locale::Lang;
use crate::measure::{Figures, Verdict, claim_findings};
use crate::report;
use crate::words;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

pub(super) fn run(options: &RunOptions) -> Result<Exit, Trouble> {
    let policy = Policy::of(&options.input)?;
    let compiled = findings::compiled(&options.input)?;
    let telling = Telling::new(&options.input, &compiled, &policy);
    let Some(journey) = &compiled.journey else { return telling.refuse() };
    written(options, journey, &telling).map_err(|t| t.told_in(telling.lang))
}

fn written(options: &RunOptions, journey: &Journey, telling: &Telling<'_>) -> Result<Exit, Trouble> {
    let mut figures = compute(journey, Wanted::Both(&options.draw), Some(options.touches))?;
    figures.campaign = one_campaign(telling.compiled, journey, &options.draw, options.replications)?;
    let default = || PathBuf::from("jalon-out").join(&journey.program.base.name.name);
    let folder = options.output.clone().unwrap_or_else(default);
    let said = judged(journey, &figures, telling);
    let verdict = verdict(&said, &figures);
    let documents = documents(journey, &figures, &said, telling)?;
    for (name, content) in &documents {
        files::write(&folder.join(name), content)?;
    }
    print(journey, &figures, &said, telling)?;
    if options.input.format != Format::Json {
        wrote(&folder, &documents, telling.lang);
    }
    Ok(verdict)
}

pub(super) fn solve(options: &SolveOptions) -> Result<Exit, Trouble> {
    computed(&options.input, Wanted::Exact, Some(options.touches))
}

pub(super) fn simulate(options: &SimulateOptions) -> Result<Exit, Trouble> {
    computed(&options.input, Wanted::Simulated(&options.draw), None)
}

/// Figures without documents.
fn computed(input: &Input, wanted: Wanted<'_>, touches: Option<Touches>) -> Result<Exit, Trouble> {
    let policy = Policy::of(input)?;
    let compiled = findings::compiled(input)?;
    let telling = Telling::new(input, &compiled, &policy);
    let Some(journey) = &compiled.journey else { return telling.refuse() };
    let told = || {
        let figures = compute(journey, wanted, touches)?;
        let said = judged(journey, &figures, &telling);
        let verdict = verdict(&said, &figures);
        print(journey, &figures, &said, &telling)?;
        Ok(verdict)
    };
    told().map_err(|t: Trouble| t.told_in(telling.lang))
}

/// What was found reading the journey, and what its figures say of its claims.
fn judged(journey: &Journey, figures: &Figures, telling: &Telling<'_>) -> Vec<Diagnostic> {
    let mut claims = claim_findings(&journey.program, figures);
    let mut allowances = telling.compiled.allowances.clone();
    allowances.apply(&mut claims);
    // Luck must not decide whether an allow is needed.
    if figures.claims.iter().all(|c| c.holds.is_some() && c.figure.exact.is_some()) {
        claims.extend(allowances.unneeded(|code| code == Code::ClaimDiffers));
    }
    telling.judged(claims)
}

/// The exit code that findings and promises ask for: a denied warning or a broken promise wins over an undecided one.
fn verdict(said: &[Diagnostic], figures: &Figures) -> Exit {
    if has_errors(said) {
        return Exit::Failed;
    }
    match figures.expectations.iter().map(|e| e.verdict).max() {
        None | Some(Verdict::Pass) => Exit::Fine,
        Some(Verdict::Undecided) => Exit::Undecided,
        Some(Verdict::Fail) => Exit::Failed,
    }
}

/// Figures on standard output and findings on standard error; or, in the formats that hold findings only, the reverse.
fn print(journey: &Journey, figures: &Figures, said: &[Diagnostic], telling: &Telling<'_>) -> Result<(), Trouble> {
    let page = |colour| report::write_terminal(&journey.program, figures, journey.program.base.locale, colour);
    match telling.input.format {
        Format::Human | Format::Plain => {
            telling.show(said);
            if let Some(notes) = telling.notes_left(said) {
                files::say(notes.get(telling.lang));
            }
            files::print(&page(telling.input.format == Format::Human && std::io::stdout().is_terminal()))
        }
        Format::Json => files::print(&json(journey, figures, said, telling)?),
        Format::Sarif | Format::Github => {
            files::say(page(false).trim_end());
            telling.report(said)
        }
    }
}

fn json(journey: &Journey, figures: &Figures, said: &[Diagnostic], telling: &Telling<'_>) -> Result<String, Trouble> {
    report::write_json(&journey.program, figures, &telling.views(said)).map_err(|e| Trouble::internal(&e))
}

/// The documents of a run: name and content.
fn documents(
    journey: &Journey,
    figures: &Figures,
    said: &[Diagnostic],
    telling: &Telling<'_>,
) -> Result<Vec<(&'static str, String)>, Trouble> {
    let (program, locale) = (&journey.program, journey.program.base.locale);
    let internal = |e: report::RenderError| Trouble::internal(&e);
    let map = report::map::draw(&report::map::MapView::new(program, figures, locale));
    let mut documents = vec![
        ("report.html", report::write_html(program, figures, &map, locale).map_err(internal)?),
        ("map.svg", map),
        ("report.md", report::write_markdown(program, figures, locale).map_err(internal)?),
        ("report.json", json(journey, figures, said, telling)?),
        ("hot_points.csv", report::write_csv(program, figures)),
    ];
    documents.extend(report::write_campaign_csv(program, figures).map(|sheet| ("campaign.csv", sheet)));
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

//! `jalon run`, `solve`, `simulate`: figures, verdicts, documents.

use super::args::{Format, Input, RunOptions, SimulateOptions, SolveOptions, Touches};
use super::compute::{Wanted, compute, one_campaign, with_threads};
use super::exit::{Exit, Trouble};
use super::findings::Telling;
use super::policy::Policy;
use super::{files, findings, templates};
use crate::compile::Journey;
use crate::diagnostics::{Code, Diagnostic, has_errors};
use crate::levers::key_levers;
use crate::limits::RATIONAL;
use crate::locale::Lang;
use crate::measure::{Figures, Fractions, TooManyStates, Verdict, claim_findings, fractions, popular_findings};
use crate::plan;
use crate::report::{self, Keys, Templates};
use crate::story::key_stories;
use crate::words;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Name and content.
type Document = (String, Vec<u8>);

/// A journey, its figures, and what the key ones hang on.
#[derive(Clone, Copy)]
struct Told<'a> {
    journey: &'a Journey,
    figures: &'a Figures,
    keys: Keys<'a>,
    /// Where they were asked for.
    fractions: Option<&'a Fractions>,
}

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
    let levers = with_threads(&options.draw, || key_levers(telling.compiled, journey))?;
    let stories = key_stories(telling.compiled, journey, &levers);
    let told = Told { journey, figures: &figures, keys: Keys { levers: &levers, stories: &stories }, fractions: None };
    let templates = templates::of_run(options)?;
    let default = || PathBuf::from("jalon-out").join(&journey.program.base.name.name);
    let folder = options.output.clone().unwrap_or_else(default);
    let said = judged(journey, &figures, telling);
    let verdict = verdict(&said, &figures);
    let documents = documents(&told, &said, telling, &templates, options.png)?;
    for (name, content) in &documents {
        files::write(&folder.join(name), content)?;
    }
    print(&told, &said, telling)?;
    if options.input.format != Format::Json {
        wrote(&folder, &documents, telling.lang);
    }
    Ok(verdict)
}

pub(super) fn solve(options: &SolveOptions) -> Result<Exit, Trouble> {
    computed(&options.input, Wanted::Exact, Some(options.touches), options.rational)
}

pub(super) fn simulate(options: &SimulateOptions) -> Result<Exit, Trouble> {
    computed(&options.input, Wanted::Simulated(&options.draw), None, false)
}

/// Figures without documents.
fn computed(input: &Input, wanted: Wanted<'_>, touches: Option<Touches>, rational: bool) -> Result<Exit, Trouble> {
    let policy = Policy::of(input)?;
    let compiled = findings::compiled(input)?;
    let telling = Telling::new(input, &compiled, &policy);
    let Some(journey) = &compiled.journey else { return telling.refuse() };
    let told = || {
        let fractions = if rational { Some(in_fractions(journey)?) } else { None };
        let figures = compute(journey, wanted, touches)?;
        // Nobody reads them elsewhere than in the JSON document.
        let wanted = matches!(wanted, Wanted::Exact) && input.format == Format::Json;
        let levers = if wanted { key_levers(&compiled, journey) } else { Vec::new() };
        let said = judged(journey, &figures, &telling);
        let verdict = verdict(&said, &figures);
        let stories = key_stories(&compiled, journey, &levers);
        let keys = Keys { levers: &levers, stories: &stories };
        print(&Told { journey, figures: &figures, keys, fractions: fractions.as_ref() }, &said, &telling)?;
        Ok(verdict)
    };
    told().map_err(|t: Trouble| t.told_in(telling.lang))
}

/// Its figures as fractions.
fn in_fractions(journey: &Journey) -> Result<Fractions, Trouble> {
    let asked = plan::ask(&journey.program, &journey.chains);
    fractions(&journey.program, &journey.chains, &asked).map_err(|TooManyStates(states)| {
        Trouble::usage(words!(
            "`--rational`: this journey has {states} states, and fractions, which grow with every state, are computed up to {RATIONAL}; \
             leave it out: the other figures carry a bound of their error",
            "`--rational` : ce parcours a {states} états, et les fractions, qui s'allongent à chaque état, se calculent jusqu'à \
             {RATIONAL} ; retirez cette option : les autres chiffres portent une borne de leur erreur"
        ))
    })
}

/// What was found reading the journey, and what its figures say of its claims.
fn judged(journey: &Journey, figures: &Figures, telling: &Telling<'_>) -> Vec<Diagnostic> {
    let mut found = claim_findings(&journey.program, figures);
    found.extend(popular_findings(&journey.program, &journey.chains, figures));
    let mut allowances = telling.compiled.allowances.clone();
    allowances.apply(&mut found);
    // Luck must not decide whether an allow is needed.
    let claims = figures.claims.iter().all(|c| c.holds.is_some() && c.figure.exact.is_some());
    let points = figures.hot_points.iter().all(|point| point.reach.exact.is_some());
    found.extend(allowances.unneeded(|code| match code {
        Code::ClaimDiffers => claims,
        code => code.is_of_figures() && points,
    }));
    telling.judged(found)
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
fn print(told: &Told<'_>, said: &[Diagnostic], telling: &Telling<'_>) -> Result<(), Trouble> {
    let program = &told.journey.program;
    let page = |colour| {
        let fractions = told.fractions.map(|f| report::write_fractions_terminal(program, told.figures, f, colour));
        report::write_terminal(program, told.figures, program.base.locale, colour) + &fractions.unwrap_or_default()
    };
    match telling.input.format {
        Format::Human | Format::Plain => {
            telling.show(said);
            if let Some(notes) = telling.notes_left(said) {
                files::say(notes.get(telling.lang));
            }
            files::print(&page(telling.input.format == Format::Human && std::io::stdout().is_terminal()))
        }
        Format::Json => files::print(&json(told, said, telling)?),
        Format::Sarif | Format::Github => {
            files::say(page(false).trim_end());
            telling.report(said)
        }
    }
}

fn json(told: &Told<'_>, said: &[Diagnostic], telling: &Telling<'_>) -> Result<String, Trouble> {
    let views = telling.views(said);
    report::write_json(&told.journey.program, told.figures, told.keys, told.fractions, &views).map_err(|e| Trouble::internal(&e))
}

/// The documents of a run: name and content.
fn documents(
    told: &Told<'_>,
    said: &[Diagnostic],
    telling: &Telling<'_>,
    templates: &Templates,
    png: bool,
) -> Result<Vec<Document>, Trouble> {
    let Told { journey, figures, keys, .. } = *told;
    let (program, locale) = (&journey.program, journey.program.base.locale);
    let map = report::map::draw(&report::map::MapView::new(program, figures, locale));
    let mut documents = report::write_documents(program, figures, keys, &map, &telling.compiled.sources, locale, templates)
        .map_err(|e| fault(&e))?;
    let mut add = |name: &str, content: Option<String>| {
        // A template of the reader's that is called like it has taken its place.
        let taken = documents.iter().any(|(known, _)| known == name);
        documents.extend(content.filter(|_| !taken).map(|content| (name.to_owned(), content)));
    };
    add("map.svg", Some(map.clone()));
    add("report.json", Some(json(told, said, telling)?));
    for (name, sheet) in report::write_sheets(program, figures, keys.levers) {
        add(name, Some(sheet));
    }
    let mut documents: Vec<Document> = documents.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    if png {
        documents.push((
            "map.png".to_owned(),
            report::write_png(&map, report::SHARP).map(|picture| picture.png).map_err(|e| Trouble::internal(&e))?,
        ));
    }
    Ok(documents)
}

/// A template that cannot be carried out is the reader's matter if it is his.
fn fault(error: &report::RenderError) -> Trouble {
    if error.is_of_reader() { Trouble::usage(error.words()) } else { Trouble::internal(error) }
}

fn wrote(folder: &Path, documents: &[Document], lang: Lang) {
    let page = folder.join(documents.first().map_or("", |(name, _)| name));
    let (page, others) = (page.display(), documents.len().saturating_sub(1));
    let said =
        words!("wrote {page} and {others} other documents beside it", "écrit : {page} et {others} autres documents à côté");
    files::say(said.get(lang));
}

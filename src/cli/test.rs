//! `jalon test`: does every journey keep its promises?

use super::args::{TestFormat, TestOptions};
use super::exit::{Exit, Trouble, reason};
use super::files::{self, FolderLoader, named, print, read_root, say};
use super::findings::{compiled_root, spoken, written_locale};
use super::progress;
use crate::compile::{Compiled, Journey};
use crate::diagnostics::{Diagnostic, FileId, closest, has_errors};
use crate::gate::{self, Kept, Looks, Options, Regression, Tested, regression};
use crate::locale::Lang;
use crate::model::ScenarioId;
use crate::report::gate::{
    File, Results, Suite, write_github, write_json, write_junit, write_markdown, write_tap, write_terminal,
};
use crate::resolve::library_alone;
use crate::words;
use serde::{Deserialize, Serialize};
use std::io::IsTerminal;
use std::path::Path;

/// The schema of a file of recorded figures.
const SCHEMA: &str = "jalon-baseline/1";

/// A file of recorded figures.
#[derive(Debug, Serialize, Deserialize)]
struct Baseline {
    schema: String,
    expectations: Vec<Kept>,
}

/// A file that was read, and what became of its promises.
struct Read {
    name: String,
    compiled: Compiled,
    /// Why there is nothing to test.
    refused: Vec<Diagnostic>,
    tested: Vec<Tested>,
}

pub(super) fn test(options: &TestOptions) -> Result<Exit, Trouble> {
    let recorded = options.baseline.as_deref().filter(|_| !options.record).map(recorded).transpose()?;
    let mut files = Vec::new();
    for path in named(&options.paths)? {
        let root = read_root(&path)?;
        let (name, loader) = (root.name.clone(), FolderLoader { folder: root.folder.clone() });
        let compiled = compiled_root(root, &loader);
        let is_library = compiled.journey.is_none() && !has_errors(&compiled.diagnostics);
        // What a folder holds beside journeys is read with the journeys that include it.
        if is_library && !options.paths.contains(&path) {
            continue;
        }
        let mut refused = if compiled.journey.is_none() { compiled.diagnostics.clone() } else { Vec::new() };
        if is_library {
            refused.insert(0, library_alone(FileId(0)));
        }
        files.push(Read { name, compiled, refused, tested: Vec::new() });
    }
    let lang = spoken(options.lang).or_else(|| files.first().map(|f| written_locale(&f.compiled))).unwrap_or_default();
    told(options, files, recorded.as_ref(), lang).map_err(|t| t.told_in(lang))
}

fn told(options: &TestOptions, mut files: Vec<Read>, recorded: Option<&Baseline>, lang: Lang) -> Result<Exit, Trouble> {
    if let Some(name) = &options.scenario {
        files = under(files, name)?;
    }
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = options.threads {
        pool = pool.num_threads(usize::from(threads));
    }
    let pool = pool.build().map_err(|e| Trouble::internal(&e))?;
    let bar = progress::bar(options.customers);
    for file in &mut files {
        let Some(journey) = &file.compiled.journey else { continue };
        let scenario = options.scenario.as_deref().and_then(|name| scenario(journey, name));
        let how = Options { error: options.error, customers: options.customers, seed: options.seed, scenario };
        let wanted = wanted(journey, options.filter.as_deref());
        bar.set_position(0);
        file.tested = pool.install(|| gate::test(&file.compiled, journey, &wanted, &how, &|n| bar.inc(n)));
    }
    bar.finish_and_clear();
    if files.iter().all(|f| f.tested.is_empty() && f.refused.is_empty()) {
        return Err(nothing(options));
    }
    if options.record
        && let Some(path) = &options.baseline
    {
        record(path, options, &files)?;
    }
    let regression_of = |file: &Read, tested: &Tested| -> Option<Regression> {
        let key = key(options, file, tested);
        let same = |k: &&Kept| k.file == key.file && k.expect == key.expect && k.scenario == key.scenario;
        recorded.and_then(|baseline| regression(tested, baseline.expectations.iter().find(same)))
    };
    let looks = Looks::new(options.customers, options.error);
    let suite = Suite {
        files: files
            .iter()
            .filter(|f| !f.tested.is_empty() || !f.refused.is_empty())
            .map(|f| File {
                name: &f.name,
                sources: &f.compiled.sources,
                lang: spoken(options.lang).unwrap_or_else(|| written_locale(&f.compiled)),
                result: match &f.compiled.journey {
                    Some(journey) => Ok(Results {
                        program: &journey.program,
                        tested: f.tested.clone(),
                        regressions: f.tested.iter().map(|t| regression_of(f, t)).collect(),
                    }),
                    None => Err(f.refused.as_slice()),
                },
            })
            .collect(),
        error: options.error,
        looks: &looks,
        seed: options.seed,
        scenario: options.scenario.as_deref(),
        lang,
    };
    let counts = suite.counts();
    let exit = match (counts.broken + counts.refused, counts.undecided) {
        (0, 0) => Exit::Fine,
        (0, _) => Exit::Undecided,
        _ => Exit::Failed,
    };
    let exit = if options.record && counts.refused == 0 { Exit::Fine } else { exit };
    match options.format {
        TestFormat::Human => print(&write_terminal(&suite, std::io::stdout().is_terminal()))?,
        TestFormat::Json => print(&write_json(&suite).map_err(|e| Trouble::internal(&e))?)?,
        TestFormat::Junit => print(&write_junit(&suite))?,
        TestFormat::Tap => print(&write_tap(&suite))?,
        TestFormat::Markdown => print(&write_markdown(&suite))?,
        TestFormat::Github => {
            say(write_terminal(&suite, false).trim_end());
            print(&write_github(&suite))?;
        }
    }
    Ok(exit)
}

/// The promises that are asked for, by their places.
fn wanted(journey: &Journey, filter: Option<&str>) -> Vec<usize> {
    let promises = journey.program.expectations.iter().enumerate();
    promises.filter(|(_, e)| filter.is_none_or(|text| e.text.contains(text))).map(|(i, _)| i).collect()
}

fn scenario(journey: &Journey, name: &str) -> Option<ScenarioId> {
    journey.program.scenarios.iter().position(|(s, _)| s.name.name == name).map(ScenarioId::new)
}

/// The files that have the scenario, and those that cannot be read.
fn under(files: Vec<Read>, name: &str) -> Result<Vec<Read>, Trouble> {
    let names: Vec<String> = files
        .iter()
        .filter_map(|f| f.compiled.journey.as_ref())
        .flat_map(|j| j.program.scenarios.iter().map(|(s, _)| s.name.name.clone()))
        .collect();
    if !names.iter().any(|n| n == name) {
        return Err(Trouble::usage(match closest(name, names.iter().map(String::as_str)) {
            Some(near) => words!(
                "`--scenario {name}`: there is no such scenario: did you mean `{near}`?",
                "`--scenario {name}` : ce scénario n'existe pas : vouliez-vous dire `{near}` ?"
            ),
            None => words!("`--scenario {name}`: there is no such scenario", "`--scenario {name}` : ce scénario n'existe pas"),
        }));
    }
    let has = |f: &Read| f.compiled.journey.as_ref().is_none_or(|j| scenario(j, name).is_some());
    Ok(files.into_iter().filter(has).collect())
}

/// A gate that lets everything through is none.
fn nothing(options: &TestOptions) -> Trouble {
    Trouble::usage(match &options.filter {
        Some(filter) => words!(
            "`--filter '{filter}'`: no expectation holds this text",
            "`--filter '{filter}'` : aucune attente ne contient ce texte"
        ),
        None => words!(
            "there is nothing to test: write what must hold, for example `expect rate(order) >= 2%`",
            "il n'y a rien à tester : écrivez ce qui doit tenir, par exemple `expect rate(order) >= 2%`"
        ),
    })
}

/// What is recorded of a promise. Files are told apart by their paths as given, with `/` on every system.
fn key(options: &TestOptions, file: &Read, tested: &Tested) -> Kept {
    Kept {
        file: file.name.replace('\\', "/"),
        expect: tested.promise.text.clone(),
        scenario: options.scenario.clone(),
        value: tested.promise.figure.value(),
        margin: tested.margin.map(|m| m.value),
        margin_low: tested.margin.map(|m| m.low),
        margin_high: tested.margin.map(|m| m.high),
    }
}

fn record(path: &Path, options: &TestOptions, files: &[Read]) -> Result<(), Trouble> {
    let expectations = files.iter().flat_map(|f| f.tested.iter().map(|t| key(options, f, t))).collect();
    let baseline = Baseline { schema: SCHEMA.to_owned(), expectations };
    let text = serde_json::to_string_pretty(&baseline).map_err(|e| Trouble::internal(&e))? + "\n";
    files::write(path, &text)
}

fn recorded(path: &Path) -> Result<Baseline, Trouble> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| Trouble::read(&name, &reason(&e)))?;
    let baseline: Option<Baseline> = serde_json::from_str(&text).ok();
    baseline.filter(|b| b.schema == SCHEMA).ok_or_else(|| {
        Trouble::usage(words!(
            "`{name}` holds no recorded figures: write it with `--baseline {name} --record`",
            "`{name}` ne contient pas de chiffres enregistrés : écrivez-le avec `--baseline {name} --record`"
        ))
    })
}

//! The first half of the route in one call: text → syntax → resolve → check → chain.
//!
//! Comes in: the text of a journey and a loader for what it includes. Goes out: [`Compiled`]: everything found wrong, and the
//! program with its chains if nothing was. What must hold: it never panics and never stops at the first mistake; no finding is
//! there only because of another; a mistake that a scenario shares with the base is said once; what the author allows in the
//! text is not said.

mod allow;

pub use allow::Allowances;

use crate::chain::{self, Chain};
use crate::check;
use crate::diagnostics::{Code, Diagnostic, Severity, Sources, Span, cap, has_errors, sort};
use crate::limits::MOST_STATES;
use crate::locale::{Lang, integer};
use crate::model::{Holes, Program};
use crate::resolve::{self, Given, Loader, Other, Resolved};
use crate::words;
use std::collections::HashSet;

/// A journey read as far as it could be.
#[derive(Debug)]
pub struct Compiled {
    /// The texts, for showing findings.
    pub sources: Sources,
    /// What was found and is not allowed: what could not be read first, each in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The journey, if there was no error.
    pub journey: Option<Journey>,
    /// The journey as it was read, to be resolved again with other values of its params.
    pub text: Option<resolve::Journey>,
    /// What the author allows, for findings that only computing gives.
    pub allowances: Allowances,
}

/// A journey ready to be computed.
#[derive(Debug)]
pub struct Journey {
    /// Names, figures, measures.
    pub program: Program,
    /// The chain of the base, then of each scenario.
    pub chains: Vec<Chain>,
}

/// The finding about a scenario with which the states become too many.
fn too_many(name: &str, origin: Span) -> Diagnostic {
    let (en, fr) = (integer(MOST_STATES as f64, Lang::En), integer(MOST_STATES as f64, Lang::Fr));
    let message = words!(
        "with the scenario `{name}`, all scenarios together have more than {en} states",
        "avec le scénario `{name}`, tous les scénarios ensemble ont plus de {fr} états"
    );
    Diagnostic::new(Code::TooManyStates, origin, message)
        .help(words!("put some of them into another file", "mettez-en une partie dans un autre fichier"))
}

/// Reads a journey.
#[must_use]
pub fn compile(name: &str, text: String, loader: &dyn Loader) -> Compiled {
    let mut sources = Sources::default();
    let root = sources.add(name, text);
    let mut diagnostics = Vec::new();
    let text = resolve::read(root, &mut sources, loader, &mut diagnostics);
    finish(text, sources, diagnostics)
}

/// The same, with lines that stand in no file, each under the name that messages give it: they come last in the program. Of
/// them, only errors are said.
#[must_use]
pub fn compile_with(name: &str, text: String, loader: &dyn Loader, lines: &[(&str, String)]) -> Compiled {
    let mut sources = Sources::default();
    let root = sources.add(name, text);
    let mut diagnostics = Vec::new();
    let mut text = resolve::read(root, &mut sources, loader, &mut diagnostics);
    let mut added = Vec::new();
    for (name, line) in lines {
        let file = sources.add(*name, line.clone());
        text.add(file, &sources, &mut diagnostics);
        added.push(file);
    }
    let mut compiled = finish(text, sources, diagnostics);
    compiled.diagnostics.retain(|d| d.severity == Severity::Error || !added.contains(&d.span().file));
    compiled
}

/// Resolves what has been read, and looks for all that can be said of it.
fn finish(text: resolve::Journey, sources: Sources, mut diagnostics: Vec<Diagnostic>) -> Compiled {
    let journey = match text.resolve(&sources, &Given::new(), &mut diagnostics) {
        Resolved::Whole(program) => {
            let chains = whole(&program, &mut diagnostics);
            Some(Journey { program, chains })
        }
        Resolved::Part(program, holes) => {
            part(&program, &holes, &sources, &mut diagnostics);
            None
        }
        Resolved::Nothing => None,
    };
    let mut allowances = Allowances::read(&sources, &mut diagnostics);
    allowances.apply(&mut diagnostics);
    let journey = journey.filter(|_| !has_errors(&diagnostics));
    if journey.is_some() {
        // Figures are for those to judge who compute; where there are errors, not everything has been looked for.
        diagnostics.extend(allowances.unneeded(|code| !code.is_of_figures()));
    }
    sort(&mut diagnostics);
    cap(&mut diagnostics);
    Compiled { sources, diagnostics, journey, text: Some(text), allowances }
}

impl Compiled {
    /// The journey with other values of some params, without looking for more than what makes it impossible.
    ///
    /// # Errors
    /// What makes it impossible.
    pub fn again(&self, given: &Given) -> Result<Journey, Vec<Diagnostic>> {
        self.read_again(&Other { given, drawn: &Given::new(), scenarios: true })
    }

    /// The same without its scenarios: of the program only what reads the base alone may be asked.
    ///
    /// # Errors
    /// The same.
    pub fn base_again(&self, given: &Given) -> Result<Journey, Vec<Diagnostic>> {
        self.read_again(&Other { given, drawn: &Given::new(), scenarios: false })
    }

    /// The journey as a variant of an exam has it: with other counts in `4 of clicked`, other values in other params.
    ///
    /// # Errors
    /// What makes it impossible.
    pub fn drawn(&self, drawn: &Given) -> Result<Journey, Vec<Diagnostic>> {
        self.read_again(&Other { given: &Given::new(), drawn, scenarios: true })
    }

    fn read_again(&self, other: &Other<'_>) -> Result<Journey, Vec<Diagnostic>> {
        let mut found = Vec::new();
        let resolved = self.text.as_ref().map(|text| text.resolve_other(&self.sources, other, &mut found));
        let program = resolved.and_then(Resolved::whole);
        let Some(program) = program else { return Err(errors(found)) };
        let mut chains = Vec::new();
        for model in std::iter::once(&program.base).chain(program.scenarios.iter().map(|(_, model)| model)) {
            let (chain, of_model) = chain::build(model);
            found.extend(of_model);
            chains.extend(chain);
        }
        // A scenario with an error of its own stands in the program as its base does: that would be another journey.
        if has_errors(&found) || chains.len() <= program.scenarios.len() {
            Err(errors(found))
        } else {
            Ok(Journey { program, chains })
        }
    }
}

fn errors(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.retain(|d| d.severity == Severity::Error);
    found
}

/// The chains of a journey that resolves, and all that can be said of it.
fn whole(program: &Program, diagnostics: &mut Vec<Diagnostic>) -> Vec<Chain> {
    check::check(program, diagnostics);
    let (chain, mut found) = chain::build(&program.base);
    let mut chains: Vec<Chain> = chain.into_iter().collect();
    let mut said: HashSet<(Code, Span)> = diagnostics.iter().chain(&found).map(|d| (d.code, d.span())).collect();
    let mut news = Vec::new();
    for (scenario, model) in &program.scenarios {
        let (chain, of_scenario) = chain::build(model);
        chains.extend(chain);
        let name = &scenario.name.name;
        if chains.iter().map(|chain| chain.states.len()).sum::<usize>() > MOST_STATES {
            news.push(too_many(name, scenario.name.origin));
            break;
        }
        let there: HashSet<(Code, Span)> = of_scenario.iter().map(|d| (d.code, d.span())).collect();
        // What the base leaves unmet may be what the scenario is about.
        found.retain(|d| d.severity == Severity::Error || there.contains(&(d.code, d.span())));
        // So may what the scenario leaves unmet: of that, only errors are news.
        let new = of_scenario.into_iter().filter(|d| d.severity == Severity::Error && said.insert((d.code, d.span())));
        news.extend(new.map(|d| d.note(words!("in the scenario `{name}`", "dans le scénario `{name}`"))));
    }
    diagnostics.append(&mut found);
    diagnostics.append(&mut news);
    if chains.len() > program.scenarios.len() {
        chain::check_measures(program, &chains, diagnostics);
    }
    chains
}

/// What can be said of a journey of which some lines could not be read.
fn part(program: &Program, holes: &Holes, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    check::check(program, &mut found);
    found.extend(chain::check_part(&program.base, holes));
    // What misses something may miss what could not be read.
    let excused = |d: &Diagnostic| {
        let may_miss = match d.code {
            Code::ChannelCutOff | Code::StageOutOfOrder => !holes.touchpoints.is_empty() || !holes.arrivals.is_empty(),
            Code::PersonaNeverComes => program.base.arrivals.is_empty() || !holes.arrivals.is_empty(),
            Code::UnmetMotivation => holes.words.contains("appeals"),
            _ => false,
        };
        may_miss || d.labels.iter().any(|l| holes.words.contains(sources.text(l.span).trim()))
    };
    // A touchpoint whose ways on could not be read is not one without.
    let unread: HashSet<Span> = holes.touchpoints.iter().map(|t| program.base.touchpoints[t.index()].name.origin).collect();
    found.retain(|d| match d.severity {
        Severity::Error => d.code != Code::NoBranch || !unread.contains(&d.span()),
        Severity::Warning => !excused(d),
        Severity::Note => false,
    });
    let mut said: HashSet<(Code, Span)> = diagnostics.iter().map(|d| (d.code, d.span())).collect();
    found.retain(|d| said.insert((d.code, d.span())));
    diagnostics.append(&mut found);
}

//! The first half of the route in one call: text → syntax → resolve → check → chain.
//!
//! Comes in: the text of a journey and a loader for what it includes. Goes out: [`Compiled`]: everything found wrong, and the
//! program with its chains if nothing was. What must hold: it never panics and never stops at the first mistake; a mistake
//! that a scenario shares with the base is said once.

use crate::chain::{self, Chain};
use crate::check;
use crate::diagnostics::{Code, Diagnostic, Severity, Sources, Span, cap, has_errors, sort};
use crate::limits::MOST_STATES;
use crate::locale::{Lang, integer};
use crate::model::Program;
use crate::resolve::{self, Loader};
use crate::words;
use std::collections::HashSet;

/// A journey read as far as it could be.
#[derive(Debug)]
pub struct Compiled {
    /// The texts, for showing findings.
    pub sources: Sources,
    /// What was found: what could not be read first, each in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The journey, if there was no error.
    pub journey: Option<Journey>,
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
    let program = resolve::resolve(root, &mut sources, loader, &mut diagnostics);
    let mut chains = Vec::new();
    if let Some(program) = &program {
        check::check(program, &mut diagnostics);
        let mut said: HashSet<(Code, Span)> = diagnostics.iter().map(|d| (d.code, d.span())).collect();
        let (chain, found) = chain::build(&program.base);
        said.extend(found.iter().map(|d| (d.code, d.span())));
        diagnostics.extend(found);
        chains.extend(chain);
        for (scenario, model) in &program.scenarios {
            let (chain, found) = chain::build(model);
            chains.extend(chain);
            let name = &scenario.name.name;
            if chains.iter().map(|chain| chain.states.len()).sum::<usize>() > MOST_STATES {
                diagnostics.push(too_many(name, scenario.name.origin));
                break;
            }
            // What a scenario leaves unmet is what it is about: only errors are news.
            let news = found.into_iter().filter(|d| d.severity == Severity::Error && said.insert((d.code, d.span())));
            diagnostics.extend(news.map(|d| d.note(words!("in the scenario `{name}`", "dans le scénario `{name}`"))));
        }
    }
    sort(&mut diagnostics);
    cap(&mut diagnostics);
    let journey = program.filter(|_| !has_errors(&diagnostics)).map(|program| Journey { program, chains });
    Compiled { sources, diagnostics, journey }
}

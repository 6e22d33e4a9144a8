//! Tree → model: names become ids, figures become numbers of known unit, scenarios become journeys of their own.
//!
//! Comes in: the root file, and a loader for what it includes. Goes out: [`Resolved`], and every finding on the way. What
//! must hold: resolving never fails on the first mistake and never panics, whatever was written; a scenario has the ids of its
//! base; two figures that cannot be added never are.
//!
//! The passes, in their order: files (`load`), the journey as a whole (`headers`), one declaration for each id (`declared`),
//! names (`names`), then for the base and for each scenario (`scenarios`) params and everything that stands on them (`lower`),
//! and last kpis, promises and claims (`promises`).

mod arrivals;
mod branches;
mod declared;
mod distributions;
mod effects;
mod exams;
mod expressions;
mod facets;
mod figures;
mod guards;
mod headers;
mod holes;
mod load;
mod lookalikes;
mod lower;
mod measures;
mod mentions;
mod names;
mod order;
mod params;
mod people;
mod places;
mod promises;
mod quantity;
mod rising;
mod scenarios;
mod scope;
mod strangers;
mod touchpoints;
mod unavailable;
mod units;
mod wanted;
mod written;

#[cfg(test)]
mod tests;

pub use headers::library_alone;
pub use load::{LoadError, Loader};

use crate::diagnostics::{Code, Diagnostic, FileId, Severity, Sources, Span, has_errors};
use crate::limits::MOST_FINDINGS;
use crate::model::{Holes, Model, Program};
use crate::words;
use headers::Headers;
use holes::words_of_bad_lines;
use load::Files;
use lower::{Lowered, lower};
use num_rational::BigRational;
use params::Settled;
use scenarios::overlay;
use scope::{Common, Scope};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// Values that take the place of params of the base and of every scenario that does not set them, by name, in the unit of the
/// param (0.09 for `9%`).
pub type Given = HashMap<String, BigRational>;

/// A journey that has been read from its files and can be resolved, again and again, with other values of its params.
#[derive(Debug)]
pub struct Journey {
    root: FileId,
    files: Files,
    spoiled: HashSet<String>,
    /// Whether a file that is included could not be read.
    incomplete: bool,
    /// Where text could not be read.
    unread: Vec<Span>,
    /// Whether there is more wrong with its lines than is told: what they mean is then not looked at.
    crowded: bool,
}

/// What resolving gives.
#[derive(Debug)]
pub enum Resolved {
    /// A journey without an error in its base. A scenario that holds one stands in the program as its base does, and its findings
    /// say so.
    Whole(Program),
    /// What could be read of a journey with errors: ids are complete, what was refused is left out. Only good for more findings.
    Part(Program, Holes),
    /// Nothing to go on with: a library, which is no journey, or a text in which more is wrong than is told.
    Nothing,
}

impl Resolved {
    /// The program, if there is no error in it.
    #[must_use]
    pub fn whole(self) -> Option<Program> {
        match self {
            Self::Whole(program) => Some(program),
            _ => None,
        }
    }
}

/// Reads the root file and its includes, then resolves them.
pub fn resolve(root: FileId, sources: &mut Sources, loader: &dyn Loader, diagnostics: &mut Vec<Diagnostic>) -> Resolved {
    let journey = read(root, sources, loader, diagnostics);
    journey.resolve(sources, &Given::new(), diagnostics)
}

/// Reads the root file, which is in `sources` already, and its includes.
pub fn read(root: FileId, sources: &mut Sources, loader: &dyn Loader, diagnostics: &mut Vec<Diagnostic>) -> Journey {
    let mut found = Vec::new();
    let files = load::read(root, sources, loader, &mut found);
    let spoiled = words_of_bad_lines(&found, sources);
    let incomplete = found.iter().any(|d| matches!(d.code, Code::IncludeFailed | Code::IncludeOutside));
    let unread = found.iter().filter(|d| d.severity == Severity::Error).map(Diagnostic::span).collect();
    let crowded = found.len() > MOST_FINDINGS;
    diagnostics.append(&mut found);
    Journey { root, files, spoiled, incomplete, unread, crowded }
}

/// How a journey is read other than as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Other<'a> {
    /// Other values of some of its params.
    pub given: &'a Given,
    /// Params drawn for a variant of an exam: in place of the count for `4 of clicked` (so that what is counted from it follows), else
    /// of the value.
    pub drawn: &'a Given,
    /// Whether its scenarios are read too; without, the program holds none.
    pub scenarios: bool,
}

impl Journey {
    /// Adds a file after all others, as if the last line included it.
    pub fn add(&mut self, file: FileId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
        let mut found = Vec::new();
        self.files.add(file, sources, &mut found);
        self.unread.extend(found.iter().filter(|d| d.severity == Severity::Error).map(Diagnostic::span));
        diagnostics.append(&mut found);
    }

    /// Where its items stand, those of an included file in the place of its `include`.
    pub fn places(&self) -> impl Iterator<Item = Span> {
        self.files.items().map(|item| item.span)
    }

    /// Resolves the journey, with other values for some of its params.
    pub fn resolve(&self, sources: &Sources, given: &Given, diagnostics: &mut Vec<Diagnostic>) -> Resolved {
        self.resolve_other(sources, &Other { given, drawn: &Given::new(), scenarios: true }, diagnostics)
    }

    /// Resolves the journey otherwise than as it is written.
    pub fn resolve_other(&self, sources: &Sources, other: &Other<'_>, diagnostics: &mut Vec<Diagnostic>) -> Resolved {
        if self.crowded {
            return Resolved::Nothing;
        }
        let mut found = Vec::new();
        let headers = headers::read(self.root, &self.files, &mut found);
        let mut declared = declared::collect(&self.files, &mut found);
        for param in &mut declared.params {
            param.given = other.given.get(&param.title.name.text).cloned();
            param.drawn = other.drawn.get(&param.title.name.text).cloned();
        }
        let bytes: usize = sources.iter().map(|(_, source)| source.text.len()).sum();
        if let Some(finding) = scenarios::too_many(&declared, bytes) {
            found.push(finding);
            diagnostics.append(&mut found);
            return Resolved::Nothing;
        }
        let names = names::enter(&declared, &mut found);
        let unread = holes::unread(&declared, &self.unread);
        let common = Common {
            names: &names,
            currency: headers.currency,
            currency_place: headers.currency_place,
            spoiled: &self.spoiled,
            incomplete: self.incomplete,
            unread: &unread,
            own_personas: !declared.personas.is_empty(),
            suggestions: Cell::new(0),
        };
        let base = lower(&declared, &common, &headers, None);
        let promises = promises::resolve_promises(&declared, &base.scope, base.model.horizon, headers.lang, sources);
        let changes = Scope::new(&common, base.scope.personas);
        let overlays = if other.scenarios { overlay(&declared, &changes) } else { Vec::new() };
        let Lowered { scope, settled, model: base, .. } = base;
        let mut holes = scope.holes.take();
        found.extend(scope.into_found());
        let sound = self.unread.is_empty() && !has_errors(&found);

        found.extend(changes.into_found());
        let mut seen: HashSet<Key> = found.iter().map(key).collect();
        let scenarios = overlays
            .into_iter()
            .map(|overlay| {
                let model = read_scenario(&overlay, &common, &headers, &settled, &mut seen, &mut found);
                let model = model.filter(|_| overlay.sound);
                (overlay.scenario, model.unwrap_or_else(|| base.clone()))
            })
            .collect();
        found.iter_mut().for_each(|d| names.point_at_unused(d));
        if headers.library {
            // Who arrives is for the journeys that include it to say.
            found.retain(|d| d.code != Code::NoArrival);
        }
        holes.words.clone_from(&self.spoiled);
        holes::widen(&mut holes, &found, sources);
        diagnostics.append(&mut found);
        if headers.library {
            return Resolved::Nothing;
        }
        let complete = promises.is_complete() && holes.is_empty();
        let program = Program {
            base,
            scenarios,
            kpis: promises
                .kpis
                .into_iter()
                .zip(&declared.kpis)
                .map(|(kpi, tree)| kpi.unwrap_or_else(|| promises::unknown(tree)))
                .collect(),
            expectations: promises.expectations.into_iter().flatten().collect(),
            claims: promises.claims.into_iter().flatten().collect(),
            exams: promises.exams.into_iter().flatten().collect(),
            unmentioned: mentions::unmentioned(&declared, &names),
        };
        match (sound, complete) {
            (true, true) => Resolved::Whole(program),
            (false, _) => Resolved::Part(program, holes),
            (true, false) => {
                let message = words!("something was refused without a word", "quelque chose a été refusé sans un mot");
                diagnostics.push(Diagnostic::new(Code::Internal, headers.place, message));
                Resolved::Part(program, holes)
            }
        }
    }
}

/// Reads a scenario; puts down what was not found in the base already, and says where it holds.
fn read_scenario(
    overlay: &scenarios::Overlay<'_>,
    common: &Common<'_>,
    headers: &Headers<'_>,
    settled: &Settled,
    seen: &mut HashSet<Key>,
    found: &mut Vec<Diagnostic>,
) -> Option<Model> {
    let Lowered { scope, mut model, .. } = lower(&overlay.declared, common, headers, Some(settled));
    overlay.detour(&mut model, &scope);
    let mut sound = true;
    let name = &overlay.scenario.name.name;
    for diagnostic in scope.into_found() {
        sound &= diagnostic.severity != Severity::Error;
        if seen.insert(key(&diagnostic)) {
            found.push(diagnostic.note(words!("in the scenario `{name}`", "dans le scénario `{name}`")));
        }
    }
    sound.then_some(model)
}

type Key = (Code, Span, String);

fn key(diagnostic: &Diagnostic) -> Key {
    (diagnostic.code, diagnostic.span(), diagnostic.message.en.clone())
}

//! Tree → model: names become ids, figures become numbers of known unit, scenarios become journeys of their own.
//!
//! Comes in: the root file, and a loader for what it includes. Goes out: a [`Program`], and every finding on the way. What
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
mod expressions;
mod facets;
mod figures;
mod guards;
mod headers;
mod load;
mod lookalikes;
mod lower;
mod measures;
mod names;
mod order;
mod params;
mod people;
mod places;
mod promises;
mod quantity;
mod scenarios;
mod scope;
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
use crate::model::{Model, Program, Scenario};
use crate::words;
use headers::Headers;
use load::Files;
use lower::{Lowered, lower};
use num_rational::BigRational;
use params::Settled;
use scenarios::overlay;
use scope::{Common, Scope};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// Values that take the place of params of the base and of every scenario that does not set them, by name, in the unit of the
/// param (0.09 for `9%`).
pub type Given = HashMap<String, BigRational>;

/// A journey that has been read from its files and can be resolved, again and again, with other values of its params.
#[derive(Debug)]
pub struct Journey {
    root: FileId,
    files: Files,
    spoiled: HashSet<String>,
    readable: bool,
    /// Whether there is more wrong with its lines than is told: what they mean is then not looked at.
    crowded: bool,
}

/// Reads the root file and its includes, then resolves them. `None` if the base holds an error, and for a library, which is no
/// journey; a scenario that holds one
/// stands in the program as its base does, and its findings say so.
pub fn resolve(root: FileId, sources: &mut Sources, loader: &dyn Loader, diagnostics: &mut Vec<Diagnostic>) -> Option<Program> {
    let journey = read(root, sources, loader, diagnostics);
    journey.resolve(sources, &Given::new(), diagnostics)
}

/// Reads the root file, which is in `sources` already, and its includes.
pub fn read(root: FileId, sources: &mut Sources, loader: &dyn Loader, diagnostics: &mut Vec<Diagnostic>) -> Journey {
    let mut found = Vec::new();
    let files = load::read(root, sources, loader, &mut found);
    let spoiled = words_of_bad_lines(&found, sources);
    let readable = !has_errors(&found);
    let crowded = found.len() > MOST_FINDINGS;
    diagnostics.append(&mut found);
    Journey { root, files, spoiled, readable, crowded }
}

impl Journey {
    /// Resolves the journey, with other values for some of its params.
    pub fn resolve(&self, sources: &Sources, given: &Given, diagnostics: &mut Vec<Diagnostic>) -> Option<Program> {
        if self.crowded {
            return None;
        }
        let mut found = Vec::new();
        let headers = headers::read(self.root, &self.files, &mut found);
        let mut declared = declared::collect(&self.files, &mut found);
        for param in &mut declared.params {
            param.given = given.get(&param.title.name.text).cloned();
        }
        let bytes: usize = sources.iter().map(|(_, source)| source.text.len()).sum();
        if let Some(finding) = scenarios::too_many(&declared, bytes) {
            found.push(finding);
            diagnostics.append(&mut found);
            return None;
        }
        let names = names::enter(&declared, &mut found);
        let common = Common {
            names: &names,
            currency: headers.currency,
            currency_place: headers.currency_place,
            spoiled: &self.spoiled,
            own_personas: !declared.personas.is_empty(),
            suggestions: Cell::new(0),
        };
        let base = lower(&declared, &common, &headers, None);
        let promises = promises::resolve_promises(&declared, &base.scope, base.horizon, headers.lang, sources);
        let changes = Scope::new(&common, base.scope.personas);
        let overlays = overlay(&declared, &changes);
        let Lowered { scope, settled, model, .. } = base;
        found.extend(scope.into_found());
        let sound = self.readable && !has_errors(&found);

        found.extend(changes.into_found());
        let mut seen: HashSet<Key> = found.iter().map(key).collect();
        let scenarios: Vec<(Scenario, Option<Model>)> = overlays
            .into_iter()
            .map(|overlay| {
                let model = read_scenario(&overlay, &common, &headers, &settled, &mut seen, &mut found);
                (overlay.scenario, model.filter(|_| overlay.sound))
            })
            .collect();
        found.iter_mut().for_each(|d| names.point_at_unused(d));
        if headers.library {
            // Who arrives is for the journeys that include it to say.
            found.retain(|d| d.code != Code::NoArrival);
        }
        diagnostics.append(&mut found);
        if !sound || headers.library {
            return None;
        }
        let program = || {
            let base = model?;
            Some(Program {
                scenarios: scenarios.into_iter().map(|(s, model)| (s, model.unwrap_or_else(|| base.clone()))).collect(),
                base,
                kpis: promises.kpis.into_iter().collect::<Option<_>>()?,
                expectations: promises.expectations.into_iter().collect::<Option<_>>()?,
                claims: promises.claims.into_iter().collect::<Option<_>>()?,
            })
        };
        program().or_else(|| {
            let message = words!("something was refused without a word", "quelque chose a été refusé sans un mot");
            diagnostics.push(Diagnostic::new(Code::Internal, headers.place, message));
            None
        })
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
    if let Some(model) = &mut model {
        overlay.detour(model, &scope);
    }
    let name = &overlay.scenario.name.name;
    for diagnostic in scope.into_found() {
        if diagnostic.severity == Severity::Error {
            model = None;
        }
        if seen.insert(key(&diagnostic)) {
            found.push(diagnostic.note(words!("in the scenario `{name}`", "dans le scénario `{name}`")));
        }
    }
    model
}

type Key = (Code, Span, String);

fn key(diagnostic: &Diagnostic) -> Key {
    (diagnostic.code, diagnostic.span(), diagnostic.message.en.clone())
}

/// The words of the lines that could not be read: names that may have been declared there.
fn words_of_bad_lines(found: &[Diagnostic], sources: &Sources) -> HashSet<String> {
    let mut words = HashSet::new();
    let lines: HashSet<(FileId, u32)> = found
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| (d.span().file, sources.get(d.span().file).position(d.span().start).line))
        .collect();
    for (file, line) in lines {
        let line: String = sources.get(file).line(line).nfc().collect();
        let letters = |c: char| c.is_alphanumeric() || c == '_';
        words.extend(line.split(|c| !letters(c)).filter(|w| !w.is_empty()).map(str::to_owned));
    }
    words
}

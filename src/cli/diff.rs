//! `jalon diff`: what has changed between two versions, and what that does to the figures.

use super::args::{DiffFormat, DiffOptions, Draw};
use super::compute::{CUSTOMERS, Wanted, compute};
use super::exit::{Exit, Trouble};
use super::fail_if::condition;
use super::files::{self, print, say};
use super::findings::{spoken, written_locale};
use super::textconv::textconv;
use super::versions::{Read, Source, pairs, read};
use crate::compile::Journey;
use crate::diagnostics::{Severity, has_errors, render_human, render_plain};
use crate::difference::{Version, compare};
use crate::locale::Lang;
use crate::measure::Figures;
use crate::report::difference::{Condition, Pair, Side, write_html, write_json, write_markdown, write_terminal};
use crate::words;
use std::io::IsTerminal;

pub(super) fn diff(options: &DiffOptions) -> Result<Exit, Trouble> {
    if options.textconv {
        return textconv(options);
    }
    let (repository, pairs) = pairs(options)?;
    let mut exit = Exit::Fine;
    let mut lang = spoken(options.lang);
    let mut told = Vec::new();
    let mut others = Vec::new();
    for both in &pairs {
        let read = |source: &Source| read(source, repository.as_ref());
        match (both.old.as_ref().map(read).transpose()?, both.new.as_ref().map(read).transpose()?) {
            (Some(old), Some(new)) => {
                // What a folder holds beside journeys is compared with the journeys that include it.
                let is_library = |v: &Read| v.compiled.journey.is_none() && !has_errors(&v.compiled.diagnostics);
                if pairs.len() > 1 && (is_library(&old) || is_library(&new)) {
                    continue;
                }
                let spoken_in = lang.unwrap_or_else(|| written_locale(&new.compiled));
                lang = lang.or(Some(spoken_in));
                match compared(old, new, options, spoken_in)? {
                    Ok(one) => told.push(one),
                    Err(refused) => {
                        say(refused.trim_end());
                        exit = Exit::Failed;
                    }
                }
            }
            (Some(only), None) | (None, Some(only)) if only.compiled.journey.is_some() => {
                let is_new = both.old.is_none();
                others.push((only.name, is_new));
            }
            _ => {}
        }
    }
    let lang = lang.unwrap_or_default();
    if pairs.len() > 1 {
        told.retain(|one| one.difference.is_changed() || !one.conditions.is_empty());
    }
    show(options, &told, &others, lang).map_err(|t| t.told_in(lang))?;
    if exit == Exit::Fine {
        let holds: Vec<Option<bool>> = told.iter().flat_map(|one| one.conditions.iter().map(|c| c.holds)).collect();
        if holds.contains(&Some(true)) {
            exit = Exit::Failed;
        } else if holds.contains(&None) {
            exit = Exit::Undecided;
        }
    }
    Ok(exit)
}

/// Two versions compared.
struct Told {
    old: Read,
    new: Read,
    figures: [Figures; 2],
    difference: crate::difference::Difference,
    conditions: Vec<Condition>,
}

/// Compares two versions, or says which of them is no journey.
fn compared(old: Read, new: Read, options: &DiffOptions, lang: Lang) -> Result<Result<Told, String>, Trouble> {
    let mut refused = String::new();
    for side in [&old, &new].into_iter().filter(|side| side.compiled.journey.is_none()) {
        let name = &side.name;
        let head = words!("`{name}` cannot be compared:", "`{name}` ne peut pas être comparé :");
        let errors: Vec<_> = side.compiled.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
        let page = if options.format == DiffFormat::Human {
            render_human(&errors, &side.compiled.sources, lang, std::io::stderr().is_terminal())
        } else {
            render_plain(&errors, &side.compiled.sources, lang)
        };
        refused += &format!("{}\n{page}\n", head.get(lang));
    }
    let (Some(before), Some(after)) = (&old.compiled.journey, &new.compiled.journey) else { return Ok(Err(refused)) };
    let difference =
        compare(Version { compiled: &old.compiled, journey: before }, Version { compiled: &new.compiled, journey: after });
    let figures = [figures(before, options)?, figures(after, options)?];
    let conditions: Result<Vec<Condition>, Trouble> = options.fail_if.iter().map(|c| condition(c, &old, &new, options)).collect();
    let conditions = conditions?;
    Ok(Ok(Told { old, new, figures, difference, conditions }))
}

/// Exact figures; where a kpi has none, drawn ones beside them.
fn figures(journey: &Journey, options: &DiffOptions) -> Result<Figures, Trouble> {
    let exact = compute(journey, Wanted::Exact, None)?;
    if exact.kpis.iter().all(|k| k.figure.exact.is_some() || k.figure.declined.is_none()) {
        return Ok(exact);
    }
    let draw = Draw { customers: Some(CUSTOMERS), precision: None, seed: options.seed, threads: None };
    compute(journey, Wanted::Both(&draw), None)
}

fn show(options: &DiffOptions, told: &[Told], others: &[(String, bool)], lang: Lang) -> Result<(), Trouble> {
    let pairs: Vec<(Pair<'_>, &[Condition])> = told
        .iter()
        .filter_map(|one| {
            let (old, new) = (one.old.compiled.journey.as_ref()?, one.new.compiled.journey.as_ref()?);
            let pair = Pair {
                old: Side { name: &one.old.name, program: &old.program, figures: &one.figures[0] },
                new: Side { name: &one.new.name, program: &new.program, figures: &one.figures[1] },
                difference: &one.difference,
                lang,
            };
            Some((pair, one.conditions.as_slice()))
        })
        .collect();
    let other = |(name, is_new): &(String, bool)| {
        if *is_new {
            words!("new journey: `{name}`", "nouveau parcours : `{name}`")
        } else {
            words!("journey removed: `{name}`", "parcours retiré : `{name}`")
        }
    };
    let mut page = match options.format {
        DiffFormat::Json => {
            let others: Vec<serde_json::Value> = others
                .iter()
                .map(|(name, is_new)| {
                    let (old, new) = if *is_new { (None, Some(name)) } else { (Some(name), None) };
                    serde_json::json!({ "journey": null, "label": null, "old": old, "new": new, "changed": true })
                })
                .collect();
            let text = write_json(&pairs, &others).map_err(|e| Trouble::internal(&e))?;
            return written(options, &text);
        }
        DiffFormat::Human => {
            let colour = options.output.is_none() && std::io::stdout().is_terminal();
            pairs.iter().map(|(pair, conditions)| write_terminal(pair, conditions, colour)).collect::<Vec<_>>().join("\n")
        }
        DiffFormat::Markdown => {
            pairs.iter().map(|(pair, conditions)| write_markdown(pair, conditions)).collect::<Vec<_>>().join("\n")
        }
        DiffFormat::Html => {
            let [(pair, conditions)] = pairs.as_slice() else {
                let count = pairs.len();
                return Err(Trouble::usage(words!(
                    "a page is of one journey, and {count} have changed: name one",
                    "une page porte sur un parcours, et {count} ont changé : nommez-en un"
                )));
            };
            return written(options, &write_html(pair, conditions));
        }
    };
    for one in others {
        page += &format!("{}\n", other(one).get(lang));
    }
    if pairs.is_empty() && others.is_empty() {
        page += &format!("{}\n", lang.pick("Nothing has changed.", "Rien n’a changé."));
    }
    written(options, &page)
}

fn written(options: &DiffOptions, text: &str) -> Result<(), Trouble> {
    match &options.output {
        Some(path) => files::write(path, text),
        None => print(text),
    }
}

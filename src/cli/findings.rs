//! From an argument to a compiled journey, and findings to the reader.

use super::args::{Format, Input};
use super::exit::{Exit, Trouble};
use super::files::{FolderLoader, print, read_root, say};
use super::unfit::refused;
use crate::compile::{Compiled, compile};
use crate::diagnostics::{Diagnostic, FileId, JsonDiagnostic, Severity, Sources, has_errors, json_view, render_human};
use crate::locale::{Lang, Words};
use crate::resolve::library_alone;
use crate::words;
use std::io::IsTerminal;

/// Reads and compiles what the arguments name.
pub(super) fn compiled(input: &Input) -> Result<Compiled, Trouble> {
    let root = read_root(&input.file)?;
    Ok(match root.text {
        Ok(text) => compile(&root.name, text, &FolderLoader { folder: root.folder }),
        Err(unfit) => refused(&root.name, &unfit),
    })
}

/// The language of messages: asked for, else the environment's, else the journey's.
pub(super) fn language(input: &Input, compiled: &Compiled) -> Lang {
    let environment = || {
        let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
        Lang::from_code(&set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"))?)
    };
    input.lang.or_else(environment).unwrap_or_else(|| written_locale(compiled))
}

/// The journey's `locale`, read from the text where errors left no journey.
fn written_locale(compiled: &Compiled) -> Lang {
    if let Some(journey) = &compiled.journey {
        return journey.program.base.locale;
    }
    let texts = compiled.sources.iter().map(|(_, s)| s);
    let mut lines = texts.flat_map(|s| s.text.lines());
    lines.find_map(|l| Lang::from_code(l.trim().strip_prefix("locale ")?.trim())).unwrap_or_default()
}

/// Shows findings to people, on standard error.
pub(super) fn show(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang) {
    if diagnostics.is_empty() {
        return;
    }
    let colour = std::io::stderr().is_terminal();
    say(render_human(diagnostics, sources, lang, colour).trim_end());
    say("");
    let count = |s| diagnostics.iter().filter(|d| d.severity == s).count();
    let said = |n: usize, one: Words, many: Words| match n {
        0 => None,
        1 => Some(one.get(lang).to_owned()),
        _ => Some(format!("{n} {}", many.get(lang))),
    };
    let errors = said(count(Severity::Error), words!("1 error", "1 erreur"), words!("errors", "erreurs"));
    let warnings = said(count(Severity::Warning), words!("1 warning", "1 avertissement"), words!("warnings", "avertissements"));
    let summary: Vec<String> = errors.into_iter().chain(warnings).collect();
    if !summary.is_empty() {
        say(&summary.join(", "));
    }
}

/// Findings for other programs.
pub(super) fn views(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang) -> Vec<JsonDiagnostic> {
    diagnostics.iter().map(|d| json_view(d, sources, lang)).collect()
}

/// A journey with errors, or a library: says so in the asked format.
pub(super) fn refuse(input: &Input, compiled: &Compiled, lang: Lang) -> Result<Exit, Trouble> {
    let mut said = compiled.diagnostics.clone();
    if !has_errors(&said) {
        said.insert(0, library_alone(FileId(0)));
    }
    report(input, &said, &compiled.sources, lang)?;
    Ok(Exit::Failed)
}

/// Findings alone, in the asked format.
pub(super) fn report(input: &Input, diagnostics: &[Diagnostic], sources: &Sources, lang: Lang) -> Result<(), Trouble> {
    match input.format {
        Format::Human => show(diagnostics, sources, lang),
        Format::Json => {
            let value = serde_json::json!({
                "schema": crate::report::JSON_SCHEMA,
                "ok": !has_errors(diagnostics),
                "diagnostics": views(diagnostics, sources, lang),
            });
            print(&format!("{value:#}\n"))?;
        }
    }
    Ok(())
}

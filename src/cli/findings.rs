//! From an argument to a compiled journey, and findings to the reader.

use super::args::{Format, Input};
use super::exit::{Exit, Trouble};
use super::files::{FolderLoader, Root, print, read_root, say};
use super::policy::Policy;
use super::unfit::refused;
use crate::compile::{Compiled, compile, compile_with};
use crate::diagnostics::{
    Diagnostic, FileId, JsonDiagnostic, Severity, has_errors, json_view, render_github, render_human, render_plain, sarif_view,
};
use crate::locale::{Lang, Words};
use crate::resolve::{Loader, library_alone};
use crate::words;
use std::io::IsTerminal;

/// Reads and compiles what the arguments name.
pub(super) fn compiled(input: &Input) -> Result<Compiled, Trouble> {
    let root = read_root(&input.file)?;
    let loader = FolderLoader { folder: root.folder.clone() };
    Ok(compiled_root(root, &loader))
}

/// Reads and compiles the journey of a command with lines added that stand in no file, under the names that messages call them.
pub(super) fn compiled_with(input: &Input, lines: &[(&str, String)]) -> Result<Compiled, Trouble> {
    let root = read_root(&input.file)?;
    let loader = FolderLoader { folder: root.folder.clone() };
    Ok(match root.text {
        Ok(text) => compile_with(&root.name, text, &loader, lines),
        Err(unfit) => refused(&root.name, &unfit),
    })
}

/// Compiles a root that has been read.
pub(super) fn compiled_root(root: Root, loader: &dyn Loader) -> Compiled {
    match root.text {
        Ok(text) => compile(&root.name, text, loader),
        Err(unfit) => refused(&root.name, &unfit),
    }
}

/// The language of messages: asked for, else the environment's, else the journey's.
pub(super) fn language(input: &Input, compiled: &Compiled) -> Lang {
    spoken(input.lang).unwrap_or_else(|| written_locale(compiled))
}

/// The language asked for, else the environment's. `C`, `POSIX` and languages that jalon does not speak say nothing.
pub(super) fn spoken(asked: Option<Lang>) -> Option<Lang> {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let environment = || set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    asked.or_else(|| Lang::from_code(&environment()?))
}

/// The journey's `locale`, read from the text where errors left no journey.
pub(super) fn written_locale(compiled: &Compiled) -> Lang {
    if let Some(journey) = &compiled.journey {
        return journey.program.base.locale;
    }
    let texts = compiled.sources.iter().map(|(_, s)| s);
    let mut lines = texts.flat_map(|s| s.text.lines());
    lines.find_map(|l| Lang::from_code(l.trim().strip_prefix("locale ")?.trim())).unwrap_or_default()
}

/// A journey that has been read, and how whoever reads of it wants to be told.
#[derive(Debug)]
pub(super) struct Telling<'a> {
    pub(super) input: &'a Input,
    pub(super) compiled: &'a Compiled,
    pub(super) lang: Lang,
    policy: &'a Policy,
}

impl<'a> Telling<'a> {
    pub(super) fn new(input: &'a Input, compiled: &'a Compiled, policy: &'a Policy) -> Self {
        Self { input, compiled, lang: language(input, compiled), policy }
    }

    /// What was found reading the journey and `more`, as the policy makes it.
    pub(super) fn judged(&self, more: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
        let mut said = self.compiled.diagnostics.clone();
        said.extend(more);
        self.policy.apply(&mut said);
        crate::diagnostics::sort(&mut said);
        said
    }

    /// A journey with errors, or a library: says so in the asked format.
    pub(super) fn refuse(&self) -> Result<Exit, Trouble> {
        let is_library = !has_errors(&self.compiled.diagnostics);
        let mut said = self.judged(None);
        if is_library {
            said.insert(0, library_alone(FileId(0)));
        }
        self.report(&said)?;
        Ok(Exit::Failed)
    }

    /// Findings alone, in the asked format.
    pub(super) fn report(&self, said: &[Diagnostic]) -> Result<(), Trouble> {
        let sources = &self.compiled.sources;
        match self.input.format {
            Format::Human | Format::Plain => {
                self.show(said);
                Ok(())
            }
            Format::Json => {
                let value = serde_json::json!({
                    "schema": crate::report::JSON_SCHEMA,
                    "ok": !has_errors(said),
                    "diagnostics": self.views(said),
                });
                print(&format!("{value:#}\n"))
            }
            Format::Sarif => print(&format!("{:#}\n", sarif_view(said, sources, self.lang))),
            Format::Github => print(&render_github(said, sources, self.lang)),
        }
    }

    /// Shows findings to people, on standard error.
    pub(super) fn show(&self, said: &[Diagnostic]) {
        let shown: Vec<Diagnostic> = said.iter().filter(|d| self.shows(d)).cloned().collect();
        if shown.is_empty() {
            return;
        }
        let (sources, lang) = (&self.compiled.sources, self.lang);
        let page = match self.input.format {
            Format::Human => render_human(&shown, sources, lang, std::io::stderr().is_terminal()),
            _ => render_plain(&shown, sources, lang),
        };
        say(page.trim_end());
        say("");
        let counts = [
            count(&shown, Severity::Error, words!("1 error", "1 erreur"), words!("errors", "erreurs")),
            count(&shown, Severity::Warning, words!("1 warning", "1 avertissement"), words!("warnings", "avertissements")),
        ];
        let counts: Vec<String> = counts.into_iter().flatten().map(|c| c.get(lang).to_owned()).collect();
        if !counts.is_empty() {
            say(&counts.join(", "));
        }
    }

    fn shows(&self, diagnostic: &Diagnostic) -> bool {
        self.input.notes || diagnostic.severity != Severity::Note
    }

    /// How many notes have not been shown, where there is nothing worse to speak of.
    pub(super) fn notes_left(&self, said: &[Diagnostic]) -> Option<Words> {
        if said.iter().any(|d| self.shows(d)) {
            return None;
        }
        let Words { en, fr } = count(said, Severity::Note, words!("1 note", "1 remarque"), words!("notes", "remarques"))?;
        Some(words!("{en} (`--notes` shows them)", "{fr} (affichage avec `--notes`)"))
    }

    /// Findings for other programs.
    pub(super) fn views(&self, said: &[Diagnostic]) -> Vec<JsonDiagnostic> {
        said.iter().map(|d| json_view(d, &self.compiled.sources, self.lang)).collect()
    }
}

/// So many of them, in words; nothing for none.
fn count(said: &[Diagnostic], severity: Severity, one: Words, many: Words) -> Option<Words> {
    let Words { en, fr } = many;
    match said.iter().filter(|d| d.severity == severity).count() {
        0 => None,
        1 => Some(one),
        n => Some(words!("{n} {en}", "{n} {fr}")),
    }
}

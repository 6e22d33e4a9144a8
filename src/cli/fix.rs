//! `jalon check --fix`: makes the changes that are safe, shows them, and says what is left.
//!
//! What must hold: only edits marked safe are made, each once; a file is written whole or not at all, only if it still holds
//! what was read, and only below the root file's folder; with standard input, nothing is written but the mended text.

use super::args::{Format, Input};
use super::exit::{Exit, Trouble, reason};
use super::files::{self, FolderLoader, Root, read_root};
use super::findings::{self, Telling};
use super::policy::Policy;
use super::textdiff::unified;
use super::{check, files::say};
use crate::compile::Compiled;
use crate::diagnostics::{Edit, Sources, mended, safe_edits};
use crate::resolve::{LoadError, Loader};
use crate::words;
use std::collections::BTreeMap;
use std::path::Path;

/// A mend may uncover what another can mend; nobody needs more rounds than this.
const ROUNDS: usize = 10;

/// Texts by name, as they were read and as they are now.
type Texts = BTreeMap<String, (String, String)>;

pub(super) fn fix(input: &Input, policy: &Policy) -> Result<Exit, Trouble> {
    let root = read_root(&input.file)?;
    let on_stdin = input.file == Path::new("-");
    if on_stdin && !matches!(input.format, Format::Human | Format::Plain) {
        return Err(Trouble::usage(words!(
            "`--fix -` writes the mended text on standard output: it goes with `--format human` and `plain`",
            "`--fix -` écrit le texte corrigé sur la sortie standard : il va avec `--format human` et `plain`"
        )));
    }
    let (texts, changes, compiled) = mend(&root, policy, input);
    let telling = Telling::new(input, &compiled, policy);
    let done = || {
        if on_stdin {
            let text = root.text.as_deref().unwrap_or_default();
            files::print(texts.get(&root.name).map_or(text, |(_, after)| after))?;
        } else {
            write(&texts, &root.folder)?;
            show(&texts, input.format)?;
        }
        if changes > 0 && matches!(input.format, Format::Human | Format::Plain) {
            let said = match changes {
                1 => words!("1 change made", "1 changement fait"),
                _ => words!("{changes} changes made", "{changes} changements faits"),
            };
            say(said.get(telling.lang));
        }
        check::told(&telling)
    };
    done().map_err(|t| t.told_in(telling.lang))
}

/// Compiles and mends until nothing safe is left to do: the texts that changed, the number of changes, and the last reading.
fn mend(root: &Root, policy: &Policy, input: &Input) -> (Texts, usize, Compiled) {
    let mut texts = Texts::new();
    let mut changes = 0;
    let folder = FolderLoader { folder: root.folder.clone() };
    let read = |texts: &Texts| {
        let text = root.text.clone().map(|text| texts.get(&root.name).map_or(text, |(_, after)| after.clone()));
        let root = Root { text, name: root.name.clone(), folder: root.folder.clone() };
        findings::compiled_root(root, &Overlay { texts, folder: &folder })
    };
    let mut compiled = read(&texts);
    for _ in 0..ROUNDS {
        let said = Telling::new(input, &compiled, policy).judged(None);
        let edits = safe_edits(&said);
        if edits.is_empty() {
            break;
        }
        changes += edits.len();
        change(&mut texts, &compiled.sources, &edits);
        compiled = read(&texts);
    }
    (texts, changes, compiled)
}

fn change(texts: &mut Texts, sources: &Sources, edits: &[&Edit]) {
    for (file, source) in sources.iter() {
        let own: Vec<&Edit> = edits.iter().copied().filter(|e| e.span.file == file).collect();
        if !own.is_empty() {
            let after = mended(source, &own);
            texts.entry(source.name.clone()).or_insert_with(|| (source.text.clone(), String::new())).1 = after;
        }
    }
}

/// Files as they will be.
struct Overlay<'a> {
    texts: &'a Texts,
    folder: &'a FolderLoader,
}

impl Loader for Overlay<'_> {
    fn load(&self, from: &str, path: &str) -> Result<(String, String), LoadError> {
        let (name, text) = self.folder.load(from, path)?;
        let text = self.texts.get(&name).map_or(text, |(_, after)| after.clone());
        Ok((name, text))
    }
}

/// Writes what changed. All files are looked at before the first is written.
fn write(texts: &Texts, folder: &Path) -> Result<(), Trouble> {
    let changed: Vec<_> = texts.iter().filter(|(_, (before, after))| before != after).collect();
    let mut places = Vec::new();
    for (name, (before, after)) in changed {
        let trouble = |e: std::io::Error| Trouble::write(name, &reason(&e));
        let place = std::fs::canonicalize(name).map_err(trouble)?;
        let below = std::fs::canonicalize(folder).map_err(trouble)?;
        if !place.starts_with(below) {
            let why = words!(
                "it is a link that leads out of its folder: name the file itself",
                "c'est un lien qui sort de son dossier : nommez le fichier lui-même"
            );
            return Err(Trouble::write(name, &why));
        }
        if std::fs::read(&place).map_err(trouble)? != before.as_bytes() {
            let why = words!("it has changed in the meantime", "il a changé entre-temps");
            return Err(Trouble::write(name, &why));
        }
        places.push((place, after));
    }
    places.iter().try_for_each(|(place, after)| files::rewrite(place, after))
}

/// Shows what changed: on standard output, unless that is for a program.
fn show(texts: &Texts, format: Format) -> Result<(), Trouble> {
    let diff: String = texts.iter().map(|(name, (before, after))| unified(name, before, after)).collect();
    match format {
        _ if diff.is_empty() => Ok(()),
        Format::Human | Format::Plain => files::print(&diff),
        Format::Json | Format::Sarif | Format::Github => {
            say(diff.trim_end());
            Ok(())
        }
    }
}

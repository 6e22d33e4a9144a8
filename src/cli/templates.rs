//! The reader's own templates: `jalon run --templates`, `jalon templates export`.

use super::args::{ExportTemplates, RunOptions, TemplatesCommand};
use super::exit::{Exit, Trouble, reason};
use super::files::{self, say};
use super::findings::spoken;
use crate::limits::{LARGEST_TEXT, MOST_TEMPLATES};
use crate::report::{TEMPLATES, Templates};
use crate::words;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Ours, with those of the folder that was named.
pub(super) fn of_run(options: &RunOptions) -> Result<Templates, Trouble> {
    let Some(folder) = &options.templates else { return Ok(Templates::default()) };
    let name = folder.display().to_string();
    let root = fs::canonicalize(folder).map_err(|e| Trouble::read(&name, &reason(&e)))?;
    let mut texts = BTreeMap::new();
    for path in below(folder)? {
        let shown = path.display().to_string();
        let trouble = |e: std::io::Error| Trouble::read(&shown, &reason(&e));
        // Links are followed first: where the file really lies is what counts.
        let real = fs::canonicalize(&path).map_err(trouble)?;
        if !real.starts_with(&root) {
            return Err(Trouble::read(
                &shown,
                &words!("it leads out of the folder of templates", "il mène hors du dossier de modèles"),
            ));
        }
        let inner = path.strip_prefix(folder).unwrap_or(&path);
        let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
        texts.extend(read(&real, &shown)?.map(|text| (parts.join("/"), text)));
    }
    Ok(Templates::of(&name, texts))
}

/// A text; `None` for a picture or whatever else is no text and no template.
fn read(path: &Path, shown: &str) -> Result<Option<String>, Trouble> {
    let trouble = |e: std::io::Error| Trouble::read(shown, &reason(&e));
    let mut bytes = Vec::new();
    fs::File::open(path).map_err(trouble)?.take(LARGEST_TEXT as u64 + 1).read_to_end(&mut bytes).map_err(trouble)?;
    let why = match String::from_utf8(bytes) {
        Ok(text) if text.len() <= LARGEST_TEXT => return Ok(Some(text)),
        Ok(_) => words!("it is too large for a template", "il est trop volumineux pour un modèle"),
        Err(_) => words!("it is not a text in UTF-8", "ce n'est pas un texte en UTF-8"),
    };
    if Templates::is_template(shown) { Err(Trouble::read(shown, &why)) } else { Ok(None) }
}

/// The files of a folder of templates; links to files are among them.
fn below(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let few = |seen: usize| {
        if seen <= MOST_TEMPLATES {
            return Ok(());
        }
        let why = words!(
            "it holds more than {MOST_TEMPLATES} files: is it the folder of templates?",
            "il contient plus de {MOST_TEMPLATES} fichiers : est-ce bien le dossier de modèles ?"
        );
        Err(Trouble::read(&folder.display().to_string(), &why))
    };
    files::below(folder, |path, _| !path.is_dir(), few)
}

pub(super) fn templates(command: &TemplatesCommand) -> Result<Exit, Trouble> {
    match command {
        TemplatesCommand::Export(options) => export(options),
    }
}

/// Writes ours. What differs from ours is the reader's work: it stays unless he says otherwise.
fn export(options: &ExportTemplates) -> Result<Exit, Trouble> {
    let lang = spoken(options.lang).unwrap_or_default();
    let folder = &options.folder;
    let differs = |name: &str, ours: &str| fs::read(folder.join(name)).is_ok_and(|theirs| theirs != ours.as_bytes());
    let changed: Vec<String> = TEMPLATES.iter().filter(|(n, t)| differs(n, t)).map(|(name, _)| format!("`{name}`")).collect();
    if !changed.is_empty() && !options.force {
        let (name, changed) = (folder.display(), changed.join(", "));
        return Err(Trouble::usage(words!(
            "`{name}` has templates that differ from ours: {changed}; name another folder, or write over them with `--force`",
            "`{name}` contient des modèles qui diffèrent des nôtres : {changed} ; nommez un autre dossier, ou écrasez-les avec `--force`"
        )));
    }
    for (name, text) in TEMPLATES {
        files::write(&folder.join(name), text)?;
    }
    let (count, name) = (TEMPLATES.len(), folder.display());
    say(words!("wrote {count} templates to {name}", "{count} modèles écrits dans {name}").get(lang));
    say(words!(
        "now: change or remove some, then `jalon run FILE --templates {name}`",
        "maintenant : modifiez-les ou retirez-en, puis `jalon run FICHIER --templates {name}`"
    )
    .get(lang));
    Ok(Exit::Fine)
}

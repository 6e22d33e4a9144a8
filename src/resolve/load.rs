//! The root file and all that it includes, in the order in which one would read them aloud.

use crate::diagnostics::{Code, Diagnostic, FileId, Sources, Span, keep};
use crate::limits::{ALL_TEXTS, LARGEST_TEXT, MOST_INCLUDES};
use crate::locale::Words;
use crate::syntax::tree::{Item, ItemKind, Text, Tree};
use crate::words;
use std::collections::HashSet;

/// Gives the text of an included file. The one who implements it keeps to the root file's folder.
pub trait Loader {
    /// The file that `path`, written in the file `from`, stands for: the name that identifies it, and its text.
    ///
    /// # Errors
    /// If it cannot be read, or must not be.
    fn load(&self, from: &str, path: &str) -> Result<(String, String), LoadError>;
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// There is no such file.
    Missing,
    /// It is not under the root file's folder.
    Outside,
    /// It is not UTF-8.
    NotText {
        /// The line, from 1.
        line: usize,
        /// How many bytes stand before the first one that is none.
        byte: usize,
    },
    /// It is larger than [`LARGEST_TEXT`].
    TooLarge,
    /// The system says why.
    Unreadable(Words),
}

/// All files of a journey.
#[derive(Debug, Default)]
pub(super) struct Files {
    trees: Vec<Tree>,
    order: Vec<(usize, usize)>,
}

impl Files {
    /// A file after all others.
    pub(super) fn add(&mut self, file: FileId, sources: &Sources, found: &mut Vec<Diagnostic>) {
        let tree = parse(file, sources, self, found);
        self.order.extend((0..self.trees[tree].items.len()).map(|item| (tree, item)));
    }

    /// All items, those of an included file in the place of its `include`.
    pub(super) fn items(&self) -> impl Iterator<Item = &Item> {
        self.order.iter().map(|(tree, item)| &self.trees[*tree].items[*item])
    }
}

/// Reads the root and its includes, each once: a circle of includes ends where it closes.
pub(super) fn read(root: FileId, sources: &mut Sources, loader: &dyn Loader, found: &mut Vec<Diagnostic>) -> Files {
    let mut files = Files::default();
    let mut known = HashSet::from([sources.get(root).name.clone()]);
    let (mut includes, mut bytes, mut full) = (0, sources.get(root).text.len(), false);
    let mut open = vec![(parse(root, sources, &mut files, found), 0)];
    while let Some((tree, next)) = open.last_mut() {
        let Some(item) = files.trees[*tree].items.get(*next) else {
            open.pop();
            continue;
        };
        files.order.push((*tree, *next));
        *next += 1;
        let ItemKind::Include(path) = &item.kind else { continue };
        includes += 1;
        if includes > MOST_INCLUDES || bytes > ALL_TEXTS {
            if !full {
                found.push(too_much(path, includes));
            }
            full = true;
            continue;
        }
        match loader.load(&sources.get(item.span.file).name, &path.text) {
            Ok((name, text)) => {
                bytes += text.len();
                if known.insert(name.clone()) {
                    let file = sources.add(name, text);
                    open.push((parse(file, sources, &mut files, found), 0));
                }
            }
            Err(error) => keep(found, failed(path, &error)),
        }
    }
    files
}

fn parse(file: FileId, sources: &Sources, files: &mut Files, found: &mut Vec<Diagnostic>) -> usize {
    files.trees.push(crate::syntax::parse(file, &sources.get(file).text, found));
    files.trees.len() - 1
}

/// The finding about a journey of too many files, or of too large ones.
fn too_much(path: &Text, includes: usize) -> Diagnostic {
    let most = ALL_TEXTS >> 20;
    let message = if includes > MOST_INCLUDES {
        words!("more than {MOST_INCLUDES} files are included", "plus de {MOST_INCLUDES} fichiers sont inclus")
    } else {
        words!("the files of this journey exceed {most} MB together", "les fichiers de ce parcours dépassent {most} Mo ensemble")
    };
    Diagnostic::new(Code::TooLarge, path.span, message)
        .here(words!("neither this file nor a later one is read", "ni ce fichier ni les suivants ne sont lus"))
}

fn failed(path: &Text, error: &LoadError) -> Diagnostic {
    let (span, file): (Span, &str) = (path.span, &path.text);
    match error {
        LoadError::Missing => {
            Diagnostic::new(Code::IncludeFailed, span, words!("there is no file `{file}`", "le fichier `{file}` n'existe pas"))
                .note(words!(
                    "a path is counted from the folder of the file that names it",
                    "un chemin se compte depuis le dossier du fichier qui le nomme"
                ))
        }
        LoadError::Outside => Diagnostic::new(
            Code::IncludeOutside,
            span,
            words!("`{file}` is outside the folder of the journey", "`{file}` est hors du dossier du parcours"),
        )
        .note(words!(
            "`include` reads files under the root file's folder and nowhere else",
            "`include` lit sous le dossier du fichier racine et nulle part ailleurs"
        )),
        LoadError::NotText { line, byte } => Diagnostic::new(
            Code::IncludeFailed,
            span,
            words!(
                "line {line} of `{file}` is not UTF-8 text (byte {byte})",
                "la ligne {line} de `{file}` n'est pas du texte UTF-8 (octet {byte})"
            ),
        )
        .help(words!("save the file as UTF-8", "enregistrez le fichier en UTF-8")),
        LoadError::TooLarge => {
            let most = LARGEST_TEXT >> 20;
            let message = words!("`{file}` is larger than {most} MB", "`{file}` dépasse {most} Mo");
            Diagnostic::new(Code::TooLarge, span, message)
        }
        LoadError::Unreadable(why) => {
            Diagnostic::new(Code::IncludeFailed, span, words!("`{file}` cannot be read", "`{file}` ne peut pas être lu"))
                .note(why.clone())
        }
    }
}

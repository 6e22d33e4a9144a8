//! Which versions `jalon diff` compares, and how each is read.

use super::args::DiffOptions;
use super::exit::Trouble;
use super::files::{FolderLoader, Root, read_root};
use super::findings::compiled_root;
use super::git::{Repository, RevisionLoader};
use crate::compile::Compiled;
use crate::resolve::Loader;
use crate::words;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A journey at one of the two versions: how to read it, and what it is called.
pub(super) struct Source {
    name: String,
    from: From,
}

enum From {
    File(PathBuf),
    /// The commit, and the path below the top.
    Commit(String, String),
}

/// A journey in both versions; in one of them it may not be there.
pub(super) struct Both {
    pub(super) old: Option<Source>,
    pub(super) new: Option<Source>,
}

/// A version that has been read.
pub(super) struct Read {
    pub(super) name: String,
    pub(super) root: Root,
    pub(super) compiled: Compiled,
    commit: Option<(Repository, String)>,
}

impl Read {
    /// Loads what it includes, as it was then.
    pub(super) fn loader(&self) -> Box<dyn Loader + '_> {
        loader(&self.root, self.commit.as_ref())
    }
}

fn loader<'a>(root: &Root, commit: Option<&'a (Repository, String)>) -> Box<dyn Loader + 'a> {
    let folder = root.folder.clone();
    match commit {
        Some((repository, commit)) => Box::new(RevisionLoader { repository, commit, folder }),
        None => Box::new(FolderLoader { folder }),
    }
}

/// Reads a version.
pub(super) fn read(source: &Source, repository: Option<&Repository>) -> Result<Read, Trouble> {
    let (root, commit) = match (&source.from, repository) {
        (From::Commit(commit, path), Some(repository)) => {
            let root = repository.root(commit, path)?.ok_or_else(|| Trouble::internal(&"a file that was listed is gone"))?;
            (root, Some((repository.clone(), commit.clone())))
        }
        (From::File(path), _) => (read_root(path)?, None),
        (From::Commit(..), None) => return Err(Trouble::internal(&"a revision without a repository")),
    };
    let compiled = compiled_root(root.clone(), loader(&root, commit.as_ref()).as_ref());
    Ok(Read { name: source.name.clone(), root, compiled, commit })
}

/// Which journeys are compared: two files, or those of two revisions.
pub(super) fn pairs(options: &DiffOptions) -> Result<(Option<Repository>, Vec<Both>), Trouble> {
    let names = &options.what;
    let is_file = |name: &str| Path::new(name).is_file() || name == "-";
    if let [old, new] = names.as_slice()
        && is_file(old)
        && is_file(new)
    {
        let source = |name: &String| Some(Source { name: name.clone(), from: From::File(PathBuf::from(name)) });
        return Ok((None, vec![Both { old: source(old), new: source(new) }]));
    }
    let repository = Repository::around(Path::new("."))?;
    let (revisions, paths) = match names.split_first() {
        Some((first, paths)) => (first.as_str(), paths),
        None => ("HEAD", &[] as &[String]),
    };
    let (old, new) = revisions.split_once("..").map_or((revisions, None), |(old, new)| (old, Some(new)));
    let head = |revision: &str| if revision.is_empty() { "HEAD".to_owned() } else { revision.to_owned() };
    let (old_name, new_name) = (head(old), new.map(head));
    let old = repository.commit(&old_name)?;
    let new = new_name.as_deref().map(|name| repository.commit(name)).transpose()?;
    let renames = repository.renames(&old, new.as_deref())?;
    let (before, after) = (repository.journeys(Some(&old))?, repository.journeys(new.as_deref())?);
    let wanted = |path: &str| {
        paths.is_empty()
            || paths.iter().any(|p| {
                let p = inside(&repository, p);
                p.is_empty() || path == p || path.strip_prefix(p.as_str()).is_some_and(|rest| rest.starts_with('/'))
            })
    };
    let mut found = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let old_source = |path: &str| Source { name: format!("{old_name}:{path}"), from: From::Commit(old.clone(), path.to_owned()) };
    for path in &after {
        let was = renames.iter().find(|(_, to)| to == path).map_or(path, |(from, _)| from);
        let was = Some(was).filter(|w| before.contains(w));
        taken.extend(was.cloned());
        if !wanted(path) && !was.is_some_and(|w| wanted(w)) {
            continue;
        }
        let new_source = match (&new, &new_name) {
            (Some(commit), Some(name)) => {
                Source { name: format!("{name}:{path}"), from: From::Commit(commit.clone(), path.clone()) }
            }
            _ => Source { name: shown(&repository, path), from: From::File(PathBuf::from(shown(&repository, path))) },
        };
        found.push(Both { old: was.map(|w| old_source(w)), new: Some(new_source) });
    }
    let gone = before.iter().filter(|p| !taken.contains(*p) && wanted(p));
    found.extend(gone.map(|path| Both { old: Some(old_source(path)), new: None }));
    if found.is_empty() {
        return Err(Trouble::usage(words!(
            "there is no journey to compare: neither revision has a `.journey` file there",
            "il n'y a aucun parcours à comparer : aucune des deux révisions n'y a de fichier `.journey`"
        )));
    }
    Ok((Some(repository), found))
}

/// A path as given, below the top of the repository.
fn inside(repository: &Repository, path: &str) -> String {
    let given = Path::new(path);
    if given.is_absolute() {
        let top = std::fs::canonicalize(&repository.top).unwrap_or_else(|_| repository.top.clone());
        let real = std::fs::canonicalize(given).unwrap_or_else(|_| given.to_path_buf());
        return real.strip_prefix(top).map_or_else(|_| path.to_owned(), |p| p.display().to_string()).replace('\\', "/");
    }
    let mut parts: Vec<&str> = repository.prefix.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split(['/', '\\']).filter(|p| !p.is_empty() && *p != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// A path below the top, as seen from where one stands.
fn shown(repository: &Repository, path: &str) -> String {
    match path.strip_prefix(repository.prefix.as_str()) {
        Some(rest) => rest.to_owned(),
        None => repository.top.join(path).display().to_string(),
    }
}

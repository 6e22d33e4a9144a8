//! Journeys as they were at a revision: the `git` program is asked, nothing else is read.

use super::exit::{Trouble, reason};
use super::files::{Root, Unfit};
use crate::limits::LARGEST_TEXT;
use crate::resolve::{LoadError, Loader};
use crate::words;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A repository.
#[derive(Clone, Debug)]
pub(super) struct Repository {
    /// Its top folder.
    pub(super) top: PathBuf,
    /// Of the folder that one stands in, below the top; ends with `/` unless empty.
    pub(super) prefix: String,
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>, Trouble> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["--no-optional-locks", "-c", "core.quotepath=off"]).args(arguments);
    match command.output() {
        Ok(output) if output.status.success() => Ok(Some(output.stdout)),
        Ok(_) => Ok(None),
        Err(error) => {
            let why = reason(&error);
            let (en, fr) = (&why.en, &why.fr);
            Err(Trouble::usage(words!("cannot run `git`: {en}", "impossible de lancer `git` : {fr}")))
        }
    }
}

impl Repository {
    /// The repository that a folder stands in.
    pub(super) fn around(folder: &Path) -> Result<Self, Trouble> {
        let line = |what: &str| -> Result<Option<String>, Trouble> {
            let output = git(folder, &["rev-parse", what])?;
            Ok(output.map(|bytes| String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned()))
        };
        let (Some(top), Some(prefix)) = (line("--show-toplevel")?, line("--show-prefix")?) else {
            return Err(Trouble::usage(words!(
                "this is no git repository: name two files, `jalon diff OLD NEW`, or go where the journeys are kept",
                "ce n'est pas un dépôt git : nommez deux fichiers, `jalon diff AVANT APRÈS`, ou allez là où sont les parcours"
            )));
        };
        Ok(Self { top: PathBuf::from(top), prefix })
    }

    /// The commit that a revision stands for.
    pub(super) fn commit(&self, revision: &str) -> Result<String, Trouble> {
        let unknown =
            || Trouble::usage(words!("git knows no revision `{revision}`", "git ne connaît pas de révision `{revision}`"));
        if revision.starts_with('-') || revision.is_empty() {
            return Err(unknown());
        }
        let wanted = format!("{revision}^{{commit}}");
        let found = git(&self.top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?.ok_or_else(unknown)?;
        Ok(String::from_utf8_lossy(&found).trim().to_owned())
    }

    /// The bytes of a file at a commit.
    fn show(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, Trouble> {
        git(&self.top, &["show", "--end-of-options", &format!("{commit}:{path}")])
    }

    /// The journeys of a commit, or of the working tree.
    pub(super) fn journeys(&self, commit: Option<&str>) -> Result<Vec<String>, Trouble> {
        let listed = match commit {
            Some(commit) => git(&self.top, &["ls-tree", "-r", "-z", "--name-only", "--full-tree", "--end-of-options", commit])?,
            None => git(&self.top, &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?,
        };
        let paths = paths(&listed.unwrap_or_default()).into_iter().filter(|p| p.ends_with(".journey"));
        Ok(paths.filter(|p| commit.is_some() || self.top.join(p).is_file()).collect())
    }

    /// Which files have another path at the second revision.
    pub(super) fn renames(&self, old: &str, new: Option<&str>) -> Result<Vec<(String, String)>, Trouble> {
        let mut arguments =
            vec!["diff", "--name-status", "-z", "-M", "--diff-filter=R", "--no-ext-diff", "--end-of-options", old];
        arguments.extend(new);
        let all = paths(&git(&self.top, &arguments)?.unwrap_or_default());
        Ok(all.chunks_exact(3).map(|c| (c[1].clone(), c[2].clone())).collect())
    }

    /// A journey at a commit, as if it were read from a file.
    pub(super) fn root(&self, commit: &str, path: &str) -> Result<Option<Root>, Trouble> {
        let Some(bytes) = self.show(commit, path)? else { return Ok(None) };
        Ok(Some(Root {
            name: path.to_owned(),
            text: text(bytes),
            folder: PathBuf::from(path).parent().map(Path::to_path_buf).unwrap_or_default(),
        }))
    }
}

/// A list that git ends with zeros.
fn paths(bytes: &[u8]) -> Vec<String> {
    bytes.split(|b| *b == 0).filter(|p| !p.is_empty()).map(|p| String::from_utf8_lossy(p).into_owned()).collect()
}

fn text(bytes: Vec<u8>) -> Result<String, Unfit> {
    if bytes.len() > LARGEST_TEXT {
        return Err(Unfit::TooLarge);
    }
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        Unfit::NotText { bytes: e.into_bytes(), at }
    })
}

/// Loads includes as they were at a commit, from the root file's folder and below.
pub(super) struct RevisionLoader<'a> {
    pub(super) repository: &'a Repository,
    pub(super) commit: &'a str,
    /// Below the top of the repository.
    pub(super) folder: PathBuf,
}

impl Loader for RevisionLoader<'_> {
    fn load(&self, from: &str, path: &str) -> Result<(String, String), LoadError> {
        let beside = Path::new(from).parent().unwrap_or(Path::new(""));
        let path = below(beside, path).filter(|p| p.starts_with(&self.folder)).ok_or(LoadError::Outside)?;
        let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let shown = self.repository.show(self.commit, &path);
        let bytes = shown.map_err(|t| LoadError::Unreadable(t.words()))?.ok_or(LoadError::Missing)?;
        let text = text(bytes).map_err(|unfit| match unfit {
            Unfit::TooLarge => LoadError::TooLarge,
            Unfit::NotText { bytes, at } => {
                let (line, byte) = super::unfit::place(&bytes, at);
                LoadError::NotText { line, byte }
            }
        })?;
        Ok((path, text))
    }
}

/// A path counted from a folder, without `.` and `..`; nothing if it leaves the repository.
fn below(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut found: Vec<std::ffi::OsString> = folder.iter().map(std::ffi::OsStr::to_owned).collect();
    for part in Path::new(path).components() {
        match part {
            std::path::Component::Normal(part) => found.push(part.to_owned()),
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                found.pop()?;
            }
            _ => return None,
        }
    }
    Some(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_repository() {
        let at = |path: &str| below(Path::new("a/b"), path).map(|p| p.display().to_string());
        assert_eq!(at("c.journey").as_deref(), Some("a/b/c.journey"));
        assert_eq!(at("../c/./d.journey").as_deref(), Some("a/c/d.journey"));
        assert_eq!(at("../../../d.journey"), None);
        assert_eq!(at("/etc/passwd"), None);
    }
}

//! Reading and writing.

use super::exit::{Trouble, reason};
use crate::limits::LARGEST_TEXT;
use crate::locale::Words;
use crate::resolve::{LoadError, Loader};
use crate::words;
use std::collections::HashSet;
use std::fs::{self, FileType};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A journey's text, the name under which messages show it, and the folder that its includes may not leave.
#[derive(Clone)]
pub(super) struct Root {
    pub(super) name: String,
    pub(super) text: Result<String, Unfit>,
    pub(super) folder: PathBuf,
}

/// Why what was read is no text to compile.
#[derive(Clone, Debug)]
pub(super) enum Unfit {
    /// It is larger than [`LARGEST_TEXT`]; no more than that was read.
    TooLarge,
    /// It is not UTF-8; `at` is the offset of the first byte that is not.
    NotText { bytes: Vec<u8>, at: usize },
}

/// Reads the root: a path (of a file, a pipe or a device), or `-` for standard input.
pub(super) fn read_root(path: &Path) -> Result<Root, Trouble> {
    let name = path.display().to_string();
    let trouble = |why: Words| Trouble::read(&name, &why);
    let (text, name, folder) = if name == "-" {
        let text = read_limited(std::io::stdin().lock()).map_err(|e| trouble(reason(&e)))?;
        (text, "<stdin>".to_owned(), PathBuf::from("."))
    } else {
        if path.is_dir() {
            return Err(trouble(words!(
                "it is a folder: name a `.journey` file in it",
                "c'est un dossier : nommez un fichier `.journey` qu'il contient"
            )));
        }
        let file = fs::File::open(path).map_err(|e| trouble(reason(&e)))?;
        let text = read_limited(file).map_err(|e| trouble(reason(&e)))?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
        (text, name.clone(), folder)
    };
    Ok(Root { name, text, folder })
}

/// Reads to the end, or to one byte more than a text may have.
fn read_limited(from: impl Read) -> std::io::Result<Result<String, Unfit>> {
    let mut bytes = Vec::new();
    from.take(LARGEST_TEXT as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LARGEST_TEXT {
        return Ok(Err(Unfit::TooLarge));
    }
    Ok(String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        Unfit::NotText { bytes: e.into_bytes(), at }
    }))
}

/// Loads includes from the root file's folder and below, and nowhere else.
pub(super) struct FolderLoader {
    pub(super) folder: PathBuf,
}

impl Loader for FolderLoader {
    fn load(&self, from: &str, path: &str) -> Result<(String, String), LoadError> {
        let written = Path::new(path);
        let inside = |p: &Path| {
            p.components().all(|c| {
                matches!(c, std::path::Component::Normal(_) | std::path::Component::CurDir | std::path::Component::ParentDir)
            })
        };
        if !inside(written) {
            return Err(LoadError::Outside);
        }
        let beside = Path::new(from).parent().filter(|_| from != "<stdin>").unwrap_or(&self.folder);
        let path = beside.join(written);
        let root = fs::canonicalize(if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder })
            .map_err(|e| LoadError::Unreadable(reason(&e)))?;
        // Links are followed first: where the file really lies is what counts.
        let real = fs::canonicalize(&path)
            .map_err(|_| if path_leaves(&path, &self.folder) { LoadError::Outside } else { LoadError::Missing })?;
        let Ok(below) = real.strip_prefix(&root) else { return Err(LoadError::Outside) };
        if !real.is_file() {
            return Err(LoadError::Unreadable(words!("it is not a file", "ce n'est pas un fichier")));
        }
        let file = fs::File::open(&real).map_err(|e| LoadError::Unreadable(reason(&e)))?;
        let text = read_limited(file).map_err(|e| LoadError::Unreadable(reason(&e)))?.map_err(|unfit| match unfit {
            Unfit::TooLarge => LoadError::TooLarge,
            Unfit::NotText { bytes, at } => {
                let (line, byte) = super::unfit::place(&bytes, at);
                LoadError::NotText { line, byte }
            }
        })?;
        Ok((self.folder.join(below).display().to_string(), text))
    }
}

/// Whether a path that does not exist would lie outside a folder, by its spelling.
fn path_leaves(path: &Path, folder: &Path) -> bool {
    let mut depth = 0i64;
    let Ok(below) = path.strip_prefix(folder) else { return true };
    for component in below.components() {
        match component {
            std::path::Component::ParentDir => depth -= 1,
            std::path::Component::Normal(_) => depth += 1,
            _ => {}
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// Writes a file whole or not at all: beside its place first, then moved there.
pub(super) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Trouble> {
    let trouble = |e: std::io::Error| Trouble::write(&path.display().to_string(), &reason(&e));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(trouble)?;
    }
    let beside = path.with_extension("part");
    fs::write(&beside, content).map_err(trouble)?;
    fs::rename(&beside, path).map_err(trouble)
}

/// Writes a file piece by piece, whole or not at all: beside its place first, then moved there.
pub(super) fn stream(path: &Path, write: impl FnOnce(&mut fs::File) -> std::io::Result<()>) -> Result<(), Trouble> {
    let trouble = |e: std::io::Error| Trouble::write(&path.display().to_string(), &reason(&e));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(trouble)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = fs::File::create(&beside).and_then(|mut file| write(&mut file)).and_then(|()| fs::rename(&beside, path));
    written.map_err(|e| {
        let _ = fs::remove_file(&beside);
        trouble(e)
    })
}

/// Writes a file of the author's anew, whole or not at all: links are followed, permissions kept.
pub(super) fn rewrite(path: &Path, content: &str) -> Result<(), Trouble> {
    let trouble = |why: &Words| Trouble::write(&path.display().to_string(), why);
    let path = fs::canonicalize(path).map_err(|e| trouble(&reason(&e)))?;
    let permissions = fs::metadata(&path).map_err(|e| trouble(&reason(&e)))?.permissions();
    if permissions.readonly() {
        return Err(trouble(&words!("it is read-only", "il est en lecture seule")));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = fs::write(&beside, content)
        .and_then(|()| fs::set_permissions(&beside, permissions))
        .and_then(|()| fs::rename(&beside, &path));
    written.map_err(|e| {
        let _ = fs::remove_file(&beside);
        trouble(&reason(&e))
    })
}

/// The files of a folder and of the folders in it that are wanted, in the order of their names; hidden ones are passed by, and folders
/// behind links. `seen` is told how many files and folders were come by.
pub(super) fn below(
    folder: &Path,
    wanted: impl Fn(&Path, FileType) -> bool,
    seen: impl Fn(usize) -> Result<(), Trouble>,
) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        let trouble = |e: std::io::Error| Trouble::read(&folder.display().to_string(), &reason(&e));
        for entry in fs::read_dir(&folder).map_err(trouble)? {
            let entry = entry.map_err(trouble)?;
            let kind = entry.file_type().map_err(trouble)?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            count += 1;
            seen(count)?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if wanted(&entry.path(), kind) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The `.journey` files of a folder and of the folders in it, in the order of their names; hidden ones and links are passed by.
pub(super) fn journeys_below(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let journey = |path: &Path, kind: FileType| kind.is_file() && path.extension().is_some_and(|e| e == "journey");
    let found = below(folder, journey, |_| Ok(()))?;
    if found.is_empty() {
        let why = words!("there is no `.journey` file in it", "il ne contient aucun fichier `.journey`");
        return Err(Trouble::read(&folder.display().to_string(), &why));
    }
    Ok(found)
}

/// The journeys that arguments name, those in folders too, each once.
pub(super) fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Trouble> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(journeys_below(path)?);
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
    Ok(files)
}

/// Says something on standard error; that nobody can hear it changes no verdict.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Prints on standard output; a reader that has gone away (`| head`) is no trouble.
pub(super) fn print(text: &str) -> Result<(), Trouble> {
    let mut out = anstream::stdout().lock();
    // What does not end its line stays in a buffer whose last words nobody would hear.
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Trouble::output(&reason(&e))),
        _ => Ok(()),
    }
}

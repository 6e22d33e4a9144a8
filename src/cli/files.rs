//! Reading and writing.

use super::exit::Trouble;
use crate::limits::LARGEST_TEXT;
use crate::resolve::{LoadError, Loader};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A journey's text, the name under which messages show it, and the folder that its includes may not leave.
pub(super) struct Root {
    pub(super) name: String,
    pub(super) text: Result<String, Unfit>,
    pub(super) folder: PathBuf,
}

/// Why what was read is no text to compile.
pub(super) enum Unfit {
    /// It is larger than [`LARGEST_TEXT`]; no more than that was read.
    TooLarge,
    /// It is not UTF-8; `at` is the offset of the first byte that is not.
    NotText { bytes: Vec<u8>, at: usize },
}

/// Reads the root: a path (of a file, a pipe or a device), or `-` for standard input.
pub(super) fn read_root(path: &Path) -> Result<Root, Trouble> {
    let name = path.display().to_string();
    let trouble = |why: String| Trouble::Read { path: name.clone(), why };
    let (text, name, folder) = if name == "-" {
        let text = read_limited(std::io::stdin().lock()).map_err(|e| trouble(said(&e)))?;
        (text, "<stdin>".to_owned(), PathBuf::from("."))
    } else {
        if path.is_dir() {
            return Err(trouble("it is a folder: name a `.journey` file in it".to_owned()));
        }
        let file = fs::File::open(path).map_err(|e| trouble(said(&e)))?;
        let text = read_limited(file).map_err(|e| trouble(said(&e)))?;
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

/// What the system says, without its number.
fn said(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
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
            .map_err(|e| LoadError::Unreadable(said(&e)))?;
        // Links are followed first: where the file really lies is what counts.
        let real = fs::canonicalize(&path)
            .map_err(|_| if path_leaves(&path, &self.folder) { LoadError::Outside } else { LoadError::Missing })?;
        let Ok(below) = real.strip_prefix(&root) else { return Err(LoadError::Outside) };
        if !real.is_file() {
            return Err(LoadError::Unreadable("it is not a file".to_owned()));
        }
        let file = fs::File::open(&real).map_err(|e| LoadError::Unreadable(said(&e)))?;
        let text = read_limited(file).map_err(|e| LoadError::Unreadable(said(&e)))?.map_err(|unfit| match unfit {
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
pub(super) fn write(path: &Path, content: &str) -> Result<(), Trouble> {
    let trouble = |e: std::io::Error| Trouble::Write { path: path.display().to_string(), why: said(&e) };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(trouble)?;
    }
    let beside = path.with_extension("part");
    fs::write(&beside, content).map_err(trouble)?;
    fs::rename(&beside, path).map_err(trouble)
}

/// Says something on standard error; that nobody can hear it changes no verdict.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Prints on standard output; a reader that has gone away (`| head`) is no trouble.
pub(super) fn print(text: &str) -> Result<(), Trouble> {
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Trouble::Write { path: "standard output".to_owned(), why: said(&e) })
        }
        _ => Ok(()),
    }
}

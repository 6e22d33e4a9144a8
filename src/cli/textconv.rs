//! `jalon diff --textconv`: a journey for git's own diff.

use super::args::DiffOptions;
use super::exit::{Exit, Trouble};
use super::files::{Unfit, print, read_root};
use crate::words;
use std::path::Path;

/// A journey as lines that a diff can compare: one blank between words, so that a table which is aligned anew is no change.
pub(super) fn textconv(options: &DiffOptions) -> Result<Exit, Trouble> {
    let [name] = options.what.as_slice() else {
        return Err(Trouble::usage(words!("`--textconv` takes one file", "`--textconv` prend un seul fichier")));
    };
    let root = read_root(Path::new(name))?;
    let text = match root.text {
        Ok(text) => text,
        Err(Unfit::TooLarge) => return Err(Trouble::usage(words!("`{name}` is too large", "`{name}` est trop volumineux"))),
        Err(Unfit::NotText { bytes, .. }) => String::from_utf8_lossy(&bytes).into_owned(),
    };
    let mut sources = crate::diagnostics::Sources::default();
    let file = sources.add(name.clone(), text.clone());
    let text = crate::syntax::format(file, &text).unwrap_or(text);
    print(&text.lines().map(|line| unaligned(line) + "\n").collect::<String>())?;
    Ok(Exit::Fine)
}

/// A line with one blank where there are more, its indent and what stands between quotes apart.
fn unaligned(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let mut out = line[..indent].to_owned();
    let (mut in_text, mut escaped) = (false, false);
    for c in line[indent..].chars() {
        if in_text {
            in_text = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
        } else if c == ' ' && out.ends_with(' ') {
            continue;
        } else {
            in_text = c == '"';
        }
        out.push(c);
    }
    out
}

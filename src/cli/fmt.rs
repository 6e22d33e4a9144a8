//! `jalon fmt`: journeys in their one form.

use super::args::{FmtOptions, Format, Input, PageFormat};
use super::exit::{Exit, Trouble};
use super::files::{Root, named, print, read_root, rewrite, say};
use super::findings::Telling;
use super::policy::Policy;
use super::textdiff::unified;
use super::unfit;
use crate::compile::{Allowances, Compiled};
use crate::diagnostics::Sources;
use crate::locale::Lang;
use crate::syntax;
use crate::words;
use std::path::{Path, PathBuf};

/// A text that is not in its form, and its form.
struct Change {
    path: PathBuf,
    name: String,
    before: String,
    after: String,
}

pub(super) fn fmt(options: &FmtOptions) -> Result<Exit, Trouble> {
    let is_piped = options.files.iter().any(|file| file == Path::new("-"));
    if is_piped && options.files.len() > 1 {
        return Err(Trouble::usage(words!("`-` (standard input) stands alone", "`-` (entrée standard) s'emploie seul")));
    }
    let files = if is_piped { options.files.clone() } else { named(&options.files)? };
    let mut sources = Sources::default();
    let (mut found, mut changes) = (Vec::new(), Vec::new());
    let mut formatted = None;
    for path in files {
        let Root { name, text, .. } = read_root(&path)?;
        let before = match &text {
            Ok(before) => before,
            Err(unfit) => {
                found.push(unfit::finding(&name, unfit, &mut sources));
                continue;
            }
        };
        let file = sources.add(name.clone(), before.clone());
        match syntax::format(file, before) {
            Err(errors) => found.extend(errors),
            Ok(after) if after != *before => {
                formatted = Some(after.clone());
                changes.push(Change { path, name, before: before.clone(), after });
            }
            Ok(after) => formatted = Some(after),
        }
    }
    let is_failed = !found.is_empty() || options.check && !changes.is_empty();
    let exit = if is_failed { Exit::Failed } else { Exit::Fine };
    let compiled = Compiled { sources, diagnostics: found, journey: None, text: None, allowances: Allowances::default() };
    let format = if options.format == PageFormat::Json { Format::Json } else { Format::Human };
    let input = Input { file: PathBuf::from("-"), format, notes: false, deny: None, allow: Vec::new(), lang: options.lang };
    let policy = Policy::default();
    let telling = Telling::new(&input, &compiled, &policy);
    if is_piped && !options.check {
        return match formatted {
            Some(text) => print(&text).map(|()| exit),
            None => telling.report(&compiled.diagnostics).map(|()| exit),
        };
    }
    if !options.check {
        for change in &changes {
            rewrite(&change.path, &change.after)?;
        }
    }
    match options.format {
        PageFormat::Json => print_json(options, &changes, &telling)?,
        PageFormat::Human => {
            telling.show(&compiled.diagnostics);
            for change in &changes {
                tell(options, change, telling.lang)?;
            }
        }
    }
    Ok(exit)
}

/// Says that a file has changed, or would.
fn tell(options: &FmtOptions, change: &Change, lang: Lang) -> Result<(), Trouble> {
    let name = &change.name;
    if options.check {
        print(&unified(name, &change.before, &change.after))?;
        say(words!("`{name}` is not formatted", "`{name}` n'est pas mis en forme").get(lang));
    } else {
        say(words!("`{name}` formatted", "`{name}` mis en forme").get(lang));
    }
    Ok(())
}

fn print_json(options: &FmtOptions, changes: &[Change], telling: &Telling<'_>) -> Result<(), Trouble> {
    let found = &telling.compiled.diagnostics;
    let changes: Vec<_> = changes
        .iter()
        .map(|change| {
            let mut value = serde_json::json!({ "file": change.name });
            if options.check {
                value["diff"] = unified(&change.name, &change.before, &change.after).into();
            }
            value
        })
        .collect();
    let value = serde_json::json!({
        "schema": crate::report::JSON_SCHEMA,
        "ok": found.is_empty() && (changes.is_empty() || !options.check),
        "changes": changes,
        "diagnostics": telling.views(found),
    });
    print(&format!("{value:#}\n"))
}

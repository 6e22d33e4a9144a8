//! What is wrong in a template: which, where, why, and what would do.

use super::known::{Miss, Misses};
use super::{TEMPLATES, Templates};
use crate::diagnostics::closest;
use crate::limits::{LARGEST_DOCUMENT, TEMPLATE_FUEL};
use crate::locale::{Lang, Words};
use crate::words;
use minijinja::{Error, ErrorKind};
use std::fmt;
use unicode_width::UnicodeWidthStr;

/// A document could not be written: a defect of its template, never of the journey.
#[derive(Debug)]
pub struct RenderError {
    words: Words,
    is_own: bool,
}

impl RenderError {
    pub(super) fn new(templates: &Templates, asked: &str, error: &Error, misses: &Misses) -> Self {
        // Of a part that is included, the part's own.
        let mut error = error;
        while let Some(inner) = std::error::Error::source(error).and_then(|e| e.downcast_ref::<Error>()) {
            error = inner;
        }
        let name = error.name().unwrap_or(asked);
        let is_own = templates.own.contains_key(name);
        let shown = if is_own { format!("{}/{name}", templates.folder) } else { name.to_owned() };
        let source = templates.text(name).unwrap_or_default();
        let range = error.range().filter(|range| source.get(range.clone()).is_some());
        let piece = range.clone().and_then(|range| source.get(range));
        let line = error.line();
        let text = line.and_then(|line| source.lines().nth(line - 1));
        let miss = piece.and_then(|piece| misses.last_in(piece)).or_else(|| text.and_then(|text| misses.last_in(text)));
        let (what, notes) = told(templates, error, miss.filter(|_| error.kind() == ErrorKind::UndefinedError));
        let excerpt = text.zip(line).map(|(text, line)| format!("\n{}", excerpt(source, text, line, range))).unwrap_or_default();
        let place = match line {
            Some(line) => words!("template `{shown}`, line {line}", "modèle `{shown}`, ligne {line}"),
            None => words!("template `{shown}`", "modèle `{shown}`"),
        };
        let said = |lang: Lang| {
            let notes: String = notes.iter().map(|note| format!("\n  = {}", note.get(lang))).collect();
            format!("{}{} {}{excerpt}{notes}", place.get(lang), lang.pick(":", " :"), what.get(lang))
        };
        Self { words: Words { en: said(Lang::En), fr: said(Lang::Fr) }, is_own }
    }

    /// A fault of ours.
    pub(in crate::report) fn ours(template: &str, why: &impl fmt::Display) -> Self {
        Self { words: words!("template `{template}`: {why}", "modèle `{template}` : {why}"), is_own: false }
    }

    /// Whether the template is the reader's own, and he can mend it.
    #[must_use]
    pub fn is_of_reader(&self) -> bool {
        self.is_own
    }

    /// What to say: the first line stands alone; the place, what would do and the names that exist follow.
    #[must_use]
    pub fn words(&self) -> Words {
        self.words.clone()
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words.en)
    }
}

impl std::error::Error for RenderError {}

/// What is wrong, and what there is to know of it.
fn told(templates: &Templates, error: &Error, miss: Option<Miss>) -> (Words, Vec<Words>) {
    let detail = error.detail().unwrap_or_default();
    let quoted = detail.split(['"', '\'']).nth(1).unwrap_or(detail);
    match error.kind() {
        ErrorKind::UndefinedError => match miss {
            Some(miss) => missing(&miss),
            None => (
                words!("a name that does not exist here is needed", "il faut ici un nom qui n'existe pas"),
                vec![where_to_look()],
            ),
        },
        ErrorKind::TemplateNotFound => {
            let names: Vec<&str> =
                templates.own.keys().map(String::as_str).chain(TEMPLATES.iter().map(|(name, _)| *name)).collect();
            let near = closest(quoted, names.iter().copied());
            let what = words!("there is no text called `{quoted}`", "aucun texte ne s'appelle `{quoted}`");
            let from = words!(
                "parts and files are taken from the folder of templates, by their path in it, and from nowhere else",
                "les parties et les fichiers viennent du dossier de modèles, par leur chemin dans ce dossier, et de nulle part ailleurs"
            );
            (what, near.map(did_you_mean).into_iter().chain([from]).collect())
        }
        ErrorKind::OutOfFuel => {
            let steps = TEMPLATE_FUEL;
            let what = words!("it was stopped after {steps} steps", "il a été arrêté après {steps} pas");
            (what, vec![words!("does a loop go on for ever?", "une boucle tourne-t-elle sans fin ?")])
        }
        ErrorKind::WriteFailure => {
            let most = LARGEST_DOCUMENT >> 20;
            (words!("the document grows past {most} MB", "le document dépasse {most} Mo"), Vec::new())
        }
        ErrorKind::SyntaxError => (
            words!("it cannot be read", "il est illisible"),
            vec![words!("the engine of templates says: {detail}", "le moteur de modèles dit : {detail}")],
        ),
        ErrorKind::UnknownFilter => asked_for(detail, &words!("filter", "filtre")),
        ErrorKind::UnknownFunction => asked_for(detail, &words!("function", "fonction")),
        ErrorKind::UnknownTest => asked_for(detail, &words!("test", "test")),
        kind => {
            let detail = if detail.is_empty() { kind.to_string() } else { detail.to_owned() };
            (
                words!("it cannot be carried out", "il ne peut pas être suivi"),
                vec![words!("the engine of templates says: {detail}", "le moteur de modèles dit : {detail}")],
            )
        }
    }
}

/// A filter, function or test that nobody knows: `filter upperr is unknown`.
fn asked_for(detail: &str, kind: &Words) -> (Words, Vec<Words>) {
    let name = detail.split(' ').nth(1).unwrap_or(detail);
    let (en, fr) = (&kind.en, &kind.fr);
    (words!("there is no {en} called `{name}`", "aucun {fr} ne s'appelle `{name}`"), vec![where_to_look()])
}

fn missing(miss: &Miss) -> (Words, Vec<Words>) {
    let Miss { name, within, names } = miss;
    let what = if within.is_empty() {
        words!("there is nothing called `{name}`", "rien ne s'appelle `{name}`")
    } else {
        words!("there is no `{name}` in `{within}`", "il n'y a pas de `{name}` dans `{within}`")
    };
    let near = closest(name, names.iter().map(String::as_str)).map(did_you_mean);
    let list = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let all = if within.is_empty() {
        words!("a template is given {list}", "un modèle reçoit {list}")
    } else {
        words!("in `{within}` there are {list}", "dans `{within}` il y a {list}")
    };
    (what, near.into_iter().chain([all, where_to_look()]).collect())
}

fn did_you_mean(near: &str) -> Words {
    words!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")
}

fn where_to_look() -> Words {
    words!("docs/guides/templates.md lists all names", "docs/guides/templates.md donne tous les noms")
}

/// A line, its number before it, and what is wrong underlined.
fn excerpt(source: &str, text: &str, line: usize, range: Option<std::ops::Range<usize>>) -> String {
    let number = line.to_string();
    let gap = " ".repeat(number.len());
    let mut out = format!("{number} | {}", text.replace('\t', " "));
    // What starts on this line, up to its end.
    let start = source.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    let inside = range.filter(|r| r.start >= start && r.start <= start + text.len());
    let marked = inside.and_then(|r| {
        let (from, to) = (r.start - start, r.end.saturating_sub(start).min(text.len()));
        Some((text.get(..from)?.width(), text.get(from..to)?.width().max(1)))
    });
    if let Some((before, long)) = marked {
        out += &format!("\n{gap} | {}{}", " ".repeat(before), "^".repeat(long));
    }
    out
}

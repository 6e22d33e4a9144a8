//! What an author wrote stays text, whatever the document: by its suffix.

use crate::report::{csv, escape};
use minijinja::{AutoEscape, Environment, Error, Value};

/// How a document takes a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// HTML, XML, SVG.
    Markup,
    /// GitHub's flavour.
    Markdown,
    /// A cell of a sheet.
    Csv,
    /// A value with its quotation marks.
    Json,
    /// Words between commands.
    Latex,
    /// As it is, without control characters.
    Plain,
}

/// The suffixes of templates.
const SUFFIXES: [(&str, Escape, &str); 9] = [
    ("html", Escape::Markup, "html"),
    ("htm", Escape::Markup, "html"),
    ("xml", Escape::Markup, "html"),
    ("svg", Escape::Markup, "html"),
    ("md", Escape::Markdown, "markdown"),
    ("csv", Escape::Csv, "csv"),
    ("json", Escape::Json, "json"),
    ("tex", Escape::Latex, "latex"),
    ("txt", Escape::Plain, "plain"),
];

/// How a document of that name is escaped; `None` where it is no template.
pub(super) fn of(name: &str) -> Option<Escape> {
    let suffix = name.rsplit_once('.')?.1;
    SUFFIXES.iter().find(|(known, ..)| suffix == *known).map(|(_, escape, _)| *escape)
}

pub(super) fn install(environment: &mut Environment<'_>) {
    environment.set_auto_escape_callback(|name| {
        let suffix = name.rsplit('.').next().unwrap_or_default();
        let known = SUFFIXES.iter().find(|(known, ..)| suffix == *known);
        AutoEscape::Custom(known.map_or("html", |(_, _, name)| *name).into())
    });
    environment.set_formatter(|out, state, value| {
        if value.is_undefined() {
            // It knows where the value was to come from.
            return minijinja::escape_formatter(out, state, value);
        }
        let escape = match state.auto_escape() {
            AutoEscape::Custom(name) => SUFFIXES.iter().find(|(_, _, known)| name == *known).map(|(_, escape, _)| *escape),
            // `{% autoescape false %}`: the reader answers for it.
            AutoEscape::None => None,
            _ => Some(Escape::Markup),
        };
        match escape {
            Some(escape) if !value.is_safe() => out.write_str(&escaped(escape, value)?).map_err(Error::from),
            _ => out.write_str(&value.to_string()).map_err(Error::from),
        }
    });
}

fn escaped(escape: Escape, value: &Value) -> Result<String, Error> {
    if escape == Escape::Json {
        let refused = |e: serde_json::Error| Error::new(minijinja::ErrorKind::BadSerialization, e.to_string());
        return serde_json::to_string(value).map_err(refused);
    }
    let text = value.to_string();
    Ok(match escape {
        Escape::Markup | Escape::Json => escape::markup(&text),
        Escape::Markdown => escape::markdown(&text),
        Escape::Csv => csv::cell(&csv::text(&text)),
        Escape::Latex => escape::latex(&text),
        Escape::Plain => escape::plain(&text),
    })
}

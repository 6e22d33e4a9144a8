//! Templates: strict, and escaped for the document that they write.
//!
//! HTML escapes what is special in HTML; Markdown what GitHub's flavour would take for markup, and what would end the cell of
//! a table. Characters that documents may not hold are dropped. A template that names what does not exist is an error.

use super::escape;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use serde::Serialize;
use std::fmt;

/// A document could not be written: a defect of its template, never of the author's text.
#[derive(Debug)]
pub struct RenderError(minijinja::Error);

impl From<serde_json::Error> for RenderError {
    fn from(error: serde_json::Error) -> Self {
        Self(minijinja::Error::new(minijinja::ErrorKind::BadSerialization, error.to_string()))
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

impl std::error::Error for RenderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

const HTML: (&str, &str) = ("report.html", include_str!("../../templates/report.html"));
const MARKDOWN: (&str, &str) = ("report.md", include_str!("../../templates/report.md"));
const EXAM: (&str, &str) = ("exam.html", include_str!("../../templates/exam.html"));
const STYLE: &str = include_str!("../../templates/report.css");
/// The script of the page, to the byte.
pub(super) const SCRIPT: &str = include_str!("../../templates/report.js");

/// The page, with a drawing that is already SVG, the data of its script, and the digest by which its policy knows the script.
pub(super) fn html(view: &impl Serialize, map_svg: &str, data: &str, digest: &str) -> Result<String, RenderError> {
    let safe = |text: &str| Value::from_safe_string(text.to_owned());
    let page = context! {
        v => Value::from(Serde(view)), map => safe(map_svg), style => safe(STYLE), script => safe(SCRIPT), data => safe(data),
        digest => safe(digest),
    };
    render(HTML, &page)
}

/// The Markdown document, with a drawing that is already Mermaid.
pub(super) fn markdown(view: &impl Serialize, drawing: &str) -> Result<String, RenderError> {
    render(MARKDOWN, &context! { v => Value::from(Serde(view)), drawing => Value::from_safe_string(drawing.to_owned()) })
}

/// A paper or a key, with one drawing per block that is already SVG (empty for blocks that are none).
pub(super) fn exam(view: &impl Serialize, maps: &[&str]) -> Result<String, RenderError> {
    let maps: Vec<Value> = maps.iter().map(|svg| Value::from_safe_string((*svg).to_owned())).collect();
    render(EXAM, &context! { v => Value::from(Serde(view)), maps => maps })
}

fn render((name, source): (&'static str, &'static str), context: &Value) -> Result<String, RenderError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = minijinja::syntax::SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().map_err(RenderError)?);
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("md") => AutoEscape::Custom("markdown".into()),
        _ => AutoEscape::Html,
    });
    environment.set_formatter(|out, state, value| {
        if value.is_undefined() {
            return Err(minijinja::Error::from(minijinja::ErrorKind::UndefinedError));
        }
        let text = value.to_string();
        let escaped = match state.auto_escape() {
            _ if value.is_safe() => text,
            AutoEscape::Custom(_) => escape::markdown(&text),
            _ => escape::markup(&text),
        };
        out.write_str(&escaped).map_err(minijinja::Error::from)
    });
    environment.add_template(name, source).map_err(RenderError)?;
    environment.get_template(name).and_then(|template| template.render(context)).map_err(RenderError)
}

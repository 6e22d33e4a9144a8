//! Templates: strict, escaped for the document that they write, ours or the reader's own.
//!
//! Comes in: what a document says, as names and values, and a set of templates. Goes out: the document, or a [`RenderError`] that
//! says which template, which line and which names there are. What must hold: a template that names what does not exist is an
//! error; what an author wrote is escaped by the suffix of the document; a template reads nothing but the texts of its set, and
//! comes to an end.

mod error;
mod escapes;
mod known;

pub use error::RenderError;

use super::digest;
use crate::limits::{LARGEST_DOCUMENT, TEMPLATE_FUEL};
use known::{Known, Misses};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// Our own, by the names under which the reader may replace them: documents, and what they are made of.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("report.html", include_str!("../../templates/report.html")),
    ("report.css", include_str!("../../templates/report.css")),
    ("report.js", include_str!("../../templates/report.js")),
    ("report.md", include_str!("../../templates/report.md")),
    ("persona.html", include_str!("../../templates/persona.html")),
    ("touchpoints.html", include_str!("../../templates/touchpoints.html")),
    ("win_back.html", include_str!("../../templates/win_back.html")),
    ("sheet.css", include_str!("../../templates/sheet.css")),
];

const EXAM: (&str, &str) = ("exam.html", include_str!("../../templates/exam.html"));

/// The version of what templates are given; within one, names are added, none goes or changes its meaning.
pub const VIEW_VERSION: u32 = 1;

/// Templates by name: the reader's own before ours.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    /// The folder that the reader's own come from, as messages call it.
    folder: String,
    own: BTreeMap<String, String>,
}

impl Templates {
    /// The texts of a folder, by their paths in it, with `/` between the parts; those called like ours replace ours.
    #[must_use]
    pub fn of(folder: &str, own: BTreeMap<String, String>) -> Self {
        Self { folder: folder.to_owned(), own }
    }

    /// Whether a file of that name in a folder of templates is a template by its suffix.
    #[must_use]
    pub fn is_template(name: &str) -> bool {
        escapes::of(name).is_some()
    }

    /// The documents that the reader adds: templates of his at the top of the folder that are not called like ours, and whose name
    /// does not start with `_`, which marks a part of others.
    pub(super) fn added(&self) -> impl Iterator<Item = &str> {
        let names = self.own.keys().map(String::as_str);
        names.filter(|name| {
            let part = name.starts_with('_') || name.contains('/');
            !part && Self::is_template(name) && !TEMPLATES.iter().any(|(ours, _)| ours == name)
        })
    }

    /// The text of that name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let ours = || TEMPLATES.iter().chain([&EXAM]).find(|(ours, _)| *ours == name).map(|(_, text)| *text);
        self.own.get(name).map(String::as_str).or_else(ours)
    }

    /// Writes a document by the template of that name.
    pub(super) fn render(&self, name: &str, given: &Given) -> Result<String, RenderError> {
        let misses = Misses::default();
        self.rendered(name, given, &misses).map_err(|e| RenderError::new(self, name, &e, &misses))
    }

    fn rendered(&self, name: &str, given: &Given, misses: &Misses) -> Result<String, Error> {
        let environment = self.environment()?;
        let context = Known::root(&given.data, &given.safe, misses);
        // Memory that is not written to costs nothing; a document that does not fit into it is refused.
        let mut document = vec![0; LARGEST_DOCUMENT];
        let mut room = document.as_mut_slice();
        environment.get_template(name)?.render_captured_to(context, &mut room)?;
        let left = room.len();
        document.truncate(LARGEST_DOCUMENT - left);
        document.shrink_to_fit();
        String::from_utf8(document).map_err(|e| Error::new(ErrorKind::WriteFailure, e.to_string()))
    }

    fn environment(&self) -> Result<Environment<'_>, Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_debug(true);
        environment.set_fuel(Some(TEMPLATE_FUEL));
        let mut syntax = minijinja::syntax::SyntaxConfig::builder();
        syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
        environment.set_syntax(syntax.build()?);
        escapes::install(&mut environment);
        // Of the set and of nowhere else: a name is no path.
        let texts: BTreeMap<String, String> = TEMPLATES
            .iter()
            .chain([&EXAM])
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .chain(self.own.clone())
            .collect();
        let files = texts.clone();
        environment.set_loader(move |name| Ok(texts.get(name).cloned()));
        environment.add_function("file", move |name: &str| {
            let no_file = || Error::new(ErrorKind::TemplateNotFound, format!("template {name:?} does not exist"));
            files.get(name).map(|text| Value::from_safe_string(text.clone())).ok_or_else(no_file)
        });
        Ok(environment)
    }
}

/// What a template is given, by name.
#[derive(Clone, Default)]
pub(super) struct Given {
    data: serde_json::Map<String, serde_json::Value>,
    safe: Vec<(&'static str, Value)>,
}

impl Given {
    /// Values, whose texts are escaped where they are written.
    ///
    /// # Errors
    /// Never in practice: all that documents say can be written as JSON.
    pub(super) fn data(mut self, name: &str, value: &impl Serialize) -> Result<Self, RenderError> {
        let value = serde_json::to_value(value).map_err(|e| RenderError::ours(name, &e))?;
        self.data.insert(name.to_owned(), value);
        Ok(self)
    }

    /// A text that is already fit for its document.
    pub(super) fn safe(mut self, name: &'static str, text: &str) -> Self {
        self.safe.push((name, Value::from_safe_string(text.to_owned())));
        self
    }

    /// Texts that are already fit for their document.
    fn all_safe(mut self, name: &'static str, texts: &[&str]) -> Self {
        let texts: Vec<Value> = texts.iter().map(|text| Value::from_safe_string((*text).to_owned())).collect();
        self.safe.push((name, Value::from(texts)));
        self
    }
}

/// What the documents of a run are given beside the view: texts that are already fit for theirs.
#[derive(Clone, Copy, Default)]
pub(super) struct Drawn<'a> {
    /// The map, an `<svg>` element; empty without one.
    pub map: &'a str,
    /// The journey as a Mermaid flowchart.
    pub drawing: &'a str,
    /// The data of the script of the page.
    pub data: &'a str,
}

/// What the documents of a run are given.
pub(super) fn given(templates: &Templates, view: &impl Serialize, drawn: Drawn<'_>) -> Result<Given, RenderError> {
    let [style, script] = ["report.css", "report.js"].map(|name| templates.text(name).unwrap_or_default());
    let Drawn { map, drawing, data } = drawn;
    let given = Given::default().data("v", view)?.safe("map", map).safe("drawing", drawing);
    // The policy of the page knows the script by its digest.
    Ok(given.safe("style", style).safe("script", script).safe("data", data).safe("digest", &digest::of_script(script)))
}

/// A paper or a key, with one drawing per block that is already SVG (empty for blocks that are none).
pub(super) fn exam(view: &impl Serialize, maps: &[&str]) -> Result<String, RenderError> {
    Templates::default().render(EXAM.0, &Given::default().data("v", view)?.all_safe("maps", maps))
}

#[cfg(test)]
mod tests;

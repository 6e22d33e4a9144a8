//! Figures → documents: where numbers become words and pages.
//!
//! Comes in: a program, its [`Figures`](crate::measure::Figures) and what the key ones hang on. Goes out: one string per document, which `cli` writes
//! where the reader wants it.
//!
//! ```text
//! figures ─▶ view (strings and lists, formatted and localised in Rust) ─┬▶ html      a page for a board, the map inside
//!                                                                      ├▶ markdown  the same, with a Mermaid drawing
//!                                                                      ├▶ documents these two, sheets of personas, tables for print,
//!                                                                      │            and what the reader's own templates make of it
//!                                                                      └▶ terminal  what `jalon run` prints
//! figures ─┬▶ json  every number at full precision, `docs/json.md`
//!          ├▶ csv   every table of the page as a sheet, `docs/csv.md`
//!          └▶ map   the journey map, laid out by our own code (SVG) ─▶ png  the same as pixels, with a font of our own
//! why, tale ─▶ story  where a figure comes from, what happened to one customer
//! variant of an exam ─▶ exam  the paper, its key, and what learning platforms read
//! ```
//!
//! What must hold: templates compute nothing and name nothing that does not exist (strict undefined); every text of the author
//! is escaped for the document that it stands in; every figure says how it was obtained and which of the three spreads
//! (precision, chance, evidence) it shows; one file per format.

mod csv;
pub mod difference;
mod digest;
mod documents;
mod escape;
mod exam;
mod fractions;
pub mod gate;
mod json;
mod levers;
pub mod map;
mod mermaid;
mod only;
mod picture;
mod png;
mod story;
mod template;
mod terminal;
mod tornado;
mod view;

#[cfg(test)]
mod support;
#[cfg(test)]
mod tests;

pub use csv::{write_attribution_csv, write_campaign_csv, write_csv, write_figures_csv, write_sheets};
pub use documents::write_documents;
pub use exam::{
    Block, Class, IndexLine, Paper, key, paper, write_exam_docx, write_exam_html, write_exam_markdown, write_gift, write_index,
    write_moodle,
};
pub use fractions::write_fractions_terminal;
pub use json::{FINDINGS_SCHEMA, JSON_SCHEMA, REPORT_SCHEMA, write_json};
pub use levers::{Answer, Asked, write_find_json, write_find_terminal, write_levers_json, write_levers_terminal};
pub use levers::{write_levers_csv, write_tornado_csv};
pub use mermaid::write_mermaid;
pub use only::{Only, write_only_json, write_only_terminal};
pub use png::{FOR_A_PAGE, Picture, PngError, SHARP, write_png};
pub use story::{Start, Told, parse_start, write_tale_json, write_tale_terminal, write_why_json, write_why_terminal};
pub use template::{RenderError, TEMPLATES, Templates, VIEW_VERSION};
pub use terminal::write_terminal;
pub use view::why_declined;

use crate::levers::KeyLevers;
use crate::story::KeyStory;

/// What is known of the key figures beside their values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keys<'a> {
    /// What they hang on.
    pub levers: &'a [KeyLevers],
    /// Where they come from.
    pub stories: &'a [KeyStory],
}

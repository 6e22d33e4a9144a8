//! The report as Markdown in GitHub's flavour, with a drawing that GitHub shows.

use super::Keys;
use super::template::{self, Drawn, RenderError, Templates};
use super::view::View;
use super::write_mermaid;
use crate::locale::Lang;
use crate::measure::Figures;
use crate::model::Program;

/// The document. `keys`: what the key figures hang on.
///
/// # Errors
/// Only if the template is at fault.
pub fn write_markdown(program: &Program, figures: &Figures, keys: Keys<'_>, lang: Lang) -> Result<String, RenderError> {
    let ours = Templates::default();
    let drawn = Drawn { drawing: &write_mermaid(program, figures, lang), ..Drawn::default() };
    ours.render("report.md", &template::given(&ours, &View::new(program, figures, keys, lang), drawn)?)
}

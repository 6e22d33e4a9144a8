//! The report as Markdown in GitHub's flavour, with a drawing that GitHub shows.

use super::template::{self, Drawn, RenderError, Templates};
use super::view::View;
use super::write_mermaid;
use crate::levers::KeyLevers;
use crate::locale::Lang;
use crate::measure::Figures;
use crate::model::Program;

/// The document. `levers`: what the key figures hang on.
///
/// # Errors
/// Only if the template is at fault.
pub fn write_markdown(program: &Program, figures: &Figures, levers: &[KeyLevers], lang: Lang) -> Result<String, RenderError> {
    let ours = Templates::default();
    let drawn = Drawn { drawing: &write_mermaid(program, figures, lang), ..Drawn::default() };
    ours.render("report.md", &template::given(&ours, &View::new(program, figures, levers, lang), drawn)?)
}

//! The documents that templates write: ours, and those that the reader adds.

use super::Keys;
use super::template::{self, Drawn, Given, RenderError, Templates};
use super::view::{Labels, Pen, Script, View};
use super::write_mermaid;
use crate::diagnostics::Sources;
use crate::locale::Lang;
use crate::measure::Figures;
use crate::model::Program;

/// Name and content of each, the page first. `keys`: what is known of the key figures; `map_svg` is the map as an `<svg>` element; `sources` are
/// the texts of the journey, to say in which line something stands.
///
/// # Errors
/// If a template is at fault.
pub fn write_documents(
    program: &Program,
    figures: &Figures,
    keys: Keys<'_>,
    map_svg: &str,
    sources: &Sources,
    lang: Lang,
    templates: &Templates,
) -> Result<Vec<(String, String)>, RenderError> {
    let view = View::new(program, figures, keys, lang);
    let drawing = write_mermaid(program, figures, lang);
    let data = data(program, figures, &view, sources, lang)?;
    let given = template::given(templates, &view, Drawn { map: map_svg, drawing: &drawing, data: &data })?;
    let mut documents = Vec::new();
    let mut write = |document: String, template: &str, given: &Given| {
        documents.push((document, templates.render(template, given)?));
        Ok(())
    };
    for name in ["report.html", "report.md", "touchpoints.html"] {
        write(name.to_owned(), name, &given)?;
    }
    if view.win_back.is_some() {
        write("win_back.html".to_owned(), "win_back.html", &given)?;
    }
    for sheet in &view.sheets {
        write(format!("persona-{}.html", sheet.name), "persona.html", &given.clone().data("persona", sheet)?)?;
    }
    for name in templates.added() {
        write(name.to_owned(), name, &given)?;
    }
    Ok(documents)
}

/// What the script of the page works on, as JSON that may stand in a `<script>` element.
fn data(program: &Program, figures: &Figures, view: &View, sources: &Sources, lang: Lang) -> Result<String, RenderError> {
    let cards: Vec<_> = view.headline.iter().chain(&view.others).collect();
    let script = Script::new(&Pen::new(program, figures, lang), &Labels::new(lang), &cards, sources);
    script.json().map_err(|e| RenderError::ours("report.html", &e))
}

//! A page for a board: one file, no network, readable on paper, in the dark and by a screen reader. Its one script, which chooses,
//! sorts and shows, is known to the page's policy by its digest; without it everything is there.

use super::Keys;
use super::template::{self, Drawn, RenderError, Templates};
use super::view::{Labels, Pen, Script, View};
use crate::diagnostics::Sources;
use crate::locale::Lang;
use crate::measure::Figures;
use crate::model::Program;

/// The page. `keys`: what is known of the key figures; `map_svg` is the map as an `<svg>` element, empty without a map; `sources` are
/// the texts of the journey, to say in which line something stands.
///
/// # Errors
/// Only if the template is at fault.
pub fn write_html(
    program: &Program,
    figures: &Figures,
    keys: Keys<'_>,
    map_svg: &str,
    sources: &Sources,
    lang: Lang,
) -> Result<String, RenderError> {
    let view = View::new(program, figures, keys, lang);
    let data = data(program, figures, &view, sources, lang)?;
    let ours = Templates::default();
    ours.render("report.html", &template::given(&ours, &view, Drawn { map: map_svg, data: &data, drawing: "" })?)
}

/// What the script of the page works on, as JSON that may stand in a `<script>` element.
pub(super) fn data(
    program: &Program,
    figures: &Figures,
    view: &View,
    sources: &Sources,
    lang: Lang,
) -> Result<String, RenderError> {
    let cards: Vec<_> = view.headline.iter().chain(&view.others).collect();
    let script = Script::new(&Pen::new(program, figures, lang), &Labels::new(lang), &cards, sources);
    script.json().map_err(|e| RenderError::ours("report.html", &e))
}

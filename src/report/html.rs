//! A page for a board: one file, no network, no script, readable on paper, in the dark and by a screen reader.

use super::template::{self, RenderError};
use super::view::View;
use crate::levers::KeyLevers;
use crate::locale::Lang;
use crate::measure::Figures;
use crate::model::Program;

/// The page. `levers`: what the key figures hang on; `map_svg` is the map as an `<svg>` element, empty without a map.
///
/// # Errors
/// Only if the template is at fault.
pub fn write_html(
    program: &Program,
    figures: &Figures,
    levers: &[KeyLevers],
    map_svg: &str,
    lang: Lang,
) -> Result<String, RenderError> {
    template::html(&View::new(program, figures, levers, lang), map_svg)
}

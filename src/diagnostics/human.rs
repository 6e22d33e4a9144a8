//! The page that people read, drawn by annotate-snippets.

use super::{Diagnostic, Sources};
use crate::locale::Lang;

/// One page per finding.
#[must_use]
pub fn render(_diagnostics: &[Diagnostic], _sources: &Sources, _lang: Lang, _colour: bool) -> String {
    String::new()
}

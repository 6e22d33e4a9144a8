//! Papers and keys for print: A4, black and white, one file.

use super::blocks::{Block, Paper};
use crate::report::template::{self, RenderError};

/// The page. Maps are drawn in it.
///
/// # Errors
/// Only if the template is at fault.
pub fn write_exam_html(paper: &Paper) -> Result<String, RenderError> {
    let maps: Vec<&str> =
        paper.blocks.iter().map(|block| if let Block::Map { svg, .. } = block { svg.as_str() } else { "" }).collect();
    template::exam(paper, &maps)
}

//! What changed in a text, as people read it.

use similar::TextDiff;

/// A unified diff with three lines around each change; empty where nothing changed.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().context_radius(3).header(name, name).to_string()
}

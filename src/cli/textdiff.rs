//! What a change of a text is, as a unified diff.

use similar::TextDiff;

/// The change from `before` to `after`, with three lines around each; empty if there is none.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().context_radius(3).header(name, name).to_string()
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn a_change_in_a_line() {
        let after = "a\nb\nc\nd\nE\nf\n";
        let expected = "--- x\n+++ x\n@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f\n";
        assert_eq!(unified("x", "a\nb\nc\nd\ne\nf\n", after), expected);
    }

    #[test]
    fn no_line_end_at_the_end() {
        assert_eq!(unified("x", "a", "a\n"), "--- x\n+++ x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
    }

    #[test]
    fn nothing_changed() {
        assert_eq!(unified("x", "a\n", "a\n"), "");
    }
}

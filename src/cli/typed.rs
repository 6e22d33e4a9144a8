//! Measures and values typed behind a flag: read as lines of the journey that stand in no file, told of as what was typed.

use crate::compile::Compiled;
use crate::diagnostics::{Diagnostic, Severity, Span, has_errors};

/// Whether there are errors, all of them in lines that were typed behind these flags: it is the command that is wrong, not the journey.
pub(super) fn all_in(compiled: &Compiled, flags: &[&str]) -> bool {
    let typed =
        |d: &Diagnostic| d.severity != Severity::Error || flags.contains(&compiled.sources.get(d.span().file).name.as_str());
    has_errors(&compiled.diagnostics) && compiled.diagnostics.iter().all(typed)
}

/// Shows what was typed behind the flag for the `nth` time (from 0) in the place of the line that was made of it, which has `before`
/// in front, and points into it. Only for what is shown and not read again.
pub(super) fn as_typed(compiled: &mut Compiled, flag: &str, nth: usize, before: &str, typed: &str) {
    let typed = typed.replace(['\n', '\r'], " ");
    let file = compiled.sources.iter().filter(|(_, source)| source.name == flag).map(|(file, _)| file).nth(nth);
    let Some(file) = file else { return };
    let moved = |span: &mut Span| {
        if span.file == file {
            let within = |at: u32| (at as usize).saturating_sub(before.len()).min(typed.len());
            *span = Span::new(file, within(span.start), within(span.end));
        }
    };
    for diagnostic in &mut compiled.diagnostics {
        diagnostic.labels.iter_mut().for_each(|label| moved(&mut label.span));
        diagnostic.help.iter_mut().filter_map(|help| help.edit.as_mut()).for_each(|edit| moved(&mut edit.span));
    }
    compiled.sources.replace(file, typed);
}

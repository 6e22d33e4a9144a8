//! Measures and values typed behind a flag: read as lines of the journey that stand in no file, told of as what was typed.

use super::args::Input;
use super::exit::Trouble;
use super::findings;
use crate::compile::Compiled;
use crate::diagnostics::{Diagnostic, Severity, Span, has_errors};
use crate::model::{Kpi, Program};

/// What the kpis are called that carry measures: written so that no journey is likely to have such.
const NAME: &str = "jalon_typed_";

/// The journey with a kpi for each measure that was typed behind a flag, [`kpis`] in their order.
pub(super) fn with_measures(input: &Input, flag: &'static str, measures: &[String]) -> Result<Compiled, Trouble> {
    let before = |at: usize| format!("kpi {NAME}{at} = ");
    let line = |(at, measure): (usize, &String)| (flag, format!("{}{}\n", before(at), measure.replace(['\n', '\r'], " ")));
    let lines: Vec<_> = measures.iter().enumerate().map(line).collect();
    let mut compiled = findings::compiled_with(input, &lines)?;
    if compiled.journey.is_none() {
        for (at, measure) in measures.iter().enumerate() {
            as_typed(&mut compiled, flag, at, &before(at), measure);
        }
    }
    Ok(compiled)
}

/// The kpis that carry what was typed.
pub(super) fn kpis(program: &Program) -> impl Iterator<Item = &Kpi> {
    program.kpis.iter().filter(|kpi| kpi.name.name.starts_with(NAME))
}

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

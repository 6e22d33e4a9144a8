//! `jalon check`: what is wrong, without computing.

use super::args::{CheckOptions, Format};
use super::exit::{Exit, Trouble};
use super::files::say;
use super::findings;
use crate::diagnostics::has_errors;
use crate::words;

pub(super) fn check(options: &CheckOptions) -> Result<Exit, Trouble> {
    let compiled = findings::compiled(&options.input)?;
    let lang = findings::language(&options.input, &compiled);
    let exit = if has_errors(&compiled.diagnostics) { Exit::Failed } else { Exit::Fine };
    findings::report(&options.input, &compiled.diagnostics, &compiled.sources, lang)?;
    if let (Format::Human, Some(journey)) = (options.input.format, &compiled.journey) {
        let (name, states) = (&journey.program.base.name.name, journey.chains[0].states.len());
        say(words!("`{name}` is sound ({states} states)", "`{name}` tient ({states} états)").get(lang));
    }
    Ok(exit)
}

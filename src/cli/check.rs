//! `jalon check`: what is wrong, without computing.

use super::args::{CheckOptions, Format};
use super::exit::{Exit, Trouble};
use super::files::say;
use super::findings::{self, Telling};
use super::fix;
use super::policy::Policy;
use crate::diagnostics::{Diagnostic, has_errors};
use crate::locale::Words;
use crate::words;

pub(super) fn check(options: &CheckOptions) -> Result<Exit, Trouble> {
    let policy = Policy::of(&options.input)?;
    if options.fix {
        return fix::fix(&options.input, &policy);
    }
    let compiled = findings::compiled(&options.input)?;
    let telling = Telling::new(&options.input, &compiled, &policy);
    told(&telling).map_err(|t| t.told_in(telling.lang))
}

/// Says what was found, and settles the exit code by it.
pub(super) fn told(telling: &Telling<'_>) -> Result<Exit, Trouble> {
    let said = telling.judged(None);
    let exit = if has_errors(&said) { Exit::Failed } else { Exit::Fine };
    telling.report(&said)?;
    if matches!(telling.input.format, Format::Human | Format::Plain)
        && let Some(last) = last_line(telling, &said)
    {
        say(last.get(telling.lang));
    }
    Ok(exit)
}

/// That the journey is sound, if it is, and how many notes there are that were not shown.
fn last_line(telling: &Telling<'_>, said: &[Diagnostic]) -> Option<Words> {
    let sound = telling.compiled.journey.as_ref().filter(|_| !has_errors(said)).map(|journey| {
        let (name, states) = (&journey.program.base.name.name, journey.chains[0].states.len());
        words!("`{name}` is sound ({states} states)", "`{name}` tient ({states} états)")
    });
    match (sound, telling.notes_left(said)) {
        (Some(sound), Some(notes)) => {
            Some(Words { en: format!("{}; {}", sound.en, notes.en), fr: format!("{} ; {}", sound.fr, notes.fr) })
        }
        (sound, notes) => sound.or(notes),
    }
}

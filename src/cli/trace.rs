//! `jalon trace`: one customer's journey, step by step.

use super::args::{Format, TraceOptions};
use super::exit::{Exit, Trouble};
use super::findings::{self, Telling};
use super::policy::Policy;
use super::{check, files};
use crate::compile::Journey;
use crate::diagnostics::{closest, has_errors};
use crate::model::{GoalId, PersonaId};
use crate::report::{self, Told};
use crate::story;
use crate::words;
use std::io::IsTerminal;

pub(super) fn trace(options: &TraceOptions) -> Result<Exit, Trouble> {
    let policy = Policy::of(&options.input)?;
    let compiled = findings::compiled(&options.input)?;
    let telling = Telling::new(&options.input, &compiled, &policy);
    let Some(journey) = &compiled.journey else { return telling.refuse() };
    told(options, journey, &telling).map_err(|t| t.told_in(telling.lang))
}

fn told(options: &TraceOptions, journey: &Journey, telling: &Telling<'_>) -> Result<Exit, Trouble> {
    let start = options.start.as_deref().map(|text| report::parse_start(text).ok_or_else(|| no_date(text))).transpose()?;
    let (customer, median) = match &options.like {
        Some(name) => {
            let (customer, goal) = like(journey, options.seed, name)?;
            (customer, Some(goal))
        }
        None => (options.customer.unwrap_or(1) - 1, None),
    };
    let tale = story::tale(journey, options.seed, customer).ok_or_else(nobody)?;
    let chain = journey.chains.first().ok_or_else(nobody)?;
    let told = Told { program: &journey.program, chain, tale: &tale, seed: options.seed, start, median };
    let said = telling.judged(None);
    let exit = if has_errors(&said) { Exit::Failed } else { Exit::Fine };
    match telling.input.format {
        Format::Human | Format::Plain => {
            telling.show(&said);
            let colour = telling.input.format == Format::Human && std::io::stdout().is_terminal();
            files::print(&report::write_tale_terminal(&told, colour))?;
        }
        Format::Json => {
            let json = report::write_tale_json(&told, &telling.views(&said));
            files::print(&json.map_err(|e| Trouble::internal(&e))?)?;
        }
        Format::Sarif | Format::Github => {
            files::say(report::write_tale_terminal(&told, false).trim_end());
            return check::told(telling);
        }
    }
    Ok(exit)
}

fn like(journey: &Journey, seed: u64, name: &str) -> Result<(u64, Option<GoalId>), Trouble> {
    let personas = &journey.program.base.personas;
    let at = personas.iter().position(|persona| persona.name.name == name).ok_or_else(|| {
        let names: Vec<&str> = personas.iter().map(|persona| persona.name.name.as_str()).collect();
        Trouble::usage(match closest(name, names.iter().copied()) {
            Some(near) => words!(
                "`--like {name}`: there is no such persona: did you mean `{near}`?",
                "`--like {name}` : ce persona n'existe pas : vouliez-vous dire `{near}` ?"
            ),
            None => {
                let all = names.join(", ");
                words!(
                    "`--like {name}`: there is no such persona; there are: {all}",
                    "`--like {name}` : ce persona n'existe pas ; il y a : {all}"
                )
            }
        })
    })?;
    story::median_like(journey, seed, PersonaId::new(at)).ok_or_else(|| {
        Trouble::usage(words!(
            "`--like {name}`: no customer drawn is of this persona; does anybody arrive who is?",
            "`--like {name}` : aucun client tiré n'est de ce persona ; en arrive-t-il ?"
        ))
    })
}

fn nobody() -> Trouble {
    Trouble::usage(words!("nobody arrives in this journey", "personne n'arrive dans ce parcours"))
}

fn no_date(text: &str) -> Trouble {
    Trouble::usage(words!(
        "`--start {text}`: not a date: write `2026-09-05`, or `2026-09-05T18:30`",
        "`--start {text}` : ce n'est pas une date : écrivez `2026-09-05`, ou `2026-09-05T18:30`"
    ))
}

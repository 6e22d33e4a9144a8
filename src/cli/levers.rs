//! `jalon levers`: what a figure hangs on, in the order of what to work on.

use super::args::{Format, LeversOptions};
use super::exit::{Exit, Trouble};
use super::findings::{self, Telling};
use super::policy::Policy;
use super::{check, files};
use crate::compile::Journey;
use crate::diagnostics::{closest, has_errors};
use crate::levers::{Unsolved, default_measure, kpi_measure, levers};
use crate::locale::Words;
use crate::model::{KpiId, Measure};
use crate::plan::main_goal;
use crate::report;
use crate::words;
use std::io::IsTerminal;

pub(super) fn levers_of(options: &LeversOptions) -> Result<Exit, Trouble> {
    let policy = Policy::of(&options.input)?;
    let compiled = findings::compiled(&options.input)?;
    let telling = Telling::new(&options.input, &compiled, &policy);
    let Some(journey) = &compiled.journey else { return telling.refuse() };
    told(options, journey, &telling).map_err(|t| t.told_in(telling.lang))
}

fn told(options: &LeversOptions, journey: &Journey, telling: &Telling<'_>) -> Result<Exit, Trouble> {
    let (measure, name, label) = wanted(options, journey)?;
    let found = levers(telling.compiled, journey, &measure, options.swing.as_ref()).map_err(|why| unsolved(&label, why))?;
    let said = telling.judged(None);
    let exit = if has_errors(&said) { Exit::Failed } else { Exit::Fine };
    let (program, locale) = (&journey.program, journey.program.base.locale);
    let page = |colour| report::write_levers_terminal(program, &found, &label, locale, colour);
    match telling.input.format {
        Format::Human | Format::Plain => {
            telling.show(&said);
            files::print(&page(telling.input.format == Format::Human && std::io::stdout().is_terminal()))?;
        }
        Format::Json => {
            let views = telling.views(&said);
            let json = report::write_levers_json(program, &found, (name.as_deref(), &label), &views);
            files::print(&json.map_err(|e| Trouble::internal(&e))?)?;
        }
        Format::Sarif | Format::Github => {
            files::say(page(false).trim_end());
            return check::told(telling);
        }
    }
    Ok(exit)
}

/// The figure that is asked for, its name if it is a kpi, and what it is called.
fn wanted(options: &LeversOptions, journey: &Journey) -> Result<(Measure, Option<String>, String), Trouble> {
    let program = &journey.program;
    let of = |at: usize| {
        let name = &program.kpis[at].name;
        (kpi_measure(program, KpiId::new(at)), Some(name.name.clone()), name.label.clone())
    };
    if let Some(name) = &options.kpi {
        return program.kpis.iter().position(|k| k.name.name == *name).map(of).ok_or_else(|| no_kpi(name, journey));
    }
    let first = program.kpis.iter().position(|k| k.key).or_else(|| (!program.kpis.is_empty()).then_some(0));
    if let Some(at) = first {
        return Ok(of(at));
    }
    let goal = main_goal(program).map(|id| program.base.goals[id.index()].name.label.clone());
    default_measure(program).zip(goal).map(|(measure, label)| (measure, None, label)).ok_or_else(|| {
        Trouble::usage(words!(
            "this journey has neither a kpi nor a goal: there is nothing to look at",
            "ce parcours n'a ni kpi ni but : il n'y a rien à regarder"
        ))
    })
}

fn no_kpi(name: &str, journey: &Journey) -> Trouble {
    let names: Vec<&str> = journey.program.kpis.iter().map(|k| k.name.name.as_str()).collect();
    Trouble::usage(match closest(name, names.iter().copied()) {
        Some(near) => words!(
            "`--kpi {name}`: there is no such kpi: did you mean `{near}`?",
            "`--kpi {name}` : ce kpi n'existe pas : vouliez-vous dire `{near}` ?"
        ),
        None => {
            let all = names.join(", ");
            words!(
                "`--kpi {name}`: there is no such kpi; there are: {all}",
                "`--kpi {name}` : ce kpi n'existe pas ; il y a : {all}"
            )
        }
    })
}

/// Why a figure has no exact value, for which levers cannot be had.
pub(super) fn unsolved(what: &str, why: Unsolved) -> Trouble {
    let Words { en, fr } = match why {
        Unsolved::Declined(why) => report::why_declined(why),
        Unsolved::Nobody => words!("there is nobody to take it over", "il ne porte sur personne"),
    };
    Trouble::usage(words!("`{what}` has no exact value: {en}", "`{what}` n'a pas de valeur exacte : {fr}"))
}

//! `jalon solve --only MEASURE`: some exact figures and nothing else.

use super::args::{Format, SolveOptions};
use super::check;
use super::exit::{Exit, Trouble};
use super::files;
use super::findings::Telling;
use super::levers::unsolved;
use super::policy::Policy;
use super::typed::{all_in, kpis, with_measures};
use crate::compile::Journey;
use crate::diagnostics::has_errors;
use crate::levers::exact_value;
use crate::report::{self, Only};

/// What messages call the lines that stand in no file.
const ONLY: &str = "--only";

pub(super) fn solve_only(options: &SolveOptions) -> Result<Exit, Trouble> {
    let policy = Policy::of(&options.input)?;
    let compiled = with_measures(&options.input, ONLY, &options.only)?;
    let telling = Telling::new(&options.input, &compiled, &policy);
    let Some(journey) = &compiled.journey else {
        let exit = telling.refuse()?;
        return Ok(if all_in(&compiled, &[ONLY]) { Exit::Usage } else { exit });
    };
    told(&options.only, journey, &telling).map_err(|t| t.told_in(telling.lang))
}

fn told(wanted: &[String], journey: &Journey, telling: &Telling<'_>) -> Result<Exit, Trouble> {
    let mut figures = Vec::with_capacity(wanted.len());
    for (text, kpi) in wanted.iter().zip(kpis(&journey.program)) {
        let value = exact_value(journey, &kpi.measure).map_err(|why| unsolved(text, why))?;
        figures.push(Only { measure: text, unit: kpi.measure.unit, value });
    }
    let said = telling.judged(None);
    let exit = if has_errors(&said) { Exit::Failed } else { Exit::Fine };
    let page = || report::write_only_terminal(&journey.program, &figures);
    match telling.input.format {
        Format::Human | Format::Plain => {
            telling.show(&said);
            files::print(&page())?;
        }
        Format::Json => {
            let json = report::write_only_json(&journey.program, &figures, &telling.views(&said));
            files::print(&json.map_err(|e| Trouble::internal(&e))?)?;
        }
        Format::Sarif | Format::Github => {
            files::say(page().trim_end());
            return check::told(telling);
        }
    }
    Ok(exit)
}

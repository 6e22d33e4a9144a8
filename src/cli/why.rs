//! `jalon why`: the story of a number.

use super::args::{Format, WhyOptions};
use super::exit::{Exit, Trouble};
use super::findings::Telling;
use super::levers::unsolved;
use super::policy::Policy;
use super::typed::{all_in, kpis, with_measures};
use super::{check, files};
use crate::compile::Journey;
use crate::diagnostics::has_errors;
use crate::exam::board;
use crate::levers::default_measure;
use crate::model::{Measure, MeasureKind, Modifiers};
use crate::plan::main_goal;
use crate::report;
use crate::story;
use crate::words;
use std::io::IsTerminal;

/// What messages call the measure that stands in no file.
const TYPED: &str = "jalon why";

pub(super) fn why(options: &WhyOptions) -> Result<Exit, Trouble> {
    let policy = Policy::of(&options.input)?;
    let typed: Vec<String> = options.measure.iter().cloned().collect();
    let compiled = with_measures(&options.input, TYPED, &typed)?;
    let telling = Telling::new(&options.input, &compiled, &policy);
    let Some(journey) = &compiled.journey else {
        let exit = telling.refuse()?;
        return Ok(if all_in(&compiled, &[TYPED]) { Exit::Usage } else { exit });
    };
    told(options, journey, &telling).map_err(|t| t.told_in(telling.lang))
}

/// What is asked for, and what it is called.
fn wanted(options: &WhyOptions, journey: &Journey) -> Option<(Measure, String)> {
    let program = &journey.program;
    let measure = match &options.measure {
        Some(_) => kpis(program).next()?.measure.clone(),
        None => default_measure(program)?,
    };
    let label = match (&measure.kind, &options.measure) {
        (MeasureKind::Kpi(id, only), _) if *only == Modifiers::default() => program.kpis[id.index()].name.label.clone(),
        (_, Some(text)) => text.clone(),
        (_, None) => main_goal(program).map_or_else(String::new, |id| program.base.goals[id.index()].name.label.clone()),
    };
    Some((measure, label))
}

fn told(options: &WhyOptions, journey: &Journey, telling: &Telling<'_>) -> Result<Exit, Trouble> {
    let (measure, label) = wanted(options, journey).ok_or_else(|| {
        Trouble::usage(words!(
            "this journey has neither a kpi nor a goal: there is nothing to tell of",
            "ce parcours n'a ni kpi ni but : il n'y a rien à raconter"
        ))
    })?;
    let found = story::why(telling.compiled, journey, &measure).map_err(|why| unsolved(&label, why))?;
    let said = telling.judged(None);
    let exit = if has_errors(&said) { Exit::Failed } else { Exit::Fine };
    let (program, figures, sources) = (&journey.program, board(journey), &telling.compiled.sources);
    // What a kpi is made of says more than its name.
    let of = match &measure.kind {
        MeasureKind::Kpi(id, only) if *only == Modifiers::default() => &program.kpis[id.index()].measure,
        _ => &measure,
    };
    let page = |colour| report::write_why_terminal(program, &figures, sources, (&label, of), &found, colour);
    match telling.input.format {
        Format::Human | Format::Plain => {
            telling.show(&said);
            files::print(&page(telling.input.format == Format::Human && std::io::stdout().is_terminal()))?;
        }
        Format::Json => {
            let json = report::write_why_json(program, &figures, sources, (&label, of), &found, &telling.views(&said));
            files::print(&json.map_err(|e| Trouble::internal(&e))?)?;
        }
        Format::Sarif | Format::Github => {
            files::say(page(false).trim_end());
            return check::told(telling);
        }
    }
    Ok(exit)
}

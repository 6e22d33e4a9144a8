//! `jalon solve --find PARAM --for 'MEASURE = VALUE'`: which values of a param do it.

use super::args::{Format, Input, SolveOptions};
use super::check;
use super::exit::{Exit, Trouble};
use super::files;
use super::findings::{self, Telling};
use super::levers::unsolved;
use super::policy::Policy;
use super::typed::{all_in, as_typed};
use crate::compile::{Compiled, Journey};
use crate::diagnostics::{closest, has_errors};
use crate::levers::find::{CannotFind, Find, PromiseAt, find, line_of};
use crate::model::{Bound, Param, Unit};
use crate::report;
use crate::words;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The name of the param that carries the bounds: written so that no journey is likely to have it.
const BOUNDS: &str = "jalon_find_between";
/// What stands before the equation in the line that is made of it.
const PROMISE: &str = "expect ";
/// What messages call the lines that stand in no file.
const FOR: &str = "--for";
/// The same.
const BETWEEN: &str = "--between";

pub(super) fn solve_for(options: &SolveOptions, name: &str, equation: &str) -> Result<Exit, Trouble> {
    let policy = Policy::of(&options.input)?;
    let line = line_of(equation).ok_or_else(|| {
        Trouble::usage(words!(
            "`--for '{equation}'` is no equation: write two measures with `=` between them, for example `--for 'margin = 0'`",
            "`--for '{equation}'` n'est pas une équation : écrivez deux mesures séparées par `=`, par exemple `--for 'margin = 0'`"
        ))
    })?;
    let compiled = compiled(&options.input, name, line, options.between.as_deref())?;
    let telling = Telling::new(&options.input, &compiled, &policy);
    let Some(journey) = &compiled.journey else {
        let exit = telling.refuse()?;
        return Ok(if all_in(&compiled, &[FOR, BETWEEN]) { Exit::Usage } else { exit });
    };
    told(equation, name, journey, &telling).map_err(|t| t.told_in(telling.lang))
}

/// The journey with the equation as its last promise, and the bounds as the range of a last param.
fn compiled(input: &Input, name: &str, line: String, between: Option<&str>) -> Result<Compiled, Trouble> {
    let typed = line.trim_start_matches(PROMISE).trim_end();
    // A zero that was written as nothing of the first measure.
    let typed = typed.find("= 0 * (").map_or_else(|| typed.to_owned(), |at| format!("{}= 0", &typed[..at]));
    let mut lines = vec![(FOR, line)];
    if let Some(between) = between {
        let between = between.replace(['\n', '\r'], " ");
        lines.push((BETWEEN, format!("param {BOUNDS} = {name} range {between}\n")));
    }
    let mut compiled = findings::compiled_with(input, &lines)?;
    // `0` stands for nothing of the first measure, which is then written twice: what is wrong in it is said once.
    let second = |d: &crate::diagnostics::Diagnostic| {
        let (file, span) = (compiled.sources.get(d.span().file), d.span());
        file.name == FOR && file.text.find("= 0 * (").is_some_and(|at| span.start as usize > at)
    };
    let first: Vec<_> = compiled.diagnostics.iter().filter(|d| !second(d)).cloned().collect();
    if has_errors(&first) {
        compiled.diagnostics = first;
    }
    if compiled.journey.is_none() {
        as_typed(&mut compiled, FOR, 0, PROMISE, &typed);
        as_typed(&mut compiled, BETWEEN, 0, &format!("param {BOUNDS} = {name} range "), between.unwrap_or_default());
    }
    Ok(compiled)
}

fn told(equation: &str, name: &str, journey: &Journey, telling: &Telling<'_>) -> Result<Exit, Trouble> {
    let params = &journey.program.base.params;
    let param = params.iter().find(|p| p.name.name == name).ok_or_else(|| no_param(name, params))?;
    let bounds = params.iter().find(|p| p.name.name == BOUNDS).and_then(|p| p.range.clone());
    let between = bounds.or_else(|| param.range.clone()).or_else(|| natural(param.unit)).ok_or_else(|| no_bounds(name))?;
    let promise = journey.program.expectations.last();
    let Some((left, Bound::Compare(_, right))) = promise.map(|p| (&p.measure, &p.bound)) else {
        return Err(Trouble::internal(&"the equation was lost"));
    };
    let promise = PromiseAt { index: journey.program.expectations.len() - 1, bound: 0, scenario: None };
    let wanted = Find { param, between: (&between.0, &between.1), sides: (left, right), promise };
    let found = find(telling.compiled, journey, &wanted).map_err(|why| match why {
        CannotFind::Unsolved(why) => unsolved(equation, why),
        CannotFind::Independent => Trouble::usage(words!(
            "`--for '{equation}'` says nothing of the journey: name a measure on one side",
            "`--for '{equation}'` ne dit rien du parcours : nommez une mesure d'un côté"
        )),
    })?;
    let asked = report::Asked { param, equation, unit: left.unit, between: wanted.between };
    let answer = report::Answer { asked, found: &found };
    let said = telling.judged(None);
    let exit = if has_errors(&said) { Exit::Failed } else { Exit::Fine };
    let page = || report::write_find_terminal(&journey.program, &answer, journey.program.base.locale);
    match telling.input.format {
        Format::Human | Format::Plain => {
            telling.show(&said);
            files::print(&page())?;
        }
        Format::Json => {
            let json = report::write_find_json(&journey.program, &answer, &telling.views(&said));
            files::print(&json.map_err(|e| Trouble::internal(&e))?)?;
        }
        Format::Sarif | Format::Github => {
            files::say(page().trim_end());
            return check::told(telling);
        }
    }
    Ok(exit)
}

/// Everything that a share may be.
fn natural(unit: Unit) -> Option<(BigRational, BigRational)> {
    (unit == Unit::Share).then(|| (BigRational::zero(), BigRational::one()))
}

fn no_param(name: &str, params: &[Param]) -> Trouble {
    let names: Vec<&str> = params.iter().map(|p| p.name.name.as_str()).filter(|n| *n != BOUNDS).collect();
    Trouble::usage(match closest(name, names.iter().copied()) {
        Some(near) => words!(
            "`--find {name}`: there is no such param: did you mean `{near}`?",
            "`--find {name}` : ce paramètre n'existe pas : vouliez-vous dire `{near}` ?"
        ),
        None if names.is_empty() => words!(
            "`--find {name}`: this journey has no params; give the figure a name: `param {name} = …`",
            "`--find {name}` : ce parcours n'a pas de paramètres ; donnez un nom au chiffre : `param {name} = …`"
        ),
        None => {
            let all = names.join(", ");
            words!(
                "`--find {name}`: there is no such param; there are: {all}",
                "`--find {name}` : ce paramètre n'existe pas ; il y a : {all}"
            )
        }
    })
}

fn no_bounds(name: &str) -> Trouble {
    Trouble::usage(words!(
        "between which values of `{name}`? It has no range: say `--between a..b`, for example `--between 10 EUR..90 EUR`",
        "entre quelles valeurs de `{name}` ? Il n'a pas d'intervalle : dites `--between a..b`, par exemple `--between 10 EUR..90 EUR`"
    ))
}

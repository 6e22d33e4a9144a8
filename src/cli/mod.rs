//! Arguments → exit code: the only place that touches files, clocks and terminals.
//!
//! One file per command. Comes in: what was typed. Goes out: documents on standard output and in files, findings on standard
//! error, and an [`Exit`]. What must hold: the verdict is settled before anything is printed, and is the same in every format;
//! JSON, SARIF and annotations stand alone on standard output; nothing is written when the journey has errors (`--fix` apart,
//! which writes the journey itself).

mod args;
mod check;
mod compute;
mod diff;
mod exam;
mod exit;
mod explain;
mod export;
mod fail_if;
mod files;
mod find;
mod findings;
mod fix;
mod fmt;
mod git;
mod levers;
mod new;
mod only;
mod pdf;
mod policy;
mod progress;
mod run;
mod schema;
mod templates;
mod test;
mod textconv;
mod textdiff;
mod trace;
mod typed;
mod unfit;
mod versions;
mod why;

pub use args::{Arguments, Command};
pub use exit::Exit;

use clap::Parser;
use std::ffi::OsString;

/// Runs the command that `arguments` (the program's name first) ask for.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too, and are no mistake.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Fine };
            return if error.print().is_ok() { exit } else { Exit::Internal };
        }
    };
    let done = match &arguments.command {
        Command::Run(options) => run::run(options),
        Command::Solve(options) => match (&options.find, &options.equation) {
            (Some(param), Some(equation)) => find::solve_for(options, param, equation),
            _ if !options.only.is_empty() => only::solve_only(options),
            _ => run::solve(options),
        },
        Command::Levers(options) => levers::levers_of(options),
        Command::Why(options) => why::why(options),
        Command::Trace(options) => trace::trace(options),
        Command::Simulate(options) => run::simulate(options),
        Command::Check(options) => check::check(options),
        Command::Fmt(options) => fmt::fmt(options),
        Command::Test(options) => test::test(options),
        Command::New(options) => new::new(options),
        Command::Diff(options) => diff::diff(options),
        Command::Export(options) => export::export(options),
        Command::Exam(options) => exam::exam(options),
        Command::Schema(options) => schema::schema(options),
        Command::Templates(options) => templates::templates(&options.command),
        Command::Explain(options) => explain::explain(options),
    };
    match done {
        Ok(exit) => exit,
        Err(trouble) => {
            let lang = findings::spoken(arguments.command.lang()).unwrap_or_default();
            files::say(&format!("jalon: {}", trouble.text(lang)));
            trouble.exit()
        }
    }
}

//! What can be typed: the commands, and what several of them take.

mod documents;
mod figures;
mod repository;
mod values;

pub(super) use documents::*;
pub(super) use figures::*;
pub(super) use repository::*;

use crate::locale::Lang;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use values::{parse_lang, parse_percent, parse_position, parse_time};

/// A compiler and simulator for customer journeys.
#[derive(Debug, Parser)]
#[command(
    name = "jalon",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 fine · 1 errors in the journey, or an expectation fails · 2 wrong usage or unreadable input · 3 an expectation is undecided · 4 a fault of jalon itself"
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a repository with a journey, its expectations, a workflow and hooks
    New(NewOptions),
    /// Check, solve and simulate a journey; print its hot points and write its report and map
    Run(RunOptions),
    /// Say what is wrong in a journey, without computing it
    Check(CheckOptions),
    /// Exact figures only
    Solve(SolveOptions),
    /// What a figure hangs on: params and branches in the order of what a step of each changes
    Levers(LeversOptions),
    /// Where a figure comes from: its working, the lines that it stands on, the ways to it and past it
    Why(WhyOptions),
    /// Simulated figures only
    Simulate(SimulateOptions),
    /// What happens to one customer of the simulation, step by step
    Trace(TraceOptions),
    /// Whether journeys keep their promises, and if not, why: a gate for CI
    Test(TestOptions),
    /// What has changed between two versions, and what that does to the figures
    Diff(DiffOptions),
    /// Put journeys into their one form: spacing, indents, aligned tables
    Fmt(FmtOptions),
    /// The journey for other programs: a model checker, a drawing, any solver
    Export(ExportOptions),
    /// Papers for students: variants of an exam of the journey, each solved and checked, with their keys
    Exam(ExamOptions),
    /// The templates of the documents, to change them
    Templates(TemplatesOptions),
    /// The JSON Schema of what `--format json` prints
    Schema(SchemaOptions),
    /// What a code of a finding means, with an example
    Explain(ExplainOptions),
}

/// What every command that reads a journey takes.
#[derive(Debug, Args)]
pub struct Input {
    /// The journey (a `.journey` file), or `-` for standard input
    pub file: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Show notes one by one too, not only their number
    #[arg(long)]
    pub notes: bool,
    /// Take warnings for errors: the exit code is 1 if there are any
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub deny: Option<Deny>,
    /// Leave out warnings or notes of this code, for example `J0301`; may be repeated
    #[arg(long, value_name = "CODE")]
    pub allow: Vec<String>,
    /// Language of messages: `en` or `fr` (default: the environment's, else the journey's); documents follow the journey's `locale`
    #[arg(long, value_parser = parse_lang)]
    pub lang: Option<Lang>,
}

/// How many customers are drawn, and how.
#[derive(Debug, Args)]
pub struct Draw {
    /// How many customers to draw [default: 100000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000_000))]
    pub customers: Option<u64>,
    /// Draw until the key kpis (all, if none is key; those of scenarios aside) are known within this share of their value, for example `1%`
    #[arg(long, value_name = "P", value_parser = parse_percent, conflicts_with = "customers")]
    pub precision: Option<f64>,
    /// Where luck starts: the same seed gives the same figures, on any number of threads
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How many threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// How touches are credited with conversions.
#[derive(Clone, Copy, Debug, Args)]
pub struct Touches {
    /// After how long before the conversion a touch weighs half, for time decay
    #[arg(long, value_name = "TIME", value_parser = parse_time, default_value = "7days")]
    pub half_life: f64,
    /// Percent of a conversion for the first touch, those between and the last, for the position-based model
    #[arg(long, value_name = "A/B/C", value_parser = parse_position, default_value = "40/20/40")]
    pub position: (f64, f64),
}

impl Command {
    /// The language that is asked for.
    pub(super) fn lang(&self) -> Option<Lang> {
        match self {
            Self::Run(options) => options.input.lang,
            Self::Check(options) => options.input.lang,
            Self::Solve(options) => options.input.lang,
            Self::Simulate(options) => options.input.lang,
            Self::Levers(options) => options.input.lang,
            Self::Why(options) => options.input.lang,
            Self::Trace(options) => options.input.lang,
            Self::Export(options) => options.input.lang,
            Self::Fmt(options) => options.lang,
            Self::Test(options) => options.lang,
            Self::New(options) => options.lang,
            Self::Diff(options) => options.lang,
            Self::Exam(options) => options.input.lang,
            Self::Schema(_) => None,
            Self::Templates(TemplatesOptions { command: TemplatesCommand::Export(options) }) => options.lang,
            Self::Explain(options) => options.lang,
        }
    }
}

/// How to print findings, and figures beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, drawn; in colour on a terminal
    Human,
    /// For people, in plain lines: screen readers, logs
    Plain,
    /// For programs
    Json,
    /// Findings for code scanning: SARIF 2.1.0
    Sarif,
    /// Findings as annotations of a GitHub workflow
    Github,
}

/// What is no longer tolerated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings
    Warnings,
}

/// How to print a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For people
    Human,
    /// For programs
    Json,
}

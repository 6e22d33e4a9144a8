//! Commands that write documents.

use super::values::parse_lang;
use super::{Draw, Input, Touches};
use crate::locale::Lang;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `jalon run`
#[derive(Debug, Args)]
pub struct RunOptions {
    /// The journey.
    #[command(flatten)]
    pub input: Input,
    /// The draw.
    #[command(flatten)]
    pub draw: Draw,
    /// The credit of touches.
    #[command(flatten)]
    pub touches: Touches,
    /// How many times the campaign of the declared arrivals is drawn; 0: not at all [default: 10000, fewer where that takes long]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    pub replications: Option<u64>,
    /// Where to write the documents [default: jalon-out/<journey>]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// A folder with your own templates: those called like ours (`report.html`, `persona.html` …) replace them, others are written
    /// beside; `jalon templates export` gives ours to start from
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Write the map as pixels too (`map.png`), for slides and mails
    #[arg(long)]
    pub png: bool,
}

/// `jalon schema`
#[derive(Debug, Args)]
pub struct SchemaOptions {
    /// Of which document
    #[arg(value_enum, default_value_t = Schema::Report)]
    pub of: Schema,
}

/// Documents that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Schema {
    /// Figures: `run`, `solve`, `simulate`, and `report.json`
    Report,
    /// Findings alone: `check`, and any command about a journey with errors
    Findings,
}

/// `jalon templates`
#[derive(Debug, Args)]
pub struct TemplatesOptions {
    /// What to do.
    #[command(subcommand)]
    pub command: TemplatesCommand,
}

/// What can be done with templates.
#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// Write our templates into a folder, to start from
    Export(ExportTemplates),
}

/// `jalon templates export`
#[derive(Debug, Args)]
pub struct ExportTemplates {
    /// The folder; made if it is not there
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Write over files that differ from ours
    #[arg(long)]
    pub force: bool,
    /// Language of messages: `en` or `fr` (default: the environment's)
    #[arg(long, value_parser = parse_lang)]
    pub lang: Option<Lang>,
}

/// `jalon export`
#[derive(Debug, Args)]
pub struct ExportOptions {
    /// The journey.
    #[command(flatten)]
    pub input: Input,
    /// For whom
    #[arg(long, value_enum, value_name = "FORM")]
    pub to: To,
    /// The journey under this scenario [default: as written]
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// With `--to dot`: draw every state (persona, touchpoint, memory), not only touchpoints
    #[arg(long)]
    pub states: bool,
}

/// Who reads an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum To {
    /// PRISM and Storm: a Markov chain with labels and rewards
    Prism,
    /// Graphviz: touchpoints and the passages between them
    Dot,
    /// Any program: the chain itself, see docs/json.md
    Json,
}

/// `jalon exam`
#[derive(Debug, Args)]
pub struct ExamOptions {
    /// The journey.
    #[command(flatten)]
    pub input: Input,
    /// Which exam of the journey [default: the only one]
    #[arg(long, value_name = "NAME")]
    pub exam: Option<String>,
    /// How many variants [default: one per student, or 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(crate::limits::MOST_VARIANTS)))]
    pub variants: Option<u32>,
    /// Where luck starts: the same seed gives the same papers
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Where to write the papers [default: jalon-exam/<exam>]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// A class list (CSV, its first row names its columns): each student gets a variant in `index.csv`
    #[arg(long, value_name = "FILE")]
    pub students: Option<PathBuf>,
    /// Write nothing: print the keys
    #[arg(long)]
    pub solve_only: bool,
    /// Print the pages as PDF too, by a browser that is found on this machine
    #[arg(long)]
    pub pdf: bool,
}

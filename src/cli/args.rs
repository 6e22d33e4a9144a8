//! What can be typed.

use super::findings::spoken;
use crate::gate::MOST;
use crate::locale::{Lang, Words};
use crate::words;
use clap::{Args, Parser, Subcommand, ValueEnum};
use num_rational::BigRational;
use std::path::PathBuf;

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

/// `jalon check`
#[derive(Debug, Args)]
pub struct CheckOptions {
    /// The journey.
    #[command(flatten)]
    pub input: Input,
    /// Make the changes that are safe, show them as a diff, and say what is left
    #[arg(long)]
    pub fix: bool,
}

/// `jalon test`
#[derive(Debug, Args)]
pub struct TestOptions {
    /// Journeys, or folders of them; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = TestFormat::Human)]
    pub format: TestFormat,
    /// Only expectations whose text holds this
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Read expectations that name no scenario under this one; journeys without it are left out
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// Compare with figures recorded in this file: only what got worse beyond its interval fails
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Record today's figures in the file that `--baseline` names
    #[arg(long, requires = "baseline")]
    pub record: bool,
    /// How often a simulated verdict may be wrong, each way, at most
    #[arg(long, value_name = "P", value_parser = parse_percent, default_value = "1%")]
    pub error: f64,
    /// How many customers to draw before a simulated expectation stays undecided
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000_000), default_value_t = MOST)]
    pub customers: u64,
    /// Where luck starts: the same seed gives the same verdicts, on any number of threads
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How many threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Language of messages: `en` or `fr` (default: the environment's, else the journey's)
    #[arg(long, value_parser = parse_lang)]
    pub lang: Option<Lang>,
}

/// `jalon new`
#[derive(Debug, Args)]
pub struct NewOptions {
    /// The folder to make
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The journey to start from
    #[arg(long, value_enum, default_value_t = From::Blank)]
    pub from: From,
    /// Language of messages, and of a blank journey: `en` or `fr` (default: the environment's)
    #[arg(long, value_parser = parse_lang)]
    pub lang: Option<Lang>,
}

/// Journeys to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// Three touchpoints
    Blank,
    /// A sponsored post, from the ad to the delivery (in French)
    SponsoredPost,
    /// A furniture maker's shops, site and adviser (in French)
    Omnichannel,
}

/// `jalon diff`
#[derive(Debug, Args)]
pub struct DiffOptions {
    /// Two files, OLD NEW; or in a git repository REV or REV..REV [default: HEAD], then journeys or folders [default: all]
    #[arg(value_name = "OLD NEW | REV[..REV] [PATH]")]
    pub what: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub format: DiffFormat,
    /// Exit with 1 if this holds; `old` is the figure before the comparison, as it was: 'final_rate < 0.95 * old'. May be repeated
    #[arg(long, value_name = "CONDITION")]
    pub fail_if: Vec<String>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where luck starts, for figures that are simulated
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Print one file as lines that a text diff can compare, for git's `diff.journey.textconv`
    #[arg(long, conflicts_with_all = ["format", "fail_if"])]
    pub textconv: bool,
    /// Language of messages: `en` or `fr` (default: the environment's, else the journey's)
    #[arg(long, value_parser = parse_lang)]
    pub lang: Option<Lang>,
}

/// How to print a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people; in colour on a terminal
    Human,
    /// For programs
    Json,
    /// For a comment on a pull request
    Markdown,
    /// A page with both maps
    Html,
}

/// How to print verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For people; in colour on a terminal
    Human,
    /// For programs
    Json,
    /// For CI servers: JUnit's XML
    Junit,
    /// The Test Anything Protocol, version 14
    Tap,
    /// Annotations of a GitHub workflow, beside the lines of the expectations
    Github,
    /// For the summary of a workflow
    Markdown,
}

/// `jalon fmt`
#[derive(Debug, Args)]
pub struct FmtOptions {
    /// Journeys, or folders of them; `-` for standard input, whose form goes to standard output
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Write nothing: show what would change, and exit with 1 if anything would
    #[arg(long)]
    pub check: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = PageFormat::Human)]
    pub format: PageFormat,
    /// Language of messages: `en` or `fr` (default: the environment's, else the journey's)
    #[arg(long, value_parser = parse_lang)]
    pub lang: Option<Lang>,
}

/// `jalon solve`
#[derive(Debug, Args)]
pub struct SolveOptions {
    /// The journey.
    #[command(flatten)]
    pub input: Input,
    /// The credit of touches.
    #[command(flatten)]
    pub touches: Touches,
    /// Look for the values of a param at which `--for` holds
    #[arg(long, value_name = "PARAM", requires = "equation")]
    pub find: Option<String>,
    /// What is to hold: two measures with `=` between them, for example `margin = 0`
    #[arg(long = "for", value_name = "EQUATION", requires = "find")]
    pub equation: Option<String>,
    /// Where to look, for example `60%..90%` [default: the range of the param; of a share, 0% to 100%]
    #[arg(long, value_name = "RANGE", requires = "find")]
    pub between: Option<String>,
    /// Print this figure alone: a kpi or any measure, for example `rate(order)`; may be repeated
    #[arg(long, value_name = "MEASURE", conflicts_with_all = ["find", "rational"])]
    pub only: Vec<String>,
    /// Add the figures as fractions, such as 3/800: of journeys of up to 100 states
    #[arg(long, conflicts_with = "find")]
    pub rational: bool,
}

/// `jalon levers`
#[derive(Debug, Args)]
pub struct LeversOptions {
    /// The journey.
    #[command(flatten)]
    pub input: Input,
    /// Which kpi [default: the first that is key, else the first, else the rate of the main goal]
    #[arg(long, value_name = "NAME")]
    pub kpi: Option<String>,
    /// How far params without a range are moved in the tornado, relative to their value, for example `10%`
    #[arg(long, value_name = "P", value_parser = parse_swing)]
    pub swing: Option<BigRational>,
}

/// `jalon why`
#[derive(Debug, Args)]
pub struct WhyOptions {
    /// The journey.
    #[command(flatten)]
    pub input: Input,
    /// A kpi, or any measure, for example 'rate(cart -> order)' [default: the first kpi that is key, else the first, else the rate of the main goal]
    #[arg(value_name = "MEASURE")]
    pub measure: Option<String>,
}

/// `jalon trace`
#[derive(Debug, Args)]
pub struct TraceOptions {
    /// The journey.
    #[command(flatten)]
    pub input: Input,
    /// Which customer of those drawn, from 1 [default: 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000_000_000), conflicts_with = "like")]
    pub customer: Option<u64>,
    /// The one of this persona whose journey takes the median time, among those who reach the main goal
    #[arg(long, value_name = "PERSONA")]
    pub like: Option<String>,
    /// Where luck starts: the same seed gives the same customers
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// When he arrives, for a story with dates: `2026-09-05` or `2026-09-05T18:30`
    #[arg(long, value_name = "DATE")]
    pub start: Option<String>,
}

/// `jalon simulate`
#[derive(Debug, Args)]
pub struct SimulateOptions {
    /// The journey.
    #[command(flatten)]
    pub input: Input,
    /// The draw.
    #[command(flatten)]
    pub draw: Draw,
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

/// `jalon explain`
#[derive(Debug, Args)]
pub struct ExplainOptions {
    /// A code, for example `J0203`, or its name; without one, all codes are listed
    pub code: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = PageFormat::Human)]
    pub format: PageFormat,
    /// Language of messages: `en` or `fr` (default: the environment's); pages are in English
    #[arg(long, value_parser = parse_lang)]
    pub lang: Option<Lang>,
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

fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).ok_or_else(|| said(&words!("jalon speaks `en` and `fr`", "jalon parle `en` et `fr`")))
}

/// `1%` → 0.01
fn parse_percent(text: &str) -> Result<f64, String> {
    let share = text.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    let form = words!("write a percentage, for example `1%`", "écrivez un pourcentage, par exemple `1%`");
    let share = share.ok_or_else(|| said(&form))? / 100.0;
    let bounds = words!("it lies between 0% and 100%", "il est compris entre 0 % et 100 %");
    if share > 0.0 && share < 1.0 { Ok(share) } else { Err(said(&bounds)) }
}

/// `10%` → 1/10, to the millionth
fn parse_swing(text: &str) -> Result<BigRational, String> {
    let share = parse_percent(text)?;
    let millionth = BigRational::new(1.into(), 1_000_000.into());
    BigRational::from_float((share * 1e6).round()).map(|n| n * millionth).ok_or_else(|| text.to_owned())
}

/// In the environment's language: that of the arguments is not known before they are read.
fn said(what: &Words) -> String {
    what.get(spoken(None).unwrap_or_default()).to_owned()
}

/// `7days` → seconds
fn parse_time(text: &str) -> Result<f64, String> {
    const SAY: &str = "write a time, for example `7days` or `12h`";
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = text[..text.len() - unit.len()].parse::<f64>().map_err(|_| SAY)?;
    let seconds = match unit.trim() {
        "s" => 1.0,
        "min" => 60.0,
        "h" => 3600.0,
        "day" | "days" => 86_400.0,
        "week" | "weeks" => 604_800.0,
        "month" | "months" => 2_628_000.0,
        "year" | "years" => 31_536_000.0,
        _ => return Err(SAY.to_owned()),
    };
    let time = number * seconds;
    if time > 0.0 && time.is_finite() { Ok(time) } else { Err("a half-life is longer than nothing".to_owned()) }
}

/// `40/20/40` → (0.4, 0.4)
fn parse_position(text: &str) -> Result<(f64, f64), String> {
    const SAY: &str = "write three percentages that add up to 100, for example `40/20/40`";
    let parts: Result<Vec<f64>, _> =
        text.split('/').map(|part| part.trim().trim_end_matches('%').trim().parse::<f64>()).collect();
    match parts.map_err(|_| SAY)?[..] {
        [first, between, last]
            if [first, between, last].iter().all(|p| *p >= 0.0) && (first + between + last - 100.0).abs() < 1e-9 =>
        {
            Ok((first / 100.0, last / 100.0))
        }
        _ => Err(SAY.to_owned()),
    }
}

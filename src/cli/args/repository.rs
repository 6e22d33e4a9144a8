//! Commands for journeys that live in a repository.

use super::values::{parse_lang, parse_percent};
use super::{Input, PageFormat};
use crate::gate::MOST;
use crate::locale::Lang;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

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

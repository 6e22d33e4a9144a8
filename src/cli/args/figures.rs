//! Commands that tell figures.

use super::values::parse_swing;
use super::{Draw, Input, Touches};
use clap::Args;
use num_rational::BigRational;

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

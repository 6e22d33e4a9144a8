//! Random journeys, as texts that people can read: each seed gives one journey that must check without errors.
//!
//! `make` draws a [`Spec`], `text` writes it in the language, `change` rewrites it in ways whose effect on the figures is known.
//! Nothing here knows of the crate: fuzzing and benches may take the folder as it is.

mod change;
mod dice;
mod laws;
mod make;
mod text;

pub(crate) use change::rename;
pub(crate) use dice::Dice;
pub(crate) use make::{Shape, make};

/// A journey to be written down.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) seed: u64,
    pub(crate) personas: Vec<Persona>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) goals: Vec<String>,
    pub(crate) ends: Vec<(String, &'static str)>,
    /// Declarations of memory, as they stand in its block.
    pub(crate) memory: Vec<String>,
    pub(crate) arrivals: Vec<Arrival>,
    /// Names and moments.
    pub(crate) stages: Vec<(String, Option<&'static str>)>,
    pub(crate) touchpoints: Vec<Touchpoint>,
    /// Whole items: scenarios.
    pub(crate) scenarios: Vec<String>,
    /// Name and measure; the first is key.
    pub(crate) kpis: Vec<(String, String)>,
    /// In which order items are written; 0 is the order of the fields.
    pub(crate) order: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct Persona {
    pub(crate) name: String,
    /// Flags carried from the start.
    pub(crate) has: Vec<(String, Fraction)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) name: String,
    pub(crate) words: &'static str,
    pub(crate) cost: Option<Money>,
}

#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    pub(crate) name: String,
    pub(crate) number: u64,
    /// Shares of personas; the last takes the rest.
    pub(crate) of: Vec<(String, Fraction)>,
    pub(crate) budget: Option<u64>,
    pub(crate) branches: Vec<Branch>,
}

#[derive(Clone, Debug)]
pub(crate) struct Touchpoint {
    pub(crate) name: String,
    pub(crate) stage: Option<usize>,
    pub(crate) channel: String,
    /// `with x`, `push`, `pull`.
    pub(crate) words: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) branches: Vec<Branch>,
}

/// A line of a touchpoint, or an effect of a branch.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    /// `cost …`, with its guard.
    Cost(Money, Option<String>),
    /// Any other, as it is written.
    Other(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub(crate) to: String,
    pub(crate) share: Share,
    pub(crate) guard: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) effects: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Share {
    /// For everybody first, then for some personas.
    Figure(Vec<(Fraction, Option<String>)>),
    Otherwise,
    Lone,
}

/// `.0 / .1`
pub(crate) type Fraction = (u64, u64);

/// An amount for everybody, others for some personas, and how many times over it is written.
#[derive(Clone, Debug)]
pub(crate) struct Money {
    pub(crate) values: Vec<(String, Option<String>)>,
    pub(crate) times: u32,
}

//! Where the key figures come from.

use super::promises::JsonPath;
use crate::model::Program;
use crate::report::levers::called;
use crate::story::{KeyStory, Ways};
use serde::Serialize;

/// Where one key figure comes from.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonStory<'a> {
    /// The name of the kpi; null for the rate of the main goal.
    kpi: Option<&'a str>,
    /// How it is worked out, line by line, in the language of the journey.
    working: &'a [String],
    /// Of a rate over everybody: the most probable ways.
    ways: Option<JsonWays<'a>>,
}

/// The most probable ways to something, and past it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonWays<'a> {
    /// The share of all who arrive whom the rate is of.
    base: f64,
    /// The rate.
    share: f64,
    /// Those who do not get there.
    other: f64,
    to: JsonSome<'a>,
    past: JsonSome<'a>,
}

/// Some ways, and what they make of all ways there.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonSome<'a> {
    /// Their share of those who take any such way.
    covered: f64,
    /// The share of the others among those whom the rate is of.
    rest: f64,
    /// By path: its share of those whom the rate is of.
    shares: Vec<f64>,
    paths: Vec<JsonPath<'a>>,
}

impl<'a> JsonStory<'a> {
    pub(super) fn new(program: &'a Program, story: &'a KeyStory) -> Self {
        let ways = story.ways.as_ref().map(|ways| JsonWays::new(program, ways));
        Self { kpi: called(program, story.kpi).0, working: &story.working, ways }
    }
}

impl<'a> JsonWays<'a> {
    fn new(program: &'a Program, ways: &'a Ways) -> Self {
        let some = |to: bool| {
            let covered = ways.covered(to);
            let paths = ways.taken(to).iter().map(|path| JsonPath::new(&program.base, path)).collect();
            let shares = ways.taken(to).iter().map(|path| ways.share_of(path)).collect();
            JsonSome { covered: covered.share, rest: covered.rest, shares, paths }
        };
        Self { base: ways.base, share: ways.share, other: 1.0 - ways.share, to: some(true), past: some(false) }
    }
}

//! Where the key figures come from.

use super::Pen;
use crate::report::levers::called;
use crate::report::story::{Ledger, ledgers};
use crate::story::KeyStory;
use serde::Serialize;

/// Where one key figure comes from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct StoryOf {
    /// What it is called.
    pub label: String,
    /// How it is worked out, line by line.
    pub working: Vec<String>,
    /// The most usual ways to it, then past it; empty unless it is a rate.
    pub ways: Vec<Ledger>,
}

pub(super) fn rows(pen: &Pen<'_>, stories: &[KeyStory]) -> Vec<StoryOf> {
    let row = |story: &KeyStory| StoryOf {
        label: called(pen.program, story.kpi).1.to_owned(),
        working: story.working.clone(),
        ways: story.ways.as_ref().map_or_else(Vec::new, |ways| ledgers(pen, ways)),
    };
    stories.iter().map(row).collect()
}

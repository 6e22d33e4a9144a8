//! The story of the figures that the author calls key, beside everything else that a run tells.

use super::why::{Ways, ways};
use crate::compile::{Compiled, Journey};
use crate::exam;
use crate::levers::{KeyLevers, default_measure, kpi_measure};
use crate::model::KpiId;

/// Where a key figure comes from.
#[derive(Clone, Debug)]
pub struct KeyStory {
    /// The kpi; `None`: the rate of the main goal, of a journey without kpis.
    pub kpi: Option<KpiId>,
    /// How it is worked out, line by line, in the language of the journey.
    pub working: Vec<String>,
    /// Of a rate: by which ways customers get there, and by which they do not.
    pub ways: Option<Ways>,
}

/// Where each of those figures comes from whose levers are known: others have no exact value, or their journey is too large.
#[must_use]
pub fn key_stories(compiled: &Compiled, journey: &Journey, keys: &[KeyLevers]) -> Vec<KeyStory> {
    let program = &journey.program;
    let story = |key: &KeyLevers| {
        let measure = key.kpi.map_or_else(|| default_measure(program), |kpi| Some(kpi_measure(program, kpi)))?;
        let working = exam::derivation(journey, &compiled.sources, &measure);
        Some(KeyStory { kpi: key.kpi, working, ways: ways(journey, &measure) })
    };
    keys.iter().filter(|key| key.levers.is_ok()).filter_map(story).collect()
}

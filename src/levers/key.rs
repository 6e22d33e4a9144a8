//! What the key figures of a journey hang on, beside everything else that a run tells.

use super::point::Unsolved;
use super::ranking::{Levers, levers_of};
use super::{default_measure, kpi_measure};
use crate::compile::{Compiled, Journey};
use crate::limits::LEVERS_BESIDE;
use crate::model::{KpiId, Measure, Program};

/// What one key figure hangs on.
#[derive(Clone, Debug)]
pub struct KeyLevers {
    /// The kpi; `None`: the rate of the main goal, of a journey without kpis.
    pub kpi: Option<KpiId>,
    /// What it hangs on.
    pub levers: Result<Levers, NoLevers>,
}

/// Why nothing is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLevers {
    /// The figure has no exact value.
    Unsolved(Unsolved),
    /// Reading the journey again for every param would take long: more than [`LEVERS_BESIDE`].
    TooLarge,
}

/// What the key kpis hang on, in the order of the text; of a journey without any, what [`default_measure`] looks at. Params
/// without a range have no swing.
#[must_use]
pub fn key_levers(compiled: &Compiled, journey: &Journey) -> Vec<KeyLevers> {
    let program = &journey.program;
    let keys = || (0..program.kpis.len()).filter(|at| program.kpis[*at].key).map(KpiId::new);
    let kpis: Vec<Option<KpiId>> = if keys().next().is_some() {
        keys().map(Some).collect()
    } else {
        vec![(!program.kpis.is_empty()).then_some(KpiId::new(0))]
    };
    let measures: Option<Vec<Measure>> =
        kpis.iter().map(|kpi| kpi.map_or_else(|| default_measure(program), |kpi| Some(kpi_measure(program, kpi)))).collect();
    let Some(measures) = measures else { return Vec::new() };
    let found: Vec<Result<Levers, NoLevers>> = if states_read(program, journey) > LEVERS_BESIDE {
        measures.iter().map(|_| Err(NoLevers::TooLarge)).collect()
    } else {
        levers_of(compiled, journey, &measures, None).into_iter().map(|found| found.map_err(NoLevers::Unsolved)).collect()
    };
    kpis.into_iter().zip(found).map(|(kpi, levers)| KeyLevers { kpi, levers }).collect()
}

/// States enumerated again: of each param at both sides of its value, and at both ends of its range.
fn states_read(program: &Program, journey: &Journey) -> usize {
    let readings: usize = program.base.params.iter().map(|param| if param.range.is_some() { 4 } else { 2 }).sum();
    let states = journey.chains.first().map_or(0, |chain| chain.states.len());
    readings.saturating_mul(states)
}

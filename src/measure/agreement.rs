//! Do the two engines agree?

use super::figures::{Agreement, Figure, Figures, ReachedWhat};
use super::statistics::binomial_p_value;
use crate::model::Program;

/// Beyond this many standard errors two figures differ: one in 1.7 million by chance.
const FAR: f64 = 5.0;
/// Below this many expected events a share is judged by the exact binomial law.
const FEW: f64 = 30.0;
/// Below this p-value two figures differ.
const UNLIKELY: f64 = 5.7e-7;

/// Compares every figure that both engines gave with a precision.
pub(super) fn agreement(program: &Program, figures: &Figures) -> Agreement {
    let mut agreement = Agreement::default();
    let model = &program.base;
    for (kpi, named) in figures.kpis.iter().zip(&program.kpis) {
        let name = &named.name.name;
        compare(&mut agreement, name, &kpi.figure);
        for (part, figure) in &kpi.by {
            compare(&mut agreement, &format!("{name} ({part})"), figure);
        }
        for (persona, figure) in model.personas.iter().zip(&kpi.personas) {
            compare(&mut agreement, &format!("{name} ({})", persona.name.name), figure);
        }
    }
    for hot in &figures.hot_points {
        let name = &model.touchpoints[hot.touchpoint.index()].name.name;
        for (what, figure) in [("reach", &hot.reach), ("pull", &hot.pull), ("leak", &hot.leak), ("felt", &hot.felt)] {
            compare(&mut agreement, &format!("{what}({name})"), figure);
        }
    }
    for stage in &figures.stages {
        compare(&mut agreement, &format!("rate({})", model.stages[stage.stage.index()].name.name), &stage.entered);
    }
    for reached in figures.goals.iter().chain(&figures.ends) {
        let name = match reached.what {
            ReachedWhat::Goal(goal) => &model.goals[goal.index()].name.name,
            ReachedWhat::End(end) => &model.ends[end.index()].name.name,
        };
        compare(&mut agreement, &format!("rate({name})"), &reached.share);
        compare(&mut agreement, &format!("time to {name}"), &reached.time_mean);
        let money = [("cost", &reached.cost_mean), ("revenue", &reached.revenue_mean), ("margin", &reached.margin_mean)];
        for (what, figure) in money {
            compare(&mut agreement, &format!("{what} to {name}"), figure);
        }
    }
    for standard in &figures.standard {
        compare(&mut agreement, standard.what.name(), &standard.figure);
    }
    agreement
}

fn compare(agreement: &mut Agreement, name: &str, figure: &Figure) {
    let (Some(exact), Some(estimate)) = (figure.exact, &figure.estimate) else { return };
    if estimate.standard_error.is_nan() {
        return;
    }
    let differs = match estimate.count {
        Some((count, of)) if exact * of as f64 * (1.0 - exact).abs() < FEW => binomial_p_value(count, of, exact) < UNLIKELY,
        _ => match figure.z() {
            Some(z) => {
                agreement.largest_z = agreement.largest_z.max(z.abs());
                z.abs() > FAR
            }
            // No spread at all: both must say the same, rounding aside.
            None => (estimate.value - exact).abs() > 1e-9 * exact.abs().max(1e-9),
        },
    };
    agreement.compared += 1;
    if differs {
        agreement.differing += 1;
        agreement.which.push(name.to_owned());
    }
}

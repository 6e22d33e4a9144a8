//! All figures together, by both engines or by one.

use super::campaign::campaign;
use super::credits::attribution;
use super::figure::{DRAWN, both, exact, final_rate, none, simulated};
use super::parts::{flows, hot_points, kpis, reached, stages};
use crate::measure::{
    Agreement, ClaimFigure, ExpectationFigure, Figure, Figures, MethodNote, PersonaFigures, ReachedWhat, SimulatedNote,
    SolvedNote, Standard, StandardFigure, TypicalPath, TypicalPaths, Verdict,
};
use crate::model::{EndId, GoalId, PersonaId, TouchpointId, Unit};
use crate::plan::Declined;

/// Its figures, by both engines.
pub(in crate::report) fn figures() -> Figures {
    let (stages, moments) = stages();
    let standard = |what, figure| StandardFigure { what, figure, sd: None };
    let persona = |index: usize, share: f64, goal: Figure, felt: f64| PersonaFigures {
        persona: PersonaId::new(index),
        share,
        goal,
        money: [exact(0.05, Unit::Money), exact(0.295, Unit::Money), exact(0.068, Unit::Money)],
        // 59 × √(0.005 × 0.995), and 40 % of it
        money_sd: [exact(0.0, Unit::Money), exact(4.161_38, Unit::Money), exact(1.664_55, Unit::Money)],
        felt: exact(felt, Unit::Number),
        stages: vec![1.0, 0.09, 0.005, 0.005],
        felt_at: vec![Some(felt), None, None, None, None],
    };
    let path = |touchpoints: &[usize], end: Option<usize>, probability: f64, mean_time: f64| TypicalPath {
        touchpoints: touchpoints.iter().map(|t| TouchpointId::new(*t)).collect(),
        end: end.map(EndId::new),
        probability,
        mean_time,
    };
    Figures {
        method: MethodNote {
            solved: Ok(SolvedNote {
                states: 10,
                branches: 22,
                largest_class: 1,
                residual: 1.1e-16,
                enclosure: None,
                rational: true,
            }),
            simulated: Some(SimulatedNote { seed: 7, customers: DRAWN, unfinished: 0 }),
        },
        arrivals: 1000.0,
        main_goal: Some(GoalId::new(1)),
        kpis: kpis(),
        hot_points: hot_points(),
        stages,
        moments,
        flows: flows(),
        goals: vec![
            reached(ReachedWhat::Goal(GoalId::new(0)), both(0.005, 1_012, DRAWN), (9_100.0, 21_000.0)),
            reached(ReachedWhat::Goal(GoalId::new(1)), final_rate(), (268_300.0, 52_000.0)),
        ],
        ends: vec![
            reached(ReachedWhat::End(EndId::new(0)), final_rate(), (268_300.0, 52_000.0)),
            reached(ReachedWhat::End(EndId::new(1)), both(0.996_25, 199_259, DRAWN), (120.0, 2_400.0)),
        ],
        // minutes, then days
        time_to_goal: [(5, 3_600.0), (25, 86_400.0), (50, 259_200.0), (75, 345_600.0), (95, 864_000.0)]
            .map(|(percentile, time)| (percentile, simulated(time, time / 100.0, Unit::Time)))
            .into(),
        standard: vec![
            // 0.05 per post; 0.005 × 59; 0.295 × 40 % − 0.05; 0.05 / 0.005; 0.295 / 0.05
            standard(Standard::Cost, exact(0.05, Unit::Money)),
            StandardFigure { sd: Some(exact(4.161_38, Unit::Money)), ..standard(Standard::Revenue, exact(0.295, Unit::Money)) },
            standard(Standard::Margin, exact(0.068, Unit::Money)),
            standard(Standard::CostPerGoal, exact(0.05 / 0.00375, Unit::Money)),
            standard(Standard::ReturnOnSpend, exact(5.9, Unit::Number)),
            standard(Standard::Clv, none(Unit::Money)),
            // +1 gives (1 + 1) / 2 + 5 = 6 and −1 gives 4: all are detractors, but for those who felt the delivery
            standard(Standard::Nps, simulated(-99.3, 0.05, Unit::Nps)),
            standard(Standard::Csat, simulated(0.6, 0.001, Unit::Share)),
            standard(Standard::Ces, exact(3.0, Unit::Number)),
            standard(Standard::Felt, exact(0.2, Unit::Number)),
            standard(Standard::PushContacts, exact(1.0, Unit::Number)),
        ],
        personas: vec![persona(0, 0.6, both(0.00375, 449, 120_000), 1.0), persona(1, 0.4, both(0.00375, 292, 80_000), -1.0)],
        scenarios: vec![],
        expectations: vec![ExpectationFigure {
            text: "final_rate >= 0.3%".to_owned(),
            verdict: Verdict::Pass,
            figure: final_rate(),
            bounds: vec![exact(0.003, Unit::Share)],
            margins: Vec::new(),
            index: 0,
        }],
        claims: vec![ClaimFigure {
            text: "final_rate = 0.3%".to_owned(),
            printed: "0.3%".to_owned(),
            holds: Some(false),
            figure: final_rate(),
            index: 0,
        }],
        paths: TypicalPaths {
            // 0.09 × 4/90 × 3/4; 0.09 × 3/90 × 1/3 × 3/4
            to_goal: vec![path(&[0, 1, 3, 4], None, 0.003, 262_000.0), path(&[0, 1, 2, 3, 4], None, 0.000_75, 304_000.0)],
            to_failure: vec![path(&[0], Some(1), 0.91, 0.0), path(&[0, 1], Some(1), 0.083, 70.0)],
        },
        attribution: Some(Ok(attribution())),
        campaign: Some(Ok(campaign())),
        agreement: Agreement { compared: 31, differing: 0, largest_z: 1.4, which: Vec::new() },
    }
}

/// The same figures without one of the engines.
pub(in crate::report) fn solved_only() -> Figures {
    let mut figures = figures();
    figures.method.simulated = None;
    figures.time_to_goal.clear();
    figures.agreement = Agreement::default();
    each(&mut figures, |figure| figure.estimate = None);
    figures
}

/// The same figures from the simulation alone.
pub(in crate::report) fn simulated_only() -> Figures {
    let mut figures = figures();
    figures.attribution = Some(Err(Declined::Horizon));
    figures.campaign = Some(Err(Declined::Horizon));
    figures.method.solved = Err(Declined::Horizon);
    figures.agreement = Agreement::default();
    each(&mut figures, |figure| {
        if figure.exact.take().is_some() {
            figure.declined = Some(Declined::Horizon);
            figure.fraction = None;
        }
    });
    figures
}

pub(super) fn each(figures: &mut Figures, change: impl Fn(&mut Figure)) {
    for kpi in &mut figures.kpis {
        change(&mut kpi.figure);
        kpi.by.iter_mut().for_each(|(_, f)| change(f));
        kpi.personas.iter_mut().chain(&mut kpi.scenarios).chain(&mut kpi.differences).for_each(&change);
    }
    for p in &mut figures.hot_points {
        [&mut p.reach, &mut p.visits, &mut p.pull, &mut p.leak, &mut p.leverage, &mut p.felt].into_iter().for_each(&change);
    }
    for s in &mut figures.stages {
        [&mut s.entered, &mut s.left, &mut s.step].into_iter().for_each(&change);
    }
    for m in &mut figures.moments {
        [&mut m.entered, &mut m.step].into_iter().for_each(&change);
    }
    for r in figures.goals.iter_mut().chain(&mut figures.ends) {
        [&mut r.share, &mut r.time_mean, &mut r.time_sd, &mut r.cost_mean, &mut r.cost_sd].into_iter().for_each(&change);
        [&mut r.revenue_mean, &mut r.revenue_sd, &mut r.margin_mean, &mut r.margin_sd].into_iter().for_each(&change);
    }
    for s in &mut figures.standard {
        change(&mut s.figure);
        s.sd.iter_mut().for_each(&change);
    }
    for p in &mut figures.personas {
        change(&mut p.goal);
        p.money.iter_mut().chain(&mut p.money_sd).for_each(&change);
        change(&mut p.felt);
    }
    for e in &mut figures.expectations {
        change(&mut e.figure);
    }
    for c in &mut figures.claims {
        change(&mut c.figure);
    }
}

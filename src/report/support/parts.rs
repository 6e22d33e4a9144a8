//! The parts of the figures: kpis, touchpoints, stages, passages, goals.

use super::figure::{DRAWN, both, exact, final_rate, none, simulated};
use super::journey::ratio;
use crate::chain::{Flow, From};
use crate::measure::{
    Base, Figure, FlowFigure, HotPointFigure, KpiFigure, MomentFigure, Quadrant, ReachedFigure, ReachedWhat, StageFigure,
};
use crate::model::{ArrivalId, EndId, KpiId, Moment, StageId, Target, TouchpointId, Unit};
use crate::plan::Reached;

pub(super) fn kpis() -> Vec<KpiFigure> {
    let kpi = |index: usize, figure: Figure, base: Base| KpiFigure {
        kpi: KpiId::new(index),
        figure,
        base,
        by: Vec::new(),
        personas: Vec::new(),
        scenarios: Vec::new(),
        differences: Vec::new(),
    };
    vec![
        kpi(0, both(0.09, 18_048, DRAWN), Base::Those("Post sponsorisé".to_owned())),
        kpi(1, Figure { fraction: Some(ratio(1, 200)), ..both(0.005, 1_012, DRAWN) }, Base::Arrived),
        KpiFigure {
            by: vec![("Boutique en ligne".to_owned(), exact(0.00375, Unit::Share))],
            personas: vec![both(0.00375, 449, 120_000), both(0.00375, 292, 80_000)],
            // 0.005 × 0.95
            scenarios: vec![exact(0.00475, Unit::Share)],
            differences: vec![exact(0.001, Unit::Share)],
            ..kpi(2, final_rate(), Base::Arrived)
        },
        // 0.05 / 0.005
        kpi(3, exact(10.0, Unit::Money), Base::Per("Commande".to_owned())),
        kpi(4, Figure { base: Some(0.005), ..simulated(273_600.0, 2_100.0, Unit::Time) }, Base::Those("Commande".to_owned())),
    ]
}

pub(super) fn hot_points() -> Vec<HotPointFigure> {
    // reach and its count, pull, leak and its count, leverage, felt
    // leverage: visits × rate to go of the best continuing branch × 0.01, where there is a failing branch
    let point =
        |index: usize, rank: usize, reach: (f64, u64), pull: f64, leak: (f64, u64), leverage: Option<f64>| HotPointFigure {
            touchpoint: TouchpointId::new(index),
            rank,
            reach: both(reach.0, reach.1, DRAWN),
            visits: exact(reach.0, Unit::Number),
            pull: exact(pull, Unit::Share),
            leak: both(leak.0, leak.1, DRAWN),
            leak_value: None,
            leverage: leverage.map_or(none(Unit::Points), |l| exact(l, Unit::Points)),
            felt: none(Unit::Number),
            effort: None,
            quadrant: None,
            personas: vec![
                [Some(reach.0), Some(pull), Some(leak.0), leverage, None],
                [Some(reach.0), Some(pull), Some(leak.0), leverage, None],
            ],
        };
    vec![
        HotPointFigure {
            // 0.6 × 1 + 0.4 × (−1)
            felt: Figure { estimate: simulated(0.2, 0.002, Unit::Number).estimate, ..exact(0.2, Unit::Number) },
            quadrant: Some(Quadrant::WinWin),
            // 0.91 × margin to go of those who click: 0.005 / 0.09 × 59 × 40 %
            leak_value: Some(0.91 * 0.005 / 0.09 * 23.6),
            personas: vec![
                [Some(1.0), Some(1.0), Some(0.91), Some(0.01 * 0.00375 / 0.09), Some(1.0)],
                [Some(1.0), Some(1.0), Some(0.91), Some(0.01 * 0.00375 / 0.09), Some(-1.0)],
            ],
            ..point(0, 2, (1.0, DRAWN), 1.0, (0.91, 181_952), Some(0.01 * 0.00375 / 0.09))
        },
        // 0.09 × 83 of 90 leave; 0.09 × 0.75 × 0.01
        point(1, 1, (0.09, 18_048), 1.0, (0.083, 16_634), Some(0.000_675)),
        HotPointFigure {
            effort: Some(3.0),
            quadrant: Some(Quadrant::Intrusive),
            felt: exact(-1.5, Unit::Number),
            // 0.001 of the 0.005; 0.003 × 2/3; 0.003 × 0.75 × 0.01
            ..point(2, 4, (0.003, 588), 0.2, (0.002, 390), Some(0.000_022_5))
        },
        point(3, 5, (0.005, 1_012), 1.0, (0.0, 0), None),
        HotPointFigure {
            quadrant: Some(Quadrant::WinWin),
            felt: exact(3.0, Unit::Number),
            // 0.005 × 1/4; 0.005 × 1 × 0.01
            ..point(4, 3, (0.005, 1_012), 1.0, (0.001_25, 271), Some(0.000_05))
        },
    ]
}

pub(super) fn stages() -> (Vec<StageFigure>, Vec<MomentFigure>) {
    let rows = [
        // 1 − 0.91; 1 − 0.085 / 0.09; all; 3/4
        (
            Moment::Stimulus,
            both(1.0, DRAWN, DRAWN),
            both(0.91, 181_952, DRAWN),
            both(0.09, 18_048, DRAWN),
            None,
            "Réseaux sociaux",
        ),
        (
            Moment::Zmot,
            both(0.09, 18_048, DRAWN),
            both(0.085, 17_024, DRAWN),
            both(5.0 / 90.0, 1_024, 18_048),
            Some(64.0),
            "Boutique en ligne",
        ),
        (Moment::Fmot, both(0.005, 1_012, DRAWN), both(0.0, 0, DRAWN), both(1.0, 1_012, 1_012), Some(0.0), "Boutique en ligne"),
        (
            Moment::Smot,
            both(0.005, 1_012, DRAWN),
            both(0.001_25, 271, DRAWN),
            both(0.75, 741, 1_012),
            Some(259_200.0),
            "Livraison",
        ),
    ];
    let stages = rows.iter().enumerate().map(|(at, (_, entered, left, step, time, _))| StageFigure {
        stage: StageId::new(at),
        entered: entered.clone(),
        left: left.clone(),
        step: step.clone(),
        median_time: *time,
    });
    let moments = rows.iter().map(|(moment, entered, _, step, time, channel)| MomentFigure {
        moment: *moment,
        entered: entered.clone(),
        step: step.clone(),
        median_time: *time,
        channels: vec![((*channel).to_owned(), 1.0)],
    });
    (stages.collect(), moments.collect())
}

pub(super) fn flows() -> Vec<FlowFigure> {
    let (from, to) = (|t| From::Touchpoint(TouchpointId::new(t)), |t| Target::Touchpoint(TouchpointId::new(t)));
    let (served, lost) = (Target::End(EndId::new(0)), Target::End(EndId::new(1)));
    [
        (From::Arrival(ArrivalId::new(0)), to(0), 1.0, true),
        (from(0), to(1), 0.09, true),
        (from(0), lost, 0.91, false),
        (from(1), to(3), 0.004, true),
        (from(1), to(2), 0.003, false),
        (from(1), lost, 0.083, false),
        (from(2), to(3), 0.001, false),
        (from(2), lost, 0.002, false),
        (from(3), to(4), 0.005, true),
        (from(4), served, 0.00375, true),
        (from(4), lost, 0.001_25, false),
    ]
    .map(|(from, to, passages, typical)| FlowFigure { flow: Flow { from, to }, passages, typical })
    .into()
}

pub(super) fn reached(what: ReachedWhat, share: Figure, time: (f64, f64)) -> ReachedFigure {
    ReachedFigure {
        what,
        share,
        time_mean: exact(time.0, Unit::Time),
        time_sd: exact(time.1, Unit::Time),
        cost_mean: exact(0.05, Unit::Money),
        cost_sd: exact(0.0, Unit::Money),
        revenue_mean: exact(59.0, Unit::Money),
        revenue_sd: exact(0.0, Unit::Money),
        margin_mean: exact(23.55, Unit::Money),
        margin_sd: exact(0.0, Unit::Money),
        personas: vec![Reached { share: 0.5, times: 0.5, time, cost: (0.05, 0.0), ..Reached::default() }, Reached::default()],
    }
}

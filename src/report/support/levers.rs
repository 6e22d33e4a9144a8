//! What the final rate hangs on: f = clicked × (to_cart + to_compare × convinced) × conforming = 9 % × 1/18 × 75 %.

use crate::chain::{Flow, From};
use crate::levers::{
    BranchLever, Derivative, KeyLevers, Lever, LeverOf, Levers, Method, Money, NoDerivative, NoLevers, Side, Swing, Unsolved,
};
use crate::measure::{FractionOf, FractionRow, Fractions, Standard};
use crate::model::{Event, Evidence, KpiId, ParamId, Place, Target, TouchpointId, Unit};
use crate::plan::Declined;
use crate::solve::NoFraction;
use num_rational::BigRational;

fn ratio(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

fn lever(of: LeverOf, derivative: f64, elasticity: f64) -> Lever {
    let derivative_of = Derivative { value: derivative, method: Method::Adjoint, side: Side::Both };
    Lever { of, derivative: Ok(derivative_of), elasticity: Some(elasticity), gain: Some(0.01 * derivative), money: None }
}

/// Of the final rate, and of a figure that has none.
pub(in crate::report) fn levers() -> Vec<KeyLevers> {
    let param = |at: usize, derivative, elasticity| lever(LeverOf::Param(ParamId::new(at)), derivative, elasticity);
    let branch = BranchLever {
        flow: Flow { from: From::Touchpoint(TouchpointId::new(2)), to: Target::Touchpoint(TouchpointId::new(3)) },
        share: ratio(1, 3),
        range: Some((ratio(1, 4), ratio(1, 2))),
        evidence: Evidence::default(),
    };
    let swing = |at: usize, ends, values| Swing { param: ParamId::new(at), ends, values, declared: true };
    let levers = Levers {
        value: 0.003_75,
        unit: Unit::Share,
        levers: vec![
            param(1, 0.067_5, 0.8),
            param(0, 0.003_75 / 0.09, 1.0),
            param(2, 0.022_5, 0.2),
            // a point for 500: two points for 1,000
            Lever { money: Some(Money { per_point: 500.0, gain_per_thousand: Some(0.000_1) }), ..param(4, 0.005, 1.0) },
            lever(LeverOf::Branch(branch), 0.002_25, 0.2),
            Lever { derivative: Err(NoDerivative::Jumps), elasticity: None, gain: None, ..param(3, 0.0, 0.0) },
            param(5, 0.0, 0.0),
        ],
        by_money: false,
        // 60 % and 90 % of 1/200; 5 % × 1/24, where 60 % of clicks is more than can be
        tornado: vec![
            swing(4, (ratio(3, 5), ratio(9, 10)), (Some(0.003), Some(0.004_5))),
            swing(5, (ratio(45, 1), ratio(80, 1)), (Some(0.003_75), Some(0.003_75))),
            swing(0, (ratio(1, 20), ratio(3, 5)), (Some(0.05 / 24.0), None)),
        ],
    };
    vec![
        KeyLevers { kpi: Some(KpiId::new(2)), levers: Ok(levers) },
        KeyLevers { kpi: Some(KpiId::new(3)), levers: Err(NoLevers::TooLarge) },
    ]
}

/// Where nothing is solved.
pub(in crate::report) fn no_levers() -> Vec<KeyLevers> {
    let why = [Unsolved::Declined(Declined::Horizon), Unsolved::Nobody];
    why.map(|why| KeyLevers { kpi: None, levers: Err(NoLevers::Unsolved(why)) }).into()
}

/// One that is a fraction, one that is none.
pub(in crate::report) fn fractions() -> Fractions {
    let row = |of, value| FractionRow { of, persona: None, scenario: None, unit: Unit::Share, value };
    Fractions {
        rows: vec![
            row(FractionOf::Rate(Event::Meet(Place::Touchpoint(TouchpointId::new(0)))), Ok(ratio(3, 800))),
            row(FractionOf::Standard(Standard::Clv), Err(NoFraction::Discount)),
        ],
    }
}

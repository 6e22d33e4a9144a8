//! What one campaign of the sponsored post may bring: figures near what they should be, all kinds of totals.

use crate::campaign::{Campaign, Known, KnownSpread, Spread, Total, TotalOf, Unknown};
use crate::model::{EndId, GoalId, MoneyKind, ParamId};
use num_rational::BigRational;

fn ratio(up: i64, down: i64) -> BigRational {
    BigRational::new(up.into(), down.into())
}

fn spread(mean: f64, sd: f64, [low, median, high]: [f64; 3]) -> Spread {
    Spread { mean, standard_error: sd / 100.0, sd, low, median, high }
}

/// Its campaign, by hand.
pub(super) fn campaign() -> Campaign {
    let unknown = |param: usize, known, stated, mean| {
        let drawn = crate::model::law::nearest(&mean);
        Unknown { param: ParamId::new(param), known, stated, mean, drawn }
    };
    let total = |of, stated, chance, known, worth: [f64; 4]| Total {
        of,
        stated: Some(stated),
        chance,
        known: Some(KnownSpread { spread: known, not_known: 0.46, worth: worth.into() }),
    };
    let (order, delivered) = (TotalOf::Goal(GoalId::new(0)), TotalOf::Goal(GoalId::new(1)));
    let lost = TotalOf::End(EndId::new(1));
    Campaign {
        customers: 1000,
        replications: 10_000,
        seed: 7,
        totals: vec![
            total(order, 5.0, spread(5.02, 2.2, [2.0, 5.0, 9.0]), spread(5.74, 3.2, [1.0, 5.0, 12.0]), [0.02, 0.25, 0.14, 0.0]),
            total(
                delivered,
                3.75,
                spread(3.76, 1.9, [1.0, 4.0, 7.0]),
                spread(4.31, 2.7, [1.0, 4.0, 9.0]),
                [0.02, 0.22, 0.12, 0.0],
            ),
            total(
                lost,
                996.25,
                spread(996.2, 1.9, [993.0, 996.0, 999.0]),
                spread(995.7, 2.7, [991.0, 996.0, 999.0]),
                [0.02, 0.22, 0.12, 0.0],
            ),
            total(TotalOf::Money(MoneyKind::Cost), 50.0, spread(50.0, 0.0, [50.0; 3]), spread(50.0, 0.0, [50.0; 3]), [0.0; 4]),
            total(
                TotalOf::Money(MoneyKind::Revenue),
                295.0,
                spread(296.0, 131.0, [118.0, 295.0, 531.0]),
                spread(359.0, 210.0, [63.0, 330.0, 760.0]),
                [0.01, 0.2, 0.1, 0.06],
            ),
            total(
                TotalOf::Money(MoneyKind::Margin),
                68.0,
                spread(68.4, 52.0, [-2.8, 68.0, 162.4]),
                spread(93.6, 84.0, [-25.0, 82.0, 254.0]),
                [0.01, 0.2, 0.1, 0.06],
            ),
        ],
        loss: Some((0.124, Some(0.103))),
        unknowns: vec![
            unknown(0, Known::Count(ratio(90, 1), ratio(1000, 1)), ratio(9, 100), ratio(181, 2002)),
            unknown(1, Known::Count(ratio(4, 1), ratio(90, 1)), ratio(2, 45), ratio(9, 183)),
            unknown(3, Known::Count(ratio(1, 1), ratio(3, 1)), ratio(1, 3), ratio(3, 8)),
            unknown(5, Known::Range(ratio(45, 1), ratio(80, 1)), ratio(59, 1), ratio(125, 2)),
        ],
        held: Vec::new(),
        redrawn: 12,
        read_again: false,
        unfinished: 0,
    }
}

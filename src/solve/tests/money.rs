//! Lifetime value, and money by place.

use super::{Go, Net, Stop, certain, close, exponential, fraction, mean, r};
use crate::model::{ArrivalId, MoneyKind};
use crate::plan::{At, Declined, Variable};

const CLV: Variable = Variable::Money(MoneyKind::Clv, At::Anywhere);

/// The example of Pfeifer and Carraway (2000): a customer bought 1 to 4 periods ago; he buys again with 30, 20, 15 and 5 %; after
/// the fourth period he is lost. A purchase brings 40, each period's mailing costs 4, the discount rate is 20 % a period.
fn recency(from: usize) -> Net {
    let mut net = Net::new(0, &[false]);
    for (k, buys) in [30, 20, 15, 5].into_iter().enumerate() {
        net.state();
        net.branch(k, Go(0), r(buys, 100));
        net.branch(k, if k == 3 { Stop(0) } else { Go(k + 1) }, r(100 - buys, 100));
        net.visits[k].takes = certain(1);
        net.visits[k].rewards.costs.push(certain(4));
    }
    net.visits[0].rewards.earns = Some((certain(40), r(1, 1)));
    net.enter(0, Go(from), r(1, 1));
    net
}

#[test]
fn lifetime_value_is_that_of_pfeifer_and_carraway() {
    // V = (I − P/1.2)⁻¹ (36, −4, −4, −4): with v = 1/1.2, from the last row up,
    // V4 = −4 + 0.05 v V1, V3 = −4 + 0.15 v V1 + 0.85 v V4, V2 = −4 + 0.2 v V1 + 0.8 v V3, V1 = 36 + 0.3 v V1 + 0.7 v V2.
    let v = 1.0_f64 / 1.2;
    let (a4, b4) = (-4.0_f64, 0.05 * v);
    let (a3, b3) = (-4.0 + 0.85 * v * a4, 0.15 * v + 0.85 * v * b4);
    let (a2, b2) = (-4.0 + 0.8 * v * a3, 0.2 * v + 0.8 * v * b3);
    let v1 = (36.0 + 0.7 * v * a2) / (1.0 - 0.3 * v - 0.7 * v * b2);
    let printed: [f64; 4] = [52.320, 5.554, 1.251, -1.820];
    for (from, wanted) in [v1, a2 + b2 * v1, a3 + b3 * v1, a4 + b4 * v1].into_iter().enumerate() {
        assert!((wanted - printed[from]).abs() < 0.000_5, "as printed in the paper");
        let net = recency(from);
        let mut plan = net.plan();
        plan.discount = libm::log(1.2);
        let found = net.ask_of(plan, &[(CLV, None)]);
        assert!((mean(&found.answers[0]) - wanted).abs() < 1e-12 * v1);
        assert_eq!(found.answers[0].beyond, Some(Declined::Spread));
    }
}

#[test]
fn without_a_rate_lifetime_value_is_the_margin() {
    let net = recency(3);
    let found = net.ask(&[(CLV, None), (Variable::Money(MoneyKind::Margin, At::Anywhere), None)]);
    assert_eq!(found.answers[0], found.answers[1]);
    assert!(found.answers[0].exact.as_ref().unwrap()[0].sd.is_some());
}

#[test]
fn money_at_its_instant_is_discounted_by_the_transform_of_the_time_before() {
    // Arriving costs 5 at time 0, the way takes 2; the visit costs 7 and lasts a memoryless time of mean 3; leaving earns 100 of
    // which half is margin. Rate 0.1: −5 − 7 e^{−0.2} + 50 e^{−0.2} / 1.3.
    let mut net = Net::new(0, &[false]);
    let a = net.state();
    let out = net.branch(a, Stop(0), r(1, 1));
    let way = net.enter_by(1, 0, Go(a), r(1, 1));
    net.leaves[way].rewards.costs.push(certain(5));
    net.leaves[way].after = certain(2);
    net.visits[a].rewards.costs.push(certain(7));
    net.visits[a].takes = exponential(3.0);
    net.leaves[out].rewards.earns = Some((certain(100), r(1, 2)));
    let mut plan = net.plan();
    plan.discount = 0.1;
    let arrival = |a| At::Arrival(ArrivalId::new(a));
    let found = net.ask_of(
        plan,
        &[
            (CLV, None),
            (Variable::Money(MoneyKind::Clv, At::Place(net.touch(a))), None),
            (Variable::Money(MoneyKind::Clv, arrival(1)), None),
            (Variable::Money(MoneyKind::Cost, arrival(1)), None),
            (Variable::Money(MoneyKind::Cost, arrival(0)), None),
            (Variable::Money(MoneyKind::Revenue, At::Place(net.touch(a))), None),
        ],
    );
    let way = libm::exp(-0.2);
    let place = way * (50.0 / 1.3 - 7.0);
    let wanted = [place - 5.0, place, -5.0, 5.0, 0.0, 100.0];
    for (answer, wanted) in found.answers.iter().zip(wanted) {
        assert!((mean(answer) - wanted).abs() <= 1e-12 * wanted.abs().max(0.0), "{} {wanted}", mean(answer));
    }
    assert_eq!(fraction(&found.answers[5]), r(100, 1));
}

#[test]
fn a_slow_discount_in_a_loop_that_hardly_ends_keeps_its_digits() {
    // One visit a day that earns 1, discounted at 1e-12 a day, left with chance 1e-12: Σ ((1 − 1e-12) e^{−1e-12})^k.
    let mut net = Net::new(0, &[false]);
    let (a, b) = (net.state(), net.state());
    let parts = 1_000_000_000_000;
    net.branch(a, Go(b), r(1, 1));
    net.branch(b, Go(a), r(parts - 1, parts));
    net.branch(b, Stop(0), r(1, parts));
    net.enter(0, Go(a), r(1, 1));
    net.visits[a].rewards.earns = Some((certain(1), r(1, 1)));
    net.visits[a].takes = certain(1);
    let mut plan = net.plan();
    plan.discount = 1e-12;
    let found = net.ask_of(plan, &[(CLV, None)]);
    // 1 − (1 − p) e^{−δ} = p + (1 − p)(1 − e^{−δ})
    close(mean(&found.answers[0]), 1.0 / (1e-12 + (1.0 - 1e-12) * -libm::expm1(-1e-12)));
}

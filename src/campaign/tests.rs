//! Against closed forms.

use super::*;
use crate::compile::compile;
use crate::resolve::{LoadError, Loader};

struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

fn of(text: &str, replications: u64) -> (Journey, Campaign) {
    let compiled = compile("test.journey", text.to_owned(), &NoFiles);
    let journey = compiled.journey.as_ref().unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    let campaign = campaign(&compiled, journey, Draw { seed: 5, replications: Some(replications) }).unwrap();
    (compiled.journey.unwrap(), campaign)
}

/// A journey in which those who arrive share out over the branches of one touchpoint.
fn with(params: &str, branches: &str) -> String {
    format!(
        "journey test \"Test\"\nlocale en\ncurrency EUR\n{params}\nchannel web \"Web\" digital owned\ngoal order \"Order\"\n\
         end won \"Won\" success\nend lost \"Lost\" failure\narrive 1000 at page\n\
         touchpoint page \"Page\" on web {{\n  cost 0.05 EUR\n{branches}\n}}\n"
    )
}

fn total(campaign: &Campaign, of: TotalOf) -> &Total {
    campaign.totals.iter().find(|t| t.of == of).unwrap()
}

const ORDERS: TotalOf = TotalOf::Goal(GoalId(0));

#[track_caller]
fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found}, expected {expected} within {within}");
}

/// The sponsored post. With ½ added to each side, clicks are beta(90.5, 910.5); baskets and comparers, of the same 90, Dirichlet
/// (4.5, 3.5, 83.5); the convinced beta(1.5, 2.5); deliveries evenly 60 to 90 %. The share delivered is θ = a (b + c d) e, and a
/// campaign is binomial given θ: E = 1000 E θ, Var = 1000 (E θ − E θ²) + 10⁶ (E θ² − (E θ)²).
#[test]
fn the_sponsored_post() {
    let (journey, campaign) = of(include_str!("../../specs/campaign/sponsored_post.journey"), 10_000);
    let delivered = total(&campaign, TotalOf::Goal(GoalId(1)));
    assert_eq!((campaign.customers, campaign.replications, campaign.redrawn, campaign.read_again), (1000, 10_000, 0, false));
    near(delivered.stated.unwrap(), 3.75, 1e-12);
    // Binomial(1000, 0.00375): P(0) = 2.3 %, P(≤ 1) = 11.1 %; P(≤ 6) = 91.4 %, P(≤ 7) = 96.3 %; the median is 4 (P(≤ 3) = 48.3 %).
    assert_eq!((delivered.chance.low, delivered.chance.median, delivered.chance.high), (1.0, 4.0, 7.0));
    let variance = 1000.0 * 0.003_75 * 0.996_25;
    near(delivered.chance.mean, 3.75, 4.5 * (variance / 10_000.0_f64).sqrt());
    near(delivered.chance.sd, variance.sqrt(), 0.08);

    let second = |a: f64, b: f64| a / (a + b) * (a + 1.0) / (a + b + 1.0);
    let (b, c, d, all) = (4.5, 3.5, 1.5 / 4.0, 91.5);
    let square_of_all = all * (all + 1.0);
    let ways = (b + c * d) / all;
    // E (b + c d)² with E d² = second(1.5, 2.5); moments of a Dirichlet.
    let ways_squared = (b * (b + 1.0) + 2.0 * b * c * d + c * (c + 1.0) * second(1.5, 2.5)) / square_of_all;
    let clicks = 90.5 / 1001.0;
    let mean = clicks * ways * 0.75;
    let squared = second(90.5, 910.5) * ways_squared * (0.75 * 0.75 + 0.3 * 0.3 / 12.0);
    let between = 1e6 * (squared - mean * mean);
    let variance = 1000.0 * (mean - squared) + between;
    let known = delivered.known.as_ref().unwrap();
    near(1000.0 * mean, 4.307, 0.001);
    near(known.spread.mean, 1000.0 * mean, 4.5 * known.spread.standard_error);
    near(known.spread.sd, variance.sqrt(), 0.06);
    near(known.spread.standard_error, ((between + (variance - between) / 2.0) / 10_000.0_f64).sqrt(), 0.001);
    near(known.not_known, between / variance, 0.03);
    assert_eq!((known.spread.low, known.spread.high), (1.0, 9.0));

    // What it is worth to know deliveries, clicks, the convinced: the variance of the conditional mean, which is linear in each.
    let worth = |name: &str| {
        let unknown = |u: &Unknown| journey.program.base.params[u.param.index()].name.name == name;
        known.worth[campaign.unknowns.iter().position(unknown).unwrap()]
    };
    let share = |relative: f64| 1e6 * mean * mean * relative / variance;
    near(worth("conforming"), share(0.3 * 0.3 / 12.0 / (0.75 * 0.75)), 0.01);
    near(worth("clicked"), share(second(90.5, 910.5) / (clicks * clicks) - 1.0), 0.01);
    let convinced = (c / (b + c * d)) * (c / (b + c * d)) * (second(1.5, 2.5) - d * d);
    near(worth("convinced"), share(convinced), 0.02);
    assert!(worth("to_cart") > worth("convinced"));
    // The price of a basket moves money, not deliveries.
    near(worth("basket"), 0.0, 0.01);
    let revenue = total(&campaign, TotalOf::Money(MoneyKind::Revenue));
    near(revenue.stated.unwrap(), 5.0 * 59.0, 1e-9);
    assert!(campaign.unknowns.iter().all(|u| journey.program.base.params[u.param.index()].name.name != "view_cost"));
}

/// Without anything unknown there is chance alone; a loss is a campaign without an order that pays: 40 EUR of margin each, 50 EUR
/// spent. P(N ≤ 1), N binomial (1000, 0.2 %), = 0.998^1000 + 1000 × 0.002 × 0.998^999 = 40.6 %.
#[test]
fn chance_alone() {
    let (_, campaign) = of(&with("", "  -> won 0.2% reach order earns 100 EUR margin 40%\n  -> lost otherwise"), 10_000);
    assert!(campaign.unknowns.is_empty() && campaign.totals.iter().all(|t| t.known.is_none()));
    let (loss, known) = campaign.loss.unwrap();
    let expected = 0.998_f64.powi(1000) + 2.0 * 0.998_f64.powi(999);
    near(loss, expected, 4.5 * (expected * (1.0 - expected) / 10_000.0).sqrt());
    assert_eq!(known, None);
    near(total(&campaign, TotalOf::Money(MoneyKind::Margin)).stated.unwrap(), 80.0 - 50.0, 1e-9);
}

/// None of 50 is 0 %, but not surely: beta(½, 50½), mean 1 / 102.
#[test]
fn a_count_of_none_may_be_some() {
    let (_, campaign) = of(&with("param p = 0 of 50", "  -> won p reach order\n  -> lost otherwise"), 4000);
    let orders = total(&campaign, ORDERS);
    assert_eq!((orders.stated, orders.chance.mean), (Some(0.0), 0.0));
    let known = orders.known.as_ref().unwrap();
    near(known.spread.mean, 1000.0 / 102.0, 4.5 * known.spread.standard_error);
    assert!(known.spread.mean > 5.0);
}

/// Shares that are worked out: what is left, a product, a quotient that is not linear. 1000 × E of each.
#[test]
fn what_is_worked_out_moves_along() {
    let params = "param p = 30% range 20%..40%\nparam q = 50% range 40%..80%\nparam both = p * q\nparam rest = 100% - p";
    for (share, mean, read_again) in [
        ("p", 300.0, false),
        ("both", 300.0 * 0.6, false),
        ("rest", 700.0, false),
        ("p * q * 50%", 90.0, false),
        // E p² = 0.09 + 0.2² / 12
        ("p * p", 1000.0 * (0.09 + 0.04 / 12.0), true),
    ] {
        let text = with(params, &format!("  -> won {share} reach order\n  -> lost otherwise"));
        let (_, campaign) = of(&text, if read_again { 400 } else { 4000 });
        let known = total(&campaign, ORDERS).known.as_ref().unwrap();
        assert_eq!(campaign.read_again, read_again, "{share}");
        near(known.spread.mean, mean, 4.5 * known.spread.standard_error);
    }
}

/// Two shares of up to 70 % each: draws that add up to more are drawn again. Given p + q ≤ 1 on the square 40..70 %, p has mean
/// 0.4 + 0.3 × (mean of a uniform point of the square that lies below the line u + v ≤ 2/3), which is a triangle of legs 2/3: a third
/// of 2/3. The triangle is (2/3)² / 2 = 2/9 of the square: 7 draws of 9 are refused.
#[test]
fn draws_that_leave_less_than_nothing_are_drawn_again() {
    let params = "param p = 45% range 40%..70%\nparam q = 45% range 40%..70%";
    let (_, campaign) = of(&with(params, "  -> won p reach order\n  -> lost q\n  -> lost otherwise"), 4000);
    let known = total(&campaign, ORDERS).known.as_ref().unwrap();
    near(known.spread.mean, 1000.0 * (0.4 + 0.3 * 2.0 / 9.0), 4.5 * known.spread.standard_error);
    near(campaign.redrawn as f64 / 4000.0, 3.5, 0.3);
}

/// Alternatives that are everything stay everything: 30 and 70 of 100, Dirichlet (30.5, 70.5).
#[test]
fn counts_that_are_everything() {
    let params = "param p = 30 of 100\nparam q = 70 of 100";
    let (_, campaign) = of(&with(params, "  -> won p reach order\n  -> lost q"), 4000);
    let known = total(&campaign, ORDERS).known.as_ref().unwrap();
    near(known.spread.mean, 1000.0 * 30.5 / 101.0, 4.5 * known.spread.standard_error);
    assert_eq!((campaign.held.len(), campaign.redrawn), (0, 0));
    let variance: f64 = 1000.0 * 0.302 * 0.698 + 999_000.0 * 0.302 * 0.698 / 102.0;
    near(known.spread.sd / variance.sqrt(), 1.0, 0.05);
}

/// Beside a range that must make 100 % with plain figures, no journey is possible: it is held, and said.
#[test]
fn what_cannot_move_is_held() {
    let (journey, campaign) = of(&with("param p = 30% range 20%..40%", "  -> won p reach order\n  -> lost 70%"), 200);
    assert_eq!(campaign.held.len(), 1);
    assert_eq!(journey.program.base.params[campaign.held[0].index()].name.name, "p");
    assert!(total(&campaign, ORDERS).known.is_none());
}

/// What arrives, what is paid and what is earned may be unknown too.
#[test]
fn money_and_arrivals_move() {
    let params = "param price = 50 EUR range 40..80 EUR\nparam click = 0.10 EUR range 0.05..0.25 EUR";
    let (_, campaign) =
        of(&with(params, "  -> won 10% reach order earns price * 2 margin 50% cost click\n  -> lost otherwise"), 4000);
    let revenue = total(&campaign, TotalOf::Money(MoneyKind::Revenue)).known.as_ref().unwrap();
    near(revenue.spread.mean, 100.0 * 120.0, 4.5 * revenue.spread.standard_error);
    let cost = total(&campaign, TotalOf::Money(MoneyKind::Cost)).known.as_ref().unwrap();
    near(cost.spread.mean, 50.0 + 100.0 * 0.15, 4.5 * cost.spread.standard_error);
}

#[test]
fn the_same_on_any_number_of_threads() {
    let text = with("param p = 3 of 90", "  -> won p reach order\n  -> lost otherwise");
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (_, campaign) = pool.install(|| of(&text, 500));
        format!("{campaign:?}")
    };
    assert_eq!(on(1), on(3));
}

//! Levers and break-even: derivatives against closed forms and against differences of exact solves, roots against hand-solved equations.

use super::support::{Nothing, compiled, files, json, run, stderr, stdout};
use jalon::compile::{Compiled, Journey, compile, compile_with};
use jalon::levers::find::{CannotFind, PromiseAt, Root, Search, line_of};
use jalon::levers::{
    Find, Found, LeverOf, Levers, Method, NoDerivative, NoLevers, Side, default_measure, find, key_levers, kpi_measure, levers,
};
use jalon::measure::Exactly;
use jalon::model::law::nearest;
use jalon::model::{Bound, KpiId, Measure};
use jalon::plan::ask_for;
use jalon::resolve::Given;
use jalon::solve::answers;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

fn r(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

fn read(text: &str) -> Compiled {
    let compiled = compile("test.journey", text.to_owned(), &Nothing);
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|d| d.severity == jalon::diagnostics::Severity::Error).collect();
    assert!(compiled.journey.is_some(), "{errors:#?}");
    compiled
}

fn journey(compiled: &Compiled) -> &Journey {
    compiled.journey.as_ref().unwrap()
}

/// The exact value of a measure; `None` where it has none.
fn value(journey: &Journey, measure: &Measure) -> Option<f64> {
    let (plans, requests) = ask_for(&journey.program, &journey.chains, &[measure]);
    let solved: Vec<_> = journey.chains.iter().zip(&plans).map(|(chain, plan)| answers(chain, plan).unwrap()).collect();
    let of = |c: usize| Exactly { chain: &journey.chains[c], answers: &solved[c] };
    let formula = &requests[0].formula;
    let fraction = formula.evaluate(&Clone::clone, &|leaf| of(leaf.chain).fraction(leaf));
    let value = fraction.as_ref().map(nearest).or_else(|| formula.evaluate(&nearest, &|leaf| of(leaf.chain).value(leaf).ok()));
    value.filter(|v| v.is_finite())
}

/// The derivative by differences of fourth order; `None` at the edge of what is possible.
fn by_differences(compiled: &Compiled, measure: &Measure, param: usize) -> Option<f64> {
    let param = &journey(compiled).program.base.params[param];
    let scale = if param.value.is_zero() { BigRational::one() } else { param.value.abs() };
    let step = scale / r(1000, 1);
    let at = |times: i64| {
        let given = Given::from([(param.name.name.clone(), &param.value + &step * r(times, 1))]);
        value(&compiled.again(&given).ok()?, measure)
    };
    Some((8.0 * (at(1)? - at(-1)?) - (at(2)? - at(-2)?)) / (12.0 * nearest(&step)))
}

/// Compares every kpi with every param; gives how many derivatives came of the adjoint, and were compared.
fn compare(name: &str, compiled: &Compiled) -> usize {
    let journey = journey(compiled);
    let mut compared = 0;
    for kpi in 0..journey.program.kpis.len() {
        let measure = kpi_measure(&journey.program, KpiId::new(kpi));
        let Ok(found) = levers(compiled, journey, &measure, None) else { continue };
        for lever in &found.levers {
            let LeverOf::Param(param) = &lever.of else { continue };
            let Some(expected) = by_differences(compiled, &measure, param.index()) else { continue };
            let what = format!(
                "{name}: {} by {}",
                journey.program.kpis[kpi].name.name,
                journey.program.base.params[param.index()].name.name
            );
            let derivative = lever.derivative.unwrap_or_else(|why| panic!("{what}: {why:?}"));
            // Figures of many states are floats: differences cannot be better than their last digits over the step.
            let size = nearest(&journey.program.base.params[param.index()].value).abs();
            let rounding = 1e-10 * found.value.abs() / size.max(1e-300);
            let gap = (derivative.value - expected).abs();
            assert!(gap <= 1e-6 * expected.abs() + rounding, "{what}: {} and {expected}", derivative.value);
            compared += usize::from(derivative.method == Method::Adjoint);
        }
    }
    compared
}

#[test]
fn every_kpi_by_every_param_of_the_specs() {
    let mut compared = 0;
    for path in files("specs", "journey") {
        let (_, compiled) = compiled(&path);
        compared += compare(&path.display().to_string(), &compiled);
    }
    assert!(compared > 100, "{compared}");
}

/// Every method of the solver, and params in every place where a figure may stand.
const ALL: &str = r#"journey all "All"
locale   en
currency EUR
discount yearly per year

param yearly   = 8%
param clicks   = 30%
param buys     = 20%
param back     = 25%
param wait     = 3 days
param stay     = 4 min
param price    = 59 EUR
param kept     = 40%
param ad       = 0.5 EUR
param warm     = 2
param hard     = 3
param ana_is   = 60%
param direct   = 35%
param promo    = 45%
param fixed    = 7 EUR
param buys_mobile = buys * 50%

persona ana "Ana"
persona bob "Bob" {
  has member promo
}
memory {
  flag member
  counter seen 0..3
}
channel web "Web" digital owned
channel mail "Mail" digital owned
goal order "Order"
goal asked "Asked"
end  done "Done" success
end  lost "Lost" failure

arrive ads 1000 {
  of ana ana_is
  of bob otherwise
  -> ad_page direct cost ad
  -> shop otherwise
}
arrive seo 500 {
  of ana 20%
  of bob 80%
  -> shop
}
touchpoint ad_page "Ad" on web {
  cost ad
  feel warm, -1 for bob
  takes stay
  -> shop clicks after wait
  -> lost otherwise feel -2
}
touchpoint shop "Shop" on web {
  add seen 1
  cost exponential(mean ad)
  effort hard
  takes exponential(mean stay)
  survey nps empirical(9 30%, 3 otherwise)
  -> paid buys when seen < 2 after exponential(mean wait) reach order earns price margin kept
  -> paid buys_mobile when seen >= 2 reach order earns lognormal(median price, sd 20 EUR) margin kept
  -> newsletter back
  -> lost otherwise
}
touchpoint newsletter "Letter" on mail push {
  reach asked
  cost 0.1 EUR
  feel warm - 3
  -> shop 50% when member after wait
  -> shop clicks
  -> lost otherwise
}
touchpoint paid "Paid" on web {
  feel +3
  takes wait
  -> shop back * clicks cost 1 EUR
  -> done otherwise
}

kpi hit = rate(order)
kpi later = rate(newsletter -> order)
kpi again = rate(order -> order)
kpi first = rate(order) 
kpi direct_order = rate(shop -> order before newsletter)
kpi next_step = next(shop -> paid)
kpi touched = touches(shop)
kpi touched_before = touches(shop before order)
kpi times = count(order)
kpi duration = time to order
kpi duration_end = time to lost
kpi spent = cost
kpi spent_here = cost at shop
kpi spent_in = cost at ads
kpi per_order = cost per order
kpi earned = revenue for bob
kpi left = margin
kpi worth = clv
kpi worth_here = clv at shop
kpi feeling = felt
kpi feeling_here = felt at newsletter
kpi exertion = ces
kpi score = nps
kpi pulled = pull(newsletter)
kpi leaking = leak(shop)
kpi profit = margin * 3 - fixed
kpi spread = sd(cost)
kpi lift = rate(order) for ana - rate(order) for bob
"#;

#[test]
fn every_method_of_the_solver() {
    let compiled = read(ALL);
    let compared = compare("all", &compiled);
    assert!(compared > 350, "{compared}");
}

const SPONSORED: &str = "specs/campaign/sponsored_post.journey";

fn sponsored(kpi: &str) -> (Compiled, Levers) {
    let (_, compiled) = compiled(&super::support::root().join(SPONSORED));
    let program = &journey(&compiled).program;
    let kpi = program.kpis.iter().position(|k| k.name.name == kpi).unwrap();
    let found = levers(&compiled, journey(&compiled), &kpi_measure(program, KpiId::new(kpi)), None).unwrap();
    (compiled, found)
}

fn of<'a>(compiled: &Compiled, found: &'a Levers, param: &str) -> &'a jalon::levers::Lever {
    let params = &journey(compiled).program.base.params;
    let place = params.iter().position(|p| p.name.name == param).unwrap();
    found.levers.iter().find(|l| matches!(&l.of, LeverOf::Param(id) if id.index() == place)).unwrap()
}

/// final_rate = clicked × (to_cart + to_compare × convinced) × conforming = 9 % × (4/90 + 3/90 × 1/3) × 75 %.
#[test]
fn the_sponsored_post_in_closed_form() {
    let (compiled, found) = sponsored("final_rate");
    let slope = |name: &str| of(&compiled, &found, name).derivative.unwrap().value;
    let close = |a: f64, b: f64| assert!((a - b).abs() <= 1e-12 * b.abs(), "{a} {b}");
    close(found.value, 3.0 / 800.0);
    close(slope("conforming"), 1.0 / 200.0);
    close(slope("clicked"), 1.0 / 18.0 * 0.75);
    close(slope("to_cart"), 0.09 * 0.75);
    close(slope("to_compare"), 0.09 * 0.75 / 3.0);
    close(slope("convinced"), 0.09 * 0.75 / 30.0);
    assert_eq!(slope("basket"), 0.0);
    // In proportion, and one point of it.
    close(of(&compiled, &found, "conforming").elasticity.unwrap(), 1.0);
    close(of(&compiled, &found, "conforming").gain.unwrap(), 1.0 / 20_000.0);
    // From 60 % to 90 %: from 3/1000 to 9/2000.
    let swing = &found.tornado[0];
    close(swing.values.0.unwrap(), 0.003);
    close(swing.values.1.unwrap(), 0.0045);
    // Strongest first: 0.0675 to the cart, then 0.041667 clicks.
    let LeverOf::Param(first) = &found.levers[0].of else { panic!() };
    assert_eq!(journey(&compiled).program.base.params[first.index()].name.name, "to_cart");
}

fn simple(share: &str) -> String {
    format!(
        "journey s \"S\"\ncurrency EUR\n{share}\nchannel web \"Web\" digital owned\ngoal order \"Order\"\n\
         end done \"Done\" success\nend lost \"Lost\" failure\narrive 100 {{\n  -> a\n}}\n"
    )
}

/// Of a shop with three ways on, 20 % buy, 30 % wait (a quarter of them buy), 50 % leave.
#[test]
fn a_point_for_a_branch_comes_from_the_others_in_proportion() {
    let text = simple("")
        + "touchpoint a \"A\" on web {\n  -> done 20% reach order\n  -> b 30%\n  -> lost otherwise\n}\n\
           touchpoint b \"B\" on web {\n  -> done 25% reach order\n  -> lost otherwise\n}\nkpi bought = rate(order)\n";
    let compiled = read(&text);
    let journey = journey(&compiled);
    let measure = default_measure(&journey.program).unwrap();
    let found = levers(&compiled, journey, &measure, None).unwrap();
    let slopes: Vec<f64> = found.levers.iter().map(|l| l.derivative.unwrap().value).collect();
    // 1 − (3/8)(1/4); 1/4 − (2/7); b's branch: its visits, 30 %. The strongest first.
    let expected = [1.0 - 0.3 / 0.8 * 0.25, 0.3, 0.25 - 0.2 / 0.7];
    assert_eq!(slopes.len(), 3);
    for (a, b) in slopes.iter().zip(expected) {
        assert!((a - b).abs() < 1e-14, "{slopes:?}");
    }
    // With two ways on, of which one fails, that is the leverage of the hot point.
    let LeverOf::Branch(second) = &found.levers[1].of else { panic!() };
    assert_eq!(second.share, r(1, 4));
}

/// A loop: rate = p / (1 − q (1 − p)) … derivatives by both, at the ends of what is possible too.
#[test]
fn a_loop_and_its_ends() {
    let text = |p: &str, q: &str| {
        simple(&format!("param p = {p}\nparam q = {q}"))
            + "touchpoint a \"A\" on web {\n  -> done p reach order\n  -> b otherwise\n}\n\
               touchpoint b \"B\" on web {\n  -> a q\n  -> lost otherwise\n}\nkpi bought = rate(order)\n"
    };
    for (p, q) in [(0.2, 0.5), (0.0, 0.5), (1.0, 0.5), (0.2, 0.0), (0.2, 1.0)] {
        let compiled = read(&text(&format!("{}%", p * 100.0), &format!("{}%", q * 100.0)));
        let journey = journey(&compiled);
        let found = levers(&compiled, journey, &default_measure(&journey.program).unwrap(), None).unwrap();
        let below = 1.0 - q * (1.0 - p);
        let expected = [("p", (1.0 - q) / (below * below), p), ("q", p * (1.0 - p) / (below * below), q)];
        for (name, expected, at) in expected {
            let derivative = of(&compiled, &found, name).derivative.unwrap();
            assert!((derivative.value - expected).abs() < 1e-6, "p {p} q {q} by {name}: {derivative:?} {expected}");
            let side = if at == 0.0 {
                Side::Above
            } else if at == 1.0 {
                Side::Below
            } else {
                Side::Both
            };
            // Without customers at b, nothing there makes a difference.
            if !(p == 1.0 && name == "q") {
                assert_eq!(derivative.side, side, "p {p} q {q} by {name}");
            }
        }
    }
}

/// What counts something whole has no derivative, and a figure that jumps says so.
#[test]
fn no_derivative_of_what_is_whole() {
    let text = simple("param n = 2\nmemory {\n  counter c 0..5\n}")
        + "touchpoint a \"A\" on web {\n  add c 1\n  -> a when c < n\n  -> done when c >= n reach order\n}\nkpi met = touches(a)\n";
    let compiled = compile("t", text, &Nothing);
    // Guards may not take params: then there is nothing to look at.
    if let Some(journey) = &compiled.journey {
        let found = levers(&compiled, journey, &default_measure(&journey.program).unwrap(), None).unwrap();
        let why = of(&compiled, &found, "n").derivative;
        assert!(matches!(why, Err(NoDerivative::Fixed | NoDerivative::Jumps)), "{why:?}");
    }
}

#[test]
fn money_ranks_where_all_say_what_they_cost() {
    let text = |second: &str| {
        simple(&format!("param p = 20% costs 500 EUR per point\nparam q = 50%{second}"))
            + "touchpoint a \"A\" on web {\n  -> b p\n  -> lost otherwise\n}\n\
               touchpoint b \"B\" on web {\n  -> done q reach order\n  -> lost otherwise\n}\nkpi bought = rate(order)\n"
    };
    // One point of p brings 0.5 points, one of q 0.2; for 500 and for 100 EUR.
    let compiled = read(&text(" costs 100 EUR per point"));
    let found = levers(&compiled, journey(&compiled), &default_measure(&journey(&compiled).program).unwrap(), None).unwrap();
    assert!(found.by_money);
    let gains: Vec<f64> = found.levers.iter().map(|l| l.money.unwrap().gain_per_thousand.unwrap()).collect();
    assert!((gains[0] - 0.02).abs() < 1e-12 && (gains[1] - 0.01).abs() < 1e-12, "{gains:?}");
    let compiled = read(&text(""));
    let found = levers(&compiled, journey(&compiled), &default_measure(&journey(&compiled).program).unwrap(), None).unwrap();
    assert!(!found.by_money);
    assert_eq!(found.levers[0].of, LeverOf::Param(jalon::model::ParamId(0)));
}

#[expect(clippy::needless_pass_by_value, reason = "a range is written where it is looked at")]
fn found(text: &str, param: &str, equation: &str, between: (BigRational, BigRational)) -> Result<Found, CannotFind> {
    let lines = [("--for", line_of(equation).unwrap())];
    let compiled = compile_with("test.journey", text.to_owned(), &Nothing, &lines);
    let journey = compiled.journey.as_ref().unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics));
    let promise = journey.program.expectations.last().unwrap();
    let Bound::Compare(_, right) = &promise.bound else { panic!() };
    let param = journey.program.base.params.iter().find(|p| p.name.name == param).unwrap();
    let promise_at = PromiseAt { index: journey.program.expectations.len() - 1, bound: 0, scenario: None };
    find(
        &compiled,
        journey,
        &Find { param, between: (&between.0, &between.1), sides: (&promise.measure, right), promise: promise_at },
    )
}

fn exactly(x: BigRational) -> Root {
    Root { low: x.clone(), high: x, crosses: true }
}

/// Of those who come, p buy (100 EUR earned); everybody costs 20 EUR.
fn linear() -> String {
    simple("param p = 50%\nparam fee = 20 EUR")
        + "touchpoint a \"A\" on web {\n  cost fee\n  -> done p reach order earns 100 EUR\n  -> lost otherwise\n}\n"
}

#[test]
fn break_even_of_a_straight_line() {
    let whole = (r(0, 1), r(1, 1));
    let at = found(&linear(), "p", "margin = 0", whole.clone()).unwrap();
    assert_eq!(at.roots, [exactly(r(1, 5))]);
    assert!(matches!(at.search, Some(Search::Exact { above: 1, below: 0, .. })), "{:?}", at.search);
    // None in a part of it; at the end of a part.
    assert!(found(&linear(), "p", "margin = 0", (r(1, 4), r(1, 1))).unwrap().roots.is_empty());
    assert_eq!(found(&linear(), "p", "margin = 0", (r(1, 5), r(1, 1))).unwrap().roots, [exactly(r(1, 5))]);
    assert_eq!(found(&linear(), "p", "margin = 0", (r(0, 1), r(1, 5))).unwrap().roots, [exactly(r(1, 5))]);
    // The ends say how far it is.
    let ends = found(&linear(), "p", "margin = 0", whole.clone()).unwrap().feasible;
    assert_eq!((ends[0].low.sides, ends[0].high.sides), ((-20.0, 0.0), (80.0, 0.0)));
    // A param that stands in the measure alone, and one that changes nothing.
    assert_eq!(found(&linear(), "fee", "revenue = fee * 2", (r(0, 1), r(90, 1))).unwrap().roots, [exactly(r(25, 1))]);
    assert!(found(&linear(), "fee", "rate(order) = 50%", (r(0, 1), r(90, 1))).unwrap().everywhere);
    assert_eq!(found(&linear(), "p", "rate(order) = 50%", whole).unwrap().roots, [exactly(r(1, 2))]);
}

/// Two steps with p each: rate = p (1 − p), largest at 1/2, where it is 1/4.
#[test]
fn break_even_of_a_parabola() {
    let text = simple("param p = 30%")
        + "touchpoint a \"A\" on web {\n  -> b p\n  -> lost otherwise\n}\n\
           touchpoint b \"B\" on web {\n  -> lost p\n  -> done otherwise reach order\n}\n";
    let at = |value: &str| found(&text, "p", &format!("rate(order) = {value}"), (r(0, 1), r(1, 1))).unwrap();
    assert_eq!(at("16%").roots, [exactly(r(1, 5)), exactly(r(4, 5))]);
    assert_eq!(at("25%").roots, [Root { low: r(1, 2), high: r(1, 2), crosses: false }]);
    assert!(at("26%").roots.is_empty());
    // 1/2 ± √(1/4 − 1/5): no fractions.
    let roots = at("20%").roots;
    let expected = [0.5 - 0.05_f64.sqrt(), 0.5 + 0.05_f64.sqrt()];
    for (root, x) in roots.iter().zip(expected) {
        let (low, high) = (nearest(&root.low), nearest(&root.high));
        assert!(low <= x + 1e-15 && x <= high + 1e-15 && high - low < 1e-11, "{root:?} {x}");
    }
    assert_eq!(roots.len(), 2);
}

/// With 70 % of the branches taken already, p may be 30 % at most.
#[test]
fn break_even_where_the_branches_add_up() {
    let text = simple("param p = 10%")
        + "touchpoint a \"A\" on web {\n  -> done p reach order\n  -> b 70%\n  -> lost otherwise\n}\n\
           touchpoint b \"B\" on web {\n  -> lost\n}\n";
    let all = found(&text, "p", "rate(order) = 20%", (r(0, 1), r(1, 1))).unwrap();
    assert_eq!(all.roots, [exactly(r(1, 5))]);
    assert_eq!((&all.feasible[0].low.at, &all.feasible[0].high.at), (&r(0, 1), &r(3, 10)));
    assert!(found(&text, "p", "rate(order) = 40%", (r(0, 1), r(1, 1))).unwrap().roots.is_empty());
    // A cost per order is not known where nobody orders.
    let open = found(&text, "p", "time to order + 1 s = 1 s", (r(0, 1), r(1, 1)));
    if let Ok(open) = open {
        assert!(!open.feasible[0].low.included || open.everywhere);
    }
}

/// A spread is no fraction: √(p (1 − p)) · 100 = 40 at p = 1/5 and 4/5, on a grid.
#[test]
fn break_even_on_a_grid() {
    let text =
        simple("param p = 50%") + "touchpoint a \"A\" on web {\n  -> done p reach order cost 100 EUR\n  -> lost otherwise\n}\n";
    let at = found(&text, "p", "sd(cost) = 40 EUR", (r(0, 1), r(1, 1))).unwrap();
    assert!(matches!(at.search, Some(Search::Grid { .. })));
    let roots: Vec<f64> = at.roots.iter().map(Root::value).collect();
    assert!(roots.len() == 2 && (roots[0] - 0.2).abs() < 1e-9 && (roots[1] - 0.8).abs() < 1e-9, "{roots:?}");
    let touch = found(&text, "p", "sd(cost) = 50 EUR", (r(0, 1), r(1, 1))).unwrap();
    assert_eq!(touch.roots.len(), 1);
    assert!((touch.roots[0].value() - 0.5).abs() < 1e-5 && !touch.roots[0].crosses);
}

/// What an improvement costs is money, per point, of a share.
#[test]
fn costs_that_mean_nothing_are_refused() {
    let codes = |param: &str| {
        let text = simple(param) + "touchpoint a \"A\" on web {\n  -> done\n}\n";
        let found = compile("t", text, &Nothing).diagnostics;
        let errors = found.iter().filter(|d| d.severity == jalon::diagnostics::Severity::Error);
        errors.map(|d| d.code.number()).collect::<Vec<_>>()
    };
    assert!(codes("param p = 20% costs 500 EUR per point").is_empty());
    assert_eq!(codes("param p = 20% costs 500 EUR"), ["J0202"]);
    assert_eq!(codes("param p = 20% costs 500 per point"), ["J0202"]);
    assert_eq!(codes("param p = 20% costs 500 EUR per day"), ["J0104"]);
    assert_eq!(codes("param p = 20 EUR costs 500 EUR per point"), ["J0202"]);
    assert_eq!(codes("param p = 20% costs -5 EUR per point"), ["J0205"]);
}

/// What is printed: exit codes, JSON, both languages.
#[test]
fn the_commands() {
    let levers = run(&["levers", SPONSORED, "--format", "json"]);
    assert_eq!(levers.status.code(), Some(0));
    let document = json(&levers);
    assert_eq!(document["kpi"]["name"], "final_rate");
    assert_eq!(document["levers"][0]["name"], "to_cart");
    assert_eq!(document["tornado"][0]["name"], "conforming");
    let french = stdout(&run(&["levers", SPONSORED, "--kpi", "hot_conversion"]));
    assert!(
        french.contains("Sur quoi travailler") && french.replace(['\u{a0}', '\u{202f}'], " ").contains("+0,09 point"),
        "{french}"
    );

    let at = |more: &[&str]| run(&[&["solve", SPONSORED], more].concat());
    let root = json(&at(&["--find", "conforming", "--for", "final_rate = 0.4%", "--format", "json"]));
    assert_eq!(root["roots"][0]["fraction"], "4/5");
    assert_eq!(root["search"]["method"], "exact");
    for wrong in [
        &["--find", "conformng", "--for", "margin = 0"][..],
        &["--find", "conforming", "--for", "margin > 0"],
        &["--find", "conforming", "--for", "margn = 0"],
        &["--find", "view_cost", "--for", "margin = 0"],
        &["--find", "basket", "--for", "margin = 0", "--between", "10..90"],
        &["--find", "basket", "--for", "1 = 2"],
        &["--find", "basket"],
    ] {
        let output = at(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {}", stderr(&output));
    }
    assert_eq!(run(&["levers", SPONSORED, "--kpi", "final_rat"]).status.code(), Some(2));
}

#[test]
fn what_is_wrong_in_bounds_and_equations_is_pointed_at_as_typed() {
    let solve = |more: &[&str]| {
        let first = ["solve", "specs/campaign/sponsored_post.journey", "--find", "conforming", "--format", "plain"];
        let output = run(&[&first[..], more].concat());
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        stderr(&output)
    };
    let said = solve(&["--for", "margin = 0", "--between", "10%..xx", "--lang", "en"]);
    assert!(said.contains("--between:1:6: error[J0101]") && said.contains("line 1: 10%..xx"), "{said}");
    let said = solve(&["--for", "margin = 0", "--between", "90%..10%", "--lang", "en"]);
    assert!(said.contains("--between:1:1: error[J0207]") && !said.contains("jalon_find"), "{said}");
    let said = solve(&["--for", "final_rat  =  0", "--lang", "en"]);
    assert!(said.contains("--for:1:1: error[J0101]") && said.contains("line 1: final_rat = 0"), "{said}");
    assert!(said.contains("change at 1:1: `final_rat` becomes `final_rate`"), "{said}");
}

#[test]
fn that_there_is_no_value_is_said_plainly() {
    let solve = |find: &str, equation: &str| {
        let output = run(&["solve", "specs/campaign/sponsored_post.journey", "--find", find, "--for", equation]);
        stdout(&output).replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said = solve("conforming", "final_rate = 40%");
    assert!(said.contains("Aucune valeur ne convient. ") && said.contains("C’est certain : l’écart"), "{said}");
    let said = solve("basket", "final_rate = 40%");
    assert!(said.contains("Aucune valeur ne convient : « Panier moyen » n’y change rien."), "{said}");
}

/// What a run tells of its key kpis is what the command tells of each.
#[test]
fn key_figures_have_the_levers_that_the_command_tells() {
    let path = super::support::root().join("specs/retail/roger_tv.journey");
    let compiled = read(&std::fs::read_to_string(path).unwrap());
    let keys = key_levers(&compiled, journey(&compiled));
    let names: Vec<&str> =
        keys.iter().map(|k| journey(&compiled).program.kpis[k.kpi.unwrap().index()].name.name.as_str()).collect();
    assert_eq!(names, ["bought", "won_back"]);
    for key in &keys {
        let alone = levers(&compiled, journey(&compiled), &kpi_measure(&journey(&compiled).program, key.kpi.unwrap()), None);
        assert_eq!(format!("{:?}", key.levers.as_ref().unwrap()), format!("{:?}", alone.unwrap()));
    }
    // Without kpis it is the rate of the main goal.
    let none = simple("param p = 20%") + "touchpoint a \"A\" on web {\n  -> done p reach order\n  -> lost otherwise\n}\n";
    let compiled = read(&none);
    let keys = key_levers(&compiled, journey(&compiled));
    assert!(keys.len() == 1 && keys[0].kpi.is_none() && (keys[0].levers.as_ref().unwrap().value - 0.2).abs() < 1e-15);
}

/// A scenario that a value makes impossible says nothing of the journey as written: 45 % and 60 % are too much there, not here.
#[test]
fn the_ends_of_a_range_are_those_of_the_journey_as_written() {
    let text = simple("param p = 20% range 10%..45%")
        + "touchpoint a \"A\" on web {\n  -> done p reach order\n  -> lost otherwise\n}\nkpi k key = rate(order)\n\
           scenario s \"S\" {\n  touchpoint a \"A\" on web {\n    -> done p reach order\n    -> lost 60%\n    -> lost otherwise\n  }\n}\n";
    let compiled = read(&text);
    let keys = key_levers(&compiled, journey(&compiled));
    let swing = keys[0].levers.as_ref().unwrap().tornado[0].values;
    assert!((swing.0.unwrap() - 0.1).abs() < 1e-15 && (swing.1.unwrap() - 0.45).abs() < 1e-15);
}

/// 300 states, read again four times for each of 300 params with a range: more than in passing.
#[test]
fn the_levers_of_a_large_journey_are_left_to_the_command() {
    let params: String = (0..300).map(|i| format!("param p{i} = 20% range 10%..30%\n")).collect();
    let steps: String = (0..300)
        .map(|i| {
            format!(
                "touchpoint t{i} on web {{\n  -> {} p{i}\n  -> lost otherwise\n}}\n",
                if i == 299 { "done".to_owned() } else { format!("t{}", i + 1) }
            )
        })
        .collect();
    let text = format!(
        "journey s\ncurrency EUR\n{params}channel web digital owned\ngoal order\nend done success\nend lost failure\narrive 100 at t0\n{steps}kpi k key = rate(t299)\n"
    );
    let compiled = read(&text);
    let keys = key_levers(&compiled, journey(&compiled));
    assert!(matches!(keys[0].levers, Err(NoLevers::TooLarge)));
}

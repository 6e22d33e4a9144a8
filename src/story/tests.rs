//! Stories against what is derived by hand, and against the simulation that they are told of.

use super::*;
use crate::compile::{Compiled, Journey, compile};
use crate::model::{Event, Measure, MeasureKind, Modifiers, PersonaId, Place, TouchpointId, Unit};
use crate::plan::ask;
use crate::resolve::{LoadError, Loader};
use crate::simulate::{Run, simulate};

struct Alone;

impl Loader for Alone {
    fn load(&self, _: &str, _: &str) -> Result<(String, String), LoadError> {
        Err(LoadError::Missing)
    }
}

/// A shop with a way back: half of those who leave the page come back to it by a mail, once more each time.
const SHOP: &str = "journey shop \"Shop\"
locale en
currency EUR
persona ann \"Ann\"
persona bob \"Bob\"
channel web \"Web\" digital owned
goal order \"Order\"
end served \"Served\" success
end lost \"Lost\" failure
arrive social \"Social\" 300 {
  of ann 100%
  -> post
}
arrive direct \"Direct\" 100 {
  of bob 100%
  -> page
}
touchpoint post \"Post\" on web {
  cost 2 EUR
  takes exponential(mean 1 h)
  -> page 20%
  -> lost otherwise
}
touchpoint page \"Page\" on web {
  -> till 10% because \"the price is right\"
  -> mail 50% after 1 day
  -> lost otherwise
}
touchpoint mail \"Mail\" on web {
  -> page 40% after 2 days
  -> lost otherwise
}
touchpoint till \"Till\" on web {
  reach order
  earns 30 EUR margin 50%
  -> served
}
kpi sold \"Sold\" key = rate(order)
";

fn shop() -> Compiled {
    let compiled = compile("shop", SHOP.to_owned(), &Alone);
    assert!(compiled.journey.is_some(), "{:?}", compiled.diagnostics);
    compiled
}

fn journey(compiled: &Compiled) -> &Journey {
    compiled.journey.as_ref().unwrap()
}

fn touchpoint(journey: &Journey, name: &str) -> TouchpointId {
    TouchpointId::new(journey.program.base.touchpoints.iter().position(|t| t.name.name == name).unwrap())
}

fn rate(from: Option<Event>, to: Event) -> Measure {
    let kind = MeasureKind::Rate { from, to, before: None, within: None, only: Modifiers::default() };
    Measure { kind, unit: Unit::Share, origin: crate::diagnostics::Span::default() }
}

#[test]
fn the_most_usual_ways_and_what_they_are_worth() {
    let compiled = shop();
    let journey = journey(&compiled);
    let order = rate(None, Event::Reach(crate::model::GoalId::new(0)));
    let found = why(&compiled, journey, &order).unwrap();
    // Three of four come by the post and 20 % of them see the page, one of four at once: 0.15 + 0.25 = 0.4. From the page on,
    // 0.1 / (1 − 0.5 × 0.4) = 0.125 order.
    assert!((found.value.value - 0.4 * 0.125).abs() < 1e-15);
    let ways = found.ways.unwrap();
    let each = |name: &[&str]| name.iter().map(|n| touchpoint(journey, n)).collect::<Vec<_>>();
    let first: Vec<(Vec<TouchpointId>, f64)> =
        ways.paths.to_goal.iter().map(|p| (p.touchpoints.clone(), p.probability)).collect();
    let expected = [
        (each(&["page", "till"]), 0.25 * 0.1),
        (each(&["post", "page", "till"]), 0.15 * 0.1),
        (each(&["page", "mail", "page", "till"]), 0.25 * 0.2 * 0.1),
        (each(&["post", "page", "mail", "page", "till"]), 0.15 * 0.2 * 0.1),
        (each(&["page", "mail", "page", "mail", "page", "till"]), 0.25 * 0.04 * 0.1),
    ];
    assert_eq!(first.len(), expected.len());
    for ((path, share), (wanted, exact)) in first.iter().zip(&expected) {
        assert_eq!(path, wanted);
        assert!((share - exact).abs() < 1e-15, "{share} {exact}");
    }
    // Past it: 0.75 × 0.8 leave the post, the largest.
    let lost = &ways.paths.to_failure[0];
    assert_eq!(lost.touchpoints, each(&["post"]));
    assert!((lost.probability - 0.6).abs() < 1e-15);
}

#[test]
fn ways_from_a_place_start_there() {
    let compiled = shop();
    let journey = journey(&compiled);
    let meet = |name: &str| Event::Meet(Place::Touchpoint(touchpoint(journey, name)));
    let ways = why(&compiled, journey, &rate(Some(meet("page")), meet("till"))).unwrap().ways.unwrap();
    assert!((ways.base - 0.4).abs() < 1e-12 && (ways.share - 0.125).abs() < 1e-12);
    let first = &ways.paths.to_goal[0];
    assert_eq!(first.touchpoints, [touchpoint(journey, "page"), touchpoint(journey, "till")]);
    assert!((first.probability - 0.4 * 0.1).abs() < 1e-12);
    // A return: nothing follows itself.
    let back = why(&compiled, journey, &rate(Some(meet("page")), meet("page"))).unwrap().ways.unwrap();
    assert!((back.share - 0.2).abs() < 1e-12);
    assert_eq!(back.paths.to_goal.len(), 1);
    assert!((back.paths.to_goal[0].probability - 0.4 * 0.2).abs() < 1e-12);
    let away: f64 = back.paths.to_failure.iter().map(|p| p.probability).sum();
    assert!((away - 0.4 * 0.8).abs() < 1e-12, "every way past it is one of three: {away}");
}

#[test]
fn a_figure_stands_on_its_lines() {
    let compiled = shop();
    let order = rate(None, Event::Reach(crate::model::GoalId::new(0)));
    let found = why(&compiled, journey(&compiled), &order).unwrap();
    let line = |ground: &Ground| compiled.sources.get(ground.origin.file).position(ground.origin.start).line as usize;
    let found: Vec<(&str, f64)> = (found.grounds.iter())
        .map(|ground| (SHOP.lines().nth(line(ground) - 1).unwrap().trim(), ground.lever.gain.unwrap()))
        .collect();
    // f = A p / (1 − m b), with A = 0.4 who come to the page, p = 0.1 to the till, m = 0.5 to the mail, b = 0.4 back. What a branch gains
    // the others of its touchpoint lose in proportion; a hundredth of each derivative:
    // p: A (1 / 0.8 + p b (−m / 0.9) / 0.64) = 0.4 (1.25 − 5 / 144); the way to the page: 0.75 × 0.125;
    // m: A (−0.2 / 0.8 + p b / 0.64) = −0.075; b: A p m / 0.64 = 0.03125.
    let expected = [
        ("-> till 10% because \"the price is right\"", 0.4 * (1.25 - 5.0 / 144.0)),
        ("-> page 20%", 0.09375),
        ("-> mail 50% after 1 day", -0.075),
        ("-> page 40% after 2 days", 0.03125),
    ];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((line, gain), (wanted, derivative)) in found.into_iter().zip(expected) {
        assert_eq!(line, wanted);
        assert!((gain - derivative / 100.0).abs() < 1e-12, "{line}: {gain}");
    }
}

/// Customers followed one by one do what the simulation counts.
#[test]
fn the_customers_told_of_are_those_that_were_counted() {
    let compiled = shop();
    let journey = journey(&compiled);
    let asked = ask(&journey.program, &journey.chains);
    let customers = 2_000;
    let run = Run { seed: 7, customers };
    let counted = simulate(&journey.program.base, &journey.chains[0], &asked.plans[0], &run, &|_| ());
    let mut visits = vec![vec![0_u64; 4]; 2];
    for customer in 0..customers {
        let told = tale(journey, 7, customer).unwrap();
        for met in &told.trace.visits {
            visits[told.trace.persona.index()][met.touchpoint.index()] += 1;
        }
        let times: Vec<f64> = told.trace.visits.iter().flat_map(|met| [Some(met.arrive), met.depart]).flatten().collect();
        assert!(times.is_sorted(), "{times:?}");
        assert!(told.share.unwrap() > 0.0);
    }
    assert_eq!(visits, counted.counts.iter().map(|c| c.visits.clone()).collect::<Vec<_>>());
}

#[test]
fn the_median_one_reaches_the_goal_and_is_of_his_persona() {
    let compiled = shop();
    let journey = journey(&compiled);
    for persona in [0, 1].map(PersonaId::new) {
        let (customer, goal) = median_like(journey, 3, persona).unwrap();
        let told = tale(journey, 3, customer).unwrap();
        assert_eq!(told.trace.persona, persona);
        assert!(told.trace.reached(goal.unwrap()));
    }
    let (bob, _) = median_like(journey, 3, PersonaId::new(1)).unwrap();
    // Most of those who order do so on their first visit of the page: no time passes.
    assert_eq!(tale(journey, 3, bob).unwrap().trace.duration(), 0.0);
}

#[test]
fn the_share_of_a_path_is_the_product_of_its_steps() {
    let compiled = shop();
    let journey = journey(&compiled);
    let told = (0..2_000).map(|customer| tale(journey, 7, customer).unwrap());
    let long = told.max_by_key(|told| told.trace.visits.len()).unwrap();
    let steps: f64 = long.trace.visits.iter().map(|met| met.onward.as_ref().unwrap().probability).product();
    let share = long.trace.entry.probability * steps;
    assert!((long.share.unwrap() / share - 1.0).abs() < 1e-12);
}

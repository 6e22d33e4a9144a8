//! Touchpoints that many meet and hardly anybody needs.

use super::answers::Exactly;
use super::figures::{Figures, HotPointFigure};
use crate::chain::{Chain, Entry};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::{Lang, percent};
use crate::model::{Event, Measure, MeasureKind, Model, Modifiers, Place, Program, TouchpointId, Unit};
use crate::plan::ask_for;
use crate::solve::answers;
use crate::words;

/// Of all who arrive, so many meet it before they convert.
const POPULAR: f64 = 0.25;
/// How many touchpoints are looked at: the most popular ones, ways in left aside.
const MOST: usize = 3;
/// Of the largest pull, a useful touchpoint has at least so much.
const USEFUL: f64 = 0.1;

/// A note for every touchpoint that is popular without being useful. Only what is solved is judged: luck has no part in it.
#[must_use]
pub fn popular_findings(program: &Program, chains: &[Chain], figures: &Figures) -> Vec<Diagnostic> {
    let (Some(goal), Some(chain)) = (figures.main_goal, chains.first()) else { return Vec::new() };
    let model = &program.base;
    let largest = figures.hot_points.iter().filter_map(|point| point.pull.exact).fold(0.0, f64::max);
    let mut popular: Vec<(&HotPointFigure, f64)> = figures
        .hot_points
        .iter()
        .filter_map(|point| Some((point, point.reach.exact?)))
        .filter(|(point, _)| !is_way_in(chain, point.touchpoint))
        .collect();
    popular.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    popular.truncate(MOST);
    popular.retain(|(point, reach)| *reach >= POPULAR && point.pull.exact.is_some_and(|pull| pull < USEFUL * largest));
    // Who comes by after converting was not to be converted there.
    let before = |point: &HotPointFigure| Measure {
        kind: MeasureKind::Rate {
            from: None,
            to: Event::Meet(Place::Touchpoint(point.touchpoint)),
            before: Some(Event::Reach(goal)),
            within: None,
            only: Modifiers::default(),
        },
        unit: Unit::Share,
        origin: Span::default(),
    };
    let measures: Vec<Measure> = popular.iter().map(|(point, _)| before(point)).collect();
    if measures.is_empty() {
        return Vec::new();
    }
    let (plans, requests) = ask_for(program, std::slice::from_ref(chain), &measures.iter().collect::<Vec<_>>());
    let Ok(answers) = answers(chain, &plans[0]) else { return Vec::new() };
    let exactly = Exactly { chain, answers: &answers };
    let share = |request: &crate::plan::Request| exactly.value(request.formula.only_leaf()?).ok();
    let met = popular.iter().zip(requests.iter().map(share));
    let kept = met.filter_map(|((point, _), met)| Some((*point, met.filter(|met| *met >= POPULAR)?)));
    kept.map(|(point, met)| finding(model, point, met, largest, &model.goals[goal.index()].name.label)).collect()
}

fn is_way_in(chain: &Chain, touchpoint: TouchpointId) -> bool {
    let leads = |entry: &Entry| chain.states.get(entry.to as usize).is_some_and(|state| state.touchpoint == touchpoint);
    chain.entries.iter().any(leads)
}

fn finding(model: &Model, point: &HotPointFigure, met: f64, largest: f64, goal: &str) -> Diagnostic {
    let name = &model.touchpoints[point.touchpoint.index()].name;
    let (label, pull) = (&name.label, point.pull.exact.unwrap_or(0.0));
    let [met_en, pull_en, most_en] = [met, pull, largest].map(|share| percent(share, Lang::En));
    let [met_fr, pull_fr, most_fr] = [met, pull, largest].map(|share| percent(share, Lang::Fr));
    Diagnostic::new(
        Code::PopularNotUseful,
        name.origin,
        words!(
            "{met_en} of the customers meet `{label}`, and {pull_en} of the conversions would be lost without it",
            "{met_fr} des clients passent par `{label}`, et {pull_fr} des conversions seraient perdues sans lui"
        ),
    )
    .here(words!("popular, but hardly needed", "fréquenté, mais presque pas nécessaire"))
    .note(words!(
        "conversions: those who reach `{goal}`; customers: those who meet it before that; the touchpoint that most hang on holds {most_en}",
        "conversions : ceux qui atteignent `{goal}` ; clients : ceux qui y passent avant ; le point de contact dont le plus dépend en \
         retient {most_fr}"
    ))
    .help(words!(
        "spend no more on bringing customers there; make it lead to where they decide, or accept that it serves something else",
        "ne payez pas davantage pour y amener des clients ; faites-le mener là où ils se décident, ou admettez qu'il sert à autre chose"
    ))
}

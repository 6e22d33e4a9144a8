//! Why a promise is broken, in sentences.

use super::Outcome;
use crate::gate::{Needed, NeededOf, Tested, Way, Why};
use crate::locale::{self, Lang};
use crate::measure::TypicalPath;
use crate::model::Unit;
use crate::report::levers::Ink;

pub(super) fn reasons(ink: &Ink<'_>, tested: &Tested, outcome: Outcome) -> Vec<String> {
    if outcome == Outcome::Kept {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if let Some(margin) = tested.margin.filter(|m| m.value < 0.0) {
        let unit = tested.promise.figure.unit;
        let short = ink.value(margin.value.abs(), if unit == Unit::Share { Unit::Points } else { unit });
        let value = tested.promise.figure.value();
        let too_much = tested.promise.bounds.iter().all(|bound| value > bound.value());
        lines.push(match (ink.lang, too_much) {
            (Lang::En, false) => format!("short by {short}"),
            (Lang::En, true) => format!("{short} too much"),
            (Lang::Fr, false) => format!("il manque {short}"),
            (Lang::Fr, true) => format!("{short} de trop"),
        });
    }
    if let Some(why) = &tested.why {
        lines.extend(why.needed.iter().map(|needed| sentence(ink, needed)));
        lines.extend(powerless(ink, why));
        lines.extend(paths(ink, why));
    }
    lines
}

/// “Conforming deliveries” would have to be 82 % instead of 75 %.
fn sentence(ink: &Ink<'_>, needed: &Needed) -> String {
    let (is, should) = (ink.value(needed.is, needed.unit), ink.value(needed.should_be, needed.unit));
    let (what, name) = match needed.of {
        NeededOf::Param(id) => {
            let name = &ink.model.params[id.index()].name;
            (name.label.clone(), format!(" ({})", name.name))
        }
        NeededOf::Branch(flow) => (ink.flow(flow), String::new()),
    };
    match (ink.lang, needed.exact) {
        (Lang::En, true) => format!("“{what}”{name} would have to be {should} instead of {is}"),
        (Lang::En, false) => format!("“{what}”{name} would have to be about {should} instead of {is}"),
        (Lang::Fr, true) => format!("«\u{a0}{what}\u{a0}»{name} devrait valoir {should} au lieu de {is}"),
        (Lang::Fr, false) => format!("«\u{a0}{what}\u{a0}»{name} devrait valoir environ {should} au lieu de {is}"),
    }
}

fn powerless(ink: &Ink<'_>, why: &Why) -> Option<String> {
    if why.powerless.is_empty() {
        return None;
    }
    let names = why.powerless.iter().map(|id| ink.model.params[id.index()].name.name.as_str()).collect::<Vec<_>>().join(", ");
    Some(match ink.lang {
        Lang::En => format!("no possible value is enough by itself: {names}"),
        Lang::Fr => format!("aucune valeur possible n’y suffit seule\u{a0}: {names}"),
    })
}

fn paths(ink: &Ink<'_>, why: &Why) -> Vec<String> {
    let path = |path: &TypicalPath| {
        let mut met: Vec<&str> =
            path.touchpoints.iter().map(|id| ink.model.touchpoints[id.index()].name.label.as_str()).collect();
        met.extend(path.end.map(|end| ink.model.ends[end.index()].name.label.as_str()));
        let (share, met) = (locale::percent(path.probability, ink.lang), met.join(" → "));
        match (ink.lang, why.way) {
            (Lang::En, Way::Failure) => format!("{share} of all who arrive are lost this way: {met}"),
            (Lang::En, Way::Goal) => format!("{share} of all who arrive come to the goal this way: {met}"),
            (Lang::Fr, Way::Failure) => format!("{share} de tous ceux qui arrivent se perdent ainsi\u{a0}: {met}"),
            (Lang::Fr, Way::Goal) => format!("{share} de tous ceux qui arrivent atteignent l’objectif ainsi\u{a0}: {met}"),
        }
    };
    why.paths.iter().map(path).collect()
}

//! What a measure is, in words.

use super::Pen;
use crate::locale;
use crate::model::law::nearest;
use crate::model::{Contact, Event, Measure, MeasureKind, Modifiers, MoneyKind, Place};
use crate::syntax::tree::{Comparison, Operator, Statistic};
use crate::words;

/// A measure, as its reader would say it.
pub(in crate::report) fn of(pen: &Pen<'_>, measure: &Measure) -> String {
    match &measure.kind {
        MeasureKind::Constant(value) => pen.write(nearest(value), measure.unit),
        MeasureKind::Kpi(id, only) => {
            format!("{}{}", pen.quote(&pen.program.kpis[id.index()].name.label), narrowed(pen, only))
        }
        MeasureKind::Rate { from, to, before, within, only } => {
            rate(pen, from.as_ref(), to, before.as_ref(), *within) + &narrowed(pen, only)
        }
        MeasureKind::Next { from, to, only } => {
            let (from, to) = (place(pen, from), label(pen, to));
            let text = words!(
                "share of the visits to {from} that {to} follows at once",
                "part des visites de {from} que suit aussitôt {to}"
            );
            pen.say(&text) + &narrowed(pen, only)
        }
        MeasureKind::Touches { of, before, only } => touches(pen, of, before.as_ref()) + &narrowed(pen, only),
        MeasureKind::Count(goal, only) => {
            let goal = pen.quote(&pen.model.goals[goal.index()].name.label);
            pen.say(&words!(
                "times {goal} is reached, per customer who arrived",
                "nombre de fois où {goal} est atteint, par client arrivé"
            )) + &narrowed(pen, only)
        }
        MeasureKind::TimeTo(event, only) => {
            let who = does(pen, event);
            let label = label(pen, event);
            pen.say(&words!(
                "time from arrival to {label}, the first time, among those who {who}",
                "temps de l’arrivée à {label}, la première fois, parmi ceux qui {who}"
            )) + &narrowed(pen, only)
        }
        MeasureKind::Money(kind, only) => money(pen, *kind, only) + &narrowed(pen, only),
        MeasureKind::Nps(only) => {
            pen.lang.pick("promoters less detractors, per hundred", "promoteurs moins détracteurs, pour cent").to_owned()
                + &narrowed(pen, only)
        }
        MeasureKind::Csat(only) => {
            pen.lang.pick("share of satisfied customers", "part de clients satisfaits").to_owned() + &narrowed(pen, only)
        }
        MeasureKind::Ces(only) => {
            pen.lang.pick("mean effort, from 1 to 7", "effort moyen, de 1 à 7").to_owned() + &narrowed(pen, only)
        }
        MeasureKind::Felt(only) => {
            pen.lang.pick("mean feeling, from −5 to +5", "ressenti moyen, de −5 à +5").to_owned() + &narrowed(pen, only)
        }
        MeasureKind::Pull(of, only) => {
            let of = place(pen, of);
            pen.say(&words!(
                "share of the conversions that vanish without {of}",
                "part des conversions qui disparaissent sans {of}"
            )) + &narrowed(pen, only)
        }
        MeasureKind::Leak(of, only) => {
            let of = place(pen, of);
            pen.say(&words!(
                "share of all who arrived whose journey fails on leaving {of}",
                "part de tous les arrivants dont le parcours échoue en sortant de {of}"
            )) + &narrowed(pen, only)
        }
        MeasureKind::Leverage(id, only) => {
            let of = pen.quote(&pen.model.touchpoints[id.index()].name.label);
            pen.say(&words!(
                "gain of the main goal’s rate for one point of probability at {of}",
                "gain du taux de l’objectif principal pour un point de probabilité à {of}"
            )) + &narrowed(pen, only)
        }
        MeasureKind::Statistic(statistic, inner) => statistic_of(pen, *statistic, &of(pen, inner)),
        MeasureKind::Share(inner, comparison, bound) => {
            let sign = sign(*comparison);
            let (inner_words, bound) = (of(pen, inner), pen.write(nearest(bound), inner.unit));
            pen.say(&words!(
                "share of the customers with: {inner_words}, {sign} {bound}",
                "part des clients pour qui\u{a0}: {inner_words}, {sign} {bound}"
            ))
        }
        MeasureKind::Binary(operator, left, right) => {
            let sign = operator.sign();
            // A sum of sums needs no parentheses on its left.
            let adds = |measure: &Measure| matches!(measure.kind, MeasureKind::Binary(Operator::Add, ..));
            let left = if *operator == Operator::Add && adds(left) { of(pen, left) } else { part(pen, left) };
            format!("{left} {sign} {}", part(pen, right))
        }
        MeasureKind::Negative(inner) => format!("−{}", part(pen, inner)),
    }
}

/// A part of arithmetic, in parentheses where it could be misread.
fn part(pen: &Pen<'_>, measure: &Measure) -> String {
    let text = of(pen, measure);
    if matches!(measure.kind, MeasureKind::Constant(_) | MeasureKind::Kpi(..)) { text } else { format!("({text})") }
}

fn rate(pen: &Pen<'_>, from: Option<&Event>, to: &Event, before: Option<&Event>, within: Option<f64>) -> String {
    let mut text = match from {
        None => {
            let to = does(pen, to);
            pen.say(&words!("share of all who arrived who {to}", "part de tous les arrivants qui {to}"))
        }
        Some(from) => {
            let (from, to) = (does(pen, from), does_later(pen, to));
            pen.say(&words!("of those who {from}, share who {to}", "parmi ceux qui {from}, part de ceux qui {to}"))
        }
    };
    if let Some(before) = before {
        let before = label(pen, before);
        text += &pen.say(&words!(", not after {before}", ", sans être d’abord passés par {before}"));
    }
    if let Some(within) = within {
        text += &limit(pen, within);
    }
    text
}

fn touches(pen: &Pen<'_>, of: &Place, before: Option<&Event>) -> String {
    let of = place(pen, of);
    match before {
        None => pen.say(&words!("meetings with {of} per customer who arrived", "rencontres avec {of} par client arrivé")),
        Some(event) => {
            let who = does(pen, event);
            pen.say(&words!(
                "meetings with {of} of those who {who}, until they do",
                "rencontres avec {of} de ceux qui {who}, jusque-là"
            ))
        }
    }
}

fn money(pen: &Pen<'_>, kind: MoneyKind, only: &Modifiers) -> String {
    let what = match kind {
        MoneyKind::Cost => words!("all that is spent", "tout ce qui est dépensé"),
        MoneyKind::Revenue => words!("all that is earned", "tout ce qui est encaissé"),
        MoneyKind::Margin => words!(
            "earnings times their margin, less all costs",
            "encaissements multipliés par leur taux de marge, moins tous les coûts"
        ),
        MoneyKind::Clv => words!("the same margin, discounted to arrival", "cette marge, actualisée au jour de l’arrivée"),
    };
    let per = if only.per.is_none() { pen.lang.pick(", per customer who arrived", ", par client arrivé") } else { "" };
    pen.say(&what) + per
}

fn statistic_of(pen: &Pen<'_>, statistic: Statistic, inner: &str) -> String {
    let name = match statistic {
        Statistic::Mean => words!("mean", "moyenne"),
        Statistic::Sd => words!("standard deviation", "écart type"),
        Statistic::Percentile(50) => words!("median", "médiane"),
        Statistic::Percentile(rank) => words!("{rank}th percentile", "{rank}e\u{a0}centile"),
    };
    let name = name.get(pen.lang);
    pen.say(&words!("{name} of: {inner}", "{name} de\u{a0}: {inner}"))
}

/// Whom, where, under what and until when a measure is taken.
fn narrowed(pen: &Pen<'_>, only: &Modifiers) -> String {
    let mut text = String::new();
    if let Some(who) = &only.who {
        let who = &who.label;
        text += &pen.say(&words!(", for {who}", ", pour {who}"));
    }
    if let Some(at) = &only.at {
        let at = place(pen, at);
        text += &pen.say(&words!(", at {at}", ", à {at}"));
    }
    if let Some(per) = &only.per {
        let per = label(pen, per);
        text += &pen.say(&words!(", per {per}", ", par {per}"));
    }
    if let Some(within) = only.within {
        text += &limit(pen, within);
    }
    if let Some(scenario) = only.scenario {
        let scenario = pen.quote(&pen.program.scenarios[scenario.index()].0.name.label);
        text += &pen.say(&words!(", in scenario {scenario}", ", dans le scénario {scenario}"));
    }
    text
}

fn limit(pen: &Pen<'_>, within: f64) -> String {
    let time = locale::duration(within, pen.lang);
    pen.say(&words!(", within {time}", ", en {time} au plus"))
}

/// What those do to whom an event happens: `meet “Cart”`.
fn does(pen: &Pen<'_>, event: &Event) -> String {
    let label = label(pen, event);
    pen.say(&match event {
        Event::Meet(_) => words!("meet {label}", "passent par {label}"),
        Event::Reach(_) => words!("reach {label}", "atteignent {label}"),
        Event::Stop(_) => words!("end at {label}", "finissent à {label}"),
    })
}

/// The same, of those to whom something else happened first.
fn does_later(pen: &Pen<'_>, event: &Event) -> String {
    let label = label(pen, event);
    pen.say(&match event {
        Event::Meet(_) => words!("later meet {label}", "passent ensuite par {label}"),
        Event::Reach(_) => words!("later reach {label}", "atteignent ensuite {label}"),
        Event::Stop(_) => words!("later end at {label}", "finissent ensuite à {label}"),
    })
}

fn label(pen: &Pen<'_>, event: &Event) -> String {
    match event {
        Event::Meet(at) => place(pen, at),
        Event::Reach(id) => pen.quote(&pen.model.goals[id.index()].name.label),
        Event::Stop(id) => pen.quote(&pen.model.ends[id.index()].name.label),
    }
}

fn place(pen: &Pen<'_>, place: &Place) -> String {
    let model = pen.model;
    match place {
        Place::Touchpoint(id) => pen.quote(&model.touchpoints[id.index()].name.label),
        Place::Stage(id) => pen.quote(&model.stages[id.index()].name.label),
        Place::Channel(id) => pen.quote(&model.channels[id.index()].name.label),
        Place::Moment(moment) => moment.label().get(pen.lang).to_owned(),
        Place::Facet(id, word) => {
            let facet = &model.facets[id.index()];
            pen.quote(facet.words.get(*word).unwrap_or(&facet.name.label))
        }
        Place::Contact(Contact::Push) => pen.lang.pick("a pushed contact", "un contact poussé").to_owned(),
        Place::Contact(Contact::Pull) => {
            pen.lang.pick("a contact that the customer seeks", "un contact recherché par le client").to_owned()
        }
        Place::Arrival(id) => {
            let arrival = &model.arrivals[id.index()];
            if arrival.named { pen.quote(&arrival.name.label) } else { pen.lang.pick("arrival", "l’arrivée").to_owned() }
        }
    }
}

/// A comparison, as printed.
fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "≤",
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::AtLeast => "≥",
        Comparison::Greater => ">",
    }
}

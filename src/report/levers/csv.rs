//! Levers and swings of the key figures as sheets.

use super::called;
use crate::levers::{KeyLevers, Lever, LeverOf, Levers, in_points};
use crate::model::{Evidence, Model, Program, Unit};
use crate::report::csv::{line, number, text, word};
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// Every lever of every key figure, the strongest of each first; `None` where no figure has any.
#[must_use]
pub fn write_levers_csv(program: &Program, keys: &[KeyLevers]) -> Option<String> {
    const HEADER: [&str; 23] = [
        "kpi",
        "kind",
        "name",
        "label",
        "from",
        "to",
        "value",
        "unit",
        "step",
        "gain",
        "derivative",
        "method",
        "side",
        "no_derivative",
        "elasticity",
        "cost_per_point",
        "gain_per_thousand",
        "low",
        "high",
        "assumed",
        "source",
        "happened",
        "of",
    ];
    let mut out = line(&HEADER.map(str::to_owned));
    let known = known(program, keys);
    for (kpi, levers) in &known {
        for lever in &levers.levers {
            out += &line(&lever_cells(&program.base, kpi, lever));
        }
    }
    known.iter().any(|(_, levers)| !levers.levers.is_empty()).then_some(out)
}

/// The figure at both ends of every range, the widest first; `None` where there is no range.
#[must_use]
pub fn write_tornado_csv(program: &Program, keys: &[KeyLevers]) -> Option<String> {
    const HEADER: [&str; 9] = ["kpi", "name", "label", "unit", "low", "high", "at_low", "at_high", "width"];
    let mut out = line(&HEADER.map(str::to_owned));
    let known = known(program, keys);
    for (kpi, levers) in &known {
        for swing in &levers.tornado {
            let param = &program.base.params[swing.param.index()];
            out += &line(&[
                text(kpi),
                text(&param.name.name),
                text(&param.name.label),
                word(Some(param.unit)),
                number(swing.ends.0.to_f64()),
                number(swing.ends.1.to_f64()),
                number(swing.values.0),
                number(swing.values.1),
                number(swing.width()),
            ]);
        }
    }
    known.iter().any(|(_, levers)| !levers.tornado.is_empty()).then_some(out)
}

/// Name and levers of the figures that have any; the rate of the main goal, which has no name, is empty.
fn known<'a>(program: &'a Program, keys: &'a [KeyLevers]) -> Vec<(&'a str, &'a Levers)> {
    let one = |key: &'a KeyLevers| Some((called(program, key.kpi).0.unwrap_or_default(), key.levers.as_ref().ok()?));
    keys.iter().filter_map(one).collect()
}

fn lever_cells(model: &Model, kpi: &str, lever: &Lever) -> Vec<String> {
    let none = String::new;
    let (head, unit, known): ([String; 5], Unit, Known<'_>) = match &lever.of {
        LeverOf::Param(id) => {
            let param = &model.params[id.index()];
            let head = ["param".to_owned(), text(&param.name.name), text(&param.name.label), none(), none()];
            (head, param.unit, Known { value: &param.value, range: param.range.as_ref(), evidence: &param.evidence })
        }
        LeverOf::Branch(branch) => {
            let (from, to) = super::ends(model, branch.flow);
            let head = ["branch".to_owned(), none(), none(), text(&from.name), text(&to.name)];
            (head, Unit::Share, Known { value: &branch.share, range: branch.range.as_ref(), evidence: &branch.evidence })
        }
    };
    let derivative = lever.derivative.as_ref().ok();
    let count = known.evidence.count.as_ref();
    let source = known.evidence.source.map(|id| model.sources[id.index()].name.name.as_str());
    let mut cells = vec![text(kpi)];
    cells.extend(head);
    cells.extend([
        number(known.value.to_f64()),
        word(Some(unit)),
        if in_points(unit) { "point" } else { "percent" }.to_owned(),
        number(lever.gain),
        number(derivative.map(|d| d.value)),
        word(derivative.map(|d| d.method)),
        word(derivative.map(|d| d.side)),
        word(lever.derivative.as_ref().err()),
        number(lever.elasticity),
        number(lever.money.map(|m| m.per_point)),
        number(lever.money.and_then(|m| m.gain_per_thousand)),
        number(known.range.and_then(|(low, _)| low.to_f64())),
        number(known.range.and_then(|(_, high)| high.to_f64())),
        known.evidence.assumed.to_string(),
        text(source.unwrap_or_default()),
        number(count.and_then(|(some, _)| some.to_f64())),
        number(count.and_then(|(_, all)| all.to_f64())),
    ]);
    cells
}

/// A lever's value and what it rests on.
struct Known<'a> {
    value: &'a BigRational,
    range: Option<&'a (BigRational, BigRational)>,
    evidence: &'a Evidence,
}

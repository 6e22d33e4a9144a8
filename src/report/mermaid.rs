//! The journey as a Mermaid flowchart, which GitHub and many wikis draw.
//!
//! Ids are made by number (`t0`, `e0`), because a node called `end` breaks a flowchart. Labels stand in quotes, and all of
//! ASCII that Mermaid could read as markup is written as its numeric code: Mermaid 11 was seen to draw
//! quotes, brackets, lists, directives, entities and icons so written letter for letter.

use super::view::Pen;
use crate::chain::From;
use crate::limits::MOST_ARROWS;
use crate::locale::Lang;
use crate::measure::{Figures, FlowFigure};
use crate::model::{ArrivalId, EndId, Outcome, Program, StageId, Target, TouchpointId};
use std::fmt::Write as _;

/// The drawing, without its fence.
#[must_use]
pub fn write_mermaid(program: &Program, figures: &Figures, lang: Lang) -> String {
    let pen = Pen::new(program, figures, lang);
    let mut flows: Vec<&FlowFigure> = figures.flows.iter().filter(|f| f.passages > 0.0).collect();
    if flows.len() > MOST_ARROWS {
        flows.sort_by(|a, b| b.passages.total_cmp(&a.passages));
        flows.truncate(MOST_ARROWS);
    }
    let mut out = String::from("flowchart LR\n");
    nodes(&pen, &flows, &mut out);
    for flow in &flows {
        let arrow = if flow.typical { "==>" } else { "-->" };
        let (from, to) = (from_id(flow.flow.from), to_id(flow.flow.to));
        let count = label(&pen.count(flow.passages * figures.arrivals));
        let _ = writeln!(out, "  {from} {arrow}|\"{count}\"| {to}");
    }
    out.push_str("  classDef goal fill:#08705A,stroke:#08705A,color:#FFFFFF\n");
    out.push_str("  classDef loss fill:#D9682F,stroke:#B8431A,color:#18222D\n");
    out
}

fn nodes(pen: &Pen<'_>, flows: &[&FlowFigure], out: &mut String) {
    let model = pen.model;
    for (at, arrival) in model.arrivals.iter().enumerate() {
        let id = ArrivalId::new(at);
        if flows.iter().any(|f| f.flow.from == From::Arrival(id)) {
            let name = if arrival.named { arrival.name.label.as_str() } else { pen.lang.pick("Arrivals", "Arrivées") };
            let _ = writeln!(out, "  a{at}([\"{}\"])", label(name));
        }
    }
    for (at, stage) in model.stages.iter().enumerate() {
        let _ = writeln!(out, "  subgraph s{at} [\"{}\"]", label(&stage.name.label));
        for id in touchpoints_of(pen, Some(StageId::new(at))) {
            touchpoint(pen, id, "    ", out);
        }
        out.push_str("  end\n");
    }
    for id in touchpoints_of(pen, None) {
        touchpoint(pen, id, "  ", out);
    }
    for (at, end) in model.ends.iter().enumerate() {
        let id = EndId::new(at);
        if flows.iter().any(|f| f.flow.to == Target::End(id)) {
            let class = match end.outcome {
                Some(Outcome::Success) => ":::goal",
                Some(Outcome::Failure) => ":::loss",
                None => "",
            };
            let _ = writeln!(out, "  e{at}([\"{}\"]){class}", label(&end.name.label));
        }
    }
}

fn touchpoints_of(pen: &Pen<'_>, stage: Option<StageId>) -> impl Iterator<Item = TouchpointId> {
    pen.model.touchpoints.iter().enumerate().filter(move |(_, t)| t.stage == stage).map(|(at, _)| TouchpointId::new(at))
}

fn touchpoint(pen: &Pen<'_>, id: TouchpointId, indent: &str, out: &mut String) {
    let name = label(&pen.model.touchpoints[id.index()].name.label);
    let _ = writeln!(out, "{indent}t{}[\"{name}\"]", id.index());
}

fn from_id(from: From) -> String {
    match from {
        From::Arrival(id) => format!("a{}", id.index()),
        From::Touchpoint(id) => format!("t{}", id.index()),
    }
}

fn to_id(to: Target) -> String {
    match to {
        Target::Touchpoint(id) => format!("t{}", id.index()),
        Target::End(id) => format!("e{}", id.index()),
    }
}

/// A text as the content of a quoted label. Mermaid reads `#35;` as the character of that code.
pub(super) fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c if c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '/' | '?' | '!') || !c.is_ascii() => out.push(c),
            // A label that starts like a list would be refused as one; these are only safe further on.
            '.' | '-' | '+' if at > 0 && !out.chars().all(|c| c.is_ascii_digit()) => out.push(c),
            c => {
                let _ = write!(out, "#{};", c as u32);
            }
        }
    }
    if out.trim().is_empty() { "#160;".to_owned() } else { out }
}

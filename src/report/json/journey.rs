//! The parts of the document: what each figure is of.

use super::figure::{JsonBase, JsonFigure};
use crate::chain::From;
use crate::measure::{FlowFigure, HotPointFigure, KpiFigure, MomentFigure, Quadrant, StageFigure};
use crate::model::{Model, Moment, Named, Program, Target};
use serde::Serialize;

/// A named measure.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonKpi<'a> {
    name: &'a str,
    label: &'a str,
    key: bool,
    #[serde(flatten)]
    figure: JsonFigure,
    base: JsonBase,
    by: Vec<JsonPart<'a>>,
    personas: Vec<JsonPart<'a>>,
    scenarios: Vec<JsonPart<'a>>,
    differences: Vec<JsonPart<'a>>,
}

/// A figure of one part: of one persona, under one scenario.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonPart<'a> {
    name: Option<&'a str>,
    label: &'a str,
    #[serde(flatten)]
    figure: JsonFigure,
}

impl<'a> JsonKpi<'a> {
    pub(super) fn new(program: &'a Program, kpi: &'a KpiFigure) -> Self {
        let declared = &program.kpis[kpi.kpi.index()];
        let part =
            |named: &'a Named, figure| JsonPart { name: Some(&named.name), label: &named.label, figure: JsonFigure::new(figure) };
        Self {
            name: &declared.name.name,
            label: &declared.name.label,
            key: declared.key,
            figure: JsonFigure::new(&kpi.figure),
            base: JsonBase::new(&kpi.base),
            by: kpi.by.iter().map(|(label, figure)| JsonPart { name: None, label, figure: JsonFigure::new(figure) }).collect(),
            personas: program.base.personas.iter().zip(&kpi.personas).map(|(p, figure)| part(&p.name, figure)).collect(),
            scenarios: program.scenarios.iter().zip(&kpi.scenarios).map(|((s, _), figure)| part(&s.name, figure)).collect(),
            differences: program.scenarios.iter().zip(&kpi.differences).map(|((s, _), figure)| part(&s.name, figure)).collect(),
        }
    }
}

/// A touchpoint.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonHotPoint<'a> {
    name: &'a str,
    label: &'a str,
    rank: usize,
    channel: &'a str,
    stage: Option<&'a str>,
    reach: Option<f64>,
    visits: Option<f64>,
    pull: Option<f64>,
    leak: Option<f64>,
    leak_value: Option<f64>,
    leverage: Option<f64>,
    felt: Option<f64>,
    effort: Option<f64>,
    quadrant: Option<Quadrant>,
    details: JsonDetails,
    personas: Vec<JsonFive<'a>>,
}

/// The figures of a touchpoint with all that is known of them.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonDetails {
    reach: JsonFigure,
    visits: JsonFigure,
    pull: JsonFigure,
    leak: JsonFigure,
    leverage: JsonFigure,
    felt: JsonFigure,
}

/// The five figures of one persona.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonFive<'a> {
    name: &'a str,
    label: &'a str,
    reach: Option<f64>,
    pull: Option<f64>,
    leak: Option<f64>,
    leverage: Option<f64>,
    felt: Option<f64>,
}

impl<'a> JsonHotPoint<'a> {
    pub(super) fn new(model: &'a Model, point: &'a HotPointFigure) -> Self {
        let touchpoint = &model.touchpoints[point.touchpoint.index()];
        let five = |(persona, [reach, pull, leak, leverage, felt]): (&'a crate::model::Persona, &[Option<f64>; 5])| JsonFive {
            name: &persona.name.name,
            label: &persona.name.label,
            reach: *reach,
            pull: *pull,
            leak: *leak,
            leverage: *leverage,
            felt: *felt,
        };
        Self {
            name: &touchpoint.name.name,
            label: &touchpoint.name.label,
            rank: point.rank,
            channel: &model.channels[touchpoint.channel.index()].name.name,
            stage: touchpoint.stage.map(|id| model.stages[id.index()].name.name.as_str()),
            reach: point.reach.value(),
            visits: point.visits.value(),
            pull: point.pull.value(),
            leak: point.leak.value(),
            leak_value: point.leak_value,
            leverage: point.leverage.value(),
            felt: point.felt.value(),
            effort: point.effort,
            quadrant: point.quadrant,
            details: JsonDetails {
                reach: JsonFigure::new(&point.reach),
                visits: JsonFigure::new(&point.visits),
                pull: JsonFigure::new(&point.pull),
                leak: JsonFigure::new(&point.leak),
                leverage: JsonFigure::new(&point.leverage),
                felt: JsonFigure::new(&point.felt),
            },
            personas: model.personas.iter().zip(&point.personas).map(five).collect(),
        }
    }
}

/// A stage of the funnel.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonStage<'a> {
    name: &'a str,
    label: &'a str,
    moment: Option<Moment>,
    entered: JsonFigure,
    left: JsonFigure,
    step: JsonFigure,
    median_time: Option<f64>,
}

impl<'a> JsonStage<'a> {
    pub(super) fn new(model: &'a Model, figure: &StageFigure) -> Self {
        let stage = &model.stages[figure.stage.index()];
        Self {
            name: &stage.name.name,
            label: &stage.name.label,
            moment: stage.moment,
            entered: JsonFigure::new(&figure.entered),
            left: JsonFigure::new(&figure.left),
            step: JsonFigure::new(&figure.step),
            median_time: figure.median_time,
        }
    }
}

/// A moment of truth.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonMoment<'a> {
    moment: Moment,
    entered: JsonFigure,
    step: JsonFigure,
    median_time: Option<f64>,
    channels: Vec<JsonChannelShare<'a>>,
}

/// A channel of a moment.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonChannelShare<'a> {
    label: &'a str,
    share: f64,
}

impl<'a> JsonMoment<'a> {
    pub(super) fn new(figure: &'a MomentFigure) -> Self {
        Self {
            moment: figure.moment,
            entered: JsonFigure::new(&figure.entered),
            step: JsonFigure::new(&figure.step),
            median_time: figure.median_time,
            channels: figure.channels.iter().map(|(label, share)| JsonChannelShare { label, share: *share }).collect(),
        }
    }
}

/// A passage.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonFlow<'a> {
    from: JsonPlace<'a>,
    to: JsonPlace<'a>,
    passages: f64,
    typical: bool,
}

/// Where a passage or a branch starts or leads.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct JsonPlace<'a> {
    #[cfg_attr(test, schemars(extend("enum" = ["arrival", "touchpoint", "end"])))]
    kind: &'static str,
    name: &'a str,
}

impl<'a> JsonPlace<'a> {
    pub(in crate::report) fn name(&self) -> &str {
        self.name
    }

    pub(in crate::report) fn from(model: &'a Model, from: From) -> Self {
        match from {
            From::Arrival(id) => Self { kind: "arrival", name: &model.arrivals[id.index()].name.name },
            From::Touchpoint(id) => Self { kind: "touchpoint", name: &model.touchpoints[id.index()].name.name },
        }
    }

    pub(in crate::report) fn to(model: &'a Model, to: Target) -> Self {
        match to {
            Target::Touchpoint(id) => Self { kind: "touchpoint", name: &model.touchpoints[id.index()].name.name },
            Target::End(id) => Self { kind: "end", name: &model.ends[id.index()].name.name },
        }
    }
}

impl<'a> JsonFlow<'a> {
    pub(super) fn new(model: &'a Model, flow: &FlowFigure) -> Self {
        Self {
            from: JsonPlace::from(model, flow.flow.from),
            to: JsonPlace::to(model, flow.flow.to),
            passages: flow.passages,
            typical: flow.typical,
        }
    }
}

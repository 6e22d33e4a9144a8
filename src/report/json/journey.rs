//! The parts of the document: what each figure is of.

use super::figure::{JsonBase, JsonFigure};
use crate::chain::From;
use crate::measure::{
    ClaimFigure, ExpectationFigure, FlowFigure, HotPointFigure, KpiFigure, MomentFigure, PersonaFigures, Quadrant, ReachedFigure,
    ReachedWhat, StageFigure, Standard, StandardFigure, TypicalPath, TypicalPaths, Verdict,
};
use crate::model::{Model, Moment, Named, Outcome, Param, Program, Target, Unit};
use num_traits::ToPrimitive;
use serde::Serialize;

/// A named measure.
#[derive(Serialize)]
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
}

/// A figure of one part: of one persona, under one scenario.
#[derive(Serialize)]
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
        }
    }
}

/// A touchpoint.
#[derive(Serialize)]
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
pub(super) struct JsonMoment<'a> {
    moment: Moment,
    entered: JsonFigure,
    step: JsonFigure,
    median_time: Option<f64>,
    channels: Vec<JsonChannelShare<'a>>,
}

/// A channel of a moment.
#[derive(Serialize)]
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
pub(super) struct JsonFlow<'a> {
    from: JsonPlace<'a>,
    to: JsonPlace<'a>,
    passages: f64,
    typical: bool,
}

/// Where a passage starts or leads.
#[derive(Serialize)]
struct JsonPlace<'a> {
    kind: &'static str,
    name: &'a str,
}

impl<'a> JsonFlow<'a> {
    pub(super) fn new(model: &'a Model, flow: &FlowFigure) -> Self {
        let touchpoint =
            |id: crate::model::TouchpointId| JsonPlace { kind: "touchpoint", name: &model.touchpoints[id.index()].name.name };
        Self {
            from: match flow.flow.from {
                From::Arrival(id) => JsonPlace { kind: "arrival", name: &model.arrivals[id.index()].name.name },
                From::Touchpoint(id) => touchpoint(id),
            },
            to: match flow.flow.to {
                Target::Touchpoint(id) => touchpoint(id),
                Target::End(id) => JsonPlace { kind: "end", name: &model.ends[id.index()].name.name },
            },
            passages: flow.passages,
            typical: flow.typical,
        }
    }
}

/// A goal or an end.
#[derive(Serialize)]
pub(super) struct JsonReached<'a> {
    name: &'a str,
    label: &'a str,
    outcome: Option<&'static str>,
    share: JsonFigure,
    time_mean: JsonFigure,
    time_sd: JsonFigure,
    cost_mean: JsonFigure,
    cost_sd: JsonFigure,
}

impl<'a> JsonReached<'a> {
    pub(super) fn new(model: &'a Model, row: &ReachedFigure) -> Self {
        let (named, outcome) = match row.what {
            ReachedWhat::Goal(id) => (&model.goals[id.index()].name, None),
            ReachedWhat::End(id) => (&model.ends[id.index()].name, model.ends[id.index()].outcome),
        };
        Self {
            name: &named.name,
            label: &named.label,
            outcome: outcome.map(|outcome| match outcome {
                Outcome::Success => "success",
                Outcome::Failure => "failure",
            }),
            share: JsonFigure::new(&row.share),
            time_mean: JsonFigure::new(&row.time_mean),
            time_sd: JsonFigure::new(&row.time_sd),
            cost_mean: JsonFigure::new(&row.cost_mean),
            cost_sd: JsonFigure::new(&row.cost_sd),
        }
    }
}

/// A figure that every journey has.
#[derive(Serialize)]
pub(super) struct JsonStandard {
    name: Standard,
    #[serde(flatten)]
    figure: JsonFigure,
}

impl JsonStandard {
    pub(super) fn new(standard: &StandardFigure) -> Self {
        Self { name: standard.what, figure: JsonFigure::new(&standard.figure) }
    }
}

/// A persona.
#[derive(Serialize)]
pub(super) struct JsonPersona<'a> {
    name: &'a str,
    label: &'a str,
    share: f64,
    goal: JsonFigure,
    cost: JsonFigure,
    revenue: JsonFigure,
    margin: JsonFigure,
    felt: JsonFigure,
    stages: Vec<JsonAt<'a>>,
    felt_at: Vec<JsonAt<'a>>,
}

/// A number at a stage or touchpoint.
#[derive(Serialize)]
struct JsonAt<'a> {
    name: &'a str,
    value: Option<f64>,
}

impl<'a> JsonPersona<'a> {
    pub(super) fn new(model: &'a Model, figures: &PersonaFigures) -> Self {
        let persona = &model.personas[figures.persona.index()];
        let [cost, revenue, margin] = &figures.money;
        let at = |named: &'a Named, value| JsonAt { name: &named.name, value };
        Self {
            name: &persona.name.name,
            label: &persona.name.label,
            share: figures.share,
            goal: JsonFigure::new(&figures.goal),
            cost: JsonFigure::new(cost),
            revenue: JsonFigure::new(revenue),
            margin: JsonFigure::new(margin),
            felt: JsonFigure::new(&figures.felt),
            stages: model.stages.iter().zip(&figures.stages).map(|(s, share)| at(&s.name, Some(*share))).collect(),
            felt_at: model.touchpoints.iter().zip(&figures.felt_at).map(|(t, felt)| at(&t.name, *felt)).collect(),
        }
    }
}

/// A promise.
#[derive(Serialize)]
pub(super) struct JsonExpectation<'a> {
    text: &'a str,
    verdict: Verdict,
    figure: JsonFigure,
    bounds: Vec<JsonFigure>,
}

impl<'a> JsonExpectation<'a> {
    pub(super) fn new(expectation: &'a ExpectationFigure) -> Self {
        Self {
            text: &expectation.text,
            verdict: expectation.verdict,
            figure: JsonFigure::new(&expectation.figure),
            bounds: expectation.bounds.iter().map(JsonFigure::new).collect(),
        }
    }
}

/// A figure printed elsewhere.
#[derive(Serialize)]
pub(super) struct JsonClaim<'a> {
    text: &'a str,
    printed: &'a str,
    printed_value: Option<f64>,
    source: Option<&'a str>,
    holds: Option<bool>,
    figure: JsonFigure,
}

impl<'a> JsonClaim<'a> {
    pub(super) fn new(program: &'a Program, claim: &'a ClaimFigure) -> Self {
        let declared = program.claims.get(claim.index);
        let source = declared.and_then(|declared| declared.source);
        Self {
            text: &claim.text,
            printed: &claim.printed,
            printed_value: declared.and_then(|declared| declared.value.to_f64()),
            source: source.map(|id| program.base.sources[id.index()].name.name.as_str()),
            holds: claim.holds,
            figure: JsonFigure::new(&claim.figure),
        }
    }
}

/// Typical paths.
#[derive(Serialize)]
pub(super) struct JsonPaths<'a> {
    to_goal: Vec<JsonPath<'a>>,
    to_failure: Vec<JsonPath<'a>>,
}

/// A path.
#[derive(Serialize)]
struct JsonPath<'a> {
    touchpoints: Vec<&'a str>,
    end: Option<&'a str>,
    probability: f64,
    mean_time: f64,
}

impl<'a> JsonPaths<'a> {
    pub(super) fn new(model: &'a Model, paths: &TypicalPaths) -> Self {
        let path = |path: &TypicalPath| JsonPath {
            touchpoints: path.touchpoints.iter().map(|id| model.touchpoints[id.index()].name.name.as_str()).collect(),
            end: path.end.map(|id| model.ends[id.index()].name.name.as_str()),
            probability: path.probability,
            mean_time: path.mean_time,
        };
        Self { to_goal: paths.to_goal.iter().map(path).collect(), to_failure: paths.to_failure.iter().map(path).collect() }
    }
}

/// A figure of the author.
#[derive(Serialize)]
pub(super) struct JsonParam<'a> {
    name: &'a str,
    label: &'a str,
    value: Option<f64>,
    unit: Unit,
    fraction: String,
    assumed: bool,
    source: Option<&'a str>,
    count: Option<JsonSurvey>,
    range: Option<JsonRange>,
}

/// What was counted: how many it happened to, of how many.
#[derive(Serialize)]
struct JsonSurvey {
    happened: Option<f64>,
    of: Option<f64>,
}

/// What is thought possible.
#[derive(Serialize)]
struct JsonRange {
    low: Option<f64>,
    high: Option<f64>,
}

impl<'a> JsonParam<'a> {
    pub(super) fn new(model: &'a Model, param: &'a Param) -> Self {
        let evidence = &param.evidence;
        Self {
            name: &param.name.name,
            label: &param.name.label,
            value: param.value.to_f64(),
            unit: param.unit,
            fraction: param.value.to_string(),
            assumed: evidence.assumed,
            source: evidence.source.map(|id| model.sources[id.index()].name.name.as_str()),
            count: evidence.count.as_ref().map(|(some, all)| JsonSurvey { happened: some.to_f64(), of: all.to_f64() }),
            range: param.range.as_ref().map(|(low, high)| JsonRange { low: low.to_f64(), high: high.to_f64() }),
        }
    }
}

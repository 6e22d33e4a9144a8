//! The figures that people read: numbers with what they mean, not yet strings.

use crate::model::{EndId, GoalId, KpiId, Moment, PersonaId, ScenarioId, StageId, TouchpointId, Unit};
pub use crate::plan::Standard;
use crate::plan::{Declined, Reached};
use num_rational::BigRational;
use serde::Serialize;

/// Everything that documents tell of one journey.
#[derive(Clone, Debug)]
pub struct Figures {
    /// How they were obtained.
    pub method: MethodNote,
    /// Customers that the journey declares (the sum over its arrivals): maps scale to it.
    pub arrivals: f64,
    /// The goal that pull, leak value and leverage speak of.
    pub main_goal: Option<GoalId>,
    /// The named measures, in the order of the text.
    pub kpis: Vec<KpiFigure>,
    /// One per touchpoint, in the order of the text.
    pub hot_points: Vec<HotPointFigure>,
    /// One per stage, in the order of the text.
    pub stages: Vec<StageFigure>,
    /// The moments of truth that the journey has, in their order.
    pub moments: Vec<MomentFigure>,
    /// From where to where customers pass.
    pub flows: Vec<FlowFigure>,
    /// By goal, in the order of the text.
    pub goals: Vec<ReachedFigure>,
    /// By end, in the order of the text.
    pub ends: Vec<ReachedFigure>,
    /// By percentile: the time from arrival to the main goal, among those who reach it; from the simulation, empty without it.
    pub time_to_goal: Vec<(u8, Figure)>,
    /// Money and experience that every journey has, whether or not a kpi names them.
    pub standard: Vec<StandardFigure>,
    /// One per persona, in the order of the text.
    pub personas: Vec<PersonaFigures>,
    /// By scenario, in the order of the text: what is felt under it.
    pub scenarios: Vec<ScenarioFigures>,
    /// Promises and what became of them.
    pub expectations: Vec<ExpectationFigure>,
    /// Figures printed elsewhere, and whether they hold.
    pub claims: Vec<ClaimFigure>,
    /// The most probable paths to the main goal, then to failure.
    pub paths: TypicalPaths,
    /// To whom conversions are credited, or why that is not told; `None` where it was not asked for or there is no goal.
    pub attribution: Option<Result<super::AttributionFigures, Declined>>,
    /// What can happen to one campaign of the declared arrivals, or why that is not told; `None` where it was not asked for.
    pub campaign: Option<Result<crate::campaign::Campaign, Declined>>,
    /// Whether the two engines agree.
    pub agreement: Agreement,
}

/// How the figures were obtained.
#[derive(Clone, Debug)]
pub struct MethodNote {
    /// The exact engine: what it did, or why it did not.
    pub solved: Result<SolvedNote, Declined>,
    /// The simulation, if it ran.
    pub simulated: Option<SimulatedNote>,
}

/// What the exact engine did.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SolvedNote {
    /// Transient states.
    pub states: usize,
    /// Branches.
    pub branches: usize,
    /// States of the largest loop (class of states that reach one another); 1 without loops.
    pub largest_class: usize,
    /// Largest relative residual of the linear systems solved.
    pub residual: f64,
    /// Where a loop was too large to be eliminated: how far a figure may be off, relative to itself.
    pub enclosure: Option<f64>,
    /// Whether figures were also computed as fractions.
    pub rational: bool,
}

/// What the simulation did.
#[derive(Clone, Debug, Serialize)]
pub struct SimulatedNote {
    /// The seed.
    pub seed: u64,
    /// Customers drawn.
    pub customers: u64,
    /// Of those, how many were cut after too many steps; their figures are then not trusted.
    pub unfinished: u64,
}

/// A figure by both engines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// What it counts.
    pub unit: Unit,
    /// Exact, if solved.
    pub exact: Option<f64>,
    /// Exact as a fraction, for small journeys.
    pub fraction: Option<BigRational>,
    /// From the simulation, if it ran.
    pub estimate: Option<Estimate>,
    /// What one campaign of the declared arrivals may bring, by chance alone (95 %).
    pub chance: Option<Interval>,
    /// What the author does not know (95 %).
    pub evidence: Option<Interval>,
    /// Why it is not exact, where it is not.
    pub declined: Option<Declined>,
    /// Number of those it is taken over, per customer who arrives (1: all who arrived); `None` where that makes no sense.
    pub base: Option<f64>,
}

impl Figure {
    /// The exact value if solved, else the estimate.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.exact.or(self.estimate.as_ref().map(|e| e.value))
    }

    /// (estimate − exact) / standard error, where both engines answered and chance had a part. The standard error of a share
    /// is that of the exact value, √(p(1 − p)/n): the estimate's own is too small where few events were seen.
    #[must_use]
    pub fn z(&self) -> Option<f64> {
        let (exact, estimate) = (self.exact?, self.estimate.as_ref()?);
        let standard_error = match estimate.count {
            Some((_, of)) => (exact * (1.0 - exact) / of as f64).sqrt(),
            None => estimate.standard_error,
        };
        let z = (estimate.value - exact) / standard_error;
        z.is_finite().then_some(z)
    }
}

/// A simulated value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// 95 % precision interval.
    pub interval: Interval,
    /// By which formula.
    pub formula: IntervalFormula,
    /// For shares: how many it happened to, of how many.
    pub count: Option<(u64, u64)>,
}

/// Two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Interval {
    /// The lower one.
    pub low: f64,
    /// The upper one.
    pub high: f64,
}

/// How an interval was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IntervalFormula {
    /// Wilson's score interval, for shares.
    Wilson,
    /// Normal, by the delta method for ratios.
    Normal,
    /// Order statistics, for quantiles.
    OrderStatistics,
    /// Student's, over batches of customers who share their luck under all scenarios.
    Paired,
}

/// A named measure.
#[derive(Clone, Debug)]
pub struct KpiFigure {
    /// Which.
    pub kpi: KpiId,
    /// Over all customers.
    pub figure: Figure,
    /// What its base is, for the reader: `of all who arrived`.
    pub base: Base,
    /// One per part, where it is broken down: label and figure.
    pub by: Vec<(String, Figure)>,
    /// One per persona, in their order; empty with one persona.
    pub personas: Vec<Figure>,
    /// Under each scenario, in their order.
    pub scenarios: Vec<Figure>,
    /// Each of these less the figure as written, on common luck.
    pub differences: Vec<Figure>,
}

/// What a figure is taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// All who arrived.
    Arrived,
    /// Those who met, reached or ended at something: its label.
    Those(String),
    /// Visits of a place: its label.
    Visits(String),
    /// Per customer who arrived.
    PerCustomer,
    /// Per time something is reached: its label.
    Per(String),
    /// Nothing simple: arithmetic over measures.
    Composed,
}

/// The five figures of a hot point, and where it stands.
#[derive(Clone, Debug)]
pub struct HotPointFigure {
    /// Which touchpoint.
    pub touchpoint: TouchpointId,
    /// Rank by leverage (by pull where there is none), from 1.
    pub rank: usize,
    /// Share who meet it at least once.
    pub reach: Figure,
    /// Meetings per customer who arrived.
    pub visits: Figure,
    /// Removal effect.
    pub pull: Figure,
    /// Share of all who arrived whose journey fails on the way out of it.
    pub leak: Figure,
    /// What those failing exits would have brought, per customer who arrived.
    pub leak_value: Option<f64>,
    /// Change of the main goal's rate for one point of probability.
    pub leverage: Figure,
    /// Mean of what customers feel there.
    pub felt: Figure,
    /// Mean effort there.
    pub effort: Option<f64>,
    /// What it brings the brand and the customer.
    pub quadrant: Option<Quadrant>,
    /// The same five by persona: reach, pull, leak, leverage, felt.
    pub personas: Vec<[Option<f64>; 5]>,
}

/// What a touchpoint brings the brand (pull) and the customer (felt).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Both gain.
    WinWin,
    /// The brand gains, the customer suffers.
    Intrusive,
    /// The customer gains, the brand not yet.
    Gift,
    /// Neither.
    DeadWeight,
}

/// A stage as a step of the funnel.
#[derive(Clone, Debug)]
pub struct StageFigure {
    /// Which.
    pub stage: StageId,
    /// Overall rate: share of all who arrived who enter it.
    pub entered: Figure,
    /// Share of all who arrived whose journey fails on leaving one of its touchpoints.
    pub left: Figure,
    /// Step rate: of those who entered, those whose journey does not fail there.
    pub step: Figure,
    /// Seconds spent in it, median, among those who enter; from the simulation.
    pub median_time: Option<f64>,
}

/// A moment of truth.
#[derive(Clone, Debug)]
pub struct MomentFigure {
    /// Which.
    pub moment: Moment,
    /// Share of all who arrived who enter it.
    pub entered: Figure,
    /// Of those, the share whose journey does not fail there.
    pub step: Figure,
    /// Seconds spent in it, median; from the simulation.
    pub median_time: Option<f64>,
    /// Channels used in it: label and share of the visits, largest first.
    pub channels: Vec<(String, f64)>,
}

/// A passage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlowFigure {
    /// From where to where.
    pub flow: crate::chain::Flow,
    /// Passages per customer who arrived.
    pub passages: f64,
    /// Whether the passage is on the most probable path to the main goal of some persona.
    pub typical: bool,
}

/// A goal or an end.
#[derive(Clone, Debug)]
pub struct ReachedFigure {
    /// Which.
    pub what: ReachedWhat,
    /// Share of all who arrived who get there.
    pub share: Figure,
    /// Seconds to the first time, among those who do: mean.
    pub time_mean: Figure,
    /// The standard deviation of that time.
    pub time_sd: Figure,
    /// Money spent until then: mean.
    pub cost_mean: Figure,
    /// The standard deviation of that money.
    pub cost_sd: Figure,
    /// Money earned until then: mean.
    pub revenue_mean: Figure,
    /// The standard deviation of that money.
    pub revenue_sd: Figure,
    /// Margin until then: mean.
    pub margin_mean: Figure,
    /// The standard deviation of that margin.
    pub margin_sd: Figure,
    /// The same by persona, exact if solved, else simulated; empty where neither engine knows.
    pub personas: Vec<Reached>,
}

/// A goal or an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReachedWhat {
    /// A goal.
    Goal(GoalId),
    /// An end.
    End(EndId),
}

/// A figure that every journey has.
#[derive(Clone, Debug)]
pub struct StandardFigure {
    /// Which.
    pub what: Standard,
    /// The figure; one without a value is not shown.
    pub figure: Figure,
    /// Of cost, revenue and margin: the standard deviation between customers.
    pub sd: Option<Figure>,
}

/// One persona.
#[derive(Clone, Debug)]
pub struct PersonaFigures {
    /// Which.
    pub persona: PersonaId,
    /// Share of those who arrive.
    pub share: f64,
    /// Share who reach the main goal.
    pub goal: Figure,
    /// Money per customer of this persona: cost, revenue, margin.
    pub money: [Figure; 3],
    /// The standard deviation of each between its customers.
    pub money_sd: [Figure; 3],
    /// Mean feeling.
    pub felt: Figure,
    /// Share who enter each stage.
    pub stages: Vec<f64>,
    /// By touchpoint: mean feeling, `None` where nothing is felt or the touchpoint is not met.
    pub felt_at: Vec<Option<f64>>,
}

/// What is felt under a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioFigures {
    /// Which.
    pub scenario: ScenarioId,
    /// By touchpoint of the journey as written: mean feeling of all customers, `None` where nothing is felt, or nobody comes.
    pub felt_at: Vec<Option<f64>>,
}

/// A promise.
#[derive(Clone, Debug)]
pub struct ExpectationFigure {
    /// As written.
    pub text: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The figure promised.
    pub figure: Figure,
    /// What it was compared with: one bound, or two.
    pub bounds: Vec<Figure>,
    /// By bound: figure − bound.
    pub margins: Vec<Figure>,
    /// Its place in the list of the program.
    pub index: usize,
}

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Kept.
    Pass,
    /// The asked precision does not tell.
    Undecided,
    /// Broken.
    Fail,
}

/// A figure printed elsewhere.
#[derive(Clone, Debug)]
pub struct ClaimFigure {
    /// As written.
    pub text: String,
    /// The value as printed.
    pub printed: String,
    /// Whether rounding ours to the printed digits gives it; `None` where ours is simulated and too wide to tell.
    pub holds: Option<bool>,
    /// Our figure.
    pub figure: Figure,
    /// Its place in the list of the program.
    pub index: usize,
}

/// The most probable paths.
#[derive(Clone, Debug, Default)]
pub struct TypicalPaths {
    /// To the first time the main goal is reached.
    pub to_goal: Vec<TypicalPath>,
    /// To a failing end.
    pub to_failure: Vec<TypicalPath>,
}

/// A path, as touchpoints.
#[derive(Clone, Debug)]
pub struct TypicalPath {
    /// The touchpoints met, in order.
    pub touchpoints: Vec<TouchpointId>,
    /// The end, for paths to failure.
    pub end: Option<EndId>,
    /// Share of all who arrived who take exactly this path (until the goal, for paths to it).
    pub probability: f64,
    /// Mean duration, in seconds.
    pub mean_time: f64,
}

/// Whether the two engines agree.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Agreement {
    /// Figures that both engines gave.
    pub compared: usize,
    /// Of those, how many differ by more than chance allows.
    pub differing: usize,
    /// The largest |z| among them.
    pub largest_z: f64,
    /// Which differ, by name.
    pub which: Vec<String>,
}

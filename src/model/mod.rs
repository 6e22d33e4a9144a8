//! The journey with every name an id, every figure a number of known unit.
//!
//! Comes in: what `resolve` found. Goes out: [`Model`], read by every later stage. What must hold: ids are dense and follow
//! the order of declaration, so that a vector indexed by id is complete; a scenario's model has the same ids as its base;
//! every id has an origin in the text; probabilities and money are exact rationals, times are seconds.

mod evidence;
mod exam;
mod figure;
mod guard;
mod holes;
mod ids;
pub mod law;
mod measure;
mod words;

pub use evidence::{Evidence, FigureKind, Known, WrittenFigure, Z95, wilson};
pub use exam::{
    Annex, AnnexKind, Cited, Criterion, Exam, PaperItem, Part, Question, QuestionKind, Reading, Renamed, Varied, Woven,
    WovenForm, WovenPiece,
};
pub use figure::{Condition, Guarded, PerPersona};
pub use guard::{Cell, CellKind, Guard, Update};
pub use holes::Holes;
pub use ids::{
    ArrivalId, CellId, ChannelId, EndId, FacetId, GoalId, KpiId, ParamId, PersonaId, ScenarioId, SegmentId, SourceId, StageId,
    TouchpointId,
};
pub use law::Law;
pub use measure::{Bound, Claim, Dimension, Event, Expectation, Kpi, Measure, MeasureKind, Modifiers, MoneyKind, Place, Who};
pub use words::{Contact, Media, Moment, Motive, Outcome, Presence, Survey};

pub use crate::locale::Unit;

use crate::diagnostics::Span;
use crate::locale::Lang;
use num_rational::BigRational;

/// A journey and its scenarios.
#[derive(Clone, Debug)]
pub struct Program {
    /// The journey as written.
    pub base: Model,
    /// The journey under each scenario; the index is the [`ScenarioId`].
    pub scenarios: Vec<(Scenario, Model)>,
    /// Named measures, in the order of the text.
    pub kpis: Vec<Kpi>,
    /// Promises.
    pub expectations: Vec<Expectation>,
    /// Figures printed elsewhere.
    pub claims: Vec<Claim>,
    /// Papers for students.
    pub exams: Vec<Exam>,
    /// What is declared and mentioned nowhere.
    pub unmentioned: Unmentioned,
}

/// Declared figures and sources that no other line of the journey names, scenarios and exams included; in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Unmentioned {
    /// Params.
    pub params: Vec<Named>,
    /// Laws of chance.
    pub laws: Vec<Named>,
    /// Sources.
    pub sources: Vec<Named>,
}

impl Program {
    /// The model of a scenario, or the base.
    #[must_use]
    pub fn model(&self, scenario: Option<ScenarioId>) -> &Model {
        scenario.map_or(&self.base, |id| &self.scenarios[id.index()].1)
    }
}

/// What a scenario is called.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: Named,
}

/// A name, its label and its place in the text.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name.
    pub name: String,
    /// What people read; the name where no label is given.
    pub label: String,
    /// Where it is declared.
    pub origin: Span,
}

/// A journey, resolved.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its name and label.
    pub name: Named,
    /// The language of its documents.
    pub locale: Lang,
    /// The one currency, if money is used.
    pub currency: Option<String>,
    /// How long customers are followed, in seconds.
    pub horizon: Option<f64>,
    /// Yearly discount rate.
    pub discount: Option<BigRational>,
    /// Who.
    pub personas: Vec<Persona>,
    /// Sets of personas.
    pub segments: Vec<Segment>,
    /// Where.
    pub channels: Vec<Channel>,
    /// Parts of the journey, in the order of the text.
    pub stages: Vec<Stage>,
    /// Meetings.
    pub touchpoints: Vec<Touchpoint>,
    /// Things worth reaching.
    pub goals: Vec<Goal>,
    /// Where it stops.
    pub ends: Vec<End>,
    /// Ways in.
    pub arrivals: Vec<Arrival>,
    /// What the customer carries.
    pub memory: Vec<Cell>,
    /// Named figures.
    pub params: Vec<Param>,
    /// Where figures come from.
    pub sources: Vec<Source>,
    /// Ways of classing touchpoints, built in and own.
    pub facets: Vec<Facet>,
    /// The figures that stand in its lines and not in a param, in the order of the text, with what they rest on.
    pub figures: Vec<WrittenFigure>,
}

impl Model {
    /// A journey in which there is nothing yet.
    #[must_use]
    pub fn new(name: Named, locale: Lang) -> Self {
        Self {
            name,
            locale,
            currency: None,
            horizon: None,
            discount: None,
            personas: Vec::new(),
            segments: Vec::new(),
            channels: Vec::new(),
            stages: Vec::new(),
            touchpoints: Vec::new(),
            goals: Vec::new(),
            ends: Vec::new(),
            arrivals: Vec::new(),
            memory: Vec::new(),
            params: Vec::new(),
            sources: Vec::new(),
            facets: Vec::new(),
            figures: Vec::new(),
        }
    }
}

/// Who comes.
#[derive(Clone, Debug)]
pub struct Persona {
    /// Its name.
    pub name: Named,
    /// In years.
    pub age: Option<u32>,
    /// Its work.
    pub job: Option<String>,
    /// Per month, in the currency.
    pub income: Option<BigRational>,
    /// What moves it.
    pub motives: Vec<Motive>,
    /// What it wants.
    pub wants: Vec<String>,
    /// What hurts.
    pub pains: Vec<String>,
    /// Its story.
    pub story: Option<String>,
    /// Flags that a share of this persona carries from the start.
    pub has: Vec<(CellId, BigRational)>,
}

impl Persona {
    /// A persona of whom nothing is said.
    #[must_use]
    pub fn new(name: Named) -> Self {
        Self {
            name,
            age: None,
            job: None,
            income: None,
            motives: Vec::new(),
            wants: Vec::new(),
            pains: Vec::new(),
            story: None,
            has: Vec::new(),
        }
    }
}

/// A set of personas.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Its name.
    pub name: Named,
    /// Its members.
    pub personas: Vec<PersonaId>,
}

/// Where meetings take place.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name.
    pub name: Named,
    /// Digital or physical, if said.
    pub presence: Option<Presence>,
    /// Paid, owned or earned, if said.
    pub media: Option<Media>,
    /// What every contact on it costs.
    pub cost: Option<PerPersona<Law>>,
}

/// A part of the journey.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name.
    pub name: Named,
    /// Its moment of truth.
    pub moment: Option<Moment>,
    /// What hurts all along it.
    pub pains: Vec<String>,
    /// What is noted of it.
    pub notes: Vec<Note>,
    /// Its touchpoints, in the order of the text.
    pub touchpoints: Vec<TouchpointId>,
}

/// Something said in words: a verbatim, a remark. Nothing is computed from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is, or all of it.
    pub title: String,
    /// What it says.
    pub text: Option<String>,
}

/// One meeting of customer and brand.
#[derive(Clone, Debug)]
pub struct Touchpoint {
    /// Its name.
    pub name: Named,
    /// Where it takes place.
    pub channel: ChannelId,
    /// A second channel at the same time; counts for switches, not for cost.
    pub with: Option<ChannelId>,
    /// Who starts it, if said.
    pub contact: Option<Contact>,
    /// The stage that it stands in.
    pub stage: Option<StageId>,
    /// Its classes: facet and the index of the word in it.
    pub is: Vec<(FacetId, usize)>,
    /// What the customer does.
    pub does: Vec<String>,
    /// What he thinks.
    pub thinks: Vec<String>,
    /// What hurts.
    pub pains: Vec<String>,
    /// What is noted of it.
    pub notes: Vec<Note>,
    /// Motives that it speaks to.
    pub appeals: Vec<Motive>,
    /// Changes of memory on arriving.
    pub updates: Vec<Guarded<Update>>,
    /// Goals reached on arriving.
    pub reaches: Vec<Guarded<GoalId>>,
    /// What a visit costs, beside the channel's cost.
    pub costs: Vec<Guarded<PerPersona<Law>>>,
    /// What a visit earns.
    pub earns: Vec<Guarded<Earning>>,
    /// How it feels.
    pub feels: Vec<Guarded<PerPersona<Feeling>>>,
    /// Customer effort, 1..7.
    pub efforts: Vec<Guarded<PerPersona<Law>>>,
    /// Answers to surveys.
    pub surveys: Vec<Guarded<(Survey, PerPersona<Law>)>>,
    /// Time spent, in seconds.
    pub takes: Vec<Guarded<PerPersona<Law>>>,
    /// The ways on.
    pub branches: Vec<Branch>,
}

impl Touchpoint {
    /// A touchpoint of which nothing is said but where it takes place.
    #[must_use]
    pub fn new(name: Named, channel: ChannelId) -> Self {
        Self {
            name,
            channel,
            with: None,
            contact: None,
            stage: None,
            is: Vec::new(),
            does: Vec::new(),
            thinks: Vec::new(),
            pains: Vec::new(),
            notes: Vec::new(),
            appeals: Vec::new(),
            updates: Vec::new(),
            reaches: Vec::new(),
            costs: Vec::new(),
            earns: Vec::new(),
            feels: Vec::new(),
            efforts: Vec::new(),
            surveys: Vec::new(),
            takes: Vec::new(),
            branches: Vec::new(),
        }
    }
}

/// Money that comes in.
#[derive(Clone, Debug, PartialEq)]
pub struct Earning {
    /// How much.
    pub amount: PerPersona<Law>,
    /// Which share of it is margin.
    pub margin: PerPersona<BigRational>,
}

/// What a customer feels.
#[derive(Clone, Debug, PartialEq)]
pub struct Feeling {
    /// From −5 to +5.
    pub value: Law,
    /// In his words.
    pub words: Option<String>,
}

/// A way on.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Where it leads.
    pub to: Target,
    /// How many take it.
    pub share: Share,
    /// When it is open.
    pub guard: Option<Condition>,
    /// Time on the way, in seconds.
    pub after: Option<PerPersona<Law>>,
    /// Why customers take it.
    pub because: Option<String>,
    /// What happens on leaving.
    pub effects: Effects,
    /// Its line.
    pub origin: Span,
    /// The figure (or the `otherwise`, or the target where there is neither) in that line.
    pub share_origin: Span,
}

/// Where a branch leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// To a touchpoint.
    Touchpoint(TouchpointId),
    /// Out.
    End(EndId),
}

/// How many take a branch.
#[derive(Clone, Debug, PartialEq)]
pub enum Share {
    /// A probability.
    Figure(PerPersona<BigRational>),
    /// What is left of 100 %.
    Otherwise,
    /// Not said: all, if no other branch is open.
    Lone,
}

/// What happens to a customer who takes a branch, in the order of the fields.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// Changes of memory.
    pub updates: Vec<Update>,
    /// Goals.
    pub reaches: Vec<GoalId>,
    /// Money spent.
    pub cost: Option<PerPersona<Law>>,
    /// Money earned.
    pub earns: Option<Earning>,
    /// Feelings.
    pub feel: Option<PerPersona<Feeling>>,
}

/// Something worth reaching.
#[derive(Clone, Debug)]
pub struct Goal {
    /// Its name.
    pub name: Named,
}

/// Where a journey stops.
#[derive(Clone, Debug)]
pub struct End {
    /// Its name.
    pub name: Named,
    /// How it counts, if said.
    pub outcome: Option<Outcome>,
}

/// A way in.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Its name; an unnamed arrival is called `arrive`.
    pub name: Named,
    /// Whether it was given a name.
    pub named: bool,
    /// How many customers it brings.
    pub number: BigRational,
    /// Share of each persona; sums to one.
    pub personas: Vec<(PersonaId, BigRational)>,
    /// Money spent per customer that it brings (its budget, spread).
    pub cost_each: BigRational,
    /// Ways to the first touchpoint.
    pub branches: Vec<Branch>,
}

/// A named figure.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: Named,
    /// Its value, exact; of a distribution, its mean.
    pub value: BigRational,
    /// What it counts.
    pub unit: Unit,
    /// The smallest and largest value thought possible.
    pub range: Option<(BigRational, BigRational)>,
    /// Of a share: what one point more costs.
    pub costs_per_point: Option<BigRational>,
    /// What is known about it.
    pub evidence: Evidence,
    /// The params that it is worked out from.
    pub from: Vec<ParamId>,
    /// The figure, in its line.
    pub figure_origin: Span,
}

/// Where figures come from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub name: Named,
    /// Where to find it.
    pub url: Option<String>,
}

/// A way of classing touchpoints.
#[derive(Clone, Debug)]
pub struct Facet {
    /// Its name.
    pub name: Named,
    /// Its words, exactly one of which a touchpoint may carry.
    pub words: Vec<String>,
}

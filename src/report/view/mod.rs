//! What documents say, before they are laid out: strings and lists.
//!
//! Comes in: a program, its figures, the reader's language. Goes out: [`View`], one part per section of a document; its fields
//! are written as they stand. What must hold: every string is localised and in its final form; a part that has nothing to say
//! is an empty list or `None`, so that layouts can leave it out.

mod attribution;
mod campaign;
mod choice;
mod choices;
pub(super) mod definition;
mod evidence;
mod experience;
mod funnel;
mod hot;
mod kpis;
mod labels;
mod levers;
mod method;
mod paths;
mod pen;
mod personas;
mod phases;
mod promises;
mod reached;
mod script;
mod sheets;
mod shown;
mod stories;
mod times;
mod win_back;

pub(super) use attribution::Bench;
pub(super) use campaign::CampaignView;
pub(super) use choices::Choices;
pub(super) use evidence::Basis;
pub(super) use experience::{StandardRow, standard_label};
pub(super) use funnel::{MomentRow, Step};
pub(super) use hot::HotPoints;
pub(super) use kpis::KpiCard;
pub(super) use labels::Labels;
pub(super) use levers::KeyFigure;
pub(super) use method::Method;
pub(super) use paths::Paths;
pub(super) use pen::Pen;
pub(super) use personas::Personas;
pub(super) use phases::{Phases, phases};
pub(super) use promises::Promise;
pub(super) use reached::ReachedRow;
pub(super) use script::Script;
pub(super) use sheets::PersonaSheet;
pub(super) use shown::Shown;
pub use shown::why_declined;
pub(super) use stories::StoryOf;
pub(super) use times::Times;
pub(super) use win_back::{WinBack, triggers, win_back_ids};

use crate::locale::Lang;
use crate::measure::Figures;
use crate::model::Program;
use crate::report::Keys;
use crate::report::template::VIEW_VERSION;
use serde::Serialize;

/// Everything that a document says.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct View {
    /// The version of what templates are given; within one, names are added, none goes or changes its meaning.
    pub version: u32,
    /// Code of the language.
    pub lang: &'static str,
    /// Headings and other fixed words.
    pub l: Labels,
    /// The journey's label.
    pub title: String,
    /// How large the journey is, and how its figures were obtained.
    pub subtitle: String,
    /// The label of the main goal.
    pub main_goal: Option<String>,
    /// The measures that matter most.
    pub headline: Vec<KpiCard>,
    /// The other measures.
    pub others: Vec<KpiCard>,
    /// Touchpoints by rank.
    pub hot: HotPoints,
    /// Stages.
    pub funnel: Vec<Step>,
    /// Moments of truth.
    pub moments: Vec<MomentRow>,
    /// Who.
    pub personas: Personas,
    /// A page of each persona of whom the journey says who it is.
    pub sheets: Vec<PersonaSheet>,
    /// Touchpoints before, during and after the purchase.
    pub phases: Phases,
    /// What brings customers back; `None` where nothing does.
    pub win_back: Option<WinBack>,
    /// Goals.
    pub goals: Vec<ReachedRow>,
    /// Ends.
    pub ends: Vec<ReachedRow>,
    /// How long it takes to the main goal; `None` without a simulation.
    pub times: Option<Times>,
    /// What a reader of the page may choose.
    pub choices: Choices,
    /// Whether money is spoken of.
    pub has_money: bool,
    /// Money.
    pub money: Vec<StandardRow>,
    /// Experience.
    pub experience: Vec<StandardRow>,
    /// Promises.
    pub expectations: Vec<Promise>,
    /// Figures printed elsewhere.
    pub claims: Vec<Promise>,
    /// What the key figures hang on.
    pub levers: Vec<KeyFigure>,
    /// Where the key figures come from.
    pub stories: Vec<StoryOf>,
    /// To whom conversions are credited; `None` where nobody asked.
    pub attribution: Option<Bench>,
    /// What can happen to one campaign; `None` where nobody asked.
    pub campaign: Option<CampaignView>,
    /// Typical paths.
    pub paths: Paths,
    /// What the figures rest on, the weakest first.
    pub basis: Vec<Basis>,
    /// How many of them are assumed or without a source, in words.
    pub basis_summary: String,
    /// How the figures were obtained, and whether the engines agree.
    pub method: Method,
}

impl View {
    pub(super) fn new(program: &Program, figures: &Figures, keys: Keys<'_>, lang: Lang) -> Self {
        let pen = Pen::new(program, figures, lang);
        let (headline, others) = kpis::cards(&pen);
        let (money, experience) = experience::rows(&pen);
        let basis = evidence::rows(&pen);
        Self {
            version: VIEW_VERSION,
            lang: lang.code(),
            l: Labels::new(lang),
            title: pen.model.name.label.clone(),
            subtitle: method::subtitle(&pen),
            main_goal: figures.main_goal.map(|id| pen.model.goals[id.index()].name.label.clone()),
            sheets: sheets::sheets(&pen, &headline.iter().collect::<Vec<_>>()),
            phases: Phases::new(&pen),
            win_back: WinBack::new(&pen),
            headline,
            others,
            hot: HotPoints::new(&pen),
            funnel: funnel::steps(&pen),
            moments: funnel::moments(&pen),
            personas: Personas::new(&pen),
            goals: figures.goals.iter().map(|row| ReachedRow::new(&pen, row)).collect(),
            ends: figures.ends.iter().map(|row| ReachedRow::new(&pen, row)).collect(),
            times: Times::new(&pen),
            choices: Choices::new(&pen),
            has_money: !money.is_empty(),
            money,
            experience,
            expectations: promises::expectations(&pen),
            claims: promises::claims(&pen),
            levers: levers::rows(&pen, keys.levers),
            stories: stories::rows(&pen, keys.stories),
            attribution: Bench::new(&pen),
            campaign: CampaignView::new(&pen),
            paths: Paths::new(&pen),
            basis_summary: evidence::summary(&pen, &basis),
            basis,
            method: Method::new(&pen),
        }
    }
}

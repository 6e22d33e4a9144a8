//! Everything that the map shows, as plain data: counts as numbers, the rest as strings in the reader's language.

use crate::locale::Lang;
use crate::model::{Known, Media, Presence};

/// What one map shows.
#[derive(Clone, Debug, Default)]
pub struct MapView {
    /// The language of its words.
    pub lang: Lang,
    /// What the journey is called.
    pub title: String,
    /// How large it is.
    pub subtitle: String,
    /// How its figures were obtained.
    pub method: String,
    /// All that the picture says, for those who do not see it.
    pub alt: String,
    /// The few figures that matter, most important first.
    pub headlines: Vec<Headline>,
    /// Columns, from left to right.
    pub stages: Vec<StageView>,
    /// Channels, in the order of the text.
    pub lanes: Vec<LaneView>,
    /// Bubbles, in the order of the text.
    pub points: Vec<PointView>,
    /// Bands.
    pub flows: Vec<FlowView>,
    /// Whose feelings are drawn.
    pub curves: Vec<CurveView>,
    /// What working on the hot points brings.
    pub hot: Option<HotView>,
    /// What the intervals under the stages mean, where there are any.
    pub spreads: String,
    /// What the green ring stands for.
    pub goal: Option<String>,
}

/// A figure at the head of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// `9,9 %`
    pub value: String,
    /// What it is.
    pub label: String,
    /// Its interval, or how it was obtained.
    pub note: String,
    /// Whether it is the rate of the main goal.
    pub goal: bool,
}

/// A stage: a column of the map and of the rows under it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StageView {
    /// Its name in the text; empty where touchpoints stand in no stage.
    pub name: String,
    /// Its moment of truth: `ZMOT`.
    pub moment: Option<String>,
    /// Its label; empty where the moment says it all, or where touchpoints stand in no stage.
    pub label: String,
    /// `4 567 entrent`
    pub entered: String,
    /// `42 % continuent`
    pub continued: String,
    /// Share of all who arrived who enter it, 0..1.
    pub share: f64,
    /// What customers do.
    pub does: Vec<String>,
    /// What they think, without quotation marks.
    pub thinks: Vec<String>,
    /// What they feel, where it is said in their words.
    pub feels: Vec<FeltView>,
    /// What hurts.
    pub pains: Vec<String>,
    /// Why customers go on.
    pub enablers: Vec<String>,
    /// Why customers give up.
    pub barriers: Vec<String>,
    /// What is noted: verbatims in quotation marks, remarks without.
    pub notes: Vec<NoteView>,
    /// Whose it is.
    pub owners: Vec<String>,
    /// How many of the figures written in it are measured, estimated, assumed.
    pub known: Vec<KnownView>,
    /// Its figures.
    pub kpis: Vec<KpiView>,
}

/// Something noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteView {
    /// What it says, without quotation marks.
    pub text: String,
    /// Whether a customer said it.
    pub quoted: bool,
}

/// Figures that are known equally well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownView {
    /// How well.
    pub known: Known,
    /// `4 mesurés`
    pub words: String,
}

/// A figure of a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KpiView {
    /// What it is.
    pub label: String,
    /// `19,1 %`
    pub value: String,
    /// Its interval, where it has one, and of what kind it is: `données 44,1 – 47,2 %`
    pub interval: String,
}

/// A channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneView {
    /// Its name in the text.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Whose it is, if said.
    pub media: Option<Media>,
    /// Where it is, if said.
    pub presence: Option<Presence>,
}

/// A touchpoint.
#[derive(Clone, Debug, Default)]
pub struct PointView {
    /// Its name in the text.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Index of its channel in [`MapView::lanes`].
    pub lane: usize,
    /// Index of its stage in [`MapView::stages`].
    pub stage: usize,
    /// Customers who meet it.
    pub customers: f64,
    /// The same, written.
    pub count: String,
    /// How many touchpoints it stands for, where minor ones are drawn together; 0 where it stands for itself.
    pub together: usize,
    /// Its rank among the hot points, if it is one.
    pub hot: Option<usize>,
    /// Whether a goal is reached here.
    pub goal: bool,
    /// Customers whose journey fails here.
    pub failing: f64,
    /// `910 partent`
    pub failing_words: String,
    /// What share of its visits that is: `91 %`.
    pub failing_share: String,
    /// By curve: what is felt here.
    pub felt: Vec<Option<FeltView>>,
    /// All of it in a line, for the pointer.
    pub title: String,
}

/// A feeling.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeltView {
    /// From −5 to +5.
    pub value: f64,
    /// In the customer's words.
    pub words: Option<String>,
}

/// A passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowView {
    /// Index of the touchpoint left; `None`: arriving.
    pub from: Option<usize>,
    /// Index of the touchpoint met.
    pub to: usize,
    /// Passages.
    pub passages: f64,
    /// The same, written.
    pub count: String,
    /// What share of the visits of `from` that is: `9 %`.
    pub rate: String,
    /// How well that share is known, if it is a figure.
    pub known: Option<Known>,
    /// Whether it is on the most probable path of a persona to the main goal.
    pub typical: bool,
}

/// What a curve speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// One persona.
    #[default]
    Persona,
    /// All customers.
    Everybody,
    /// All customers, under a scenario.
    Scenario,
}

/// Whose feelings a curve shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurveView {
    /// What it speaks of.
    pub whose: Whose,
    /// The name of its persona or its scenario in the text; empty where it is everybody's.
    pub name: String,
    /// `Inès, 27 ans`
    pub label: String,
    /// `55 % des arrivants`
    pub note: String,
}

/// The panel of hot points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HotView {
    /// What the bars are.
    pub caption: String,
    /// From the first rank on.
    pub entries: Vec<HotEntry>,
}

/// A hot point in the panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HotEntry {
    /// From 1.
    pub rank: usize,
    /// What it is called.
    pub label: String,
    /// Length of its bar.
    pub weight: f64,
    /// `+13,1`
    pub value: String,
    /// `684 y partent · ressenti +1,5`
    pub note: String,
}

//! The tree of a journey text: what was written, where, and nothing decided yet.
//!
//! Every node that a message may point at carries its span. Names are not looked up, units are not checked, numbers keep
//! the digits that the author wrote (a claim of `0.3%` and one of `0.30%` promise different things).

#![expect(missing_docs, reason = "the fields of a form are named by the form that its variant documents")]

mod exam;

pub use exam::{AnnexKind, Exam, ExamFact, ExamFactKind, Marks, Question, Reading, Woven, WovenForm, WovenPiece};

use crate::diagnostics::Span;
use num_rational::BigRational;

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// Its items in the order of the text.
    pub items: Vec<Item>,
}

/// A word that names something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A text between quotes, without them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its content.
    pub text: String,
    /// Where, quotes included.
    pub span: Span,
}

/// A name with the label that people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The name.
    pub name: Name,
    /// The label, if given.
    pub label: Option<Text>,
}

/// `costs 500 EUR per point`
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    /// How much.
    pub amount: Expr,
    /// For how much more.
    pub per: Option<Name>,
    /// The whole of it.
    pub span: Span,
}

/// One top-level form (or, in a scenario, one that takes its namesake's place).
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// The whole of it.
    pub span: Span,
}

/// The forms.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// `journey name "…"`
    Journey(Title),
    /// `library name "…"`
    Library(Title),
    /// `locale fr`
    Locale(Name),
    /// `currency EUR`
    Currency(Name),
    /// `horizon 2 years`
    Horizon(Expr),
    /// `discount 10% per year`
    Discount(Expr, Name),
    /// `include "f.journey"`
    Include(Text),
    /// `source name "…" url "…"`
    Source { title: Title, url: Option<Text> },
    /// `param name "…" = value`
    Param { title: Title, value: Value, costs: Option<Costs> },
    /// `law name "…" = sum`
    Law { title: Title, law: Expr },
    /// `segment name "…" = persona, …`
    Segment { title: Title, of: Vec<Name> },
    /// `goal name "…"`
    Goal(Title),
    /// `end name "…" success`
    End { title: Title, outcome: Option<(Outcome, Span)> },
    /// `consent name "…"`
    Consent(Title),
    /// `resource name "…" n`
    Resource { title: Title, servers: Expr },
    /// `facet name "…" = word, …`
    Facet { title: Title, words: Vec<Name> },
    /// `memory { … }`
    Memory(Vec<Cell>),
    /// `persona name "…" { … }`
    Persona(Persona),
    /// `channel name "…" digital owned { … }`
    Channel(Channel),
    /// `arrive …`
    Arrive(Arrive),
    /// `stage name "…" moment m { … }`
    Stage(Stage),
    /// `touchpoint …`
    Touchpoint(Touchpoint),
    /// `path name "…" for persona = a -> b`
    Path { title: Title, persona: Option<Name>, steps: Vec<Name> },
    /// `automation name "…" { … }`
    Automation(Automation),
    /// `kpi name "…" key = measure by dimension`
    Kpi { title: Title, key: bool, measure: Measure, by: Option<Name> },
    /// `claim measure = value source name`
    Claim { measure: Measure, value: Expr, source: Option<Name> },
    /// `expect …`
    Expect(Expect),
    /// `scenario name "…" from name { … }`
    Scenario(Scenario),
    /// `exam name "…" { … }`
    Exam(Exam),
    /// `note "title" "text"`
    Note(Note),
    /// What could not be read; a diagnostic has been given
    Bad,
}

/// How an end counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// `success`
    Success,
    /// `failure`
    Failure,
}

/// `note "title" "text"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The title.
    pub title: Text,
    /// The text.
    pub text: Option<Text>,
}

/// A declaration inside `memory`.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its name.
    pub title: Title,
    /// Its kind.
    pub kind: CellKind,
    /// The whole of it.
    pub span: Span,
}

/// What a memory cell can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum CellKind {
    /// `flag m`
    Flag,
    /// `counter m a..b`
    Counter(Expr, Expr),
    /// `state m = word, …`
    State(Vec<Name>),
    /// `clock m`
    Clock,
}

/// `persona name "…" { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Persona {
    /// Its name.
    pub title: Title,
    /// What is known of it.
    pub facts: Vec<PersonaFact>,
}

/// One line about a persona.
#[derive(Clone, Debug, PartialEq)]
pub enum PersonaFact {
    /// `age 25`
    Age(Expr),
    /// `job "…"`
    Job(Text),
    /// `income 3200 EUR`
    Income(Expr),
    /// `motivation novelty, sympathy`
    Motivation(Vec<Name>),
    /// `wants "…"`
    Wants(Text),
    /// `pain "…"`
    Pain(Text),
    /// `story "…"`
    Story(Text),
    /// `consents sms 45%`
    Consents(Name, Value, Span),
    /// `has coupon 20%`
    Has(Name, Value, Span),
    /// `note …`
    Note(Note),
}

/// The words that may follow the title of a channel.
pub const CHANNEL_WORDS: [&str; 5] = ["digital", "physical", "paid", "owned", "earned"];

/// `channel name "…" digital owned { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Its name.
    pub title: Title,
    /// `digital` or `physical`, `paid`, `owned` or `earned`, in any order.
    pub words: Vec<Name>,
    /// What holds on every contact.
    pub facts: Vec<ChannelFact>,
}

/// One line about a channel.
#[derive(Clone, Debug, PartialEq)]
pub enum ChannelFact {
    /// `cost figure`
    Cost(Figure, Span),
    /// `requires consent c`
    Requires(Name, Span),
    /// `at most n per t`
    AtMost(Span),
    /// `note …`
    Note(Note),
}

/// `arrive …`
#[derive(Clone, Debug, PartialEq)]
pub struct Arrive {
    /// Its name and label, if it has one.
    pub title: Option<Title>,
    /// How many.
    pub number: Expr,
    /// `per unit for t`.
    pub rate: Option<(Name, Expr)>,
    /// `at touchpoint`.
    pub at: Option<Name>,
    /// `of persona share`.
    pub of: Vec<Of>,
    /// `budget money`.
    pub budget: Option<(Expr, Span)>,
    /// Ways in.
    pub branches: Vec<Branch>,
    /// The first line of the form.
    pub head: Span,
}

/// `of persona share`
#[derive(Clone, Debug, PartialEq)]
pub struct Of {
    /// Who.
    pub persona: Name,
    /// How much of the arrivals.
    pub share: Share,
    /// The whole line.
    pub span: Span,
}

/// What follows the target of a branch or the name of a persona.
#[derive(Clone, Debug, PartialEq)]
pub enum Share {
    /// A figure.
    Figure(Figure),
    /// `otherwise`
    Otherwise(Span),
    /// Nothing: a lone branch.
    Lone,
}

/// `stage name "…" moment m { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its name.
    pub title: Title,
    /// `moment m`.
    pub moment: Option<Name>,
    /// The touchpoints in it.
    pub touchpoints: Vec<(Touchpoint, Span)>,
    /// `pain "…"`.
    pub pains: Vec<Text>,
    /// `note …`.
    pub notes: Vec<Note>,
}

/// `touchpoint name "…" on channel with channel push { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Touchpoint {
    /// Its name.
    pub title: Title,
    /// `on channel`.
    pub on: Option<Name>,
    /// `with channel`.
    pub with: Option<Name>,
    /// `push` or `pull`.
    pub contact: Option<(Contact, Span)>,
    /// What happens there.
    pub facts: Vec<Touch>,
    /// The ways on, in the order of the text.
    pub branches: Vec<Branch>,
    /// A `race { … }`, if there is one: not available yet.
    pub race: Option<Span>,
    /// The first line of the form.
    pub head: Span,
}

/// Who starts a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Contact {
    /// The brand.
    Push,
    /// The customer.
    Pull,
}

/// One line of a touchpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// What it says.
    pub kind: TouchKind,
    /// `when guard`.
    pub guard: Option<Guard>,
    /// The whole line.
    pub span: Span,
}

/// The kinds of lines of a touchpoint.
#[derive(Clone, Debug, PartialEq)]
pub enum TouchKind {
    /// `is word, …`
    Is(Vec<Name>),
    /// `does "…"`
    Does(Text),
    /// `think "…"`
    Think(Text),
    /// `pain "…"`
    Pain(Text),
    /// `appeals motive, …`
    Appeals(Vec<Name>),
    /// `effort figure`
    Effort(Figure),
    /// `survey nps figure`
    Survey(Name, Figure),
    /// `requires consent c`
    Requires(Name),
    /// `uses resource patience t -> x`
    Uses(Name),
    /// `takes figure`
    Takes(Figure),
    /// `refers figure of persona to x`
    Refers,
    /// An effect.
    Effect(Effect),
    /// `note …`
    Note(Note),
}

/// Something that happens to the customer or to the money.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What.
    pub kind: EffectKind,
    /// Where.
    pub span: Span,
}

/// The kinds of effects.
#[derive(Clone, Debug, PartialEq)]
pub enum EffectKind {
    /// `set m` or `set m = word`
    Set(Name, Option<Name>),
    /// `set consent c`
    SetConsent(Name),
    /// `clear m`
    Clear(Name),
    /// `clear consent c`
    ClearConsent(Name),
    /// `add m figure`
    Add(Name, Figure),
    /// `start clock`
    Start(Name),
    /// `reach goal`
    Reach(Name),
    /// `cost figure`
    Cost(Figure),
    /// `earns figure margin p`
    Earns(Figure, Option<Figure>),
    /// `feel value "…", value "…" for persona`
    Feel(Vec<Feeling>),
}

/// One value of a `feel`.
#[derive(Clone, Debug, PartialEq)]
pub struct Feeling {
    /// From −5 to +5.
    pub value: Value,
    /// In the customer's words.
    pub words: Option<Text>,
    /// For whom; without, for all others.
    pub persona: Option<Name>,
}

/// A way on.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// Where to.
    pub to: Name,
    /// How many.
    pub share: Share,
    /// `when guard`.
    pub guard: Option<Guard>,
    /// `after figure`.
    pub after: Option<Figure>,
    /// `because "…"`.
    pub because: Option<Text>,
    /// What happens on leaving.
    pub effects: Vec<Effect>,
    /// The whole line or block.
    pub span: Span,
}

/// A value, and others for some personas: `2 h, 1 day for roger`.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// For everybody not named.
    pub value: Value,
    /// For the personas or segments named.
    pub own: Vec<(Value, Name)>,
    /// The whole of it.
    pub span: Span,
}

/// An expression with what is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The expression.
    pub sum: Expr,
    /// `range a..b`.
    pub range: Option<(Expr, Expr)>,
    /// `source name` or `assumed`.
    pub evidence: Option<Evidence>,
    /// The whole of it.
    pub span: Span,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// `source name`
    Source(Name),
    /// `assumed`
    Assumed(Span),
}

/// An arithmetic expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `9`, `9%`, `59 EUR`, `2 h`, `1 point`
    Number(Number),
    /// `4 of 90`, `4 of clicked`
    CountOf(Number, Box<Expr>),
    /// `1..24 h`: even chances between two values
    Between(Box<Expr>, Box<Expr>),
    /// A name.
    Name(Name),
    /// `lognormal(median 40 s, p90 3 min)`
    Call(Name, Vec<Argument>),
    /// `a + b`
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `-a`
    Negative(Box<Expr>),
}

/// A number with its unit, exact, and as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The number before its unit, exact: 9 for `9%`.
    pub value: BigRational,
    /// Digits after the decimal point, as written.
    pub decimals: u32,
    /// `%`, `EUR`, `h`, `points`…, as written.
    pub unit: Option<Name>,
}

/// An argument of a distribution: `median 40 s`, or `1 day 30%`, `2 days otherwise` of an empirical one.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The word before it.
    pub word: Option<Name>,
    /// The value.
    pub value: Expr,
    /// The share after it.
    pub share: Option<Expr>,
    /// `otherwise` after it.
    pub otherwise: Option<Span>,
}

/// Arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Operator {
    /// As it is printed.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "−",
            Self::Multiply => "×",
            Self::Divide => "÷",
        }
    }
}

/// Comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub enum Comparison {
    /// `<`
    #[serde(rename = "<")]
    Less,
    /// `<=`
    #[serde(rename = "<=")]
    AtMost,
    /// `=`
    #[serde(rename = "=")]
    Equal,
    /// `!=`
    #[serde(rename = "!=")]
    NotEqual,
    /// `>=`
    #[serde(rename = ">=")]
    AtLeast,
    /// `>`
    #[serde(rename = ">")]
    Greater,
}

/// A condition on what the customer carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Guard {
    /// What it says.
    pub kind: GuardKind,
    /// Where.
    pub span: Span,
}

/// The kinds of conditions.
#[derive(Clone, Debug, PartialEq)]
pub enum GuardKind {
    /// `flag`
    Flag(Name),
    /// `m = word` or `m < n`: a name on the right may be a word of a state.
    Compare(Name, Comparison, Expr),
    /// `consent c`
    Consent(Name),
    /// `visited(x)`
    Visited(Name),
    /// `reached(g)`
    Reached(Name),
    /// `not g`
    Not(Box<Guard>),
    /// `g and h`
    And(Box<Guard>, Box<Guard>),
    /// `g or h`
    Or(Box<Guard>, Box<Guard>),
}

/// `automation name "…" { … }`: not available yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Automation {
    /// Its name.
    pub title: Title,
    /// The exits that it takes over.
    pub on: Vec<(Name, Name)>,
    /// Where those go instead.
    pub branches: Vec<Branch>,
}

/// A measure of a journey, or arithmetic over measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What it is.
    pub kind: MeasureKind,
    /// Where.
    pub span: Span,
}

/// The kinds of measures.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasureKind {
    /// A literal.
    Number(Number),
    /// `4 of 90`, `4 of clicked`; always an [`ExprKind::CountOf`].
    CountOf(Expr),
    /// A kpi or a param, by name.
    Name(Name),
    /// `rate(b)`, `rate(a -> b before c within t)`
    Rate { from: Option<Name>, to: Name, before: Option<Name>, within: Option<Expr> },
    /// `next(a -> b)`
    Next(Name, Name),
    /// `touches(x before g)`
    Touches { of: Name, before: Option<Name> },
    /// `count(g)`
    Count(Name),
    /// `present(x at t)`
    Present(Name, Expr),
    /// `time to g`
    TimeTo(Name),
    /// `time(a -> b)`
    TimeBetween(Name, Name),
    /// `cost revenue margin clv nps csat ces felt growth`
    Plain(PlainMeasure),
    /// `pull(x)`, `leak(x)`, `leverage(x)`
    HotPoint(HotPointMeasure, Name),
    /// `mean(m)`, `sd(m)`, `median(m)`, `p90(m)`
    Statistic(Statistic, Box<Measure>),
    /// `share(m > n)`
    Share(Box<Measure>, Comparison, Box<Measure>),
    /// A measure with what narrows it.
    With(Box<Measure>, Vec<Modifier>),
    /// Arithmetic.
    Binary(Operator, Box<Measure>, Box<Measure>),
    /// `-m`
    Negative(Box<Measure>),
}

/// The measures that are one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlainMeasure {
    /// What is spent.
    Cost,
    /// What is earned.
    Revenue,
    /// Earnings × their margin − cost.
    Margin,
    /// Discounted margin.
    Clv,
    /// Net promoter score.
    Nps,
    /// Customer satisfaction.
    Csat,
    /// Customer effort score.
    Ces,
    /// Mean feeling.
    Felt,
    /// Customers brought per customer.
    Growth,
}

/// The figures of a hot point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HotPointMeasure {
    /// Removal effect.
    Pull,
    /// Failing exits.
    Leak,
    /// What a point of probability is worth.
    Leverage,
}

/// What is taken of a number per customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Statistic {
    /// `mean`
    Mean,
    /// `sd`
    Sd,
    /// `median` (50), `p10` … `p99`
    Percentile(u8),
}

/// What narrows a measure.
#[derive(Clone, Debug, PartialEq)]
pub enum Modifier {
    /// `for who`
    For(Name),
    /// `in scenario`
    In(Name),
    /// `at place`
    At(Name),
    /// `per goal`
    Per(Name),
    /// `within t`
    Within(Expr),
    /// `with referrals`
    WithReferrals(Span),
}

/// `expect measure >= m confidence p`
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    /// What is promised.
    pub measure: Measure,
    /// What it must keep.
    pub bound: Bound,
    /// `confidence p`.
    pub confidence: Option<(Expr, Span)>,
}

/// What an expectation compares with.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// `>= m`
    Compare(Comparison, Measure),
    /// `between a and b`
    Between(Measure, Measure),
}

/// `scenario name "…" from name { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub title: Title,
    /// The scenario that it starts from.
    pub from: Option<Name>,
    /// What it changes.
    pub changes: Vec<Change>,
}

/// One change of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// `set param = value`
    Set(Name, Value, Span),
    /// `without x -> y`
    Without(Name, Option<Name>, Span),
    /// An item in place of its namesake.
    Replace(Item),
}

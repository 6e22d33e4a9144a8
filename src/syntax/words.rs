//! Which word starts which line where, and what it looks like when it is right.
//!
//! The grammar says how a line is read; this table says what recovery needs to know about it before it can be read: where a
//! first word is at home, what block it opens, and an example to show.

use super::grammar::Rule;
use crate::diagnostics::closest;
use crate::locale::Words;
use crate::words;
use unicode_normalization::char::is_combining_mark;

/// The blocks, by what may stand in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Top,
    Memory,
    Persona,
    Channel,
    Arrive,
    Stage,
    Touchpoint,
    Branch,
    Race,
    Automation,
    Scenario,
    /// Of an exam.
    Exam,
    /// Of a part of an exam.
    Part,
    /// Of a question of an exam.
    Question,
    /// Opened by nothing that is known: taken whole.
    Unknown,
}

impl Block {
    /// All of them.
    #[cfg(test)]
    pub(super) const ALL: [Self; 15] = [
        Self::Top,
        Self::Memory,
        Self::Persona,
        Self::Channel,
        Self::Arrive,
        Self::Stage,
        Self::Touchpoint,
        Self::Branch,
        Self::Race,
        Self::Automation,
        Self::Scenario,
        Self::Exam,
        Self::Part,
        Self::Question,
        Self::Unknown,
    ];
}

/// A kind of line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// Its first word.
    pub(super) word: &'static str,
    /// Where it is at home.
    pub(super) home: Block,
    /// The block that it may open.
    pub(super) opens: Option<Block>,
    /// A right one.
    pub(super) example: &'static str,
}

const fn fact(home: Block, word: &'static str, example: &'static str) -> Form {
    Form { word, home, opens: None, example }
}

const fn head(home: Block, word: &'static str, opens: Block, example: &'static str) -> Form {
    Form { word, home, opens: Some(opens), example }
}

/// The arrow starts a line as a word does.
pub(super) const ARROW: &str = "->";

const FORMS: &[Form] = &[
    fact(Block::Top, "journey", "journey shop \"Boutique\""),
    fact(Block::Top, "library", "library common \"Partagé\""),
    fact(Block::Top, "locale", "locale fr"),
    fact(Block::Top, "currency", "currency EUR"),
    fact(Block::Top, "horizon", "horizon 2 years"),
    fact(Block::Top, "discount", "discount 10% per year"),
    fact(Block::Top, "include", "include \"shared.journey\""),
    fact(Block::Top, "source", "source survey \"Enquête\" url \"https://example.org\""),
    fact(Block::Top, "param", "param clicked = 90 of 1000"),
    fact(Block::Top, "law", "law delay = lognormal(median 40 s, p90 3 min)"),
    fact(Block::Top, "segment", "segment young = julie, lea"),
    fact(Block::Top, "goal", "goal order \"Commande\""),
    fact(Block::Top, "end", "end lost \"Perdu\" failure"),
    fact(Block::Top, "consent", "consent sms \"SMS\""),
    fact(Block::Top, "resource", "resource tills \"Caisses\" 3"),
    fact(Block::Top, "facet", "facet tone = warm, neutral"),
    head(Block::Top, "memory", Block::Memory, "memory {"),
    head(Block::Top, "persona", Block::Persona, "persona julie \"Julie\""),
    head(Block::Top, "channel", Block::Channel, "channel web \"Boutique en ligne\" digital owned"),
    head(Block::Top, "arrive", Block::Arrive, "arrive 1000 at post"),
    head(Block::Top, "stage", Block::Stage, "stage buying \"Achat\" moment fmot {"),
    head(Block::Top, "touchpoint", Block::Touchpoint, "touchpoint cart \"Panier\" on web {"),
    fact(Block::Top, "path", "path morning \"Le matin\" = product -> letter -> checkout"),
    head(Block::Top, "automation", Block::Automation, "automation win_back \"Reconquête\" {"),
    fact(Block::Top, "kpi", "kpi conversion \"Conversion\" = rate(order)"),
    fact(Block::Top, "claim", "claim conversion = 0.3%"),
    fact(Block::Top, "expect", "expect rate(order) >= 0.3%"),
    head(Block::Top, "scenario", Block::Scenario, "scenario reliable \"Fiable\" {"),
    head(Block::Top, "exam", Block::Exam, "exam e5a \"Post sponsorisé\" {"),
    fact(Block::Memory, "flag", "flag coupon"),
    fact(Block::Memory, "counter", "counter contacts 0..3"),
    fact(Block::Memory, "state", "state mood = calm, angry"),
    fact(Block::Memory, "clock", "clock offer"),
    fact(Block::Persona, "age", "age 25"),
    fact(Block::Persona, "job", "job \"Vendeuse\""),
    fact(Block::Persona, "income", "income 3200 EUR"),
    fact(Block::Persona, "motivation", "motivation novelty, sympathy"),
    fact(Block::Persona, "wants", "wants \"Une robe pour samedi\""),
    fact(Block::Persona, "pain", "pain \"Ne pas pouvoir essayer\""),
    fact(Block::Persona, "story", "story \"Elle voit le post dans le tram.\""),
    fact(Block::Persona, "consents", "consents sms 45%"),
    fact(Block::Persona, "has", "has coupon 20%"),
    fact(Block::Channel, "cost", "cost 0.07 EUR"),
    fact(Block::Channel, "requires", "requires consent sms"),
    fact(Block::Channel, "at", "at most 2 per 7 days"),
    fact(Block::Arrive, "of", "of julie 60%"),
    fact(Block::Arrive, "budget", "budget 18_000 EUR"),
    fact(Block::Arrive, ARROW, "-> post"),
    head(Block::Stage, "touchpoint", Block::Touchpoint, "touchpoint cart \"Panier\" on web {"),
    fact(Block::Stage, "pain", "pain \"Trop d'étapes\""),
    head(Block::Touchpoint, ARROW, Block::Branch, "-> cart 35% when coupon after 2 h"),
    head(Block::Touchpoint, "race", Block::Race, "race {"),
    fact(Block::Touchpoint, "is", "is strategic, human"),
    fact(Block::Touchpoint, "does", "does \"Elle compare\""),
    fact(Block::Touchpoint, "think", "think \"Elle m'irait bien\""),
    fact(Block::Touchpoint, "pain", "pain \"Trop d'étapes\""),
    fact(Block::Touchpoint, "appeals", "appeals novelty, money"),
    fact(Block::Touchpoint, "effort", "effort 3"),
    fact(Block::Touchpoint, "survey", "survey nps 8"),
    fact(Block::Touchpoint, "requires", "requires consent sms"),
    fact(Block::Touchpoint, "uses", "uses tills patience 8 min -> left"),
    fact(Block::Touchpoint, "takes", "takes 20 min"),
    fact(Block::Touchpoint, "refers", "refers poisson(0.3) to product"),
    fact(Block::Touchpoint, "set", "set coupon"),
    fact(Block::Touchpoint, "clear", "clear coupon"),
    fact(Block::Touchpoint, "add", "add contacts 1"),
    fact(Block::Touchpoint, "start", "start offer"),
    fact(Block::Touchpoint, "reach", "reach order"),
    fact(Block::Touchpoint, "cost", "cost 0.05 EUR"),
    fact(Block::Touchpoint, "earns", "earns 59 EUR margin 40%"),
    fact(Block::Touchpoint, "feel", "feel +1 \"curieuse\", -1 for roger"),
    fact(Block::Branch, "when", "when coupon"),
    fact(Block::Branch, "after", "after 2..4 days"),
    fact(Block::Branch, "because", "because \"des avis vérifiés\""),
    fact(Block::Branch, "set", "set coupon"),
    fact(Block::Branch, "clear", "clear coupon"),
    fact(Block::Branch, "add", "add contacts 1"),
    fact(Block::Branch, "start", "start offer"),
    fact(Block::Branch, "reach", "reach order"),
    fact(Block::Branch, "cost", "cost 0.05 EUR"),
    fact(Block::Branch, "earns", "earns 59 EUR margin 40%"),
    fact(Block::Branch, "feel", "feel +1 \"curieuse\""),
    head(Block::Race, ARROW, Block::Branch, "-> promo after 90 days"),
    fact(Block::Automation, "on", "on product -> lost"),
    fact(Block::Automation, "when", "when not visited(text)"),
    fact(Block::Automation, "at", "at most 3 per 30 days"),
    head(Block::Automation, ARROW, Block::Branch, "-> text 45% after 1 h"),
    fact(Block::Scenario, "set", "set conforming = 95%"),
    fact(Block::Scenario, "without", "without letter -> lost"),
    fact(Block::Exam, "vary", "vary clicked 70..120 step 10"),
    fact(Block::Exam, "duration", "duration 3 h"),
    fact(Block::Exam, "marks", "marks total 80"),
    head(Block::Exam, "part", Block::Part, "part \"Dossier 1\" marks 30 {"),
    fact(Block::Part, "context", "context \"Le post a reçu {clicked} clics.\""),
    fact(Block::Part, "distractor", "distractor followers, bounce"),
    fact(Block::Part, "annex", "annex \"Les points de contact\" = touchpoints"),
    head(Block::Part, "question", Block::Question, "question \"Calculez le taux.\" answer engagement marks 2"),
    fact(Block::Question, "rubric", "rubric \"Une action par fuite\" marks 1.5"),
    fact(Block::Question, "right", "right \"Le taux d'étape\""),
    fact(Block::Question, "wrong", "wrong \"Le taux global\""),
];

const NOTE: Form = fact(Block::Top, "note", "note \"À savoir\" \"Les chiffres datent de 2025.\"");

/// Words that stand inside a line.
pub(super) const MIDDLE_WORDS: &[&str] = &[
    "after",
    "and",
    "assumed",
    "at",
    "because",
    "before",
    "between",
    "by",
    "confidence",
    "consent",
    "costs",
    "digital",
    "earned",
    "failure",
    "for",
    "from",
    "in",
    "key",
    "margin",
    "mean",
    "median",
    "moment",
    "most",
    "not",
    "of",
    "on",
    "or",
    "otherwise",
    "owned",
    "paid",
    "patience",
    "per",
    "physical",
    "pull",
    "push",
    "range",
    "reached",
    "referrals",
    "sd",
    "source",
    "success",
    "to",
    "url",
    "visited",
    "when",
    "with",
    "within",
    "nps",
    "csat",
    "ces",
    "cost",
    "revenue",
    "clv",
    "felt",
    "growth",
    "rate",
    "next",
    "touches",
    "count",
    "present",
    "time",
    "leak",
    "leverage",
    "share",
    "set",
    "clear",
    "add",
    "start",
    "reach",
    "earns",
    "feel",
];

impl Block {
    /// The production of one line in it; none for a block that is taken whole.
    pub(super) fn production(self) -> Option<Rule> {
        Some(match self {
            Self::Top => Rule::top_line,
            Self::Memory => Rule::memory_line,
            Self::Persona => Rule::persona_line,
            Self::Channel => Rule::channel_line,
            Self::Arrive => Rule::arrive_line,
            Self::Stage => Rule::stage_line,
            Self::Touchpoint => Rule::touchpoint_line,
            Self::Branch => Rule::branch_line,
            Self::Race => Rule::race_line,
            Self::Automation => Rule::automation_line,
            Self::Scenario => Rule::scenario_line,
            Self::Exam => Rule::exam_line,
            Self::Part => Rule::part_line,
            Self::Question => Rule::question_line,
            Self::Unknown => return None,
        })
    }

    /// The kinds of lines that may stand in it.
    pub(super) fn forms(self) -> impl Iterator<Item = &'static Form> {
        let also = match self {
            Self::Scenario => Some(Block::Top),
            Self::Exam => Some(Block::Part),
            _ => None,
        };
        FORMS.iter().filter(move |f| f.home == self || also == Some(f.home)).chain([&NOTE])
    }

    /// The words of the lines that are written most often in it.
    pub(super) fn usual(self) -> impl Iterator<Item = &'static str> {
        let usual: &[&str] = match self {
            Self::Top => &["persona", "channel", "touchpoint", "goal", "kpi"],
            Self::Scenario => &["set", "without", "touchpoint", "channel", "persona"],
            Self::Touchpoint => &[ARROW, "cost", "takes", "reach", "feel"],
            Self::Branch => &["when", "after", "because", "cost", "reach"],
            _ => &[],
        };
        usual.iter().copied().chain(self.forms().map(|f| f.word).filter(move |_| usual.is_empty()))
    }

    /// The form that a word starts here.
    pub(super) fn form(self, word: &str) -> Option<&'static Form> {
        self.forms().find(|f| f.word == word)
    }

    /// The form that a word starts here, or seems to be meant to.
    pub(super) fn nearest_form(self, word: &str) -> Option<&'static Form> {
        self.form(word).or_else(|| self.form(closest(word, self.forms().map(|f| f.word))?))
    }

    /// Whether a line that starts with this word is at home here (in a block that nobody knows, anything is that starts no top
    /// form, and a touchpoint).
    pub(super) fn accepts(self, word: &str) -> bool {
        match self {
            Self::Unknown => !is_top_word(word) || matches!(word, "note" | "touchpoint"),
            _ => self.form(word).is_some(),
        }
    }

    /// Whether a form of this kind is nothing without its block.
    pub(super) fn is_required(self) -> bool {
        matches!(
            self,
            Self::Memory
                | Self::Stage
                | Self::Touchpoint
                | Self::Race
                | Self::Automation
                | Self::Scenario
                | Self::Exam
                | Self::Part
        )
    }

    /// Where a line at home here stands, in words.
    pub(super) fn place(self) -> Words {
        match self {
            Self::Top | Self::Unknown => words!("at the top level", "au premier niveau"),
            Self::Memory => words!("in `memory`", "dans `memory`"),
            Self::Persona => words!("in a persona", "dans une persona"),
            Self::Channel => words!("in a channel", "dans un canal"),
            Self::Arrive => words!("in the block of `arrive`", "dans le bloc d'`arrive`"),
            Self::Stage => words!("in a stage", "dans une étape"),
            Self::Touchpoint => words!("in a touchpoint", "dans un point de contact"),
            Self::Branch => words!("on a branch, after `->`", "sur une branche, après `->`"),
            Self::Race => words!("in a race", "dans une course `race`"),
            Self::Automation => words!("in an automation", "dans une automatisation"),
            Self::Scenario => words!("in a scenario", "dans un scénario"),
            Self::Exam => words!("in an exam", "dans un examen"),
            Self::Part => words!("in a part of an exam", "dans une partie d'un examen"),
            Self::Question => words!("in a question", "dans une question"),
        }
    }
}

/// Whether a word starts a form of the top level.
pub(super) fn is_top_word(word: &str) -> bool {
    Block::Top.form(word).is_some()
}

/// Whether a form that starts with this word can take a namesake's place in a scenario.
pub(super) fn replaces(word: &str) -> bool {
    const ALONE: &[&str] = &[
        "journey", "library", "locale", "currency", "horizon", "discount", "include", "memory", "claim", "expect", "scenario",
        "exam", "source",
    ];
    !ALONE.contains(&word)
}

/// Where a first word is at home; of several places, in a touchpoint.
pub(super) fn home(word: &str) -> Option<Block> {
    let home = FORMS.iter().find(|f| f.word == word)?.home;
    Some(if Block::Touchpoint.form(word).is_some() { Block::Touchpoint } else { home })
}

/// The first word of a line, or its arrow; empty if it starts with neither.
pub(super) fn first_word(line: &str) -> &str {
    let line = line.trim_start();
    if line.starts_with(ARROW) {
        return ARROW;
    }
    &line[..word_length(line)]
}

/// How many bytes at the start of a text are letters, digits and `_`.
pub(super) fn word_length(text: &str) -> usize {
    text.find(|c: char| !is_letter(c)).unwrap_or(text.len())
}

/// Whether a character may stand in a name. A trifle wider than the grammar's own idea of it, which is Unicode's.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || !c.is_ascii() && is_combining_mark(c)
}

/// Whether a word is closed to names.
pub(super) fn is_closed(word: &str) -> bool {
    super::grammar::read(Rule::closed, word).is_ok_and(|mut read| read.next().is_some_and(|p| p.as_str().len() == word.len()))
}

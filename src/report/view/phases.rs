//! Touchpoints before, during and after the purchase.

use super::Pen;
use crate::locale::{self, DASH};
use crate::model::{Contact, Facet, Moment, Target, TouchpointId};
use crate::words;
use serde::Serialize;
use std::collections::BTreeSet;

/// The three parts, in their order; those without a touchpoint are left out.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Phases {
    pub parts: Vec<Phase>,
    /// How touchpoints were told apart.
    pub how: String,
}

/// A part.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Phase {
    /// `before`, `during` or `after`.
    pub id: &'static str,
    pub label: String,
    pub touchpoints: Vec<PhaseRow>,
}

/// A touchpoint.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct PhaseRow {
    /// Its name in the journey.
    pub name: String,
    pub label: String,
    pub stage: String,
    pub channel: String,
    /// Digital or physical, owned, paid or earned.
    pub about: String,
    /// Who starts the contact, and its other classes.
    pub classes: Vec<String>,
    pub does: Vec<String>,
    /// Share of the customers who arrived who meet it.
    pub reach: String,
    pub pull: String,
    pub felt: String,
}

/// Where a touchpoint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum When {
    Before,
    During,
    After,
}

impl When {
    /// Its word in sheets.
    pub(in crate::report) fn id(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::During => "during",
            Self::After => "after",
        }
    }
}

impl Phases {
    pub(super) fn new(pen: &Pen<'_>) -> Self {
        let when = phases(pen);
        let parts = [
            (When::Before, words!("Before the purchase", "Avant l’achat")),
            (When::During, words!("The purchase", "Pendant l’achat")),
            (When::After, words!("After the purchase", "Après l’achat")),
        ];
        let parts = parts.map(|(part, label)| Phase {
            id: part.id(),
            label: pen.say(&label),
            touchpoints: (0..when.len()).filter(|at| when[*at] == part).map(|at| row(pen, TouchpointId::new(at))).collect(),
        });
        let goal = pen.figures.main_goal.map(|id| pen.quote(&pen.model.goals[id.index()].name.label));
        let how = match (has_moments(pen), goal) {
            (true, _) => words!(
                "By their moment of truth: stimulus and ZMOT before, FMOT during, SMOT, TMOT and LMOT after; touchpoints without one by the main goal.",
                "D’après leur moment de vérité\u{a0}: stimulus et ZMOT avant, FMOT pendant, SMOT, TMOT et LMOT après\u{202f}; à défaut, d’après l’objectif principal."
            ),
            (false, Some(goal)) => words!(
                "The purchase is where {goal} is reached; after it comes what nobody meets before.",
                "L’achat est là où {goal} est atteint\u{202f}; après lui vient ce que personne ne rencontre avant."
            ),
            (false, None) => words!("Without a goal, everything comes before.", "Sans objectif, tout vient avant."),
        };
        Self { parts: parts.into_iter().filter(|part| !part.touchpoints.is_empty()).collect(), how: pen.say(&how) }
    }
}

fn has_moments(pen: &Pen<'_>) -> bool {
    pen.model.stages.iter().any(|stage| stage.moment.is_some() && !stage.touchpoints.is_empty())
}

/// By touchpoint. The moment of truth of its stage decides; without one, where the main goal is reached.
pub(in crate::report) fn phases(pen: &Pen<'_>) -> Vec<When> {
    let model = pen.model;
    let by_goal = by_goal(pen);
    let by_moment = |at: usize| {
        let stage = model.touchpoints[at].stage?;
        Some(match model.stages[stage.index()].moment? {
            Moment::Stimulus | Moment::Zmot => When::Before,
            Moment::Fmot => When::During,
            Moment::Smot | Moment::Tmot | Moment::Lmot => When::After,
        })
    };
    (0..model.touchpoints.len()).map(|at| by_moment(at).unwrap_or(by_goal[at])).collect()
}

/// The purchase is where the main goal is reached, on arriving or on leaving; what comes after is met only behind it.
fn by_goal(pen: &Pen<'_>) -> Vec<When> {
    let model = pen.model;
    let Some(goal) = pen.figures.main_goal else { return vec![When::Before; model.touchpoints.len()] };
    let is_goal = |at: usize| {
        let touchpoint = &model.touchpoints[at];
        let leaving = touchpoint.branches.iter().any(|branch| branch.effects.reaches.contains(&goal));
        leaving || touchpoint.reaches.iter().any(|reach| reach.value == goal)
    };
    let mut before = BTreeSet::new();
    let arrivals = model.arrivals.iter().flat_map(|arrival| &arrival.branches).map(|branch| branch.to);
    let mut open: Vec<Target> = arrivals.collect();
    while let Some(target) = open.pop() {
        let Target::Touchpoint(id) = target else { continue };
        if before.insert(id.index()) && !is_goal(id.index()) {
            open.extend(model.touchpoints[id.index()].branches.iter().map(|branch| branch.to));
        }
    }
    let when = |at| match (is_goal(at), before.contains(&at)) {
        (true, _) => When::During,
        (false, true) => When::Before,
        (false, false) => When::After,
    };
    (0..model.touchpoints.len()).map(when).collect()
}

fn row(pen: &Pen<'_>, id: TouchpointId) -> PhaseRow {
    let model = pen.model;
    let touchpoint = &model.touchpoints[id.index()];
    let channel = &model.channels[touchpoint.channel.index()];
    let point = pen.figures.hot_points.iter().find(|point| point.touchpoint == id);
    let presence = channel.presence.map(|p| pen.say(&p.label()));
    let media = channel.media.map(|m| pen.say(&m.label()));
    let contact = touchpoint.contact.map(|contact| match contact {
        Contact::Push => words!("the brand contacts", "la marque contacte"),
        Contact::Pull => words!("the customer contacts", "le client contacte"),
    });
    let classes = touchpoint.is.iter().map(|(facet, word)| class(pen, &model.facets[facet.index()], *word));
    let written = |figure: Option<&crate::measure::Figure>| figure.map_or_else(|| DASH.to_owned(), |figure| pen.value(figure));
    let felt = point.and_then(|point| point.felt.value()).filter(|felt| felt.is_finite());
    PhaseRow {
        name: touchpoint.name.name.clone(),
        label: touchpoint.name.label.clone(),
        stage: touchpoint.stage.map_or_else(String::new, |stage| model.stages[stage.index()].name.label.clone()),
        channel: channel.name.label.clone(),
        about: [presence, media].into_iter().flatten().collect::<Vec<_>>().join(", "),
        classes: contact.map(|words| pen.say(&words)).into_iter().chain(classes).collect(),
        does: touchpoint.does.clone(),
        reach: written(point.map(|point| &point.reach)),
        pull: written(point.map(|point| &point.pull)),
        felt: felt.map_or_else(|| DASH.to_owned(), |felt| locale::signed(felt, 1, pen.lang)),
    }
}

/// A class: the words that every journey has are said in the reader's language, the author's own under the label of their facet.
pub(in crate::report) fn class(pen: &Pen<'_>, facet: &Facet, word: usize) -> String {
    let word = &facet.words[word];
    let words = match word.as_str() {
        "strategic" => words!("strategic", "stratégique"),
        "operational" => words!("operational", "opérationnel"),
        "direct" => words!("direct contact", "contact direct"),
        "indirect" => words!("indirect contact", "contact indirect"),
        "human" => words!("human", "humain"),
        "automated" => words!("automated", "automatisé"),
        "brand" => words!("started by the brand", "à l’initiative de la marque"),
        "customer" => words!("started by the customer", "à l’initiative du client"),
        "tracked" => words!("tracked", "tracé"),
        "hidden" => words!("untracked", "non tracé"),
        "identified" => words!("customer identified", "client identifié"),
        own => {
            let (label, own) = (&facet.name.label, own.replace('_', " "));
            words!("{label}: {own}", "{label}\u{a0}: {own}")
        }
    };
    pen.say(&words)
}

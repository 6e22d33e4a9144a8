//! One page per persona: who it is, what it meets and feels, and what the journey makes of it.

use super::{KpiCard, Pen, Shown, hot::css};
use crate::locale::{self, DASH};
use crate::measure::{PersonaFigures, Standard};
use crate::model::law::nearest;
use crate::model::{Motive, Persona, PersonaId, Presence, TouchpointId, Unit};
use crate::words;
use serde::Serialize;

/// More touchpoints than this do not fit on one page with all that is said of them.
const MOST_TOLD: usize = 12;

/// More than this leave no room for the words of what is felt.
const MOST_QUOTED: usize = 24;

/// A persona.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct PersonaSheet {
    /// Its name in the journey, of which the name of its document is made.
    pub name: String,
    pub label: String,
    /// Age, work, income, what it accepts or carries from the start.
    pub portrait: Vec<Fact>,
    /// What it feels most strongly, in its own words.
    pub quote: Option<Quote>,
    pub story: Option<String>,
    pub wants: Vec<String>,
    pub pains: Vec<String>,
    /// What moves it, and what on the journey speaks to that.
    pub motives: Vec<MotiveRow>,
    /// Channels on which it is met.
    pub channels: Vec<SheetChannel>,
    /// What the journey makes of it, beside all customers.
    pub figures: Vec<SheetFigure>,
    /// Its journey, stage by stage.
    pub stages: Vec<SheetStage>,
    /// Whether that is too long to be told with all its words on one page.
    pub long: bool,
    /// Whether what it feels can be told all the same, in its words.
    pub roomy: bool,
}

/// A fact of a portrait.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Fact {
    pub label: String,
    pub text: String,
}

/// What somebody says.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Quote {
    pub text: String,
    /// The touchpoint.
    pub at: String,
}

/// A motive.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct MotiveRow {
    pub label: String,
    /// Touchpoints that appeal to it; may be empty.
    pub touchpoints: Vec<String>,
}

/// A channel.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct SheetChannel {
    pub label: String,
    /// Digital or physical, owned, paid or earned.
    pub about: String,
    /// Its touchpoints.
    pub touchpoints: Vec<String>,
}

/// A figure of the persona, and the same of all customers.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct SheetFigure {
    pub label: String,
    pub value: String,
    /// Its interval, where it is simulated.
    pub under: Option<String>,
    pub all: String,
}

/// A stage, as the persona lives it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct SheetStage {
    /// Empty for touchpoints outside stages.
    pub label: String,
    /// Its moment of truth, unless the label says it.
    pub moment: Option<String>,
    /// Share of the persona who enter it.
    pub share: Option<String>,
    pub touchpoints: Vec<SheetPoint>,
}

/// A touchpoint, as the persona lives it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct SheetPoint {
    pub label: String,
    pub channel: String,
    /// Share of the persona who meet it.
    pub reach: String,
    pub does: Vec<String>,
    pub thinks: Vec<String>,
    pub pains: Vec<String>,
    /// What it feels, in its words.
    pub words: Option<String>,
    /// From −5 to +5.
    pub felt: String,
    /// Whether that is below zero.
    pub negative: bool,
    /// Where the bar of what is felt starts, in percent of its line from −5 to +5; `none` where nothing is felt.
    pub bar_left: Option<String>,
    /// Its length.
    pub bar_width: Option<String>,
}

/// One per persona of whom the journey says who it is.
pub(super) fn sheets(pen: &Pen<'_>, cards: &[&KpiCard]) -> Vec<PersonaSheet> {
    let told = |figures: &&PersonaFigures| is_told(&pen.model.personas[figures.persona.index()]);
    pen.figures.personas.iter().filter(told).map(|figures| Page { pen, figures }.sheet(cards)).collect()
}

fn is_told(persona: &Persona) -> bool {
    let said = [&persona.wants, &persona.pains].iter().any(|list| !list.is_empty());
    said || persona.age.is_some() || persona.job.is_some() || persona.story.is_some() || !persona.motives.is_empty()
}

/// One persona's page in work.
struct Page<'a> {
    pen: &'a Pen<'a>,
    figures: &'a PersonaFigures,
}

impl Page<'_> {
    fn persona(&self) -> &Persona {
        &self.pen.model.personas[self.id().index()]
    }

    fn id(&self) -> PersonaId {
        self.figures.persona
    }

    fn sheet(&self, cards: &[&KpiCard]) -> PersonaSheet {
        let persona = self.persona();
        let stages = self.stages();
        let touchpoints: usize = stages.iter().map(|stage| stage.touchpoints.len()).sum();
        PersonaSheet {
            name: persona.name.name.clone(),
            label: persona.name.label.clone(),
            portrait: self.portrait(),
            quote: self.quote(),
            story: persona.story.clone(),
            wants: persona.wants.clone(),
            pains: persona.pains.clone(),
            motives: persona.motives.iter().map(|motive| self.motive(*motive)).collect(),
            channels: self.channels(),
            figures: self.numbers(cards),
            long: touchpoints > MOST_TOLD,
            roomy: touchpoints <= MOST_QUOTED,
            stages,
        }
    }

    fn portrait(&self) -> Vec<Fact> {
        let (pen, persona) = (self.pen, self.persona());
        let fact = |en: &str, fr: &str, text: String| Fact { label: pen.lang.pick(en, fr).to_owned(), text };
        let age = persona.age.map(|age| fact("Age", "Âge", format!("{age}\u{a0}{}", pen.lang.pick("years", "ans"))));
        let job = persona.job.clone().map(|job| fact("Work", "Métier", job));
        let income = persona.income.as_ref().map(|income| {
            let money = locale::total(nearest(income), pen.currency(), pen.lang);
            fact("Income per month", "Revenu mensuel", money)
        });
        let carried = persona.has.iter().map(|(cell, share)| Fact {
            label: pen.model.memory[cell.index()].name.label.clone(),
            text: pen.percent(nearest(share)),
        });
        [age, job, income].into_iter().flatten().chain(carried).collect()
    }

    /// Touchpoints that some of this persona meet, or all of them where that is not known.
    fn met(&self) -> impl Iterator<Item = TouchpointId> {
        let all = (0..self.pen.model.touchpoints.len()).map(TouchpointId::new);
        all.filter(|id| self.reach(*id).is_none_or(|reach| reach > 0.0))
    }

    fn reach(&self, touchpoint: TouchpointId) -> Option<f64> {
        let point = self.pen.figures.hot_points.iter().find(|point| point.touchpoint == touchpoint)?;
        point.personas.get(self.id().index())?[0].filter(|reach| reach.is_finite())
    }

    fn felt(&self, touchpoint: TouchpointId) -> Option<f64> {
        (*self.figures.felt_at.get(touchpoint.index())?).filter(|felt| felt.is_finite())
    }

    /// The first words that go with a feeling there.
    fn words(&self, touchpoint: TouchpointId) -> Option<&str> {
        let feels = &self.pen.model.touchpoints[touchpoint.index()].feels;
        feels.iter().find_map(|feel| feel.value.of(self.id()).words.as_deref())
    }

    fn quote(&self) -> Option<Quote> {
        let said = self.met().filter_map(|id| Some((self.felt(id)?.abs(), id, self.words(id)?)));
        let strongest = said.reduce(|best, next| if next.0 > best.0 { next } else { best });
        strongest.map(|(_, id, text)| Quote {
            text: self.pen.quote(text),
            at: self.pen.model.touchpoints[id.index()].name.label.clone(),
        })
    }

    fn motive(&self, motive: Motive) -> MotiveRow {
        let touchpoints = &self.pen.model.touchpoints;
        let speaks = self.met().filter(|id| touchpoints[id.index()].appeals.contains(&motive));
        MotiveRow {
            label: self.pen.say(&motive.label()),
            touchpoints: speaks.map(|id| touchpoints[id.index()].name.label.clone()).collect(),
        }
    }

    fn channels(&self) -> Vec<SheetChannel> {
        let model = self.pen.model;
        let rows = model.channels.iter().enumerate().map(|(at, channel)| {
            let on = self.met().map(|id| &model.touchpoints[id.index()]).filter(|t| t.channel.index() == at);
            let presence = channel.presence.map(|p| self.pen.say(&Presence::label(p)));
            let media = channel.media.map(|m| self.pen.say(&m.label()));
            SheetChannel {
                label: channel.name.label.clone(),
                about: [presence, media].into_iter().flatten().collect::<Vec<_>>().join(", "),
                touchpoints: on.map(|t| t.name.label.clone()).collect(),
            }
        });
        rows.filter(|row| !row.touchpoints.is_empty()).collect()
    }

    fn numbers(&self, cards: &[&KpiCard]) -> Vec<SheetFigure> {
        let (pen, figures) = (self.pen, self.figures);
        let share = pen.say(&words!("Share of the arrivals", "Part des arrivées"));
        let mut rows = vec![SheetFigure { label: share, value: pen.percent(figures.share), under: None, all: pen.percent(1.0) }];
        let mut row = |label: String, own: &crate::measure::Figure, all: Option<&crate::measure::Figure>| {
            if own.value().is_some_and(f64::is_finite) {
                let shown = Shown::new(pen, own);
                let all = all.map_or_else(|| DASH.to_owned(), |all| pen.value(all));
                rows.push(SheetFigure { label, value: shown.value, under: shown.precision.filter(|_| !shown.exact), all });
            }
        };
        if let Some(goal) = pen.figures.main_goal {
            let all = pen.figures.goals.iter().find(|g| g.what == crate::measure::ReachedWhat::Goal(goal)).map(|g| &g.share);
            let goal = pen.quote(&pen.model.goals[goal.index()].name.label);
            row(pen.say(&words!("Reach {goal}", "Atteignent {goal}")), &figures.goal, all);
        }
        let money = [
            (Standard::Cost, words!("Cost per customer", "Coût par client")),
            (Standard::Revenue, words!("Revenue per customer", "Chiffre d’affaires par client")),
            (Standard::Margin, words!("Margin per customer", "Marge par client")),
        ];
        let standard = |what| pen.figures.standard.iter().find(|s| s.what == what).map(|s| &s.figure);
        if pen.currency().is_some() {
            for ((what, label), own) in money.iter().zip(&figures.money) {
                row(pen.say(label), own, standard(*what));
            }
        }
        row(pen.say(&words!("Felt, from −5 to +5", "Ressenti, de −5 à +5")), &figures.felt, standard(Standard::Felt));
        // The key measures, as the persona has them; the rate of the main goal stands above.
        let part = |card: &&&KpiCard| !card.goal && card.personas.len() == pen.figures.personas.len();
        rows.extend(cards.iter().filter(part).map(|card| {
            let own = &card.personas[self.id().index()].figure;
            SheetFigure {
                label: card.label.clone(),
                value: own.value.clone(),
                under: own.precision.clone().filter(|_| !own.exact),
                all: card.figure.value.clone(),
            }
        }));
        rows
    }

    fn stages(&self) -> Vec<SheetStage> {
        let model = self.pen.model;
        let own = model.stages.iter().enumerate().map(|(at, stage)| SheetStage {
            label: stage.name.label.clone(),
            moment: stage.moment.map(|m| self.pen.say(&m.label())).filter(|m| *m != stage.name.label),
            share: self.figures.stages.get(at).filter(|s| s.is_finite()).map(|share| self.pen.percent(*share)),
            touchpoints: self.points(|t| model.touchpoints[t.index()].stage.is_some_and(|s| s.index() == at)),
        });
        let outside = SheetStage {
            label: String::new(),
            moment: None,
            share: None,
            touchpoints: self.points(|t| model.touchpoints[t.index()].stage.is_none()),
        };
        own.chain([outside]).filter(|stage| !stage.touchpoints.is_empty()).collect()
    }

    fn points(&self, is_of: impl Fn(TouchpointId) -> bool) -> Vec<SheetPoint> {
        self.met().filter(|id| is_of(*id)).map(|id| self.point(id)).collect()
    }

    fn point(&self, id: TouchpointId) -> SheetPoint {
        let touchpoint = &self.pen.model.touchpoints[id.index()];
        let felt = self.felt(id);
        // From the middle of the line towards one of its ends.
        let half = felt.map(|felt| (felt / 10.0 * 100.0).clamp(-50.0, 50.0));
        SheetPoint {
            label: touchpoint.name.label.clone(),
            channel: self.pen.model.channels[touchpoint.channel.index()].name.label.clone(),
            reach: self.reach(id).map_or_else(|| DASH.to_owned(), |reach| self.pen.write(reach, Unit::Share)),
            does: touchpoint.does.clone(),
            thinks: touchpoint.thinks.iter().map(|thought| self.pen.quote(thought)).collect(),
            pains: touchpoint.pains.clone(),
            words: self.words(id).map(|text| self.pen.quote(text)),
            felt: felt.map_or_else(|| DASH.to_owned(), |felt| locale::signed(felt, 1, self.pen.lang)),
            negative: felt.is_some_and(|felt| felt < 0.0),
            bar_left: half.map(|half| css(50.0 + half.min(0.0))),
            bar_width: half.map(|half| css(half.abs())),
        }
    }
}

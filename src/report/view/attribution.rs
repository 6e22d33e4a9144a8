//! Attribution: eight ways to credit the same conversions, side by side.

use super::Pen;
use super::shown::declined;
use crate::locale::{self, DASH};
use crate::measure::{AttributionFigures, Credit, CreditRow, Credited, Disagreement};
use crate::words;
use serde::Serialize;

/// The bench.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct Bench {
    /// Why there is none, where there is none.
    pub declined: Option<String>,
    /// What is credited.
    pub intro: String,
    /// What disagreements mean for a budget.
    pub notes: Vec<String>,
    /// Channels, touchpoints, stages.
    pub tables: Vec<CreditTable>,
    /// What each column means.
    pub definitions: Vec<CreditDefinition>,
}

/// A column in words.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct CreditDefinition {
    pub name: &'static str,
    pub text: String,
}

/// One kind of parts.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct CreditTable {
    pub title: &'static str,
    /// What its parts are called.
    pub part: &'static str,
    pub columns: Vec<CreditColumn>,
    pub rows: Vec<CreditLine>,
    /// What all columns add up to.
    pub total: CreditLine,
    /// Without whom more would convert, where that is so.
    pub harm: Option<String>,
}

/// A model.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct CreditColumn {
    pub name: &'static str,
    /// Where there is little room.
    pub short: &'static str,
}

/// A part, the conversions that nobody is credited with, or the sum.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct CreditLine {
    pub label: String,
    pub cells: Vec<CreditCell>,
}

/// A credit.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct CreditCell {
    /// Conversions among the declared arrivals.
    pub value: String,
    /// Of a removal, its effect; of a sampled value, its interval; else its share of the conversions.
    pub under: Option<String>,
    /// How dark it is, from 0 to 1: its share of the largest credit of its column.
    pub shade: String,
}

impl Bench {
    pub(super) fn new(pen: &Pen<'_>) -> Option<Self> {
        let figures = match pen.figures.attribution.as_ref()? {
            Ok(figures) => figures,
            Err(why) => {
                let why = declined(pen, *why);
                let said = words!("Not computed: {why}.", "Pas calculée\u{a0}: {why}.");
                let none = (Vec::new(), Vec::new(), Vec::new());
                return Some(Self {
                    declined: Some(pen.say(&said)),
                    intro: String::new(),
                    notes: none.0,
                    tables: none.1,
                    definitions: none.2,
                });
            }
        };
        let channels =
            table(pen, figures, &figures.channels, pen.lang.pick("By channel", "Par canal"), pen.lang.pick("Channel", "Canal"));
        let touchpoints = table(
            pen,
            figures,
            &figures.touchpoints,
            pen.lang.pick("By touchpoint", "Par point de contact"),
            pen.lang.pick("Touchpoint", "Point de contact"),
        );
        let stages =
            table(pen, figures, &figures.stages, pen.lang.pick("By stage", "Par étape"), pen.lang.pick("Stage", "Étape"));
        Some(Self {
            declined: None,
            intro: intro(pen, figures),
            notes: figures.disagreements.iter().map(|d| note(pen, figures, d)).collect(),
            tables: [channels, touchpoints, stages].into_iter().filter(|t| !t.rows.is_empty()).collect(),
            definitions: Credit::ALL
                .map(|by| CreditDefinition { name: name(pen, by), text: definition(pen, figures, by) })
                .into(),
        })
    }
}

fn intro(pen: &Pen<'_>, figures: &AttributionFigures) -> String {
    let goal = pen.figures.main_goal.map_or_else(String::new, |id| pen.quote(&pen.model.goals[id.index()].name.label));
    let all = pen.count(figures.conversions * pen.figures.arrivals);
    pen.say(&words!(
        "To whom the {all} conversions ({goal}, each customer once) are credited, by eight models over all paths; every column adds \
         up to them. A touch is a visit up to the conversion; a touchpoint counts for its own channel. What is removed by the \
         first two models stands below their credits, as a share of the conversions.",
        "À qui reviennent les {all} conversions ({goal}, une fois par client), selon huit modèles sur tous les chemins\u{202f}; chaque \
         colonne en donne la somme. Un contact est une visite jusqu’à la conversion\u{202f}; un point de contact compte pour son propre \
         canal. Sous les deux premiers modèles figure l’effet du retrait, en part des conversions."
    ))
}

fn table(
    pen: &Pen<'_>,
    figures: &AttributionFigures,
    rows: &[CreditRow],
    title: &'static str,
    part: &'static str,
) -> CreditTable {
    let models: Vec<Credit> =
        Credit::ALL.into_iter().filter(|by| *by != Credit::Shapley || rows.iter().any(|row| row.credit(*by).is_some())).collect();
    let known = |by: &Credit| rows.iter().any(|row| row.credit(*by).is_some());
    let most = |by: Credit| rows.iter().filter_map(|row| row.credit(by)).fold(0.0, f64::max);
    let same = |label: &str, value: f64| CreditLine {
        label: label.to_owned(),
        cells: models
            .iter()
            .map(|by| CreditCell {
                value: if known(by) { write(pen, value) } else { DASH.to_owned() },
                under: None,
                shade: "0".to_owned(),
            })
            .collect(),
    };
    let mut lines: Vec<CreditLine> = rows
        .iter()
        .map(|row| CreditLine {
            label: label(pen, row.part),
            cells: models.iter().map(|by| cell(pen, figures, row, *by, most(*by))).collect(),
        })
        .collect();
    if figures.untouched > 0.0 && !rows.is_empty() {
        lines.push(same(pen.lang.pick("(none: no touch before)", "(aucun\u{a0}: pas de contact avant)"), figures.untouched));
    }
    CreditTable {
        title,
        part,
        columns: models.iter().map(|by| CreditColumn { name: name(pen, *by), short: short(pen, *by) }).collect(),
        rows: lines,
        total: same("Conversions", figures.conversions),
        harm: harm(pen, rows),
    }
}

fn write(pen: &Pen<'_>, credit: f64) -> String {
    pen.count(credit * pen.figures.arrivals)
}

fn cell(pen: &Pen<'_>, figures: &AttributionFigures, row: &CreditRow, by: Credit, most: f64) -> CreditCell {
    let credit = row.credit(by);
    let share = |value: f64| pen.percent(value / figures.conversions);
    let under = match (by, row.half_width, credit) {
        (Credit::RemovalLost, ..) => row.effects[0].map(|e| pen.percent(e)),
        (Credit::RemovalShared, ..) => row.effects[1].map(|e| pen.percent(e)),
        (Credit::Shapley, Some(half), Some(_)) => Some(format!("±\u{a0}{}", write(pen, half))),
        _ => credit.filter(|c| *c > 0.0).map(share),
    };
    let part = credit.filter(|_| most > 0.0).map_or(0.0, |c| (c / most).clamp(0.0, 1.0));
    CreditCell { value: credit.map_or_else(|| DASH.to_owned(), |c| write(pen, c)), under, shade: format!("{part:.2}") }
}

fn label(pen: &Pen<'_>, part: Credited) -> String {
    match part {
        Credited::Channel(id) => pen.model.channels[id.index()].name.label.clone(),
        Credited::Touchpoint(id) => pen.model.touchpoints[id.index()].name.label.clone(),
        Credited::Stage(Some(id)) => pen.model.stages[id.index()].name.label.clone(),
        Credited::Stage(None) => pen.lang.pick("outside the stages", "hors des étapes").to_owned(),
    }
}

fn name(pen: &Pen<'_>, by: Credit) -> &'static str {
    match by {
        Credit::RemovalLost => pen.lang.pick("Removal, traffic lost", "Retrait, trafic perdu"),
        Credit::RemovalShared => pen.lang.pick("Removal, traffic shared out", "Retrait, trafic réparti"),
        Credit::Shapley => "Shapley",
        Credit::FirstTouch => pen.lang.pick("First touch", "Premier contact"),
        Credit::LastTouch => pen.lang.pick("Last touch", "Dernier contact"),
        Credit::Linear => pen.lang.pick("Linear", "Linéaire"),
        Credit::PositionBased => pen.lang.pick("Position", "Position"),
        Credit::TimeDecay => pen.lang.pick("Time decay", "Décroissance"),
    }
}

fn short(pen: &Pen<'_>, by: Credit) -> &'static str {
    match by {
        Credit::RemovalLost => pen.lang.pick("lost", "perdu"),
        Credit::RemovalShared => pen.lang.pick("shared", "réparti"),
        Credit::Shapley => "Shapley",
        Credit::FirstTouch => pen.lang.pick("first", "premier"),
        Credit::LastTouch => pen.lang.pick("last", "dernier"),
        Credit::Linear => pen.lang.pick("linear", "linéaire"),
        Credit::PositionBased => pen.lang.pick("position", "position"),
        Credit::TimeDecay => pen.lang.pick("decay", "décroiss."),
    }
}

fn definition(pen: &Pen<'_>, figures: &AttributionFigures, by: Credit) -> String {
    let settings = &figures.settings;
    pen.say(&match by {
        Credit::RemovalLost => words!(
            "the part is taken away and those who would have met it are lost; in proportion to the conversions that vanish.",
            "on retire la partie et ceux qui y seraient passés sont perdus\u{202f}; en proportion des conversions qui disparaissent."
        ),
        Credit::RemovalShared => words!(
            "the part is taken away and those who would have met it are shared out over the other branches, in their proportions; \
             below 0 where more would convert without it, which is credited with nothing.",
            "on retire la partie et ceux qui y seraient passés se répartissent entre les autres branches, dans leurs \
             proportions\u{202f}; au-dessous de 0 si l’on convertirait mieux sans elle, ce qui ne reçoit rien."
        ),
        Credit::Shapley if figures.orders > 0 => {
            let orders = pen.integer(figures.orders);
            words!(
                "what a channel adds to those that came before it, as a mean over the orders in which channels may come, of which \
                 {orders} were drawn, each with its reverse, for want of time for all; ± is the 95% interval.",
                "ce qu’un canal ajoute à ceux qui le précèdent, en moyenne sur les ordres possibles des canaux, dont {orders} ont \
                 été tirés, chacun avec son inverse, faute de pouvoir les prendre tous\u{202f}; ± donne l’intervalle à 95\u{202f}%."
            )
        }
        Credit::Shapley => {
            let coalitions = pen.integer(figures.coalitions);
            words!(
                "what a channel adds to those that came before it, as a mean over all orders in which channels may come; \
                 {coalitions} coalitions solved, persona by persona.",
                "ce qu’un canal ajoute à ceux qui le précèdent, en moyenne sur tous les ordres possibles des canaux\u{202f}; \
                 {coalitions} coalitions résolues, persona par persona."
            )
        }
        Credit::FirstTouch => words!("all to the first touch.", "tout au premier contact."),
        Credit::LastTouch => words!("all to the last touch.", "tout au dernier contact."),
        Credit::Linear => words!("the same to each touch of a path.", "la même part à chaque contact d’un chemin."),
        Credit::PositionBased => {
            let (first, last) = settings.position;
            let [first, middle, last] = [first, (1.0 - first - last).max(0.0), last].map(|share| pen.percent(share));
            words!(
                "{first} to the first touch, {last} to the last, {middle} shared by those between; a lone touch has all, two share \
                 it as first and last do.",
                "{first} au premier contact, {last} au dernier, {middle} partagés entre ceux du milieu\u{202f}; un contact seul a tout, \
                 deux se le partagent comme le premier et le dernier."
            )
        }
        Credit::TimeDecay => {
            let half_life = locale::duration(settings.half_life, pen.lang);
            words!(
                "a touch loses half of its weight every {half_life} before the conversion; in proportion to the mean weights of all \
                 touches of those who convert.",
                "un contact perd la moitié de son poids tous les {half_life} avant la conversion\u{202f}; en proportion des poids \
                 moyens de tous les contacts de ceux qui convertissent."
            )
        }
    })
}

/// What a disagreement means for a budget, and what to do about it.
fn note(pen: &Pen<'_>, figures: &AttributionFigures, disagreement: &Disagreement) -> String {
    let channel = |id: crate::model::ChannelId| pen.quote(&pen.model.channels[id.index()].name.label);
    let share = |value: f64| pen.percent(value / figures.conversions);
    let paid = |(id, [theirs, ours]): &(crate::model::ChannelId, [f64; 2])| (channel(*id), share(*theirs), share(*ours));
    match disagreement {
        Disagreement::Budget { by, over, under } => {
            let by = called(pen, *by);
            // No money is sent where more would convert if nobody came by.
            let harms = |id: crate::model::ChannelId| {
                let row = figures.channels.iter().find(|row| row.part == Credited::Channel(id));
                row.and_then(|row| row.effects[1]).is_some_and(|effect| effect < 0.0)
            };
            let under = under.as_ref().filter(|(id, _)| over.is_none() || !harms(*id));
            let said = match (over.as_ref().map(paid), under.map(paid)) {
                (Some((over, gets, adds)), Some((under, less, more))) => words!(
                    "A budget that follows {by} gives {over} {gets} of the money for the {adds} of the conversions that it adds (by \
                     Shapley), and {under} {less} for {more}: move money from {over} to {under}.",
                    "Un budget qui suit le {by} donne à {over} {gets} de l’argent pour les {adds} des conversions qu’il apporte (selon \
                     Shapley), et à {under} {less} pour {more}\u{a0}: déplacez de l’argent de {over} vers {under}."
                ),
                (Some((over, gets, adds)), None) => words!(
                    "A budget that follows {by} gives {over} {gets} of the money for the {adds} of the conversions that it adds (by \
                     Shapley): spend less on {over} than it says.",
                    "Un budget qui suit le {by} donne à {over} {gets} de l’argent pour les {adds} des conversions qu’il apporte (selon \
                     Shapley)\u{a0}: dépensez-y moins qu’il ne le dit."
                ),
                (None, Some((under, less, more))) => words!(
                    "A budget that follows {by} gives {under} {less} of the money for the {more} of the conversions that it adds (by \
                     Shapley): spend more on {under} than it says.",
                    "Un budget qui suit le {by} donne à {under} {less} de l’argent pour les {more} des conversions qu’il apporte (selon \
                     Shapley)\u{a0}: dépensez-y plus qu’il ne le dit."
                ),
                (None, None) => words!("", ""),
            };
            pen.say(&said)
        }
        Disagreement::First(firsts) => {
            let one = |(id, models): &(crate::model::ChannelId, Vec<Credit>)| {
                let models = models.iter().map(|by| called(pen, *by)).collect::<Vec<_>>().join(", ");
                format!("{} ({models})", channel(*id))
            };
            let firsts = firsts.iter().map(one).collect::<Vec<_>>().join(pen.lang.pick("; ", "\u{202f}; "));
            pen.say(&words!(
                "The models do not agree on the channel that counts most: {firsts}. To decide what to cut, go by removal or Shapley, \
                 which say what would be lost; the other models only say who was there: cut no channel on their word alone.",
                "Les modèles ne s’accordent pas sur le canal qui compte le plus\u{a0}: {firsts}. Pour décider où couper, fiez-vous au \
                 retrait ou à Shapley, qui disent ce que l’on perdrait\u{202f}; les autres disent seulement qui était là\u{a0}: ne \
                 supprimez aucun canal sur leur seule foi."
            ))
        }
    }
}

/// A model within a sentence.
fn called(pen: &Pen<'_>, by: Credit) -> &'static str {
    match by {
        Credit::RemovalLost => pen.lang.pick("removal with traffic lost", "retrait à trafic perdu"),
        Credit::RemovalShared => pen.lang.pick("removal with traffic shared out", "retrait à trafic réparti"),
        Credit::Shapley => "Shapley",
        Credit::FirstTouch => pen.lang.pick("first touch", "premier contact"),
        Credit::LastTouch => pen.lang.pick("last touch", "dernier contact"),
        Credit::Linear => pen.lang.pick("linear", "linéaire"),
        Credit::PositionBased => pen.lang.pick("position-based", "par position"),
        Credit::TimeDecay => pen.lang.pick("time decay", "décroissance"),
    }
}

/// Most parts that are named in the sentence about harm.
const NAMED: usize = 3;

/// Those without whom more would convert, the worst first; `None` if there is none.
fn harm(pen: &Pen<'_>, rows: &[CreditRow]) -> Option<String> {
    let mut harmful: Vec<(f64, &CreditRow)> = rows.iter().filter_map(|row| Some((row.effects[1]?, row))).collect();
    harmful.retain(|(effect, _)| *effect < 0.0);
    harmful.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let name = |(effect, row): &(f64, &CreditRow)| format!("{} ({})", pen.quote(&label(pen, row.part)), pen.percent(*effect));
    let named: Vec<String> = harmful.iter().take(NAMED).map(name).collect();
    let others = harmful.len().saturating_sub(NAMED);
    let mut names = named.join(", ");
    if others > 0 {
        let others = pen.integer(others as u64);
        names += &pen.say(&words!(" and {others} more", " et {others} de plus"));
    }
    (!named.is_empty()).then(|| {
        pen.say(&words!(
            "Below 0: {names}. More would convert if those who meet them went the other ways; they are credited with nothing. See \
             where they lead before bringing more customers there.",
            "Au-dessous de 0\u{a0}: {names}. On convertirait mieux si ceux qui y passent prenaient les autres voies\u{202f}; rien ne \
             leur est attribué. Voyez où cela mène avant d’y amener plus de clients."
        ))
    })
}

//! Money and experience that every journey has, each with the definition used.

use super::{Pen, Shown};
use crate::locale;
use crate::measure::Standard;
use crate::model::Survey;
use crate::words;
use serde::Serialize;

/// A figure that every journey has.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct StandardRow {
    pub label: String,
    pub figure: Shown,
    /// The standard deviation between customers.
    pub sd: Option<String>,
    pub definition: String,
}

/// Money, then experience; those without a value are left out.
pub(super) fn rows(pen: &Pen<'_>) -> (Vec<StandardRow>, Vec<StandardRow>) {
    let (mut money, mut experience) = (Vec::new(), Vec::new());
    for standard in pen.figures.standard.iter().filter(|s| s.figure.value().is_some()) {
        let is_money = matches!(
            standard.what,
            Standard::Cost
                | Standard::Revenue
                | Standard::Margin
                | Standard::CostPerGoal
                | Standard::ReturnOnSpend
                | Standard::Clv
        );
        let (label, definition) = words_of(pen, standard.what);
        let sd = standard.sd.as_ref().filter(|sd| sd.value().is_some_and(f64::is_finite)).map(|sd| pen.value(sd));
        let row = StandardRow { label, figure: Shown::new(pen, &standard.figure), sd, definition };
        if is_money { &mut money } else { &mut experience }.push(row);
    }
    (money, experience)
}

/// What a figure that every journey has is called.
pub(in crate::report) fn standard_label(pen: &Pen<'_>, what: Standard) -> String {
    words_of(pen, what).0
}

fn words_of(pen: &Pen<'_>, what: Standard) -> (String, String) {
    let asked = |survey: Survey| pen.model.touchpoints.iter().any(|t| t.surveys.iter().any(|s| s.value.0 == survey));
    let goal = pen.figures.main_goal.map_or_else(
        || pen.lang.pick("the main goal", "l’objectif principal").to_owned(),
        |id| pen.quote(&pen.model.goals[id.index()].name.label),
    );
    let (label, definition) = match what {
        Standard::Cost => (
            words!("Cost per customer", "Coût par client"),
            words!(
                "all that is spent, divided by the customers who arrived",
                "tout ce qui est dépensé, divisé par les clients arrivés"
            ),
        ),
        Standard::Revenue => (
            words!("Revenue per customer", "Chiffre d’affaires par client"),
            words!(
                "all that is earned, divided by the customers who arrived",
                "tout ce qui est encaissé, divisé par les clients arrivés"
            ),
        ),
        Standard::Margin => (
            words!("Margin per customer", "Marge par client"),
            words!(
                "earnings times their margin, less all costs, divided by the customers who arrived",
                "encaissements multipliés par leur taux de marge, moins tous les coûts, divisés par les clients arrivés"
            ),
        ),
        Standard::CostPerGoal => (
            words!("Acquisition cost", "Coût d’acquisition"),
            words!(
                "all that is spent, those who fail included, divided by the times {goal} is reached",
                "tout ce qui est dépensé, échecs compris, divisé par le nombre de fois où {goal} est atteint"
            ),
        ),
        Standard::ReturnOnSpend => (
            words!("Return on spend", "Retour sur dépense"),
            words!("revenue divided by cost", "chiffre d’affaires divisé par le coût"),
        ),
        Standard::Clv => (words!("Customer lifetime value", "Valeur vie client"), lifetime(pen)),
        Standard::Nps => (
            words!("Net promoter score", "Score de recommandation (NPS)"),
            if asked(Survey::Nps) {
                words!(
                    "promoters (9 or 10) less detractors (0 to 6), in hundredths of the answers",
                    "promoteurs (9 ou 10) moins détracteurs (0 à 6), pour cent réponses"
                )
            } else {
                words!(
                    "no survey: from what is felt, by the peak-end rule, (peak + last) / 2 + 5 rounded; promoters (9 or 10) less detractors (0 to 6) of a hundred customers who felt anything",
                    "sans enquête\u{a0}: tiré du ressenti par la règle pic-fin, (pic + dernier) / 2 + 5 arrondi\u{202f}; promoteurs (9 ou 10) moins détracteurs (0 à 6), pour cent clients ayant ressenti quelque chose"
                )
            },
        ),
        Standard::Csat => (
            words!("Customer satisfaction", "Satisfaction client (CSAT)"),
            if asked(Survey::Csat) {
                words!("share of the answers that give 4 or 5 out of 5", "part des réponses qui donnent 4 ou 5 sur 5")
            } else {
                words!(
                    "no survey: share of those who felt anything whose mean feeling is at least +1",
                    "sans enquête\u{a0}: part de ceux qui ont ressenti quelque chose dont le ressenti moyen vaut au moins +1"
                )
            },
        ),
        Standard::Ces => (
            words!("Customer effort", "Effort client (CES)"),
            if asked(Survey::Ces) {
                words!("mean of the answers, from 1 to 7", "moyenne des réponses, de 1 à 7")
            } else {
                words!(
                    "no survey: mean effort, from 1 to 7, over the visits that declare it",
                    "sans enquête\u{a0}: effort moyen, de 1 à 7, sur les visites qui le déclarent"
                )
            },
        ),
        Standard::Felt => (
            words!("Mean feeling", "Ressenti moyen"),
            words!("mean of all that customers feel, from −5 to +5", "moyenne de tout ce que les clients ressentent, de −5 à +5"),
        ),
        Standard::PushContacts => (
            words!("Contacts pushed to a customer", "Contacts poussés par client"),
            words!(
                "meetings that the brand starts, divided by the customers who arrived",
                "rencontres à l’initiative de la marque, divisées par les clients arrivés"
            ),
        ),
        Standard::ChannelSwitches => (
            words!("Channel switches", "Changements de canal"),
            words!(
                "share of the passages between two touchpoints that change channel",
                "part des passages entre deux points de contact qui changent de canal"
            ),
        ),
    };
    (pen.say(&label), pen.say(&definition))
}

fn lifetime(pen: &Pen<'_>) -> crate::locale::Words {
    let rate = pen.model.discount.as_ref().and_then(num_traits::ToPrimitive::to_f64);
    let until = pen.model.horizon.map(|t| locale::duration(t, pen.lang));
    let rate = rate.map(|r| pen.percent(r));
    match (rate, until) {
        (Some(rate), Some(until)) => words!(
            "margin of a customer over {until}, discounted at {rate} a year from arrival",
            "marge d’un client sur {until}, actualisée à {rate} par an depuis l’arrivée"
        ),
        (Some(rate), None) => words!(
            "margin of a customer until the end of the journey, discounted at {rate} a year from arrival",
            "marge d’un client jusqu’à la fin du parcours, actualisée à {rate} par an depuis l’arrivée"
        ),
        (None, Some(until)) => {
            words!("margin of a customer over {until}, not discounted", "marge d’un client sur {until}, sans actualisation")
        }
        (None, None) => words!(
            "margin of a customer until the end of the journey, not discounted",
            "marge d’un client jusqu’à la fin du parcours, sans actualisation"
        ),
    }
}

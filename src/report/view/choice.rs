//! Which method was taken for what, and which figures the simulation is too small for.

use super::{Pen, pen::plural};
use crate::measure::{Figure, ReachedWhat};
use crate::words;

/// Fewer events than this say little of how frequent they are: the standard error is a third of the value.
const FEW: f64 = 10.0;

/// What each method was taken for, and why.
pub(super) fn chosen(pen: &Pen<'_>) -> Vec<String> {
    let method = &pen.figures.method;
    let mut said = Vec::new();
    let figures = || pen.figures.kpis.iter().map(|k| &k.figure).chain(pen.figures.standard.iter().map(|s| &s.figure));
    let walked = figures().filter(|f| f.exact.is_none() && f.estimate.is_some()).count();
    if method.solved.is_ok() && method.simulated.is_some() {
        let of = figures().count();
        let exact = plural(pen, of - walked, &words!("measure", "mesure"), &words!("measures", "mesures"));
        said.push(pen.say(&if walked == 0 {
            words!(
                "Chosen: the exact value of all {exact}, since each has one; customers were walked one by one to check them, and for times and paths.",
                "Choix\u{a0}: la valeur exacte pour les {exact}, puisque chacune en a une\u{202f}; les clients ont été suivis un à un pour les vérifier, et pour les durées et les trajets."
            )
        } else {
            let rest = pen.integer(walked as u64);
            words!(
                "Chosen: the exact value of {exact}, where there is one; customers walked one by one for {rest} more, which hang on a whole path (a quantile, a limit of time).",
                "Choix\u{a0}: la valeur exacte pour {exact}, là où il y en a une\u{202f}; des clients suivis un à un pour {rest} de plus, qui tiennent à un trajet entier (un quantile, une limite de temps)."
            )
        }));
    }
    if let Some(Ok(campaign)) = &pen.figures.campaign {
        let how = if campaign.read_again {
            words!(
                " The journey was read anew for each draw of what is not known, since some figure is not a product of such figures.",
                " Le parcours a été relu à chaque tirage de ce qu’on ignore, car un chiffre n’est pas un produit de telles données."
            )
        } else {
            words!("", "")
        };
        let how = how.get(pen.lang);
        said.push(pen.say(&words!(
            "Totals of one campaign: by whole cohorts, whose law is that of walking each customer and whose cost does not grow with their number.{how}",
            "Totaux d’une campagne\u{a0}: par cohortes entières, de même loi que des clients suivis un à un, et dont le coût ne croît pas avec leur nombre.{how}"
        )));
    }
    said
}

/// Shares of which the simulation saw, or had to expect, too few events.
pub(super) fn rare(pen: &Pen<'_>) -> Vec<String> {
    let model = pen.model;
    let kpis = pen.figures.kpis.iter().map(|k| (pen.program.kpis[k.kpi.index()].name.label.as_str(), &k.figure));
    let reached = pen.figures.goals.iter().chain(&pen.figures.ends).map(|r| {
        let name = match r.what {
            ReachedWhat::Goal(id) => &model.goals[id.index()].name,
            ReachedWhat::End(id) => &model.ends[id.index()].name,
        };
        (name.label.as_str(), &r.share)
    });
    let mut known: Vec<&str> = Vec::new();
    let mut said = Vec::new();
    for (label, figure) in kpis.chain(reached) {
        if known.contains(&label) {
            continue;
        }
        if let Some(sentence) = too_few(pen, label, figure) {
            known.push(label);
            said.push(sentence);
        }
    }
    said
}

fn too_few(pen: &Pen<'_>, label: &str, figure: &Figure) -> Option<String> {
    let (count, of) = figure.estimate.as_ref()?.count?;
    let label = pen.quote(label);
    let seen = pen.integer(count);
    let drawn = pen.integer(of);
    match figure.exact {
        // What never happens is not rare.
        Some(exact) if exact > 0.0 && exact < 1.0 && exact * (of as f64) < FEW => {
            let (value, expected) = (pen.percent(exact), pen.count(exact * of as f64));
            Some(pen.say(&words!(
                "Too few customers were drawn to see {label}: {seen} of {drawn}, where {expected} were to be expected. Its exact value is {value}.",
                "Trop peu de clients tirés pour voir {label}\u{a0}: {seen} sur {drawn}, là où l’on en attendait {expected}. Sa valeur exacte est {value}."
            )))
        }
        None if count > 0 && (count as f64) < FEW => Some(pen.say(&words!(
            "Too few customers were drawn to tell how frequent {label} is: {seen} of {drawn}. Draw more with `--customers`.",
            "Trop peu de clients tirés pour dire la fréquence de {label}\u{a0}: {seen} sur {drawn}. Tirez-en plus avec `--customers`."
        ))),
        _ => None,
    }
}

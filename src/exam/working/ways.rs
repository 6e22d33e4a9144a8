//! Rates: as sums over ways where that is short, else as equations.

use super::{Pen, Step, added};
use crate::exam::book;
use crate::exam::paths::{Map, Way};
use crate::exam::value::Value;
use crate::model::{Branch, Event, Measure, Model, Modifiers, Place, Target, TouchpointId, Unit};
use crate::words;
use num_rational::BigRational;

impl Pen<'_> {
    /// The sum over all ways of the product of their shares, if that is the exact figure.
    pub(super) fn rate(&mut self, measure: &Measure, from: Option<Event>, to: Event, only: &Modifiers) {
        let start = match from {
            None => Some(None),
            Some(Event::Meet(Place::Touchpoint(at))) => Some(Some(at)),
            Some(_) => None,
        };
        let map = Map { model: self.book.model(only.scenario), sources: self.sources, lang: self.lang };
        let ways = start.and_then(|start| map.ways(start, to));
        let exact = self.book.fraction(measure);
        let sum = ways.as_ref().map(|ways| ways.iter().map(Way::value).sum::<BigRational>());
        let Some(ways) = ways.filter(|ways| !ways.is_empty() && sum == exact) else {
            return self.equations(measure, from, to, only);
        };
        let formula = if ways.len() == 1 {
            words!("Formula: product of the shares along the way", "Formule : produit des taux d'étape le long du chemin")
        } else {
            let n = ways.len();
            words!(
                "Formula: sum over the {n} ways of the product of the shares along each",
                "Formule : somme, sur les {n} chemins, du produit des taux d'étape le long de chacun"
            )
        };
        self.say(Step::Formula, &formula);
        if from.is_none()
            && let Some(common) = common_places(&ways)
        {
            self.uses.extend(common.into_iter().map(book::met));
        }
        for way in &ways {
            let line = self.way(way, measure.unit);
            self.lines.push((Step::Substitution, line));
        }
        if ways.len() > 1 {
            let terms: Vec<String> = ways.iter().map(|way| self.write(&Value::of(way.value()), measure.unit)).collect();
            let sum = sum.map_or_else(String::new, |sum| self.write(&Value::of(sum), measure.unit));
            self.lines.push((Step::Substitution, format!("{} = {sum}", added(&terms))));
        }
    }

    fn way(&self, way: &Way, unit: Unit) -> String {
        let places = way.places.join(" → ");
        let value = self.write(&Value::of(way.value()), unit);
        let colon = self.lang.pick(":", " :");
        let factors: Vec<&str> = way.factors.iter().map(|factor| factor.text.as_str()).collect();
        match factors.as_slice() {
            [] => format!("{places}{colon} {value}"),
            [one] if *one == value => format!("{places}{colon} {value}"),
            many => format!("{places}{colon} {} = {value}", many.join(" × ")),
        }
    }

    pub(super) fn next(&mut self, measure: &Measure, from: TouchpointId, to: Event, only: &Modifiers) {
        let model = self.book.model(only.scenario);
        let map = Map { model, sources: self.sources, lang: self.lang };
        let touchpoint = &model.touchpoints[from.index()];
        let leads = |branch: &Branch| match (to, branch.to) {
            (Event::Stop(end), Target::End(e)) => e == end,
            (Event::Meet(place), Target::Touchpoint(t)) => model.meets(place, t),
            _ => false,
        };
        let shares = map.shares(&touchpoint.branches).unwrap_or_default();
        let taken: Vec<_> = touchpoint.branches.iter().zip(&shares).filter(|(b, _)| leads(b)).map(|(_, f)| f.clone()).collect();
        let sum: BigRational = taken.iter().map(|f| f.value.clone()).sum();
        if taken.is_empty() || Some(&sum) != self.book.fraction(measure).as_ref() {
            return self.solved("", measure);
        }
        let (at, to) = (self.quote(&touchpoint.name.label), self.event(&to));
        self.say(
            Step::Formula,
            &words!(
                "Formula: of the visits to {at}, those that {to} follows at once",
                "Formule : parmi les visites de {at}, celles que suit aussitôt {to}"
            ),
        );
        let terms: Vec<&str> = taken.iter().map(|f| f.text.as_str()).collect();
        let value = self.write(&Value::of(sum), measure.unit);
        let line = if terms == [value.as_str()] { value } else { format!("{} = {value}", terms.join(" + ")) };
        self.lines.push((Step::Substitution, line));
    }

    /// The linear equations of a rate, where no short list of ways gives it.
    fn equations(&mut self, measure: &Measure, from: Option<Event>, to: Event, only: &Modifiers) {
        let model = self.book.model(only.scenario);
        let map = Map { model, sources: self.sources, lang: self.lang };
        let mut rows = Vec::new();
        for (i, touchpoint) in model.touchpoints.iter().enumerate() {
            let Some(shares) = map.shares(&touchpoint.branches) else { return self.solved("", measure) };
            if matches!(to, Event::Meet(place) if model.meets(place, TouchpointId::new(i))) {
                rows.push(format!("x({}) = 1", touchpoint.name.label));
                continue;
            }
            if matches!(to, Event::Reach(goal) if touchpoint.reaches.iter().any(|r| r.value == goal)) {
                rows.push(format!("x({}) = 1", touchpoint.name.label));
                continue;
            }
            let terms =
                touchpoint.branches.iter().zip(&shares).filter_map(|(branch, share)| term(model, branch, &share.text, to));
            let terms: Vec<String> = terms.collect();
            let right = if terms.is_empty() { "0".to_owned() } else { terms.join(" + ") };
            rows.push(format!("x({}) = {right}", touchpoint.name.label));
        }
        if rows.len() > 16 || from.is_some_and(|f| !matches!(f, Event::Meet(Place::Touchpoint(_)))) {
            return self.solved("", measure);
        }
        self.say(
            Step::Formula,
            &words!(
                "There is no short list of ways (customers come back): x(A), the probability from A on, solves one equation per touchpoint",
                "Il n'y a pas de courte liste de chemins (des clients reviennent) : x(A), la probabilité à partir de A, résout une équation par point de contact"
            ),
        );
        self.lines.extend(rows.into_iter().map(|row| (Step::Substitution, row)));
    }
}

/// The touchpoints that all ways pass before their last.
fn common_places(ways: &[Way]) -> Option<Vec<TouchpointId>> {
    let (first, rest) = ways.split_first()?;
    Some(first.met.iter().copied().filter(|t| rest.iter().all(|way| way.met.contains(t))).collect())
}

fn term(model: &Model, branch: &Branch, share: &str, to: Event) -> Option<String> {
    let reached = matches!(to, Event::Reach(goal) if branch.effects.reaches.contains(&goal));
    match branch.to {
        _ if reached => Some(share.to_owned()),
        Target::End(end) => (to == Event::Stop(end)).then(|| share.to_owned()),
        Target::Touchpoint(next) => Some(format!("{share} × x({})", model.touchpoints[next.index()].name.label)),
    }
}

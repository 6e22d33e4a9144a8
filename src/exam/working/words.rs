//! What measures and events are called in a key.

use super::Pen;
use super::Step;
use crate::locale::Words;
use crate::model::{Event, Measure, MeasureKind, MoneyKind, Place};
use crate::words;

impl Pen<'_> {
    /// The operands in words: labels of kpis and params, or as the author wrote them.
    pub(super) fn formula_of(&mut self, measure: &Measure) {
        let text = self.named(measure);
        let line = words!("Formula: {text}", "Formule : {text}");
        self.say(Step::Formula, &line);
    }

    pub(super) fn named(&self, measure: &Measure) -> String {
        match &measure.kind {
            MeasureKind::Kpi(id, _) => self.quote(&self.book.program().kpis[id.index()].name.label),
            MeasureKind::Constant(_) => {
                let written = self.sources.text(measure.origin).trim();
                let param = self.book.program().base.params.iter().find(|p| p.name.name == written);
                param.map_or_else(|| written.to_owned(), |p| self.quote(&p.name.label))
            }
            MeasureKind::Binary(operator, a, b) => {
                let sign = operator.sign();
                let part = |m: &Measure| {
                    let text = self.named(m);
                    if matches!(m.kind, MeasureKind::Binary(..)) { format!("({text})") } else { text }
                };
                format!("{} {sign} {}", part(a), part(b))
            }
            MeasureKind::Negative(inner) => format!("−{}", self.named(inner)),
            other => self.words_of(other, measure),
        }
    }

    fn words_of(&self, kind: &MeasureKind, measure: &Measure) -> String {
        let say = |words: Words| words.get(self.lang).to_owned();
        match kind {
            MeasureKind::Rate { from: None, to, .. } => {
                let to = self.event(to);
                say(words!("rate of {to}", "taux de {to}"))
            }
            MeasureKind::Rate { from: Some(from), to, .. } => {
                let (from, to) = (self.event(from), self.event(to));
                say(words!("rate from {from} to {to}", "taux de passage de {from} à {to}"))
            }
            MeasureKind::Count(goal, _) => {
                let goal = self.event(&Event::Reach(*goal));
                say(words!("number of {goal} per customer", "nombre de {goal} par client"))
            }
            MeasureKind::Money(kind, only) => {
                let what = match kind {
                    MoneyKind::Cost => say(words!("cost", "coût")),
                    MoneyKind::Revenue => say(words!("revenue", "chiffre d'affaires")),
                    MoneyKind::Margin => say(words!("margin", "marge")),
                    MoneyKind::Clv => say(words!("customer value", "valeur client")),
                };
                match &only.per {
                    Some(per) => {
                        let per = self.event(per);
                        say(words!("{what} per {per}", "{what} par {per}"))
                    }
                    None => say(words!("{what} per customer who arrives", "{what} par client arrivé")),
                }
            }
            _ => format!("`{}`", self.sources.text(measure.origin).trim()),
        }
    }

    pub(super) fn event(&self, event: &Event) -> String {
        let model = &self.book.program().base;
        let label = match event {
            Event::Reach(goal) => &model.goals[goal.index()].name.label,
            Event::Stop(end) => &model.ends[end.index()].name.label,
            Event::Meet(Place::Touchpoint(t)) => &model.touchpoints[t.index()].name.label,
            Event::Meet(Place::Stage(s)) => &model.stages[s.index()].name.label,
            Event::Meet(Place::Channel(c)) => &model.channels[c.index()].name.label,
            Event::Meet(_) => return "…".to_owned(),
        };
        self.quote(label)
    }
}

//! What every part of a document needs to write: the journey, its figures, the language and the currency.

use crate::locale::{self, Lang, Words};
use crate::measure::{Base, Figure, Figures, Interval};
use crate::model::{Model, Program, Unit};
use crate::words;

/// Writes figures and names of one journey in one language.
#[derive(Clone, Copy)]
pub(in crate::report) struct Pen<'a> {
    pub program: &'a Program,
    pub model: &'a Model,
    pub figures: &'a Figures,
    pub lang: Lang,
}

impl<'a> Pen<'a> {
    pub(in crate::report) fn new(program: &'a Program, figures: &'a Figures, lang: Lang) -> Self {
        Self { program, model: &program.base, figures, lang }
    }

    /// One of two fixed texts.
    pub(in crate::report) fn say(&self, words: &Words) -> String {
        words.get(self.lang).to_owned()
    }

    pub(in crate::report) fn currency(&self) -> Option<&'a str> {
        self.model.currency.as_deref()
    }

    pub(in crate::report) fn write(&self, value: f64, unit: Unit) -> String {
        locale::in_unit(value, unit, self.currency(), self.lang)
    }

    pub(in crate::report) fn percent(&self, share: f64) -> String {
        locale::percent(share, self.lang)
    }

    pub(in crate::report) fn count(&self, value: f64) -> String {
        locale::count(value, self.lang)
    }

    pub(in crate::report) fn integer(&self, value: u64) -> String {
        locale::integer(value as f64, self.lang)
    }

    pub(in crate::report) fn interval(&self, interval: Interval, unit: Unit) -> String {
        locale::interval(interval.low, interval.high, unit, self.currency(), self.lang)
    }

    /// A name within the quotation marks of the language.
    pub(in crate::report) fn quote(&self, label: &str) -> String {
        locale::quoted(label, self.lang)
    }

    /// The value of a figure in its unit.
    pub(in crate::report) fn value(&self, figure: &Figure) -> String {
        figure.value().map_or_else(|| locale::DASH.to_owned(), |value| self.write(value, figure.unit))
    }

    /// What a figure is taken over, and how many that makes among the declared arrivals; `None` where nothing simple is.
    pub(in crate::report) fn base(&self, base: &Base, figure: &Figure) -> Option<String> {
        let all = self.count(self.figures.arrivals);
        let of = figure.base.map(|share| self.count(share * self.figures.arrivals));
        let text = match (base, &of) {
            (Base::Composed, _) => return None,
            (Base::Arrived | Base::PerCustomer, _) => {
                words!("base: the {all} customers who arrive", "base\u{a0}: les {all} clients qui arrivent")
            }
            (Base::Those(label), Some(of)) => {
                let label = self.quote(label);
                words!("base: {label}, {of} of {all} customers", "base\u{a0}: {label}, {of} clients sur {all}")
            }
            (Base::Visits(label), Some(of)) => {
                let label = self.quote(label);
                words!(
                    "base: {of} visits to {label}, for {all} customers who arrive",
                    "base\u{a0}: {of} visites de {label}, pour {all} clients qui arrivent"
                )
            }
            (Base::Per(label), Some(of)) => {
                let label = self.quote(label);
                words!(
                    "base: {label}, {of} times for {all} customers who arrive",
                    "base\u{a0}: {label}, {of} fois pour {all} clients qui arrivent"
                )
            }
            (Base::Those(label) | Base::Visits(label) | Base::Per(label), None) => {
                let label = self.quote(label);
                words!("base: {label}", "base\u{a0}: {label}")
            }
        };
        Some(self.say(&text))
    }
}

/// How many of one thing, in words: `3 touchpoints`, `1 point de contact`. French counts in the plural from 2.
pub(super) fn plural(pen: &Pen<'_>, number: usize, one: &Words, many: &Words) -> String {
    let single = match pen.lang {
        Lang::En => number == 1,
        Lang::Fr => number < 2,
    };
    format!("{}\u{a0}{}", pen.integer(number as u64), if single { one } else { many }.get(pen.lang))
}

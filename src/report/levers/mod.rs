//! What `jalon levers` and `jalon solve --find` print, for people in columns, for programs as JSON; and levers as rows for all
//! other documents.

mod csv;
mod find;
mod json;
mod ranking;
mod rows;

pub use csv::{write_levers_csv, write_tornado_csv};
pub use find::{Answer, Asked, write_find_terminal};
pub(super) use json::{JsonKeyLevers, key_levers};
pub use json::{write_find_json, write_levers_json};
pub use ranking::write_levers_terminal;
pub(super) use rows::{LeverRow, SwingRow};

use crate::chain::{Flow, From};
use crate::locale::{self, Lang};
use crate::model::law::nearest;
use crate::model::{Evidence, KpiId, Model, Named, Program, Target, Unit};
use crate::plan::main_goal;
use num_rational::BigRational;

/// Columns of the page.
const WIDTH: usize = 100;

/// The name and label of a key figure; without a kpi it is the rate of the main goal.
pub(super) fn called(program: &Program, kpi: Option<KpiId>) -> (Option<&str>, &str) {
    match kpi {
        Some(id) => {
            let name = &program.kpis[id.index()].name;
            (Some(&name.name), &name.label)
        }
        None => (None, main_goal(program).map_or("", |id| &program.base.goals[id.index()].name.label)),
    }
}

/// Writes figures of one journey in its language.
#[derive(Clone, Copy)]
pub(in crate::report) struct Ink<'a> {
    pub(in crate::report) model: &'a Model,
    pub(in crate::report) lang: Lang,
}

impl Ink<'_> {
    pub(in crate::report) fn value(&self, value: f64, unit: Unit) -> String {
        locale::in_unit(value, unit, self.model.currency.as_deref(), self.lang)
    }

    fn exact(&self, value: &BigRational, unit: Unit) -> String {
        self.value(nearest(value), unit)
    }

    /// A change, with its sign; of a share in points.
    pub(in crate::report) fn change(&self, change: f64, unit: Unit) -> String {
        let unit = match unit {
            Unit::Share => Unit::Points,
            // A score is written with a sign of its own.
            Unit::Nps => Unit::Number,
            other => other,
        };
        let size = self.value(change.abs(), unit);
        let sign = if change > 0.0 {
            "+"
        } else if change < 0.0 {
            "−"
        } else {
            ""
        };
        format!("{sign}{size}")
    }

    fn range(&self, range: Option<&(BigRational, BigRational)>, unit: Unit) -> String {
        range.map_or_else(String::new, |(low, high)| locale::range(&self.exact(low, unit), &self.exact(high, unit), self.lang))
    }

    /// What a figure rests on, shortly.
    pub(in crate::report) fn evidence(&self, evidence: &Evidence) -> String {
        let source = evidence.source.map(|id| self.model.sources[id.index()].name.label.clone());
        let count = evidence.count.as_ref().map(|(some, all)| {
            let (some, all) = (locale::count(nearest(some), self.lang), locale::count(nearest(all), self.lang));
            match self.lang {
                Lang::En => format!("{some} of {all}"),
                Lang::Fr => format!("{some} sur {all}"),
            }
        });
        if evidence.assumed {
            return self.lang.pick("assumed", "supposé").to_owned();
        }
        match (count, source) {
            (Some(count), _) => count,
            (None, Some(source)) => source,
            (None, None) => self.lang.pick("no source", "sans source").to_owned(),
        }
    }

    pub(in crate::report) fn flow(&self, flow: Flow) -> String {
        let (from, to) = ends(self.model, flow);
        format!("{} → {}", from.label, to.label)
    }
}

/// Both ends of a flow.
fn ends(model: &Model, flow: Flow) -> (&Named, &Named) {
    let from = match flow.from {
        From::Arrival(id) => &model.arrivals[id.index()].name,
        From::Touchpoint(id) => &model.touchpoints[id.index()].name,
    };
    let to = match flow.to {
        Target::Touchpoint(id) => &model.touchpoints[id.index()].name,
        Target::End(id) => &model.ends[id.index()].name,
    };
    (from, to)
}

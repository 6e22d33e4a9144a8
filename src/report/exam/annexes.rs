//! Annexes: tables of what is given, and the map.

use super::blocks::Block;
use crate::diagnostics::Sources;
use crate::exam::{Book, Spelling, Value, Variant, board, exact_kpi, given, met, shares, spelled};
use crate::locale::{self, Lang};
use crate::measure::Figures;
use crate::model::law::nearest;
use crate::model::{
    Annex, AnnexKind, Branch, Cited, Effects, KpiId, Law, MeasureKind, Model, ParamId, PerPersona, Target, TouchpointId, Unit,
};
use crate::report::map::{MapView, draw};
use crate::report::view::{Pen, definition};
use num_rational::BigRational;
use std::cell::OnceCell;

/// What annexes of one variant are made of.
pub(super) struct Source<'a> {
    variant: &'a Variant,
    sources: &'a Sources,
    figures: OnceCell<Figures>,
    /// Kpis that questions ask for.
    asked: Vec<KpiId>,
}

impl<'a> Source<'a> {
    pub(super) fn new(variant: &'a Variant, sources: &'a Sources, asked: Vec<KpiId>) -> Self {
        Self { variant, sources, figures: OnceCell::new(), asked }
    }

    fn model(&self) -> &'a Model {
        &self.variant.journey.program.base
    }

    fn figures(&self) -> &Figures {
        self.figures.get_or_init(|| board(&self.variant.journey))
    }

    fn pick(&self, en: &str, fr: &str) -> String {
        self.model().locale.pick(en, fr).to_owned()
    }

    /// The block of an annex.
    pub(super) fn block(&self, annex: &Annex) -> Block {
        match &annex.kind {
            AnnexKind::Touchpoints => self.touchpoints(),
            AnnexKind::Branches => self.branches(),
            AnnexKind::Params => {
                let all: Vec<Cited> = (0..self.model().params.len()).map(|p| Cited::Param(ParamId::new(p))).collect();
                self.cited(&all)
            }
            AnnexKind::Figures(cited) => self.cited(cited),
            AnnexKind::Kpis => self.kpis(),
            AnnexKind::Funnel => self.funnel(),
            AnnexKind::Map => {
                Block::Map { svg: self.map(), text: self.pick("The map is in map.svg.", "La carte est dans map.svg.") }
            }
        }
    }

    /// The map without the figures that the paper asks for.
    pub(super) fn map(&self) -> String {
        let journey = &self.variant.journey;
        let mut view = MapView::new(&journey.program, self.figures(), self.model().locale);
        view.headlines.clear();
        view.hot = None;
        view.goal = None;
        view.method.clear();
        view.spreads.clear();
        view.alt.clone_from(&view.title);
        for stage in &mut view.stages {
            stage.kpis.clear();
            stage.known.clear();
        }
        for point in &mut view.points {
            point.hot = None;
        }
        draw(&view)
    }

    fn cited(&self, cited: &[Cited]) -> Block {
        let (model, program) = (self.model(), &self.variant.journey.program);
        let (lang, currency) = (model.locale, model.currency.as_deref());
        let book = Book::new(&self.variant.journey);
        let row = |cited: &Cited| match cited {
            Cited::Param(id) => {
                let text = given(model, *id).map(|given| given.in_table(currency, lang)).unwrap_or_default();
                vec![model.params[id.index()].name.label.clone(), text]
            }
            Cited::Kpi(id) => {
                let text = exact_kpi(&book, *id).map(|value| value.written(currency, lang)).unwrap_or_default();
                vec![program.kpis[id.index()].name.label.clone(), text]
            }
        };
        let head = vec![self.pick("Figure", "Donnée"), self.pick("Value", "Valeur")];
        Block::table(head, cited.iter().map(row).collect())
    }

    fn kpis(&self) -> Block {
        let (model, program) = (self.model(), &self.variant.journey.program);
        let book = Book::new(&self.variant.journey);
        let pen = Pen::new(program, self.figures(), model.locale);
        let row = |(i, k): (usize, &crate::model::Kpi)| {
            let id = KpiId::new(i);
            let value = Some(id).filter(|id| !self.asked.contains(id)).and_then(|id| exact_kpi(&book, id).ok());
            let value = value.map_or_else(
                || self.pick("to be computed", "à calculer"),
                |value| value.written(model.currency.as_deref(), model.locale),
            );
            // What is made of params alone is a number by now: its definition is what the author wrote.
            let written = match &k.measure.kind {
                MeasureKind::Constant(_) => {
                    let arithmetic = spelled(program, self.sources, &k.measure, Spelling::Labels);
                    arithmetic.unwrap_or_else(|| self.pick("as given", "telle que donnée"))
                }
                _ => definition::of(&pen, &k.measure),
            };
            vec![k.name.label.clone(), written, value]
        };
        let head =
            vec![self.pick("Indicator", "Indicateur"), self.pick("Definition", "Définition"), self.pick("Value", "Valeur")];
        Block::table(head, program.kpis.iter().enumerate().map(row).collect())
    }

    fn funnel(&self) -> Block {
        let model = self.model();
        let book = Book::new(&self.variant.journey);
        let arrivals: BigRational = model.arrivals.iter().map(|a| a.number.clone()).sum();
        let row = |(i, touchpoint): (usize, &crate::model::Touchpoint)| {
            let met = book.get(&met(TouchpointId::new(i))).ok();
            let customers = met.map(|share| match share.fraction {
                Some(fraction) => Value::of(fraction * &arrivals),
                None => Value { fraction: None, number: share.number * nearest(&arrivals) },
            });
            let text = customers.map_or_else(|| locale::DASH.to_owned(), |v| v.written(Unit::Number, None, model.locale));
            vec![touchpoint.name.label.clone(), text]
        };
        let head = vec![self.pick("Touchpoint", "Point de contact"), self.pick("Customers who meet it", "Clients qui y passent")];
        Block::table(head, model.touchpoints.iter().enumerate().map(row).collect())
    }

    fn touchpoints(&self) -> Block {
        let model = self.model();
        let money = |laws: Vec<&PerPersona<Law>>| laws.into_iter().map(|law| amount(model, law)).collect::<Vec<_>>().join(" + ");
        let rows = model.touchpoints.iter().map(|touchpoint| {
            let channel = &model.channels[touchpoint.channel.index()];
            let costs = channel.cost.iter().chain(touchpoint.costs.iter().map(|c| &c.value)).collect();
            let margins: Vec<String> = touchpoint.earns.iter().map(|e| share(model, &e.value.margin)).collect();
            let goals: Vec<&str> = touchpoint.reaches.iter().map(|r| model.goals[r.value.index()].name.label.as_str()).collect();
            vec![
                touchpoint.name.label.clone(),
                touchpoint.stage.map_or_else(String::new, |s| model.stages[s.index()].name.label.clone()),
                channel.name.label.clone(),
                money(costs),
                money(touchpoint.earns.iter().map(|e| &e.value.amount).collect()),
                margins.join(" ; "),
                goals.join(", "),
            ]
        });
        let head = vec![
            self.pick("Touchpoint", "Point de contact"),
            self.pick("Stage", "Étape"),
            self.pick("Channel", "Canal"),
            self.pick("Cost per visit", "Coût par visite"),
            self.pick("Earned per visit", "Recette par visite"),
            self.pick("Margin", "Marge"),
            self.pick("Goal reached", "But atteint"),
        ];
        without_empty(head, rows.collect())
    }

    fn branches(&self) -> Block {
        let model = self.model();
        let mut rows = Vec::new();
        let mut add = |from: &str, branches: &[Branch]| {
            for (branch, share) in branches.iter().zip(shares(model, self.sources, branches)) {
                let to = match branch.to {
                    Target::Touchpoint(t) => &model.touchpoints[t.index()].name.label,
                    Target::End(e) => &model.ends[e.index()].name.label,
                };
                let guard = branch.guard.as_ref().map(|guard| self.sources.text(guard.origin).trim().to_owned());
                let on_the_way = effects(model, &branch.effects);
                rows.push(vec![from.to_owned(), to.clone(), share, guard.unwrap_or_default(), on_the_way]);
            }
        };
        for arrival in &model.arrivals {
            let number = locale::count(nearest(&arrival.number), model.locale);
            let label = if arrival.named { arrival.name.label.as_str() } else { model.locale.pick("Arrival", "Arrivée") };
            add(&format!("{label} ({number})"), &arrival.branches);
        }
        for touchpoint in &model.touchpoints {
            add(&touchpoint.name.label, &touchpoint.branches);
        }
        let head = vec![
            self.pick("From", "De"),
            self.pick("To", "Vers"),
            self.pick("Share", "Part"),
            self.pick("Only when", "Seulement si"),
            self.pick("On the way", "En chemin"),
        ];
        without_empty(head, rows)
    }
}

/// Money by visit, personas of their own behind it.
fn amount(model: &Model, law: &PerPersona<Law>) -> String {
    let one = |law: &Law| {
        let value = law.exact_mean().map_or(Value { fraction: None, number: law.mean() }, Value::of);
        value.written(Unit::Money, model.currency.as_deref(), model.locale)
    };
    own(model, law, one)
}

fn share(model: &Model, share: &PerPersona<BigRational>) -> String {
    own(model, share, |value| Value::of(value.clone()).written(Unit::Share, None, model.locale))
}

fn own<T>(model: &Model, figure: &PerPersona<T>, write: impl Fn(&T) -> String) -> String {
    let mut text = write(&figure.default);
    for (persona, own) in &figure.own {
        let colon = if model.locale == Lang::Fr { "\u{a0}:" } else { ":" };
        text += &format!(" ; {}{colon} {}", model.personas[persona.index()].name.label, write(own));
    }
    text
}

/// What happens on leaving by a branch.
fn effects(model: &Model, effects: &Effects) -> String {
    let lang = model.locale;
    let mut all: Vec<String> = effects.reaches.iter().map(|g| model.goals[g.index()].name.label.clone()).collect();
    all.extend(effects.cost.as_ref().map(|c| format!("{} {}", lang.pick("cost", "coût"), amount(model, c))));
    all.extend(effects.earns.as_ref().map(|e| {
        let (amount, margin) = (amount(model, &e.amount), share(model, &e.margin));
        format!("{} {amount} ({} {margin})", lang.pick("earned", "recette"), lang.pick("margin", "marge"))
    }));
    all.join(" ; ")
}

/// A table without the columns in which nothing stands.
fn without_empty(head: Vec<String>, rows: Vec<Vec<String>>) -> Block {
    let kept: Vec<usize> = (0..head.len()).filter(|c| rows.iter().any(|row| !row[*c].is_empty())).collect();
    let pick = |row: Vec<String>| kept.iter().map(|c| row[*c].clone()).collect();
    Block::table(pick(head), rows.into_iter().map(pick).collect())
}

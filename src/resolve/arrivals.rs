//! Who comes, how many, and by which way in.

use super::declared::{Declared, named};
use super::scope::Scope;
use super::units::seconds_in;
use super::wanted::sum_of_shares;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::Lang;
use crate::model::{Arrival, ArrivalId, Branch, Effects, Named, PersonaId, Share, Target, Unit};
use crate::syntax::tree::{self, Arrive};
use crate::words;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::collections::HashMap;

/// Units of time that `per` takes.
const PER: &[&str] = &["s", "min", "h", "day", "week", "month", "year"];

impl Scope<'_> {
    /// All arrivals; at least one, at most one of them without a name. `journey` is where their absence shows.
    pub(super) fn resolve_arrivals(&self, declared: &Declared<'_>, lang: Lang, journey: Span) -> Vec<Arrival> {
        if declared.arrivals.is_empty() {
            let message = words!("nobody arrives in this journey", "personne n'entre dans ce parcours");
            self.say(Diagnostic::new(Code::NoArrival, journey, message).help(words!(
                "say how many customers enter and where: `arrive 1000 at …`",
                "dites combien de clients entrent, et où : `arrive 1000 at …`"
            )));
        }
        let mut unnamed = declared.arrivals.iter().filter(|a| a.title.is_none());
        if let (Some(first), Some(second)) = (unnamed.next(), unnamed.next()) {
            self.say(
                Diagnostic::new(Code::TwoArrivals, second.head, words!("two arrivals without a name", "deux arrivées sans nom"))
                    .label(first.head, words!("the first", "la première"))
                    .help(words!("name them: `arrive campaign \"…\" 1000`", "nommez-les : `arrive campagne \"…\" 1000`")),
            );
        }
        let read = declared.arrivals.iter().enumerate().map(|(i, a)| self.resolve_arrival(ArrivalId::new(i), a, lang));
        let all: Vec<Arrival> = read.collect();
        if let Some(first) = declared.arrivals.first()
            && self.holes.borrow().arrivals.is_empty()
            && all.iter().all(|a| a.number.is_zero())
        {
            let message = words!("nobody arrives: the numbers are zero", "personne n'entre : les nombres sont nuls");
            self.say(Diagnostic::new(Code::NoArrival, first.number.span, message));
        }
        all
    }

    /// One arrival; what is refused is left out of it, and it is a hole.
    fn resolve_arrival(&self, id: ArrivalId, tree: &Arrive, lang: Lang) -> Arrival {
        let name = tree.title.as_ref().map_or_else(
            || Named { name: "arrive".to_owned(), label: lang.pick("Arrivals", "Arrivées").to_owned(), origin: tree.head },
            named,
        );
        let number = self.arriving(tree);
        let personas = self.who_arrives(tree);
        let budget = tree.budget.as_ref().map(|(money, span)| self.budget(money, *span).ok_or(())).transpose();
        let (branches, all) = self.ways_in(id, tree);
        let cost_each = match (&number, &budget) {
            (Some(number), Ok(budget)) => self.spread(budget.as_ref(), number, tree.number.span),
            _ => None,
        };
        if !all || personas.is_none() || cost_each.is_none() {
            self.holes.borrow_mut().arrivals.insert(id);
        }
        Arrival {
            name,
            named: tree.title.is_some(),
            number: number.unwrap_or_default(),
            personas: personas.unwrap_or_default(),
            cost_each: cost_each.unwrap_or_default(),
            branches,
        }
    }

    /// The part of a budget that falls on each of those who arrive.
    fn spread(&self, budget: Option<&BigRational>, number: &BigRational, arrivals: Span) -> Option<BigRational> {
        match budget {
            Some(budget) if !number.is_zero() => Some(budget / number),
            Some(budget) if !budget.is_zero() => {
                let message = words!("a budget for nobody", "un budget pour personne");
                self.refuse(
                    Diagnostic::new(Code::DivisionByZero, arrivals, message)
                        .note(words!("a budget is spread over its arrivals", "un budget est réparti sur ses arrivées")),
                )
            }
            _ => Some(BigRational::zero()),
        }
    }

    /// `1000`, or `40 per day for 30 days`.
    fn arriving(&self, tree: &Arrive) -> Option<BigRational> {
        let number = self.certain_expression(&tree.number, Unit::Number);
        let times = match &tree.rate {
            None => Some(BigRational::one()),
            Some((unit, time)) => {
                let unit = self.word(unit, &words!("a unit of time", "une unité de temps"), PER, seconds_in);
                let time = self.certain_expression(time, Unit::Time);
                Some(time? / unit?)
            }
        };
        let number = number? * times?;
        if number.is_negative() {
            let written = super::written::number(&number);
            let message = words!("{written} customers cannot arrive", "il ne peut pas entrer {written} clients");
            return self.refuse(Diagnostic::new(Code::OutOfRange, tree.number.span, message));
        }
        Some(number)
    }

    fn budget(&self, money: &tree::Expr, span: Span) -> Option<BigRational> {
        let budget = self.certain_expression(money, Unit::Money)?;
        if budget.is_negative() {
            let message = words!("a budget below zero", "un budget négatif");
            return self.refuse(Diagnostic::new(Code::OutOfRange, span, message));
        }
        Some(budget)
    }

    /// `of persona share`, summing to exactly 100 %; with one persona it may be left out.
    fn who_arrives(&self, tree: &Arrive) -> Option<Vec<(PersonaId, BigRational)>> {
        if tree.of.is_empty() {
            if self.personas == 1 {
                return Some(vec![(PersonaId(0), BigRational::one())]);
            }
            let message = words!("it is not said who arrives", "on ne dit pas qui arrive");
            return self.refuse(Diagnostic::new(Code::MissingFact, tree.head, message).help(words!(
                "share the arrivals out: `of julie 60%`, `of roger otherwise`",
                "répartissez les arrivées : `of julie 60%`, `of roger otherwise`"
            )));
        }
        let mut seen: HashMap<PersonaId, Span> = HashMap::new();
        let mut sound = true;
        let mut personas = Vec::new();
        let mut shares = Vec::new();
        for of in &tree.of {
            match self.persona(&of.persona) {
                Some(persona) => {
                    if let Some(first) = seen.insert(persona, of.persona.span) {
                        self.say(super::effects::repeated(&format!("of {}", of.persona.text), first, of.persona.span));
                        sound = false;
                    }
                    personas.push(persona);
                }
                None => sound = false,
            }
            match &of.share {
                tree::Share::Figure(figure) => match self.figure(figure, |v| self.probability(v)) {
                    Some(share) if share.own.is_empty() => shares.push((Some(share.default), figure.span)),
                    Some(_) => {
                        let message = words!("one share is needed here", "il faut ici une seule part");
                        self.say(Diagnostic::new(Code::RepeatedFact, figure.span, message));
                        sound = false;
                    }
                    None => sound = false,
                },
                tree::Share::Otherwise(span) => shares.push((None, *span)),
                tree::Share::Lone if tree.of.len() == 1 => shares.push((None, of.span)),
                tree::Share::Lone => {
                    let name = &of.persona.text;
                    let message = words!("`{name}` without a share", "`{name}` sans sa part");
                    self.say(Diagnostic::new(Code::MissingShare, of.persona.span, message).help(words!(
                        "write how many: `of {name} 60%`, or `of {name} otherwise`",
                        "écrivez combien : `of {name} 60%`, ou `of {name} otherwise`"
                    )));
                    sound = false;
                }
            }
        }
        if !sound {
            return None;
        }
        let shares = sum_of_shares(self, &shares, tree.head)?;
        Some(personas.into_iter().zip(shares).collect())
    }

    /// `at touchpoint`, or branches; not both, nor none. As [`Self::branches`]: what could be read, and whether that is all.
    fn ways_in(&self, id: ArrivalId, tree: &Arrive) -> (Vec<Branch>, bool) {
        let Some(at) = &tree.at else {
            if tree.branches.is_empty() && self.holes.borrow().arrivals.contains(&id) {
                return (Vec::new(), false);
            }
            if tree.branches.is_empty() {
                let message = words!("it is not said where they arrive", "on ne dit pas où ils arrivent");
                self.say(
                    Diagnostic::new(Code::MissingFact, tree.head, message)
                        .help(words!("add a way in: `-> touchpoint`", "ajoutez une entrée : `-> point_de_contact`")),
                );
                return (Vec::new(), false);
            }
            return self.branches(&tree.branches);
        };
        if let Some(branch) = tree.branches.first() {
            let message = words!("both `at` and branches", "à la fois `at` et des branches");
            self.say(
                Diagnostic::new(Code::RepeatedFact, branch.span, message)
                    .label(at.span, words!("they arrive here already", "ils arrivent déjà ici"))
                    .help(words!("keep `at`, or the branches", "gardez `at`, ou les branches")),
            );
            self.branches(&tree.branches);
        }
        let way = self.touchpoint(at).map(|to| Branch {
            to: Target::Touchpoint(to),
            share: Share::Lone,
            guard: None,
            after: None,
            because: None,
            effects: Effects::default(),
            origin: at.span,
            share_origin: at.span,
        });
        let whole = way.is_some() && tree.branches.is_empty();
        (way.into_iter().collect(), whole)
    }
}

//! Places, events, people: what measures are taken of.

use super::Measures;
use crate::locale::Words;
use crate::model::{Contact, Dimension, Event, FacetId, Moment, Place, Who};
use crate::resolve::facets::{BUILT_IN, built_in_word};
use crate::resolve::names::Symbol;
use crate::syntax::tree::Name;
use crate::words;

/// The words of the language that stand for a place.
fn place_of_word(word: &str) -> Option<Place> {
    match word {
        "push" => Some(Place::Contact(Contact::Push)),
        "pull" => Some(Place::Contact(Contact::Pull)),
        _ => Moment::from_word(word)
            .map(Place::Moment)
            .or_else(|| built_in_word(word).map(|(facet, at)| Place::Facet(FacetId::new(facet), at))),
    }
}

fn place_of_symbol(symbol: Symbol) -> Option<Place> {
    match symbol {
        Symbol::Touchpoint(id) => Some(Place::Touchpoint(id)),
        Symbol::Stage(id) => Some(Place::Stage(id)),
        Symbol::Channel(id) => Some(Place::Channel(id)),
        Symbol::Word(facet, at) => Some(Place::Facet(facet, at)),
        _ => None,
    }
}

/// What a name that is not a measure can happen as.
pub(super) fn event_of_symbol(symbol: Symbol) -> Option<Event> {
    match symbol {
        Symbol::Goal(id) => Some(Event::Reach(id)),
        Symbol::End(id) => Some(Event::Stop(id)),
        _ => place_of_symbol(symbol).map(Event::Meet),
    }
}

fn place_words() -> Words {
    words!("a touchpoint, a stage, a channel or a moment", "un point de contact, une étape, un canal ou un moment")
}

impl Measures<'_, '_> {
    /// Names come before words of the language: a stage may be called `stimulus`.
    fn look_up<T>(&self, name: &Name, wanted: &Words, of_word: fn(Place) -> T, pick: impl Fn(Symbol) -> Option<T>) -> Option<T> {
        let own = self.scope.common.names.all.get(&name.text).and_then(|(symbol, _)| pick(symbol));
        if own.is_some() {
            return own;
        }
        if let Some(place) = place_of_word(&name.text) {
            return Some(of_word(place));
        }
        let also: Vec<&str> = ["push", "pull"]
            .into_iter()
            .chain(Moment::ALL.iter().map(|m| m.word()))
            .chain(BUILT_IN.iter().flat_map(|f| f.words.iter().copied()))
            .collect();
        self.scope.find_or(name, wanted, &also, pick)
    }

    /// Where meetings take place.
    pub(super) fn place(&self, name: &Name) -> Option<Place> {
        self.look_up(name, &place_words(), |place| place, place_of_symbol)
    }

    /// Where money, feelings and answers count: a place, or an arrival.
    pub(super) fn place_or_arrival(&self, name: &Name) -> Option<Place> {
        let wanted = words!(
            "a touchpoint, a stage, a channel, a moment or an arrival",
            "un point de contact, une étape, un canal, un moment ou une arrivée"
        );
        self.look_up(
            name,
            &wanted,
            |place| place,
            |symbol| match symbol {
                Symbol::Arrival(id) => Some(Place::Arrival(id)),
                _ => place_of_symbol(symbol),
            },
        )
    }

    /// Something that can happen to a customer.
    pub(super) fn event(&self, name: &Name) -> Option<Event> {
        let wanted = words!(
            "a touchpoint, a stage, a channel, a moment, a goal or an end",
            "un point de contact, une étape, un canal, un moment, un objectif ou une fin"
        );
        self.look_up(name, &wanted, Event::Meet, event_of_symbol)
    }

    /// A persona or a segment.
    pub(super) fn who(&self, name: &Name) -> Option<Who> {
        let personas = self.scope.personas_of(name)?;
        let label = match self.scope.common.names.all.get(&name.text) {
            Some((Symbol::Segment(id), _)) => self.people.segments.get(id.index()),
            Some((Symbol::Persona(id), _)) => self.people.personas.get(id.index()),
            _ => None,
        };
        let implicit = || self.people.lang.pick("Customer", "Client").to_owned();
        Some(Who { personas, label: label.cloned().unwrap_or_else(implicit) })
    }

    /// What a kpi is broken down by.
    pub(in crate::resolve) fn dimension(&self, name: &Name) -> Option<Dimension> {
        const WORDS: &[(&str, Dimension)] = &[
            ("persona", Dimension::Persona),
            ("touchpoint", Dimension::Touchpoint),
            ("stage", Dimension::Stage),
            ("channel", Dimension::Channel),
            ("moment", Dimension::Moment),
            ("arrival", Dimension::Arrival),
        ];
        let word = name.text.as_str();
        let known = WORDS.iter().find(|(w, _)| *w == word).map(|(_, dimension)| *dimension);
        let built_in = || BUILT_IN.iter().position(|f| f.name == word).map(|at| Dimension::Facet(FacetId::new(at)));
        known.or_else(built_in).or_else(|| {
            let also: Vec<&str> = WORDS.iter().map(|(w, _)| *w).chain(BUILT_IN.iter().map(|f| f.name)).collect();
            let wanted = words!(
                "`persona`, `touchpoint`, `stage`, `channel`, `moment`, `arrival` or a facet",
                "`persona`, `touchpoint`, `stage`, `channel`, `moment`, `arrival` ou une facette"
            );
            self.scope.find_or(name, &wanted, &also, |s| match s {
                Symbol::Facet(id) => Some(Dimension::Facet(id)),
                _ => None,
            })
        })
    }
}

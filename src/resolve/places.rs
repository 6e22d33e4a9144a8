//! Channels, stages, memory, goals, ends, facets: the places and things of a journey.

use super::declared::{Declared, label, named, noted};
use super::effects::{Once, repeated};
use super::facets::{BUILT_IN, built_in_word};
use super::scope::Scope;
use super::unavailable::Later;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::Lang;
use crate::model::{
    Cell, CellId, CellKind, Channel, Facet, FigureKind, Media, Moment, Named, Presence, Source, Stage, StageId, TouchpointId,
};
use crate::syntax::tree::{self, CHANNEL_WORDS, ChannelFact, Name, Title};
use crate::words;

impl Scope<'_> {
    /// A channel.
    pub(super) fn resolve_channel(&self, tree: &tree::Channel) -> Channel {
        let mut channel = Channel { name: named(&tree.title), presence: None, media: None, cost: None };
        let (mut presence, mut media) = (None, None);
        let wanted = words!("a word about a channel", "un mot sur un canal");
        for word in &tree.words {
            let known = self.word(word, &wanted, &CHANNEL_WORDS, |w| match (Presence::from_word(w), Media::from_word(w)) {
                (None, None) => None,
                found => Some(found),
            });
            let Some((p, m)) = known else { continue };
            let before = if p.is_some() { &mut presence } else { &mut media };
            if let Some(first) = before.replace(word) {
                self.say(excluding(first, word));
            }
            channel.presence = p.or(channel.presence);
            channel.media = m.or(channel.media);
        }
        let mut once = Once::default();
        for fact in &tree.facts {
            match fact {
                ChannelFact::Cost(figure, span) => {
                    once.more(self, ("cost", ""), *span);
                    channel.cost = self.figure(figure, |v| self.money(v, FigureKind::Cost));
                }
                ChannelFact::Requires(_, span) => self.put_off(Later::Consent, *span),
                ChannelFact::AtMost(span) => self.put_off(Later::AtMost, *span),
                ChannelFact::Note(_) => {}
            }
        }
        channel
    }

    /// A stage; a stage named after a moment is of that moment. `touchpoints` are those that stand in it.
    pub(super) fn resolve_stage(&self, tree: &tree::Stage, touchpoints: Vec<TouchpointId>) -> Stage {
        let moment = match &tree.moment {
            Some(word) => self.moment(word),
            None => Moment::from_word(&tree.title.name.text),
        };
        let pains = tree.pains.iter().map(|p| p.text.clone()).collect();
        Stage { name: named(&tree.title), moment, pains, notes: tree.notes.iter().map(noted).collect(), touchpoints }
    }

    fn moment(&self, word: &Name) -> Option<Moment> {
        let all: Vec<&str> = Moment::ALL.iter().map(|m| m.word()).collect();
        self.word(word, &words!("a moment of truth", "un moment de vérité"), &all, Moment::from_word)
    }

    /// A cell of memory; a counter whose bounds are refused is a hole.
    pub(super) fn resolve_cell(&self, id: CellId, tree: &tree::Cell) -> Cell {
        let kind = match &tree.kind {
            tree::CellKind::Counter(low, high) => self.counter_kind(low, high).unwrap_or_else(|| {
                self.holes.borrow_mut().cells.insert(id);
                CellKind::Counter { low: 0, high: 0 }
            }),
            _ => CellKind::Flag,
        };
        Cell { name: named(&tree.title), kind }
    }

    fn counter_kind(&self, low: &tree::Expr, high: &tree::Expr) -> Option<CellKind> {
        let (from, to) = (self.whole_number(low), self.whole_number(high));
        let (from, to) = (from?, to?);
        if from > to {
            let message = words!("nothing lies between {from} and {to}", "il n'y a rien entre {from} et {to}");
            return self.refuse(
                Diagnostic::new(Code::EmptyRange, low.span.to(high.span), message)
                    .help(words!("write the smaller bound first", "écrivez d'abord la plus petite borne")),
            );
        }
        Some(CellKind::Counter { low: from, high: to })
    }

    /// The facets that every journey has, then the author's own.
    pub(super) fn resolve_facets(&self, declared: &Declared<'_>, lang: Lang) -> Vec<Facet> {
        let built_in = BUILT_IN.iter().map(|f| Facet {
            name: Named { name: f.name.to_owned(), label: f.label(lang).to_owned(), origin: Span::default() },
            words: f.words.iter().map(|w| (*w).to_owned()).collect(),
        });
        let own = declared.facets.iter().map(|(title, words)| {
            for word in words.iter().filter(|w| built_in_word(&w.text).is_some()) {
                self.say(word_of_the_language(word));
            }
            if BUILT_IN.iter().any(|f| f.name == title.name.text) {
                self.say(word_of_the_language(&title.name));
            }
            Facet { name: named(title), words: words.iter().map(|w| w.text.clone()).collect() }
        });
        built_in.chain(own).collect()
    }
}

/// The touchpoints of each stage.
pub(super) fn by_stage(declared: &Declared<'_>) -> Vec<Vec<TouchpointId>> {
    let mut all = vec![Vec::new(); declared.stages.len()];
    for (i, (_, stage)) in declared.touchpoints.iter().enumerate() {
        if let Some(stage) = stage {
            all[StageId::index(*stage)].push(TouchpointId::new(i));
        }
    }
    all
}

/// Where figures come from.
pub(super) fn source((title, url): &(&Title, Option<&tree::Text>)) -> Source {
    let name = Named { name: title.name.text.clone(), label: label(title), origin: title.name.span };
    Source { name, url: url.map(|u| u.text.clone()) }
}

fn excluding(first: &Name, second: &Name) -> Diagnostic {
    if first.text == second.text {
        return repeated(&first.text, first.span, second.span);
    }
    let (a, b) = (&first.text, &second.text);
    Diagnostic::new(Code::RepeatedFact, second.span, words!("`{a}` and `{b}` exclude each other", "`{a}` et `{b}` s'excluent"))
        .label(first.span, words!("said here", "dit ici"))
}

fn word_of_the_language(name: &Name) -> Diagnostic {
    let text = &name.text;
    Diagnostic::new(
        Code::DuplicateName,
        name.span,
        words!("`{text}` is already a word of the language", "`{text}` est déjà un mot du langage"),
    )
    .note(words!(
        "the facets that every journey has: strategic or operational, direct or indirect, human or automated, brand or customer, \
         tracked or hidden, identified",
        "les facettes de tout parcours : strategic ou operational, direct ou indirect, human ou automated, brand ou customer, \
         tracked ou hidden, identified"
    ))
}

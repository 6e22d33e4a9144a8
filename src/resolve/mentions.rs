//! Which names the journey mentions beside declaring them.

use super::declared::{Declared, named};
use super::load::Files;
use super::names::{Names, Symbol};
use crate::diagnostics::Sources;
use crate::model::{Named, ParamId, SourceId, Unmentioned};
use crate::syntax::tree::{ItemKind, Title};
use std::cell::RefCell;
use std::collections::HashSet;

/// The names that have been looked up so far, in the base and in scenarios.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    names: RefCell<HashSet<Symbol>>,
    sources: RefCell<HashSet<SourceId>>,
}

impl Mentions {
    /// Something is mentioned by its name.
    pub(super) fn name(&self, what: Symbol) {
        self.names.borrow_mut().insert(what);
    }

    /// A source is cited.
    pub(super) fn source(&self, source: SourceId) {
        self.sources.borrow_mut().insert(source);
    }

    /// What an exam speaks of: its block is taken whole, so every word of it counts.
    pub(super) fn read_exams(&self, files: &Files, sources: &Sources, names: &Names<'_>) {
        for item in files.items().filter(|item| matches!(item.kind, ItemKind::Exam(_))) {
            let words = sources.text(item.span).split(|c: char| !c.is_alphanumeric() && c != '_');
            words.filter_map(|word| names.all.get(word)).for_each(|(what, _)| self.name(what));
        }
    }

    /// The declared figures and sources that nothing mentions.
    pub(super) fn unmentioned(&self, declared: &Declared<'_>) -> Unmentioned {
        let (names, sources) = (self.names.borrow(), self.sources.borrow());
        let left = |titles: &mut dyn Iterator<Item = (bool, &Title)>| -> Vec<Named> {
            titles.filter(|(mentioned, _)| !mentioned).map(|(_, title)| named(title)).collect()
        };
        let params = declared.params.iter().enumerate();
        let laws = declared.laws.iter().enumerate();
        let cited = declared.sources.iter().enumerate();
        Unmentioned {
            params: left(&mut params.map(|(i, p)| (names.contains(&Symbol::Param(ParamId::new(i))), p.title))),
            laws: left(&mut laws.map(|(i, (title, _))| (names.contains(&Symbol::Law(i)), *title))),
            sources: left(&mut cited.map(|(i, (title, _))| (sources.contains(&SourceId::new(i)), *title))),
        }
    }
}

//! Names: one space for all that figures, guards and measures mention; sources, scenarios, consents and exams have their own.

use super::declared::Declared;
use super::facets::BUILT_IN;
use super::lookalikes;
use super::unavailable::Later;
use crate::diagnostics::{Code, Diagnostic, Label, Span, keep};
use crate::locale::Words;
use crate::model::{
    ArrivalId, CellId, ChannelId, EndId, FacetId, GoalId, KpiId, ParamId, PersonaId, ScenarioId, SegmentId, SourceId, StageId,
    TouchpointId,
};
use crate::syntax::tree::{CellKind, Name};
use crate::words;
use std::cell::Cell;
use std::collections::HashMap;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Symbol {
    Persona(PersonaId),
    Segment(SegmentId),
    Channel(ChannelId),
    Stage(StageId),
    Touchpoint(TouchpointId),
    Goal(GoalId),
    End(EndId),
    Param(ParamId),
    /// A law, by its place among the laws.
    Law(usize),
    Flag(CellId),
    Counter(CellId),
    Facet(FacetId),
    /// A word of an author's own facet.
    Word(FacetId, usize),
    Kpi(KpiId),
    Arrival(ArrivalId),
    Later(Later),
}

impl Symbol {
    /// What messages call it.
    pub(super) fn kind(self) -> Words {
        match self {
            Self::Persona(_) => words!("a persona", "un persona"),
            Self::Segment(_) => words!("a segment", "un segment"),
            Self::Channel(_) => words!("a channel", "un canal"),
            Self::Stage(_) => words!("a stage", "une étape"),
            Self::Touchpoint(_) => words!("a touchpoint", "un point de contact"),
            Self::Goal(_) => words!("a goal", "un objectif"),
            Self::End(_) => words!("an end", "une fin"),
            Self::Param(_) => words!("a param", "un paramètre"),
            Self::Law(_) => words!("a law", "une loi"),
            Self::Flag(_) => words!("a flag", "un drapeau"),
            Self::Counter(_) => words!("a counter", "un compteur"),
            Self::Facet(_) => words!("a facet", "une facette"),
            Self::Word(..) => words!("a word of a facet", "un mot d'une facette"),
            Self::Kpi(_) => words!("a kpi", "un kpi"),
            Self::Arrival(_) => words!("an arrival", "une arrivée"),
            Self::Later(later) => later.kind(),
        }
    }
}

/// A name space.
#[derive(Debug)]
pub(super) struct Space<'a, T>(HashMap<&'a str, Entry<T>>);

/// What a name of a space stands for.
#[derive(Debug)]
struct Entry<T> {
    what: T,
    declared: Span,
    used: Cell<bool>,
}

impl<T> Default for Space<'_, T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<'a, T: Copy> Space<'a, T> {
    /// Gives a name to something; false if it has been given before.
    fn declare(&mut self, name: &'a Name, what: T, found: &mut Vec<Diagnostic>) -> bool {
        if let Some(first) = self.0.get(name.text.as_str()) {
            // One message is enough: which of the two would have been used, nobody knows.
            first.used.set(true);
            keep(found, duplicate(name, first.declared));
            return false;
        }
        self.0.insert(&name.text, Entry { what, declared: name.span, used: Cell::new(false) });
        true
    }

    /// What a name stands for, and where it is declared. To ask is to use it.
    pub(super) fn get(&self, name: &str) -> Option<(T, Span)> {
        let entry = self.0.get(name)?;
        entry.used.set(true);
        Some((entry.what, entry.declared))
    }

    /// Where a name is declared that nothing has used.
    pub(super) fn unused(&self, name: &str) -> Option<Span> {
        self.0.get(name).filter(|entry| !entry.used.get()).map(|entry| entry.declared)
    }

    /// The names of those that `right` accepts, in the order in which they are declared.
    pub(super) fn in_order(&self, right: impl Fn(T) -> bool) -> Vec<&'a str> {
        let mut names: Vec<_> =
            self.0.iter().filter(|(_, entry)| right(entry.what)).map(|(name, entry)| (entry.declared, *name)).collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// The names of those that `right` accepts.
    pub(super) fn names(&self, right: impl Fn(T) -> bool) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(_, entry)| right(entry.what)).map(|(name, _)| *name)
    }
}

/// All names of a journey.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    pub(super) all: Space<'a, Symbol>,
    /// What was declared under a name that was taken: a name that is unknown elsewhere may have been meant for it.
    pub(super) nameless: Vec<Symbol>,
    pub(super) sources: Space<'a, SourceId>,
    pub(super) scenarios: Space<'a, ScenarioId>,
}

impl Names<'_> {
    /// Of an unknown name with a near one that nothing uses: it may be the other that is misspelled. Shows where.
    pub(super) fn point_at_unused(&self, diagnostic: &mut Diagnostic) {
        if !matches!(diagnostic.code, Code::UnknownName | Code::UnknownWord) {
            return;
        }
        let place = diagnostic.span();
        let near = diagnostic.help.iter().filter_map(|help| help.edit.as_ref()).find(|edit| edit.span == place);
        let Some(near) = near.map(|edit| edit.replacement.clone()) else { return };
        let unused = self.all.unused(&near).or_else(|| self.sources.unused(&near)).or_else(|| self.scenarios.unused(&near));
        if let Some(span) = unused {
            let text = words!("declared as `{near}`, which nothing uses", "déclaré `{near}`, que rien n'utilise");
            diagnostic.labels.push(Label { span, text });
        }
    }
}

/// Enters all names. Says which are given twice, showing both places; the first keeps the name.
pub(super) fn enter<'a>(declared: &Declared<'a>, found: &mut Vec<Diagnostic>) -> Names<'a> {
    let mut names = Names::default();
    let mut pending: Vec<(&'a Name, Symbol)> = Vec::new();
    let mut add = |name: &'a Name, symbol| pending.push((name, symbol));
    for (i, persona) in declared.personas.iter().enumerate() {
        add(&persona.title.name, Symbol::Persona(PersonaId::new(i)));
    }
    for (i, (title, _)) in declared.segments.iter().enumerate() {
        add(&title.name, Symbol::Segment(SegmentId::new(i)));
    }
    for (i, channel) in declared.channels.iter().enumerate() {
        add(&channel.title.name, Symbol::Channel(ChannelId::new(i)));
    }
    for (i, stage) in declared.stages.iter().enumerate() {
        add(&stage.title.name, Symbol::Stage(StageId::new(i)));
    }
    for (i, (touchpoint, _)) in declared.touchpoints.iter().enumerate() {
        add(&touchpoint.title.name, Symbol::Touchpoint(TouchpointId::new(i)));
    }
    for (i, title) in declared.goals.iter().enumerate() {
        add(&title.name, Symbol::Goal(GoalId::new(i)));
    }
    for (i, (title, _)) in declared.ends.iter().enumerate() {
        add(&title.name, Symbol::End(EndId::new(i)));
    }
    for (i, param) in declared.params.iter().enumerate() {
        add(&param.title.name, Symbol::Param(ParamId::new(i)));
    }
    for (i, (title, _)) in declared.laws.iter().enumerate() {
        add(&title.name, Symbol::Law(i));
    }
    for (i, cell) in declared.cells.iter().enumerate() {
        let id = CellId::new(i);
        let symbol = if matches!(cell.kind, CellKind::Flag) { Symbol::Flag(id) } else { Symbol::Counter(id) };
        add(&cell.title.name, symbol);
    }
    for (i, (title, words)) in declared.facets.iter().enumerate() {
        let id = FacetId::new(BUILT_IN.len() + i);
        add(&title.name, Symbol::Facet(id));
        for (place, word) in words.iter().enumerate() {
            add(word, Symbol::Word(id, place));
        }
    }
    for (i, kpi) in declared.kpis.iter().enumerate() {
        add(&kpi.title.name, Symbol::Kpi(KpiId::new(i)));
    }
    for (i, arrive) in declared.arrivals.iter().enumerate() {
        if let Some(title) = &arrive.title {
            add(&title.name, Symbol::Arrival(ArrivalId::new(i)));
        }
    }
    for (title, what) in &declared.later {
        add(&title.name, Symbol::Later(*what));
    }
    pending.sort_by_key(|(name, _)| (name.span.file, name.span.start));
    lookalikes::tell(pending.iter().map(|(name, _)| *name), found);
    for (name, symbol) in pending {
        if !names.all.declare(name, symbol, found) {
            names.nameless.push(symbol);
        }
    }
    for (i, (title, _)) in declared.sources.iter().enumerate() {
        names.sources.declare(&title.name, SourceId::new(i), found);
    }
    for (i, scenario) in declared.scenarios.iter().enumerate() {
        names.scenarios.declare(&scenario.title.name, ScenarioId::new(i), found);
    }
    let exams = declared.exams.iter().map(|exam| &exam.title).collect();
    for titles in [&declared.consents, &exams] {
        let mut own = Space::default();
        for title in titles {
            own.declare(&title.name, (), found);
        }
    }
    names
}

fn duplicate(name: &Name, first: Span) -> Diagnostic {
    let text = &name.text;
    Diagnostic::new(
        Code::DuplicateName,
        name.span,
        words!("the name `{text}` is given twice", "le nom `{text}` est donné deux fois"),
    )
    .here(words!("given again here", "redonné ici"))
    .label(first, words!("first given here", "donné d'abord ici"))
    .help(words!("give one of them another name", "donnez un autre nom à l'un des deux"))
}

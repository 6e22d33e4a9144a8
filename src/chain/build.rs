//! The enumeration: breadth first, from the entries on, persona by persona.

use super::memory::{Carried, Memory, Slot};
use super::successors::Successors;
use super::tables::probability;
use super::{Branch, Chain, Entry, From, State, proofs, seen};
use crate::diagnostics::{Code, Diagnostic, has_errors};
use crate::limits::MOST_STATES;
use crate::locale::{Lang, integer};
use crate::model::{ArrivalId, Model, PersonaId, Target, TouchpointId};
use crate::words;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::collections::{BTreeSet, HashMap};

/// The chain of a model.
///
/// # Errors
/// Findings about what customers can really come into: figures that do not add up for some persona and memory, guards that
/// overlap, no way to an end, too many states. Warnings (what is never reached) are given beside the chain.
pub fn build(model: &Model) -> (Option<Chain>, Vec<Diagnostic>) {
    let mut builder = Builder::new(model);
    let complete = builder.enumerate();
    let Builder { mut successors, memories, states, first_branch, branches, entries, persona_shares, .. } = builder;
    let mut diagnostics = std::mem::take(&mut successors.trouble.diagnostics);
    if !complete {
        return (None, diagnostics);
    }
    let may_miss_a_branch = successors.trouble.short;
    let sound = !has_errors(&diagnostics);
    if sound {
        seen::check(&successors, &states, &memories, &mut diagnostics);
    }
    let carried = Carried { slots: successors.layout.into_slots(), memories };
    let tables = successors.tables;
    let chain = Chain {
        states,
        first_branch,
        branches,
        entries,
        visits: tables.visits,
        leaves: tables.leaves,
        probabilities: tables.probabilities,
        flows: tables.flows,
        personas: persona_shares.into_iter().map(probability).collect(),
        ends: model.ends.len(),
        carried,
    };
    if !may_miss_a_branch {
        proofs::never_happens(model, &chain, &mut diagnostics);
    }
    if sound {
        proofs::never_ends(model, &chain, &mut diagnostics);
    }
    let sound = !has_errors(&diagnostics);
    (sound.then_some(chain), diagnostics)
}

struct Builder<'m> {
    successors: Successors<'m>,
    memories: Vec<Memory>,
    memory_ids: HashMap<Memory, u32>,
    /// Of the persona in work: touchpoint and memory on arriving → state.
    met: HashMap<(TouchpointId, u32), u32>,
    /// Of the persona in work: touchpoint, memory once updated, visit → state.
    known: HashMap<(TouchpointId, u32, u32), u32>,
    states: Vec<State>,
    first_branch: Vec<u32>,
    branches: Vec<Branch>,
    entries: Vec<Entry>,
    persona_shares: Vec<BigRational>,
}

/// Ends stand after all states, whose number is not known while building: until then they are counted from the top.
const FIRST_END: u32 = u32::MAX;

impl<'m> Builder<'m> {
    fn new(model: &'m Model) -> Self {
        Self {
            successors: Successors::new(model),
            memories: Vec::new(),
            memory_ids: HashMap::new(),
            met: HashMap::new(),
            known: HashMap::new(),
            states: Vec::new(),
            first_branch: vec![0],
            branches: Vec::new(),
            entries: Vec::new(),
            persona_shares: vec![BigRational::zero(); model.personas.len()],
        }
    }

    /// Visits every reachable state; false if there are too many.
    fn enumerate(&mut self) -> bool {
        let model = self.successors.model;
        let total: BigRational = model.arrivals.iter().map(|a| a.number.clone()).sum();
        if !total.is_positive() {
            return false;
        }
        for persona in (0..model.personas.len()).map(PersonaId::new) {
            self.met.clear();
            self.known.clear();
            for arrival in (0..model.arrivals.len()).map(ArrivalId::new) {
                let a = &model.arrivals[arrival.index()];
                let Some((_, share)) = a.personas.iter().find(|(p, _)| *p == persona) else { continue };
                if !share.is_positive() || !a.number.is_positive() {
                    continue;
                }
                let weight = share * &a.number / &total;
                self.persona_shares[persona.index()] += &weight;
                if !self.enter(persona, arrival, &weight) {
                    return false;
                }
            }
            if !self.follow(persona) {
                return false;
            }
        }
        self.settle_ends();
        true
    }

    /// The entries of one persona by one arrival; false if there are too many.
    fn enter(&mut self, persona: PersonaId, arrival: ArrivalId, weight: &BigRational) -> bool {
        let from = From::Arrival(arrival);
        if self.carried_by_some(persona) > MOST_STATES.ilog2() {
            self.too_many_starts(persona);
            return false;
        }
        for (memory, share) in self.starts(persona) {
            for (index, p) in self.successors.open(persona, from, &memory) {
                let mut memory = memory.clone();
                let leave = self.successors.leave(persona, from, index);
                let target = self.successors.depart(persona, from, index, &mut memory);
                let to = self.row(persona, target, memory);
                let probability = &self.successors.tables.probabilities[p as usize].exact * weight * &share;
                let probability = self.successors.tables.probability(&probability);
                self.entries.push(Entry { arrival, persona, to, probability, leave });
                if self.entries.len() > MOST_STATES {
                    self.too_many();
                    return false;
                }
            }
        }
        true
    }

    /// How many flags that are kept some customers of a persona carry from the start, and some do not: each doubles the ways
    /// to start.
    fn carried_by_some(&self, persona: PersonaId) -> u32 {
        let has = self.successors.model.personas[persona.index()].has.iter();
        let kept = has.filter(|(cell, share)| self.successors.layout.keeps(*cell) && share.is_positive() && !share.is_one());
        u32::try_from(kept.count()).unwrap_or(u32::MAX)
    }

    fn too_many_starts(&mut self, persona: PersonaId) {
        let (flags, name) = (self.carried_by_some(persona), &self.successors.model.personas[persona.index()].name);
        let (text, origin) = (&name.name, name.origin);
        let (en, fr) = (integer(MOST_STATES as f64, Lang::En), integer(MOST_STATES as f64, Lang::Fr));
        let diagnostic = Diagnostic::new(
            Code::TooManyStates,
            origin,
            words!("`{text}` may start in more than {en} ways", "`{text}` peut commencer de plus de {fr} façons"),
        )
        .note(words!(
            "{flags} flags that guards read are carried by some from the start: each doubles the ways",
            "{flags} drapeaux que lisent des conditions sont portés par certains dès le départ : chacun double les façons"
        ))
        .help(words!(
            "drop some of these `has`, or the guards that read them",
            "retirez certains de ces `has`, ou les conditions qui les lisent"
        ));
        self.successors.trouble.say(origin, diagnostic);
    }

    /// What a persona may carry from the start, with the share that does: each flag by its share, independently.
    fn starts(&self, persona: PersonaId) -> Vec<(Memory, BigRational)> {
        let (model, layout) = (self.successors.model, &self.successors.layout);
        let mut starts = vec![(layout.start(model), BigRational::one())];
        for (cell, share) in model.personas[persona.index()].has.iter().filter(|(cell, _)| layout.keeps(*cell)) {
            let with = starts.iter().map(|(memory, weight)| {
                let mut memory = memory.clone();
                layout.set(*cell, &mut memory, true);
                (memory, weight * share)
            });
            let with: Vec<_> = with.collect();
            let rest = BigRational::one() - share;
            starts.iter_mut().for_each(|(_, weight)| *weight = &*weight * &rest);
            starts.extend(with);
            starts.retain(|(_, weight)| weight.is_positive());
        }
        starts
    }

    /// Gives every state of a persona its branches, meeting new states on the way; false if there are too many.
    fn follow(&mut self, persona: PersonaId) -> bool {
        while self.first_branch.len() <= self.states.len() {
            let state = self.states[self.first_branch.len() - 1];
            let from = From::Touchpoint(state.touchpoint);
            let memory = self.memories[state.memory as usize].clone();
            for (index, probability) in self.successors.open(persona, from, &memory) {
                let mut memory = memory.clone();
                let leave = self.successors.leave(persona, from, index);
                let target = self.successors.depart(persona, from, index, &mut memory);
                let to = self.row(persona, target, memory);
                self.branches.push(Branch { to, probability, leave });
            }
            self.first_branch.push(self.branches.len() as u32);
            if self.states.len() > MOST_STATES {
                self.too_many();
                return false;
            }
        }
        true
    }

    /// The row that a customer comes to, carrying `memory` on the way there.
    fn row(&mut self, persona: PersonaId, target: Target, mut memory: Memory) -> u32 {
        let touchpoint = match target {
            Target::End(end) => return FIRST_END - end.0,
            Target::Touchpoint(touchpoint) => touchpoint,
        };
        let before = self.memory_id(&memory);
        if let Some(state) = self.met.get(&(touchpoint, before)) {
            return *state;
        }
        let visit = self.successors.arrive(persona, touchpoint, &mut memory);
        let after = self.memory_id(&memory);
        let state = *self.known.entry((touchpoint, after, visit)).or_insert_with(|| {
            self.states.push(State { persona, touchpoint, memory: after, visit });
            self.states.len() as u32 - 1
        });
        self.met.insert((touchpoint, before), state);
        state
    }

    fn memory_id(&mut self, memory: &Memory) -> u32 {
        if let Some(id) = self.memory_ids.get(memory) {
            return *id;
        }
        let id = self.memories.len() as u32;
        self.memories.push(memory.clone());
        self.memory_ids.insert(memory.clone(), id);
        id
    }

    /// Moves the ends to the rows right after the states.
    fn settle_ends(&mut self) {
        let states = self.states.len() as u32;
        let settle = |to: &mut u32| {
            if *to >= states {
                *to = states + (FIRST_END - *to);
            }
        };
        self.branches.iter_mut().for_each(|b| settle(&mut b.to));
        self.entries.iter_mut().for_each(|e| settle(&mut e.to));
    }

    fn too_many(&mut self) {
        let model = self.successors.model;
        let mut kinds: Vec<(usize, usize)> = (0..self.successors.layout.slots().len())
            .map(|slot| (self.memories.iter().map(|m| m[slot]).collect::<BTreeSet<_>>().len(), slot))
            .collect();
        kinds.sort_by_key(|(values, slot)| (std::cmp::Reverse(*values), *slot));
        let named = |slot: usize| match self.successors.layout.slots()[slot] {
            Slot::Cell(c) => &model.memory[c.index()].name,
            Slot::Visited(t) => &model.touchpoints[t.index()].name,
            Slot::Reached(g) => &model.goals[g.index()].name,
        };
        let (personas, touchpoints) = (model.personas.len(), model.touchpoints.len());
        let (en, fr) = (integer(MOST_STATES as f64, Lang::En), integer(MOST_STATES as f64, Lang::Fr));
        let memories = self.memories.len();
        let origin = kinds.first().map_or(model.name.origin, |(_, slot)| named(*slot).origin);
        let list: Vec<String> =
            kinds.iter().take(5).map(|(values, slot)| format!("`{}` × {values}", named(*slot).name)).collect();
        let list = list.join(", ");
        let mut diagnostic = Diagnostic::new(
            Code::TooManyStates,
            origin,
            words!("this journey has more than {en} states", "ce parcours a plus de {fr} états"),
        )
        .here(words!("the memory that multiplies most", "la mémoire qui multiplie le plus"))
        .note(words!(
            "personas: {personas}; touchpoints: {touchpoints}; different memories met so far: {memories}",
            "personas : {personas} ; points de contact : {touchpoints} ; mémoires différentes rencontrées jusqu'ici : {memories}"
        ));
        if !list.is_empty() {
            diagnostic = diagnostic.note(words!("values met: {list}", "valeurs rencontrées : {list}"));
        }
        let diagnostic = diagnostic.help(words!(
            "narrow a counter, or drop a guard that reads one of them: what no guard reads costs no state",
            "resserrez un compteur, ou retirez une condition qui lit l'un d'eux : ce qu'aucune condition ne lit ne coûte aucun état"
        ));
        self.successors.trouble.say(origin, diagnostic);
    }
}

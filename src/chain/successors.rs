//! What happens at one (persona, touchpoint, memory): the visit, and the branches that are open.

use super::memory::{Layout, Memory};
use super::tables::Tables;
use super::trouble::{Trouble, Where};
use super::{Flow, From, Leave, Rewards, Visit};
use crate::model::{Branch, Effects, GoalId, Guarded, Law, Model, PerPersona, PersonaId, Share, Target, TouchpointId, Update};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::collections::HashMap;

/// A branch that is open in a state: its place among the branches of its touchpoint or arrival, and its probability.
pub(super) type Open = (usize, u32);

/// Computes visits and branches, remembering what it has computed: both depend on memory only through the guards that hold.
#[derive(Debug)]
pub(super) struct Successors<'m> {
    pub(super) model: &'m Model,
    pub(super) layout: Layout,
    pub(super) tables: Tables,
    pub(super) trouble: Trouble<'m>,
    /// By place, persona and the guards that hold there: the branches that are open.
    pub(super) rows: HashMap<(From, PersonaId, Vec<bool>), Vec<Open>>,
    leaves: HashMap<(From, usize, PersonaId), u32>,
}

impl<'m> Successors<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self {
            model,
            layout: Layout::new(model),
            tables: Tables::default(),
            trouble: Trouble::new(model),
            rows: HashMap::new(),
            leaves: HashMap::new(),
        }
    }

    /// Meets a touchpoint: updates `memory`, reaches goals, and gives the visit.
    pub(super) fn arrive(&mut self, persona: PersonaId, id: TouchpointId, memory: &mut Memory) -> u32 {
        let model = self.model;
        let touchpoint = &model.touchpoints[id.index()];
        for update in self.updates(persona, id, memory) {
            self.layout.update(model, update, persona, memory);
        }
        self.layout.visit(id, memory);
        let reaches = self.reaches(persona, id, memory);
        self.layout.reach(&reaches, memory);
        let at = Where { persona, from: From::Touchpoint(id), memory };
        let mut one = |lines: &'m [Guarded<PerPersona<Law>>]| {
            self.trouble.one(&self.layout, at, lines).map(|l| l.value.of(persona).clone())
        };
        let mut costs: Vec<Law> = model.channels[touchpoint.channel.index()].cost.iter().map(|c| c.of(persona).clone()).collect();
        costs.extend(one(&touchpoint.costs));
        costs.retain(|law| !law.is_zero());
        let takes = one(&touchpoint.takes).unwrap_or_else(Law::zero);
        let effort = one(&touchpoint.efforts);
        let earns = self.trouble.one(&self.layout, at, &touchpoint.earns);
        let feel = self.trouble.one(&self.layout, at, &touchpoint.feels);
        let mut surveys = Vec::new();
        for survey in crate::model::Survey::ALL {
            let lines = touchpoint.surveys.iter().filter(|l| l.value.0 == *survey);
            surveys.extend(self.trouble.one_of(&self.layout, at, lines).map(|l| (*survey, l.value.1.of(persona).clone())));
        }
        let rewards = Rewards {
            costs,
            earns: earns.map(|l| (l.value.amount.of(persona).clone(), l.value.margin.of(persona).clone())),
            feel: feel.map(|l| l.value.of(persona).value.clone()),
        };
        self.tables.visit(Visit { touchpoint: id, reaches, rewards, effort, surveys, takes })
    }

    /// The updates that hold, which read memory as the customer came, in the order of the text.
    fn updates(&mut self, persona: PersonaId, id: TouchpointId, memory: &Memory) -> Vec<&'m Update> {
        let at = Where { persona, from: From::Touchpoint(id), memory };
        let same = |a: &Update, b: &Update| match (a, b) {
            (Update::Flag(x, v), Update::Flag(y, w)) => x == y && v == w,
            (Update::Add(x, _), Update::Add(y, _)) => x == y,
            _ => false,
        };
        let chosen = self.trouble.each(&self.layout, at, &self.model.touchpoints[id.index()].updates, same);
        chosen.into_iter().filter(|u| self.layout.keeps(u.cell())).collect()
    }

    /// The goals reached on arriving; guards read memory as updated, goals of this visit aside.
    fn reaches(&mut self, persona: PersonaId, id: TouchpointId, memory: &Memory) -> Vec<GoalId> {
        let at = Where { persona, from: From::Touchpoint(id), memory };
        let lines = &self.model.touchpoints[id.index()].reaches;
        self.trouble.each(&self.layout, at, lines, |a, b| a == b).into_iter().copied().collect()
    }

    /// The open branches with a probability above zero, in the order of the text; they sum to one.
    pub(super) fn open(&mut self, persona: PersonaId, from: From, memory: &Memory) -> Vec<Open> {
        let branches = self.branches(from);
        let holds: Vec<bool> =
            branches.iter().map(|b| b.guard.as_ref().is_none_or(|c| self.layout.holds(&c.guard, memory))).collect();
        let key = (from, persona, holds);
        if let Some(row) = self.rows.get(&key) {
            return row.clone();
        }
        let at = Where { persona, from, memory };
        let row = self.share_out(at, branches, &key.2);
        self.rows.insert(key, row.clone());
        row
    }

    /// The branches written at a touchpoint or an arrival.
    pub(super) fn branches(&self, from: From) -> &'m [Branch] {
        match from {
            From::Arrival(id) => &self.model.arrivals[id.index()].branches,
            From::Touchpoint(id) => &self.model.touchpoints[id.index()].branches,
        }
    }

    /// Shares the customers out over the branches whose guards hold; says so if that cannot be done.
    pub(super) fn share_out(&mut self, at: Where<'_>, branches: &'m [Branch], holds: &[bool]) -> Vec<Open> {
        let open: Vec<usize> = (0..branches.len()).filter(|b| holds[*b]).collect();
        if let ([only], Share::Lone) = (open.as_slice(), open.first().map_or(&Share::Otherwise, |b| &branches[*b].share)) {
            return vec![(*only, self.tables.probability(&BigRational::one()))];
        }
        let (mut sum, mut whole) = (BigRational::zero(), true);
        let mut figures: Vec<(usize, BigRational)> = Vec::new();
        for b in &open {
            match &branches[*b].share {
                Share::Figure(figure) => {
                    sum += figure.of(at.persona);
                    figures.push((*b, figure.of(at.persona).clone()));
                }
                Share::Lone => {
                    self.trouble.missing_share(branches, *b);
                    whole = false;
                }
                Share::Otherwise => {}
            }
        }
        let rest = BigRational::one() - &sum;
        match self.otherwise(at, branches, &open) {
            Some(b) if !rest.is_negative() => figures.push((b, rest)),
            None if rest.is_zero() => {}
            // A branch without a share has been spoken of; what is missing may be there.
            _ if !whole => {}
            other => self.trouble.sum(&self.layout, at, branches, &figures, &sum, other.is_some()),
        }
        figures.sort_by_key(|(b, _)| *b);
        figures.retain(|(_, p)| p.is_positive());
        figures.iter().map(|(b, p)| (*b, self.tables.probability(p))).collect()
    }

    /// The one `otherwise` that counts: a guarded one beats a plain one.
    fn otherwise(&mut self, at: Where<'_>, branches: &'m [Branch], open: &[usize]) -> Option<usize> {
        let of = |guarded: bool| {
            let here = open.iter().copied().filter(move |b| branches[*b].share == Share::Otherwise);
            here.filter(move |b| branches[*b].guard.is_some() == guarded)
        };
        for guarded in [true, false] {
            let mut found = of(guarded);
            if let Some(first) = found.next() {
                if let Some(second) = found.next() {
                    self.trouble.two_otherwise(&self.layout, at, &branches[first], &branches[second]);
                }
                return Some(first);
            }
        }
        None
    }

    /// What happens on leaving by a branch, goals and memory apart.
    pub(super) fn leave(&mut self, persona: PersonaId, from: From, index: usize) -> u32 {
        if let Some(id) = self.leaves.get(&(from, index, persona)) {
            return *id;
        }
        let branch = &self.branches(from)[index];
        let Effects { reaches, cost, earns, feel, .. } = &branch.effects;
        let mut costs = Vec::new();
        if let From::Arrival(id) = from {
            costs.push(Law::constant(self.model.arrivals[id.index()].cost_each.clone()));
        }
        costs.extend(cost.iter().map(|c| c.of(persona).clone()));
        costs.retain(|law| !law.is_zero());
        let leave = Leave {
            flow: self.tables.flow(Flow { from, to: branch.to }),
            reaches: reaches.clone(),
            rewards: Rewards {
                costs,
                earns: earns.as_ref().map(|e| (e.amount.of(persona).clone(), e.margin.of(persona).clone())),
                feel: feel.as_ref().map(|f| f.of(persona).value.clone()),
            },
            after: branch.after.as_ref().map_or_else(Law::zero, |a| a.of(persona).clone()),
        };
        let id = self.tables.leave(leave);
        self.leaves.insert((from, index, persona), id);
        id
    }

    /// Leaves by a branch: updates memory, and says where it leads.
    pub(super) fn depart(&self, persona: PersonaId, from: From, index: usize, memory: &mut Memory) -> Target {
        let branch = &self.branches(from)[index];
        for update in &branch.effects.updates {
            self.layout.update(self.model, update, persona, memory);
        }
        self.layout.reach(&branch.effects.reaches, memory);
        branch.to
    }
}

//! What a customer carries, laid out flat: only what some guard reads.

use crate::model::{CellId, CellKind, GoalId, Guard, Model, PersonaId, TouchpointId, Update};
use crate::syntax::tree::Comparison;
use std::collections::{BTreeSet, HashMap};

/// What one customer carries: a number per slot (0 or 1 for flags, visits and goals).
pub(super) type Memory = Box<[i32]>;

/// Where in a [`Memory`] a fact is kept. What no guard reads is not kept: it could only multiply states.
#[derive(Debug)]
pub(super) struct Layout {
    cells: HashMap<CellId, usize>,
    visited: HashMap<TouchpointId, usize>,
    reached: HashMap<GoalId, usize>,
    slots: Vec<Slot>,
}

/// What a slot keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The content of a cell of memory: a counter's number, 1 for a flag that is set.
    Cell(CellId),
    /// 1 once the touchpoint has been met.
    Visited(TouchpointId),
    /// 1 once the goal has been reached.
    Reached(GoalId),
}

/// What customers carry, memory by memory.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// What the numbers of a memory are: only what some guard reads.
    pub slots: Vec<Slot>,
    /// The memories met, a number per slot; [`super::State::memory`] is a place in this list.
    pub memories: Vec<Box<[i32]>>,
}

impl Carried {
    /// A memory in the author's words: `coupon`, `contacts = 3`, `visited(text)`; what has its first value is left out.
    #[must_use]
    pub fn describe(&self, model: &Model, memory: u32) -> Vec<String> {
        self.memories.get(memory as usize).map_or_else(Vec::new, |memory| describe(model, &self.slots, memory))
    }
}

impl Layout {
    /// The slots that the guards of a model read.
    pub(super) fn new(model: &Model) -> Self {
        let mut layout = Self { cells: HashMap::new(), visited: HashMap::new(), reached: HashMap::new(), slots: Vec::new() };
        for condition in model.conditions() {
            layout.keep(&condition.guard);
        }
        layout
    }

    /// Where the facts are kept that a guard reads.
    pub(super) fn read_by(&self, guard: &Guard, slots: &mut BTreeSet<usize>) {
        match guard {
            Guard::Flag(cell) | Guard::Counter(cell, ..) => _ = slots.insert(self.cells[cell]),
            Guard::Visited(touchpoint) => _ = slots.insert(self.visited[touchpoint]),
            Guard::Reached(goal) => _ = slots.insert(self.reached[goal]),
            Guard::Not(inner) => self.read_by(inner, slots),
            Guard::And(a, b) | Guard::Or(a, b) => {
                self.read_by(a, slots);
                self.read_by(b, slots);
            }
        }
    }

    fn keep(&mut self, guard: &Guard) {
        let next = self.slots.len();
        match guard {
            Guard::Flag(cell) | Guard::Counter(cell, ..) => {
                if *self.cells.entry(*cell).or_insert(next) == next {
                    self.slots.push(Slot::Cell(*cell));
                }
            }
            Guard::Visited(touchpoint) => {
                if *self.visited.entry(*touchpoint).or_insert(next) == next {
                    self.slots.push(Slot::Visited(*touchpoint));
                }
            }
            Guard::Reached(goal) => {
                if *self.reached.entry(*goal).or_insert(next) == next {
                    self.slots.push(Slot::Reached(*goal));
                }
            }
            Guard::Not(inner) => self.keep(inner),
            Guard::And(a, b) | Guard::Or(a, b) => {
                self.keep(a);
                self.keep(b);
            }
        }
    }

    /// What the slots keep, in their order.
    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Whether a cell is kept at all.
    pub(super) fn keeps(&self, cell: CellId) -> bool {
        self.cells.contains_key(&cell)
    }

    /// What a customer carries before anything has happened: flags clear, counters low.
    pub(super) fn start(&self, model: &Model) -> Memory {
        self.slots.iter().map(|slot| first(model, *slot)).collect()
    }

    /// Whether a guard holds.
    pub(super) fn holds(&self, guard: &Guard, memory: &Memory) -> bool {
        match guard {
            Guard::Flag(cell) => memory[self.cells[cell]] != 0,
            Guard::Counter(cell, comparison, limit) => compare(memory[self.cells[cell]], *comparison, *limit),
            Guard::Visited(touchpoint) => memory[self.visited[touchpoint]] != 0,
            Guard::Reached(goal) => memory[self.reached[goal]] != 0,
            Guard::Not(inner) => !self.holds(inner, memory),
            Guard::And(a, b) => self.holds(a, memory) && self.holds(b, memory),
            Guard::Or(a, b) => self.holds(a, memory) || self.holds(b, memory),
        }
    }

    /// Sets or clears a flag that is kept.
    pub(super) fn set(&self, cell: CellId, memory: &mut Memory, value: bool) {
        if let Some(slot) = self.cells.get(&cell) {
            memory[*slot] = i32::from(value);
        }
    }

    /// Applies an update; a counter stays within its bounds.
    pub(super) fn update(&self, model: &Model, update: &Update, persona: PersonaId, memory: &mut Memory) {
        match update {
            Update::Flag(cell, value) => self.set(*cell, memory, *value),
            Update::Add(cell, by) => {
                let (Some(slot), CellKind::Counter { low, high }) = (self.cells.get(cell), model.memory[cell.index()].kind)
                else {
                    return;
                };
                memory[*slot] = memory[*slot].saturating_add(*by.of(persona)).clamp(low, high);
            }
        }
    }

    /// Remembers that a touchpoint has been met.
    pub(super) fn visit(&self, touchpoint: TouchpointId, memory: &mut Memory) {
        if let Some(slot) = self.visited.get(&touchpoint) {
            memory[*slot] = 1;
        }
    }

    /// Remembers that goals have been reached.
    pub(super) fn reach(&self, goals: &[GoalId], memory: &mut Memory) {
        for slot in goals.iter().filter_map(|g| self.reached.get(g)) {
            memory[*slot] = 1;
        }
    }

    /// The contents of a memory in the author's words, see [`Carried::describe`].
    pub(super) fn describe(&self, model: &Model, memory: &Memory) -> Vec<String> {
        describe(model, &self.slots, memory)
    }

    /// What the slots keep, for those who read memories later.
    pub(super) fn into_slots(self) -> Vec<Slot> {
        self.slots
    }
}

/// What a slot holds before anything has happened: flags clear, counters low.
fn first(model: &Model, slot: Slot) -> i32 {
    match slot {
        Slot::Cell(cell) => match model.memory[cell.index()].kind {
            CellKind::Flag => 0,
            CellKind::Counter { low, .. } => low,
        },
        Slot::Visited(_) | Slot::Reached(_) => 0,
    }
}

fn describe(model: &Model, slots: &[Slot], memory: &[i32]) -> Vec<String> {
    let changed = slots.iter().zip(memory).filter(|(slot, now)| **now != first(model, **slot));
    changed
        .map(|(slot, now)| match slot {
            Slot::Cell(cell) => match model.memory[cell.index()].kind {
                CellKind::Flag => model.memory[cell.index()].name.name.clone(),
                CellKind::Counter { .. } => format!("{} = {now}", model.memory[cell.index()].name.name),
            },
            Slot::Visited(t) => format!("visited({})", model.touchpoints[t.index()].name.name),
            Slot::Reached(g) => format!("reached({})", model.goals[g.index()].name.name),
        })
        .collect()
}

fn compare(left: i32, comparison: Comparison, right: i32) -> bool {
    match comparison {
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::AtLeast => left >= right,
        Comparison::Greater => left > right,
    }
}

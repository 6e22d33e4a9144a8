//! A chain made ready: steps with their probabilities, and the systems that events cut out of it.

use super::amounts::{Amount, Amounts};
use super::discount::Discounted;
use super::reverse::leading_to;
use super::scalar::Scalar;
use super::stopper::{Fate, Step, Stopper};
use super::system::{Moves, System};
use crate::chain::Chain;
use crate::model::PersonaId;
use crate::plan::{Declined, EventIx, Marks, Plan};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// A chain and a plan, with what was factored so far.
pub(super) struct Walk<'a, S> {
    pub(super) chain: &'a Chain,
    pub(super) plan: &'a Plan,
    /// By place in [`Chain::probabilities`].
    probability: Vec<S>,
    /// By entry: its probability among the customers of its persona.
    entry: Vec<S>,
    /// The states that some customer meets.
    pub(super) states: Vec<u32>,
    /// The chain that nothing stops.
    whole: OnceCell<Rc<Stopped<S>>>,
    stopped: RefCell<HashMap<Vec<EventIx>, Rc<Stopped<S>>>>,
    feeling: OnceCell<Rc<Stopped<S>>>,
    amounts: RefCell<HashMap<Amount, Rc<Amounts<S>>>>,
    pub(super) discounted: OnceCell<Discounted>,
}

/// The chain up to the first of some events. Its states stand for the moment after instant 1 of a visit.
pub(super) struct Stopped<S> {
    pub(super) stopper: Stopper,
    pub(super) system: System<S>,
    visits: OnceCell<Vec<S>>,
    chances: OnceCell<Rc<Vec<S>>>,
}

impl<'a, S: Scalar> Walk<'a, S> {
    /// Makes a chain ready.
    ///
    /// # Errors
    /// [`Declined::NeverEnds`] if some customer may never come to an end.
    pub(super) fn new(chain: &'a Chain, plan: &'a Plan) -> Result<Self, Declined> {
        let states = reached(chain);
        if !all_end(chain, &states) {
            return Err(Declined::NeverEnds);
        }
        let entry = chain.entries.iter().map(|e| {
            let (came, share) = (&chain.probabilities[e.probability as usize].exact, &chain.personas[e.persona.index()].exact);
            if Scalar::is_zero(share) {
                S::zero()
            } else if came == share {
                S::one()
            } else {
                S::rational(&(came / share))
            }
        });
        Ok(Self {
            chain,
            plan,
            probability: chain.probabilities.iter().map(S::of).collect(),
            entry: entry.collect(),
            states,
            whole: OnceCell::new(),
            stopped: RefCell::default(),
            feeling: OnceCell::new(),
            amounts: RefCell::default(),
            discounted: OnceCell::new(),
        })
    }

    /// The branches of a state.
    pub(super) fn steps(&self, state: u32) -> impl Iterator<Item = Step<'_, S>> {
        self.chain.branches_of(state).iter().map(move |b| Step {
            from: Some(state),
            arrival: None,
            leave: b.leave,
            to: b.to,
            weight: &self.probability[b.probability as usize],
        })
    }

    /// The branches of a state, with their places in [`Chain::branches`].
    pub(super) fn numbered(&self, state: u32) -> impl Iterator<Item = (usize, Step<'_, S>)> {
        (self.chain.first_branch[state as usize] as usize..).zip(self.steps(state))
    }

    /// The entries, with their personas.
    pub(super) fn entries(&self) -> impl Iterator<Item = (PersonaId, Step<'_, S>)> {
        self.chain.entries.iter().zip(&self.entry).map(|(e, weight)| {
            let arrival = Some(e.arrival);
            (e.persona, Step { from: None, arrival, leave: e.leave, to: e.to, weight })
        })
    }

    /// The persona of a state.
    pub(super) fn persona(&self, state: u32) -> usize {
        self.chain.states[state as usize].persona.index()
    }

    /// Whether a persona has customers.
    pub(super) fn comes(&self, persona: usize) -> bool {
        self.entries().any(|(p, step)| p.index() == persona && !step.weight.is_zero())
    }

    /// Where an event falls.
    pub(super) fn marks(&self, event: EventIx) -> &'a Marks {
        &self.plan.events[event.0]
    }

    /// Whether two places in the list of events hold the same event.
    pub(super) fn same(&self, a: EventIx, b: EventIx) -> bool {
        self.marks(a).event == self.marks(b).event
    }

    /// An amount by kind of visit and of leave.
    pub(super) fn amounts(&self, amount: Amount) -> Rc<Amounts<S>> {
        let mut known = self.amounts.borrow_mut();
        Rc::clone(known.entry(amount).or_insert_with(|| Rc::new(Amounts::new(self.chain, amount))))
    }

    /// The chain that nothing stops.
    pub(super) fn whole(&self) -> Rc<Stopped<S>> {
        Rc::clone(self.whole.get_or_init(|| {
            let stopper = Stopper::new(self.chain, &[]);
            let system = System::new(self.moves(&stopper), &self.states);
            Rc::new(Stopped::new(stopper, system))
        }))
    }

    /// The chain up to the first of some events, of which the first in the list is the wanted one.
    pub(super) fn stopped(&self, events: &[EventIx]) -> Rc<Stopped<S>> {
        if let Some(known) = self.stopped.borrow().get(events) {
            return Rc::clone(known);
        }
        let marks: Vec<&Marks> = events.iter().map(|&e| self.marks(e)).collect();
        let new = self.cut(Stopper::new(self.chain, &marks));
        self.stopped.borrow_mut().insert(events.to_vec(), Rc::clone(&new));
        new
    }

    /// The chain up to the first feeling.
    pub(super) fn feeling(&self) -> Rc<Stopped<S>> {
        Rc::clone(self.feeling.get_or_init(|| self.cut(Stopper::feeling(self.chain))))
    }

    fn cut(&self, stopper: Stopper) -> Rc<Stopped<S>> {
        let system = System::part(self.moves(&stopper), &self.whole().system);
        Rc::new(Stopped::new(stopper, system))
    }

    fn moves(&self, stopper: &Stopper) -> Moves<S> {
        let mut moves = Moves::new(self.chain.states.len(), self.chain.branches.len());
        for s in 0..self.chain.states.len() as u32 {
            let mut out = S::zero();
            for step in self.steps(s) {
                match stopper.fate(&step) {
                    Fate::On(to) => moves.push(to, step.weight.clone()),
                    _ => out.add(step.weight),
                }
            }
            moves.close(out);
        }
        moves
    }

    /// Where the customers of each persona stand after coming in, unless they were stopped.
    pub(super) fn start(&self, stopper: &Stopper) -> Vec<S> {
        let mut start = vec![S::zero(); self.chain.states.len()];
        for (_, step) in self.entries() {
            if let Fate::On(s) = stopper.fate(&step) {
                start[s as usize].add(step.weight);
            }
        }
        start
    }

    /// Expected visits per customer of the state's persona, as long as nothing stops it.
    pub(super) fn visits<'s>(&self, stopped: &'s Stopped<S>) -> &'s [S] {
        stopped.visits.get_or_init(|| stopped.system.forward(&self.start(&stopped.stopper)))
    }

    /// From each state, the chance to be stopped by the wanted event.
    pub(super) fn chances(&self, stopped: &Stopped<S>) -> Rc<Vec<S>> {
        Rc::clone(stopped.chances.get_or_init(|| {
            let mut b = vec![S::zero(); self.chain.states.len()];
            for &s in &self.states {
                for step in self.steps(s) {
                    if stopped.stopper.fate(&step).wanted() {
                        b[s as usize].add(step.weight);
                    }
                }
            }
            Rc::new(stopped.system.backward(&b))
        }))
    }

    /// Per persona, the expected sum of `value` over all steps of those who visit so, entries included; `None` where a value is
    /// not known. Gains and losses are added up apart.
    pub(super) fn expect(&self, visits: &[S], mut value: impl FnMut(&Step<'_, S>) -> Option<S>) -> Option<Vec<S>> {
        let mut sums = Sums::new(self.chain.personas.len());
        for (persona, step) in self.entries() {
            if !step.weight.is_zero() {
                sums.add(persona.index(), step.weight, &value(&step)?);
            }
        }
        self.expect_states(visits, value, &mut sums)?;
        Some(sums.total())
    }

    /// The same over the steps that leave a state.
    pub(super) fn expect_on(&self, visits: &[S], value: impl FnMut(&Step<'_, S>) -> Option<S>) -> Option<Vec<S>> {
        let mut sums = Sums::new(self.chain.personas.len());
        self.expect_states(visits, value, &mut sums)?;
        Some(sums.total())
    }

    fn expect_states(&self, visits: &[S], mut value: impl FnMut(&Step<'_, S>) -> Option<S>, sums: &mut Sums<S>) -> Option<()> {
        for &s in &self.states {
            if visits[s as usize].is_zero() {
                continue;
            }
            for step in self.steps(s) {
                let value = value(&step)?;
                if !value.is_zero() {
                    sums.add(self.persona(s), &visits[s as usize].times(step.weight), &value);
                }
            }
        }
        Some(())
    }

    /// The widest bounds of all that was solved, where there are any.
    pub(super) fn enclosure(&self) -> Option<f64> {
        let known = self.stopped.borrow();
        let all = known.values().chain(self.whole.get()).chain(self.feeling.get());
        let discounted = self.discounted.get().and_then(|d| d.enclosure);
        all.filter_map(|stopped| stopped.system.enclosure()).chain(discounted).reduce(f64::max)
    }

    /// The largest relative residual of all that was solved.
    pub(super) fn residual(&self) -> f64 {
        let known = self.stopped.borrow();
        let all = known.values().chain(self.whole.get()).chain(self.feeling.get());
        let discounted = self.discounted.get().map(|d| d.residual);
        all.map(|stopped| stopped.system.residual()).chain(discounted).fold(0.0, f64::max)
    }
}

/// Gains and losses per persona.
struct Sums<S> {
    gains: Vec<S>,
    losses: Vec<S>,
}

impl<S: Scalar> Sums<S> {
    fn new(personas: usize) -> Self {
        Self { gains: vec![S::zero(); personas], losses: vec![S::zero(); personas] }
    }

    fn add(&mut self, persona: usize, times: &S, value: &S) {
        let side = if value.is_negative() { &mut self.losses } else { &mut self.gains };
        side[persona].add_product(times, value);
    }

    fn total(mut self) -> Vec<S> {
        for (gain, loss) in self.gains.iter_mut().zip(&self.losses) {
            gain.add(loss);
        }
        self.gains
    }
}

impl<S: Scalar> Stopped<S> {
    fn new(stopper: Stopper, system: System<S>) -> Self {
        Self { stopper, system, visits: OnceCell::new(), chances: OnceCell::new() }
    }
}

/// The states that some customer meets.
fn reached(chain: &Chain) -> Vec<u32> {
    let n = chain.states.len();
    let mut seen = vec![false; n];
    let mut open = Vec::with_capacity(n);
    let mut states = Vec::with_capacity(n);
    let mut see = |row: u32, open: &mut Vec<u32>| {
        if let Some(seen) = seen.get_mut(row as usize)
            && !std::mem::replace(seen, true)
        {
            open.push(row);
        }
    };
    for e in &chain.entries {
        see(e.to, &mut open);
    }
    while let Some(s) = open.pop() {
        states.push(s);
        for b in chain.branches_of(s) {
            see(b.to, &mut open);
        }
    }
    states.sort_unstable();
    states
}

/// Whether an end can be reached from each of the states.
fn all_end(chain: &Chain, states: &[u32]) -> bool {
    let n = chain.states.len() as u32;
    let branches = states.iter().flat_map(|&s| chain.branches_of(s).iter().map(move |b| (s, b.to)));
    let mut ends = vec![false; chain.states.len()];
    for (s, _) in branches.clone().filter(|(_, to)| *to >= n) {
        ends[s as usize] = true;
    }
    leading_to(&mut ends, branches.filter(|(_, to)| *to < n));
    states.iter().all(|&s| ends[s as usize])
}

//! Linear systems over the states of a chain: what is to be gained from each state, and how often each is visited.

use super::elimination::Elimination;
use super::factored::Factored;
use super::iteration::Iteration;
use super::rows::Rows;
use super::scalar::Scalar;
use crate::chain::classes::Search;
use std::cell::Cell;
use std::rc::Rc;

/// Where each state leads as long as nothing stops it, row by row.
#[derive(Debug)]
pub(super) struct Moves<S> {
    /// Where the moves of a state start; one entry more than there are states.
    first: Vec<u32>,
    /// Where they lead.
    to: Vec<u32>,
    /// With what weight.
    weight: Vec<S>,
    /// By state: weight that is stopped.
    out: Vec<S>,
}

impl<S: Scalar> Moves<S> {
    /// No states yet; room for some.
    pub(super) fn new(states: usize, moves: usize) -> Self {
        let mut first = Vec::with_capacity(states + 1);
        first.push(0);
        Self { first, to: Vec::with_capacity(moves), weight: Vec::with_capacity(moves), out: Vec::with_capacity(states) }
    }

    /// A move of the state at hand.
    pub(super) fn push(&mut self, to: u32, weight: S) {
        self.to.push(to);
        self.weight.push(weight);
    }

    /// Ends the state at hand, of which `out` is stopped.
    pub(super) fn close(&mut self, out: S) {
        self.first.push(self.to.len() as u32);
        self.out.push(out);
    }

    fn of(&self, state: u32) -> impl Iterator<Item = (u32, &S)> {
        let range = self.first[state as usize] as usize..self.first[state as usize + 1] as usize;
        self.to[range.clone()].iter().copied().zip(&self.weight[range])
    }
}

/// `I − P` over the states, split into classes and factored.
#[derive(Debug)]
pub(super) struct System<S> {
    moves: Moves<S>,
    /// Classes, each after all those that it leads to.
    classes: Vec<Class<S>>,
    /// By state: its class.
    class: Vec<u32>,
    /// The largest relative residual of all that was solved.
    residual: Cell<f64>,
    /// Half the width of the widest bounds, relative to what they hold.
    enclosure: Cell<f64>,
}

/// A class.
#[derive(Clone, Debug)]
enum Class<S> {
    /// One state, with what leaves it.
    Single(u32, S),
    /// Several that reach one another.
    Several(Rc<Factored<S>>),
}

/// A class before it is factored.
enum Found<S> {
    Single(u32),
    New(Vec<u32>),
    Kept(Rc<Factored<S>>),
}

impl<S: Scalar> Found<S> {
    fn new(class: &[u32]) -> Self {
        if let [state] = class { Self::Single(*state) } else { Self::New(class.to_vec()) }
    }

    fn states(&self) -> &[u32] {
        match self {
            Self::Single(state) => std::slice::from_ref(state),
            Self::New(states) => states,
            Self::Kept(factored) => factored.states(),
        }
    }
}

impl<S: Scalar> System<S> {
    /// The system of `moves` among `states`.
    pub(super) fn new(moves: Moves<S>, states: &[u32]) -> Self {
        let mut found = Vec::new();
        let keep = |class: &[u32]| found.push(Found::new(class));
        Search::new(moves.out.len()).classes(states, &moves.first, &moves.to, |_| true, keep);
        Self::assemble(moves, found)
    }

    /// The system of `moves`, some of those of `whole`: a class that lost none inside is taken over as it is.
    pub(super) fn part(moves: Moves<S>, whole: &Self) -> Self {
        let mut search = Search::new(moves.out.len());
        let mut found = Vec::new();
        for (at, class) in (0..).zip(&whole.classes) {
            let inside = |to: u32| whole.class[to as usize] == at;
            match class {
                Class::Single(state, _) => found.push(Found::Single(*state)),
                Class::Several(kept) => {
                    let count = |moves: &Moves<S>, s: u32| moves.of(s).filter(|(to, _)| inside(*to)).count();
                    if kept.states().iter().all(|&s| count(&moves, s) == count(&whole.moves, s)) {
                        found.push(Found::Kept(Rc::clone(kept)));
                        continue;
                    }
                    let mut states = kept.states().to_vec();
                    states.sort_unstable();
                    let keep = |class: &[u32]| found.push(Found::new(class));
                    search.classes(&states, &moves.first, &moves.to, inside, keep);
                }
            }
        }
        Self::assemble(moves, found)
    }

    fn assemble(moves: Moves<S>, found: Vec<Found<S>>) -> Self {
        let mut class = vec![u32::MAX; moves.out.len()];
        for (at, states) in (0..).zip(&found) {
            for &s in states.states() {
                class[s as usize] = at;
            }
        }
        let mut place = vec![0; moves.out.len()];
        let classes = (0..)
            .zip(found)
            .map(|(at, found)| match found {
                Found::Kept(factored) => Class::Several(factored),
                Found::Single(state) => Class::Single(state, total(&moves, state)),
                Found::New(states) => {
                    for (local, &s) in states.iter().enumerate() {
                        place[s as usize] = local;
                    }
                    let inside = |s: u32| (class[s as usize] == at).then(|| place[s as usize]);
                    Class::Several(Rc::new(factor(&moves, &states, inside)))
                }
            })
            .collect();
        Self { moves, classes, class, residual: Cell::new(0.0), enclosure: Cell::new(0.0) }
    }

    /// The classes, each after all those that it leads to.
    pub(super) fn classes(&self) -> impl Iterator<Item = &[u32]> {
        self.classes.iter().map(|class| match class {
            Class::Single(state, _) => std::slice::from_ref(state),
            Class::Several(factored) => factored.states(),
        })
    }

    /// The largest relative residual `|b + P x − x| / |x|` of all that was solved so far.
    pub(super) fn residual(&self) -> f64 {
        self.residual.get()
    }

    /// How far what was solved may be off because of bounds, relative to itself, and whether there are any.
    pub(super) fn enclosure(&self) -> Option<f64> {
        let bounded = |class: &Class<S>| matches!(class, Class::Several(f) if matches!(**f, Factored::Iterated(_)));
        self.classes.iter().any(bounded).then(|| self.enclosure.get())
    }

    fn widen(&self, width: f64) {
        // Errors of classes add up along the way from one to the next.
        self.enclosure.set(self.enclosure.get().max(width));
    }

    /// Solves `x = b + P x`: what is gained from each state on if a visit gains `b`, which must not be negative.
    pub(super) fn backward(&self, b: &[S]) -> Vec<S> {
        let mut x = b.to_vec();
        let mut local = Vec::new();
        let mut width = 0.0;
        for (at, class) in (0..).zip(&self.classes) {
            match class {
                Class::Single(s, total) => {
                    let sum = self.gather(*s, at, &x);
                    x[*s as usize] = sum.over(total);
                }
                Class::Several(factored) => {
                    local.clear();
                    local.extend(factored.states().iter().map(|&s| self.gather(s, at, &x)));
                    width += factored.backward(&mut local);
                    for (s, value) in factored.states().iter().zip(local.drain(..)) {
                        x[*s as usize] = value;
                    }
                }
            }
        }
        self.widen(width);
        self.check(|s| {
            let mut sum = b[s as usize].clone();
            for (to, weight) in self.moves.of(s) {
                sum.add_product(weight, &x[to as usize]);
            }
            S::gap(&sum, &x[s as usize])
        });
        x
    }

    /// Solves `y = a + y P`: expected visits to each state of those who start as `a`, which must not be negative.
    pub(super) fn forward(&self, a: &[S]) -> Vec<S> {
        let mut y = a.to_vec();
        let width = (0..self.count()).rev().map(|at| self.pass(at, &mut y)).sum();
        self.widen(width);
        let mut sums = a.to_vec();
        for s in self.states() {
            for (to, weight) in self.moves.of(s) {
                sums[to as usize].add_product(weight, &y[s as usize]);
            }
        }
        self.check(|s| S::gap(&sums[s as usize], &y[s as usize]));
        y
    }

    /// How many classes there are; a class leads to classes below it.
    pub(super) fn count(&self) -> u32 {
        self.classes.len() as u32
    }

    /// The class of a state.
    pub(super) fn class_of(&self, state: u32) -> u32 {
        self.class[state as usize]
    }

    /// The largest number of kinds of states in a class.
    pub(super) fn most_kinds(&self, kind: impl Fn(u32) -> usize) -> usize {
        let count = |class: &[u32]| {
            let mut kinds: Vec<usize> = class.iter().map(|&s| kind(s)).collect();
            kinds.sort_unstable();
            kinds.dedup();
            kinds.len()
        };
        self.classes().map(count).max().unwrap_or(0)
    }

    /// Turns what comes to a class into expected visits, and sends them on; gives the width of their bounds.
    pub(super) fn pass(&self, at: u32, y: &mut [S]) -> f64 {
        match &self.classes[at as usize] {
            Class::Single(s, total) => {
                if !y[*s as usize].is_zero() {
                    y[*s as usize] = y[*s as usize].over(total);
                    self.scatter(*s, at, y);
                }
                0.0
            }
            Class::Several(factored) => {
                if factored.states().iter().all(|&s| y[s as usize].is_zero()) {
                    return 0.0;
                }
                let mut local: Vec<S> = factored.states().iter().map(|&s| y[s as usize].clone()).collect();
                let width = factored.forward(&mut local);
                for (s, visits) in factored.states().iter().zip(local) {
                    y[*s as usize] = visits;
                    self.scatter(*s, at, y);
                }
                width
            }
        }
    }

    /// The same, except that some states keep what comes to them.
    pub(super) fn pass_without(&self, at: u32, y: &mut [S], kept: impl Fn(u32) -> bool) {
        match &self.classes[at as usize] {
            Class::Single(s, _) if kept(*s) => {}
            Class::Several(factored) if factored.states().iter().any(|&s| kept(s)) => {
                let mut free: Vec<u32> = factored.states().iter().copied().filter(|&s| !kept(s)).collect();
                free.sort_unstable();
                if free.iter().all(|&s| y[s as usize].is_zero()) {
                    return;
                }
                let inside = |s: u32| free.binary_search(&s).ok();
                let rest = factor(&self.moves, &free, inside);
                let mut local: Vec<S> = rest.states().iter().map(|&s| y[s as usize].clone()).collect();
                self.widen(rest.forward(&mut local));
                for (s, visits) in rest.states().iter().zip(local) {
                    for (to, weight) in self.moves.of(*s) {
                        if self.class[to as usize] != at || kept(to) {
                            y[to as usize].add_product(weight, &visits);
                        }
                    }
                    y[*s as usize] = visits;
                }
            }
            _ => self.widen(self.pass(at, y)),
        }
    }

    /// `x[s]` and what comes to it from other classes.
    fn gather(&self, s: u32, class: u32, x: &[S]) -> S {
        let mut sum = x[s as usize].clone();
        for (to, weight) in self.moves.of(s) {
            if self.class[to as usize] != class {
                sum.add_product(weight, &x[to as usize]);
            }
        }
        sum
    }

    /// Sends the visits to a state on to other classes.
    fn scatter(&self, s: u32, class: u32, y: &mut [S]) {
        let visits = y[s as usize].clone();
        for (to, weight) in self.moves.of(s) {
            if self.class[to as usize] != class {
                y[to as usize].add_product(weight, &visits);
            }
        }
    }

    fn states(&self) -> impl Iterator<Item = u32> {
        (0..self.class.len() as u32).filter(|&s| self.class[s as usize] != u32::MAX)
    }

    fn check(&self, gap: impl Fn(u32) -> f64) {
        let worst = self.states().map(gap).fold(self.residual.get(), f64::max);
        self.residual.set(worst);
    }
}

/// What leaves a state that is a class by itself: all of it unless it leads back to itself.
fn total<S: Scalar>(moves: &Moves<S>, state: u32) -> S {
    if moves.of(state).all(|(to, _)| to != state) {
        return S::one();
    }
    let mut total = moves.out[state as usize].clone();
    for (_, weight) in moves.of(state).filter(|(to, _)| *to != state) {
        total.add(weight);
    }
    total
}

/// Classes of at most so many states are eliminated as full matrices: what zeros cost is less than what lists cost.
const SMALL: usize = 40;

/// Eliminates some states, which `inside` gives their place in the list.
fn factor<S: Scalar>(moves: &Moves<S>, states: &[u32], inside: impl Fn(u32) -> Option<usize>) -> Factored<S> {
    let n = states.len();
    let mut out = Vec::with_capacity(n);
    let mut entries = Vec::new();
    for (local, &s) in (0..).zip(states) {
        let mut leaving = moves.out[s as usize].clone();
        for (to, weight) in moves.of(s) {
            match inside(to) {
                Some(place) => entries.push((local, place as u32, weight)),
                None => leaving.add(weight),
            }
        }
        out.push(leaving);
    }
    if n > SMALL {
        let entries = || entries.iter().map(|(from, to, weight)| (*from, *to, (*weight).clone()));
        return match Elimination::new(states, Rows::new(n, out, entries())) {
            Some(elimination) => Factored::Eliminated(elimination),
            None => Factored::Iterated(Iteration::new(states, entries())),
        };
    }
    let mut full = vec![S::zero(); n * n];
    for (from, to, weight) in entries {
        if from != to {
            full[from as usize * n + to as usize].add(weight);
        }
    }
    Factored::Eliminated(Elimination::full(states, full, out))
}

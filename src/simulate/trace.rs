//! Some customers followed one by one: what happens to each, as in every run of the same seed.

use super::path::{Path, Trails};
use super::stream::Luck;
use super::tables::{Reward, Tables};
use super::walk::{Follow, Log, with_room};
use crate::chain::Chain;
use crate::model::{ArrivalId, EndId, GoalId, PersonaId, TouchpointId};

/// Follows customers of one journey and one seed.
pub struct Tracer<'a> {
    chain: &'a Chain,
    tables: Tables,
    luck: Luck,
    follow: Follow,
    log: Log,
    trails: Trails,
    path: Path,
}

/// What happened to one customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// His number among those drawn, from 0.
    pub customer: u64,
    /// Who he is.
    pub persona: PersonaId,
    /// How he came in.
    pub arrival: ArrivalId,
    /// The passage that brought him in.
    pub entry: Passed,
    /// His visits, in their order.
    pub visits: Vec<Met>,
    /// Where his journey ended, and when, in seconds since he came in; `None`: it was cut by the horizon of the journey (or after
    /// [`crate::limits::MAX_STEPS`] visits).
    pub end: Option<(EndId, f64)>,
}

/// A visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// Where.
    pub touchpoint: TouchpointId,
    /// When it began, in seconds since he came in.
    pub arrive: f64,
    /// When it ended; `None` if it was cut.
    pub depart: Option<f64>,
    /// What it brought.
    pub brought: Brought,
    /// The effort that it took, 1..7, if declared.
    pub effort: Option<f64>,
    /// How he went on; `None` if the visit was cut.
    pub onward: Option<Passed>,
}

/// A passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Passed {
    /// How probable it was where he stood.
    pub probability: f64,
    /// Which it was: an index into [`Chain::flows`].
    pub flow: u32,
    /// What it brought.
    pub brought: Brought,
}

/// What one instant brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brought {
    /// Goals reached.
    pub goals: Vec<GoalId>,
    /// Money spent on him.
    pub cost: f64,
    /// Money that he spent.
    pub revenue: f64,
    /// Margin, costs taken off.
    pub margin: f64,
    /// What he felt, if anything.
    pub felt: Option<f64>,
}

impl Brought {
    fn new(reward: Reward, goals: &[GoalId]) -> Self {
        let [cost, revenue, margin] = reward.money.0;
        Self { goals: goals.to_vec(), cost, revenue, margin, felt: reward.felt }
    }
}

impl Trace {
    /// Everything that happened to him, in its order.
    pub fn instants(&self) -> impl Iterator<Item = &Brought> {
        let visits =
            self.visits.iter().flat_map(|met| std::iter::once(&met.brought).chain(met.onward.as_ref().map(|p| &p.brought)));
        std::iter::once(&self.entry.brought).chain(visits)
    }

    /// Whether he ever reached a goal.
    #[must_use]
    pub fn reached(&self, goal: GoalId) -> bool {
        self.instants().any(|instant| instant.goals.contains(&goal))
    }

    /// How long his journey took, as far as it was followed, in seconds.
    #[must_use]
    pub fn duration(&self) -> f64 {
        let last = self.visits.last().map_or(0.0, |met| met.depart.unwrap_or(met.arrive));
        self.end.map_or(last, |(_, at)| at)
    }
}

impl<'a> Tracer<'a> {
    /// Makes ready to follow. `horizon`: seconds after which nothing counts any more.
    #[must_use]
    pub fn new(chain: &'a Chain, horizon: Option<f64>, seed: u64) -> Self {
        let follow = Follow { timed: true, since: false, horizon: horizon.map_or(f64::INFINITY, with_room) };
        let (log, trails, path) = (Log::default(), Trails::default(), Path::new());
        Self { chain, tables: Tables::new(chain), luck: Luck::new(seed), follow, log, trails, path }
    }

    /// Follows a customer; `None` in a journey where nobody arrives.
    pub fn follow(&mut self, customer: u64) -> Option<Trace> {
        if self.chain.entries.is_empty() {
            return None;
        }
        self.log.walk(&self.tables, self.luck, customer..customer + 1, self.follow);
        self.trails.sort(&self.log);
        self.path.read(&self.tables, &self.log, &self.trails, 0);
        let (chain, tables, path) = (self.chain, &self.tables, &self.path);
        let passages: Vec<u32> =
            self.trails.of(0).iter().map(|place| tables.passage(self.log.steps[*place as usize].passage).0).collect();
        let passed = |number: usize, reward: Reward| {
            let passage = *passages.get(number)? as usize;
            let (probability, leave) = match passage.checked_sub(chain.branches.len()) {
                None => (chain.branches[passage].probability, chain.branches[passage].leave),
                Some(entry) => (chain.entries[entry].probability, chain.entries[entry].leave),
            };
            let leave = chain.leave(leave);
            let brought = Brought::new(reward, &leave.reaches);
            Some(Passed { probability: chain.probability(probability), flow: leave.flow, brought })
        };
        let visits = path.visits.iter().enumerate().map(|(k, visit)| Met {
            touchpoint: TouchpointId::new(visit.touchpoint as usize),
            arrive: visit.arrive,
            depart: (k < path.left).then_some(visit.depart),
            brought: Brought::new(path.here(tables, k), &chain.visits[visit.visit as usize].reaches),
            effort: path.effort(tables, k),
            onward: if k < path.left { passed(k + 1, path.away(tables, k)) } else { None },
        });
        Some(Trace {
            customer,
            persona: PersonaId::new(path.persona as usize),
            arrival: ArrivalId::new(path.arrival as usize),
            entry: passed(0, path.incoming(tables))?,
            visits: visits.collect(),
            end: path.end.map(|(end, at)| (EndId::new(end as usize), at)),
        })
    }
}

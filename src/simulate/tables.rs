//! The chain laid out for walking: thresholds for the choice of a branch, laws ready to draw from.

use super::delays::Delays;
use super::draw::{Curves, Quantity, choose};
use super::guide::{Guides, Part, look};
use super::lanes::Lanes;
use super::stream::{Purpose, Stream};
use crate::chain::{Chain, Leave, Rewards, Visit};
use crate::model::law::nearest;
use crate::model::{MoneyKind, Survey};
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

/// Everything that a walk reads.
///
/// A *passage* is a branch of the chain, or an entry: numbered in their order, entries after branches. A *row* is a state; the
/// row after the last state stands for those who have yet to come in. A passage leads to a state, or to an end, which are
/// numbered on from the states.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    /// The instructions to walk many at once, if the processor has them.
    pub(super) lanes: Option<Lanes>,
    /// By row.
    pub(super) rows: Box<[Row]>,
    /// The guide table of all rows.
    pub(super) guides: Box<[u64]>,
    /// By passage: the thresholds of its row; that of the last one is not read.
    below: Box<[u64]>,
    /// By passage: where it leads.
    pub(super) to: Box<[u32]>,
    /// By passage: the row that it leads to.
    pub(super) onward: Box<[Row]>,
    /// By passage.
    pub(super) ways: Box<[Way]>,
    pub(super) delays: Delays,
    /// By state.
    pub(super) states: Box<[StateRow]>,
    /// By entry.
    pub(super) entries: Box<[EntryRow]>,
    /// By visit of the chain.
    pub(super) visits: Box<[VisitKind]>,
    /// By leave of the chain.
    pub(super) leaves: Box<[LeaveKind]>,
}

/// What the choice of a passage reads: the first passage of a row, marked if the passage that leads to the row is to be looked at
/// by itself; and the row's part of the guide table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub(super) struct Row {
    first: u32,
    guide: Part,
}

impl Row {
    /// The bit of [`Row::first`] that marks.
    pub(super) const MARK: u32 = 1 << 31;
    /// Where those stand who have come to an end.
    const ENDED: Self = Self { first: 0, guide: Part::NONE };

    /// The first of its passages.
    #[inline]
    fn first(self) -> usize {
        (self.first & !Self::MARK) as usize
    }

    /// Whether the passage that leads here is marked.
    #[inline]
    pub(super) fn is_marked(self) -> bool {
        self.first & Self::MARK != 0
    }

    /// Whether the passage that leads here leads to an end.
    #[inline]
    pub(super) fn is_end(self) -> bool {
        self.guide == Part::NONE
    }
}

impl Default for Row {
    fn default() -> Self {
        Self::ENDED
    }
}

/// What a passage leaves, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// The row.
    pub(super) from: u32,
    pub(super) leave: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct EntryRow {
    pub(super) persona: u32,
    pub(super) arrival: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct StateRow {
    pub(super) persona: u32,
    pub(super) touchpoint: u32,
    pub(super) visit: u32,
}

/// What a step came to: a state with its visit, an end, or nothing in time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met<'a> {
    pub(super) state: Option<(StateRow, &'a VisitKind)>,
    pub(super) end: Option<u32>,
}

/// What happens on meeting a touchpoint.
#[derive(Clone, Debug)]
pub(super) struct VisitKind {
    pub(super) reaches: Box<[u32]>,
    pub(super) rewards: RewardsKind,
    pub(super) effort: Option<Quantity>,
    pub(super) surveys: Box<[(Survey, Quantity)]>,
    pub(super) takes: Quantity,
}

/// What happens on leaving one.
#[derive(Clone, Debug)]
pub(super) struct LeaveKind {
    pub(super) flow: u32,
    pub(super) reaches: Box<[u32]>,
    pub(super) rewards: RewardsKind,
    pub(super) after: Quantity,
}

/// Money and feelings, drawn or certain.
#[derive(Clone, Debug)]
pub(super) struct RewardsKind {
    /// All of it, where chance has no part.
    pub(super) certain: Option<Reward>,
    pub(super) cost: Quantity,
    pub(super) earns: Option<(Quantity, f64)>,
    pub(super) feel: Option<Quantity>,
}

/// Money spent, earned, and margin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Money(pub(super) [f64; 3]);

impl Money {
    /// What was spent; what was earned, and which share of it is margin before that.
    fn new(cost: f64, earned: Option<(f64, f64)>) -> Self {
        let (revenue, share) = earned.unwrap_or_default();
        Self([cost, revenue, revenue * share - cost])
    }

    pub(super) fn margin(self) -> f64 {
        self.0[2]
    }

    /// Money of a kind, if it came at a time; `discount` is the rate per second of what is discounted.
    pub(super) fn of(self, kind: MoneyKind, discount: f64, time: f64) -> f64 {
        let [cost, revenue, margin] = self.0;
        match kind {
            MoneyKind::Cost => cost,
            MoneyKind::Revenue => revenue,
            MoneyKind::Margin => margin,
            MoneyKind::Clv if discount == 0.0 || margin == 0.0 => margin,
            MoneyKind::Clv => margin * libm::exp(-discount * time),
        }
    }
}

impl std::ops::Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let ([a, b, c], [d, e, f]) = (self.0, other.0);
        Self([a + d, b + e, c + f])
    }
}

/// What one instant brought.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Reward {
    pub(super) money: Money,
    pub(super) felt: Option<f64>,
}

impl Tables {
    pub(super) fn new(chain: &Chain) -> Self {
        let exact = |id: u32| &chain.probabilities[id as usize].exact;
        let (mut guides, mut curves) = (Guides::new(), Curves::default());
        let (mut rows, mut below) = (Vec::with_capacity(chain.states.len() + 1), Vec::new());
        let mut row = |probabilities: Vec<&BigRational>| {
            let (first, outcomes) = (below.len(), probabilities.len());
            below.extend(thresholds(probabilities));
            rows.push(Row { first: first as u32, guide: guides.part(&below[first..]) });
            below.resize(first + outcomes, u64::MAX);
        };
        for state in 0..chain.states.len() as u32 {
            row(chain.branches_of(state).iter().map(|b| exact(b.probability)).collect());
        }
        row(chain.entries.iter().map(|e| exact(e.probability)).collect());
        let (branches, entries) = (&chain.branches, &chain.entries);
        let from = (0_u32..).zip(rows.windows(2)).flat_map(|(row, pair)| (pair[0].first()..pair[1].first()).map(move |_| row));
        let outside = std::iter::repeat(chain.states.len() as u32);
        let to: Box<[u32]> = branches.iter().map(|b| b.to).chain(entries.iter().map(|e| e.to)).collect();
        let onward = to.iter().map(|to| if (*to as usize) < chain.states.len() { rows[*to as usize] } else { Row::ENDED });
        let leave_of = branches.iter().map(|b| b.leave).chain(entries.iter().map(|e| e.leave));
        let ways: Box<[Way]> = from.chain(outside).zip(leave_of).map(|(from, leave)| Way { from, leave }).collect();
        let visits: Box<[VisitKind]> = chain.visits.iter().map(|visit| VisitKind::new(visit, &mut curves)).collect();
        let leaves: Box<[LeaveKind]> = chain.leaves.iter().map(|leave| LeaveKind::new(leave, &mut curves)).collect();
        let delays = Delays::new(ways.iter().map(|way| {
            let state = chain.states.get(way.from as usize);
            (
                state.map(|state| (state.visit, &visits[state.visit as usize].takes)),
                (way.leave, &leaves[way.leave as usize].after),
            )
        }));
        Self {
            lanes: Lanes::found(),
            ways,
            delays,
            onward: onward.collect(),
            rows: rows.into(),
            guides: guides.finish(),
            below: below.into(),
            to,
            entries: entries.iter().map(|e| EntryRow { persona: e.persona.0, arrival: e.arrival.0 }).collect(),
            states: chain
                .states
                .iter()
                .map(|s| StateRow { persona: s.persona.0, touchpoint: s.touchpoint.0, visit: s.visit })
                .collect(),
            visits,
            leaves,
        }
    }

    /// The row of those who have yet to come in.
    pub(super) fn outside(&self) -> Row {
        self.rows[self.states.len()]
    }

    /// Marks passages that are to be looked at by themselves.
    pub(super) fn mark(&mut self, marked: impl Fn(u32) -> bool) {
        for (_, row) in (0..).zip(&mut self.onward).filter(|(passage, _)| marked(*passage)) {
            row.first |= Row::MARK;
        }
    }

    /// The passage that a word takes out of a row, and the row that it leads to.
    #[inline]
    pub(super) fn choose(&self, row: Row, word: u64) -> (u32, Row) {
        if let Some(outcome) = look(&self.guides, row.guide, word)
            && let Some(onward) = self.onward.get(row.first() + outcome)
        {
            return ((row.first() + outcome) as u32, *onward);
        }
        self.choose_exactly(row, word)
    }

    /// The same, by all bits of the word.
    #[cold]
    pub(super) fn choose_exactly(&self, row: Row, word: u64) -> (u32, Row) {
        let (first, next) = (row.first(), self.ways[row.first()].from as usize + 1);
        let last = self.rows.get(next).map_or(self.to.len(), |next| next.first()) - 1;
        let passage = first + choose(&self.below[first..last], word);
        (passage as u32, self.onward[passage])
    }

    /// The passage of a step, and whether it arrived.
    #[inline]
    pub(super) fn passage(&self, of_step: u32) -> (u32, bool) {
        let passages = self.to.len() as u32;
        if of_step < passages { (of_step, true) } else { (of_step - passages, false) }
    }

    /// What a step did: its leave, and what it came to.
    pub(super) fn met_by(&self, of_step: u32) -> (&LeaveKind, Met<'_>) {
        let (passage, arrives) = self.passage(of_step);
        let leave = &self.leaves[self.ways[passage as usize].leave as usize];
        if !arrives {
            return (leave, Met { state: None, end: None });
        }
        let to = self.to[passage as usize];
        let state = self.state(to).map(|state| (state, &self.visits[state.visit as usize]));
        (leave, Met { state, end: to.checked_sub(self.states.len() as u32) })
    }

    /// The entry that a passage is.
    pub(super) fn entry(&self, passage: u32) -> Option<EntryRow> {
        let entry = (passage as usize + self.entries.len()).checked_sub(self.to.len())?;
        Some(self.entries[entry])
    }

    /// The state that a row is; not that of those who have yet to come in.
    pub(super) fn state(&self, row: u32) -> Option<StateRow> {
        self.states.get(row as usize).copied()
    }
}

/// The sums of all probabilities but the last, in units of 2^−64, from exact fractions.
fn thresholds(probabilities: Vec<&BigRational>) -> impl Iterator<Item = u64> {
    let all_but_last = probabilities.len().saturating_sub(1);
    let mut sum = BigRational::zero();
    probabilities.into_iter().take(all_but_last).map(move |p| {
        sum += p;
        let scaled: num_bigint::BigInt = (sum.numer() << 64_u32) / sum.denom();
        scaled.to_u64().unwrap_or(u64::MAX)
    })
}

impl VisitKind {
    fn new(visit: &Visit, curves: &mut Curves) -> Self {
        Self {
            reaches: visit.reaches.iter().map(|g| g.0).collect(),
            rewards: RewardsKind::new(&visit.rewards, curves),
            effort: visit.effort.as_ref().map(|law| Quantity::new([law], curves)),
            surveys: visit.surveys.iter().map(|(survey, law)| (*survey, Quantity::new([law], curves))).collect(),
            takes: Quantity::new([&visit.takes], curves),
        }
    }
}

impl LeaveKind {
    fn new(leave: &Leave, curves: &mut Curves) -> Self {
        Self {
            flow: leave.flow,
            reaches: leave.reaches.iter().map(|g| g.0).collect(),
            rewards: RewardsKind::new(&leave.rewards, curves),
            after: Quantity::new([&leave.after], curves),
        }
    }
}

impl RewardsKind {
    fn new(rewards: &Rewards, curves: &mut Curves) -> Self {
        let mut kind = Self {
            certain: None,
            cost: Quantity::new(&rewards.costs, curves),
            earns: rewards.earns.as_ref().map(|(law, margin)| (Quantity::new([law], curves), nearest(margin))),
            feel: rewards.feel.as_ref().map(|law| Quantity::new([law], curves)),
        };
        kind.certain = kind.if_certain();
        kind
    }

    /// What meeting a touchpoint brings; `step` is the number of the visit, from 1.
    #[inline]
    pub(super) fn on_meeting(&self, stream: Stream, step: u64) -> Reward {
        self.certain.unwrap_or_else(|| self.draw(stream, step, [Purpose::VisitCost, Purpose::VisitEarn, Purpose::VisitFeel]))
    }

    /// What leaving one brings; `step` is the number of the visit that is left, or 0.
    #[inline]
    pub(super) fn on_leaving(&self, stream: Stream, step: u64) -> Reward {
        self.certain.unwrap_or_else(|| self.draw(stream, step, [Purpose::LeaveCost, Purpose::LeaveEarn, Purpose::LeaveFeel]))
    }

    /// The money alone of meeting a touchpoint.
    pub(super) fn money_of_meeting(&self, stream: Stream, step: u64) -> Money {
        self.money(stream, step, Purpose::VisitCost, Purpose::VisitEarn)
    }

    /// The money alone of leaving one.
    pub(super) fn money_of_leaving(&self, stream: Stream, step: u64) -> Money {
        self.money(stream, step, Purpose::LeaveCost, Purpose::LeaveEarn)
    }

    /// The feeling alone of meeting a touchpoint; 0 without.
    pub(super) fn felt_on_meeting(&self, stream: Stream, step: u64) -> f64 {
        self.feel.as_ref().map_or(0.0, |feel| feel.draw(|| stream.word(step, Purpose::VisitFeel)))
    }

    /// The feeling alone of leaving one; 0 without.
    pub(super) fn felt_on_leaving(&self, stream: Stream, step: u64) -> f64 {
        self.feel.as_ref().map_or(0.0, |feel| feel.draw(|| stream.word(step, Purpose::LeaveFeel)))
    }

    fn money(&self, stream: Stream, step: u64, cost: Purpose, earn: Purpose) -> Money {
        let cost = self.cost.draw(|| stream.word(step, cost));
        let earned = self.earns.as_ref().map(|(earned, share)| (earned.draw(|| stream.word(step, earn)), *share));
        Money::new(cost, earned)
    }

    /// Its feeling, where chance has no part in it; 0 without.
    pub(super) fn certain_feeling(&self) -> Option<f64> {
        self.feel.as_ref().map_or(Some(0.0), Quantity::certain)
    }

    /// Its money, where chance has no part in it.
    pub(super) fn certain_money(&self) -> Option<Money> {
        let earned = match &self.earns {
            Some((earned, share)) => Some((earned.certain()?, *share)),
            None => None,
        };
        Some(Money::new(self.cost.certain()?, earned))
    }

    #[cold]
    fn draw(&self, stream: Stream, step: u64, [cost, earn, feel]: [Purpose; 3]) -> Reward {
        let felt = self.feel.as_ref().map(|q| q.draw(|| stream.word(step, feel)));
        Reward { money: self.money(stream, step, cost, earn), felt }
    }

    fn if_certain(&self) -> Option<Reward> {
        let felt = match &self.feel {
            Some(feel) => Some(feel.certain()?),
            None => None,
        };
        Some(Reward { money: self.certain_money()?, felt })
    }
}

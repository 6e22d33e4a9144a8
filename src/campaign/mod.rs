//! What can happen to *this* campaign: the totals of the declared arrivals, over many replications.
//!
//! Comes in: a compiled journey. Goes out: [`Campaign`]: each total (goals, ends, money) at the stated values, by chance alone, and
//! with what is not known; and what it would be worth to know it. What must hold: chance is that of as many customers walked one
//! by one ([`crate::simulate::cohort`]); what is not known is drawn once per replication (`unknown`); how the numbers of the chain
//! move with it is found by reading the journey at other values (`forms`), never by a second meaning of its lines; same seed, same
//! figures, on any number of threads. `docs/campaign.md` defines every figure.

mod forms;
mod replicate;
mod spread;
mod unknown;

#[cfg(test)]
mod tests;

pub use spread::{Known as KnownSpread, Spread};
pub use unknown::{Known, Unknown};

use crate::chain::Chain;
use crate::compile::{Compiled, Journey};
use crate::diagnostics::Span;
use crate::model::{EndId, Event, GoalId, Measure, MeasureKind, Model, Modifiers, MoneyKind, ParamId, Unit};
use crate::plan::{Declined, ask_for};
use crate::simulate::cohort::Cohorts;
use crate::solve::answers;
use forms::{Forms, Reader, arrivals};
use replicate::Replications;
use unknown::Unknowns;

/// What can happen to one campaign.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// How many customers arrive in it.
    pub customers: u64,
    /// How many campaigns were drawn, by chance alone; twice as many with what is not known, two for each of its draws.
    pub replications: u64,
    /// Where luck started.
    pub seed: u64,
    /// The totals: goals, ends, money.
    pub totals: Vec<Total>,
    /// Share of campaigns that lose money: by chance alone, and with what is not known; `None` where no money is spent or earned.
    pub loss: Option<(f64, Option<f64>)>,
    /// What was drawn, in the order of the text.
    pub unknowns: Vec<Unknown>,
    /// What was not: a journey is not possible beside their value.
    pub held: Vec<ParamId>,
    /// Draws refused since they left some branch less than nothing.
    pub redrawn: u64,
    /// Whether the journey was read again for every draw.
    pub read_again: bool,
    /// Customers given up in a loop, over all replications.
    pub unfinished: u64,
}

/// A total of the campaign.
#[derive(Clone, Debug)]
pub struct Total {
    /// Of what.
    pub of: TotalOf,
    /// Expected at the stated values, exact.
    pub stated: Option<f64>,
    /// By chance alone, at the stated values.
    pub chance: Spread,
    /// With what is not known; `None` where everything is.
    pub known: Option<KnownSpread>,
}

/// What is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TotalOf {
    /// Times a goal is reached.
    Goal(GoalId),
    /// Customers who end there.
    End(EndId),
    /// Money.
    Money(MoneyKind),
}

impl TotalOf {
    /// What it counts.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::Goal(_) | Self::End(_) => Unit::Number,
            Self::Money(_) => Unit::Money,
        }
    }
}

/// What to draw.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// Where luck starts.
    pub seed: u64,
    /// How many replications; [`REPLICATIONS`] without, fewer where campaigns take long.
    pub replications: Option<u64>,
}

/// Replications unless said otherwise: the ends of a 90 % interval come out within a percent of the probability.
pub const REPLICATIONS: u64 = 10_000;
/// Replications at least, however long a campaign takes.
const LEAST: u64 = 1_000;
/// Cohorts moved, over all replications, beyond which there are fewer than [`REPLICATIONS`].
const MOST_MOVES: u64 = 12_000_000;

/// The campaign of a journey as written.
///
/// # Errors
/// [`Declined::Horizon`] where customers are followed for a limited time, which cohorts do not know of.
pub fn campaign(compiled: &Compiled, journey: &Journey, draw: Draw) -> Result<Campaign, Declined> {
    let (model, chain) = (&journey.program.base, &journey.chains[0]);
    if model.horizon.is_some() {
        return Err(Declined::Horizon);
    }
    let reader = Reader { compiled, model };
    let (mut unknowns, forms, held) = recovered(&reader, model);
    let cohorts = Cohorts::new(chain, model.goals.len());
    let setting = cohorts.setting(chain, arrivals(model));
    let replications =
        Replications { cohorts: &cohorts, setting: &setting, unknowns: &unknowns, forms: forms.as_ref(), reader: &reader };
    let read_again = forms.as_ref().is_some_and(|f| f.moving.is_none());
    let number = draw.replications.unwrap_or_else(|| {
        if read_again { LEAST } else { (MOST_MOVES / replications.moves(draw.seed).max(1)).clamp(LEAST, REPLICATIONS) }
    });
    let drawn = replications.draw(draw.seed, number.max(2));
    if drawn.redrawn > 0 {
        let n = drawn.values.len() as f64;
        for (i, unknown) in unknowns.list.iter_mut().enumerate() {
            unknown.drawn = drawn.values.iter().map(|values| values[i]).sum::<f64>() / n;
        }
    }
    let stated = stated(journey);
    let kinds = kinds(model);
    let unknown = !unknowns.list.is_empty();
    let totals = kinds.iter().enumerate().map(|(i, of)| Total {
        of: *of,
        stated: stated.as_ref().and_then(|s| s[i]),
        chance: Spread::new(drawn.stated.iter().map(|t| t[i]).collect()),
        known: unknown.then(|| KnownSpread::new(&drawn, i, unknowns.list.len())),
    });
    let totals: Vec<Total> = totals.collect();
    let margin = kinds.iter().position(|k| *k == TotalOf::Money(MoneyKind::Margin));
    let below = |campaigns: &mut dyn Iterator<Item = f64>| {
        let (mut lost, mut all) = (0.0, 0.0);
        campaigns.for_each(|margin| {
            lost += f64::from(u8::from(margin < 0.0));
            all += 1.0;
        });
        lost / all
    };
    let loss = margin.filter(|_| moves_money(chain)).map(|i| {
        let known = unknown.then(|| below(&mut drawn.first.iter().chain(&drawn.second).map(|t| t[i])));
        (below(&mut drawn.stated.iter().map(|t| t[i])), known)
    });
    Ok(Campaign {
        customers: setting.customers(),
        replications: number.max(2),
        seed: draw.seed,
        totals,
        loss,
        unknowns: unknowns.list,
        held,
        redrawn: drawn.redrawn,
        read_again,
        unfinished: drawn.unfinished,
    })
}

/// What is not known and moves something, how it does, and what had to be held.
fn recovered(reader: &Reader<'_>, model: &Model) -> (Unknowns, Option<Forms>, Vec<ParamId>) {
    let (mut held, mut idle) = (Vec::new(), Vec::new());
    loop {
        let still: Vec<ParamId> = held.iter().chain(&idle).copied().collect();
        let unknowns = Unknowns::new(model, &still);
        if unknowns.list.is_empty() {
            return (unknowns, None, held);
        }
        match Forms::new(reader, &unknowns) {
            Err(more) => held.extend(more),
            Ok(forms) => {
                let moves =
                    |i: &usize| forms.moving.as_ref().is_none_or(|m| m.hangs_on(*i) || unknowns.taken_up_by(*i).is_some());
                let (_, more): (Vec<usize>, Vec<usize>) = (0..unknowns.list.len()).partition(moves);
                let alone = more.iter().all(|i| unknowns.alone(*i));
                if more.is_empty() || !alone {
                    return (unknowns, Some(forms), held);
                }
                idle.extend(more.iter().map(|i| unknowns.list[*i].param));
            }
        }
    }
}

fn moves_money(chain: &Chain) -> bool {
    let some = |rewards: &crate::chain::Rewards| !rewards.costs.is_empty() || rewards.earns.is_some();
    chain.visits.iter().any(|v| some(&v.rewards)) || chain.leaves.iter().any(|l| some(&l.rewards))
}

/// All totals of a journey, in the order of [`Campaign::totals`].
fn kinds(model: &Model) -> Vec<TotalOf> {
    let goals = (0..model.goals.len()).map(|g| TotalOf::Goal(GoalId::new(g)));
    let ends = (0..model.ends.len()).map(|e| TotalOf::End(EndId::new(e)));
    let money = [MoneyKind::Cost, MoneyKind::Revenue, MoneyKind::Margin].map(TotalOf::Money);
    goals.chain(ends).chain(money).collect()
}

/// What is expected of each total at the stated values; `None` where the exact engine declines.
fn stated(journey: &Journey) -> Option<Vec<Option<f64>>> {
    let model = &journey.program.base;
    let measure = |of: &TotalOf| {
        let only = Modifiers::default();
        let kind = match of {
            TotalOf::Goal(goal) => MeasureKind::Count(*goal, only),
            TotalOf::End(end) => MeasureKind::Rate { from: None, to: Event::Stop(*end), before: None, within: None, only },
            TotalOf::Money(kind) => MeasureKind::Money(*kind, only),
        };
        Measure { kind, unit: of.unit(), origin: Span::default() }
    };
    let measures: Vec<Measure> = kinds(model).iter().map(measure).collect();
    let (plans, requests) = ask_for(&journey.program, &journey.chains, &measures.iter().collect::<Vec<_>>());
    let chain = &journey.chains[0];
    let answers = answers(chain, &plans[0]).ok()?;
    let of = |request: &crate::plan::Request| {
        let value = request.formula.evaluate(&crate::model::law::nearest, &|leaf| {
            let personas = answers[leaf.question.0].exact.as_ref().ok()?;
            Some(chain.personas.iter().zip(personas).map(|(share, exact)| share.value * exact.mean).sum::<f64>())
        });
        value.map(|v| v * arrivals(model))
    };
    Some(requests.iter().map(of).collect())
}

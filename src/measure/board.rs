//! The board of the whole journey: hot points, funnel, moments, goals and ends, flows.

use super::answers::Answered;
use super::estimate::{around, bare, share as share_estimate, spread};
use super::figure::{chance_of, figure};
use super::figures::{
    Estimate, Figure, FlowFigure, HotPointFigure, MomentFigure, Quadrant, ReachedFigure, ReachedWhat, StageFigure, TypicalPaths,
};
use crate::chain::{Flow, From};
use crate::model::{ChannelId, EndId, GoalId, Model, Moment, StageId, Target, Touchpoint, TouchpointId, Unit};
use crate::plan::{Asked, Board, Declined, HotPoint, PersonaBoard, Reached};

/// Above this pull a touchpoint brings the brand something; above this feeling it brings the customer something.
pub const QUADRANT_LIMITS: (f64, f64) = (0.1, 0.0);

/// Both engines' boards, mixed over personas.
pub(super) struct Boards<'a> {
    weights: Vec<f64>,
    exact: Result<&'a Board, Declined>,
    drawn: Option<(&'a Board, &'a [u64])>,
    arrivals: f64,
}

impl<'a> Boards<'a> {
    pub(super) fn new(answered: &'a Answered<'_>, arrivals: f64) -> Self {
        // Without a horizon, or if nobody can still be under way then, the board is what happens; else it is unbounded.
        let within =
            |s: &&crate::solve::Solution| answered.plan.horizon.is_none_or(|h| s.longest.is_some_and(|longest| longest <= h));
        let exact = answered.solution.as_ref().map_err(|d| *d);
        let exact = exact.and_then(|s| if within(&s) { Ok(&s.board) } else { Err(Declined::Horizon) });
        Self {
            weights: answered.chain.personas.iter().map(|p| p.value).collect(),
            exact,
            drawn: answered.estimates.as_ref().map(|e| (&e.board, e.customers_per_persona.as_slice())),
            arrivals,
        }
    }

    /// Why the exact engine has no board, if it has none.
    pub(super) fn declined(&self) -> Option<Declined> {
        self.exact.err()
    }

    /// A mean over all customers by the exact engine.
    fn exact(&self, pick: impl Fn(&PersonaBoard) -> f64) -> Option<f64> {
        let board = self.exact.ok()?;
        Some(self.weights.iter().zip(&board.personas).map(|(w, p)| w * pick(p)).sum())
    }

    /// A sum over all customers drawn.
    fn drawn(&self, pick: impl Fn(&PersonaBoard) -> f64) -> Option<f64> {
        let (board, customers) = self.drawn?;
        Some(customers.iter().zip(&board.personas).map(|(n, p)| *n as f64 * pick(p)).sum())
    }

    fn customers(&self) -> f64 {
        self.drawn.map_or(0.0, |(_, customers)| customers.iter().sum::<u64>() as f64)
    }

    /// A share of all who arrive.
    pub(super) fn share(&self, pick: impl Fn(&PersonaBoard) -> f64 + Copy) -> Figure {
        self.share_of(pick, |_| 1.0)
    }

    /// A share of those counted by `base`; both are shares of all who arrive.
    pub(super) fn share_of(
        &self,
        pick: impl Fn(&PersonaBoard) -> f64 + Copy,
        base: impl Fn(&PersonaBoard) -> f64 + Copy,
    ) -> Figure {
        let of = self.exact(base);
        let exact = self.exact(pick).zip(of).map(|(n, d)| n / d).filter(|v| v.is_finite());
        let drawn = self.drawn(pick).zip(self.drawn(base)).filter(|(_, d)| *d > 0.0);
        Figure {
            unit: Unit::Share,
            exact,
            estimate: drawn.map(|(n, d)| share_estimate(n.round() as u64, d.round() as u64)),
            chance: exact.zip(of).and_then(|(v, of)| chance_of(v, of * self.arrivals)),
            declined: self.exact.err(),
            base: of,
            ..Figure::default()
        }
    }

    /// A mean per customer, without a precision of its own.
    fn mean(&self, unit: Unit, pick: impl Fn(&PersonaBoard) -> f64 + Copy) -> Figure {
        let estimate = self.drawn(pick).map(|sum| bare(sum / self.customers()));
        Figure { unit, exact: self.exact(pick), estimate, declined: self.exact.err(), base: Some(1.0), ..Figure::default() }
    }

    /// The board of one persona, exact if there is one.
    pub(super) fn of_persona(&self, persona: usize) -> Option<&PersonaBoard> {
        let board = self.exact.ok().or(self.drawn.map(|(board, _)| board))?;
        board.personas.get(persona)
    }

    /// Share of a persona who reach the main goal.
    pub(super) fn persona_goal(&self, persona: usize, goal: Option<GoalId>) -> Figure {
        let Some(goal) = goal else { return Figure { unit: Unit::Share, ..Figure::default() } };
        let share = |board: &Board| board.personas[persona].goals[goal.index()].share;
        let n = self.weights[persona] * self.arrivals;
        let exact = self.exact.ok().map(share);
        let drawn = self.drawn.map(|(board, customers)| (share(board), customers[persona])).filter(|(_, n)| *n > 0);
        Figure {
            unit: Unit::Share,
            exact,
            estimate: drawn.map(|(share, n)| share_estimate((share * n as f64).round() as u64, n)),
            chance: exact.and_then(|share| chance_of(share, n)),
            declined: self.exact.err(),
            base: Some(self.weights[persona]),
            ..Figure::default()
        }
    }

    /// Mean and standard deviation of a number among those who get somewhere.
    fn moments(&self, unit: Unit, at: impl Fn(&PersonaBoard) -> (f64, (f64, f64)) + Copy) -> [Figure; 2] {
        let mix = |parts: Vec<(f64, (f64, f64))>| {
            let weight: f64 = parts.iter().map(|(w, _)| w).sum();
            let met = || parts.iter().filter(|(w, _)| *w > 0.0);
            let mean = met().map(|(w, (m, _))| w * m).sum::<f64>() / weight;
            let variance = met().map(|(w, (m, s))| w * (s * s + (m - mean) * (m - mean))).sum::<f64>() / weight;
            (mean, spread(mean, variance.sqrt()), weight)
        };
        let exact = self.exact.ok().map(|board| {
            mix(self
                .weights
                .iter()
                .zip(&board.personas)
                .map(|(w, p)| {
                    let (share, m) = at(p);
                    (w * share, m)
                })
                .collect())
        });
        let drawn = self.drawn.map(|(board, customers)| {
            mix(customers
                .iter()
                .zip(&board.personas)
                .map(|(n, p)| {
                    let (share, m) = at(p);
                    (*n as f64 * share, m)
                })
                .collect())
        });
        let one = |exact: Option<f64>, estimate: Option<Estimate>, base| Figure {
            unit,
            exact: exact.filter(|v| v.is_finite()),
            estimate: estimate.filter(|e| e.value.is_finite()),
            declined: self.exact.err(),
            base,
            ..Figure::default()
        };
        let base = exact.map(|(_, _, w)| w);
        let mean_estimate = drawn.map(|(mean, sd, n)| around(mean, sd / n.sqrt()));
        [
            one(exact.map(|(mean, ..)| mean), mean_estimate, base),
            one(exact.map(|(_, sd, _)| sd), drawn.map(|(_, sd, _)| bare(sd)), base),
        ]
    }
}

/// The hot points, in the order of the text.
pub(super) fn hot_points(model: &Model, goal: Option<GoalId>, boards: &Boards<'_>) -> Vec<HotPointFigure> {
    let converted = |p: &PersonaBoard| goal.map_or(0.0, |g| p.goals[g.index()].share);
    let mut figures: Vec<HotPointFigure> = (0..model.touchpoints.len())
        .map(|t| {
            let at = |p: &PersonaBoard| p.touchpoints[t];
            let felt = felt(boards, t);
            let pull = pull(boards, goal.is_some(), converted, |p| at(p).goal_before);
            let optional = |pick: fn(&HotPoint) -> Option<f64>| {
                let board = boards.exact.ok()?;
                board
                    .personas
                    .iter()
                    .all(|p| pick(&p.touchpoints[t]).is_some())
                    .then(|| boards.exact(|p| pick(&at(p)).unwrap_or(0.0)))?
            };
            let leverage = Figure {
                unit: Unit::Points,
                exact: optional(|h| h.leverage).filter(|_| goal.is_some()),
                declined: boards.exact.err(),
                ..Figure::default()
            };
            let (effort, efforts) = (|p: &PersonaBoard| at(p).effort, |p: &PersonaBoard| at(p).efforts);
            let mean_effort = || {
                let (sum, count) = boards
                    .exact(effort)
                    .zip(boards.exact(efforts))
                    .or_else(|| boards.drawn(effort).zip(boards.drawn(efforts)))?;
                (count > 0.0).then(|| sum / count)
            };
            HotPointFigure {
                touchpoint: TouchpointId::new(t),
                rank: 0,
                reach: boards.share(|p| at(p).reach),
                visits: boards.mean(Unit::Number, |p| at(p).visits),
                quadrant: quadrant(pull.value(), felt.value()),
                pull,
                leak: boards.share(|p| at(p).leak),
                leak_value: optional(|h| h.leak_value),
                leverage,
                felt,
                effort: mean_effort(),
                personas: personas(boards, t, goal),
            }
        })
        .collect();
    rank(&mut figures);
    figures
}

/// Mean of what is felt at a touchpoint, over its feelings. The standard error of F/C, both summed over customers, is that of
/// F − mC (the delta method for a ratio).
fn felt(boards: &Boards<'_>, t: usize) -> Figure {
    let (sum, count) = (|p: &PersonaBoard| p.touchpoints[t].felt, |p: &PersonaBoard| p.touchpoints[t].feelings);
    let exact = boards.exact(sum).zip(boards.exact(count)).filter(|(_, n)| *n > 0.0).map(|(sum, n)| sum / n);
    let estimate = boards.drawn(sum).zip(boards.drawn(count)).filter(|(_, n)| *n > 0.0).map(|(sum, n)| {
        let mean = sum / n;
        let squares = |p: &PersonaBoard| {
            let m = p.touchpoints[t].felt_moments.unwrap_or_default();
            m.sums - 2.0 * mean * m.products + mean * mean * m.counts
        };
        around(mean, boards.drawn(squares).unwrap_or(0.0).max(0.0).sqrt() / n)
    });
    let base = boards.exact(count);
    Figure { unit: Unit::Number, exact, estimate, declined: boards.exact.err(), base, ..Figure::default() }
}

/// The same as a number; nothing where nobody feels anything.
pub(super) fn felt_at(boards: &Boards<'_>, t: usize) -> Option<f64> {
    let sum = |p: &PersonaBoard| p.touchpoints.get(t).map_or(0.0, |h| h.felt);
    let count = |p: &PersonaBoard| p.touchpoints.get(t).map_or(0.0, |h| h.feelings);
    let exact = boards.exact(sum).zip(boards.exact(count));
    let (sum, count) = exact.or_else(|| boards.drawn(sum).zip(boards.drawn(count)))?;
    (count > 0.0).then(|| sum / count)
}

/// Removal effect: the share of conversions that need the touchpoint. Of `n` conversions drawn, those that came by it.
fn pull(
    boards: &Boards<'_>,
    goal: bool,
    converted: impl Fn(&PersonaBoard) -> f64 + Copy,
    before: impl Fn(&PersonaBoard) -> f64 + Copy,
) -> Figure {
    if !goal {
        return Figure { unit: Unit::Share, ..Figure::default() };
    }
    // 1 − before/converted, written so that a touchpoint that nobody needs has exactly 0.
    let mut figure = boards.share_of(|p| converted(p) - before(p), converted);
    figure.exact = figure.exact.map(without_dust);
    figure.chance = None;
    figure
}

/// A share that two solves gave the difference of: what rounding leaves of nothing is nothing.
fn without_dust(share: f64) -> f64 {
    if share < 1e-12 { 0.0 } else { share.min(1.0) }
}

/// The five figures by persona: reach, pull, leak, leverage, felt.
fn personas(boards: &Boards<'_>, t: usize, goal: Option<GoalId>) -> Vec<[Option<f64>; 5]> {
    let Some(board) = boards.exact.ok().or(boards.drawn.map(|(b, _)| b)) else { return Vec::new() };
    let of = |p: &PersonaBoard| {
        let h = p.touchpoints[t];
        let converted = goal.map_or(0.0, |g| p.goals[g.index()].share);
        let pull = (converted > 0.0).then(|| without_dust((converted - h.goal_before) / converted));
        [
            Some(h.reach),
            pull,
            Some(h.leak),
            h.leverage.filter(|_| goal.is_some()),
            (h.feelings > 0.0).then(|| h.felt / h.feelings),
        ]
    };
    board.personas.iter().map(of).collect()
}

fn quadrant(pull: Option<f64>, felt: Option<f64>) -> Option<Quadrant> {
    let (pull, felt) = (pull?, felt?);
    Some(match (pull >= QUADRANT_LIMITS.0, felt >= QUADRANT_LIMITS.1) {
        (true, true) => Quadrant::WinWin,
        (true, false) => Quadrant::Intrusive,
        (false, true) => Quadrant::Gift,
        (false, false) => Quadrant::DeadWeight,
    })
}

/// Ranks by leverage, then pull, then reach; earlier in the text first.
fn rank(figures: &mut [HotPointFigure]) {
    let mut order: Vec<usize> = (0..figures.len()).collect();
    let key = |f: &HotPointFigure| [f.leverage.value(), f.pull.value(), f.reach.value()].map(|v| v.unwrap_or(-1.0));
    order.sort_by(|a, b| {
        let (a, b) = (key(&figures[*a]), key(&figures[*b]));
        b.iter().zip(&a).map(|(y, x)| y.total_cmp(x)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    for (rank, i) in order.into_iter().enumerate() {
        figures[i].rank = rank + 1;
    }
}

/// The funnel, in the order of the text.
pub(super) fn stages(model: &Model, answered: &[Answered<'_>], asked: &Asked, boards: &Boards<'_>) -> Vec<StageFigure> {
    let stage = |(i, s): (usize, &crate::model::Stage)| {
        let entered = |p: &PersonaBoard| p.stages[i];
        let left = |p: &PersonaBoard| s.touchpoints.iter().map(|t| p.touchpoints[t.index()].leak).sum::<f64>();
        StageFigure {
            stage: StageId::new(i),
            entered: boards.share(entered),
            left: boards.share(left),
            step: boards.share_of(|p| entered(p) - left(p), entered),
            median_time: figure(answered, &asked.stage_times[i], boards.arrivals).value(),
        }
    };
    model.stages.iter().enumerate().map(stage).collect()
}

/// The moments of truth that the journey has.
pub(super) fn moments(model: &Model, answered: &[Answered<'_>], asked: &Asked, boards: &Boards<'_>) -> Vec<MomentFigure> {
    let one = |(moment, request): &(Moment, crate::plan::Request)| {
        let at = Moment::ALL.iter().position(|m| m == moment)?;
        let inside: Vec<usize> = (0..model.touchpoints.len())
            .filter(|t| model.touchpoints[*t].stage.is_some_and(|s| model.stages[s.index()].moment == Some(*moment)))
            .collect();
        let entered = |p: &PersonaBoard| p.moments[at];
        let left = |p: &PersonaBoard| inside.iter().map(|t| p.touchpoints[*t].leak).sum::<f64>();
        Some(MomentFigure {
            moment: *moment,
            entered: boards.share(entered),
            step: boards.share_of(|p| entered(p) - left(p), entered),
            median_time: figure(answered, request, boards.arrivals).value(),
            channels: channels(model, boards, &inside),
        })
    };
    asked.moment_times.iter().filter_map(one).collect()
}

/// The channels of some touchpoints with their share of the visits, largest first.
fn channels(model: &Model, boards: &Boards<'_>, inside: &[usize]) -> Vec<(String, f64)> {
    let mut by_channel = vec![0.0; model.channels.len()];
    for t in inside {
        let visits = boards.mean(Unit::Number, |p| p.touchpoints[*t].visits).value();
        by_channel[model.touchpoints[*t].channel.index()] += visits.unwrap_or(0.0);
    }
    let total: f64 = by_channel.iter().sum();
    let mut used: Vec<(usize, f64)> = by_channel.into_iter().enumerate().filter(|(_, v)| *v > 0.0).collect();
    used.sort_by(|a, b| b.1.total_cmp(&a.1));
    used.into_iter().map(|(c, v)| (model.channels[ChannelId::new(c).index()].name.label.clone(), v / total)).collect()
}

/// Goals, then ends: who gets there, when, at what cost.
pub(super) fn reached(model: &Model, boards: &Boards<'_>) -> (Vec<ReachedFigure>, Vec<ReachedFigure>) {
    let one = |what: ReachedWhat, at: &dyn Fn(&PersonaBoard) -> Reached| {
        let [time_mean, time_sd] = boards.moments(Unit::Time, |p| (at(p).share, at(p).time));
        let [cost_mean, cost_sd] = boards.moments(Unit::Money, |p| (at(p).share, at(p).cost));
        let [revenue_mean, revenue_sd] = boards.moments(Unit::Money, |p| (at(p).share, at(p).revenue));
        let [margin_mean, margin_sd] = boards.moments(Unit::Money, |p| (at(p).share, at(p).margin));
        let personas = (0..model.personas.len()).filter_map(|p| boards.of_persona(p)).map(at).collect();
        ReachedFigure {
            what,
            share: boards.share(|p| at(p).share),
            time_mean,
            time_sd,
            cost_mean,
            cost_sd,
            revenue_mean,
            revenue_sd,
            margin_mean,
            margin_sd,
            personas,
        }
    };
    let goals = (0..model.goals.len()).map(|g| one(ReachedWhat::Goal(GoalId::new(g)), &|p| p.goals[g]));
    let ends = (0..model.ends.len()).map(|e| one(ReachedWhat::End(EndId::new(e)), &|p| p.ends[e]));
    (goals.collect(), ends.collect())
}

/// Passages, none where no engine knows them, with those on the most probable paths to the goal marked.
pub(super) fn flows(answered: &Answered<'_>, boards: &Boards<'_>, paths: &TypicalPaths) -> Vec<FlowFigure> {
    let typical = |flow: &Flow| match (flow.from, flow.to) {
        (From::Touchpoint(a), Target::Touchpoint(b)) => {
            paths.to_goal.first().is_some_and(|path| path.touchpoints.windows(2).any(|w| w == [a, b]))
        }
        _ => false,
    };
    let passages = |i: usize| boards.mean(Unit::Number, |p| p.flows[i]).value();
    let flows = answered.chain.flows.iter().enumerate();
    flows.filter_map(|(i, flow)| Some(FlowFigure { flow: *flow, passages: passages(i)?, typical: typical(flow) })).collect()
}

/// Share of the passages between two touchpoints that change channel; a second channel (`with`) counts as there.
pub(super) fn channel_switches(model: &Model, answered: &Answered<'_>, boards: &Boards<'_>) -> Figure {
    let ends = |flow: &Flow| match (flow.from, flow.to) {
        (From::Touchpoint(a), Target::Touchpoint(b)) => Some((&model.touchpoints[a.index()], &model.touchpoints[b.index()])),
        _ => None,
    };
    let stays = |a: &Touchpoint, b: &Touchpoint| a.channel == b.channel || a.with == Some(b.channel) || b.with == Some(a.channel);
    let flows = &answered.chain.flows;
    let sum = |p: &PersonaBoard, counted: &dyn Fn(&Flow) -> bool| -> f64 {
        flows.iter().zip(&p.flows).filter(|(flow, _)| counted(flow)).map(|(_, passages)| passages).sum()
    };
    let between = |p: &PersonaBoard| sum(p, &|flow| ends(flow).is_some());
    let switching = |p: &PersonaBoard| sum(p, &|flow| ends(flow).is_some_and(|(a, b)| !stays(a, b)));
    let exact = boards.exact(switching).zip(boards.exact(between)).map(|(s, b)| s / b).filter(|v| v.is_finite());
    let drawn = boards.drawn(switching).zip(boards.drawn(between)).map(|(s, b)| s / b).filter(|v| v.is_finite());
    Figure { unit: Unit::Share, exact, estimate: drawn.map(bare), declined: boards.exact.err(), ..Figure::default() }
}

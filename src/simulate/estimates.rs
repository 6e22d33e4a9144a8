//! What the simulation says.

use super::layout::{Layout, PAIR};
use super::ledger::Ledger;
use super::passages::counts;
use super::sketch::Sketch;
use super::tally::{Shifts, Tally};
use crate::plan::{Board, FeltMoments, HotPoint, PersonaBoard, Plan, Reached};

/// Figures of all customers drawn, persona by persona. The personas are as many as were drawn, not as many as the journey says:
/// weigh them by their shares.
#[derive(Clone, Debug)]
pub struct Estimates {
    /// Customers drawn, by persona.
    pub customers_per_persona: Vec<u64>,
    /// How many were cut after [`crate::limits::MAX_STEPS`] visits; what they did until then is counted.
    pub unfinished: u64,
    /// Visits of all customers.
    pub steps: u64,
    /// The figures of the whole journey.
    pub board: Board,
    /// The counts behind them, by persona.
    pub counts: Vec<Counts>,
    /// By question, then by persona.
    pub answers: Vec<Vec<Moments>>,
    /// By group, then by persona.
    pub groups: Vec<Vec<Joint>>,
    /// By question, then by persona; empty for questions that do not want their distribution.
    pub sketches: Vec<Vec<Sketch>>,
}

/// Counts of one persona's customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Customers drawn.
    pub customers: u64,
    /// By touchpoint: those who met it.
    pub reach: Vec<u64>,
    /// By touchpoint: meetings.
    pub visits: Vec<u64>,
    /// By touchpoint: sum of the squares of each customer's meetings.
    pub visit_squares: Vec<u64>,
    /// By touchpoint: of those who reach the main goal, those who met it before that. The others of them are the
    /// `goal_before` of the board.
    pub met_before_goal: Vec<u64>,
    /// By touchpoint: failing exits.
    pub leak: Vec<u64>,
    /// By touchpoint: feelings.
    pub feelings: Vec<u64>,
    /// By touchpoint: efforts.
    pub efforts: Vec<u64>,
    /// By flow: passages that arrived.
    pub flows: Vec<u64>,
    /// By stage: those who met any of its touchpoints.
    pub stages: Vec<u64>,
    /// By moment, in the order of `Moment::ALL`: those who met any of its touchpoints.
    pub moments: Vec<u64>,
    /// By goal, then by end: those who got there.
    pub reached: Vec<u64>,
    /// By goal, then by end: how many times.
    pub times: Vec<u64>,
    /// By question: those it is about.
    pub bases: Vec<u64>,
}

/// The number of a question over one persona's customers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// Customers that the question is about.
    pub base: u64,
    /// The mean among them.
    pub mean: f64,
    /// The variance among them (over `base − 1`).
    pub variance: f64,
}

impl Moments {
    /// The sum over the base: for a number that is 0 or 1, how many have 1.
    #[must_use]
    pub fn count(&self) -> u64 {
        (self.mean * self.base as f64).round().max(0.0) as u64
    }
}

/// Means and covariances, over all customers of one persona, of the numbers `B₁, B₁Y₁, B₂, B₂Y₂, …` of a group of questions:
/// `B` is 1 for those the question is about and 0 for the others, `Y` the number asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joint {
    /// Customers.
    pub customers: u64,
    /// The means.
    pub means: Vec<f64>,
    /// The covariances, row by row (over `customers − 1`).
    pub covariances: Vec<f64>,
}

impl Joint {
    /// The covariance of two of the numbers.
    #[must_use]
    pub fn covariance(&self, i: usize, j: usize) -> f64 {
        self.covariances[i * self.means.len() + j]
    }
}

impl Estimates {
    pub(super) fn new(ledger: &Ledger<'_>, shifts: &Shifts, tally: &Tally) -> Self {
        let (plan, layout) = (ledger.plan, &ledger.layout);
        let sums = tally.sums.total(layout.length());
        let counts = counts(ledger, tally);
        let personas = 0..layout.personas;
        Self {
            customers_per_persona: counts.iter().map(|c| c.customers).collect(),
            unfinished: tally.unfinished,
            steps: counts.iter().flat_map(|c| &c.visits).sum(),
            board: Board { personas: personas.clone().map(|p| board(ledger, shifts, &counts[p], &sums, p)).collect() },
            answers: (0..plan.questions.len())
                .map(|q| {
                    let of = |p: usize| {
                        let at = layout.question(p, q);
                        let base = counts[p].bases[q];
                        let (mean, variance) = moments(base, shifts.questions[q], sums[at], sums[at + 1]);
                        Moments { base, mean, variance }
                    };
                    personas.clone().map(of).collect()
                })
                .collect(),
            groups: (0..plan.groups.len())
                .map(|g| personas.clone().map(|p| joint(plan, layout, shifts, &counts[p], &sums, g, p)).collect())
                .collect(),
            sketches: tally.sketches.clone(),
            counts,
        }
    }
}

/// Mean and variance of `shift + x` from the sum of `x` and of its squares.
fn moments(count: u64, shift: f64, sum: f64, squares: f64) -> (f64, f64) {
    if count == 0 {
        return (0.0, 0.0);
    }
    let n = count as f64;
    let variance = if count > 1 { ((squares - sum * (sum / n)) / (n - 1.0)).max(0.0) } else { 0.0 };
    (shift + sum / n, variance)
}

fn board(ledger: &Ledger<'_>, shifts: &Shifts, counts: &Counts, sums: &[f64], persona: usize) -> PersonaBoard {
    let (plan, layout) = (ledger.plan, &ledger.layout);
    let share = |count: u64| if counts.customers == 0 { 0.0 } else { count as f64 / counts.customers as f64 };
    let mean = |sum: f64| if counts.customers == 0 { 0.0 } else { sum / counts.customers as f64 };
    let shares = |counts: &[u64]| counts.iter().map(|c| share(*c)).collect();
    let goal = plan.goal.filter(|_| ledger.detail.reach);
    let converted = goal.map_or(0, |goal| counts.reached[goal.index()]);
    let reached = |what: usize| {
        let at = layout.reached(persona, what);
        let n = counts.reached[what];
        let spread = |number: usize| {
            let (mean, variance) = moments(n, shifts.reached[what][number], sums[at + 2 * number], sums[at + 2 * number + 1]);
            (mean, variance.sqrt())
        };
        let [time, cost, revenue, margin] = [0, 1, 2, 3].map(spread);
        Reached { share: share(n), times: share(counts.times[what]), time, cost, revenue, margin }
    };
    PersonaBoard {
        touchpoints: (0..counts.reach.len())
            .map(|t| {
                let at = layout.point(persona, t);
                HotPoint {
                    reach: share(counts.reach[t]),
                    visits: share(counts.visits[t]),
                    goal_before: share(converted - counts.met_before_goal[t]),
                    leak: share(counts.leak[t]),
                    felt: mean(sums[at]),
                    feelings: share(counts.feelings[t]),
                    felt_moments: Some(FeltMoments {
                        sums: mean(sums[at + 2]),
                        counts: mean(sums[at + 3]),
                        products: mean(sums[at + 4]),
                    }),
                    effort: mean(sums[at + 1]),
                    efforts: share(counts.efforts[t]),
                    leverage: None,
                    leak_value: None,
                }
            })
            .collect(),
        flows: shares(&counts.flows),
        stages: shares(&counts.stages),
        moments: shares(&counts.moments),
        goals: (0..layout.goals).map(reached).collect(),
        ends: (layout.goals..counts.reached.len()).map(reached).collect(),
    }
}

fn joint(plan: &Plan, layout: &Layout, shifts: &Shifts, counts: &Counts, sums: &[f64], group: usize, persona: usize) -> Joint {
    let questions = &plan.groups[group];
    let size = 2 * questions.len();
    let mut joint = Joint { customers: counts.customers, means: vec![0.0; size], covariances: vec![0.0; size * size] };
    let n = counts.customers as f64;
    if counts.customers < 1 {
        return joint;
    }
    // The tally sums Z = Y − c over the base of each question, so that B Y = B Z + c B.
    let alone: Vec<[f64; 4]> = questions
        .iter()
        .map(|q| {
            let at = layout.question(persona, q.0);
            [counts.bases[q.0] as f64, sums[at], sums[at], sums[at + 1]]
        })
        .collect();
    let mut pairs = sums[layout.group(persona, group)..].chunks_exact(PAIR);
    for i in 0..questions.len() {
        let (base, shift) = (alone[i][0], shifts.questions[questions[i].0]);
        joint.means[2 * i] = base / n;
        joint.means[2 * i + 1] = (alone[i][1] + shift * base) / n;
        for j in i..questions.len() {
            let common: &[f64] = if i == j { &alone[i] } else { pairs.next().unwrap_or(&[0.0; PAIR]) };
            // The covariance of x and y, from the sums of x y, of x and of y; what is the same for all does not vary.
            let covariance = |product: f64, x: f64, y: f64, fixed: bool| {
                if fixed || counts.customers < 2 { 0.0 } else { (product - x * (y / n)) / (n - 1.0) }
            };
            let (everybody, all_too) = (base == n, alone[j][0] == n);
            let bb = covariance(common[0], base, alone[j][0], everybody || all_too);
            let zb = covariance(common[1], alone[i][1], alone[j][0], all_too);
            let bz = covariance(common[2], base, alone[j][1], everybody);
            let zz = covariance(common[3], alone[i][1], alone[j][1], false);
            let (c, d) = (shift, shifts.questions[questions[j].0]);
            let block = [bb, bz + d * bb, zb + c * bb, zz + c * bz + d * zb + c * d * bb];
            for (place, value) in block.into_iter().enumerate() {
                let (row, column) = (2 * i + place / 2, 2 * j + place % 2);
                joint.covariances[row * size + column] = value;
                joint.covariances[column * size + row] = value;
            }
        }
    }
    joint
}

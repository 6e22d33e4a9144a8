//! The sponsored post of the guides, by hand: 1,000 customers arrive (Julie 60 %, Roger 40 %), 9 % click, 4 of 90 put in the
//! basket and 3 of 90 compare, 1 of 3 of these comes back to the basket, 75 % of the deliveries conform: 3/800 in the end.
//!
//! Every figure below is worked out beside it. Simulated counts are made up, near what they should be.

use crate::chain::{Flow, From};
use crate::diagnostics::{Code, Diagnostic, JsonDiagnostic, Sources, Span, json_view};
use crate::locale::{Lang, Words};
use crate::measure::{
    Agreement, AttributionFigures, Base, ClaimFigure, Credit, CreditRow, Credited, Disagreement, Estimate, ExpectationFigure,
    Figure, Figures, FlowFigure, HotPointFigure, Interval, IntervalFormula, KpiFigure, MethodNote, MomentFigure, PersonaFigures,
    Quadrant, ReachedFigure, ReachedWhat, Settings, SimulatedNote, SolvedNote, StageFigure, Standard, StandardFigure,
    TypicalPath, TypicalPaths, Verdict,
};
use crate::model::{
    Arrival, ArrivalId, Bound, Channel, ChannelId, Claim, End, EndId, Event, Expectation, Feeling, Goal, GoalId, Guarded, Kpi,
    KpiId, Law, Measure, MeasureKind, Media, Model, Modifiers, Moment, MoneyKind, Motive, Named, Outcome, Param, ParamEvidence,
    PerPersona, Persona, PersonaId, Place, Presence, Program, Scenario, Source, SourceId, Stage, StageId, Target, Touchpoint,
    TouchpointId, Unit, Unmentioned,
};
use crate::plan::{Declined, Reached};
use crate::syntax::tree::Comparison;
use num_rational::BigRational;
use num_traits::Zero;

/// Customers drawn.
const DRAWN: u64 = 200_000;

pub(super) fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

pub(super) fn named(name: &str, label: &str) -> Named {
    Named { name: name.to_owned(), label: label.to_owned(), origin: Span::default() }
}

fn touchpoint(name: &str, label: &str, channel: usize, stage: usize) -> Touchpoint {
    Touchpoint {
        name: named(name, label),
        channel: ChannelId::new(channel),
        with: None,
        contact: None,
        stage: Some(StageId::new(stage)),
        is: Vec::new(),
        does: Vec::new(),
        thinks: Vec::new(),
        pains: Vec::new(),
        appeals: Vec::new(),
        updates: Vec::new(),
        reaches: Vec::new(),
        costs: Vec::new(),
        earns: Vec::new(),
        feels: Vec::new(),
        efforts: Vec::new(),
        surveys: Vec::new(),
        takes: Vec::new(),
        branches: Vec::new(),
    }
}

fn persona(name: &str, label: &str) -> Persona {
    Persona {
        name: named(name, label),
        age: None,
        job: None,
        income: None,
        motives: Vec::new(),
        wants: Vec::new(),
        pains: Vec::new(),
        story: None,
        has: Vec::new(),
    }
}

fn channel(name: &str, label: &str, presence: Presence, media: Media) -> Channel {
    Channel { name: named(name, label), presence: Some(presence), media: Some(media), cost: None }
}

fn stage(name: &str, label: &str, moment: Moment, touchpoints: &[usize]) -> Stage {
    Stage {
        name: named(name, label),
        moment: Some(moment),
        pains: Vec::new(),
        touchpoints: touchpoints.iter().map(|t| TouchpointId::new(*t)).collect(),
    }
}

fn param(name: &str, label: &str, value: BigRational, unit: Unit, evidence: ParamEvidence) -> Param {
    Param { name: named(name, label), value, unit, range: None, evidence }
}

fn counted(some: i64, all: i64) -> ParamEvidence {
    ParamEvidence { source: Some(SourceId::new(0)), assumed: false, count: Some((ratio(some, 1), ratio(all, 1))), law: None }
}

fn unsourced(assumed: bool) -> ParamEvidence {
    ParamEvidence { source: None, assumed, count: None, law: None }
}

fn model() -> Model {
    let mut touchpoints = vec![
        touchpoint("post", "Post sponsorisé", 0, 0),
        touchpoint("product", "Fiche produit", 1, 1),
        touchpoint("compare", "Avis", 2, 1),
        touchpoint("cart", "Panier", 1, 2),
        touchpoint("delivery", "Livraison", 3, 3),
    ];
    let felt = |value: i64, words: &str| Feeling { value: Law::constant(ratio(value, 1)), words: Some(words.to_owned()) };
    touchpoints[0].feels.push(Guarded {
        guard: None,
        value: PerPersona { default: felt(1, "curieuse"), own: vec![(PersonaId::new(1), felt(-1, "encore une pub"))] },
        origin: Span::default(),
    });
    Model {
        name: named("sponsored_post", "Post sponsorisé"),
        locale: Lang::Fr,
        currency: Some("EUR".to_owned()),
        horizon: None,
        discount: None,
        personas: vec![
            Persona {
                age: Some(25),
                motives: vec![Motive::Novelty, Motive::Sympathy],
                wants: vec!["Une robe pour samedi".to_owned()],
                ..persona("julie", "Julie")
            },
            persona("roger", "Roger"),
        ],
        segments: Vec::new(),
        channels: vec![
            channel("social", "Réseaux sociaux", Presence::Digital, Media::Paid),
            channel("web", "Boutique en ligne", Presence::Digital, Media::Owned),
            channel("rivals", "Comparateurs", Presence::Digital, Media::Earned),
            channel("parcel", "Livraison", Presence::Physical, Media::Owned),
        ],
        stages: vec![
            stage("stimulus", "Stimulus", Moment::Stimulus, &[0]),
            stage("curiosity", "Curiosité", Moment::Zmot, &[1, 2]),
            stage("buying", "Achat", Moment::Fmot, &[3]),
            stage("using", "Expérience", Moment::Smot, &[4]),
        ],
        touchpoints,
        goals: vec![Goal { name: named("order", "Commande") }, Goal { name: named("delivered", "Livraison conforme") }],
        ends: vec![
            End { name: named("served", "Client livré"), outcome: Some(Outcome::Success) },
            End { name: named("lost", "Perdu"), outcome: Some(Outcome::Failure) },
        ],
        arrivals: vec![Arrival {
            name: named("arrive", "arrive"),
            named: false,
            number: ratio(1000, 1),
            personas: vec![(PersonaId::new(0), ratio(3, 5)), (PersonaId::new(1), ratio(2, 5))],
            cost_each: BigRational::zero(),
            branches: Vec::new(),
        }],
        memory: Vec::new(),
        params: vec![
            param("clicked", "clicked", ratio(90, 1000), Unit::Share, counted(90, 1000)),
            param("to_cart", "to_cart", ratio(4, 90), Unit::Share, counted(4, 90)),
            param("to_compare", "to_compare", ratio(3, 90), Unit::Share, counted(3, 90)),
            param("convinced", "convinced", ratio(1, 3), Unit::Share, counted(1, 3)),
            param("conforming", "conforming", ratio(3, 4), Unit::Share, unsourced(true)),
            Param {
                range: Some((ratio(45, 1), ratio(80, 1))),
                ..param("basket", "basket", ratio(59, 1), Unit::Money, unsourced(false))
            },
        ],
        sources: vec![Source {
            name: named("campaign", "Relevé de campagne"),
            url: Some("https://example.org/releve".to_owned()),
        }],
        facets: Vec::new(),
    }
}

fn measure(kind: MeasureKind, unit: Unit) -> Measure {
    Measure { kind, unit, origin: Span::default() }
}

fn rate(from: Option<Event>, to: Event) -> Measure {
    measure(MeasureKind::Rate { from, to, before: None, within: None, only: Modifiers::default() }, Unit::Share)
}

fn meet(touchpoint: usize) -> Event {
    Event::Meet(Place::Touchpoint(TouchpointId::new(touchpoint)))
}

fn goal(index: usize) -> Event {
    Event::Reach(GoalId::new(index))
}

/// The journey.
pub(super) fn program() -> Program {
    let base = model();
    let kpi = |name: &str, label: &str, measure: Measure| Kpi { name: named(name, label), key: false, measure, by: None };
    let per_order = Modifiers { per: Some(goal(0)), ..Modifiers::default() };
    Program {
        scenarios: vec![(Scenario { name: named("reliable", "Livraison fiable") }, base.clone())],
        kpis: vec![
            kpi("engagement", "Taux d’engagement", rate(Some(meet(0)), meet(1))),
            kpi("hot_conversion", "Conversion à chaud", rate(None, goal(0))),
            kpi("final_rate", "Transformation finale", rate(None, goal(1))),
            kpi("acquisition", "Coût par commande", measure(MeasureKind::Money(MoneyKind::Cost, per_order), Unit::Money)),
            kpi("slow", "Délai de commande", measure(MeasureKind::TimeTo(goal(0), Modifiers::default()), Unit::Time)),
        ],
        expectations: vec![Expectation {
            measure: rate(None, goal(1)),
            bound: Bound::Compare(Comparison::AtLeast, measure(MeasureKind::Constant(ratio(3, 1000)), Unit::Share)),
            text: "final_rate >= 0.3%".to_owned(),
            origin: Span::default(),
        }],
        claims: vec![Claim {
            measure: rate(None, goal(1)),
            value: ratio(3, 1000),
            step: ratio(1, 1000),
            printed: "0.3%".to_owned(),
            source: Some(SourceId::new(0)),
            text: "final_rate = 0.3%".to_owned(),
            origin: Span::default(),
        }],
        unmentioned: Unmentioned::default(),
        base,
    }
}

/// A figure that both engines gave.
pub(super) fn both(exact: f64, happened: u64, of: u64) -> Figure {
    Figure { exact: Some(exact), ..share(happened, of) }
}

/// A simulated share with Wilson's interval: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.96.
pub(super) fn share(happened: u64, of: u64) -> Figure {
    let (p, n, z) = (happened as f64 / of as f64, of as f64, 1.96);
    let (middle, half) = (p + z * z / (2.0 * n), z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt());
    let scale = 1.0 + z * z / n;
    Figure {
        unit: Unit::Share,
        estimate: Some(Estimate {
            value: p,
            standard_error: (p * (1.0 - p) / n).sqrt(),
            interval: Interval { low: (middle - half) / scale, high: (middle + half) / scale },
            formula: IntervalFormula::Wilson,
            count: Some((happened, of)),
        }),
        base: Some(1.0),
        ..Figure::default()
    }
}

/// A figure of the exact engine alone.
pub(super) fn exact(value: f64, unit: Unit) -> Figure {
    Figure { unit, exact: Some(value), ..Figure::default() }
}

/// A figure of the simulation alone, normal interval.
pub(super) fn simulated(value: f64, standard_error: f64, unit: Unit) -> Figure {
    let half = 1.96 * standard_error;
    Figure {
        unit,
        estimate: Some(Estimate {
            value,
            standard_error,
            interval: Interval { low: value - half, high: value + half },
            formula: IntervalFormula::Normal,
            count: None,
        }),
        declined: Some(Declined::Distribution),
        ..Figure::default()
    }
}

fn none(unit: Unit) -> Figure {
    Figure { unit, ..Figure::default() }
}

/// Three of 800: 0.09 × (4/90 + 3/90 × 1/3) × 3/4 = 0.005 × 3/4.
fn final_rate() -> Figure {
    Figure {
        fraction: Some(ratio(3, 800)),
        chance: Some(Interval { low: 0.001, high: 0.008 }),
        evidence: Some(Interval { low: 0.0009, high: 0.0102 }),
        ..both(0.00375, 741, DRAWN)
    }
}

fn kpis() -> Vec<KpiFigure> {
    let kpi = |index: usize, figure: Figure, base: Base| KpiFigure {
        kpi: KpiId::new(index),
        figure,
        base,
        by: Vec::new(),
        personas: Vec::new(),
        scenarios: Vec::new(),
    };
    vec![
        kpi(0, both(0.09, 18_048, DRAWN), Base::Those("Post sponsorisé".to_owned())),
        kpi(1, Figure { fraction: Some(ratio(1, 200)), ..both(0.005, 1_012, DRAWN) }, Base::Arrived),
        KpiFigure {
            by: vec![("Boutique en ligne".to_owned(), exact(0.00375, Unit::Share))],
            personas: vec![both(0.00375, 449, 120_000), both(0.00375, 292, 80_000)],
            // 0.005 × 0.95
            scenarios: vec![exact(0.00475, Unit::Share)],
            ..kpi(2, final_rate(), Base::Arrived)
        },
        // 0.05 / 0.005
        kpi(3, exact(10.0, Unit::Money), Base::Per("Commande".to_owned())),
        kpi(4, Figure { base: Some(0.005), ..simulated(273_600.0, 2_100.0, Unit::Time) }, Base::Those("Commande".to_owned())),
    ]
}

fn hot_points() -> Vec<HotPointFigure> {
    // reach and its count, pull, leak and its count, leverage, felt
    // leverage: visits × rate to go of the best continuing branch × 0.01, where there is a failing branch
    let point =
        |index: usize, rank: usize, reach: (f64, u64), pull: f64, leak: (f64, u64), leverage: Option<f64>| HotPointFigure {
            touchpoint: TouchpointId::new(index),
            rank,
            reach: both(reach.0, reach.1, DRAWN),
            visits: exact(reach.0, Unit::Number),
            pull: exact(pull, Unit::Share),
            leak: both(leak.0, leak.1, DRAWN),
            leak_value: None,
            leverage: leverage.map_or(none(Unit::Points), |l| exact(l, Unit::Points)),
            felt: none(Unit::Number),
            effort: None,
            quadrant: None,
            personas: vec![
                [Some(reach.0), Some(pull), Some(leak.0), leverage, None],
                [Some(reach.0), Some(pull), Some(leak.0), leverage, None],
            ],
        };
    vec![
        HotPointFigure {
            // 0.6 × 1 + 0.4 × (−1)
            felt: Figure { estimate: simulated(0.2, 0.002, Unit::Number).estimate, ..exact(0.2, Unit::Number) },
            quadrant: Some(Quadrant::WinWin),
            // 0.91 × margin to go of those who click: 0.005 / 0.09 × 59 × 40 %
            leak_value: Some(0.91 * 0.005 / 0.09 * 23.6),
            personas: vec![
                [Some(1.0), Some(1.0), Some(0.91), Some(0.01 * 0.00375 / 0.09), Some(1.0)],
                [Some(1.0), Some(1.0), Some(0.91), Some(0.01 * 0.00375 / 0.09), Some(-1.0)],
            ],
            ..point(0, 2, (1.0, DRAWN), 1.0, (0.91, 181_952), Some(0.01 * 0.00375 / 0.09))
        },
        // 0.09 × 83 of 90 leave; 0.09 × 0.75 × 0.01
        point(1, 1, (0.09, 18_048), 1.0, (0.083, 16_634), Some(0.000_675)),
        HotPointFigure {
            effort: Some(3.0),
            quadrant: Some(Quadrant::Intrusive),
            felt: exact(-1.5, Unit::Number),
            // 0.001 of the 0.005; 0.003 × 2/3; 0.003 × 0.75 × 0.01
            ..point(2, 4, (0.003, 588), 0.2, (0.002, 390), Some(0.000_022_5))
        },
        point(3, 5, (0.005, 1_012), 1.0, (0.0, 0), None),
        HotPointFigure {
            quadrant: Some(Quadrant::WinWin),
            felt: exact(3.0, Unit::Number),
            // 0.005 × 1/4; 0.005 × 1 × 0.01
            ..point(4, 3, (0.005, 1_012), 1.0, (0.001_25, 271), Some(0.000_05))
        },
    ]
}

fn stages() -> (Vec<StageFigure>, Vec<MomentFigure>) {
    let rows = [
        // 1 − 0.91; 1 − 0.085 / 0.09; all; 3/4
        (
            Moment::Stimulus,
            both(1.0, DRAWN, DRAWN),
            both(0.91, 181_952, DRAWN),
            both(0.09, 18_048, DRAWN),
            None,
            "Réseaux sociaux",
        ),
        (
            Moment::Zmot,
            both(0.09, 18_048, DRAWN),
            both(0.085, 17_024, DRAWN),
            both(5.0 / 90.0, 1_024, 18_048),
            Some(64.0),
            "Boutique en ligne",
        ),
        (Moment::Fmot, both(0.005, 1_012, DRAWN), both(0.0, 0, DRAWN), both(1.0, 1_012, 1_012), Some(0.0), "Boutique en ligne"),
        (
            Moment::Smot,
            both(0.005, 1_012, DRAWN),
            both(0.001_25, 271, DRAWN),
            both(0.75, 741, 1_012),
            Some(259_200.0),
            "Livraison",
        ),
    ];
    let stages = rows.iter().enumerate().map(|(at, (_, entered, left, step, time, _))| StageFigure {
        stage: StageId::new(at),
        entered: entered.clone(),
        left: left.clone(),
        step: step.clone(),
        median_time: *time,
    });
    let moments = rows.iter().map(|(moment, entered, _, step, time, channel)| MomentFigure {
        moment: *moment,
        entered: entered.clone(),
        step: step.clone(),
        median_time: *time,
        channels: vec![((*channel).to_owned(), 1.0)],
    });
    (stages.collect(), moments.collect())
}

fn flows() -> Vec<FlowFigure> {
    let (from, to) = (|t| From::Touchpoint(TouchpointId::new(t)), |t| Target::Touchpoint(TouchpointId::new(t)));
    let (served, lost) = (Target::End(EndId::new(0)), Target::End(EndId::new(1)));
    [
        (From::Arrival(ArrivalId::new(0)), to(0), 1.0, true),
        (from(0), to(1), 0.09, true),
        (from(0), lost, 0.91, false),
        (from(1), to(3), 0.004, true),
        (from(1), to(2), 0.003, false),
        (from(1), lost, 0.083, false),
        (from(2), to(3), 0.001, false),
        (from(2), lost, 0.002, false),
        (from(3), to(4), 0.005, true),
        (from(4), served, 0.00375, true),
        (from(4), lost, 0.001_25, false),
    ]
    .map(|(from, to, passages, typical)| FlowFigure { flow: Flow { from, to }, passages, typical })
    .into()
}

fn reached(what: ReachedWhat, share: Figure, time: (f64, f64)) -> ReachedFigure {
    ReachedFigure {
        what,
        share,
        time_mean: exact(time.0, Unit::Time),
        time_sd: exact(time.1, Unit::Time),
        cost_mean: exact(0.05, Unit::Money),
        cost_sd: exact(0.0, Unit::Money),
        personas: vec![Reached { share: 0.5, times: 0.5, time, cost: (0.05, 0.0) }, Reached::default()],
    }
}

/// Its attribution: hardly any figure has to be right, but all kinds of rows and disagreements are there.
fn attribution() -> AttributionFigures {
    let row = |part, share: f64| CreditRow {
        part,
        effects: [Some(share), Some(-0.03)],
        credits: [Some(0.003_75 * share), None, None, Some(0.003), Some(0.000_75), Some(0.002), Some(0.001), Some(0.001_5)],
        half_width: None,
    };
    let mut channels = [row(Credited::Channel(ChannelId::new(0)), 0.4), row(Credited::Channel(ChannelId::new(1)), 0.6)];
    for channel in &mut channels {
        channel.credits[Credit::Shapley as usize] = Some(0.001_5);
        channel.half_width = Some(0.000_1);
    }
    let [first, second] = [0, 1].map(ChannelId::new);
    AttributionFigures {
        settings: Settings::default(),
        conversions: 0.003_75,
        untouched: 0.000_75,
        channels: channels.into(),
        touchpoints: (0..5).map(|t| row(Credited::Touchpoint(TouchpointId::new(t)), 0.2)).collect(),
        stages: vec![row(Credited::Stage(Some(StageId::new(0))), 0.7), row(Credited::Stage(None), 0.3)],
        coalitions: 0,
        orders: 1024,
        width: 1e-13,
        disagreements: vec![
            Disagreement::Budget {
                by: Credit::LastTouch,
                over: Some((first, [0.003, 0.001_5])),
                under: Some((second, [0.000_5, 0.001_5])),
            },
            Disagreement::First(vec![(first, vec![Credit::Shapley, Credit::Linear]), (second, vec![Credit::LastTouch])]),
        ],
    }
}

/// Its figures, by both engines.
pub(super) fn figures() -> Figures {
    let (stages, moments) = stages();
    let standard = |what, figure| StandardFigure { what, figure };
    let persona = |index: usize, share: f64, goal: Figure, felt: f64| PersonaFigures {
        persona: PersonaId::new(index),
        share,
        goal,
        money: [exact(0.05, Unit::Money), exact(0.295, Unit::Money), exact(0.068, Unit::Money)],
        felt: exact(felt, Unit::Number),
        stages: vec![1.0, 0.09, 0.005, 0.005],
        felt_at: vec![Some(felt), None, None, None, None],
    };
    let path = |touchpoints: &[usize], end: Option<usize>, probability: f64, mean_time: f64| TypicalPath {
        touchpoints: touchpoints.iter().map(|t| TouchpointId::new(*t)).collect(),
        end: end.map(EndId::new),
        probability,
        mean_time,
    };
    Figures {
        method: MethodNote {
            solved: Ok(SolvedNote { states: 10, branches: 22, largest_class: 1, residual: 1.1e-16, rational: true }),
            simulated: Some(SimulatedNote { seed: 7, customers: DRAWN, unfinished: 0 }),
        },
        arrivals: 1000.0,
        main_goal: Some(GoalId::new(1)),
        kpis: kpis(),
        hot_points: hot_points(),
        stages,
        moments,
        flows: flows(),
        goals: vec![
            reached(ReachedWhat::Goal(GoalId::new(0)), both(0.005, 1_012, DRAWN), (9_100.0, 21_000.0)),
            reached(ReachedWhat::Goal(GoalId::new(1)), final_rate(), (268_300.0, 52_000.0)),
        ],
        ends: vec![
            reached(ReachedWhat::End(EndId::new(0)), final_rate(), (268_300.0, 52_000.0)),
            reached(ReachedWhat::End(EndId::new(1)), both(0.996_25, 199_259, DRAWN), (120.0, 2_400.0)),
        ],
        standard: vec![
            // 0.05 per post; 0.005 × 59; 0.295 × 40 % − 0.05; 0.05 / 0.005; 0.295 / 0.05
            standard(Standard::Cost, exact(0.05, Unit::Money)),
            standard(Standard::Revenue, exact(0.295, Unit::Money)),
            standard(Standard::Margin, exact(0.068, Unit::Money)),
            standard(Standard::CostPerGoal, exact(0.05 / 0.00375, Unit::Money)),
            standard(Standard::ReturnOnSpend, exact(5.9, Unit::Number)),
            standard(Standard::Clv, none(Unit::Money)),
            // +1 gives (1 + 1) / 2 + 5 = 6 and −1 gives 4: all are detractors, but for those who felt the delivery
            standard(Standard::Nps, simulated(-99.3, 0.05, Unit::Nps)),
            standard(Standard::Csat, simulated(0.6, 0.001, Unit::Share)),
            standard(Standard::Ces, exact(3.0, Unit::Number)),
            standard(Standard::Felt, exact(0.2, Unit::Number)),
            standard(Standard::PushContacts, exact(1.0, Unit::Number)),
        ],
        personas: vec![persona(0, 0.6, both(0.00375, 449, 120_000), 1.0), persona(1, 0.4, both(0.00375, 292, 80_000), -1.0)],
        expectations: vec![ExpectationFigure {
            text: "final_rate >= 0.3%".to_owned(),
            verdict: Verdict::Pass,
            figure: final_rate(),
            bounds: vec![exact(0.003, Unit::Share)],
            index: 0,
        }],
        claims: vec![ClaimFigure {
            text: "final_rate = 0.3%".to_owned(),
            printed: "0.3%".to_owned(),
            holds: Some(false),
            figure: final_rate(),
            index: 0,
        }],
        paths: TypicalPaths {
            // 0.09 × 4/90 × 3/4; 0.09 × 3/90 × 1/3 × 3/4
            to_goal: vec![path(&[0, 1, 3, 4], None, 0.003, 262_000.0), path(&[0, 1, 2, 3, 4], None, 0.000_75, 304_000.0)],
            to_failure: vec![path(&[0], Some(1), 0.91, 0.0), path(&[0, 1], Some(1), 0.083, 70.0)],
        },
        attribution: Some(Ok(attribution())),
        agreement: Agreement { compared: 31, differing: 0, largest_z: 1.4, which: Vec::new() },
    }
}

/// The same figures without one of the engines.
pub(super) fn solved_only() -> Figures {
    let mut figures = figures();
    figures.method.simulated = None;
    figures.agreement = Agreement::default();
    each(&mut figures, |figure| figure.estimate = None);
    figures
}

/// The same figures from the simulation alone.
pub(super) fn simulated_only() -> Figures {
    let mut figures = figures();
    figures.attribution = Some(Err(Declined::Horizon));
    figures.method.solved = Err(Declined::Horizon);
    figures.agreement = Agreement::default();
    each(&mut figures, |figure| {
        if figure.exact.take().is_some() {
            figure.declined = Some(Declined::Horizon);
            figure.fraction = None;
        }
    });
    figures
}

fn each(figures: &mut Figures, change: impl Fn(&mut Figure)) {
    for kpi in &mut figures.kpis {
        change(&mut kpi.figure);
        kpi.by.iter_mut().for_each(|(_, f)| change(f));
        kpi.personas.iter_mut().chain(&mut kpi.scenarios).for_each(&change);
    }
    for p in &mut figures.hot_points {
        [&mut p.reach, &mut p.visits, &mut p.pull, &mut p.leak, &mut p.leverage, &mut p.felt].into_iter().for_each(&change);
    }
    for s in &mut figures.stages {
        [&mut s.entered, &mut s.left, &mut s.step].into_iter().for_each(&change);
    }
    for m in &mut figures.moments {
        [&mut m.entered, &mut m.step].into_iter().for_each(&change);
    }
    for r in figures.goals.iter_mut().chain(&mut figures.ends) {
        [&mut r.share, &mut r.time_mean, &mut r.time_sd, &mut r.cost_mean, &mut r.cost_sd].into_iter().for_each(&change);
    }
    for s in &mut figures.standard {
        change(&mut s.figure);
    }
    for p in &mut figures.personas {
        change(&mut p.goal);
        p.money.iter_mut().for_each(&change);
        change(&mut p.felt);
    }
    for e in &mut figures.expectations {
        change(&mut e.figure);
    }
    for c in &mut figures.claims {
        change(&mut c.figure);
    }
}

/// A finding with all that a finding can have.
pub(super) fn findings() -> Vec<JsonDiagnostic> {
    let mut sources = Sources::default();
    let file = sources.add("post.journey", "claim final_rate = 0.3%\n");
    let span = Span::new(file, 19, 23);
    let text = |text: &str| Words::same(text);
    let finding =
        Diagnostic::new(Code::ALL[0], span, text("message")).note(text("note")).mend(text("help"), span, "0.375%", false);
    vec![json_view(&finding, &sources, Lang::En)]
}

/// A text that every format must make harmless.
pub(super) const NASTY: &str = "=1+1|</td><script>alert('x')</script> \"q\" `c` *b* [l](http://x.y) & \u{1b}[31m\n#end; %%{";

/// The journey with that text wherever an author can write.
pub(super) fn nasty() -> (Program, Figures) {
    let (mut program, mut figures) = (program(), figures());
    let base = &mut program.base;
    let labels = std::iter::once(&mut base.name)
        .chain(base.personas.iter_mut().map(|p| &mut p.name))
        .chain(base.channels.iter_mut().map(|c| &mut c.name))
        .chain(base.stages.iter_mut().map(|s| &mut s.name))
        .chain(base.touchpoints.iter_mut().map(|t| &mut t.name))
        .chain(base.goals.iter_mut().map(|g| &mut g.name))
        .chain(base.ends.iter_mut().map(|e| &mut e.name))
        .chain(base.params.iter_mut().map(|p| &mut p.name))
        .chain(base.sources.iter_mut().map(|s| &mut s.name))
        .chain(program.kpis.iter_mut().map(|k| &mut k.name))
        .chain(program.scenarios.iter_mut().map(|(s, _)| &mut s.name));
    for named in labels {
        named.label = NASTY.to_owned();
    }
    base.sources[0].url = Some("javascript:alert(1)".to_owned());
    base.personas[0].wants = vec![NASTY.to_owned()];
    base.personas[1].job = Some(NASTY.to_owned());
    figures.expectations[0].text = NASTY.to_owned();
    figures.claims[0].text = NASTY.to_owned();
    figures.agreement.which = vec![NASTY.to_owned()];
    figures.agreement.differing = 1;
    for kpi in &mut figures.kpis {
        kpi.by.iter_mut().for_each(|(label, _)| label.replace_range(.., NASTY));
    }
    for moment in &mut figures.moments {
        moment.channels.iter_mut().for_each(|(label, _)| label.replace_range(.., NASTY));
    }
    (program, figures)
}

/// A journey with one touchpoint and hardly any figure.
pub(super) fn bare() -> (Program, Figures) {
    let (mut program, mut figures) = (program(), figures());
    program.kpis.clear();
    program.claims.clear();
    program.expectations.clear();
    program.scenarios.clear();
    let base = &mut program.base;
    base.currency = None;
    base.personas.truncate(1);
    base.stages.clear();
    base.goals.clear();
    base.params.clear();
    base.touchpoints.truncate(1);
    base.touchpoints[0].stage = None;
    base.channels[0].media = None;
    base.ends[1].outcome = None;
    figures.main_goal = None;
    figures.method = MethodNote { solved: Err(Declined::NeverEnds), simulated: None };
    figures.kpis.clear();
    figures.hot_points.truncate(1);
    figures.stages.clear();
    figures.moments.clear();
    figures.flows.retain(|f| {
        !matches!(f.flow.to, Target::Touchpoint(t) if t.index() > 0) && f.flow.from == From::Touchpoint(TouchpointId::new(0))
    });
    figures.goals.clear();
    figures.ends.truncate(1);
    figures.standard.clear();
    figures.personas.truncate(1);
    figures.expectations.clear();
    figures.claims.clear();
    figures.paths = TypicalPaths::default();
    figures.attribution = Some(Err(Declined::NeverEnds));
    figures.agreement = Agreement::default();
    each(&mut figures, |figure| *figure = Figure { unit: figure.unit, exact: Some(f64::NAN), ..Figure::default() });
    (program, figures)
}

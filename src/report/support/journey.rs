//! The journey.

use crate::diagnostics::Span;
use crate::locale::Lang;
use crate::model::{
    Arrival, Bound, Channel, ChannelId, Claim, End, Event, Evidence, Expectation, Feeling, Goal, GoalId, Guarded, Kpi, Law,
    Measure, MeasureKind, Media, Model, Modifiers, Moment, MoneyKind, Motive, Named, Outcome, Param, PerPersona, Persona,
    PersonaId, Place, Presence, Program, Scenario, Source, SourceId, Stage, StageId, Touchpoint, TouchpointId, Unit,
};
use crate::syntax::tree::Comparison;
use num_rational::BigRational;
use num_traits::Zero;

pub(in crate::report) fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

pub(in crate::report) fn named(name: &str, label: &str) -> Named {
    Named { name: name.to_owned(), label: label.to_owned(), origin: Span::default() }
}

fn touchpoint(name: &str, label: &str, channel: usize, stage: usize) -> Touchpoint {
    Touchpoint { stage: Some(StageId::new(stage)), ..Touchpoint::new(named(name, label), ChannelId::new(channel)) }
}

fn persona(name: &str, label: &str) -> Persona {
    Persona::new(named(name, label))
}

fn channel(name: &str, label: &str, presence: Presence, media: Media) -> Channel {
    Channel { name: named(name, label), presence: Some(presence), media: Some(media), cost: None }
}

fn stage(name: &str, label: &str, moment: Moment, touchpoints: &[usize]) -> Stage {
    Stage {
        name: named(name, label),
        moment: Some(moment),
        pains: Vec::new(),
        notes: Vec::new(),
        touchpoints: touchpoints.iter().map(|t| TouchpointId::new(*t)).collect(),
    }
}

fn param(name: &str, label: &str, value: BigRational, unit: Unit, evidence: Evidence) -> Param {
    Param {
        name: named(name, label),
        value,
        unit,
        range: None,
        costs_per_point: None,
        evidence,
        from: Vec::new(),
        figure_origin: Span::default(),
    }
}

fn counted(some: i64, all: i64) -> Evidence {
    Evidence { source: Some(SourceId::new(0)), assumed: false, count: Some((ratio(some, 1), ratio(all, 1))), law: None }
}

fn unsourced(assumed: bool) -> Evidence {
    Evidence { source: None, assumed, count: None, law: None }
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
        currency: Some("EUR".to_owned()),
        personas: vec![
            Persona {
                age: Some(25),
                motives: vec![Motive::Novelty, Motive::Sympathy],
                wants: vec!["Une robe pour samedi".to_owned()],
                ..persona("julie", "Julie")
            },
            persona("roger", "Roger"),
        ],
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
        ..Model::new(named("sponsored_post", "Post sponsorisé"), Lang::Fr)
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
pub(in crate::report) fn program() -> Program {
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
        exams: Vec::new(),
        unmentioned: crate::model::Unmentioned::default(),
        base,
    }
}

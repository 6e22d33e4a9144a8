//! From a journey and its figures to a view.

use crate::chain::{Flow, From};
use crate::diagnostics::{FileId, Span};
use crate::locale::Lang;
use crate::measure::{
    Agreement, Estimate, Figure, Figures, FlowFigure, HotPointFigure, Interval, IntervalFormula, MethodNote, PersonaFigures,
    ReachedFigure, ReachedWhat, ScenarioFigures, SolvedNote, StageFigure, TypicalPaths,
};
use crate::model::{
    Arrival, ArrivalId, Branch, Channel, ChannelId, Effects, End, EndId, Evidence, Facet, FacetId, Feeling, FigureKind, Goal,
    GoalId, Guarded, Known, Law, Media, Model, Moment, Named, Note, Outcome, PerPersona, Persona, PersonaId, Presence, Program,
    Scenario, ScenarioId, Share, Stage, StageId, Target, Touchpoint, TouchpointId, Unit, Unmentioned, WrittenFigure,
};
use crate::report::map::{MapView, Whose, draw};
use num_rational::BigRational;

fn named(name: &str, label: &str) -> Named {
    Named { name: name.into(), label: label.into(), origin: Span::default() }
}

fn whole(n: i64) -> BigRational {
    BigRational::from_integer(n.into())
}

fn branch(to: Target) -> Branch {
    Branch {
        to,
        share: Share::Lone,
        guard: None,
        after: None,
        because: None,
        effects: Effects::default(),
        origin: Span::default(),
        share_origin: Span::default(),
    }
}

fn touchpoint(label: &str, channel: u32, stage: Option<u32>) -> Touchpoint {
    Touchpoint {
        stage: stage.map(StageId),
        does: vec!["lit".into(), "lit".into()],
        ..Touchpoint::new(named("t", label), ChannelId(channel))
    }
}

fn share(value: f64) -> Figure {
    Figure { unit: Unit::Share, exact: Some(value), ..Figure::default() }
}

/// A thousand see a post, ninety open the page, five of them order; the page stands in a stage, the post in none.
fn journey() -> (Program, Figures) {
    let mut page = touchpoint("Page", 1, Some(0));
    page.reaches = vec![Guarded { guard: None, value: GoalId(0), origin: Span::default() }];
    page.branches = vec![branch(Target::End(EndId(0)))];
    let mut post = touchpoint("Post", 0, None);
    post.branches = vec![branch(Target::Touchpoint(TouchpointId(0))), branch(Target::End(EndId(0)))];
    let channel = |label: &str, media, presence| Channel { name: named("c", label), presence, media, cost: None };
    let persona = Persona { age: Some(25), ..Persona::new(named("julie", "Julie")) };
    let model = Model {
        personas: vec![persona],
        channels: vec![channel("Site", Some(Media::Owned), None), channel("Social", Some(Media::Paid), Some(Presence::Digital))],
        stages: vec![
            Stage { name: named("empty", "Vide"), moment: None, pains: vec![], notes: vec![], touchpoints: vec![] },
            Stage {
                name: named("stimulus", "Stimulus"),
                moment: Some(Moment::Stimulus),
                pains: vec!["trop long".into()],
                notes: vec![],
                touchpoints: vec![TouchpointId(0)],
            },
        ],
        touchpoints: vec![Touchpoint { stage: Some(StageId(1)), ..page }, post],
        goals: vec![Goal { name: named("order", "Commande") }],
        ends: vec![End { name: named("lost", "Perdu"), outcome: None }],
        arrivals: vec![Arrival {
            name: named("arrive", "arrive"),
            named: false,
            number: whole(1000),
            personas: vec![(PersonaId(0), whole(1))],
            cost_each: whole(0),
            branches: vec![branch(Target::Touchpoint(TouchpointId(1)))],
        }],
        ..Model::new(named("post", "Le post"), Lang::Fr)
    };
    let hot = |touchpoint: u32, rank, reach: f64, leak: f64, leverage: f64| HotPointFigure {
        touchpoint: TouchpointId(touchpoint),
        rank,
        reach: share(reach),
        visits: share(reach),
        pull: share(1.0),
        leak: share(leak),
        leak_value: None,
        leverage: Figure { exact: Some(leverage), ..Figure::default() },
        felt: Figure { exact: Some(-1.5), ..Figure::default() },
        effort: None,
        quadrant: None,
        personas: vec![],
    };
    let flow = |from, to, passages, typical| FlowFigure { flow: Flow { from, to }, passages, typical };
    let (page, post) = (TouchpointId(0), TouchpointId(1));
    let interval = Interval { low: 0.002, high: 0.012 };
    let estimate = Estimate { value: 0.005, standard_error: 0.002, interval, formula: IntervalFormula::Wilson, count: None };
    let rate = Figure { unit: Unit::Share, estimate: Some(estimate), ..Figure::default() };
    let none = Figure::default;
    let figures = Figures {
        method: MethodNote {
            solved: Ok(SolvedNote { states: 2, branches: 3, largest_class: 1, residual: 0.0, enclosure: None, rational: true }),
            simulated: None,
        },
        arrivals: 1000.0,
        main_goal: Some(GoalId(0)),
        kpis: vec![],
        hot_points: vec![hot(0, 1, 0.09, 0.085, 0.0009), hot(1, 2, 1.0, 0.91, 0.0)],
        stages: vec![StageFigure {
            stage: StageId(1),
            entered: share(0.09),
            left: share(0.085),
            step: share(0.05),
            median_time: None,
        }],
        moments: vec![],
        flows: vec![
            flow(From::Arrival(ArrivalId(0)), Target::Touchpoint(post), 0.6, false),
            flow(From::Arrival(ArrivalId(1)), Target::Touchpoint(post), 0.4, false),
            flow(From::Touchpoint(post), Target::Touchpoint(page), 0.09, true),
            flow(From::Touchpoint(post), Target::End(EndId(0)), 0.91, false),
        ],
        goals: vec![ReachedFigure {
            what: ReachedWhat::Goal(GoalId(0)),
            share: rate,
            time_mean: none(),
            time_sd: none(),
            cost_mean: none(),
            cost_sd: none(),
            revenue_mean: none(),
            revenue_sd: none(),
            margin_mean: none(),
            margin_sd: none(),
            personas: vec![],
        }],
        ends: vec![],
        time_to_goal: vec![],
        standard: vec![],
        personas: vec![PersonaFigures {
            persona: PersonaId(0),
            share: 1.0,
            goal: none(),
            money: [none(), none(), none()],
            money_sd: [none(), none(), none()],
            felt: none(),
            stages: vec![],
            felt_at: vec![Some(-1.5), None],
        }],
        scenarios: vec![],
        expectations: vec![],
        claims: vec![],
        paths: TypicalPaths::default(),
        attribution: None,
        campaign: None,
        agreement: Agreement::default(),
    };
    (
        Program {
            base: model,
            scenarios: vec![],
            kpis: vec![],
            expectations: vec![],
            claims: vec![],
            exams: Vec::new(),
            unmentioned: Unmentioned::default(),
        },
        figures,
    )
}

#[test]
fn shares_become_customers() {
    let (program, figures) = journey();
    let view = MapView::new(&program, &figures, Lang::Fr);
    let page = &view.points[0];
    assert_eq!((page.customers, page.count.as_str(), page.failing), (90.0, "90", 85.0));
    assert_eq!((page.failing_words.as_str(), page.failing_share.as_str()), ("85 partent", "94,4\u{202f}%"));
    assert_eq!(page.title, "Page\u{a0}: 90 clients, 85 partent, ressenti −1,5");
    // Two arrivals into one touchpoint are one passage from outside.
    let flows: Vec<(Option<usize>, usize, f64, &str)> =
        view.flows.iter().map(|f| (f.from, f.to, f.passages, f.rate.as_str())).collect();
    assert_eq!(flows, [(None, 1, 1000.0, ""), (Some(1), 0, 90.0, "9\u{202f}%")]);
}

#[test]
fn stages_without_touchpoints_are_left_out_and_touchpoints_without_stages_come_last() {
    let (program, figures) = journey();
    let view = MapView::new(&program, &figures, Lang::Fr);
    let heads: Vec<(Option<&str>, &str, &str)> =
        view.stages.iter().map(|s| (s.moment.as_deref(), s.label.as_str(), s.entered.as_str())).collect();
    assert_eq!(heads, [(Some("Stimulus"), "", "90 entrent"), (None, "", "")]);
    assert_eq!((view.points[0].stage, view.points[1].stage), (0, 1));
    assert_eq!(
        (view.stages[0].does.as_slice(), view.stages[0].pains.as_slice()),
        (["lit".to_owned()].as_slice(), ["trop long".to_owned()].as_slice())
    );
}

#[test]
fn the_head_says_what_matters() {
    let (program, figures) = journey();
    let view = MapView::new(&program, &figures, Lang::Fr);
    let head = &view.headlines[0];
    assert_eq!((head.value.as_str(), head.label.as_str(), head.goal), ("0,5\u{202f}%", "Commande", true));
    assert!(head.note.starts_with("5 sur 1\u{202f}000 · IC 95\u{202f}%"), "{}", head.note);
    assert_eq!(view.subtitle, "2 canaux · 2 points de contact · 1\u{202f}000 clients");
    assert_eq!(view.curves[0].label, "Julie, 25\u{a0}ans");
    assert!(view.points[0].goal && !view.points[1].goal);
    // A point of probability more at the page: 0.0009 of a thousand.
    let panel = view.hot.as_ref().unwrap();
    assert_eq!((panel.entries.len(), panel.entries[0].value.as_str(), view.points[1].hot), (1, "+0,9", None));
    assert!(view.alt.contains("Le post") && view.alt.contains("90 entrent"));
    assert!(draw(&view).contains("Commande"));
    let english = MapView::new(&program, &figures, Lang::En);
    assert_eq!(english.stages[0].entered, "90 enter");
    assert!(english.method.starts_with("Exact"));
}

#[test]
fn what_the_text_says_stands_under_its_stage() {
    let (mut program, figures) = journey();
    let model = &mut program.base;
    model.ends[0].outcome = Some(Outcome::Failure);
    model.facets = vec![Facet { name: named("owner", "Responsable"), words: vec!["service_client".into(), "marketing".into()] }];
    let line = |start| Span::new(FileId(0), start, start + 50);
    let page = &mut model.touchpoints[0];
    page.is = vec![(FacetId(0), 0)];
    page.notes = vec![
        Note { title: "Verbatim".into(), text: Some("Ah !".into()) },
        Note { title: "À faire".into(), text: Some("des photos".into()) },
    ];
    let feeling = Feeling { value: Law::constant(whole(-2)), words: Some("déçue".into()) };
    page.feels = vec![Guarded { guard: None, value: PerPersona::all(feeling), origin: Span::default() }];
    page.branches[0].because = Some("trop cher".into());
    page.branches[0].origin = line(100);
    let post = &mut model.touchpoints[1];
    post.branches[0].because = Some("la photo plaît".into());
    post.branches[0].origin = line(200);
    post.branches[1].origin = line(300);
    let figure = |kind, start, evidence| WrittenFigure {
        kind,
        value: whole(0),
        range: None,
        evidence,
        from: vec![],
        by_name: false,
        origin: Span::new(FileId(0), start, start + 3),
    };
    let counted = Evidence { count: Some((whole(90), whole(1000))), ..Evidence::default() };
    model.figures = vec![
        figure(FigureKind::Probability, 210, counted),
        figure(FigureKind::Time, 120, Evidence::default()),
        figure(FigureKind::Mark, 130, Evidence::default()),
    ];
    let view = MapView::new(&program, &figures, Lang::Fr);
    let (page, post) = (&view.stages[0], &view.stages[1]);
    assert_eq!((page.barriers.as_slice(), page.enablers.is_empty()), (["trop cher".to_owned()].as_slice(), true));
    assert_eq!(post.enablers, ["la photo plaît"]);
    assert_eq!(page.owners, ["service client"]);
    let notes: Vec<(&str, bool)> = page.notes.iter().map(|n| (n.text.as_str(), n.quoted)).collect();
    assert_eq!(notes, [("Ah !", true), ("À faire\u{a0}: des photos", false)]);
    assert_eq!((page.feels[0].value, page.feels[0].words.as_deref()), (-2.0, Some("déçue")));
    // The mark is a judgement and not counted; the time says nothing of where it is from.
    let known =
        |stage: &crate::report::map::StageView| stage.known.iter().map(|k| (k.known, k.words.clone())).collect::<Vec<_>>();
    assert_eq!(known(page), [(Known::Assumed, "1 supposé".to_owned())]);
    assert_eq!(known(post), [(Known::Measured, "1 mesuré".to_owned())]);
    assert_eq!(view.flows.iter().find(|f| f.from == Some(1)).and_then(|f| f.known), Some(Known::Measured));
}

#[test]
fn everybody_each_persona_and_the_scenario_that_changes_most_have_curves() {
    let (mut program, mut figures) = journey();
    program.base.personas.push(Persona::new(named("roger", "Roger")));
    let roger =
        PersonaFigures { persona: PersonaId(1), share: 0.25, felt_at: vec![Some(2.0), Some(1.0)], ..figures.personas[0].clone() };
    figures.personas[0].share = 0.75;
    figures.personas.push(roger);
    let scenario = |name: &str, base: &Model| {
        let own = Scenario { name: named(name, name) };
        (own, base.clone())
    };
    program.scenarios = vec![scenario("same", &program.base), scenario("softer", &program.base)];
    let felt = |scenario, felt| ScenarioFigures { scenario: ScenarioId(scenario), felt_at: vec![Some(felt), Some(-1.5)] };
    figures.scenarios = vec![felt(0, -1.5), felt(1, 1.0)];
    let view = MapView::new(&program, &figures, Lang::Fr);
    let curves: Vec<(Whose, &str)> = view.curves.iter().map(|c| (c.whose, c.name.as_str())).collect();
    let [all, persona, scenario] = [Whose::Everybody, Whose::Persona, Whose::Scenario];
    assert_eq!(curves, [(all, ""), (persona, "julie"), (persona, "roger"), (scenario, "softer")]);
    let at_page: Vec<Option<f64>> = view.points[0].felt.iter().map(|f| f.as_ref().map(|f| f.value)).collect();
    assert_eq!(at_page, [Some(-1.5), Some(-1.5), Some(2.0), Some(1.0)]);
    // A scenario under which everybody feels the same has no curve.
    figures.scenarios.pop();
    assert_eq!(MapView::new(&program, &figures, Lang::Fr).curves.len(), 3);
}

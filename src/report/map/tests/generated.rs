//! Generated views: long French names, loops, counts that fall steeply.

use super::views::{complete, headline, kpi, lane, stage};
use crate::locale::Lang;
use crate::model::{Known, Media, Presence};
use crate::report::map::{CurveView, FeltView, FlowView, HotEntry, HotView, KnownView, MapView, NoteView, PointView, Whose};

/// Two crowds of whom few go on, by two gates into the magnifier; a return from there.
pub(super) fn steep() -> MapView {
    let mut view = view(16, 4, 0.5);
    view.stages.truncate(2);
    view.title = "Peu vont plus loin".into();
    let stages = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    let counts = [40_000.0, 25_000.0, 3000.0, 1200.0, 9000.0, 800.0, 60.0, 44.0, 25.0, 12.0, 30.0, 8.0, 5.0, 21.0, 16.0, 3.0];
    for (at, point) in view.points.iter_mut().enumerate() {
        (point.stage, point.lane, point.customers) = (stages[at], at % view.lanes.len(), counts[at]);
        point.failing = counts[at] * 0.4;
    }
    let flows = [
        (0, 2, 2500.0),
        (1, 3, 1200.0),
        (0, 4, 9000.0),
        (2, 5, 800.0),
        (4, 3, 900.0),
        (3, 6, 60.0),
        (5, 7, 44.0),
        (5, 8, 15.0),
        (3, 8, 10.0),
        (2, 10, 30.0),
        (6, 9, 12.0),
        (7, 11, 8.0),
        (8, 13, 21.0),
        (10, 14, 16.0),
        (13, 12, 5.0),
        (14, 15, 3.0),
        (12, 6, 4.0),
        (15, 2, 2.0),
    ];
    let flow = |(from, to, passages)| FlowView { from: Some(from), to, passages, typical: from == 3, ..FlowView::default() };
    view.flows = flows.map(flow).to_vec();
    complete(&mut view);
    view
}

/// Long French names of touchpoints.
const NAMES: [&str; 28] = [
    "Publication sponsorisée sur les réseaux",
    "Bannière programmatique",
    "Recommandation d’une amie",
    "Comparateur de prix indépendant",
    "Page d’accueil du site",
    "Fiche produit détaillée",
    "Avis vérifiés des clients",
    "Conseil personnalisé en visioconférence",
    "Prise de rendez-vous en boutique",
    "Essayage en cabine avec un conseiller",
    "Simulation de financement",
    "Panier",
    "Code promotionnel reçu par SMS",
    "Relance de panier abandonné",
    "Paiement en trois fois sans frais",
    "Confirmation",
    "Suivi de livraison en temps réel",
    "Réception",
    "Retrait en point relais de proximité",
    "Service après-vente téléphonique",
    "Questionnaire de satisfaction",
    "Parrainage",
    "Programme de fidélité",
    "Anniversaire",
    "Vente privée réservée aux membres",
    "Notification de réapprovisionnement",
    "Anticonstitutionnellement",
    "Désabonnement",
];

const CHANNELS: [&str; 8] = [
    "Publicité programmatique",
    "Réseaux sociaux et influence",
    "Site internet",
    "Application mobile",
    "Courrier électronique et SMS",
    "Service client téléphonique",
    "Boutiques et points de vente partenaires",
    "Livraison",
];

/// Eighty touchpoints, those of two channels met by hardly anybody.
pub(super) fn with_minor_channels() -> MapView {
    let mut view = view(80, 4, 0.3);
    let minor = [2, 5];
    view.points.retain(|point| point.customers > 0.0 || minor.contains(&point.lane));
    let kept: Vec<usize> = view.points.iter().map(|p| p.name[1..].parse().unwrap()).collect();
    let place = |at: usize| kept.iter().position(|&k| k == at);
    view.flows = view
        .flows
        .into_iter()
        .filter_map(|f| Some(FlowView { from: f.from.map(place).map_or(Some(None), |p| p.map(Some))?, to: place(f.to)?, ..f }))
        .collect();
    let of_minor = |at: usize| minor.contains(&view.points[at].lane);
    for flow in view.flows.iter_mut().filter(|f| of_minor(f.to) || f.from.is_some_and(of_minor)) {
        flow.passages /= 1000.0;
    }
    for point in view.points.iter_mut().filter(|p| minor.contains(&p.lane)) {
        (point.customers, point.failing, point.hot, point.goal) = (1.0 + point.customers / 1000.0, 0.0, None, false);
    }
    complete(&mut view);
    view
}

/// What customers say that they feel, and why they go on.
const FELT: [&str; 4] = ["agacée par l’attente", "ravie", "un peu perdue devant tant de choix", "rassurée"];
const BECAUSE: [&str; 3] = [
    "le stock et les horaires sont affichés",
    "elle a pu essayer",
    "un conseiller l’a rappelée dans l’heure, sans qu’elle ait à rien redire",
];

/// A small generator of numbers (Knuth's multiplier), enough to make journeys differ.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.roll() * n as f64) as usize).min(n - 1)
    }
}

/// The curves of that many personas, and of a scenario.
fn curves(personas: usize, scenario: bool) -> Vec<CurveView> {
    const NAMES: [&str; 5] =
        ["Inès, 27 ans", "Roger, 58 ans", "Famille nombreuse", "Marie-Clémentine, 34 ans", "Étudiante étrangère"];
    let curve = |whose, name: &str, label: &str, note: &str| CurveView {
        whose,
        name: name.into(),
        label: label.into(),
        note: note.into(),
    };
    let mut curves = Vec::new();
    if personas != 1 {
        curves.push(curve(Whose::Everybody, "", "Tous les clients", "moyenne des personas"));
    }
    let personas = NAMES.iter().take(personas).enumerate();
    curves.extend(personas.map(|(at, name)| curve(Whose::Persona, &format!("p{at}"), name, "20\u{202f}% des arrivants")));
    if scenario {
        curves.push(curve(Whose::Scenario, "s", "Relance plus douce", "scénario, tous les clients"));
    }
    curves
}

/// A journey of that many touchpoints. `skew`: how steeply counts fall.
pub(super) fn view(points: usize, seed: u64, skew: f64) -> MapView {
    let mut dice = Dice(seed);
    for _ in 0..8 {
        dice.roll();
    }
    let (stages, lanes) = ((2 + points / 9).clamp(1, 6), (2 + points / 7).clamp(2, 8));
    let mut view = MapView {
        lang: Lang::Fr,
        title: format!("Un parcours engendré de {points} points de contact, pour éprouver la mise en page"),
        subtitle: "Parcours omnicanal · aucun chiffre n’est vrai".into(),
        method: "Engendré.".into(),
        headlines: (0..3)
            .map(|at| {
                headline("12,34\u{202f}%", "un taux de transformation dont le nom est long", "IC 11,9 – 12,8\u{202f}%", at == 0)
            })
            .collect(),
        curves: curves(dice.below(7), dice.roll() < 0.4),
        goal: Some("commande".into()),
        ..MapView::default()
    };
    let moments = ["Stimulus", "ZMOT", "FMOT", "SMOT", "TMOT", "LMOT"];
    for lane_at in 0..lanes {
        let media = [None, Some(Media::Paid), Some(Media::Owned), Some(Media::Earned)][dice.below(4)];
        let presence = [None, Some(Presence::Digital), Some(Presence::Physical)][dice.below(3)];
        view.lanes.push(lane(CHANNELS[lane_at % 8], media, presence));
    }
    for at in 0..points {
        let felt = (0..view.curves.len())
            .map(|_| {
                (dice.roll() < 0.8).then(|| FeltView {
                    value: dice.roll() * 10.0 - 5.0,
                    words: (dice.roll() < 0.5).then(|| "agacée par l’attente".into()),
                })
            })
            .collect();
        view.points.push(PointView {
            label: NAMES[dice.below(NAMES.len())].into(),
            lane: dice.below(lanes),
            stage: at * stages / points,
            felt,
            goal: dice.roll() < 0.06,
            ..PointView::default()
        });
    }
    let entries = 1 + points / 12;
    let mut customers: Vec<f64> = (0..points).map(|at| if at < entries { 10_000.0 * dice.roll() + 100.0 } else { 0.0 }).collect();
    for from in 0..points {
        let stays = customers[from];
        let fails = stays * dice.roll() * skew;
        view.points[from].customers = stays;
        view.points[from].failing = if dice.roll() < 0.8 { fails } else { 0.0 };
        let ways = 1 + dice.below(3);
        for _ in 0..ways {
            if from + 1 >= points {
                break;
            }
            let to = (from + 1 + dice.below(7)).min(points - 1);
            let passages = (stays - fails).max(0.0) / ways as f64;
            customers[to] += passages;
            view.flows.push(FlowView {
                from: Some(from),
                to,
                passages,
                typical: dice.roll() < 0.15,
                known: Some([Known::Measured, Known::Estimated, Known::Assumed][dice.below(3)]),
                ..FlowView::default()
            });
        }
        if dice.roll() < 0.2 {
            let to = dice.below(from + 1);
            view.flows.push(FlowView { from: Some(from), to, passages: stays * 0.1 * dice.roll(), ..FlowView::default() });
        }
        if dice.roll() < 0.1 {
            view.flows.push(FlowView { from: None, to: from, passages: stays * 0.3, ..FlowView::default() });
        }
    }
    let mut flows: Vec<FlowView> = Vec::new();
    for flow in std::mem::take(&mut view.flows) {
        match flows.iter_mut().find(|f| (f.from, f.to) == (flow.from, flow.to)) {
            Some(known) => known.passages += flow.passages,
            None => flows.push(flow),
        }
    }
    view.flows = flows;
    for rank in 0..5.min(points) {
        let at = dice.below(points);
        if view.points[at].hot.is_none() {
            view.points[at].hot = Some(rank + 1);
        }
    }
    let entries = view.points.iter().filter(|p| p.hot.is_some());
    let entries = entries
        .map(|p| HotEntry {
            rank: p.hot.unwrap_or(1),
            label: p.label.clone(),
            weight: p.customers,
            value: "+1,25".into(),
            note: "12 y partent · ressenti −1,5".into(),
        })
        .collect();
    view.hot = Some(HotView {
        caption: "ce que rapporte un point de probabilité gagné à cet endroit, pour 10\u{202f}000 clients".into(),
        entries,
    });
    for (at, moment) in moments.into_iter().enumerate().take(stages) {
        let mut made = stage(
            (dice.roll() < 0.7).then_some(moment),
            "Une étape au nom assez long",
            10_000.0 / (at + 1) as f64,
            10_000.0,
            0.4,
        );
        for _ in 0..dice.below(8) {
            made.does.push("Fait quelque chose d’assez long à dire pour tenir sur deux lignes".into());
            made.thinks.push("Et si j’attendais les soldes ?".into());
            made.feels.push(FeltView { value: dice.roll() * 10.0 - 5.0, words: Some(FELT[dice.below(FELT.len())].into()) });
        }
        for _ in 0..dice.below(4) {
            made.enablers.push(BECAUSE[dice.below(BECAUSE.len())].into());
            made.barriers.push("trop cher pour ce que c’est".into());
            let note = "J’ai appelé trois fois avant d’avoir quelqu’un qui connaisse mon dossier";
            made.notes.push(NoteView { text: note.into(), quoted: dice.roll() < 0.7 });
            made.owners
                .push(["Marketing (3)", "Service client (2)", "Direction des systèmes d’information (1)"][dice.below(3)].into());
        }
        for known in [Known::Measured, Known::Estimated, Known::Assumed] {
            if dice.roll() < 0.6 {
                made.known.push(KnownView { known, words: format!("{} mesurés", 1 + dice.below(12)) });
            }
        }
        if dice.roll() < 0.5 {
            made.pains.push("Attente interminable".into());
        }
        made.kpis = (0..1 + dice.below(5))
            .map(|_| {
                kpi("Part des arrivants qui reviennent dans le mois", "45,7\u{202f}%", "IC 95\u{202f}% 44,1 – 47,2\u{202f}%")
            })
            .collect();
        view.stages.push(made);
    }
    complete(&mut view);
    view
}

//! Generated views: long French names, loops, counts that fall steeply.

use super::views::{complete, headline, kpi, lane, stage};
use crate::locale::Lang;
use crate::model::{Media, Presence};
use crate::report::map::{CurveView, FeltView, FlowView, HotEntry, HotView, MapView, PointView};

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
        curves: (0..dice.below(3))
            .map(|at| CurveView {
                name: format!("p{at}"),
                label: format!("Client numéro {at}"),
                note: "50\u{202f}% des arrivants".into(),
            })
            .collect(),
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
            view.flows.push(FlowView { from: Some(from), to, passages, typical: dice.roll() < 0.15, ..FlowView::default() });
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
        }
        if dice.roll() < 0.5 {
            made.pains.push("Attente interminable".into());
        }
        made.kpis = vec![kpi("Part des arrivants qui reviennent dans le mois", "45,7\u{202f}%", "44,1 – 47,2\u{202f}%")];
        view.stages.push(made);
    }
    complete(&mut view);
    view
}

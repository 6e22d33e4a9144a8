//! Views to draw: by hand, and from the tables of the retailer.

use super::retailer;
use crate::locale::{Lang, count, percent};
use crate::model::{Media, Presence};
use crate::report::map::{
    CurveView, FeltView, FlowView, Headline, HotEntry, HotView, KpiView, LaneView, MapView, PointView, StageView,
};

pub(super) fn headline(value: &str, label: &str, note: &str, goal: bool) -> Headline {
    Headline { value: value.into(), label: label.into(), note: note.into(), goal }
}

pub(super) fn kpi(label: &str, value: &str, interval: &str) -> KpiView {
    KpiView { label: label.into(), value: value.into(), interval: interval.into() }
}

pub(super) fn lane(label: &str, media: Option<Media>, presence: Option<Presence>) -> LaneView {
    LaneView { label: label.into(), media, presence, ..LaneView::default() }
}

pub(super) fn stage(moment: Option<&str>, label: &str, entered: f64, all: f64, step: f64) -> StageView {
    StageView {
        moment: moment.map(Into::into),
        label: label.into(),
        entered: format!("{} entrent", count(entered, Lang::Fr)),
        continued: format!("{} continuent", percent(step, Lang::Fr)),
        share: entered / all,
        ..StageView::default()
    }
}

fn words(items: &[&str]) -> Vec<String> {
    items.iter().map(|&s| s.to_owned()).collect()
}

/// Counts, titles and rates that follow from customers and passages.
pub(super) fn complete(view: &mut MapView) {
    for (at, point) in view.points.iter_mut().enumerate() {
        point.name = format!("t{at}");
        point.count = count(point.customers, Lang::Fr);
        point.failing_words = format!("{} partent", count(point.failing, Lang::Fr));
        point.failing_share = percent(point.failing / point.customers.max(1e-9), Lang::Fr);
        point.title = format!("{} : {} clients, {}", point.label, point.count, point.failing_words);
    }
    for flow in &mut view.flows {
        flow.count = count(flow.passages, Lang::Fr);
        if let Some(from) = flow.from {
            flow.rate = percent(flow.passages / view.points[from].customers.max(1e-9), Lang::Fr);
        }
    }
    view.alt = view.points.iter().map(|p| p.title.clone()).collect::<Vec<_>>().join(" ; ");
}

/// The sponsored post: a thousand exposed, ninety who click, five orders.
pub(super) fn sponsored() -> MapView {
    let felt = |value: f64, words: &str| vec![Some(FeltView { value, words: Some(words.to_owned()) })];
    let point = |label: &str, lane, stage, customers, failing, felt| PointView {
        label: label.into(),
        lane,
        stage,
        customers,
        failing,
        felt,
        ..PointView::default()
    };
    let mut points = vec![
        point("Publication sponsorisée", 0, 0, 1000.0, 910.0, felt(1.0, "curieuse")),
        point("Fiche produit", 1, 1, 90.0, 83.0, felt(2.0, "séduite")),
        point("Avis et comparatifs", 2, 1, 3.0, 2.0, felt(-1.0, "hésitante")),
        point("Panier direct", 1, 2, 4.0, 0.0, felt(2.0, "décidée")),
        point("Panier après avis", 1, 2, 1.0, 0.0, felt(2.0, "décidée")),
        point("Commande", 1, 2, 5.0, 0.0, felt(3.0, "impatiente")),
        point("Colis reçu", 3, 3, 5.0, 1.25, felt(1.0, "attente")),
        point("Colis conforme", 3, 3, 3.75, 0.0, felt(4.0, "ravie")),
    ];
    for (at, rank) in [(0, 2), (1, 1), (6, 3)] {
        points[at].hot = Some(rank);
    }
    points[5].goal = true;
    points[7].goal = true;
    let flow = |from, to, passages, typical| FlowView { from, to, passages, typical, ..FlowView::default() };
    let mut stages = vec![
        stage(Some("Stimulus"), "Elle découvre", 1000.0, 1000.0, 0.09),
        stage(Some("ZMOT"), "Elle se renseigne", 90.0, 1000.0, 0.056),
        stage(Some("FMOT"), "Elle achète", 5.0, 1000.0, 1.0),
        stage(Some("SMOT"), "Elle reçoit, elle essaie", 5.0, 1000.0, 0.75),
    ];
    for (stage, (does, thinks, pains)) in stages.iter_mut().zip([
        ("Fait défiler son fil, s’arrête sur la robe", "Elle m’irait bien.", vec!["Publication vue trop vite, sans prix"]),
        (
            "Ouvre la fiche, lit les avis, compare avec deux concurrents",
            "Est-ce ma taille ? Et si je dois la renvoyer ?",
            vec!["Pas de guide des tailles ; retours peu clairs"],
        ),
        ("Ajoute au panier, paie en une fois", "Livrée avant samedi, je la prends.", vec![]),
        ("Ouvre le colis, essaie la robe", "C’est bien celle de la photo ?", vec!["Un colis sur quatre n’est pas conforme"]),
    ]) {
        stage.does = words(&[does]);
        stage.thinks = words(&[thinks]);
        stage.pains = words(&pains);
    }
    stages[0].kpis = vec![kpi("Engagement", "9\u{202f}%", "7,4 – 10,9"), kpi("Coût du clic", "0,56\u{a0}€", "")];
    stages[1].kpis = vec![kpi("Vers le panier (taux d’étape)", "5,6\u{202f}%", "2,4 – 12,4")];
    stages[2].kpis = vec![kpi("Commandes (taux global)", "0,5\u{202f}%", "0,2 – 1,2"), kpi("Coût par commande", "10\u{a0}€", "")];
    stages[3].kpis = vec![kpi("Conformité", "75\u{202f}%", ""), kpi("Coût par client livré", "13,33\u{a0}€", "")];
    let entry = |rank, label: &str, weight, value: &str, note: &str| HotEntry {
        rank,
        label: label.into(),
        weight,
        value: value.into(),
        note: note.into(),
    };
    let mut view = MapView {
        lang: Lang::Fr,
        title: "De la publication au colis".into(),
        subtitle: "Publication sponsorisée pour une robe · 1\u{202f}000 personnes exposées · 8 points de contact".into(),
        method: "Calcul exact : chaque nombre est résolu, aucun n’est tiré au sort. IC : intervalle de Wilson à 95\u{202f}%."
            .into(),
        headlines: vec![
            headline("9\u{202f}%", "engagement", "90 sur 1\u{202f}000 · IC 7,4 – 10,9\u{202f}%", false),
            headline("0,5\u{202f}%", "commandes", "5 sur 1\u{202f}000 · IC 0,2 – 1,2\u{202f}%", false),
            headline("0,375\u{202f}%", "clients livrés conformes", "3,75 sur 1\u{202f}000 · 75\u{202f}% supposé", true),
        ],
        stages,
        lanes: vec![
            lane("Réseaux sociaux", Some(Media::Paid), Some(Presence::Digital)),
            lane("Boutique en ligne", Some(Media::Owned), Some(Presence::Digital)),
            lane("Comparateurs", Some(Media::Earned), Some(Presence::Digital)),
            lane("Livraison", Some(Media::Owned), Some(Presence::Physical)),
        ],
        points,
        flows: vec![
            flow(None, 0, 1000.0, false),
            flow(Some(0), 1, 90.0, true),
            flow(Some(1), 3, 4.0, true),
            flow(Some(1), 2, 3.0, false),
            flow(Some(2), 4, 1.0, false),
            flow(Some(3), 5, 4.0, true),
            flow(Some(4), 5, 1.0, false),
            flow(Some(5), 6, 5.0, true),
            flow(Some(6), 7, 3.75, true),
        ],
        curves: vec![CurveView { label: "Julie, 25 ans".into(), ..CurveView::default() }],
        hot: Some(HotView {
            caption: "clients livrés gagnés pour un point de probabilité, sur 1\u{202f}000 exposées".into(),
            entries: vec![
                entry(1, "Fiche produit", 0.675, "+0,68", "+18\u{202f}%"),
                entry(2, "Publication sponsorisée", 0.417, "+0,42", "+11\u{202f}%"),
                entry(3, "Colis reçu", 0.05, "+0,05", "+1,3\u{202f}%"),
            ],
        }),
        goal: Some("livraison conforme".into()),
        ..MapView::default()
    };
    complete(&mut view);
    view.points[6].failing_words = "1,25 non conforme".into();
    view
}

/// The retailer of the tables.
pub(super) fn retailer() -> MapView {
    let both = |value: f64, at: usize| {
        let second = (value * 0.8 + [0.6, -0.9, 0.3, -0.4, 0.9, -0.7][at % 6]).clamp(-5.0, 5.0);
        vec![Some(FeltView { value, words: None }), Some(FeltView { value: second, words: None })]
    };
    let points = retailer::POINTS
        .iter()
        .enumerate()
        .map(|(at, &(label, lane, stage, customers, failing, felt, hot, goal))| PointView {
            label: label.into(),
            lane,
            stage,
            customers,
            failing,
            hot: (hot > 0).then_some(hot),
            goal,
            felt: both(felt, at),
            ..PointView::default()
        })
        .collect();
    let mut stages = vec![
        stage(Some("Stimulus"), "Découvrir", 10_000.0, 10_000.0, 0.46),
        stage(Some("ZMOT"), "Se renseigner", 4567.0, 10_000.0, 0.42),
        stage(Some("FMOT"), "Choisir et acheter", 1914.0, 10_000.0, 0.44),
        stage(Some("SMOT"), "Recevoir, utiliser", 682.0, 10_000.0, 0.67),
        stage(Some("TMOT"), "Partager", 563.0, 10_000.0, 0.58),
        stage(Some("LMOT"), "Revenir", 389.0, 10_000.0, 0.4),
    ];
    let rows = [
        ("Défile, feuillette, passe devant la vitrine", "Tiens, c’est nouveau.", "Bannière vue sans être regardée"),
        (
            "Lit la fiche et les avis, vérifie le stock, essaie en rayon",
            "Est-ce en stock près de chez moi ?",
            "Reciblage insistant",
        ),
        (
            "Met au panier, hésite, paie en ligne ou passe en caisse",
            "Pourquoi recréer un compte ?",
            "Création de compte forcée ; relance trop tôt",
        ),
        (
            "Suit son colis, retire en magasin, déballe, appelle si besoin",
            "Où est mon colis ?",
            "Attente au SAV ; retour à ses frais",
        ),
        ("Publie une photo, répond à l’enquête", "Je le montre à mes amies.", "Enquête trop longue"),
        ("Reçoit une offre, revient ou s’endort", "Ils se souviennent de moi.", "Notifications sans intérêt"),
    ];
    for (stage, (does, thinks, pains)) in stages.iter_mut().zip(rows) {
        stage.does = words(&[does]);
        stage.thinks = words(&[thinks]);
        stage.pains = words(&[pains]);
        stage.kpis = vec![
            kpi("Part des arrivants", "45,7\u{202f}%", ""),
            kpi("Temps médian", "11\u{a0}min", ""),
            kpi("Site et application", "57\u{202f}%", ""),
        ];
    }
    let hot = [
        ("Fiche produit", 13.1, 684),
        ("Essai en rayon", 10.6, 392),
        ("Panier", 9.6, 273),
        ("Vitrine", 6.2, 946),
        ("Conseil vendeur", 5.9, 308),
    ];
    let digital = Some(Presence::Digital);
    let physical = Some(Presence::Physical);
    let mut view = MapView {
        lang: Lang::Fr,
        title: "Une enseigne, deux clients, trente-six points de contact".into(),
        subtitle: "Parcours omnicanal · 6 moments de vérité · 7 canaux · 10\u{202f}000 clients tirés au sort (graine 7)".into(),
        method: "Maquette : enseigne et chiffres inventés. Les effectifs viennent d’un tirage et se recoupent entre eux.".into(),
        headlines: vec![
            headline("9,9\u{202f}%", "commandent une première fois", "exact · simulé 10\u{202f}%", true),
            headline("0,71", "contacts poussés par client", "simulé", false),
            headline("7,5\u{202f}%", "des acheteurs rachètent", "simulé", false),
        ],
        stages,
        lanes: vec![
            lane("Publicité en ligne", Some(Media::Paid), digital),
            lane("Réseaux et avis", Some(Media::Earned), digital),
            lane("Site et application", Some(Media::Owned), digital),
            lane("E-mail et SMS", Some(Media::Owned), digital),
            lane("Service client", Some(Media::Owned), digital),
            lane("Magasin", Some(Media::Owned), physical),
            lane("Courrier et colis", Some(Media::Owned), physical),
        ],
        points,
        flows: retailer::FLOWS
            .iter()
            .map(|&(from, to, passages, typical)| FlowView { from: Some(from), to, passages, typical, ..FlowView::default() })
            .collect(),
        curves: vec![
            CurveView { label: "Inès, 27 ans".into(), note: "55\u{202f}% · achète en ligne".into(), ..CurveView::default() },
            CurveView {
                label: "Roger, 58 ans".into(), note: "45\u{202f}% · préfère le magasin".into(), ..CurveView::default()
            },
        ],
        hot: Some(HotView {
            caption: "commandes gagnées pour un point de probabilité à cet endroit, sur 10\u{202f}000 clients".into(),
            entries: hot
                .iter()
                .enumerate()
                .map(|(at, &(label, weight, leave))| HotEntry {
                    rank: at + 1,
                    label: label.into(),
                    weight,
                    value: format!("+{}", count(weight, Lang::Fr)),
                    note: format!("{leave} y partent · ressenti +1,5"),
                })
                .collect(),
        }),
        goal: Some("première commande".into()),
        ..MapView::default()
    };
    complete(&mut view);
    view
}

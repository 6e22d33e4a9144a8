//! The fixed words of documents, in both languages.

use crate::locale::Lang;
use serde::Serialize;

macro_rules! labels {
    ($($name:ident: $en:literal, $fr:literal;)*) => {
        /// Headings, names of columns, definitions.
        #[derive(Debug, Serialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub(in crate::report) struct Labels { $(#[doc = $en] pub $name: &'static str,)* }

        impl Labels {
            pub(in crate::report) fn new(lang: Lang) -> Self {
                Self { $($name: match lang { Lang::En => $en, Lang::Fr => $fr },)* }
            }
        }
    };
}

labels! {
    colon: ":", "\u{a0}:";
    exact: "exact", "exact";
    simulated: "simulated", "simulé";
    simulated_value: "simulated", "simulé";
    precision: "precision", "précision";
    chance: "chance", "hasard";
    evidence: "evidence", "ignorance";
    value: "Value", "Valeur";
    definition: "Definition", "Définition";
    share: "Share", "Part";
    median_time: "Median time", "Temps médian";

    headline: "Headline figures", "Chiffres clés";
    spreads: "Three spreads at 95%, never mixed. Precision: of the simulation, shrinks as more customers are drawn; a solved figure has none. Chance: what one campaign of the declared arrivals may bring. Evidence: what the author does not know.",
        "Trois étendues à 95\u{202f}%, jamais mêlées. Précision\u{a0}: celle de la simulation, d’autant plus étroite que l’on tire de clients\u{202f}; un chiffre résolu n’en a pas. Hasard\u{a0}: ce que peut donner une seule campagne aux arrivées déclarées. Ignorance\u{a0}: ce que l’auteur ne sait pas.";

    choose: "Choose what the page shows", "Choisir ce que montre la page";
    choose_all: "all", "tous";
    choose_written: "as written", "tel qu’écrit";
    choose_none: "no path", "aucun";
    choose_reset: "Reset", "Tout remettre";
    scenario: "Scenario", "Scénario";
    channel: "Channel", "Canal";
    map_click: "Click a bubble for its exact figures, or reach it with the tab and arrow keys.",
        "Cliquez sur une bulle pour ses chiffres exacts, ou allez-y avec la tabulation et les flèches.";

    map: "The map", "La carte";
    map_sub: "Bubbles say how many customers pass, bands which way they go, hatched stubs where they give up.",
        "Les bulles disent combien de clients passent, les bandes par où ils vont, les amorces hachurées où ils renoncent.";

    hot: "Hot points", "Points chauds";
    hot_sub: "Where customers gather and where behaviour turns. Five figures, no hidden score.",
        "Où les clients se rassemblent et où leur conduite bascule. Cinq mesures, aucun score caché.";
    sorted_by_leverage: "Sorted by leverage.", "Classés par levier.";
    sorted_by_pull: "Sorted by removal effect, for want of leverage, which only the exact engine tells.",
        "Classés par effet de retrait, faute de levier\u{a0}: seule la résolution exacte le donne.";
    rank: "Rank", "Rang";
    touchpoint: "Touchpoint", "Point de contact";
    touchpoint_sub: "channel · stage", "canal · étape";
    reach: "Reach", "Portée";
    reach_sub: "meet it at least once", "y passent au moins une fois";
    reach_def: "share of the customers who arrived who meet the touchpoint at least once.",
        "part des clients arrivés qui passent au moins une fois par le point de contact.";
    pull: "Removal effect", "Effet de retrait";
    pull_sub: "lost without it", "perdus sans lui";
    pull_def: "share of the conversions that vanish when the touchpoint is removed and those who would have met it fail.",
        "part des conversions qui disparaissent si l’on retire le point de contact et que ceux qui y seraient passés échouent.";
    leak: "Leak", "Fuite";
    leak_sub: "fail on the way out · margin lost", "échouent en sortant · marge perdue";
    leak_sub_plain: "fail on the way out", "échouent en sortant";
    leak_def: "share of all who arrived whose journey fails on the way out of it; in money, those failing exits times the margin that those who go on still bring.",
        "part de tous les arrivants dont le parcours échoue à la sortie\u{202f}; en argent, ces sorties multipliées par la marge que rapportent encore ceux qui continuent.";
    leverage: "Leverage", "Levier";
    leverage_sub: "gain for one point of probability", "gain par point de probabilité";
    leverage_def: "how many more customers reach the main goal, among the declared arrivals, when one point of probability moves from the failing branches to the best continuing one.",
        "combien de clients de plus atteignent l’objectif principal, parmi les arrivées déclarées, quand un point de probabilité passe des sorties en échec à la meilleure branche qui continue.";
    felt: "Felt", "Ressenti";
    felt_sub: "from −5 to +5 · effort", "de −5 à +5 · effort";
    felt_def: "mean of what customers feel there, from −5 to +5, and mean effort from 1 to 7 where it is declared.",
        "moyenne de ce que les clients y ressentent, de −5 à +5, et effort moyen de 1 à 7 là où il est déclaré.";

    quadrants: "A win for whom?", "Gagnant pour qui\u{202f}?";
    quadrants_sub: "What each touchpoint brings the brand (removal effect) and the customer (felt).",
        "Ce que chaque point de contact apporte à la marque (effet de retrait) et au client (ressenti).";
    quadrants_scatter: "A disc’s area is who meets the touchpoint; the scale of the removal effect is a square root. Numbers are ranks.",
        "L’aire d’un disque dit combien y passent\u{202f}; l’échelle de l’effet de retrait est une racine carrée. Les nombres sont les rangs.";

    funnel: "Funnel", "Entonnoir";
    funnel_sub: "Step rate: of those who enter the stage. Overall rate: of all who arrive. Wilson intervals at 95%.",
        "Taux d’étape\u{a0}: parmi ceux qui entrent dans l’étape. Taux global\u{a0}: parmi tous les arrivants. Intervalles de Wilson à 95\u{202f}%.";
    times: "How long to the goal", "Combien de temps jusqu’à l’objectif";
    times_share: "Of those who get there", "De ceux qui y parviennent";
    stage: "Stage", "Étape";
    enter: "Enter", "Entrent";
    fail: "Fail there", "Y échouent";
    step_rate: "Step rate", "Taux d’étape";
    overall_rate: "Overall rate", "Taux global";

    moments: "Moments of truth", "Moments de vérité";
    moments_sub: "What share enters each moment, what share goes on, how long it lasts and on which channels.",
        "Quelle part entre dans chaque moment, quelle part continue, combien de temps il dure et sur quels canaux.";
    moment: "Moment", "Moment";
    go_on: "Go on", "Continuent";
    channels: "Channels", "Canaux";
    channels_sub: "share of its visits", "part de ses visites";

    personas: "Personas", "Personas";
    personas_sub: "The same journey, lived by each; ± is the standard deviation between its customers.", "Le même parcours, vécu par chacun\u{202f}; ± donne l’écart type d’un de ses clients à l’autre.";
    persona: "Persona", "Persona";
    of_arrivals: "of the arrivals", "des arrivées";
    reach_goal: "Reach the goal", "Atteignent l’objectif";
    cost: "Cost", "Coût";
    revenue: "Revenue", "Chiffre d’affaires";
    margin: "Margin", "Marge";
    per_customer: "per customer who arrived", "par client arrivé";
    personas_stages: "Who enters each stage", "Qui entre dans chaque étape";
    personas_hot: "Hot points, persona by persona", "Points chauds, persona par persona";

    sheet: "Persona", "Persona";
    sheet_story: "Story", "Histoire";
    sheet_wants: "Wants", "Attentes";
    sheet_pains: "Pains", "Freins";
    sheet_motives: "Motives", "Motivations";
    sheet_no_touchpoint: "no touchpoint appeals to it", "aucun point de contact ne s’y adresse";
    sheet_channels: "Channels", "Canaux";
    sheet_figures: "In figures", "En chiffres";
    sheet_all: "all", "tous";
    sheet_journey: "The journey, stage by stage", "Le parcours, étape par étape";
    sheet_reach: "meet it", "y passent";
    sheet_enter: "enter", "y entrent";
    phases: "Touchpoints before, during and after the purchase", "Points de contact avant, pendant et après l’achat";
    phases_about: "Channel and kind", "Canal et nature";
    win_back: "What brings customers back", "Ce qui ramène les clients";
    win_back_sub: "Step by step: on which channel, with what content, and what sets it off.",
        "Pas à pas\u{a0}: sur quel canal, avec quel contenu, et ce qui le déclenche.";
    win_back_step: "Step", "Étape";
    win_back_channel: "Channel", "Canal";
    win_back_content: "Content", "Contenu";
    win_back_trigger: "Trigger", "Déclencheur";
    does: "What the customer does", "Ce que fait le client";

    reached: "Goals and ends", "Objectifs et fins";
    reached_sub: "Who gets there, after how long, for how much money spent and earned: mean and standard deviation among those who do, the first time.",
        "Qui y parvient, au bout de combien de temps, pour quelle dépense et quel encaissement\u{a0}: moyenne et écart type parmi ceux qui y parviennent, la première fois.";
    goal_or_end: "Goal or end", "Objectif ou fin";
    goals: "Goals", "Objectifs";
    ends: "Ends", "Fins";
    rate: "Rate", "Taux";
    time: "Time until then", "Temps écoulé";
    spent: "Spent until then", "Dépense engagée";
    earned: "Earned until then", "Encaissé jusque-là";
    margin_until: "Margin until then", "Marge jusque-là";
    customers: "Customers", "Clients";

    money: "Money", "Argent";
    experience: "Experience", "Expérience";
    standard: "Money and experience", "Argent et expérience";
    standard_sub: "What every journey is asked, each figure with the definition used; ± is the standard deviation between customers.",
        "Ce que l’on demande à tout parcours, chaque chiffre avec la définition retenue\u{202f}; ± donne l’écart type d’un client à l’autre.";
    figure: "Figure", "Mesure";

    others: "Measures in detail", "Les mesures en détail";
    others_sub: "Every named measure, with its definition, by persona and under each scenario.",
        "Chaque mesure nommée, avec sa définition, par persona et dans chaque scénario.";
    measure: "Measure", "Mesure";
    by_part: "In detail", "Détail";
    by_persona: "By persona", "Par persona";
    by_scenario: "By scenario", "Par scénario";

    promises: "Promises and printed figures", "Promesses et chiffres publiés";
    promises_sub: "What the author expects of the journey, and figures printed elsewhere, held against ours.",
        "Ce que l’auteur attend du parcours, et des chiffres publiés ailleurs, confrontés aux nôtres.";
    expectations: "Expectations", "Attentes";
    claims: "Printed figures", "Chiffres publiés";
    as_written: "As written", "Tel qu’écrit";
    ours: "Ours", "Le nôtre";
    expected: "Expected", "Attendu";
    printed: "Printed", "Publié";
    verdict: "Verdict", "Verdict";

    levers: "What the result hangs on", "De quoi dépend le résultat";
    levers_sub: "Of the journey as written, scenarios aside: what a little more of each figure changes in the key figures, and what they become over the ranges that the author gives.",
        "Pour le parcours tel qu’écrit, hors scénarios\u{a0}: ce qu’un peu plus de chaque donnée change aux chiffres clés, et ce qu’ils deviennent sur les intervalles que donne l’auteur.";
    lever: "Lever", "Levier";
    lever_now: "Now", "Valeur";
    lever_gain: "One step changes it by", "Un pas le change de";
    lever_elasticity: "Elasticity", "Élasticité";
    lever_elasticity_sub: "for 1% more of it", "pour 1\u{202f}% de plus";
    lever_cost: "One point costs", "Un point coûte";
    lever_range: "Range", "Intervalle";
    rests_on: "Rests on", "Repose sur";
    tornado: "Over their ranges", "Sur leurs intervalles";
    tornado_low: "at the low end", "au plus bas";
    tornado_high: "at the high end", "au plus haut";
    tornado_from: "From", "De";
    tornado_to: "To", "À";
    tornado_there: "the figure there", "le chiffre y vaut";

    attribution: "Attribution", "Attribution";

    campaign: "This campaign", "Cette campagne";
    campaign_sub: "What one campaign of the declared arrivals may bring. Nine campaigns in ten end within an interval: at most one in twenty ends below, at most one in twenty above.",
        "Ce que peut donner une seule campagne aux arrivées déclarées. Neuf campagnes sur dix finissent dans l’intervalle\u{a0}: une sur vingt au plus en dessous, une sur vingt au plus au-dessus.";
    total: "Total", "Total";
    stated: "As stated", "Valeurs énoncées";
    by_chance: "Chance alone", "Hasard seul";
    with_unknown: "With what is not known", "Avec ce qu’on ignore";
    mean: "Mean", "Moyenne";
    measure_first: "Measure first (share of variance)", "À mesurer d’abord (part de variance)";

    stories: "Where these figures come from", "D’où viennent ces chiffres";
    stories_sub: "How each key figure is worked out, and the most usual ways to it and past it.",
        "Comment chaque chiffre clé se calcule, et les chemins les plus suivis pour y parvenir ou non.";

    paths: "Typical paths", "Trajets types";
    paths_sub: "The most probable ways to the goal and to failure: share of all who arrive, channels, mean duration.",
        "Les chemins les plus probables vers l’objectif et vers l’échec\u{a0}: part de tous les arrivants, canaux, durée moyenne.";
    paths_goal: "They reach the goal", "Ils atteignent l’objectif";
    paths_failure: "They give up", "Ils renoncent";
    path: "Path", "Trajet";
    duration: "Duration", "Durée";

    basis: "What the figures rest on", "Sur quoi reposent les chiffres";
    param: "Figure", "Donnée";
    known: "How it is known", "D’où elle vient";

    method: "How these figures were obtained", "Comment ces chiffres ont été obtenus";
    agreement: "Agreement of the two engines", "Accord des deux moteurs";

    drawing: "The journey", "Le parcours";
    drawing_legend: "A number on an arrow is how many customers pass, of the declared arrivals.",
        "Le nombre sur une flèche dit combien de clients passent, parmi les arrivées déclarées.";
    footer: "Written by jalon.", "Écrit par jalon.";
}

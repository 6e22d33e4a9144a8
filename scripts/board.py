#!/usr/bin/env python3
"""Writes a generated journey of so many touchpoints: long French labels, stages, channels, returns, personas, a scenario.

    scripts/board.py TOUCHPOINTS [SEED]

The same arguments always give the same journey. `scripts/look` draws them to see that nothing overlaps at any size.
"""

import random
import sys

NAMES = [
    "Publication sponsorisée sur les réseaux", "Bannière programmatique", "Recommandation d’une amie", "Comparateur de prix indépendant",
    "Page d’accueil du site", "Fiche produit détaillée", "Avis vérifiés des clients", "Conseil personnalisé en visioconférence",
    "Prise de rendez-vous en boutique", "Essayage en cabine avec un conseiller", "Simulation de financement", "Panier",
    "Code promotionnel reçu par SMS", "Relance de panier abandonné", "Paiement en trois fois sans frais", "Confirmation de commande",
    "Suivi de livraison en temps réel", "Réception du colis", "Retrait en point relais de proximité", "Service après-vente téléphonique",
    "Questionnaire de satisfaction", "Parrainage", "Programme de fidélité", "Courriel d’anniversaire", "Vente privée réservée aux membres",
    "Notification de réapprovisionnement", "Désabonnement de la lettre d’information", "Vitrine saisonnière",
]
CHANNELS = [
    ("Publicité programmatique", "digital paid"), ("Réseaux sociaux et influence", "digital earned"), ("Site internet", "digital owned"),
    ("Application mobile", "digital owned"), ("Courrier électronique et SMS", "digital owned"),
    ("Service client téléphonique", "digital owned"), ("Boutiques et points de vente partenaires", "physical owned"),
    ("Livraison et points relais", "physical paid"),
]
MOMENTS = ["stimulus", "zmot", "fmot", "smot", "tmot", "lmot"]
STAGES = ["Découvrir sans chercher", "Se renseigner et comparer", "Choisir et acheter", "Recevoir et utiliser", "Partager son avis",
          "Revenir ou oublier"]
PERSONAS = ["Inès", "Roger", "Famille nombreuse", "Marie-Clémentine", "Étudiante étrangère"]
FEELS = ["agacée par l’attente", "ravie", "un peu perdue devant tant de choix", "rassurée", "enfin comprise", "déçue par le délai"]
DOES = ["Fait défiler son fil et s’arrête", "Compare avec deux concurrents avant de se décider", "Demande à une amie ce qu’elle en pense",
        "Lit les avis, surtout les mauvais", "Note la référence pour plus tard"]
THINKS = ["Et si j’attendais les soldes ?", "Est-ce en stock près de chez moi ?", "Qui va me répondre ?", "C’est bien celui de la photo ?"]
PAINS = ["Attente interminable", "Création de compte forcée", "Frais de port annoncés à la fin", "Stock affiché à tort"]
HELPS = ["le stock et les horaires sont affichés", "un conseiller l’a rappelée dans l’heure", "elle a pu essayer chez elle"]
STOPS = ["trop cher pour ce que c’est", "le délai est trop long", "personne ne répond"]
QUOTES = ["J’ai appelé trois fois avant d’avoir quelqu’un qui connaisse mon dossier", "Le vendeur m’a écoutée, lui"]
OWNERS = ["marketing", "service_client", "logistique", "informatique"]


def journey(points: int, seed: int) -> str:
    dice = random.Random(f"{points}-{seed}")
    stages, lanes = min(6, 2 + points // 9), min(8, 2 + points // 7)
    personas = PERSONAS[: 1 + (points + seed) % 5]
    out = [f'journey board_{points}_{seed} "Un parcours engendré de {points} points de contact, graine {seed}"', "locale fr",
           "currency EUR", 'source audit "Audit du site"', "", f'facet owner "Responsable" = {", ".join(OWNERS)}', ""]
    out += [f'persona p{at} "{name}" {{ age {24 + 9 * at} }}' for at, name in enumerate(personas)]
    out += [f'channel c{at} "{name}" {words}' for at, (name, words) in enumerate(CHANNELS[:lanes])]
    out += ['goal order "Commande confirmée"', 'end served "Servi" success', 'end lost "Perdu" failure', ""]
    out += [f"param patience = {dice.randint(8, 30)}% range 5%..40%", ""]
    entries = [f"t{at}" for at in range(1 + points // 12)]
    out += ["arrive 10_000 {"]
    each = 100 // len(personas)
    out += [f"  of p{at} {each}%" for at in range(len(personas) - 1)] + [f"  of p{len(personas) - 1} otherwise"]
    share = 100 // len(entries)
    out += [f"  -> {entry} {share}%" for entry in entries[:-1]] + [f"  -> {entries[-1]} otherwise", "}", ""]
    stage_of = [at * stages // points for at in range(points)]
    # Everybody is met by somebody: each touchpoint after the first ones has one before it from which customers come.
    ways = {at: set() for at in range(points)}
    for at in range(len(entries), points):
        ways[max(0, at - 1 - dice.randrange(6))].add(at)
    for at in range(points - 1):
        ways[at].update({min(points - 1, at + 1 + dice.randrange(7)) for _ in range(1 + dice.randrange(2))})
    ordering = max(at for at in range(points) if stage_of[at] <= min(2, stages - 1))
    for stage in range(stages):
        out += [f'stage s{stage} "{STAGES[stage]}" moment {MOMENTS[stage]} {{']
        for at in (at for at in range(points) if stage_of[at] == stage):
            out += touchpoint(dice, at, sorted(ways[at]), lanes, len(personas), at == ordering)
        out += ["}"]
    out += ["", 'kpi orders "Commandes" key = rate(order)', 'kpi spent "Coût par client arrivé" key = cost',
            "", 'scenario patient "Relance plus douce" {', "  set patience = 5%", "}"]
    return "\n".join(out) + "\n"


def touchpoint(dice: random.Random, at: int, ways: list[int], lanes: int, personas: int, orders: bool) -> list[str]:
    name = NAMES[dice.randrange(len(NAMES))]
    out = [f'  touchpoint t{at} "{name}" on c{dice.randrange(lanes)} {{', f"    is {dice.choice(OWNERS)}", f'    does "{dice.choice(DOES)}"']
    if dice.random() < 0.6:
        out.append(f'    think "{dice.choice(THINKS)}"')
    if dice.random() < 0.4:
        out.append(f'    pain "{dice.choice(PAINS)}"')
    if dice.random() < 0.2:
        out.append(f'    note "Verbatim" "{dice.choice(QUOTES)}"')
    own = "".join(f", {dice.randint(-4, 4)} for p{who}" for who in range(1, personas) if dice.random() < 0.5)
    out.append(f'    feel {dice.randint(-4, 4)} "{dice.choice(FEELS)}"{own}')
    out.append(f"    cost {dice.randint(1, 90) / 100:.2f} EUR")
    if orders:
        out.append("    reach order")
    left = 100 - dice.randint(3, 35)
    for way in ways:
        share = max(1, left // len(ways) - dice.randint(0, 5))
        figure = dice.choice([f"{share}%", f"{share * 3} of 300 source audit", f"{share}% range {share / 2:g}%..{min(100, share * 2)}%",
                              f"{share}% assumed"])
        because = f' because "{dice.choice(HELPS)}"' if dice.random() < 0.2 else ""
        out.append(f"    -> t{way} {figure} after {dice.randint(1, 9)} h{because}")
    if at > 3 and dice.random() < 0.25:
        out.append(f"    -> t{dice.randrange(at)} patience * 20% after {dice.randint(1, 3)} days")
    because = f' because "{dice.choice(STOPS)}"' if dice.random() < 0.3 else ""
    out.append("    -> served otherwise" if not ways else f"    -> lost otherwise{because}")
    return [*out, "  }"]


if __name__ == "__main__":
    print(journey(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1), end="")

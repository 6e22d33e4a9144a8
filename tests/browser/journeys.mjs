// Journeys of any size, with long French names: what pages are tried with beside those of specs/.

const NAMES = [
  "Publication sponsorisée sur les réseaux", "Bannière programmatique", "Recommandation d’une amie", "Comparateur de prix indépendant",
  "Page d’accueil du site", "Fiche produit détaillée", "Avis vérifiés des clients", "Conseil personnalisé en visioconférence",
  "Prise de rendez-vous en boutique", "Essayage en cabine avec un conseiller", "Simulation de financement", "Panier",
  "Code promotionnel reçu par SMS", "Relance de panier abandonné", "Paiement en trois fois", "Confirmation de commande",
  "Suivi de livraison en temps réel", "Retrait en point relais", "Déballage", "Service après-vente",
];
const CHANNELS = [
  "social \"Réseaux sociaux\" digital paid", "web \"Site et application\" digital owned", "store \"Magasins\" physical owned",
  "word \"Avis et bouche-à-oreille\" digital earned", "mail \"Courriel\" digital owned",
];
const STAGES = [["stimulus", "Stimulus"], ["zmot", "Recherche"], ["fmot", "Achat"], ["smot", "Usage"], ["tmot", "Partage"], ["lmot", "Fidélité"]];

// A journey of `count` touchpoints. `money`: whether anything costs or earns.
export function journey(count, { money = true } = {}) {
  const lines = [`journey  generated_${count} "Parcours de ${count} points de contact"`, "locale   fr"];
  if (money) lines.push("currency EUR");
  lines.push("", "param click \"Taux de clic\" = 60% range 40%..75% assumed", "");
  lines.push('persona ines "Inès, première acheteuse" {\n  age 27\n}', 'persona marc "Marc et Sonia" {\n  age 41\n}');
  lines.push("", ...CHANNELS.map((channel) => `channel ${channel}`));
  lines.push('goal order "Première commande"', 'end served "Client satisfait" success', 'end lost "Parti sans acheter" failure', "");
  lines.push("arrive 10000 at t0 {\n  of ines 60%\n  of marc otherwise\n}", "");
  const stages = STAGES.slice(0, Math.min(STAGES.length, Math.max(2, Math.ceil(count / 4))));
  const per = Math.ceil(count / stages.length);
  const buy = Math.floor(count * 0.6);
  stages.forEach(([name, label], stage) => {
    lines.push(`stage ${name} "${label}" moment ${name} {`);
    for (let at = stage * per; at < Math.min(count, (stage + 1) * per); at += 1) {
      const label = NAMES[at % NAMES.length] + (at < NAMES.length ? "" : ` ${Math.floor(at / NAMES.length) + 1}`);
      lines.push(`  touchpoint t${at} "${label}" on ${CHANNELS[(at * 3) % CHANNELS.length].split(" ")[0]} {`);
      if (money && at % 3 === 0) lines.push(`    cost ${0.1 * (1 + (at % 5))} EUR`);
      if (at === buy) lines.push("    reach order", ...(money ? ["    earns 60 EUR margin 40%"] : []));
      lines.push("    takes exponential(mean 2 h)", `    feel ${["+2", "-1", "0", "+3", "-2", "+1"][at % 6]}`);
      if (at + 1 < count) {
        lines.push(`    -> t${at + 1} ${at === 0 ? "click" : "84%"}`);
        if (at + 3 < count && at % 2 === 0) lines.push(`    -> t${at + 3} 11%`);
        if (at > 6 && at % 9 === 0) lines.push(`    -> t${at - 5} 4%`);
        lines.push("    -> lost otherwise");
      } else lines.push("    -> served");
      lines.push("  }");
    }
    lines.push("}", "");
  });
  lines.push('kpi buyers "Clients conquis" key = rate(order)', 'kpi served_rate "Clients satisfaits" = rate(served)', "");
  lines.push('scenario better "De meilleures annonces" {\n  set click = 70%\n}');
  return `${lines.join("\n")}\n`;
}

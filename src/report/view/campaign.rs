//! What can happen to one campaign.

use super::{Pen, pen::plural, shown};
use crate::campaign::{Campaign, Known, KnownSpread, Spread, Total, TotalOf, Unknown};
use crate::locale;
use crate::model::law::nearest;
use crate::model::{MoneyKind, Unit};
use crate::words;
use num_traits::Zero;
use serde::Serialize;

/// What can happen to one campaign, in words and a table.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct CampaignView {
    /// Why there is none.
    pub declined: Option<String>,
    /// The main total in sentences: what is expected, what chance does, what ignorance does, and why.
    pub lead: Vec<String>,
    pub rows: Vec<TotalRow>,
    /// Whether anything is unknown.
    pub unknown: bool,
    /// What was drawn, and how.
    pub notes: Vec<String>,
}

/// A total.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct TotalRow {
    pub label: String,
    pub stated: String,
    pub chance: String,
    pub known: String,
    pub mean: String,
    /// What to measure first, and the share of the variance that would be gone.
    pub first: String,
}

/// A mean further from the stated value than this, relative to it, is explained.
const APART: f64 = 0.01;
/// An unknown worth less than this share of the variance is not named.
const WORTH: f64 = 0.005;

impl CampaignView {
    pub(super) fn new(pen: &Pen<'_>) -> Option<Self> {
        let campaign = match pen.figures.campaign.as_ref()? {
            Ok(campaign) => campaign,
            Err(why) => {
                let why = shown::declined(pen, *why);
                let said = words!("No view of one campaign: {why}.", "Pas de vue d’une campagne\u{a0}: {why}.");
                return Some(Self { declined: Some(pen.say(&said)), ..Self::default() });
            }
        };
        let page = Page { pen, campaign };
        Some(Self {
            declined: None,
            lead: page.lead(),
            rows: campaign.totals.iter().filter(|t| moves(t)).map(|total| page.row(total)).collect(),
            unknown: !campaign.unknowns.is_empty(),
            notes: page.notes(),
        })
    }
}

/// Whether there is anything to say of a total.
fn moves(total: &Total) -> bool {
    total.chance.mean != 0.0 || total.known.as_ref().is_some_and(|k| k.spread.mean != 0.0)
}

struct Page<'a> {
    pen: &'a Pen<'a>,
    campaign: &'a Campaign,
}

impl Page<'_> {
    fn label(&self, of: TotalOf) -> String {
        let model = self.pen.model;
        match of {
            TotalOf::Goal(id) => model.goals[id.index()].name.label.clone(),
            TotalOf::End(id) => model.ends[id.index()].name.label.clone(),
            TotalOf::Money(kind) => self.pen.say(&match kind {
                MoneyKind::Cost => words!("Cost", "Coût"),
                MoneyKind::Revenue => words!("Revenue", "Chiffre d’affaires"),
                MoneyKind::Margin | MoneyKind::Clv => words!("Margin", "Marge"),
            }),
        }
    }

    fn write(&self, value: f64, unit: Unit) -> String {
        match unit {
            Unit::Money => locale::total(value, self.pen.currency(), self.pen.lang),
            unit => self.pen.write(value, unit),
        }
    }

    /// A mean, with the digits that its standard error leaves.
    fn mean(&self, spread: &Spread, unit: Unit) -> String {
        if unit == Unit::Money || spread.standard_error <= 0.0 {
            return self.write(spread.mean, unit);
        }
        let decimals = (-libm::log10(2.0 * spread.standard_error)).floor().clamp(0.0, 6.0);
        locale::trimmed(spread.mean, decimals as usize, self.pen.lang)
    }

    fn ends(&self, spread: &Spread, unit: Unit) -> String {
        let (low, high) = (self.write(spread.low, unit), self.write(spread.high, unit));
        if low == high { low } else { locale::range(&low, &high, self.pen.lang) }
    }

    fn unknown(&self, unknown: &Unknown) -> String {
        self.pen.quote(&self.pen.model.params[unknown.param.index()].name.label)
    }

    fn row(&self, total: &Total) -> TotalRow {
        let unit = total.of.unit();
        let stated = total.stated.unwrap_or(total.chance.mean);
        let known = total.known.as_ref();
        let first =
            known.and_then(|k| self.first(k)).map(|(u, share)| format!("{} ({})", self.unknown(u), self.pen.percent(share)));
        TotalRow {
            label: self.label(total.of),
            stated: self.write(stated, unit),
            chance: self.ends(&total.chance, unit),
            known: known.map_or_else(|| locale::DASH.to_owned(), |k| self.ends(&k.spread, unit)),
            mean: known.map_or_else(|| locale::DASH.to_owned(), |k| self.mean(&k.spread, unit)),
            first: first.unwrap_or_else(|| locale::DASH.to_owned()),
        }
    }

    /// What is worth most to know of a total, and the share of its variance, rounded to what can be known of it.
    fn first(&self, known: &KnownSpread) -> Option<(&Unknown, f64)> {
        let worth = known.worth.iter().copied().zip(&self.campaign.unknowns);
        let (share, unknown) = worth.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (share >= WORTH).then(|| (unknown, (share * 100.0).round() / 100.0))
    }

    /// The main total in sentences.
    fn lead(&self) -> Vec<String> {
        let main = self.pen.figures.main_goal.map(TotalOf::Goal);
        let of = |of: TotalOf| self.campaign.totals.iter().find(|t| t.of == of);
        let Some(total) = main.and_then(of).or_else(|| of(TotalOf::Money(MoneyKind::Margin))) else { return Vec::new() };
        let (unit, label) = (total.of.unit(), self.pen.quote(&self.label(total.of)));
        let stated = total.stated.unwrap_or(total.chance.mean);
        let value = self.write(stated, unit);
        let (low, high) = (self.write(total.chance.low, unit), self.write(total.chance.high, unit));
        let mut said = vec![self.pen.say(&words!(
            "{label}: {value} at the stated values. By chance alone, 9 campaigns in 10 end between {low} and {high}.",
            "{label}\u{a0}: {value} aux valeurs énoncées. Par le seul hasard, 9 campagnes sur 10 finissent entre {low} et {high}."
        ))];
        if let Some(known) = &total.known {
            let (low, high) = (self.write(known.spread.low, unit), self.write(known.spread.high, unit));
            let mean = self.mean(&known.spread, unit);
            said.push(self.pen.say(&words!(
                "With what is not known as well, between {low} and {high} (mean {mean}).",
                "Avec ce qu’on ignore en plus, entre {low} et {high} (moyenne {mean})."
            )));
            said.extend(self.why(known, stated, &mean, &value));
            said.extend(self.worth(known));
        }
        said.extend(self.loss());
        said
    }

    /// Why the mean is not the stated value.
    fn why(&self, known: &KnownSpread, stated: f64, mean: &str, value: &str) -> Option<String> {
        let off = (known.spread.mean - stated).abs();
        if off <= APART * stated.abs() || off <= 3.0 * known.spread.standard_error {
            return None;
        }
        let relative = |u: &Unknown| {
            let (stated, mean) = (nearest(&u.stated), self.drawn(u));
            if u.stated.is_zero() { f64::INFINITY } else { (mean / stated - 1.0).abs() }
        };
        let worth = |u: &Unknown| {
            let place = self.campaign.unknowns.iter().position(|other| other == u);
            place.map_or(0.0, |at| known.worth[at])
        };
        let mut apart: Vec<&Unknown> =
            self.campaign.unknowns.iter().filter(|u| relative(u) > APART && worth(u) >= WORTH).collect();
        apart.sort_by(|a, b| relative(b).total_cmp(&relative(a)));
        let counted = apart.iter().any(|u| matches!(u.known, Known::Count(..)));
        let each = apart.iter().take(3).map(|u| {
            let unit = self.pen.model.params[u.param.index()].unit;
            let (label, how) = (self.unknown(u), self.how(u));
            let (stated, mean) = (self.pen.write(nearest(&u.stated), unit), self.pen.write(self.drawn(u), unit));
            self.pen.say(&words!(
                "{label} ({how}): {stated} stated, {mean} on average",
                "{label} ({how})\u{a0}: {stated} énoncé, {mean} en moyenne"
            ))
        });
        let each = each.collect::<Vec<_>>().join(self.pen.lang.pick("; ", "\u{202f}; "));
        if each.is_empty() {
            return None;
        }
        let rule = if counted {
            words!(
                " what is counted is drawn with half a customer added to each side, which weighs most where little was counted.",
                " un compte est tiré avec un demi-client ajouté de chaque côté, ce qui pèse surtout là où l’on a peu compté."
            )
        } else {
            words!(" the middle of what can be is not what is stated.", " le milieu du possible n’est pas ce qui est énoncé.")
        };
        let rule = rule.get(self.pen.lang);
        Some(
            self.pen
                .say(&words!("Why {mean} and not {value}:{rule} {each}.", "Pourquoi {mean} et non {value}\u{a0}:{rule} {each}.")),
        )
    }

    /// The mean of what was drawn of an unknown; where refusing draws has moved it by a percent or more, the mean of those kept.
    fn drawn(&self, unknown: &Unknown) -> f64 {
        let theory = nearest(&unknown.mean);
        if self.campaign.redrawn == 0 || (unknown.drawn / theory - 1.0).abs() < APART { theory } else { unknown.drawn }
    }

    /// How an unknown is known, in a few words.
    fn how(&self, unknown: &Unknown) -> String {
        let unit = self.pen.model.params[unknown.param.index()].unit;
        match &unknown.known {
            Known::Count(k, n) => {
                let (k, n) = (self.pen.count(nearest(k)), self.pen.count(nearest(n)));
                self.pen.say(&words!("{k} of {n}", "{k} sur {n}"))
            }
            Known::Range(low, high) => {
                locale::range(&self.pen.write(nearest(low), unit), &self.pen.write(nearest(high), unit), self.pen.lang)
            }
            Known::Law => self.pen.say(&words!("a distribution", "une loi")),
        }
    }

    fn worth(&self, known: &KnownSpread) -> Option<String> {
        let (unknown, share) = self.first(known)?;
        let (label, how, share) = (self.unknown(unknown), self.how(unknown), self.pen.percent(share));
        let chance = self.pen.percent(((1.0 - known.not_known) * 100.0).round() / 100.0);
        Some(self.pen.say(&words!(
            "Measuring {label} ({how}) would narrow this most: once it is known, {share} of the variance is gone on average. Chance makes {chance} of it, which no measuring takes away.",
            "Mesurer {label} ({how}) resserrerait le plus cet intervalle\u{a0}: une fois cette donnée connue, {share} de la variance disparaît en moyenne. Le hasard en fait {chance}, qu’aucune mesure n’enlève."
        )))
    }

    fn loss(&self) -> Option<String> {
        let (chance_of_loss, known) = self.campaign.loss?;
        let places = if chance_of_loss.min(known.unwrap_or(1.0)) < 0.01 { 1000.0 } else { 100.0 };
        let percent = |share: f64| self.pen.percent((share * places).round() / places);
        let chance = percent(chance_of_loss);
        if chance_of_loss == 0.0 && known.is_none_or(|k| k == 0.0) {
            let none = words!("None of the campaigns drawn loses money.", "Aucune des campagnes tirées ne perd d’argent.");
            return Some(self.pen.say(&none));
        }
        Some(self.pen.say(&match known.map(percent) {
            None => words!("Campaigns that lose money: {chance}.", "Campagnes qui perdent de l’argent\u{a0}: {chance}."),
            Some(known) => words!(
                "Campaigns that lose money: {chance} by chance alone, {known} with what is not known.",
                "Campagnes qui perdent de l’argent\u{a0}: {chance} par le seul hasard, {known} avec ce qu’on ignore."
            ),
        }))
    }

    fn notes(&self) -> Vec<String> {
        let pen = self.pen;
        let campaign = self.campaign;
        let number = |n: u64| pen.integer(n);
        let (replications, customers, seed) = (number(campaign.replications), number(campaign.customers), campaign.seed);
        let mut notes = vec![pen.say(&if campaign.unknowns.is_empty() {
            words!(
                "{replications} campaigns of {customers} customers drawn; seed {seed}.",
                "{replications} campagnes de {customers} clients tirées au sort\u{202f}; graine {seed}."
            )
        } else {
            words!(
                "{replications} campaigns of {customers} customers drawn by chance alone, and two at each of {replications} draws of what is not known; seed {seed}.",
                "{replications} campagnes de {customers} clients tirées par le seul hasard, et deux à chacun de {replications} tirages de ce qu’on ignore\u{202f}; graine {seed}."
            )
        })];
        if campaign.redrawn > 0 {
            let redrawn = number(campaign.redrawn);
            notes.push(pen.say(&words!(
                "{redrawn} draws left some branch less than nothing and were drawn again.",
                "{redrawn} tirages laissaient à une branche moins que rien et ont été refaits."
            )));
        }
        if !campaign.held.is_empty() {
            let names = campaign.held.iter().map(|p| pen.quote(&pen.model.params[p.index()].name.label));
            let names = names.collect::<Vec<_>>().join(", ");
            let held = plural(pen, campaign.held.len(), &words!("figure", "donnée"), &words!("figures", "données"));
            notes.push(pen.say(&words!(
                "Not drawn, since no journey is possible beside the stated value: {held} ({names}).",
                "Pas de tirage, aucun parcours n’étant possible à côté de la valeur énoncée\u{a0}: {held} ({names})."
            )));
        }
        if campaign.unfinished > 0 {
            let some = number(campaign.unfinished);
            notes.push(pen.say(&words!(
                "{some} customers were given up in a loop: these figures are not to be trusted.",
                "{some} clients ont été abandonnés dans une boucle\u{a0}: ces chiffres ne sont pas fiables."
            )));
        }
        notes
    }
}

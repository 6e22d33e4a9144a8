//! Amounts: visits times what each costs or earns, over all touchpoints.

use super::{Pen, Step, added};
use crate::exam::book::{count, rate, visits};
use crate::exam::paths::{Factor, Map};
use crate::exam::value::Value;
use crate::model::{
    Branch, Earning, Event, Law, Measure, MeasureKind, Model, Modifiers, MoneyKind, PerPersona, Place, Touchpoint, TouchpointId,
    Unit,
};
use crate::words;
use num_rational::BigRational;
use num_traits::{One, Zero};

impl Pen<'_> {
    /// Visits times what each costs or earns, over all touchpoints.
    pub(super) fn money(&mut self, measure: &Measure, kind: MoneyKind, only: &Modifiers) {
        let alone = Modifiers { per: None, ..only.clone() };
        let whole = Measure { kind: MeasureKind::Money(kind, alone.clone()), ..measure.clone() };
        let contributions = if alone == Modifiers::default() && kind != MoneyKind::Clv { self.contributions(kind) } else { None };
        let sum = contributions.as_ref().map(|all| all.iter().map(|c| c.1.clone()).sum::<BigRational>());
        let what = self.named(&whole);
        match contributions.filter(|_| sum.is_some() && sum == self.book.fraction(&whole)) {
            None => self.solved("", &whole),
            Some(all) => {
                self.say(
                    Step::Formula,
                    &words!(
                        "Formula: {what} = sum over the touchpoints of visits per customer × amount per visit",
                        "Formule : {what} = somme, sur les points de contact, des visites par client × montant par visite"
                    ),
                );
                let several = all.len() > 1;
                let terms: Vec<String> = all.iter().map(|c| self.write(&Value::of(c.1.clone()), Unit::Money)).collect();
                self.lines.extend(all.into_iter().map(|(line, _)| (Step::Substitution, line)));
                if several && let Some(sum) = sum {
                    let total = self.write(&Value::of(sum), Unit::Money);
                    self.lines.push((Step::Substitution, format!("{} = {total}", added(&terms))));
                }
            }
        }
        if let Some(per) = only.per {
            let times = match per {
                Event::Reach(goal) => count(goal),
                Event::Meet(Place::Touchpoint(t)) => visits(t),
                other => rate(other),
            };
            let (top, bottom) = (self.book.get(&whole), self.book.get(&times));
            self.explain(&Measure { unit: Unit::Share, ..times });
            if let (Ok(top), Ok(bottom), Ok(result)) = (top, bottom, self.book.get(measure)) {
                let (a, b) = (self.write(&top, Unit::Money), self.write(&bottom, Unit::Share));
                let result = self.write(&result, Unit::Money);
                self.lines.push((Step::Substitution, format!("{a} ÷ {b} = {result}")));
            }
        }
    }

    /// Each touchpoint's and each branch's part in an amount: its line and its value.
    fn contributions(&self, kind: MoneyKind) -> Option<Vec<(String, BigRational)>> {
        let model = &self.book.program().base;
        let map = Map { model, sources: self.sources, lang: self.lang };
        let mut all = Vec::new();
        let arrivals: BigRational = model.arrivals.iter().map(|a| a.number.clone()).sum();
        for arrival in &model.arrivals {
            if kind != MoneyKind::Revenue && !arrival.cost_each.is_zero() {
                let share = &arrival.number / &arrivals;
                all.push(self.contribution(&arrival.name.label, &share, None, &signed(&arrival.cost_each, kind)));
            }
            if arrival.branches.iter().any(|b| b.effects.cost.is_some() || b.effects.earns.is_some()) {
                return None;
            }
        }
        for (i, touchpoint) in model.touchpoints.iter().enumerate() {
            let times = self.book.fraction(&visits(TouchpointId::new(i)))?;
            if times.is_zero() {
                continue;
            }
            for amount in amounts(model, touchpoint, kind)? {
                all.push(self.contribution(&touchpoint.name.label, &times, None, &amount));
            }
            if touchpoint.branches.iter().all(|b| b.effects.cost.is_none() && b.effects.earns.is_none()) {
                continue;
            }
            let shares = map.shares(&touchpoint.branches)?;
            for (branch, share) in touchpoint.branches.iter().zip(shares) {
                for amount in branch_amounts(branch, kind)? {
                    all.push(self.contribution(&touchpoint.name.label, &times, Some(&share), &amount));
                }
            }
        }
        Some(all)
    }

    fn contribution(
        &self,
        label: &str,
        times: &BigRational,
        share: Option<&Factor>,
        amount: &BigRational,
    ) -> (String, BigRational) {
        let one = BigRational::one();
        let value = times * share.map_or(&one, |share| &share.value) * amount;
        let colon = self.lang.pick(":", " :");
        let visits = self.write(&Value::of(times.clone()), Unit::Number);
        let by = share.filter(|s| !s.value.is_one()).map_or_else(String::new, |share| format!(" × {}", share.text));
        let (each, total) =
            (self.write(&Value::of(amount.clone()), Unit::Money), self.write(&Value::of(value.clone()), Unit::Money));
        (format!("{label}{colon} {visits}{by} × {each} = {total}"), value)
    }
}

/// A cost as a margin sees it.
fn signed(amount: &BigRational, kind: MoneyKind) -> BigRational {
    if kind == MoneyKind::Margin { -amount.clone() } else { amount.clone() }
}

/// An amount that is the same for everybody, and its mean where chance has a part in it.
fn sure(amount: &PerPersona<Law>) -> Option<BigRational> {
    amount.own.is_empty().then(|| amount.default.exact_mean()).flatten()
}

fn earned(earning: &Earning, kind: MoneyKind) -> Option<BigRational> {
    let amount = sure(&earning.amount)?;
    if kind == MoneyKind::Revenue {
        return Some(amount);
    }
    earning.margin.own.is_empty().then(|| amount * &earning.margin.default)
}

/// What a visit costs and earns.
fn amounts(model: &Model, touchpoint: &Touchpoint, kind: MoneyKind) -> Option<Vec<BigRational>> {
    let mut all = Vec::new();
    if touchpoint.costs.iter().any(|c| c.guard.is_some()) || touchpoint.earns.iter().any(|e| e.guard.is_some()) {
        return None;
    }
    if kind != MoneyKind::Cost {
        for earning in &touchpoint.earns {
            all.push(earned(&earning.value, kind)?);
        }
    }
    if kind != MoneyKind::Revenue {
        let channel = model.channels[touchpoint.channel.index()].cost.as_ref();
        for cost in channel.into_iter().chain(touchpoint.costs.iter().map(|c| &c.value)) {
            all.push(signed(&sure(cost)?, kind));
        }
    }
    all.retain(|amount| !amount.is_zero());
    Some(all)
}

fn branch_amounts(branch: &Branch, kind: MoneyKind) -> Option<Vec<BigRational>> {
    let mut all = Vec::new();
    if let Some(earning) = branch.effects.earns.as_ref().filter(|_| kind != MoneyKind::Cost) {
        all.push(earned(earning, kind)?);
    }
    if let Some(cost) = branch.effects.cost.as_ref().filter(|_| kind != MoneyKind::Revenue) {
        all.push(signed(&sure(cost)?, kind));
    }
    Some(all)
}

//! Changes of a journey whose effect on its figures is known.

use super::{Arrival, Branch, Dice, Line, Money, Share, Spec, Touchpoint};
use std::collections::HashMap;

impl Spec {
    /// The same in another order of items, lines and branches.
    pub(crate) fn shuffled(&self, order: u64) -> Self {
        Self { order, ..self.clone() }
    }

    /// With parts that nobody comes to, and what only they use.
    pub(crate) fn with_unreachable_parts(&self) -> Self {
        let mut spec = self.clone();
        let known = spec.touchpoints[0].clone();
        spec.goals.insert(0, "never_reached".into());
        spec.ends.push(("never_ended".into(), "failure"));
        let branch = |to: &str, share| Branch { to: to.into(), share, guard: None, after: None, effects: Vec::new() };
        let nowhere = Touchpoint {
            name: "nowhere".into(),
            lines: vec![
                Line::Other("reach never_reached".into()),
                Line::Other("feel -5".into()),
                Line::Cost(Money { values: vec![("99 EUR".into(), None)], times: 1 }, None),
            ],
            branches: vec![
                branch(&known.name, Share::Figure(vec![((1, 3), None)])),
                branch("nowhere", Share::Figure(vec![((1, 3), None)])),
                branch("never_ended", Share::Figure(vec![((1, 3), None)])),
            ],
            ..known
        };
        spec.touchpoints.insert(0, nowhere);
        spec
    }

    /// With every cost written `factor` times over.
    pub(crate) fn costs_times(&self, factor: u32) -> Self {
        let mut spec = self.clone();
        let line = |line: &mut Line| {
            if let Line::Cost(money, _) = line {
                money.times *= factor;
            }
        };
        spec.channels.iter_mut().filter_map(|c| c.cost.as_mut()).for_each(|money| money.times *= factor);
        for arrival in &mut spec.arrivals {
            arrival.budget = arrival.budget.map(|b| b * u64::from(factor));
        }
        for touchpoint in &mut spec.touchpoints {
            touchpoint.lines.iter_mut().for_each(line);
        }
        for branch in spec.branches_mut() {
            branch.effects.iter_mut().for_each(line);
        }
        spec
    }

    /// With every branch of a figure written as two halves.
    pub(crate) fn halved(&self) -> Self {
        let mut spec = self.clone();
        let halves = |branches: &mut Vec<Branch>| {
            for at in (0..branches.len()).rev() {
                let Share::Figure(values) = &mut branches[at].share else { continue };
                for ((above, below), _) in values {
                    let decimal = 10_u64.pow(below.ilog10()) == *below;
                    (*above, *below) = if decimal { (*above * 5, *below * 10) } else { (*above, *below * 2) };
                }
                let half = branches[at].clone();
                branches.insert(at, half);
            }
        };
        spec.arrivals.iter_mut().for_each(|a| halves(&mut a.branches));
        spec.touchpoints.iter_mut().for_each(|t| halves(&mut t.branches));
        spec
    }

    /// With so many times the customers, and their budgets.
    pub(crate) fn arrivals_times(&self, factor: u64) -> Self {
        let more = |a: &Arrival| Arrival { number: a.number * factor, budget: a.budget.map(|b| b * factor), ..a.clone() };
        Self { arrivals: self.arrivals.iter().map(more).collect(), ..self.clone() }
    }

    /// All names that it declares.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        names.extend(self.personas.iter().map(|p| p.name.clone()));
        names.extend(self.channels.iter().map(|c| c.name.clone()));
        names.extend(self.goals.iter().cloned());
        names.extend(self.ends.iter().map(|(e, _)| e.clone()));
        names.extend(self.memory.iter().filter_map(|m| m.split_whitespace().nth(1)).map(str::to_owned));
        names.extend(self.arrivals.iter().map(|a| a.name.clone()));
        names.extend(self.stages.iter().map(|(s, _)| s.clone()));
        names.extend(self.touchpoints.iter().map(|t| t.name.clone()));
        names
    }

    fn branches_mut(&mut self) -> impl Iterator<Item = &mut Branch> {
        let of_arrivals = self.arrivals.iter_mut().flat_map(|a| &mut a.branches);
        of_arrivals.chain(self.touchpoints.iter_mut().flat_map(|t| &mut t.branches))
    }
}

/// The text with each of `names` (whole words) replaced by another, in an order of their own.
pub(crate) fn rename(text: &str, names: &[String], seed: u64) -> String {
    let mut new: Vec<String> = (0..names.len()).map(|i| format!("nommé_{i}")).collect();
    Dice::new(seed).shuffle(&mut new);
    let new: HashMap<&str, &String> = names.iter().map(String::as_str).zip(&new).collect();
    let (mut out, mut word) = (String::new(), String::new());
    for c in text.chars().chain(['\n']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        out.push_str(new.get(word.as_str()).map_or(word.as_str(), |new| new.as_str()));
        word.clear();
        out.push(c);
    }
    out
}

//! Levers and swings as rows of strings, the same in every document.

use super::Ink;
use crate::levers::{Lever, LeverOf, Levers, Method, NoDerivative, Side, Swing};
use crate::locale::{self, DASH, Lang};
use crate::model::Unit;
use serde::Serialize;

/// A lever.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct LeverRow {
    pub label: String,
    /// Its value as written.
    pub now: String,
    /// What one step changes.
    pub gain: String,
    pub elasticity: String,
    /// What 1,000 units of money change; empty where no cost is said.
    pub money: String,
    /// What one point costs; empty where no cost is said.
    pub cost: String,
    /// Between what it may be; empty where that is not said.
    pub range: String,
    /// What its value rests on.
    pub rests_on: String,
}

/// A param moved over its range.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::report) struct SwingRow {
    pub label: String,
    pub low: String,
    /// The figure there.
    pub at_low: String,
    pub high: String,
    pub at_high: String,
}

impl Ink<'_> {
    fn say<'t>(&self, en: &'t str, fr: &'t str) -> &'t str {
        self.lang.pick(en, fr)
    }

    /// What a lever is called.
    pub(in crate::report) fn lever(&self, lever: &Lever) -> String {
        match &lever.of {
            LeverOf::Param(id) => self.model.params[id.index()].name.label.clone(),
            LeverOf::Branch(branch) => self.flow(branch.flow),
        }
    }

    /// A lever of a figure that counts `unit`.
    pub(in crate::report) fn lever_row(&self, lever: &Lever, unit: Unit) -> LeverRow {
        let (now, own, range, evidence) = match &lever.of {
            LeverOf::Param(id) => {
                let param = &self.model.params[id.index()];
                (&param.value, param.unit, param.range.as_ref(), &param.evidence)
            }
            LeverOf::Branch(branch) => (&branch.share, Unit::Share, branch.range.as_ref(), &branch.evidence),
        };
        let gain = match (lever.gain, &lever.derivative) {
            (Some(gain), Ok(derivative)) => {
                let mark = match derivative.side {
                    Side::Both => "",
                    Side::Above => self.say(" (upwards)", " (vers le haut)"),
                    Side::Below => self.say(" (downwards)", " (vers le bas)"),
                };
                format!("{}{mark}", self.change(gain, unit))
            }
            (_, Err(NoDerivative::Fixed)) => self.say("cannot move a little", "ne peut bouger un peu").to_owned(),
            (_, Err(NoDerivative::Jumps)) => self.say("jumps", "saute").to_owned(),
            _ => DASH.to_owned(),
        };
        let money = lever.money.map(|money| {
            let free = || self.say("free", "gratuit").to_owned();
            money.gain_per_thousand.map_or_else(free, |gain| self.change(gain, unit))
        });
        LeverRow {
            label: self.lever(lever),
            now: self.exact(now, own),
            gain,
            elasticity: lever.elasticity.map_or_else(|| DASH.to_owned(), |e| locale::signed(e, 3, self.lang)),
            money: money.unwrap_or_default(),
            cost: lever.money.map_or_else(String::new, |money| self.value(money.per_point, Unit::Money)),
            range: self.range(range, own),
            rests_on: self.evidence(evidence),
        }
    }

    /// A swing of a figure that counts `unit`.
    pub(in crate::report) fn swing_row(&self, swing: &Swing, unit: Unit) -> SwingRow {
        let param = &self.model.params[swing.param.index()];
        let impossible = || self.say("impossible", "impossible").to_owned();
        let value = |v: Option<f64>| v.map_or_else(impossible, |v| self.value(v, unit));
        SwingRow {
            label: param.name.label.clone(),
            low: self.exact(&swing.ends.0, param.unit),
            at_low: value(swing.values.0),
            high: self.exact(&swing.ends.1, param.unit),
            at_high: value(swing.values.1),
        }
    }

    /// The heading over what money brings: `for €1,000`.
    pub(in crate::report) fn per_thousand(&self) -> String {
        let money = locale::total(1000.0, self.model.currency.as_deref(), self.lang);
        match self.lang {
            Lang::En => format!("for {money}"),
            Lang::Fr => format!("pour {money}"),
        }
    }

    /// What a step is, in what order levers stand, and what else there is to know of them.
    pub(in crate::report) fn notes(&self, levers: &Levers) -> Vec<&'static str> {
        let mut notes = vec![
            self.lang.pick(
                "One step: one point more of a share, 1% more of anything else; to first order, one figure at a time. A point for a \
                 branch comes from the other branches of its touchpoint, in proportion.",
                "Un pas\u{a0}: un point de plus pour une part, 1\u{202f}% de plus pour le reste\u{202f}; au premier ordre, une donnée \
                 à la fois. Le point d’une branche est pris aux autres branches de son point de contact, en proportion.",
            ),
            if levers.by_money {
                self.lang.pick("Ranked by what money brings.", "Classés par ce que rapporte l’argent.")
            } else {
                self.lang.pick(
                    "Ranked by what one step changes, up or down.",
                    "Classés par ce que change un pas, en plus ou en moins.",
                )
            },
        ];
        let works = |lever: &&Lever| lever.gain != Some(0.0);
        let differences = |l: &Lever| matches!(&l.derivative, Ok(d) if d.method == Method::Differences);
        if levers.levers.iter().filter(works).any(differences) {
            notes.push(self.lang.pick(
                "By differences of exact solutions: this figure has no derivative of its own.",
                "Par différences de solutions exactes\u{a0}: ce chiffre n’a pas de dérivée propre.",
            ));
        }
        notes
    }
}

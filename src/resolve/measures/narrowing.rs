//! What narrows a measure: whose, under which scenario, where, per what, within what time.

use super::{Measures, Read};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::model::{Measure, MeasureKind, Modifiers};
use crate::resolve::unavailable::Later;
use crate::syntax::tree::{self, Modifier};
use crate::words;

/// What may still be said of a measure, from the freest to the least free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::resolve) enum Slot {
    /// There is nothing in it to be narrowed.
    #[default]
    Empty,
    /// It may be said.
    Free,
    /// It has been said.
    Taken,
    /// It means nothing here.
    Refused,
}

/// What may still be said of a measure, for each thing that can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::resolve) struct Admits {
    pub(in crate::resolve) who: Slot,
    pub(in crate::resolve) scenario: Slot,
    pub(in crate::resolve) at: Slot,
    pub(in crate::resolve) per: Slot,
    pub(in crate::resolve) within: Slot,
}

impl Admits {
    fn and(self, other: Self) -> Self {
        Self {
            who: self.who.max(other.who),
            scenario: self.scenario.max(other.scenario),
            at: self.at.max(other.at),
            per: self.per.max(other.per),
            within: self.within.max(other.within),
        }
    }

    /// The same once `only` has been said.
    fn after(self, only: &Modifiers) -> Self {
        let say = |slot: Slot, said: bool| if said { slot.max(Slot::Taken) } else { slot };
        Self {
            who: say(self.who, only.who.is_some()),
            scenario: say(self.scenario, only.scenario.is_some()),
            at: say(self.at, only.at.is_some()),
            per: say(self.per, only.per.is_some()),
            within: say(self.within, only.within.is_some()),
        }
    }
}

impl Measures<'_, '_> {
    /// What may still be said of a measure.
    pub(in crate::resolve) fn admits(&self, measure: &Measure) -> Admits {
        use Slot::{Free, Refused};
        let kind = &measure.kind;
        let free = Admits { who: Free, scenario: Free, at: Refused, per: Refused, within: Free };
        let of_kind = match kind {
            MeasureKind::Constant(_) => return Admits::default(),
            MeasureKind::Kpi(id, _) => self.admits[id.index()],
            MeasureKind::Money(..) => Admits { at: Free, per: Free, ..free },
            MeasureKind::Nps(_) | MeasureKind::Csat(_) | MeasureKind::Ces(_) | MeasureKind::Felt(_) => {
                Admits { at: Free, ..free }
            }
            MeasureKind::Leverage(..) => Admits { within: Refused, ..free },
            MeasureKind::Rate { .. }
            | MeasureKind::Next { .. }
            | MeasureKind::Touches { .. }
            | MeasureKind::Count(..)
            | MeasureKind::TimeTo(..)
            | MeasureKind::Pull(..)
            | MeasureKind::Leak(..) => free,
            MeasureKind::Statistic(_, inner) | MeasureKind::Share(inner, ..) => Admits { per: Refused, ..self.admits(inner) },
            MeasureKind::Negative(inner) => self.admits(inner),
            MeasureKind::Binary(_, left, right) => self.admits(left).and(self.admits(right)),
        };
        kind.modifiers().map_or(of_kind, |only| of_kind.after(only))
    }

    /// A measure with what narrows it.
    pub(super) fn narrowed(&self, inner: &tree::Measure, modifiers: &[Modifier], tree: &tree::Measure) -> Option<Read> {
        let mut read = self.read(inner)?;
        let mut sound = true;
        for modifier in modifiers {
            sound &= self.narrow(&mut read.measure, modifier).is_some();
        }
        read.measure.origin = tree.span;
        sound.then_some(read)
    }

    fn narrow(&self, measure: &mut Measure, modifier: &Modifier) -> Option<()> {
        let admits = self.admits(measure);
        match modifier {
            Modifier::For(name) => {
                let who = self.who(name);
                self.expect_free(admits.who, "for", name.span)?;
                let who = who?;
                measure.kind.each_leaf(&|only| only.who = Some(who.clone()));
            }
            Modifier::In(name) => {
                let wanted = words!("a scenario", "un scénario");
                let scenario = self.scope.find_in(&self.scope.common.names.scenarios, name, &wanted);
                self.expect_free(admits.scenario, "in", name.span)?;
                let scenario = scenario?;
                measure.kind.each_leaf(&|only| only.scenario = Some(scenario));
            }
            Modifier::At(name) => {
                let place = self.place_or_arrival(name);
                self.expect_free(admits.at, "at", name.span)?;
                let place = place?;
                measure.kind.each_leaf(&|only| only.at = Some(place));
            }
            Modifier::Per(name) => {
                let event = self.event(name);
                self.expect_free(admits.per, "per", name.span)?;
                let event = event?;
                measure.kind.each_leaf(&|only| only.per = Some(event));
            }
            Modifier::Within(time) => {
                let seconds = self.limit(time);
                self.expect_free(admits.within, "within", time.span)?;
                let seconds = seconds?;
                measure.kind.each_leaf(&|only| only.within = Some(seconds));
            }
            Modifier::WithReferrals(span) => {
                self.scope.put_off(Later::WithReferrals, *span);
                return None;
            }
        }
        Some(())
    }

    fn expect_free(&self, slot: Slot, word: &str, span: Span) -> Option<()> {
        let said = match slot {
            Slot::Free => return Some(()),
            Slot::Empty => {
                let message =
                    words!("`{word}` narrows nothing here: this is a number", "`{word}` ne restreint rien ici : c'est un nombre");
                Diagnostic::new(Code::MeasureMisused, span, message)
            }
            Slot::Taken => {
                let message = words!("`{word}` is said twice of one measure", "`{word}` est dit deux fois d'une même mesure");
                Diagnostic::new(Code::RepeatedFact, span, message)
            }
            Slot::Refused => misuse(word, span),
        };
        self.scope.refuse(said)
    }
}

/// The finding about a word that means nothing for a measure.
pub(in crate::resolve) fn misuse(word: &str, span: Span) -> Diagnostic {
    let message = words!("`{word}` means nothing for this measure", "`{word}` n'a pas de sens pour cette mesure");
    let said = Diagnostic::new(Code::MeasureMisused, span, message);
    match word {
        "at" => said.note(words!(
            "money, feelings, efforts and answers fall on a place; for customers, write `rate(place)` or `touches(place)`",
            "l'argent, les ressentis, les efforts et les réponses tombent en un lieu ; pour les clients, écrivez `rate(lieu)` ou \
             `touches(lieu)`"
        )),
        "per" => said.note(words!("only money is divided by times", "seul l'argent se divise par un nombre de fois")),
        _ => said,
    }
}

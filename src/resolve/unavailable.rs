//! Forms of the language that parse, and that jalon does not compute yet.

use crate::diagnostics::{Code, Diagnostic, Span};
use crate::locale::Words;
use crate::words;

/// A form that is not available yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Later {
    Automation,
    Consent,
    AtMost,
    Race,
    Clock,
    State,
    Resource,
    Referral,
    Path,
    Confidence,
    Present,
    Growth,
    TimeBetween,
    WithReferrals,
}

impl Later {
    fn sentence(self) -> Words {
        match self {
            Self::Automation => words!("automations are not available yet", "les automatisations ne sont pas encore disponibles"),
            Self::Consent => words!("consents are not available yet", "les consentements ne sont pas encore disponibles"),
            Self::AtMost => words!(
                "caps on contacts (`at most`) are not available yet",
                "les plafonds de contacts (`at most`) ne sont pas encore disponibles"
            ),
            Self::Race => words!("races are not available yet", "les courses (`race`) ne sont pas encore disponibles"),
            Self::Clock => words!("clocks are not available yet", "les horloges (`clock`) ne sont pas encore disponibles"),
            Self::State => words!("states are not available yet", "les états (`state`) ne sont pas encore disponibles"),
            Self::Resource => words!("resources are not available yet", "les ressources ne sont pas encore disponibles"),
            Self::Referral => words!("`refers` is not available yet", "`refers` n'est pas encore disponible"),
            Self::Path => words!("paths are not available yet", "les chemins (`path`) ne sont pas encore disponibles"),
            Self::Confidence => words!("`confidence` is not available yet", "`confidence` n'est pas encore disponible"),
            Self::Present => words!("`present` is not available yet", "`present` n'est pas encore disponible"),
            Self::Growth => words!("`growth` is not available yet", "`growth` n'est pas encore disponible"),
            Self::TimeBetween => words!("`time(a -> b)` is not available yet", "`time(a -> b)` n'est pas encore disponible"),
            Self::WithReferrals => {
                words!("`with referrals` is not available yet", "`with referrals` n'est pas encore disponible")
            }
        }
    }

    /// What messages call a name of this kind.
    pub(super) fn kind(self) -> Words {
        match self {
            Self::Automation => words!("an automation", "une automatisation"),
            Self::Resource => words!("a resource", "une ressource"),
            Self::Path => words!("a path", "un chemin"),
            Self::Clock => words!("a clock", "une horloge"),
            Self::State => words!("a state", "un état"),
            _ => words!("a form that is not available yet", "une forme qui n'est pas encore disponible"),
        }
    }
}

/// Says that a form is not available yet.
pub(super) fn later(what: Later, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotAvailable, span, what.sentence())
}

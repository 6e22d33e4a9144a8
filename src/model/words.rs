//! The closed vocabularies of the field.

use crate::locale::Words;
pub use crate::syntax::tree::{Contact, Outcome};
use crate::words;

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $en:literal, $fr:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word of the language.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// What documents say.
            #[must_use]
            pub fn label(self) -> Words {
                match self { $(Self::$variant => words!($en, $fr),)* }
            }

            /// The one named by that word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.word() == word)
            }
        }
    };
}

vocabulary! {
    /// The moments of truth, in their order.
    Moment {
        /// What wakes the wish.
        Stimulus = "stimulus", "Stimulus", "Stimulus";
        /// Zero moment of truth: looking for information.
        Zmot = "zmot", "ZMOT", "ZMOT";
        /// First moment of truth: in front of the product, buying.
        Fmot = "fmot", "FMOT", "FMOT";
        /// Second moment of truth: using.
        Smot = "smot", "SMOT", "SMOT";
        /// Third moment of truth: telling others.
        Tmot = "tmot", "TMOT", "TMOT";
        /// Last moment of truth: staying or leaving.
        Lmot = "lmot", "LMOT", "LMOT";
    }
}

vocabulary! {
    /// What moves a customer (SONCAS).
    Motive {
        /// Security.
        Security = "security", "security", "sécurité";
        /// Pride.
        Pride = "pride", "pride", "orgueil";
        /// Novelty.
        Novelty = "novelty", "novelty", "nouveauté";
        /// Comfort.
        Comfort = "comfort", "comfort", "confort";
        /// Money.
        Money = "money", "money", "argent";
        /// Sympathy.
        Sympathy = "sympathy", "sympathy", "sympathie";
    }
}

vocabulary! {
    /// Where a channel is.
    Presence {
        /// On a screen.
        Digital = "digital", "digital", "numérique";
        /// In a place or in the hand.
        Physical = "physical", "physical", "physique";
    }
}

vocabulary! {
    /// Whose medium a channel is.
    Media {
        /// Bought.
        Paid = "paid", "paid", "payé";
        /// The brand's own.
        Owned = "owned", "owned", "possédé";
        /// Others speak.
        Earned = "earned", "earned", "gagné";
    }
}

vocabulary! {
    /// Questions put to customers.
    Survey {
        /// Would you recommend us, 0..10.
        Nps = "nps", "NPS", "NPS";
        /// Are you satisfied, 1..5.
        Csat = "csat", "CSAT", "CSAT";
        /// How much effort, 1..7.
        Ces = "ces", "CES", "CES";
    }
}

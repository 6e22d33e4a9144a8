//! The two languages: what is said, and how numbers are written.
//!
//! Comes in: values and the reader's language. Goes out: strings. What must hold: every sentence is written in both
//! languages where it is used (`words!` takes both, so that none can be missing), and numbers are written by this module only.

mod number;
pub mod seconds;
mod typeset;
mod unit;

pub use number::{
    DASH, count, duration, fixed, fixed_percent, in_unit, integer, interval, money, percent, points, range, rounded, signed,
    total, trimmed,
};

pub use typeset::{quoted, typeset};
pub use unit::Unit;

/// A language that jalon speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// The language with that code (`fr`, `en`), region and encoding ignored.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split(['-', '_', '.']).next()? {
            "fr" => Some(Self::Fr),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The one of two texts that is in this language.
    #[must_use]
    pub fn pick<'a>(self, en: &'a str, fr: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Fr => fr,
        }
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words {
    /// In English.
    pub en: String,
    /// In French.
    pub fr: String,
}

impl Words {
    /// The text in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.fr)
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.fr.is_empty()
    }

    /// A text that is the same in both languages (a name, a figure).
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        let en = text.into();
        Self { fr: en.clone(), en }
    }
}

/// Both languages of one sentence, English first: `words!("unknown name `{name}`", "nom inconnu : `{name}`")`.
/// Variables in braces are captured as in `format!`.
#[macro_export]
macro_rules! words {
    ($en:literal, $fr:literal $(,)?) => {
        $crate::locale::Words { en: format!($en), fr: format!($fr) }
    };
}

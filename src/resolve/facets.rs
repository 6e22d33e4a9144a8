//! The facets that every journey has.

use crate::locale::Lang;

/// A facet of the language.
pub(super) struct BuiltIn {
    /// What `by` calls it.
    pub(super) name: &'static str,
    /// What people read, in English and in French.
    label: [&'static str; 2],
    /// The words, one of which `is` takes.
    pub(super) words: &'static [&'static str],
}

impl BuiltIn {
    /// What people read.
    pub(super) fn label(&self, lang: Lang) -> &'static str {
        lang.pick(self.label[0], self.label[1])
    }
}

/// All of them; their ids come before those of an author's own.
pub(super) const BUILT_IN: &[BuiltIn] = &[
    BuiltIn { name: "nature", label: ["Nature", "Nature"], words: &["strategic", "operational"] },
    BuiltIn { name: "contact", label: ["Contact", "Contact"], words: &["direct", "indirect"] },
    BuiltIn { name: "executor", label: ["Carried out by", "Exécutant"], words: &["human", "automated"] },
    BuiltIn { name: "initiator", label: ["Started by", "À l'initiative de"], words: &["brand", "customer"] },
    BuiltIn { name: "tracking", label: ["Tracking", "Suivi"], words: &["tracked", "hidden"] },
    BuiltIn { name: "identity", label: ["Identity", "Identité"], words: &["identified"] },
];

/// The built-in facet with a word, and the word's place in it.
pub(super) fn built_in_word(word: &str) -> Option<(usize, usize)> {
    BUILT_IN.iter().enumerate().find_map(|(facet, f)| f.words.iter().position(|w| *w == word).map(|place| (facet, place)))
}

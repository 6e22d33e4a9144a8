//! What the drawing itself says, in the reader's language. What is said of the journey comes with the view.

use crate::locale::{self, Lang, count, signed};
use crate::model::{Known, Media, Presence};

/// The sentences of one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrases {
    lang: Lang,
}

macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident = $en:literal, $fr:literal;)*) => {
        impl Phrases {
            $($(#[$doc])* pub(super) fn $name(&self) -> &'static str { match self.lang { Lang::En => $en, Lang::Fr => $fr } })*
        }
    };
}

phrases! {
    /// Beside the corridors.
    returns = "returns", "retours";
    /// Under a bubble.
    goal = "goal", "objectif";
    /// Over the panel.
    hot_points = "Hot points", "Points chauds";
    /// What the magnifier does.
    magnifier_note = "from here on, areas and widths are enlarged; the solid core keeps the scale of the left", "à partir d’ici, aires et largeurs sont agrandies ; le cœur plein garde l’échelle de gauche";
    /// The panel of feelings.
    felt = "Felt", "Ressenti";
    /// Its scale.
    felt_scale = "from −5 to +5", "de −5 à +5";
    /// A row.
    does = "Does", "Fait";
    /// A row.
    thinks = "Thinks", "Pense";
    /// A row.
    pains = "Pain points", "Points de douleur";
    /// A row.
    kpis = "Figures", "Indicateurs";
    /// A row.
    feels = "Feels", "Ressent";
    /// A row.
    enablers = "Enablers", "Facilitateurs";
    /// A row.
    barriers = "Barriers", "Freins";
    /// A row.
    verbatims = "Verbatims", "Verbatims";
    /// A row.
    notes = "Notes", "Notes";
    /// A row, and in the legend.
    owner = "Owner", "Responsable";
    /// A row, and in the legend.
    evidence = "Evidence", "Preuve";
    /// Nothing hurts.
    no_pains = "None noted", "Aucun relevé";
    /// The legend.
    legend = "How to read it", "Lire la carte";
    /// In the legend.
    area = "Area = customers", "Aire = clients";
    /// In the legend.
    width = "Width = passages", "Largeur = passages";
    /// In the legend.
    magnified = "magnified", "sous loupe";
    /// In the legend.
    typical = "typical path", "trajet type";
    /// In the legend.
    failure = "Failure", "Échec";
    /// In the legend.
    leave = "leave", "partent";
    /// In the legend.
    back = "Return", "Retour";
    /// In the legend.
    brought_back = "come back", "reviennent";
    /// In the legend.
    media_title = "Media", "Média";
    /// In the legend.
    presence_title = "Place", "Lieu";
    /// In the legend.
    landmarks = "Landmarks", "Repères";
    /// In the legend.
    hot_point = "hot point", "point chaud";
    /// In the legend.
    peak = "peak", "pic";
    /// In the legend.
    trough = "low", "creux";
    /// In the legend.
    minor = "minor touchpoints", "points mineurs";
    /// On the side of the map.
    arrivals = "arrive here", "arrivent ici";
}

impl Phrases {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang }
    }

    pub(super) fn media(self, media: Media) -> String {
        media.label().get(self.lang).to_owned()
    }

    pub(super) fn known(self, known: Known) -> &'static str {
        match known {
            Known::Measured => self.lang.pick("measured", "mesuré"),
            Known::Estimated => self.lang.pick("estimated", "estimé"),
            Known::Assumed => self.lang.pick("assumed", "supposé"),
        }
    }

    pub(super) fn presence(self, presence: Presence) -> String {
        presence.label().get(self.lang).to_owned()
    }

    /// `loupe × 60`
    pub(super) fn magnifier(self, factor: f64) -> String {
        format!("{} ×\u{a0}{}", self.lang.pick("magnifier", "loupe"), count(factor, self.lang))
    }

    pub(super) fn count(self, value: f64) -> String {
        count(value, self.lang)
    }

    /// A feeling: `+1,5`.
    pub(super) fn feeling(self, value: f64) -> String {
        signed(value, 1, self.lang)
    }

    /// In quotation marks; quoted already, it stays.
    pub(super) fn quoted(self, text: &str) -> String {
        let bare = text.trim().trim_matches(['«', '»', '“', '”', '"']).trim_matches([' ', '\u{a0}', '\u{202f}']);
        locale::quoted(bare, self.lang)
    }

    /// Over a cell of which the end is missing.
    pub(super) fn more(self, left_out: usize) -> String {
        format!("… (+{left_out})")
    }

    /// Minor touchpoints drawn together.
    pub(super) fn together(self, touchpoints: usize) -> String {
        format!("+{touchpoints} {}", self.lang.pick("touchpoints", "points de contact"))
    }

    /// On a track of returns.
    pub(super) fn track(self, from: &[&str], to: &str, count: &str) -> String {
        let source = match from {
            [] => return format!("→ {to} · {count}"),
            [one] => (*one).to_owned(),
            _ => format!("{} {}", from.len(), self.lang.pick("touchpoints", "points")),
        };
        format!("{source} → {to} · {count}")
    }

    /// What the picture leaves out, and what else must be said.
    pub(super) fn left_out(self, bands: usize, under: &str, returns: usize, satisfied: bool, more: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        match (self.lang, bands) {
            (_, 0) => {}
            (Lang::En, _) => parts.push(format!("{bands} passages of fewer than {under} customers are not drawn")),
            (Lang::Fr, 1) => parts.push(format!("1 passage de moins de {under} clients n’est pas tracé")),
            (Lang::Fr, _) => parts.push(format!("{bands} passages de moins de {under} clients ne sont pas tracés")),
        }
        match (self.lang, returns) {
            (_, 0) => {}
            (Lang::En, _) => parts.push(format!("{returns} more returns are in the report")),
            (Lang::Fr, 1) => parts.push("1 autre retour est dans le rapport".to_owned()),
            (Lang::Fr, _) => parts.push(format!("{returns} autres retours sont dans le rapport")),
        }
        if satisfied {
            parts.push(self.lang.pick("satisfied ends are not drawn", "les fins satisfaites ne sont pas tracées").to_owned());
        }
        parts.extend(Some(more.to_owned()).filter(|more| !more.is_empty()));
        let mut text = parts.join(" ; ");
        if self.lang == Lang::En {
            text = text.replace(" ; ", "; ");
        }
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_those_of_the_language() {
        assert_eq!(Phrases::new(Lang::Fr).quoted("« Tiens »"), "«\u{a0}Tiens\u{a0}»");
        assert_eq!(Phrases::new(Lang::En).quoted("Well"), "“Well”");
    }

    #[test]
    fn what_is_left_out_is_a_sentence() {
        let fr = Phrases::new(Lang::Fr);
        assert_eq!(fr.left_out(0, "8", 0, false, ""), "");
        assert_eq!(fr.left_out(1, "8", 0, false, ""), "1 passage de moins de 8 clients n’est pas tracé.");
        assert_eq!(
            Phrases::new(Lang::En).left_out(3, "8", 0, true, ""),
            "3 passages of fewer than 8 customers are not drawn; satisfied ends are not drawn."
        );
        assert_eq!(fr.left_out(0, "8", 0, true, ""), "Les fins satisfaites ne sont pas tracées.");
    }
}

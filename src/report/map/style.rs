//! The colours, by what they mean, on a light and on a dark ground.
//!
//! Goes out: the `<style>` and `<defs>` of the picture. One hue has one meaning; contrasts were measured on ground and lanes
//! (text at least 4.5). Colours are classes (`jm-f-…` fills, `jm-s-…` strokes) so that the dark page and the printed page
//! re-map them in one place, and so that tools that know neither still draw the light picture.

use std::fmt::Write as _;

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// The page.
    Ground,
    /// A lane.
    Lane,
    /// What lies under a magnifier.
    Paper,
    /// The empty part of a bar.
    Trough,
    /// Lines that divide.
    Rule,
    /// First words.
    First,
    /// Second words.
    Second,
    /// Third words.
    Third,
    /// Customers.
    Bubble,
    /// Words on a bubble.
    OnBubble,
    /// A passage.
    Band,
    /// A passage on a typical path.
    Strong,
    /// A bubble seen through the magnifier.
    Pale,
    /// Words of failure.
    Loss,
    /// The mass of failure.
    LossFill,
    /// A goal or a gain.
    Goal,
    /// A return.
    Return,
    /// The first curve.
    Curve1,
    /// The second curve.
    Curve2,
    /// A hot point.
    Hot,
    /// The digit on it.
    OnHot,
    /// The panel of feelings below zero.
    Below,
    /// The panel of feelings above zero.
    Above,
}

/// Name in classes, light, dark.
const INKS: [(Ink, &str, &str, &str); 23] = [
    (Ink::Ground, "ground", "#FBFAF7", "#11161D"),
    (Ink::Lane, "lane", "#F3F1EB", "#181F28"),
    (Ink::Paper, "paper", "#FFFFFF", "#1F2732"),
    (Ink::Trough, "trough", "#E9E6DD", "#222B36"),
    (Ink::Rule, "rule", "#DBD7CC", "#35404D"),
    (Ink::First, "ink", "#18222D", "#EEF2F6"),
    (Ink::Second, "ink2", "#475260", "#B9C3CE"),
    (Ink::Third, "ink3", "#66707C", "#8F9BA8"),
    (Ink::Bubble, "bubble", "#2A547E", "#84B3E0"),
    (Ink::OnBubble, "onbubble", "#FFFFFF", "#0C131B"),
    (Ink::Band, "band", "#9CB3CB", "#44637F"),
    (Ink::Strong, "strong", "#6F8FB0", "#6B93B8"),
    (Ink::Pale, "pale", "#DCE6F0", "#24394E"),
    (Ink::Loss, "loss", "#B8431A", "#F2936A"),
    (Ink::LossFill, "lossfill", "#D9682F", "#D0693A"),
    (Ink::Goal, "goal", "#08705A", "#52C7A8"),
    (Ink::Return, "return", "#75479F", "#C09AE6"),
    (Ink::Curve1, "curve1", "#2B68B4", "#7FB6F6"),
    (Ink::Curve2, "curve2", "#8F5E00", "#E9BA4C"),
    (Ink::Hot, "hot", "#E3A008", "#F2C14E"),
    (Ink::OnHot, "onhot", "#18222D", "#18222D"),
    (Ink::Below, "below", "#F6E9E1", "#2A2320"),
    (Ink::Above, "above", "#E6EFF4", "#18242F"),
];

impl Ink {
    /// Its name in classes.
    pub(super) fn name(self) -> &'static str {
        INKS[self as usize].1
    }

    /// The class that fills with it.
    pub(super) fn fill(self) -> String {
        format!("jm-f-{}", self.name())
    }

    /// The class that draws lines with it.
    pub(super) fn stroke(self) -> String {
        format!("jm-s-{}", self.name())
    }
}

/// The `<style>` and the `<defs>`.
pub(super) fn head() -> String {
    let mut css = String::from(
        ".jm-map text{font-family:Helvetica,Arial,'Liberation Sans',Arimo,'Nimbus Sans',sans-serif;\
         font-variant-numeric:tabular-nums}.jm-b{font-weight:700}.jm-i{font-style:italic}.jm-m{text-anchor:middle}\
         .jm-e{text-anchor:end}.jm-n{fill:none}.jm-h{stroke-width:4;stroke-linejoin:round;paint-order:stroke}",
    );
    colours(&mut css, |ink| ink.2);
    css.push_str("@media (prefers-color-scheme:dark){");
    colours(&mut css, |ink| ink.3);
    css.push_str("}@media print{");
    colours(&mut css, |ink| if ink.0 == Ink::Ground { "#FFFFFF" } else { ink.2 });
    css.push('}');
    format!(
        "<style>{css}</style><defs><linearGradient id=\"jm-fade\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\">\
         <stop offset=\"0\" class=\"jm-stop-loss\" stop-opacity=\".92\"/><stop offset=\".45\" class=\"jm-stop-loss\" \
         stop-opacity=\".7\"/><stop offset=\"1\" class=\"jm-stop-loss\" stop-opacity=\"0\"/></linearGradient>\
         <linearGradient id=\"jm-enter\" x1=\"0\" y1=\"0\" x2=\"1\" y2=\"0\"><stop offset=\"0\" class=\"jm-stop-band\" \
         stop-opacity=\"0\"/><stop offset=\"1\" class=\"jm-stop-band\" stop-opacity=\".8\"/></linearGradient>\
         <pattern id=\"jm-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"1.4\" height=\"6\" class=\"jm-f-ground\" fill-opacity=\".55\"/>\
         </pattern></defs>"
    )
}

fn colours(css: &mut String, value: impl Fn(&(Ink, &'static str, &'static str, &'static str)) -> &'static str) {
    for ink in &INKS {
        let (name, colour) = (ink.1, value(ink));
        // Writing into a string cannot fail.
        let _ = write!(css, ".jm-f-{name}{{fill:{colour}}}.jm-s-{name}{{stroke:{colour}}}");
        match ink.0 {
            Ink::LossFill => {
                let _ = write!(css, ".jm-stop-loss{{stop-color:{colour}}}");
            }
            Ink::Band => {
                let _ = write!(css, ".jm-stop-band{{stop-color:{colour}}}");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_inks() {
        for (at, ink) in INKS.iter().enumerate() {
            assert_eq!(ink.0 as usize, at, "{}", ink.1);
        }
    }

    /// Relative luminance and contrast as WCAG 2.1 defines them.
    fn contrast(a: &str, b: &str) -> f64 {
        let luminance = |colour: &str| {
            let part = |at: usize| {
                let v = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
                if v <= 0.03928 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
            };
            0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_are_told_from_their_ground() {
        let of = |ink: Ink| (INKS[ink as usize].2, INKS[ink as usize].3);
        let words = [Ink::First, Ink::Second, Ink::Third, Ink::Loss, Ink::Goal, Ink::Return, Ink::Curve1, Ink::Curve2];
        let mut pairs: Vec<(Ink, Ink)> = words.iter().flat_map(|&w| [(w, Ink::Ground), (w, Ink::Lane)]).collect();
        pairs.extend([(Ink::OnBubble, Ink::Bubble), (Ink::First, Ink::Pale), (Ink::OnHot, Ink::Hot), (Ink::Ground, Ink::Second)]);
        pairs.extend([
            (Ink::Curve1, Ink::Above),
            (Ink::Curve2, Ink::Above),
            (Ink::Curve1, Ink::Below),
            (Ink::Curve2, Ink::Below),
        ]);
        for (word, ground) in pairs {
            let ((light, dark), (light_ground, dark_ground)) = (of(word), of(ground));
            assert!(contrast(light, light_ground) >= 4.4, "{word:?} on {ground:?}: {}", contrast(light, light_ground));
            assert!(contrast(dark, dark_ground) >= 4.4, "{word:?} on {ground:?}, dark: {}", contrast(dark, dark_ground));
        }
    }
}

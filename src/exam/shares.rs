//! The shares of branches as a table gives them.

use super::given::whole;
use super::value::Value;
use crate::diagnostics::Sources;
use crate::locale::Lang;
use crate::model::{Branch, Model, Share, Unit};
use num_rational::BigRational;
use num_traits::One;

/// One text per branch: `4 sur 90`, `75 %`, `1/3`; of several personas, those whose share is their own behind it.
#[must_use]
pub fn shares(model: &Model, sources: &Sources, branches: &[Branch]) -> Vec<String> {
    let lang = model.locale;
    let figures = branches.iter().filter_map(|b| if let Share::Figure(f) = &b.share { Some(f) } else { None });
    let plain = branches.iter().all(|b| b.guard.is_none()) && figures.clone().all(|f| f.own.is_empty());
    let left = BigRational::one() - figures.map(|f| f.default.clone()).sum::<BigRational>();
    let rest = || if plain { share(&left, lang) } else { lang.pick("the rest", "le reste").to_owned() };
    let one = |branch: &Branch| match &branch.share {
        Share::Otherwise => rest(),
        Share::Lone => share(&BigRational::one(), lang),
        Share::Figure(figure) => {
            let mut text = counted(model, sources, branch, &figure.default).unwrap_or_else(|| share(&figure.default, lang));
            for (persona, own) in &figure.own {
                let colon = lang.pick(":", "\u{a0}:");
                text += &format!(" ; {}{colon} {}", model.personas[persona.index()].name.label, share(own, lang));
            }
            text
        }
    };
    branches.iter().map(one).collect()
}

/// A share: in percent where that is exact, else as a fraction.
fn share(value: &BigRational, lang: Lang) -> String {
    match Value::of(value.clone()).whole(Unit::Share) {
        Some(rounded) => rounded.written(None, lang),
        None => format!("{}/{}", value.numer(), value.denom()),
    }
}

fn counted(model: &Model, sources: &Sources, branch: &Branch, value: &BigRational) -> Option<String> {
    let written = sources.text(branch.share_origin).trim();
    let param = model.params.iter().find(|p| p.name.name == written && p.value == *value);
    let here = || model.figures.iter().find(|f| f.origin == branch.share_origin).and_then(|f| f.evidence.count.as_ref());
    let (n, of) = param.and_then(|p| p.evidence.count.as_ref()).or_else(here)?;
    Some(format!("{} {} {}", whole(n, model.locale), model.locale.pick("of", "sur"), whole(of, model.locale)))
}

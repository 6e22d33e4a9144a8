//! Channel and content: a letter that is called an e-mail.
//!
//! A closed vocabulary, read in whole words. What a touchpoint *is* shows in the head of its label ("Reminder e-mail", "E-mail de
//! relance", "Relance par SMS"); what it is only about ("Inscription à la newsletter") does not count. A channel must name one
//! medium alone. In doubt nothing is said: a French `lettre` may be sent by e-mail, `mail` may be either.

use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, Words};
use crate::model::{Channel, Model, Presence, Touchpoint};
use crate::words;

/// A medium that is none of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Medium {
    Email,
    Sms,
    Letter,
    Phone,
    Shop,
}

impl Medium {
    fn words(self) -> Words {
        match self {
            Self::Email => words!("an e-mail", "un courriel"),
            Self::Sms => words!("a text message", "un SMS"),
            Self::Letter => words!("a letter", "un courrier"),
            Self::Phone => words!("a phone call", "un appel téléphonique"),
            Self::Shop => words!("a visit to a store", "une visite en magasin"),
        }
    }

    /// Of a word that names it wherever it stands.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "email" | "emails" | "emailing" | "courriel" | "courriels" | "newsletter" | "newsletters" | "infolettre" => {
                Self::Email
            }
            "sms" | "texto" | "textos" => Self::Sms,
            "letter" | "letters" | "lettre" | "lettres" | "courrier" | "courriers" | "postal" | "postale" => Self::Letter,
            "phone" | "telephone" | "téléphone" | "téléphonique" | "phoning" => Self::Phone,
            "shop" | "shops" | "store" | "stores" | "boutique" | "boutiques" | "magasin" | "magasins" => Self::Shop,
            _ => return None,
        })
    }
}

/// What a label calls the touchpoint is what its channel carries.
pub(super) fn what_is_said_fits_the_channel(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    for touchpoint in &model.touchpoints {
        let channel = &model.channels[touchpoint.channel.index()];
        let Some(carries) = medium(channel, model.locale) else { continue };
        let Some(content) = content(touchpoint, carries, model.locale) else { continue };
        let second = touchpoint.with.and_then(|with| medium(&model.channels[with.index()], model.locale));
        if content == carries || second == Some(content) {
            continue;
        }
        let (label, name) = (&touchpoint.name.label, &channel.name.name);
        let (is, on) = (content.words(), carries.words());
        let (is_en, is_fr, on_en, on_fr) = (is.en, is.fr, on.en, on.fr);
        diagnostics.push(
            Diagnostic::new(
                Code::ChannelContent,
                touchpoint.name.origin,
                words!(
                    "`{label}` is {is_en} by its name, and {on_en} by its channel",
                    "`{label}` est {is_fr} par son nom, et {on_fr} par son canal"
                ),
            )
            .label(channel.name.origin, words!("its channel: {on_en}", "son canal : {on_fr}"))
            .help(words!(
                "correct `on {name}`, or what the touchpoint is called",
                "corrigez `on {name}`, ou le nom du point de contact"
            )),
        );
    }
}

/// The one medium that a channel names and can be.
fn medium(channel: &Channel, lang: Lang) -> Option<Medium> {
    const ON_A_SCREEN: &[&str] = &[
        "web",
        "site",
        "sites",
        "app",
        "apps",
        "application",
        "online",
        "ligne",
        "internet",
        "mobile",
        "play",
        "chat",
        "direct",
    ];
    let said = spoken(&format!("{} {}", channel.name.name, channel.name.label));
    let all = named(&said, lang);
    let [only] = all[..] else { return None };
    let fits = match only {
        Medium::Email | Medium::Sms => channel.presence != Some(Presence::Physical),
        Medium::Letter | Medium::Shop => channel.presence != Some(Presence::Digital),
        Medium::Phone => true,
    };
    (fits && !said.iter().any(|word| ON_A_SCREEN.contains(&word.as_str()))).then_some(only)
}

/// The media that words name, each once.
fn named(said: &[String], lang: Lang) -> Vec<Medium> {
    let mut all = Vec::new();
    for (i, word) in said.iter().enumerate() {
        let mut add = |medium| {
            if !all.contains(&medium) {
                all.push(medium);
            }
        };
        let is_electronic = |word: Option<&String>| word.is_some_and(|w| matches!(w.as_str(), "électronique" | "electronique"));
        match Medium::of(word) {
            Some(Medium::Letter) if is_electronic(said.get(i + 1)) => add(Medium::Email),
            Some(medium) => add(medium),
            None if word == "text" && said.get(i + 1).is_some_and(|next| next.starts_with("message")) => add(Medium::Sms),
            None => {}
        }
    }
    // `mail` is French for e-mail and English for post.
    let is_post = said.iter().any(|word| matches!(word.as_str(), "post" | "direct"));
    if all.is_empty() && lang == Lang::Fr && !is_post && said.iter().any(|word| word == "mail" || word == "mails") {
        all.push(Medium::Email);
    }
    all
}

/// What a touchpoint is, by its label; by its name where the label says nothing of the kind.
fn content(touchpoint: &Touchpoint, carries: Medium, lang: Lang) -> Option<Medium> {
    // Asking for an address, or offering a subscription, is done anywhere.
    const ABOUT: &[&str] = &[
        "inscription",
        "abonnement",
        "désabonnement",
        "opt",
        "optin",
        "signup",
        "sign",
        "subscribe",
        "subscription",
        "collecte",
        "collect",
        "saisie",
        "adresse",
        "address",
        "form",
        "formulaire",
        "demande",
        "request",
        "ask",
        "unsubscribe",
    ];
    let label = spoken(&touchpoint.name.label);
    if label.iter().any(|word| ABOUT.contains(&word.as_str())) {
        return None;
    }
    let all = named(&label, lang);
    let content = match all[..] {
        [] if is_call(&label, lang) => Medium::Phone,
        [] => alone(&touchpoint.name.name)?,
        [only] => {
            let is_so = match only {
                Medium::Phone => is_call(&label, lang),
                Medium::Shop => is_visit(&label),
                Medium::Email | Medium::Sms | Medium::Letter => is_head(&label, carries, lang),
            };
            is_so.then_some(only)?
        }
        _ => return None,
    };
    let may_be_mailed = content == Medium::Letter && carries == Medium::Email && !is_on_paper(&label);
    (!may_be_mailed).then_some(content)
}

/// A name that is a medium and nothing more.
fn alone(name: &str) -> Option<Medium> {
    let said = spoken(name);
    let [only] = &said[..] else { return None };
    Medium::of(only).filter(|medium| matches!(medium, Medium::Email | Medium::Sms | Medium::Letter))
}

/// Whether the one medium in a label is what the label is a name of.
fn is_head(label: &[String], carries: Medium, lang: Lang) -> bool {
    const LINKS: &[&str] = &[
        "of", "with", "from", "about", "for", "to", "on", "after", "before", "de", "du", "des", "d", "avec", "pour", "à", "au",
        "aux", "après", "avant", "sur",
    ];
    const SENDS: &[&str] =
        &["relance", "rappel", "campagne", "envoi", "message", "push", "alerte", "notification", "confirmation"];
    let is_medium = |word: &String| Medium::of(word).is_some() || matches!(word.as_str(), "mail" | "mails" | "text");
    let Some(at) = label.iter().position(is_medium) else { return false };
    let links = |word: &String| LINKS.contains(&word.as_str());
    let before = at.checked_sub(1).map(|i| label[i].as_str());
    // Beside a shop or a telephone a message may be what is spoken of: "ticket par e-mail" is given at the till.
    let is_sent = matches!(carries, Medium::Email | Medium::Sms | Medium::Letter);
    if matches!(before, Some("par" | "by" | "via")) {
        return is_sent;
    }
    let rest = &label[at + 1..];
    let ends_there = rest.iter().all(|word| matches!(word.as_str(), "message" | "messages"))
        || rest.first().is_some_and(links)
        || rest.iter().all(|word| word.chars().all(|c| c.is_ascii_digit()));
    match lang {
        Lang::Fr if at == 0 => true,
        Lang::Fr => at == 1 && is_sent && SENDS.contains(&label[0].as_str()),
        // "Reminder e-mail", but not "Ask for an e-mail", "E-mail address".
        Lang::En => {
            ends_there && !label[..at].iter().any(|word| links(word) || matches!(word.as_str(), "a" | "an" | "the" | "no"))
        }
    }
}

/// "Visite du magasin", "Store visit".
fn is_visit(label: &[String]) -> bool {
    let words: Vec<&str> = label.iter().map(String::as_str).collect();
    match words[..] {
        ["store" | "shop", "visit"] => true,
        ["visite", "en" | "au" | "du" | "de", ..] => !words.contains(&"ligne") && !words.contains(&"site"),
        _ => false,
    }
}

/// "Appel du conseiller", "Phone call"; but not "Appel à projets", nor the telephone that is sold.
fn is_call(label: &[String], lang: Lang) -> bool {
    let words: Vec<&str> = label.iter().map(String::as_str).collect();
    match words[..] {
        ["coup", "de", "fil" | "téléphone", ..] | ["appel", "téléphonique", ..] | [.., "phone" | "telephone", "call"] => true,
        ["appel"] | ["appel", "du" | "sortant" | "entrant", ..] => lang == Lang::Fr,
        _ => false,
    }
}

/// Whether a letter is said to be one that a postman brings.
fn is_on_paper(label: &[String]) -> bool {
    const PAPER: &[&str] = &[
        "courrier",
        "courriers",
        "postal",
        "postale",
        "papier",
        "paper",
        "recommandée",
        "registered",
        "handwritten",
        "manuscrite",
    ];
    label.len() == 1 || label.iter().any(|word| PAPER.contains(&word.as_str()))
}

/// The words of a text, in small letters; `e-mail` is one.
fn spoken(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['\u{2010}', '\u{2011}'], "-").replace("e-mail", "email");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;

//! What labels call a touchpoint, and what they only speak of.

use super::{Medium, content, medium};
use crate::diagnostics::Span;
use crate::locale::Lang::{self, En, Fr};
use crate::model::{Channel, ChannelId, Named, Presence, Touchpoint};

fn title(name: &str, label: &str) -> Named {
    Named { name: name.to_owned(), label: label.to_owned(), origin: Span::default() }
}

fn channel(name: &str, label: &str, presence: Option<Presence>, lang: Lang) -> Option<Medium> {
    medium(&Channel { name: title(name, label), presence, media: None, cost: None }, lang)
}

fn called(name: &str, label: &str, carries: Medium, lang: Lang) -> Option<Medium> {
    let touchpoint = Touchpoint::new(title(name, label), ChannelId(0));
    content(&touchpoint, carries, lang)
}

#[test]
fn a_channel_names_one_medium_or_none_for_sure() {
    use Medium::{Email, Letter, Phone, Shop, Sms};
    let (digital, physical) = (Some(Presence::Digital), Some(Presence::Physical));
    for (name, label, presence, lang, expected) in [
        ("mail", "Courriel", digital, Fr, Some(Email)),
        ("mail", "Mail", digital, Fr, Some(Email)),
        ("mail", "Mail", None, En, None),
        ("sms", "SMS géolocalisé", digital, Fr, Some(Sms)),
        ("post_mail", "Courrier", physical, Fr, Some(Letter)),
        ("post_mail", "post_mail", physical, Fr, None),
        ("mail", "Courrier électronique", digital, Fr, Some(Email)),
        ("shop", "Magasin", physical, Fr, Some(Shop)),
        ("web", "Boutique en ligne", digital, Fr, None),
        ("shop", "Shop", digital, En, None),
        ("phone", "Telephone", None, En, Some(Phone)),
        ("phone", "Mobile phone app", digital, En, None),
        ("messages", "SMS and e-mail", digital, En, None),
        ("web", "Site", digital, Fr, None),
    ] {
        assert_eq!(channel(name, label, presence, lang), expected, "{name} {label}");
    }
}

#[test]
fn a_touchpoint_is_what_the_head_of_its_label_says() {
    use Medium::{Email, Letter, Phone, Shop, Sms};
    for (name, label, carries, lang, expected) in [
        // content
        ("a", "Reminder e-mail", Letter, En, Some(Email)),
        ("a", "E-mail with a voucher", Letter, En, Some(Email)),
        ("a", "E-mail de relance", Letter, Fr, Some(Email)),
        ("a", "Newsletter", Sms, Fr, Some(Email)),
        ("a", "Relance SMS", Email, Fr, Some(Sms)),
        ("a", "Relance par courrier", Sms, Fr, Some(Letter)),
        ("a", "Voucher by e-mail", Letter, En, Some(Email)),
        ("a", "Courrier avec bon", Email, Fr, Some(Letter)),
        ("a", "Phone call", Email, En, Some(Phone)),
        ("a", "Appel du conseiller", Sms, Fr, Some(Phone)),
        ("a", "Visite du magasin", Email, Fr, Some(Shop)),
        ("a", "Text message", Letter, En, Some(Sms)),
        ("email", "Relance", Letter, Fr, Some(Email)),
        // its own channel
        ("a", "Courrier avec bon", Letter, Fr, Some(Letter)),
        // only spoken of, or in doubt
        ("a", "Inscription à la newsletter", Shop, Fr, None),
        ("a", "Newsletter sign-up", Shop, En, None),
        ("a", "Ask for an e-mail", Shop, En, None),
        ("a", "E-mail address", Shop, En, None),
        ("a", "Ticket par e-mail", Shop, Fr, None),
        ("a", "Stock du magasin", Email, Fr, None),
        ("a", "Lettre d'inspiration", Email, Fr, None),
        ("letter", "Lettre du mois", Email, Fr, None),
        ("a", "Letter from the founder", Email, En, None),
        ("a", "Appel à projets", Email, Fr, None),
        ("a", "Téléphone en vitrine", Letter, Fr, None),
        ("a", "E-mail ou SMS", Letter, Fr, None),
        ("mail", "Relance", Letter, Fr, None),
    ] {
        assert_eq!(called(name, label, carries, lang), expected, "{label}");
    }
}

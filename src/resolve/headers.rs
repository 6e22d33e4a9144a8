//! What is said of the journey as a whole: its name, language and currency, once; and what a library leaves to journeys.

use super::effects::repeated;
use super::load::Files;
use crate::diagnostics::{Code, Diagnostic, FileId, Span, keep};
use crate::locale::Lang;
use crate::syntax::tree::{ItemKind, Name, Title};
use crate::words;
use std::collections::HashSet;

/// What is said of the journey as a whole.
#[derive(Clone, Debug)]
pub(super) struct Headers<'a> {
    /// `journey name "…"`; without one there is no result.
    pub(super) journey: Option<&'a Title>,
    /// Where to show what the journey lacks.
    pub(super) place: Span,
    /// `locale fr`
    pub(super) lang: Lang,
    /// `currency EUR`
    pub(super) currency: Option<&'a str>,
    /// Where that stands.
    pub(super) currency_place: Option<Span>,
    /// The root is a library: sound or not, it is no journey.
    pub(super) library: bool,
}

/// Reads the headers. Says what is missing, said twice, or in a library by mistake.
pub(super) fn read<'a>(root: FileId, files: &'a Files, found: &mut Vec<Diagnostic>) -> Headers<'a> {
    let libraries: HashSet<FileId> =
        files.items().filter(|i| matches!(i.kind, ItemKind::Library(_))).map(|i| i.span.file).collect();
    let mut journey: Option<&Title> = None;
    let mut locale: Option<&Name> = None;
    let mut currency: Option<&Name> = None;
    let (mut horizon, mut discount): (Option<Span>, Option<Span>) = (None, None);
    let mut once = |first: &mut Option<Span>, what: &str, span: Span| match *first {
        Some(first) => keep(found, repeated(what, first, span)),
        None => *first = Some(span),
    };
    for item in files.items() {
        match &item.kind {
            ItemKind::Horizon(_) => once(&mut horizon, "horizon", item.span),
            ItemKind::Discount(..) => once(&mut discount, "discount", item.span),
            _ => {}
        }
    }
    for item in files.items() {
        let file = item.span.file;
        let only_in_a_journey = match &item.kind {
            ItemKind::Journey(title) if file == root => {
                match journey {
                    Some(first) => keep(found, repeated("journey", first.name.span, title.name.span)),
                    None => journey = Some(title),
                }
                None
            }
            ItemKind::Journey(_) => Some("journey"),
            ItemKind::Arrive(_) if libraries.contains(&file) => Some("arrive"),
            ItemKind::Expect(_) if libraries.contains(&file) => Some("expect"),
            ItemKind::Claim { .. } if libraries.contains(&file) => Some("claim"),
            ItemKind::Locale(name) if file == root => {
                match locale {
                    Some(first) => keep(found, repeated("locale", first.span, name.span)),
                    None => locale = Some(name),
                }
                None
            }
            ItemKind::Currency(name) => {
                match currency {
                    Some(first) if first.span.file == file => keep(found, repeated("currency", first.span, name.span)),
                    Some(first) if first.text != name.text => keep(found, two_currencies(first, name)),
                    Some(_) => {}
                    None => currency = Some(name),
                }
                None
            }
            _ => None,
        };
        if let Some(word) = only_in_a_journey {
            keep(found, of_the_journey(word, item.span));
        }
    }
    let start = Span { file: root, start: 0, end: 0 };
    let library = journey.is_none() && libraries.contains(&root);
    if journey.is_none() && !library {
        keep(found, without_journey(start));
    }
    let lang = locale.map_or_else(Lang::default, |name| language(name, found));
    Headers {
        journey,
        place: journey.map_or(start, |t| t.name.span),
        lang,
        currency: currency.map(|n| n.text.as_str()),
        currency_place: currency.map(|n| n.span),
        library,
    }
}

fn language(name: &Name, found: &mut Vec<Diagnostic>) -> Lang {
    Lang::from_code(&name.text).unwrap_or_else(|| {
        let text = &name.text;
        let message = words!("jalon does not speak `{text}`", "jalon ne parle pas `{text}`");
        keep(
            found,
            Diagnostic::new(Code::UnknownWord, name.span, message)
                .note(words!("the languages are: en, fr", "les langues sont : en, fr")),
        );
        Lang::default()
    })
}

fn without_journey(start: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MissingHeader,
        start,
        words!("this file does not say which journey it is", "ce fichier ne dit pas de quel parcours il s'agit"),
    )
    .help(words!(
        "start it with a line such as `journey my_shop \"My shop\"`",
        "commencez-le par une ligne telle que `journey ma_boutique \"Ma boutique\"`"
    ))
}

/// What to say when a library is to be computed: it can be checked alone, and no more.
#[must_use]
pub fn library_alone(root: FileId) -> Diagnostic {
    let message = words!("a library is not a journey", "une bibliothèque n'est pas un parcours");
    Diagnostic::new(Code::MissingHeader, Span { file: root, start: 0, end: 0 }, message)
        .help(words!("give jalon a journey that includes it", "donnez à jalon un parcours qui l'inclut"))
}

fn two_currencies(first: &Name, second: &Name) -> Diagnostic {
    let (a, b) = (&first.text, &second.text);
    Diagnostic::new(Code::RepeatedFact, second.span, words!("two currencies: {a} and {b}", "deux monnaies : {a} et {b}"))
        .label(first.span, words!("the first", "la première"))
        .note(words!("a journey has one currency", "un parcours a une seule monnaie"))
}

fn of_the_journey(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NotInLibrary,
        span,
        words!(
            "`{word}` belongs to the journey, not to a file that it includes",
            "`{word}` appartient au parcours, pas à un fichier qu'il inclut"
        ),
    )
    .note(words!(
        "a library holds what journeys share; arrivals and promises are each journey's own",
        "une bibliothèque contient ce que les parcours partagent ; les arrivées et les promesses sont propres à chacun"
    ))
    .help(words!("move this line to the journey's file", "déplacez cette ligne dans le fichier du parcours"))
}

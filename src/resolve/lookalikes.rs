//! Names that a reader takes for other names: letters of another alphabet that look like Latin ones.
//!
//! Which letters look alike is Unicode's own table (UTS #39, `confusables.txt`). Names of Latin letters and digits alone are
//! left alone, though `l` and `1` look alike, too: everybody knows of those.

use crate::diagnostics::{Code, Diagnostic, Span, keep};
use crate::syntax::tree::Name;
use crate::words;
use std::collections::HashMap;
use unicode_script::{Script, UnicodeScript};
use unicode_security::skeleton;

/// Says which names mix alphabets within a word, and which are the image of an earlier one.
pub(super) fn tell<'a>(names: impl Iterator<Item = &'a Name>, found: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, (&'a str, Span)> = HashMap::new();
    for name in names {
        if let Some((c, meant)) = stranger(&name.text) {
            keep(found, mixed(name, c, meant));
        }
        let (first, span) = *seen.entry(image(&name.text)).or_insert((&name.text, name.span));
        if first != name.text && !(first.is_ascii() && name.text.is_ascii()) {
            keep(found, twins(name, first, span));
        }
    }
}

/// Of some names, the one that looks like `word` and is not.
pub(super) fn twin<'b>(word: &str, mut among: impl Iterator<Item = &'b str>) -> Option<&'b str> {
    let shape = image(word);
    among.find(|name| *name != word && !(name.is_ascii() && word.is_ascii()) && image(name) == shape)
}

/// What a name looks like: the same for all that look alike.
fn image(name: &str) -> String {
    skeleton(name).collect()
}

/// A letter right beside Latin ones that is none, and the Latin one that it looks like.
fn stranger(name: &str) -> Option<(char, char)> {
    if name.is_ascii() {
        return None;
    }
    let latin = |c: Option<&char>| c.is_some_and(|c| c.is_alphabetic() && c.script() == Script::Latin);
    let letters: Vec<char> = name.chars().collect();
    (0..letters.len()).find_map(|i| {
        let c = letters[i];
        if !matches!(c.script(), Script::Cyrillic | Script::Greek | Script::Armenian | Script::Cherokee) {
            return None;
        }
        let before = i.checked_sub(1).and_then(|i| letters.get(i));
        let mut looks = skeleton(c.encode_utf8(&mut [0; 4])).collect::<Vec<_>>().into_iter();
        match (looks.next(), looks.next()) {
            (Some(meant), None) if meant.is_ascii_alphabetic() && (latin(before) || latin(letters.get(i + 1))) => {
                Some((c, meant))
            }
            _ => None,
        }
    })
}

fn mixed(name: &Name, c: char, meant: char) -> Diagnostic {
    let (text, number) = (&name.text, format!("U+{:04X}", u32::from(c)));
    let (en, fr) = match c.script() {
        Script::Cyrillic => ("Cyrillic", "cyrillique"),
        Script::Greek => ("Greek", "grecque"),
        Script::Armenian => ("Armenian", "arménienne"),
        _ => ("Cherokee", "cherokee"),
    };
    Diagnostic::new(
        Code::LookAlike,
        name.span,
        words!("`{text}` mixes alphabets that look alike", "`{text}` mêle des alphabets qui se ressemblent"),
    )
    .here(words!("`{c}` is a {en} letter ({number}), not `{meant}`", "`{c}` est une lettre {fr} ({number}), pas `{meant}`"))
    .help(words!("type the name again", "retapez ce nom"))
}

fn twins(name: &Name, first: &str, span: Span) -> Diagnostic {
    let text = &name.text;
    Diagnostic::new(
        Code::LookAlike,
        name.span,
        words!("`{text}` looks like another name and is not the same", "`{text}` ressemble à un autre nom sans être le même"),
    )
    .label(span, words!("`{first}` is declared here", "`{first}` est déclaré ici"))
    .help(words!(
        "type one of them again, or rename it if both are meant",
        "retapez l'un des deux, ou renommez-le si les deux sont voulus"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_another_alphabet_within_a_word() {
        assert_eq!(stranger("\u{440}age"), Some(('\u{440}', 'p')));
        assert_eq!(stranger("pag\u{435}"), Some(('\u{435}', 'e')));
        // Whole words of another alphabet are somebody's language, and a lone Greek letter is a symbol.
        for fine in ["страница", "web_страница", "σελίδα", "taux_α", "Δt", "fidélité", "日本_web", "œuvre", "größe"]
        {
            assert_eq!(stranger(fine), None, "{fine}");
        }
    }

    #[test]
    fn names_that_look_alike() {
        assert_eq!(twin("page", ["cart", "p\u{430}ge"].into_iter()), Some("p\u{430}ge"));
        assert_eq!(twin("p1", ["pl", "pI"].into_iter()), None);
        assert_eq!(twin("prive", ["privé"].into_iter()), None);
    }
}

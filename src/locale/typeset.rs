//! Typography of texts that people type with what their keyboard has.

use super::Lang;

/// French typography: no-break spaces before high signs and inside guillemets, and the apostrophe of printers.
#[must_use]
pub fn typeset(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match (c, letters.peek()) {
            (' ', Some(';' | '!' | '?' | '%')) => out.push('\u{202f}'),
            (' ', Some(':' | '»' | '€')) => out.push('\u{a0}'),
            ('«', Some(' ')) => {
                letters.next();
                out.push_str("«\u{a0}");
            }
            ('\'', Some(next)) if next.is_alphabetic() => out.push('’'),
            _ => out.push(c),
        }
    }
    out
}

/// Within the quotation marks of the language.
#[must_use]
pub fn quoted(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("“{text}”"),
        Lang::Fr => format!("«\u{a0}{text}\u{a0}»"),
    }
}

#[cfg(test)]
mod tests {
    use super::typeset;

    #[test]
    fn as_printers_do() {
        assert_eq!(
            typeset("l'offre « fin d'année » : 5 %, 3 € ?"),
            "l’offre «\u{a0}fin d’année\u{a0}»\u{a0}: 5\u{202f}%, 3\u{a0}€\u{202f}?"
        );
        assert_eq!(typeset("6' et 7''"), "6' et 7''");
    }
}
